"""Sentences learned from a notice: its words, with blanks where its numbers stood, told by the words around them (docs/rules.md §17.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.reports.figures import Figure
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.compose import faults, narrowed
from hydesk.reports.notices.figure import bind, said
from hydesk.reports.notices.grammar import read_blank, read_pattern
from hydesk.reports.notices.learn_blocks import FIELDS, dated, ranked, repeated
from hydesk.reports.notices.learn_words import (
    ALTERNATES,
    KINDS_OF_UNIT,
    SHARES,
    STRANGE,
    TURNS,
    TURNS_AFTER,
    WORDS_BEFORE,
)
from hydesk.reports.notices.scoping import ALL_WORDS, level_in

MOST = 60
"""How many sentences are learned from one text."""
LONGEST = 3_000
"""Characters of a sentence: what is longer is none."""


@dataclass(frozen=True, slots=True)
class LearnedSentence:
    """A sentence of a notice as a pattern. ``kept``: its numbers of which nothing says what they are; they stand as they stood.

    ``differing``: numbers whose blank comes to another figure at the notice's own period: as it stood, as it comes, the blank.
    """

    heading: str
    original: str
    pattern: str
    kept: tuple[str, ...]
    differing: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its unit in a sentence: where it begins and ends, and what stands before it since the last one."""

    start: int
    end: int
    text: str
    unit: str
    before: str
    after: str


_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(亿元|亿|万元|%|％|个百分点|百分点|个|项|宗|家|件|亩)")
_SPACES = re.compile(r"\s+")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[■●◆▲★]|\d+[.、．])\s*")
def learn(text: str, world: NoticeBasis) -> list[LearnedSentence]:
    """The sentences of ``text`` that hold numbers, as patterns in the words of the ledger of ``world``."""
    found: list[LearnedSentence] = []
    heading = ""
    for line in text.replace("\r", "\n").split("\n"):
        line = _SPACES.sub("" if re.search(r"[\u4e00-\u9fff]", line) else " ", line.strip()).replace("｛", "（").replace("｝", "）").replace("{", "（").replace("}", "）")
        mark = _HEADING.match(line)
        if mark is not None and len(line) <= 24 and "。" not in line:
            heading = line[mark.end():].rstrip("：:")
            continue
        for one in _sentences(line):
            if len(one) <= LONGEST and len(found) < MOST and _NUMBER.search(one):
                bare = _HEADING.sub("", one)
                made = _learned(bare, world)
                found.append(replace(made, heading=heading, original=one, pattern=_sound(made.pattern, bare, world)))
    return found


def _sentences(line: str) -> Iterator[str]:
    yield from (part for part in re.split(r"(?<=。)", line) if part.strip())


def _sound(pattern: str, original: str, world: NoticeBasis) -> str:
    """``pattern``, or the words as they stood where it cannot be used in this ledger."""
    try:
        return original if faults(read_pattern(pattern), world) else pattern
    except HydeskError:
        return original


def _numbers(one: str) -> list[_Number]:
    made: list[_Number] = []
    last = 0
    for m in _NUMBER.finditer(one):
        if m[2] in ("个", "项", "家", "件") and re.match(r"月|季度|百分点", one[m.end():]):
            continue
        cut = max(one.rfind(sign, 0, m.start()) for sign in "；。")
        after = re.split(r"[，；。、（\d]", one[m.end():m.end() + 14])[0]
        made.append(_Number(m.start(), m.end(), _plain(m[1]), m[2], one[max(last, cut + 1):m.start()], after))
        last = m.end()
    return made


@dataclass
class _Telling:
    """Where one is in a sentence: the scope and the measure told last, and whether something unknown is spoken of."""

    scope: str = ""
    told: str = ""
    strange: bool = False
    counted: tuple[str, ...] = ()
    """The scopes of counts told one after the other: an amount behind several of them is of all together."""


