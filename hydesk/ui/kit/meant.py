"""What a figure on the screen means: its measures' ids beside it, their words on hover and for screen readers.

A widget that shows a measure carries the property ``measure``; a column answers ``MEASURE_ROLE`` in its head. A test walks
the screens and finds no percentage and no amount without one.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QWidget

from hydesk.domain.measures.measured import Measured
from hydesk.domain.measures.named import MEASURES
from hydesk.ui.plain import plain_text

PROPERTY = "measure"
"""The dynamic property: ids of measures, a blank between them."""
MEASURE_ROLE = Qt.ItemDataRole.UserRole + 71
"""What a column's head answers with the ids of what stands below it."""


CURVED = ("annual_plan", "year_investment", "forecast", "year_end")
"""The measures that a curve of the year draws."""


QUOTED = "quoted"
"""In place of an id: somebody's own words, from a return or typed; figures in them are theirs."""


def quote(widget: QWidget) -> None:
    """Say that ``widget`` shows somebody's own words."""
    widget.setProperty(PROPERTY, QUOTED)


def mean(widget: QWidget, *figures: Measured | str, tip: str = "") -> None:
    """Say that ``widget`` shows ``figures``: measured values, or ids where several values stand side by side.

    Their words become its tooltip, after ``tip``, and its accessible description. Raises KeyError for an id that is no
    measure's.
    """
    widget.setProperty(PROPERTY, " ".join(f if isinstance(f, str) else f.id for f in figures))
    words = "\n".join(_words(f) for f in figures)
    widget.setAccessibleDescription(words)
    widget.setToolTip(plain_text(f"{tip}\n{words}" if tip and words else tip or words))


def _words(figure: Measured | str) -> str:
    return MEASURES[figure].words if isinstance(figure, str) else figure.words


def measures_of(widget: QWidget) -> tuple[str, ...]:
    """The ids of the measures that ``widget`` shows."""
    return tuple(str(widget.property(PROPERTY) or "").split())


def column_measures(model: QAbstractItemModel, column: int) -> tuple[str, ...]:
    """The ids of the measures that stand in a column of a table."""
    return tuple(str(model.headerData(column, Qt.Orientation.Horizontal, MEASURE_ROLE) or "").split())


def head_words(ids: str) -> str:
    """What a column's head says on hover of the measures below it; empty without any."""
    return "\n".join(MEASURES[i].words for i in ids.split() if i != QUOTED)


def known(ids: Iterable[str]) -> bool:
    """Whether every one of ``ids`` is a measure's, or says that words are quoted."""
    return all(i in MEASURES or i == QUOTED for i in ids)
