"""Which project somebody is changing in the ledger's table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from hydesk.domain.matters import Matter, project_matter
from hydesk.ui.kit.typing import typing_in_a_cell
from hydesk.ui.screens.ledger.model import LedgerModel


def project_in_hand(model: LedgerModel, current: QModelIndex, page: QWidget, strip: QWidget) -> Matter | None:
    """The project of the current cell, worked on while its editor is open or what was typed waits in ``strip``."""
    if not current.isValid() or current.row() >= len(model.visible):
        return None
    line = model.rows.lines[model.visible[current.row()]].project
    return project_matter(line.id, line.name, works=strip.isVisible() or typing_in_a_cell(page))
