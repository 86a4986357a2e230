"""One sentence being typed within its paragraph: the words around it stand still, its bound numbers are whole or gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from hydesk.ui import tokens

Pieces = Sequence[tuple[str, int | None]]
"""Words and numbers in order; a number with the figure it is bound to."""

_FIGURE = QTextCharFormat.Property.UserProperty.value + 1
_PITCH = 150
"""Height of a line in percent of its type."""
_MOVE = QTextCursor.MoveOperation
_KEEP = QTextCursor.MoveMode.KeepAnchor


class TokenEdit(QTextEdit):
    """Only the sentence can be changed. A bound number cannot be typed into; it is removed as one."""

    handed_in = Signal()
    left_focus = Signal()
    stepped = Signal(int)
    """Hand in, and go on with the sentence before (-1) or after (1)."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper")
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._before = self._after = 0
        self._snapping = False
        self._last = 0
        self.cursorPositionChanged.connect(self._snap)
        self.selectionChanged.connect(self._snap)

    def show_words(self, before: str, pieces: Pieces, after: str, type_of: QFont) -> None:
        """The sentence of ``pieces`` between the words of its paragraph, in ``type_of``; the cursor at its end."""
        self._before = self._after = 0
        self.setUndoRedoEnabled(False)
        self.clear()
        self.setFont(type_of)
        cursor = self.textCursor()
        line = QTextBlockFormat()
        line.setTextIndent(2 * type_of.pixelSize())
        line.setLineHeight(_PITCH, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(line)
        self._snapping = True
        cursor.insertText(before, _inked(tokens.FAINT_INK))
        begins = cursor.position()
        for words, figure in pieces:
            cursor.insertText(words, _plain() if figure is None else _of_figure(figure))
        at = cursor.position()
        cursor.insertText(after, _inked(tokens.FAINT_INK))
        self._before, self._after = begins, cursor.position() - at
        self._snapping = False
        self._last = at
        cursor.setPosition(at)
        self.setTextCursor(cursor)
        self.setUndoRedoEnabled(True)

    def pieces(self) -> list[tuple[str, int | None]]:
        """The sentence as it stands now, on one line."""
        made = [(re.sub(r"\s+", " ", words), figure) for words, figure in self._runs()]
        if made and made[0][1] is None:
            made[0] = (made[0][0].lstrip(), None)
        if made and made[-1][1] is None:
            made[-1] = (made[-1][0].rstrip(), None)
        return [x for x in made if x[0]]

    @property
    def words(self) -> str:
        """The sentence as read."""
        return "".join(words for words, _ in self.pieces())

    # What may be changed ----------------------------------------------------------------------------------

    @property
    def _range(self) -> tuple[int, int]:
        return self._before, max(self._before, self.document().characterCount() - 1 - self._after)

    def _fragments(self) -> Iterator[tuple[int, str, int | None]]:
        """Where each run of one format begins, its text, and the figure it is."""
        at = self.document().begin().begin()
        while not at.atEnd():
            fragment = at.fragment()
            figure = fragment.charFormat().property(_FIGURE)
            yield fragment.position(), fragment.text(), figure if isinstance(figure, int) else None
            at += 1

    def _runs(self) -> Iterator[tuple[str, int | None]]:
        first, last = self._range
        for at, text, figure in self._fragments():
            own = text[max(0, first - at) : max(0, last - at)]
            if own:
                yield own, figure

    def _tokens(self) -> list[tuple[int, int]]:
        return [(at, at + len(text)) for at, text, figure in self._fragments() if figure is not None]

    def _snap(self) -> None:
        """Keep cursor and selection within the sentence and out of its numbers."""
        if self._snapping:
            return
        cursor = self.textCursor()
        first, last = self._range
        at, anchor = (min(max(x, first), last) for x in (cursor.position(), cursor.anchor()))
        onward = at > self._last
        for begin, end in self._tokens():
            at = (end if onward else begin) if begin < at < end else at
            anchor = (begin if at > anchor else end) if begin < anchor < end else anchor
        if (at, anchor) != (cursor.position(), cursor.anchor()):
            self._snapping = True
            cursor.setPosition(anchor)
            cursor.setPosition(at, _KEEP)
            self.setTextCursor(cursor)
            self._snapping = False
        self._last = at

    def _erase(self, move: QTextCursor.MoveOperation) -> None:
        """What ``move`` goes over, or the selection; a number that is touched goes as one."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.movePosition(move, _KEEP)
        first, last = self._range
        begin, end = max(cursor.selectionStart(), first), min(cursor.selectionEnd(), last)
        for one, other in self._tokens():
            if begin < other and one < end:
                begin, end = min(begin, one), max(end, other)
        if begin < end:
            cursor.setPosition(begin)
            cursor.setPosition(end, _KEEP)
            cursor.removeSelectedText()
            self.setTextCursor(cursor)

    # Keys -------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.handed_in.emit()  # a sentence has no line breaks
        elif control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Backspace:
            self._erase(_MOVE.PreviousWord if control else _MOVE.PreviousCharacter)
        elif key == Qt.Key.Key_Delete and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._erase(_MOVE.NextWord if control else _MOVE.NextCharacter)
        else:
            self.setCurrentCharFormat(_plain())
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.setCurrentCharFormat(_plain())
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(re.sub(r"\s*\n\s*", "", source.text()), _plain())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left_focus.emit()


def _inked(color: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(color))
    return made


def _plain() -> QTextCharFormat:
    return _inked(tokens.INK)


def _of_figure(figure: int) -> QTextCharFormat:
    made = _inked(tokens.BOUND_INK)
    made.setBackground(QColor(tokens.BOUND_GROUND))
    made.setProperty(_FIGURE, figure)
    return made
