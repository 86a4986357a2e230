"""How the connection to a ledger on a server stands, as the top line and the ledger's menu say it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.ui.desk import Desk


def connection_words(ledger: Ledger) -> str:
    """Which database, as whom, and whether others can read along; never address or password."""
    who = f"，以{ledger.person.login}（{ledger.person.role.label}）登录" if ledger.person is not None else ""
    return f"{ledger.location}{who}，{'连接已加密' if ledger.encrypted else '连接没有加密，路上可能被偷看'}"


class ServerState(QObject):
    """Says in the top line whether the server answers; what is typed meanwhile stays in the window."""

    def __init__(self, desk: Desk, say: Callable[[str, str], None]) -> None:
        super().__init__(desk)
        self._desk, self._say, self._there = desk, say, True
        desk.changes.ledger_changed.connect(lambda *_: self.note(True))
        self._tell()

    def note(self, there: bool) -> None:
        """Whether the server answered just now."""
        if there != self._there:
            self._there = there
            self._tell()
            if there and (kept := self._desk.operations.unwritten):
                what = "；".join(one.what for one in kept[:3]) + (" 等" if len(kept) > 3 else "")
                self._desk.notice(f"又连上了服务器。断开时没有写进去的 {len(kept)} 步还在：{what}", self._desk.operations.write_again,
                                  label="写入", wrong=True)

    def _tell(self) -> None:
        ledger = self._desk.ledger
        if not self._there:
            self._say("■ 连不上服务器", "填的内容还在窗口里；连上以后会自动继续，再保存即可。一直连不上请看网络或找管理员")
        elif ledger.read_only:
            self._say("已连接 · 只读", f"{ledger.look_only}\n{connection_words(ledger)}".strip())
        else:
            self._say("已连接 · 已保存", connection_words(ledger))
