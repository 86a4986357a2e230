"""移交包: the ledger, its attachments and issued reports in one zip, with a password; and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from hydesk.domain.job_progress import Progress
from hydesk.domain.passwords import propose, weakness
from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.temporary import temporary_folder
from hydesk.ui import tokens
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.words import CANCEL


class PackDialog(QDialog):
    """Asks what goes into the package, and its password. ``secret`` is None for a package without one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("打成移交包")
        self.setMinimumWidth(tokens.wide(460))
        self.locked = QCheckBox("加密（AES-256，7-Zip、WinRAR 能用密码打开）")
        self.locked.setChecked(True)
        self.first, self.again = _secret_line("密码"), _secret_line("再输一遍密码")
        self.shown = QCheckBox("显示密码")
        self.reports = QCheckBox("附上已归档的报告（PDF）")
        self.reports.setChecked(True)
        self.wrong = label("", "error", wrap=True)
        form = QFormLayout()
        form.addRow("密码", self.first)
        form.addRow("再输一遍", self.again)
        form.addRow("", self.shown)
        form.addRow("", button("换成程序给的密码", self._propose, kind="link", tip="随机的四组字母和数字，电话里说得清"))
        in_column(
            label("台账、附件和报告打成一个 zip，交给同事或存到 U 盘。打好后打开核对过才算数。", wrap=True), self.reports, self.locked, form,
            label("密码忘了谁也打不开，请另外记好；密码不要和包放在一起。", "quiet", wrap=True), self.wrong, _buttons(self, "选择位置并打包…", self._check), on=self,
            gap=10, margins=(20, 16, 20, 16))
        self.wrong.hide()
        self.locked.toggled.connect(self._allow)
        self.shown.toggled.connect(self._show)
        self.first.setFocus()

    @property
    def secret(self) -> str | None:
        """The password; None where the package is to have none."""
        return self.first.text() if self.locked.isChecked() else None

    def _allow(self, locked: bool) -> None:
        for one in (self.first, self.again, self.shown):
            one.setEnabled(locked)
        self.wrong.hide()

    def _show(self, shown: bool) -> None:
        for one in (self.first, self.again):
            one.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _propose(self) -> None:
        """Put a password nobody guesses into both lines, to be read and written down."""
        made = propose()
        self.first.setText(made)
        self.again.setText(made)
        self.shown.setChecked(True)

    def _check(self) -> None:
        said = ""
        if self.locked.isChecked():
            said = weakness(self.first.text())
            if not said and self.first.text() != self.again.text():
                said = "两次输入的密码不一样，请重新输入"
        self.wrong.setText(said)
        self.wrong.setVisible(bool(said))
        if not said:
            self.accept()


class PasswordDialog(QDialog):
    """Asks for the password of a package."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("移交包的密码")
        self.setMinimumWidth(tokens.wide(400))
        self.secret = _secret_line("密码")
        in_column(
            label(f"“{name}”加了密码，请输入打包时的密码。", wrap=True), self.secret, _buttons(self, "继续", self._check), on=self, gap=10,
            margins=(20, 16, 20, 16))
        self.secret.setFocus()

    def _check(self) -> None:
        if self.secret.text():
            self.accept()


def _secret_line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    return made


def _buttons(dialog: QDialog, word: str, go: Callable[[], None]) -> QHBoxLayout:
    row = in_row(1, button(CANCEL, dialog.reject))
    main = button(word, go, kind="primary")
    main.setDefault(True)
    row.addWidget(main)
    return row


def pack(ledger: Ledger, path: Path, secret: str | None, reports: bool, progress: Progress) -> Path:
    """Write the package, the issued reports first laid out as files. Raises HydeskError."""
    from hydesk.services.reports.issue_report import list_issues, save_issue
    from hydesk.services.upkeep.pack_ledger import pack_ledger

    with temporary_folder() as folder:
        files: list[Path] = []
        for number, issue in enumerate(list_issues(ledger) if reports else ()):
            progress(0.0, f"正在取出 {issue.label}")
            files += save_issue(ledger, issue.id, Path(folder, str(number)), ("pdf",))
        return pack_ledger(ledger, path, secret, files, progress)
