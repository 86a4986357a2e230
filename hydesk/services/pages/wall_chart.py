"""作战图: a leader's projects, one project, a group or the whole list, time across and projects or nodes down."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import clean_name
from hydesk.domain.job_progress import Progress
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.measures.words import standing
from hydesk.domain.milestones import Milestones, NodeState, day_of
from hydesk.domain.money import MoneyUnit, format_money, format_percent, rate
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem
from hydesk.domain.scopes.fields import names_in
from hydesk.domain.scopes.scope import WHOLE, Scope, ScopeOp
from hydesk.reports.wall.chart import ChartColumn, ChartGroup, WallChart, short_names
from hydesk.services.milestones.list_milestones import read_milestones
from hydesk.services.pages.wall_rows import (
    CLOSE_COLUMNS,
    NODE_COLUMNS,
    PROJECT_COLUMNS,
    ChartedProject,
    node_groups,
    plain,
    project_row,
    who_answers,
)
from hydesk.services.problems.list_problems import read_problems
from hydesk.services.projects.find_project import find_project
from hydesk.services.reports.print_notice import office_of, remark_of
from hydesk.services.standings.period_view import PeriodView, read_view

PAPER_SIZES = ("A4", "A3", "A2", "A1", "A0")
TILE_SIZES = ("A4", "A3")
_ROOM_DAYS = 20
"""Between the edges of a project's time line and its first and last mark."""
GROUPINGS = {"unit": "单位", "chain": "产业链", "category": "类别", "": ""}
"""By what projects can stand under headings."""


@dataclass(frozen=True, slots=True)
class ChartWish:
    """What a chart is to be of: a leader, or one project by code or name, or the projects of ``scope``; of those ``only`` some.

    ``first`` and ``last`` are the months drawn to scale, from the first day of one to the last of the other; without them the
    period's year and the next, of one project everything it has.
    """

    scope: Scope = WHOLE
    leader: str = ""
    project: str = ""
    only: Sequence[int] | None = None
    group: str = "unit"
    first: date | None = None
    last: date | None = None
    title: str = ""
    nodes: frozenset[str] = frozenset()
    """Only these nodes, by what the office calls them; all where there is none."""


@dataclass(frozen=True, slots=True)
class _Read:
    period: Period
    view: PeriodView
    milestones: Milestones
    projects: tuple[ChartedProject, ...]


@dataclass(frozen=True, slots=True)
class PrintedChart:
    """What came of printing: pages written, sheets they make up, the type of the rows in points."""

    path: Path
    sheets: int
    pages: int
    size: float
    missing: tuple[str, ...]


def wall_chart(ledger: Ledger, period: Period, wish: ChartWish, today: date | None = None) -> WallChart:
    """The chart that ``wish`` asks for. Raises HydeskError where there is nobody, no such project or nothing to draw."""
    about = find_project(ledger, wish.project, period).id if wish.project else None
    found = _read(ledger, period, wish.scope, today)
    name = _leader(found, wish.leader) if wish.leader else ""
    wanted = None if wish.only is None else set(wish.only)
    own = tuple(p for p in found.projects if (about is None or p.standing.id == about) and (wanted is None or p.standing.id in wanted)
                and (not name or name in names_in(p.standing.city_leader) + names_in(p.standing.county_leader)))
    if not own:
        raise HydeskError("没有可画的项目：范围里没有这一年清单上的项目。请换一个范围或报告期")
    office, remark = office_of(ledger), remark_of(ledger)
    made_on = today or date.today()
    foot = f"{office}　{made_on.year}年{made_on.month}月{made_on.day}日制"
    if about is not None:
        return _of_project(own[0], found, wish, foot, remark)
    return _of_projects(own, found, wish, name, foot, remark)


def usual_paper(wish: ChartWish) -> str:
    """A project or a leader on A3, the whole list on A0, what lies between on A1."""
    if wish.project or wish.leader:
        return "A3"
    return "A1" if wish.scope.narrowed or wish.only is not None else "A0"


def tiles_for(paper: str) -> tuple[str, ...]:
    """The papers that a sheet of ``paper`` can be cut into: those smaller than it."""
    return tuple(t for t in TILE_SIZES if PAPER_SIZES.index(t) < PAPER_SIZES.index(paper))


def chart_file(chart: WallChart) -> str:
    """The name of its file."""
    return f"{clean_name(chart.title, '作战图')}.pdf"


