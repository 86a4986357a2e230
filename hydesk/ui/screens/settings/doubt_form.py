"""The form of the rules of doubts: which kinds are asked about, and from which limits on."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QGridLayout, QSpinBox, QWidget

from hydesk.domain.doubts.doubt import DoubtKind
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.money import MoneyUnit
from hydesk.ui.kit.basic import inset, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.plain import plain_text

_WAN = MoneyUnit.WAN.yuan
_SHARES = (
    ("leap_share", "单月猛增：这个月占年度计划", "以上"),
    ("unstarted_share", "未开工先有投资：占年度计划", "以上"),
    ("ground_share", "还在场平：投资占总投资", "以上"),
    ("below", "入统、到位不到本单位一贯比例的", ""),
)


class DoubtForm(QWidget):
    """``edited`` after every change of the rules."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.times, self.alike, self.least = QDoubleSpinBox(), QSpinBox(), QSpinBox()
        self.shares: dict[str, QDoubleSpinBox] = {}
        self.kinds: dict[DoubtKind, QCheckBox] = {}
        self._filling = False
        inside = in_column(self._limits(), label("看哪些情况", "quiet"), on=self, gap=8, margins=0)
        choices = QGridLayout()
        for at, kind in enumerate(DoubtKind):
            box = self.kinds[kind] = QCheckBox(kind.label)
            box.setToolTip(plain_text(f"{kind.rule}。"))
            box.setAccessibleDescription(kind.rule)
            box.toggled.connect(lambda _on: self._tell())
            choices.addWidget(box, at // 2, at % 2)
        inside.addLayout(choices)
        inside.addStretch(1)

    def _limits(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        self.times.setDecimals(1)
        self.times.setRange(2, 50)
        self.times.setSuffix(" 倍以上")
        self.alike.setRange(3, 99)
        self.alike.setSuffix(" 个以上")
        self.least.setRange(0, 9_999_999)
        self.least.setSingleStep(100)
        self.least.setSuffix(" 万元")
        rows: list[tuple[str, QDoubleSpinBox | QSpinBox]] = [("单月猛增：是平常月份的", self.times)]
        for name, words, after in _SHARES:
            box = self.shares[name] = QDoubleSpinBox()
            box.setDecimals(1)
            box.setRange(1, 99 if name == "below" else 500)
            box.setSingleStep(5)
            box.setSuffix(f" %{after and ' '}{after}")
            rows.append((words, box))
        rows += [("同一单位相同的项目", self.alike), ("不单独问的：一笔不到", self.least)]
        for at, (words, number) in enumerate(rows):
            inset(number)
            number.setMinimumSize(120, 28)
            number.setAccessibleName(words)
            number.valueChanged.connect(lambda _v: self._tell())
            grid.addWidget(label(words), at, 0)
            grid.addWidget(number, at, 1)
        return grid

    def fill(self, rules: DoubtRules) -> None:
        """Set the form to ``rules``."""
        self._filling = True
        self.times.setValue(float(rules.leap_times))
        self.alike.setValue(rules.alike)
        self.least.setValue(rules.least // _WAN)
        for name, box in self.shares.items():
            box.setValue(float(getattr(rules, name) * 100))
        for kind, on in self.kinds.items():
            on.setChecked(kind not in rules.off)
        self._filling = False
        self._tell()

    def rules(self) -> DoubtRules:
        """The rules as they are edited."""
        def number(box: QDoubleSpinBox) -> Decimal:
            return Decimal(box.cleanText() or "0")

        shares = {name: number(box) / 100 for name, box in self.shares.items()}
        return DoubtRules(
            off=frozenset(k for k, box in self.kinds.items() if not box.isChecked()), least=self.least.value() * _WAN,
            leap_times=number(self.times), alike=self.alike.value(), **shares)

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit()
