"""The ledger's tables and queries keep to what PostgreSQL speaks too."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from hydesk.db.models import Base
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.pages.overview import overview
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.list_returns import list_returns, return_detail
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import JUNE, draft, exported, fill, money
from tests.undoing import undo_depth


def test_tables_can_be_made_on_postgresql() -> None:
    for table in Base.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=postgresql.dialect()))


def test_every_query_of_a_usual_day_compiles_for_postgresql(tmp_path: Path) -> None:
    ledger = create_ledger(tmp_path / "台账.hydesk")
    seen: set[str] = set()

    @event.listens_for(ledger._engine, "before_execute")
    def compile_too(_c: Any, statement: Any, _many: Any, _params: Any, _options: Any) -> None:
        if hasattr(statement, "compile"):
            seen.add(str(statement.compile(dialect=postgresql.dialect())))

    fill(ledger)
    done = apply_return(ledger, draft(ledger, JUNE, {1: money(1, 2), 3: money(3, 4)})).value
    assert done.return_id is not None
    project = list_standings(ledger, JUNE)[0].id
    edit_project(ledger, project, Field.NAME, "新名", None, "更名")
    undo_last(ledger)
    redo_last(ledger)
    overview(ledger, JUNE)
    returns_board(ledger, JUNE)
    return_detail(ledger, done.return_id)
    project_history(ledger, project)
    undo_import(ledger, done.return_id)
    exported(ledger)
    assert check_open(ledger) == []
    assert len(seen) > 60
    ledger.close()


def test_two_at_once_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "台账.hydesk"
    ledger = create_ledger(path)
    fill(ledger, 8)
    projects = [s.id for s in list_standings(ledger, JUNE)]
    depth = undo_depth(ledger)
    failures: list[BaseException] = []

    def work(mine: list[int]) -> None:
        try:
            for step in range(10):
                for project in mine:
                    edit_project(ledger, project, Field.ANNUAL_PLAN, step)
                    list_standings(ledger, JUNE)
        except BaseException as e:  # handed to the test's own thread
            failures.append(e)

    threads = [threading.Thread(target=work, args=(projects[i::2],)) for i in (0, 1)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert failures == []
    assert undo_depth(ledger) == depth + 80
    assert list_returns(ledger) == []
    assert [s.annual_plan for s in list_standings(ledger, JUNE)] == [9] * 8
    ledger.close()
