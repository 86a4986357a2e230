"""What blank tables of every kind are planned to be filled with, held against what was looked at.

No file is written: a form's plan is a pure function of its grid and of what the ledger holds. Heads, rows, units, formats and
values that stand there already are changed one at a time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from hydesk.domain.cell_manner import CellManner
from hydesk.domain.grid import Book, CellValue, Sheet, Span
from hydesk.domain.scopes.grammar import parse_scope
from hydesk.domain.scopes.scope import Scope
from hydesk.returns.forms.fill_plan import plan_form
from hydesk.returns.forms.fill_table import FormCells
from hydesk.services.forms.fill_form import FormLedger
from tests.kept import hold
from tests.services.forms.test_drawn_forms import told

KEPT = Path(__file__).parent / "kept"
Rows = Sequence[Sequence[CellValue]]
Plan = Callable[..., Iterator[str]]
NAMES = ("凌云大数据中心项目", "五一街道疾控中心迁建项目", "鼎盛放射性药物研发生产项目", "天雁农产品批发交易中心项目")


@pytest.fixture
def plan(known: FormLedger) -> Plan:
    """Plans a form of these rows, as lines."""
    def planned(rows: Rows, *, merges: Sequence[Span] = (), manner: CellManner | None = None, formula: tuple[int, int] = (0, 0), scope: Scope | None = None, results: bool = False, name: str = "表.xlsx", sheet: str = "Sheet1") -> Iterator[str]:
        cells = FormCells(lambda *_: manner or CellManner(), lambda _, r, c: (r, c) == formula, results=results)
        grid = Sheet(sheet, [list(r) for r in rows], tuple(merges))
        return told(plan_form(Book(name, (grid,), "xlsx"), known.known.snapshot, known.known.index, known.holdings, cells, scope, known.years))
    return planned


def short(lines: Iterator[str]) -> str:
    """The lines in one, without the names of rows."""
    return " ⏎ ".join(x.strip() for x in list(lines)[1:] if not x.strip().startswith(tuple("0123456789")) or "/" in x.split(" ")[4][:6])


TIMES = ("", "本月", "6月", "5月", "上月", "1-6月累计", "1-5月", "年初至今", "2023年", "2022年", "截至2022年底", "自开工累计", "去年同期", "二季度", "7月", "上旬", "本周", "截至6月底")
WHATS = ("完成投资（万元）", "计划投资（亿元）", "到位资金", "入统投资", "完成率（%）", "占总投资（%）", "累计", "形象进度", "排名")
HEADS = ("总投资（元）", "总投资/概算", "建设单位", "责任单位及责任人", "联系人及电话", "联系电话", "开竣工时间", "开工时间", "实际（计划）开工时间", "计划竣工时间", "是否开工", "是否已开工建设", "建设性质", "县市区", "项目类别", "市级联系领导", "建设内容及规模",
         "建设起止年限", "备注", "投资项目统一代码", "到位资金占年度计划比例（%）", "到位率", "入统率（%）", "同比增速（%）", "时间进度（%）", "超（欠）进度", "存在问题及建议", "下月工作计划", "年度目标", "用地面积（亩）", "力争完成投资", "已拨付资金", "累计完成投资", "实际完成投资", "序号", "市重点编号", "项目名称及建设单位",
         "项目状态", "当月完成", "全年完成投资占比")


def test_heads_of_lists(plan: Plan) -> None:
    def lines() -> Iterator[str]:
        for head in (*(f"{t}{w}" for t, w in product(TIMES, WHATS)), *HEADS):
            rows = [["市直单位2023年6月重点项目表"], ["单位：万元"], ["序号", "项目名称", "年度计划投资", head, "占年度计划（%）"], [1.0, NAMES[3], None, None, None], [2.0, NAMES[0], None, None, None]]
            yield f"{head}: {short(plan(rows))}"

    hold(KEPT / "plan_heads.txt", lines())


SUMS = ("项目个数", "个数（个）", "总投资（亿元）", "年度计划投资", "1-6月累计完成投资", "本月完成投资", "完成率（%）", "完成率排名", "排名", "新建项目个数", "省重点项目数", "10亿元以上项目个数", "亿元以上项目数", "滞后项目数", "严重滞后项目数", "已开工项目数", "开工率（%）",
        "到期未开工", "计划新开工（个）", "已竣工", "竣工率", "应开工开工率", "开复工率", "超（欠）时间进度（百分点）", "时间进度", "占总投资（%）", "资金到位率（%）", "入统率", "占年度计划%", "累计完成投资", "未报送项目数", "贷款户数", "力争完成投资", "产业项目总投资", "上月完成投资", "5月完成投资", "去年同期完成投资",
        "本月完成占年度计划%", "存在问题", "备注", "序号", "新建", "5000万元以上项目数", "5亿元至10亿元项目数")
GROUPS = ("", "省重点", "投资完成情况（万元）", "项目个数（个）")


def test_heads_of_summaries(plan: Plan) -> None:
    def lines() -> Iterator[str]:
        for group, head in product(GROUPS, SUMS):
            if group and len(head) > 7:
                continue
            top: Rows = [["县市区", "项目个数", group or head], ["", "", head if group else ""]] if group else [["县市区", "项目个数", head]]
            rows = [["重点项目汇总表"], *top, ["衡南县", None, None], ["南岳区", None, None], ["全市", None, None]]
            yield f"{group}/{head}: {short(plan(rows))}"

    hold(KEPT / "plan_sums.txt", lines())


def test_rows_of_summaries(plan: Plan) -> None:
    rows_of: dict[str, Sequence[str]] = {
        "units": ("衡南县", "县市区小计", "高新区", "园区小计", "合计"), "classes": ("产业发展", "基础设施类", "社会民生项目", "合计"), "sizes": ("10亿元以上", "5亿元至10亿元", "1亿-5亿元", "1亿元以下", "合计"), "natures": ("新建", "续建", "预备", "总计"),
        "levels": ("省重点", "市重点", "合计"), "within": ("合计", "其中：新建", "产业发展", "其中：续建"), "numbered": ("一、产业发展", "（一）新建", "（二）续建", "二、基础设施", "合计"), "unknown": ("衡南县", "不知道县", "合计"), "leaders": ("全市", "县市区", "园区", "市直单位"),
        "mixed": ("衡南县", "新建", "续建", "南岳区", "新建", "续建"), "empty": ("", "", "", "合计"), "one": ("衡南县",)}

    def lines() -> Iterator[str]:
        for name, rows in rows_of.items():
            for head in ("县市区", "项目", ""):
                grid: Rows = [["2023年6月重点项目汇总表（单位：亿元）"], ["序号", head, "项目个数", "总投资", "1-6月累计完成投资", "完成率（%）", "排名"], *([float(n), r, *[None] * 5] for n, r in enumerate(rows, 1))]
                yield f"== {name} {head}"
                yield from list(plan(grid))[1:]

    hold(KEPT / "plan_rows.txt", lines())


def test_cells_that_show_or_hold_something_already(plan: Plan) -> None:
    manners = {"": CellManner(), "0.00": CellManner("0.00"), "0": CellManner("0"), "#,##0.0": CellManner("#,##0.0"), "0%": CellManner("0%"), "0.00%": CellManner("0.00%"), "万": CellManner('0!.0,"万元"', 10_000, "万元"), "yyyy年m月": CellManner('yyyy"年"m"月"'),
               "yyyy-mm-dd": CellManner("yyyy-mm-dd"), "@": CellManner("@"), "like": CellManner(dates_like="2023.05"), "like day": CellManner(dates_like="2023-05-01"), "like Chinese": CellManner(dates_like="2023年5月"), "[h]:mm": CellManner("[h]:mm"), '"m"0': CellManner('"m"0')}
    heads = ["序号", "项目名称", "总投资（亿元）", "开工时间", "1-6月累计完成投资", "完成率（%）", "形象进度"]

    def lines() -> Iterator[str]:
        for name, manner in manners.items():
            yield f"== {name} {manner.percent} {manner.shows_days} {manner.shows_day_of_month} {manner.places}"
            yield from list(plan([["市直单位重点项目表"], heads, [1.0, NAMES[3], *[None] * 5], [2.0, NAMES[2], *[None] * 5]], manner=manner))[1:]
        for at, value in product(range(2, 7), (0.0, 1.0, 13.312, 13.3121, 13.313, "13.312", "—", "待填", "12363.61", 12_363.61, 12_363.62, 0.5, "2023年1月", "=")):
            row: list[CellValue] = [1.0, NAMES[3], *[None] * 5]
            row[at] = value
            yield f"{at} {value}: {short(plan([['市直单位重点项目表'], heads, row, [2.0, NAMES[2], *[None] * 5]]))}"
        for at, results in product(range(2, 7), (False, True)):
            row = [1.0, NAMES[3], *[None] * 5]
            row[at] = 0.0
            yield f"formula at {at} {results}: {short(plan([['市直单位重点项目表'], heads, row, ['合计', None, 0.0, None, 0.0, None, None]], formula=(3, at + 1), results=results))}"

    hold(KEPT / "plan_cells.txt", lines())


def test_scopes_titles_and_rows_that_are_too_few(plan: Plan) -> None:
    heads = ["序号", "项目名称", "年度计划投资（万元）", "形象进度"]
    titles = ("2023年6月重点项目表", "市直单位重点项目表", "衡南县2023年5月重点项目表", "衡南县、南岳区重点项目表", "南岳区产业发展类重点项目表", "南岳区新建项目表", "总投资10亿元以上重点项目表", "省重点项目表", "水口山经开区亿元以上工业项目表", "2022年重点项目表", "附件1", "南岳区滞后项目表", "全市重点项目表", "南岳区（盖章）", "填报单位：南岳区", "衡山科学城未开工项目", "南岳区续建产业发展项目")

    def lines() -> Iterator[str]:
        for title, blank in product(titles, (1, 3)):
            rows: list[list[CellValue]] = [[title], heads, *([float(n), None, None, None] for n in range(1, blank + 1)), ["合计", None, None, None]]
            yield f"== {title} {blank}"
            yield from (x if x.startswith(("Sheet", "  left", "  added", "  warning", "  note", "  error")) else f"  {x.strip().split(' ')[0]}" for x in list(plan(rows))[1:12])
        for scope in ("unit=南岳区", "class=产业发展;unit=南岳区|衡山科学城", "size>=30亿;unit=市直单位"):
            yield f"== {scope}: {short(plan([['市直单位重点项目表'], heads, [None] * 4, [None] * 4], scope=parse_scope(scope)))}"
        for name, sheet in (("南岳区6月.xlsx", "Sheet1"), ("表.xlsx", "南岳区"), ("衡南县.xlsx", "南岳区"), ("表.xlsx", "填表说明"), ("6月.xlsx", "5月")):
            yield f"== {name} {sheet}: {short(plan([['重点项目表'], heads, [None] * 4, [None] * 4], name=name, sheet=sheet))}"

    hold(KEPT / "plan_scopes.txt", lines())


PUT: tuple[CellValue, ...] = (None, "合计", "小计", "序号", "项目名称", 7.0, "其中：新建", "一、产业发展", "单位：亿元", "无", "总投资", "南岳区", "注：不含预备项目", "凌云大数据中心项目", "2022年", "（万元）", "1-6月累计", "完成率")


def test_forms_with_one_thing_changed(plan: Plan) -> None:
    forms: dict[str, Rows] = {
        "list": [["市直单位2023年6月重点项目表"], ["单位：万元"], ["序号", "项目名称", "总投资", "投资完成情况", "", "形象进度"], ["", "", "", "6月", "1-6月", ""], [1.0, NAMES[3], *[None] * 4], [2.0, NAMES[2], *[None] * 4], ["合计", *[None] * 5], ["填表人："]],
        "summary": [["重点项目汇总表"], ["单位：亿元"], ["序号", "县市区", "项目个数", "总投资", "完成投资", "完成率（%）"], [1.0, "衡南县", *[None] * 4], [2.0, "南岳区", *[None] * 4], ["合计", *[None] * 5]],
        "card": [["重点项目情况卡"], ["项目名称", NAMES[3], "业主单位", None], ["总投资（万元）", None, "年度计划投资（万元）", None], ["1-6月累计完成投资（万元）", None, "开工时间", None], ["形象进度", None, None, None], ["存在问题", None, None, None]],
        "columns": [["重点项目对比表（单位：亿元）"], ["项目名称", NAMES[3], NAMES[2], NAMES[0]], ["总投资", None, None, None], ["年度计划投资", None, None, None], ["完成率（%）", None, None, None], ["形象进度", None, None, None]]}

    def lines() -> Iterator[str]:
        for name, rows in forms.items():
            rng, before = random.Random(name), list(plan(rows))
            yield f"== {name}"
            yield from before[1:]
            for _ in range(45):
                r, c, value = rng.randrange(len(rows)), rng.randrange(len(rows[2])), rng.choice(PUT)
                grid = [[*row, *[None] * (6 - len(row))] for row in rows]
                grid[r][c] = value
                now = list(plan(grid))
                yield f"{r + 1}/{c + 1} {value}: −{sum(x not in now for x in before)} {' ⏎ '.join(x.strip() for x in now if x not in before)}"

    hold(KEPT / "plan_aside.txt", lines())


def test_rates_by_what_stands_to_their_left_and_two_summaries_on_a_sheet(plan: Plan) -> None:
    lefts: Sequence[Sequence[str]] = (("1-6月累计完成投资",), ("自开工累计完成投资", "总投资"), ("到位资金", "1-6月累计完成投资"), ("1-6月累计完成投资", "自开工累计完成投资"), ("入统投资", "本月完成投资"), ("总投资",))
    rates = ("完成率（%）", "占总投资（%）", "占年度计划（%）", "占总投资比例", "到位率", "入统率", "本月完成占年度计划%", "累计完成率", "总投资完成率（%）", "完成比例（‰）", "同比增速（%）", "占比")

    def lines() -> Iterator[str]:
        for left, rate in product(lefts, rates):
            yield f"{' '.join(left)} | {rate}: {short(plan([['市直单位2023年6月重点项目表'], ['单位：万元'], ['序号', '项目名称', *left, rate], [1.0, NAMES[3], *[None] * (len(left) + 1)]]))}"
        head: list[CellValue] = ["县市区", "项目个数", "总投资（亿元）"]
        tables: dict[str, Rows] = {
            "two": [["汇总表"], head, ["衡南县", None, None], ["合计", None, None], [None] * 3, ["类别", "项目个数", "总投资（亿元）"], ["产业发展", None, None], ["合计", None, None]],
            "open below": [["汇总表"], head, [None] * 3, ["合计", None, None], ["类别", "项目个数", "总投资（亿元）"], [None] * 3], "above a list": [["汇总表"], head, ["衡南县", None, None], ["合计", None, None], ["序号", "项目名称", "总投资（万元）", "形象进度"], [1.0, NAMES[3], None, None]],
            "below a list": [["序号", "项目名称", "总投资（万元）", "形象进度"], [1.0, NAMES[3], None, None], [None] * 4, head, ["衡南县", None, None], ["合计", None, None]], "only a head": [["汇总表"], head], "three": [["汇总表"], head, ["衡南县", None, None], head, ["南岳区", None, None], head, ["高新区", None, None]]}
        for name, rows in tables.items():
            yield f"== {name}"
            yield from list(plan(rows))[1:]

    hold(KEPT / "plan_rates.txt", lines())
