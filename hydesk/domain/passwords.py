"""Passwords of packages: how hard one is to guess, and one that can be told over the telephone."""

from __future__ import annotations

import math
import re
import secrets

ENOUGH = 60
"""Bits below which a password is refused: whoever has the package may try as many as he likes, as fast as he can."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another when written or said: no i, l, o, 0, 1."""
_GROUPS, _LENGTH = 4, 4
_KNOWN = ("password", "admin", "hydesk", "hengyang", "zdxm", "qwerty", "asdfgh", "zxcvbn", "iloveyou", "woaini", "letmein", "welcome",
          "衡阳", "重点", "项目", "台账", "密码", "移交", "发改委")
_KINDS = ((re.compile(r"[a-z]"), 26), (re.compile(r"[A-Z]"), 26), (re.compile(r"[0-9]"), 10), (re.compile(r"[\x20-\x2f:-@\[-`{-~]"), 32),
          (re.compile(r"[^\x00-\x7f]"), 1500))


def propose() -> str:
    """A password of 79 bits in four groups that can be dictated: k7mq-2xhv-p9wd-t4nb."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))


def bits(password: str) -> float:
    """About how many yes-or-no guesses a password takes; runs, repetitions, dates and known words count little."""
    folded = password.casefold()
    rest, counted = folded, 0.0
    for known in _KNOWN:
        if known in rest:
            rest, counted = rest.replace(known, ""), counted + 4
    for date in re.findall(r"(?:19|20)\d{2}[-./年]?\d{0,2}[-./月]?\d{0,2}", rest):
        rest, counted = rest.replace(date, "", 1), counted + 10
    kept = [c for n, c in enumerate(rest) if not _follows(rest, n)]
    counted += len(rest) - len(kept)  # a letter that follows from the one before is one bit
    shown = "".join(c for c in password if c.casefold() in rest) or rest
    pool = sum(size for kind, size in _KINDS if kind.search(shown))
    distinct = len(set(kept))
    return counted + min(len(kept), distinct * 2) * math.log2(pool or 1)


def weakness(password: str) -> str:
    """What to say of a password that is too easy; empty where it will do."""
    if bits(password) >= ENOUGH:
        return ""
    return f"密码太容易猜，没有用它。可以用 {propose()}（四组，电话里说得清），或用 14 个以上不成规律的字母、数字和符号"


def _follows(text: str, at: int) -> bool:
    """Whether the letter at ``at`` goes on a run (abc, 321) or repeats the one before or what stood before that."""
    if at == 0:
        return False
    step = ord(text[at]) - ord(text[at - 1])
    if step == 0:
        return True
    return (at > 1 and abs(step) == 1 and ord(text[at - 1]) - ord(text[at - 2]) == step) or text[:at].find(text[at - 1:at + 1]) >= 0
