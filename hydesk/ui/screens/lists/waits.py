"""待核: what of the year's newest list waits for a person, settled one by one or many at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hydesk.domain.grid import row_in_file
from hydesk.domain.list_review import WaitKind
from hydesk.services.returns.keep_waits import OpenWait, list_waits
from hydesk.services.returns.settle_waits import Settling, settle_waits
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.files import TABLES, Purpose, ask_open
from hydesk.ui.kit.list_items import said
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.requests import ShowLists

COLUMNS: tuple[ListColumn[OpenWait], ...] = (
    ListColumn("类别", lambda w: w.wait.kind.label, 120),
    ListColumn("项目", lambda w: w.wait.name, 200, stretch=True),
    ListColumn("填报单位", lambda w: w.wait.unit, 84),
    ListColumn("内容", lambda w: w.wait.field.label if w.wait.field else "", 110),
    ListColumn("清单", lambda w: said(w.wait.field, w.wait.listed) if w.wait.field else "", 110),
    ListColumn("台账", lambda w: said(w.wait.field, w.wait.held) if w.wait.field else w.wait.held or "", 110),
    ListColumn("上次清单", lambda w: said(w.wait.field, w.wait.last) if w.wait.field and w.wait.last else "", 100),
    ListColumn("为什么待核", lambda w: w.wait.why, 220, stretch=True),
    ListColumn("位置", lambda w: f"{w.wait.sheet}第{row_in_file(w.wait.row)}行" if w.wait.sheet else "", 110),
)


class WaitsPane(QWidget):
    """The table of what waits, and the buttons that settle what is selected."""

    counted = Signal(int)
    """How many things wait."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.told = label("", "quiet", wrap=True)
        self.table = Listing(COLUMNS, desk.theme, "清单待核", key=lambda w: (w.import_id, w.number))
        EmptyWord(self.table, "没有要核的。点“导入项目清单…”选一个文件：先列出清单、台账和上次清单有什么不同，定了才写。")
        self.open = button("导入项目清单…", self.ask_file, kind="primary")
        self.take = button("采用清单", lambda: self.settle(Settling.TAKE), tip="把清单里的内容写进台账；可能更名的，按更名处理（Ctrl+F6）")
        self.keep = button("保留台账", lambda: self.settle(Settling.KEEP), tip="台账不动，这一处不再待核（Enter）")
        self.new = button("作为新项目", lambda: self.settle(Settling.NEW), tip="可能更名的行其实是新项目")
        self.leave = button("登记退出…", self.leave_list, tip="清单里没有的项目：登记退出的日期和理由")
        # As in the review of returns: keys that move write nothing, and what is only seen leaves the ledger as it is.
        self.table.bind((
            ("Ctrl+F6", lambda: self.settle(Settling.TAKE)), ("Return", lambda: self.settle(Settling.KEEP)),
            ("Enter", lambda: self.settle(Settling.KEEP)), ("F6", lambda: self._step(1)), ("F8", lambda: self._step(1)),
            ("Shift+F8", lambda: self._step(-1))))
        first = in_row((self.told, 1), self.take, self.keep, self.new, self.leave, self.open, gap=8)
        in_column(first, (self.table, 1), on=self, gap=8, margins=0)
        self.table.chosen.connect(self._allow)
        if desk.ledger.read_only:
            for one in (self.take, self.keep, self.new, self.leave, self.open):
                one.hide()
        self._show([])

    def _step(self, by: int) -> None:
        """The next or the previous line, round and round; nothing is decided."""
        if count := self.table.list.rowCount():
            self.table.selectRow((self.table.currentIndex().row() + by) % count)

    def ask_file(self) -> None:
        """Choose a project list to look at."""
        path = ask_open(self, self._desk.settings, Purpose.LIST, "导入项目清单", TABLES)
        if path:
            self._desk.go_to("lists", ShowLists("intake", path=path))

    def reload(self) -> None:
        """Read what waits."""
        ledger, year = self._desk.ledger, self._desk.period.year
        self._desk.jobs.start("读取清单待核", lambda _p: list_waits(ledger, year), self, done=self._show, quiet=True)

    def _show(self, waits: list[OpenWait]) -> None:
        self.table.show_items(waits)
        self.counted.emit(len(waits))
        year = self._desk.period.year
        if waits:
            self.told.setText(f"“{waits[0].file}”（{waits[0].at:%m月%d日 %H:%M} 导入）还有 {len(waits)} 处待核，选中后处理；关掉程序也留着。")
        else:
            self.told.setText(f"{year}年的清单没有待核的地方。导入项目清单时，先看清单、台账和上次清单有什么不同，再决定写哪些。")
        self._allow()

    def _allow(self) -> None:
        chosen = self.table.selected()
        kinds = {w.wait.kind for w in chosen}
        self.take.setEnabled(bool(chosen) and WaitKind.MISSING not in kinds)
        self.keep.setEnabled(bool(chosen))
        self.new.setEnabled(bool(chosen) and kinds <= {WaitKind.RENAMED, WaitKind.ROW})
        self.leave.setEnabled(len(chosen) == 1 and kinds == {WaitKind.MISSING})

    def settle(self, how: Settling) -> None:
        """Settle what is selected."""
        chosen, ledger = self.table.selected(), self._desk.ledger
        if chosen:
            self._desk.operations.run("处理清单待核", lambda: settle_waits(ledger, chosen, how), self,
                                      f"{how.label}：{len(chosen)} 处", done=lambda _n: self.reload())

    def leave_list(self) -> None:
        """Register that a project left the list, with its day and reason."""
        chosen = self.table.selected()
        if len(chosen) == 1 and chosen[0].wait.project_id is not None:
            self._desk.go_to("lists", ShowLists("adjust", chosen[0].wait.project_id))
