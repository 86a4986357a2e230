"""A filed project becomes a key project: one act, checked by name, told on both sides, undone in one step."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.mechanisms.land_filing import LANDED, land_filing, landing_draft
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.registers.fill_shipped import add_shipped, register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.project_mentions import project_mentions
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.open_ledger import Ledger
from tests.services.made import JUNE, fill

GROUND = Ground(date(2023, 6, 20), "招商引资备案项目落地转入", "衡重办〔2023〕12号")


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    fill(ledger)
    add_shipped(ledger, 2023)
    return ledger


def file(ledger: Ledger, **values: str) -> int:
    key = register_called(ledger, "filings")
    assert key is not None
    return write_records(ledger, key, [RecordChange(None, f, v) for f, v in values.items()], 2023).value[0]


def record_of(ledger: Ledger, record_id: int) -> dict[str, object]:
    key = register_called(ledger, "filings")
    assert key is not None
    return {k: str(v) for r in open_register(ledger, key, JUNE).records if r.id == record_id for k, v in r.values.items()}


def test_a_filing_lands_in_one_act_and_both_sides_tell(office: Ledger) -> None:
    filed = file(office, name="油茶精深加工", unit="常宁市", investor="某油脂集团", amount="60000", signed_on="2023-03-25",
                 due_on="2023-10-31", stage="已供地")
    draft = landing_draft(office, filed, JUNE)
    assert draft.values[Field.TOTAL_INVESTMENT] == 600_000_000
    assert draft.values[Field.BUILDER] == "某油脂集团"
    assert draft.alike == ()
    before = len(list_standings(office, JUNE))
    code = land_filing(office, filed, 2023, {**draft.values, Field.ANNUAL_PLAN: 100_000_000}, GROUND).value
    (project,) = [s for s in list_standings(office, JUNE) if s.code == code]
    assert (project.name, project.unit, project.annual_plan, project.total_investment) == (
        "油茶精深加工", "常宁市", 100_000_000, 600_000_000)
    assert record_of(office, filed) | {"project": code, "stage": LANDED, "landed_on": "2023-06-20", "batch": "调整",
                                       "document": "衡重办〔2023〕12号", "investor": "某油脂集团"} == record_of(office, filed)
    act = next(a for a in list_adjustments(office, 2023) if a.project_id == project.id)
    assert (act.on, act.document) == (date(2023, 6, 20), "衡重办〔2023〕12号")
    (mention,) = project_mentions(office, project.id, date(2023, 6, 30))
    assert (mention.record_id, mention.register, mention.state) == (filed, "招商引资备案", LANDED)
    assert "投资方：某油脂集团" in mention.words
    with pytest.raises(HydeskError, match="不用再转"):
        landing_draft(office, filed, JUNE)
    assert "转为重点项目" in (undo_last(office) or "")
    assert len(list_standings(office, JUNE)) == before
    assert record_of(office, filed)["stage"] == "已供地"
    assert "project" not in record_of(office, filed)
    assert "转为重点项目" in (redo_last(office) or "")
    assert record_of(office, filed)["project"] == code
    assert check_open(office) == []


def test_a_name_the_ledger_has_is_joined_and_never_listed_twice(office: Ledger) -> None:
    filed = file(office, name="第1号项目", unit="衡南县", amount="100")
    draft = landing_draft(office, filed, JUNE)
    assert next((a.code, a.same) for a in draft.alike) == ("HY2023-001", True)
    before = len(list_standings(office, JUNE))
    with pytest.raises(HydeskError, match="已有同名项目"):
        land_filing(office, filed, 2023, draft.values, GROUND)
    assert land_filing(office, filed, 2023, draft.values, GROUND, "HY2023-001").value == "HY2023-001"
    assert len(list_standings(office, JUNE)) == before
    assert record_of(office, filed)["project"] == "HY2023-001"
    with pytest.raises(HydeskError, match="理由"):
        land_filing(office, filed, 2023, draft.values, Ground(date(2023, 6, 1), " "))
