"""The rows of a wall chart: a project with all its nodes on one line, or the nodes of one project, each on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.lamps import Lamp
from hydesk.domain.milestones import Milestones, NodeDates, NodeState, ProjectNodes, StandardNode
from hydesk.domain.money import format_percent, rate
from hydesk.domain.problems import ListedProblem
from hydesk.domain.stage_bars import NodeMark, node_marks, stage_bars
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.written import CONTROL
from hydesk.reports.wall.chart import (
    PROBLEM_SHORT,
    PROBLEM_WORDS,
    ChartColumn,
    ChartGroup,
    ChartMark,
    ChartRow,
    MarkKind,
    short_names,
)

PROBLEM_CHARS = 26
"""So much of a problem's words stands in a row of a chart of many projects; the list of problems has all of them."""
PROJECT_COLUMNS = (
    ChartColumn("序", 2.4, 2.2, centred=True), ChartColumn("项目", 17, 10, bold=True), ChartColumn("谁负责", 9, 6.4),
    ChartColumn("年度", 6.2, 5.6, centred=True), ChartColumn("未销号问题", 15, 8, right=True))
CLOSE_COLUMNS = (
    ChartColumn("序", 2.4, 2.2, centred=True), ChartColumn("项目（下为未销号问题）", 14, 10.5, bold=True), ChartColumn("谁负责", 10, 8.2),
    ChartColumn("年度", 6.2, 5.6, centred=True))
"""Of a whole city on one sheet: the code stands behind the name, the words of problems below it."""
NODE_COLUMNS = (
    ChartColumn("节点", 9, 6, bold=True), ChartColumn("责任", 10, 7), ChartColumn("最初计划", 6.2, 5.8, centred=True),
    ChartColumn("计划", 6.2, 5.8, centred=True), ChartColumn("预计", 6.2, 5.8, centred=True), ChartColumn("实际", 6.2, 5.8, centred=True),
    ChartColumn("情况", 7, 6, centred=True))


@dataclass(frozen=True, slots=True)
class ChartedProject:
    """A project with what its row tells."""

    standing: ProjectStanding
    lamp: Lamp
    nodes: ProjectNodes
    problems: tuple[ListedProblem, ...]
    """Not 销号, those past their deadline first."""

    def overdue(self, on: date) -> int:
        """Its nodes past their planned day and not done."""
        return sum(d.state(on) is NodeState.OVERDUE for d in self.nodes.nodes.values())


def plain(text: str) -> str:
    """Without characters that cannot be printed."""
    return CONTROL.sub("", text)


def mark_kind(mark: NodeMark) -> MarkKind:
    """How a date of a node is drawn."""
    if mark.which == "actual":
        return MarkKind.DONE_LATE if mark.late else MarkKind.DONE
    if mark.which == "forecast":
        return MarkKind.FORECAST
    return MarkKind.OVERDUE if mark.state is NodeState.OVERDUE else MarkKind.PLANNED


def marks_of(node: StandardNode, dates: NodeDates, on: date, short: str) -> list[ChartMark]:
    """The marks of a node: its plan until it is done (its line shows it afterwards), a forecast that differs, its actual day."""
    shown = [m for m in node_marks(dates, on) if m.which == "actual" or dates.actual is None]
    planned = {m.day for m in shown if m.which == "baseline"}
    return [ChartMark(m.day, mark_kind(m), plain(node.shown), short) for m in shown if m.which != "forecast" or m.day not in planned]


def problem_marks(problems: Sequence[ListedProblem]) -> list[ChartMark]:
    """The deadlines of problems that are open."""
    return [ChartMark(p.due_on, MarkKind.PROBLEM_LATE if p.overdue else MarkKind.PROBLEM, PROBLEM_WORDS, PROBLEM_SHORT)
            for p in problems if p.due_on is not None]


def project_row(number: int, project: ChartedProject, nodes: Sequence[StandardNode], on: date, short: Mapping[str, str],
                *, whose: str = "", under: str = "") -> ChartRow:
    """A project on one line. ``whose`` is the leader whose chart it is: his own name needs not stand in every row. ``under``
    is the heading it stands under: where rows stand close, a unit's name is not said again before its bureaus."""
    s, held = project.standing, project.nodes.nodes
    dated = [(n, d) for n in nodes if (d := held.get(n.name)) is not None]
    marks = [m for n, d in dated for m in marks_of(n, d, on, short[n.shown])] + problem_marks(project.problems)
    bars = stage_bars(project.nodes, nodes, on)
    done = format_percent(rate(s.year_investment, s.annual_plan))
    lamp = project.lamp
    told = problem_words(project.problems)
    cells = (str(number), f"{plain(s.name)}\n{s.code}".strip(), who_answers(s, whose),
             f"{done}\n{lamp.meaning.mark}{lamp.word}".strip(), told)
    close = (cells[0], f"{plain(s.name)} {s.code}".strip() + (f"\n{told}" if project.problems else ""), _close_who(cells[2], under), cells[3])
    firsts = [(d.first_baseline.day, d) for _, d in dated if d.first_baseline is not None]
    return ChartRow(
        cells, tuple(sorted(marks, key=lambda m: m.day)), tuple(p for b in bars for p in b.pieces),
        tuple(b.planned for b in bars if b.planned is not None), tuple(sorted(day for day, _ in firsts)), _moved([d for _, d in dated]), close)


