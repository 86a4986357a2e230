"""Blank forms as messy as offices make them: heads cut, merged and repeated, units mixed, values half there, files of other kinds."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.services.forms.draw_forms import Drawer
from tests.services.forms.drawn_tables import FACT, MONEY, TEXT, UNITS, DrawnForm

MORE_TRAPS = (
    "应完成（万元）", "确保完成投资", "拟完成投资（万元）", "承诺完成", "债券使用额度（万元）", "资金下达额度（万元）", "中标价（万元）", "协议投资额（万元）", "总投资（万美元）",
    "户数", "面积（M³）", "文号", "里程（公里）", "监理单位名称乙", "项目负责人职务", "挂点干部", "前期费用", "{last}年计划投资（万元）", "{m}月排名", "新增就业（人）",
    "大干150天力争完成（万元）", "十四五规划投资", "余下投资（万元）", "银行贷款（万元）", "其中：市财政（万元）")


class MessyDrawer(Drawer):
    """As ``Drawer``, with what makes forms hard."""

    def draw(self, number: int) -> DrawnForm:
        """The messy form of this number."""
        kinds = (self.cut_heads, self.two_wide, self.repeated_heads, self.mixed_units, self.half_filled, self.with_extras, self.unit_column, self.as_csv, self.as_html,
                 self.children, self.week_words, self.stacked)
        form = kinds[number % len(kinds)]()
        form.name = f"{number:03d}_{form.kind}.{form.name or 'xlsx'}"
        return form

    def heads(self, traps: int = 2) -> list[tuple[str, str, str]]:
        r = self.random
        money = [("money", f, self.head(MONEY[f])) for f in ("total_investment", "invested_before", "annual_plan", "month_investment", "year_investment") if r.random() < 0.85]
        trap = [("trap", "", t.format(last=self.year - 1, m=self.month)) for t in r.sample(MORE_TRAPS, traps)]
        rest = [*money, *trap]
        if r.random() < 0.4:
            r.shuffle(rest)
        facts = [("fact", f, self.head(FACT[f])) for f in r.sample(sorted(FACT), 1)]
        return [("serial", "", "序号"), ("name", "", "项目名称"), *facts, *rest, ("text", "progress_text", self.head(TEXT["progress_text"]))]

    def start(self, kind: str, unit_said: str | None = "万元") -> tuple[DrawnForm, Workbook, Any, str, list[str], int]:
        form, book = DrawnForm("", b"", kind), Workbook()
        unit, codes = self.unit_codes()
        codes = self.random.sample(codes, min(len(codes), self.random.randint(4, 12)))
        ws = book.active
        return form, book, ws, unit, codes, self.title(ws, unit, 8, unit_said)

    def rows(self, form: DrawnForm, ws: Any, row: int, codes: list[str], heads: list[tuple[str, str, str]], unit: int | dict[int, int] = 10_000, first: int = 1,
             at: list[int] | None = None) -> int:
        """Named rows from ``row`` on; ``at``: the columns of the heads."""
        places = at or list(range(1, len(heads) + 1))
        for n, code in enumerate(codes, first):
            for place, (k, f, _) in zip(places, heads, strict=True):
                if k == "serial":
                    ws.cell(row, place, n)
                if k == "name":
                    ws.cell(row, place, self.ex.facts[code]["name"])
                self.truth(form, (ws.title, row, place), k, f, code, unit if isinstance(unit, int) else unit.get(place, 10_000), named=True)
            row += 1
        return row

    def cut_heads(self) -> DrawnForm:
        """Words cut over two rows, or groups over their columns without a merge."""
        form, book, ws, _, codes, row = self.start("cut")
        heads = self.heads(1)
        group = self.random.random() < 0.5
        for n, (k, _, words) in enumerate(heads, 1):
            plain = words.split("（")[0]
            if k == "money" and not group and len(plain) >= 4 and "月" not in plain and "年" not in plain:
                half = len(plain) // 2
                ws.cell(row, n, plain[:half])
                ws.cell(row + 1, n, words[half:])
            else:
                ws.cell(row + (group and k == "money"), n, words)
                if not (group and k == "money"):
                    ws.merge_cells(start_row=row, start_column=n, end_row=row + 1, end_column=n)
        if group:
            first = next((n for n, (k, _, _) in enumerate(heads, 1) if k == "money"), 0)
            if first:
                ws.cell(row, first, "投资情况")
        self.rows(form, ws, row + 2, codes, heads)
        form.content = self.save(book)
        return form

    def two_wide(self) -> DrawnForm:
        """Every cell merged two wide."""
        form, book, ws, _, codes, row = self.start("wide")
        heads = self.heads(1)
        places = [1 + 2 * n for n in range(len(heads))]
        for place, (_, _, words) in zip(places, heads, strict=True):
            ws.cell(row, place, words)
        end = self.rows(form, ws, row + 1, codes, heads, at=places)
        for r in range(row, end):
            for place in places:
                ws.merge_cells(start_row=r, start_column=place, end_row=r, end_column=place + 1)
        form.content = self.save(book)
        return form

    def repeated_heads(self) -> DrawnForm:
        """The head again on every printed page, with English below it at times."""
        form, book, ws, _, codes, row = self.start("pages")
        heads = self.heads(1)
        english = self.random.random() < 0.4
        for part in range(0, len(codes), 4):
            for n, (_, _, words) in enumerate(heads, 1):
                ws.cell(row, n, words)
            row += 1
            if english and not part:
                for n in range(1, len(heads) + 1):
                    ws.cell(row, n, f"Column {'ABCDEFGHIJKLMN'[n - 1]} Name")
                row += 1
            row = self.rows(form, ws, row, codes[part: part + 4], heads, first=part + 1)
        form.content = self.save(book)
        return form

    def mixed_units(self) -> DrawnForm:
        """Another unit in every head, or told column by column in the line above."""
        said = self.random.random() < 0.5
        form, book, ws, _, codes, row = self.start("units", None if not said else "亿元（总投资）、万元（其他）")
        heads = self.heads(1)
        units: dict[int, int] = {}
        for n, (k, f, words) in enumerate(heads, 1):
            own = "万元"
            if k == "money":
                own = ("亿元" if f == "total_investment" else "万元") if said else self.random.choice(("万元", "亿元", "元", "千元"))
                words += "" if said else f"（{own}）"
            units[n] = UNITS[own]
            ws.cell(row, n, words)
        self.rows(form, ws, row + 1, codes, heads, units)
        form.content = self.save(book)
        return form

    def half_filled(self) -> DrawnForm:
        """Some values stand already, right or wrong: they stay."""
        form, book, ws, _, codes, row = self.start("half")
        heads = self.heads(0)
        for n, (_, _, words) in enumerate(heads, 1):
            ws.cell(row, n, words)
        self.rows(form, ws, row + 1, codes, heads)
        for at in self.random.sample(sorted(form.cells), len(form.cells) // 3):
            value = form.cells.pop(at)
            stands = value if self.random.random() < 0.7 or not isinstance(value, Decimal) else value + 17
            ws.cell(at[1], at[2], float(stands) if isinstance(stands, Decimal) else stands)
        form.content = self.save(book)
        return form

    def with_extras(self) -> DrawnForm:
        """Comments, validations, conditional formats, names, print set-up, hidden columns, formulas in the form."""
        form, book, ws, _, codes, row = self.start("extras")
        heads = [*self.heads(0), ("formula", "", "完成率（%）")]
        for n, (_, _, words) in enumerate(heads, 1):
            ws.cell(row, n, words)
        ws.cell(row, 1).comment = Comment("按月报送", "市局")
        end = self.rows(form, ws, row + 1, codes, heads)
        for r in range(row + 1, end):
            ws.cell(r, len(heads), f"=IF(D{r}=0,0,ROUND(E{r}/D{r}*100,2))")
        check = DataValidation(type="list", formula1='"新建,续建"')
        ws.add_data_validation(check)
        check.add(f"C{row + 1}:C{end}")
        ws.conditional_formatting.add(f"D{row + 1}:D{end}", CellIsRule(operator="lessThan", formula=["0"], fill=PatternFill("solid", fgColor="FF0000")))
        ws.print_area = f"A1:{get_column_letter(len(heads))}{end}"
        ws.print_title_rows = f"{row}:{row}"
        ws.freeze_panes = ws.cell(row + 1, 3)
        ws.column_dimensions["Z"].hidden = True
        ws.page_setup.orientation = "landscape"
        book.defined_names["范围"] = DefinedName("范围", attr_text=f"'{ws.title}'!$A$1:$B$2")
        other = book.create_sheet("字典")
        other.sheet_state = "hidden"
        for n, words in enumerate(("新建", "续建"), 1):
            other.cell(n, 1, words)
        form.content = self.save(book)
        return form

    def unit_column(self) -> DrawnForm:
        """Many units in one table, the unit's cell merged down."""
        form, book, ws, _, _, row = self.start("units_down")
        heads = [("serial", "", "序号"), ("unit", "", "县市区"), ("name", "", "项目名称"), ("money", "total_investment", "总投资"), ("money", "annual_plan", "年度计划投资"),
                 ("money", "year_investment", f"1-{self.month}月累计完成投资")]
        for n, (_, _, words) in enumerate(heads, 1):
            ws.cell(row, n, words)
        row += 1
        units = self.random.sample(sorted({f["reporting_unit"] for f in self.ex.facts.values()}), 3)
        at = 1
        for unit in units:
            own = [c for c, f in self.ex.facts.items() if f["reporting_unit"] == unit][:4]
            ws.cell(row, 2, unit)
            end = self.rows(form, ws, row, own, heads, first=at)
            if len(own) > 1:
                ws.merge_cells(start_row=row, start_column=2, end_row=end - 1, end_column=2)
            at, row = at + len(own), end
        form.content = self.save(book)
        return form

    def as_csv(self) -> DrawnForm:
        """A CSV in GB18030, or in UTF-8 with its mark."""
        form, _, ws, _, codes, row = self.start("csv")
        heads = self.heads(1)
        for n, (_, _, words) in enumerate(heads, 1):
            ws.cell(row, n, words)
        self.rows(form, ws, row + 1, codes, heads)
        out = io.StringIO(newline="")
        writer = csv.writer(out, quoting=self.random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)))
        for line in ws.iter_rows(values_only=True):
            writer.writerow(["" if v is None else v for v in line])
        form.content = out.getvalue().encode("gb18030") if self.random.random() < 0.6 else b"\xef\xbb\xbf" + out.getvalue().encode()
        form.name = "csv"
        return form

    def as_html(self) -> DrawnForm:
        """A web page that calls itself .xls."""
        form, _, ws, _, codes, row = self.start("html")
        heads = self.heads(1)
        for n, (_, _, words) in enumerate(heads, 1):
            ws.cell(row, n, words)
        self.rows(form, ws, row + 1, codes, heads)
        lines = []
        for line in ws.iter_rows(values_only=True):
            lines.append("<tr>" + "".join(f"<td>{'&nbsp;' if v is None else v}</td>" for v in line) + "</tr>")
        page = "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><body><table border=1>" + "\n".join(lines) + "</table></body></html>"
        form.content, form.name = page.encode("gb18030"), "xls"
        return form

    def children(self) -> DrawnForm:
        """Rows of parts below projects, and a town's rows between them: they stay empty."""
        form, book, ws, _, codes, row = self.start("children")
        heads = [("serial", "", "序号"), ("name", "", "项目名称"), ("money", "total_investment", "总投资"), ("money", "annual_plan", "年度计划投资"),
                 ("money", "month_investment", "本月完成投资"), ("text", "progress_text", "形象进度")]
        for n, (_, _, words) in enumerate(heads, 1):
            ws.cell(row, n, words)
        row += 1
        for at, code in enumerate(codes, 1):
            row = self.rows(form, ws, row, [code], heads, first=at)
            if self.random.random() < 0.4:
                ws.cell(row, 2, "其中：征地拆迁")
                form.unknown |= {(ws.title, row, n) for n in range(3, 7)}
                row += 1
        form.content = self.save(book)
        return form

    def week_words(self) -> DrawnForm:
        """Heads with weeks, halves of a year and last year's month: none of them are this month's; what the ledger holds of
        last month and of last year stands there."""
        form, book, ws, _, codes, row = self.start("times")
        heads = [("serial", "", "序号"), ("name", "", "项目名称"), ("money", "annual_plan", "年度计划投资"), ("trap", "", "本周完成投资"),
                 ("then", "year_investment", f"{self.year - 1}年1-{self.month}月累计完成投资"), ("trap", "", "去年同期完成投资"), ("trap", "", "下半年计划完成投资"),
                 ("money", "month_investment", f"{self.month}月完成投资"), ("before", "year_investment", f"1-{self.month - 1}月累计完成投资"),
                 ("before", "month_investment", "上月完成投资"), ("trap", "", f"{self.month + 1}月完成投资")]
        heads = [*heads[:2], *self.random.sample(heads[2:], 6)]
        for n, (_, _, words) in enumerate(heads, 1):
            ws.cell(row, n, words)
        begin = row + 1
        self.rows(form, ws, begin, codes, heads)
        others = {"before": f"{self.year}-{self.month - 1:02d}", "then": f"{self.year - 1}-{self.month:02d}"}
        for at, code in enumerate(codes):
            for n, (k, f, _) in enumerate(heads, 1):
                if k in others:
                    value = self.amount(code, f, 10_000, others[k])
                    if value is None:
                        form.unknown.add((ws.title, begin + at, n))
                    else:
                        form.cells[ws.title, begin + at, n] = value
        form.content = self.save(book)
        return form

    def stacked(self) -> DrawnForm:
        """Two tables one below the other with other heads and units."""
        form, book, ws, _, codes, row = self.start("stacked", None)
        half = max(2, len(codes) // 2)
        for part, unit, own in ((codes[:half], "万元", ("annual_plan", "month_investment")), (codes[half:], "亿元", ("total_investment", "year_investment"))):
            heads = [("serial", "", "序号"), ("name", "", "项目名称"), *(("money", f, self.head(MONEY[f]) + f"（{unit}）") for f in own)]
            for n, (_, _, words) in enumerate(heads, 1):
                ws.cell(row, n, words)
            row = self.rows(form, ws, row + 1, part, heads, UNITS[unit]) + 1
        form.content = self.save(book)
        return form
