"""Feed arbitrary bytes and words to the readers and the parsers of values, for as long as one likes.

    python -m tests.reliability.fuzz --minutes 30 [--seed 1]

Files are hostile or plain ones with pieces turned, doubled, cut out or swapped. Whatever is not a book or a HydeskError
is a finding: its bytes are written beside, and belong into a test.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from hydesk.domain.errors import HydeskError
from hydesk.excel.read import read_book
from tests.reliability.hostile_others import biff8, number, ods, ole, page, spreadsheetml, text_table
from tests.reliability.parts import parts, rows, sheet, zipped

SLOW = 10.0
FORMS: dict[str, Callable[[], bytes]] = {
    "xls": lambda: ole(biff8(b"".join(number(r, 5, r) for r in range(2, 60)))), "xlsx": lambda: zipped(parts()),
    "ods": lambda: ods(""), "xml": lambda: spreadsheetml("<Row><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row>" * 9),
    "html": lambda: page("<tr><td rowspan=2>1</td><td>2</td></tr>" * 9),
    "csv": lambda: text_table("1,HY2023-001,第1号项目,100,20,3,1,主体\n" * 9),
}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """``content`` damaged in a few places."""
    own = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(own)), chance.choice((1, 2, 4, 16, 200))
        kind = chance.randrange(5)
        if kind == 0:
            own[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            own[at:at + length] = chance.choice((b"\xff", b"\0", b"9", b'"', b"<", b"\x7f")) * length
        elif kind == 2 and len(own) > length + 20:
            del own[at:at + length]
        elif kind == 3:
            own[at:at] = own[at:at + length] * chance.randint(1, 30)
        else:
            other = chance.randrange(len(own))
            own[at:at + length] = own[other:other + length]
    return bytes(own) or b"x"


def file_of(form: str, chance: random.Random) -> bytes:
    """A damaged file; an xlsx is damaged inside its parts as well, where the zip would only hide the damage."""
    if form == "xlsx" and chance.random() < 0.8:
        made = parts(sheet(rows(chance.randint(1, 6))))
        name = chance.choice(list(made))
        data = made[name]
        return zipped({**made, name: mutated(data.encode() if isinstance(data, str) else data, chance)})
    return mutated(FORMS[form](), chance)


def words_of(chance: random.Random) -> str:
    """Words like those in cells, and unlike any."""
    pieces = ("约", "3000", "1.2", "亿", "万", "元", "，", "2023", "年", "6", "月", "底", "%", "-", "—", "/", "e999", "（", "²", "①",
              "٣", "\u3000", "\x00", "NaN", "inf", "∞", "9" * 400, "二季度", "上旬", ".", "+", "=", "\U0001f600", "\ud800")
    return "".join(chance.choice(pieces) for _ in range(chance.randint(0, 12)))


def try_file(form: str, seed: int) -> str | None:
    """What went wrong with one file, None where nothing did."""
    content = file_of(form, random.Random(seed))
    begun = time.monotonic()
    try:
        read_book(content, f"{seed}.{form}")
    except HydeskError:
        pass
    except Exception as e:
        return f"{form} {seed}: {type(e).__name__}"
    taken = time.monotonic() - begun
    return f"{form} {seed}: {taken:.0f} s" if taken > SLOW else None


def try_words(seed: int) -> str | None:
    """What went wrong with one piece of words in the parsers of values."""
    from hydesk.domain.grid import Book, Sheet
    from hydesk.returns.project_list import understand_project_list

    chance = random.Random(seed)
    head = ["项目编号", "项目名称", "总投资(万元)", "年度计划投资", "建设起止年限", "开工时间", "竣工时间", "填报单位"]
    lines = [[words_of(chance) for _ in head] for _ in range(6)]
    try:
        understand_project_list(Book("a.xlsx", (Sheet("表", [head, *lines]),), "xlsx"), 2023)
    except HydeskError:
        return None
    except Exception as e:
        return f"words {seed}: {type(e).__name__}: {e}"
    return None


def main() -> int:
    """Fuzz until the time is over; 1 where anything was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    until, seed, found = time.monotonic() + given.minutes * 60, given.seed * 10_000_000, 0
    while time.monotonic() < until:
        seed += 1
        form = list(FORMS)[zlib.crc32(str(seed).encode()) % len(FORMS)]
        for wrong in (try_file(form, seed), try_words(seed)):
            if wrong is not None:
                found += 1
                print(wrong, flush=True)
                if given.out is not None:
                    given.out.mkdir(parents=True, exist_ok=True)
                    (given.out / f"{seed}.{form}").write_bytes(file_of(form, random.Random(seed)))
    print(f"{seed - given.seed * 10_000_000} files and as many tables of words, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
