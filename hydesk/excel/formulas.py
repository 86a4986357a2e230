"""Formulas without a stored result, computed where that is simple and certain.

Numbers, + - * /, brackets, references within the sheet, SUM over them, and ROUND: nothing else. What cannot be computed
stays blank, and the formula is kept beside it so that the blank is never read as an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from hydesk.domain.grid import CellValue
from hydesk.excel.form import position

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(\$?[A-Z]{1,3}\$?\d{1,7})|(SUM|ROUND)(?=\()|([-+*/(),:%]))", re.IGNORECASE)
_DEEPEST = 40
_MOST_STEPS = 200_000
"""Cells looked up for one sheet; formulas beyond that stay blank and are reported."""


class _CannotCompute(Exception):
    """The formula is not simple, or a cell it needs holds no number."""


def compute(rows: list[list[CellValue]], formulas: Mapping[tuple[int, int], str]) -> list[list[CellValue]]:
    """``rows`` with every simple formula's result put in its cell (a float, as a spreadsheet would store it)."""
    sheet = _Sheet(rows, formulas)
    for (row, column) in formulas:
        try:
            value = sheet.number(row, column, 0)
        except (_CannotCompute, InvalidOperation, RecursionError):
            continue
        while len(rows) < row:
            rows.append([])
        line = rows[row - 1]
        while len(line) < column:
            line.append("")
        line[column - 1] = float(value)
    return rows


class _Sheet:
    def __init__(self, rows: list[list[CellValue]], formulas: Mapping[tuple[int, int], str]) -> None:
        self._rows = rows
        self._formulas = formulas
        self._known: dict[tuple[int, int], Decimal] = {}
        self._steps = 0

    def number(self, row: int, column: int, depth: int) -> Decimal:
        self._steps += 1
        if depth > _DEEPEST or self._steps > _MOST_STEPS:
            raise _CannotCompute
        where = (row, column)
        if where in self._known:
            return self._known[where]
        formula = self._formulas.get(where)
        if formula is not None:
            value = _Parser(formula[1:], self, depth + 1).result()
            self._known[where] = value
            return value
        held = self._held(row, column)
        if isinstance(held, bool) or not isinstance(held, int | float):
            # A blank counts as nothing in a spreadsheet's sum, but words do not: the sum is then not certain.
            if held in ("", None):
                return Decimal(0)
            raise _CannotCompute
        return Decimal(repr(held))

    def _held(self, row: int, column: int) -> CellValue:
        if 1 <= row <= len(self._rows) and 1 <= column <= len(self._rows[row - 1]):
            return self._rows[row - 1][column - 1]
        return None

    def block(self, first: str, last: str, depth: int) -> Decimal:
        (top, left), (bottom, right) = position(first.replace("$", "").upper()), position(last.replace("$", "").upper())
        if (bottom - top + 1) * (right - left + 1) > 20_000:
            raise _CannotCompute
        return sum(
            (self.number(r, c, depth) for r in range(top, bottom + 1) for c in range(left, right + 1)), Decimal(0)
        )


class _Parser:
    def __init__(self, text: str, sheet: _Sheet, depth: int) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._sheet = sheet
        self._depth = depth

    def result(self) -> Decimal:
        value = self._sum()
        if self._at != len(self._tokens):
            raise _CannotCompute
        return value

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _sum(self) -> Decimal:
        value = self._product()
        while self._peek() in ("+", "-"):
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._signed()
        while self._peek() in ("*", "/"):
            if self._take() == "*":
                value *= self._signed()
            else:
                divisor = self._signed()
                if divisor == 0:
                    raise _CannotCompute
                value /= divisor
        return value

    def _signed(self) -> Decimal:
        if self._peek() in ("-", "+"):
            return -self._signed() if self._take() == "-" else self._signed()
        value = self._atom()
        while self._peek() == "%":
            self._take()
            value /= 100
        return value

    def _atom(self) -> Decimal:
        token = self._take()
        if token == "(":
            value = self._sum()
            if self._take() != ")":
                raise _CannotCompute
            return value
        if token.upper() == "SUM":
            return self._sum_of()
        if token.upper() == "ROUND":
            return self._rounded()
        if re.fullmatch(r"\d.*", token):
            return Decimal(token)
        if re.fullmatch(r"\$?[A-Za-z]{1,3}\$?\d+", token):
            return self._sheet.number(*position(token.replace("$", "").upper()), self._depth)
        raise _CannotCompute

    def _rounded(self) -> Decimal:
        """Half away from zero, as spreadsheets round."""
        if self._take() != "(":
            raise _CannotCompute
        value = self._sum()
        if self._take() != ",":
            raise _CannotCompute
        places = self._sum()
        if self._take() != ")" or places != int(places) or abs(places) > 12:
            raise _CannotCompute
        return value.quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)

    def _sum_of(self) -> Decimal:
        if self._take() != "(":
            raise _CannotCompute
        value = Decimal(0)
        while True:
            if self._at + 1 < len(self._tokens) and self._tokens[self._at + 1] == ":":
                first = self._take()
                self._take()
                try:
                    value += self._sheet.block(first, self._take(), self._depth)
                except ValueError:
                    raise _CannotCompute from None
            else:
                value += self._sum()
            token = self._take()
            if token == ")":
                return value
            if token != ",":
                raise _CannotCompute


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    while at < len(text):
        if text[at:].strip() == "":
            break
        m = _TOKEN.match(text, at)
        if not m or len(tokens) > 400:
            raise _CannotCompute
        tokens.append(next(g for g in m.groups() if g))
        at = m.end()
    return tokens
