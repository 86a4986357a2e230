"""What every pair of words makes of a head, held against what was looked at.

The rules of heads ask for kinds of words, in the leaf or in the group above, with a time or without one. Here each kind stands
beside each other one: a part of a condition left out moves some pair, though none of them may ever stand in a return.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from pathlib import Path

from hydesk.domain.periods import Period
from hydesk.returns.columns import guess_column
from tests.kept import hold

KEPT = Path(__file__).parent / "kept"
JUNE, WEEK, DECEMBER = Period.month(2023, 6), Period.parse("2023-W28"), Period.month(2023, 12)

WORDS = ("完成", "已完成", "累计", "计划", "规划", "任务", "力争", "目标任务书", "剩余", "计划完成情况", "投资", "总投资", "资金", "金额", "到位资金", "入统", "支付", "下达", "债券", "设备", "中央",
         "美元", "占比", "排名", "公里", "批复", "开工", "时间", "形象进度", "工作内容", "情况", "问题", "主体施工", "合计", "其中", "项目", "建设", "生僻语", "（万元）", "（%）", "（亩）", "（万美元）", "月", "名称")
TIMES = ("", "6月", "1-6月", "2023年", "截至2022年底", "自开工", "截至6月底", "5月", "二季度", "每月", "本周", "上旬", "7月")
GROUPS = ("投资完成情况（万元）", "总投资", "2023年计划", "形象进度", "资金来源", "到位资金", "力争完成", "截至2022年底", "存在问题", "入统投资", "用地（亩）", "分月完成投资", "其中", "美元", "完成率（%）", "债券资金", "实际完成",
          "情况", "一季度", "5月")


class Codes:
    """Short names of what is guessed, told at the end."""

    def __init__(self) -> None:
        self.meant: dict[str, str] = {}

    def of(self, path: tuple[str, ...], period: Period) -> str:
        """What is guessed of a column; words of the head itself are left out of the reason."""
        g = guess_column(path, period)
        flags = " ".join(n for n in ("combined", "asked", "doubtful", "unknown", "rate", "other_month") if getattr(g, n))
        meant = f"{g.field.value if g.field else '—'} {g.confidence:.2f} {' '.join(f.value for f in g.candidates)} {flags} {bool(g.foreign)} {re.sub('“[^”]*”', '“…”', g.reason)}"
        code = b32encode(sha256(meant.encode()).digest()).decode()[:4].lower()
        assert self.meant.setdefault(code, meant) == meant, "two meanings share a short name"
        return code

    def told(self) -> Iterator[str]:
        """Every short name with what it means."""
        yield from (f"{code} {meant}" for code, meant in sorted(self.meant.items()))


def test_pairs_of_words() -> None:
    codes = Codes()

    def lines() -> Iterator[str]:
        yield f"second words: {' '.join(WORDS)}"
        for first in WORDS:
            yield f"{first}: {' '.join(codes.of((first + second,), JUNE) for second in WORDS)}"
        yield f"times: {' '.join(TIMES)}"
        for first, second in product(WORDS[:37:5], WORDS):
            yield f"{first}{second}: {' '.join(codes.of((time + first + second,), JUNE) for time in TIMES[1:])}"
        yield from codes.told()

    hold(KEPT / "pairs.txt", lines())


def test_words_under_groups() -> None:
    codes = Codes()

    def lines() -> Iterator[str]:
        yield f"groups: {' '.join(GROUPS)}"
        for word, time in product(WORDS, ("", "6月", "累计", "1-6月")):
            yield f"{time}{word}: {' '.join(codes.of((group, time + word), JUNE) for group in GROUPS)}"
        yield f"under two: {' '.join(GROUPS)}"
        for word in WORDS:
            yield f"{word}: {' '.join(codes.of(('2023年', group, word), DECEMBER) for group in GROUPS)}"
        yield from codes.told()

    hold(KEPT / "groups.txt", lines())


def test_words_of_weeks() -> None:
    codes = Codes()

    def lines() -> Iterator[str]:
        times = ("本周", "上周", "下周", "年初至本周", "第28周", "截至7月16日", "7月10日至16日", "7月", "1-7月", "截至7月底", "今年", "自开工至本周", "1月1日至7月16日", "6月")
        yield f"times: {' '.join(times)}"
        for word, second in product(WORDS[:37], ("", "完成投资")):
            yield f"{word}{second}: {' '.join(codes.of((time + word + second,), WEEK) for time in times)} | {' '.join(codes.of((time, word + second), WEEK) for time in times[::2])}"
        yield from codes.told()

    hold(KEPT / "week_pairs.txt", lines())
