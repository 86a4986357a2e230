"""Say which project of the ledger a row is: by name, code, unit or pinyin initials; the likely ones stand first."""

from __future__ import annotations

from difflib import SequenceMatcher

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from hydesk.domain.findings import Finding
from hydesk.domain.pinyin import initials
from hydesk.domain.snapshot import KnownProject
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.ui import tokens
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme

MOST = 20
ROWS_SHOWN = 4


class _Line(QLineEdit):
    """Arrow keys walk the list below while one types."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)


class FindProject(QWidget):
    """A search line over the year's projects; Enter or a double click chooses."""

    picked = Signal(str, int, str)
    """Sheet, row and the 市重点编号."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._at: tuple[str, int] | None = None
        self._projects: list[KnownProject] = []
        self.line = _Line()
        self.line.setPlaceholderText("名称、编号、拼音首字母；Enter 选定")
        self.line.setAcceptDrops(False)
        self.line.setAccessibleName("这一行是台账里的哪个项目")
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName("可能的项目")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(ROWS_SHOWN * tokens.wide(24) + 4)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(lambda: self._pick(self.list.currentItem()))
        self.line.stepped.connect(self._step)
        self.list.itemActivated.connect(self._pick)
        in_column(label("是台账里的哪个项目（F2）", "quiet"), self.line, self.list, on=self, gap=4, margins=0)
        self.hide()

    def ask(self, draft: ReturnDraft, finding: Finding) -> None:
        """Offer projects for the finding's row: those of the unit that the return does not name come first."""
        assert finding.row is not None
        self._at = (finding.sheet or "", finding.row)
        u = draft.understanding
        row = next((r for r in u.rows if (r.sheet, r.row) == self._at), None)
        missing, words = set(u.missing), row.name if row else ""

        def rank(p: KnownProject) -> float:
            own = 1.0 if p.code in missing else 0.3 if p.unit == u.unit else 0.0
            return own + SequenceMatcher(None, p.name, words).quick_ratio()

        self._projects = sorted(draft.snapshot.projects if draft.snapshot else (), key=rank, reverse=True)
        self.line.blockSignals(True)
        self.line.clear()
        self.line.blockSignals(False)
        self._search("")

    def _search(self, text: str) -> None:
        wanted = text.strip().lower()
        self.list.clear()
        for p in self._projects:
            if wanted and not (wanted in p.name.lower() or wanted in p.code.lower() or wanted in p.unit
                               or wanted in initials(p.name)):
                continue
            item = QListWidgetItem(f"{p.name}　{p.code}")
            item.setToolTip(plain_text(f"{p.name}\n{p.code}　{p.unit}"))
            item.setData(Qt.ItemDataRole.UserRole, p.code)
            self.list.addItem(item)
            if self.list.count() >= MOST:
                break
        if not self.list.count():
            empty = QListWidgetItem("没有找到，换个词再试")
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)
        self.list.setCurrentRow(0)

    def _step(self, by: int) -> None:
        self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + by)))

    def _pick(self, item: QListWidgetItem | None) -> None:
        code = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if code and self._at is not None:
            self.picked.emit(*self._at, code)
