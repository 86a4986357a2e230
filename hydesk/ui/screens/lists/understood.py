"""What was understood of a list: its columns, its sections and what to look at. Each can be corrected by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from hydesk.domain.fields import MONEY_FIELDS, PROGRESS_FIELDS, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.list_known import ListChoices, SectionChoice
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.understanding import ReadColumn, ReadSection, ReadSheet
from hydesk.services.returns.name_columns import UNITS_TO_NAME
from hydesk.ui import tokens
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.style import Theme

Change = Callable[[ListChoices], ListChoices]
LISTED = tuple(f for f in Field if f not in PROGRESS_FIELDS)
"""Fields a list's column can hold."""
OF_SECTIONS = (Field.CATEGORY, Field.NATURE, Field.REPORTING_UNIT, Field.LEVEL, Field.INDUSTRY, Field.CHAIN, Field.BATCH)
"""Fields a section can say."""


OWN = "own"
"""Among the fields to choose from: kept as a column of the office's own."""


def _taken_for(c: tuple[str, ReadColumn]) -> str:
    return c[1].field.label if c[1].field else f"自建栏目“{c[1].own}”" if c[1].own else "不取"


class _Pane(QWidget):
    """A table and a line below it in which what is selected is corrected."""

    chosen = Signal(object)
    """A Change of the choices."""

    def _put(self, table: QWidget, *below: QWidget) -> None:
        line = in_row(*below, 1, gap=8)
        in_column((table, 1), line, on=self, margins=0)


def _with(held: Mapping, key: object, value: object) -> dict:  # type: ignore[type-arg]
    return {**held, key: value}


class ColumnsPane(_Pane):
    """Every column: what it was taken for, in which unit, and why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        quiet = QColor(theme.palette.quiet)
        self.taken = 0
        self.table: Listing[tuple[str, ReadColumn]] = Listing((
            ListColumn("列", lambda c: c[1].letter, 48),
            ListColumn("表头", lambda c: c[1].header or "（空）", 260),
            ListColumn("取作", _taken_for, 160, color=lambda c: None if c[1].field or c[1].own else quiet),
            ListColumn("金额单位", lambda c: c[1].unit.value if c[1].unit and c[1].field else "", 80),
            ListColumn("依据", lambda c: c[1].reason, 220, stretch=True, color=lambda _c: quiet),
            ListColumn("工作表", lambda c: c[0], 120),
        ), theme, "读懂的栏目", key=lambda c: (c[0], c[1].letter))
        self.field, self.unit, self.kind = QComboBox(), QComboBox(), QComboBox()
        self.kind.setAccessibleName("自建栏目填什么")
        for kind in OwnKind:
            self.kind.addItem(kind.label, kind.value)
        self.field.setAccessibleName("这一列取作")
        self.unit.setAccessibleName("这一列的金额单位")
        self.field.addItem("不取", None)
        self.field.addItem("保留为自建栏目", OWN)
        for f in LISTED:
            self.field.addItem(f.label, f.value)
        for u in UNITS_TO_NAME:
            self.unit.addItem(u.value, u.value)
        self.change = button("按这个读", self.say, tip="按指定的栏目重新读一遍；写入后记住，下次同样的表头照此读")
        self._put(self.table, label("选中的列取作", "quiet"), self.field, self.unit, self.kind, self.change)
        self.table.chosen.connect(self._offer)
        self.field.currentIndexChanged.connect(lambda _i: self._allow())
        self._offer()

    def show_sheets(self, sheets: Sequence[ReadSheet], _choices: ListChoices) -> None:
        """Show the columns of all sheets that were read."""
        columns = [(s.name, c) for s in sheets if s.used for c in s.columns]
        self.taken = sum(c.field is not None or bool(c.own) for _, c in columns)
        self.table.show_items(columns)
        self._offer()

    def _offer(self) -> None:
        found = self.table.current()
        for one in (self.field, self.change):
            one.setEnabled(found is not None)
        if found is not None:
            held = found[1].field.value if found[1].field else OWN if found[1].own else None
            self.field.setCurrentIndex(max(self.field.findData(held), 0))
            self.unit.setCurrentIndex(max(self.unit.findData(found[1].unit.value if found[1].unit else None), 0))
        self._allow()

    def _allow(self) -> None:
        f = self.field.currentData()
        self.unit.setVisible(f not in (None, OWN) and Field(f) in MONEY_FIELDS)
        self.kind.setVisible(f == OWN)

    def say(self) -> None:
        """The selected column is what is chosen."""
        found, chosen = self.table.current(), self.field.currentData()
        if found is None:
            return
        header = found[1].header
        if chosen == OWN:
            column = OwnColumn(header.rpartition("/")[2].partition("(")[0][:30], OwnKind(self.kind.currentData()))
            self.chosen.emit(lambda c: replace(c, own=_with(c.own, header, column)))
            return
        f = Field(chosen) if chosen is not None else None
        unit = MoneyUnit(self.unit.currentData()) if f in MONEY_FIELDS else None

        def change(c: ListChoices) -> ListChoices:
            made = replace(c, columns=_with(c.columns, header, f))
            return made if unit is None else replace(made, units=_with(c.units, header, unit))

        self.chosen.emit(change)


class SectionsPane(_Pane):
    """Every section's words and what its rows got from them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        quiet = QColor(theme.palette.quiet)
        self.table: Listing[ReadSection] = Listing((
            ListColumn("行", lambda s: str(s.row), 56),
            ListColumn("分组行", lambda s: s.words, 280, stretch=True),
            ListColumn("取作", lambda s: "，".join(f"{f.label}“{v}”" for f, v in s.values.items()) or "没有取", 280, stretch=True,
                       color=lambda s: None if s.values else quiet),
            ListColumn("工作表", lambda s: s.sheet, 140),
        ), theme, "分组行", key=lambda s: (s.sheet, s.row))
        self.field, self.value = QComboBox(), QLineEdit()
        self.field.setAccessibleName("这一组取作")
        self.value.setAccessibleName("这一组的内容")
        self.value.setPlaceholderText("如 产业发展、续建、衡南县")
        self.field.addItem("不取", None)
        for f in OF_SECTIONS:
            self.field.addItem(f.label, f.value)
        self.change = button("按这个读", self.say)
        self._put(self.table, label("选中的分组取作", "quiet"), self.field, self.value, self.change)
        self.table.chosen.connect(self._offer)
        self.field.currentIndexChanged.connect(lambda _i: self.value.setEnabled(self.field.currentData() is not None))
        self._offer()

    def show_sections(self, sections: Sequence[ReadSection], _choices: ListChoices) -> None:
        """Show the sections in the list's order."""
        self.table.show_items(sections)
        self._offer()

    def _offer(self) -> None:
        found = self.table.current()
        for one in (self.field, self.change):
            one.setEnabled(found is not None)
        if found is not None:
            f, value = next(iter(found.values.items()), (None, re.sub(r"(项目|工程)+$", "", found.words)))
            self.field.setCurrentIndex(max(self.field.findData(f.value if f is not None else None), 0))
            self.value.setText(value)
        self.value.setEnabled(self.field.currentData() is not None)

    def say(self) -> None:
        """The sections of the selected one's words mean what is chosen."""
        found, f, value = self.table.current(), self.field.currentData(), self.value.text().strip()
        if found is not None and (f is None or value):
            choice = SectionChoice(Field(f) if f is not None else None, value)
            self.chosen.emit(lambda c: replace(c, sections=_with(c.sections, found.words, choice)))


