"""Stage 'matching': which project of the ledger a row is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, ReportingUnit
from hydesk.returns.text import loose_key, name_key, squeeze

NEAR_ENOUGH = 80.0
"""Least similarity (0–100) at which a name may be meant for another."""
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


class Doubt(Enum):
    """Why a match needs a word to the clerk."""

    NONE = "none"
    NAME_DIFFERS = "name_differs"
    """The code matches, the name is nearly the ledger's."""
    CODE_NAME_CONFLICT = "code_name_conflict"
    """The code says one project, the name another."""
    NEAR_NAME = "near_name"
    AMBIGUOUS = "ambiguous"
    """Two projects are about as near."""
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """The project a row is about, how it was found, and what is doubtful about it."""

    project: KnownProject | None
    how: How | None
    doubt: Doubt = Doubt.NONE
    others: tuple[KnownProject, ...] = ()
    """Projects that are about as near, or the one that the name means when the code says another."""


class ProjectIndex:
    """The snapshot's projects by code and by every form of their names. Built once per snapshot."""

    def __init__(self, snapshot: LedgerSnapshot) -> None:
        self._codes: dict[str, KnownProject] = {}
        self._names: dict[str, list[tuple[KnownProject, How]]] = {}
        self._loose: dict[str, list[KnownProject]] = {}
        self._by_unit: dict[str, list[tuple[str, KnownProject]]] = {}
        self._all: list[tuple[str, KnownProject]] = []
        self._searches = 0
        self._places = {u.name: _forms_of(u) for u in snapshot.units}
        self._placeless: dict[tuple[str, str], dict[str, KnownProject]] | None = None
        for p in snapshot.projects:
            self._codes[code_key(p.code)] = p
            if p.approval_code:
                self._codes.setdefault(code_key(p.approval_code), p)
            for name in (p.name, *p.names):
                how = How.NAME if name == p.name else How.ALIAS
                self._names.setdefault(name_key(name), []).append((p, how))
                key = loose_key(name)
                if p not in self._loose.setdefault(key, []):
                    self._loose[key].append(p)
                for form in dict.fromkeys((key, name_key(name))):
                    self._by_unit.setdefault(p.unit, []).append((form, p))
                    self._all.append((form, p))

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
        if self._placeless is None:
            self._placeless = {}
            for form, p in self._all:
                bare = self._without_place(form, p.unit)
                self._placeless.setdefault((p.unit, bare), {})[p.code] = p
        key = self._without_place(loose_key(name), unit)
        found = list(self._placeless.get((unit, key), {}).values()) if len(key) >= _SHORTEST_BARE else []
        return found[0] if len(found) == 1 else None

    def _without_place(self, key: str, unit: str) -> str:
        return next((key[len(place):] for place in self._places.get(unit, ()) if key.startswith(place)), key)

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

    def named_in(self, words: str) -> set[str]:
        """The codes of all projects whose whole name stands somewhere in a sentence."""
        text = name_key(words)
        return {p.code for key, p in self._all if len(key) >= 6 and key in text}


_SHORTEST_BARE = 4
"""Letters a name must keep without its place to tell a project."""


def _forms_of(unit: ReportingUnit) -> tuple[str, ...]:
    """How a unit's name begins its projects' names, the longest first: 祁东县, 祁东."""
    names = {loose_key(n) for n in (unit.name, *unit.short_names)}
    short = {n[:-1] for n in names if len(n) > 2 and n[-1] in "区县市"}
    return tuple(sorted(names | short, key=len, reverse=True))


_RENAMED = re.compile(
    r"^(.{2,}?)\((?:原名?称?|曾用名|原项目名称?|原为|现名|现更名为?|已?更名为?|变更为|又名)[:为]?(.{4,})\)$")
"""新名（原旧名）, 旧名（更名为新名）."""


def renamed_parts(name: str) -> tuple[str, ...]:
    """Both names of a cell that tells of a renaming; none where it does not."""
    m = _RENAMED.match(squeeze(name).strip(";,。、"))
    return (m[1], m[2]) if m else ()


_NO_CODE = re.compile(r"[^0-9A-Z\u4e00-\u9fff]")


