"""The right side of 概况: the figures of the period, and what was last said of the project."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hydesk.domain.fields import PROGRESS_TEXTS, Field
from hydesk.domain.measures.measured import measured
from hydesk.domain.measures.named import OF_FIELD
from hydesk.domain.measures.reach import as_of
from hydesk.domain.measures.words import span
from hydesk.domain.money import format_money, format_percent, format_points, rate
from hydesk.services.pages.project_page import ProjectPage
from hydesk.ui import style, tokens
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.meant import mean, quote
from hydesk.ui.screens.project.money import NEEDED, needed


class Summary(Card):
    """``source_asked`` with the Provenance of the figure or text that was clicked."""

    source_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        in_column(self.area, on=self, margins=(14, 10, 4, 10))

    def show_page(self, page: ProjectPage) -> None:
        """Show the figures of ``page``."""
        body = QWidget()
        layout = in_column(label(f"{page.period.label}　万元", "heading"), self._figures(page), on=body, gap=8, margins=(0, 0, 10, 0))
        need = label(needed(page), "", wrap=True)
        mean(need, *NEEDED)
        layout.addWidget(need)
        self._texts(page, layout)
        layout.addStretch(1)
        self.area.setWidget(body)

    def _figures(self, page: ProjectPage) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        s = page.standing
        if s is None:
            grid.addWidget(label(f"这个项目不在 {page.period.year} 年的清单里。", "quiet"), 0, 0)
            return grid
        completion, gap = rate(s.year_investment, s.annual_plan), page.yardstick.shown_gap(s)
        at = as_of(s)
        until = "" if at is None else f"（{span(at, '–')}）"
        lines: list[tuple[str, str, Field | str]] = [
            ("年度计划投资", format_money(s.annual_plan), Field.ANNUAL_PLAN),
            (f"{page.period.last_month.number}月完成", format_money(s.month_investment), Field.MONTH_INVESTMENT),
            (f"年初累计完成{until}", format_money(s.year_investment), Field.YEAR_INVESTMENT),
            ("占年度计划", format_percent(completion), "completion"),
            ("较时间进度（个百分点）", format_points(gap), "gap"),
            ("开工累计完成", format_money(s.total_invested), Field.TOTAL_INVESTED),
            ("占总投资", format_percent(rate(s.total_invested, s.total_investment)), "total_completion"),
            ("到位资金", format_money(s.funds_arrived), Field.FUNDS_ARRIVED),
            ("累计入统（统计口径）", format_money(s.statistics_year), Field.STATISTICS_YEAR),
            *((f.label, format_money(v), f) for f, v in s.others.items() if isinstance(v, int) and f in OF_FIELD),
        ]
        for row, (name, text, own) in enumerate(lines):
            grid.setRowMinimumHeight(row, 24)
            grid.addWidget(label(name, "quiet"), row, 0)
            made = self._figure(page, text, None if isinstance(own, str) else own)
            mean(made, measured(own if isinstance(own, str) else OF_FIELD[own], None, at), tip=made.toolTip())
            grid.addWidget(made, row, 1, Qt.AlignmentFlag.AlignRight)
        if at is not None and not page.yardstick.reported(s):
            said = f"{page.yardstick.shown.short_label}未报，累计数、完成率和较时间进度都按{at.label}"
            grid.addWidget(label(said, "small", wrap=True), len(lines), 0, 1, 2)
        return grid

    def _figure(self, page: ProjectPage, text: str, field: Field | None) -> QWidget:
        found = None
        if field is not None:
            at = page.standing.as_of if page.standing else None
            scopes = (str(page.period.year), "") if field is Field.ANNUAL_PLAN else (str(page.period.last_month), str(at))
            found = next((page.sources[s, field] for s in scopes if (s, field) in page.sources), None)
        if found is None:
            made: QWidget = label(text)
        else:
            source = found
            made = button(text, lambda: self.source_asked.emit(source), kind="row", tip="看这个数从哪里来")
            made.setAccessibleName(f"{field.label if field else ''} {text}，看来源")
        made.setFont(style.figures(tokens.BODY_PT))
        return made

    def _texts(self, page: ProjectPage, layout: QVBoxLayout) -> None:
        newest = next((m for m in reversed(page.history.months) if m.texts and (m.day <= page.period.day or m.period == page.period)), None)
        if newest is None:
            layout.addWidget(label("还没有收到形象进度。", "quiet"))
            return
        for field in PROGRESS_TEXTS:
            text = newest.texts.get(field)
            if not text:
                continue
            layout.addWidget(label(f"{field.label}（{newest.label}）", "quiet"))
            words = label(text, "", wrap=True)
            quote(words)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            layout.addWidget(words)
