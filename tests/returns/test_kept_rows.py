"""What every pair of rows below a head is taken for, held against what was looked at: each kind of row after each other one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from hydesk.domain.fields import Field
from hydesk.domain.grid import CellValue, Sheet, Span
from hydesk.returns.head import find_any_head, find_head
from hydesk.returns.head_score import HeadLines, is_title_row, score
from hydesk.returns.rows import Layout, section_depth, sort_rows
from hydesk.returns.sheets import words_above
from tests.kept import hold

KEPT = Path(__file__).parent / "kept"
HEAD: list[CellValue] = ["序号", "项目名称", "编号", "总投资（万元）", "本月完成投资（万元）", "形象进度"]
ROWS: tuple[list[CellValue], ...] = (
    [1.0, "湘江电缆生产线项目", None, 300.0, 100.0, "主体施工"], [2.0, "陌生厂房项目", None, 300.0, 100.0, None], [None, "陌生厂房项目", None, 300.0, None, None], [None, "湘江电缆生产线项目", None, None, None, None], ["一", "产业项目（3个）", None, None, None, None],
    ["一、", "产业项目", None, 900.0, 300.0, None], ["一、产业项目（3个）", None, None, None, None, None], [None, "（一）续建", None, 300.0, None, None], [None, "产业发展", None, None, None, None], [None, "开云镇（3个）", None, None, None, None], [None, "开云镇", None, None, None, None],
    ["合计", None, None, 900.0, 300.0, "共6个"], [None, "合计：6个项目", None, 900.0, None, None], [None, "小计", None, 300.0, 100.0, None], [None, "衡南县", None, 7.0, 7.0, None], [None, "衡南县小计", None, 7.0, 7.0, None], [3.0, "合计", None, 1.0, 1.0, None],
    [None, "其中：一期", None, 100.0, 50.0, None], ["①", "二期工程", None, 200.0, 50.0, None], ["1.1", "子项", None, 5.0, 5.0, None], ["(1)", "子项", None, 5.0, None, None], [None, "（1）子项", None, 5.0, None, None], ["其中", "省重点（2个）", None, 1.0, None, None],
    [None, "湘江电缆生产线项目—设备", None, 50.0, None, None], [None, None, None, None, None, "接上行的话"], [None, None, None, 12.0, 13.0, None], [None, "项目", None, None, None, None], [None, "项目", None, 12.0, 13.0, None], [4.0, None, None, None, None, None], [4.0, None, None, 5.0, None, None], [None] * 6,
    ["注：本表单位万元", None, None, None, None, None], ["填报人：张三", None, "审核人：李四", None, None, None], ["1", "2", "3", "4", "5", "6"], HEAD, [None, "项目名称", None, "总投资", "备注", None], [5.0, "盐卤材料\n（二期）", None, "1,000", "—", "停工"], [None, None, "HY2023-001", 5.0, None, None],
    ["二", None, None, None, None, None], [None, "陌生厂房", None, None, None, "按期推进"], [6.0, "湘江电缆", None, None, None, "按期推进"], [None, "说明：以上为快报数，以统计局核定为准，请各单位核对后上报市重点办", None, None, None, None])


def _project(words: str) -> bool:
    return (words.startswith("湘江电缆生产线") and "—" not in words) or words == "湘江电缆项目"


def _told(rows: list[list[CellValue]], layout: Layout, merges: tuple[Span, ...] = ()) -> str:
    sheet = Sheet("表", [HEAD, *rows], merges)
    head = find_head(sheet)
    if head is None:
        return "no head"
    return "; ".join(f"{r.kind.value}{f' {r.name}' if r.name else ''}{f' {r.declared}' if r.declared is not None else ''}{f' +{list(r.continued)}' if r.continued else ''}{f' parts {list(r.parts)}' if r.parts else ''}"
                     for r in sort_rows(sheet, head, layout, _project, lambda words: words == "衡南县"))


FULL = Layout(serial=1, name=2, codes=(3,), money=(4, 5), texts={6: Field.PROGRESS_TEXT})


def _name(row: list[CellValue]) -> str:
    return "|".join("" if v is None else str(v)[:8] for v in row)


def test_each_kind_of_row_after_each_other() -> None:
    def lines() -> Iterator[str]:
        for one, other in product(ROWS, ROWS):
            yield f"{_name(one)} → {_name(other)}: {_told([one, other], FULL)}"

    hold(KEPT / "row_pairs.txt", lines())


def test_rows_of_narrower_tables_and_after_notes() -> None:
    def lines() -> Iterator[str]:
        for row in ROWS:
            yield f"{_name(row)}: alone {_told([row], FULL)} | no serial {_told([ROWS[0], row], Layout(0, 2, (), (4, 5), {6: Field.PROGRESS_TEXT}))} | no name {_told([ROWS[0], row], Layout(1, 0, (3,), (4, 5), {}))} | no money {_told([ROWS[0], row], Layout(1, 2, (), (), {6: Field.PROGRESS_TEXT}))}"
            yield f"  after a note {_told([ROWS[31], row, ROWS[0], row], FULL)}"
            yield f"  merged {_told([ROWS[0], row], FULL, (Span(3, 1, 3, 6),))} | {_told([ROWS[0], row], FULL, (Span(2, 2, 3, 2),))} | {_told([row, ROWS[24], ROWS[24]], FULL)} | {_told([ROWS[17], row], FULL)} | {_told([ROWS[11], ROWS[22], row], FULL)}"
        for words in ("一、", "（一）", "1.", "1、", "（1）", "①", "⑴", "第一类", "甲", "", "十二、", "一百、", "(十)", "1.1", "１．", "Ⅰ", "A."):
            yield f"{words}: {section_depth(words)}"

    hold(KEPT / "row_tables.txt", lines())


HEAD_ROWS: tuple[list[CellValue], ...] = (
    ["衡南县2023年6月重点项目进展情况表", *[None] * 5], ["填报单位：衡南县", None, None, None, "单位：万元", None], HEAD, ["序号", "项目名称", "投资情况", None, None, "备注"], [None, None, "总投资", "本月完成投资", "1-6月累计", None], ["（万元）"] * 3 + [None] * 3, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [None] * 6,
    ["项目", "总投", "年度", "完成", "累计", "备"], ["名称", "资", "计划", "投资", "完成", "注"], [1.0, "湘江电缆生产线项目", "HY2023-001", 300.0, 100.0, "主体"], ["类别", "个数", "总投资", None, None, None], ["产业发展", 3.0, 900.0, None, None, None], ["开云镇", None, None, None, None, None],
    ["No.", "Project", "Code", "Total", "Month", "Progress"], ["序号", "业主单位", "建设地点", "建设性质", "开工时间", "联系人"], ["本表所列项目为市政府年初确定的重点建设项目，共二十六个，请各县市区按月报送进展情况，逾期未报的予以通报", *[None] * 5])


def test_each_row_of_a_head_after_each_other() -> None:
    """Where the head is found, how deep it is, what stands over each column; merges and blanks among its rows."""
    data = [HEAD_ROWS[10], [2.0, "蒸水厂", "HY2023-002", 5.0, 1.0, None]]

    def lines() -> Iterator[str]:
        for one, other, third in product(HEAD_ROWS, HEAD_ROWS, (None, 4, 6, 7)):
            grid = [one, other, *([HEAD_ROWS[third]] if third is not None else []), *data]
            sheet = Sheet("表", [list(r) for r in grid])
            found, loose = find_head(sheet), find_any_head(sheet)
            paths = "" if found is None else " ".join(f"{c}:{'/'.join(p)}" for c, p in found.paths.items())
            yield f"{_name(one)[:24]} → {_name(other)[:24]} → {third}: {found and found.rows} {loose and loose.rows} {paths}"
        for at, (down, right) in product(range(1, 7), ((1, 0), (0, 1), (0, 2), (1, 1), (2, 0))):
            for top in (1, 2):
                sheet = Sheet("表", [list(HEAD_ROWS[0]), list(HEAD_ROWS[3]), list(HEAD_ROWS[4]), *map(list, data)], (Span(top, at, top + down, min(6, at + right)),))
                found = find_head(sheet)
                yield f"merged {top}/{at} {down} {right}: {found and found.rows} {found and found.paths} {found and sorted(found.origins.items())} {[is_title_row(sheet, r) for r in (1, 2, 3)]}"
        for blank in range(26, 34):
            sheet = Sheet("表", [*([None] * 6 for _ in range(blank)), list(HEAD), *map(list, data)])
            found = find_head(sheet)
            yield f"{blank} blank rows above: {found and found.rows}"
        for many in range(1, 5):
            sheet = Sheet("表", [*(list(r) for _ in range(many) for r in (HEAD_ROWS[11], HEAD_ROWS[12], HEAD_ROWS[12], HEAD_ROWS[7])), list(HEAD), *map(list, data)])
            found = find_head(sheet)
            yield f"{many} summaries above: {found and found.rows}"
        sheet = Sheet("表", [list(r) for r in HEAD_ROWS])
        told = HeadLines(sheet)
        for row, depth in product(range(1, len(HEAD_ROWS) - 2), (1, 2, 3)):
            yield f"score of {row} and {depth}: {score(told, row, depth)} {is_title_row(sheet, row)}"
        for first in range(2, 9):
            head = find_any_head(sheet, first)
            above = words_above(sheet, head) if head else None
            yield f"from {first}: {head and head.rows} {above and above.title} {above and above.lines} {above and above.unit}"

    hold(KEPT / "head_pairs.txt", lines())
