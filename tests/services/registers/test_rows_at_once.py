"""Records written many at a time: the same entries, rows and values as the journal writes of them one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from hydesk.db import decided, record_rows
from hydesk.db.journal import begin_act
from hydesk.db.models import LogEntry, Record, RecordValue
from hydesk.db.record_rows import RecordRow, RecordSheet
from hydesk.domain.actors import Actor
from hydesk.domain.stale import Stale
from hydesk.services.acts.deciding import seen_now
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.registers.import_register import import_register
from hydesk.services.registers.save_register import add_register
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.open_ledger import Ledger
from tests.services.registers.test_registers import VISITS

FIELDS = ("firm", "note", "state", "it's \"odd\"")
WORDS = ("瑞尔科技", "两行\n文字", "反\\斜 \"引号\" '单'", "=1+1", "0", "0012", "1e5", "🙂")


class _TakenBack(Exception):
    pass


def _rows(chosen: Random, held: list[int], fresh: int) -> Iterator[RecordRow]:
    """New records and changed ones in any order, each with some of the fields."""
    keys = [(str(k), False) for k in held] + [(str(max(held) + 1 + n), True) for n in range(fresh)]
    chosen.shuffle(keys)
    for row, (key, new) in enumerate(keys, 3):
        texts = [chosen.choice((None, f"{chosen.choice(WORDS)}{row}")) for _ in FIELDS]
        yield RecordRow(key, new, row, texts, [t and f" {t} " for t in texts])


def test_rows_at_once_are_written_as_the_journal_writes_them(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_rows, "_AT_ONCE", 7)
    key = add_register(ledger, VISITS).value
    held = write_records(ledger, key, [RecordChange(None, "firm", f"第{n}家", new=n) for n in range(20)], 2023).value
    sheet = RecordSheet("表 一", list(zip(FIELDS, "BDEA", strict=True)))

    def written() -> list[list[tuple[Any, ...]]]:
        found = []
        with suppress(_TakenBack), ledger.write() as connection:
            act = begin_act(connection, "record", "导入", Actor("李四"))
            record_rows.record_rows(connection, act, key, sheet, _rows(Random(5), held, 30))
            tables = ((LogEntry, LogEntry.act_id == act), (Record, Record.id > 0), (RecordValue, RecordValue.id > 0))
            for table, which in tables:
                # Of the rows' own numbers a server never gives one twice, also where nothing comes of it.
                columns = [c for c in table.__table__.c if c.name not in ("id", "act_id") or table is Record]
                found.append([tuple(r) for r in connection.execute(select(*columns).where(which).order_by(table.id))])
            raise _TakenBack
        return found

    at_once = written()
    monkeypatch.setattr(record_rows, "_by_tables", record_rows._by_journal)
    log, records, values = written()
    assert len(log) > 100
    assert len(records) == 50
    assert at_once[:2] == [log, records]
    assert sorted(at_once[2]) == sorted(values)


def test_new_changed_same_and_wrong_rows_in_one_file_are_told_apart_undone_and_proven(ledger: Ledger) -> None:
    key = add_register(ledger, VISITS).value
    sheet = Workbook()
    assert sheet.active is not None
    for row in (["企业", "员工", "状态"], ["甲", 1, "办理中"], ["乙", 2, "办理中"], ["丙", 3, None]):
        sheet.active.append(row)
    first = import_register(ledger, key, ("一.xlsx", _bytes(sheet)), 2023).value
    for cell, value in {"B2": 9, "C3": "不知", "A5": "丁", "C5": "已办结", "A6": "甲", "B6": 7}.items():
        sheet.active[cell] = value
    then = _values(ledger)
    again = import_register(ledger, key, ("二.xlsx", _bytes(sheet)), 2023).value
    assert (first.added, again.added, again.changed, again.unchanged, again.held_back) == (3, 1, 1, 1, 2)
    now = _values(ledger)
    assert sorted(now) == sorted({*then, (1, "staff", "9"), (4, "firm", "丁"), (4, "state", "已办结")} - {(1, "staff", "1")})
    with ledger.read() as connection:
        entries = select(LogEntry.scope, LogEntry.old, LogEntry.new, LogEntry.cell, LogEntry.words).order_by(LogEntry.id.desc()).limit(5)
        assert [tuple(r) for r in connection.execute(entries)][::-1] == [
            ("1/staff", "1", "9", "B2", "9"), ("4", None, "1", None, None), ("4", None, str(key), None, None),
            ("4/firm", None, "丁", "A5", "丁"), ("4/state", None, "已办结", "C5", "已办结")]
    assert check_open(ledger) == []
    undo_last(ledger)
    assert _values(ledger) == then
    redo_last(ledger)
    assert _values(ledger) == now
    assert check_open(ledger) == []


def test_a_file_decided_on_before_somebody_changed_a_record_is_refused_whole(ledger: Ledger) -> None:
    key = add_register(ledger, VISITS).value
    (held,) = write_records(ledger, key, [RecordChange(None, "firm", "甲"), RecordChange(None, "staff", "1")], 2023).value
    sheet = Workbook()
    assert sheet.active is not None
    for row in (["企业", "员工"], ["乙", 5], ["甲", 3]):
        sheet.active.append(row)
    seen = seen_now(ledger)
    write_records(ledger, key, [RecordChange(held, "staff", "2")], 2023)
    then = _values(ledger)
    with pytest.raises(Stale) as refused, decided.decided_on(seen, decided.Own()):
        import_register(ledger, key, ("一.xlsx", _bytes(sheet)), 2023)
    (cell,) = refused.value.cells
    assert (cell.then, cell.now) == ("1", "2")
    assert _values(ledger) == then
    with decided.decided_on(seen_now(ledger), decided.Own()):
        import_register(ledger, key, ("一.xlsx", _bytes(sheet)), 2023)
    assert (held, "staff", "3") in _values(ledger)


def _bytes(book: Workbook) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _values(ledger: Ledger) -> list[tuple[int, str, str]]:
    with ledger.read() as connection:
        query = select(RecordValue.record_id, RecordValue.field, RecordValue.value).where(
            RecordValue.record_id.in_(select(Record.id).where(Record.present))).order_by(RecordValue.record_id, RecordValue.field)
        return [tuple(r) for r in connection.execute(query)]  # type: ignore[misc]
