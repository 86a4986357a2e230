"""范围：全部 ▾: the one way in which every page is asked for some of the projects only (docs/rules.md §11)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from hydesk.domain.errors import HydeskError
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.fields import ScopeField, ScopeKind
from hydesk.domain.scopes.grammar import parse_scope, written
from hydesk.domain.scopes.scope import EMPTY, WHOLE, Condition, Scope, ScopeOp, one_of
from hydesk.services.standings.read_scope import scope_choices
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import StayMenu, label, restyle
from hydesk.ui.plain import plain_text

SIZES = tuple(parse_scope(text).conditions[0] for text in ("size>=1亿", "size>=5亿", "size>=10亿", "size>=50亿", "size<1亿"))
"""Bounds of the total investment to choose from; others are typed."""
_LONG = 26
"""Signs of a scope that the button says whole."""
_TYPED = "如 联系领导=张三;总投资>=3亿，按回车"


class ScopePicker(QToolButton):
    """Holds a scope. A click opens the fields, one more a field, the third chooses; or the scope is typed.

    What there is to choose from is read when it is first opened in a period.
    """

    chosen = Signal()
    """Another scope was chosen."""

    def __init__(self, desk: Desk, name: str = "范围", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._name = desk, name
        self.scope = self._told = WHOLE
        self._choices: ScopeChoices | None = None
        self.setObjectName("chip")
        self.setToolTip(plain_text("只看一部分项目：级别、类别、分组、联系领导、总投资……（Alt+S）"))
        self.setShortcut("Alt+S")
        self.typed, self.wrong = QLineEdit(), label("", "error", wrap=True)
        self.menu_ = QMenu(self)
        self.clicked.connect(self.open)
        desk.changes.ledger_changed.connect(self._forget)
        desk.period_changed.connect(self._forget)
        self._say()

    def _forget(self, *_: object) -> None:
        self._choices = None

    def choose(self, scope: Scope, told: Scope | None = None) -> None:
        """Hold ``scope`` without telling anybody; ``told``: the part of it that the button says, where other filters
        beside it say the rest."""
        self.scope, self._told = scope, scope if told is None else told
        self._say()

    def _take(self, scope: Scope) -> None:
        if scope != self.scope:
            self.choose(scope)
            self.chosen.emit()

    def clear(self) -> None:
        """All projects."""
        self.menu_.hide()
        self._take(WHOLE)

    def _say(self) -> None:
        words = self._told.words
        short = words if len(words) <= _LONG else words[:_LONG - 1] + "…"
        self.setText(f"{self._name}：{short or '全部'} ▾")
        self.setAccessibleName(f"{self._name}：{words or '全部'}")
        self.setAccessibleDescription(words)
        if self.property("on") != self._told.narrowed:
            self.setProperty("on", self._told.narrowed)
            restyle(self)

    # Choosing ---------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show what there is to choose from, once it is read."""
        if self._choices is not None:
            self._show(self._choices)
            return
        ledger, period = self._desk.ledger, self._desk.period
        self._desk.jobs.start("读取范围", lambda _p: scope_choices(ledger, period), self, done=self._show, quiet=True)

    def _show(self, choices: ScopeChoices) -> None:
        self._choices = choices
        menu = self.menu_
        menu.clear()
        menu.addAction(self._typing_line(menu))
        if self.scope.narrowed:
            menu.addAction(f"清除范围（{self.scope.words}）", self.clear)
        menu.addSeparator()
        for of in choices.fields.values():
            if of.kind in (ScopeKind.WORD, ScopeKind.WORDS) and any(choices.words.get(of.key, ())):
                menu.addMenu(self._words_menu(menu, of, choices))
            elif of.key == "size":
                menu.addMenu(self._sizes_menu(menu))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.typed.setFocus(Qt.FocusReason.PopupFocusReason)

    def _typing_line(self, menu: QMenu) -> QWidgetAction:
        held = QWidget()
        lines = QVBoxLayout(held)
        lines.setContentsMargins(8, 6, 8, 4)
        self.typed, self.wrong = QLineEdit(written(self.scope)), label("", "error", wrap=True)
        self.typed.setPlaceholderText(_TYPED)
        self.typed.setAccessibleName("输入范围")
        self.typed.setMinimumWidth(tokens.wide(300))
        self.typed.returnPressed.connect(self.take_typed)
        self.wrong.hide()
        lines.addWidget(self.typed)
        lines.addWidget(self.wrong)
        made = QWidgetAction(menu)
        made.setDefaultWidget(held)
        return made

    def take_typed(self) -> None:
        """Hold the scope that is typed, or say what is wrong in it."""
        choices = self._choices or ScopeChoices()
        try:
            scope = choices.meant(self.typed.text())
        except HydeskError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        self.menu_.hide()
        self._take(scope)

    def _words_menu(self, menu: QMenu, of: ScopeField, choices: ScopeChoices) -> QMenu:
        made = StayMenu(of.label, menu)
        actions: dict[str, QAction] = {}
        for word in (*choices.words[of.key], ""):
            action = made.addAction(word)
            action.setCheckable(True)
            action.triggered.connect(partial(self._pick, of, actions))
            actions[word] = action

        def count() -> None:
            counts, on = choices.counts(of, self.scope), self.scope.chosen(of)
            for word, action in actions.items():
                action.setText(f"{word or EMPTY}\t{counts.get(word, 0)}")
                action.setChecked(word in on)
                action.setVisible(bool(word) or bool(counts.get("")))

        made.aboutToShow.connect(count)
        return made

    def _pick(self, of: ScopeField, actions: dict[str, QAction]) -> None:
        words = [w for w, a in actions.items() if a.isChecked()]
        others = tuple(c for c in self.scope.conditions if c.field != of or c.op is not ScopeOp.IS)
        self._take(Scope((*others, *([one_of(of, words)] if words else []))))

    def _sizes_menu(self, menu: QMenu) -> QMenu:
        made = QMenu("总投资", menu)

        def pick(size: Condition) -> Callable[[], None]:
            return lambda: self._take(Scope((*(c for c in self.scope.conditions if c.field != size.field), size)))

        for size in SIZES:
            made.addAction(size.words, pick(size))
        return made
