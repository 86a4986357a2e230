"""年度结转: carry a year's unfinished projects over to the next year's list; planned, looked at, then done as one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import YearPlan
from hydesk.db.places import MONTH_PLAN, PRESENT, Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.job_progress import Progress
from hydesk.domain.money import Yuan, format_money
from hydesk.domain.month_plan import MonthPlan, PlanStep, by_quarter, spread_by
from hydesk.domain.periods import Period
from hydesk.domain.progress import complete_year
from hydesk.domain.rollover import CarriedProject, RollSums, YearEndStanding, propose, sums
from hydesk.domain.standing import ProjectStanding
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.list_changes import figures_in
from hydesk.services.standings.list_standings import read_standings
from hydesk.services.upkeep.backup_ledger import backup_ledger

BATCH = "结转"


@dataclass(frozen=True, slots=True)
class RollPlan:
    """What a roll-over from ``year`` would do, project by project in ledger order."""

    year: int
    carried: tuple[CarriedProject, ...]

    def chosen(self, out: Iterable[int] = (), back: Iterable[int] = ()) -> tuple[CarriedProject, ...]:
        """Those that go on when a person leaves ``out`` some and takes others ``back`` in."""
        without, more = set(out), set(back)
        return tuple(c for c in self.carried if (c.goes and c.id not in without) or (not c.goes and c.id in more))


@dataclass(frozen=True, slots=True)
class Rolled:
    """What was done: sums as planned and as the new list holds them (equal), and where the backup lies."""

    act_id: int
    sums: RollSums
    backup: Path | None


def plan_roll_over(ledger: Ledger, year: int) -> RollPlan:
    """What becomes of each project of ``year``. Raises HydeskError where there is no list of that year."""
    with ledger.read() as connection:
        return _plan(connection, year)


@writing
def roll_over_year(
    ledger: Ledger, plan: RollPlan, *, out: Iterable[int] = (), back: Iterable[int] = (), with_plans: bool = False,
    batch: str = BATCH, backup: Path | None = None, actor: Actor | None = None,
    progress: Progress | None = None,
) -> Rolled:
    """Do what ``plan`` says, but for those left ``out`` and taken ``back``; one act, to be undone as a whole.

    The ledger is backed up first, to ``backup`` or beside itself. ``with_plans`` writes the proposed plans; else they
    stay empty. Raises HydeskError where nothing goes on, the ledger changed since the plan was made, or the sums of
    the new list differ from the plan's; then nothing was written.
    """
    said = progress or (lambda _fraction, _doing: None)
    chosen = plan.chosen(out, back)
    if not chosen:
        raise HydeskError("没有选中要结转的项目")
    blocked = [c for c in chosen if c.why.startswith("已在")]
    if blocked:
        raise HydeskError(f"“{blocked[0].name}”{blocked[0].why}，不能再结转")
    batch = batch.strip() or BATCH
    said(0.05, "正在备份台账")
    saved = _back_up(ledger, plan.year, backup) if backup or ledger.path is not None else None
    said(0.4, "正在结转")
    with ledger.write() as connection:
        if _plan(connection, plan.year) != plan:
            raise HydeskError("预览之后台账又有改动，没有结转；请重新预览再做")
        act_id = begin_act(connection, "roll_over", f"{plan.year}年结转到{plan.year + 1}年（{len(chosen)}个项目）",
                           actor or current_actor(ledger))
        months = {s.id: s.month_plan for s in read_standings(connection, Period.month(plan.year, 12)) if s.month_plan is not None}
        record(connection, act_id, _writes(chosen, plan.year + 1, batch, with_plans, months), shelves=Shelves(connection))
        said(0.9, "正在核对合计")
        wanted = sums(chosen)
        held = _held(connection, chosen, plan.year + 1)
        if held != (wanted.count, wanted.total_investment, wanted.after):
            raise HydeskError(_difference(wanted, held))
    said(1.0, "已结转")
    return Rolled(act_id, wanted, saved)


def _back_up(ledger: Ledger, year: int, backup: Path | None) -> Path:
    if backup is None:
        assert ledger.path is not None
        backup = ledger.path.parent / "backups" / (
            f"{ledger.path.stem}.{year}年结转前-{datetime.now():%Y%m%d-%H%M%S}{ledger.path.suffix}")
    backup_ledger(ledger, backup)
    return backup


def _plan(connection: Connection, year: int) -> RollPlan:
    end = Period.month(year, 12)
    standings = {s.id: s for s in read_standings(connection, end)}
    query = select(YearPlan.project_id, YearPlan.dropped_on).where(
        YearPlan.year == year, YearPlan.present, YearPlan.dropped_on.is_not(None))
    left = {r.project_id: r.dropped_on for r in connection.execute(query)}
    # One that left within the year is not listed at its end: it is read as it stood in January, to be named.
    gone = [s for s in read_standings(connection, Period.month(year, 1), left=True) if s.id in left and s.id not in standings]
    gone = [_reached(connection, s, year) for s in gone]
    following = set(connection.execute(select(YearPlan.project_id).where(
        YearPlan.year == year + 1, YearPlan.present)).scalars())
    listed = sorted([*standings.values(), *gone], key=lambda s: s.id)
    if not listed:
        raise HydeskError(f"台账里没有{year}年的项目清单，请换一个年份")
    carried = propose((_standing(s, year, left, following) for s in listed), year)
    return RollPlan(year, tuple(carried))


def _reached(connection: Connection, s: ProjectStanding, year: int) -> ProjectStanding:
    """One that left, with the newest figures it has, should a person take it along all the same."""
    held = complete_year(figures_in(connection, [s.id], year).get(s.id, ()), s.invested_before)
    done = [f for f in held if Field.YEAR_INVESTMENT in f.money]
    if not done:
        return s
    return replace(s, year_investment=done[-1].money[Field.YEAR_INVESTMENT], as_of=done[-1].period,
                   total_invested=done[-1].money.get(Field.TOTAL_INVESTED))


def _standing(s: ProjectStanding, year: int, left: Mapping[int, date | None], following: set[int]) -> YearEndStanding:
    begun = s.actual_start is not None and s.actual_start.year <= year
    planned = s.planned_finish.year if s.planned_finish else s.finish_year
    return YearEndStanding(
        s.id, s.code, s.name, s.unit, s.nature, begun or s.nature == "续建" or bool(s.year_investment),
        s.total_investment, s.invested_before, s.year_investment, s.total_invested, s.as_of, s.actual_finish,
        left.get(s.id), planned, s.id in following)


def _months(plan: MonthPlan | None, amount: Yuan | None) -> str | None:
    """Last year's plan by month over the new year's amount, in the same proportions (docs/rules.md §13.1)."""
    if plan is None or not amount or not plan.total:
        return None
    if plan.step is PlanStep.QUARTER:
        return by_quarter(spread_by(amount, plan.quarters)).written
    return MonthPlan(spread_by(amount, plan.amounts)).written


def _writes(
    chosen: Iterable[CarriedProject], year: int, batch: str, with_plans: bool, months: Mapping[int, MonthPlan]
) -> list[Write]:
    writes = []
    for c in chosen:
        values = {PRESENT: "1", Field.NATURE.value: c.nature or None, Field.BATCH.value: batch,
                  Field.INVESTED_BEFORE.value: None if c.invested_before is None else str(c.invested_before),
                  Field.ANNUAL_PLAN.value: str(c.proposed_plan) if with_plans and c.proposed_plan is not None else None,
                  MONTH_PLAN: _months(months.get(c.id), c.proposed_plan) if with_plans else None}
        reason = f"{year - 1}年结转" + (f"（{'；'.join(c.doubts)}）" if c.doubts else "")
        writes += [Write(Place(Entity.PLAN, c.id, str(year), f), text, reason=reason) for f, text in values.items()
                   if text is not None]
    return writes


def _held(connection: Connection, chosen: Iterable[CarriedProject], year: int) -> tuple[int, int, int]:
    """Count, total investment and invested before of the new list's rows of ``chosen``, read as every screen does."""
    ids = {c.id for c in chosen}
    new = [s for s in read_standings(connection, Period.month(year, 1)) if s.id in ids]
    return len(new), sum(s.total_investment or 0 for s in new), sum(s.invested_before or 0 for s in new)


def _difference(wanted: RollSums, held: tuple[int, int, int]) -> str:
    return (f"结转后的合计对不上，没有结转，台账没有改动：应为 {wanted.count} 项、总投资 {format_money(wanted.total_investment)}"
            f" 万元、累计完成 {format_money(wanted.after)} 万元，得到 {held[0]} 项、{format_money(held[1])} 万元、"
            f"{format_money(held[2])} 万元。请把台账备份发给维护人员")


def find_codes(plan: RollPlan, codes: Iterable[str]) -> list[int]:
    """The ids of the projects with these codes. Raises HydeskError for one that the year does not list."""
    known = {c.code: c.id for c in plan.carried}
    for code in codes:
        if code not in known:
            raise HydeskError(f"{plan.year}年清单里没有编号“{code}”，请核对")
    return [known[c] for c in codes]
