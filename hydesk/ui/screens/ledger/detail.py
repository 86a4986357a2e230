"""The side panel of one project: facts, figures by month, where they came from, and the change log."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.fields import LABELS, PROGRESS_TEXTS, SUMS_TO_DATE, Field, FieldKind
from hydesk.domain.job_progress import Progress
from hydesk.domain.measures.measured import measured
from hydesk.domain.measures.named import OF_FIELD
from hydesk.domain.measures.reach import as_of
from hydesk.domain.money import Yuan, format_money, format_percent
from hydesk.domain.own_columns import OwnColumn, show_own_value
from hydesk.domain.standing import OTHERS
from hydesk.services.pages.ledger_columns import LedgerLine
from hydesk.services.projects.project_history import LoggedChange, MonthFigures, ProjectHistory, Provenance
from hydesk.ui import style, tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label, set_tone
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.meant import mean, quote
from hydesk.ui.kit.side_panel import headed
from hydesk.ui.tokens import Palette

_TABS = ("概况", "各月", "来源", "修改记录")


class DetailPanel(QFrame):
    """Shown at the right of the table; follows the selection."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: LedgerLine | None = None
        self._own: Sequence[OwnColumn] = ()
        self._history: ProjectHistory | None = None
        self._sources: dict[Field, Provenance] = {}
        self._wanted = 0
        self.setObjectName("panel")
        self.setFixedWidth(tokens.PANEL_WIDTH)
        self.setAccessibleName("项目详情")
        self.name = label("", "heading", wrap=True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code = label("", "quiet")
        self.lamp = label("", "", wrap=True)
        self.tabs = tab_row(_TABS, "项目详情的各页")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self.tabs.currentChanged.connect(self._fill)
        on_escape(self, self.closed.emit)

    def _lay_out(self) -> None:
        layout = headed(self, self.name, self._desk, self.closed.emit)
        layout.addWidget(self.code)
        layout.addWidget(self.lamp)
        layout.addWidget(self.tabs)
        layout.addWidget(self.area, 1)

    def show_project(self, line: LedgerLine, own: Sequence[OwnColumn] = ()) -> None:
        """Show ``line``, with what stands in the columns ``own``, at once and read its history in a job."""
        self._own = own
        same = self._line is not None and self._line.project.id == line.project.id
        self._line = line
        if not same:
            self._history, self._sources = None, {}
        p = line.project
        self.name.setText(p.name)
        self.code.setText(f"{p.code}　{p.unit}　{p.category}　{p.nature}")
        meaning = line.lamp.meaning
        self.lamp.setText(f"{meaning.mark} {meaning.label}　{line.lamp.reason}")
        set_tone(self.lamp, Palette.tone(meaning))
        self._fill()
        self._read(p.id)

    def _read(self, project_id: int) -> None:
        self._wanted = project_id
        ledger, period = self._desk.ledger, self._desk.period

        def work(_progress: Progress) -> tuple[ProjectHistory, dict[Field, Provenance]]:
            from hydesk.services.projects.project_history import project_history, provenance

            history = project_history(ledger, project_id)
            found = {f: provenance(ledger, project_id, f, period) for f in _SOURCED}
            return history, {f: p for f, p in found.items() if p is not None}

        def done(result: tuple[ProjectHistory, dict[Field, Provenance]]) -> None:
            if result[0].project_id == self._wanted:
                self._history, self._sources = result
                self._fill()

        self._desk.jobs.start("读取项目", work, self, done=done, quiet=True)

    def _fill(self, *_: object) -> None:
        if self._line is None:
            return
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 4, 8, 4)
        layout.setSpacing(8)
        tab = self.tabs.currentIndex()
        if tab == 0:
            layout.addLayout(facts(self._line, self._own))
        elif self._history is None:
            layout.addWidget(label("正在读取…", "quiet"))
        elif tab == 1:
            layout.addLayout(months(self._history.months))
        elif tab == 2:
            self._fill_sources(layout)
        else:
            self._fill_log(layout)
        layout.addStretch(1)
        self.area.setWidget(body)

    def _fill_sources(self, layout: QVBoxLayout) -> None:
        if not self._sources:
            layout.addWidget(label("本期还没有来自报表的数字。", "quiet", wrap=True))
        for field, source in self._sources.items():
            layout.addWidget(label(field.label, "heading"))
            if source.return_id is None:
                where = "手工修改" + (f"：{source.words}" if source.words else "")
            else:
                words = f"，原文“{source.words}”" if source.words else ""
                where = f"{source.file} · {source.sheet} · {source.cell}{words}"
            layout.addWidget(quiet_text(where))
            layout.addWidget(label(f"{source.actor}　{source.at:%Y-%m-%d %H:%M}", "small"))

    def _fill_log(self, layout: QVBoxLayout) -> None:
        assert self._history is not None
        if not self._history.changes:
            layout.addWidget(label("还没有修改。", "quiet"))
        for change in self._history.changes[:100]:
            layout.addWidget(label(said(change), "", wrap=True))
            layout.addWidget(quiet_text(f"{change.at:%Y-%m-%d %H:%M}　{change.actor}　{change.source}"
                                        + ("　已撤销" if change.undone else "")))
        if len(self._history.changes) > 100:
            layout.addWidget(label(f"更早的 {len(self._history.changes) - 100} 条没有列出。", "small"))


