"""Stage 'matching': which project of the ledger a row is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz, process

from hydesk.dataclass import dataclass
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, ReportingUnit
from hydesk.returns.name_forms import (
    SHORTEST_HELD,
    Rest,
    is_cut_short,
    is_small_slip,
    numbers_in,
    parts_between,
    renamed_parts,
    rest_of,
    squeezed_names,
)
from hydesk.returns.names_together import held_in, nothing_else, parts_names
from hydesk.returns.text import loose_key, name_key, squeeze

NEAR_ENOUGH = 80.0
"""Least similarity (0–100) at which a name may be meant for another."""
_LIKE = 45.0
"""Least similarity of a project that is offered to a person as perhaps meant."""
MARGIN = 6.0
"""How much nearer the best project must be than the next; else the row waits for a person."""


MOST_SEARCHES = 5_000
"""Near names looked up per index at most. A book with more strangers than any list has projects is no return, and
every stranger is reported either way."""


class How(Enum):
    """How a row was matched."""

    CODE = "code"
    NAME = "name"
    ALIAS = "alias"
    NEAR = "near"
    PERSON = "person"
    """A person said in the review which project it is."""


class MatchDoubt(Enum):
    """Why a match needs a word to the clerk."""

    NONE = "none"
    NAME_DIFFERS = "name_differs"
    """The code matches, the name is nearly the ledger's."""
    CODE_NAME_CONFLICT = "code_name_conflict"
    """The code says one project, the name another."""
    NEAR_NAME = "near_name"
    AMBIGUOUS = "ambiguous"
    """Two projects are about as near."""
    SEVERAL = "several"
    """The cell names several projects: its figures are theirs together."""
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """The project a row is about, how it was found, and what is doubtful about it."""

    project: KnownProject | None
    how: How | None
    doubt: MatchDoubt = MatchDoubt.NONE
    others: tuple[KnownProject, ...] = ()
    """Projects that are about as near, or the one that the name means when the code says another."""


