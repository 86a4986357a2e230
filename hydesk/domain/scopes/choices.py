"""What a scope may be made of at a period, and how many projects each choice would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from itertools import chain

from hydesk.dataclass import dataclass
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField, ScopeKind, ScopeMember
from hydesk.domain.scopes.grammar import parse_scope, resolve
from hydesk.domain.scopes.scope import Scope, ScopeOp


@dataclass(frozen=True, slots=True)
class ScopeChoices:
    """Every project of the year's list, and by the key of a field its words in the office's order, those that no project
    has among them. ``short``: by the key of a field what else a word is called."""

    members: tuple[ScopeMember, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    short: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fields: Mapping[str, ScopeField] = field(default_factory=lambda: SCOPE_FIELDS)

    def meant(self, text: str) -> Scope:
        """The scope that a person's words mean. Raises HydeskError with the sentence of what is wrong in them."""
        return resolve(parse_scope(text, self.fields), self.words, self.short)

    def count(self, scope: Scope) -> int:
        """How many projects are in ``scope``."""
        return len(scope.of(self.members))

    def counts(self, of: ScopeField, scope: Scope) -> Counter[str]:
        """How many projects each word of ``of`` would leave, given the other conditions of ``scope``."""
        others = Scope(tuple(c for c in scope.conditions if c.field != of or c.op is not ScopeOp.IS))
        held = (of.read(m) for m in others.of(self.members))
        if of.kind is ScopeKind.WORDS:
            return Counter(chain.from_iterable(v or ("",) for v in held))
        return Counter(held)
