"""Cookings of twelve kinds in three strengths, and innocent look-alikes, put into an honest year of drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from tests.worlds.base import WAN, Draft, rounded

STRENGTHS = ("blatant", "plain", "subtle")


@dataclass(frozen=True)
class Put:
    """What was put where: the projects touched (of a look-alike: the innocent ones)."""

    kind: str
    unit: str
    ids: tuple[int, ...]


Cook = Callable[[Random, list[Draft], int, str, list[Draft]], "list[Draft] | None"]
"""Changes drafts of one unit up to ``month``; which it touched, or None where the unit does not lend itself."""


def held(d: Draft, month: int) -> int:
    return next((v for m in range(month - 1, -1, -1) if (v := d.done[m]) is not None), 0)


def alive(drafts: list[Draft], month: int) -> list[Draft]:
    return [d for d in drafts if d.plan and d.done[month - 1] is not None and held(d, month) > 0]


def amount(d: Draft, month: int) -> int:
    return held(d, month) - (held(d, month - 1) if month > 1 else 0)


def pick(s: str, blatant: float, plain: float, subtle: float) -> float:
    return {"blatant": blatant, "plain": plain, "subtle": subtle}[s]


def put(d: Draft, month: int, value: float) -> None:
    """The sum at ``month``; what the other series tell goes along in proportion."""
    old = held(d, month)
    d.done[month - 1] = rounded(min(value, (d.total - d.before) * 1.0), d.step)
    new = d.done[month - 1] or 0
    for column in (d.funds, d.accepted):
        if column[month - 1] is not None and old:
            column[month - 1] = rounded(column[month - 1] * new / old, d.step)


def start_before_works(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    new = [d for d in own if d.nature == "新建" and d.plan and d.done[month - 1] is not None]
    if not new or month < 2:
        return None
    chosen = rng.sample(new, min(len(new), int(pick(s, 4, 2, 1))))
    for d in chosen:
        d.actual_start, d.permits, d.start_told = None, {}, 0
        d.planned_start = d.planned_start or date(d.year, min(12, month + 1), 1)
        share = rng.uniform(*{"blatant": (0.6, 1.1), "plain": (0.32, 0.6), "subtle": (0.08, 0.16)}[s])
        first = max(1, month - rng.randint(1, 3))
        for m in range(1, month + 1):
            if d.done[m - 1] is not None:
                put(d, m, 0 if m < first else d.plan * share * (m - first + 1) / (month - first + 1))
            d.words[m - 1] = rng.choice(("正在办理前期手续", "施工图设计", "", "用地报批中")) if s != "subtle" else ""
    return chosen


def month_leap(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    if month < 4:
        return None
    able = []
    for d in alive(own, month):
        worked = [amount(d, m) for m in range(1, month) if d.done[m - 1] is not None and amount(d, m) > 0]
        if len(worked) >= 3 and d.plan >= 2000 * WAN and held(d, month - 1) < d.plan * 0.7 and d.done[month - 2] is not None:
            able.append((d, sorted(worked)[len(worked) // 2]))
    if not able:
        return None
    d, usual = rng.choice(able)
    # A leap is one beyond the season: what everybody brings in December is none.
    of_month = sum(amount(x, month) for x in city if x.plan and x.done[month - 1] is not None)
    mean = sum(held(x, month) for x in city) / month
    usual = int(usual * max(1.0, of_month / mean if mean else 1.0))
    times, share = {"blatant": (10, 0.5), "plain": (7, 0.36), "subtle": (3, 0.15)}[s]
    more = max(usual * times, d.plan * share)
    if s == "blatant" and rng.random() < 0.5:
        more = max(more, d.plan - held(d, month - 1))
    if held(d, month - 1) + more > d.total - d.before:
        return None
    put(d, month, held(d, month - 1) + more)
    d.words[month - 1] = rng.choice(("主体施工", "基础施工", "管网铺设"))
    return [d]


def _at(rng: Random, own: list[Draft], month: int, s: str, rate: float) -> list[Draft] | None:
    able = [d for d in own if d.plan and d.done[month - 1] is not None and d.total - d.before >= d.plan * rate]
    if len(able) < 7:
        return None
    chosen = rng.sample(able, max(int(pick(s, 6, 6, 3)), round(len(able) * pick(s, 0.8, 0.5, 0.3))))
    for d in chosen:
        jitter = rng.uniform(-0.004, 0.004) if s == "subtle" else rng.uniform(-0.0004, 0.0004) if s == "plain" and rng.random() < 0.3 else 0
        d.step = min(d.step, WAN)
        put(d, month, d.plan * (rate + jitter))
    return chosen


def same_ratio(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    rate = rng.uniform(0.5, 1.3) * month / 12
    return None if abs(rate - month / 12) < 0.01 or month < 2 else _at(rng, own, month, s, rate)


def at_time_progress(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    return None if month == 12 else _at(rng, own, month, s, month / 12)


def round_numbers(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    able = [d for d in alive(own, month) if amount(d, month) > 0 and (month == 1 or d.done[month - 2] is not None)]
    if len(able) < 7 or own[0].step > WAN:
        return None
    chosen = able if s == "blatant" else rng.sample(able, round(len(able) * pick(s, 1, 0.8, 0.4)))
    if s == "plain" and rng.random() < 0.4:
        end = rng.choice((88, 66, 68, 18, 36))
        for d in chosen:
            more = max(100 * WAN, amount(d, month) // (100 * WAN) * 100 * WAN) + end * WAN
            put(d, month, held(d, month - 1) + more if month > 1 else more)
        return chosen
    for d in chosen:
        base = int(pick(s, 1000, 100, 50)) * WAN
        before = held(d, month - 1) if month > 1 else 0
        put(d, month, before + max(base, rounded(amount(d, month), base)))
    return chosen


def period_end_leap(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    if month % 3:
        return None
    able = [d for d in alive(own, month) if all(d.done[m - 1] is not None for m in range(max(1, month - 3), month + 1))
            and held(d, month) - (held(d, month - 3) if month > 3 else 0) > d.plan * 0.05]
    if len(able) < 7:
        return None
    chosen = rng.sample(able, max(6, round(len(able) * pick(s, 1.0, 0.75, 0.5))))
    for d in chosen:
        first = held(d, month - 3) if month > 3 else 0
        whole = held(d, month) - first
        last = rng.uniform(*{"blatant": (0.88, 0.99), "plain": (0.75, 0.9), "subtle": (0.5, 0.65)}[s])
        put(d, month - 2, first + whole * (1 - last) / 2)
        put(d, month - 1, first + whole * (1 - last))
    return chosen


def repeated_pattern(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    if month < 4:
        return None
    then = rng.randint(1, month - 2)
    able = [d for d in alive(own, month) if d.done[then - 1] is not None and (then == 1 or d.done[then - 2] is not None)
            and amount(d, then) > 50 * max(d.step, 1) and d.done[month - 2] is not None and held(d, month - 1) + 2 * amount(d, then) < d.total - d.before]
    if len(able) < 7:
        return None
    chosen = rng.sample(able, max(6, round(len(able) * pick(s, 1.0, 0.7, 0.4))))
    factor = 1.0 if s == "blatant" or rng.random() < 0.5 else rng.choice((1.05, 1.1, 0.9, 1.2))
    for d in chosen:
        put(d, month, held(d, month - 1) + rounded(amount(d, then) * factor * (rng.uniform(0.95, 1.05) if s == "subtle" else 1), d.step))
    return chosen


def twin_projects(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    others = [d for d in city if d.unit != own[0].unit and d.plan]
    if not others:
        return None
    like, d = rng.choice(others), rng.choice(own)
    d.builder, d.total, d.before, d.plan = like.builder, like.total, like.before, like.plan
    place = like.location.replace(like.unit, "")
    d.location = like.location if s == "blatant" else own[0].unit + place if s == "plain" else place[:2]
    d.name = like.name if s == "blatant" else d.name
    if s == "subtle":
        d.builder, d.total = d.builder[:3], int(d.total * 1.03)
    d.done, d.funds, d.accepted, d.words = list(like.done), list(like.funds), list(like.accepted), list(like.words)
    return [d]


def words_against_money(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    able = [d for d in own if d.plan and d.done[month - 1] is not None and d.total > 3000 * WAN and d.before < d.total * 0.1
            and d.total * pick(s, 0.45, 0.35, 0.15) <= d.plan * 1.6 and d.total - d.before > 0]
    if not able or month < 3:
        return None
    chosen = rng.sample(able, 1)
    for d in chosen:
        share = rng.uniform(*{"blatant": (0.5, 0.8), "plain": (0.36, 0.5), "subtle": (0.12, 0.2)}[s])
        put(d, month, max(d.total * share - d.before, d.plan * pick(s, 0.6, 0.45, 0.2)))
        d.actual_start = d.actual_start or date(d.year, 1, 10)
        d.actual_start = min(d.actual_start, date(d.year, 1, 10))
        d.start_told = 0
        for m in range(month):
            d.words[m] = rng.choice(("场地平整", "正在进行场地平整", "土石方开挖"))
    return chosen


def _behind(rng: Random, own: list[Draft], month: int, s: str, column: str) -> list[Draft] | None:
    able = [d for d in alive(own, month) if getattr(d, column)[month - 1] and held(d, month) > d.plan * 0.25 and d.nature == "续建"
            and getattr(d, column)[month - 1] > held(d, month) * 0.45]
    if not able or month < 5:
        return None
    chosen = rng.sample(able, min(len(able), 2))
    for d in chosen:
        share = rng.uniform(*{"blatant": (0, 0.08), "plain": (0.08, 0.16), "subtle": (0.3, 0.4)}[s])
        for m in range(month):
            if d.done[m] is not None:
                getattr(d, column)[m] = rounded((d.done[m] or 0) * share, d.step)
    return chosen


def accepted_far_below(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    return _behind(rng, own, month, s, "accepted")


def paid_far_below(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    return _behind(rng, own, month, s, "funds")


def sum_made_to_fit(rng: Random, own: list[Draft], month: int, s: str, city: list[Draft]) -> list[Draft] | None:
    able = [d for d in alive(own, month) if amount(d, month) > 0 and d.plan > 1000 * WAN]
    plan = sum(d.plan for d in own)
    if len(able) < 6 or month in (1, 12) or plan < 5 * 10**8 or own[0].step > 10 * WAN:
        return None
    done = sum(held(d, month) for d in own)
    targets = [plan * month // 12] + [(done // (plan // 20) + k) * (plan // 20) for k in (1, 2)] + [(done // 10**8 + k) * 10**8 for k in (1, 2)]
    targets = [t for t in targets if done + plan * 0.01 < t < done + plan * 0.12]
    if not targets:
        return None
    miss = rng.choice(targets) - done
    miss += int(plan * pick(s, 0, 0.00002, 0.0006) * rng.choice((-1, 1)))
    room = [d for d in able if d.total - d.before - held(d, month) > miss and amount(d, month) * 2 < miss and d.done[month - 2] is not None]
    if not room:
        return None
    d = rng.choice(room)
    d.done[month - 1] = held(d, month) + (miss if s == "blatant" else rounded(miss, 100))
    return [d]


COOKINGS: dict[str, Cook] = {f.__name__: f for f in (
    start_before_works, month_leap, same_ratio, at_time_progress, round_numbers, period_end_leap, repeated_pattern,
    twin_projects, words_against_money, accepted_far_below, paid_far_below, sum_made_to_fit)}
