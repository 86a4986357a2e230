"""Print a compiled report to files: PDF pages, a Word document to go on editing, the tables as a workbook."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from enum import Enum
from pathlib import Path
from typing import overload

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import clean_name
from hydesk.domain.job_progress import Progress
from hydesk.reports.model import Report

FORMATS = ("pdf", "docx", "xlsx")
"""What can be printed."""
ANNEX_FORMATS = ("pdf", "xlsx")
"""Annexes of their own go as pages to read and as a workbook to reckon with."""


class Binding(Enum):
    """What of a report with annexes is printed (docs/rules.md §18.1)."""

    BODY = "body"
    """The text, which lists its annexes."""
    APART = "apart"
    """The text, and each annex as files of its own."""
    BOUND = "bound"
    """All in one file."""

    @staticmethod
    def usual(report: Report) -> Binding:
        """The text alone of kinds whose annexes go apart, all in one of the others."""
        return Binding.BODY if report.apart else Binding.BOUND



@dataclass(frozen=True, slots=True)
class PrintedReport(Sequence[Path]):
    """The files written, in the order of the formats asked for, and what the user should know about their type."""

    paths: tuple[Path, ...]
    substitutions: str = ""
    """One sentence about the official typefaces that this machine lacks; empty where it has them all."""
    missing: tuple[str, ...] = field(default=())
    """Characters that no font has; 〓 is printed in their place."""
    annexes: tuple[Path, ...] = field(default=())
    """The files of annexes that go apart, those of each together."""

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[Path]:
        return iter(self.paths)

    @overload
    def __getitem__(self, index: int) -> Path: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Path, ...]: ...
    def __getitem__(self, index: int | slice) -> Path | tuple[Path, ...]:
        return self.paths[index]


def print_report(
    report: Report, out: Path, formats: Sequence[str] = ("pdf",), progress: Progress | None = None, binding: Binding | None = None,
) -> PrintedReport:
    """Write ``report`` into the folder ``out`` in each of ``formats``; a file that stands there is replaced whole.

    ``binding`` says what of its annexes is printed; None is the usual of its kind.

    Raises HydeskError for an unknown format, a folder or file that cannot be written, and a report that disagrees
    with itself. When ``progress`` cancels or printing fails, no file is changed.
    """
    from hydesk.reports.check import ensure_agreement

    wrong = [name for name in formats if name not in FORMATS]
    if wrong:
        raise HydeskError(f"报告不能出成“{'、'.join(wrong)}”，可用 {'、'.join(FORMATS)}")
    ensure_agreement(report)
    binding = binding or Binding.usual(report)
    papers = [(report if binding is Binding.BOUND else report.body, name) for name in formats]
    if binding is Binding.APART:
        papers += [(annex, name) for annex in report.annexes_apart for name in ANNEX_FORMATS]
    notes = PrintedReport(())
    with scratch(out) as folder:
        made = []
        for turn, (paper, name) in enumerate(papers):
            path = folder / f"{clean_name(paper.file_stem, '报告')}.{name}"
            step = _share(progress, turn / len(papers), (turn + 1) / len(papers))
            if name == "pdf":
                notes = _with(notes, _print_pdf(paper, path, step))
            else:
                _print_other(name, paper, path, step)
            made.append(path)
        paths = tuple(put(path, out) for path in made)
    return replace(notes, paths=paths[: len(formats)], annexes=paths[len(formats) :])


def _with(notes: PrintedReport, more: PrintedReport) -> PrintedReport:
    """What is to be told of the type of all files printed."""
    return replace(notes, substitutions=notes.substitutions or more.substitutions,
                   missing=tuple(dict.fromkeys((*notes.missing, *more.missing))))


@contextlib.contextmanager
def scratch(out: Path) -> Iterator[Path]:
    """A folder beside the files to be, so that they are put in place in one step, or not at all."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".hydesk-", dir=out, ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        raise HydeskError(f"报告写不进文件夹“{out}”，可能没有权限、磁盘已满，或那里不是文件夹。请换一个文件夹") from error


def put(made: Path, out: Path) -> Path:
    """Put a file that is made in its place in ``out``. Raises HydeskError where one stands there that is open."""
    path = out / made.name
    try:
        os.replace(made, path)
    except OSError as error:
        raise HydeskError(f"报告写不到“{path}”，这份文件可能正开着，或没有权限。请关闭它，或换一个文件夹") from error
    return path


def _share(progress: Progress | None, start: float, end: float) -> Progress:
    """``progress`` for the stretch from ``start`` to ``end``."""

    def step(fraction: float, words: str) -> None:
        if progress is not None:
            progress(start + (end - start) * fraction, words)

    return step


def _print_pdf(report: Report, path: Path, progress: Progress) -> PrintedReport:
    from hydesk.reports.fonts import find_fonts, substituted
    from hydesk.reports.pdf import print_pdf

    progress(0.0, "正在排版")
    fonts = find_fonts()
    print_pdf(report, path, fonts, progress)
    return PrintedReport((), substituted(fonts.substitutions), tuple(fonts.missing))


def _print_other(name: str, report: Report, path: Path, progress: Progress) -> None:
    if name == "docx":
        from hydesk.reports.docx_report import print_docx

        progress(0.0, "正在写 Word 文档")
        print_docx(report, path)
    else:
        from hydesk.reports.xlsx import print_xlsx

        progress(0.0, "正在写 Excel 附表")
        print_xlsx(report, path)
    progress(1.0, "写好了")
