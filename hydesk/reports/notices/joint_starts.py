"""集中开工 with 回头看: of the projects of each joint ceremony how many have really begun, and who has not (docs/rules.md §17.5)."""

from __future__ import annotations

from decimal import Decimal

from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.scopes.fields import own_field
from hydesk.domain.scopes.scope import WHOLE
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.model import Block
from hydesk.reports.notices.chosen import Chosen, NoticeBasis
from hydesk.reports.notices.compose import Composed
from hydesk.reports.notices.scoping import equals, values_of
from hydesk.reports.prose import Paragraph
from hydesk.reports.words import clean, count, money, percent, sentence, yi_column

NAMES = ("集中开工", "集中开竣工")
"""How the name of the own column that holds the ceremony begins; its words are the ceremonies."""
_LISTED = 5


def column_of(world: NoticeBasis) -> OwnColumn | None:
    """The own column that says at which ceremony a project was begun."""
    return next((c for c in world.basis.sources.own if c.kind in (OwnKind.TEXT, OwnKind.CHOICE)
                 and any(h.startswith(NAMES) for h in c.heads)), None)


def really(chosen: Chosen) -> list[ProjectStanding]:
    """Those with an actual start of works recorded by the day, whatever money says."""
    on = chosen.basis.on
    return [p for p in chosen.projects if p.actual_start is not None and p.actual_start <= on]


def _ceremonies(world: NoticeBasis) -> list[Chosen]:
    column = column_of(world)
    if column is None:
        return []
    one = own_field(column)
    return [world.choose(WHOLE.also(equals(one, v)), v) for v in values_of(one, WHOLE, world.choices) if v]


def joint_starts(world: NoticeBasis, made: Composed) -> tuple[Block, ...]:
    """A sentence a ceremony: how many projects, their total, how many have begun, have money, and who has neither."""
    found = _ceremonies(world)
    if not found:
        made.left_out.append("集中开工“回头看”：" + (
            "没有项目填了集中开工批次" if column_of(world) else "没有叫“集中开工批次”的自建栏目（文字或选项），建好并填上批次后才有") + "，没有写")
        return ()
    told = []
    for c in found:
        begun = really(c)
        idle = [p for p in c.projects if p not in begun]
        made.behind[f"measure:count|{c.written}"] = tuple(c.projects)
        made.behind[f"measure:started|joint:{c.name}"] = tuple(begun)
        parts: list[Part | tuple[Part, ...]] = [f"{clean(c.name)}", *_joined(c), "，已实质性开工",
                                                count(len(begun), f"measure:started|joint:{c.name}"), "个"]
        done = c.totals.known("year_investment")
        if done is not None:
            parts += ["，今年完成投资", money(done, f"measure:year_investment|{c.written}")]
        if idle:
            named = "、".join(clean(p.name) for p in idle[:_LISTED]) + ("等" if len(idle) > _LISTED else "")
            parts += [f"；没有登记实质性开工的{named}", count(len(idle), f"measure:overdue_starts|joint:{c.name}"), "个"]
        told.append(sentence(*parts, "。", key=f"joint_starts.{c.name}"))
    return (Paragraph(tuple(told)),)


def _joined(c: Chosen) -> list[Part | tuple[Part, ...]]:
    total = c.totals.known("total_investment")
    parts: list[Part | tuple[Part, ...]] = ["集中开工项目" if "集中" not in c.name else "项目", count(len(c.projects), f"measure:count|{c.written}"), "个"]
    return parts if total is None else [*parts, "、总投资", money(total, f"measure:total_investment|{c.written}")]


def table(world: NoticeBasis) -> Block | None:
    """The ceremonies, a line each."""
    found = _ceremonies(world)
    if len(found) < 2:
        return None
    heads = (PrintColumn("name", ("集中开工批次",), Align.LEFT, weight=1), PrintColumn("count", ("项目", "个数"), show=FigureStyle.COUNT, summed=True),
             PrintColumn("total", ("总投资",), show=FigureStyle.YI_COLUMN, summed=True), PrintColumn("begun", ("实质性", "开工"), show=FigureStyle.COUNT, summed=True),
             PrintColumn("rate", ("开工率", "（%）"), show=FigureStyle.RATE, ratio=("begun", "count")),
             PrintColumn("year", ("今年完成",), show=FigureStyle.YI_COLUMN, summed=True))

    def line(c: Chosen) -> PrintRow:
        begun, whole = len(really(c)), len(c.projects)
        return PrintRow((clean(c.name), count(whole, f"measure:count|{c.written}"),
                         yi_column(c.totals.known("total_investment"), f"measure:total_investment|{c.written}"),
                         count(begun, f"measure:started|joint:{c.name}"), percent(Decimal(begun) / whole, f"measure:year_start_rate|joint:{c.name}"),
                         yi_column(c.totals.known("year_investment"), f"measure:year_investment|{c.written}")), scope=c.written)

    return PrintTable("joint_starts.table", "集中开工项目“回头看”情况表", "单位：个、亿元", heads, tuple(map(line, found)), place="集中开工表")
