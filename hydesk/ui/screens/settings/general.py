"""常用: reporting units at the left; the ledger's place and its backups, and the look of the window, at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QWidget,
)

from hydesk import __version__
from hydesk.domain.findings import Finding
from hydesk.domain.snapshot import ReportingUnit
from hydesk.services.acts.name_actor import LONGEST, UNSIGNED, choose_name, chosen_name, current_actor
from hydesk.ui import style, tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import Purpose, ask_open, ask_save
from hydesk.ui.screens.settings.common import table_card, titled_card
from hydesk.ui.screens.settings.units import UnitsPart


class GeneralPage(QWidget):
    """Units, the ledger, the look."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.units = UnitsPart(desk)
        self.backup_state = label("", "quiet", wrap=True)
        self.theme, self.text_size = QComboBox(), QComboBox()
        self.name = QLineEdit()
        right = in_column(self._ledger_card(), self._name_card(), self._look_card(), 1, gap=tokens.GAP)
        units, inside = table_card("填报单位")
        inside.addWidget(self.units, 1)
        in_row((units, 1), (right, 1), on=self, gap=tokens.GAP, margins=0)

    def _ledger_card(self) -> Card:
        card, inside = titled_card("台账")
        where = label(self._desk.ledger.location, "", wrap=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(where)
        inside.addWidget(self.backup_state)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, act in (("打开所在文件夹", self._open_folder), ("立即备份…", self.back_up), ("恢复备份…", self._restore),
                          ("检查台账", self._check)):
            one = button(text, act)
            here = self._desk.ledger.path is not None or text in ("检查台账", "立即备份…")
            one.setEnabled(here)
            if not here:
                one.setToolTip("台账在服务器上，没有文件夹；恢复由管理员做，或取回到本机（F10）再恢复")
            row.addWidget(one)
        row.addStretch(1)
        inside.addLayout(row)
        return card

    def _name_card(self) -> Card:
        card, inside = titled_card("署名")
        self.name.setText(chosen_name())
        self.name.setAccessibleName("署名")
        self.name.setPlaceholderText(current_actor().account or UNSIGNED)
        self.name.setMaxLength(LONGEST)
        self.name.editingFinished.connect(self._sign)
        own = self._desk.ledger.person
        said = "记在这台电脑上做的每一步操作里，几个人共用一本台账时看得出是谁做的；空着就用电脑的账户名。" if own is None else \
            f"这本台账在服务器上，每一步都记在登录名“{own.login}”下；这里的署名用于本机的台账文件。"
        inside.addWidget(label(said, "quiet", wrap=True))
        inside.addWidget(self.name)
        return card

    def _sign(self) -> None:
        """Keep the name typed, if it is another one; 撤销 takes the former back."""
        before, wanted = chosen_name(), self.name.text()
        if " ".join(wanted.split()) != before:
            self._keep_name(wanted, before)

    def _keep_name(self, wanted: str, before: str) -> None:
        def done(kept: str) -> None:
            self.name.setText(kept)
            said = f"以后署名“{kept}”" if kept else "以后用电脑的账户名"
            self._desk.notice(said, lambda: self._keep_name(before, kept))

        self._desk.jobs.start("改署名", lambda _p: choose_name(wanted), self, done=done)

    def _look_card(self) -> Card:
        card, inside = titled_card("界面")
        settings = self._desk.settings
        sizes = {key: word for key, (word, _) in tokens.TEXT_SIZES.items()}
        for box, words, now, name, act in (
                (self.theme, style.THEMES, settings.value(style.THEME, "system"), "颜色", self._dress),
                (self.text_size, sizes, style.text_size(settings), "字号", self._resize)):
            for key, word in words.items():
                box.addItem(word, key)
            box.setCurrentIndex(max(0, box.findData(str(now))))
            box.setAccessibleName(name)
            box.activated.connect(act)
        row = in_row(label("颜色", "quiet"), self.theme, gap=8)
        row.addSpacing(8)
        row.addWidget(label("字号", "quiet"))
        row.addWidget(self.text_size)
        row.addStretch(1)
        row.addWidget(label(f"hydesk {__version__}", "quiet"))
        inside.addLayout(row)
        return card

    def show_units(self, units: list[ReportingUnit]) -> None:
        """Show the units, and when the ledger was last backed up."""
        self.units.show_units(units)

    def say_backup(self) -> None:
        """When the ledger was last backed up."""
        last = self._desk.settings.value(f"last_backup/{self._desk.ledger.location}")
        self.backup_state.setText(f"最近备份：{str(last)[:16].replace('T', ' ')}" if last else "还没有备份。")

    def _open_folder(self) -> None:
        if self._desk.ledger.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.ledger.path.parent)))

    def back_up(self) -> None:
        """Ask where, and copy the ledger there."""
        from hydesk.services.upkeep.backup_ledger import backup_ledger

        ledger = self._desk.ledger
        path = ask_save(self, self._desk.settings, Purpose.BACKUP, "备份台账", "重点项目台账备份.hydesk", "台账 (*.hydesk)")
        if path:
            self._desk.jobs.start("备份", lambda _p: backup_ledger(ledger, Path(path)), self,
                                  done=lambda _r: self._desk.notice(f"已备份到 {path}"))

    def _restore(self) -> None:
        path = ask_open(self, self._desk.settings, Purpose.BACKUP, "恢复备份", "台账 (*.hydesk *.db)")
        if path and self._sure(path):
            self._desk.restore_asked.emit(path, "")

    def _sure(self, path: str) -> bool:
        text = f"台账将换成备份“{Path(path).name}”里的内容。现在的台账会先另存一份在旁边。"
        box = QMessageBox(QMessageBox.Icon.Question, "恢复备份", text, parent=self)
        go = box.addButton("恢复", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is go

    def _check(self) -> None:
        from hydesk.services.upkeep.check_content import check_open

        ledger = self._desk.ledger

        def done(found: list[Finding]) -> None:
            if found:
                self._desk.notice(f"发现 {len(found)} 处问题：{found[0].message}", wrong=True)
            else:
                self._desk.notice("台账完好，数字前后一致")

        self._desk.jobs.start("检查台账", lambda _p: check_open(ledger), self, done=done)

    def _dress(self, index: int) -> None:
        self._desk.settings.setValue(style.THEME, str(self.theme.itemData(index)))
        self._wear()

    def _resize(self, index: int) -> None:
        chosen = str(self.text_size.itemData(index))
        if chosen != style.text_size(self._desk.settings):
            self._desk.settings.setValue(style.TEXT_SIZE, chosen)
            self._wear()
            self._desk.redraw_asked.emit()

    def _wear(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            style.wear(app, self._desk.theme, self._desk.settings)
