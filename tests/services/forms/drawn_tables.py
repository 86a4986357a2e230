"""Blank forms of many shapes with what belongs into each of their cells, drawn from the exported ledger alone.

Nothing here reads hydesk's own understanding: heads are written from lists, truths are reckoned from the export.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from tests.services.forms.exported import Exported

UNITS = {"万元": 10_000, "亿元": 100_000_000, "元": 1, "千元": 1000}
MONEY = {
    "total_investment": ("总投资", "项目总投资", "投资总额", "计划总投资", "总投资额", "估算总投资", "概算总投资", "投资规模"),
    "invested_before": ("至{last}年底累计完成投资", "截至上年底累计完成投资", "截止{last}年底累计完成投资", "{last}年底前累计完成投资", "以前年度完成投资", "截至{last}年底完成投资"),
    "annual_plan": ("年度计划投资", "{year}年计划投资", "今年计划投资", "年度投资计划", "本年度计划投资", "全年计划投资"),
    "month_investment": ("本月完成投资", "当月完成投资", "{m}月完成投资", "{m}月份完成投资", "本月实际完成投资", "{m}月当月完成", "本月投资完成额"),
    "year_investment": ("1-{m}月累计完成投资", "年初至本月累计完成投资", "自元月至{m}月累计完成", "当年累计完成投资", "本年累计完成投资", "1～{m}月累计完成", "今年以来累计完成投资"),
    "total_invested": ("开工累计完成投资", "自开工累计完成投资", "自开始建设累计完成投资", "开工至今累计完成投资"),
    "funds_arrived": ("到位资金", "累计到位资金", "资金到位额"),
    "statistics_month": ("当月入库", "本月入统投资"), "statistics_year": ("当年累计入库", "入统投资", "当年累计入统投资"),
}
FACT = {
    "builder": ("业主单位", "建设单位", "项目业主", "项目法人"), "responsible_unit": ("责任单位", "牵头单位", "主管部门"),
    "location": ("建设地点", "建设地址", "项目地点"), "category": ("项目类别", "类别"), "nature": ("建设性质", "新建/续建"),
    "scale": ("建设规模及内容", "主要建设内容", "建设内容及规模"), "reporting_unit": ("县市区", "所属县市区", "填报单位"), "level": ("项目级别", "级别"),
    "city_leader": ("市级联系领导", "联系市领导"), "industry": ("优势产业", "所属产业"), "contact": ("联系人",), "approval_code": ("投资项目统一代码", "在线审批代码")}
TEXT = {
    "progress_text": ("形象进度", "工程形象进度", "项目进展情况", "截至{m}月底形象进度"), "problem_text": ("存在问题", "存在的主要问题", "需协调解决的问题"),
    "next_work_text": ("下月工作计划", "下步工作计划", "下一步工作安排")}
TRAPS = (
    "应完成投资（万元）", "力争完成投资", "预计全年完成投资（万元）", "下月计划完成投资", "贷款余额（万元）", "征拆户数（户）", "用地面积（亩）", "设计单位名称甲", "同比增速（%）",
    "{m}月应完成投资", "税收（万元）", "安全员", "合同金额（万元）", "债券资金安排（万元）", "已拨付资金（万元）", "排名", "用电量（万千瓦时）", "本月上旬完成投资")
_THIN = Side(style="thin")
_BOX = Border(_THIN, _THIN, _THIN, _THIN)
RATES = {("year_investment", "annual_plan"): ("占年度计划（%）", "年度计划完成率（%）", "完成率（%）")}


@dataclass
class DrawnForm:
    """A blank form and its truth: by sheet, row and column the number or words that belong there; ``open_cells`` are those of
    columns that ask for what no ledger knows; all other cells stay as they are."""

    name: str
    content: bytes
    kind: str
    cells: dict[tuple[str, int, int], Any] = field(default_factory=dict)
    unknown: set[tuple[str, int, int]] = field(default_factory=set)
    """Cells that the ledger has nothing for: they stay blank."""
    may: set[tuple[str, int, int]] = field(default_factory=set)
    """Cells that may be filled or not (words that are blank in the ledger, running numbers)."""
    scope: str | None = None


class Tables:
    """What forms are made of: heads, titles, plain tables, for one ledger and month, by a seed."""

    def __init__(self, exported: Exported, period: str, seed: int) -> None:
        self.ex, self.period, self.random = exported, period, random.Random(seed)
        self.year, self.month = int(period[:4]), int(period[5:])

    # -- what belongs where

    def head(self, names: tuple[str, ...]) -> str:
        return self.random.choice(names).format(year=self.year, last=self.year - 1, m=self.month)

    def amount(self, code: str, name: str, unit: int, period: str | None = None) -> Decimal | None:
        value = self.ex.value(code, name, period or self.period)
        return None if value is None else Decimal(value) / unit

    def words(self, code: str, name: str) -> str:
        if name in TEXT:
            return self.ex.newest_text(code, name, self.period)
        value = self.ex.facts[code].get(name)
        return "" if value is None else str(value)

    def columns(self, money: int = 5, facts: int = 2, texts: int = 1, traps: int = 1) -> list[tuple[str, str, str]]:
        """(kind, field, head) of columns, amounts without their unit."""
        r = self.random
        chosen = [("money", f, self.head(MONEY[f])) for f in r.sample([f for f in MONEY if f not in ("statistics_month", "statistics_year")], money)]
        if r.random() < 0.25:
            chosen.append(("money", "statistics_year", self.head(MONEY["statistics_year"])))
        order = {f: n for n, f in enumerate(MONEY)}
        chosen.sort(key=lambda c: order[c[1]])
        front = [("fact", f, self.head(FACT[f])) for f in r.sample(sorted(FACT), facts)]
        back = [("text", f, self.head(TEXT[f])) for f in r.sample(sorted(TEXT), texts)]
        trap = [("trap", "", self.head((t,))) for t in r.sample(TRAPS, traps)]
        rest = chosen + (trap if r.random() < 0.5 else [])
        return [*front, *rest, *back, *(trap if trap and trap[0] not in rest else []), *([("trap", "", "备注2")] if r.random() < 0.1 else [])]

    def unit_codes(self) -> tuple[str, list[str]]:
        units = sorted({f["reporting_unit"] for f in self.ex.facts.values()})
        unit = self.random.choice(units)
        return unit, [c for c, f in self.ex.facts.items() if f["reporting_unit"] == unit]

    def spell(self, words: str) -> str:
        r = self.random.random()
        if r < 0.12 and len(words) <= 5 and words.isalpha():
            return " ".join(words)
        if r < 0.2 and len(words) > 6 and "（" not in words:
            return words[: len(words) // 2] + "\n" + words[len(words) // 2:]
        return words

    def title(self, ws: Any, unit: str, width: int, unit_said: str | None, more: str = "") -> int:
        """Title, unit line and what else stands above a head; answers the head's first row."""
        r = self.random
        row = 1
        if r.random() < 0.25:
            ws.cell(row, 1, f"附件{r.randint(1, 5)}")
            row += 1
        titles = (f"{unit}{self.year}年重点建设项目进度表", f"{self.year}年{self.month}月{unit}重点项目投资完成情况表", f"{unit}重点项目建设进度表（1-{self.month}月）",
                  f"{unit}{more}重点项目调度表（截至{self.month}月底）")
        ws.cell(row, 1, (more and titles[3]) or r.choice(titles)).font = Font(bold=True, size=16)
        if width > 3 and r.random() < 0.8:
            ws.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        row += 1
        line = r.random()
        if line < 0.7 or unit_said:
            ws.cell(row, 1, f"填报单位：{unit}" if unit and r.random() < 0.6 else f"填表日期：{self.year}年{self.month + 1}月5日")
            if unit_said:
                ws.cell(row, max(width - 1, 2), r.choice((f"单位：{unit_said}", f"金额单位：{unit_said}", f"（单位：{unit_said}）")))
            row += 1
        return row

    def unit_of_money(self) -> tuple[str, str]:
        """The unit and where it is said: head or line."""
        r = self.random
        return r.choices(("万元", "亿元", "元"), (7, 2, 1))[0], r.choice(("head", "line"))

    def table(self, ws: Any, unit: str, codes: list[str], columns: list[tuple[str, str, str]], form: DrawnForm, *, named: bool = True,
              slots: int | None = None, total: str = "", group: bool = True, top: int | None = None, more: str = "", serial: bool = True,
              formula_total: bool = False) -> int:
        """A plain table into ``ws``; answers the row after it."""
        said, where = self.unit_of_money()
        row = self.title(ws, unit, len(columns) + 2, said if where == "line" else None, more) if top is None else top
        heads = self._all_heads(columns)
        unit_by_column, row = self._write_heads(ws, row, heads, said, in_heads=where == "head", group=group)
        if self.random.random() < 0.15:
            for n in range(len(heads)):
                ws.cell(row, n + 1, n + 1)
            row += 1
        begin = row
        if total == "top":
            row += 1
        first = row
        count = len(codes) if slots is None else slots
        self._write_slots(ws, first, heads, codes, count, named=named, serial=serial)
        row += count
        for at, code in enumerate(codes):
            # Rows that are too few are made before the last empty one; the last keeps its place at the end.
            for n, (k, f, _) in enumerate(heads):
                self.truth(form, (ws.title, first + at, n + 1), k, f, code, unit_by_column[n], named=named)
        if total:
            final = row + max(0, len(codes) - count) if total == "bottom" else begin
            self._write_total(ws, row if total == "bottom" else begin, final, range(first, first + count), heads, codes, form, unit_by_column,
                              formula=formula_total)
            row += total == "bottom"
        if self.random.random() < 0.5:
            ws.cell(row, 1, self.random.choice(("填表人：        审核人：", "注：数据截至月底。", "单位负责人：      填表人：")))
            row += 1
        ws.column_dimensions["B"].width = 30
        return row

    def _all_heads(self, columns: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """``columns`` behind the running number, sometimes the code, and the name."""
        r = self.random
        coded = r.random() < 0.4
        return [("serial", "", "序号")] + ([("code", "", r.choice(("市重点编号", "项目编号")))] if coded else []) + [("name", "", r.choice(("项目名称", "工程名称", "重点项目名称", "项目名称（全称）")))] + columns

    def _write_heads(self, ws: Any, row: int, heads: list[tuple[str, str, str]], said: str, *, in_heads: bool, group: bool) -> tuple[dict[int, int], int]:
        """The head in one or two rows; the unit of each column and the row below."""
        r = self.random
        unit_by_column = {}
        deep = group and r.random() < 0.4 and sum(k == "money" for k, _, _ in heads) >= 3
        done = [n for n, (k, f, _) in enumerate(heads) if k == "money" and f in ("month_investment", "year_investment", "total_invested")]
        grouped = deep and len(done) >= 2 and done == list(range(done[0], done[-1] + 1))
        for n, (k, _, words) in enumerate(heads):
            own = said
            if k == "money" and in_heads:
                own = said if r.random() < 0.85 else r.choice(("万元", "亿元"))
                words += r.choice((f"（{own}）", f"({own})", f"\n（{own}）"))
            unit_by_column[n] = UNITS[own]
            c = ws.cell(row + 1 if grouped and n in done else row, n + 1, self.spell(words) if k != "money" else words)
            c.alignment, c.fill = Alignment(wrap_text=True, horizontal="center"), PatternFill("solid", fgColor="DDEBF7")
            if grouped and n not in done:
                ws.merge_cells(start_row=row, start_column=n + 1, end_row=row + 1, end_column=n + 1)
        if grouped:
            ws.cell(row, done[0] + 1, r.choice(("投资完成情况", "完成投资情况")))
            ws.merge_cells(start_row=row, start_column=done[0] + 1, end_row=row, end_column=done[-1] + 1)
        return unit_by_column, row + (2 if grouped else 1)

    def _write_slots(self, ws: Any, first: int, heads: list[tuple[str, str, str]], codes: list[str], count: int, *, named: bool, serial: bool) -> None:
        """``count`` rows to be filled, with names and numbers where those stand."""
        number_kind = self.random.choice(("General", "0.00", "#,##0.00", "0.0000"))
        for at in range(count):
            for n, (k, _, _) in enumerate(heads):
                c = ws.cell(first + at, n + 1)
                c.border = _BOX
                if k == "money":
                    c.number_format = number_kind
                if named and at < len(codes):
                    if k == "name":
                        name = self.ex.facts[codes[at]]["name"]
                        c.value = self.random.choice((name, name, name, f"★{name}", f"{name} "))
                    elif k == "code":
                        c.value = codes[at]
                if k == "serial" and serial:
                    c.value = at + 1

    def _write_total(self, ws: Any, row: int, final: int, rows: range, heads: list[tuple[str, str, str]], codes: list[str], form: DrawnForm,
                     units: dict[int, int], *, formula: bool) -> None:
        """A row of sums over ``rows``, which stands in ``final`` once the form is filled."""
        ws.cell(row, 1, self.random.choice(("合计", "总计", "合  计")))
        for n, (k, f, _) in enumerate(heads):
            c = ws.cell(row, n + 1)
            c.border = _BOX
            if k != "money":
                continue
            if formula:
                letter = get_column_letter(n + 1)
                c.value = f"=SUM({letter}{rows.start}:{letter}{rows.stop - 1})"
                continue
            told = [self.amount(code, f, units[n]) for code in codes]
            if all(t is not None for t in told) or (f in ("total_investment", "annual_plan") and any(t is not None for t in told)):
                form.cells[ws.title, final, n + 1] = sum(t for t in told if t is not None)
            else:
                form.unknown.add((ws.title, final, n + 1))

    def truth(self, form: DrawnForm, at: tuple[str, int, int], kind: str, f: str, code: str, unit: int, *, named: bool) -> None:
        """What belongs into one cell."""
        if kind == "money":
            value = self.amount(code, f, unit)
            if value is None:
                form.unknown.add(at)
            else:
                form.cells[at] = value
        elif kind == "fact":
            words = self.words(code, f)
            if words:
                form.cells[at] = words
            else:
                form.unknown.add(at)
        elif kind == "text":
            words = self.words(code, f)
            if words:
                form.cells[at] = words
            else:
                form.may.add(at)
        elif kind == "trap":
            form.unknown.add(at)
        elif kind == "rate":
            part, over = f.split("/")
            above, below = self.ex.value(code, part, self.period), self.ex.value(code, over, self.period)
            if above is None or not below:
                form.unknown.add(at)
            else:
                form.cells[at] = ("rate", Decimal(above) / Decimal(below))
        elif kind == "name":
            if not named:
                form.cells[at] = self.ex.facts[code]["name"]
        elif kind == "code":
            if not named:
                form.cells[at] = code
        elif kind == "serial":
            form.may.add(at)

    def save(self, book: Workbook) -> bytes:
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
