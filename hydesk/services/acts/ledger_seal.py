"""The seal of a ledger at a moment, as it stands on paper, in a PDF and in each backup; and holding a ledger against one.

Whoever rewrites the log and every later seal leaves a ledger that fits itself. Only a seal that was carried out of his
reach tells: on the sheet the office keeps of each issue, in the PDF it sent round, in a backup elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, inspect

from hydesk.dataclass import dataclass
from hydesk.db import content_seals, seals, sqlite_file
from hydesk.db.ledger import Ledger, connect
from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.findings import Finding, Level

_MARK = re.compile(r"hydesk-seal:(\d+):([0-9a-f]{64}):(\d+):([0-9a-f]{64})")
_SHORT = re.compile(r"(\d+)-([0-9a-f]{16})-(\d+)-([0-9a-f]{16})")
_LONGEST = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class LedgerSeal:
    """Number and hash of the newest seal of the change log and of the rest; the hashes may be cut short, as on paper."""

    step: int
    log: str
    part: int
    content: str

    @property
    def mark(self) -> str:
        """As it stands in a PDF's keywords."""
        return f"hydesk-seal:{self.step}:{self.log}:{self.part}:{self.content}"

    @property
    def short(self) -> str:
        """As it stands on paper: what somebody may type."""
        return f"{self.step}-{self.log[:16]}-{self.part}-{self.content[:16]}"


def seal_of(ledger: Ledger) -> LedgerSeal:
    """The seal of ``ledger`` as it stands."""
    with ledger.read() as connection:
        return _seal(connection)


def _seal(connection: Connection) -> LedgerSeal:
    part = content_seals.last_seal(connection) if inspect(connection).has_table("content_seals") else (0, seals.START)
    return LedgerSeal(*seals.last_seal(connection), *part)


def read_seal(source: str | Path) -> LedgerSeal:
    """The seal that a PDF, a backup or a line typed from paper holds. Raises HydeskError where it holds none."""
    if typed := _SHORT.fullmatch(str(source).strip()):
        return LedgerSeal(int(typed[1]), typed[2], int(typed[3]), typed[4])
    path = Path(source)
    try:
        with path.open("rb") as f:
            content = f.read(_LONGEST)
    except OSError as e:
        raise HydeskError(f"读不了“{path}”，请检查文件名；也可以写归档单上的封签（{system_words(e)}）") from e
    if content.startswith(b"%PDF"):
        if (found := read_mark(content.decode("latin-1"))) is not None:
            return found
        raise HydeskError(f"“{path.name}”里没有封签：不是归档时的 PDF，或被别的程序另存过")
    return _of_file(path)


def read_mark(text: str) -> LedgerSeal | None:
    """The seal that ``mark`` wrote; None where there is none."""
    found = _MARK.search(text)
    return LedgerSeal(int(found[1]), found[2], int(found[3]), found[4]) if found else None


def _of_file(path: Path) -> LedgerSeal:
    sqlite_file.refuse_foreign(path, to_write=False)
    ledger = connect(path, read_only=True)
    try:
        with ledger.read() as connection:
            if not inspect(connection).has_table("log_seals"):
                raise HydeskError(f"“{path.name}”是没有封签的旧版台账，不能用来对照")
            return _seal(connection)
    finally:
        ledger.close()


def held_against(ledger: Ledger, source: str | Path) -> list[Finding]:
    """What differs from the seal in ``source``: everything up to it must still be there, as it was. Raises HydeskError."""
    seal = read_seal(source)
    with ledger.read() as connection:
        log = seals.hash_of(connection, seal.step) if seal.step else seals.START
        part = content_seals.hash_of(connection, seal.part) if seal.part else seals.START
    found = []
    for number, now, then, what in ((seal.step, log, seal.log, "修改记录"), (seal.part, part, seal.content, "报表、设置等内容")):
        if now is None:
            found.append(Finding(Level.ERROR, "seal_missing", f"{what}的第 {number} 步封签已不在台账里：那时有的内容后来被删去了"
                                                              "（也可能台账比它旧）；请与备份核对"))
        elif not now.startswith(then):
            found.append(Finding(Level.ERROR, "seal_differs", f"{what}到第 {number} 步为止与“{source}”里的封签不同："
                                                              "那时的内容后来被改过，或不是同一本台账；请与备份核对"))
    return found


__all__ = ["LedgerSeal", "held_against", "read_mark", "read_seal", "seal_of"]
