"""月, 季, 年 and 回到今天: how wide the days of the time line are."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from hydesk.ui.kit.basic import button
from hydesk.ui.screens.nodes.time_line import ZOOMS, TimeLine

_KEYS = {"月": "M", "季": "Q", "年": "Y"}


class ZoomRow(QWidget):
    """Beside the filters, for ``line``; a zoom by wheel or keys shows here too."""

    def __init__(self, line: TimeLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.scales = QButtonGroup(self)
        for word, scale in ZOOMS:
            made = button(word, partial(line.zoom_to, scale), kind="segment", tip=f"时间轴按{word}看（{_KEYS[word]}；Ctrl+滚轮、+、- 逐级）")
            made.setAccessibleName(f"时间轴按{word}看")
            made.setCheckable(True)
            made.setChecked(scale == line.scale)
            self.scales.addButton(made, scale)
            row.addWidget(made)
        row.addSpacing(8)
        row.addWidget(button("回到今天", line.show_today))
        line.zoomed.connect(self._mark)

    def _mark(self, scale: int) -> None:
        """None is marked where the time line is between two of them."""
        self.scales.setExclusive(False)
        for made in self.scales.buttons():
            made.setChecked(self.scales.id(made) == scale)
        self.scales.setExclusive(True)
