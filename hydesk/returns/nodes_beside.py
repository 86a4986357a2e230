"""Columns of nodes and permits in a return (立项, 用地, 施工许可: 已办, ✔, a date): said, because only a node table brings them in."""

from __future__ import annotations

from functools import cache

from hydesk.domain.findings import Finding, Level
from hydesk.returns.node_words import node_names, node_of, state_of
from hydesk.returns.shapes.evidence import letter_in_file
from hydesk.returns.table import Table
from hydesk.returns.tables import project_rows
from hydesk.returns.text import is_blank, shown

_LOOKED_AT = 40


@cache
def _words() -> dict[str, str]:
    return node_names(())


def say_nodes_beside(table: Table) -> None:
    """One note about all columns of the table that a node table would read and a return does not."""
    rows = project_rows(table)[:_LOOKED_AT]
    found: dict[int, str] = {}
    for column in table.columns.values():
        if column.field is not None or column.guess.candidates or (node := node_of(column.path, _words())) is None:
            continue
        cells = [shown(v).strip() for r in rows if not is_blank(v := table.sheet.cell(r, column.number))]
        if any(state_of(w) is not None or any(c.isdigit() for c in w) for w in cells):
            found[column.number] = node
    if found:
        table.findings.append(Finding(
            Level.NOTE, "nodes_beside",
            f"表“{table.sheet.name}”的{'、'.join(letter_in_file(table.sheet, c) for c in found)}列是节点或手续（{'、'.join(dict.fromkeys(found.values()))}），"
            "收报不取。要登记节点，请把这份文件再用“导入节点表”收一次。", table.sheet.name))
