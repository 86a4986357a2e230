"""Seals of the parts of the ledger that the change log does not speak of, so that what was changed or added shows.

Which tables a transaction wrote is noted while it runs (``note``, by an event of the engine), so no writer can forget;
when it ends the parts are sealed anew. A return is written once, with all its rows, and sealed by itself.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from weakref import WeakSet

from sqlalchemy import Column, Connection, Engine, Table, func, insert, inspect, select

from hydesk.dataclass import dataclass
from hydesk.db.models import (
    Adjustment,
    Batch,
    ColumnDefinition,
    ContentSeal,
    Import,
    ImportCell,
    ImportFinding,
    ImportRow,
    MilestoneType,
    ProjectClass,
    Remembered,
    ReportIssueFile,
    Setting,
    Unit,
)
from hydesk.db.row_digests import feed_at_once, json_of, lines_at_once, quick_cursor
from hydesk.db.seals import START

_TOUCHED = "hydesk_tables_written"
_SEALED: WeakSet[Engine] = WeakSet()
"""Engines whose ledger is known to have seals."""
_BATCH = 2000


def _table(model: Any) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _columns(model: Any, *left_out: str) -> list[Column[Any]]:
    return [c for c in _table(model).c if c.name not in left_out]


_SMALL: dict[str, list[Column[Any]]] = {
    **{_table(m).name: _columns(m) for m in (Setting, Remembered, Unit, Batch, ProjectClass, MilestoneType, Adjustment, ColumnDefinition)},
    _table(Import).name: [Import.id, Import.act_id, Import.status, Import.superseded_by, Import.note],  # type: ignore[list-item]
    _table(ReportIssueFile).name: _columns(ReportIssueFile, "content"),
}
"""Tables sealed whole: of the imports what may change after they were taken in, but for what a review is deciding."""
_OF_IMPORTS = frozenset(_table(m).name for m in (Import, ImportRow, ImportCell, ImportFinding))
PARTS = {"settings": "设置", "remembered": "记住的判定", "units": "填报单位", "batches": "批次", "project_classes": "项目分类",
         "milestone_types": "节点种类", "adjustments": "调整", "imports": "报表的状态", "report_issue_files": "归档报告的文件",
         "own_columns": "自建栏目"}
"""What the office calls the parts."""


@dataclass(frozen=True, slots=True)
class BrokenContent:
    """A part that does not fit its seal: ``fault`` is altered, unsealed, missing or chain."""

    part: str
    fault: str


def begin(connection: Connection) -> None:
    """A transaction begins: nothing is written yet."""
    connection.info[_TOUCHED] = set()


def note(connection: Connection, statement: Any) -> None:
    """Note the table that ``statement`` writes, if it writes one."""
    if getattr(statement, "is_dml", False):
        connection.info.setdefault(_TOUCHED, set()).add(statement.table.name)


def seal_touched(connection: Connection) -> None:
    """Seal the parts that this transaction wrote."""
    touched: set[str] = connection.info.pop(_TOUCHED, set())
    parts = [name for name in _SMALL if name in touched]
    imports = bool(touched & _OF_IMPORTS)
    if (parts or imports) and _has_seals(connection):
        _seal(connection, parts, imports=imports)


def _has_seals(connection: Connection) -> bool:
    """Whether the ledger is of a version with seals; once it is, it stays so, and no transaction asks again."""
    if connection.engine not in _SEALED and inspect(connection).has_table("content_seals"):
        _SEALED.add(connection.engine)
    return connection.engine in _SEALED


def seal_all(connection: Connection) -> None:
    """Seal every part as it stands; of a ledger of an earlier version those that it has."""
    there = inspect(connection)
    _seal(connection, [name for name in _SMALL if there.has_table(name)], imports=True)


def _seal(connection: Connection, parts: Sequence[str], *, imports: bool) -> None:
    wanted = [(name, _digest_of_table(connection, name)) for name in parts]
    if imports:
        sealed = set(connection.execute(select(ContentSeal.part).where(ContentSeal.part.startswith("import/"))).scalars())
        ids = connection.execute(select(Import.id).order_by(Import.id)).scalars().all()
        wanted += [(f"import/{i}", _digest_of_import(connection, i)) for i in ids if f"import/{i}" not in sealed]
    number, previous = last_seal(connection)
    rows = []
    for number, (part, digest) in enumerate(wanted, number + 1):  # noqa: B020
        row = {"id": number, "part": part, "digest": digest, "previous": previous}
        previous = row["hash"] = _hash(row)
        rows.append(row)
    if rows:
        connection.execute(insert(ContentSeal), rows)


def last_seal(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest seal; 0 and ``START`` where there is none."""
    row = connection.execute(select(ContentSeal.id, ContentSeal.hash).order_by(ContentSeal.id.desc()).limit(1)).first()
    return (row.id, row.hash) if row else (0, START)


def hash_of(connection: Connection, number: int) -> str | None:
    """The hash of the seal of that number; None where there is none."""
    return connection.execute(select(ContentSeal.hash).where(ContentSeal.id == number)).scalar()


