"""A column's head cut into its words: times, qualifiers, nouns and units, each with what it says and at which level.

One small grammar instead of a pattern a field: ``money_heads`` and ``text_heads`` ask it what a head speaks of, and
what in it nobody knows. The vocabulary is ``head_vocabulary``, times are ``head_times``.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache

from hydesk.dataclass import dataclass
from hydesk.returns.head_dates import in_figures
from hydesk.returns.head_times import Time, When, settled, time_at
from hydesk.returns.head_vocabulary import VOCABULARY, WordKind
from hydesk.returns.head_words import without_latin
from hydesk.returns.text import squeeze


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a head. ``level`` counts from 0, the outermost group."""

    kind: WordKind
    text: str
    level: int
    time: Time | None = None


@dataclass(frozen=True, slots=True)
class HeadSaid:
    """What a head says. The leaf is its innermost level; what stands above groups several columns."""

    words: tuple[Word, ...]
    depth: int
    unknown: tuple[str, ...]
    """Letters of each level that no word of the vocabulary covers."""
    units: frozenset[str] = field(default_factory=frozenset)
    """money, foreign, rate, quantity: what the brackets of the leaf say is counted."""
    group_units: frozenset[str] = field(default_factory=frozenset)

    def has(self, *kinds: WordKind) -> bool:
        """Whether a word of any of ``kinds`` stands anywhere."""
        return any(w.kind in kinds for w in self.words)

    def leaf_has(self, *kinds: WordKind) -> bool:
        """Whether one stands in the leaf."""
        return any(w.kind in kinds and w.level == self.depth - 1 for w in self.words)

    def group_has(self, *kinds: WordKind) -> bool:
        """Whether one stands above the leaf."""
        return any(w.kind in kinds and w.level < self.depth - 1 for w in self.words)

    def group_is(self, *kinds: WordKind) -> bool:
        """Whether a level above the leaf is known to the last letter and holds one of ``kinds``: a town's or a
        project's name that reaches into the head is no group."""
        return any(w.kind in kinds and w.level < self.depth - 1 and not self.unknown[w.level] for w in self.words)

    def first(self, *kinds: WordKind) -> str:
        """The first such word, in the head's own letters."""
        return next((w.text for w in self.words if w.kind in kinds), "")

    def leaf(self) -> list[Word]:
        """The leaf's words."""
        return [w for w in self.words if w.level == self.depth - 1]

    def times(self, *whens: When) -> list[Time]:
        """The times said, of ``whens``; all where none are named."""
        return [w.time for w in self.words if w.time is not None and (not whens or w.time.when in whens)]

    def leaf_times(self, *whens: When) -> list[Time]:
        """Those of the leaf."""
        return [w.time for w in self.leaf() if w.time is not None and (not whens or w.time.when in whens)]

    @property
    def leaf_unknown(self) -> str:
        """What in the leaf nobody knows."""
        return self.unknown[-1] if self.unknown else ""


_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_MONEY_UNIT = re.compile(r"^(?:.*单位:?)?(?:人民币)?(?:千元|百万元|千万元|万元|亿元|元|万|亿)(?:[、/,]?(?:%|个|项|万元|亿元))*$")
_LEVEL_OF_UNIT = re.compile("千元|百万元|千万元|万元|亿元")
_FOREIGN_UNIT = re.compile(r"美元|港元|港币|欧元|日元|英镑|外汇|usd", re.IGNORECASE)
_RATE_UNIT = re.compile(r"^(?:单位:?)?(?:%|‰|百分比|百分点|比例|位次|名次|排名)$")
_QUANTITY_UNIT = re.compile(
    r"^(?:单位:?)?(?:万|亿|千)?(?:m[23³²]?|km2?|㎡|立方米|立方|方|公里|千米|米|延米|亩|公顷|户|套|栋|幢|间|人次?|名|吨|t|台套?|台|辆|头|只|株|座|处|条|个|项|件|家|平方米|平方公里|平方|平米|"
    r"千瓦时?|兆瓦|kw|mw|kwh|kva|度|床|张|车位|泊位|学位|天|工日|个月|月|日|周|期|年|分|次|颗|根|孔|块|宗|片|村|镇|所|万吨/年|吨/年|吨/日|元/.*|万元/.*|/.*)(?:/.*)?$", re.IGNORECASE)
_NOTHING = re.compile(r"[±\s,，.。;；:：、/\\|·\-+=*\"'“”<>《》&_()\[\]?？!！#…→↑↓★☆▲△●○■□◆◇※√]+")
_NUMBERING = re.compile(r"^(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])[).、．:：]|[①-⑳]|\d{1,2}(?=[^\d年月日\-至到季个.%]))")
_FORMULA = re.compile(r"[(\[]?(?:\d{1,2}|[a-z]|[①-⑳])?=[\d+\-*/%×÷()a-z①-⑳.]+[)\]]?$")
_UNIT_TAIL = re.compile(r"(?<=.)[:：,、/\-](?:单位:?)?(?:万元|亿元|千元|元|%)$")
_BEFORE_DONE = re.compile(r"(累计|全部|全面|基本|继续|再|新增|当年|本月|年内|力争)*(完成|实现|达|投|到位|到账|形成|支付|拨付|开工|竣工|入统|入库|纳统)")
_SINGLE_INTENT = frozenset("应可须需待将拟预")
_WHOLE_LEVEL = frozenset("市县区省米亩户套吨日度元年月")
_LONGEST = max(map(len, VOCABULARY))
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}(?:县|区|市|镇|乡|园区|经开区|高新区)(?=20|\d|重点|项目|本|年|投|完|1|$)")


