"""What kinds of data an act touched, so that whoever shows them knows to read again."""

from __future__ import annotations

from enum import StrEnum


class Touched(StrEnum):
    """A kind of data of the ledger, as screens and reports divide it."""

    PROJECTS = "projects"
    """Facts, names and sub-projects."""
    PLANS = "plans"
    """What stands per year: lists, plans, batches."""
    PROGRESS = "progress"
    MILESTONES = "milestones"
    RETURNS = "returns"
    """Files taken in, and what became of them."""
    PROBLEMS = "problems"
    REGISTERS = "registers"
    RULES = "rules"
    """Settings of the office."""
    UNITS = "units"
    REPORTS = "reports"
    """Issued reports."""
    ATTACHMENTS = "attachments"
    COLUMNS = "columns"
    """Which columns of its own the office has."""
    VIEWS = "views"
    """Saved views of the ledger."""


MOVES_FIGURES = frozenset({*Touched} - {Touched.REPORTS, Touched.ATTACHMENTS, Touched.REGISTERS, Touched.VIEWS})
"""What can change a figure, a lamp or a question about a project: whoever shows those reads again after it."""
