"""Units are added, retired and ordered by the office, undoably, and what a retired one reported stays under its name."""

from __future__ import annotations

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.projects.adjust_list import add_project, exit_list
from hydesk.services.projects.keep_units import add_unit, arrange_units, retire_unit, take_up_unit
from hydesk.services.standings.list_standings import list_standings, list_units

JUNE = Period.month(2023, 6)


def names(ledger: Ledger, *, retired: bool = True) -> list[str]:
    return [u.name for u in list_units(ledger, retired=retired)]


def test_a_unit_is_added_undone_and_redone(ledger: Ledger) -> None:
    before = names(ledger)
    add_unit(ledger, "滨江新区", "园区", ["滨江"], "")
    assert names(ledger) == [*before, "滨江新区"]
    assert (list_units(ledger)[-1].kind, list_units(ledger)[-1].short_names) == ("园区", ("滨江",))
    assert undo_last(ledger) == "新增填报单位“滨江新区”"
    assert names(ledger) == before
    redo_last(ledger)
    assert names(ledger) == [*before, "滨江新区"]
    undo_last(ledger)
    add_unit(ledger, "滨江新区", "县市区")
    assert list_units(ledger)[-1].kind == "县市区"


@pytest.mark.parametrize(("name", "kind", "code", "said"), [
    (" ", "园区", "", "不能空着"), ("雁峰区", "园区", "", "已经有"), ("新区", " ", "", "性质"), ("新区", "园区", "4304", "6 位")])
def test_what_is_no_unit_is_refused(ledger: Ledger, name: str, kind: str, code: str, said: str) -> None:
    add_unit(ledger, "雁峰区", "县市区").value if "雁峰区" not in names(ledger) else None
    before = names(ledger)
    with pytest.raises(HydeskError, match=said):
        add_unit(ledger, name, kind, region_code=code)
    assert names(ledger) == before


def test_a_retired_unit_keeps_its_history_and_is_offered_no_more(ledger: Ledger) -> None:
    add_unit(ledger, "滨江新区", "园区")
    ground = Ground(JUNE.start, "市政府议定")
    key = add_project(ledger, 2023, {Field.NAME: "码头", Field.REPORTING_UNIT: "滨江新区"}, ground).value
    with pytest.raises(HydeskError, match="名下还有 1 个2023年的项目"):
        retire_unit(ledger, "滨江新区")
    exit_list(ledger, key, 2023, Ground(JUNE.end, "并入他处"))
    retire_unit(ledger, "滨江新区")
    assert "滨江新区" in names(ledger)
    assert "滨江新区" not in names(ledger, retired=False)
    assert [s.unit for s in list_standings(ledger, JUNE, left=True)] == ["滨江新区"]
    take_up_unit(ledger, "滨江新区")
    assert "滨江新区" in names(ledger, retired=False)
    undo_last(ledger)
    assert "滨江新区" not in names(ledger, retired=False)


def test_the_order_is_the_offices(ledger: Ledger) -> None:
    before = names(ledger)
    arrange_units(ledger, before[::-1])
    assert names(ledger) == before[::-1]
    undo_last(ledger)
    assert names(ledger) == before