def imports_since(connection: Connection, seal: int) -> list[int]:
    """The imports that were sealed after the seal of that number."""
    parts = connection.execute(select(ContentSeal.part).where(ContentSeal.id > seal, ContentSeal.part.startswith("import/")))
    return [int(part.partition("/")[2]) for part in parts.scalars()]


def broken(connection: Connection, after: int = 0) -> Iterator[BrokenContent]:
    """Where a part does not fit its seal; imports sealed up to ``after`` were proven before and are not read again."""
    previous, newest = START, {}
    for number, row in enumerate(connection.execute(select(ContentSeal).order_by(ContentSeal.id)).mappings().all(), 1):
        if row["id"] != number or row["previous"] != previous or row["hash"] != _hash(dict(row)):
            yield BrokenContent(row["part"], "chain")
            return
        previous = row["hash"]
        newest[row["part"]] = row["digest"]
    for name in _SMALL:
        if name not in newest:
            yield BrokenContent(name, "unsealed")
        elif newest[name] != _digest_of_table(connection, name):
            yield BrokenContent(name, "altered")
    ids = set(connection.execute(select(Import.id)).scalars())
    sealed = {int(p.partition("/")[2]) for p in newest if p.startswith("import/")}
    yield from (BrokenContent(f"import/{i}", "unsealed") for i in sorted(ids - sealed))
    yield from (BrokenContent(f"import/{i}", "missing") for i in sorted(sealed - ids))
    quick = {} if after else _quick_digests(connection)
    for i in sorted(ids & sealed & set(imports_since(connection, after))):
        digest = newest[f"import/{i}"]
        if digest != quick.get(i) and digest != _digest_of_import(connection, i):
            yield BrokenContent(f"import/{i}", "altered")
    if connection.execute(select(func.count()).where(ImportRow.import_id.not_in(select(Import.id)))).scalar():
        yield BrokenContent("imports", "altered")


def _digest_of_table(connection: Connection, name: str) -> str:
    columns = _SMALL[name]
    made = hashlib.sha256()
    _feed(made, connection, select(*columns).order_by(columns[0]))
    return made.hexdigest()


_TAKEN_IN = select(Import.id, Import.kind, Import.file, Import.sha256, Import.unit_id, Import.period, Import.year, Import.actor, Import.at,
                   Import.sheets)


def _digest_of_import(connection: Connection, number: int) -> str:
    """Of what was taken in: never changed afterwards."""
    made = hashlib.sha256()
    _feed(made, connection, _TAKEN_IN.where(Import.id == number))
    _feed(made, connection, select(*_columns(ImportRow)).where(ImportRow.import_id == number).order_by(ImportRow.id))
    _feed(made, connection, select(*_columns(ImportCell)).join(ImportRow, ImportRow.id == ImportCell.row_id).where(
        ImportRow.import_id == number).order_by(ImportCell.row_id, ImportCell.field))
    _feed(made, connection, select(*_columns(ImportFinding)).where(ImportFinding.import_id == number).order_by(ImportFinding.id))
    return made.hexdigest()


_QUICK = tuple(lines_at_once(json_of(_columns(model)) or "", rows) for model, rows in (
    (ImportRow, "import_rows WHERE import_id = ?"),
    (ImportCell, "import_rows CROSS JOIN import_cells ON import_cells.row_id = import_rows.id WHERE import_rows.import_id = ?"),
    (ImportFinding, "import_findings WHERE import_id = ?")))
"""An import as ``_digest_of_import`` reads it; SQLite takes the rows in the order of the indexes by which it finds them."""


def _quick_digests(connection: Connection) -> dict[int, str]:
    """The digests of the imports, made by SQLite; without those it could not make."""
    made: dict[int, str] = {}
    cursor = quick_cursor(connection)
    if cursor is None:
        return made
    try:
        for row in connection.execute(_TAKEN_IN.order_by(Import.id)).all():
            one = hashlib.sha256(_line(row) + _END)
            for lines in _QUICK:
                feed_at_once(one, cursor, lines, (row.id,))
                one.update(_END)
            made[row.id] = one.hexdigest()
    except sqlite3.Error:  # a value that JSON cannot hold, which nobody sealed
        pass
    return made


_END = b"--\n"


def _feed(made: Any, connection: Connection, query: Any) -> None:
    for rows in connection.execute(query.execution_options(yield_per=_BATCH)).partitions():
        made.update(b"".join(map(_line, rows)))
    made.update(_END)


def _line(row: Any) -> bytes:
    return _json([v.isoformat() if isinstance(v, date | datetime) else v for v in row])


def _hash(row: dict[str, Any]) -> str:
    return hashlib.sha256(_json([row["previous"], row["id"], row["part"], row["digest"]])).hexdigest()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def _json(values: list[Any]) -> bytes:
    return _encode(values).encode("utf-8", "surrogatepass") + b"\n"
