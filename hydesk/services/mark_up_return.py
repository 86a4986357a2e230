"""Give a return back with the cells in question marked in the unit's own workbook (退回)."""

from __future__ import annotations

from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.excel.write_marked_up import write_marked_up
from hydesk.services.list_returns import original_file, return_detail


def mark_up_return(ledger: Ledger, return_id: int, path: Path) -> tuple[Path, int]:
    """Writes the marked-up copy and answers its path and how many places are marked.

    The copy is always an .xlsx, and its name says so. Raises HydeskError where there is no such return, nothing
    in it is in question, or the file cannot be written.
    """
    detail = return_detail(ledger, return_id)
    findings = sorted((f for f in detail.findings if f.level is not Level.NOTE), key=lambda f: f.level is not Level.ERROR)
    if not findings:
        raise HydeskError(f"{return_id} 号报表“{detail.summary.file}”没有需要退回的问题。")
    name, content = original_file(ledger, return_id)
    out = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
    heads = {s.name: s.header_rows for s in detail.sheets}
    return out, write_marked_up(name, content, findings, heads, out)
