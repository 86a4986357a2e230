"""Weekly returns as counties send them, taken in from workbooks, against what their rows alone say the ledger holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import insert, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Remembered, Unit
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.returns.head_words import column_key
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.read_return import ReturnDraft, read_return
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import facts, take_list
from tests.services.reckon_weeks import Seen, Told, standing

COUNT = 6
WAN = 10_000
Cell = str | int | float | None


@dataclass(frozen=True)
class Form:
    """One file: its period, title, heads after 项目名称, and per project the cells below and what they tell."""

    period: str
    title: str
    heads: Sequence[str]
    cells: Mapping[int, Sequence[Cell]]
    tells: Mapping[int, Told]
    name: str = "报表.xlsx"


def workbook(form: Form) -> bytes:
    """``form`` as a county's workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sheet.append([form.title])
    sheet.append(["填报单位：衡南县", None, "填报日期：2023年7月18日", None, "单位：万元"])
    sheet.append(["序号", "项目名称", *form.heads])
    for row, (number, cells) in enumerate(form.cells.items(), 1):
        sheet.append([row, f"第{number}号项目", *cells])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def take(ledger: Ledger, form: Form) -> ReturnDraft:
    draft = read_return(ledger, (form.name, workbook(form)), Period.parse(form.period), "衡南县")
    applied = apply_return(ledger, draft).value
    assert applied.status in ("applied", "partly_applied"), [f.message for f in draft.understanding.findings]
    return draft


def codes(draft: ReturnDraft) -> set[str]:
    return {f.code for f in draft.understanding.findings if f.code not in ("missing_projects", "ready")}


def month(name: str, sums: Mapping[int, int], done: Mapping[int, int]) -> Form:
    number = int(name[-2:])
    return Form(name, f"衡南县重点项目{int(name[:4])}年{number}月进展情况表",
                [f"{number}月完成投资", f"1-{number}月累计完成投资" if number > 1 else "年初至本月累计完成投资"],
                {n: [done[n], sums[n]] for n in sums},
                {n: Told(name, done[n], sums[n]) for n in sums}, name=f"{name}.xlsx")


MAY = month("2023-05", {1: 500, 2: 600, 3: 700, 4: 800, 5: 0}, {1: 55, 2: 65, 3: 75, 4: 85, 5: 0})
JUNE = month("2023-06", {1: 560, 2: 660, 3: 790, 4: 800, 5: 12}, {1: 60, 2: 60, 3: 90, 4: 0, 5: 12})
SUM = "年初至本周累计完成投资"


def sums(name: str, figures: Mapping[int, int], head: str = SUM, title: str = "", day: date | None = None) -> Form:
    return Form(name, title or f"衡南县重点项目周报（第{int(name[-2:])}周）", [head, "本周完成情况"],
                {n: [v, "正常施工"] for n, v in figures.items()},
                {n: Told(name, None, v, day) for n, v in figures.items()}, name=f"{name}.xlsx")


def weeks(name: str, figures: Mapping[int, int], head: str = "本周完成投资") -> Form:
    return Form(name, f"衡南县重点项目周报（第{int(name[-2:])}周）", ["本周完成情况", head, "下周计划完成投资", "下周任务计划"],
                {n: ["浇筑底板", v, 999, "继续施工"] for n, v in figures.items()},
                {n: Told(name, v) for n, v in figures.items()}, name=f"{name}.xlsx")


