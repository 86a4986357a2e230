"""Open a ledger, or make a new one."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from hydesk.db import server_files, sqlite_file
from hydesk.db.carry import carry
from hydesk.db.damage import damage_of, refuse_damaged
from hydesk.db.ledger import Ledger, connect
from hydesk.db.locations import file_of, is_url, shown
from hydesk.db.migrate import (
    bring_up_to_date,
    is_up_to_date,
    newer_but_readable,
    refuse_other_version,
    renew_rights,
    revision,
    upgrade_within,
)
from hydesk.db.seed import seed
from hydesk.db.side_files import lay_aside_strange
from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.people import PersonRole
from hydesk.services.upkeep.copy_attachments import attached_files
from hydesk.temporary import make_folder, temporary_folder

__all__ = ["Ledger", "create_ledger", "discard", "is_there", "open_ledger", "shown"]


_CHECKED_AT_ONCE = 16_000_000
"""Bytes of a file whose pages are checked within some hundredths of a second."""


def open_ledger(location: str | Path, *, read_only: bool = False, check_beside: bool = False, pages_checked: bool = False) -> Ledger:
    """Open the ledger at ``location``, a file or a database URL.

    An older ledger is migrated, its file copied beside it first. One opened ``read_only`` is never touched: its
    ``write`` raises, and an older one is refused; of a damaged one that is what can be read, in a copy. With ``check_beside`` a large file can be read before its pages
    are checked: the caller says when that is begun (``Ledger.begin_check``), and what is written waits for it. ``pages_checked`` says that somebody else
    looks at the pages. Raises HydeskError for one that is
    missing, newer, foreign or, unless ``read_only``, not to be written; OnlyToLook for one that is damaged, or to which
    triggers or views were added.
    """
    path = None if is_url(location) else file_of(location).absolute()
    aside = ""
    if path is not None:
        with suppress(OSError):
            aside = lay_aside_strange(path)
        sqlite_file.refuse_foreign(path, to_write=not read_only)
    beside = check_beside and path is not None and path.stat().st_size > _CHECKED_AT_ONCE
    if path is not None and not read_only:
        refuse_damaged(path, every_page=not beside, pages=not pages_checked)
    if read_only and path is not None and (said := damage_of(path, every_page=path.stat().st_size <= _CHECKED_AT_ONCE)):
        return _what_can_be_read(path, said)
    ledger = connect(location, read_only=read_only)
    try:
        if path is None:
            _know_person(ledger)
            read_only = read_only or bool(ledger.look_only)
            if ledger.look_only == _NEWER:
                return ledger
        if read_only:
            refuse_other_version(ledger)
            return ledger
        if beside and path is not None and not is_up_to_date(ledger):
            refuse_damaged(path)
            beside = False
        bring_up_to_date(ledger)
        if path is None:
            aside = _renew_rights(ledger)
        with ledger.write() as connection:
            ledger.know_newest(connection)  # a ledger that cannot be written says so now, not when the clerk saves; nothing is changed by this
        if beside and path is not None:
            ledger.check_beside(partial(refuse_damaged, path))
        ledger.aside = aside
    except BaseException:
        ledger.close()
        raise
    return ledger


_NEWER = "台账是由更新版本的 hydesk 升级过的，这里只能看，不能改；请先升级 hydesk"


def _know_person(ledger: Ledger) -> None:
    """Learn from the server who is logged in, and whether he can do no more than look."""
    from hydesk.db.people import who
    from hydesk.db.server import is_encrypted

    with ledger.read() as connection:
        ledger.person, ledger.encrypted = who(connection), is_encrypted(connection)
    if newer_but_readable(ledger):
        ledger.look_only = _NEWER
    elif ledger.person is not None and not ledger.person.role.writes:
        ledger.look_only = f"{ledger.person.login}在这个台账里是读者，可以{PersonRole.READER.may}，不能改"
    ledger.read_only = ledger.read_only or bool(ledger.look_only)


def _renew_rights(ledger: Ledger) -> str:
    """What is to be told of it."""
    try:
        return "各种身份在服务器上的权限已按新版本重新设定，各人照常使用" if renew_rights(ledger) else ""
    except HydeskError:
        return "各种身份在服务器上的权限是旧版本设定的，这里没能更新；请管理员再运行一次 hydesk people set-up"


def _what_can_be_read(path: Path, said: str) -> Ledger:
    """A copy, elsewhere, of what can be read of a damaged ledger; it goes when the program ends."""
    from hydesk.services.upkeep.rescue_ledger import rescue_ledger

    copy = make_folder() / path.name
    rescue_ledger(path, copy, attachments=False)
    ledger = connect(copy, read_only=True)
    ledger.beside, ledger.location = path, str(path)
    ledger.look_only = f"台账“{path.name}”{said}，这里是读得出的部分，只能看，不能改；请用备份恢复，或用 hydesk rescue 救出"
    return ledger


def create_ledger(location: str | Path) -> Ledger:
    """Make a new, empty ledger with the office's units and classes. Raises HydeskError where there is one already."""
    if is_url(location):
        return _fill_server(connect(location))
    path = file_of(location).absolute()
    taken = f"“{path}”已经存在，没有改动它；请直接打开，或换一个文件名"
    if path.exists():
        raise HydeskError(taken)
    # Under its name only once it is whole: neither a power cut nor another process ever meets half a ledger.
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
    except OSError as e:  # Windows says that the folder exists where a file stands in its place
        what = "那里是一个文件，不是文件夹" if any(p.is_file() for p in path.parents) else system_words(e)
        raise HydeskError(f"不能在“{path.parent}”里新建台账：{what}。请换一个文件夹") from e
    try:
        with temporary_folder() as folder:
            made = Path(folder, "台账.hydesk")
            _fill(connect(made)).close()
            shutil.copyfile(made, fresh)
        fresh.chmod(0o600)
        sqlite_file.to_disk(fresh)
        sqlite_file.put_in_place(fresh, path)
    except FileExistsError as e:
        raise HydeskError(taken) from e
    except OSError as e:
        raise HydeskError(f"不能在“{path.parent}”里新建台账，请检查文件夹权限（{system_words(e)}）") from e
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return connect(location)


