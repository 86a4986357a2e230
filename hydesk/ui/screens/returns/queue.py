"""The questions of a return, down the left: two lines each, the mark of its weight, what was settled about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hydesk.domain.findings import Finding, Level
from hydesk.domain.questions import BACK, KNOWN, LATER, TAKEN, Question
from hydesk.services.returns.finding_titles import title_of
from hydesk.ui import style, tokens
from hydesk.ui.kit.marks import paint_mark
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.returns.waiting import WaitingDraft
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex
_QUESTION = Qt.ItemDataRole.UserRole
CORRECTED = "corrected"
"""Notes that say what a person corrected: settled by themselves."""
_SHORT = {KNOWN: "知道了", TAKEN: "已采用", BACK: "退回", LATER: "以后再问"}


class QueueModel(QAbstractListModel):
    """The questions of one draft."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Question] = []
        self._waiting: WaitingDraft | None = None
        self._names: dict[tuple[str | None, int | None], str] = {}
        self._titles: list[str] = []

    def show_waiting(self, waiting: WaitingDraft) -> None:
        """Show what ``waiting`` asks."""
        self.beginResetModel()
        self._waiting = waiting
        self.items = waiting.questions
        self._titles = [title_of(q.first) for q in self.items]
        self._names = {(r.sheet, r.row): " ".join(r.name.split()) for r in waiting.draft.understanding.rows}
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.items, self._titles = [], []
        self.endResetModel()

    def place(self, finding: Finding) -> str:
        """H12, H列, 第3行 or 全表."""
        return finding.cell or (f"{finding.column}列" if finding.column else f"第{finding.file_row}行" if finding.row else "全表")

    def name(self, finding: Finding) -> str:
        """The project a finding is about, as the county writes it."""
        return self._names.get((finding.sheet, finding.row), "")

    def title(self, row: int) -> str:
        """The upper line: where and what."""
        q = self.items[row]
        return f"{self.place(q.first)} {self._titles[row]}" if len(q) == 1 else self._titles[row]

    def below(self, row: int) -> str:
        """The lower line: which project, or how many."""
        q = self.items[row]
        if len(q) == 1:
            return self.name(q.first) or "整张表"
        named = list(dict.fromkeys(n for f in q.findings if (n := self.name(f))))
        return f"{len(q)} 处" + (f"：{'、'.join(named)}" if named else "")

    def settled(self, question: Question) -> str:
        """What was decided about it, in a few words; empty while something of it is open."""
        if question.first.code == CORRECTED:
            return "已更正"
        words = [self._waiting.word(f) if self._waiting is not None else "" for f in question.findings]
        if not all(words):
            return ""
        each = list(dict.fromkeys(words))
        return _SHORT.get(each[0], each[0]) if len(each) == 1 else "、".join(f"{_SHORT.get(w, w)} {words.count(w)}" for w in each)

    def is_open(self, question: Question) -> bool:
        """Whether it waits for somebody; what was put off until later does not come up by itself."""
        return question.asks and not self.settled(question)

    def refresh(self) -> None:
        """What was settled has changed."""
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if role == _QUESTION:
            return self.items[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.title(row)}\n{self.below(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_text("\n".join(f.message for f in self.items[row].findings[:6]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.settled(self.items[row])
            return f"{self.items[row].level.label}，{self.title(row)}，{self.below(row)}{'，' + said if said else ''}"
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView, model: QueueModel) -> None:
        super().__init__(view)
        self._theme, self._view, self._model = theme, view, model
        self._font, self._small = style.font(tokens.TABLE_PT), style.font(tokens.SMALL_PT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._view.viewport().width(), tokens.wide(50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette, model = self._theme.palette, self._model
        question = model.items[index.row()]
        said = model.settled(question)
        done = bool(said) and said not in (_SHORT[LATER], _SHORT[BACK])
        box: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, palette.selection())
            painter.fillRect(box.left(), box.top(), 3, box.height(), QColor(palette.accent))
        painter.setPen(QColor(palette.line))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        left, half = box.left() + 10, box.height() // 2
        mark = QRect(left, box.top() + 5, tokens.wide(18), half - 5)
        paint_mark(painter, mark, question.level, palette, done=done)
        x = mark.right() + 6
        upper = QRect(x, box.top() + 5, box.right() - x - 8, half - 5)
        lower = QRect(x, box.top() + half, box.right() - x - 8, half - 6)
        painter.setFont(self._small)
        if said:
            width = painter.fontMetrics().horizontalAdvance(said)
            painter.setPen(QColor(palette.lagging if said.startswith(_SHORT[BACK]) else palette.quiet))
            painter.drawText(lower, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
            lower.setRight(lower.right() - width - 8)
        painter.setPen(QColor(palette.quiet))
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter,
                         painter.fontMetrics().elidedText(model.below(index.row()), Qt.TextElideMode.ElideRight, lower.width()))
        painter.setFont(self._font)
        painter.setPen(QColor(palette.quiet if done or question.level is Level.NOTE else palette.text))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter,
                         painter.fontMetrics().elidedText(model.title(index.row()), Qt.TextElideMode.ElideRight, upper.width()))


class QueueList(QListView):
    """Enter gives the first answer, the space bar ticks for 退回; keys that move write nothing."""

    entered_on = Signal()
    ticked = Signal()

    def __init__(self, theme: Theme, model: QueueModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, self, model))
        self.setAccessibleName("要看的问题")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not event.isAutoRepeat():
                self.entered_on.emit()
        elif event.key() == Qt.Key.Key_Space and plain:
            self.ticked.emit()
        else:
            super().keyPressEvent(event)


def next_open(model: QueueModel, at: int, which: Sequence[int] | None = None) -> int:
    """The row of the next question after ``at`` that waits, round once; -1 where none does."""
    count = len(model.items)
    order = which if which is not None else [*range(at + 1, count), *range(at + 1)]
    return next((i for i in order if 0 <= i < count and model.is_open(model.items[i])), -1)
