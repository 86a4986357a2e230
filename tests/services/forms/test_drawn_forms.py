"""Forms drawn by a generator of its own, filled from the demonstration ledger, judged by the ledger's export alone.

What is told beside the figures (where each comes from, what stays empty and why, who could know it, every finding) is held
against what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.filled_form import FilledForm
from hydesk.services.forms.fill_form import FormLedger, fill_form
from hydesk.services.returns.read_return import read_return
from tests.kept import hold
from tests.services.forms.conftest import JUNE
from tests.services.forms.draw_forms import Drawer
from tests.services.forms.draw_messy import MessyDrawer
from tests.services.forms.drawn_tables import DrawnForm
from tests.services.forms.exported import Exported
from tests.services.forms.score_forms import parts_changed, score_cells

KEPT = Path(__file__).parent / "kept"
EVERY = 5
"""Of the filled rows of a sheet every so many are written out cell by cell."""


def told(filled: FilledForm) -> Iterator[str]:
    """What became of a form, as lines."""
    yield f"{filled.file} {filled.period}: {filled.filled} filled, {filled.left} columns left {' '.join(filled.lost)}"
    for s in filled.sheets:
        yield f"{s.sheet} head {list(s.header_rows)} {s.period} {s.scope} {s.scope_words} {s.why}"
        for n, row in enumerate(s.rows):
            yield f"  {row.row} {row.name} {row.project or ''} {row.scope or ''}"
            for c in row.cells if n % EVERY == 0 else ():
                yield f"    {c.row}/{c.column} {c.field} {c.value} as {c.written!r}{' own' if c.own else ''}: {c.source}"
        for u in s.unfilled:
            yield f"  left {u.column} {u.header!r} {list(u.rows)} {u.who}: {u.why}"
        for a in s.added:
            yield f"  added {a.count} before {a.before} like {a.like}{' below' if a.below else ''}"
    for f in filled.findings:
        yield f"  {f.level.value} {f.code} [{f.sheet} {f.row or ''} {f.cell or ''} {f.column or ''} {f.project or ''} {f.field and f.field.value}] {f.message}"


def judge(form: DrawnForm, ledger: Ledger, known: FormLedger) -> bytes:
    draft = fill_form(ledger, (form.name, form.content), JUNE, None, known)
    score = score_cells(form, draft.made or None)
    assert not score.lines
    assert score.counts["right"] == len(form.cells) > 0
    if form.name.endswith(".xlsx") and not any(s.added for s in draft.filled.sheets):
        assert parts_changed(form.content, draft.made) == []
    hold(KEPT / f"{form.name}.txt", told(draft.filled))
    return draft.made


@pytest.mark.parametrize("number", range(28))
def test_every_shape_is_filled_with_the_ledgers_figures_and_nothing_else_changes(
    demo_ledger: Ledger, exported: Exported, known: FormLedger, number: int
) -> None:
    judge(Drawer(exported, "2023-06", number).draw(number), demo_ledger, known)


@pytest.mark.parametrize("number", range(24))
def test_so_is_what_offices_make_hard(demo_ledger: Ledger, exported: Exported, known: FormLedger, number: int) -> None:
    judge(MessyDrawer(exported, "2023-06", number).draw(number), demo_ledger, known)


@pytest.mark.parametrize("number", [0, 4, 5, 6, 8])
def test_read_back_as_a_return_a_filled_form_says_what_the_ledger_holds(
    demo_ledger: Ledger, exported: Exported, known: FormLedger, number: int
) -> None:
    form = Drawer(exported, "2023-06", number).draw(number)
    made = judge(form, demo_ledger, known)
    rows = read_return(demo_ledger, (form.name, made), JUNE, known=known.known).understanding.rows
    figures = [(r.project, f.value, v) for r in rows for f, v in r.values.items() if isinstance(v, int)]
    assert len(figures) > 3
    assert all(exported.value(str(code), name, "2023-06") == value for code, name, value in figures)
