"""One rule stands in one room: what was once written several times is found once in the program."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from hydesk.domain import shipped_registers
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.written import begins_formula
from tests.test_architecture import SOURCES, tree_of

ROOT = Path(__file__).resolve().parent.parent


def files_with(pattern: str) -> list[str]:
    """The files of the program whose code matches."""
    return [p.relative_to(ROOT / "hydesk").as_posix() for p in SOURCES if re.search(pattern, p.read_text(encoding="utf-8"))]


def test_the_kinds_of_building_are_listed_once() -> None:
    assert files_with(r'"新建", "续建", "预备"') == ["domain/fields.py"]


def test_what_progress_is_told_by_is_said_once() -> None:
    assert files_with(r"Callable\[\[float, str\], None\]") == ["domain/job_progress.py"]


def test_how_a_formula_begins_is_said_once() -> None:
    assert files_with(r"=\+\\?-@|=\+-@|\[=\+") == ["domain/written.py"]


def test_dates_of_the_log_are_written_and_read_in_one_place() -> None:
    assert files_with(r"precision\.value\}\"") == ["domain/dates.py"]


@pytest.mark.parametrize("words", ["=1+1", "+86", "-3", "@家", "＝A1", "\u200b=1"])
def test_what_begins_a_formula(words: str) -> None:
    assert begins_formula(words)


@pytest.mark.parametrize("words", ["", "a=1", "1-2", "（=）", " 甲"])
def test_what_begins_none(words: str) -> None:
    assert not begins_formula(words)


@pytest.mark.parametrize("precision", list(Precision))
def test_a_written_date_is_read_again(precision: Precision) -> None:
    day = LooseDate.of_year(2023).day
    assert LooseDate.read(LooseDate(day, precision).written) == LooseDate(day, precision)


def test_a_bare_day_is_exact() -> None:
    assert LooseDate.read("2023-06-05").precision is Precision.DAY


WAITING_FOR_A_DOOR = {
    "redo_named", "undo_last", "redo_last",
    "holder", "list_remembered_names", "list_sub_projects",
}
"""Use cases that only tests reach so far; the list may grow shorter only."""


def test_every_use_case_is_reached() -> None:
    """A public function of services is used by another module of the program, or by its own."""
    everywhere: Counter[str] = Counter()
    for path in SOURCES:
        everywhere.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    unreached = {node.name for path in SOURCES if "services" in path.parts for node in tree_of(path).body
                 if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and everywhere[node.name] < 2}
    assert unreached <= WAITING_FOR_A_DOOR, sorted(unreached - WAITING_FOR_A_DOOR)


def test_the_key_of_a_register_stands_once() -> None:
    keys = {v for n, v in vars(shipped_registers).items() if n.isupper() and isinstance(v, str)}
    shipped = {one["key"] for path in sorted((ROOT / "resources" / "registers").glob("*.json"))
               for one in json.loads(path.read_text(encoding="utf-8"))}
    assert keys == shipped, keys ^ shipped
    common = {shipped_registers.SCALE, shipped_registers.MEETING, shipped_registers.TOURS}  # words that name other things too
    quoted = re.compile("|".join(f'"{key}"' for key in sorted(keys - common)))
    again = [f"{path.relative_to(ROOT)}: {found[0]}" for path in sorted((ROOT / "hydesk").rglob("*.py"))
             if path.name != "shipped_registers.py" and "migrations" not in path.parts
             for found in quoted.finditer(path.read_text(encoding="utf-8"))]
    assert not again, again
