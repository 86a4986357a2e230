"""备份与恢复: the backups there are, when each was last proven, a rehearsal of restoring, and the second place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QPushButton

from hydesk.domain.job_progress import Progress
from hydesk.services.upkeep.backup_index import BY_HAND, Backup, backup_folder, list_backups
from hydesk.services.upkeep.keep_backups import KeptBackup, keep_backup
from hydesk.services.upkeep.last_proof import last_proof
from hydesk.services.upkeep.pack_ledger import is_locked
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label, set_tone
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import Purpose, ask_folder, ask_open, ask_save
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.settings.packing import PackDialog, PasswordDialog, pack

SECOND = "second_backup"


class BackupsPage(Card):
    """A table of the backups, newest first; what is done with them stands above it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table = Listing([
            ListColumn("备份时间", lambda b: f"{b.made:%Y-%m-%d %H:%M}", 150),
            ListColumn("原因", lambda b: b.reason, 90),
            ListColumn("大小", lambda b: f"{b.size / 1_000_000:.1f} MB", 90),
            ListColumn("打开核实", _proof, 220),
            ListColumn("文件", lambda b: b.name, 0),
        ], desk.theme, "备份")
        self.state = label("", "quiet", wrap=True)
        self.place = label("", "quiet", wrap=True)
        self.make = button("立即备份", self.back_up, kind="primary")
        self.rehearse = button("恢复演练", self.try_out, tip="在别处把这份备份完整恢复一遍并检查，不动现在的台账")
        self.take = button("用它恢复…", self._restore)
        self.second = button("另存一处…", self._choose_second, tip="每次备份再复制一份到另一个文件夹，如移动硬盘")
        self.no_second = button("不再另存", self._forget_second)
        self.pack = button("打成移交包…", self._ask_package, tip="台账、附件和报告打成一个加密的 zip，交给同事或带走")
        self.unpack = button("从移交包恢复…", self._ask_unpack)
        self._buttons: tuple[QPushButton, ...] = (self.make, self.rehearse, self.take, self.second, self.no_second)
        head = in_row((self.state, 1), *self._buttons, gap=8, margins=(13, 0, 10, 0))
        foot = in_row((self.place, 1), self.pack, self.unpack, gap=8, margins=(13, 0, 10, 8))
        in_column(head, (self.table, 1), foot, on=self, gap=8, margins=(1, 10, 1, 1))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._allow())
        self._allow()

    def reload(self) -> None:
        """Read which backups there are."""
        ledger = self._desk.ledger
        self._desk.jobs.start("读取备份", lambda _p: list_backups(ledger), self, done=self.show_backups, quiet=True)

    def show_backups(self, backups: list[Backup]) -> None:
        """Show them, and when one was last proven."""
        self.table.list.show_items(backups)
        last = last_proof(backups, datetime.now())
        if last.at is None:
            self.state.setText("◆ 还没有打开核实过的备份。请点“立即备份”。")
        else:
            self.state.setText(f"{'◆ ' if last.old else ''}最近一次核实过的备份：{last.at:%Y-%m-%d %H:%M}"
                               + ("，已超过一周，请点“立即备份”" if last.old else ""))
        set_tone(self.state, "lagging" if last.old else "")
        self._say_place()
        self._allow()

    def _say_place(self) -> None:
        second = self._second()
        kept = "近 3 份、近 14 天每天、近 8 周每周、近 24 个月每月各留一份；没有改动不重复备份。"
        if self._desk.ledger.path is None:
            kept = f"台账在服务器上，本机每天留一份。{kept}"
        self.place.setText(f"存放在 {backup_folder(self._desk.ledger)}"
                           + (f"；另存到 {second}" if second else "；没有另存一处") + f"\n{kept}")

    def _second(self) -> str:
        return str(self._desk.settings.value(f"{SECOND}/{self._desk.ledger.location}") or "")

    def _allow(self) -> None:
        usable, here = not self._desk.ledger.read_only, self._desk.ledger.path is not None
        chosen = self.table.current() is not None
        for one in (self.make, self.second, self.pack):
            one.setEnabled(usable)
            if not usable:
                one.setToolTip(plain_text(self._desk.ledger.why_not()))
        self.rehearse.setEnabled(usable and chosen)
        for one, fits in ((self.unpack, usable), (self.take, usable and chosen)):
            one.setEnabled(fits and here)
            if not here:
                one.setToolTip("别人正在用服务器上的台账，不从这里覆盖它；要恢复，请管理员另建一个空数据库，用 hydesk restore 放进去")
        self.no_second.setVisible(bool(self._second()))

    def back_up(self) -> None:
        """Back up now and prove it."""
        ledger, second = self._desk.ledger, self._second()

        def work(progress: Progress) -> KeptBackup:
            return keep_backup(ledger, BY_HAND, Path(second) if second else None, progress=progress)

        self._desk.jobs.start("备份", work, self, done=self._made)

    def _made(self, kept: KeptBackup) -> None:
        self._desk.settings.setValue(f"last_backup/{self._desk.ledger.location}", datetime.now().isoformat())
        said = "已备份，打开检查完好" if kept.made else "台账没有改动，最近的备份已重新打开检查，完好"
        if kept.backup.faults:
            said = f"已备份，但台账内容有 {kept.backup.faults} 处问题，请运行“检查台账”"
        self._desk.notice(kept.warning or said, wrong=bool(kept.warning or kept.backup.faults))
        self.reload()

    def try_out(self) -> None:
        """Restore the chosen backup elsewhere, check it, and throw that away."""
        from hydesk.services.upkeep.keep_backups import rehearse_restore

        chosen: Backup | None = self.table.current()
        if chosen is None:
            return
        ledger, name = self._desk.ledger, chosen.name

        def done(proven: Backup) -> None:
            good = "恢复演练成功：这份备份能完整恢复" if not proven.faults else f"能恢复，但内容有 {proven.faults} 处问题"
            self._desk.notice(f"{good}（{proven.made:%m-%d %H:%M}）", wrong=bool(proven.faults))
            self.reload()

        self._desk.jobs.start("恢复演练", lambda _p: rehearse_restore(ledger, name), self, done=done)

    def _restore(self) -> None:
        chosen: Backup | None = self.table.current()
        if chosen is None:
            return
        if self._sure(f"台账将换成 {chosen.made:%Y-%m-%d %H:%M} 的备份。那以后的改动不在这份备份里；"):
            self._desk.restore_asked.emit(str(backup_folder(self._desk.ledger) / chosen.name), "")

    def _sure(self, text: str) -> bool:
        text += "现在的台账会先另存一份在旁边，随时可以换回来。"
        box = QMessageBox(QMessageBox.Icon.Question, "恢复备份", text, parent=self)
        go = box.addButton("恢复", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is go

    def _ask_package(self) -> None:
        dialog = PackDialog(self)
        dialog.accepted.connect(lambda: self._pack(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _pack(self, dialog: PackDialog) -> None:
        secret, reports, ledger = dialog.secret, dialog.reports.isChecked(), self._desk.ledger
        name = f"重点项目台账移交包{datetime.now():%Y%m%d}.zip"
        path = ask_save(self, self._desk.settings, Purpose.BACKUP, "打成移交包", name, "移交包 (*.zip)")
        if path:
            said = f"已打包并打开核对：{path}" + ("，已加密" if secret else "，没有加密")
            self._desk.jobs.start("打移交包", lambda p: pack(ledger, Path(path), secret, reports, p), self,
                                  done=lambda _r: self._desk.notice(said))

    def _ask_unpack(self) -> None:
        path = ask_open(self, self._desk.settings, Purpose.BACKUP, "从移交包恢复", "移交包 (*.zip);;所有文件 (*)")
        if path:
            self.unpack_file(path)

    def unpack_file(self, path: str) -> None:
        """Restore from the package at ``path``; its password is asked for where it has one."""
        def ask(locked: bool) -> None:
            if not locked:
                self._take_package(path, "")
                return
            dialog = PasswordDialog(self, Path(path).name)
            dialog.accepted.connect(lambda: self._take_package(path, dialog.secret.text()))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._desk.jobs.start("查看移交包", lambda _p: is_locked(Path(path)), self, done=ask)

    def _take_package(self, path: str, secret: str) -> None:
        if self._sure(f"台账将换成移交包“{Path(path).name}”里的。"):
            self._desk.restore_asked.emit(path, secret)

    def _choose_second(self) -> None:
        folder = ask_folder(self, self._desk.settings, Purpose.BACKUP, "每次备份再复制一份到", self._second())
        if folder:
            self.set_second(folder)

    def set_second(self, folder: str) -> None:
        """Copy every backup to ``folder`` as well from now on."""
        self._desk.settings.setValue(f"{SECOND}/{self._desk.ledger.location}", folder)
        self._say_place()
        self._allow()
        self.back_up()

    def _forget_second(self) -> None:
        folder = self._second()
        self._desk.settings.remove(f"{SECOND}/{self._desk.ledger.location}")
        self._say_place()
        self._allow()
        self._desk.notice(f"不再另存到 {folder}，那里已有的备份仍在", lambda: self.set_second(folder))


def _proof(backup: Backup) -> str:
    if backup.proven is None:
        return "○ 未核实"
    when = f"{backup.proven:%Y-%m-%d %H:%M}"
    return f"● {when} 完好" if not backup.faults else f"◆ {when} 有 {backup.faults} 处问题"
