"""The 388 demonstration projects: made-up facts whose totals equal the published ones of Hengyang's first batch of 2023.

Everything is drawn from one seeded generator, so that every machine makes the same ledger.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.domain.understanding import ReadValue
from hydesk.resource_files import resource

YEAR = 2023
COUNT = 388
TOTAL: Yuan = 35146 * 10_000_000
"""3514.6 亿元."""
PLAN: Yuan = 10053 * 10_000_000
"""1005.3 亿元."""
STEP: Yuan = 10 * MoneyUnit.WAN.yuan
"""Totals and plans are whole tens of 万元, as clerks write them."""

CATEGORY_SHARES = (("产业发展", 54), ("基础设施", 23), ("社会民生", 13), ("生态环保", 10))
CATEGORY_SIZES = {"产业发展": 100, "基础设施": 125, "社会民生": 45, "生态环保": 50}
"""How large projects of a class usually are beside each other."""
START_MONTHS = (1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10)
"""Most works begin in the first half of a year."""
WAITING = 10
"""As many projects are 预备: they have no plan for the year."""


@dataclass(frozen=True, slots=True)
class DemoProject:
    """A demonstration project and what drives its made-up months."""

    code: str
    name: str
    unit: str
    nature: str
    values: dict[Field, ReadValue]
    begun: date | None
    """When works began; None for those that have not by the end of June."""
    pace: int
    """How far along its unit is in the year, in hundredths of the usual."""

    def money(self, field: Field) -> Yuan:
        """A money field in yuan; 0 where there is none."""
        value = self.values.get(field, 0)
        return value if isinstance(value, int) else 0


def vocabulary() -> dict[str, Any]:
    """Places, kinds and words that names and texts are made from."""
    words: dict[str, Any] = json.loads(resource("demo", "vocabulary.json").read_text(encoding="utf-8"))
    return words


def demo_projects() -> list[DemoProject]:
    """All 388, by unit, in the order of their codes."""
    rng = Random(20230101)
    words = vocabulary()
    taken: set[str] = set()
    drafts = [draft for unit in words["units"] for draft in unit_drafts(unit, words, taken, rng)]
    waiting = set(rng.sample([i for i, d in enumerate(drafts) if not d["named"]], WAITING))
    for index, draft in enumerate(drafts):
        under_way = draft["named"] or rng.random() < 0.6
        draft["nature"] = "预备" if index in waiting else "续建" if under_way else "新建"
    totals = spread(TOTAL, [d["weight"] for d in drafts], [10**15] * len(drafts), [300 * STEP] * len(drafts))
    shares = [0 if d["nature"] == "预备" else rng.randint(14, 46) for d in drafts]
    plans = spread(PLAN, [t * s for t, s in zip(totals, shares, strict=True)],
                   [t * 8 // 10 for t in totals], [0 if not s else 20 * STEP for s in shares])
    return [
        _project(f"HY{YEAR}-{number:03d}", draft, total, plan, words, rng)
        for number, (draft, total, plan) in enumerate(zip(drafts, totals, plans, strict=True), 1)
    ]


def spread(amount: Yuan, weights: Sequence[int], most: Sequence[Yuan], least: Sequence[Yuan]) -> list[Yuan]:
    """``amount`` shared out by ``weights`` in whole steps within each one's bounds; the sum is exact."""
    whole = sum(weights)
    shares = [
        min(max(amount * w // whole // STEP * STEP, low), high // STEP * STEP)
        for w, low, high in zip(weights, least, most, strict=True)
    ]
    order = sorted((i for i, w in enumerate(weights) if w), key=lambda i: -weights[i])
    rest = (amount - sum(shares)) // STEP
    while rest:
        for i in order:
            step = STEP if rest > 0 else -STEP
            if rest and least[i] <= shares[i] + step <= most[i]:
                shares[i] += step
                rest -= 1 if step > 0 else -1
    return shares


def unit_drafts(unit: str, words: dict[str, Any], taken: set[str], rng: Random) -> list[dict[str, Any]]:
    """Names and kinds of one unit's projects, without their money; no two names alike, adds them to ``taken``."""
    facts = words["units"][unit]
    drafts = [
        {**n, "category": "产业发展", "place": rng.choice(facts["places"]), "named": True, "pace": facts["pace"],
         "weight": n["size"] * 1000}
        for n in words["named"] if n["unit"] == unit
    ]
    kinds = {c: rng.sample(k, len(k)) for c, k in words["kinds"].items()}
    taken |= {d["name"] for d in drafts}
    while len(drafts) < facts["count"]:
        category = rng.choices([c for c, _ in CATEGORY_SHARES], [s for _, s in CATEGORY_SHARES])[0]
        kind = kinds[category].pop(0)
        kinds[category].append(kind)
        place, brand = rng.choice(facts["places"]), rng.choice(words["brands"])
        ending = "" if kind[0].endswith("工程") else "项目"
        name = f"{brand if category == '产业发展' else place}{kind[0]}{ending}"
        if name in taken:
            continue
        taken.add(name)
        weight = int(rng.lognormvariate(0, 0.8) * 60 * CATEGORY_SIZES[category])
        drafts.append({
            "unit": unit, "name": name, "category": category, "place": place, "named": False, "pace": facts["pace"],
            "industry": kind[1] if len(kind) > 1 else "", "chain": kind[2] if len(kind) > 2 else "",
            "builder": _builder(category, kind[0], unit, brand, words, rng), "weight": weight,
        })
    return drafts


def _builder(category: str, kind: str, unit: str, brand: str, words: dict[str, Any], rng: Random) -> str:
    """Who builds it: a firm of the brand, a public company of the unit, or the bureau whose field it is."""
    owner = unit if unit[-1] in "区县市" and unit != "高新区" else f"{unit}管委会"
    if category == "社会民生":
        bureaus = {"院": "卫生健康局", "疾控": "卫生健康局", "学校": "教育局", "校区": "教育局", "幼儿": "教育局", "养老": "民政局"}
        bureau = next((b for mark, b in bureaus.items() if mark in kind), "住房和城乡建设局")
        return f"{'衡阳市' if owner != unit else unit}{bureau}"
    place = "衡阳市" if unit == "市直单位" else unit
    builder: str = rng.choice(words["builders"][category]).format(brand=brand, unit=place)
    return builder


def _project(
    code: str, draft: dict[str, Any], total: Yuan, plan: Yuan, words: dict[str, Any], rng: Random
) -> DemoProject:
    nature, unit = draft["nature"], draft["unit"]
    left = total - plan
    before = left * rng.randint(25, 80) // 100 // STEP * STEP if nature == "续建" else 0
    start_year = {"续建": rng.randint(YEAR - 3, YEAR - 1), "新建": YEAR, "预备": YEAR + 1}[nature]
    start = date(start_year, rng.choice(START_MONTHS), rng.randint(1, 28))
    begun = _begun(nature, start, rng)
    years_left = -(-(left - before) // plan) if plan else 3
    values = _facts(code, draft, start, max(YEAR, start_year) + min(4, years_left), words, rng)
    values |= {
        Field.TOTAL_INVESTMENT: total,
        Field.INVESTED_BEFORE: before,
        Field.YEAR_GOAL: rng.choice(words["next"]) if nature == "预备" else f"完成投资{plan // 10_000}万元",
        Field.PLANNED_START: LooseDate(start),
    }
    if plan:
        values[Field.ANNUAL_PLAN] = plan
    if begun is not None:
        values[Field.START_DATE] = LooseDate(begun)
    return DemoProject(code, draft["name"], unit, nature, values, begun, draft["pace"])


def _facts(code: str, draft: dict[str, Any], start: date, finish_year: int, words: dict[str, Any], rng: Random) -> dict[Field, ReadValue]:
    """What a list says of a project beside its money and dates."""
    category, unit = draft["category"], draft["unit"]
    numbers = {"a": rng.randint(2, 30), "b": rng.randint(40, 600), "c": rng.randint(30, 600), "d": rng.randint(2, 12),
               "e": rng.randint(6, 90) * 1000, "f": rng.randint(3, 60)}
    return {
        Field.CODE: code,
        Field.APPROVAL_CODE: f"{start.year % 100:02d}{start.month:02d}-430400-04-0{rng.randint(1, 5)}-{rng.randint(100000, 999999)}",
        Field.NAME: draft["name"],
        Field.REPORTING_UNIT: unit,
        Field.LOCATION: draft["place"],
        Field.CATEGORY: category,
        Field.INDUSTRY: draft["industry"],
        Field.CHAIN: draft["chain"],
        Field.NATURE: draft["nature"],
        Field.LEVEL: rng.choices(("国家", "省", "市"), (2, 18, 80))[0],
        Field.INVESTOR_KIND: "社会投资" if category == "产业发展" else "政府投资",
        Field.BUILDER: draft["builder"],
        Field.RESPONSIBLE_UNIT: ("衡阳市" if unit == "市直单位" else unit) + words["responsible"][category],
        # By number, not by lot: what the lot gives the other facts stays the same.
        Field.CITY_LEADER: f"市领导{'ABCDEFGH'[int(code[-3:]) % 8]}",
        Field.CONTACT: rng.choice(words["contacts"]),
        Field.PHONE: f"0734-0000{int(code[-3:]):03d}",
        Field.SCALE: rng.choice(words["scale"][category]).format(**numbers),
        Field.START_YEAR: start.year,
        Field.FINISH_YEAR: finish_year,
        Field.FUNDING: rng.choice(words["funding"][category]),
        Field.BATCH: "第一批",
    }


def _begun(nature: str, planned: date, rng: Random) -> date | None:
    """When works began: as planned but for a few of the new ones, and a few of those due in July early."""
    if nature == "续建":
        return planned
    if nature == "预备":
        return None
    if planned.month <= 6:
        return min(planned + timedelta(days=rng.randint(0, 9)), date(YEAR, 6, 28)) if rng.random() < 0.92 else None
    return planned - timedelta(days=rng.randint(35, 50)) if planned.month == 7 and rng.random() < 0.4 else None
