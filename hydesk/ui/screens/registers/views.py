"""The office's own views of a register: which columns in which order, narrowed by one filter; kept and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from hydesk.domain.done import Done
from hydesk.domain.people import Right
from hydesk.domain.registers import RegisterDefinition, RegisterView
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.kit.words import DOWN, UP
from hydesk.ui.screens.registers.acts import Acts
from hydesk.ui.screens.registers.rows import CASES
from hydesk.ui.screens.registers.shown_register import ShownRegister

_KEY = Qt.ItemDataRole.UserRole


class ViewForm(PanelForm):
    """A name, the columns to be ticked and moved, and what the view is narrowed to."""

    def __init__(self, own: RegisterDefinition, name: str, shown: Sequence[str], only: tuple[str, tuple[str, ...]] | None) -> None:
        super().__init__("存为视图", "存为视图")
        self.only = only
        self.ask("name", "视图名称　*", QLineEdit(), name)
        self.columns = QListWidget()
        self.columns.setAccessibleName("显示的列")
        self.columns.setMinimumHeight(260)
        for key in (*shown, *(f.key for f in own.fields if f.key not in shown)):
            item = QListWidgetItem(own.field_of(key).label, self.columns)
            item.setData(_KEY, key)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
        self.columns.setCurrentRow(0)
        self.rows.addWidget(label("显示的列（空格勾选，按从上到下的次序）", "quiet"))
        self.rows.addWidget(self.columns)
        moves = in_row(button(UP, lambda: self.shift(-1)), button(DOWN, lambda: self.shift(1)), 1)
        self.rows.addLayout(moves)
        said = f"只显示：{own.field_of(only[0]).label}为{'、'.join(only[1])}" if only is not None else "显示全部记录；先在上面筛选再存，就只显示筛出来的"
        self.rows.addWidget(label(said, "small", wrap=True))

    def shift(self, by: int) -> None:
        """Move the current column up or down."""
        row = self.columns.currentRow()
        if 0 <= row + by < self.columns.count():
            self.columns.insertItem(row + by, self.columns.takeItem(row))
            self.columns.setCurrentRow(row + by)

    def view(self) -> RegisterView:
        """The view as it stands in the form."""
        items = [self.columns.item(i) for i in range(self.columns.count())]
        return RegisterView(self.words()["name"], tuple(
            str(i.data(_KEY)) for i in items if i.checkState() is Qt.CheckState.Checked), self.only)

    def faults(self) -> Mapping[str, str]:
        return {} if self.words()["name"] else {"name": "请给视图起个名字"}


class ViewDesk(QObject):
    """Belongs to the page that shows the register, whose panel it fills."""

    def __init__(self, desk: Desk, page: ShownRegister, acts: Acts) -> None:
        super().__init__(page)
        self._desk, self._page, self._acts = desk, page, acts
        self.wanted: str | None = None
        """The view to be shown once the register was read again."""

    def start(self) -> None:
        """存为视图: the columns and the filter as they are now, to be looked over."""
        page = self._page
        if page.rows is None:
            return
        own, view = page.rows.sheet.definition, page.view()
        chosen = next(((k, tuple(sorted(map(str, v)))) for k, v in page.filters.query.chosen.items() if v and k != CASES), None)
        form = ViewForm(own, view.name if view is not None else "", page.shown_fields(),
                        chosen or (view.only if view is not None else None))
        ledger, key = self._desk.ledger, page.register_id

        def enter(_words: object) -> None:
            made = form.view()

            def work() -> Done[None]:
                from hydesk.services.registers.save_register import save_view

                return save_view(ledger, key, made)

            self._acts.write("存视图", work, lambda _r: f"已存视图“{made.name}”", done=lambda _r: self._done(made.name),
                             failed=form.say_wrong, right=Right.REGISTERS)

        form.entered.connect(enter)
        page.panel.show_form(form)
        form.begin()

    def _done(self, name: str | None) -> None:
        self.wanted = name
        self._page.panel.form = None
        self._page.panel.hide()
        self._page.table.setFocus()

    def remove(self) -> None:
        """Take the view shown away; 撤销 brings it back."""
        view, ledger, key = self._page.view(), self._desk.ledger, self._page.register_id
        if view is not None:
            def work() -> Done[None]:
                from hydesk.services.registers.save_register import remove_view

                return remove_view(ledger, key, view.name)

            self._acts.write("删除视图", work, lambda _r: f"已删除视图“{view.name}”", done=lambda _r: self._done(None),
                             right=Right.REGISTERS)
