"""The fields of a register, changed without a dialog: a new kind of register needs no code."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.done import Done
from hydesk.domain.people import Right
from hydesk.domain.registers import RegisterDefinition, RegisterField, RegisterKind, definition_faults
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.form import choice_box
from hydesk.ui.kit.words import CANCEL, DELETE, SAVE
from hydesk.ui.screens.registers.acts import Acts

OWN = "自定义台账"
BLANK = RegisterDefinition(
    key="", name="", group=OWN, purpose="", identity=("f1",), state="f3", closed=("已办结",), due="f2",
    fields=(RegisterField("f1", "事项", required=True), RegisterField("f2", "办结期限", RegisterKind.DATE),
            RegisterField("f3", "状态", RegisterKind.CHOICE, ("办理中", "已办结"))))
"""What a new register begins with."""
_KINDS = list(RegisterKind)


class FieldLine:
    """The inputs of one field."""

    def __init__(self, own: RegisterField, design: DesignPage, used: tuple[bool, bool]) -> None:
        self.held = own
        self.name, self.kind, self.choices = QLineEdit(own.label), QComboBox(), QLineEdit()
        self.required, self.identity = QCheckBox(), QCheckBox()
        self.name.setAccessibleName("字段名称")
        self.kind.setAccessibleName("类型")
        self.kind.addItems([k.label for k in _KINDS])
        self.kind.setCurrentIndex(_KINDS.index(own.kind))
        self.choices.setAccessibleName("选项或计量单位")
        self.required.setChecked(own.required)
        self.required.setAccessibleName("必填")
        self.identity.setChecked(used[0])
        self.identity.setAccessibleName("用来辨认记录")
        self.figure = choice_box("台账数字", [name for _, name in design.figures], free=False)
        self.figure.setCurrentIndex(max(0, next((i for i, (k, _) in enumerate(design.figures) if k == own.figure), 0)))
        self.up = button("↑", lambda: design.shift(self, -1), kind="link", tip="上移")
        self.gone = button(DELETE, lambda: design.drop(self), kind="link")
        self.kind.currentIndexChanged.connect(lambda _i: self.follow())
        self.kind.currentIndexChanged.connect(lambda _i: design.offer())
        self.name.textEdited.connect(lambda _t: design.offer())
        self.choices.editingFinished.connect(design.offer)
        self.choices.setText("、".join(own.choices) or own.measure)
        self.what = QWidget()  # what is shown without a parent would be a window of its own
        in_row(self.choices, self.figure, on=self.what, margins=0)
        self.follow()

    def widgets(self) -> list[QWidget]:
        """In the order of the columns."""
        return [self.name, self.kind, self.what, self.required, self.identity, self.up, self.gone]

    def follow(self) -> None:
        """Show what the kind asks for."""
        kind = _KINDS[self.kind.currentIndex()]
        self.figure.setVisible(kind is RegisterKind.FIGURE)
        self.choices.setVisible(kind is not RegisterKind.FIGURE)
        self.choices.setEnabled(kind in (RegisterKind.CHOICE, RegisterKind.NUMBER))
        self.choices.setPlaceholderText({RegisterKind.CHOICE: "选项，用顿号隔开", RegisterKind.NUMBER: "计量单位，如 个"}.get(kind, ""))

    def field(self, figures: list[tuple[str, str]]) -> RegisterField:
        """The field as it stands in the inputs."""
        kind, words = _KINDS[self.kind.currentIndex()], self.choices.text().strip()
        choices = tuple(dict.fromkeys(c.strip() for c in re.split("[、，,；;]", words) if c.strip()))
        return replace(self.held, label=self.name.text().strip(), kind=kind, required=self.required.isChecked(),
                       choices=choices if kind is RegisterKind.CHOICE else (),
                       measure=words if kind is RegisterKind.NUMBER else "",
                       figure=figures[self.figure.currentIndex()][0] if kind is RegisterKind.FIGURE else "")


class DesignPage(QWidget):
    """Name, purpose, fields, state and deadline of a register; 保存 is one act."""

    saved = Signal(int)
    """The register."""
    left = Signal()
    removed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        from hydesk.services.registers.register_figures import PROJECT_FIGURES, UNIT_FIGURES

        self._desk = desk
        self.acts = Acts(desk, self)
        self.register_id = 0
        self.figures = [(k, f"项目·{v[0]}") for k, v in PROJECT_FIGURES.items()] + [
            (k, f"单位·{v[0]}") for k, v in UNIT_FIGURES.items()]
        self.lines: list[FieldLine] = []
        self._held = BLANK
        self.title = label("", "title")
        self.name, self.group, self.purpose = QLineEdit(), QLineEdit(), QLineEdit()
        self.state, self.due, self.closed = QComboBox(), QComboBox(), QLineEdit()
        self.error = label("", "error", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        head = in_row(self.title, 1)
        self.copy_button, self.remove_button = button("复制为新台账", self.copy), button("删除台账", self.remove)
        for made in (self.copy_button, self.remove_button, button(CANCEL, self.left.emit),
                     button(SAVE, self.save, kind="primary", tip="Ctrl+Enter")):
            head.addWidget(made)
        facts = QGridLayout()
        facts.setHorizontalSpacing(8)
        named = (("名称", self.name), ("归入", self.group), ("用途（一句话）", self.purpose), ("状态字段", self.state),
                 ("算办结的状态", self.closed), ("期限字段", self.due))
        for i, (word, widget) in enumerate(named):
            widget.setAccessibleName(word)
            facts.addWidget(label(word, "quiet"), i // 3, 2 * (i % 3))
            facts.addWidget(widget, i // 3, 2 * (i % 3) + 1)
        self.closed.setPlaceholderText("用顿号隔开")
        self.state.currentIndexChanged.connect(lambda _i: None)
        body = QWidget()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        inside = QVBoxLayout(body)
        inside.addLayout(self._grid)
        inside.addWidget(button("＋ 添加字段", self.add, tip="Ctrl+N"), 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("card")
        area.setWidgetResizable(True)
        area.setWidget(body)
        in_column(head, facts, self.error, (area, 1), on=self, gap=8, margins=0)
        self.error.hide()

    def begin(self, register_id: int, definition: RegisterDefinition) -> None:
        """Change the register ``register_id``; 0 makes a new one beginning as ``definition``."""
        self.register_id, self._held = register_id, definition
        self.title.setText(f"设置　{definition.name}" if register_id else "新建台账")
        self.copy_button.setVisible(bool(register_id))
        self.remove_button.setVisible(bool(register_id))
        for widget, text in ((self.name, definition.name), (self.group, definition.group), (self.purpose, definition.purpose),
                             (self.closed, "、".join(definition.closed))):
            widget.setText(text)
        self.lines = [FieldLine(f, self, (f.key in definition.identity, False)) for f in definition.fields]
        self._draw()
        self.offer(definition.state, definition.due)
        self._say("")
        self.name.setFocus()

    def _draw(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for column, word in enumerate(("字段名称", "类型", "选项 / 计量单位 / 台账数字", "必填", "辨认", "", "")):
            self._grid.addWidget(label(word, "quiet"), 0, column)
        self.lines = [FieldLine(line.field(self.figures), self, (line.identity.isChecked(), False)) for line in self.lines]
        for row, line in enumerate(self.lines, 1):
            for column, widget in enumerate(line.widgets()):
                self._grid.addWidget(widget, row, column)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(2, 3)

    def offer(self, state: str | None = None, due: str | None = None) -> None:
        """The fields that can be state and deadline."""
        for box, kind, wanted in ((self.state, RegisterKind.CHOICE, state), (self.due, RegisterKind.DATE, due)):
            held = box.currentData() if wanted is None else wanted
            box.clear()
            box.addItem("（无）", "")
            for line in self.lines:
                if _KINDS[line.kind.currentIndex()] is kind:
                    box.addItem(line.name.text().strip() or "（未命名）", line.held.key)
            box.setCurrentIndex(max(0, box.findData(held)))

    def add(self) -> None:
        """A new field at the end."""
        number = max((int(line.held.key[1:]) for line in self.lines if re.fullmatch(r"f\d+", line.held.key)), default=0)
        self.lines.append(FieldLine(RegisterField(f"f{number + 1}", ""), self, (False, False)))
        self._draw()
        self.lines[-1].name.setFocus()

    def drop(self, line: FieldLine) -> None:
        """Take a field off; what stood in it stays in the change log."""
        self.lines.remove(line)
        self._draw()
        self.offer()

    def shift(self, line: FieldLine, by: int) -> None:
        """Move a field among the others."""
        at = self.lines.index(line)
        self.lines.insert(max(0, at + by), self.lines.pop(at))
        self._draw()

    def definition(self) -> RegisterDefinition:
        """The register as it stands in the inputs."""
        fields = tuple(line.field(self.figures) for line in self.lines)
        keys = {f.key for f in fields}
        state = str(self.state.currentData() or "")
        closed = tuple(c.strip() for c in re.split("[、，,]", self.closed.text()) if c.strip()) if state else ()
        views = tuple(replace(v, fields=tuple(k for k in v.fields if k in keys)) for v in self._held.views
                      if v.only is None or v.only[0] in keys)
        return replace(self._held, name=self.name.text().strip(), group=self.group.text().strip() or OWN,
                       purpose=self.purpose.text().strip(), fields=fields, state=state, closed=closed, views=views,
                       identity=tuple(line.held.key for line in self.lines if line.identity.isChecked()),
                       due=str(self.due.currentData() or ""))

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def save(self) -> None:
        """Write the definition; what is wrong with it is said above the fields."""
        definition = self.definition()
        faults = definition_faults(definition)
        state = next((f for f in definition.fields if f.key == definition.state), None)
        faults += [f"“{c}”不是“{state.label}”的选项，请改正" for c in definition.closed if state and c not in state.choices]
        self._say("；".join(faults))
        if faults:
            return
        ledger, key = self._desk.ledger, self.register_id

        def work() -> Done[int]:
            from hydesk.services.registers.save_register import add_register, change_register

            if key:
                return change_register(ledger, key, definition).answering(key)
            return add_register(ledger, definition)

        self.acts.write("保存台账设置", work, lambda _k: f"已保存台账“{definition.name}”", done=self.saved.emit, failed=self._say,
                        right=Right.REGISTERS)

    def copy(self) -> None:
        """Begin a new register with the same fields."""
        own = self.definition()
        self.begin(0, replace(own, key="", name=f"{own.name}（副本）"))

    def remove(self) -> None:
        """Take the register away with its records; 撤销 brings it back."""
        ledger, key, name = self._desk.ledger, self.register_id, self._held.name

        def work() -> Done[None]:
            from hydesk.services.registers.save_register import remove_register

            return remove_register(ledger, key)

        self.acts.write("删除台账", work, lambda _r: f"已删除台账“{name}”", done=lambda _r: self.removed.emit(),
                        right=Right.REGISTERS)
