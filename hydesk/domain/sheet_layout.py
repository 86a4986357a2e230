"""Columns that a person named, for a sheet whose head says nothing or cannot be understood."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.grid import column_letter
from hydesk.domain.money import MoneyUnit


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Which field each column (from 1) holds and in which row (from 1) the projects begin.

    ``units`` holds the unit of money of a column where a person said it; the others are found as in any sheet, from
    the words above or the ledger's figures.
    """

    first_row: int
    columns: Mapping[int, Field]
    units: Mapping[int, MoneyUnit] = field(default_factory=dict)

    def check(self) -> None:
        """Raises HydeskError with a sentence where it could not be read by."""
        if self.first_row < 1:
            raise HydeskError("请指明第一个项目在第几行")
        named = list(self.columns.values())
        twice = next((f for f in named if named.count(f) > 1), None)
        if twice is not None:
            letters = "、".join(column_letter(c) for c, f in sorted(self.columns.items()) if f is twice)
            raise HydeskError(f"“{twice.label}”指定了不止一列（{letters}列），请只留一列")
        if not {Field.NAME, Field.CODE, Field.APPROVAL_CODE} & set(named):
            raise HydeskError("请指明哪一列是项目名称（或项目编号）")
        if len(named) < 2:
            raise HydeskError("只指明了一列，还没有可以取的内容。请指明投资或形象进度所在的列")

    def packed(self) -> str:
        """As text that ``unpacked`` reads back."""
        return json.dumps({
            "first_row": self.first_row,
            "columns": {str(c): f.value for c, f in sorted(self.columns.items())},
            "units": {str(c): u.value for c, u in sorted(self.units.items())},
        }, ensure_ascii=False)

    @staticmethod
    def unpacked(text: str) -> SheetLayout:
        """The layout that ``packed`` wrote."""
        kept = json.loads(text)
        return SheetLayout(
            int(kept["first_row"]), {int(c): Field(f) for c, f in kept["columns"].items()},
            {int(c): MoneyUnit(u) for c, u in kept["units"].items()})

    @property
    def said(self) -> str:
        """In the office's words: B列项目名称，D列总投资（万元）；从第3行起."""
        parts = [f"{column_letter(c)}列{f.label}" + (f"（{self.units[c].value}）" if c in self.units else "")
                 for c, f in sorted(self.columns.items())]
        return "，".join(parts) + f"；从第{self.first_row}行起"
