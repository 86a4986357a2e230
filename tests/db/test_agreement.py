"""What SQLite finds in one statement a table is what Python finds by going through all of the log."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from hydesk.db import agreement, content_seals, seals
from hydesk.db.doubtful_rows import LARGE, doubtful_rows
from hydesk.db.journal import Write, begin_act, record, redo, undo
from hydesk.db.layout import COLUMNS, FLAG, NUMBER, TEXT, table_of
from hydesk.db.ledger import Ledger, connect
from hydesk.db.models import LogSeal
from hydesk.db.places import PRESENT, Entity, Place
from hydesk.domain.actors import Actor

WHO = Actor("张三")


@pytest.fixture
def lived(demo_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """The demonstration, with acts that were undone, spared in part and done again, and words that JSON writes with care."""
    ledger = connect(shutil.copy(demo_file, tmp_path / "演示.hydesk"))
    odd = 'say "it"\\ / \t\n\x01\x7f \U00020bb7é'
    with ledger.write() as c:
        for n, project in enumerate((3, 4, 5), 1):
            act = begin_act(c, "edit", f"修改{odd}", WHO)
            record(c, act, [Write(Place(Entity.PROJECT, project, "", "remark"), f"{odd}{n}", words=odd, reason=odd),
                            Write(Place(Entity.PLAN, project, "2023", "annual_plan"), str(1000 * n)),
                            Write(Place(Entity.RECORD, 0, str(900 + n), PRESENT), "1"),
                            Write(Place(Entity.RECORD, 0, str(900 + n), "register_id"), "1"),
                            Write(Place(Entity.RECORD_VALUE, 0, f"{900 + n}/name/of", "value"), odd)])
            if n > 1:
                undo(c, act, WHO, spare=[(project, "", "")] if n == 2 else [])
        redo(c, act, WHO)
        undo(c, act, WHO)
    yield ledger
    ledger.close()


def _both_ways(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Place], list[Place]]:
    """What differs and what the log does not know, by SQLite; after it is held against the way through all of the log."""
    with ledger.read() as c:
        apart, strange = agreement.unsettled(c), agreement.unlogged(c, 10**6)
        with monkeypatch.context() as m:
            m.setattr(agreement, "doubtful_rows", lambda _connection: None)
            assert set(agreement.unsettled(c)) == set(apart)
            assert agreement.unlogged(c, 10**6) == strange
    return [p for p, _, _ in apart], strange


def test_a_ledger_that_is_whole_agrees_and_hardly_a_row_of_it_is_in_doubt(lived: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _both_ways(lived, monkeypatch) == ([], [])
    with lived.read() as c:
        doubtful = doubtful_rows(c)
        assert doubtful is not None
        assert set().union(*doubtful.rows.values()) <= {4}  # of which an undoing spared what the act had written
        assert not {p.scope for p in doubtful.places if p.entity is Entity.PROGRESS}


def test_whatever_is_changed_behind_the_program_is_found_as_by_going_through_the_log(lived: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lived.path is not None
    rng = random.Random(22)
    changed = []
    with closing(sqlite3.connect(lived.path)) as c:
        for entity in LARGE:
            table = table_of(entity).name
            keys = [r[0] for r in c.execute(f"SELECT id FROM {table}")]
            for name, (column, kind) in COLUMNS[entity].items():
                value = {NUMBER: rng.randrange(10**9), FLAG: 0, TEXT: "改过"}.get(kind)
                if value is not None and column not in ("code", "register_id"):
                    key = rng.choice(keys)
                    held = c.execute(f"SELECT {column} FROM {table} WHERE id = ?", (key,)).fetchone()[0]
                    c.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, key))
                    changed += [(entity, name)] if (held or None) != (value or None) else []
        c.execute("INSERT INTO progress (project_id, period, year, ends_on, year_investment) VALUES (7, '2019-03', 2019, '2019-03-31', 5)")
        c.execute("DELETE FROM progress WHERE project_id = 9")
        c.commit()
    apart, strange = _both_ways(lived, monkeypatch)
    assert {(p.entity, p.field) for p in (*apart, *strange)} >= set(changed)
    assert Place(Entity.PROGRESS, 7, "2019-03", "year_investment") in strange
    assert {p.entity for p in apart if p.project_id == 9} >= {Entity.PROGRESS}


def test_rows_as_sqlite_writes_them_have_the_digests_that_were_sealed(lived: Ledger) -> None:
    """Not for the result, which Python would give as well, but because that would take five times as long."""
    with lived.read() as c:
        proof = seals._Proof(c)
        events = c.execute(select(LogSeal)).mappings().all()
        assert [r["id"] for r in events if proof._quick(dict(r)) != r["digest"]] == []
        quick = content_seals._quick_digests(c)
        assert quick
        assert quick == {i: content_seals._digest_of_import(c, i) for i in quick}


@pytest.mark.parametrize("word", ["第一项议定事项", 'say "it"\\ / \t\x01'], ids=["plain", "escaped"])
def test_an_act_of_many_entries_is_sealed_as_one_of_few(lived: Ledger, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether SQLite could write the entries for the seal or Python had to, the seal is Python's."""
    asked: list[bool] = []
    feed = seals.feed
    monkeypatch.setattr(seals, "feed", lambda *told, **more: asked.append(feed(*told, **more)) or asked[-1])
    with lived.write() as c:
        act = begin_act(c, "record", "许多", WHO)
        record(c, act, [Write(Place(Entity.RECORD, 0, str(2000 + n), f), v) for n in range(200) for f, v in ((PRESENT, "1"), ("register_id", "1"))]
               + [Write(Place(Entity.RECORD_VALUE, 0, f"{2000 + n}/matter", "value"), f"{word}{n}", words=word) for n in range(200)])
    assert asked == [word.isprintable()]
    with lived.read() as c:
        row = c.execute(select(LogSeal).where(LogSeal.act_id == act)).mappings().one()
        assert row["digest"] == seals._digest(c, dict(row))
        assert agreement.unsettled(c) == []
