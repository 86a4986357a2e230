"""Give a return back with the cells in question marked in the unit's own workbook (退回)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Finding, Level
from hydesk.domain.telephones import without_numbers
from hydesk.domain.understanding import ReadSheet
from hydesk.excel.write_marked_up import lost_in_copy, write_marked_up
from hydesk.services.returns.list_returns import original_file, return_detail
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.return_slip import said_to_unit
from hydesk.services.returns.send_back_return import in_question

__all__ = ["lost_in_copy", "mark_up_draft", "mark_up_return"]


def mark_up_return(ledger: Ledger, return_id: int, path: Path) -> tuple[Path, int]:
    """Writes the marked-up copy of a return that is kept; answers its path and how many places are marked.

    The copy is always an .xlsx, and its name says so. Raises HydeskError where there is no such return, nothing
    in it is in question, or the file cannot be read or written.
    """
    detail = return_detail(ledger, return_id)
    s = detail.summary
    findings = sorted((f for f in detail.findings if f.level is not Level.NOTE), key=lambda f: f.level is not Level.ERROR)
    if not findings and not s.note:
        raise HydeskError(f"{return_id} 号报表“{s.file}”没有需要退回的问题。")
    name, content = original_file(ledger, return_id)
    title = _title(s.unit, s.period.label if s.period else "", name)
    return _write(name, content, findings, detail.sheets, path, title, s.note)


def mark_up_draft(
    draft: ReturnDraft, path: Path, findings: Sequence[Finding] | None = None, note: str = ""
) -> tuple[Path, int]:
    """As ``mark_up_return``, of a return that nothing was decided about yet; ``findings`` None: errors and warnings."""
    asked = tuple(findings) if findings is not None else in_question(draft)
    if not asked and not note:
        raise HydeskError(f"“{draft.name}”没有需要退回的问题。")
    title = _title(draft.understanding.unit, draft.period.label, draft.name)
    return _write(draft.name, draft.content, asked, draft.understanding.sheets, path, title, note)


def _title(unit: str | None, period: str, name: str) -> str:
    return f"{unit or ''}{period}报表退回意见（{without_numbers(name)}）"


def _write(
    name: str, content: bytes, findings: Sequence[Finding], sheets: Sequence[ReadSheet], path: Path, title: str, note: str
) -> tuple[Path, int]:
    out = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
    said = [said_to_unit(f) for f in findings]
    heads = {s.name: s.header_rows for s in sheets}
    return out, write_marked_up(name, content, said, heads, out, title, note)
