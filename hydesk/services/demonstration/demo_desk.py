"""Nodes and problems of the demonstration: made up from the demonstration projects, the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.milestones import HANDLING, WORKING, NodeMove
from hydesk.domain.periods import Period
from hydesk.domain.problems import StepKind
from hydesk.services.demonstration.demo_projects import YEAR, DemoProject
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.milestones.move_milestones import move_milestones
from hydesk.services.problems.follow_problems import ToldProblem, adopt_problems, follow_problems
from hydesk.services.problems.step_problem import step_problems

UNTIL = date(YEAR, 6, 28)
"""What is done was done by then."""
PERMITS = (("立项", -200), ("可研", -165), ("用地", -140), ("环评", -125), ("规划许可", -110), ("初设", -85), ("施工许可", -18))
"""Days before 开工 by which permits are planned."""
REASONS = ("用地报批未完成，按调度会议定的时间重排", "雨季影响，工期顺延", "设计变更，重新报审", "设备到货延期，经业主申请调整")
UNITS_OF = (("征拆", "征地拆迁指挥部"), ("用地", "自然资源局"), ("资金", "财政局"), ("专线", "供电公司"), ("施工许可", "住房和城乡建设局"))


def add_demo_nodes(ledger: Ledger, projects: Sequence[DemoProject], actor: Actor) -> None:
    """Dates for every project's nodes, and a few baselines moved later with their reason."""
    rng = Random(20230615)
    ids = {p.code: p.project_id for p in list_milestones(ledger, date(YEAR, 6, 30)).projects}
    moves = [m for p in projects if p.code in ids for m in _nodes(p, ids[p.code], rng)]
    move_milestones(ledger, moves, "演示数据", actor, UNTIL)
    for reason in REASONS:
        late = [m for m in moves if m.which == "baseline" and isinstance(m.new, LooseDate) and m.new.day > UNTIL and rng.random() < 0.006]
        move_milestones(ledger, [_later(m, rng.randint(2, 9) * 10) for m in late], reason, actor, UNTIL)


def _later(move: NodeMove, days: int) -> NodeMove:
    assert isinstance(move.new, LooseDate)
    return NodeMove(move.project_id, move.node, move.which, LooseDate(move.new.day + timedelta(days=days)))


def _nodes(project: DemoProject, project_id: int, rng: Random) -> list[NodeMove]:
    planned = project.values[Field.PLANNED_START]
    assert isinstance(planned, LooseDate)
    start = planned.day
    finish_year = project.values[Field.FINISH_YEAR]
    assert isinstance(finish_year, int)
    finish = date(max(finish_year, YEAR), rng.choice((6, 9, 10, 11, 12)), 28)
    finish = max(finish, start + timedelta(days=200), date(YEAR, 8, 28))
    length = (finish - start).days
    plan = [(node, start + timedelta(days=before)) for node, before in PERMITS]
    plan += [("主体封顶", start + timedelta(days=length * 45 // 100))]
    if project.values[Field.CATEGORY] == "产业发展":
        plan += [("设备安装", start + timedelta(days=length * 70 // 100)), ("投产", finish + timedelta(days=60)),
                 ("达产", finish + timedelta(days=300))]
    plan += [("竣工", finish), ("入统", start + timedelta(days=40))]
    begun = project.begun
    lag = max(0, round(rng.gauss(4, 14))) if begun else rng.randint(0, 40)
    moves = []
    for node, day in plan:
        moves.append(NodeMove(project_id, node, "baseline", _loose(day, UNTIL)))
        needs_start = node not in dict(PERMITS)
        actual = day + timedelta(days=lag + rng.randint(-6, 8))
        if needs_start and begun is not None:
            actual = max(actual, begun + timedelta(days=5))
        elif not needs_start and begun is not None:
            actual = min(actual, begun - timedelta(days=3))
        if actual <= UNTIL and (begun is not None or not needs_start):
            moves.append(NodeMove(project_id, node, "actual", LooseDate(actual)))
        elif lag > 12 or day <= UNTIL:
            expected = max(day + timedelta(days=lag + 15), UNTIL + timedelta(days=rng.randint(4, 70)))
            moves.append(NodeMove(project_id, node, "forecast", _loose(expected, UNTIL)))
            if not needs_start and project_id % 2:
                moves.append(NodeMove(project_id, node, HANDLING, WORKING))
    return moves


def _loose(day: date, until: date) -> LooseDate:
    """Plans more than a year ahead are only known to the month."""
    return LooseDate.of_month(day.year, day.month) if (day - until).days > 365 else LooseDate(day)


def add_demo_problems(ledger: Ledger, period: Period, actor: Actor) -> None:
    """Problems from the returns of ``period``, at every step from 上报 to 销号, some of them overdue a month later."""
    rng = Random(20230620)
    told = follow_problems(ledger, period).told[:48]
    ids = adopt_problems(ledger, told, actor).value
    lists: list[list[int]] = [[] for _ in range(8)]
    for i, key in enumerate(ids):
        lists[(i * 5 + i // 8) % 8].append(key)
    unit = {key: _unit_of(t) for key, t in zip(ids, told, strict=True)}
    day = period.end

    def step(keys: list[int], kind: StepKind, after: int, words: str = "") -> None:
        for name in dict.fromkeys(unit[k] for k in keys) if kind is StepKind.ASSIGN else ("",):
            some = [k for k in keys if not name or unit[k] == name]
            due = day + timedelta(days=rng.choice((15, 20, 28, 45, 60)))
            if some:
                step_problems(ledger, some, kind, on=day + timedelta(days=after), unit=name, words=words,
                              due_on=due if kind in (StepKind.ASSIGN, StepKind.EXTEND) else None, actor=actor)

    def those(first: int) -> list[int]:
        return [k for keys in lists[first:] for k in keys]

    step(those(1), StepKind.ACCEPT, 2)
    step(those(2), StepKind.ASSIGN, 4)
    step(those(3), StepKind.WORK, 7)
    step(those(4), StepKind.ANSWER, 16, "已会同业主现场办理，问题基本解决")
    step(lists[4][:2], StepKind.SEND_BACK, 18, "现场核实尚未解决，请继续办理")
    step(those(6), StepKind.VERIFY, 20)
    step(those(7), StepKind.CLOSE, 24, "现场核实已解决")
    step(lists[3][:2], StepKind.ESCALATE, 21, "涉及省级审批，请市级协调")
    step(lists[0][-1:], StepKind.SEND_BACK, 3, "未写明具体事项，请补充后重报")


def _unit_of(told: ToldProblem) -> str:
    place = told.project_unit if told.project_unit[-1:] in "区县市" and told.project_unit != "高新区" else "衡阳市"
    for word, unit in UNITS_OF:
        if word in told.text:
            return place + unit
    return place + "重点办"
