"""The form of a lamp rule: mode, limits, delays; says the rule in words while it is edited."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.lamp_presets import PRESETS
from hydesk.domain.lamps import LampMode, LampRule, rule_in_words
from hydesk.ui.kit.basic import inset, label
from hydesk.ui.kit.boxes import in_row

_DELAYS = (
    ("start_delay", "计划开工时间已过", "天仍未开工", 30),
    ("statistics_months", "开工满", "个月仍未入统", 3),
    ("problem_delay", "有问题超过办结期限", "天仍未销号", 15),
)


class RuleForm(QWidget):
    """``edited`` after every change of the rule."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode, self.preset = QComboBox(), QComboBox()
        self.lagging, self.serious, self.ahead = _percent("滞后界限"), _percent("严重滞后界限"), _percent("超前界限")
        self.delays: dict[str, tuple[QCheckBox, QSpinBox]] = {}
        self.sentence = label("", "quiet", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        self._lay_out(inside)
        for box in (self.lagging, self.serious, self.ahead):
            box.valueChanged.connect(lambda _v: self._say())
        for on, number in self.delays.values():
            on.toggled.connect(lambda _on: self._say())
            number.valueChanged.connect(lambda _v: self._say())
        self.mode.currentIndexChanged.connect(lambda _i: self._say())
        self.preset.activated.connect(self._take_preset)

    def _lay_out(self, inside: QVBoxLayout) -> None:
        for mode, words in ((LampMode.POINTS, "按落后时间进度的百分点"), (LampMode.RATIO, "按时序应完成额的比例")):
            self.mode.addItem(words, mode)
        self.mode.setAccessibleName("判定方式")
        self.preset.addItem("参照其他城市…")
        for one in PRESETS:
            self.preset.addItem(f"{one.name}：{one.note}", one.rule)
        self.preset.setAccessibleName("参照其他城市")
        self.preset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("参照", self.preset), ("方式", self.mode), ("◆ 滞后", self.lagging), ("■ 严重滞后", self.serious),
            ("▲ 超前", self.ahead))
        for at, (word, widget) in enumerate(rows):
            grid.addWidget(label(word, "quiet"), at, 0)
            grid.addWidget(widget, at, 1)
        inside.addLayout(grid)
        inside.addWidget(label("下列情形之一，至少判为滞后", "quiet"))
        for key, before, after, usual in _DELAYS:
            inside.addLayout(self._delay(key, before, after, usual))
        inside.addWidget(self.sentence)
        inside.addStretch(1)

    def _delay(self, key: str, before: str, after: str, usual: int) -> QHBoxLayout:
        on, box = QCheckBox(before), QSpinBox()
        inset(box)
        on.setAccessibleName(f"{before}若干{after}")
        box.setRange(0, 999)
        box.setValue(usual)
        box.setEnabled(False)
        box.setMinimumSize(76, 28)
        box.setAccessibleName(f"{before}多少{after}")
        on.toggled.connect(box.setEnabled)
        self.delays[key] = (on, box)
        return in_row(on, box, label(after), 1)

    def fill(self, rule: LampRule) -> None:
        """Set the form to ``rule``."""
        self.mode.setCurrentIndex(self.mode.findData(rule.mode))
        for box, share in ((self.lagging, rule.lagging), (self.serious, rule.serious), (self.ahead, rule.ahead)):
            box.setValue(float(share * 100))
        for key, (on, number) in self.delays.items():
            value: int | None = getattr(rule, key)
            on.setChecked(value is not None)
            if value is not None:
                number.setValue(value)

    def _take_preset(self, index: int) -> None:
        rule = self.preset.itemData(index)
        self.preset.setCurrentIndex(0)
        if rule is not None:
            self.fill(rule)

    def rule(self) -> LampRule:
        """The rule as it is edited."""
        def share(box: QDoubleSpinBox) -> Decimal:
            return Decimal(box.cleanText() or "0") / 100

        points = self.mode.currentData() is LampMode.POINTS
        delays = {key: number.value() if on.isChecked() else None for key, (on, number) in self.delays.items()}
        return LampRule(self.mode.currentData(), share(self.lagging), share(self.serious),
                        share(self.ahead) if points else Decimal(0), **delays)

    def _say(self) -> None:
        points = self.mode.currentData() is LampMode.POINTS
        for box in (self.lagging, self.serious):
            box.setPrefix("落后 " if points else "低于 ")
            box.setSuffix(" 个百分点" if points else " %")
        self.ahead.setPrefix("超过 ")
        self.ahead.setSuffix(" 个百分点")
        self.ahead.setEnabled(points)
        self.sentence.setText(rule_in_words(self.rule()) + "。")
        self.edited.emit()


def _percent(name: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    inset(box)
    box.setDecimals(1)
    box.setRange(0, 200)
    box.setSingleStep(5)
    box.setMinimumSize(130, 28)
    box.setAccessibleName(name)
    return box