def _learned(one: str, world: NoticeBasis) -> LearnedSentence:
    """The sentence as a pattern."""
    choices = world.choices
    pieces: list[str] = []
    kept: list[str] = []
    differing: list[tuple[str, str, str]] = []
    state, at = _Telling(), 0
    for n in _numbers(one):
        if "；" in one[at:n.start] or not at:
            state = _Telling()
        measure, takes = _told(n, one, state, choices)
        if measure:
            blank, ours = _fitting(state.scope, measure, n, world)
            pieces += [one[at:n.start - takes], "{" + blank + "}", "" if takes else n.unit]
            if not _agree(ours, n.text):
                differing.append((one[n.start:n.end], ours or "—", "{" + blank + "}"))
        else:
            kept.append(one[n.start:n.end])
            pieces.append(one[at:n.end])
        at = n.end
    pattern = ranked(repeated(dated("".join(pieces) + one[at:]), choices), choices)
    return LearnedSentence("", one, pattern, tuple(kept), tuple(differing))


def _told(n: _Number, one: str, state: _Telling, choices: ScopeChoices) -> tuple[str, int]:
    """The measure that ``n`` is, empty where nothing says it, and how much of the words before it goes into the blank."""
    amount = n.unit in KINDS_OF_UNIT
    state.strange = state.strange or _unknown(n, choices) or (amount and len(set(state.counted)) > 1)
    inside = one.count("（", 0, n.start) > one.count("）", 0, n.start) and not n.before.endswith("（")
    measure, takes = ("", 0) if state.strange or inside else _measure(n, state.told, choices)
    if not inside:
        around = n.before[:len(n.before) - takes] if takes else n.before
        state.scope = _scope(around, "" if amount else n.after, choices, state.scope)
    state.counted = () if amount else (*state.counted, *([state.scope] if state.scope else []))
    state.told = measure or state.told
    return measure, takes


def _fitting(scope: str, measure: str, n: _Number, world: NoticeBasis) -> tuple[str, str]:
    """The blank for a number, and what it comes to: of what the same words may mean the one that comes to the number."""
    first = f"{scope}.{measure}" if scope else measure
    telling = n.unit not in KINDS_OF_UNIT or len(n.text.replace(".", "")) > 2  # a round amount is met by chance
    others = (*(f"{scope}.{m}" if scope and "." not in m else m for m in ALTERNATES.get(measure, ())), measure) if telling else ()
    for blank in (first, *others):
        if _agree(ours := _comes_to(blank, n.unit, world), n.text):
            return blank, ours
    return first, _comes_to(first, n.unit, world)


def _comes_to(blank: str, unit: str, world: NoticeBasis) -> str:
    """What a blank comes to, as digits without trailing zeros; empty where it has no value."""
    try:
        place = read_blank(blank)
        bound = bind(place, narrowed(place.scope, world.whole))
    except HydeskError:
        return ""
    if bound.value is None:
        return ""
    parts, _ = said(bound, unit)
    return next((_plain(p.text) for p in parts if isinstance(p, Figure)), "")


def _agree(ours: str, written: str) -> bool:
    """Whether a number of the notice is ours, as finely as the notice writes it: 2.3个百分点 is our 2.28."""
    if ours == written or not ours or "." not in written:
        return ours == written
    half = Decimal(5).scaleb(-len(written.partition(".")[2]) - 1)
    return len(ours.partition(".")[2]) > len(written.partition(".")[2]) and abs(Decimal(ours) - Decimal(written)) <= half


