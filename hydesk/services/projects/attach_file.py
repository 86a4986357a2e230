"""Photos and documents of a project: copied into a folder beside the ledger under their hash, and found again.

The folder is ``<ledger's file name>.附件``; of a ledger on a server the files stand in the database. A file is written there whole (temporary name, synced, renamed) before the
transaction that tells of it begins, so that the ledger never names what is not there. Undoing leaves the file lying:
redoing needs it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db import clock, server_files
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Attachment, Project
from hydesk.db.places import PRESENT, Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.file_names import OpenRisk, ending_of, last_name, opening_of
from hydesk.domain.job_progress import Progress
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.server_attachments import (
    NotBrought,
    bring,
    kept_on_server,
    local_folder,
    refuse_large,
)
from hydesk.temporary import make_folder

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"})
NAMELESS = "附件"
_STORED = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,10})?")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """An attachment; ``path`` is where its file lies, ``missing`` says that it does not. ``size`` in bytes.

    ``name`` comes out of the ledger and is clean: one part of a path, nothing hidden in it.
    """

    id: int
    name: str
    note: str
    size: int
    path: Path
    missing: bool
    added_at: datetime
    actor: str
    bring: Callable[[], None] | None = field(default=None, compare=False)
    """Brings a server's file to ``path``."""

    @property
    def picture(self) -> bool:
        """Whether a thumbnail can be shown."""
        return self.path.suffix.lower() in PICTURES

    @property
    def opening(self) -> OpenRisk:
        """What opening it would do."""
        return opening_of(self.name)


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of attaching: how many were added, and the names of those the project had already."""

    added: int
    known: tuple[str, ...]


def attachment_folder(ledger: Ledger) -> Path:
    """Where the files lie; need not exist yet. Of a ledger on a server those that were brought here."""
    return local_folder(ledger) if ledger.beside is None else ledger.beside.with_name(ledger.beside.name + ".附件")


@writing
def attach_files(
    ledger: Ledger, project_id: int, paths: Iterable[Path], note: str = "", actor: Actor | None = None,
    progress: Progress | None = None, *, agreed: bool = False,
) -> Attached:
    """Keep copies of ``paths`` with the project; one act, to be undone. Raises HydeskError, nothing is then attached.

    Programs are refused; what is neither photo nor document of a usual kind too, unless somebody ``agreed``.
    ``progress`` may raise Cancelled; copies made by then lie unused in the folder.
    """
    wanted = list(paths)
    folder = attachment_folder(ledger)
    if ledger.read_only:
        raise HydeskError("台账现在只能查看，不能添加附件")
    for path in wanted:
        _refuse(path, agreed)
        if ledger.keeper is not None:
            refuse_large(path)
    kept = []
    for i, path in enumerate(wanted):
        if progress is not None:
            progress(i / len(wanted), path.name)
        kept.append((last_name(path.name, NAMELESS), *_keep(path, folder)))
    with ledger.write() as connection:
        project = connection.execute(select(Project.name).where(Project.id == project_id, Project.present)).scalar()
        if project is None:
            raise HydeskError("这个项目已不在台账里，请刷新后再试")
        held = set(connection.execute(select(Attachment.sha256).where(
            Attachment.project_id == project_id, Attachment.present)).scalars())
        fresh = list({sha: (name, sha, stored, size) for name, sha, stored, size in kept if sha not in held}.values())
        if fresh:
            if ledger.keeper is not None:
                for _, _, stored, _ in fresh:
                    server_files.put(connection, stored, folder / stored)
            what = f"“{fresh[0][0]}”" if len(fresh) == 1 else f"{len(fresh)}个附件"
            act_id = begin_act(connection, "edit", f"给“{project}”添加{what}", actor or current_actor(ledger))
            record(connection, act_id, _writes(connection, project_id, fresh, note, actor or current_actor(ledger)))
        return Attached(len(fresh), tuple(name for name, sha, _, _ in kept if sha in held))


def _writes(
    connection: Connection, project_id: int, fresh: Sequence[tuple[str, str, str, int]], note: str, actor: Actor
) -> list[Write]:
    writes = []
    for key, (name, sha, stored, size) in zip(
            Shelves(connection).new_keys(Entity.ATTACHMENT, len(fresh)), fresh, strict=True):
        values = {PRESENT: "1", "name": name, "stored": stored, "sha256": sha, "size": str(size), "note": note or None,
                  "added_at": clock.now(connection).isoformat(), "actor": str(actor)}
        writes += [Write(Place(Entity.ATTACHMENT, project_id, key, field), text) for field, text in values.items()]
    return writes


@writing
def detach_file(ledger: Ledger, attachment_id: int, actor: Actor | None = None) -> None:
    """Take an attachment off its project; undoable, the file stays where it is. Raises HydeskError."""
    with ledger.write() as connection:
        found = connection.execute(select(Attachment.project_id, Attachment.name).where(
            Attachment.id == attachment_id, Attachment.present)).first()
        if found is None:
            raise HydeskError("这个附件已经移除，请刷新后再看")
        act_id = begin_act(connection, "edit", f"移除附件“{found.name}”", actor or current_actor(ledger))
        record(connection, act_id, [
            Write(Place(Entity.ATTACHMENT, found.project_id, str(attachment_id), PRESENT), None)])


def list_attachments(ledger: Ledger, project_id: int) -> list[AttachedFile]:
    """The project's attachments, newest first."""
    with ledger.read() as connection:
        return read_attachments(connection, ledger, project_id)


