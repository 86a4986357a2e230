"""Blank forms of many shapes with what belongs into each of their cells, drawn from the exported ledger alone.

Nothing here reads hydesk's own understanding: heads are written from lists, truths are reckoned from the export.
"""

from __future__ import annotations

from tests.services.forms.drawn_cards import CardForms
from tests.services.forms.drawn_rows import RowForms
from tests.services.forms.drawn_summaries import SummaryForms
from tests.services.forms.drawn_tables import DrawnForm

__all__ = ["Drawer", "DrawnForm"]


class Drawer(RowForms, CardForms, SummaryForms):
    """Draws forms for one ledger and month, by a seed."""

    def draw(self, number: int) -> DrawnForm:
        """The form of this number: every kind in turn."""
        kinds = (self.plain, self.plain, self.emptied, self.months, self.cards, self.transposed, self.measures, self.summary, self.emptied, self.sections,
                 self.side_by_side, self.sheets, self.rates, self.summary)
        kind = kinds[number % len(kinds)]
        form = kind()
        form.name = f"{number:03d}_{form.kind}.xlsx"
        return form
