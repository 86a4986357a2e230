"""Rules of dates, nodes, problems, plans and acts swept over every combination of their parts, held against what was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path
from random import Random

from hydesk.domain.assessment import AssessmentRule, MeasureReading, ScoreWay, assess
from hydesk.domain.assessment_plan import ActPlan, MeasurePart, UnitAct, plan_acts
from hydesk.domain.dates import LooseDate
from hydesk.domain.milestones import (
    HANDLINGS,
    WHICH,
    BaselineMove,
    Milestones,
    NodeDates,
    ProjectNodes,
    StandardNode,
    day_of,
    earliest,
    is_slip,
    shift,
    shift_months,
)
from hydesk.domain.month_plan import (
    MonthPlan,
    PlanStep,
    Spreading,
    by_quarter,
    difference,
    planned_by,
    spread_by,
    spread_plan,
)
from hydesk.domain.node_refusals import doubts, refusal, refuse_handling
from hydesk.domain.periods import Month, Period, Week, months_ended
from hydesk.domain.problems import (
    LEVELS,
    ListedProblem,
    Status,
    Step,
    StepKind,
    count_problems,
    level_above,
    next_steps,
    problem_key,
    replay,
    short_title,
    split_problems,
)
from hydesk.domain.problems import refusal as step_refusal
from tests.domain.test_kept_tables import answer
from tests.kept import hold

KEPT = Path(__file__).parent / "kept"
ON = date(2023, 6, 15)


def plain(value: object) -> str:
    """A value in short: dates as written, lists in brackets."""
    if isinstance(value, tuple | list):
        return "[" + " ".join(map(plain, value)) + "]"
    return "—" if value is None else str(value)


# Nodes -------------------------------------------------------------------------------------------------------------

DATES = (None, LooseDate(date(2023, 6, 14)), LooseDate(date(2023, 6, 15)), LooseDate.of_month(2023, 6), LooseDate(date(2023, 7, 15)), LooseDate(date(2023, 7, 16)), LooseDate.of_quarter(2023, 2), LooseDate.of_year(2022))
ORDER = (StandardNode("立项", "招商引资"), StandardNode("用地", "招商引资", "用地批复"), StandardNode("施工许可", "招商引资"), StandardNode("开工", "落地开工"), StandardNode("入统", "在建实施"), StandardNode("主体封顶", "在建实施"), StandardNode("竣工", "竣工达产", "", "市质监站"),
         StandardNode("投产", "竣工达产"), StandardNode("达产", "竣工达产"))


def nodes() -> Iterator[str]:
    for base, forecast, actual in product(DATES, DATES, (None, *DATES[1:4])):
        for begun, handling, moved in ((False, "", ()), (True, "", ()), (False, "不需办理", ()), (False, "", (BaselineMove(date(2023, 5, 1), "张三", LooseDate.of_month(2023, 5), base, "雨季"),))):
            d = NodeDates(base, forecast, actual, moved, begun, handling)
            yield f"{plain([base, forecast, actual, begun, handling, len(moved)])}: {d.state(ON).label} {d.state(ON, 0).label} {plain(d.days_left(ON))} {plain(d.slip(ON))} {plain(d.first_baseline)} {plain(d.expected)} {d.done(ON)} {[m.days for m in moved]}"
    for one in DATES[1:]:
        assert one is not None
        yield f"{one}: earliest {earliest(one)} shifted {plain([shift(one, d) for d in (-400, -15, -1, 0, 1, 16, 31, 100)])} months {plain([shift_months(one, m) for m in (-18, -6, -1, 0, 1, 6, 7, 12)])} slip {[is_slip(one, o) for o in DATES]} {is_slip(None, one)}"
    for day in (date(2023, 1, 31), date(2024, 2, 29), date(2023, 12, 31), date(2023, 11, 30)):
        yield f"{day}: {plain([shift_months(LooseDate(day), m) for m in (-14, -1, 1, 2, 12, 13)])} {plain([shift_months(LooseDate.of_month(day.year, day.month), m) for m in (-1, 1, 3)])}"
    for node, which, old, new, reason in product(ORDER[3:7:3], WHICH, DATES[:5:2], (*DATES[:5], LooseDate.of_year(1989), LooseDate.of_year(1990), LooseDate.of_year(2199), LooseDate.of_year(2200)), ("", " ", "雨季")):
        yield f"{node.name} {which} {plain(old)} → {plain(new)} {reason!r}: {refusal(node, which, old, new, ON, reason)}"
    for node, said in product(ORDER[2:4], (None, *HANDLINGS, "已办")):
        yield f"{node.name} {said}: {refuse_handling(node, said)} {node.shown} {node.granted_by}"
    yield plain([n.granted_by for n in ORDER])
    days = [LooseDate(date(2023, m, 10)) for m in range(1, 10)]
    for (at, first), (to, second), which in product(enumerate(ORDER), enumerate(ORDER), ("actual", "baseline", "forecast")):
        if at == to:
            continue
        held = {first.name: NodeDates(**{which: days[6]}), second.name: NodeDates(**{which: days[2]})}
        yield f"{first.name} late, {second.name} early, {which}: {[f'{f.level.value} {f.code} {f.message}' for f in doubts(held, ORDER, ON)]}"
    for when in (ON, Period.month(2023, 6), Period.month(2023, 5), Period.month(2023, 4), Period.parse("2023-W17"), Period.parse("2023-W18")):
        yield f"{when}: {day_of(when, ON)}"
    rng = Random(3)
    made = [ProjectNodes(n, f"HY{n}", f"项目{n}", "衡南县", "", "", "", {o.name: NodeDates(*(rng.choice(DATES) for _ in range(3))) for o in ORDER if rng.random() < 0.7}) for n in range(1, 9)]
    whole = Milestones(ON, ORDER, tuple(made))
    for name, found in (("overdue", whole.overdue()), ("due 7", whole.due(7)), ("due 30", whole.due(30)), ("due 60", whole.due(60, whole.listed())), ("slipped", whole.slipped())):
        yield f"{name}: {[(x.project.project_id, x.node.name, x.state.value, x.days, x.slip) for x in found]}"
    yield f"{len(whole.listed())} {whole.of(3) is made[2]} {whole.of(99)}"


# Periods -----------------------------------------------------------------------------------------------------------

def periods() -> Iterator[str]:
    held: list[Month | Week] = [*(Month(y, m) for y in (2023, 2024) for m in range(1, 13)), *(Week(y, w) for y in (2020, 2021, 2023, 2024, 2026) for w in (1, 2, 5, 9, 26, 51, 52)), Week(2020, 53), Week(2026, 53), Month(1990, 1), Month(2199, 12)]
    for p in held:
        days = (p.start, p.end, date(p.year, 1, 1), date(p.year, 12, 31))
        yield f"{p} {p.label} {p.short_label} {p.start} {p.end} {p.day} {p.day_month} {p.last_month} {p.time_progress():.10f} {answer(p.previous)} {[p.label_at(d) for d in days]} {p.is_month} {getattr(p, 'opens_year', '')}"
        yield f"  takes {plain([p.takes(date.fromordinal(d.toordinal() + off)) for d in days[:2] for off in (-4, -3, -1, 0, 1, 3, 4)])}"
    for text in ("2023-06", " 2023-6 ", "2023-W25", "2023-w5", "2023-13", "2023-0", "2023-W53", "2020-W53", "2020-W54", "2023-W0", "1989-12", "2200-01", "23-06", "2023年6月", "", "2023-06-01"):
        yield f"{text!r}: {answer(Period.parse, text)}"
    for one, other in pairwise(sorted(held, key=lambda p: p.sort_key)):
        yield f"{one} < {other}"
    for day in (date(2023, 1, 1), date(2023, 1, 30), date(2023, 1, 31), date(2023, 2, 28), date(2024, 2, 28), date(2024, 2, 29), date(2023, 12, 30), date(2023, 12, 31)):
        yield f"{day}: {months_ended(day)}"


# Problems ----------------------------------------------------------------------------------------------------------

def problems() -> Iterator[str]:
    for status, level in product(Status, ("", *LEVELS, "国家级")):
        yield f"{status.label} {level}: {[r.kind.label for r in next_steps(status, level)]} above {level_above(level)}"
    for status, kind in product(Status, StepKind):
        for level, unit, due, words, on, since, today in (
                ("", "", None, "", ON, None, None), ("省级", "住建局", ON, "说明", ON, ON, ON), ("", " ", date(2023, 6, 14), " ", ON, None, None), ("", "住建局", date(2023, 6, 14), "x", ON, None, None),
                ("", "住建局", ON, "x", date(2023, 6, 14), ON, None), ("", "住建局", ON, "x", ON, None, date(2023, 6, 14)), ("", "住建局", None, "", ON, None, ON)):
            yield f"{status.value} {kind.value} {level} {unit!r} {due} {words!r} {on} {since} {today}: {step_refusal(status, kind, level=level, unit=unit, due_on=due, words=words, on=on, since=since, today=today)}"
    kinds = (StepKind.REPORT, StepKind.ACCEPT, StepKind.ASSIGN, StepKind.WORK, StepKind.ANSWER, StepKind.VERIFY, StepKind.CLOSE, StepKind.SEND_BACK)
    for length in range(len(kinds) + 1):
        yield f"{length}: {replay([Step(n, k, ON, '', '', None) for n, k in enumerate(kinds[:length])]).value} {replay([Step(n, k, ON, '', '', None) for n, k in enumerate((kinds[0], *kinds[2:length]))]).value}"
    listed = [ListedProblem(n, 1, "HY1", "甲", "衡南县", "题", "", "", "", "", "", status, date(2023, 5, 1), due, closed, "", "", None, "", ON)
              for n, (status, due, closed) in enumerate(product(Status, (None, date(2023, 6, 14), ON, date(2023, 6, 16)), (None, date(2023, 6, 1))))]
    for p in listed:
        yield f"{p.status.value} {p.due_on} {p.closed_on}: {p.overdue} {p.unassigned} {plain(p.days)} {p.age} {p.status.open}"
    yield str(count_problems(listed))
    texts = ("1.用地未批 2.资金不足", "1.5公里未完成", "①用地②资金", "一、用地；二、资金", "（1）用地（2）无", "用地；1.资金", "2023.5.1前完成", "无", "", "1、", "12.征地；13)拆迁", "用地未批。2．资金", "已解决", "用地已解决；资金未解决", "用地\n资金")
    for text in texts:
        yield f"{text!r}: {split_problems(text)} {split_problems(text, ('用地',))} {problem_key(text)}"
    for text in ("资金", "资金缺口大，影响进度，请协调", "用地，征拆未完成影响工期，请市里协调解决有关指标问题", "四个字以，上", "三个字，后面的话要长于二十四个字才会去看前面的一段话是多少字", "x" * 24, "x" * 25, "x" * 23 + "，y", "用地未批：指标没有落实，需要市里协调解决的事项很多很多很多", "一句。二句", "！", " 前后 "):
        yield f"{text}: {short_title(text)} | {short_title(text, 8)} | {problem_key(text)}"
    for text in ("- —", "./无", "无无", "无 事", "ＡＢＣ１２", "a-b", "　"):
        yield f"{text!r}: {problem_key(text)!r}"


# Plans and acts ----------------------------------------------------------------------------------------------------

def plans() -> Iterator[str]:
    last = (0, 10, 20, 30, -5, 60, 70, 80, 90, 100, 110, 120)
    for amount, way, (first, end), done in product((0, 1, 1_000, 1_234_567), Spreading, ((1, 12), (4, 12), (7, 9), (12, 12), (1, 1)), (0, 1, 400, 2_000_000)):
        made = spread_plan(amount, way, last, first, end, done)
        yield f"{amount} {way.label} {first}-{end} {done}: {made and made.written} {made and made.total}"
    for amount, weights in product((0, 1, 10, 101, -7), ((1, 1, 1), (0, 0, 0), (1, 0, 2), (3,), (0, 5), (5, 0), (Decimal("0.5"), Decimal("1.5")))):
        yield f"{amount} over {plain(weights)}: {spread_by(amount, weights)}"
    plan = MonthPlan(tuple(range(100, 1_300, 100)))
    for day in (date(2023, 1, 1), date(2023, 1, 31), date(2023, 2, 14), date(2024, 2, 14), date(2023, 6, 30), date(2023, 12, 31)):
        yield f"{day}: {plan.by(day):.6f} {planned_by([(plan, 5, Decimal(1)), (None, 1_200, Decimal('0.25')), (None, None, Decimal(1))], day):.6f}"
    yield f"{plan.quarters} {plan.total} {difference(plan, None)} {difference(plan, 7_000)} {difference(plan, 8_000)} {by_quarter((3, 10, 0, 8)).written} {answer(by_quarter, (1, 2, 3))}"
    for text in (None, "", "m:1,2", plan.written, "q:" + ",".join(["3"] * 12), "x:" + ",".join(["3"] * 12), "m:" + ",".join(["-1"] * 12), "m:" + ",".join(["a"] * 12)):
        yield f"{text}: {MonthPlan.read(text)} {PlanStep.MONTH.label}"


def _act_plan(p: ActPlan) -> str:
    return f"{p.words} | {plain(p.before)} {plain(p.after)} {[(t, plain(g)) for t, g in p.lines]}"


def acts() -> Iterator[str]:
    rules = (AssessmentRule("a", "开工率", "starts", ScoreWay.RATIO, Decimal(20)), AssessmentRule("b", "完成率", "done", ScoreWay.RANK, Decimal(30), Decimal(2)), AssessmentRule("c", "逾期问题", "late", ScoreWay.DEDUCT, Decimal(10), Decimal(2)),
             AssessmentRule("d", "纳统", "more", ScoreWay.ADD, Decimal(5)), AssessmentRule("e", "达标", "floor", ScoreWay.FLOOR, Decimal(10), full=Decimal("0.9"), least=Decimal("0.5")))
    units, rng = ("甲", "乙", "丙", "丁"), Random(4)
    for case in range(14):
        parts = {"starts": MeasurePart(Decimal(rng.randint(0, 8)), Decimal(rng.choice((0, 8, 10)))), "done": MeasurePart(Decimal(rng.randint(10, 60)), Decimal(100)), "late": MeasurePart(Decimal(rng.randint(0, 6))),
                 "more": MeasurePart(Decimal(rng.randint(0, 3))), "floor": MeasurePart(Decimal(rng.randint(30, 95)), Decimal(100))}
        readings = {m: {u: MeasureReading(Decimal(rng.randint(0, 100)) / (100 if p.bottom is not None else 10), "") for u in units[1:]} | {"甲": MeasureReading(p.value, "")} for m, p in parts.items()}
        offered = [UnitAct(f"开工{n}", {"starts": Decimal(1), "done": Decimal(n)}) for n in range(2)] + [UnitAct(f"完成{n}", {"done": Decimal(5 * n)}) for n in range(1, 4)] + [UnitAct(f"销号{n}", {"late": Decimal(-1)}, n) for n in range(2)] + [
            UnitAct("纳统", {"more": Decimal(1)}), UnitAct("没有", {"none": Decimal(9)}), UnitAct("不动", {"done": Decimal(0)}), UnitAct("补", {"floor": Decimal(20), "late": Decimal(1)})]
        rng.shuffle(offered)
        yield f"{case}: {[(s.unit, plain(s.total), plain(s.judged), plain(s.whole)) for s in assess(rules, readings, units)]}"
        for count in (1, 2, 3):
            yield f"  {count}: {_act_plan(plan_acts(rules, readings, units, '甲', parts, offered, count))}"
    yield _act_plan(plan_acts(rules, {}, units, "甲", {}, [], 2))


def test_every_combination() -> None:
    for part in (nodes, periods, problems, plans, acts):
        hold(KEPT / f"sweep-{part.__name__}.txt", part())
