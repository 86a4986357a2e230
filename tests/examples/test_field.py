"""A field is declared once: the example of CONTRIBUTING.md, put into a copy of the program and used as a clerk would."""

from __future__ import annotations

from pathlib import Path

from tests.examples.copies import copy_with, run_there

BESIDE = {"docs/glossary.md", "CHANGELOG.md"}


def test_a_field_and_an_amount_follow_from_their_declarations(tmp_path: Path) -> None:
    touched = copy_with("A field", tmp_path)
    models = {f for f in touched if f.startswith("hydesk/db/models/")}
    assert len(models) == 2  # one for each of the two fields
    assert len((touched | BESIDE) - models) + 1 <= 6
    assert run_there(Path(__file__).with_name("clerk_with_fields.py"), tmp_path).strip() == "done"
