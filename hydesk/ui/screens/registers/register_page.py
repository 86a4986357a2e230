"""Any register on screen: table, search, filters, views, sums, the record beside it, Excel in and out, print."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QWidget,
)

from hydesk.domain.milestones import day_of
from hydesk.domain.people import Right
from hydesk.domain.shipped_registers import DRAWN
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.list_frame import ListFrame
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.paper_button import FORMATS
from hydesk.ui.kit.words import ADD, CLEAR, COPIED, IMPORT
from hydesk.ui.screens.registers.acts import Acts
from hydesk.ui.screens.registers.files import SheetFiles
from hydesk.ui.screens.registers.grid import SumLine, sheet_columns
from hydesk.ui.screens.registers.mechanism_tabs import MechanismTabs
from hydesk.ui.screens.registers.record_desk import RecordDesk
from hydesk.ui.screens.registers.rows import CASES, OVERDUE, SheetRow, SheetRows
from hydesk.ui.screens.registers.shown_register import ShownRegister
from hydesk.ui.screens.registers.views import ViewDesk


class RegisterPage(ShownRegister):
    """Shows one register at a time, whichever it is; what a mechanism adds to its own is RecordDesk's and ``DRAWN``."""

    design_wanted = Signal(int)
    """The register whose fields are to be changed."""
    project_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._asked = 0
        self.acts = Acts(desk, self)
        self.files = SheetFiles(desk, self, self.acts)
        self.sums = SumLine(self.table, desk.theme)
        self.count = label("", "count")
        self.parts = MechanismTabs()
        self.heading = ""
        """What stands in the title in place of the register's own name: its mechanism."""
        self.empty, self.nothing = EmptyState(), EmptyState()
        self.records = RecordDesk(desk, self, self.acts)
        self.own_views = ViewDesk(desk, self, self.acts)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.views.setAccessibleName("视图")
        self.views.setMinimumWidth(112)
        more = QPushButton("更多")
        menu = QMenu(more)
        menu.addAction("导出 Excel（按显示的列和行）", self.files.export)
        for form, kind in FORMATS:
            menu.addAction(f"打印成 {kind}", lambda f=form: self.files.print_as(f))  # type: ignore[misc]
        menu.addSeparator()
        offer(self._desk, Right.REGISTERS, menu.addAction("存为视图…", self.own_views.start))
        self.gone_view = menu.addAction("删除这个视图", self.own_views.remove)
        offer(self._desk, Right.REGISTERS, self.gone_view)
        menu.aboutToShow.connect(lambda: self.gone_view.setEnabled(self.view() is not None))
        offer(self._desk, Right.REGISTERS, menu.addAction("设置字段…", lambda: self.design_wanted.emit(self.register_id)))
        more.setMenu(menu)
        self.more = more
        self.draw = button("", self.records.draw, tip="取自项目台账，不用再填；已有的不重复，可撤销")
        self.draw.hide()
        self.empty.offer(button(ADD, self.records.start_new, kind="primary"))
        self.empty.offer(button("从 Excel 导入", self.files.take_in))
        self.nothing.say("没有符合条件的记录。")
        self.nothing.offer(button(CLEAR, self.filters.clear))
        self.pages = ListFrame(
            title=self.title, beside_title=[self.parts, self.count],
            acts=[self.views, self.draw, button(IMPORT, self.files.take_in), more,
                  button(ADD, self.records.start_new, kind="primary", tip="Ctrl+N")],
            rows=[self.filters], pages=[self.table, self.empty, self.nothing], foot=[self.sums], panel=self.panel,
            margins=(0, 0, 0, 0),
        ).lay_out(self)
        self.panel.hide()

    def _connect(self) -> None:
        desk, table = self._desk, self.table
        self.filters.query_changed.connect(self._narrow)
        self.views.activated.connect(lambda _i: self._arrange())
        table.chosen.connect(self.records.later.start)
        table.opened.connect(self.records.open_panel)
        table.copied.connect(lambda n: desk.notice(COPIED.format(n=n)))
        table.typed.connect(self.records.set_cell)
        table.refused.connect(lambda why: desk.notice(why, wrong=True))
        table.on_menu(self._menu)
        self.panel.project_wanted.connect(self.project_wanted)
        bind(self, (("Ctrl+N", self.records.start_new), ("Ctrl+E", self.records.start_edit), ("Ctrl+L", self.records.start_act)))
        table.bind((("Delete", self.records.remove),))

    # Reading ----------------------------------------------------------------------------------------------

    def show_register(self, register_id: int, record_id: int | None = None, *, late: bool = False) -> None:
        """Show another register, or one record of it, or what is over its deadline."""
        other = register_id != self.register_id
        self.register_id, self.wanted = register_id, record_id
        if other:
            self.rows = None
            self.panel.hide()
            self.table.list.sorted_by = None
        self.reload(late=late)

    def reload(self, *, late: bool = False) -> None:
        """Read the register again, keeping selection and scroll."""
        if not self.register_id:
            return
        self._asked += 1
        ledger, key, period, asked = self._desk.ledger, self.register_id, self._desk.period, self._asked

        def work() -> SheetRows:
            from hydesk.services.registers.look_at_register import look_at_register

            return SheetRows(look_at_register(ledger, key, period), day_of(period, date.today()))

        def done(rows: SheetRows) -> None:
            if asked == self._asked:
                self._show(rows)
                if late:
                    self.filters.choose(CASES, OVERDUE)

        self.acts.read("读取台账", work, done)

    def _show(self, rows: SheetRows) -> None:
        before = self.rows.sheet.definition if self.rows is not None else None
        few = len(self.rows.rows) if self.rows is not None else 0
        self.rows = self.table.sheet.rows = rows
        own = rows.sheet.definition
        if before is None or before != own:
            self.title.setText(self.heading or own.name)
            self.table.setAccessibleName(own.name)
            word = DRAWN[own.key].words if own.key in DRAWN else ""
            self.draw.setText(word)
            self.draw.setAccessibleName(word)
            self.draw.setVisible(bool(word))
            self.empty.say(own.purpose or f"这里放“{own.name}”的记录。")
            held = self.own_views.wanted or (self.views.currentText() if before is not None and before.key == own.key else "")
            self.own_views.wanted = None
            self.views.clear()
            self.views.addItems(["全部字段", *(v.name for v in own.views)])
            self.views.setVisible(bool(own.views))
            self.table.list.show_items([])
            self.table.show_columns(sheet_columns(rows, self._desk.theme, list(own.fields)))
            self.filters.begin(rows)
            if held and self.views.findText(held) > 0:
                self.views.setCurrentText(held)
                self._arrange()
        elif len(rows.rows) > 2 * few:  # an import or what was drawn: widths by the few there were fit no more
            self._arrange()
        else:
            self._narrow()
        if self.wanted is not None:
            row = self.table.list.row_of(self.wanted)
            if row >= 0:
                self.table.select([self.wanted], self.wanted)
                self.table.scrollTo(self.table.list.index(row, 0))
            self.wanted = None
        self.records.later.start()

    def _arrange(self) -> None:
        if self.rows is not None:
            own, view = self.rows.sheet.definition, self.view()
            fields = list(own.fields) if view is None else [own.field_of(k) for k in view.fields]
            self.table.show_columns(sheet_columns(self.rows, self._desk.theme, fields))
            self._narrow()

    def _narrow(self) -> None:
        if self.rows is None:
            return
        rows, view = self.rows, self.view()
        self.filters.offer(rows, view)
        shown = rows.select(self.filters.query, view)
        self.table.show_items(shown)
        late = sum(r.late for r in shown)
        self.count.setText(f"{len(shown):,} 条" + (f"，共 {len(rows.rows):,}" if len(shown) < len(rows.rows) else "")
                           + (f"　■ 逾期 {late}" if late else ""))
        self._sum([r.id for r in shown])
        page: QWidget = self.table if shown else self.nothing if rows.rows else self.empty
        self.pages.setCurrentWidget(page)

    def _sum(self, ids: list[int]) -> None:
        from hydesk.services.registers.print_register import register_sum

        assert self.rows is not None
        sheet = self.rows.sheet
        keys = self.shown_fields()
        texts = {k: t for k in keys if (t := register_sum(sheet, sheet.definition.field_of(k), ids))}
        first = next((k for k in keys if k not in texts), "")
        self.sums.setVisible(bool(texts) and len(ids) > 1)
        self.sums.show_sums({first: f"合计　{len(ids):,} 条", **texts})

    def start_search(self) -> None:
        """Ctrl+F."""
        self.filters.focus_search()

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        some = bool(self.table.selected_keys())
        menu.addAction("详情和修改记录\tEnter", self.records.open_panel).setEnabled(some)
        menu.addAction("修改单元格\tF2", lambda: self.table.edit(self.table.currentIndex())).setEnabled(some)
        menu.addAction("修改\tCtrl+E", self.records.start_edit).setEnabled(len(self.table.selected_keys()) == 1)
        menu.addAction("复制\tCtrl+C", self.table.copy).setEnabled(some)
        chosen: list[SheetRow] = self.table.selected()
        if act := self.records.act_of(chosen[0] if len(chosen) == 1 else None):
            menu.addAction(f"{act}\tCtrl+L", self.records.start_act)
        menu.addAction("新增\tCtrl+N", self.records.start_new)
        menu.addAction("删除\tDelete", self.records.remove).setEnabled(some)
        menu.exec(at)
