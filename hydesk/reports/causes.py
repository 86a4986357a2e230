"""What holds the lagging projects back, summed up: a sentence whose parts add up to the projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hydesk.domain.causes import OTHER, UNSAID, cause_of
from hydesk.reports.basis import Lagging
from hydesk.reports.prose import Sentence
from hydesk.reports.words import count, joined, sentence


def cause(item: Lagging) -> str:
    """The class of the cause, or that none was said."""
    return cause_of(item.reason) if item.reason else UNSAID


def causes(items: Sequence[Lagging], whole: str, key: str, ending: str = "") -> Sentence:
    """By cause, the most frequent first, what is not said last. ``whole`` is the key of the number of ``items``: the
    check adds the parts up to it."""
    held = Counter(map(cause, items))
    last = (OTHER, UNSAID)
    order = sorted(held.items(), key=lambda x: (x[0] in last and last.index(x[0]) + 1, -x[1], x[0]))
    parts = joined((name, count(n, f"{whole}|{name}"), "个") for name, n in order)
    return sentence("按原因分，", parts, ending if UNSAID in held else "", "。", key=key)
