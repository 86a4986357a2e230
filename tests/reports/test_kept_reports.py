"""Every kind of report as plain data, and papers as files, held against what was looked at.

What sentences say and that figures agree is tested by rules; how pages are laid out in ``test_laid_out``. Here every word, figure
and cell of every kind shows when it moves, over projects in every state.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from hydesk.domain.board_words import CURING, LEFT, NOTHING, RED, YELLOW
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.forecast.year_end import Outlook
from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.measures.yardstick import Pace
from hydesk.domain.month_plan import by_quarter
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Judging
from hydesk.reports.check import disagreements
from hydesk.reports.compare import differences
from hydesk.reports.compile import compile_standings
from hydesk.reports.cross import CrossFigure, cross_report
from hydesk.reports.docx_report import print_docx
from hydesk.reports.figures import FigureStyle
from hydesk.reports.fonts import find_fonts
from hydesk.reports.form import PartForm, ReportForm
from hydesk.reports.grid import PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.kinds import About, ReportKind
from hydesk.reports.model import Report
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.reports.notice_docx import print_notice_docx
from hydesk.reports.notice_pdf import print_notice_pdf
from hydesk.reports.notice_xlsx import print_notice_xlsx
from hydesk.reports.parts import EXHIBITS
from hydesk.reports.sources import (
    AdjustmentLine,
    Leaders,
    MonthPoint,
    NodeStanding,
    ProblemStanding,
    PublishedNaming,
    Sources,
)
from hydesk.reports.texts import SentenceEdit, editable, lay_over, refreshed, stale_sentences, unknown_numbers
from hydesk.reports.xlsx import print_xlsx
from tests.kept import hold, lines_of
from tests.reports.made import UNITS, YI, many
from tests.reports.test_laid_out import laid_out, sized
from tests.when_asked import WhenAsked

KEPT = Path(__file__).parent / "kept"
JUNE, MAY, DECEMBER = Period.month(2023, 6), Period.month(2023, 5), Period.month(2023, 12)
AREA = OwnColumn("用地面积", OwnKind.NUMBER, measure="亩", id=3)
FORM = ReportForm(remark="演示数据", signer="张三", issue=6, cc=("市发展和改革委员会", "市财政局"), most_lagging=3, most_problems=2, most_overdue=2,
                  parts=tuple(PartForm(key) for key in EXHIBITS))


def _lived(p: ProjectStanding) -> ProjectStanding:
    """Every state there is, by the project's number."""
    n = p.id
    if n % 5 == 0:  # not reported: May's figures
        p = replace(p, as_of=MAY, as_of_day=MAY.day, month_investment=None, reported=False)
    if n % 13 == 0:
        p = replace(p, as_of=None, as_of_day=None, month_investment=None, year_investment=None, total_invested=None, reported=False)
    if n % 9 == 0:
        p = replace(p, annual_plan=None)
    if n % 8 == 0:
        p = replace(p, lamp_meaning="seriously_lagging", lamp_reason="征地未完成")
    if n % 6 == 0:
        p = replace(p, funds_arrived=(p.year_investment or 0) * 2 // 3, statistics_year=(p.year_investment or 0) // 2, month_plan=by_quarter((n * 10**6,) * 4),
                    problems_overdue=n % 4, problem_delay=n)
    if n in (6, 20):
        p = replace(p, name="衡南县" + "智能制造产业园及配套基础设施" * 2 + "项"[:n == 20], problem_text="征地拆迁推进缓慢" * 6, year_investment=p.annual_plan and p.annual_plan // 10)
    planned = date(2023, n % 12 + 1, 1) if n % 3 else None
    return replace(
        p, planned_start=planned, planned_finish=date(2023 + n % 3, 12, 31), actual_finish=date(2023, 6, 20) if n % 10 == 0 else None,
        city_leader="甲某、乙某" if n % 4 == 0 else "", county_leader="丙某" if n % 2 else "", next_work_text="抓紧主体施工；完善手续" if n % 3 == 0 else "",
        builder="衡阳市城建投资有限公司", location="三塘镇", contact="李某", responsible_unit="住建局", industry="先进制造", chain="输变电", approval_code=f"2301-{n}",
        scale="新建厂房两万平方米", year_goal="主体封顶", batch=("第一批", "第二批")[n % 2], own={3: n} if n % 2 else {},  # type: ignore[dict-item]
        others={Field.MEASURES_TEXT: "月底前完成"} if n % 4 == 0 else {})


PROJECTS = tuple(map(_lived, many(42)))
BEFORE = tuple(replace(p, as_of=MAY if p.as_of else None, as_of_day=MAY.day if p.as_of else None, reported=p.reported or p.as_of == MAY,
                       year_investment=None if p.year_investment is None else p.year_investment - (p.month_investment or 0) - p.id * 10**5) for p in PROJECTS)
SOURCES = Sources(
    nodes=(*(NodeStanding(p, node, stage, LooseDate(date(2023, month, 10)), LooseDate(date(2023, month, 25)) if p % 3 == 0 else None,
                             LooseDate(date(2023, month, 20)) if p % 2 else None)
                for p in (3, 7, 12, 14, 21) for node, stage, month in (("施工许可", "招商引资", 3), ("用地", "招商引资", 6), ("开工", "落地开工", 5), ("主体封顶", "在建实施", 7))),
       NodeStanding(6, "竣工", "竣工达产", LooseDate.of_month(2025, 6), None, None), NodeStanding(6, "投产", "竣工达产", None, None, None),
       NodeStanding(20, "竣工", "竣工达产", LooseDate(date(2023, 12, 31)), None, None), NodeStanding(20, "开工", "落地开工", LooseDate(date(2023, 6, 30)), None, None)),
    problems=tuple(ProblemStanding(i, p, f"第{i}个问题", "征地未完成，剩余12亩", "月底前完成补偿" if i % 2 else "", "衡南县自然资源局" if i % 3 else "", "李某",
                                   ("assigned", "working", "closed", "reported")[i % 4], date(2023, 5, i), date(2023, 6, 20 + i) if i % 5 else None,
                                   date(2023, 6, 25) if i % 4 == 2 else None) for i, p in enumerate((12, 3, 7, 14, 21, 6, 28), 1)),
    adjustments=tuple(AdjustmentLine(p, f"HY2023-{p:03d}", f"第{p}号项目", UNITS[p % 14], kind, date(2023, 4, p), "市场变化", "第一批", "第9号项目" if p == 5 else "",
                                     5 * YI, YI, "衡重办〔2023〕8号" if p % 2 else "", "年度计划投资 500.00" if p == 4 else "", "年度计划投资 800.00" if p == 4 else "")
                      for p, kind in ((3, "退出"), (4, "调整"), (5, "合并"), (6, "新增"))),
    curve=tuple(MonthPoint(m, m * 5 * 10**7, m * 4 * 10**7 if m <= 6 else None) for m in range(1, 13)),
    leaders=tuple(Leaders(p, "甲某" if p % 2 else "", "丙某") for p in (3, 7, 12)), parts={3: 2, 14: 4},
    year_end=Outlook(20 * YI, 22 * YI, 25 * YI, 24 * YI, 9 * YI), own=(AREA,),
    boards=(PublishedNaming("HY2023-006", RED, "完成率领先", NOTHING), PublishedNaming("HY2023-021", YELLOW, "没有完成投资", CURING), PublishedNaming("HY2023-001", YELLOW, "", LEFT),
            PublishedNaming("HY2023-999", YELLOW, "已退出清单", CURING), PublishedNaming("HY2023-008", YELLOW, "滞后", LEFT, now=False),
            PublishedNaming("HY2023-022", YELLOW, "滞后", CURING, now=False), PublishedNaming("HY2023-021", YELLOW, "滞后", CURING, now=False)))
SUBJECTS = {About.UNIT: ("衡南县",), About.LEADER: ("甲某",), About.PROJECT: ("HY2023-012",), About.UNIT_OR_PROJECT: ("衡南县", "HY2023-014"), About.WHOLE: ("",),
            About.WHOLE_OR_UNIT: ("", "祁东县")}


def report(kind: ReportKind, subject: str = "", projects: tuple[ProjectStanding, ...] = PROJECTS, *, period: Period = JUNE, form: ReportForm = FORM,
           sources: Sources | None = SOURCES, before: tuple[ProjectStanding, ...] | None = BEFORE, scope: str = "", judging: Judging | None = None) -> Report:
    return compile_standings(kind, period, projects, issued=date(2023, 7, 5), unit_order=UNITS, previous=before, form=form, sources=sources, subject=subject,
                             scope=scope, judging=judging)


def _kinds() -> Iterator[tuple[str, Callable[[], Report]]]:
    from hydesk.reports.kinds import KINDS, NAMED

    for kind in NAMED:
        for at, subject in enumerate(SUBJECTS[KINDS[kind].about]):
            yield f"{kind.value}{at or ''}", partial(report, kind, subject, period=Period.parse("2023-W26") if kind is ReportKind.WEEKLY else JUNE)
    own = replace(FORM, parts=(PartForm("problems", heading="存在的困难"), PartForm("ranking", on=False), PartForm("classes")), name="重点项目快报", issue=None, signer="",
                  title="{报告期}{对象}情况", correction="更正")
    yield "own_form", partial(report, ReportKind.MONTHLY, form=own, scope="级别为省级")
    apart = Judging(ranking=RankingWay.APART, groups={u: ("园区" if i > 11 else "市直" if i == 13 else "县市区") for i, u in enumerate(UNITS)}, schedule=True,
                    start_rates=("year",), nothing=("完善手续",), money_starts=True, pace=Pace.BY_MONTH)
    yield "monthly_usual", partial(report, ReportKind.MONTHLY, form=replace(FORM, parts=(), manner="official", upward=True))
    yield "weekly_usual", partial(report, ReportKind.WEEKLY, period=Period.parse("2023-W26"), form=replace(FORM, parts=(), editor="王五"))
    week, done, due = Period.parse("2023-W26"), LooseDate(date(2023, 6, 28)), LooseDate(date(2023, 7, 4))
    for name, some in (("done", [(done, done)]), ("due", [(due, None)]), ("both", [(done, done), (due, None)])):
        nodes = tuple(NodeStanding(p, node, "招商引资", planned, None, actual) for planned, actual in some for p in range(1, 22) for node in ("用地", "环评"))
        yield f"week_{name}", partial(report, ReportKind.WEEKLY, period=week, sources=replace(SOURCES, nodes=nodes), form=replace(FORM, parts=()))
    yield "apart", partial(report, ReportKind.MONTHLY, judging=apart)
    yield "apart_week", partial(report, ReportKind.WEEKLY, period=Period.parse("2023-W26"), judging=apart)
    yield "duty_by_schedule", partial(report, ReportKind.SUPERVISION, "HY2023-012", judging=apart)
    yield "duty_unlagging", partial(report, ReportKind.SUPERVISION, "HY2023-006")
    yield "closed", partial(report, ReportKind.MONTHLY, judging=Judging(closed={JUNE: "已通报"}))
    yield "december", partial(report, ReportKind.SUPERVISION, "衡南县", tuple(replace(p, as_of=DECEMBER, as_of_day=DECEMBER.day) for p in PROJECTS if p.as_of), period=DECEMBER, before=None)
    yield "many_late", partial(report, ReportKind.MONTHLY, projects=tuple(replace(p, as_of=MAY, as_of_day=MAY.day, month_investment=None) if p.unit in UNITS[:8] and p.as_of else p
                                                                  for p in PROJECTS))
    yield "first", partial(report, ReportKind.MONTHLY, before=None, sources=None)
    yield "one_late", partial(report, ReportKind.MONTHLY, projects=tuple(p for p in PROJECTS if p.as_of == JUNE or p.id == 5))
    yield "none_late", partial(report, ReportKind.MONTHLY, projects=tuple(p for p in PROJECTS if p.as_of == JUNE))
    yield "few", partial(report, ReportKind.MONTHLY, projects=PROJECTS[:1])
    yield "good", partial(report, ReportKind.MONTHLY, projects=tuple(p for p in PROJECTS if p.id % 7 == 6))


REPORTS = WhenAsked(dict(_kinds()))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_what_it_said(name: str) -> None:
    made = REPORTS[name]
    assert disagreements(made) == []
    hold(KEPT / f"{name}.txt", lines_of(name, made, most=(60, 60)))


@pytest.mark.parametrize("crossed", [False, True])
def test_a_cross_table_by_every_measure(crossed: bool) -> None:
    units, natures = sorted({p.unit for p in PROJECTS}), ("新建", "续建")

    every = (CrossFigure("个数", "个", "count", FigureStyle.COUNT, lambda t: t.count), CrossFigure("年度计划", "万元", "plan", FigureStyle.WAN, lambda t: t.annual_plan),
             CrossFigure("完成率", "%", "rate", FigureStyle.RATE, lambda t: t.completion, ("year", "plan")))
    cells = {(u, n): sum_up([p for p in PROJECTS if p.unit == u and p.nature == n]) for u in units for n in natures}
    rows = {u: sum_up([p for p in PROJECTS if p.unit == u]) for u in units}
    columns = {n: sum_up([p for p in PROJECTS if p.nature == n]) for n in natures}

    def lines() -> Iterator[str]:
        for measure in every:
            made = cross_report(JUNE, "县市区", "建设性质" if crossed else "", units, natures if crossed else (), cells, rows, columns, sum_up(PROJECTS), measure, every,
                                form=FORM, issued=date(2023, 7, 5), note="报送不足")
            yield from lines_of(measure.name, made, most=(30, 10))

    hold(KEPT / f"cross{'ed' if crossed else ''}.txt", lines())


# Changed by hand, and compared --------------------------------------------------------------------------------

def test_sentences_of_a_persons_own_and_what_became_of_their_figures() -> None:
    now, old = REPORTS["monthly"], report(ReportKind.MONTHLY, projects=BEFORE)
    ones, before = list(editable(now)), {e.sentence.key: e.sentence for e in editable(old)}
    edits = {e.sentence.key: SentenceEdit(f"{e.sentence.text}另有3541.6亿元。" if i % 3 == 0 else e.sentence.text[:-4],
                                          (before.get(e.sentence.key, e.sentence) if i % 2 else e.sentence).basis) for i, e in enumerate(ones)}
    laid = lay_over(now, edits)

    def lines() -> Iterator[str]:
        for e in editable(laid):
            yield f"{e.heading} {e.sentence.key} {e.sentence.state.name} {[str(p) for p in e.sentence.parts]}"
        yield f"unknown {unknown_numbers(laid)}"
        yield f"stale {[e.sentence.key for e in stale_sentences(laid)]}"
        for e in ones:
            if e.sentence.key in before:
                yield refreshed(before[e.sentence.key].text, before[e.sentence.key].basis, e.sentence.basis)

    assert lay_over(now, {}) is now
    hold(KEPT / "edited.txt", lines())


def test_what_differs_between_two_reports() -> None:
    now = REPORTS["monthly"]
    later = tuple(replace(p, year_investment=(p.year_investment or 0) + 10**6, name=f"{p.name}新") if p.id % 6 == 0 else p for p in PROJECTS[1:])
    other = report(ReportKind.MONTHLY, projects=later, form=replace(FORM, signer="李四", issue=7, cc=()))
    assert differences(now, now) == []
    hold(KEPT / "differences.txt", (*differences(now, other), "== the other way", *differences(other, now), "== another kind of period", *differences(now, REPORTS["first"])))


# As files ------------------------------------------------------------------------------------------------------

def _cells(path: Path) -> Iterator[str]:
    """A workbook as lines: sizes, merges, and of each cell its value, format and looks."""
    for sheet in openpyxl.load_workbook(path):
        page = sheet.page_setup
        yield f"== {sheet.title} {sheet.dimensions} freeze {sheet.freeze_panes} {page.orientation} {page.fitToWidth} {page.fitToHeight} {sheet.print_title_rows}"
        yield " ".join(f"{k}={d.width:.1f}" for k, d in sorted(sheet.column_dimensions.items()))
        yield " ".join(f"{k}={d.height:.1f}" for k, d in sorted(sheet.row_dimensions.items()) if d.height)
        yield " ".join(sorted(str(m) for m in sheet.merged_cells.ranges))
        cells = []
        for at, row in enumerate(sheet.iter_rows()):
            for c in row:
                if c.value is not None:
                    told = (f"{c.coordinate} {c.value!r} {c.number_format} {c.alignment.horizontal} {c.alignment.wrap_text} {'bold' if c.font.b else ''} "
                           f"{c.font.sz} {c.border.top.style} {c.border.left.style} {c.fill.fgColor.rgb}")
                    cells.append(told)
                    if at < 14:
                        yield told
        margins, foot = sheet.page_margins, sheet.oddFooter.center.text
        whole = zlib.crc32("\n".join(cells).encode())
        yield f"all {len(cells)} cells {whole:08x}; margins {margins.left:.2f} {margins.right:.2f} {margins.top:.2f} {margins.bottom:.2f}; foot {foot}; breaks {len(sheet.row_breaks.brk)}"


@pytest.mark.parametrize("name", ["monthly", "supervision", "problems", "adjustments"])
def test_a_report_for_excel(name: str, tmp_path: Path) -> None:
    print_xlsx(REPORTS[name], tmp_path / "paper.xlsx")
    hold(KEPT / f"{name}.xlsx.txt", _cells(tmp_path / "paper.xlsx"))


@pytest.mark.parametrize("name", ["weekly", "supervision", "unit", "nodes"])
def test_a_report_for_word(name: str, tmp_path: Path) -> None:
    print_docx(REPORTS[name], tmp_path / "paper.docx", find_fonts(folders=()))
    hold(KEPT / f"{name}.docx.txt", sized(tmp_path / "paper.docx"))


def _columns() -> tuple[PrintColumn, ...]:
    return short_column("序号"), text_column("项目", 2), text_column("要求", 3), short_column("金额")


ROWS = tuple((str(i), f"第{i}号项目及配套道路工程", "六月底前完成征地补偿，七月开工" * (i % 3 + 1), f"{i * 1234.5:,.2f}" if i % 4 else "—") for i in range(1, 30))

def _rows_of_kinds() -> tuple[PrintRow, ...]:
    """A row of every kind, with short words and with words of several lines, and figures as papers show them."""
    long, width = "第九号项目及配套道路工程和沿线绿化" * 4, {PrintRowKind.GROUP: 1, PrintRowKind.WIDE: 2}
    return tuple(PrintRow((words, words, long if at % 2 else "按期完成", f"{at * 987.654:,.{at % 3}f}")[:width.get(kind, 4)], kind)
                 for at, (kind, words) in enumerate((k, w) for k in PrintRowKind for w in (f"{k.value}行", long)))


PAPERS: WhenAsked[NoticePaper] = WhenAsked({
    "letter": lambda: NoticePaper("督办", "关于加快项目建设的通知", "衡重办〔2023〕8号", "衡南县人民政府", ("请抓紧。", "逾期的将通报。"), None, ("联系人：李某。",), "衡阳市重点建设项目事务中心", date(2023, 7, 8)),
    "table": lambda: NoticePaper("清单", "任务清单", "", "", ("任务如下。",), words_table("t", _columns(), ROWS, ("注：金额单位万元",), "表一"), (), "市重点办", date(2023, 7, 8),
                         ("分管领导", "经办"), "演示数据", "", True),
    "kinds": lambda: NoticePaper("评分", "各类行", "", "", (), PrintTable("k", "各类行", "", _columns(), _rows_of_kinds(), ("注一", "注二")), (), "市重点办", date(2023, 7, 8)),
    "one": lambda: NoticePaper("名单", "名单[一]", "", "", ("如下。",), PrintTable("o", "名单", "", _columns()[1:2], (PrintRow(("甲",)), PrintRow(("乙",), PrintRowKind.GROUP))), (), "市重点办", date(2023, 7, 8)),
    "wide": lambda: NoticePaper("宽表", "宽表", "", "各单位", (), words_table("w", tuple(text_column(f"第{n}栏说明", n % 3 + 1) for n in range(14)),
                                                          tuple(tuple(f"{r}-{c}说明文字" for c in range(14)) for r in range(6))), ("以上。",), "市重点办", date(2023, 7, 8))})


@pytest.mark.parametrize("name", PAPERS)
def test_a_notice_in_every_form(name: str, tmp_path: Path) -> None:
    paper, fonts = PAPERS[name], find_fonts(folders=())
    print_notice_pdf(paper, tmp_path / "paper.pdf", fonts)
    print_notice_docx(paper, tmp_path / "paper.docx", fonts)
    print_notice_xlsx(paper, tmp_path / "paper.xlsx")
    hold(KEPT / f"notice-{name}.txt", (*laid_out(tmp_path / "paper.pdf"), *sized(tmp_path / "paper.docx"), *_cells(tmp_path / "paper.xlsx"), paper.message))
