"""Look at a project list before it is taken: read it, hold it against the ledger, decide, read it again, take it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.job_progress import Progress
from hydesk.domain.list_known import ListChoices
from hydesk.domain.list_review import ListComparison, ListDecisions
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.returns.import_projects import (
    ProjectImport,
    ReadList,
    apply_project_list,
    compare_list,
    read_project_list,
)
from hydesk.services.returns.remember_decision import remember_column, remember_money_unit
from hydesk.services.returns.take_list_known import take_list_known


@dataclass(frozen=True, slots=True)
class ListDraft:
    """A list that is being looked at; nothing of it is in the ledger."""

    path: Path
    read: ReadList
    choices: ListChoices
    comparison: ListComparison


def open_list(ledger: Ledger, path: Path, year: int, progress: Progress | None = None) -> ListDraft:
    """Read the list at ``path`` as that of ``year`` and hold it against the ledger.

    Raises HydeskError where the file cannot be read; a list not understood comes back rejected.
    """
    read = read_project_list(path, year, progress, take_list_known(ledger))
    return ListDraft(path, read, ListChoices(), compare_list(ledger, read, progress=progress))


def choose(
    ledger: Ledger, draft: ListDraft, choices: ListChoices, progress: Progress | None = None, decisions: ListDecisions | None = None,
) -> ListDraft:
    """The list read again by what a person decided of its columns, units, sections and cells, and held against the
    ledger by what he decided of its rows."""
    from hydesk.returns.project_list import understand_project_list

    if draft.read.book is None:
        return draft
    listed = understand_project_list(draft.read.book, draft.read.year, take_list_known(ledger), choices)
    read = replace(draft.read, listed=listed)
    return replace(draft, read=read, choices=choices, comparison=compare_list(ledger, read, decisions, progress))


@writing
def take_list(
    ledger: Ledger, draft: ListDraft, decisions: ListDecisions, actor: Actor | None = None, progress: Progress | None = None,
) -> ProjectImport:
    """Write what was decided; what was said of columns and units is remembered for the next list."""
    who, read = actor or current_actor(ledger), draft.read
    done = apply_project_list(ledger, read.listed, read.content, read.year, who, read.parts, progress, decisions).value
    for header, f in draft.choices.columns.items():
        if f is not None:
            remember_column(ledger, None, header, f, who)
    for header, unit in draft.choices.units.items():
        remember_money_unit(ledger, None, header, unit, who)
    return done
