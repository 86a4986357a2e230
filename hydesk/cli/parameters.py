"""Kinds of values that options take."""

from __future__ import annotations

from typing import Any

import click

from hydesk.domain.periods import Period


class PeriodType(click.ParamType):
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
