"""Corrections of a return as JSON can hold them, for the decisions kept with a return under review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hydesk.domain.fields import Field
from hydesk.domain.understanding import Corrections


def pack_corrections(
    corrections: Mapping[tuple[str, int, Field], str], projects: Mapping[tuple[str, int], str]
) -> dict[str, Any]:
    """The two keys of the decisions that hold what a person corrected."""
    return {
        "corrections": [[sheet, row, f.value, text] for (sheet, row, f), text in corrections.items()],
        "projects": [[sheet, row, code] for (sheet, row), code in projects.items()],
    }


def unpack_corrections(decisions: Mapping[str, Any]) -> Corrections:
    """What ``pack_corrections`` packed; nothing where the keys are missing."""
    return Corrections(
        {(sheet, row, Field(name)): text for sheet, row, name, text in decisions.get("corrections", ())},
        {(sheet, row): code for sheet, row, code in decisions.get("projects", ())})
