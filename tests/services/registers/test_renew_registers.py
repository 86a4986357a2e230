"""Registers that an earlier version made gain the new fields and keep what the office did to them."""

from __future__ import annotations

from dataclasses import replace

from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.renew_registers import renew_registers, renewals
from hydesk.services.registers.save_register import add_register, change_register, shipped_registers
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.services.upkeep.open_ledger import Ledger
from tests.services.made import JUNE
from tests.services.made import fill as fill_ledger

GAINED = ("landed_on", "document", "batch")


def test_an_earlier_register_gains_fields_and_keeps_the_offices_changes(ledger: Ledger) -> None:
    fill_ledger(ledger)
    shipped = next(d for d in shipped_registers() if d.key == "filings")
    before = replace(shipped, fields=tuple(f for f in shipped.fields if f.key not in GAINED), views=shipped.views[:1])
    key = add_register(ledger, before).value
    write_records(ledger, key, [RecordChange(None, "name", "某项目"), RecordChange(None, "unit", "衡南县")], 2023)
    # The office calls the investor otherwise and does without the chain.
    own = replace(before, fields=tuple(replace(f, label="客商") if f.key == "investor" else f for f in before.fields if f.key != "chain"))
    change_register(ledger, key, own)
    assert "字段“文号”" in renewals(ledger)[0].gained

    renew_registers(ledger)

    held = open_register(ledger, key, JUNE)
    keys = [f.key for f in held.definition.fields]
    assert set(GAINED) <= set(keys)
    assert "chain" not in keys
    assert keys.index("landed_on") == keys.index("project") + 1
    assert held.definition.field_of("investor").label == "客商"
    assert [v.name for v in held.definition.views] == [v.name for v in shipped.views]
    assert held.records[0].values["name"] == "某项目"
    assert not renewals(ledger)
    undo_last(ledger)
    assert open_register(ledger, key, JUNE).definition == own
    assert len(renewals(ledger)) == 1


def test_new_choices_come_too_but_not_those_taken_away(ledger: Ledger) -> None:
    shipped = next(d for d in shipped_registers() if d.key == "filings")
    state = shipped.field_of("stage")
    older = replace(shipped, fields=tuple(replace(f, choices=state.choices[:-1]) if f.key == "stage" else f for f in shipped.fields))
    key = add_register(ledger, older).value
    fewer = replace(older, fields=tuple(replace(f, choices=state.choices[1:-1]) if f.key == "stage" else f for f in older.fields))
    change_register(ledger, key, fewer)
    renew_registers(ledger)
    assert open_register(ledger, key, JUNE).definition.field_of("stage").choices == state.choices[1:]
