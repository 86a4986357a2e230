"""Three notices as real offices write them, from made ledgers; every number worked out a second time from the exported workbook by
code of its own, in fractions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hydesk.db.ledger import Ledger
from hydesk.reports.check import disagreements
from hydesk.reports.figures import Figure
from hydesk.reports.grid import PrintRowKind
from hydesk.reports.meanings import measure_of
from hydesk.reports.model import Report
from hydesk.reports.xlsx import print_xlsx
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.projects.import_month_plans import write_plan_template
from hydesk.services.reports.compile_report import compile_report
from tests.kept import hold
from tests.shared import copy_of_empty, open_whole
from tests.worlds.notices import CLASSES, KIND, PLACES

KEPT = Path(__file__).parent / "kept"


@dataclass
class Line:
    """A project as the workbook tells it. Money in 万元."""

    name: str
    unit: str
    category: str
    industry: str
    level: str
    new: bool
    plan: Fraction
    dates: dict[str, date] = field(default_factory=dict)
    done: Fraction = Fraction(0)
    land: tuple[Fraction, Fraction] | None = None
    due: Fraction = Fraction(0)


def rows_of(path: Path, sheet: str) -> Iterator[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    yield from (dict(zip(map(str, head), row, strict=True)) for row in rows)


def exact(value: Any) -> Fraction:
    return Fraction(str(value)) if value not in (None, "") else Fraction(0)


def look(ledger: Ledger, folder: Path, year: int, period: str) -> list[Line]:
    """Every project of the workbook with its figures of ``period``."""
    path = folder / f"{year}.xlsx"
    export_ledger(ledger, path, year)
    lines: dict[str, Line] = {}
    for r in rows_of(path, f"{year}年项目台账"):
        dates = {k: v.date() if isinstance(v, datetime) else v for k in ("计划开工时间", "实际开工时间", "计划竣工时间", "实际竣工时间")
                 if (v := r[k]) is not None and not isinstance(v, str)}
        lines[r["市重点编号"]] = Line(r["项目名称"], r["填报单位"], r["项目类别"], r["优势产业"] or "", r["项目级别"] or "", r["建设性质"] == "新建",
                                  exact(r[f"{year}年计划投资（万元）"]), dates)
    for r in rows_of(path, "月度数据"):
        if r["报告期"] == period:
            lines[r["市重点编号"]].done = exact(r["年初至本月累计完成投资（万元）"])
        elif r["报告期"].startswith(str(year)):
            raise AssertionError(r)
    return list(lines.values())


def look_further(ledger: Ledger, folder: Path, lines: list[Line], period: Any) -> None:
    """Land by period, and what the plans by month have by the end of March."""
    of = {f"HY2023-{int(re.sub(r'[^0-9]', '', x.name)):03d}": x for x in lines}
    land: dict[tuple[str, str], Fraction] = {(r["市重点编号"], r["栏目"]): exact(r["数（金额为万元）"]) for r in rows_of(folder / "2023.xlsx", "自建栏目逐期数")}
    for code, line in of.items():
        if (code, "计划交地") in land:
            line.land = land[code, "计划交地"], land[code, "已交地"]
    write_plan_template(ledger, folder / "plans.xlsx", period)
    for row in openpyxl.load_workbook(folder / "plans.xlsx")["序时计划"].iter_rows(min_row=4, values_only=True):
        if row[0] in of:
            of[str(row[0])].due = sum(map(exact, row[4:7]), Fraction(0))


def half_up(value: Fraction, places: int) -> str:
    whole, tail = divmod((abs(value) * 10**places * 2 + 1) // 2, 10**places)
    return f"{whole}.{tail:0{places}d}"


def yi(wan: Fraction) -> str:
    """亿元 in a sentence, from 万元; below one 亿 it would be 万元."""
    assert wan >= 10_000
    return half_up(wan / 10_000, 2).rstrip("0").rstrip(".") + "亿元"


def rate(part: Fraction, whole: Fraction) -> str:
    return half_up(part / whole * 100, 2) + "%"


def plan(some: list[Line]) -> Fraction:
    return sum((x.plan for x in some), Fraction(0))


def done(some: list[Line]) -> Fraction:
    return sum((x.done for x in some), Fraction(0))


def points(one: Fraction, other: Fraction, more: str, less: str) -> str:
    """Of the two rates as printed, one less the other."""
    apart = Fraction(half_up(one * 100, 2)) - Fraction(half_up(other * 100, 2))
    return f"{more if apart > 0 else less}{half_up(apart, 2)}个百分点"


def by(some: list[Line], key: Callable[[Line], str], order: tuple[str, ...] = ()) -> list[tuple[str, list[Line]]]:
    names = [*order, *dict.fromkeys(key(x) for x in some)]
    return [(n, own) for n in dict.fromkeys(names) if (own := [x for x in some if key(x) == n])]


def state(lines: list[Line], _then: list[Line]) -> list[str]:
    new = [x for x in lines if x.new]
    begun = [x for x in new if "实际开工时间" in x.dates and x.dates["实际开工时间"] <= date(2021, 9, 30)]
    going = [x for x in lines if not x.new and x.done]
    whole = len(new) + sum(not x.new for x in lines)

    def each(groups: list[tuple[str, list[Line]]]) -> str:
        return "；".join(f"{n}项目{len(own)}个，年投资计划{yi(plan(own))}，完成投资{yi(done(own))}，占年投资计划的{rate(done(own), plan(own))}" for n, own in groups)

    return [
        f"1-9月，全州{len(lines)}个重点项目开复工率{half_up(Fraction(len(begun) + len(going), whole) * 100, 2)}%，年投资计划{yi(plan(lines))}，完成投资{yi(done(lines))}，"
        f"占年投资计划的{rate(done(lines), plan(lines))}，{points(done(lines) / plan(lines), Fraction(9, 12), '超时间进度', '欠时间进度')}。",
        each(by(lines, lambda x: x.category, CLASSES)) + "。",
        each(by(lines, lambda x: "新建" if x.new else "续建", ("新建", "续建"))) + "。",
        each(by(lines, lambda x: "州直" if x.unit == "州直" else "县市", ("州直", "县市"))) + "。各地情况见下表。"]


def coast(lines: list[Line], _then: list[Line]) -> list[str]:
    end = date(2023, 3, 31)
    due = sum((x.due for x in lines), Fraction(0))
    top = [x for x in lines if x.level == "省"]
    starting = [x for x in lines if x.new and x.dates["计划开工时间"].year == 2023]
    due_start = [x for x in starting if x.dates["计划开工时间"] <= end]
    begun = [x for x in starting if x.dates.get("实际开工时间", date.max) <= end]
    ending = [x for x in lines if x.dates.get("计划竣工时间", date.min).year == 2023]
    due_end = [x for x in ending if x.dates["计划竣工时间"] <= end]
    ended = [x for x in ending if x.dates.get("实际竣工时间", date.max) <= end]
    land = [x.land for x in lines if x.land is not None]
    asked, given = sum((a for a, _ in land), Fraction(0)), sum((g for _, g in land), Fraction(0))
    groups = {"区": "区", "部": "指挥部", "局": "责任单位"}
    firsts = []
    for group, own in by(lines, lambda x: groups[x.unit[-1]], ("区", "指挥部", "责任单位")):
        best, theirs = max(by(own, lambda x: x.unit), key=lambda u: done(u[1]) / plan(u[1]))
        firsts.append(f"{group}中，{best}（完成年度计划的{rate(done(theirs), plan(theirs))}）居第一")

    def schedule(some: list[Line]) -> str:
        return rate(done(some), sum((x.due for x in some), Fraction(0)))

    return [
        f"1-3月，{len(lines)}个市重点项目计划投资{yi(plan(lines))}，完成投资{yi(done(lines))}，为序时计划的{rate(done(lines), due)}，完成年度计划的{rate(done(lines), plan(lines))}。",
        f"其中，{len(top)}个省重点项目完成投资{yi(done(top))}，为序时计划的{schedule(top)}，完成年度计划的{rate(done(top), plan(top))}。",
        f"计划开工项目{len(due_start)}个，实际开工{len(begun)}个，开工率{half_up(Fraction(len(begun) * 100, len(due_start)), 2)}%。"
        f"计划竣工项目{len(due_end)}个，实际竣工{len(ended)}个，竣工率{half_up(Fraction(len(ended) * 100, len(due_end)), 2)}%。"
        f"计划交地{half_up(asked, 2).rstrip('0').rstrip('.')}亩，实际交地{half_up(given, 2).rstrip('0').rstrip('.')}亩，交地率{rate(given, asked)}。",
        "；".join(f"{n}项目{len(own)}个，完成投资{yi(done(own))}，为序时计划的{schedule(own)}" for n, own in by(lines, lambda x: x.category, CLASSES)) + "。",
        "；".join(firsts) + "。各组排名见下表。"]


INDUSTRIES = ("电气设备", "电子信息", "新能源汽车", "现代物流", "")
"""In the order of the office's list."""


