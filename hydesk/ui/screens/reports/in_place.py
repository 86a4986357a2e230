"""A sentence edited where it stands on the page: its paragraph in the page's type, and below it what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from hydesk.resource_files import resource
from hydesk.services.reports.read_sentences import State, joined
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.reports.sentence_places import SentencePlace
from hydesk.ui.screens.reports.token_edit import TokenEdit

LEAST_TYPE = 13
"""Pixels: type on a small page is edited larger than it stands there."""
_EDGE = 8
_WORDS = {State.WRITTEN: "蓝底的数连着台账，会跟着变", State.EDITED: "已改；蓝底的数连着台账，会跟着变",
          State.STALE: "◆ 数字后来变了，请核对", State.REWORDED: "◆ 情况变了，说法也不同了，请改写"}
_ASKS = (State.STALE, State.REWORDED)


class InPlace(QFrame):
    """Over the pages; Enter or leaving it hands the words in, Esc gives them up."""

    changed = Signal(str, object)
    """Its key, and the BoundText, or the str whose bound numbers are to be told (None: back to the automatic words)."""
    accepted = Signal(str, bool)
    """Its key; True: put the new figures in, False: the words stand as they are."""
    left = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("in_place")
        self.place: SentencePlace | None = None
        self._handed: str | None = None
        self.editor = TokenEdit()
        self.editor.setAccessibleName("报告里的一句")  # until one is taken in hand
        self.said = label("", "paper_small")
        self.fresh = button("换上新数", lambda: self._accept(True), kind="paper_link")
        self.stand = button("仍用此文", lambda: self._accept(False), kind="paper_link")
        self.back = button("恢复自动文字", self._reset, kind="paper_link")
        self.hint = label("Enter 写入　Esc 放弃　Ctrl+↓ 下一句", "paper_small")
        foot = in_row(self.said, self.fresh, self.stand, self.back, 1, self.hint, gap=8)
        in_column((self.editor, 1), foot, on=self, gap=4, margins=(_EDGE, _EDGE, _EDGE, 4))
        self.editor.handed_in.connect(self.hand_in)
        self.editor.left_focus.connect(lambda: QTimer.singleShot(0, self, self._left_focus))
        self.editor.stepped.connect(self._step)
        self.editor.textChanged.connect(self._grow)
        on_escape(self, self.give_up)
        self.hide()

    # Beginning and ending ---------------------------------------------------------------------------------

    def edit(self, place: SentencePlace, type_size: float) -> None:
        """Let ``place`` be edited in type of ``type_size`` pixels, or the least that is legible."""
        self.place, self._handed = place, None
        one, paragraph = place.sentence, place.paragraph
        number = paragraph.sentences.index(one)
        before = paragraph.lead + "".join(s.text for s in paragraph.sentences[:number])
        after = "".join(s.text for s in paragraph.sentences[number + 1 :])
        self.editor.setReadOnly(False)
        self.editor.show_words(before, one.pieces, after, page_font(max(LEAST_TYPE, round(type_size))))
        self.editor.setAccessibleName(plain_text(f"{one.heading}的文字"))
        self._say(_WORDS[one.state])
        self.fresh.setVisible(one.state is State.STALE)
        self.stand.setVisible(one.state in _ASKS)
        self.back.setVisible(one.state is not State.WRITTEN)
        self.back.setToolTip(plain_text(f"自动文字：{one.automatic}"))
        self.show()
        self.raise_()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def typing(self) -> bool:
        """Whether words stand here that are neither handed in nor what the page says."""
        return self.isVisible() and self.place is not None and self.editor.words not in (self._handed, self.place.sentence.text)

    @property
    def waits(self) -> bool:
        """Whether what was handed in is not on the page yet."""
        return self.isVisible() and self._handed is not None and self.editor.words == self._handed

    def hand_in(self) -> None:
        """Write what stands here; it stays until the page says it."""
        if self.place is None or not self.isVisible() or self.waits:
            return
        one, made = self.place.sentence, joined(self.editor.pieces())
        if made.text == one.text:
            self.give_up()
            return
        self._handed = made.text
        self._say("正在写入并重新排版…")
        # Nothing bound was shown in a sentence that asks: what of it is a figure is told from the words.
        self.changed.emit(one.key, made.text if one.state in _ASKS else made)
        self.left.emit()

    def give_up(self) -> None:
        """Leave the sentence as it is."""
        if self.isVisible():
            self.place, self._handed = None, None
            self.hide()
            self.left.emit()

    def _step(self, by: int) -> None:
        self.hand_in()
        self.stepped.emit(by)

    def _accept(self, new_figures: bool) -> None:
        if self.place is not None:
            key = self.place.sentence.key
            self.give_up()
            self.accepted.emit(key, new_figures)

    def _reset(self) -> None:
        if self.place is not None:
            key = self.place.sentence.key
            self.give_up()
            self.changed.emit(key, None)

    def _left_focus(self) -> None:
        at = QApplication.focusWidget()
        if self.isVisible() and not (at is not None and self.isAncestorOf(at)) and self.typing:
            self.hand_in()
        elif self.isVisible() and not self.waits and not (at is not None and self.isAncestorOf(at)):
            self.give_up()

    # Where it stands --------------------------------------------------------------------------------------

    def put(self, around: QRect, room: QRect) -> None:
        """Stand over ``around`` (the paragraph on the page) within ``room``, as high as the words need."""
        if self.place is None:
            return
        size = self.editor.font().pixelSize()
        width = min(max(around.width() + 2 * _EDGE + 12, 30 * size), room.width() - 8)
        self.setFixedWidth(width)
        shown = [w for w in (self.said, self.fresh, self.stand, self.back) if not w.isHidden()]
        self.hint.setVisible(sum(w.sizeHint().width() + 8 for w in (*shown, self.hint)) <= width - 2 * _EDGE)
        self.editor.document().setTextWidth(width - 2 * _EDGE - 2)
        foot = max(w.sizeHint().height() for w in (self.said, self.back)) + 2 * _EDGE + 6
        height = min(round(self.editor.document().size().height()) + foot, room.height() - 8)
        left = min(max(around.center().x() - width // 2, room.left() + 4), room.right() - width - 4)
        top = min(max(around.top() - _EDGE - 4, room.top() + 4), room.bottom() - height - 4)
        self.setGeometry(left, top, width, height)
        self._around, self._room = around, room

    def _grow(self) -> None:
        if self.isVisible() and self.place is not None:
            self.put(self._around, self._room)

    def _say(self, words: str) -> None:
        self.said.setText(words)


def page_font(pixels: int) -> QFont:
    """The type of a page's body as the machine has it, ``pixels`` high; the bundled one where it has none."""
    made = QFont()
    families = ("FangSong", "FangSong_GB2312", "仿宋", "STFangsong")
    known = set(QFontDatabase.families())
    own = next((f for f in families if f in known), "")
    if not own:
        own = _bundled()
    made.setFamilies([own, *made.families()])
    made.setPixelSize(pixels)
    return made


_loaded: list[str] = []


def _bundled() -> str:
    """The bundled serif, entered once."""
    if not _loaded:
        key = QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSerifSC-Regular.ttf")))
        _loaded.extend(QFontDatabase.applicationFontFamilies(key)[:1] or [QFont().family()])
    return _loaded[0]
