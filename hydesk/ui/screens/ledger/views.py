"""Views of the ledger: columns, filters, order and unit under a name; a few come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField, fields_with
from hydesk.services.pages.ledger_columns import FROZEN
from hydesk.services.pages.ledger_views import (
    BUILT_IN,
    View,
    delete_view,
    list_views,
    save_view,
    written_query,
)
from hydesk.services.standings.own_columns import list_own_columns
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.words import SAVE
from hydesk.ui.screens.ledger.view import LedgerTable


def written_view(table: LedgerTable) -> View:
    """What ``table`` shows now, as a view keeps it."""
    model = table.ledger
    columns = [c for c in table.walker.columns() if c >= FROZEN]
    return {
        "columns": [model.columns[c].key for c in columns],
        "widths": {model.columns[c].key: table.columnWidth(c) for c in (*range(FROZEN), *columns)},
        "query": written_query(model.query), "unit": model.unit.value,
        "order": [[model.columns[c].key, down] for c, down in model.sorted_by],
    }


class ViewMenu(QToolButton):
    """视图：全部 ▾; ``wanted`` when one is chosen, ``asked_to_save`` with the name for what is shown now."""

    built_in_wanted = Signal(str)
    wanted = Signal(str, object)
    asked_to_save = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.own: dict[str, View] = {}
        self.fields: Mapping[str, ScopeField] = SCOPE_FIELDS
        """What kept scopes may ask for: the office's own columns too."""
        self.setObjectName("menu")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.name = QLineEdit()
        self.say("全部")
        self.menu().aboutToShow.connect(self._fill)
        self._fill()

    def say(self, name: str) -> None:
        """Show which view was chosen; empty once filters were changed by hand."""
        self.setText(f"视图：{name} ▾" if name else "视图 ▾")
        self.setAccessibleName(f"视图：{name or '未保存'}")

    def read(self) -> None:
        """Read the office's own views."""
        def done(found: tuple[dict[str, View], Mapping[str, ScopeField]]) -> None:
            self.own, self.fields = found
            if self.menu().isVisible():
                self._fill()

        ledger = self._desk.ledger
        self._desk.jobs.start("读取视图", lambda _p: (list_views(ledger), fields_with(list_own_columns(ledger))), self, done=done, quiet=True)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for name in BUILT_IN:
            menu.addAction(name, partial(self.built_in_wanted.emit, name))
        if self.own:
            menu.addSection("本单位的视图")
        for name, view in self.own.items():
            menu.addAction(name, partial(self.wanted.emit, name, view))
        menu.addSeparator()
        menu.addAction(self._save_line(menu))
        if self.own:
            gone = menu.addMenu("删除视图")
            for name in self.own:
                gone.addAction(name, partial(self._delete, name))

    def _save_line(self, menu: QMenu) -> QWidgetAction:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(8, 4, 8, 4)
        self.name = QLineEdit()
        self.name.setPlaceholderText("当前视图另存为…")
        self.name.setAccessibleName("新视图的名称")
        self.name.setMinimumWidth(160)
        self.name.returnPressed.connect(self._save)
        layout.addWidget(self.name)
        layout.addWidget(button(SAVE, self._save))
        action = QWidgetAction(menu)
        action.setDefaultWidget(row)
        return action

    def _save(self) -> None:
        name = self.name.text().strip()
        if name:
            self.menu().hide()
            self.asked_to_save.emit(name)

    def save(self, name: str, view: View) -> None:
        """Keep ``view`` under ``name``; undoable."""
        def done(_result: None) -> None:
            self.say(name)
            self.read()

        self._desk.operations.run("保存视图", lambda: save_view(self._desk.ledger, name, view), self, f"已保存视图“{name}”",
                                  done=done)

    def _delete(self, name: str) -> None:
        self._desk.operations.run("删除视图", lambda: delete_view(self._desk.ledger, name), self, f"已删除视图“{name}”",
                                  done=lambda _r: self.read())
