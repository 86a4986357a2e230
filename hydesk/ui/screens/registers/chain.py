"""产业链图谱 on screen: up-, mid- and downstream, segments with enterprises, projects and gaps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGraphicsScene, QGraphicsView

from hydesk.services.chain_map import ChainMap, chain_maps
from hydesk.ui import style, tokens
from hydesk.ui.desk import Desk
from hydesk.ui.screens.registers.fixed import FixedPage
from hydesk.ui.style import Theme
from hydesk.ui.widgets.basic import button, is_change_of_theme
from hydesk.ui.widgets.files import Purpose, ask_save

_GAP, _PAD, _ARROW = 14.0, 10.0, 34.0
_TONES = {"已有": "text", "在建": "accent", "缺口": "lagging"}


class ChainView(QGraphicsView):
    """Draws one chain over its width; taller ones scroll."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._map: ChainMap | None = None
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("产业链图谱")

    def show_map(self, shown: ChainMap | None) -> None:
        """Draw another chain."""
        self._map = shown
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_change_of_theme(event):
            self._draw()

    def _draw(self) -> None:
        scene, palette = self.scene(), self._theme.palette
        scene.clear()
        self.setBackgroundBrush(QColor(palette.surface))
        if self._map is None:
            self._text("这里画各条产业链的上游、中游、下游。点“编辑环节、企业和项目”登记，在建重大项目自己从台账取来。",
                       style.font(tokens.BODY_PT), palette.quiet, 2 * _GAP, 2 * _GAP, max(300.0, self.viewport().width() - 4 * _GAP))
            self.setAccessibleDescription("")
            return
        width = max(540.0, float(self.viewport().width()))
        column = (width - 2 * _GAP - 2 * _ARROW) / 3
        head = style.font(tokens.BODY_PT + 1, bold=True)
        bottom = 0.0
        said = []
        for index, (name, boxes) in enumerate(self._map.drawing.columns):
            left = _GAP + index * (column + _ARROW)
            self._text(name, head, palette.text, left, _GAP, column)
            scene.addLine(left, _GAP + 26, left + column, _GAP + 26, QPen(QColor(palette.accent), 1.5))
            if index < 2:
                self._arrow(left + column + 5, _GAP + 12)
            y = _GAP + 26 + _GAP
            for box in boxes:
                y += self._box(box, left, y, column) + _GAP
                said.append(f"{name} {box.name}：{'，'.join(i.words for i in box.items)}")
            bottom = max(bottom, y)
        below = self._map.drawing.below
        if below is not None:
            bottom += self._band(below, _GAP, bottom + _GAP, width - 2 * _GAP) + 2 * _GAP
            said.append(below.name)
        self.setAccessibleDescription("；".join(said))
        scene.setSceneRect(QRectF(0, 0, width - 1, bottom))

    def _band(self, box: Any, left: float, top: float, width: float) -> float:
        """The ledger's projects of the chain across the page, in three columns; its height."""
        palette, plain = self._theme.palette, style.font(tokens.TABLE_PT)
        y = top + _PAD
        y += self._text(box.name, style.font(tokens.BODY_PT, bold=True), palette.text, left + _PAD, y, width - 2 * _PAD) + 4
        column, per, foot = (width - 4 * _PAD) / 3, -(-len(box.items) // 3) or 1, y
        for i in range(3):
            at = y
            for item in box.items[i * per:(i + 1) * per]:
                at += self._text(item.words, plain, palette.text, left + _PAD + i * (column + _PAD), at, column) + 3
            foot = max(foot, at)
        height = foot - top + _PAD
        frame = self.scene().addRect(QRectF(left, top, width, height), QPen(QColor(palette.quiet), 1.2), QColor(palette.faint))
        frame.setZValue(-1)
        return height

    def _arrow(self, x: float, y: float) -> None:
        pen = QPen(QColor(self._theme.palette.quiet), 1.5)
        end = x + _ARROW - 10
        for line in ((x, y, end, y), (end, y, end - 6, y - 5), (end, y, end - 6, y + 5)):
            self.scene().addLine(*line, pen)

    def _text(self, words: str, font: QFont, color: str, x: float, y: float, width: float) -> float:
        item = self.scene().addText("", font)
        item.setDefaultTextColor(QColor(color))
        item.document().setDocumentMargin(0)
        item.setTextWidth(width)
        item.setPlainText(words)
        item.setPos(x, y)
        return item.boundingRect().height()

    def _box(self, box: Any, left: float, top: float, width: float) -> float:
        palette = self._theme.palette
        bold, plain = style.font(tokens.BODY_PT, bold=True), style.font(tokens.TABLE_PT)
        y = top + _PAD
        y += self._text(box.name, bold, palette.text, left + _PAD, y, width - 2 * _PAD) + 4
        for item in box.items:
            color = getattr(palette, _TONES.get(item.kind, "text"))
            y += max(self._text(item.words, plain, color, left + _PAD, y, width - 2 * _PAD), QFontMetricsF(plain).height()) + 2
        height = y - top + _PAD - 2
        pen = QPen(QColor(palette.lagging if box.gap else palette.quiet), 1.2)
        if box.gap:
            pen.setStyle(Qt.PenStyle.DashLine)
        frame = self.scene().addRect(QRectF(left, top, width, height), pen, QColor(palette.surface if box.gap else palette.faint))
        frame.setZValue(-1)
        return height


class ChainPage(FixedPage):
    """One chain at a time; its records are edited in the register."""

    TITLE = "产业链图"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.maps: tuple[ChainMap, ...] = ()
        self.box = QComboBox()
        self.box.setAccessibleName("产业链")
        self.box.setMinimumWidth(150)
        self.view = ChainView(desk.theme)
        self.head.addWidget(self.box)
        for made in (button("编辑环节、企业和项目", lambda: self.register_wanted.emit("chain_map")),
                     button("打印本链 PDF", lambda: self.save(all_chains=False)),
                     button("打印全部", lambda: self.save(all_chains=True))):
            self.head.addWidget(made)
        self.card(self.view)
        self.box.activated.connect(lambda _i: self._show())

    def reader(self) -> Callable[[], tuple[ChainMap, ...]]:
        ledger, period = self.desk.ledger, self.desk.period
        return lambda: chain_maps(ledger, period)

    def show_read(self, result: Any) -> None:
        held = self.box.currentText()
        self.maps = result
        self.box.clear()
        self.box.addItems([m.chain for m in result])
        self.box.setCurrentIndex(max(0, self.box.findText(held)) if result else -1)
        self._show()

    def _show(self) -> None:
        at = self.box.currentIndex()
        shown = self.maps[at] if 0 <= at < len(self.maps) else None
        self.view.show_map(shown)
        self.count.setText(f"{shown.records} 条，缺口 {shown.gaps} 处" if shown else "还没有登记：点“编辑”填写环节、企业和项目")

    def save(self, *, all_chains: bool) -> None:
        """Write the map shown, or all, as a PDF of vectors."""
        ledger, period, chain = self.desk.ledger, self.desk.period, self.box.currentText()
        name = "产业链图谱" if all_chains else f"{chain}产业链图谱"
        chosen = ask_save(self, self.desk.settings, Purpose.REPORT, "打印成文件", f"{name}.pdf", "PDF 文件 (*.pdf)")
        if chosen:
            def work(_progress: object) -> None:
                from hydesk.services.chain_map import print_chain_maps

                print_chain_maps(ledger, period, Path(chosen), () if all_chains else (chain,))

            self.desk.jobs.start("产业链图谱", work, self, done=lambda _r: self.desk.notice(f"已存为 {chosen}"))
