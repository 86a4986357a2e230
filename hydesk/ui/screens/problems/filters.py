"""By what the list of problems can be narrowed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hydesk.domain.problems import Status
from hydesk.ui.kit.facet_row import Facet, FacetRow
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.problems.rows import CLOSED, OPEN, OVERDUE, ProblemQuery, ProblemRows

FACETS = {"cases": Facet("情形"), "units": Facet(UNIT), "statuses": Facet("状态", lambda s: s.label),
          "responsible": Facet("责任单位")}


class ProblemFilters(FacetRow):
    """The row above the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(FACETS, hint="查找问题、项目、单位、拼音", name="在问题清单中查找",
                         tip="Ctrl+F；可用项目名称的拼音首字母", parent=parent)

    @property
    def query(self) -> ProblemQuery:
        """What is asked for."""
        return ProblemQuery(text=self.text, **self.values)

    def show_query(self, query: ProblemQuery) -> None:
        """Ask for what another screen wants to see."""
        self.ask(query.text, {key: getattr(query, key) for key in FACETS})

    def offer(self, rows: ProblemRows) -> None:
        """Set choices and counts from ``rows``."""
        counts = rows.choices(self.query)
        seen = {key: [value for value, _ in counts[key].most_common()] for key in ("units", "responsible")}
        self.offer_counts(counts, seen | {"cases": [OVERDUE, OPEN, CLOSED], "statuses": list(Status)})