def read_attachments(connection: Connection, ledger: Ledger, project_id: int) -> list[AttachedFile]:
    """As ``list_attachments``, within an open transaction. Pictures on a server are brought here, other files when opened."""
    folder = attachment_folder(ledger)
    query = select(Attachment.id, Attachment.name, Attachment.note, Attachment.size, Attachment.stored,
                   Attachment.added_at, Attachment.actor).where(
        Attachment.project_id == project_id, Attachment.present).order_by(Attachment.id.desc())
    rows = connection.execute(query).all()
    missing = _missing_on_server(ledger, [r.stored for r in rows]) if ledger.keeper is not None else None
    return [
        AttachedFile(r.id, last_name(r.name or "", NAMELESS), r.note or "", r.size or 0, path := place_of(folder, r.stored),
                     not lies_there(path) if missing is None else r.stored in missing,
                     r.added_at.astimezone() if r.added_at else datetime.now(UTC), r.actor or "",
                     None if missing is None else partial(bring, ledger, [path.name]))
        for r in rows
    ]


def _missing_on_server(ledger: Ledger, stored: Sequence[str | None]) -> set[str | None]:
    """Names of which the server has no file; the pictures among the others are brought here, to be looked at."""
    known = {s for s in stored if s and _STORED.fullmatch(s)}
    there = kept_on_server(ledger, known)
    with suppress(NotBrought):  # a desk without room still sees all else of the page; whoever opens the picture is told
        bring(ledger, sorted(s for s in there if Path(s).suffix in PICTURES))
    return set(stored) - there


def copy_to_open(file: AttachedFile, *, agreed: bool = False) -> Path:
    """A copy under the name it came with, for the desktop to open: whoever saves into it leaves the kept file alone.

    The copy is marked as come from outside, so that an office program opens it protected, and goes when hydesk ends.
    Raises HydeskError for a program; for what is of no usual kind too, unless somebody ``agreed``.
    """
    if file.opening is OpenRisk.RUNS:
        raise HydeskError(f"附件“{file.name}”是程序或会启动程序，不打开；这不是照片或文档，请查明它从哪里来")
    if file.opening is OpenRisk.UNKNOWN and not agreed:
        raise HydeskError(f"附件“{file.name}”不是常见的照片或文档，没有打开；请先确认它从哪里来")
    if file.missing:
        raise HydeskError(f"附件“{file.name}”的文件不见了（应在“{file.path.parent}”），请从备份里找回")
    if file.bring is not None:
        file.bring()
    try:
        target = make_folder() / last_name(file.name, NAMELESS)
        shutil.copyfile(file.path, target)
        _mark_as_foreign(target)
    except OSError as e:
        raise HydeskError(f"打不开附件“{file.name}”（{system_words(e)}）") from e
    return target


def unusual_kinds(names: Iterable[str]) -> tuple[str, ...]:
    """The endings among ``names`` of which nobody can say what opening such a file does: to be asked about."""
    return tuple(sorted({ending_of(n) for n in names if opening_of(n) is OpenRisk.UNKNOWN}))


def _mark_as_foreign(path: Path) -> None:
    """As a browser marks what it brought in: Office then opens it protected, Windows asks. Never runnable elsewhere."""
    with suppress(OSError):
        if os.name == "nt":
            Path(f"{path}:Zone.Identifier").write_text("[ZoneTransfer]\r\nZoneId=3\r\n", encoding="ascii", newline="")
        else:
            path.chmod(stat.S_IREAD | stat.S_IWRITE)


def place_of(folder: Path, stored: str | None) -> Path:
    """Where the file kept as ``stored`` lies; a name that is none of ours is looked for nowhere."""
    return folder / (stored if stored and _STORED.fullmatch(stored) else ".附件名称不对")


def lies_there(path: Path) -> bool:
    """A link would lead to a file of this computer, not to one that was kept."""
    return path.is_file() and not path.is_symlink()


def _refuse(path: Path, agreed: bool) -> None:
    if path.is_dir():
        raise HydeskError(f"“{path.name}”是文件夹，请选里面的文件")
    if not path.is_file():
        raise HydeskError(f"找不到文件“{path.name}”，请重新选择")
    opening = opening_of(path.name)
    if opening is OpenRisk.RUNS:
        raise HydeskError(f"“{path.name}”是程序或会启动程序，不能作为附件；请添加照片或文档")
    if opening is OpenRisk.UNKNOWN and not agreed:
        raise HydeskError(f"“{path.name}”不是常见的照片或文档，没有添加；请先确认要添加这类文件")


def _keep(path: Path, folder: Path) -> tuple[str, str, int]:
    """Hash, stored name and size of the copy made in ``folder``."""
    temporary: Path | None = None
    try:
        folder.mkdir(0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".新-", dir=folder)
        temporary = Path(name)
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as out, path.open("rb") as source:
            while block := source.read(_BLOCK):
                digest.update(block)
                size += out.write(block)
            out.flush()
            os.fsync(out.fileno())
        stored = digest.hexdigest() + _suffix(path)
        target = folder / stored
        if not target.is_file() or digest_of(target) != digest.hexdigest():
            if target.exists():
                target.chmod(stat.S_IWRITE | stat.S_IREAD)
            temporary.replace(target)
            target.chmod(stat.S_IREAD)
            _sync(folder)
        return digest.hexdigest(), stored, size
    except OSError as e:
        raise HydeskError(f"“{path.name}”没有添加：不能写入“{folder}”（{system_words(e)}），请检查磁盘空间和权限") from e
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,10}", suffix) else ""


def _sync(folder: Path) -> None:
    """Make the renaming itself reach the disk, where the system can (Windows does so by itself)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def digest_of(path: Path) -> str:
    """The hash of a file's content, under which it is kept."""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()
