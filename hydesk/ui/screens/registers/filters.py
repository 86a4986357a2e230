"""By what a register can be narrowed: the fields that can be chosen from, and its cases."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hydesk.domain.registers import RegisterView
from hydesk.ui.kit.facet_row import Facet, FacetRow
from hydesk.ui.screens.registers.rows import CASES, SheetQuery, SheetRows


class SheetFilters(FacetRow):
    """The row above a register's table; its facets are those of the register shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({}, hint="查找任何字段、拼音", name="在台账中查找", tip="Ctrl+F；可用名称的拼音首字母",
                         width=(200, 200), parent=parent)

    @property
    def query(self) -> SheetQuery:
        """What is asked for."""
        return SheetQuery(self.text, {key: values for key, values in self.values.items() if values})

    def begin(self, rows: SheetRows) -> None:
        """The facets of another register, nothing narrowed."""
        named = {f.key: Facet(f.label) for f in rows.filters()}
        own = rows.sheet.definition
        self.set_facets({CASES: Facet("情形")} | named if own.due or own.closed else named)

    def offer(self, rows: SheetRows, view: RegisterView | None) -> None:
        """Set choices and counts from ``rows``."""
        query = self.query
        self.offer_counts({key: rows.choices(key, query, view) for key in self.chips}, {key: rows.order(key) for key in self.chips})

    def choose(self, key: str, *words: str) -> None:
        """Narrow by one facet."""
        if key in self.chips:
            self.ask(self.text, self.values | {key: frozenset(words)})
