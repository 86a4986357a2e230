"""Several tables one under another on one sheet."""

from __future__ import annotations

from hydesk.domain.findings import Level
from hydesk.domain.grid import CellValue, Sheet
from hydesk.domain.understanding import Understanding
from hydesk.returns.head import find_head
from tests.returns.test_shapes import (
    ALL,
    MONTH,
    NAMES,
    TOTAL,
    YEAR,
    F,
    Row,
    alarms,
    code,
    line,
    read,
    wan,
    yuan,
)

HEAD: Row = ["序号", "项目名称", "总投资", "本月完成投资", "1-6月累计完成投资", "形象进度"]
TURNED: Row = ["序号", "项目名称", "1-6月累计完成投资", "总投资", "本月完成投资", "形象进度"]


def title(words: str, unit: str) -> Row:
    return [words, "", "", "", f"单位：{unit}", ""]


def exact(u: Understanding) -> bool:
    return [r.project for r in u.rows] == [code(at) for at in ALL] and all(
        r.values.get(f) == yuan(wan(at, f)) for at, r in enumerate(u.rows) for f in (TOTAL, MONTH, YEAR))


def total(label: str, at: range, *fields: object) -> Row:
    return ["", label, *(sum(wan(i, f) for i in at) for f in fields), ""]  # type: ignore[arg-type]


def test_a_lower_table_with_its_columns_in_another_order_is_read_by_its_own_head() -> None:
    u = read([
        title("一、产业项目", "万元"), HEAD, *(line(at, TOTAL, MONTH, YEAR, "施工") for at in range(3)), [],
        title("二、民生项目", "万元"), TURNED, *(line(at, YEAR, TOTAL, MONTH, "施工") for at in range(3, 6)),
    ])
    assert exact(u)
    assert alarms(u) == []
    assert {2, 8} <= set(u.sheets[0].header_rows)


def test_a_lower_table_counted_in_another_unit_is_read_in_that_unit() -> None:
    in_yuan = [[*line(at)[:2], *(yuan(wan(at, f)) for f in (TOTAL, MONTH, YEAR)), "施工"] for at in range(3, 6)]
    u = read([
        title("一、产业项目", "万元"), HEAD, *(line(at, TOTAL, MONTH, YEAR, "施工") for at in range(3)),
        total("合计", range(3), TOTAL, MONTH, YEAR),
        title("二、民生项目", "元"), HEAD, *in_yuan,
    ])
    assert exact(u)
    assert alarms(u) == []


def test_a_head_repeated_on_each_page_opens_no_new_table() -> None:
    rows = [line(at, TOTAL, MONTH, YEAR, "施工") for at in ALL]
    u = read([title("重点项目", "万元"), HEAD, *rows[:3], title("重点项目", "万元"), HEAD, *rows[3:],
              total("总计", range(6), TOTAL, MONTH, YEAR)])
    assert exact(u)
    assert alarms(u) == []
    assert max(u.sheets[0].header_rows) == 2


def test_a_grand_total_below_the_last_table_counts_all_of_them() -> None:
    bottom: Row = ["总计：6个", "", *(sum(wan(at, f) for at in ALL) for f in (YEAR, TOTAL, MONTH)), ""]
    u = read([
        HEAD, *(line(at, TOTAL, MONTH, YEAR, "施工") for at in range(3)),
        TURNED, *(line(at, YEAR, TOTAL, MONTH, "施工") for at in range(3, 6)), bottom,
    ])
    assert exact(u)
    assert [f.message for f in u.findings if f.level is not Level.NOTE] == []


def test_a_list_of_problems_below_the_figures_adds_its_words() -> None:
    rows = [line(at, TOTAL, MONTH, YEAR, "施工") for at in ALL]
    problems: list[Row] = [[1.0, NAMES[2], "用地未批", "", "", ""], [2.0, NAMES[4], "资金未到位", "", "", ""]]
    u = read([HEAD, *rows, [], ["存在问题清单"], ["序号", "项目名称", "存在问题", "", "", ""], *problems])
    assert {r.project: r.values[F.PROBLEM_TEXT] for r in u.rows if F.PROBLEM_TEXT in r.values} == {
        code(2): "用地未批", code(4): "资金未到位"}
    assert alarms(u) == []


def test_last_months_table_below_this_months_is_not_read() -> None:
    may: Row = ["序号", "项目名称", "总投资", "5月完成投资", "1-5月累计完成投资", "形象进度"]
    blank: list[Row] = [[] for _ in range(30)]
    u = read([HEAD, *(line(at, TOTAL, MONTH, YEAR, "施工") for at in ALL), *blank, may,
              *(line(at, TOTAL, 800.0, 900.0, "施工") for at in ALL)])
    assert exact(u)
    assert alarms(u) == []


def test_a_summary_above_the_list_is_passed_over() -> None:
    summary: list[Row] = [["类别", "项目个数", "总投资", "年度计划投资", "累计完成投资"], ["产业", 6, 1.0, 2.0, 3.0]]
    u = read([["重点项目汇总"], *summary, [], HEAD, *(line(at, TOTAL, MONTH, YEAR, "施工") for at in ALL)])
    assert exact(u)
    assert alarms(u) == []


def test_a_second_table_beside_the_first_is_read_as_well_and_mixed_with_nothing() -> None:
    left, right = ([line(at, TOTAL, MONTH, YEAR, "施工") for at in part] for part in (range(3), range(3, 6)))
    u = read([[*HEAD, "", *HEAD], *([*a, "", *b] for a, b in zip(left, right, strict=True))])
    assert [r.project for r in u.rows] == [code(at) for at in range(6)]
    assert all(r.values.get(f) == yuan(wan(at, f)) for at, r in enumerate(u.rows) for f in (TOTAL, MONTH, YEAR))
    assert alarms(u) == []


def test_the_head_of_two_rows_is_not_given_up_for_the_one_repeated_below_them() -> None:
    words = ("序号", "项目名称", "总投资（万元）", "6月完成投资（万元）")
    rows: list[tuple[CellValue, ...]] = [words, (1, "甲镇污水处理厂项目", 100, 1), (2, "乙镇冷链物流园项目", 200, 2), words, (3, "丙镇标准厂房项目", 300, 3)]
    head = find_head(Sheet("6月", rows))
    assert head is not None
    assert head.rows == (1,)
