"""Blank summaries by unit, class or level, and what belongs into their cells."""

from __future__ import annotations

from decimal import Decimal

from openpyxl import Workbook

from tests.services.forms.drawn_tables import UNITS, DrawnForm, Tables


class SummaryForms(Tables):
    """Rows are what projects have in common."""

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
