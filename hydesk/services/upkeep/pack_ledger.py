"""A hand-over package: the ledger, its attachments and chosen reports in one zip, with a password if wanted.

With a password the zip is encrypted by AES-256 as WinZip does it, which 7-Zip, WinRAR and Bandizip open as well; the
names of the files inside stay readable, their content does not.
"""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from hydesk.db import sqlite_file
from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.file_names import clean_name
from hydesk.domain.job_progress import Progress
from hydesk.domain.passwords import weakness
from hydesk.services.upkeep.backup_ledger import backup_ledger, restore_ledger
from hydesk.services.upkeep.copy_attachments import attachments_of
from hydesk.temporary import temporary_folder

LEDGER, ATTACHMENTS, REPORTS = "台账.hydesk", "附件", "报告"
_ZIP = b"PK\x03\x04"
_MOST = 50 * 1024**3
_BLOCK = 1 << 20


def pack_ledger(
    ledger: Ledger, path: Path, password: str | None = None, reports: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Path:
    """Write the package to ``path``; it is opened and read through before it counts. Raises HydeskError."""
    said = progress or (lambda _fraction, _doing: None)
    if password is not None and (said_weak := weakness(password)):
        raise HydeskError(said_weak)
    path = path.absolute()
    fresh = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary_folder() as folder:
            copy = backup_ledger(ledger, Path(folder, LEDGER))
            members = [(LEDGER, copy), *((f"{ATTACHMENTS}/{p.name}", p) for p in _files(attachments_of(copy)))]
            members += [(f"{REPORTS}/{n:02d}-{clean_name(p.name)}", p) for n, p in enumerate(reports, 1)]
            with _new(fresh, password) as archive:
                fresh.chmod(0o600)
                for at, (name, file) in enumerate(members):
                    said(at / len(members), f"正在打包 {PurePosixPath(name).name}")
                    archive.write(file, name)
        said(0.95, "正在打开核对")
        with _opened(fresh, password) as archive:
            if damaged := archive.testzip():
                raise HydeskError(f"写好的包里“{damaged}”读不回来，没有留下它；请换一个磁盘再试")
        sqlite_file.to_disk(fresh)
        fresh.replace(path)
    except OSError as e:
        raise HydeskError(f"不能写入“{path}”，没有打包；请检查文件、磁盘空间和权限（{system_words(e)}）") from e
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return path


def is_package(path: Path) -> bool:
    """Whether ``path`` is a zip; a ledger file is none."""
    try:
        with path.open("rb") as f:
            return f.read(4) == _ZIP
    except OSError:
        return False


def is_locked(path: Path) -> bool:
    """Whether the package at ``path`` wants a password. Raises HydeskError where it is none or damaged."""
    with _opened(path, None) as archive:
        return any(m.flag_bits & 1 for m in archive.infolist())


def unpack_ledger(path: Path, folder: Path, password: str | None = None) -> Path:
    """Put ledger and attachments of the package at ``path`` into ``folder``; the ledger there.

    Names inside the package never lead out of ``folder``. Raises HydeskError, also for a wrong password.
    """
    ledger = folder / LEDGER
    try:
        with _opened(path, password) as archive:
            members = archive.infolist()
            if LEDGER not in {m.filename for m in members}:
                raise HydeskError(f"“{path.name}”里没有台账，不是移交包，台账没有改动")
            if any(m.flag_bits & 1 for m in members) and not password:
                raise HydeskError(f"“{path.name}”加了密码，请给出打包时的密码")
            if sum(m.file_size for m in members) > _MOST:
                raise HydeskError(f"“{path.name}”展开后过大，没有展开")
            for m in members:
                parts = PurePosixPath(m.filename.replace("\\", "/")).parts
                if m.filename == LEDGER:
                    _put(archive, m, ledger)
                elif len(parts) == 2 and parts[0] == ATTACHMENTS and parts[1] not in ("..", "."):
                    _put(archive, m, attachments_of(ledger) / clean_name(parts[1]))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as e:
        raise HydeskError(f"“{path.name}”已损坏，读不出来，台账没有改动；请换一份") from e
    except OSError as e:
        raise HydeskError(f"不能展开“{path.name}”，请检查磁盘空间和权限（{system_words(e)}）") from e
    return ledger


def restore_package(location: str | Path, path: Path, password: str | None = None) -> Path | None:
    """``restore_ledger`` from a package; a plain backup is restored as it is. Raises HydeskError."""
    if not is_package(path):
        return restore_ledger(location, path)
    with temporary_folder() as folder:
        return restore_ledger(location, unpack_ledger(path, Path(folder), password))


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_file() and not p.is_symlink()) if folder.is_dir() else []


def _new(path: Path, password: str | None) -> Any:
    import pyzipper

    if password is None:
        return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
    archive = pyzipper.AESZipFile(path, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES)
    archive.setpassword(password.encode("utf-8"))
    return archive


class _Opened:
    """The archive at a path; a wrong password, which the library tells as RuntimeError, becomes a sentence."""

    def __init__(self, path: Path, password: str | None) -> None:
        self._path, self._password = path, password

    def __enter__(self) -> Any:
        import pyzipper

        try:
            self._archive = pyzipper.AESZipFile(self._path)
        except (zipfile.BadZipFile, pyzipper.BadZipFile, ValueError, NotImplementedError) as e:
            raise HydeskError(f"“{self._path.name}”已损坏或不是移交包，打不开；请换一份") from e
        if self._password:
            self._archive.setpassword(self._password.encode("utf-8"))
        return self._archive

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        import pyzipper

        self._archive.close()
        if isinstance(error, RuntimeError) and not isinstance(error, NotImplementedError):
            raise HydeskError(f"“{self._path.name}”的密码不对，台账没有改动；请核对后再试") from None
        if isinstance(error, pyzipper.BadZipFile):
            raise HydeskError(f"“{self._path.name}”已损坏或密码不对，读不出来，台账没有改动") from None


def _opened(path: Path, password: str | None) -> _Opened:
    return _Opened(path, password)


def _put(archive: Any, member: Any, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("wb") as made:
        shutil.copyfileobj(source, made, _BLOCK)
