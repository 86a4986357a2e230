"""What the report's page writes: texts, the form, issues; each with 撤销 in the notice and the other pages told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from hydesk.domain.done import Done
from hydesk.domain.job_progress import Progress
from hydesk.domain.people import Right
from hydesk.services.reports.issue_report import IssuedReport, issue_report
from hydesk.services.reports.read_sentences import BoundText
from hydesk.services.reports.report_forms import (
    ReportForm,
    accept_report_text,
    set_report_form,
    set_report_text,
)
from hydesk.ui.desk import Desk
from hydesk.ui.screens.reports.made import Made, Wanted


class ReportWriting(QObject):
    """Writes in jobs, one after the other."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def _write(self, title: str, work: Callable[[], Done[Any]], said: str, right: Right = Right.WRITE) -> None:
        self._desk.operations.run(title, work, self, said, right=right)

    def text(self, made: Made, key: str, text: BoundText | str | None) -> None:
        """A person's words for a sentence, with the numbers in it that follow their figures where that is known; None gives
        the automatic ones back."""
        w, ledger, basis = made.wanted, self._desk.ledger, _basis(made, key)
        words, bound = (text.text, text.bound) if isinstance(text, BoundText) else (text, None)
        self._write("写入文字",
                    lambda: set_report_text(ledger, w.kind, w.period, key, words, basis, w.subject, bound=bound),
                    "已恢复自动文字" if text is None else "这句不印了" if not words else "文字已改，留着的数会跟着台账变")

    def accept(self, made: Made, key: str, new_figures: bool) -> None:
        """A stale sentence stands, with the new figures put in or as it is."""
        w, ledger, basis = made.wanted, self._desk.ledger, _basis(made, key)
        self._write("写入文字", lambda: accept_report_text(ledger, w.kind, w.period, key, basis, new_figures=new_figures,
                                                         subject=w.subject),
                    "已换上新数" if new_figures else "已确认仍用此文")

    def form(self, wanted: Wanted, form: ReportForm) -> None:
        """The form of a kind."""
        ledger = self._desk.ledger
        self._write("写入模板", lambda: set_report_form(ledger, wanted.kind, form), "模板已改，只用于这种报告", Right.RULES)

    def issue(self, wanted: Wanted, corrects: IssuedReport | None, note: str, done: Callable[[], None]) -> None:
        """归档; ``done`` is called before the pages are told."""
        ledger = self._desk.ledger

        def work(progress: Progress) -> Done[IssuedReport]:
            return issue_report(ledger, wanted.kind, wanted.period, wanted.subject or None,
                                corrects.id if corrects else None, note, issued=wanted.issued, progress=progress, scope=wanted.scope)

        self._desk.operations.run_long("归档", work, self, lambda made: f"已归档：{made.label}", done=lambda _m: done(),
                                       right=Right.ISSUE)


def _basis(made: Made, key: str) -> tuple[tuple[str, str], ...]:
    """The figures of the sentence ``key`` as they are now."""
    return next((s.basis for s in made.sentences if s.key == key), ())
