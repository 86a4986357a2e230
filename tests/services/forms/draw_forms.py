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


class Drawer:
    """Draws forms for one ledger and month, by a seed."""

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

    # -- forms

    def draw(self, number: int) -> DrawnForm:
        """The form of this number: every kind in turn."""
        kinds = (self.plain, self.plain, self.emptied, self.months, self.cards, self.transposed, self.measures, self.summary, self.emptied, self.sections,
                 self.side_by_side, self.sheets, self.rates, self.summary)
        kind = kinds[number % len(kinds)]
        form = kind()
        form.name = f"{number:03d}_{form.kind}.xlsx"
        return form

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
        r = self.random
        said, where = self.unit_of_money()
        width = len(columns) + 2
        row = self.title(ws, unit, width, said if where == "line" else None, more) if top is None else top
        coded = r.random() < 0.4
        heads: list[tuple[str, str, str]] = [("serial", "", "序号")] + ([("code", "", r.choice(("市重点编号", "项目编号")))] if coded else []) + [("name", "", r.choice(("项目名称", "工程名称", "重点项目名称", "项目名称（全称）")))] + columns
        unit_by_column = {}
        deep = group and r.random() < 0.4 and sum(k == "money" for k, _, _ in columns) >= 3
        thin = Side(style="thin")
        box = Border(thin, thin, thin, thin)
        done = [n for n, (k, f, _) in enumerate(heads) if k == "money" and f in ("month_investment", "year_investment", "total_invested")]
        grouped = deep and len(done) >= 2 and done == list(range(done[0], done[-1] + 1))
        depth = 2 if grouped else 1
        for n, (k, f, words) in enumerate(heads):
            own = said
            if k == "money" and where == "head":
                own = said if r.random() < 0.85 else r.choice(("万元", "亿元"))
                words += r.choice((f"（{own}）", f"({own})", f"\n（{own}）"))
            unit_by_column[n] = UNITS[own]
            c = ws.cell(row + depth - 1 if grouped and n in done else row, n + 1, self.spell(words) if k != "money" else words)
            c.alignment, c.fill = Alignment(wrap_text=True, horizontal="center"), PatternFill("solid", fgColor="DDEBF7")
            if grouped and n not in done:
                ws.merge_cells(start_row=row, start_column=n + 1, end_row=row + 1, end_column=n + 1)
        if grouped:
            ws.cell(row, done[0] + 1, r.choice(("投资完成情况", "完成投资情况")))
            ws.merge_cells(start_row=row, start_column=done[0] + 1, end_row=row, end_column=done[-1] + 1)
        row += depth
        if r.random() < 0.15:
            for n in range(len(heads)):
                ws.cell(row, n + 1, n + 1)
            row += 1
        begin = row
        if total == "top":
            row += 1
        first = row
        count = len(codes) if slots is None else slots
        shift = max(0, len(codes) - count)
        number_kind = r.choice(("General", "0.00", "#,##0.00", "0.0000"))
        for at in range(count):
            for n, (k, _, _) in enumerate(heads):
                c = ws.cell(row, n + 1)
                c.border = box
                if k == "money":
                    c.number_format = number_kind
                if named and at < len(codes):
                    if k == "name":
                        name = self.ex.facts[codes[at]]["name"]
                        c.value = r.choice((name, name, name, f"★{name}", f"{name} "))
                    elif k == "code":
                        c.value = codes[at]
                if k == "serial" and serial:
                    c.value = at + 1
            row += 1
        for at, code in enumerate(codes):
            # Rows that are too few are made before the last empty one; the last keeps its place at the end.
            here = first + at
            for n, (k, f, _) in enumerate(heads):
                self.truth(form, (ws.title, here, n + 1), k, f, code, unit_by_column[n], named=named)
        if total:
            here = row if total == "bottom" else begin
            ws.cell(here, 1, r.choice(("合计", "总计", "合  计")))
            for n, (k, f, _) in enumerate(heads):
                c = ws.cell(here, n + 1)
                c.border = box
                if k == "money":
                    final = here + (shift if total == "bottom" else 0)
                    if formula_total:
                        letter = get_column_letter(n + 1)
                        c.value = f"=SUM({letter}{first}:{letter}{first + count - 1})"
                        continue
                    told = [self.amount(code, f, unit_by_column[n]) for code in codes]
                    if all(t is not None for t in told):
                        form.cells[ws.title, final, n + 1] = sum(t for t in told if t is not None)
                    else:
                        form.unknown.add((ws.title, final, n + 1))
            row += total == "bottom"
        if r.random() < 0.5:
            ws.cell(row, 1, r.choice(("填表人：        审核人：", "注：数据截至月底。", "单位负责人：      填表人：")))
            row += 1
        ws.column_dimensions["B"].width = 30
        return row

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

    def plain(self) -> DrawnForm:
        """Names stand; values are blank."""
        form = DrawnForm("", b"", "plain")
        book = Workbook()
        unit, codes = self.unit_codes()
        codes = self.random.sample(codes, min(len(codes), self.random.randint(4, 20)))
        self.table(book.active, unit, codes, self.columns(), form, total=self.random.choice(("", "", "bottom", "top")),
                   formula_total=self.random.random() < 0.3)
        form.content = self.save(book)
        return form

    def rates(self) -> DrawnForm:
        """Amounts with the shares of plans beside them."""
        form = DrawnForm("", b"", "rates")
        book = Workbook()
        unit, codes = self.unit_codes()
        columns = [("money", "annual_plan", self.head(MONEY["annual_plan"])), ("money", "year_investment", self.head(MONEY["year_investment"])),
                   ("rate", "year_investment/annual_plan", self.head(RATES["year_investment", "annual_plan"])),
                   ("money", "total_investment", self.head(MONEY["total_investment"])), ("money", "total_invested", self.head(MONEY["total_invested"])),
                   ("rate", "total_invested/total_investment", "占总投资（%）"), ("text", "progress_text", "形象进度")]
        self.table(book.active, unit, codes, columns, form, group=False)
        form.content = self.save(book)
        return form

    def emptied(self) -> DrawnForm:
        """Rows are empty; a scope is told by the title."""
        form = DrawnForm("", b"", "emptied")
        book = Workbook()
        r = self.random
        unit, own = self.unit_codes()
        more, test = r.choice(self.scopes())
        if r.random() < 0.4:
            more, test = "", lambda _f: True
        codes = [c for c in own if test(self.ex.facts[c])]
        whole = r.random() < 0.25 and more
        if whole:
            unit, codes = "", [c for c, f in self.ex.facts.items() if test(f)]
        if not codes:
            more, codes = "", own
        slots = r.choice((len(codes), len(codes), max(2, len(codes) // 2), 3))
        total = r.choice(("", "bottom")) if slots >= len(codes) or r.random() < 0.7 else ""
        self.table(book.active, unit, codes, self.columns(), form, named=False, slots=min(slots, len(codes)) if len(codes) > 1 else 1, total=total,
                   more=more, serial=r.random() < 0.5, formula_total=r.random() < 0.4)
        form.content = self.save(book)
        return form

    def scopes(self) -> list[tuple[str, Any]]:
        """Words of titles and the projects they mean."""
        leaders = sorted({f["city_leader"] for f in self.ex.facts.values() if f["city_leader"]})
        classes = sorted({f["category"] for f in self.ex.facts.values() if f["category"]})
        made: list[tuple[str, Any]] = [("总投资10亿元以上", lambda f: (f["total_investment"] or 0) >= 1_000_000_000),
                                       ("投资5亿元以上", lambda f: (f["total_investment"] or 0) >= 500_000_000)]
        made += [(f"{c}类", lambda f, c=c: f["category"] == c) for c in classes]
        made += [(f"{n}项目", lambda f, n=n: f["nature"] == n) for n in ("新建", "续建")]
        if leaders:
            leader = self.random.choice(leaders)
            made.append((f"{leader}联系", lambda f: f["city_leader"] == leader))
        levels = {f["level"] for f in self.ex.facts.values() if f["level"]}
        if any(x.startswith("省") for x in levels):
            made.append(("省", lambda f: str(f["level"]).startswith("省")))
        return made

    def sections(self) -> DrawnForm:
        """Sections by class, with empty rows or with names."""
        form = DrawnForm("", b"", "sections")
        book = Workbook()
        ws = book.active
        r = self.random
        unit, own = self.unit_codes()
        classes = [c for c in dict.fromkeys(f["category"] for f in self.ex.facts.values()) if any(self.ex.facts[x]["category"] == c for x in own)]
        columns = [("money", f, self.head(MONEY[f]) + "（万元）") for f in ("total_investment", "annual_plan", "year_investment")] + [("text", "progress_text", "形象进度")]
        row = self.title(ws, unit, 6, None)
        heads = [("serial", "", "序号"), ("name", "", "项目名称"), *columns]
        for n, (_, _, words) in enumerate(heads, 1):
            ws.cell(row, n, words)
        row += 1
        named = r.random() < 0.5
        at = 0
        for number, name in enumerate(classes):
            codes = [c for c in own if self.ex.facts[c]["category"] == name]
            ws.cell(row, 1, "一二三四五六"[number] + "、")
            ws.cell(row, 2, r.choice((f"{name}项目（{len(codes)}个）", f"{name}类")))
            row += 1
            for code in codes:
                at += 1
                for n, (k, f, _) in enumerate(heads, 1):
                    if named and k == "name":
                        ws.cell(row, n, self.ex.facts[code]["name"])
                    ws.cell(row, n).border = Border(bottom=Side(style="thin"))
                    self.truth(form, (ws.title, row, n), k, f, code, 10_000, named=named)
                ws.cell(row, 1, at)
                row += 1
        form.content = self.save(book)
        return form

    def months(self) -> DrawnForm:
        """A column for every month, and the sum."""
        form = DrawnForm("", b"", "months")
        book = Workbook()
        ws = book.active
        unit, codes = self.unit_codes()
        r = self.random
        row = self.title(ws, unit, 10, None)
        months = [m for m in range(1, self.month + 1)]
        style = r.choice(("{m}月完成投资（万元）", "{m}月（万元）", "{m}月份完成投资（万元）"))
        heads: list[tuple[str, str, str]] = [("serial", "", "序号"), ("name", "", "项目名称"), ("money", "annual_plan", "年度计划投资（万元）")]
        heads += [("month", str(m), style.format(m=m)) for m in months] + [("money", "year_investment", f"1-{self.month}月累计完成投资（万元）")]
        deep = style.startswith("{m}月（")
        for n, (k, _, words) in enumerate(heads, 1):
            ws.cell(row + (deep and k == "month"), n, words)
            if deep and k != "month":
                ws.merge_cells(start_row=row, start_column=n, end_row=row + 1, end_column=n)
        if deep:
            ws.cell(row, 4, f"{self.year}年完成投资")
            ws.merge_cells(start_row=row, start_column=4, end_row=row, end_column=3 + len(months))
            row += 1
        row += 1
        for at, code in enumerate(codes[:15], 1):
            ws.cell(row, 1, at)
            ws.cell(row, 2, self.ex.facts[code]["name"])
            for n, (k, f, _) in enumerate(heads, 1):
                if k == "month":
                    value = self.amount(code, "month_investment", 10_000, f"{self.year}-{int(f):02d}")
                    where = (ws.title, row, n)
                    form.unknown.add(where) if value is None else form.cells.__setitem__(where, value)
                elif k == "money":
                    self.truth(form, (ws.title, row, n), k, f, code, 10_000, named=True)
            row += 1
        form.content = self.save(book)
        return form

    def cards(self) -> DrawnForm:
        """One project a card, two to three pairs a row, stacked or a sheet each."""
        form = DrawnForm("", b"", "cards")
        book = Workbook()
        unit, codes = self.unit_codes()
        r = self.random
        several = r.random() < 0.4
        across = r.choice((2, 2, 3))
        labels = [("fact", "builder", "业主单位", 1), ("money", "total_investment", "总投资（万元）", 10_000), ("money", "annual_plan", "年度计划投资（万元）", 10_000),
                  ("money", "month_investment", self.head(MONEY["month_investment"]) + "（万元）", 10_000),
                  ("money", "year_investment", f"1-{self.month}月累计完成投资（万元）", 10_000), ("text", "progress_text", "形象进度", 1), ("text", "problem_text", "存在问题", 1)]
        row = 1
        ws = book.active
        for at, code in enumerate(r.sample(codes, min(len(codes), 4))):
            if several and at:
                ws = book.create_sheet(f"卡{at + 1}")
                row = 1
            if several or not at:
                ws.cell(row, 1, f"{unit}重点项目情况卡（{self.year}年{self.month}月）")
                ws.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2 * across)
                row += 1
            ws.cell(row, 1, "项目名称")
            ws.cell(row, 2, self.ex.facts[code]["name"])
            ws.merge_cells(start_row=row, start_column=2, end_row=row, end_column=2 * across)
            row += 1
            column = 1
            for k, f, words, unit_yuan in labels:
                if k == "text":
                    if column > 1:
                        row, column = row + 1, 1
                    ws.cell(row, 1, words)
                    ws.merge_cells(start_row=row, start_column=2, end_row=row, end_column=2 * across)
                    self.truth(form, (ws.title, row, 2), k, f, code, unit_yuan, named=True)
                    row += 1
                    continue
                ws.cell(row, column, words)
                self.truth(form, (ws.title, row, column + 1), k, f, code, unit_yuan, named=True)
                column += 2
                if column > 2 * across:
                    row, column = row + 1, 1
            if column > 1:
                row += 1
            row += 1
        form.content = self.save(book)
        return form

    def transposed(self) -> DrawnForm:
        """Projects as columns."""
        form = DrawnForm("", b"", "transposed")
        book = Workbook()
        ws = book.active
        unit, codes = self.unit_codes()
        codes = self.random.sample(codes, min(len(codes), self.random.randint(2, 7)))
        said = self.random.choice(("万元", "亿元"))
        row = self.title(ws, unit, len(codes) + 1, said)
        ws.cell(row, 1, "项目名称")
        for n, code in enumerate(codes, 2):
            ws.cell(row, n, self.ex.facts[code]["name"])
        for k, f in (("fact", "builder"), ("money", "total_investment"), ("money", "annual_plan"), ("money", "month_investment"), ("money", "year_investment"), ("text", "progress_text")):
            row += 1
            ws.cell(row, 1, self.head({**MONEY, **FACT, **TEXT}[f]))
            for n, code in enumerate(codes, 2):
                self.truth(form, (ws.title, row, n), k, f, code, UNITS[said], named=True)
        form.content = self.save(book)
        return form

    def measures(self) -> DrawnForm:
        """Measures as rows: a project over four rows."""
        form = DrawnForm("", b"", "measures")
        book = Workbook()
        ws = book.active
        unit, codes = self.unit_codes()
        row = self.title(ws, unit, 5, None)
        for n, words in enumerate(("序号", "项目名称", "指标", "单位", "数值"), 1):
            ws.cell(row, n, words)
        for at, code in enumerate(self.random.sample(codes, min(len(codes), 6)), 1):
            for n, f in enumerate(("total_investment", "annual_plan", "month_investment", "year_investment")):
                row += 1
                said = "万元" if self.random.random() < 0.8 else "亿元"
                if not n:
                    ws.cell(row, 1, at)
                    ws.cell(row, 2, self.ex.facts[code]["name"])
                    ws.merge_cells(start_row=row, start_column=2, end_row=row + 3, end_column=2)
                    ws.merge_cells(start_row=row, start_column=1, end_row=row + 3, end_column=1)
                ws.cell(row, 3, self.head(MONEY[f]))
                ws.cell(row, 4, said)
                self.truth(form, (ws.title, row, 5), "money", f, code, UNITS[said], named=True)
        form.content = self.save(book)
        return form

    def side_by_side(self) -> DrawnForm:
        """Two tables beside each other."""
        form = DrawnForm("", b"", "beside")
        book = Workbook()
        ws = book.active
        unit, codes = self.unit_codes()
        codes = codes[:12]
        half = (len(codes) + 1) // 2
        row = self.title(ws, unit, 10, None)
        heads = [("serial", "", "序号"), ("name", "", "项目名称"), ("money", "annual_plan", "年度计划投资（万元）"), ("money", "year_investment", f"1-{self.month}月累计完成投资（万元）")]
        for side, part in ((0, codes[:half]), (5, codes[half:])):
            for n, (_, _, words) in enumerate(heads, 1):
                ws.cell(row, side + n, words)
            for at, code in enumerate(part, 1):
                ws.cell(row + at, side + 1, (side and half + at) or at)
                ws.cell(row + at, side + 2, self.ex.facts[code]["name"])
                for n, (k, f, _) in enumerate(heads, 1):
                    if k == "money":
                        self.truth(form, (ws.title, row + at, side + n), k, f, code, 10_000, named=True)
        form.content = self.save(book)
        return form

    def sheets(self) -> DrawnForm:
        """One sheet a class, rows empty or named, and instructions."""
        form = DrawnForm("", b"", "sheets")
        book = Workbook()
        book.active.title = "填表说明"
        book.active.cell(1, 1, "填表说明：请按要求填写。")
        unit, own = self.unit_codes()
        named = self.random.random() < 0.5
        for name in dict.fromkeys(f["category"] for f in self.ex.facts.values()):
            codes = [c for c in own if self.ex.facts[c]["category"] == name]
            if codes:
                self.table(book.create_sheet(name), unit, codes, self.columns(4, 1, 1, 1), form, named=named)
        form.content = self.save(book)
        return form

    def summary(self) -> DrawnForm:
        """Rows by unit, class, nature or level; counts, sums and rates of measures."""
        form = DrawnForm("", b"", "summary")
        book = Workbook()
        ws = book.active
        r = self.random
        by, words, names = r.choice((
            ("reporting_unit", "县市区", None), ("category", r.choice(("项目类别", "类别")), None), ("nature", "建设性质", ["新建", "续建", "预备"]),
            ("reporting_unit", r.choice(("单位", "地区")), None)))
        names = names or list(dict.fromkeys(f[by] for f in self.ex.facts.values() if f[by]))
        if r.random() < 0.4 and len(names) > 3:
            names = r.sample(names, len(names) - 2)
        said = r.choice(("万元", "亿元"))
        row = self.title(ws, "全市", 7, said)
        heads = [("serial", "序号"), ("label", words), ("count", r.choice(("项目个数", "个数", "项目数（个）"))), ("total_investment", "总投资"), ("annual_plan", "年度计划投资"),
                 ("year_investment", f"1-{self.month}月累计完成投资"), ("rate", r.choice(("完成率（%）", "占年度计划（%）")))]
        for n, (_, text) in enumerate(heads, 1):
            ws.cell(row, n, text)
        top = r.random() < 0.3
        lines: list[tuple[str, list[str]]] = [(n, [c for c, f in self.ex.facts.items() if f[by] == n]) for n in names]
        whole = ("合计", [c for _, codes in lines for c in codes])
        lines = [whole, *lines] if top else [*lines, whole]
        for name, codes in lines:
            row += 1
            ws.cell(row, 2, name if r.random() < 0.8 or by != "category" or name == "合计" else f"{name}类")
            for n, (k, _) in enumerate(heads, 1):
                at = (ws.title, row, n)
                if k == "count":
                    form.cells[at] = Decimal(len(codes))
                elif k == "serial":
                    form.may.add(at)
                elif k == "rate":
                    done, plan = self.newest_sum(codes), sum(self.ex.facts[c]["annual_plan"] or 0 for c in codes)
                    if plan and done is not None:
                        form.cells[at] = ("rate", Decimal(done) / plan)
                    else:
                        form.unknown.add(at)
                elif k == "year_investment":
                    done = self.newest_sum(codes)
                    form.cells[at] = Decimal(done) / UNITS[said] if done is not None else form.unknown.add(at)
                    if done is None:
                        del form.cells[at]
                elif k != "label" and all(self.ex.facts[c][k] is None for c in codes):
                    form.unknown.add(at)
                elif k != "label":
                    form.cells[at] = Decimal(sum(self.ex.facts[c][k] or 0 for c in codes)) / UNITS[said]
        form.content = self.save(book)
        return form

    def newest_sum(self, codes: list[str]) -> int | None:
        """Every project's newest sum of the year; None where nobody of them has reported for the period."""
        told = []
        own = False
        for code in codes:
            for at in sorted(self.ex.figures.get(code, {}), reverse=True):
                value = self.ex.value(code, "year_investment", at) if at <= self.period else None
                if value is not None:
                    told.append(value)
                    own = own or at == self.period
                    break
        return sum(told) if told and own else None
