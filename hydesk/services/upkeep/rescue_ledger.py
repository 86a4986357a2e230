"""Save what can be read of a damaged ledger into a new one, and say what could not be."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import delete

from hydesk.dataclass import dataclass
from hydesk.db import content_seals, seals, sqlite_file
from hydesk.db.agreement import restore_lost
from hydesk.db.carry_rescued import RescuedRows, carry_rescued
from hydesk.db.ledger import Ledger, connect
from hydesk.db.migrate import REVISIONS, bring_up_to_date, upgrade
from hydesk.db.models import ContentSeal, LogSeal
from hydesk.db.raw_pages import Pages
from hydesk.db.value_rules import TABLES
from hydesk.db.write_ahead import with_log
from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.findings import Finding, Level
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.copy_attachments import attachments_of, copy_attachments
from hydesk.temporary import temporary_folder

_FEW = 10



@dataclass(frozen=True, slots=True)
class LostPart:
    """A table of which not all is as it was: how many rows were saved, and what is to be said of the others."""

    name: str
    saved: int
    said: str

    def __str__(self) -> str:
        return f"{self.name}：救出 {self.saved} 行，{self.said}"


@dataclass(frozen=True, slots=True)
class Rescue:
    """What was saved: rows in all, the parts that are not whole, and what the check of the new ledger finds."""

    saved: int
    lost: tuple[LostPart, ...]
    findings: tuple[Finding, ...]


def rescue_ledger(damaged: Path, out: Path, *, attachments: bool = True) -> Rescue:
    """Read what can be read of ``damaged``, which is never written to, into a new ledger at ``out``.

    Every row that can be made out is kept: a value that cannot be stands empty or as far as it can be read, and what
    was lost of a row is taken from the change log where that tells it; all of it is listed. Once something was saved it
    stays, whatever the final check says. Raises HydeskError where ``out`` exists or nothing at all can be read.
    """
    damaged, out = damaged.absolute(), out.absolute()
    if not damaged.is_file():
        raise HydeskError(f"找不到台账“{damaged}”，请检查路径")
    if out.exists():
        raise HydeskError(f"“{out}”已经存在，没有改动它；请换一个文件名")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        content, whole, version = _read(damaged)
        told = _carry(content, version, out)
        if not told.saved.total():
            raise HydeskError(f"“{damaged.name}”里什么也读不出来，请用备份恢复")
        if attachments:
            copy_attachments(attachments_of(damaged), attachments_of(out))
    except OSError as e:
        sqlite_file.remove(out)
        raise HydeskError(f"不能写入“{out}”，请检查磁盘空间和权限（{system_words(e)}）") from e
    except BaseException:
        sqlite_file.remove(out)
        raise
    findings = _finish(out, told)
    return Rescue(told.saved.total(), tuple(_lost(told, whole)), findings)


def _read(damaged: Path) -> tuple[bytes, bool, str]:
    """The file's bytes with what its journals hold, whether its pages are sound, and the version it stands at."""
    with temporary_folder() as folder:
        copy = folder / "台账.hydesk"
        for suffix in ("", "-wal", "-journal"):
            source = damaged.with_name(damaged.name + suffix)
            if source.is_file():
                copy.with_name(copy.name + suffix).write_bytes(source.read_bytes())
        kept = with_log(copy)
        whole, version = False, None
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as source_file:
            source_file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            version = _version(source_file)
            whole = source_file.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        content = copy.read_bytes() if whole else kept
        number = int.from_bytes(content[60:64], "big")
        if version is None and 0 < number <= len(REVISIONS):
            version = REVISIONS[number - 1]
        return content, whole, version or _version_in(content) or REVISIONS[-1]


def _version(source: sqlite3.Connection) -> str | None:
    with suppress(sqlite3.Error):
        found = source.execute("SELECT version_num FROM alembic_version").fetchone()
        if found and found[0] in REVISIONS:
            return str(found[0])
    return None


