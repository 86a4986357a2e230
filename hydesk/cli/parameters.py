"""Kinds of values that options take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from hydesk.domain.kept import exact
from hydesk.domain.periods import Period
from hydesk.domain.stretches import parse_stretch


class Parameter(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A kind of value an option takes; ``convert`` says what of."""


class PeriodType(Parameter):
    """A month (2023-06) or an ISO week (2023-W25)."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


PERIOD = PeriodType()


class _ReportPeriod(PeriodType):
    """As ``PeriodType``, or a quarter (2023-Q2), a half year (2023-H1) or a year (2023) by its last month."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        try:
            last = parse_stretch(str(value)) if isinstance(value, str) else None
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return last or super().convert(value, param, ctx)


REPORT_PERIOD = _ReportPeriod()


class FormatsType(Parameter):
    """Some of ``known``, divided by commas."""

    name = "格式"

    def __init__(self, *known: str) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(n.strip().lower() for n in str(value).replace("，", ",").split(",") if n.strip()))
        if not names or any(n not in self.known for n in names):
            self.fail(f"“{value}”不对，可用 {'、'.join(self.known)}，多个用逗号隔开", param, ctx)
        return names


FORMATS = FormatsType("pdf", "docx", "xlsx")
"""How a report is printed."""


class _Day(Parameter):
    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2023-07-05 这样", param, ctx)


DAY = _Day()
"""A day: 2023-07-05."""


class _Exact(Parameter):
    """A decimal number, to the digit."""

    name = "数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        if isinstance(value, Decimal):
            return value
        try:
            return exact(str(value).strip().replace(",", "").replace("，", ""))
        except ValueError:
            self.fail(f"“{value}”不是数字，请写成 10、2.5 这样", param, ctx)


EXACT = _Exact()
"""An amount, a share or points, as they are written."""


class _Number(Parameter):
    name = "编号"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        if text.isdecimal() and text.isascii() and 0 < int(text) < 2**31:
            return int(text)
        return self.fail(f"“{text}”不对，应是 1、2、3 这样的数", param, ctx)


PATH = click.Path(path_type=Path, readable=False)
"""A file or folder. What cannot be read is told by who reads it: one such file of many is no wrong usage."""

NUMBER = _Number()
"""The number of an import, an issue or a row; no ledger holds one of 2**31 or more."""

YEAR = click.IntRange(1990, 2199)
"""A year of the ledger."""