def print_chart(ledger: Ledger, chart: WallChart, path: Path, paper: str = "A1", tiles: str = "", progress: Progress | None = None) -> PrintedChart:
    """Write ``chart`` as PDF to ``path``, whole or cut into pages of ``tiles``. Raises HydeskError where it cannot be written."""
    from hydesk.reports.fonts import find_fonts
    from hydesk.reports.wall.layout import lay_out
    from hydesk.reports.wall.wall_pdf import print_sheets

    if paper not in PAPER_SIZES or tiles not in ("", *TILE_SIZES):
        raise HydeskError(f"纸张只能是 {'、'.join(PAPER_SIZES)}，分页拼接只能用 {'、'.join(TILE_SIZES)}")
    if tiles and tiles not in tiles_for(paper):
        raise HydeskError(f"{paper} 的图不用分成 {tiles} 拼接；请把图选大一号，或不分页")
    fonts = find_fonts()
    sheets = lay_out(chart, fonts, paper, progress)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pages = print_sheets(sheets, path, fonts, chart.title, chart.foot, tiles=tiles, progress=progress)
    except OSError as e:
        raise HydeskError(f"“{path}”写不了，可能没有权限，或这份文件正开着；请关闭它或换一个位置") from e
    return PrintedChart(path, len(sheets), pages, sheets[0].size, tuple(fonts.missing))


def _read(ledger: Ledger, period: Period, scope: Scope, today: date | None) -> _Read:
    on = day_of(period, today or date.today())
    with ledger.read() as connection:
        view = read_view(connection, period, scope=scope)
        milestones = read_milestones(connection, period, today)
        problems = [p for p in read_problems(connection, on, current=True) if p.status.open]
    by: dict[int, list[ListedProblem]] = defaultdict(list)
    for p in sorted(problems, key=lambda p: (not p.overdue, p.due_on is None, p.due_on or on, p.id)):
        by[p.project_id].append(p)
    nodes = {p.project_id: p for p in milestones.projects}
    projects = tuple(ChartedProject(s, view.yardstick.lamp(s), nodes[s.id], tuple(by.get(s.id, ()))) for s in view.standings if s.id in nodes)
    return _Read(period, view, milestones, projects)


def chart_leaders(ledger: Ledger, period: Period) -> tuple[str, ...]:
    """Everybody of whose projects a chart can be drawn, those of the city first."""
    with ledger.read() as connection:
        standings = read_view(connection, period).standings
    return tuple(dict.fromkeys(n for texts in ([s.city_leader for s in standings], [s.county_leader for s in standings]) for n in names_in(*texts)))


def _leader(found: _Read, wanted: str) -> str:
    """The leader called ``wanted``, or the only one whose name holds it."""
    wanted = " ".join(wanted.split())
    names = list(dict.fromkeys(n for p in found.projects for text in (p.standing.city_leader, p.standing.county_leader) for n in names_in(text)))
    fitting = [n for n in names if n == wanted] or [n for n in names if wanted in n]
    if len(fitting) == 1:
        return fitting[0]
    said = "、".join((fitting or names)[:12])
    raise HydeskError(f"“{wanted}”不止一位，请写全：{said}" if fitting else f"没有项目由“{wanted}”联系或包联，现有的是：{said or '（没有填）'}")


# Many projects --------------------------------------------------------------------------------------------


def _of_projects(own: Sequence[ChartedProject], found: _Read, wish: ChartWish, name: str, foot: str, remark: str) -> WallChart:
    period, on = found.period, found.milestones.on
    nodes = tuple(n for n in found.milestones.nodes if not wish.nodes or n.shown in wish.nodes)
    short = short_names([n.shown for n in found.milestones.nodes])
    read = _grouping(wish.group)
    groups: dict[str, list[ChartedProject]] = defaultdict(list)
    for p in own:
        groups[read(p)].append(p)
    made, number = [], 0
    for heading, members in groups.items():
        rows = []
        for p in members:
            number += 1
            rows.append(project_row(number, p, nodes, on, short, whose=name, under=heading))
        made.append(ChartGroup(_heading(heading, members, on) if heading and len(groups) > 1 else "", tuple(rows)))
    used = {m.words for g in made for r in g.rows for m in r.marks}
    subject = wish.title or (f"{name}联系项目" if name else f"{_place(wish.scope)}重点建设项目")
    scope = f"　范围：{wish.scope.words}" if wish.scope.narrowed else ""
    first = _month_start(wish.first or date(period.year, 1, 1))
    last = _month_end(wish.last or date(period.year + 1, 12, 1))
    outside = "；灰底栏里按先后排列更早和更晚的节点，不按比例" if any(not first <= m.day <= last for g in made for r in g.rows for m in r.marks) else ""
    return WallChart(
        f"{period.year}年{subject}作战图", f"{period.label}　节点按{on.year}年{on.month}月{on.day}日计{scope}",
        on, first, last, _needed(PROJECT_COLUMNS, made), tuple(made), _counts(own, on), remark, foot,
        (f"{period.label}，{standing(found.view.reach)}。年度：完成投资占年度计划的比率和进度判断。时间轴：{first.year}年{first.month}月至{last.year}年{last.month}月按比例{outside}。"
         "问题只写前几个字，全文见问题清单。",),
        tuple((short[n.shown], plain(n.shown)) for n in nodes if plain(n.shown) in used), CLOSE_COLUMNS)


