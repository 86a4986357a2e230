"""两地疑似同一项目: one builder, place and total on the lists of two units (docs/rules.md §9.3)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength, told
from hydesk.domain.doubts.setting import PeriodSetting, ProjectLook

_LEGAL = re.compile(r"(有限责任公司|股份有限公司|集团有限公司|有限公司|集团|公司|（[^）]*）|\([^)]*\)|衡阳市|湖南省|湖南|市)")
_PLACE = re.compile(r"衡阳市|湖南省|[\s（）()、，,]")
_PART = re.compile(r"[一二三四五六七八九0-9]+(标段|标|段)|(境内|境)?段|分段")
_CROWD = 4
"""So many projects of one builder and total are a programme of many places."""


def twin_projects(setting: PeriodSetting) -> Iterator[Doubt]:
    """Pairs of projects of two units."""
    units = tuple(setting.units)
    by_builder: dict[str, list[tuple[str, ProjectLook]]] = defaultdict(list)
    for unit in setting.units.values():
        for look in unit.looks:
            builder = _LEGAL.sub("", look.project.builder)
            if len(builder) >= 2 and look.project.total_investment:
                by_builder[builder].append((unit.name, look))
    for held in by_builder.values():
        if len({unit for unit, _ in held}) > 1:
            yield from _pairs(held, units)


def _pairs(held: list[tuple[str, ProjectLook]], units: tuple[str, ...]) -> Iterator[Doubt]:
    totals = sorted(held, key=lambda x: x[1].project.total_investment or 0)
    for (unit, a), (other, b) in combinations(totals, 2) if len(totals) <= 40 else pairwise(totals):
        pa, pb = a.project, b.project
        ta, tb = pa.total_investment or 0, pb.total_investment or 0
        if unit == other or abs(ta - tb) * 50 > max(ta, tb):
            continue
        crowd = sum((x.project.total_investment or 0) == ta for _, x in held)
        place_a, place_b = _place(pa.location, units), _place(pb.location, units)
        same_place = bool(place_a) and place_a == place_b
        near_name = _name(pa.name, units) == _name(pb.name, units)
        section = bool(_PART.search(pa.name) or _PART.search(pb.name))
        if not same_place and not (near_name and not (place_a and place_b)):
            continue
        sure = ta == tb and same_place and not section and crowd < _CROWD
        if not sure and section and ta != tb:
            continue
        yield _doubt(unit, a, other, b, Strength.STRONG if sure else Strength.WEAK)


def _place(text: str, units: tuple[str, ...]) -> str:
    plain = _PLACE.sub("", text)
    for unit in units:
        plain = plain.replace(unit, "")
    return plain


def _name(text: str, units: tuple[str, ...]) -> str:
    plain = _place(text, units)
    for unit in units:
        plain = plain.replace(unit[:2], "")
    return re.sub(r"项目|工程|建设|[0-9]+", "", plain)


def _doubt(unit: str, a: ProjectLook, other: str, b: ProjectLook, strength: Strength) -> Doubt:
    pa, pb = a.project, b.project
    ta, tb = pa.total_investment or 0, pb.total_investment or 0
    totals = f"总投资都是{told(ta)}" if ta == tb else f"总投资{told(ta)}和{told(tb)}"
    place = "地点" if pa.location and pb.location else "名称"
    return Doubt(
        DoubtKind.TWIN_PROJECTS, unit, (pa.id, pb.id), strength,
        f"{unit}“{pa.name}”和{other}“{pb.name}”业主都是{pa.builder}，{place}相同，{totals}，请核实是否同一项目两处填报",
        {"units": [unit, other], "builder": pa.builder, "places": [pa.location, pb.location], "totals": [ta, tb]}, min(ta, tb), other)
