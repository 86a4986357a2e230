"""产业链图谱 on screen: up-, mid- and downstream, segments with enterprises, projects and gaps, edited as they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from hydesk.services.mechanisms.chain_map import ChainDesk, chain_desk
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.keys import bind
from hydesk.ui.screens.registers.chain_edits import ChainEdits
from hydesk.ui.screens.registers.shown_chain import ShownChain

_HINT = ("方向键选择，Enter 修改，Ctrl+N 加企业或项目，Ctrl+Shift+N 加环节，Ctrl+G 标缺口，Ctrl+方向键 或拖动 移动，Delete 删除；"
         "Ctrl+Z 撤销")


class ChainPage(ShownChain):
    """One chain at a time."""

    TITLE = "产业链图"
    project_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.main = self.view
        self.edits = ChainEdits(desk, self)
        self.head.put(self.box)
        self.buttons = [button("新增环节", self.edits.add_segment, tip="Ctrl+Shift+N"),
                        button("加企业、项目", self.edits.add_item, tip="Ctrl+N；加到选中的环节")]
        printing = QPushButton("打印")
        menu = QMenu(printing)
        menu.addAction("打印本链", lambda: self.save(all_chains=False))
        menu.addAction("打印全部", lambda: self.save(all_chains=True))
        printing.setMenu(menu)
        for made in (*self.buttons, printing):
            self.head.put(made)
        hint = label(_HINT, "small", wrap=True)
        self.body.addWidget(hint)
        self.card(self.view)
        self.box.activated.connect(lambda _i: self._show())
        self._connect()

    def _connect(self) -> None:
        view, edits = self.view, self.edits
        view.edit_wanted.connect(edits.edit)
        view.step_wanted.connect(edits.step)
        view.dropped.connect(edits.drop)
        view.menu_wanted.connect(self._menu)
        self.panel.closed.connect(view.setFocus)
        bind(self, (("Ctrl+N", edits.add_item), ("Ctrl+Shift+N", edits.add_segment)))
        bind(view, (("Ctrl+G", edits.mark_gap), ("Delete", edits.remove)))

    def reader(self) -> Callable[[], ChainDesk]:
        ledger, period = self.desk.ledger, self.desk.period
        return lambda: chain_desk(ledger, period)

    def show_read(self, result: Any) -> None:
        held = self.box.currentText()
        self.held = result
        self.box.clear()
        self.box.addItems(list(result.chains))
        self.box.setCurrentIndex(max(0, self.box.findText(held)) if result.chains else -1)
        for made in self.buttons:
            made.setEnabled(result.sheet is not None)
        self._show()

    def _show(self) -> None:
        shown = self.shown()
        self.view.show_map(shown)
        if self.edits.wanted is not None:
            self.view.choose(self.edits.wanted)
            self.edits.wanted = None
        self.count.say(f"{shown.records} 条，缺口 {shown.gaps} 处" if shown else "")

    def _menu(self, at: QPoint) -> None:
        place, edits = self.view.place, self.edits
        menu = QMenu(self)
        if place is not None and place.segment:
            menu.addAction("修改\tEnter", edits.edit)
            menu.addAction("标为缺口、取消缺口\tCtrl+G", edits.mark_gap)
            for word, step in (("上移", (0, -1)), ("下移", (0, 1)), ("移到左边一列", (-1, 0)), ("移到右边一列", (1, 0))):
                keys = {"上": "↑", "下": "↓"}.get(word[0], "←" if "左" in word else "→")
                menu.addAction(f"{word}\tCtrl+{keys}", lambda s=step: edits.step(*s))  # type: ignore[misc]
            menu.addAction("删除\tDelete", edits.remove)
            menu.addSeparator()
        menu.addAction("加企业、项目\tCtrl+N", edits.add_item)
        menu.addAction("新增环节\tCtrl+Shift+N", edits.add_segment)
        if code := edits.project_of(place):
            menu.addAction("看项目", lambda: self.project_wanted.emit(code))
        menu.exec(at)

    def save(self, *, all_chains: bool) -> None:
        """Write the map shown, or all, as a PDF of vectors."""
        ledger, period, chain = self.desk.ledger, self.desk.period, self.chain
        name = "产业链图谱" if all_chains else f"{chain}产业链图谱"
        chosen = ask_save(self, self.desk.settings, Purpose.REPORT, "打印成文件", f"{name}.pdf", "PDF 文件 (*.pdf)")
        if chosen:
            def work(_progress: object) -> None:
                from hydesk.services.mechanisms.chain_map import print_chain_maps

                print_chain_maps(ledger, period, Path(chosen), () if all_chains else (chain,))

            self.desk.jobs.start("产业链图谱", work, self, done=lambda _r: self.desk.notice(f"已存为 {chosen}"))
