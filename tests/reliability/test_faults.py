"""A failing machine costs nothing but the step in hand: a sentence, the ledger as before, nothing half-written left."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from hydesk.db.ledger import connect
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.reliability.faults import cases, fail, prepared
from tests.services.made import fill

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and capabilities of Linux")
FEW = [c for n, c in enumerate(cases()) if n % 3 == 0 and c[1] != "demo"]


@pytest.fixture(scope="module")
def prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("prototype"))


@pytest.mark.parametrize(("fault", "command"), FEW)
def test_a_writing_command_on_a_failing_machine(prototype: Path, fault: str, command: str) -> None:
    assert fail(prototype, fault, command).faults == ()


def test_a_full_disk_in_the_middle_of_an_act(tmp_path: Path) -> None:
    path = tmp_path / "台账.hydesk"
    ledger = create_ledger(path)
    fill(ledger)
    ledger.close()
    ledger = connect(path)

    @event.listens_for(ledger._engine, "connect")
    def no_more_pages(connection: object, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]  # no more than there are

    with pytest.raises(HydeskError, match="磁盘空间不足"):
        edit_project(ledger, 1, Field.SCALE, "长" * 400_000)
    ledger.close()
    assert check_ledger(path) == []
