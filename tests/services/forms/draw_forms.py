"""Blank forms of many shapes with what belongs into each of their cells, drawn from the exported ledger alone.

Nothing here reads hydesk's own understanding: heads are written from lists, truths are reckoned from the export.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from tests.services.forms.drawn_tables import FACT, MONEY, RATES, TEXT, UNITS, DrawnForm, Tables

__all__ = ["Drawer", "DrawnForm"]


class Drawer(Tables):
    """Draws forms for one ledger and month, by a seed."""

    def draw(self, number: int) -> DrawnForm:
        """The form of this number: every kind in turn."""
        kinds = (self.plain, self.plain, self.emptied, self.months, self.cards, self.transposed, self.measures, self.summary, self.emptied, self.sections,
                 self.side_by_side, self.sheets, self.rates, self.summary)
        kind = kinds[number % len(kinds)]
        form = kind()
        form.name = f"{number:03d}_{form.kind}.xlsx"
        return form

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
