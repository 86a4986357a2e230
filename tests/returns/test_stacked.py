"""Several tables one under another on one sheet."""

from __future__ import annotations

from hydesk.domain.findings import Level
from hydesk.domain.understanding import Understanding
from tests.returns.test_shapes import ALL, MONTH, TOTAL, YEAR, Row, alarms, code, line, read, wan, yuan

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
