"""Saved views of the ledger: which columns, filters, order and unit, under a name; kept as settings, so undoable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Setting
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.meaning import Meaning
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField
from hydesk.domain.scopes.grammar import parse_scope, written
from hydesk.domain.scopes.scope import Condition, Scope, one_of
from hydesk.services.acts.writing import writing
from hydesk.services.pages.ledger_query import KINDS, LedgerQuery
from hydesk.services.pages.ledger_rows import Order
from hydesk.services.rules.settings import kept_value, set_setting

PREFIX = "ledger_view/"
LONGEST = 30
View = Mapping[str, Any]

BUILT_IN: dict[str, LedgerQuery] = {
    "全部": LedgerQuery(),
    "滞后": LedgerQuery(meanings=frozenset({Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING})),
    "本期未报": LedgerQuery(cases=frozenset({Case.UNREPORTED})),
    "新开工": LedgerQuery(cases=frozenset({Case.NEW_TO_START})),
    "政府投资": LedgerQuery(investors=frozenset({"政府投资"})),
}
"""Views that come with the program; they set the filters and leave the columns as they are."""


def written_query(query: LedgerQuery) -> dict[str, Any]:
    """A query as JSON holds it: its words, and its scope as text. Projects picked one by one are not kept: a view is to
    answer anew."""
    kept: dict[str, Any] = {"text": query.text} if query.text else {}
    if query.scope.narrowed:
        kept["scope"] = written(query.scope)
    return kept


def read_query(kept: Mapping[str, Any], fields: Mapping[str, ScopeField] = SCOPE_FIELDS) -> LedgerQuery:
    """The query that ``written_query`` wrote in a ledger of these ``fields``, now or in a version that kept each filter's words by themselves; what this
    version does not know is left out."""
    try:
        scope = parse_scope(str(kept.get("scope", "")), fields)
    except HydeskError:
        scope = Scope()
    return LedgerQuery.of(scope.also(*_former(kept)), str(kept.get("text", "")))


def _former(kept: Mapping[str, Any]) -> Iterator[Condition]:
    """The conditions of a view that kept lists of words by the filter's name."""
    meanings = {m.value: m.label for m in Meaning}
    known = {c.value for c in Case}
    for kind, of in KINDS.items():
        words = [str(w) for w in kept.get(kind, ())]
        if kind == "meanings":
            words = [meanings[w] for w in words if w in meanings]
        if kind == "cases":
            yield from (one_of(of, [w]) for w in words if w in known)
        elif words:
            yield one_of(of, words)


def read_order(kept: Any, index_of: Callable[[str], int | None]) -> Order:
    """The order of a kept view, by the columns there are."""
    return tuple((at, bool(down)) for key, down in kept or () if (at := index_of(str(key))) is not None)


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
