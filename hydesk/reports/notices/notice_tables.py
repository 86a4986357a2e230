"""The tables of notices, in 亿元: by a field, the summary by 隶属, groups, leaders, 应统未统, 倒排."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hydesk.domain.measures.ranking import Ranked
from hydesk.domain.money import NO_FIGURE
from hydesk.domain.scopes.fields import SCOPE_FIELDS
from hydesk.domain.scopes.scope import WHOLE, one_of
from hydesk.reports.duty_table import leaders_of, needed, schedule_of
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notices.chosen import Chosen, NoticeBasis
from hydesk.reports.notices.figure import key_of_measure
from hydesk.reports.notices.scoping import called, equals, values_of
from hydesk.reports.notices.unlisted import lacking_papers, unlisted
from hydesk.reports.notices.vocabulary import BY_NAME
from hydesk.reports.words import clean, count, percent, yi_column

UNIT = "单位：个、亿元"
NOTE = "注：完成率=年初至今累计完成投资÷年度计划投资"
MOST = 15
"""Rows of a table that names projects."""


def columns(head: str, *, plan: str = "年度计划投资", done: str = "完成投资") -> tuple[PrintColumn, ...]:
    """Name, 个数, 年度计划投资, 完成投资, 完成率."""
    return (
        PrintColumn("name", (head,), Align.LEFT, weight=1),
        PrintColumn("count", ("项目", "个数"), show=FigureStyle.COUNT, summed=True),
        PrintColumn("plan", (plan,), show=FigureStyle.YI_COLUMN, summed=True),
        PrintColumn("year", (done,), show=FigureStyle.YI_COLUMN, summed=True),
        PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan")),
    )


def cells(chosen: Chosen) -> tuple[Part, ...]:
    """The cells of ``columns`` after the name."""
    t = chosen.totals
    return (count(t.count, key_of_measure("count", chosen)), yi_column(t.known("annual_plan"), key_of_measure("annual_plan", chosen)),
            yi_column(t.known("year_investment"), key_of_measure("year_investment", chosen)),
            percent(t.completion, key_of_measure("completion", chosen)))


def _row(name: str, chosen: Chosen, kind: PrintRowKind = PrintRowKind.ITEM) -> PrintRow:
    return PrintRow((clean(name), *cells(chosen)), kind, chosen.written)


def by(key: str, part: str, head: str) -> Callable[[NoticeBasis], PrintTable | None]:
    """The table of a part: a line for each value of the field ``key`` of scopes."""
    def make(world: NoticeBasis) -> PrintTable | None:
        one = world.choices.fields[key]
        values = values_of(one, WHOLE, world.choices)
        if not any(values):
            return None
        rows = [_row(v or "未填", world.choose(WHOLE.also(equals(one, v)), called(one, v))) for v in values]
        title = f"分{head}投资完成情况表"
        return PrintTable(f"{part}.table", title, UNIT, columns(head), (*rows, _row("合计", world.whole, PrintRowKind.TOTAL)), (NOTE,), title)
    return make


def summary(world: NoticeBasis) -> PrintTable | None:
    """汇总表: 隶属, 项目个数, 年投资计划, 完成投资额, 完成率; the groups of units in the office's order, with their sums."""
    unit, groups = world.choices.fields["unit"], world.basis.judging.groups
    held: dict[str, list[str]] = {name: [] for name in dict.fromkeys(groups.values())}
    for v in values_of(unit, WHOLE, world.choices):
        held.setdefault(groups.get(v, ""), []).append(v)
    told = {g: names for g, names in held.items() if names}
    rows: list[PrintRow] = []
    for group, names in told.items():
        # A group of one needs neither heading nor sum.
        several = bool(group) and len(names) > 1 and len(told) > 1
        rows += [PrintRow((clean(group),), PrintRowKind.GROUP)] if several else []
        rows += [_row(n or "未填单位", world.choose(WHOLE.also(equals(unit, n)), n)) for n in names]
        if several:
            part = world.choose(WHOLE.also(one_of(world.choices.fields["group"], [group])), group)
            rows.append(_row("小计", part, PrintRowKind.SUBTOTAL))
    if not rows:
        return None
    title = f"{world.basis.form.whole}重点项目投资完成情况汇总表"
    return PrintTable("by_unit.table", title, UNIT, columns("隶属", plan="年投资计划", done="完成投资额"),
                      (*rows, _row("合计", world.whole, PrintRowKind.TOTAL)), (NOTE,), "汇总表")