def _place(scope: Scope) -> str:
    """祁东县, 园区, 省级: what a scope of one plain condition is called; empty for any other."""
    if len(scope.conditions) != 1:
        return ""
    (only,) = scope.conditions
    value = only.values[0] if len(only.values) == 1 else None
    return plain(value) if only.op is ScopeOp.IS and isinstance(value, str) else ""


def _needed(columns: Sequence[ChartColumn], groups: Sequence[ChartGroup]) -> tuple[ChartColumn, ...]:
    """The columns; that of problems narrow where nobody has any."""
    if all(r.cells[-1] == "—" for g in groups for r in g.rows):
        return (*columns[:-1], ChartColumn(columns[-1].head, 5.5, 5.5, right=True, centred=True))
    return tuple(columns)


def _grouping(group: str) -> Callable[[ChartedProject], str]:
    if not group:
        return lambda _p: ""
    if group not in GROUPINGS:
        raise HydeskError(f"不能按“{group}”分组，可用 unit（单位）、chain（产业链）、category（类别）")
    return lambda p: plain(str(getattr(p.standing, group))) or "（未填）"


def _heading(name: str, members: Sequence[ChartedProject], on: date) -> str:
    """The unit with its figures: how many, plan, done, what lags, what is overdue, what waits."""
    totals = sum_up([p.standing for p in members])
    lagging = sum(p.lamp.meaning.bad for p in members)
    late, problems = sum(p.overdue(on) for p in members), sum(len(p.problems) for p in members)
    told = [f"滞后 {lagging}" if lagging else "", f"逾期节点 {late}" if late else "", f"未销号问题 {problems}" if problems else ""]
    return "　".join([name, f"{len(members)} 个", f"年度计划 {format_money(totals.annual_plan, MoneyUnit.YI, 2)} 亿元，完成 {format_percent(totals.completion)}",
                     *(t for t in told if t)])


def _counts(own: Sequence[ChartedProject], on: date) -> tuple[tuple[str, str], ...]:
    totals, yi = sum_up([p.standing for p in own]), MoneyUnit.YI
    lagging = sum(p.lamp.meaning.bad for p in own)
    soon = sum(d.state(on) is NodeState.DUE for p in own for d in p.nodes.nodes.values())
    return (("项目（个）", f"{len(own):,}"), ("年度计划（亿元）", format_money(totals.annual_plan, yi, 2)),
            ("已完成（亿元）", format_money(totals.known("year_investment"), yi, 2)), ("完成率", format_percent(totals.completion)),
            ("滞后（个）", f"{lagging:,}"), ("逾期节点", f"{sum(p.overdue(on) for p in own):,}"), ("30天内到期节点", f"{soon:,}"),
            ("未销号问题", f"{sum(len(p.problems) for p in own):,}"))


# One project ----------------------------------------------------------------------------------------------


def _of_project(p: ChartedProject, found: _Read, wish: ChartWish, foot: str, remark: str) -> WallChart:
    on, s = found.milestones.on, p.standing
    groups = node_groups(p, found.milestones)
    days = [m.day for g in groups for r in g.rows for m in r.marks] + [d for g in groups for r in g.rows for d in (*r.plans, *r.moved)]
    if not days:
        raise HydeskError(f"“{s.name}”还没有登记节点时间，画不了作战图。请先在“节点”里登记")
    room = timedelta(_ROOM_DAYS)  # so that the first and the last mark stand clear of the edges
    first, last = _month_start(wish.first or min([*days, on]) - room), _month_end(wish.last or max([*days, on]) + room)
    yi = MoneyUnit.YI
    overdue, soon = p.overdue(on), sum(d.state(on) is NodeState.DUE for d in p.nodes.nodes.values())
    counts = (("总投资（亿元）", format_money(s.total_investment, yi, 2)), ("年度计划（亿元）", format_money(s.annual_plan, yi, 2)),
              ("完成率", format_percent(rate(s.year_investment, s.annual_plan))), ("进度", f"{p.lamp.meaning.mark}{p.lamp.word}"),
              ("逾期节点", str(overdue)), ("30天内到期节点", str(soon)), ("未销号问题", str(len(p.problems))))
    who = who_answers(s).replace("\n", "　")
    return WallChart(
        f"{plain(s.name)}作战图", f"{s.code}　{plain(s.unit)}　{who}　节点按{on.year}年{on.month}月{on.day}日计", on, first, last, NODE_COLUMNS, groups,
        counts, remark, foot, (f"{found.period.label}，{standing(found.view.reach)}。",))


def _month_start(day: date) -> date:
    return day.replace(day=1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
