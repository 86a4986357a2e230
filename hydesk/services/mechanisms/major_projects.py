"""在建重大项目清单: the projects behind the monthly lists, drawn from the ledger; proposed for the chains' lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.money import format_money, format_percent, rate
from hydesk.domain.periods import Period
from hydesk.domain.register_words import plain_number
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import CHAIN_PROJECTS, PLAN_PROJECTS
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notice import NoticePaper
from hydesk.returns.text import loose_key
from hydesk.services.acts.writing import writing
from hydesk.services.mechanisms.scale_lists import least_major, major_under_way
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import definition_of, open_register, read_records
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.services.reports.print_notice import office_of, remark_of
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.period_view import view_at


@dataclass(frozen=True, slots=True)
class MajorProject:
    """A major industrial project under way. ``on_chain_list`` whether the list of its chain holds it."""

    project: ProjectStanding
    on_chain_list: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What an act drew from the ledger: how many, and what is left for a person."""

    count: int
    words: str


def major_projects(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> tuple[MajorProject, ...]:
    """Every major industrial project of ``scope`` under way at ``period``, by unit in the ledger's order, the largest first."""
    least, view = least_major(ledger), view_at(ledger, period, scope)
    standings = view.standings
    held = {code for _, code in _chain_pairs(ledger)}
    units = list(dict.fromkeys(s.unit for s in standings))
    own = [s for s in standings if major_under_way(s, least, view.yardstick)]
    return tuple(MajorProject(s, s.code in held) for s in
                 sorted(own, key=lambda s: (units.index(s.unit), -(s.total_investment or 0), s.code)))


def _chain_pairs(ledger: Ledger) -> set[tuple[str, str]]:
    register_id = register_called(ledger, CHAIN_PROJECTS)
    if register_id is None:
        return set()
    with ledger.read() as connection:
        records = read_records(connection, register_id, definition_of(connection, register_id))
    return {(str(r.values.get("chain", "")), str(r.values.get("project", ""))) for r in records}


@writing
def draw_chain_projects(ledger: Ledger, period: Period, actor: Actor | None = None) -> Drawn:
    """Enter every major project under way on the list of its chain, in one act; none twice, none taken away."""
    register_id = register_called(ledger, CHAIN_PROJECTS)
    if register_id is None:
        raise HydeskError("还没有启用“在建重大项目清单”，请先点“启用自带台账”")
    found, held = major_projects(ledger, period), _chain_pairs(ledger)
    fresh = [m.project for m in found if m.project.chain and (m.project.chain, m.project.code) not in held]
    without = sum(not m.project.chain for m in found)
    now = {m.project.code for m in found}
    left = sum(code not in now for _, code in held)
    if fresh:
        changes = [RecordChange(None, f, v, new=i) for i, s in enumerate(fresh)
                   for f, v in (("chain", s.chain), ("project", s.code))]
        write_records(ledger, register_id, changes, period.year, f"在建重大项目清单从台账取入 {len(fresh)} 个", actor)
    words = [f"取入 {len(fresh)} 个" if fresh else "没有新的在建重大项目"]
    words += [f"{without} 个没有填产业链，未取"] if without else []
    words += [f"清单里 {left} 个已不是在建重大项目，请核对"] if left else []
    return Drawn(len(fresh), "；".join(words))


@writing
def link_plan_projects(ledger: Ledger, period: Period, actor: Actor | None = None) -> Drawn:
    """Let every project of the plan name the project of the ledger that bears its name, in one act; linked ones stay."""
    register_id = register_called(ledger, PLAN_PROJECTS)
    if register_id is None:
        raise HydeskError("还没有启用“规划重点项目”，请先点“启用自带台账”")
    with ledger.read() as connection:
        by_name: dict[str, set[str]] = {}
        for code, name in connection.execute(select(Project.code, Project.name).where(Project.present)).tuples():
            if code and name:
                by_name.setdefault(loose_key(name), set()).add(code)
    changes, open_ = [], 0
    for r in open_register(ledger, register_id, period).records:
        if r.values.get("project"):
            continue
        found = by_name.get(loose_key(str(r.values.get("name", ""))), set())
        if len(found) == 1:
            changes.append(RecordChange(r.id, "project", next(iter(found))))
        else:
            open_ += 1
    if changes:
        write_records(ledger, register_id, changes, period.year, f"规划重点项目按名称对应台账 {len(changes)} 个", actor)
    words = f"对应了 {len(changes)} 个" if changes else "没有新对应上的"
    return Drawn(len(changes), f"{words}；{open_} 个台账里没有同名项目，可在“对应台账项目”里选" if open_ else words)


def plan_projects_said(ledger: Ledger, period: Period) -> str:
    """The plan's priced projects against the ledger in one sentence; empty where their register is not in use."""
    register_id = register_called(ledger, PLAN_PROJECTS)
    if register_id is None:
        return ""
    records = open_register(ledger, register_id, period).records
    if not records:
        return ""
    by_code = {s.code: s for s in list_standings(ledger, period)}
    priced = sum(v for r in records if isinstance(v := r.values.get("amount"), int))
    linked = {str(r.values["project"]) for r in records if r.values.get("project")}
    own = [by_code[c] for c in linked if c in by_code]
    said = f"规划列出的重点项目{len(records)}个、规划投资{_yi(priced)}亿元，已对应台账项目{len(linked)}个"
    if not own:
        return said + "。"
    total, done = sum(s.total_investment or 0 for s in own), sum(s.total_invested or 0 for s in own)
    return (f"{said}，台账总投资{_yi(total)}亿元，自开工累计完成{_yi(done)}亿元。")


def _yi(amount: int) -> str:
    return plain_number(Decimal(amount) / 10**8)


def majors_notice(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> NoticePaper:
    """The projects behind the monthly lists as an annex, by unit, with sums. Raises HydeskError where there are none."""
    found = [m.project for m in major_projects(ledger, period, scope)]
    if not found:
        raise HydeskError(f"{period.label}没有在建重大产业项目，请核对口径和开工情况")
    columns = (PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.4),
               PrintColumn("chain", ("产业链",), Align.LEFT, weight=0.5), PrintColumn("total", ("总投资", "（万元）"), Align.RIGHT),
               PrintColumn("plan", ("年度计划", "（万元）"), Align.RIGHT), PrintColumn("done", ("本年完成", "（万元）"), Align.RIGHT),
               PrintColumn("rate", ("完成率", "（%）"), Align.RIGHT), PrintColumn("progress", ("形象进度",), Align.LEFT, weight=1.4))
    counts = Counter(s.unit for s in found)
    rows: list[PrintRow] = []
    unit = None
    for i, s in enumerate(found, 1):
        if s.unit != unit:
            unit = s.unit
            rows.append(PrintRow((f"{CONTROL.sub('', unit)}（{counts[unit]}个）",), PrintRowKind.GROUP))
        rows.append(PrintRow((str(i), *(CONTROL.sub("", c) for c in (
            s.name, s.chain or "—", *_figures([s]), s.progress_text or "—")))))
    rows.append(PrintRow(("合计", f"{len(found)}个", "", *_figures(found), ""), PrintRowKind.TOTAL))
    least = plain_number(Decimal(least_major(ledger)) / 10**8)
    notes = (f"注：产业发展类、已开工未竣工、总投资{least}亿元及以上；与规模榜单“在建重大产业项目”同一口径，数字取自项目台账",)
    return NoticePaper(f"在建重大项目清单（{period.label}）", f"在建重大产业项目清单（{period.label}）", "", "", (),
                  PrintTable("majors", "", f"{period.label}，共{len(found)}个", columns, tuple(rows), notes), (), office_of(ledger),
                  today or date.today(), remark=remark_of(ledger), wide=True)


def _figures(own: Sequence[ProjectStanding]) -> tuple[str, str, str, str]:
    total, plan, done = (sum(getattr(s, f) or 0 for s in own) for f in ("total_investment", "annual_plan", "year_investment"))
    return format_money(total), format_money(plan), format_money(done), format_percent(rate(done, plan), sign=False)
