"""The tables that stand in the text: ranking, classes, lagging projects, overdue starts, problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from hydesk.domain.measures.ranking import GroupRanking, Ranked, RankingWay
from hydesk.domain.measures.starts import overdue_start, to_start
from hydesk.domain.measures.totals import Totals, group_by, sum_up
from hydesk.domain.money import NO_FIGURE
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis, Lagging
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.words import clean, count, percent, points, wan, yi_column

UNIT = "单位：万元"
UNIT_OF_TEXT = "单位：亿元"
"""Texts and their tables speak in 亿元, annexes in 万元."""
RATE_NOTE = "注：完成率=年初至今累计完成投资÷年度计划投资"


def amount_columns(basis: Basis) -> tuple[PrintColumn, ...]:
    """个数, 总投资, 年度计划, 累计完成, 完成率, 新增: the columns of every table of groups."""
    gained = (PrintColumn("gain", (f"{basis.gained}", "投资"), show=FigureStyle.WAN, summed=True),) if basis.gain else ()
    return (
        PrintColumn("count", ("项目", "个数"), show=FigureStyle.COUNT, summed=True),
        PrintColumn("total", ("总投资",), show=FigureStyle.WAN, summed=True),
        PrintColumn("plan", ("年度计划", "投资"), show=FigureStyle.WAN, summed=True),
        PrintColumn("year", (f"{basis.span}累计" if basis.reach.shown.is_month else basis.span, "完成投资"), show=FigureStyle.WAN, summed=True),
        PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan")),
        *gained,
    )


def amounts(basis: Basis, projects: Sequence[ProjectStanding], totals: Totals, scope: str) -> tuple[Part, ...]:
    """The cells of ``amount_columns`` for ``projects``, whose sums are ``totals``."""
    gained = (wan(basis.gain_over(projects), f"{scope}.gain"),) if basis.gain else ()
    return (
        count(totals.count, f"{scope}.count"),
        wan(totals.known("total_investment"), f"{scope}.total"),
        wan(totals.known("annual_plan"), f"{scope}.plan"),
        wan(totals.known("year_investment"), f"{scope}.year"),
        percent(totals.completion, f"{scope}.rate"),
        *gained,
    )


def text_columns(basis: Basis) -> tuple[PrintColumn, ...]:
    """个数, 年度计划, 完成, 完成率: the columns of the one table in the text."""
    return (
        PrintColumn("count", ("项目", "个数"), show=FigureStyle.COUNT, summed=True),
        PrintColumn("plan", ("年度计划", "投资"), show=FigureStyle.YI_COLUMN, summed=True),
        PrintColumn("year", (basis.span, "完成投资"), show=FigureStyle.YI_COLUMN, summed=True),
        PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan")),
    )


def text_amounts(totals: Totals, scope: str) -> tuple[Part, ...]:
    """The cells of ``text_columns``."""
    return (count(totals.count, f"{scope}.count"), yi_column(totals.known("annual_plan"), f"{scope}.plan"),
            yi_column(totals.known("year_investment"), f"{scope}.year"), percent(totals.completion, f"{scope}.rate"))


def ranking_table(basis: Basis, *, in_text: bool = False) -> PrintTable:
    """Counties by completion rate; units without a plan below, marked — (docs/rules.md §4.1). ``in_text`` in 亿元, with the
    columns that a notice has; the annex has all of them in 万元."""

    def cells(projects: Sequence[ProjectStanding], totals: Totals, scope: str) -> tuple[Part, ...]:
        return text_amounts(totals, scope) if in_text else amounts(basis, projects, totals, scope)

    way = basis.judging.ranking
    inside = {r.name: r.place for g in basis.group_rankings for r in g.ranking} if way is RankingWay.BOTH else {}
    columns = (
        PrintColumn("place", ("位次",), Align.CENTER),
        *((PrintColumn("group_place", ("组内", "位次"), Align.CENTER),) if inside else ()),
        PrintColumn("name", ("地区",), Align.LEFT, weight=1),
        *(text_columns(basis) if in_text else amount_columns(basis)),
    )

    def line(r: Ranked) -> PrintRow:
        places = (r.place, inside[r.name]) if inside else (r.place,)
        return PrintRow((*(str(p) if p else NO_FIGURE for p in places), clean(r.name) + _late(r),
                         *cells(basis.units.get(r.name, ()), r.totals, f"unit:{r.name}")), scope=f"unit:{r.name}")

    def group_sum(group: GroupRanking) -> PrintRow:
        projects = [p for r in group.ranking for p in basis.units.get(r.name, ())]
        return PrintRow(("", "小计", *cells(projects, sum_up(projects), f"group:{group.name}")), PrintRowKind.SUBTOTAL, f"group:{group.name}")

    if way is RankingWay.APART:
        rows = [row for g in basis.group_rankings for row in (
            PrintRow((clean(g.name) or "未分组",), PrintRowKind.GROUP), *map(line, g.ranking), group_sum(g))]
    else:
        rows = [line(r) for r in basis.ranking]
    whole = PrintRow(("", *([""] if inside else []), basis.form.whole, *cells(basis.projects, basis.totals, "all")), PrintRowKind.TOTAL, "all")
    notes = [RATE_NOTE + "，按完成率由高到低排名，完成率相同的按完成额排名" + ("；各组分别排名" if way is RankingWay.APART else "")]
    if any(r.place is None for r in basis.ranking):
        notes.append(f"位次为“—”的单位{_unranked(basis)}，列入本表但不参加排名")
    if basis.gain and not in_text:
        notes.append(f"{basis.gained}＝本期末累计－上期末累计")
    return PrintTable(
        "ranking" if in_text else "ranking_all", "各县市区（园区、市直单位）投资完成情况排名表", UNIT_OF_TEXT if in_text else UNIT, columns,
        (*rows, whole), tuple(notes), "排名表")


def _late(ranked: Ranked) -> str:
    """（未报，按5月底）: said of a unit that is not in for the period."""
    if ranked.late is None:
        return ""
    return f"（未报，按{ranked.as_of.label}）" if ranked.as_of else "（未报）"


def _unranked(basis: Basis) -> str:
    """Why units have no place."""
    late = any(r.late is not None for r in basis.ranking)
    left = [r.totals for r in basis.ranking if r.place is None and r.late is None]
    why = [("本期未报（或报送不足其计划九成）", late), ("没有年度计划", any(not t.annual_plan for t in left)),
           ("尚未报送数据", any(t.annual_plan for t in left))]
    return "或".join(words for words, said in why if said)


def group_table(
    basis: Basis, key: str, title: str, head: str, of: Callable[[ProjectStanding], str], order: Sequence[str]
) -> PrintTable:
    """Projects summed by what ``of`` says of them, such as 类别 or 建设性质."""
    columns = (PrintColumn("name", (head,), Align.LEFT, weight=1), *amount_columns(basis))
    groups = group_by(basis.projects, lambda p: of(p) or "未分类", order)
    rows = [
        PrintRow((clean(name), *amounts(basis, items, sum_up(items), f"{key}:{name}")), scope=f"{key}:{name}")
        for name, items in groups.items()
    ]
    whole = PrintRow(("合计", *amounts(basis, basis.projects, basis.totals, "all")), PrintRowKind.TOTAL, "all")
    return PrintTable(key, title, UNIT, columns, (*rows, whole), (RATE_NOTE,), title)


def lagging_columns(basis: Basis) -> tuple[PrintColumn, ...]:
    """Code, name, unit, plan, done, rate, points behind, reason."""
    return (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.5),
        PrintColumn("unit", ("地区",), Align.CENTER),
        PrintColumn("plan", ("年度", "计划"), show=FigureStyle.WAN),
        PrintColumn("year", (basis.span, "完成"), show=FigureStyle.WAN),
        PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan")),
        PrintColumn("behind", ("落后", "百分点"), show=FigureStyle.POINTS),
        PrintColumn("meaning", ("预警",), Align.CENTER),
        PrintColumn("reason", ("原因",), Align.LEFT, weight=1.2),
    )


def lagging_rows(items: Iterable[Lagging]) -> tuple[PrintRow, ...]:
    """One row for each lagging project."""
    rows: list[PrintRow] = []
    for number, item in enumerate(items, 1):
        p = item.project
        scope = f"project:{p.id}"
        cells: tuple[Part, ...] = (
            str(number),
            p.code,
            clean(p.name),
            clean(p.unit),
            wan(p.annual_plan, f"{scope}.plan"),
            wan(p.year_investment, f"{scope}.year"),
            percent(item.completion, f"{scope}.rate"),
            points(item.behind, f"{scope}.behind"),
            f"{item.lamp.meaning.mark}{item.lamp.word}",
            item.reason or "未报原因",
        )
        rows.append(PrintRow(cells, scope=scope))
    return tuple(rows)


def lagging_table(basis: Basis) -> PrintTable:
    """The most serious lagging projects, with the rule below."""
    rows = lagging_rows(basis.lagging[: basis.form.most_lagging])
    few = len(rows) < len(basis.lagging)
    title = f"滞后项目情况表（最滞后的{len(rows)}个）" if few else "滞后项目情况表"
    return PrintTable("lagging", title, UNIT, lagging_columns(basis), rows, (rule_note(basis),), "滞后项目表")


def rule_note(basis: Basis) -> str:
    """The lamp rule as printed under every table that uses it."""
    return f"注：预警规则为{basis.rule_words}"


def overdue_starts(basis: Basis) -> tuple[ProjectStanding, ...]:
    """计划新开工 projects whose planned day is past and that have not begun, the longest overdue first."""
    late = [p for p in basis.projects if to_start(p, basis.period.year) and overdue_start(p, basis.on, money_starts=basis.judging.money_starts)]
    return tuple(sorted(late, key=lambda p: (str(p.planned_start), p.code)))


def overdue_table(projects: Sequence[ProjectStanding], key: str, title: str, place: str) -> PrintTable:
    """Projects that should have begun."""
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1),
        PrintColumn("unit", ("地区",), Align.CENTER),
        PrintColumn("planned", ("计划开工时间",), Align.CENTER),
        PrintColumn("plan", ("年度计划投资",), show=FigureStyle.WAN),
    )
    rows = tuple(
        PrintRow((str(i), p.code, clean(p.name), clean(p.unit), _day(p), wan(p.annual_plan, f"project:{p.id}.plan")),
            scope=f"project:{p.id}")
        for i, p in enumerate(projects, 1)
    )
    return PrintTable(key, title, UNIT, columns, rows, place=place)


def _day(project: ProjectStanding) -> str:
    day = project.planned_start
    return f"{day.year}年{day.month}月{day.day}日" if day else NO_FIGURE


def problem_table(projects: Sequence[ProjectStanding], key: str, title: str, place: str) -> PrintTable:
    """Problems as the units reported them, and what they mean to do next."""
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.2),
        PrintColumn("unit", ("地区",), Align.CENTER),
        PrintColumn("problem", ("存在问题",), Align.LEFT, weight=1.6),
        PrintColumn("next", ("下步工作",), Align.LEFT, weight=1),
    )
    rows = tuple(
        PrintRow((str(i), p.code, clean(p.name), clean(p.unit), clean(p.problem_text), clean(p.next_work_text) or NO_FIGURE),
            scope=f"project:{p.id}")
        for i, p in enumerate(projects, 1)
    )
    return PrintTable(key, title, "", columns, rows, place=place)
