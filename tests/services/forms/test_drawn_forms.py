"""Forms drawn by a generator of its own, filled from the demonstration ledger, judged by the ledger's export alone."""

from __future__ import annotations

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.services.forms.fill_form import FormLedger, fill_form, form_ledger
from hydesk.services.projects.export_ledger import export_ledger
from tests.services.forms.draw_forms import Drawer
from tests.services.forms.exported import Exported, read_export
from tests.services.forms.score_forms import parts_changed, score_cells

JUNE = Period.month(2023, 6)


@pytest.fixture(scope="module")
def exported(demo_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    path = tmp_path_factory.mktemp("exported") / "台账.xlsx"
    export_ledger(demo_ledger, path)
    return read_export(path)


@pytest.fixture(scope="module")
def known(demo_ledger: Ledger) -> FormLedger:
    return form_ledger(demo_ledger, JUNE)


@pytest.mark.parametrize("number", range(28))
def test_every_shape_is_filled_with_the_ledgers_figures_and_nothing_else_changes(
    demo_ledger: Ledger, exported: Exported, known: FormLedger, number: int
) -> None:
    form = Drawer(exported, "2023-06", number).draw(number)
    draft = fill_form(demo_ledger, (form.name, form.content), JUNE, None, known)
    score = score_cells(form, draft.made or None)
    assert not score.lines
    assert score.counts["right"] == len(form.cells) > 0
    if not any(s.added for s in draft.filled.sheets):
        assert parts_changed(form.content, draft.made) == []
