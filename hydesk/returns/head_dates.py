"""Dates in heads brought to one form: 二〇二三年, 23年底, 2022.12.31, 一至六月, (1-6)月, 5.26-6.25."""

from __future__ import annotations

import re

_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_YEAR = re.compile(r"[二2][〇○零0]([〇○零一二三四五六七八九]{2})年")
_MONTH = re.compile(r"(?<![一二三四五六七八九十])(十[一二]?|[一二三四五六七八九])(?=(?:月份?)?[至到-](?:十[一二]?|[一二三四五六七八九])月|月)")
_SHORT_YEAR = re.compile(r"(?<![\d.\-])(2\d)年(?=[底末初度]|计划|投资|完成|累计|目标|实际|\d{1,2}月|\d{1,2}-)")
_DOTTED = re.compile(r"(20\d\d)[.](\d{1,2})(?:[.](\d{1,2}))?(?![\d.])")
_SPAN_IN_BRACKETS = re.compile(r"\((\d{1,2}-\d{1,2})\)月")
_INCLUDED = re.compile(r"\(含(?:当年|本数)?\)")
_DAYS = re.compile(
    r"\(?(\d{1,2})(?:月|[.])(\d{1,2})日?(?:[-至到])(?:(\d{1,2})(?:月|[.]))?(\d{1,2})日?\)?(?![\d月])")
_WHOLE_MONTH = range(25, 33)
"""Days of a county's month, which may close on the 25th."""


def in_figures(text: str) -> str:
    """A squeezed head with its years and months in figures, and the days of a month as that month."""
    if re.search("[〇○零一二三四五六七八九十]", text):
        text = _YEAR.sub(lambda m: f"20{''.join(_DIGITS[c] for c in m[1])}年", text)
        text = _MONTH.sub(lambda m: _number(m[1]), text)
    if not re.search(r"\d", text):
        return text
    text = _SPAN_IN_BRACKETS.sub(r"\1月", _INCLUDED.sub("", text))
    text = _DOTTED.sub(lambda m: f"{m[1]}年{int(m[2])}月" + (f"{int(m[3])}日" if m[3] else ""), text)
    text = _SHORT_YEAR.sub(r"20\1年", text)
    return _DAYS.sub(_month_of, text)


def _number(words: str) -> str:
    return str(10 + int(_DIGITS.get(words[1:], "0"))) if words[0] == "十" else _DIGITS[words]


def _month_of(m: re.Match[str]) -> str:
    """5月26日-6月25日 is June; 1月1日至6月25日 the year to June; any other days stay as they are."""
    first, start, last, end = int(m[1]), int(m[2]), int(m[3] or m[1]), int(m[4])
    if not (1 <= first <= 12 and 1 <= last <= 12 and 1 <= start <= 31 and 1 <= end <= 31):
        return m[0]
    if (first, start) == (1, 1) and last > 1:
        return f"1-{last}月"
    days = (last - first) * 30 + end - start + 1
    return f"{last}月" if last - first in (0, 1) and days in _WHOLE_MONTH and end >= 20 else m[0]
