"""The strip below the ledger's table that says what an edit would change and asks why; nothing waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.own_columns import OwnValue, show_own_value
from hydesk.domain.understanding import ReadValue
from hydesk.services.projects.edit_block import REASONED, JudgedEdit
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.pending import PendingStrip
from hydesk.ui.style import Theme

_TABLE_HEIGHT = 32 + 6 * 28
_TICK = "　要写入，先勾选“照样写入”（空格）再按 Enter。"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Judged edits that wait for a person; ``said`` are remarks about the block as a whole."""

    title: str
    judged: Sequence[JudgedEdit]
    unit: MoneyUnit
    said: Sequence[str] = ()

    @property
    def changing(self) -> list[JudgedEdit]:
        """Those that would change anything."""
        return [j for j in self.judged if j.changes]

    @property
    def reasoned(self) -> bool:
        """Whether a reason is asked for."""
        return any(j.edit.field in REASONED for j in self.changing)

    @property
    def sound(self) -> bool:
        """Whether nothing is refused and nothing doubted."""
        return all(not j.refused and not j.doubts for j in self.judged)


def shown_value(value: ReadValue | OwnValue | None, unit: MoneyUnit) -> str:
    """A value as the table shows it."""
    if isinstance(value, Decimal):
        return show_own_value(value)
    if isinstance(value, int):
        return format_money(value, unit)
    return "—" if value is None else " ".join(str(value).split())


def verdict(judged: JudgedEdit) -> str:
    """What is to be said of one edit."""
    if judged.refused:
        return f"不能写入：{judged.refused}"
    if judged.doubts:
        return f"存疑：{judged.doubts[0]}"
    if not judged.changes:
        return "不变"
    return f"提醒：{judged.remarks[0]}" if judged.remarks else ""


class ConfirmStrip(PendingStrip):
    """``accepted`` with the edits to write and the reason; ``dropped`` when the person thinks better of it."""

    accepted = Signal(object, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("确认修改", parent)
        self._theme = theme
        self.proposal: Proposal | None = None
        self.table = Listing((
            ListColumn("项目", lambda j: f"{j.code}　{j.project}", 300),
            ListColumn("栏目", lambda j: j.edit.field.label, 130),
            ListColumn("原值", lambda j: shown_value(j.old, self._unit), 130, right=True),
            ListColumn("新值", lambda j: j.edit.words if j.refused else shown_value(j.new, self._unit), 130, right=True,
                         bold=lambda j: j.changes),
            ListColumn("说明", verdict, 0, color=self._color, tip=verdict),
        ), theme, "将要修改的内容")
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self.insist = QCheckBox()
        self.insist.setAccessibleName("存疑的也写入")
        self.middle.addWidget(self.table)
        self.row.insertWidget(0, self.insist)
        self.reason.setPlaceholderText("为什么改（可空），如：市政府第12次常务会议调整")
        self.reason.setAccessibleName("修改原因")
        self.insist.toggled.connect(self._say_count)

    @property
    def _unit(self) -> MoneyUnit:
        return self.proposal.unit if self.proposal else MoneyUnit.WAN

    def _color(self, judged: JudgedEdit) -> QColor | None:
        if judged.refused or judged.doubts:
            return QColor(self._theme.palette.serious)
        return QColor(self._theme.palette.lagging if judged.remarks else self._theme.palette.quiet)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what would change, and take the keyboard."""
        self.proposal = proposal
        judged = proposal.judged
        single = len(judged) == 1
        doubted = sum(bool(j.doubts) for j in judged)
        self.table.setVisible(not single)
        self.table.list.show_items(sorted(
            judged, key=lambda j: 0 if j.refused else 1 if j.doubts else 2 if j.changes else 3))
        if single:
            j = judged[0]
            self.title.setText(f"“{j.project}”{j.edit.field.label}："
                               f"{shown_value(j.old, proposal.unit)} → {shown_value(j.new, proposal.unit)}")
        else:
            refused = sum(bool(j.refused) for j in judged)
            parts = [f"将修改 {len(proposal.changing) - doubted} 处", f"不变 {sum(not j.changes and not j.refused for j in judged)} 处"]
            parts += [f"存疑 {doubted} 处"] * bool(doubted) + [f"不能写入 {refused} 处"] * bool(refused)
            self.title.setText(f"{proposal.title}：{'，'.join(parts)}（单位：{proposal.unit.value}）")
        said = list(proposal.said) + ([verdict(judged[0])] if single and verdict(judged[0]) else [])
        self.said.setText("；".join(said))
        self.said.setVisible(bool(said))
        self.insist.setText("已核实，照样写入" if single else f"存疑的 {doubted} 处也写入")
        self.insist.setChecked(False)
        self.insist.setVisible(bool(doubted))
        self.reason.setVisible(proposal.reasoned)
        self._say_count()
        self.show()
        first: QWidget = self.insist if doubted and single else self.reason if proposal.reasoned else self.write
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self.reason.selectAll()

    def chosen(self) -> list[JudgedEdit]:
        """The edits that would be written now."""
        if self.proposal is None:
            return []
        return [j for j in self.proposal.changing if not j.doubts or self.insist.isChecked()]

    def _say_count(self) -> None:
        count = len(self.chosen())
        self.write.setText("写入" if self.proposal and len(self.proposal.judged) == 1 else f"写入 {count} 处")
        self.write.setEnabled(count > 0)

    def accept(self) -> None:
        """Write what is chosen."""
        chosen = self.chosen()
        if chosen:
            reason = self.reason.text().strip() if self.proposal and self.proposal.reasoned else ""
            self.hide()
            self.accepted.emit(chosen, reason)
            self.proposal = None
        elif self.insist.isVisible() and not self.insist.isChecked():
            self.insist.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.said.text().endswith(_TICK):
                self.said.setText(self.said.text() + _TICK)

    def cancel(self) -> None:
        """Change nothing."""
        if self.proposal is not None:
            self.proposal = None
            self.hide()
            self.dropped.emit()
