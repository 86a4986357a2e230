"""Whether a problem field says nothing (docs/rules.md §6.2).

Asked of problem and coordination fields only: 正常推进 under 形象进度 is a progress text, 无施工许可证 a problem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

NOTHING = frozenset({
    "无", "暂无", "没有", "目前无", "目前没有", "暂时没有", "暂时无",
    "无困难", "暂无困难", "没有困难", "无存在困难", "不存在困难", "无困难问题", "无困难和问题", "暂无困难问题",
    "无问题", "暂无问题", "没有问题", "无存在问题", "暂无存在问题", "不存在问题", "无存在的问题", "没有存在问题", "无主要问题",
    "无突出问题", "无重大问题", "暂无突出问题", "目前无问题", "目前暂无问题", "目前没有问题", "本月无问题", "本期无问题", "本周无问题",
    "无需协调", "不需协调", "不需要协调", "暂不需要协调", "暂不需协调", "暂无需协调", "无须协调", "没有需要协调", "无需协调解决",
    "无需协调事项", "无需协调问题", "无需协调解决事项", "无需协调解决问题", "无需协调解决的问题", "无需协调的问题", "无需协调的事项",
    "暂无需协调事项", "暂无需协调问题", "暂无需协调解决的问题", "无需要协调的问题", "无需要协调事项", "无需要协调解决的问题", "无协调事项",
    "没有需要协调的问题", "没有需要协调解决的问题", "没有需要协调的事项", "没有需协调事项", "无需市级协调", "无需市级协调事项",
    "正常", "正常推进", "推进正常", "进展正常", "进度正常", "一切正常", "正常施工", "施工正常", "正常建设", "建设正常", "正常进行", "有序推进",
    "正常有序推进", "按计划推进", "按计划进行", "按计划实施", "按计划正常推进", "进展顺利", "推进顺利", "顺利推进", "顺利", "正常开展",
    "项目正常推进", "项目推进正常", "项目进展正常", "项目进展顺利", "项目推进顺利", "项目按计划推进", "目前进展顺利", "目前正常推进",
    "问题:无", "存在问题:无", "存在的问题:无", "存在问题:暂无", "需协调问题:无", "需协调事项:无", "需协调解决的问题:无",
    "不存在", "无意见", "无建议", "无其他", "无其它", "无异常", "none", "nil", "na", "n/a", "no",
})
"""Clauses that say nothing, without spaces and in one width."""

SOLVED = frozenset({
    "已解决", "已经解决", "问题已解决", "问题已经解决", "已全部解决", "已协调解决", "已得到解决", "已处理", "已办结", "已销号", "已完成整改",
    "已整改", "已整改到位", "已落实", "上期问题已解决", "上月问题已解决", "困难已解决", "该问题已解决",
})
"""Clauses that say only that the problem told before is solved."""

_NUMBERS = re.compile(
    r"[①-⑳]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]|(?<![\d.])\d{1,2}[)）.、．](?!\d)"
    r"|(?:^|(?<=[，。；、,;\s]))[一二三四五六七八九十]{1,2}[)）、]")
"""Numbering before a clause, wherever it stands: 1. ① （一）. The next clause begins with it: 1.无 2.无."""
_CLAUSES = re.compile(r"[，。；、,;\n\r]+|\.(?!\d)")

_AROUND = "-—–―─_/\\*…·~:：!！?？\"'“”()（）"
"""Dashes, which alone say nothing, and what may stand around a clause."""


def clauses(text: str) -> list[str]:
    """The clauses of ``text`` split at ，。；、, each without spaces, numbering and brackets' width; dashes left out."""
    plain = unicodedata.normalize("NFKC", _NUMBERS.sub(";", text))
    found = []
    for part in _CLAUSES.split(plain):
        words = [_bare(w) for w in part.split()]
        # Blanks stand between words (无问题 无困难) or inside one (暂 无).
        held = words if all(w in NOTHING for w in words) else [_bare("".join(part.split()))]
        found += [c for c in held if c]
    return found


def _bare(clause: str) -> str:
    return clause.strip(_AROUND).casefold()


def is_written(text: str | None) -> bool:
    """Whether any words stand in a field of progress or next work: blanks and dashes do not count."""
    return bool(clauses(text or ""))


def says_nothing(text: str | None, more: Collection[str] = ()) -> bool:
    """Whether every clause of a problem field is exactly on the list (``more`` are the office's own); blanks and dashes too."""
    own = {"".join(unicodedata.normalize("NFKC", w).split()).casefold() for w in more}
    return all(c in NOTHING or c in own for c in clauses(text or ""))


def says_solved(text: str | None) -> bool:
    """Whether the field says only that what was told before is solved (beside clauses that say nothing)."""
    held = clauses(text or "")
    return any(c in SOLVED for c in held) and all(c in SOLVED or c in NOTHING for c in held)
