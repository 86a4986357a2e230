"""Puts cookings and look-alikes into honest cities and counts what the doubts say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from hydesk.domain.doubts.find import find_doubts
from tests.worlds.base import Years, plain
from tests.worlds.cookings import STRENGTHS, Cook, Put


@dataclass
class Tally:
    """By kind (and strength of cooking): how many were put in, how many were asked about, how many strongly."""

    put: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    found: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    strong: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    weak_false: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    strong_false: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    months: int = 0
    missed: list[tuple[int, int, str, Put]] = field(default_factory=list)

    def rate(self, kind: str, strength: str) -> float:
        """Found of put in; 1 where nothing was."""
        return self.found[kind, strength] / self.put[kind, strength] if self.put[kind, strength] else 1.0


def honest(tally: Tally, years: Years, months: Iterable[int]) -> None:
    """Count doubts in a city where nothing was put in."""
    year = max(years)
    for month in months:
        known = plain(years, year, month)
        tally.months += len({p.unit for p in known[year]})
        for d in find_doubts(known, year, month):
            (tally.strong_false if d.strong else tally.weak_false)[d.kind.value] += 1


def cooked(tally: Tally, years: Years, month: int, cooks: dict[str, Cook], strengths: Iterable[str], seed: int) -> None:
    """Put each kind into a unit of its own and see whether it is asked about."""
    year = max(years)
    for strength in strengths:
        rng = Random(f"{seed}/{month}/{strength}")
        drafts = [d.copied() for d in years[year]]
        units = list({d.unit: None for d in drafts})
        rng.shuffle(units)
        done: list[Put] = []
        for kind, cook in rng.sample(list(cooks.items()), len(cooks)):
            for unit in units:
                own = [d for d in drafts if d.unit == unit]
                touched = cook(rng, own, month, strength, drafts)
                if touched:
                    units.remove(unit)
                    done.append(Put(kind, unit, tuple(d.id for d in touched)))
                    break
        _count(tally, {**years, year: drafts}, year, month, done, strength, seed)


def _count(tally: Tally, years: Years, year: int, month: int, done: list[Put], strength: str, seed: int) -> None:
    doubts = find_doubts(plain(years, year, month), year, month)
    for put in done:
        tally.put[put.kind, strength] += 1
        hits = [d for d in doubts if d.kind.value == put.kind and (put.unit in (d.unit, d.other_unit))
                and (set(d.projects) & set(put.ids) or not d.projects)]
        tally.found[put.kind, strength] += bool(hits)
        tally.strong[put.kind, strength] += any(d.strong for d in hits)
        if not hits:
            tally.missed.append((seed, month, strength, put))


def run(city: Callable[[int], Years], seeds: Iterable[int], cooks: dict[str, Cook], alike: dict[str, Cook],
        months: Iterable[int] = range(1, 13), strengths: Iterable[str] = STRENGTHS) -> Tally:
    """Whole trial over ``seeds``: honest months, cookings in every strength, look-alikes."""
    tally = Tally()
    for seed in seeds:
        years = city(seed)
        honest(tally, years, months)
        for month in months:
            cooked(tally, years, month, cooks, strengths, seed)
            cooked(tally, years, month, alike, ("innocent",), seed)
    return tally


def table(tally: Tally) -> str:
    """The result as a table in Markdown."""
    kinds = sorted({k for k, _ in tally.put})
    lines = ["| kind | blatant | plain | subtle | look-alikes strong | weak false | strong false |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for kind in kinds:
        cells = [f"{100 * tally.rate(kind, s):.1f} % of {tally.put[kind, s]}" for s in STRENGTHS]
        n = tally.put[kind, "innocent"]
        cells.append(f"{100 * tally.strong[kind, 'innocent'] / n:.1f} % of {n}" if n else "—")
        cells += [f"{t[kind] / max(1, tally.months):.4f}" for t in (tally.weak_false, tally.strong_false)]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    whole = [sum(t.values()) / max(1, tally.months) for t in (tally.weak_false, tally.strong_false)]
    lines.append(f"| all, over {tally.months} county-months | | | | | {whole[0]:.4f} | {whole[1]:.4f} |")
    return "\n".join(lines)