def _fill_server(ledger: Ledger) -> Ledger:
    try:
        _refuse_taken(ledger)
        return _fill(ledger)
    except BaseException:
        ledger.close()
        raise


def carry_to_server(source: Ledger, location: str) -> None:
    """Put all that ``source`` holds into the database at ``location``, which must not hold a ledger yet.

    Where that fails the database is as before. Raises HydeskError.
    """
    ledger = connect(location)
    try:
        _refuse_taken(ledger)
        with ledger.write() as connection:
            upgrade_within(connection)
            carry(source, connection)
            if source.beside is not None:
                for file in attached_files(source.beside):
                    server_files.put(connection, file.name, file)
    finally:
        ledger.close()


def is_there(location: str | Path) -> bool:
    """Whether a ledger, or another file, stands at ``location``. Raises HydeskError where a server does not answer."""
    if not is_url(location):
        return file_of(location).exists()
    ledger = connect(location)
    try:
        with ledger.read() as connection:
            return revision(connection) is not None
    finally:
        ledger.close()


def discard(ledger: Ledger) -> None:
    """Close ``ledger`` and take it away: it was made for something that came to nothing."""
    if ledger.path is None:
        from hydesk.db.server import clear

        with ledger.write() as connection:
            clear(connection)
    ledger.close()
    if ledger.path is not None:
        sqlite_file.remove(ledger.path)


def _refuse_taken(ledger: Ledger) -> None:
    """Raise HydeskError where the database cannot hold a ledger or holds one already."""
    from hydesk.db.server import refuse_unfit

    with ledger.read() as connection:
        refuse_unfit(connection)
        if revision(connection) is not None:
            raise HydeskError(f"“{ledger.location}”里已有台账，没有改动它；请直接打开，或请管理员另建一个数据库")


def _fill(ledger: Ledger) -> Ledger:
    try:
        with ledger.write() as connection:
            upgrade_within(connection)
            seed(connection)
    except SQLAlchemyError as e:
        ledger.close()
        raise HydeskError(f"不能在“{ledger.location}”新建台账（{type(e).__name__}）") from e
    except BaseException:
        ledger.close()
        raise
    return ledger