def _plain(digits: str) -> str:
    text = digits.replace(",", "").replace("，", "")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _measure(n: _Number, told: str, choices: ScopeChoices) -> tuple[str, int]:
    """The measure that a number is, and how many of the words before it the blank takes in; ``told`` is the one before it."""
    kind = KINDS_OF_UNIT.get(n.unit, "count")
    bare = re.sub(r"(?:约|达到|达|为|共计|共|计|有|的有|了)+$", "", n.before)
    for measure, (turn, kinds) in TURNS.items():
        found = turn.search(bare) if kind in kinds else None
        if found is not None:
            return (measure, len(n.before) - found.start()) if told in TURNS_AFTER[measure] else ("", 0)
    if kind == "land":
        own = (f for key, f in choices.fields.items() if key.startswith("own/") and f.kind.counted)
        return next((f.label for f in own if any(w and bare.endswith(w) for w in (f.label, *f.names))), ""), 0
    if kind == "rate" and (told in SHARES or bare.endswith(("占", "占比"))):
        return SHARES.get(told, ""), 0
    for words, measure in WORDS_BEFORE.get(kind, ()):
        if re.search(words, bare) or re.search(words, n.before):
            return measure, 0
    if kind == "rate" and bare.endswith("（") and told in ("", "完成率"):
        return ("完成率", 0) if _word(bare.rstrip("（"), choices) else ("", 0)
    counted = kind == "count" and ("项目" in n.before or re.match("[\u4e00-\u9fff]{0,6}项目", n.after) is not None)
    named = re.search(r"重点|全[市州县区]|共|列入|安排", n.before + n.after) is not None or bool(_word(n.before + n.after, choices))
    return ("个数", 0) if counted and named else ("", 0)


_KNOWN = re.compile(r"20\d{2}年|[\d一二三四五六七八九十]+月份?|其中|重点|建设|项目|全[市州县区省]|我[市州县区]|今年|本年|全年|年度|计划|安排|共有|共计|列入|截至|月底|月末|累计|目前|期间"
                    r"|新开工|转开工|开工|竣工|投产|达产|已|实际|应统未统|未按|未如期|未报|应|提前|到期|建成|达到|超过|序时|时间|进度|滞后|仍在|前期|工作|拆分|分解|打包|后|个数"
                    r"|[省市州县]级|[类级列个的为有数至分按共总底了新]|[省市州县]|国家")


def _unknown(n: _Number, choices: ScopeChoices) -> bool:
    """Whether a number, or what is told of it, is of something that nothing here knows: another place, a class the ledger lacks,
    what is only meant to be done."""
    if STRANGE.search(n.before) or n.after.lstrip("及").startswith("以上") or _several(n.before, choices):
        return True
    if n.unit in KINDS_OF_UNIT:
        place = re.search(r"(?:^|[，、；：])([\u4e00-\u9fff]{2,8}(?:区|县|市|镇|乡|街道|园|局|指挥部))(?:完成|项目|$|（)", n.before)
        return place is not None and not _word(place[1], choices) and not re.fullmatch(r"(?:全|我|本)[市州县区]", place[1])
    words = re.split(r"[，；：。]", n.before)[-1] + "，" + n.after.partition("项目")[0] * ("项目" in n.after)
    for w in _known_words(choices):
        words = words.replace(w, "")
    return bool(re.sub(r"[^\u4e00-\u9fff]", "", _KNOWN.sub("", words)))


def _known_words(choices: ScopeChoices) -> list[str]:
    """The words of the fields that are looked for, the longest first."""
    return sorted((w for key in FIELDS if key != "level" for w in choices.words.get(key, ()) if w), key=len, reverse=True)


def _several(before: str, choices: ScopeChoices) -> bool:
    """Whether several places or classes are named in one breath: their sum is no one of them."""
    return any(f"{a}、{b}" in before for key in FIELDS for a in choices.words.get(key, ()) if a and a in before for b in choices.words.get(key, ()) if b)


def _scope(before: str, after: str, choices: ScopeChoices, held: str) -> str:
    """The scope that the words around a number name; ``held`` goes on where they name none."""
    for text in (after, before):
        if any(w in text for w in ALL_WORDS) and not _word(text, choices):
            return ""
        word = _word(text, choices)
        if word:
            return word
    return held


def _word(text: str, choices: ScopeChoices) -> str:
    level, _ = level_in(text)
    if level and any(w.startswith(level.removesuffix("重点")) for w in choices.words.get("level", ())):
        return level
    known = [w for key in FIELDS if key != "level" for w in choices.words.get(key, ())]
    found = [(text.rfind(w), len(w), w) for w in (*known, "未开工") if w and w in text]
    return max(found)[2] if found else ""
