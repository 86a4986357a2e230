"""The sheets of every unit, or every leader, at once: a file each, or all in one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.file_names import clean_name
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.reports.kinds import KINDS, About, ReportKind
from hydesk.reports.model import Report
from hydesk.services.reports.compile_report import compile_each
from hydesk.services.reports.print_report import print_report, put, scratch

EVERY = (About.UNIT, About.LEADER)
"""What a kind may be about so that it is printed for everybody at once."""


def prints_each(kind: ReportKind) -> bool:
    """Whether sheets of ``kind`` can be printed for everybody at once."""
    return KINDS[kind].about in EVERY


def print_each(
    ledger: Ledger, kind: ReportKind, period: Period, out: Path, formats: Sequence[str] = ("pdf",), *, together: bool = False,
    issued: date | None = None, scope: Scope = WHOLE, progress: Progress | None = None,
) -> tuple[list[Report], list[Path]]:
    """Compile a sheet about everybody and write it into the folder ``out``, in each of ``formats``; ``together``: one PDF.

    Answers the sheets and the files. Raises HydeskError as ``compile_each`` and ``print_report`` do.
    """
    sheets = compile_each(ledger, kind, period, issued=issued, scope=scope, progress=progress)
    if together:
        return sheets, [_together(sheets, out, progress)]
    paths: list[Path] = []
    for number, sheet in enumerate(sheets):
        if progress is not None:
            progress(number / len(sheets), f"正在写　{sheet.subject}")
        paths += print_report(sheet, out, formats)
    return sheets, paths


def _together(sheets: Sequence[Report], out: Path, progress: Progress | None) -> Path:
    from hydesk.reports.fonts import find_fonts
    from hydesk.reports.sheets_pdf import print_sheets

    first = sheets[0]
    stem = f"{first.masthead.name}（全部，{first.period.label}{'，部分项目' if first.scope else ''}）"
    with scratch(out) as folder:
        path = folder / f"{clean_name(stem, '情况单')}.pdf"
        print_sheets(sheets, path, find_fonts(), progress)
        return put(path, out)
