"""Save what can be read of a damaged ledger into a new one, and say what could not be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from hydesk.db import migrate, sqlite_file
from hydesk.db.ledger import connect
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Finding
from hydesk.services.backup_ledger import attachments_of, copy_attachments
from hydesk.services.check_ledger import check_open
from hydesk.services.open_ledger import open_ledger

TABLES = {
    "units": "填报单位", "project_classes": "项目分类", "milestone_types": "节点种类", "batches": "批次", "projects": "项目",
    "project_names": "其他名称", "year_plans": "年度计划", "sub_projects": "子项目", "progress": "进度", "milestones": "节点",
    "problems": "问题", "problem_steps": "问题办理", "attachments": "附件登记", "imports": "报表", "import_files": "原始报表",
    "import_rows": "报表的行", "import_cells": "报表的格", "import_findings": "核对结果", "acts": "操作", "change_log": "修改记录",
    "log_seals": "修改记录封签", "adjustments": "调整", "settings": "设置", "remembered": "记住的判定",
    "report_issues": "归档报告", "report_issue_files": "归档报告文件",
}
"""What the office calls the tables, in the order of the list."""


@dataclass(frozen=True, slots=True)
class LostPart:
    """A table of which not all could be read: how many rows were saved and, where that can be told, lost."""

    name: str
    saved: int
    lost: int | None

    def __str__(self) -> str:
        gone = "若干行" if self.lost is None else f"{self.lost} 行"
        return f"{self.name}：救出 {self.saved} 行，{gone}读不出来"


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was saved: rows in all, the parts that are not whole, and what the check of the new ledger finds."""

    saved: int
    lost: tuple[LostPart, ...]
    findings: tuple[Finding, ...]


def rescue_ledger(damaged: Path, out: Path) -> Rescue:
    """Read what can be read of ``damaged``, which is never written to, into a new ledger at ``out``.

    Raises HydeskError where ``out`` exists or nothing at all can be read; nothing is then left at ``out``.
    """
    damaged, out = damaged.absolute(), out.absolute()
    if not damaged.is_file():
        raise HydeskError(f"找不到台账“{damaged}”，请检查路径")
    if out.exists():
        raise HydeskError(f"“{out}”已经存在，没有改动它；请换一个文件名")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        copy = out.with_name(out.name + ".reading")
        _copy_bytes(damaged, copy)
        try:
            saved, lost = _rescue(copy, out)
        finally:
            sqlite_file.remove(copy)
        if not saved:
            raise HydeskError(f"“{damaged.name}”里什么也读不出来，请用备份恢复")
        copy_attachments(attachments_of(damaged), attachments_of(out))
        ledger = open_ledger(out)
        try:
            return Rescue(saved, tuple(lost), tuple(check_open(ledger)))
        finally:
            ledger.close()
    except OSError as e:
        sqlite_file.remove(out)
        raise HydeskError(f"不能写入“{out}”，请检查磁盘空间和权限（{e.strerror}）") from e
    except BaseException:
        sqlite_file.remove(out)
        raise


def _copy_bytes(damaged: Path, copy: Path) -> None:
    """With the write-ahead log, which may hold what the file itself has not yet."""
    for suffix in ("", "-wal"):
        source = damaged.with_name(damaged.name + suffix)
        if source.is_file():
            copy.with_name(copy.name + suffix).write_bytes(source.read_bytes())


def _rescue(copy: Path, out: Path) -> tuple[int, list[LostPart]]:
    """Make ``out`` at the version the damaged ledger stood at, and carry over row by row."""
    total, lost = 0, []
    with closing(sqlite3.connect(copy)) as source:
        source.text_factory = lambda b: b.decode("utf-8", "replace")
        version = _version(source)
        ledger = connect(out)
        try:
            with out.open("xb"):
                pass
            migrate.upgrade(ledger, version)
            with ledger.write() as connection:
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                for table in _tables(connection):
                    saved, gone = _carry(source, connection, table)
                    total += saved
                    if gone is None or gone > 0:
                        lost.append(LostPart(TABLES.get(table, table), saved, gone))
                _drop_orphans(connection, lost)
        finally:
            ledger.close()
    return total, lost


def _version(source: sqlite3.Connection) -> str:
    with suppress(sqlite3.Error):
        found = source.execute("SELECT version_num FROM alembic_version").fetchone()
        if found and found[0] in migrate.REVISIONS:
            return str(found[0])
    with suppress(sqlite3.Error):
        number = source.execute("PRAGMA user_version").fetchone()[0]
        if 0 < number <= len(migrate.REVISIONS):
            return migrate.REVISIONS[number - 1]
    return migrate.REVISIONS[-1]


def _tables(connection: Connection) -> list[str]:
    names = connection.execute(text(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"))
    order = list(TABLES)
    return sorted((str(n) for n in names.scalars()), key=lambda n: order.index(n) if n in order else len(order))


def _carry(source: sqlite3.Connection, target: Connection, table: str) -> tuple[int, int | None]:
    """Rows saved, and rows known to be lost (None: some, but nobody can tell how many)."""
    columns = [str(r[1]) for r in target.exec_driver_sql(f'PRAGMA table_info("{table}")')]
    names = ", ".join(f'"{c}"' for c in columns)
    into = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'
    saved, refused, whole = 0, 0, True
    for rows in _read(source, table, names):
        if rows is None:
            whole = False
            continue
        for row in rows:
            try:
                done = target.exec_driver_sql(into, tuple(row)).rowcount
            except Exception:  # a row whose values the table refuses is lost like one that cannot be read
                done = 0
            saved += max(done, 0)
            refused += done < 1
    if whole:
        return saved, refused
    return saved, None


def _read(source: sqlite3.Connection, table: str, names: str) -> Iterator[list[tuple[object, ...]] | None]:
    """The rows in pieces; None for a piece that cannot be read."""
    try:
        yield source.execute(f'SELECT {names} FROM "{table}"').fetchall()
        return
    except sqlite3.Error:
        yield None
    got: set[object] = set()
    for order in ("ASC", "DESC"):
        try:
            for row in source.execute(f'SELECT rowid, {names} FROM "{table}" ORDER BY rowid {order}'):
                if row[0] not in got:
                    got.add(row[0])
                    yield [row[1:]]
        except sqlite3.Error:
            continue
    yield from _by_number(source, table, names, got)


def _by_number(
    source: sqlite3.Connection, table: str, names: str, got: set[object]
) -> Iterator[list[tuple[object, ...]] | None]:
    """Row after row by its number, past the damage, as far as the numbers read go."""
    known = [k for k in got if isinstance(k, int)]
    for key in range(1, max(known, default=0) + 1):
        if key not in got:
            with suppress(sqlite3.Error):
                row = source.execute(f'SELECT {names} FROM "{table}" WHERE rowid = ?', (key,)).fetchone()
                if row is not None:
                    yield [row]


def _drop_orphans(connection: Connection, lost: list[LostPart]) -> None:
    """Rows that speak of a row that could not be saved; again until none is left."""
    for _ in range(10):
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if not orphans:
            return
        per: dict[str, set[int]] = {}
        for table, key, _other, _number in orphans:
            per.setdefault(str(table), set()).add(int(key))
        for table, keys in per.items():
            for key in keys:
                connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (key,))
            lost.append(LostPart(f"{TABLES.get(table, table)}（所属的行已丢失）", 0, len(keys)))


__all__ = ["LostPart", "Rescue", "rescue_ledger"]
