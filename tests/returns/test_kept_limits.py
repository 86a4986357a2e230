"""Readers of single cells at the limits of what they take: numbers that may be days, years of two figures, spans, the longest
words. Held against what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from pathlib import Path

from hydesk.domain.grid import CellValue
from hydesk.domain.periods import Period
from hydesk.returns.columns import guess_column, is_source_of_money, is_unit_line, unit_in_words
from hydesk.returns.dates import (
    is_impossible_date,
    is_serial,
    may_be_october,
    read_date,
    read_span,
    read_start_finish,
    read_years,
    says_none_yet,
)
from hydesk.returns.head import is_column_numbers
from hydesk.returns.head_words import bare, head_cell, known_field, looks_like_head
from hydesk.returns.shapes.labels import is_label
from tests.kept import hold
from tests.returns.test_kept_checks import BASE, read

KEPT = Path(__file__).parent / "kept"
JUNE = Period.month(2023, 6)

NUMBERS = (19_999, 20_000, 80_000, 80_001, 20_000.5, 79_999.99, 1_979, 1_980, 2_100, 2_101, 2_101.0, 1_980.5, 2_022.13, 2_022.12, 2_022.1, 2_022.01, 2_022.2, 2_022.0, 2_022.001, 198_000, 198_001, 198_012, 198_013, 210_012,
           210_013, 202_300, 202_301.5, 19_800_100, 19_800_101, 21_001_231, 21_001_232, 20_230_631, 20_230_630, 20_230_605.5, 0, 1, -1, 12, 13, 45_078)
WORDS = ("29999", "30000", "59999", "60000", "４５０７８", "45078.5", "12.11.18", "13.11.18", "12年11月", "13年11月", "49.5", "50.5", "49年5月", "99年5月", "2023.0.5", "2023.13.5", "2023-2-29", "2024-2-29", "2023年13月",
         "2023年12月", "2023年0月", "2023年6月底", "2023年6月上中旬", "2023.6.", "202312", "202313", "20231231", "20231232", "2023年第四季度", "四季度", "Q3", "2023Q4", "2023-q1", "Q5", "上半年", "2023年下半年", "2023年底", "年底", "年内",
         "23年", "23年底", "3月8日", "13月8日", "2月30日", "12月", "13月", "0月", "去年底", "前年12月", "上一年", "明年3月", "后年", "今年", "当年6月", "二〇二三年六月", "二零二三年十二月二十一日", "一九九八年", "两千零二十三年", "二三年", "十月", "二十日",
         "已于2023年3月开工", "预计2023年12月竣工投产", "计划：2024年6月", "开工时间：2023.5.1", "2023年5月（预计）", "2023年5月前后", "2023年5月份左右,", "未开工", "尚未开工", "暂无", "待定", "不详", "前期阶段", "没开工", "未确定。", "星期三",
         "2023-06-05（星期一）", "2023/6/5周一", "2023-06-05T08:30:00", "2023年6月5日08:30", "2203年5月", "1979.5", "1980.5", "2100.12", "2101.1", "2023.5/2024.6", "2023-5-1-2024-6-1", "2023.5--2024.6", "（2023年5月至2024年6月）", "2023→2025",
         "2025-2023", "5月-6月", "2023年5月-6月", "2022.12-3", "23.5-24.6", "开工：2021.3，竣工：2024.12", "2021.3开工，2024.12竣工", "2021.3开工", "投产2024.12.31，动工2021年2月30日", "2021.3/2024.12", "2020.3-2023.12", "2023年至2025年", "2023(-2025", "1899-2100",
         "2022-03-15", "2022年3月15日至2022年3月14日", "2022年3月15日至15日", "至2025年12月", "自2023年5月起")


def test_days_years_and_spans() -> None:
    def lines() -> Iterator[str]:
        values: tuple[CellValue, ...] = (*NUMBERS, *map(float, NUMBERS[:16]), *WORDS, date(1979, 12, 31), date(1980, 1, 1), date(2100, 12, 31), date(2101, 1, 1), datetime(2023, 6, 5, 23, 59), True, "", None)
        for v in values:
            yield (f"{v!r}: {read_date(v, 2023)} {read_date(v, 2023, shown='2022.10')} {read_date(v, 2023, from_1904=True)} | {is_serial(v)} {may_be_october(v)} {may_be_october(v, '2022.10')} {may_be_october(v, '2022.13')} "
                   f"{is_impossible_date(v)} | {[str(d) for d in read_span(v) or ()]} {[str(d) for d in read_span(v, 2023) or ()]} {[str(d) for d in read_start_finish(v)]} {read_years(v)} {says_none_yet(str(v))}")

    hold(KEPT / "limits_dates.txt", lines())


def test_words_that_grow() -> None:
    """Heads, labels and units one letter longer each time."""
    def lines() -> Iterator[str]:
        for start, more in product(("项目名称", "总投资", "形象进度", "序号", "存在问题", "联系电话", "本月完成投资", "生僻", "某某公司", "年度计划"), ("的", "及内容", "（万元）", "1")):
            for length in range(8 if len(more) > 1 else 45):
                words = start + more * length
                yield f"{words}: {looks_like_head(words)} {known_field(words)} {is_label(words, JUNE)} {bare(words)[-6:]} {head_cell(words)[-6:]!r} {guess_column((words,), JUNE).field} {guess_column((words,), JUNE).confidence:.2f}"
        for words in ("单位：万元", "金额单位:万元", "（单位：亿元）", "单位：万元、%", "万元", "单位", "计量单位（元）", "单位：吨", "总投资（万元）", "元", "(元)", "（元/亩）", "千元", "百万元", "千万元", "万元/年", "万件", "总投资（万元、亿元）", "万千瓦（万元）"):
            yield f"{words}: {is_unit_line(words)} {unit_in_words(words)} {is_source_of_money(words)}"
        for words in ("市财政", "其中:市财政", "银行贷款", "专项债券资金", "企业自筹", "本月完成投资", "设备购置投资", "中央预算内投资", "县级", "其他资金", "土建", "征地拆迁资金", "财政补助"):
            yield f"{words}: {is_source_of_money(words)}"

    hold(KEPT / "limits_words.txt", lines())


def test_rows_of_column_numbers() -> None:
    rows: tuple[list[CellValue], ...] = (
        [1.0, 2.0, 3.0], [1.0, 2.0], ["1", "2", "3"], ["（1）", "(2)", "3"], ["甲", "乙", 1.0, 2.0, 3.0], ["栏次", 1.0, 2.0, 3.0], ["A", "B", "1", "2", "3"], [1.0, None, 2.0, 3.0], [1.0, 2.0, 4.0], [2.0, 3.0, 4.0], [3.0, 2.0, 1.0],
        [1.0, 2.0, 3.0, 5.0, 6.0, 7.0], [1.0, 2.0, 4.0, 5.0, 7.0, 8.0], [1.0, 3.0, 5.0, 7.0, 9.0, 11.0], [2.0, 3.0, 5.0, 6.0, 7.0, 8.0], [1.0, 2.0, 3.0, 5.0, 6.0], [1.0, 2.0, 3.0, 6.0, 7.0, 8.0], ["1", "2", "3=1+2", "4=3/2*100%"],
        [1.0, 2.0, 100.0], [1.0, 2.0, 99.0], [98.0, 99.0, 100.0], [1.5, 2.5, 3.5], ["丙", "丁", "戊"], [None, None, None], ["1", "x", "3"], [True, 2.0, 3.0], [0.0, 1.0, 2.0])
    hold(KEPT / "limits_column_numbers.txt", (f"{row}: {is_column_numbers(row)}" for row in rows))


COLUMN_HEADS = ("年度目标", "形象进度", "1-6月完成情况", "完成情况", "存在问题", "完成率", "实际开工时间", "备注", "联系电话", "本月", "投资完成情况", "本月工作", "年度任务", "6月计划完成投资", "项目进展（%）", "")
CELLS: dict[str, tuple[CellValue, ...]] = {
    "amounts": (120.5, 130.0, 0.0, 90.25, 75.0), "words": ("主体施工", "完成基础", "正在安装设备", "办理手续", "竣工验收"), "shares": ("85%", "40%", "100%", "12.5%", "60%"), "parts": (0.85, 0.4, 1.0, 0.125, 0.6),
    "days": ("2023年3月", "2023.5.1", "2023-06-05", 45_078.0, "2024年底"), "ticks": ("√", "√", "×", "√", "是"), "said": ("120.5万元", "约130万元", "无", "90万元", "完成投资75万元"), "blank": (None, "", None, "—", None)}


def test_columns_whose_cells_say_other_than_their_head() -> None:
    """So many cells of one kind, the others of another: from which part on a column is what its cells are."""
    def lines() -> Iterator[str]:
        for head, (one, other) in product(COLUMN_HEADS, product(CELLS, ("words", "blank"))):
            counts = [] if one == other else [1, 2, 3, 4] if one in ("amounts", "shares") else [2, 4]
            for count in counts:
                rows = [[500.0 + 10 * n, CELLS[one][n] if n < count else CELLS[other][n]] for n in range(5)]
                found = read(BASE, ["1-6月累计完成投资", head], rows)
                column = next((c for s in found.sheets for c in s.columns if c.letter == "E"), None)
                said = " ".join(f.code for f in found.findings if f.cell and f.cell.startswith("E")) + " | " + " ".join(f.code for f in found.findings if f.column == "E")
                values = " ".join(str(v) for r in found.rows for f, v in r.values.items() if column is not None and f is column.field)
                yield f"{head}: {count} {one}, else {other}: {'—' if column is None else f'{column.field and column.field.value} {column.confidence:.2f} {column.reason}'} | {values} | {said}"

    hold(KEPT / "limits_columns.txt", lines())