class ProjectIndex:
    """The snapshot's projects by code and by every form of their names. Built once per snapshot; each book is read
    with a ``fresh`` one."""

    def __init__(self, snapshot: LedgerSnapshot) -> None:
        self._codes: dict[str, KnownProject] = {}
        self._names: dict[str, list[tuple[KnownProject, How]]] = {}
        self._loose: dict[str, list[KnownProject]] = {}
        self._by_unit: dict[str, list[tuple[str, KnownProject]]] = {}
        self._all: list[tuple[str, KnownProject]] = []
        self._searches = self._looks = 0
        self._places = {u.name: _forms_of(u) for u in snapshot.units}
        self._placeless: dict[tuple[str, str], dict[str, KnownProject]] = {}
        for p in snapshot.projects:
            self._codes[code_key(p.code)] = p
            if p.approval_code:
                self._codes.setdefault(code_key(p.approval_code), p)
            own = self._by_unit.setdefault(p.unit, [])
            for name in (p.name, *p.names):
                exact, key = name_key(name), loose_key(name)
                self._names.setdefault(exact, []).append((p, How.NAME if name == p.name else How.ALIAS))
                alike = self._loose.setdefault(key, [])
                if not any(p is other for other in alike):
                    alike.append(p)
                for form in (key,) if key == exact else (key, exact):
                    own.append((form, p))
                    self._all.append((form, p))

    def fresh(self) -> ProjectIndex:
        """The same names, with the searches of another book still to be counted."""
        other = copy(self)
        other._searches = other._looks = 0
        return other

    def by_code(self, code: str) -> KnownProject | None:
        """The project with this 市重点编号 or 统一代码."""
        return self._codes.get(code_key(code)) if code else None

    def by_name(self, name: str, unit: str | None) -> tuple[KnownProject, How] | None:
        """The one project of that exact name; the unit's own before another's; None when none or several."""
        found = self._names.get(name_key(name), [])
        own = [f for f in found if f[0].unit == unit]
        chosen = own or found
        if len({f[0].code for f in chosen}) == 1:
            return chosen[0]
        if found:
            return None
        loose = self._loose.get(loose_key(name), [])
        own_loose = [p for p in loose if p.unit == unit] or loose
        return (own_loose[0], How.ALIAS) if len(own_loose) == 1 else None

    def without_place(self, name: str, unit: str | None) -> KnownProject | None:
        """The unit's one project of that name but for the unit's own name before it (祁东县X, 祁东X, X)."""
        if unit is None:
            return None
        if not self._placeless:
            for form, p in self._all:
                bare = self._without_place(form, p.unit)
                self._placeless.setdefault((p.unit, bare), {})[p.code] = p
        key = self._without_place(loose_key(name), unit)
        found = list(self._placeless.get((unit, key), {}).values()) if len(key) >= _SHORTEST_BARE else []
        return found[0] if len(found) == 1 else None

    def _without_place(self, key: str, unit: str) -> str:
        for place in self._places.get(unit, ()):
            before, found, rest = key.partition(place)
            if found and _WIDER.fullmatch(before):
                return rest
        return key

    def near(self, name: str, unit: str | None) -> list[tuple[float, KnownProject]]:
        """Projects with a name like ``name``, nearest first: within the unit, or everywhere when it is None."""
        self._searches += 1
        if self._searches > MOST_SEARCHES:
            return []
        pool = self._by_unit.get(unit, []) if unit is not None else self._all
        best: dict[str, tuple[float, KnownProject]] = {}
        # A slip within the closing 项目 shows only in the whole name, one before it better in the bare name.
        for key in dict.fromkeys((loose_key(name), name_key(name))):
            if len(key) < 2:
                continue
            for _, score, at in process.extract(key, [k for k, _ in pool], scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=8):
                p = pool[at][1]
                if p.code not in best or best[p.code][0] < score:
                    best[p.code] = (score, p)
        return sorted(best.values(), key=lambda f: -f[0])

    def inside(self, words: str, unit: str | None) -> KnownProject | None:
        """The project whose name stands inside ``words`` (owner and name in one cell); None when not just one."""
        text = re.sub(r"[()\-—·、,'\"]", "", squeeze(words).casefold())
        pool = self._by_unit.get(unit, []) if unit is not None else self._all
        held = [(len(k), p) for k, p in pool if len(k) >= 4 and k in text]
        if not held:
            return None
        longest = max(n for n, _ in held)
        best = {p.code: p for n, p in held if n == longest}
        return next(iter(best.values())) if len(best) == 1 else None

    def several_in(self, words: str) -> tuple[KnownProject, ...]:
        """The projects of a cell that names more than one, whatever parts them; none where it names one or fewer."""
        for parts in parts_between(words):
            found = {f[0].code: f[0] for p in parts if len(name_key(p)) >= 4 and (f := self.by_name(p, None)) is not None}
            if len(found) > 1:
                return tuple(found.values())
        if len(words) < 2 * SHORTEST_HELD or self._looks > MOST_SEARCHES:
            return ()
        self._looks += 1
        text = squeezed_names(words)
        held = held_in(text, self._all)
        if len(held) < 2:
            return ()
        return tuple(held) if parts_names(words) or nothing_else(text, held) else ()

    def held(self, words: str, unit: str | None) -> tuple[KnownProject, Rest] | None:
        """The unit's one project whose whole name stands in ``words`` beside nothing but owners and places."""
        self._looks += 1
        if self._looks > MOST_SEARCHES:
            return None
        text = squeezed_names(words)
        pool = self._by_unit.get(unit, []) if unit is not None else self._all
        longest = max((len(k) for k, _ in pool if len(k) >= SHORTEST_HELD and k in text), default=0)
        best = {p.code: (k, p) for k, p in pool if len(k) == longest and k in text} if longest else {}
        if len(best) != 1:
            return None
        _, project = next(iter(best.values()))
        known = (project.builder, project.location, project.unit, *self._places.get(project.unit, ()))
        rest = min((rest_of(words, n, known) for n in (project.name, *project.names)), key=list(Rest).index)
        return (project, rest) if rest is not Rest.OTHER else None

    def cut_short(self, name: str, unit: str | None) -> KnownProject | None:
        """The one project of the unit of whose name ``name`` can be a shorter form."""
        if unit is None:
            return None
        bare = self._without_place(loose_key(name), unit)
        found = {p.code: p for key, p in self._by_unit.get(unit, []) if is_cut_short(bare, key) and numbers_in(bare) == numbers_in(key)}
        return next(iter(found.values())) if len(found) == 1 else None

    def likest(self, name: str, unit: str | None) -> tuple[KnownProject, ...]:
        """The three projects that ``name`` is most like, the unit's own first: for a person to choose from."""
        pool = self._by_unit.get(unit, []) if unit is not None else self._all
        if self._searches > MOST_SEARCHES or not pool:
            return ()
        found: dict[str, KnownProject] = {}
        for _, _, at in process.extract(loose_key(name), [k for k, _ in pool], scorer=fuzz.ratio, score_cutoff=_LIKE, limit=8):
            found.setdefault(pool[at][1].code, pool[at][1])
        return tuple(found.values())[:3]

    def named_in(self, words: str) -> set[str]:
        """The codes of all projects whose whole name stands somewhere in a sentence."""
        text = name_key(words)
        return {p.code for key, p in self._all if len(key) >= 6 and key in text}


_SHORTEST_BARE = 4
"""Letters a name must keep without its place to tell a project."""
_WIDER = re.compile(r"(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,4}市|衡阳)?")
"""A province and a city written before the unit's name (湖南省衡阳市祁东县)."""


def _forms_of(unit: ReportingUnit) -> tuple[str, ...]:
    """How a unit's name begins its projects' names, the longest first: 祁东县, 祁东."""
    names = {loose_key(n) for n in (unit.name, *unit.short_names)}
    short = {n[:-1] for n in names if len(n) > 2 and n[-1] in "区县市"}
    return tuple(sorted(names | short, key=len, reverse=True))


_NO_CODE = re.compile(r"[^0-9A-Z\u4e00-\u9fff]")


@lru_cache(maxsize=131_072)
def code_key(code: str) -> str:
    """A code without spaces and with one kind of dash, in capitals."""
    return _NO_CODE.sub("", squeeze(code).upper())


