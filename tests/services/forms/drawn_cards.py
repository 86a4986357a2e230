"""Blank forms in which a project takes several rows or a column, and what belongs into their cells."""

from __future__ import annotations

from openpyxl import Workbook

from tests.services.forms.drawn_tables import FACT, MONEY, TEXT, UNITS, DrawnForm, Tables


class CardForms(Tables):
    """Cards, projects as columns, measures as rows."""

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
