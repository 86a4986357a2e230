"""假如: where the year ends if some begin now, if every month brings so much, or if works that are talked about stop.

Asked on 年底预测 of the row selected, and on 调度会 of the matter selected: its unit, and its project by itself.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QLineEdit

from hydesk.domain.forecast.reaching import Reaching, brings, waits, what_if
from hydesk.domain.forecast.year_end import Outlook
from hydesk.domain.money import MoneyUnit, Yuan, to_yuan
from hydesk.domain.project_year import ProjectYear
from hydesk.services.doubts.forecast_year import ForecastPage, forecast_year, range_words
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.form import PanelForm, choice_box
from hydesk.ui.kit.meant import mean
from hydesk.ui.screens.registers.fixed import FixedPage

SEEN = "year_end year_end_rate annual_plan"
"""The measures a sentence of year ends holds."""
_NOW, _STOPS = "马上开工", "年内不再有投资"


def mean_label(text: str, measures: str) -> Any:
    """A wrapped line whose figures are ``measures``."""
    made = label(text, "", wrap=True)
    mean(made, *measures.split())
    return made


class WhatIf(PanelForm):
    """How many begin, what every month brings; of a project talked about whether it begins or stops."""

    WRITES = False

    def __init__(self, name: str, outlook: Outlook, takes: Reaching | None, waiting: int, project: ProjectYear | None, can_begin: bool) -> None:
        super().__init__(f"假如　{name}", "算一算")
        self._waiting = waiting
        self.rows.addWidget(mean_label(f"现在{range_words(outlook)}", SEEN))
        if takes is not None and takes.words:
            self.rows.addWidget(mean_label(takes.words, f"{SEEN} need"))
        if project is not None:
            self.ask("project", f"“{project.name}”", choice_box("这个项目", ("", _NOW, _STOPS) if can_begin else ("", _STOPS), free=False))
        starts, monthly = QLineEdit(), QLineEdit()
        starts.setPlaceholderText(f"还有 {waiting} 个未开工，如 3")
        monthly.setPlaceholderText("合计，如 2.1；不写按预测")
        self.ask("starts", "马上再开工几个（从年底增加最多的起）", starts)
        self.ask("monthly", "以后每月完成（亿元）", monthly)
        self.told = mean_label("", SEEN)
        self.rows.addWidget(self.told)

    def faults(self) -> dict[str, str]:
        words, found = self.words(), {}
        if words["starts"] and not (words["starts"].isdigit() and int(words["starts"]) <= self._waiting):
            found["starts"] = f"请写 0 到 {self._waiting} 的整数"
        if words["monthly"] and self.monthly() is None:
            found["monthly"] = "请写亿元数，如 2.1"
        return found

    def monthly(self) -> Yuan | None:
        """The month's amount that was typed; None where none is or it is no amount."""
        try:
            amount = Decimal(self.words()["monthly"].replace(",", "")) if self.words()["monthly"] else None
        except InvalidOperation:
            return None
        return to_yuan(amount, MoneyUnit.YI) if amount is not None and amount.is_finite() and 0 <= amount < 10_000 else None


def show_what_if(page: FixedPage, found: ForecastPage, unit: str, project_id: int | None = None) -> WhatIf | None:
    """假如 of ``unit``, or of the whole, in the panel of ``page``; None where nothing of it is forecast."""
    whole = unit not in found.year_end.units
    outlook = found.year_end.city if whole else found.year_end.units[unit]
    if not found.year_end.month or not found.projects:
        return None
    month = found.month.number
    own = [p for p in found.projects.values() if whole or p.unit == unit]
    waiting = sorted((p for p in own if waits(p, month)), key=lambda p: -brings(p, found.year_end, month))
    project = found.projects.get(project_id) if project_id is not None else None
    form = WhatIf(found.whole if whole else unit, outlook, found.city if whole else found.units.get(unit), len(waiting), project,
                  project is not None and waits(project, month))

    def reckon(words: dict[str, str]) -> None:
        begun = {p.id for p in [p for p in waiting if p is not project][:int(words["starts"] or 0)]}
        said = words.get("project", "")
        stopped = {project.id} if project is not None and said == _STOPS else set()
        if project is not None and said == _NOW:
            begun.add(project.id)
        then = what_if(outlook, own, found.year_end, month, started=begun, stopped=stopped, monthly=form.monthly())
        form.told.setText(f"那么{range_words(then)}")

    form.entered.connect(reckon)
    page.panel.show_form(form)
    form.begin("project" if project is not None else "starts")
    return form


def what_if_button(page: FixedPage, chosen: Any) -> Any:
    """假如… of a page that has no forecast of its own: ``chosen`` says which unit and project are talked about."""

    def start() -> None:
        ledger, period, scope = page.desk.ledger, page.desk.period, page.wanted
        unit, project = chosen()

        def done(found: ForecastPage) -> None:
            if show_what_if(page, found, unit, project) is None:
                page.desk.notice("今年还没有报送投资数，算不出年底")

        page.desk.jobs.start("年底预测", lambda _p: forecast_year(ledger, period, scope), page, done=done, quiet=True)

    return button("假如…", start, tip="选中的单位、项目年底会怎样")
