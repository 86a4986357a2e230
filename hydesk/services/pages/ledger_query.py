"""Which projects the ledger's table shows: the query that its filters tell, as a value and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.meaning import Meaning
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField
from hydesk.domain.scopes.scope import WHOLE, Condition, Scope, ScopeOp, one_of

KINDS: Mapping[str, ScopeField] = {kind: SCOPE_FIELDS[key] for kind, key in (
    ("units", "unit"), ("groups", "group"), ("categories", "class"), ("natures", "nature"), ("meanings", "lamp"),
    ("stages", "stage"), ("levels", "level"), ("chains", "chain"), ("industries", "industry"), ("investors", "investor"),
    ("batches", "batch"), ("leaders", "leader"), ("cases", "state"))}
"""The filters of a query, each the field of scopes that it asks for."""


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which projects the ledger shows: a scope by its filters, and words looked for. An empty set of a kind means all.

    Of ``cases`` all must hold; of any other kind one. ``more`` are the conditions that no filter tells, such as bounds of
    the total investment.
    """

    text: str = ""
    units: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    natures: frozenset[str] = frozenset()
    meanings: frozenset[Meaning] = frozenset()
    cases: frozenset[Case] = field(default_factory=frozenset)
    stages: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    chains: frozenset[str] = frozenset()
    industries: frozenset[str] = frozenset()
    investors: frozenset[str] = frozenset()
    batches: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    leaders: frozenset[str] = frozenset()
    more: Scope = WHOLE
    only: frozenset[int] = field(default_factory=frozenset)
    """The ids of exactly these projects: those behind a figure that no other filter tells."""
    called: str = ""
    """What ``only`` is, in the office's words; stands on its chip."""

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self != LedgerQuery()

    def conditions(self, without: str = "") -> tuple[Condition, ...]:
        """What its filters ask for; the filter ``without`` is left out."""
        made: list[Condition] = []
        for kind, of in KINDS.items():
            words = sorted(map(_word, getattr(self, kind))) if kind != without else []
            made += [one_of(of, [w]) for w in words] if kind == "cases" else [one_of(of, words)] if words else []
        return (*made, *self.more.conditions)

    @property
    def scope(self) -> Scope:
        """The scope that its filters tell; words looked for and projects picked one by one are not in it."""
        return Scope(self.conditions())

    @classmethod
    def of(cls, scope: Scope, text: str = "") -> LedgerQuery:
        """The query that asks for ``scope``: by filters where there are such, the rest in ``more``."""
        chosen: dict[str, Any] = {}
        more: list[Condition] = []
        for c in scope.conditions:
            kind = next((k for k, of in KINDS.items() if of == c.field), "")
            values = frozenset(_MEANT.get(kind, {}).get(str(v), v) for v in c.values)
            if not kind or c.op is not ScopeOp.IS or (len(values) > 1 if kind == "cases" else kind in chosen):
                more.append(c)
            else:
                chosen[kind] = chosen.get(kind, frozenset()) | values
        return replace(cls(text=text, more=Scope(tuple(more))), **chosen)


_MEANT: Mapping[str, Mapping[str, Any]] = {"meanings": {m.label: m for m in Meaning}, "cases": {c.value: c for c in Case}}


def _word(value: Any) -> str:
    return value.label if isinstance(value, Meaning) else value.value if isinstance(value, Case) else str(value)


WORDS: Mapping[str, str] = {kind: KINDS[kind].label for kind in (
    "units", "categories", "stages", "meanings", "natures", "cases", "levels", "chains", "industries", "investors", "batches",
    "groups", "leaders")}
"""What the filters are called."""


def query_in_words(query: LedgerQuery) -> str:
    """筛选：县市区=衡南县、祁东县；查找“电缆”, or 全部项目."""
    parts = []
    for kind, word in WORDS.items():
        chosen = getattr(query, kind)
        if chosen:
            said = sorted(str(getattr(v, "label", None) or getattr(v, "value", None) or v or "（空）") for v in chosen)
            parts.append(f"{word}＝{'、'.join(said)}")
    parts += [c.words for c in query.more.conditions]
    if query.only:
        parts.append(query.called or "选定的项目")
    if query.text.strip():
        parts.append(f"查找“{query.text.strip()}”")
    return "；".join(parts) or "全部项目"