def _version_in(content: bytes) -> str | None:
    """The version a file stands at whose first page does not tell, from the page that holds it."""
    pages = Pages(content)
    for number in range(2, pages.count + 1):
        for row in pages.rows(number):
            told = row.values[0] if len(row.values) == 1 else None
            if isinstance(told, bytes) and (version := told.decode("ascii", "replace")) in REVISIONS:
                return version
    return None


def _carry(content: bytes, version: str, out: Path) -> RescuedRows:
    """Make ``out`` at ``version`` and carry over row by row."""
    ledger = connect(out)
    try:
        with out.open("xb"):
            pass
        upgrade(ledger, version)
        with ledger.write() as connection:
            return carry_rescued(content, connection)
    finally:
        ledger.close()


def _finish(out: Path, told: RescuedRows) -> tuple[Finding, ...]:
    """Bring the new ledger up to date, take from the log what its tables lost, seal it anew where that must be; check."""
    found: list[Finding] = []
    try:
        ledger = _open(out)
    except HydeskError as e:
        return (_finding("rescue_unfinished", f"救出的内容都在“{out.name}”里，但还打不开：{e}"),)
    try:
        found += _step("用修改记录补回丢失的内容", lambda: _from_log(ledger, told))
        found += _step("重新封签", lambda: _seal_anew(ledger))
        found += _step("核对", lambda: check_open(ledger))
    finally:
        ledger.close()
    for copy in out.parent.glob(f"{out.stem}.升级前-*{out.suffix}"):
        sqlite_file.remove(copy)
    return tuple(found)


def _open(out: Path) -> Ledger:
    """The new ledger, brought up to date. It was made a moment ago, so it is neither foreign nor damaged."""
    ledger = connect(out)
    try:
        bring_up_to_date(ledger)
        with ledger.write() as connection:
            ledger.know_newest(connection)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _step(what: str, do: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What ``do`` finds; where it stumbles over what was saved, that is one more thing found."""
    try:
        return list(do())
    except Exception as e:  # whatever is odd in what was saved, it stays saved
        return [_finding("rescue_unfinished", f"{what}没有做完（{type(e).__name__}）；救出的内容都在，请逐项核对")]


def _from_log(ledger: Ledger, told: RescuedRows) -> list[Finding]:
    with ledger.write() as connection:
        count = restore_lost(connection, told.emptied, set(told.stood_in))
    return [_finding("restored_from_log", f"有 {count} 处内容原来的行读不出来，已按修改记录补回，请核对")] if count else []


def _seal_anew(ledger: Ledger) -> list[Finding]:
    with ledger.write() as connection:
        if next(seals.broken(connection), None) is None and next(content_seals.broken(connection), None) is None:
            return []
        connection.execute(delete(LogSeal))
        connection.execute(delete(ContentSeal))
        seals.seal_all(connection)
        content_seals.seal_all(connection)
    return [_finding("sealed_anew", "修改记录救出后与原来的封签对不上，已按现在的样子重新封签；要查原来的，请看损坏的那份文件和备份")]


def _finding(code: str, message: str) -> Finding:
    return Finding(Level.WARNING, code, message)


def _lost(told: RescuedRows, whole: bool) -> Iterable[LostPart]:
    odd = Counter(o.table for o in told.odd)
    stood_in = Counter(table for table, _ in told.stood_in)
    for table, name in TABLES.items():
        said = []
        if gaps := 0 if whole else told.gaps(table):
            said.append(f"编号缺 {gaps} 行，可能读不出来")
        if refused := told.refused[table]:
            said.append(f"{refused} 行与别的行冲突，没有放进来")
        if count := odd[table]:
            rows = list(dict.fromkeys(str(o.row) for o in told.odd if o.table == table))
            more = "等" if len(rows) > _FEW else ""
            said.append(f"{count} 处值读不懂，已留空或照能读的写（第 {'、'.join(rows[:_FEW])} 行{more}）")
        if count := told.let_go[table]:
            said.append(f"{count} 处所指的行已丢失，改为空")
        if count := stood_in[table]:
            said.append(f"{count} 行已丢失、别处还用到，用空行代替")
        if said:
            yield LostPart(name, told.saved[table], "；".join(said))


__all__ = ["LostPart", "Rescue", "rescue_ledger"]
