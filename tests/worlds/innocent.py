"""Innocent look-alikes of every kind: what a doubt must not be sure of."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.worlds.base import WAN, Draft, rounded
from tests.worlds.cookings import Cook, alive, amount, held, put


def start_before_works(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Land paid before works; a start written down a month late."""
    new = [d for d in own if d.nature == "新建" and d.plan and d.done[month - 1] is not None]
    if not new or month < 3:
        return None
    d = rng.choice(new)
    d.actual_start, d.start_told = None, 0
    d.permits.pop("施工许可", None)
    if rng.random() < 0.5:
        for m in range(1, month + 1):
            if d.done[m - 1] is not None:
                put(d, m, 0 if m < month - 1 else min(d.plan * 0.5, d.total * rng.uniform(0.08, 0.2)))
            d.words[m - 1] = "缴纳土地出让金" if m == month - 1 else "土地款已付，办理前期手续" if m == month else "办理前期手续"
    else:
        for m in range(1, month + 1):
            if d.done[m - 1] is not None:
                put(d, m, d.plan * rng.uniform(0.2, 0.35) if m == month else 0)
            d.words[m - 1] = rng.choice(("桩基施工", "基础开挖，承台施工")) if m == month else ""
    return [d]


def month_leap(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Equipment delivered, said; two or three months told at once."""
    able = [d for d in alive(own, month) if d.plan > 2000 * WAN and month > 4 and held(d, month - 1) < d.plan * 0.6]
    if not able:
        return None
    d = rng.choice(able)
    if rng.random() < 0.5:
        put(d, month, held(d, month - 1) + d.plan * rng.uniform(0.35, 0.6))
        d.words[month - 1] = rng.choice(("主要生产设备到货", "采购设备一批，设备已进场", "成套设备到场安装"))
    else:
        value = held(d, month - 3) + d.plan * rng.uniform(0.25, 0.4)
        d.done[month - 2] = d.done[month - 3] = None
        put(d, month, value)
    return [d]


def same_ratio(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """One builder's lots share its sum evenly."""
    able = [d for d in own if d.plan and d.done[month - 1] is not None]
    if len(able) < 8:
        return None
    chosen = rng.sample(able, rng.randint(3, 5))
    rate = rng.uniform(0.6, 1.1) * month / 12
    for d in chosen:
        d.builder = chosen[0].builder
        put(d, month, d.plan * rate)
    return chosen


def at_time_progress(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Two projects paid in twelve even parts."""
    able = [d for d in own if d.plan and d.done[month - 1] is not None]
    if len(able) < 8:
        return None
    chosen = rng.sample(able, 2)
    for d in chosen:
        for m in range(1, month + 1):
            if d.done[m - 1] is not None:
                put(d, m, d.plan * m / 12)
    return chosen


def round_numbers(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """A few round amounts among others; contracts are round."""
    able = [d for d in alive(own, month) if amount(d, month) > 100 * WAN and month > 1]
    if len(able) < 8:
        return None
    chosen = rng.sample(able, 3)
    for d in chosen:
        put(d, month, held(d, month - 1) + rounded(amount(d, month), 100 * WAN))
    return chosen


def period_end_leap(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """A unit that reports by the quarter: the two months before are not told at all."""
    if month % 3:
        return None
    for d in own:
        for m in (month - 1, month - 2):
            d.done[m - 1] = d.funds[m - 1] = d.accepted[m - 1] = None
    return own


def repeated_pattern(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Two projects paid the same every month by contract."""
    able = [d for d in alive(own, month) if month > 3]
    if len(able) < 8:
        return None
    chosen = rng.sample(able, 2)
    for d in chosen:
        each = rounded(d.plan / 13, max(d.step, WAN))
        for m in range(1, month + 1):
            if d.done[m - 1] is not None:
                d.done[m - 1] = each * m
    return chosen


def twin_projects(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """One company builds the same plant in two counties; a road by sections."""
    like, d = rng.choice([x for x in city if x.unit != own[0].unit]), rng.choice(own)
    d.builder = like.builder
    if rng.random() < 0.5:
        d.total = max(like.total, d.before + d.plan)
        d.location = own[0].unit + "新场镇"
    else:
        d.name, like.name = f"某高速公路{d.unit[:2]}段", f"某高速公路{like.unit[:2]}段"
        d.location = own[0].unit + like.location.replace(like.unit, "")
    return [d]


def words_against_money(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """The second part is being levelled while the first stands; land was dear."""
    able = [d for d in alive(own, month) if held(d, month) > d.plan * 0.4]
    if not able:
        return None
    d = rng.choice(able)
    if rng.random() < 0.5 and d.before:
        d.words[month - 1] = rng.choice(("一期已投产，二期场地平整", "二期场地平整", "1#厂房主体完工，2#地块土方开挖"))
    else:
        d.words[month - 1] = "场地平整，已缴纳土地出让金"
        put(d, month, min(held(d, month), d.total * 0.35))
    return [d]


def accepted_far_below(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Begun two months ago: the bureau has not yet taken it in."""
    able = [d for d in alive(own, month) if d.nature == "新建" and d.accepted[month - 1] is not None]
    if not able or month < 4:
        return None
    d = rng.choice(able)
    d.actual_start, d.start_told = date(d.year, month - 2, 5), 0
    for m in range(1, month + 1):
        if d.done[m - 1] is not None:
            put(d, m, 0 if m < month - 2 else held(d, month) * (m - month + 3) / 3 if m < month else held(d, month))
        d.accepted[m - 1] = 0
    return [d]


def paid_far_below(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """Money comes a quarter late, by two thirds of what is usual."""
    able = [d for d in alive(own, month) if d.funds[month - 1]]
    if not able:
        return None
    d = rng.choice(able)
    d.funds[month - 1] = int((d.funds[month - 1] or 0) * rng.uniform(0.5, 0.7))
    return [d]


def sum_made_to_fit(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    """A few large round projects: their sum is round too."""
    able = [d for d in own if d.plan and d.done[month - 1] is not None]
    if not 3 <= len(able) <= 12 or month < 2:
        return None
    for d in able:
        for m in range(1, month + 1):
            if d.done[m - 1] is not None:
                d.done[m - 1] = rounded(held(d, m), 500 * WAN)
    return able


LOOK_ALIKES: dict[str, Cook] = {f.__name__: f for f in (
    start_before_works, month_leap, same_ratio, at_time_progress, round_numbers, period_end_leap, repeated_pattern,
    twin_projects, words_against_money, accepted_far_below, paid_far_below, sum_made_to_fit)}