_SOURCED = (Field.MONTH_INVESTMENT, *SUMS_TO_DATE, *PROGRESS_TEXTS, Field.ANNUAL_PLAN, Field.TOTAL_INVESTMENT)


def quiet_text(text: str) -> QWidget:
    """Wrapped quiet text that can be selected and never widens the panel."""
    made = label(text, "small", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def said(change: LoggedChange) -> str:
    """年度计划投资（2023）：1,200.00 → 1,300.00"""
    scope = f"（{change.period}）" if change.period else ""
    return f"{change.field}{scope}：{change.old or '—'} → {change.new or '—'}"


_MEASURED = {
    "总投资（万元）": "total_investment", "年度计划（万元）": "annual_plan", "年初至今完成（万元）": "year_investment",
    "完成率": "completion", "开工累计（万元）": "total_invested", "到位资金（万元）": "funds",
    **{f"{f.label}（万元）": OF_FIELD[f] for f in OTHERS if f in OF_FIELD}}


def _said_of(value: Yuan | str) -> str:
    return format_money(value) if isinstance(value, int) else value


def facts(line: LedgerLine, own: Sequence[OwnColumn] = ()) -> QGridLayout:
    """Names at the left, values at the right; what is not known is left out."""
    p = line.project
    years = "—".join(str(y) for y in (p.start_year, p.finish_year) if y)
    at = as_of(p)
    rows = [
        ("总投资（万元）", format_money(p.total_investment)), ("年度计划（万元）", format_money(p.annual_plan)),
        ("年初至今完成（万元）", format_money(p.year_investment)), ("完成率", format_percent(line.completion)),
        ("开工累计（万元）", format_money(p.total_invested)), ("到位资金（万元）", format_money(p.funds_arrived)),
        ("数据截至", at.full_label if at else "尚无数据"),
        ("形象进度", p.progress_text), ("存在问题", p.problem_text), ("下步工作", p.next_work_text),
        (LABELS[Field.BUILDER], p.builder), (LABELS[Field.RESPONSIBLE_UNIT], p.responsible_unit),
        ("联系人", p.contact), ("建设地点", p.location), ("起止年限", years), ("优势产业", p.industry),
        ("产业链", p.chain), ("级别", p.level), ("投资主体", p.investor_kind), ("批次", p.batch),
        ("计划开工", str(p.planned_start or "")), ("实际开工", str(p.actual_start or "")),
        ("计划竣工", str(p.planned_finish or "")), ("年度目标", p.year_goal), ("建设内容", p.scale),
        ("统一代码", p.approval_code),
    ]
    rows += [(f.label + ("（万元）" if f.kind is FieldKind.MONEY else ""), _said_of(p.others[f])) for f in p.others]
    rows += [(c.head, show_own_value(p.own[c.id])) for c in own if c.id in p.own]
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate((n, v) for n, v in rows if v):
        grid.addWidget(label(name, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
        text = label(value, "", wrap=True)
        text.setFont(style.figures(tokens.BODY_PT))
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if name in _MEASURED:
            mean(text, measured(_MEASURED[name], None, at))
        else:
            quote(text)
        grid.addWidget(text, row, 1)
    return grid


def months(figures: tuple[MonthFigures, ...]) -> QGridLayout:
    """The figures of each period, newest first; figures worked out from others are set in brackets."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(5)
    heads = (("报告期", None), ("本月", Field.MONTH_INVESTMENT), ("本周", Field.WEEK_INVESTMENT), ("年初累计", Field.YEAR_INVESTMENT),
             ("开工累计", Field.TOTAL_INVESTED))
    right = Qt.AlignmentFlag.AlignRight
    for column, (word, field) in enumerate(heads):
        grid.addWidget(label(word, "quiet"), 0, column, right if field else Qt.AlignmentFlag.AlignLeft)
    for row, month in enumerate(reversed(figures), 1):
        grid.addWidget(label(month.label), row, 0)
        for column, (_, field) in enumerate(heads):
            if field is None:
                continue
            text = format_money(month.money.get(field))
            made = label(f"({text})" if field in month.derived else text)
            made.setFont(style.figures(tokens.TABLE_PT))
            mean(made, OF_FIELD[field])
            grid.addWidget(made, row, column, right)
    note = "万元；括号内为推算数，不是报表原数" if figures else "还没有收到这个项目的数字。"
    grid.addWidget(label(note, "small", wrap=True), len(figures) + 1, 0, 1, len(heads))
    return grid
