"""Blank forms with a project a row, and what belongs into their cells."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from tests.services.forms.drawn_tables import MONEY, RATES, DrawnForm, Tables


class RowForms(Tables):
    """A plain table, its rows empty, in sections, side by side, on several sheets."""

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
        months = list(range(1, self.month + 1))
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