def _close_who(who: str, under: str) -> str:
    """The leaders on one line, below them the bureau without its county's name."""
    *leaders, answers = who.split("\n")
    return "\n".join(x for x in ("　".join(leaders), answers.removeprefix(under) or answers) if x)


def _moved(dates: Sequence[NodeDates]) -> tuple[date, ...]:
    """Plans that were set and changed after the first, and the one that holds where it is not the first."""
    return tuple(sorted({v.day for d in dates for v in (*(m.new for m in d.moves),) if v is not None}))


def who_answers(s: ProjectStanding, whose: str = "") -> str:
    """市级联系领导, 县级包联领导, the unit that answers; a line each."""
    said = [f"{plain(name)}（{where}）" for name, where in ((s.city_leader, "市"), (s.county_leader, "县")) if name and name != whose]
    answers = plain(s.responsible_unit or s.unit)
    return "\n".join(dict.fromkeys([*said, answers]))


def problem_words(problems: Sequence[ListedProblem], chars: int = PROBLEM_CHARS) -> str:
    """How many there are where they are several, and the first one's words."""
    if not problems:
        return "—"
    first = problems[0]
    words = plain(first.title or first.detail)
    said = words if len(words) <= chars else words[:chars - 1] + "…"
    return (f"{len(problems)}个：" if len(problems) > 1 else "") + said + (f"（逾期{first.days_late}天）" if first.overdue else "")


# One project -----------------------------------------------------------------------------------------------


def node_groups(project: ChartedProject, milestones: Milestones) -> tuple[ChartGroup, ...]:
    """The nodes of one project under their stages, each on its own line; below them its problems that are open."""
    on, held = milestones.on, project.nodes.nodes
    bars = {b.stage: b for b in stage_bars(project.nodes, milestones.nodes, on)}
    groups = []
    short = short_names([n.shown for n in milestones.nodes])
    for stage in dict.fromkeys(n.stage for n in milestones.nodes):
        own = [n for n in milestones.nodes if n.stage == stage and n.name in held]
        if not own:
            continue
        bar = bars.get(stage)
        head = ChartRow(("整个阶段", "", "", "", "", "", ""), (), bar.pieces, (bar.planned,) if bar.planned else ()) if bar else None
        rows = [_node_row(n, held[n.name], on, short[n.shown]) for n in own]
        groups.append(ChartGroup(f"{stage}　{sum(held[n.name].done(on) for n in own)}／{len(own)} 个节点已完成", tuple([head, *rows] if head else rows)))
    if project.problems:
        groups.append(ChartGroup(f"未销号的问题　{len(project.problems)} 个", tuple(_problem_row(p) for p in project.problems)))
    return tuple(groups)


def _node_row(node: StandardNode, dates: NodeDates, on: date, short: str) -> ChartRow:
    state, slip = dates.state(on), dates.slip(on)
    late = f"\n{'晚' if slip > 0 else '早'}{abs(slip)}天" if slip else ""
    first = dates.first_baseline
    moved = bool(dates.moves)
    cells = (plain(node.shown), plain(node.granted_by) or "—", str(first or "—") if moved else "", str(dates.baseline or "—"),
             str(dates.forecast or "—"), str(dates.actual or "—"), f"{state.mark}{dates.handling or state.label}{late}")
    return ChartRow(cells, tuple(sorted(marks_of(node, dates, on, short), key=lambda m: m.day)), (), (),
                    (first.day,) if first is not None else (), _moved([dates]))


def _problem_row(p: ListedProblem) -> ChartRow:
    days = p.days
    left = "" if days is None else f"逾期{-days}天" if days < 0 else f"剩{days}天"
    cells = (plain(p.title or p.detail), "、".join(dict.fromkeys(plain(x) for x in (p.responsible, p.leader) if x)) or "待交办", "",
             p.due_on.isoformat() if p.due_on else "—", "", "", f"{p.status.label}\n{left}".strip())
    return ChartRow(cells, tuple(problem_marks([p])))
