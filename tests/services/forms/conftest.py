"""What tests of forms share: the demonstration ledger's export, and the ledger read once."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.filled_form import FilledForm
from hydesk.domain.periods import Period
from hydesk.services.forms.fill_form import FormLedger, fill_form, form_ledger
from hydesk.services.projects.export_ledger import export_ledger
from tests.services.forms.exported import Exported, read_export

JUNE = Period.month(2023, 6)
FilledRows = tuple[list[list[Any]], FilledForm]


@pytest.fixture(scope="module")
def exported(demo_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """What ``ledger export`` says of the demonstration ledger."""
    path = tmp_path_factory.mktemp("exported") / "台账.xlsx"
    export_ledger(demo_ledger, path)
    made = read_export(path)
    export_ledger(demo_ledger, path, 2022)
    for code, held in read_export(path).figures.items():
        made.figures.setdefault(code, {}).update(held)
    return made


@pytest.fixture(scope="module")
def known(demo_ledger: Ledger) -> FormLedger:
    """The demonstration ledger as forms of June are filled from it."""
    return form_ledger(demo_ledger, JUNE)


@pytest.fixture
def filled(demo_ledger: Ledger, known: FormLedger) -> Callable[..., FilledRows]:
    """Fills a form of these rows; answers its rows as they then stand, and what was told."""
    def fill(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), scope: Any = None) -> FilledRows:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        for merge in merges:
            book.active.merge_cells(merge)
        out = io.BytesIO()
        book.save(out)
        draft = fill_form(demo_ledger, ("表.xlsx", out.getvalue()), JUNE, scope, known)
        return [list(r) for r in load_workbook(io.BytesIO(draft.made or out.getvalue())).active.iter_rows(values_only=True)], draft.filled

    return fill
