"""A learned sentence made shorter: dates, parts of one shape and lists of names as blanks and blocks (docs/rules.md §17.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.reports.notices.scoping import level_in

_DATES: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"(?:20\d{2}年)?(?<!\d)(?:1|１|一)(?:月份?)?[-－—–~～至]\d{1,2}月(?:份)?"), "{期间}"), (re.compile(r"(?<=截至)(?:20\d{2}年)?\d{1,2}月(?:底|末)"), "{截至}"),
    (re.compile(r"(?:20\d{2}年)?(?:一季度|上半年|前三季度|1季度)"), "{期间}"), (re.compile(r"全(?:市|州|区|县)(?=[\u4e00-\u9fff{，])"), "{全市}"))


def dated(pattern: str) -> str:
    """Dates of the notice as blanks."""
    for found, blank in _DATES:
        pattern = found.sub(blank, pattern)
    return pattern


def repeated(pattern: str, choices: ScopeChoices) -> str:
    """Parts of one shape that differ in a word of one field become a block: 产业发展项目…；基础设施项目…。"""
    parts = pattern.rstrip("。").split("；")
    shapes = [_shape(part, choices) for part in parts]
    made: list[str] = []
    at = 0
    while at < len(parts):
        lead, body, field = shapes[at]
        end = at + 1
        while field and end < len(parts) and shapes[end][1:] == (body, field) and not shapes[end][0]:
            end += 1
        others = [shapes[i][2] for i in range(len(parts)) if not at <= i < end]
        if not field or end - at < 2 or field in others:
            made.append(parts[at])
            at += 1
            continue
        made.append(f"{lead}{{各{field}：{body}；}}")
        at = end
        while at < len(parts) and parts[at].startswith("未填"):  # the block says it itself
            at += 1
    return "；".join(made) + ("。" if pattern.endswith("。") else "")


FIELDS = {"level": "级别", "class": "类别", "nature": "性质", "industry": "产业", "chain": "产业链", "unit": "单位", "group": "分组"}
"""The fields of scopes whose words are looked for, with how a block names them."""


def _shape(part: str, choices: ScopeChoices) -> tuple[str, str, str]:
    """What stands before the item in ``part``, the item without the word that its blanks are scoped by, and that word's field."""
    scopes = set(re.findall(r"\{([^{}.]+)\.[^{}]+\}", part))
    word = scopes.pop() if len(scopes) == 1 else ""
    field = next((name for key, name in FIELDS.items() if word and (word in choices.words.get(key, ()) or (key == "level" and level_in(word)[0] == word))), "")
    text = part.replace(f"{{{word}.", "{")
    named = word if word in text else level_in(text)[1] if field == "级别" else ""
    if not field or not named:
        return "", part, ""
    first = min(text.index("{"), text.index(named))
    start = max(text.rfind(sign, 0, first) for sign in "，：") + 1
    return text[:start], text[start:].replace(named, "{名}", 1), field


_LIST = re.compile(r"(?P<word>居前|前[一二三四五六]?[名位]?|靠前|领先|靠后|后[一二三四五六]?[名位]?|居后|末[一二三四五]?位)(?P<mid>的?(?:单位|地区)?(?:分别|依次)?[是有为]?[：:]?)"
                   r"(?P<items>[\u4e00-\u9fff]{2,10}（\{[^{}]*完成率\}%?）(?:、[\u4e00-\u9fff]{2,10}（\{[^{}]*完成率\}%?）)*)")


def ranked(pattern: str, choices: ScopeChoices) -> str:
    """A list of names with their rates behind 居前 or 靠后 becomes a block of the best or the worst, of the group spoken of."""
    def block(m: re.Match[str]) -> str:
        count = m["items"].count("（")
        side = "后" if "后" in m["word"] or "末" in m["word"] else "前"
        told = [w for w in re.findall(r"\{([^{}.]+)\.", pattern[:m.start()]) if w in choices.words.get("group", ())]
        group = f"（{told[-1]}）" if told else ""
        return f"{m['word']}{m['mid']}{{{side}{count}名单位{group}：{{名}}（{{完成率}}）、}}"

    return _LIST.sub(block, pattern)
