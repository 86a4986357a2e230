"""Print a notice — 退回单, 催报通知, 报送质量评分 — to files."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import clean_name
from hydesk.domain.scopes.scope import Scope
from hydesk.reports.notice import NoticePaper
from hydesk.services.reports.report_forms import office_name
from hydesk.services.rules.settings import DEMO, get_setting

FORMATS = ("pdf", "docx", "txt", "xlsx")


def office_of(ledger: Ledger) -> str:
    """The office's name as its papers are signed."""
    return office_name(ledger)


def remark_of(ledger: Ledger) -> str:
    """演示数据 where the figures are made up."""
    return "演示数据" if get_setting(ledger, DEMO, False) else ""


def of_scope(notice: NoticePaper, scope: Scope) -> NoticePaper:
    """``notice``, made of the projects of ``scope`` only, with its name and a first line that say so."""
    if not scope.narrowed:
        return notice
    said = f"统计范围：只统计{scope.words}的项目。"
    return replace(notice, stem=f"{notice.stem}（部分项目）", body=(said, *notice.body), text=f"{said}\n{notice.text}" if notice.text else "")


def print_notice(notice: NoticePaper, out: Path, formats: Sequence[str]) -> list[Path]:
    """Write ``notice`` into the folder ``out`` in each of ``formats``; a file that stands there is replaced whole.

    Raises HydeskError for an unknown format and a folder or file that cannot be written.
    """
    wrong = [name for name in formats if name not in FORMATS]
    if wrong:
        raise HydeskError(f"不能出成“{'、'.join(wrong)}”，可用 {'、'.join(FORMATS)}")
    paths = []
    for name in formats:
        path = out / f"{clean_name(notice.stem, '通知')}.{name}"
        partial = path.with_name(path.name + ".part")
        try:
            out.mkdir(parents=True, exist_ok=True)
            _print(notice, partial, name)
            os.replace(partial, path)
        except OSError as e:
            raise HydeskError(f"“{path}”写不了，可能没有权限，或这份文件正开着；请关闭它或换一个文件夹") from e
        finally:
            with contextlib.suppress(OSError):
                partial.unlink()
        paths.append(path)
    return paths


def _print(notice: NoticePaper, path: Path, name: str) -> None:
    if name == "pdf":
        from hydesk.reports.fonts import find_fonts
        from hydesk.reports.notice_pdf import print_notice_pdf

        print_notice_pdf(notice, path, find_fonts())
    elif name == "docx":
        from hydesk.reports.fonts import find_fonts
        from hydesk.reports.notice_docx import print_notice_docx

        print_notice_docx(notice, path, find_fonts() if notice.table is not None else None)
    elif name == "xlsx":
        from hydesk.reports.notice_xlsx import print_notice_xlsx

        print_notice_xlsx(notice, path)
    else:
        # Windows' own editor takes a file without a mark for GBK.
        path.write_text(notice.message + "\n", encoding="utf-8-sig", newline="\r\n")
