"""Makes resources/pinyin/initials.json from pypinyin's dictionaries: run it when pypinyin's version changes.

The program needs no more of them than first letters. The dictionaries themselves take 55 MB of memory and a quarter of
a second to load; these take 0.2 MB. A phrase is kept only where its letters differ from those of its characters alone
(长沙 cs as 长 alone has it, but 重庆 cq where 重 alone is z).

    python scripts/make_initials.py
"""

from __future__ import annotations

import json
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

TO = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "initials.json"
BLOCKS = ((0x3007, 0x3007), (0x3400, 0x9FFF), (0x20000, 0x323AF))
"""Code points with Chinese characters: 〇, extension A and the common ones; extensions B to H."""


def letters_of(text: str) -> str:
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))


def read(text: str, alone: dict[str, str], phrases: dict[str, str]) -> str:
    """What the program would read: the longest phrase that fits, else the character alone."""
    said, at = "", 0
    while at < len(text):
        part = next((text[at:end] for end in range(len(text), at + 1, -1) if text[at:end] in phrases), text[at])
        said += phrases.get(part) or alone.get(part, part)
        at += len(part)
    return said


def main() -> None:
    alone = {chr(point): letters_of(chr(point)) for point in PINYIN_DICT}
    blocks = {f"{first:X}": "".join(alone.get(chr(point), " ") for point in range(first, last + 1)).rstrip()
              for first, last in BLOCKS}
    phrases: dict[str, str] = {}
    # Short ones first: a longer phrase is kept too where a shorter one within it would mislead (行道 in 人行道).
    for phrase in sorted(PHRASES_DICT, key=lambda phrase: (len(phrase), phrase)):
        letters = letters_of(phrase)
        if letters != read(phrase, alone, phrases):
            phrases[phrase] = letters
    TO.parent.mkdir(parents=True, exist_ok=True)
    TO.write_text(json.dumps({"letters": blocks, "phrases": phrases}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