def district(lines: list[Line], then: list[Line]) -> list[str]:
    end, whole = date(2017, 9, 30), done(lines) / plan(lines)
    last = done(then) / plan(then)
    idle = [x for x in lines if x.new and x.dates.get("实际开工时间", date.max) > end]
    begun = [x for x in lines if x not in idle]
    reached = [x for x in begun if x.done >= x.plan * 9 / 12]
    ending = [x for x in lines if x.dates.get("计划竣工时间", date.min).year == 2017]
    ended = [x for x in ending if x.dates.get("实际竣工时间", date.max) <= end]
    late = [x for x in idle if x.dates["计划开工时间"] <= end]

    def against(some: list[Line]) -> str:
        return points(done(some) / plan(some), whole, "高于总体", "低于总体")

    growth = done(lines) / done(then) - 1
    return [
        f"1-9月，全区{len(lines)}个重点项目完成投资{yi(done(lines))}，占年度计划的{rate(done(lines), plan(lines))}，{points(whole, last, '高于上年同期', '低于上年同期')}，"
        f"同比{'增长' if growth > 0 else '下降'}{half_up(growth * 100, 2)}%。",
        "；".join(f"{n}类项目{len(own)}个，完成投资{yi(done(own))}，完成年度计划的{rate(done(own), plan(own))}" for n, own in by(lines, lambda x: x.category, CLASSES)) + "。",
        "；".join(f"{n or '未填优势产业的'}项目{len(own)}个，完成年度计划的{rate(done(own), plan(own))}，{against(own)}" for n, own in by(lines, lambda x: x.industry, INDUSTRIES)) + "。",
        "；".join(f"{n}{len(own)}个，完成投资{yi(done(own))}，完成年度计划的{rate(done(own), plan(own))}，{against(own)}" for n, own in by(lines, lambda x: x.unit)) + "。",
        f"已开工项目{len(begun)}个，其中达到时间进度的{len(reached)}个，占{half_up(Fraction(len(reached) * 100, len(begun)), 2)}%。"
        f"今年计划竣工项目{len(ending)}个，已竣工{len(ended)}个，竣工率{half_up(Fraction(len(ended) * 100, len(ending)), 2)}%。",
        f"未开工项目{len(idle)}个，年度计划投资{yi(plan(idle))}，分别是{'、'.join(f'{x.name}（{x.unit}）' for x in idle)}。其中到期未开工{len(late)}个。"]


