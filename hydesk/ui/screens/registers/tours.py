"""现场观摩: the route of a tour with scores and findings, and its booklet of project cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit

from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.people import Right
from hydesk.domain.shipped_registers import TOURS
from hydesk.services.mechanisms.tour_booklet import (
    PrintedBooklet,
    TourStop,
    read_criteria,
    set_tour_criteria,
    tour_criteria,
    tour_stops,
    write_criteria,
)
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.fixed import FixedPage


class ToursPage(FixedPage):
    """One tour at a time; its records are edited in the register."""

    TITLE = "现场观摩"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.stops: tuple[TourStop, ...] = ()
        self.box = QComboBox()
        self.box.setAccessibleName("观摩批次")
        self.box.setMinimumWidth(200)
        self.table = Listing(_columns(), desk.theme, "观摩路线", key=lambda s: s.record_id)
        self.head.put(self.box)
        self.criteria = button("评分项", self.ask_criteria, tip="评委打分的各项和分值")
        for made in (self.criteria, button("编辑路线和评分", lambda: self.register_wanted.emit(TOURS)),
                     print_button(self.acts, "打印路线和评分", self._paper, self.box.currentText),
                     button("观摩手册", self.print_cards, kind="primary", tip="封面、路线、每个项目一页（带照片）、分组评分表，一个 PDF")):
            self.head.put(made)
        self.card(self.table)
        EmptyWord(self.table, "还没有登记观摩项目。点“编辑路线和评分”，按观摩的次序登记项目。")
        self.follow_copies(self.table)
        self.box.activated.connect(lambda _i: self._show())

    def reader(self) -> Callable[[], tuple[TourStop, ...]]:
        ledger, period = self.desk.ledger, self.desk.period
        return lambda: tour_stops(ledger, period)

    def show_read(self, result: Any) -> None:
        held = self.box.currentText()
        self.stops = result
        self.box.clear()
        self.box.addItems(list(dict.fromkeys(s.tour for s in result)))
        self.box.setCurrentIndex(max(0, self.box.findText(held)) if result else -1)
        self._show()

    def _show(self) -> None:
        own = [s for s in self.stops if s.tour == self.box.currentText()]
        self.table.show_items(own)
        self.count.say(f"{len(own)} 个项目" if own else "还没有登记观摩项目")

    def _paper(self) -> Callable[[], object]:
        ledger, period, tour = self.desk.ledger, self.desk.period, self.box.currentText()

        def make() -> object:
            from hydesk.services.mechanisms.tour_booklet import tour_notice

            return tour_notice(ledger, period, tour)

        return make

    def ask_criteria(self) -> None:
        """What judges give points for, in a form beside the route."""
        form = PanelForm("观摩评分项")
        form.ask("criteria", "各项和分值，用分号隔开", QLineEdit(), write_criteria(tour_criteria(self.desk.ledger)))
        form.entered.connect(lambda words: self._set_criteria(form, words["criteria"]))
        self.panel.show_form(form)
        form.begin()

    def _set_criteria(self, form: PanelForm, text: str) -> None:
        ledger = self.desk.ledger
        try:
            judged = read_criteria(text)
        except HydeskError as error:
            form.say_wrong(str(error))
            form.begin("criteria")
            return
        self.acts.write("修改观摩评分项", lambda: set_tour_criteria(ledger, judged), lambda _r: "已修改观摩评分项",
                        done=lambda _r: self.panel.hide(), failed=form.say_wrong, right=Right.RULES)

    def print_cards(self) -> None:
        """Write the booklet."""
        ledger, period, tour = self.desk.ledger, self.desk.period, self.box.currentText()
        chosen = ask_save(self, self.desk.settings, Purpose.REPORT, "观摩手册", f"{tour}手册.pdf", "PDF 文件 (*.pdf)")
        if chosen:
            def work(progress: Progress) -> PrintedBooklet:
                from hydesk.services.mechanisms.tour_booklet import print_booklet_of

                return print_booklet_of(ledger, period, tour, Path(chosen), progress)

            def done(made: PrintedBooklet) -> None:
                doubts = f"；请核实照片：{made.doubts[0]}" + (f" 等 {len(made.doubts)} 张" if len(made.doubts) > 1 else "") if made.doubts else ""
                self.desk.notice(f"手册 {made.pages} 页、{made.cards} 个项目、{made.photos} 张照片，已存为 {chosen}{doubts}")

            self.desk.jobs.start("观摩手册", work, self, done=done)


def _columns() -> list[ListColumn[TourStop]]:
    return [
        ListColumn("顺序", lambda s: f"{s.order.normalize():f}" if s.order is not None else "", 56, lambda s: s.order, right=True),
        ListColumn("项目", lambda s: s.project, 200, stretch=True),
        ListColumn(UNIT, lambda s: s.unit, 98),
        ListColumn("日期", lambda s: s.day, 98),
        ListColumn("得分", lambda s: f"{s.score.normalize():f}" if s.score is not None else "—", 64, lambda s: s.score, right=True),
        ListColumn("点评", lambda s: s.comment, 180, stretch=True),
        ListColumn("发现的问题", lambda s: s.finding, 150),
        ListColumn("整改", lambda s: s.state, 84),
    ]
