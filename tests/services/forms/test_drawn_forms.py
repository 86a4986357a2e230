"""Forms drawn by a generator of its own, filled from the demonstration ledger, judged by the ledger's export alone."""

from __future__ import annotations

import pytest

from hydesk.db.ledger import Ledger
from hydesk.services.forms.fill_form import FormLedger, fill_form
from hydesk.services.returns.read_return import read_return
from tests.services.forms.conftest import JUNE
from tests.services.forms.draw_forms import Drawer
from tests.services.forms.draw_messy import MessyDrawer
from tests.services.forms.drawn_tables import DrawnForm
from tests.services.forms.exported import Exported
from tests.services.forms.score_forms import parts_changed, score_cells


def judge(form: DrawnForm, ledger: Ledger, known: FormLedger) -> bytes:
    draft = fill_form(ledger, (form.name, form.content), JUNE, None, known)
    score = score_cells(form, draft.made or None)
    assert not score.lines
    assert score.counts["right"] == len(form.cells) > 0
    if form.name.endswith(".xlsx") and not any(s.added for s in draft.filled.sheets):
        assert parts_changed(form.content, draft.made) == []
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
    told = [(r.project, f.value, v) for r in rows for f, v in r.values.items() if isinstance(v, int)]
    assert len(told) > 3
    assert all(exported.value(str(code), name, "2023-06") == value for code, name, value in told)
