"""What the demonstration is made of, held against what was looked at: a change of any made-up figure, date or word shows.

That its sums are the published ones is tested beside. To keep what is found now, after reading the differences:
HYDESK_KEEP=1 pytest tests/services/demonstration/test_kept_demo.py
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.ledger_parts import LedgerParts
from hydesk.services.demonstration import demo_last_year, demo_registers
from hydesk.services.demonstration.demo_last_year import write_last_year
from hydesk.services.demonstration.demo_progress import demo_months, plant_mistakes
from hydesk.services.demonstration.demo_projects import demo_projects
from tests.kept import hold

KEPT = Path(__file__).parent / "kept"
WITHOUT = {"source_id", "import_id", "act_id", "account", "machine", "sha256", "sheets", "decisions"}
"""Columns that say which act wrote a row, which machine, or what was read how."""


def _rows(rows: Iterable[Mapping[Any, Any]], most: int = 9) -> Iterator[str]:
    """Some rows from all over, and one number that changes with any of them."""
    lines = ["  " + " | ".join(f"{getattr(k, 'value', k)}={v}" for k, v in r.items() if v is not None and v != "") for r in rows]
    whole = zlib.crc32("\n".join(lines).encode())
    yield f"{len(lines)} rows {whole:08x}"
    yield from lines[::max(1, len(lines) // most)]


def test_the_projects_and_their_months() -> None:
    projects = demo_projects()
    months = demo_months(projects)

    def lines() -> Iterator[str]:
        yield from _rows({"begun": p.begun, "pace": p.pace, "unit": p.unit, "nature": p.nature, "name": p.name, **p.values} for p in projects)
        for month, units in months.items():
            yield f"== {month}"
            yield from _rows(row for rows in units.values() for row in rows)
        before = {unit: [dict(r) for r in rows] for unit, rows in months[6].items()}
        plant_mistakes(months[6], months[5])
        for unit, rows in months[6].items():
            for row in rows:
                if row not in before[unit]:
                    yield f"mistaken {unit} {row[Field.NAME]} {[f'{f.value}={v}' for f, v in row.items() if all(r.get(f) != v for r in before[unit] if r[Field.NAME] == row[Field.NAME])]}"
            yield f"{unit} {len(before[unit])} {len(rows)}"

    hold(KEPT / "projects.txt", lines())


def test_last_year(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found: list[str] = []

    def written(rows: list[dict[Field, Any]], path: Path, year: int, parts: LedgerParts) -> None:
        found.append(f"{path.name} {year}")
        found.extend(_rows(rows))
        found.extend(_rows({"code": f.code, "period": f.period, **f.values} for f in parts.figures))

    monkeypatch.setattr(demo_last_year, "write_ledger", written)
    count = write_last_year(demo_projects(), tmp_path / "last.xlsx")
    hold(KEPT / "last_year.txt", [f"{count} projects", *found])


@pytest.mark.parametrize("table", ["projects", "year_plans", "progress", "milestones", "problems", "problem_steps", "own_values", "settings", "imports", "acts"])
def test_what_the_ledger_holds(table: str, demo_ledger: Ledger) -> None:
    with demo_ledger.read() as connection:
        rows = connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings().all()
    hold(KEPT / f"ledger_{table}.txt", _rows([{k: v for k, v in r.items() if k not in WITHOUT} for r in rows], 14))


def test_what_the_registers_hold(demo_ledger: Ledger) -> None:
    with demo_ledger.read() as connection:
        found = connection.execute(text(
            "SELECT g.key, v.record_id, v.field, v.value FROM record_values v JOIN records r ON r.id = v.record_id JOIN registers g ON g.id = r.register_id ORDER BY v.id")).all()
    records: dict[tuple[str, int], dict[str, Any]] = {}
    for key, record, field, value in found:
        records.setdefault((key, record), {})[field] = value

    def lines() -> Iterator[str]:
        for register in dict.fromkeys(key for key, _ in records):
            yield f"== {register}"
            yield from _rows([r for (key, _), r in records.items() if key == register], 6)

    hold(KEPT / "registers.txt", lines())


def test_values_on_the_way_to_a_target() -> None:
    hold(KEPT / "three_years.txt", (
        f"{kind} {target} {index} {known}: {demo_registers._three_years(kind, Decimal(target), index, known and Decimal(known))}"
        for kind in ("年均增长", "每年新增", "不高于", "累计个数", "达到") for target in ("20", "19", "21.5", "3", "0.8") for index, known in ((0, None), (5, None), (3, "18"))))