W27 = sums("2023-W27", {1: 565, 2: 668, 3: 790})
FORMS: dict[str, tuple[list[Form], list[str]]] = {
    "only 本周, the first of its kind": ([MAY, JUNE, weeks("2023-W28", {1: 7, 2: 8, 3: 0, 4: 30})], ["2023-06", "2023-W28", "2023-07"]),
    "only 本周 after sums": ([MAY, JUNE, W27, weeks("2023-W28", {1: 7, 2: 8, 3: 0, 4: 30})],
                            ["2023-06", "2023-W27", "2023-W28", "2023-W29", "2023-07"]),
    "本周 called 周完成投资": ([JUNE, W27, weeks("2023-W28", {1: 7, 2: 8}, "周完成投资")], ["2023-W28"]),
    "only sums": ([MAY, JUNE, sums("2023-W28", {1: 570, 2: 671, 3: 800, 4: 812, 5: 20})], ["2023-06", "2023-W27", "2023-W28", "2023-07"]),
    "sums from 1 January to the Sunday": (
        [MAY, JUNE, sums("2023-W28", {1: 570, 2: 671, 3: 800}, "1月1日至7月16日累计完成投资")], ["2023-W28"]),
    "旬": ([MAY, JUNE, Form(
        "2023-07", "衡南县重点项目2023年7月旬报", ["7月上旬完成投资", "7月中旬完成投资", "7月下旬完成投资", "年初累计完成投资"],
        {1: [5, 6, None, 571], 2: [0, 9, None, 669], 3: [4, None, None, 794], 5: [1.5, 2.5, None, 16]},
        {n: Told("2023-07", d, y, date(2023, 7, 20)) for n, d, y in ((1, 11, 571), (2, 9, 669), (3, 4, 794), (5, 4, 16))})],
        ["2023-06", "2023-W28", "2023-W29", "2023-07", "2023-08"]),
    "over a month's end": ([MAY, sums("2023-W26", {1: 558, 2: 655, 3: 785}, title="重点项目周报（截至6月30日）", day=date(2023, 6, 30)),
                            JUNE, W27], ["2023-W25", "2023-W26", "2023-06", "2023-W27", "2023-07"]),
    "a Sunday that ends its month": ([month("2023-03", {1: 300, 2: 310}, {1: 110, 2: 92}), sums("2023-W17", {1: 390, 2: 399}),
                                      month("2023-04", {1: 400, 2: 399}, {1: 100, 2: 89}), weeks("2023-W18", {1: 5, 2: 6})],
                                     ["2023-W17", "2023-04", "2023-W18"]),
    "over a year's end, into a first week that begins in December": (
        [weeks("2025-W01", {1: 7, 2: 8}), sums("2025-W02", {1: 20, 2: 25}), weeks("2025-W03", {1: 3, 2: 4})],
        ["2025-W01", "2025-01", "2025-W02", "2025-W03"]),
    "a first week of January alone": ([weeks("2023-W01", {1: 7, 2: 8}), sums("2023-W02", {1: 20, 2: 8})],
                                      ["2023-W01", "2023-W02", "2023-01"]),
    "week 53": ([month("2020-11", {1: 900, 2: 910}, {1: 10, 2: 20}), sums("2020-W52", {1: 950, 2: 955}), weeks("2020-W53", {1: 9, 2: 12})],
                ["2020-11", "2020-W52", "2020-W53", "2020-12"]),
    "week 53, then December's closing": (
        [sums("2020-W53", {1: 950, 2: 955}, day=date(2021, 1, 2), title="重点项目周报（截至2021年1月2日）"),
         month("2020-12", {1: 960, 2: 955}, {1: 60, 2: 55})], ["2020-W52", "2020-W53", "2020-12"]),
    "a stated day off by two": (
        [MAY, JUNE, sums("2023-W28", {1: 570, 2: 671}, title="衡南县重点项目周报（截至7月18日）", day=date(2023, 7, 18)),
         weeks("2023-W29", {1: 3, 2: 4})], ["2023-W28", "2023-W29", "2023-07"]),
    "a stated day off by five": (
        [MAY, JUNE, sums("2023-W28", {1: 570, 2: 671}, "截至7月21日本年累计完成投资", day=date(2023, 7, 21))], ["2023-W28", "2023-07"]),
    "a stated day within the week": (
        [MAY, JUNE, sums("2023-W28", {1: 570, 2: 671}, "年初至7月14日完成投资", day=date(2023, 7, 14))], ["2023-W28", "2023-07"]),
    "two weeks in a row": ([JUNE, sums("2023-W28", {1: 570, 2: 671, 3: 790}), sums("2023-W29", {1: 580, 2: 671, 3: 795})],
                           ["2023-W28", "2023-W29", "2023-W30"]),
    "本周 and sum beside 上周累计": ([JUNE, W27, Form(
        "2023-W28", "重点项目周报（第28周）", ["截至上周累计完成投资", "本周完成投资", SUM],
        {1: [565, 5, 570], 2: [668, 3, 671]}, {1: Told("2023-W28", 5, 570), 2: Told("2023-W28", 3, 671)})], ["2023-W28"]),
    "sums beside June's": ([JUNE, Form(
        "2023-W28", "重点项目周报（7月10日—7月16日）", ["1-6月完成投资", "6月完成投资", "本周完成投资", "本年累计（至本周）"],
        {1: [560, 60, 5, 570], 2: [660, 60, 3, 671]},
        {1: Told("2023-W28", 5, 570), 2: Told("2023-W28", 3, 671)})], ["2023-W28", "2023-06"]),
    "words only": ([JUNE, Form(
        "2023-W28", "重点项目周报（第28周）", ["本周完成情况", "下周任务计划", "需协调事项"],
        {1: ["完成桩基", "承台施工", ""], 2: ["内装", "收尾", "供电"]}, {})], ["2023-W28", "2023-07"]),
    "words under 本周完成": ([JUNE, Form(
        "2023-W28", "重点项目周报（第28周）", ["本周完成", "下周计划"],
        {1: ["完成桩基20根", "承台施工"], 2: ["内装", "收尾"]}, {})], ["2023-W28"]),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_weekly_form_leaves_what_its_rows_say(ledger: Ledger, name: str) -> None:
    forms, asked = FORMS[name]
    year = int(forms[0].period[:4])
    take_list(ledger, *(facts(n, reporting_unit="衡南县", invested_before=n * 30_000_000) for n in range(1, COUNT + 1)), year=year)
    told: dict[int, list[Told]] = {n: [] for n in range(1, COUNT + 1)}
    for form in forms:
        draft = take(ledger, form)
        assert codes(draft) <= {"day_off", "day_stated", "column_not_of_week"}, [
            f.message for f in draft.understanding.findings]
        for n, one in form.tells.items():
            told[n].append(one)
    for period in asked:
        for n, s in enumerate(list_standings(ledger, Period.parse(period)), 1):
            held = Seen(str(s.as_of) if s.as_of else None, s.as_of_day, _wan(s.year_investment), _wan(s.month_investment),
                        _wan(s.week_investment))
            assert held == standing(told[n], period), f"第{n}号项目 {period}"
            if s.year_investment is not None and s.as_of is not None and not s.as_of.is_month:
                assert s.total_invested == n * 30_000_000 + s.year_investment


def _wan(amount: int | None) -> int | None:
    return None if amount is None else amount // WAN if amount % WAN == 0 else -1


@pytest.fixture
def june(ledger: Ledger) -> Ledger:
    """Six projects with May and June."""
    take_list(ledger, *(facts(n, reporting_unit="衡南县", invested_before=n * 30_000_000) for n in range(1, COUNT + 1)))
    take(ledger, MAY)
    take(ledger, JUNE)
    return ledger


def found(ledger: Ledger, form: Form) -> list[tuple[str, int | None]]:
    """Code and row's project of every error and warning."""
    draft = read_return(ledger, (form.name, workbook(form)), Period.parse(form.period), "衡南县")
    return [(f.code, int(f.project[-3:]) if f.project else None) for f in draft.understanding.findings
            if f.level.value != "note" and f.code != "missing_projects"]


def test_a_stated_day_too_far_off_is_told_once(june: Ledger) -> None:
    form = sums("2023-W28", {1: 570, 2: 671}, "截至7月21日本年累计完成投资")
    draft = take(june, form)
    [said] = [f for f in draft.understanding.findings if f.code == "day_off"]
    assert "截至7月21日" in said.message
    assert "按7月16日计" in said.message
    assert draft.understanding.day is None


@pytest.mark.parametrize(("words", "day"), [
    ("重点项目周报（截至7月14日）", date(2023, 7, 14)), ("重点项目周报（截止 7.14）", date(2023, 7, 14)),
    ("2023年第28周重点项目周报（7月8日—7月14日）", date(2023, 7, 14)), ("周报（2023.7.8-2023.7.14）", date(2023, 7, 14)),
    ("重点项目周报（7月10日-16日）", None), ("重点项目周报 2023年7月18日", None), ("填报日期：2023年7月14日", None),
    ("请于7月18日前报送", None), ("报送时间：7月17日", None), ("数据截止日期：2023年7月13日", date(2023, 7, 13)),
])
def test_the_day_is_the_one_the_figures_are_of_not_one_of_filling_in(june: Ledger, words: str, day: date | None) -> None:
    draft = take(june, sums("2023-W28", {1: 570, 2: 671}, title=words))
    assert draft.understanding.day == day
    assert not codes(draft) & {"day_off"}


def test_the_same_figures_of_another_day_are_news(june: Ledger) -> None:
    take(june, sums("2023-W28", {1: 570}, title="周报（截至7月14日）"))
    again = read_return(june, ("又.xlsx", workbook(sums("2023-W28", {1: 570}, title="周报"))), Period.week(2023, 28), "衡南县")
    assert apply_return(june, again).value.status == "applied"
    assert list_standings(june, Period.week(2023, 28))[0].as_of_day == date(2023, 7, 16)


def test_sums_that_fall_below_week_or_month_wait(june: Ledger) -> None:
    take(june, W27)
    assert found(june, sums("2023-W28", {1: 564, 2: 668, 3: 791, 4: 799, 5: 12})) == [("ytd_fell", 1), ("ytd_fell", 4)]
    # A month that closes below a week inside it.
    july = month("2023-07", {1: 566, 2: 667}, {1: 6, 2: 7})
    assert found(june, july) == [("ytd_fell", 2)]


def test_weeks_that_do_not_join_are_told(june: Ledger) -> None:
    take(june, W27)
    form = Form("2023-W28", "周报", ["本周完成投资", SUM], {1: [5, 570], 2: [5, 671], 3: [0, 790], 4: [900, 850], 5: [3, 15]}, {})
    assert found(june, form) == [("week_mismatch", 2), ("week_over_year", 4)]


def test_a_slip_of_ten_thousand_is_told_with_the_right_value(june: Ledger) -> None:
    take(june, W27)
    form = Form("2023-W28", "周报", ["本周完成投资", SUM], {1: [50000, 570], 2: [3, 671], 3: [10, 8000000]}, {})
    draft = read_return(june, ("周.xlsx", workbook(form)), Period.week(2023, 28), "衡南县")
    slips = {(f.project, f.field, f.suggestion) for f in draft.understanding.findings if f.code == "unit_slip"}
    assert slips == {("HY2023-001", Field.WEEK_INVESTMENT, 5 * WAN), ("HY2023-003", Field.YEAR_INVESTMENT, 800 * WAN)}


def test_sums_repeated_from_last_week_and_from_june_are_held_against_the_ledger(june: Ledger) -> None:
    take(june, W27)
    form = Form("2023-W28", "周报", ["1-6月累计完成投资", "截至上周累计完成投资", "本周完成投资", SUM],
                {1: [560, 565, 5, 570], 2: [661, 668, 3, 671], 3: [790, 780, 1, 791]}, {})
    draft = read_return(june, ("周.xlsx", workbook(form)), Period.week(2023, 28), "衡南县")
    told = [(f.project, f.cell) for f in draft.understanding.findings if f.code == "last_sum_differs"]
    assert told == [("HY2023-002", "C5"), ("HY2023-003", "D6")]
    assert all(set(r.values) <= {Field.NAME, Field.WEEK_INVESTMENT, Field.YEAR_INVESTMENT} for r in draft.understanding.rows)


def test_last_weeks_return_sent_again_is_told_once(june: Ledger) -> None:
    heads = ["本周完成投资", SUM]
    take(june, Form("2023-W27", "周报", heads, {1: [5, 565], 2: [8, 668], 3: [3, 793], 4: [2, 802]}, {}))
    again = found(june, Form("2023-W28", "周报", heads, {1: [5, 565], 2: [8, 668], 3: [3, 793], 4: [2, 802]}, {}))
    assert again.count(("return_copied", None)) == 1
    honest = found(june, Form("2023-W28", "周报", heads, {1: [5, 570], 2: [8, 676], 3: [3, 796], 4: [2, 804]}, {}))
    assert honest == []


def test_what_is_planned_is_never_done(june: Ledger) -> None:
    form = Form("2023-W28", "周报", ["本周计划完成投资", "下周计划完成投资", "本周完成情况"], {1: [50, 60, "打桩"], 2: [70, 80, "内装"]}, {})
    take(june, form)
    assert [s.year_investment for s in list_standings(june, Period.week(2023, 28))[:2]] == [560 * WAN, 660 * WAN]


def test_a_first_ten_days_return_is_of_the_tenth_and_the_months_own_return_closes_it(june: Ledger) -> None:
    take(june, Form("2023-07", "衡南县2023年7月上旬重点项目旬报", ["上旬完成投资", "累计完成投资"], {1: [5, None], 2: [6, None]}, {}))
    one = list_standings(june, Period.month(2023, 7))[0]
    assert (one.month_investment, one.year_investment, one.as_of_day) == (5 * WAN, 565 * WAN, date(2023, 7, 10))
    assert list_standings(june, Period.week(2023, 27))[0].as_of_day == date(2023, 6, 30)
    take(june, month("2023-07", {1: 580, 2: 670}, {1: 20, 2: 10}))
    one = list_standings(june, Period.month(2023, 7))[0]
    assert (one.month_investment, one.year_investment, one.as_of_day) == (20 * WAN, 580 * WAN, date(2023, 7, 31))


def test_ten_days_beside_their_sum_are_checked_and_the_sum_is_taken(june: Ledger) -> None:
    form = Form("2023-07", "2023年7月旬报", ["7月上旬完成投资", "7月中旬完成投资", "7月下旬完成投资", "7月完成投资", "1-7月累计完成投资"],
                {1: [5, 6, 7, 18, 578], 2: [1, 2, 3, 9, 669]}, {})
    assert found(june, form) == [("ten_days_differ", 2)]
    take(june, form)
    assert [s.month_investment for s in list_standings(june, Period.month(2023, 7))[:2]] == [18 * WAN, 9 * WAN]


def test_one_weekly_return_over_the_demonstration_changes_its_unit_only(demo_ledger: Ledger) -> None:
    week = Period.week(2023, 28)
    before = {s.code: s for s in list_standings(demo_ledger, week)}
    own = [s for s in before.values() if s.unit == "衡南县"]
    told = {s.code: (n * 7 % 90, (s.year_investment or 0) // WAN + n * 7 % 90 + 13) for n, s in enumerate(own)}
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["衡南县重点建设项目周报（7月10日—7月16日）"], ["单位：万元"], ["序号", "项目名称", "本周完成投资", SUM, "本周完成情况"]):
        sheet.append(row)
    for n, s in enumerate(own, 1):
        sheet.append([n, s.name, *told[s.code], "正常施工"])
    out = BytesIO()
    book.save(out)
    draft = read_return(demo_ledger, ("衡南县第28周.xlsx", out.getvalue()), week)
    assert codes(draft) <= {"over_plan"}
    assert apply_return(demo_ledger, draft).value.held_back == 0
    for s in list_standings(demo_ledger, week):
        if s.code in told:
            assert (_wan(s.week_investment), _wan(s.year_investment)) == told[s.code]
            assert (s.as_of, s.as_of_day, s.month_investment) == (week, date(2023, 7, 16), before[s.code].month_investment)
        else:
            assert s == before[s.code]


def test_a_column_once_named_for_weeks_brings_no_months_row_a_weeks_amount(june: Ledger) -> None:
    """A person said what 完成数 is while a weekly return was in hand; the monthly return has the same column."""
    form = Form("2023-W28", "周报", ["完成数", SUM], {1: [5, 570], 2: [3, 671]}, {})
    with june.write() as connection:
        unit = connection.execute(select(Unit.id).where(Unit.name == "衡南县")).scalar()
        connection.execute(insert(Remembered).values(
            unit_id=unit, kind="column", words=column_key("完成数"), meaning=Field.WEEK_INVESTMENT.value, actor="甲",
            at=datetime(2023, 7, 17)))
    week = take(june, form)
    assert week.understanding.rows[0].values[Field.WEEK_INVESTMENT] == 5 * WAN
    july = Form("2023-07", "2023年7月进展情况表", ["完成数", "1-7月累计完成投资"], {1: [5, 575], 2: [3, 675]}, {})
    assert Field.WEEK_INVESTMENT not in take(june, july).understanding.rows[0].values