class FindingsPane(_Pane):
    """What was not understood and what to look at, each with its cell; a value is corrected by typing another."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        palette = theme.palette
        self.count = 0
        self.table: Listing[Finding] = Listing((
            ListColumn("", lambda f: tokens.LEVEL_MARK[f.level], 36, color=lambda f: palette.of_level(f.level)),
            ListColumn("级别", lambda f: f.level.label, 56, lambda f: list(Level).index(f.level)),
            ListColumn("位置", _where, 170),
            ListColumn("说明", _said, 300, stretch=True),
        ), theme, "要看的地方", key=lambda f: (f.code, f.sheet, f.row, f.cell, f.column, f.message))
        self.typed = QLineEdit()
        self.typed.setAccessibleName("改为")
        self.typed.setPlaceholderText("这一格应是……，如 8600")
        self.typed.setMinimumWidth(240)
        self.change = button("改为", self.say, tip="按改的读，清单原件不动；导入记录里注明")
        self._put(self.table, label("选中的这一格", "quiet"), self.typed, self.change)
        self.table.chosen.connect(self._offer)
        self.typed.returnPressed.connect(self.say)
        self._offer()

    def show_findings(self, findings: Sequence[Finding], _choices: ListChoices) -> None:
        """Show them, the gravest first."""
        ordered = sorted(findings, key=lambda f: list(Level).index(f.level))
        self.count = sum(f.level is not Level.NOTE for f in findings)
        self.table.show_items(ordered)
        self._offer()

    def _offer(self) -> None:
        f = self.table.current()
        allowed = f is not None and f.field is not None and f.row is not None and f.sheet is not None
        self.typed.setEnabled(allowed)
        self.change.setEnabled(allowed)
        if f is not None and allowed and f.suggestion is not None:
            self.typed.setText(format_money(f.suggestion, MoneyUnit.WAN))
        else:
            self.typed.clear()

    def say(self) -> None:
        """The selected cell is what was typed."""
        f, text = self.table.current(), self.typed.text().strip()
        if f is None or f.field is None or f.row is None or f.sheet is None or not text:
            return
        key = (f.sheet, f.row, f.field)
        self.chosen.emit(lambda c: replace(c, values=_with(c.values, key, text)))


def _said(f: Finding) -> str:
    """The sentence without the place before it, which has a column of its own."""
    return re.sub(r"^表?“[^”]*”[A-Z0-9第行列]*：", "", f.message) if f.sheet else f.message


def _where(f: Finding) -> str:
    place = f.cell or (f"第{f.file_row}行" if f.row else f"{f.column}列" if f.column else "")
    return f"{f.sheet} {place}".strip() if f.sheet else place or "整份清单"
