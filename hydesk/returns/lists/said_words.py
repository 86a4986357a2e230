"""What the words of a section, a sheet's name or a title say of all projects below: class, nature, unit, level.

续建产业项目（12个） says 建设性质 and 类别 at once. Only words the office itself uses count; what is left over is told,
never made into a class (docs/rules.md §12.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from hydesk.dataclass import dataclass
from hydesk.domain.fields import CONTINUED, NEW, RESERVED, Field
from hydesk.domain.list_known import ListKnown
from hydesk.domain.snapshot import ReportingUnit
from hydesk.returns.text import squeeze

_NUMBERING = re.compile(
    r"^(?:[(][一二三四五六七八九十百]{1,4}[)][、.:]?|[一二三四五六七八九十百]{1,4}[、.:]|第[一二三四五六七八九十]+[类批部]分?[、.:]?|[(]?\d{1,2}[)]|\d{1,2}[、.]|[①-⑳⑴-⒇])")
_COUNT = re.compile(r"[(:：,，]?共?(?:计)?\d{1,4}[个项](?:项目)?[)]?|[(]\d{1,4}[)]$|[(][^()]*\d[^()]*[)]$")
_FILLER = re.compile(r"^(?:\d{4}年(?:度)?|全市|市本级|我市|衡阳市)?(?:重点|重大|建设|实施|计划|类|型|项目|工程|事业|领域|方面|部分|的|、|:|-)*$")
_NATURE_WORDS: tuple[tuple[str, str], ...] = (
    ("计划新开工", NEW), ("拟新开工", NEW), ("新开工", NEW), ("拟开工", NEW), ("新建", NEW),
    ("续建", CONTINUED), ("结转", CONTINUED), ("在建", CONTINUED),
    ("预备", RESERVED), ("储备", RESERVED), ("前期工作", RESERVED), ("前期", RESERVED), ("谋划", RESERVED))
_LEVEL_WORDS = (("国家重点", "国家"), ("国家级", "国家"), ("省重点", "省"), ("省级重点", "省"), ("市重点", "市"), ("市级重点", "市"))
_GOVERNMENT = re.compile(r"^(?:人民)?政府(?:办公?室?)?$|^(?:党工委)?管(?:理)?委(?:员)?会?$|^(?:县|区|市)?(?:发展和改革|发改)?(?:局|委|委员会)$|^指挥部$|^[(（].*[)）]$")
_LIST = re.compile(r"[、,，;；/和及\s\n]+")


@dataclass(frozen=True, slots=True)
class Said:
    """The fields that words give a value, and the words left over ("" where all of them are understood)."""

    values: Mapping[Field, str]
    rest: str = ""


def without_numbering(words: str) -> str:
    """A section's words without its number and its count: （一）续建项目（12个） → 续建项目."""
    text = squeeze(words)
    while m := _NUMBERING.match(text):
        text = text[m.end():]
    return _COUNT.sub("", text).strip(":：、,，。- ")


class SaidWords:
    """Reads words by what the office knows."""

    def __init__(self, known: ListKnown) -> None:
        self._known = known
        self._units = {squeeze(n): u.name for u in known.units for n in (u.name, *u.short_names) if n}
        self._cached = lru_cache(maxsize=4096)(self._read)

    def read(self, words: str) -> Said:
        """What a section's words say."""
        return self._cached(without_numbering(words))

    def _read(self, text: str) -> Said:
        values: dict[Field, str] = {}
        if (unit := self.unit(text)) is not None:
            return Said({Field.REPORTING_UNIT: unit})
        natures = {n for w, n in _NATURE_WORDS if w in text}
        if len(natures) == 1:
            values[Field.NATURE] = natures.pop()
            text = _without(text, (w for w, _ in _NATURE_WORDS))
        for word, level in _LEVEL_WORDS:
            if word in text:
                values.setdefault(Field.LEVEL, level)
                text = text.replace(word, "")
        text = text.strip("()（）、:：-")
        if not _FILLER.match(text):
            text = self._classes(text, values)
        return Said(values, "" if _FILLER.match(text) or self._is_unit_word(text, values) else text)

    def of_title(self, words: str) -> Mapping[Field, str]:
        """The one 建设性质 and the one 类别 that a title or a sheet's name says of all its projects; none where it names
        several, or only says that some are among them (含续建)."""
        text = squeeze(words)
        found: dict[Field, str] = {}
        natures = {n for w, n in _NATURE_WORDS[:-3] if w in text}
        if len(natures) == 1 and not re.search("含|其中|包括|及|和|、", text):
            found[Field.NATURE] = natures.pop()
        classes = [n for n in self._known.classes.get(Field.CATEGORY, ()) if squeeze(n) in text]
        if len(classes) == 1 and not re.search("含|其中|包括", text):
            found[Field.CATEGORY] = classes[0]
        return found

    def _is_unit_word(self, text: str, values: dict[Field, str]) -> bool:
        unit = self.unit(re.sub(r"(?:重点|建设|项目|工程)+$", "", text))
        if unit is not None:
            values[Field.REPORTING_UNIT] = unit
        return unit is not None

    def _classes(self, text: str, values: dict[Field, str]) -> str:
        core = re.sub(r"(?:重点|建设|类|型|项目|工程|事业|领域)+$", "", text) or text
        for f in (Field.CATEGORY, Field.INDUSTRY, Field.CHAIN):
            names = self._known.classes.get(f, ())
            found = [n for n in names if squeeze(n) == core] or [n for n in names if squeeze(n) in core]
            if f is Field.CATEGORY and not found and len(core) >= 2:
                found = [n for n in names if core in squeeze(n)]
            if len(found) == 1:
                values[f] = found[0]
                return ""
        return core

    def unit(self, words: str) -> str | None:
        """The one reporting unit that ``words`` name, with nothing else beside it; None for none or several."""
        text = squeeze(words)
        found = self._units.get(text)
        if found is None and text.startswith("衡阳市"):
            found = self._units.get(text[3:])
        return found

    def unit_responsible(self, words: str) -> str | None:
        """The county or park whose government, or whose own office, ``words`` name: 衡南县人民政府, 衡南县发改局."""
        pieces = [p for p in _LIST.split(squeeze(words).removeprefix("衡阳市")) if p]
        found = {self._of_government(p) for p in pieces}
        return found.pop() if len(found) == 1 else None

    def _of_government(self, piece: str) -> str | None:
        if (own := self._units.get(piece)) is not None:
            return own
        names = sorted((n for n in self._units if len(n) >= 3 and piece.startswith(n)), key=len, reverse=True)
        return self._units[names[0]] if names and _GOVERNMENT.match(piece[len(names[0]):]) else None

    def units_in(self, words: str, units: Iterable[ReportingUnit]) -> set[str]:
        """The units whose full names stand anywhere in ``words``."""
        text = squeeze(words)
        return {u.name for u in units if squeeze(u.name) in text}


def plain_nature(words: str) -> str | None:
    """新建, 续建 or 预备 for the ways offices write them (新开工, 在建项目); None for other words, which stay."""
    text = squeeze(words)
    core = re.sub(r"(?:项目|工程|类)+$", "", text)
    return next((n for w, n in _NATURE_WORDS if core == w), None)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text
