"""归档: every issued report, found again, opened as it was, saved, corrected."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.job_progress import Progress
from hydesk.domain.people import Right
from hydesk.services.reports.archived_report import issue_file
from hydesk.services.reports.issue_report import IssuedReport, list_issues, save_issue
from hydesk.services.reports.print_report import Binding
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.files import Purpose, ask_folder
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.pdf_pages import PdfFile
from hydesk.ui.kit.words import PRINT
from hydesk.ui.screens.reports.page_pane import PagePane


def _state(issue: IssuedReport) -> str:
    return "◆ 已更正" if issue.corrected_by else "更正件" if issue.corrects else ""


def _over(issue: IssuedReport) -> str:
    """What it is about: a unit, a project, the city; of some projects only which."""
    of = issue.subject or ("" if issue.scope_words else "全市")
    return "，".join(x for x in (of, f"只统计{issue.scope_words}的项目" if issue.scope_words else "") if x)


class ArchivePage(QWidget):
    """The list at the left, the pages of the current one at the right, what it changed below the list."""

    correct_asked = Signal(object)
    """An IssuedReport."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._issues: list[IssuedReport] = []
        self._number = 0
        self.table: Listing[IssuedReport] = Listing([
            ListColumn("期号", lambda i: f"{i.year}年第{i.number}期", 112),
            ListColumn("种类", lambda i: i.kind.label, 124),
            ListColumn("报告期", lambda i: i.period.label, 108),
            ListColumn("对象", _over, 0, tip=_over),
            ListColumn("归档", lambda i: f"{i.issued_at.astimezone():%m-%d %H:%M}", 92),
            ListColumn("", _state, 76),
        ], desk.theme, "归档报告")
        self.words = QLineEdit()
        self.words.setPlaceholderText("查期号、种类、报告期、对象")
        self.words.setAccessibleName("查找归档")
        self.words.setClearButtonEnabled(True)
        self.note = QPlainTextEdit()
        self.note.setReadOnly(True)
        self.note.setAccessibleName("更正内容")
        self.note.setFixedHeight(150)
        self.pane = PagePane(desk)
        self.view, self.find_bar = self.pane.view, self.pane.find_bar
        self.said = label("", "quiet")
        self.empty = EmptyState()
        self.empty.say("还没有归档的报告。在“报告”里出好一份，点“归档”，就冻结在这里。")
        self._lay_out()
        self.words.textChanged.connect(lambda _t: self._filter())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.table.opened.connect(self.view.setFocus)

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("card")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        self.correcting = button("更正", self._correct, tip="按现在的台账重新出一份，编新期号，写明改了什么")
        self.saving = button("存为…", self.save)
        self.printing = button(PRINT, self.print_pages)
        self.sheet = button("归档单…", self.save_sheet, tip="一页纸：报告、文件和台账当时的封签，打印签字后另行保管")
        offer(self._desk, Right.ISSUE, self.correcting)
        for one in (self.correcting, self.saving, self.sheet, self.printing):
            one.setEnabled(False)
            top.addWidget(one)
        inside.addLayout(top)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        inside.addWidget(self.said)
        inside.addWidget(self.note)
        self.note.hide()
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setSizes([640, 560])
        splitter.setChildrenCollapsible(False)
        in_column(splitter, on=self, margins=0)

    def reload(self) -> None:
        """Read the archive again; the current issue stays."""
        ledger = self._desk.ledger
        self._desk.jobs.start("读取归档", lambda _p: list_issues(ledger), self, done=self._take, quiet=True)

    def _take(self, issues: list[IssuedReport]) -> None:
        newest = bool(issues) and (not self._issues or issues[0].id != self._issues[0].id)
        self._issues = issues
        self._filter()
        if newest:
            self.table.selectRow(0)

    def _filter(self) -> None:
        words = self.words.text().split()
        kept = self.table.current()
        shown = [i for i in self._issues if all(w in f"{i.label} {i.period.label} {i.period} {i.subject} {i.title} {i.note} {i.scope_words}"
                                                for w in words)]
        self.table.list.show_items(shown)
        self.empty.setVisible(not self._issues)
        self.table.setVisible(bool(self._issues))
        row = next((n for n, i in enumerate(shown) if kept is not None and i.id == kept.id), 0)
        if shown:
            self.table.selectRow(row)
        self._show_current()

    @property
    def current(self) -> IssuedReport | None:
        """The issue in hand."""
        found: IssuedReport | None = self.table.current()
        return found

    def _show_current(self) -> None:
        issue = self.current
        for one in (self.correcting, self.saving, self.sheet, self.printing):
            one.setEnabled(issue is not None)
        self.note.setVisible(issue is not None and bool(issue.note))
        if issue is None:
            self.said.clear()
            self.view.show_file(None)
            return
        self.note.setPlainText(issue.note)
        self.said.setText(f"{issue.actor} 于 {issue.issued_at.astimezone():%Y-%m-%d %H:%M} 归档" + self._chain(issue))
        self._number += 1
        number, ledger = self._number, self._desk.ledger

        def done(file: PdfFile) -> None:
            if number == self._number:
                self.view.show_file(file)

        self._desk.jobs.start("打开归档", lambda _p: PdfFile(issue_file(ledger, issue.id, "pdf")[1]), self, done=done,
                              quiet=True)

    def _chain(self, issue: IssuedReport) -> str:
        by_id = {i.id: i for i in self._issues}
        said = ""
        if issue.corrects in by_id:
            said += f"；更正 {by_id[issue.corrects].label}，改动如下"
        if issue.corrected_by in by_id:
            said += f"；已由 {by_id[issue.corrected_by].label} 更正"
        return said

    def _correct(self) -> None:
        if self.current is not None:
            self.correct_asked.emit(self.current)

    def save(self) -> None:
        """Ask for a folder, and write the files of text and annexes there as they were issued."""
        folder = ask_folder(self, self._desk.settings, Purpose.REPORT, "存到哪个文件夹") if self.current else ""
        if folder:
            self.save_into(Path(folder))

    def save_into(self, folder: Path) -> None:
        """Write the current issue's files into ``folder``."""
        issue, ledger = self.current, self._desk.ledger
        if issue is not None:
            self._desk.jobs.start("保存归档", lambda _p: save_issue(ledger, issue.id, folder, binding=Binding.APART), self,
                                  done=lambda _r: self._desk.notice(f"已存到 {folder}"))

    def save_sheet(self) -> None:
        """Ask for a folder, and write the sheet the office keeps of the current issue there."""
        folder = ask_folder(self, self._desk.settings, Purpose.REPORT, "归档单存到哪个文件夹") if self.current else ""
        if folder:
            self.save_sheet_into(Path(folder))

    def save_sheet_into(self, folder: Path) -> None:
        """Write the sheet of the current issue into ``folder``."""
        issue, ledger = self.current, self._desk.ledger
        if issue is None:
            return

        def work(_progress: Progress) -> Path:
            from hydesk.services.reports.issue_sheet import issue_sheet
            from hydesk.services.reports.print_notice import print_notice

            return print_notice(issue_sheet(ledger, issue.id), folder, ("pdf",))[0]

        self._desk.jobs.start("归档单", work, self, done=lambda p: self._desk.notice(f"已存为 {p}，请打印签字后另行保管"))

    def print_pages(self) -> None:
        """Print the current issue as it was."""
        if self.current is not None and self.view.file is not None:
            from hydesk.ui.kit.printing import ask_and_print

            ask_and_print(self._desk, self.view.file, self.current.title, self)
