"""Read one return and say what it would change; nothing is written."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.asked_once import asked_once
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds
from hydesk.db.models import Import, Progress, Project, Unit
from hydesk.db.queries import AnyRow
from hydesk.domain import job_progress
from hydesk.domain.changes import Change, ChangeKind
from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.file_names import visible
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book
from hydesk.domain.periods import Period
from hydesk.domain.return_states import IN_FORCE, NEEDS_PERSON, READY, REJECTED, SENT_BACK, UNCHANGED
from hydesk.domain.snapshot import LedgerSnapshot
from hydesk.domain.stamp import check_stamp, read_stamp
from hydesk.domain.understanding import Corrections, Understanding
from hydesk.services.returns.know_ledger import KnownLedger, know_ledger

if TYPE_CHECKING:
    from hydesk.returns.checks import RuleSet

LARGEST = 200_000_000
"""Bytes; no county's workbook comes near, and a bigger file would only exhaust the machine."""

NO_CORRECTIONS = Corrections()


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """A return as read, before anybody decided. ``status`` is ready, needs_person, unchanged or rejected."""

    name: str
    content: bytes
    sha256: str
    period: Period
    understanding: Understanding
    changes: tuple[Change, ...]
    book: Book | None
    duplicate_of: int | None
    """The import that brought exactly this file, or these values in another form."""
    status: str
    chosen_unit: str | None = None
    """The unit that the user chose for it, if any."""
    version: int = 0
    """``ledger_version`` of the ledger it was read against."""
    snapshot: LedgerSnapshot | None = None
    """The ledger as it was read against."""
    corrections: Corrections = NO_CORRECTIONS
    """What a person corrected in it so far."""
    rules: RuleSet | None = None
    """The rules it was checked by."""


def read_return(
    ledger: Ledger, source: Path | tuple[str, bytes], period: Period, unit: str | None = None,
    progress: job_progress.Progress | None = None, known: KnownLedger | None = None,
) -> ReturnDraft:
    """Read ``source``, a file or (name, bytes), as a return for ``period``; ``unit`` where the user chose one.

    Never raises for a bad file: it gives a rejected draft whose findings carry the sentence. A caller that reads
    many files hands over what it knows of the ledger (``know_ledger``).
    """
    said = progress or _silent
    name = source[0] if isinstance(source, tuple) else visible(source.name)
    said(0.0, f"正在读取 {name}")
    try:
        content = source[1] if isinstance(source, tuple) else read_content(source)
    except HydeskError as e:
        return _rejected(name, b"", period, unit, str(e))
    try:
        from hydesk.excel.read import read_book

        book = read_book(content, name)
    except HydeskError as e:
        return _rejected(name, content, period, unit or _unit_of_paper(ledger, name), str(e))
    said(0.4, f"正在核对 {name}")
    draft = ReturnDraft(name, content, digest(content), period, Understanding(name, unit, None, (), (), ()), (), book,
                        None, "", unit)
    draft = understand_draft(ledger, draft, NO_CORRECTIONS, said, known)
    said(1.0, f"已读完 {name}")
    return draft


def understand_draft(
    ledger: Ledger, draft: ReturnDraft, corrections: Corrections, progress: job_progress.Progress | None = None,
    known: KnownLedger | None = None,
) -> ReturnDraft:
    """``draft``'s workbook understood anew, against the ledger as it is now (or as ``known``), with ``corrections``."""
    from hydesk.returns.differences import differences
    from hydesk.returns.pipeline import understand

    said = progress or _silent
    if draft.book is None:
        return draft
    known = known or know_ledger(ledger, draft.period)
    snapshot = known.snapshot
    understanding = understand(
        draft.book, snapshot, draft.chosen_unit, known.rules, known.index, corrections,
        progress=lambda fraction: said(0.4 + 0.4 * fraction, f"正在核对 {draft.name}"))
    said(0.8, f"正在与台账比对 {draft.name}")
    changes = () if understanding.rejected else differences(understanding, snapshot)
    with ledger.read() as connection:
        stamped = check_stamp(read_stamp(draft.book), understanding.unit, draft.period)
        understanding = replace(understanding, findings=(*stamped, *understanding.findings))
        if (earlier := sent_back_before(connection, draft.sha256, draft.period)) is not None:
            understanding = replace(understanding, findings=(earlier, *understanding.findings))
        return judge(connection, replace(draft, understanding=understanding, changes=changes,
                                         version=known.version, snapshot=snapshot, corrections=corrections, rules=known.rules))


def sent_back_before(connection: Connection, sha256: str, period: Period) -> Finding | None:
    """A word to the clerk where exactly this file went back to the county already."""
    found = next((r for r in _kept_returns(connection, period) if r.sha256 == sha256 and r.status == SENT_BACK), None)
    if found is None:
        return None
    day = found.at.astimezone()
    return Finding(Level.WARNING, "sent_back_before", (
        f"这份文件已在{day.month}月{day.day}日退回（编号 {found.id}），报来的是同一份，没有修改。请与填报单位联系。"))


