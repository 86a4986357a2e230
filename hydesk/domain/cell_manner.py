"""How a cell of a form shows numbers and days, told from its number format."""

from __future__ import annotations

import re

from hydesk.dataclass import dataclass

_DATED_FORMAT = re.compile(r"[yd]|(?<![a-z])m{1,4}(?![a-z])", re.IGNORECASE)
_NO_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DIGITS_BEHIND = re.compile(r"\.([0#?]+)")


@dataclass(frozen=True, slots=True)
class CellManner:
    """``format`` is the cell's number format, "" for General. It divides what is stored by ``divisor`` and writes ``unit``
    (万元 …) behind it. ``dates_like``: how days are written elsewhere in the column, "" where none is."""

    format: str = ""
    divisor: int = 1
    unit: str = ""
    dates_like: str = ""

    @property
    def _code(self) -> str:
        return _NO_CODE.sub("", self.format.split(";")[0])

    @property
    def percent(self) -> bool:
        """Whether it shows 0.56 as 56 %."""
        return "%" in self._code

    @property
    def shows_days(self) -> bool:
        """Whether it shows numbers as days."""
        return bool(_DATED_FORMAT.search(self._code)) and not set("0#") & set(self._code) and self._code.lower() not in ("general", "@")

    @property
    def shows_day_of_month(self) -> bool:
        """Whether the day of the month is shown, not only year and month."""
        return "d" in self._code.lower()

    @property
    def places(self) -> int | None:
        """Decimals that it shows; None where it shows all there are."""
        if not self._code or self._code.lower() in ("general", "@"):
            return None
        m = _DIGITS_BEHIND.search(self._code)
        return len(m[1]) if m else 0
