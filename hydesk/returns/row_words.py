"""What single cells of a row say of it: a code, words, a count, a sum, the head once more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hydesk.returns.aliases import NOTE_WORDS, TOTAL_WORDS
from hydesk.returns.head import Head
from hydesk.returns.head_words import bare, known_field, looks_like_head
from hydesk.returns.text import shown, squeeze

_COUNT = re.compile(r"[(:：共计]*(\d{1,4})[个项](?:项目)?[)]?")


def is_code(value: object) -> bool:
    """Whether a cell of a code column may hold a code: a group's name or a signature may reach into it."""
    words = squeeze(shown(value))  # type: ignore[arg-type]
    if not re.search("[\u4e00-\u9fff]", words):
        return True
    return bool(re.search(r"\d{3}", words)) and not NOTE_WORDS.search(words)


def is_words(value: object) -> bool:
    """Words that are no figure at all, such as a section's name merged over money columns."""
    return isinstance(value, str) and not re.search(r"[\d—\-/无]", value)


_NAME_HEADS = frozenset({"项目名称", "工程名称", "重点项目名称", "建设项目名称", "项目名称(全称)", "项目全称"})
"""No project is called so: a row of words with one of these is a head, whatever else it says."""


def repeats_head(filled: Mapping[int, object], head: Head) -> bool:
    """Whether a row is the head once more, as on every printed page."""
    if not all(isinstance(v, str) for v in filled.values()):
        return False
    same = 0
    for c, v in filled.items():
        if isinstance(v, str) and bare(v) and bare(v) in {bare(p) for p in head.paths[c]}:
            same += 1
    named = len(filled) >= 3 and any(bare(str(v)) in _NAME_HEADS for v in filled.values())
    if named and sum(looks_like_head(str(v)) for v in filled.values()) * 3 >= len(filled) * 2:
        return True
    words = sum(1 for v in filled.values() if isinstance(v, str) and known_field(v) is not None)
    return (same >= 2 and same * 2 >= len(filled)) or (words >= 3 and words * 2 >= len(filled))


def sum_words(lead: list[str], name: str, is_project: Callable[[str], bool]) -> str | None:
    """The words by which a row says that it is a sum; None where it is none, or a project is called so."""
    for words in (*lead[:3], squeeze(name)):
        if words and TOTAL_WORDS.match(words.strip("★▲*、. ")) and not is_project(words):
            return words
    return None


def count_in(words: str) -> int | None:
    """The count that words claim: 一、产业发展（12个）."""
    m = _COUNT.search(words)
    return int(m[1]) if m else None


_ONLY_COUNT = re.compile(r"共?计?(\d{1,4})[个项](?:项目)?")


def count_beside(texts: list[str]) -> int | None:
    """The count in a cell of its own beside 合计: 24个."""
    return next((int(m[1]) for t in texts if (m := _ONLY_COUNT.fullmatch(t))), None)
