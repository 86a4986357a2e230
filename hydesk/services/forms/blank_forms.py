"""Whether a file that came among the returns is a form to be filled: it tells no figures, and the ledger can fill it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import FieldGroup
from hydesk.domain.grid import Book
from hydesk.domain.periods import Period
from hydesk.domain.stamp import read_stamp
from hydesk.services.forms.fill_form import FormLedger, fill_form, form_ledger
from hydesk.services.returns.read_return import ReturnDraft


def told_nothing(draft: ReturnDraft) -> bool:
    """Whether nothing of the period was read from ``draft``, though it could be opened."""
    return bool(draft.content) and not any(f.group is FieldGroup.PROGRESS for r in draft.understanding.rows for f in r.values)


def blank_forms(ledger: Ledger, drafts: Iterable[ReturnDraft], period: Period) -> list[ReturnDraft]:
    """Those of ``drafts`` that are blank forms: fewer figures stand in them than the ledger would put in.

    The office's own templates are returns of their units, filled or not.
    """
    found: list[ReturnDraft] = []
    known: FormLedger | None = None
    for draft in drafts:
        if not told_nothing(draft):
            continue
        if draft.book is None or read_stamp(draft.book) is not None:
            continue
        known = known or form_ledger(ledger, period)
        with suppress(HydeskError):
            if fill_form(ledger, (draft.name, draft.content), period, None, known).filled.filled > figures_in(draft.book):
                found.append(draft)
    return found


def figures_in(book: Book) -> int:
    """How many cells hold a number, running numbers in the first column apart."""
    return sum(isinstance(v, int | float) and not isinstance(v, bool) and n > 0
               for sheet in book.sheets for row in sheet.rows for n, v in enumerate(row))
