"""Saved views of the ledger: which columns, filters, order and unit, under a name; kept as settings, so undoable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Setting
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.writing import writing
from hydesk.services.rules.settings import kept_value, set_setting

PREFIX = "ledger_view/"
LONGEST = 30


def list_views(ledger: Ledger) -> dict[str, Mapping[str, Any]]:
    """The office's own views by name, in the order of their names."""
    with ledger.read() as connection:
        query = select(Setting.key, Setting.value).where(Setting.key.startswith(PREFIX, autoescape=True))
        kept = {key.removeprefix(PREFIX): kept_value(value, None, dict) for key, value in connection.execute(query).all()}
    return {name: view for name, view in sorted(kept.items()) if view is not None}


@writing
def save_view(ledger: Ledger, name: str, view: Mapping[str, Any], actor: Actor | None = None) -> None:
    """Keep ``view`` under ``name``, in the place of one called the same. Raises HydeskError for a bad name."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise HydeskError(f"视图要有名称，最长{LONGEST}个字")
    set_setting(ledger, PREFIX + name, dict(view), f"保存视图“{name}”", actor)


@writing
def delete_view(ledger: Ledger, name: str, actor: Actor | None = None) -> None:
    """Forget the view called ``name``."""
    set_setting(ledger, PREFIX + name, None, f"删除视图“{name}”", actor)