def match_row(index: ProjectIndex, codes: Sequence[str], name: str, unit: str | None) -> Match:
    """Code first, then exact name, earlier and remembered names, then near names within the unit."""
    coded = next((p for c in codes if (p := index.by_code(c)) is not None), None)
    named = index.by_name(name, unit) if name else None
    if named is None and (split := _code_beside(index, name)) is not None:
        project, name = split
        coded, named = coded or project, index.by_name(name, unit)
    if named is None and len(name) >= 2 * _SHORTEST_BARE and not renamed_parts(name) and (several := index.several_in(name)):
        return Match(None, None, MatchDoubt.SEVERAL, several)
    if coded is not None:
        return _checked_code(index, coded, named, name)
    if named is not None:
        project, how = named
        if unit is not None and project.unit and project.unit != unit:
            return Match(project, how, MatchDoubt.FOREIGN)
        return Match(project, how)
    if not name:
        return Match(None, None, MatchDoubt.UNKNOWN)
    told = _told_otherwise(index, name, unit)
    if told is not None:
        return Match(told, How.NEAR, MatchDoubt.NEAR_NAME)
    if (own := index.without_place(name, unit)) is not None:
        return Match(own, How.ALIAS)
    if (held := index.held(name, unit)) is not None:
        return Match(held[0], How.ALIAS) if held[1] is not Rest.PLACE else Match(held[0], How.NEAR, MatchDoubt.NEAR_NAME)
    near = _near(index, name, unit)
    if near.project is None and near.doubt is MatchDoubt.UNKNOWN and (cut := index.cut_short(name, unit)) is not None:
        return Match(cut, How.NEAR, MatchDoubt.NEAR_NAME)
    return near


_CODE = r"[(\[（【]?([A-Za-z]{0,4}[\d\-－—]{4,26}\d)[)\]）】]?"
_CODE_BEFORE, _CODE_BEHIND = re.compile(rf"^\s*{_CODE}[\s:：、.．]*(\S.*)$", re.DOTALL), re.compile(rf"^(.*?[^A-Za-z\d\-－—\s])\s*{_CODE}\s*$", re.DOTALL)


def _code_beside(index: ProjectIndex, words: str) -> tuple[KnownProject, str] | None:
    """The project whose code stands before or behind the name in one cell, and the name without it."""
    for m, code, rest in ((_CODE_BEFORE.match(words), 1, 2), (_CODE_BEHIND.match(words), 2, 1)):
        if m is not None and (project := index.by_code(m[code])) is not None:
            return project, m[rest]
    return None


def _told_otherwise(index: ProjectIndex, name: str, unit: str | None) -> KnownProject | None:
    """The one project that a cell's old or new name is exactly."""
    known = {
        found[0].code: found[0] for part in renamed_parts(name)
        if (found := index.by_name(part, unit)) is not None and unit in (None, found[0].unit)
    }
    return next(iter(known.values())) if len(known) == 1 else None


def _checked_code(index: ProjectIndex, coded: KnownProject, named: tuple[KnownProject, How] | None, name: str) -> Match:
    if not name or (named is not None and named[0].code == coded.code):
        return Match(coded, How.CODE)
    if any(_same_words(name, known) for known in (coded.name, *coded.names)):
        return Match(coded, How.CODE)
    if named is not None:
        return Match(coded, How.CODE, MatchDoubt.CODE_NAME_CONFLICT, (named[0],))
    if (held := index.held(name, coded.unit)) is not None and held[0].code == coded.code:
        return Match(coded, How.CODE)
    likeness = max(fuzz.ratio(loose_key(name), loose_key(n)) for n in (coded.name, *coded.names))
    if likeness >= 60:
        return Match(coded, How.CODE, MatchDoubt.NAME_DIFFERS)
    near = index.near(name, coded.unit)
    return Match(coded, How.CODE, MatchDoubt.CODE_NAME_CONFLICT, tuple(p for _, p in near[:1]))


def _same_words(one: str, other: str) -> bool:
    return loose_key(one) == loose_key(other)


def _near(index: ProjectIndex, name: str, unit: str | None) -> Match:
    near = index.near(name, unit)
    if near:
        top, best = near[0]
        rivals = tuple(p for score, p in near[1:] if top - score < MARGIN)
        if not rivals and is_small_slip(name, best):
            return Match(best, How.NEAR, MatchDoubt.NEAR_NAME)
        if rivals:
            return Match(None, None, MatchDoubt.AMBIGUOUS, (best, *rivals))
        return Match(None, None, MatchDoubt.UNKNOWN, tuple({p.code: p for p in (best, *index.likest(name, unit))}.values())[:3])
    elsewhere = index.near(name, None) if unit is not None else []
    foreign = [p for score, p in elsewhere if p.unit != unit and score >= 92]
    if len(foreign) == 1:
        return Match(foreign[0], How.NEAR, MatchDoubt.FOREIGN)
    return Match(None, None, MatchDoubt.UNKNOWN, index.likest(name, unit) or tuple(p for _, p in elsewhere[:3]))
