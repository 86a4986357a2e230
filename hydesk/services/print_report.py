"""Print a compiled report to files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from hydesk.domain.errors import HydeskError
from hydesk.reports.model import Report

FORMATS = ("pdf",)
"""What this version prints; Word and Excel are to come."""


def print_report(
    report: Report, out: Path, formats: Sequence[str] = FORMATS, progress: Callable[[float, str], None] | None = None
) -> list[Path]:
    """Writes ``report`` into the folder ``out`` in each of ``formats`` and answers the files.

    A file that stands there is replaced once the new one is whole; a cancelled print leaves nothing behind.
    Raises HydeskError for a format that cannot be printed or a folder that cannot be written.
    """
    wrong = [f for f in formats if f not in FORMATS]
    if wrong:
        raise HydeskError(f"这一版只能出 {'、'.join(f.upper() for f in FORMATS)}，还不能出 {'、'.join(wrong)}。请改用 --format pdf。")
    path = out / f"{report.file_stem}.pdf"
    partial = out / f"{report.file_stem}.pdf.part"
    try:
        out.mkdir(parents=True, exist_ok=True)
        _print_pdf(report, partial, progress)
        os.replace(partial, path)
    except OSError as error:
        raise HydeskError(f"报告写不到“{path}”，可能没有权限，或这份文件正开着；请关闭它或换一个文件夹") from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()
    return [path]


def _print_pdf(report: Report, path: Path, progress: Callable[[float, str], None] | None) -> None:
    from hydesk.reports.fonts import find_fonts
    from hydesk.reports.pdf import print_pdf

    if progress is not None:
        progress(0.0, "正在排版")
    print_pdf(report, path, find_fonts(), progress)
