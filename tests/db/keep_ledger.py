"""Keeps a small ledger as the program writes it now, for the tests of later versions: python -m tests.db.keep_ledger

To be run before a migration is added: the version it leaves behind must still open after it.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from hydesk.db import migrate
from hydesk.domain.actors import Actor
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import JUNE, draft, fill, money

FILES = Path(__file__).with_name("ledgers")


def keep_ledger(folder: Path = FILES) -> Path:
    """Put a list, a return, an edit and an act undone into a ledger, and keep it packed in ``folder`` by its version."""
    kept = folder / f"{migrate.REVISIONS[-1]}.hydesk.gz"
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "台账.hydesk"
        ledger = create_ledger(path)
        fill(ledger)
        apply_return(ledger, draft(ledger, JUNE, {1: money(1_000_000, 60_000_000), 3: money(None, 7_000_001)}), Actor("乙"))
        ids = {p.name: p.id for p in list_standings(ledger, JUNE)}
        edit_project(ledger, ids["第2号项目"], Field.NAME, "改了名的项目", JUNE, "更名", Actor("甲"))
        edit_project(ledger, ids["第4号项目"], Field.BUILDER, "不再是业主", JUNE, actor=Actor("甲"))
        undo_last(ledger, Actor("甲"))
        ledger.close()
        kept.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    return kept


if __name__ == "__main__":
    print(keep_ledger())