def _kept_returns(connection: Connection, period: Period) -> Sequence[AnyRow]:
    """The returns for ``period`` that went back or are in force, the newest first. A run of returns asks for them once."""
    query = (
        select(Import.id, Import.at, Import.sha256, Import.status, Unit.name.label("unit"))
        .outerjoin(Unit, Unit.id == Import.unit_id)
        .where(Import.kind == "return", Import.period == str(period), Import.status.in_((SENT_BACK, *IN_FORCE)), act_holds(Import.act_id))
        .order_by(Import.id.desc())
    )
    return asked_once(connection, ("kept_returns", str(period)), lambda: connection.execute(query).all())


def judge(connection: Connection, draft: ReturnDraft) -> ReturnDraft:
    """``draft`` with its status and the import it repeats, as the ledger is now."""
    if draft.understanding.rejected:
        return replace(draft, status=REJECTED)
    same = same_file(connection, draft.sha256, draft.period, draft.chosen_unit)
    # A figure that an error holds back, or that would overwrite an edit, is news too: somebody must look at it.
    if same is None and all(c.kind is ChangeKind.LEDGER_FIELD and not c.accepted for c in draft.changes) and not _other_day(draft):
        same = _same_values(connection, draft)
    if same is not None:
        return replace(draft, status=UNCHANGED, duplicate_of=same)
    return replace(draft, status=NEEDS_PERSON if draft.understanding.needs_person else READY)


def _other_day(draft: ReturnDraft) -> bool:
    """Whether the figures that ``draft`` repeats are held as of another day than it says."""
    if draft.snapshot is None:
        return False
    day = draft.understanding.day or draft.period.day
    held = {p.code: p.current.day for p in draft.snapshot.projects if p.current is not None and p.current.money}
    return any(held.get(r.project or "", day) != day for r in draft.understanding.rows if r.accepted)


def digest(content: bytes) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def same_file(connection: Connection, sha256: str, period: Period, unit: str | None = None) -> int | None:
    """The newest return in force for ``period`` with exactly these bytes; where a person said which, of that ``unit``."""
    return next((r.id for r in _kept_returns(connection, period)
                 if r.sha256 == sha256 and r.status in IN_FORCE and unit in (None, r.unit)), None)


def _same_values(connection: Connection, draft: ReturnDraft) -> int | None:
    """The return whose figures ``draft`` repeats, where every row it would write is held from a return already."""
    codes = {r.project for r in draft.understanding.rows if r.accepted and r.project is not None}
    if not codes:
        return None
    sources = dict(connection.execute(
        select(Project.code, Progress.source_id).join(Progress, Progress.project_id == Project.id)
        .where(Project.present, Progress.period == str(draft.period), Progress.source_id.is_not(None))
    ).tuples().all())
    if not codes <= sources.keys():
        return None
    return max(s for code in codes if (s := sources[code]) is not None)


def read_content(path: Path) -> bytes:
    """The bytes of a file. Raises HydeskError where it is missing, too big or not to be read."""
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode) and not stat.S_ISDIR(known.st_mode):
            raise HydeskError(f"“{path.name}”不是普通文件，没有读取，请核对后再试")
        if known.st_size > LARGEST:
            raise HydeskError(f"“{path.name}”超过 {LARGEST // 1_000_000} MB，不像是报表，请删去图片等无关内容后再试")
        return path.read_bytes()
    except IsADirectoryError as e:
        raise HydeskError(f"“{path}”是文件夹，请选择其中的报表文件") from e
    except FileNotFoundError as e:
        raise HydeskError(f"找不到文件“{path}”，请检查是否已被移动或删除") from e
    except (OSError, ValueError) as e:
        raise HydeskError(f"不能读取“{path}”，请关闭正在使用它的程序或检查权限（{system_words(e) if isinstance(e, OSError) else e}）") from e


def _unit_of_paper(ledger: Ledger, name: str) -> str | None:
    """Whose a scan, a photo or a document is, by its name: it stands on the board, though nothing of it is read."""
    from hydesk.domain.file_names import is_paper
    from hydesk.returns.sheets import units_said
    from hydesk.services.standings.list_standings import list_units

    if not is_paper(name):
        return None
    said = units_said(name, tuple(list_units(ledger)))
    return said[0].name if len(said) == 1 else None


def _rejected(name: str, content: bytes, period: Period, unit: str | None, sentence: str) -> ReturnDraft:
    finding = Finding(Level.ERROR, "unreadable", sentence)
    understanding = Understanding(name, unit, None, (), (), (finding,), rejected=True)
    return ReturnDraft(name, content, digest(content), period, understanding, (), None, None, REJECTED, unit)


def _silent(_fraction: float, _doing: str) -> None:
    """Nobody wants to know."""
