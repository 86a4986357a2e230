"""A ledger moved to a server or back into a file, with a proof that both say the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Connection, Table, select

from hydesk.db import server_files
from hydesk.db.ledger import Ledger, connect
from hydesk.db.models import Base
from hydesk.db.patience import patience
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.services.upkeep.backup_ledger import backup_ledger
from hydesk.services.upkeep.copy_attachments import attached_files
from hydesk.services.upkeep.open_ledger import carry_to_server, discard, open_ledger

_AT_A_TIME = 500


def move_to_server(source: Ledger, location: str, progress: Progress) -> int:
    """Carry the file ``source`` into the database at ``location``, which must hold no ledger; how many rows were compared.

    The file stays as it is. Where anything differs afterwards the database is emptied again. Raises HydeskError.
    """
    progress(0.0, "正在搬到服务器")
    carry_to_server(source, location)
    target = connect(location)
    try:
        try:
            return prove_same(source, target, lambda done, what: progress(0.5 + done / 2, what))
        except HydeskError:
            discard(target)
            raise
    finally:
        target.close()


def move_to_file(source: Ledger, path: Path, progress: Progress) -> int:
    """Carry ``source``, on a server, into a new file at ``path``; how many rows were compared. Raises HydeskError."""
    if path.exists():
        raise HydeskError(f"“{path}”已经存在，没有改动它；请换一个文件名")
    progress(0.0, "正在取回到本机")
    backup_ledger(source, path)
    copy = open_ledger(path, read_only=True)
    try:
        return prove_same(source, copy, lambda done, what: progress(0.5 + done / 2, what))
    except BaseException:
        copy.close()
        path.unlink(missing_ok=True)
        raise
    finally:
        copy.close()


@patience()
def prove_same(one: Ledger, other: Ledger, progress: Progress) -> int:
    """Compare every value of every row of the two, and say how many rows there are. Raises HydeskError for any difference."""
    rows, tables = 0, Base.metadata.sorted_tables
    with one.read() as left, other.read() as right:
        for number, table in enumerate(tables):
            progress(number / len(tables), "正在逐行核对两边")
            (mine, count), (its, _) = _digest(left, table), _digest(right, table)
            if mine != its:
                raise HydeskError(f"搬完后核对，两边的“{table.name}”不一样，没有采用；请再试一次，仍然不行请联系维护人员")
            rows += count
        if _files(left, one) != _files(right, other):
            raise HydeskError("搬完后核对，两边的附件不一样，没有采用；请看看附件文件夹里有没有缺的，再试一次")
    progress(1.0, "核对完，两边一致")
    return rows


def _files(connection: Connection, ledger: Ledger) -> dict[str, str]:
    """What every attached file's content comes to, by its name."""
    if ledger.beside is None:
        return dict(server_files.digests(connection))
    found = {}
    for file in attached_files(ledger.beside):
        with file.open("rb") as content:
            found[file.name] = hashlib.file_digest(content, "sha256").hexdigest()
    return found


def _digest(connection: Connection, table: Table) -> tuple[str, int]:
    made, count = hashlib.sha256(), 0
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_A_TIME)
    for row in connection.execute(query):
        made.update(repr(tuple(row)).encode("utf-8", "surrogatepass") + b"\n")
        count += 1
    return made.hexdigest(), count
