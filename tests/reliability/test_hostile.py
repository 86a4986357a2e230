"""No file brings hydesk down: every hostile file is read or refused in one sentence, and writes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.excel.collect import collect
from hydesk.excel.read import read_book
from hydesk.excel.unusual import Unusual, refuse_unusual
from tests.reliability.feed import feed, sample_ledger
from tests.reliability.hostile import HOSTILE

LARGE = re.compile(r"bomb_(beside|sheet)|hundred_thousand|million|50_mb|300000|200000|100000|30000|many_|member|sums_of|"
                   r"long_formula|sixteen|three_thousand|styled|sheets_250|rows_65536|one_line|quote_open|15_mb|spaces\.csv|"
                   r"deep_elements|pivot|one_part|swollen|repeated_heads|spans_many|nested|deep\.xml|million_empty")
"""Those that take more than a moment to make or read; the command `feed --made` gives them all."""
QUICK = sorted(name for name in HOSTILE if not LARGE.search(name))
THROUGH_THE_DOOR = ("far_corner_prefixed.xlsx", "numbers_nonsense.xml", "number_beyond_rounding.xlsx", "dates_out_of_range.xlsx",
                    "dimension_lies.xls", "formula_words.csv", "paths.zip")


def read(content: bytes, name: str) -> str:
    """Empty where it was read, else the sentence."""
    try:
        assert read_book(content, name).sheets
        return ""
    except HydeskError as e:
        return str(e)


@pytest.mark.parametrize("name", QUICK)
def test_it_is_read_or_refused_in_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    for source in collect([path]):
        assert "/" not in source.name
        said = source.problem or read(source.content, source.name)
        assert said == "" or len(said) > 8
    assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", THROUGH_THE_DOOR)
def test_the_command_line_bears_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    assert [o.faults for o in feed(path, sample_ledger(tmp_path))] == [(), ()]


@pytest.mark.parametrize("name", ["far_corner.xlsx", "column_overflows.xlsx", "strings_million.xlsx", "dimension_lies.xls",
                                  "strings_lie.xls", "sectors_in_a_ring.xls", "long_string_in_every_cell.xlsx"])
def test_what_would_end_the_program_is_read_elsewhere(name: str) -> None:
    with pytest.raises(Unusual):
        refuse_unusual(HOSTILE[name](), name.rsplit(".", 1)[1])


@pytest.mark.parametrize("name", ["stored.xlsx", "errors_everywhere.xlsx", "plain.xls", "all_rows_hidden.xlsx"])
def test_a_plain_table_is_read_here(name: str) -> None:
    refuse_unusual(HOSTILE[name](), name.rsplit(".", 1)[1])