def group_ranking(world: NoticeBasis) -> PrintTable | None:
    """Every group of units ranked in a list of its own."""
    groups = [g for g in world.basis.group_rankings if g.ranking]
    if not groups:
        return None
    place = PrintColumn("place", ("位次",), Align.CENTER)

    def line(r: Ranked) -> PrintRow:
        made = _row(r.name, world.choose(WHOLE.also(equals(SCOPE_FIELDS["unit"], r.name)), r.name))
        mark = "" if r.late is None else f"（未报，按{r.as_of.label}）" if r.as_of else "（未报）"
        return PrintRow((str(r.place) if r.place else NO_FIGURE, clean(r.name) + mark, *made.cells[1:]), scope=made.scope)

    rows: list[PrintRow] = []
    for g in groups:
        part = world.choose(WHOLE.also(equals(SCOPE_FIELDS["group"], g.name)), g.name)
        rows += [PrintRow((clean(g.name) or "未分组",), PrintRowKind.GROUP), *map(line, g.ranking),
                 PrintRow(("", "小计", *cells(part)), PrintRowKind.SUBTOTAL, part.written)]
    total = PrintRow(("", world.basis.form.whole, *cells(world.whole)), PrintRowKind.TOTAL)
    return PrintTable("by_group.table", "分组投资完成情况排名表", UNIT, (place, *columns("地区")), (*rows, total),
                      (NOTE + "，各组分别由高到低排名，完成率相同的按完成额排名",), "分组排名表")


def leaders(world: NoticeBasis) -> PrintTable | None:
    """领导联系: each leader with his projects; one of two leaders counts with each, so lines do not add up."""
    one = world.choices.fields["city_leader"]
    names = [v for v in values_of(one, WHOLE, world.choices) if v]
    if not names:
        return None
    heads = tuple(PrintColumn(c.key, c.head, c.align, c.show, c.weight, ratio=c.ratio) for c in columns("市级联系领导"))
    late = PrintColumn("lagging", ("滞后",), show=FigureStyle.COUNT)

    def line(name: str) -> PrintRow:
        chosen = world.choose(WHOLE.also(equals(one, name)), name)
        lagging = BY_NAME["滞后"].value(chosen)
        return PrintRow((clean(name), *cells(chosen), count(int(lagging or 0), key_of_measure("meaning", chosen))), scope=chosen.written)

    notes = (NOTE, "一个项目由几位领导联系的，分别列入，各行不相加")
    return PrintTable("leaders_told.table", "市级领导联系项目情况表", UNIT, (*heads, late), tuple(map(line, names)), notes, "领导联系项目表")


def unlisted_table(world: NoticeBasis) -> PrintTable | None:
    """应统未统 projects with what each lacks; the largest sums first."""
    found = sorted(unlisted(world.whole), key=lambda p: (-(p.year_investment or 0), p.code))
    if not found:
        return None
    papers = lacking_papers(world.basis, found)
    heads = (PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.4),
             PrintColumn("unit", ("地区",), Align.CENTER), PrintColumn("year", ("完成投资",), show=FigureStyle.YI_COLUMN),
             PrintColumn("lacks", ("缺的手续",), Align.LEFT, weight=1))
    rows = tuple(PrintRow((str(i), clean(p.name), clean(p.unit), yi_column(p.year_investment, f"project:{p.id}.year"),
                           _lacks(papers.get(p.id))), scope=f"project:{p.id}") for i, p in enumerate(found[:MOST], 1))
    title = "应统未统项目表" + (f"（完成投资最多的{MOST}个）" if len(found) > MOST else "")
    return PrintTable("unlisted.table", title, "单位：亿元", heads, rows, place="应统未统项目表")


def _lacks(papers: Sequence[str] | None) -> str:
    if papers is None:
        return NO_FIGURE
    return "、".join(papers) or "手续已齐，请申报入统"


def reversed_table(world: NoticeBasis) -> PrintTable | None:
    """倒排: lagging projects with the node that comes next, what is left a month, who answers."""
    b = world.basis
    schedule, who = schedule_of(b), leaders_of(b)
    items = [x for x in b.lagging if x.project.id in schedule][:MOST]
    if not items:
        return None
    heads = (PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.3),
             PrintColumn("unit", ("地区",), Align.CENTER), PrintColumn("needed", ("每月需", "完成"), show=FigureStyle.YI_COLUMN),
             PrintColumn("schedule", ("倒排工期",), Align.LEFT, weight=1.4), PrintColumn("leader", ("联系领导",), Align.LEFT, weight=0.7))
    rows = tuple(PrintRow((str(i), clean(x.project.name), clean(x.project.unit),
                           yi_column(needed(x.project, b.months_left) if b.months_left else None, f"project:{x.project.id}.needed"),
                           schedule[x.project.id], who.get(x.project.id) or "未明确"), scope=f"project:{x.project.id}")
                 for i, x in enumerate(items, 1))
    return PrintTable("reversed_told.table", "滞后项目倒排工期表", "单位：亿元", heads, rows,
                      ("注：每月需完成=（年度计划－累计完成）÷余下月数",), "倒排工期表")
