"""Where a server is, and who comes to it: asked for on the start page, to open a ledger there or to move one to it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from hydesk.domain.server_address import PORT, ServerAddress, password_in, typed_address
from hydesk.ui import tokens
from hydesk.ui.frame.opening import OpenServer
from hydesk.ui.kit.form import PanelForm

OPENING = "连接服务器上的台账"
MOVING = "把这本台账搬到服务器"
_NOTE = "几个人共用一本台账时，它放在单位的 PostgreSQL 服务器上。下面几项请问管理员；他给的整条网址也可以直接粘到第一格。"
_MOVING_NOTE = "搬到管理员建好的空数据库（UTF8 编码）里，连同全部历史；搬完逐行核对，一致才算数。本机的文件留在原处。"


class ServerForm(PanelForm):
    """Tells an OpenServer. A password is only ever typed here; whether the system keeps it is a tick."""

    def __init__(self, *, can_keep: bool, parent: QWidget | None = None) -> None:
        super().__init__(OPENING, "连接", parent, note=_NOTE)
        self.carried = ""
        self.setContentsMargins(24, 0, 16, 0)
        self.setMaximumWidth(tokens.wide(520))
        self.ask("host", "服务器地址", QLineEdit())
        self.ask("port", "端口", QLineEdit(), str(PORT))
        self.ask("database", "数据库", QLineEdit())
        self.ask("user", "用户名", QLineEdit())
        secret = QLineEdit()
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.ask("password", "密码", secret)
        self.encrypted = QCheckBox("加密连接（密码和数据在路上不能被偷看）")
        self.encrypted.setChecked(True)
        self.keep = QCheckBox("让这台电脑的系统记住密码")
        self.keep.setEnabled(can_keep)
        if not can_keep:
            self.keep.setToolTip("这台电脑没有替程序保管密码的地方，每次连接时再输")
        for box in (self.encrypted, self.keep):
            self.rows.addWidget(box)

    def show_address(self, address: ServerAddress | None, *, carried: str = "", keep: bool = False) -> None:
        """Begin with ``address`` where one is known; ``carried`` is a ledger's file to be moved there."""
        self.carried = carried
        self.title.setText(MOVING if carried else OPENING)
        self.note.setText(_MOVING_NOTE if carried else _NOTE)
        self.confirm.setText("搬过去" if carried else "连接")
        self.say_wrong("")
        if address is not None:
            for key, text in (("host", address.host), ("port", str(address.port)), ("database", address.database), ("user", address.user)):
                self.inputs[key].setText(text)  # type: ignore[attr-defined]
            self.encrypted.setChecked(address.encrypted)
        self.keep.setChecked(keep and self.keep.isEnabled())
        self.inputs["password"].setText("")  # type: ignore[attr-defined]
        self.begin("password" if address is not None else "host")

    def entry(self) -> OpenServer:
        """What was typed. Raises HydeskError."""
        said = self.words()
        address = typed_address(said["host"], said["port"], said["database"], said["user"], encrypted=self.encrypted.isChecked())
        secret: QLineEdit = self.inputs["password"]  # type: ignore[assignment]
        return OpenServer(address, secret.text() or password_in(said["host"]), self.keep.isChecked(), self.carried)