RECKONED = {"州": state, "沿海市": coast, "区": district}


@dataclass
class Told:
    """A notice and what the workbook of its ledger tells."""

    name: str
    report: Report
    lines: list[Line]
    then: list[Line]


@pytest.fixture(scope="module", params=list(PLACES))
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    make, period = PLACES[request.param]
    folder = tmp_path_factory.mktemp("notice")
    ledger = open_whole(copy_of_empty(tmp_path_factory, folder / "台账.hydesk"))
    make(ledger)
    lines = look(ledger, folder, period.year, str(period))
    then = look(ledger, folder, period.year - 1, str(period).replace(str(period.year), str(period.year - 1))) if request.param == "区" else []
    if request.param == "沿海市":
        look_further(ledger, folder, lines, period)
    yield Told(request.param, compile_report(ledger, KIND, period), lines, then)
    ledger.close()


def paragraphs(report: Report) -> list[str]:
    return [p.text for p in report.paragraphs() if p is not report.opening]


def test_the_notice_says_what_the_workbook_reckons_in_the_office_s_order_and_words(told: Told) -> None:
    assert paragraphs(told.report) == RECKONED[told.name](told.lines, told.then)


def test_every_number_of_it_is_bound_and_none_is_typed(told: Told) -> None:
    assert disagreements(told.report) == []
    assert told.report.left_out == ()
    behind = dict(told.report.behind)
    for paragraph in (p for p in told.report.paragraphs() if p is not told.report.opening):
        for part in (p for s in paragraph.sentences for p in s.parts):
            if isinstance(part, Figure):
                assert measure_of(part) is not None, part
                assert part.key in behind, part
            else:
                typed = re.sub(r"第\d+号项目|1-\d+月", "", part)
                assert not re.search(r"\d", typed), part


def test_its_table_adds_up_from_the_workbook(told: Told) -> None:
    tables = list(told.report.tables())
    if told.name == "区":
        assert tables == []
        return
    table = tables[0]
    plain = [[c if isinstance(c, str) else c.text for c in r.cells] for r in table.rows if r.kind is PrintRowKind.ITEM]
    units = dict(by(told.lines, lambda x: x.unit))
    assert len(plain) == len(units)
    for row in plain:
        name, *cells = row[-5:]
        own = units[name]
        assert cells == [str(len(own)), half_up(plan(own) / 10_000, 2), half_up(done(own) / 10_000, 2), rate(done(own), plan(own))[:-1]]


def test_its_table_in_excel_holds_the_same_amounts_in_its_own_unit(told: Told, tmp_path: Path) -> None:
    if told.name != "州":
        return
    print_xlsx(told.report, tmp_path / "notice.xlsx")
    rows = [r for r in openpyxl.load_workbook(tmp_path / "notice.xlsx").worksheets[0].iter_rows(values_only=True) if r[0] in ("州直", "吉首市", "合计")]
    assert len(rows) == 3
    for name, count, planned, finished, share in rows:
        own = told.lines if name == "合计" else [x for x in told.lines if x.unit == name]
        assert count == len(own)
        for cell, want in ((planned, plan(own) / 10_000), (finished, done(own) / 10_000), (share, done(own) / plan(own) * 100)):
            assert half_up(Fraction(str(cell)), 2) == half_up(want, 2)


def test_its_text_is_kept(told: Told) -> None:
    lines = [told.report.title]
    for section in told.report.sections:
        lines.append(section.heading)
        for block in section.blocks:
            if hasattr(block, "columns"):
                lines.append(f"［{block.title}，{block.unit_note}］" + " · ".join(c.name for c in block.columns))
                lines += [" · ".join(c if isinstance(c, str) else c.text for c in row.cells) for row in block.rows]
            elif hasattr(block, "text"):
                lines.append(block.text)
    hold(KEPT / f"{told.name}.txt", lines)
