"""What a sentence may be made of, to pick from: a measure over a scope set against something, or a block."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hydesk.services.reports.own_sentences import SentenceWords, compared
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.form import choice_box, put_words
from hydesk.ui.plain import plain_text

_ALL, _FIRST = "全部", "完成率"
_BLOCKS = (
    ("每个级别…", "{各级别：{名}项目{个数}个，完成投资{完成}，占年度计划的{完成率}；}"),
    ("每个类别…", "{各类别：{名}项目{个数}个，完成投资{完成}，占年度计划的{完成率}；}"),
    ("每个单位…", "{各单位：{名}{个数}个，完成投资{完成}，占年度计划的{完成率}；}"),
    ("居前的三个单位", "{前3名单位：{名}（{完成率}）、}"), ("靠后的三个单位", "{后3名单位：{名}（{完成率}）、}"),
    ("落后最多的五个项目", "{后5个项目按超欠（滞后）：{名}（{单位}）、}"), ("有才写的半句", "{有提前开工：，其中提前开工{提前开工}个}"))


class MeasurePicker(QWidget):
    """Scope, measure and comparison, or a block; 插入 tells it as a pattern writes it."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.scope, self.measure, self.than = choice_box("范围", ()), choice_box("指标", ()), choice_box("比什么", (), free=False)
        self.block = choice_box("成组", [words for words, _ in _BLOCKS], free=False)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for boxes in ((self.scope, self.measure), (self.than, button("插入", self.insert, tip="插到光标处")),
                      (self.block, button("插入", self.insert_block, tip="插到光标处"))):
            row = QHBoxLayout()
            row.setSpacing(6)
            for i, one in enumerate(boxes):
                row.addWidget(one, 1 if i == 0 or one is self.measure else 0)
            rows.addLayout(row)
        self.measure.currentTextChanged.connect(self._offer_than)

    def offer(self, words: SentenceWords) -> None:
        """Offer other words; what was chosen stays."""
        for box, choices in ((self.scope, [_ALL, *(w for w, _ in words.scopes)]), (self.measure, [*(w for w, _ in words.measures), *words.own])):
            text = box.currentText()
            box.clear()
            box.addItems(choices)
            if box is self.measure:
                for i, (_, meaning) in enumerate(words.measures):
                    box.setItemData(i, plain_text(meaning), Qt.ItemDataRole.ToolTipRole)
            put_words(box, text or (_ALL if box is self.scope else _FIRST))

    def _offer_than(self, measure: str) -> None:
        self.than.clear()
        self.than.addItems([words for words, _ in compared(measure)])

    def insert(self) -> None:
        """The picked measure over the picked scope."""
        measure, scope = self.measure.currentText().strip(), self.scope.currentText().strip()
        measure = dict(compared(measure)).get(self.than.currentText(), measure)
        if measure:
            self.picked.emit("{" + (f"{scope}." if scope and scope != _ALL else "") + measure + "}")

    def insert_block(self) -> None:
        """The picked block."""
        self.picked.emit(dict(_BLOCKS)[self.block.currentText()])
