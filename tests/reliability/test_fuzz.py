"""A short run of the fuzzing; the command `fuzz` goes on for as long as one likes."""

from __future__ import annotations

import pytest

from tests.reliability.fuzz import FORMS, try_file, try_words


@pytest.mark.parametrize("form", list(FORMS))
def test_damaged_files_are_read_or_refused(form: str) -> None:
    assert [w for seed in range(25) if (w := try_file(form, seed)) is not None] == []


def test_strange_words_are_values_or_findings() -> None:
    assert [w for seed in range(150) if (w := try_words(seed)) is not None] == []
