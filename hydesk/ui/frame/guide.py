"""From a project list in Excel to a ledger, on one page: the file, what was understood of it, where the ledger lies."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Finding
from hydesk.domain.list_review import ListItem
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.understanding import ReadColumn, ReadSheet
from hydesk.services.upkeep.start_ledger import ListPreview, preview_project_list
from hydesk.ui import tokens
from hydesk.ui.frame.opening import MakeFromList
from hydesk.ui.jobs import Job, Jobs
from hydesk.ui.kit.basic import Card, button, inset, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import LEDGERS, TABLES, Purpose, ask_open, ask_save
from hydesk.ui.kit.list_frame import tabbed
from hydesk.ui.kit.list_items import item_columns
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import BACK
from hydesk.ui.style import Theme


class ListGuide(QWidget):
    """Three lines from top to bottom; nothing is made before the last button."""

    left = Signal()
    """Back to the choices."""
    chosen = Signal(object)
    """A MakeFromList."""

    def __init__(self, jobs: Jobs, theme: Theme, settings: QSettings, location: str) -> None:
        super().__init__()
        self._jobs, self._theme, self._settings = jobs, theme, settings
        self._location = Path(location).absolute()
        self._own_place = False
        self._job: Job | None = None
        self.preview: ListPreview | None = None
        self.file, self.place = QLineEdit(), QLineEdit()
        self.year = QSpinBox()
        self.choose = button("选择文件…", self.ask_file, kind="primary")
        self.elsewhere = button("换个位置…", self._ask_place)
        self.make = button("建台账", self._make, kind="primary")
        self.said = label("", wrap=True)
        self.other_year = button("", self._take_other_year)
        self.beside = label("", "quiet", wrap=True)
        self.columns, self.findings = self._column_table(), self._finding_table()
        self.items: Listing[ListItem] = Listing(item_columns(theme, None), theme, "读到的项目", key=lambda i: (i.sheet, i.row))
        self._set_up_inputs()
        self._lay_out()
        self._show(None)

    def _set_up_inputs(self) -> None:
        self.year.setRange(2000, 2100)
        self.year.setValue(date.today().year)
        self.year.setAccessibleName("项目清单的年份")
        self.year.setSuffix(" 年")
        inset(self.year)
        self.file.setAccessibleName("项目清单文件")
        self.file.setPlaceholderText("Excel、WPS、CSV 都行，至少有“项目名称”一列")
        self.place.setAccessibleName("台账放在")
        self.file.editingFinished.connect(self._typed)
        self.year.editingFinished.connect(self._typed)
        self.place.textEdited.connect(self._typed_place)
        self._read_for: tuple[str, int] | None = None

    def _column_table(self) -> Listing[tuple[str, ReadColumn]]:
        quiet = QColor(self._theme.palette.quiet)
        return Listing([
            ListColumn("列", lambda c: c[1].letter, 48),
            ListColumn("表头", lambda c: c[1].header or "（空）", 250),
            ListColumn("取作", lambda c: c[1].field.label if c[1].field else "不取", 150,
                         color=lambda c: None if c[1].field else quiet),
            ListColumn("金额单位", lambda c: c[1].unit.value if c[1].unit else "", 88),
            ListColumn("依据", lambda c: c[1].reason, 0),
            ListColumn("工作表", lambda c: c[0], 120),
        ], self._theme, "读懂的栏目")

    def _finding_table(self) -> Listing[Finding]:
        palette = self._theme.palette
        return Listing([
            ListColumn("", lambda f: tokens.LEVEL_MARK[f.level], 36, color=lambda f: palette.of_level(f.level)),
            ListColumn("位置", _where, 190),
            ListColumn("说明", _said, 0),
        ], self._theme, "没读懂和要看的地方")

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        for one, share in ((label("项目清单", "quiet"), 0), (self.file, 1), (self.choose, 0), (self.year, 0)):
            first.addWidget(one, share)
        self.tabs, self.pages = tabbed([("", table) for table in (self.columns, self.findings, self.items)], "读懂了什么")
        self.card = Card()
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(1, 10, 1, 1)
        self.said.setContentsMargins(12, 0, 12, 0)
        self.said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside.addWidget(self.said)
        offered = in_row(self.other_year, 1, margins=(12, 0, 12, 0))
        inside.addLayout(offered)
        inside.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.pages, 1)
        last = QHBoxLayout()
        last.setSpacing(8)
        for one, share in ((label("台账放在", "quiet"), 0), (self.place, 1), (self.elsewhere, 0)):
            last.addWidget(one, share)
        foot = in_row((self.beside, 1), button(BACK, self.leave, tip="Esc"), self.make, gap=8)
        in_column(label("从 Excel 项目清单建台账", "title"), first, (self.card, 1), last, foot, on=self, gap=10, margins=(24, 8, 24, 12))

    def begin(self) -> None:
        """Come to the front."""
        if not self._own_place:
            self.place.setText(self.free_place())
        self.choose.setFocus()
        self._allow()

    def leave(self) -> None:
        """Back; a reading under way is given up. What was read stays."""
        if self._job is not None:
            self._job.cancel()
        self.left.emit()

    def free_place(self) -> str:
        """Where a new ledger is offered to lie: the given place, or one beside it that is free."""
        if not self._location.exists():
            return str(self._location)
        made = self._location.with_name(f"{self.year.value()}年重点项目台账.hydesk")
        number = 1
        while made.exists():
            number += 1
            made = made.with_name(f"{self.year.value()}年重点项目台账{number}.hydesk")
        return str(made)

    def ask_file(self) -> None:
        """Let the list be chosen and read it."""
        path = ask_open(self, self._settings, Purpose.LIST, "项目清单", TABLES)
        if path:
            self.take_file(path)

    def take_file(self, path: str) -> None:
        """Read the list at ``path``."""
        self.file.setText(path)
        self._typed()

    def _typed(self) -> None:
        """Another file or year: read it, once."""
        wanted = (self.file.text().strip().strip('"'), self.year.value())
        if not wanted[0] or wanted == self._read_for:
            return
        self._read_for = wanted
        self.read(Path(wanted[0]), wanted[1])

    def read(self, path: Path, year: int) -> None:
        """Read the list at ``path`` off the UI thread and show what was understood."""
        if self._job is not None:
            self._job.cancel()
        self._show(None)
        self.said.setText(f"正在读取 {path.name} …")
        if not self._own_place:
            self.place.setText(self.free_place())

        def failed(error: Exception) -> None:
            if not isinstance(error, HydeskError):
                self._jobs.failed.emit(error)
            self._over()
            self.said.setText(f"■ {error}" if isinstance(error, HydeskError) else "■ 没有读成，请换一份文件再试")

        def cancelled() -> None:
            self._over()
            self.said.setText("已取消读取。")

        self._job = self._jobs.start("读取项目清单", lambda p: preview_project_list(path, year, p), self,
                                     done=self._read, failed=failed, cancelled=cancelled)

    def _over(self) -> None:
        self._job, self._read_for = None, None

    def _read(self, preview: ListPreview) -> None:
        self._job = None
        self._show(preview)
        for one in (self.make, self.other_year):  # the year in doubt first
            if one.isEnabled() and not one.isHidden():
                one.setFocus()

    def _show(self, preview: ListPreview | None) -> None:
        self.preview = preview
        known = preview is not None
        year = meant_year(preview) if preview is not None else None
        self.other_year.setVisible(year is not None)
        self.other_year.setText(f"清单里写的是 {year} 年的计划，改按 {year} 年读")
        self._other_year = year
        self.tabs.setVisible(known)
        self.pages.setVisible(known)
        self.choose.setObjectName("" if known else "primary")  # what was read asks for 建台账
        self.choose.style().polish(self.choose)
        if preview is None:
            self.said.setText("选好文件后，这里列出读懂了什么：多少项目、合计多少、哪一列取作什么、哪些地方没读懂。到最后一步之前什么也不会建。")
        else:
            columns: list[tuple[str, ReadColumn]] = [
                (s.name, c) for s in preview.result.sheets if s.used for c in s.columns]
            findings = sorted(preview.result.findings, key=lambda f: list(tokens.LEVEL_MARK).index(f.level))
            self.columns.list.show_items(columns)
            self.findings.list.show_items(findings)
            taken = sum(1 for _, c in columns if c.field is not None)
            self.tabs.setTabText(0, f"栏目（取了 {taken} 列，共 {len(columns)} 列）")
            self.tabs.setTabText(1, f"没读懂和要看的地方（{len(findings)}）")
            self.items.show_items(preview.items)
            self.tabs.setTabText(2, f"项目（{len(preview.items)}）")
            self.tabs.setCurrentIndex(1 if preview.result.rejected else 0)
            self.said.setText(summary(preview))
        self._allow()

    def _take_other_year(self) -> None:
        if self._other_year is not None:
            self.year.setValue(self._other_year)
            self._typed()

    def _typed_place(self) -> None:
        self._own_place = True
        self._allow()

    def _ask_place(self) -> None:
        path = ask_save(self, self._settings, Purpose.LEDGER, "台账放在", self.place.text(), LEDGERS, whole=True)
        if path:
            self._own_place = True
            self.place.setText(path if Path(path).suffix else path + ".hydesk")
            self._allow()

    def _allow(self) -> None:
        good = self.preview is not None and self.preview.projects > 0
        there = self.place.text().strip()
        taken = bool(there) and Path(there).exists()
        if taken:
            self.beside.setText("■ 这里已经有同名文件，不会覆盖它；请换个名字或位置。")
        elif good and self.preview is not None:
            self.beside.setText(f"点“建台账”后写入 {self.preview.projects} 个项目；以后还可以再导入、撤销。")
        else:
            self.beside.setText("")
        self.make.setEnabled(good and bool(there) and not taken)

    def _make(self) -> None:
        if self.preview is not None and self.make.isEnabled():
            place = Path(self.place.text().strip()).expanduser()
            self.chosen.emit(MakeFromList(str(place if place.suffix else place.with_suffix(".hydesk")), self.preview))


def summary(preview: ListPreview) -> str:
    """What was understood, in two or three lines."""
    if preview.result.rejected or not preview.projects:
        first = preview.result.findings[-1].message if preview.result.findings else "没有读到项目"
        return f"■ 没有读懂这份清单：{first}"
    yi = MoneyUnit.YI
    lines = [f"读到 {preview.projects} 个项目，总投资 {format_money(preview.total, yi, 2)} 亿元，"
             f"{preview.read.year} 年计划投资 {format_money(preview.plan, yi, 2)} 亿元。请与清单上的合计核对。"]
    named = [(unit, n) for unit, n in preview.units if unit]
    if named:
        shown = "、".join(f"{unit} {n}" for unit, n in named[:6])
        lines.append(f"{len(named)} 个填报单位：{shown}{' …' if len(named) > 6 else ''}")
    doubts = []
    if preview.left_out:
        doubts.append(f"{preview.left_out} 行没有取（见“没读懂和要看的地方”）")
    if preview.planless:
        doubts.append(f"{preview.planless} 个项目没有年度计划")
    nobody = dict(preview.units).get("", 0)
    if nobody:
        doubts.append(f"{nobody} 个项目没有写填报单位")
    unread = [s for s in preview.result.sheets if not s.used]
    if unread:
        doubts.append("没有读的工作表：" + "；".join(_why(s) for s in unread[:3]))
    if doubts:
        lines.append("◆ " + "；".join(doubts) + "。")
    return "\n".join(lines)


def meant_year(preview: ListPreview) -> int | None:
    """The year whose plan stands in the list, where no project has a plan of the year it was read for."""
    if preview.read.listed.other_year is not None:
        return preview.read.listed.other_year
    if not preview.projects or preview.planless < preview.projects:
        return None
    heads = (c.header for s in preview.result.sheets if s.used for c in s.columns if c.field is None)
    years = {int(m[1]) for head in heads if (m := re.search(r"(20\d\d)\s*年?.*计划", head))}
    return max(years - {preview.read.year}, default=None)


def _why(sheet: ReadSheet) -> str:
    why = sheet.why or ""
    return why if why.startswith(f"“{sheet.name}”") else f"“{sheet.name}”{why}"


def _said(finding: Any) -> str:
    """The sentence without the place before it, which has a column of its own."""
    f: Finding = finding
    return re.sub(r"^表?“[^”]*”[A-Z0-9第行列]*：", "", f.message) if f.sheet else f.message


def _where(finding: Any) -> str:
    f: Finding = finding
    place = f.cell or (f"第{f.file_row}行" if f.row else f"{f.column}列" if f.column else "")
    return f"{f.sheet} {place}".strip() if f.sheet else place or "整份文件"
