"""A review without the window: cells and rows of a return as a person names them, and rows taken over as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.grid import row_in_file
from hydesk.domain.nearest import none_called
from hydesk.domain.questions import TAKEN
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.taking_over import Accept, Where
from hydesk.services.returns.weigh_answers import ChangeKey, change_comes_in, why_not_taken

_CELL = re.compile(r"(?:(?P<sheet>.+)[!！])?(?P<letter>[A-Za-z]{1,3})(?P<row>\d{1,7})")
_ROW = re.compile(r"(?:(?P<sheet>.+)[!！])?(?P<row>\d{1,7})")


def cell_named(draft: ReturnDraft, said: str) -> tuple[str, int, Field]:
    """H7 or 6月!H7: the cell's row and the field its column was taken for. Raises HydeskError where there is none."""
    found = _CELL.fullmatch("".join(said.split()))
    if found is None:
        raise HydeskError(f"“{said}”不是单元格，应写成 H7，几张表时写成 6月!H7")
    sheet, row = _row(draft, found["sheet"], int(found["row"]), said)
    letter = found["letter"].upper()
    columns = next(s.columns for s in draft.understanding.sheets if s.name == sheet)
    field = next((c.field for c in columns if c.letter == letter), None)
    if field is None:
        known = "、".join(f"{c.letter} {c.field.label}" for c in columns if c.field is not None)
        raise HydeskError(f"表“{sheet}”的 {letter} 列没有读成台账的栏目，不能更正。读出的列：{known}")
    return sheet, row, field


def row_named(draft: ReturnDraft, said: str) -> Where:
    """7 or 6月!7: the row of a project. Raises HydeskError where there is none."""
    found = _ROW.fullmatch("".join(said.split()))
    if found is None:
        raise HydeskError(f"“{said}”不是行号，应写成 7，几张表时写成 6月!7")
    return _row(draft, found["sheet"], int(found["row"]), said)


def _row(draft: ReturnDraft, sheet: str | None, number: int, said: str) -> Where:
    used = [s.name for s in draft.understanding.sheets if s.used]
    if sheet is None and len(used) != 1:
        raise HydeskError(f"“{said}”要写明是哪张表，如 {used[0]}!{said}" if used else f"“{draft.name}”没有读出内容的表，请退回填报单位")
    name = sheet or used[0]
    if name not in used:
        raise HydeskError(f"报表里{none_called(name, '表', used)}")
    row = next((r for r in draft.understanding.rows if r.sheet == name and row_in_file(r.row) == number), None)
    if row is None:
        raise HydeskError(f"表“{name}”第{number}行不是项目行")
    return row.sheet, row.row


def taken_rows(draft: ReturnDraft, rows: Iterable[Where]) -> Accept:
    """What taking over all that was found in ``rows`` lets come in (docs/rules.md §7.4). Raises HydeskError for a row of
    which nothing can."""
    accept: dict[ChangeKey, bool] = {}
    for where in dict.fromkeys(rows):
        changes = [c for c in draft.changes if (c.sheet, c.row) == where]
        findings = [f for f in draft.understanding.findings if (f.sheet, f.row) == where]
        words = {id(f): TAKEN for f in findings}
        own = {c.key: change_comes_in(c, changes, findings, words) for c in changes}
        if not any(own.values()):
            why = why_not_taken(draft, findings, lambda _sheet, _row, own=changes: own)  # type: ignore[misc]
            raise HydeskError(f"表“{where[0]}”第{row_in_file(where[1])}行不能采用：{why or '来表没有可以采用的数'}。没有入库")
        accept |= own
    return accept


def facts_taken(draft: ReturnDraft, accept: Accept) -> Sequence[str]:
    """年度计划投资 of HY2023-001: the facts of the ledger that ``accept`` replaces, each wanting a reason."""
    return [f"{c.project_name}的{c.field.label}" for c in draft.changes if c.replaces_fact and accept.get(c.key)]