@lru_cache(maxsize=131_072)
def code_key(code: str) -> str:
    """A code without spaces and with one kind of dash, in capitals."""
    return _NO_CODE.sub("", squeeze(code).upper())


def match_row(index: ProjectIndex, codes: Sequence[str], name: str, unit: str | None) -> Match:
    """Code first, then exact name, earlier and remembered names, then near names within the unit."""
    coded = next((p for c in codes if (p := index.by_code(c)) is not None), None)
    named = index.by_name(name, unit) if name else None
    if coded is not None:
        return _checked_code(index, coded, named, name)
    if named is not None:
        project, how = named
        if unit is not None and project.unit != unit:
            return Match(project, how, Doubt.FOREIGN)
        return Match(project, how)
    if not name:
        return Match(None, None, Doubt.UNKNOWN)
    told = _told_otherwise(index, name, unit)
    return Match(told, How.NEAR, Doubt.NEAR_NAME) if told is not None else _near(index, name, unit)


def _told_otherwise(index: ProjectIndex, name: str, unit: str | None) -> KnownProject | None:
    """The one project that a cell's old or new name, or its name without the unit's, is exactly."""
    known = {
        found[0].code: found[0] for part in renamed_parts(name)
        if (found := index.by_name(part, unit)) is not None and unit in (None, found[0].unit)
    }
    if len(known) == 1:
        return next(iter(known.values()))
    return None if known else index.without_place(name, unit)


def _checked_code(index: ProjectIndex, coded: KnownProject, named: tuple[KnownProject, How] | None, name: str) -> Match:
    if not name or (named is not None and named[0].code == coded.code):
        return Match(coded, How.CODE)
    if any(_same_words(name, known) for known in (coded.name, *coded.names)):
        return Match(coded, How.CODE)
    if named is not None:
        return Match(coded, How.CODE, Doubt.CODE_NAME_CONFLICT, (named[0],))
    likeness = max(fuzz.ratio(loose_key(name), loose_key(n)) for n in (coded.name, *coded.names))
    if likeness >= 60:
        return Match(coded, How.CODE, Doubt.NAME_DIFFERS)
    near = index.near(name, coded.unit)
    return Match(coded, How.CODE, Doubt.CODE_NAME_CONFLICT, tuple(p for _, p in near[:1]))


def _same_words(one: str, other: str) -> bool:
    return loose_key(one) == loose_key(other)


def _near(index: ProjectIndex, name: str, unit: str | None) -> Match:
    near = index.near(name, unit)
    if near:
        top, best = near[0]
        rivals = tuple(p for score, p in near[1:] if top - score < MARGIN)
        if not rivals and _small_slip(name, best):
            return Match(best, How.NEAR, Doubt.NEAR_NAME)
        if rivals:
            return Match(None, None, Doubt.AMBIGUOUS, (best, *rivals))
        return Match(None, None, Doubt.UNKNOWN, (best,))
    elsewhere = index.near(name, None) if unit is not None else []
    foreign = [p for score, p in elsewhere if p.unit != unit and score >= 92]
    if len(foreign) == 1:
        return Match(foreign[0], How.NEAR, Doubt.FOREIGN)
    return Match(None, None, Doubt.UNKNOWN, tuple(p for _, p in elsewhere[:2]))


def _small_slip(name: str, project: KnownProject) -> bool:
    """At most two characters in eight differ, counted on the nearest of the project's names; digits never differ.

    A number in a name tells projects apart (一期/二期, 1#/2#, A区/B区, 东区/西区), so names that differ there are not near.
    """
    for known in (project.name, *project.names):
        for form in (loose_key, name_key):
            key, other = form(name), form(known)
            if _numbers(key) != _numbers(other):
                continue
            if Levenshtein.distance(key, other) <= max(1, min(3, max(len(key), len(other)) // 4)):
                return True
    return False


_NUMERAL = re.compile(
    r"\d+|[一二三四五六七八九十]+(?=[期号标段区批])|(?<![a-z])[a-z](?=[区座栋段标地线片]|\)|$)"
    r"|[东南西北中上下甲乙丙丁](?=[区段片侧岸线]|标段)")


def _numbers(text: str) -> list[str]:
    return _NUMERAL.findall(text)
