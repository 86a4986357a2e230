"""Views of the ledger: columns, filters, order and unit under a name; a few come with the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from hydesk.domain.errors import HydeskError
from hydesk.domain.meaning import Meaning
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeField, fields_with
from hydesk.domain.scopes.grammar import parse_scope, written
from hydesk.domain.scopes.scope import Condition, Scope, one_of
from hydesk.services.pages.ledger_views import delete_view, list_views, save_view
from hydesk.services.standings.own_columns import list_own_columns
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.words import SAVE
from hydesk.ui.requests import KINDS, LedgerQuery
from hydesk.ui.screens.ledger.columns import FROZEN
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.ledger.view import LedgerTable

View = Mapping[str, Any]

BUILT_IN: dict[str, LedgerQuery] = {
    "全部": LedgerQuery(),
    "滞后": LedgerQuery(meanings=frozenset({Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING})),
    "本期未报": LedgerQuery(cases=frozenset({Case.UNREPORTED})),
    "新开工": LedgerQuery(cases=frozenset({Case.NEW_TO_START})),
    "政府投资": LedgerQuery(investors=frozenset({"政府投资"})),
}
"""Views that come with the program; they set the filters and leave the columns as they are."""


def written_query(query: LedgerQuery) -> dict[str, Any]:
    """A query as JSON holds it: its words, and its scope as text. Projects picked one by one are not kept: a view is to
    answer anew."""
    kept: dict[str, Any] = {"text": query.text} if query.text else {}
    if query.scope.narrowed:
        kept["scope"] = written(query.scope)
    return kept


def read_query(kept: Mapping[str, Any], fields: Mapping[str, ScopeField] = SCOPE_FIELDS) -> LedgerQuery:
    """The query that ``written_query`` wrote in a ledger of these ``fields``, now or in a version that kept each filter's words by themselves; what this
    version does not know is left out."""
    try:
        scope = parse_scope(str(kept.get("scope", "")), fields)
    except HydeskError:
        scope = Scope()
    return LedgerQuery.of(scope.also(*_former(kept)), str(kept.get("text", "")))


def _former(kept: Mapping[str, Any]) -> Iterator[Condition]:
    """The conditions of a view that kept lists of words by the filter's name."""
    meanings = {m.value: m.label for m in Meaning}
    known = {c.value for c in Case}
    for kind, of in KINDS.items():
        words = [str(w) for w in kept.get(kind, ())]
        if kind == "meanings":
            words = [meanings[w] for w in words if w in meanings]
        if kind == "cases":
            yield from (one_of(of, [w]) for w in words if w in known)
        elif words:
            yield one_of(of, words)


def read_order(kept: Any, model: LedgerModel) -> tuple[tuple[int, bool], ...]:
    """The order of a kept view, by the columns there are."""
    return tuple((at, bool(down)) for key, down in kept or () if (at := model.index_of(str(key))) is not None)


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
