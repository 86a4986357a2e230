"""How a single value stands in a form's cell."""

from __future__ import annotations

import pytest

from hydesk.domain.cell_manner import CellManner
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.returns.forms.asked import Ask, AskKind
from hydesk.returns.forms.written import same_as_held, write_held

JUNE = Period.month(2023, 6)
FACT = Ask(AskKind.FIELD, JUNE, Field.TOTAL_INVESTMENT)
OWN = Ask(AskKind.OWN, JUNE, own=OwnColumn("专项债券", OwnKind.MONEY))
EACH_PERIOD = Ask(AskKind.OWN, JUNE, own=OwnColumn("当期支付", OwnKind.PERIOD_MONEY))


@pytest.mark.parametrize("ask", [FACT, OWN, EACH_PERIOD])
@pytest.mark.parametrize(("unit", "manner", "put"), [
    (None, CellManner(), "1234.56"), (MoneyUnit.YI, CellManner(), "0.123456"), (MoneyUnit.YUAN, CellManner(), "12345600"),
    (None, CellManner('0!.00,"万元"', 10_000, "万元"), "12345600"), (MoneyUnit.YI, CellManner('0!.00,"万元"', 10_000, "万元"), "12345600")])
def test_an_amount_of_an_own_column_stands_in_the_unit_of_the_form_or_of_the_cell_as_any_other(
        ask: Ask, unit: MoneyUnit | None, manner: CellManner, put: str) -> None:
    value, stands = write_held(ask, 12_345_600, unit, manner)
    assert (value, str(stands)) == (12_345_600, put)


@pytest.mark.parametrize("ask", [FACT, OWN])
def test_an_amount_is_compared_in_the_unit_of_the_form(ask: Ask) -> None:
    assert same_as_held(ask, 12_345_600, 1234.56, None, 2023)
    assert not same_as_held(ask, 12_345_600, 1234.57, None, 2023)
    assert not same_as_held(ask, 12_345_600, 1234.56, MoneyUnit.YI, 2023)


def test_the_number_of_a_row_is_no_amount() -> None:
    assert write_held(Ask(AskKind.SERIAL, JUNE), 7, MoneyUnit.YI, CellManner('0!.00,"万元"', 10_000, "万元")) == (7, 7)