@lru_cache(maxsize=8192)
def read_head(path: tuple[str, ...], year: int, month: int) -> HeadSaid:
    """The words of a column's head (outermost group first) in a return for ``month`` of ``year``."""
    cleaned = [_clean(p) for p in path]
    units = [_units(p) for p in path]
    alone = [_cut(c, n, year, month) for n, c in enumerate(cleaned)]
    words = [w for found, _ in alone for w in found]
    unknown = tuple(rest[n] for n, (_, rest) in enumerate(alone))
    if any(unknown) and len(path) > 1:
        # Words cut over two rows (总投 / 资) only show when the rows are read together.
        together, rest = _cut("".join(cleaned), 0, year, month, [n for n, c in enumerate(cleaned) for _ in c])
        if sum(map(len, rest)) < sum(map(len, unknown)):
            words, unknown = together, tuple(rest)
    return HeadSaid(tuple(words), len(path), unknown, frozenset(units[-1]), frozenset(u for us in units[:-1] for u in us))


_BESIDE = re.compile(r"\((不?)(?:包?含|包括|计入)([^()]*)\)")
_EARLIER_YEARS = re.compile(r"以前|往年|历年|此前|之前|前期|上年|去年|以往")
_GROUNDS = re.compile(r"(?<=[资额模算])\((?:按?(?:可研|初设|设计|立项|备案|核准|审批|批复|批准|概算|估算|匡算|形象|形象进度)(?:批复|报告|数|口径)*)\)")
"""By which paper a total was set, or by which of the office's ways an amount is counted: no words of another amount."""


def _beside(m: re.Match[str]) -> str:
    """What an amount holds beside (含征拆) or without (不含流动资金) is still that amount; with the years before it is
    the sum since the start, without them the year's own."""
    if _EARLIER_YEARS.search(m[2]):
        return "本年" if m[1] else "开工以来"
    return ""


def _clean(words: str) -> str:
    text = in_figures(without_latin(squeeze(words)).casefold())
    text = _BRACKETS.sub(lambda m: "" if _unit(m[1] or m[2] or "") else m[0], text)
    text = _GROUNDS.sub("", _BESIDE.sub(_beside, text))
    text = _UNIT_TAIL.sub("", _FORMULA.sub("", text))
    if _LEVEL_OF_UNIT.fullmatch(text):
        return ""  # a row of units below the head
    return _NUMBERING.sub("", text)


def _units(words: str) -> set[str]:
    text = squeeze(words).casefold()
    found = {u for m in _BRACKETS.finditer(text) if (u := _unit(m[1] or m[2] or ""))}
    tail = re.search(r"(?:单位|:|,|、|/|-)?(万元|亿元|千元|%|美元|港元|m3|m2|km2?|㎡)$", text)
    if tail and (u := _unit(tail[1])):
        found.add(u)
    return found


def _unit(inside: str) -> str:
    words = inside.strip(":：、,，。 ")
    if _FOREIGN_UNIT.search(words):
        return "foreign"
    if _MONEY_UNIT.match(words):
        return "money"
    if _RATE_UNIT.match(words):
        return "rate"
    return "quantity" if words and _QUANTITY_UNIT.match(words) else ""


def _cut(text: str, level: int, year: int, month: int, levels: list[int] | None = None) -> tuple[list[Word], list[str]]:
    """The words of ``text`` from the left, the longest first, and by level the letters that no word covers."""
    words: list[Word] = []
    rest = [""] * ((level if levels is None else max(levels, default=0)) + 1)
    at = 0
    while at < len(text):
        own = levels[at] if levels is not None else level
        time = time_at(text, at, at == 0)
        if time is None and (m := _NOTHING.match(text, at)):
            at = m.end()
            continue
        word = _word_at(text, at)
        if time is not None and len(time.words) >= len(word):
            end = at + len(time.words)
            words.append(Word(WordKind.TIME, time.words, levels[end - 1] if levels is not None else own, settled(time, year, month)))
            at = end
        elif word:
            end = at + len(word)
            kind = _in_place(VOCABULARY[word], words, text[:at], levels[end - 1] if levels is not None else own)
            words.append(Word(kind, word, levels[end - 1] if levels is not None else own))
            at = end
        elif m := _PLACE.match(text, at):
            at = m.end()
        else:
            rest[own] += text[at]
            at += 1
    return words, rest


def _in_place(kind: WordKind, before: list[Word], text: str, level: int) -> WordKind:
    """What a word says after the one before it: 计划完成 is a plan, 计划及完成 is both."""
    if kind is WordKind.DONE and before and before[-1].kind is WordKind.PLAN and before[-1].level == level and text.endswith(before[-1].text):
        return WordKind.PLAN
    return kind


def _word_at(text: str, at: int) -> str:
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        word = text[at : at + length]
        if word in VOCABULARY and (length > 1 or _stands_alone(text, at, word)):
            return word
    return ""


def _stands_alone(text: str, at: int, word: str) -> bool:
    """Whether a word of one letter is meant as one, not as a piece of another."""
    if word in _SINGLE_INTENT:
        return bool(_BEFORE_DONE.match(text, at + 1))
    if word in _WHOLE_LEVEL:
        return VOCABULARY[word] is WordKind.FILLER or len(text) == 1
    return True
