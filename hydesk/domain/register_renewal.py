"""A register made by an earlier version takes on what its shipped definition gained, and keeps the office's own changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hydesk.dataclass import dataclass
from hydesk.domain.registers import RegisterDefinition, RegisterField, RegisterKind


@dataclass(frozen=True, slots=True)
class Known:
    """What a register had at any time: what is not in it now although it is known here, the office took away."""

    fields: frozenset[str] = frozenset()
    choices: frozenset[tuple[str, str]] = frozenset()
    """Field and choice."""
    views: frozenset[str] = frozenset()

    @classmethod
    def of(cls, definitions: Iterable[RegisterDefinition]) -> Known:
        """What occurred in any of ``definitions``."""
        every = list(definitions)
        return cls(frozenset(f.key for d in every for f in d.fields),
                   frozenset((f.key, c) for d in every for f in d.fields for c in f.choices),
                   frozenset(v.name for d in every for v in d.views))


def renewed(held: RegisterDefinition, shipped: RegisterDefinition, known: Known) -> RegisterDefinition:
    """``held`` with the fields, choices and views that ``shipped`` has and that never were in it, each behind its
    neighbour; ``held`` itself where there are none. Names, order, widths and whatever else the office chose stay.
    """
    fields = [_with_choices(f, shipped, known) for f in held.fields]
    labels = {f.label for f in fields}
    for at, new in enumerate(shipped.fields):
        if new.key in known.fields or new.label in labels:
            continue
        before = [f.key for f in shipped.fields[:at]]
        place = max((i + 1 for i, f in enumerate(fields) if f.key in before), default=0)
        fields.insert(place, new)
    keys = {f.key for f in fields}
    views = [v for v in shipped.views if v.name not in known.views and keys.issuperset(v.fields)
             and (v.only is None or v.only[0] in keys)]
    made = replace(held, fields=tuple(fields), views=(*held.views, *views))
    if held.identity != shipped.identity and set(held.identity) == {k for k in shipped.identity if k in known.fields}:
        made = replace(made, identity=tuple(k for k in shipped.identity if k in keys))
    if held.state and held.state == shipped.state:
        added = [c for c in shipped.closed if c not in held.closed and (held.state, c) not in known.choices]
        made = replace(made, closed=(*held.closed, *added))
    return made


def _with_choices(own: RegisterField, shipped: RegisterDefinition, known: Known) -> RegisterField:
    other = next((f for f in shipped.fields if f.key == own.key), None)
    if other is None or own.kind is not RegisterKind.CHOICE or other.kind is not RegisterKind.CHOICE:
        return own
    added = tuple(c for c in other.choices if (own.key, c) not in known.choices and c not in own.choices)
    return replace(own, choices=(*own.choices, *added)) if added else own


def gained(held: RegisterDefinition, new: RegisterDefinition) -> list[str]:
    """What ``new`` has more than ``held``, in words for a person."""
    keys = {f.key for f in held.fields}
    words = [f"字段“{f.label}”" for f in new.fields if f.key not in keys]
    old = {f.key: f.choices for f in held.fields}
    words += [f"“{f.label}”的选项“{c}”" for f in new.fields if f.key in old for c in f.choices if c not in old[f.key]]
    return words + [f"视图“{v.name}”" for v in new.views if v not in held.views]
