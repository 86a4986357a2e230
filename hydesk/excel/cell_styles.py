"""What an xlsx says of single cells that are still to be filled: number formats, and which cells hold formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.cell_manner import CellManner
from hydesk.excel.form import position
from hydesk.excel.number_formats import scaling
from hydesk.excel.parts import Parts
from hydesk.excel.xlsx_form import sheet_members, style_codes

_STYLED = re.compile(rb"<(?:\w{1,20}:)?c\b(?=[^>]{0,400}?\br\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"'])(?=[^>]{0,400}?\bs\s*=\s*[\"'](\d{1,6})[\"'])[^>]{0,500}>")
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?c\b[^>]{0,400}?\br\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"'][^>]{0,400}>\s{0,9}<(?:\w{1,20}:)?f\b")
_PLAIN = CellManner()


@dataclass(frozen=True, slots=True)
class CellStyles:
    """By sheet: the style number of every cell, and the cells that hold formulas; and by style how it shows."""

    styles: Mapping[str, Mapping[tuple[int, int], int]] = field(default_factory=dict)
    formulas: Mapping[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    manners: tuple[CellManner, ...] = ()

    def manner(self, sheet: str, row: int, column: int) -> CellManner:
        """How the cell shows numbers."""
        at = self.styles.get(sheet, {}).get((row, column))
        return self.manners[at] if at is not None and at < len(self.manners) else _PLAIN

    def is_formula(self, sheet: str, row: int, column: int) -> bool:
        """Whether the cell holds a formula, with a stored result or without."""
        return (row, column) in self.formulas.get(sheet, ())


def read_cell_styles(content: bytes) -> CellStyles:
    """Of a workbook that is an xlsx."""
    parts = Parts(content)
    names = {name.replace("\\", "/"): member for name, member in parts.lowered.items()}
    codes = style_codes(parts.read(names["xl/styles.xml"])) if "xl/styles.xml" in names else []
    manners = tuple(CellManner(code, *scaling(code)) for code in codes)
    telling = {n for n, code in enumerate(codes) if code}
    styles: dict[str, Mapping[tuple[int, int], int]] = {}
    formulas: dict[str, frozenset[tuple[int, int]]] = {}
    for name, member in sheet_members(parts).items():
        data = parts.read(member)
        styles[name] = {position(m[1].decode()): int(m[2]) for m in _STYLED.finditer(data) if int(m[2]) in telling} if telling else {}
        formulas[name] = frozenset(position(m[1].decode()) for m in _FORMULA.finditer(data)) if b"<f" in data or b":f" in data else frozenset()
    return CellStyles(styles, formulas, manners)
