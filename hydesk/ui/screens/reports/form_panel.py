"""The form of a kind of report: who signs, who gets copies, numbering, which parts in which order under which headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hydesk.services.reports.compile_report import ReportKind
from hydesk.services.reports.report_forms import KINDS, Manner, PartForm, ReportForm, parts_of
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.side_panel import pinned_below
from hydesk.ui.kit.words import DOWN, UP
from hydesk.ui.plain import plain_text

_KEY = Qt.ItemDataRole.UserRole
_USUAL = Qt.ItemDataRole.UserRole + 1
_WITHOUT = Qt.ItemDataRole.UserRole + 2


class FormPanel(QWidget):
    """Edits a ReportForm; nothing is kept before 保存模板."""

    saved = Signal(object)
    """The form as edited."""

    def __init__(self) -> None:
        super().__init__()
        self._form = ReportForm()
        self._usual: list[PartForm] = []
        self._kind = ReportKind.MONTHLY
        self.fields: dict[str, QLineEdit] = {}
        self.keep = button("保存模板", self.save, kind="primary")
        inside = QWidget()
        layout = in_column(self._head(), on=inside, gap=8, margins=(12, 10, 12, 12))
        self._list_parts(layout)
        up, down = button(UP, lambda: self.move_part(-1)), button(DOWN, lambda: self.move_part(1))
        up.setShortcut("Alt+Up")
        down.setShortcut("Alt+Down")
        pinned_below(self, inside, (up, down, None, self.keep))

    def _head(self) -> QFormLayout:
        """Who signs, who gets it, how it is numbered and called."""
        rows = QFormLayout()
        rows.setSpacing(6)
        self.manner = QComboBox()
        self.manner.setAccessibleName("文式")
        for one in Manner:
            self.manner.addItem(one.label, one.value)
        self.upward = QCheckBox("上行文（印签发人）")
        rows.addRow("文式", self.manner)
        rows.addRow("", self.upward)
        for name, words, hint in (
            ("name", "红头名称", "空着：公文是发文单位，简报按城市和种类"), ("office", "发文单位", ""),
            ("signer", "签发人", "上行文用；空着：留手签的地方"), ("editor", "编辑", "简报用"),
            ("number", "期号写法", "如 第{期数}期、衡重办〔{年份}〕{期数}号"), ("title", "标题", "空着：自动；可用 {报告期} {月份} {对象}"),
            ("to", "主送", "公文用；空着：各有关单位，督办单是责任单位"),
        ):
            edit = QLineEdit()
            edit.setAccessibleName(words)
            edit.setPlaceholderText(hint)
            edit.setToolTip(plain_text(hint))
            self.fields[name] = edit
            rows.addRow(words, edit)
        self.cc = QPlainTextEdit()
        self.cc.setAccessibleName("抄送，一行一个")
        self.cc.setPlaceholderText("一行一个")
        self.cc.setTabChangesFocus(True)
        self.cc.setFixedHeight(64)
        rows.addRow("抄送", self.cc)
        return rows

    def _list_parts(self, layout: QVBoxLayout) -> None:
        """The parts of the report, and of the chosen one its sentences and tables."""
        layout.addWidget(label("各部分（打勾的才印；双击改标题；Alt+↑↓ 换次序）", "small", wrap=True))
        self.parts = QListWidget()
        self.parts.setAccessibleName("各部分")
        self.parts.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.parts.setMinimumHeight(150)
        layout.addWidget(self.parts, 2)
        layout.addWidget(label("选中的部分里的句子和表（去掉勾的不印）", "small", wrap=True))
        self.pieces = QListWidget()
        self.pieces.setAccessibleName("选中部分的句子和表")
        self.pieces.setMinimumHeight(90)
        layout.addWidget(self.pieces, 1)
        self._known: Mapping[str, Sequence[tuple[str, str]]] = {}
        self.parts.currentItemChanged.connect(lambda now, _before: self._show_pieces(now))
        self.pieces.itemChanged.connect(self._take_piece)

    def _show_pieces(self, part: QListWidgetItem | None) -> None:
        """The sentences and tables of ``part``, those that are left out too."""
        self.pieces.blockSignals(True)
        self.pieces.clear()
        if part is not None:
            gone: tuple[str, ...] = part.data(_WITHOUT) or ()
            known = dict(self._known.get(part.data(_KEY), ()))
            for key, words in {**known, **{k: known.get(k, f"（没有印的）{k}") for k in gone}}.items():
                item = QListWidgetItem(words)
                item.setToolTip(plain_text(words))
                item.setData(_KEY, key)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked if key in gone else Qt.CheckState.Checked)
                self.pieces.addItem(item)
        self.pieces.blockSignals(False)

    def _take_piece(self, piece: QListWidgetItem) -> None:
        part = self.parts.currentItem()
        if part is not None:
            gone = [k for k in part.data(_WITHOUT) or () if k != piece.data(_KEY)]
            part.setData(_WITHOUT, tuple(gone) if piece.checkState() == Qt.CheckState.Checked else (*gone, piece.data(_KEY)))

    def show_form(self, kind: ReportKind, form: ReportForm, pieces: Mapping[str, Sequence[tuple[str, str]]] | None = None) -> None:
        """Show the form of ``kind``; ``pieces``: by part the sentences and tables that are printed now."""
        self._form, self._known = form, pieces or {}
        self._usual = [PartForm(p.key, p.on) for p in parts_of(kind, replace(form, parts=()))]
        self.manner.setCurrentIndex(self.manner.findData(form.manner_of(kind).value))
        self.upward.setChecked(form.upward)
        self._kind = kind
        for name, edit in self.fields.items():
            value = getattr(form, name)
            edit.setText(value if isinstance(value, str) else "、".join(value))
        self.cc.setPlainText("\n".join(form.cc))
        self.parts.clear()
        for part in parts_of(kind, form):
            item = QListWidgetItem(part.heading or part.usual)
            item.setData(_KEY, part.key)
            item.setData(_USUAL, part.usual)
            item.setData(_WITHOUT, part.without)
            flags = item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
            item.setFlags(flags & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(Qt.CheckState.Checked if part.on else Qt.CheckState.Unchecked)
            self.parts.addItem(item)

    def move_part(self, by: int) -> None:
        """Move the current part up or down."""
        row = self.parts.currentRow()
        if 0 <= row + by < self.parts.count() and row >= 0:
            item = self.parts.takeItem(row)
            self.parts.insertItem(row + by, item)
            self.parts.setCurrentRow(row + by)

    def form(self) -> ReportForm:
        """The form as it stands on the screen."""
        parts = []
        for index in range(self.parts.count()):
            item = self.parts.item(index)
            heading = item.text().strip()
            if heading != item.data(_USUAL):
                heading = heading.removeprefix("附件：")
            parts.append(PartForm(item.data(_KEY), item.checkState() == Qt.CheckState.Checked,
                                  "" if heading == item.data(_USUAL) else heading, tuple(item.data(_WITHOUT) or ())))
        if parts == self._usual:
            parts = []
        words = {name: edit.text().strip() for name, edit in self.fields.items() if name != "to"}
        copies = tuple(line.strip() for line in self.cc.toPlainText().splitlines() if line.strip())
        to = tuple(x.strip() for x in self.fields["to"].text().split("、") if x.strip())
        words["number"] = words["number"] or ReportForm().number
        words["office"] = words["office"] or self._form.office
        manner = self.manner.currentData()
        return replace(
            self._form, manner="" if manner == KINDS[self._kind].manner.value else manner, upward=self.upward.isChecked(),
            editor=words["editor"], name=words["name"], office=words["office"], signer=words["signer"], number=words["number"],
            title=words["title"], cc=copies, to=to, parts=tuple(parts))

    def save(self) -> None:
        """Hand the form on."""
        self.saved.emit(self.form())
