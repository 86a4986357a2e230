"""Every measure over made-up cities, own columns, targets and bars over every combination of their parts, held against what was
looked at.

The cities are small and uneven: some projects report late, some state a day, some have no plan, some judged by hand. Each rule has
tests of its own; here a step aside in any of them moves a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from random import Random

from hydesk.domain.dates import LooseDate
from hydesk.domain.lamps import LampMode, LampRule, overdue_reasons, rule_in_words, whole_months
from hydesk.domain.lamps import lamp as lamp_of_sum
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures import words as measure_words
from hydesk.domain.measures.finishes import Goal, count_finishes
from hydesk.domain.measures.gains import gain_of
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.need import forecast, monthly_need
from hydesk.domain.measures.preparation import list_permits, permits_of, still_prepares
from hydesk.domain.measures.ranking import group_moves, moves, rank_groups, rank_units
from hydesk.domain.measures.reach import data_date, has_reported, reach_of, scope_date
from hydesk.domain.measures.starts import count_starts
from hydesk.domain.measures.subjects import (
    Subject,
    columns_of,
    count_permits,
    count_preparations,
    count_subject,
    count_years,
)
from hydesk.domain.measures.totals import group_by, sum_up
from hydesk.domain.measures.yardstick import Pace, Yardstick
from hydesk.domain.measures.year_on_year import YearSide, compare_years, year_before
from hydesk.domain.milestones import NodeDates, ProjectNodes
from hydesk.domain.money import MoneyUnit
from hydesk.domain.month_plan import MonthPlan
from hydesk.domain.own_columns import (
    OwnColumn,
    OwnKind,
    column_faults,
    own_sort_key,
    persons,
    read_own_value,
    says_the_same,
    show_own_value,
    tidy,
    told_in_log,
    value_in_json,
    write_own_value,
)
from hydesk.domain.periods import Period, Week
from hydesk.domain.rollover import YearEndStanding, propose, sums
from hydesk.domain.stage_bars import node_marks, stage_bars
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.targets import Target, TargetKind, mean_growth, path_of, stand
from tests.domain.test_kept_sweeps import DATES, ORDER, plain
from tests.kept import hold
from tests.reports.made import standing

KEPT = Path(__file__).parent / "kept"
WAN, D = 10_000, Decimal
APRIL, MAY, JUNE, WEEK, WEEK_BEFORE = Period.month(2023, 4), Period.month(2023, 5), Period.month(2023, 6), Week(2023, 26), Week(2023, 25)
UNITS = ("衡南县", "衡东县", "祁东县", "高新区")


def short(value: object) -> str:
    """A value in a line: decimals in six places, projects by their ids, dataclasses by their fields."""
    if isinstance(value, ProjectStanding):
        return f"#{value.id}"
    if isinstance(value, Decimal):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, AsOf):
        return value.label
    if is_dataclass(value) and not isinstance(value, type) and not isinstance(value, LooseDate | Period):
        return "(" + " ".join(f"{f.name}={short(getattr(value, f.name))}" for f in fields(value) if f.repr) + ")"
    if isinstance(value, dict):
        return "{" + " ".join(f"{k}:{short(v)}" for k, v in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + " ".join(map(short, value)) + "]"
    return "—" if value is None else str(getattr(value, "name", value))


def city(seed: int, shown: Period, late: float, year: int = 2023, count: int = 22) -> list[ProjectStanding]:
    """``count`` projects of four units; ``late`` of them have older figures or none."""
    rng = Random(seed)
    made = []
    for n in range(1, count + 1):
        plan = rng.choice((None, 0, *[rng.randint(500, 9_000) * WAN] * 8))
        at = shown if rng.random() > late else rng.choice((MAY, APRIL, None, WEEK_BEFORE))
        at = at if at is None or at.year == year else type(at)(year, at.number)  # type: ignore[attr-defined]
        done = None if at is None else rng.choice((0, round((plan or 1_000 * WAN) * rng.uniform(0.05, 1.2)) // 100 * 100))
        month = None if at != shown or done is None else done // rng.choice((3, 5, 6))
        day = at and (at.day if rng.random() < 0.8 else date(at.day.year, at.day.month, max(1, at.day.day - 3)))
        before = rng.choice((None, 0, 800 * WAN))
        made.append(standing(
            n, unit=UNITS[n % 4 if n < 18 else 0], nature=("新建", "续建", "预备")[rng.choice((0, 0, 1, 1, 2))], annual_plan=plan, as_of=at, as_of_day=day, year_investment=done, month_investment=month if isinstance(shown, type(JUNE)) else None,
            week_investment=month if isinstance(shown, Week) else None, total_invested=None if done is None or before is None else before + done, invested_before=before, total_investment=rng.choice((None, 400 * WAN, 20_000 * WAN)),
            funds_arrived=None if rng.random() < 0.3 or done is None else done * 2 // 3, statistics_month=None if rng.random() < 0.5 else 7 * WAN, statistics_year=None if rng.random() < 0.4 or done is None else done * 3 // 4,
            planned_start=rng.choice((None, date(year, 3, 1), date(year, 6, 30), date(year, 7, 1), date(year, 9, 1), date(year - 1, 12, 1))), actual_start=rng.choice((None, None, date(year, 2, 20), date(year, 6, 30), date(year, 7, 2), date(year - 1, 5, 1))),
            start_year=rng.choice((None, year, year - 1)), finish_year=rng.choice((None, year, year + 1)), planned_finish=rng.choice((None, date(year, 5, 31), date(year, 6, 30), date(year, 12, 1), date(year + 1, 3, 1))),
            actual_finish=rng.choice((None, None, None, date(year, 4, 9), date(year, 6, 30), date(year, 7, 1))), planned_production=rng.choice((None, date(year, 6, 1), date(year, 10, 1))), actual_production=rng.choice((None, None, date(year, 5, 5))),
            planned_capacity=rng.choice((None, date(year, 6, 1))), actual_capacity=rng.choice((None, None, date(year, 6, 7))), problems_overdue=rng.choice((0, 0, 2)), problem_delay=rng.choice((5, 31, 60)), reported=at == shown,
            lamp_meaning=rng.choice((*[None] * 9, Meaning.SERIOUSLY_LAGGING.value)), lamp_reason=rng.choice(("", "停工")), category=("产业发展", "基础设施")[n % 2], month_plan=MonthPlan(tuple(plan // 12 for _ in range(12))) if plan and rng.random() < 0.4 else None))
    return made


RULES = (LampRule(), LampRule(LampMode.RATIO, D("0.9"), D("0.6"), D("0.05"), 30, 3, 30), LampRule(lagging=D("0.05"), serious=D("0.2"), ahead=D("0.1"), start_delay=0, statistics_months=1, problem_delay=0))


def reaches() -> Iterator[str]:
    for seed, (shown, late) in enumerate(product((JUNE, WEEK), (0.0, 0.1, 0.3, 0.6, 1.0))):
        own = city(seed, shown, late)
        for asked, closed in ((shown, {}), (shown, {shown: "防汛"}), (MAY, {}), (Period.month(2023, 7), {}), (WEEK, {})):
            reach = reach_of(own, asked, closed)
            yield f"{seed} {asked} {len(closed)}: {short(reach)} {reach.nothing_in} {reach.complete} {short(reach.compare_at)} {reach.unreported} {[reach.is_in(u) for u in UNITS]}"
            yield f"  {measure_words.standing(reach)} | {measure_words.cover(reach, '71%')} | {measure_words.cover(reach)} | {measure_words.nothing_in(reach)} | {short(reach.cover)}"
        yield f"{seed}: {short(data_date(own))} {short(data_date(own, {shown: 'x'}))} {short(scope_date(own))} {short(scope_date([]))} {[has_reported(p, shown) for p in own]}"
        yield f"  {short(reach_of(own, MAY, shown=JUNE).as_of)} {measure_words.late(reach_of(own, JUNE).late, 1)} {measure_words.late(reach_of(own, JUNE).late, 9)}"
    for step in (None, 0, 1, -2):
        yield f"{step}: {measure_words.moved_words(step)}"
    for at in (AsOf.of(Period.month(2023, 1)), AsOf.of(JUNE), AsOf.of(WEEK), AsOf.of(JUNE, date(2023, 6, 25))):
        yield f"{at.label}: {measure_words.span(at)} {measure_words.span(at, '—')} {measure_words.gained(at.period)}"


def lamps() -> Iterator[str]:
    for rule in RULES:
        yield f"{rule_in_words(rule)} {rule.ordered}"
        for done, plan, time in product((None, 0, 350, 400, 401, 449, 450, 490, 500, 501, 549, 600, 1_200), (None, 0, 1_000), (D(0), D("0.5"), D(1))):
            found = lamp_of_sum(done, plan, time, rule)
            yield f"  {done} {plan} {time}: {found.meaning.name} {found.reason} {found.word} {found.label}"
    for seed, (shown, late) in enumerate(((JUNE, 0.2), (WEEK, 0.3), (JUNE, 0.7)), 20):
        own = city(seed, shown, late)
        reach = reach_of(own, shown)
        for rule, pace, schedule, money in ((RULES[0], Pace.BY_DAY, False, False), (RULES[1], Pace.BY_MONTH, True, True), (RULES[2], Pace.BY_DAY, True, False)):
            by = Yardstick.at(reach, rule, pace, money_starts=money, schedule=schedule)
            yield f"{seed} {pace.name}: {by.on} {by.shown} {short(by.time_progress)} {short(by.expected(own))} {by.against()} {short(by.whole)}"
            for p in own:
                found = by.lamp(p)
                yield (f"  #{p.id} {found.meaning.name} {found.reason} by hand {found.by_hand} last {found.last and found.last.meaning.name} {found.last_date} | {by.reported(p)} {short(by.elapsed(p))} {short(by.due_share(p))} {short(by.gap(p))} {short(by.shown_gap(p))} "
                       f"{by.day(p)} {by.against(p)} | {overdue_reasons(p, rule, by.on, 3, money_starts=money)}")
            whole = sum_up(own)
            for at in (None, AsOf.of(shown)):
                done, plan = whole.known("year_investment"), whole.sum("annual_plan")
                yield f"  whole {short(by.gap_of(done, plan, at))} {short(by.shown_gap_of(done, plan, at))} {by.lamp_of(done, plan, at).reason}"
    for one, other in product((date(2023, 1, 31), date(2023, 3, 1), date(2022, 12, 15)), (date(2023, 2, 28), date(2023, 3, 1), date(2023, 6, 14), date(2023, 6, 15))):
        yield f"{one} {other}: {whole_months(one, other)}"


def counts() -> Iterator[str]:
    for seed, (shown, late, money) in enumerate(((JUNE, 0.1, False), (JUNE, 0.4, True), (WEEK, 0.2, False)), 40):
        own, before = city(seed, shown, late), city(seed, MAY if shown is JUNE else WEEK_BEFORE, 0.1)
        reach, old = reach_of(own, shown), reach_of(before, MAY)
        by = Yardstick.at(reach, LampRule(), money_starts=money)
        for subject in (Subject.STARTS, Subject.FINISH, Subject.PRODUCTION, Subject.CAPACITY):
            yield f"{seed} {subject.value}: " + "; ".join(f"{c.id} {short(c.value)} {c.text} {c.behind} {short(c.projects)}" for c in count_subject(subject, own, 2023, by))
        held = {p.id: {n.name: NodeDates(DATES[(p.id + i) % 8], DATES[(p.id * 3 + i) % 8], DATES[(p.id * 5 + i) % 4] if (p.id + i) % 3 else None, handling=("", "办理中", "不需办理")[(p.id + i) % 3]) for i, n in enumerate(ORDER) if (p.id + i) % 5} for p in own}
        permits = list_permits([p for p in own if still_prepares(p, 2023, by.on, money_starts=money)], ORDER, held, by.on)
        yield "; ".join(f"#{x.project.id} {x.words} {x.state.name} {x.needed} {x.open}" for x in permits)
        yield "; ".join(f"{c.id} {short(c.value)} {c.text} {c.behind}" for c in (*count_permits(permits), *count_preparations(own, permits, 2023, by))) + f" {[n.name for n in permits_of(ORDER)]}"
        yield f"{short(count_starts(own, 2023, by.on, money_starts=money))} {[short(count_finishes(own, 2023, date(2023, 6, 1), g)) for g in Goal]}"
        for since in (None, APRIL):
            yield f"gain {short(gain_of(own, before, shown, since))} | {short(gain_of(own, [], shown, since))} | {short(gain_of(own, before, APRIL, since))}"
        units, units_before = group_by(own, lambda p: p.unit), group_by(before, lambda p: p.unit)
        ranked, was = rank_units(units, reach), rank_units(units_before, old)
        yield f"ranks {[(r.name, r.place, short(r.completion), short(r.as_of)) for r in ranked]} {moves(ranked, was)}"
        groups = {"衡南县": "县", "衡东县": "县", "祁东县": "县"}
        now_groups, then_groups = rank_groups(units, reach, groups), rank_groups(units_before, old, groups)
        yield f"groups {[(short(g)) for g in now_groups]} {group_moves(now_groups, then_groups)}"
        whole = sum_up(own)
        for id in ("year_investment", "completion", "funds_rate", "statistics_rate", "total_completion", "count", "annual_plan", "funds", "statistics"):
            yield f"{id} {short(whole.measured(id, AsOf.of(shown)))}"
        yield f"{short(whole.funds)} {short(whole.funds.rate)} {whole.funds.note} {short(whole.statistics)} {short(whole.statistics.rate)} {whole.statistics.note}"
        for then, other, whole_list in ((None, [], None), (APRIL, [], None), (Period.month(2022, 6), city(seed + 1, Period.month(2022, 6), 0.05, 2022), None), (Period.month(2022, 6), city(seed + 2, Period.month(2022, 6), 0.5, 2022)[:9], city(seed, Period.month(2022, 6), 0.0, 2022))):
            side = YearSide(then or Period.month(2022, 6), tuple(other), None if then is None else reach_of(other, then))
            found = compare_years(YearSide(shown, tuple(own), reach), side, whole_list)
            yield f"{found.words} | {found.why} | " + "; ".join(f"{c.id} {short(c.value)} {c.text} {c.note}" for c in count_years(found)) + f" {short(found.points)}"
    for subject in Subject:
        yield f"{subject.value}: {columns_of(subject)}"
    for p in (JUNE, WEEK, Week(2020, 53), Period.month(1991, 1)):
        yield f"{p}: {year_before(p)}"
    for plan, done, at in product((None, 0, 1_200, 1_201), (None, 0, 600, 1_300), (None, AsOf.of(JUNE), AsOf.of(Period.month(2023, 12)), AsOf.of(WEEK), AsOf.of(JUNE, date(2023, 6, 25)), AsOf.of(Period.month(2023, 1)))):
        yield f"{plan} {done} {short(at)}: {short(monthly_need(plan, done, at))} {short(forecast(done, at))} {short(forecast(done, at, 6))}"


def carried() -> Iterator[str]:
    base = YearEndStanding(1, "HY1", "甲", "衡南县", "新建", True, 3_000 * WAN, 500 * WAN, 1_000 * WAN, 1_500 * WAN, Period.month(2023, 12), None, None, 2024, False)
    changes = [{}, {"nature": "续建"}, {"nature": "预备", "started": False}, {"started": False}, {"total_investment": None}, {"total_investment": 1_500 * WAN}, {"total_investment": 1_500 * WAN + 1}, {"invested_before": None}, {"invested_before": None, "total_invested": None},
               {"year_investment": None}, {"total_invested": 1_501 * WAN}, {"total_invested": None}, {"as_of": None}, {"as_of": Period.month(2023, 11)}, {"as_of": Week(2023, 52)}, {"as_of": Week(2023, 50)}, {"finished_on": date(2023, 12, 31)}, {"finished_on": date(2024, 1, 1)},
               {"dropped_on": date(2023, 5, 1)}, {"last_year": None}, {"last_year": 2023}, {"last_year": 2025}, {"last_year": 2026, "total_investment": 3_001 * WAN}, {"last_year": 2022}, {"listed_next": True}]
    made = propose([replace(base, id=n, **more) for n, more in enumerate(changes)], 2023)  # type: ignore[arg-type]
    yield from (f"{changes[c.id]}: {short(c)} {c.goes}" for c in made)
    for own in (made, [c for c in made if c.goes], made[:1], []):
        yield f"{short(sums(own))} {sums(own).agrees}"


def targets() -> Iterator[str]:
    for kind, year, base_year, base, latest_year, latest in product(TargetKind, (None, 2025), (None, 2020, 2025), (None, D(10)), (None, 2020, 2022, 2025), (None, D(0), D(12), D("13.9"), D(20), D(21))):
        if latest_year is None and latest not in (None, D(0)):
            continue
        found = Target(kind, D(20), year, base_year, base, latest_year, latest)
        told = stand(found)
        yield f"{kind.value} {year} {base_year} {short(base)} {latest_year} {short(latest)}: {told.way.label} {short(told.needed)} {short(told.gap)} {told.reason}"
    for series in (((2021, D(5)),), ((2021, D(5)), (2022, D(9))), ((2020, D(1)), (2021, D("7.5")), (2022, D(-2))), ((2021, D(-100)), (2022, D(5)))):
        for kind in (TargetKind.GROWTH_PER_YEAR, TargetKind.LEVEL, TargetKind.AT_MOST):
            found = Target(kind, D(7), 2025, 2020, D(3), *series[-1], series)
            yield f"{kind.value} {short(series)}: {short(stand(found))} {short(path_of(found))} {short(mean_growth([v for _, v in series]))}"


def bars() -> Iterator[str]:
    rng, on = Random(6), date(2023, 6, 15)
    for n in range(60):
        held = {o.name: NodeDates(rng.choice(DATES), rng.choice(DATES), rng.choice((None, *DATES[1:4])), handling=rng.choice(("", "", "不需办理"))) for o in ORDER if rng.random() < 0.6}
        yield f"{n}: " + "; ".join(f"{b.stage} {[(p.kind.label, p.begin.isoformat(), p.end.isoformat()) for p in b.pieces]} planned {plain(b.planned)} {b.begin} {b.end}" for b in stage_bars(ProjectNodes(n, "", "", "", "", "", "", held), ORDER, on))
        yield "  " + "; ".join(f"{m.day} {m.which} {m.state.value} {m.late}" for d in held.values() for m in node_marks(d, on))


def own_columns() -> Iterator[str]:
    others = (OwnColumn("用地面积", OwnKind.NUMBER, measure="亩", names=("占地",), id=1), OwnColumn("旧栏目", retired=True, id=2))
    for name, kind, choices, names, measure in (
            ("施工单位", OwnKind.TEXT, (), (), ""), ("", OwnKind.TEXT, (), (), ""), ("x" * 30, OwnKind.TEXT, (), (), ""), ("x" * 31, OwnKind.TEXT, (), (), ""), ("项目名称", OwnKind.TEXT, (), (), ""), ("甲", OwnKind.TEXT, (), ("总投资", "形象进度"), ""), ("用地面积", OwnKind.NUMBER, (), (), "亩"),
            ("占 地", OwnKind.TEXT, (), (), ""), ("旧栏目", OwnKind.TEXT, (), (), ""), ("选", OwnKind.CHOICE, (), (), ""), ("选", OwnKind.CHOICE, tuple(map(str, range(60))), (), ""), ("选", OwnKind.CHOICE, tuple(map(str, range(61))), (), ""), ("  空 格 ", OwnKind.NUMBER, ("a",), ("空 格", "", "别名", "别名"), " 亩 "),
            ("入住率", OwnKind.NUMBER, (), (), "%"), ("面积", OwnKind.NUMBER, (), (), "平方米"), ("面积占比", OwnKind.NUMBER, (), (), ""), ("评分", OwnKind.PERIOD_NUMBER, (), (), "分"), ("缺口", OwnKind.PERIOD_MONEY, (), (), "亩"), ("日期", OwnKind.DATE, (), (), "亩")):
        made = tidy(OwnColumn(name, kind, choices, measure, names))
        yield f"{name[:12]!r} {kind.value}: {made.name[:12]!r} {len(made.choices)} {made.measure!r} {made.names} {made.head[:20]} {made.heads[:3]} {made.is_figure} {made.adds_up} {made.unit} {made.kind.label} {made.kind.short} {made.kind.by_period} {made.key} {column_faults(made, others)} {column_faults(replace(made, id=1), others)}"
    texts = ("", "0", "-0", "1200000", "12.50", "1E+3", "0.0001", "NaN", "x", "2023-06-30/month", "2023-06-30", "是", "2023-13-01/day", "-1234567.5")
    for kind, text in product(OwnKind, texts):
        value = read_own_value(kind, text)
        yield f"{kind.value} {text!r}: {value!r} {write_own_value(value)!r} {show_own_value(value)!r} {show_own_value(value, MoneyUnit.YI)!r} {show_own_value(value, exact=True)!r} {told_in_log(kind, text)!r} {value_in_json(value)!r} {own_sort_key(OwnColumn('a', kind, ('是', 'x')), value)!r} {persons(value)}"
    for value in (None, 12_345, 120_000, 100, 99, -50, D("1234567.50"), D("-0.5"), D("0.00"), D("1E+5"), LooseDate.of_quarter(2023, 2), "张三、李四"):
        yield f"{value!r}: {write_own_value(value)} {show_own_value(value)} {show_own_value(value, exact=True)} {show_own_value(value, MoneyUnit.YUAN, exact=True)} {value_in_json(value)} {persons(value)} {[own_sort_key(OwnColumn('a', k), value) for k in OwnKind]}"
    held = (None, "甲 乙", "甲乙", "（甲）", "(甲)", D(1), D("1.0"), 5, *DATES[1:], LooseDate(date(2022, 3, 1)), LooseDate.of_month(2022, 3), LooseDate.of_quarter(2022, 1))
    for one in held:
        yield f"{one}: {[says_the_same(one, other) for other in held]}"


def test_every_measure_and_rule() -> None:
    for part in (reaches, lamps, counts, carried, targets, bars, own_columns):
        hold(KEPT / f"measures-{part.__name__}.txt", part())
