"""A report made for the screen: its PDF in memory, and what is to be said about it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hydesk.domain.periods import Period
from hydesk.services.compile_report import ReportKind, compile_report
from hydesk.services.open_ledger import Ledger
from hydesk.services.print_report import print_report
from hydesk.ui.jobs import Progress
from hydesk.ui.screens.reports.pdf_pages import PdfFile


@dataclass(frozen=True)
class Made:
    """One report as shown. ``note`` says what the clerk should know: fonts that were substituted, date of figures."""

    kind: ReportKind
    period: Period
    file: PdfFile
    stem: str
    note: str


def make(ledger: Ledger, kind: ReportKind, period: Period, progress: Progress) -> Made:
    """Compile and print; the PDF is read into memory and its file removed."""
    progress(0.0, "正在汇总")
    report = compile_report(ledger, kind, period)
    with tempfile.TemporaryDirectory(prefix="hydesk-") as folder:
        written = print_report(report, Path(folder), formats=("pdf",), progress=progress)
        file = PdfFile.open(written[0])
    return Made(kind, period, file, report.file_stem, "　".join((_note(report.as_of), *written.substitutions)))


def _note(as_of: Period | None) -> str:
    return f"金额截至 {as_of.label}" if as_of else "还没有完成数"


def weeks_of(period: Period) -> list[Period]:
    """The weeks that end within the month of ``period``."""
    weeks = []
    day = period.start
    while day <= period.end + timedelta(days=6):
        iso = day.isocalendar()
        week = Period.week(iso.year, iso.week)
        if period.start <= week.end <= period.end and week not in weeks:
            weeks.append(week)
        day += timedelta(days=1)
    return weeks
