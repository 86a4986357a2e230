"""承诺: what units and projects promised against what the ledger shows; 军令状 and 年终总账."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QColor

from hydesk.dataclass import dataclass
from hydesk.domain.money import format_percent
from hydesk.domain.shipped_registers import PROJECT_PROMISES, UNIT_PROMISES
from hydesk.services.mechanisms.settle_promises import Promise, kept_share, promise_state, settle_promises
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.fixed import FixedPage
from hydesk.ui.style import Theme

STATES = ("■ 未兑现", "◆ 有风险", "● 未到期", "▲ 已兑现")


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise with its project's name."""

    promise: Promise
    project: str

    @property
    def state(self) -> str:
        """▲ 已兑现, ■ 未兑现, ◆ 有风险, ● 未到期."""
        return promise_state(self.promise)


NONE_YET = "还没有登记承诺。点“登记单位承诺”或“登记项目承诺”，兑现没有由程序对照台账算。"


class PromisesPage(FixedPage):
    """Broken ones first."""

    TITLE = "承诺兑现"
    SCOPED = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: list[PromiseLine] = []
        self.tabs = tab_row(("全部", *STATES), "按兑现情况")
        self.table = Listing(_columns(desk.theme), desk.theme, "承诺兑现",
                             key=lambda x: (x.promise.record_id, x.promise.project, x.promise.about))
        for made in (button("登记单位承诺", lambda: self.register_wanted.emit(UNIT_PROMISES)),
                     button("登记项目承诺", lambda: self.register_wanted.emit(PROJECT_PROMISES)),
                     print_button(self.acts, "军令状", self._pledge, lambda: f"军令状（{self._unit()}）"),
                     print_button(self.acts, "总账", lambda: self.paper("承诺总账"), lambda: f"承诺兑现总账（{desk.period.label}）")):
            self.head.put(made)
        self.body.addWidget(self.tabs)
        self.card(self.table)
        self.word = EmptyWord(self.table, NONE_YET)
        self.follow_copies(self.table)
        self.tabs.currentChanged.connect(lambda _i: self._narrow())

    def reader(self) -> Callable[[], list[PromiseLine]]:
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted

        def read() -> list[PromiseLine]:
            from hydesk.services.standings.list_standings import list_standings

            names = {s.code: s.name for s in list_standings(ledger, period)}
            found = [PromiseLine(p, names.get(p.project, "")) for p in settle_promises(ledger, period, scope)]
            return sorted(found, key=lambda x: STATES.index(x.state))

        return read

    def show_read(self, result: Any) -> None:
        self.lines = result
        self.tabs.setTabText(0, f"全部 {len(result)}")
        for i, state in enumerate(STATES, 1):
            self.tabs.setTabText(i, f"{state} {sum(x.state == state for x in result)}")
        mean(self.count, "promises")
        self.count.say(f"{self.desk.period.label}　兑现率 {format_percent(kept_share([x.promise for x in result]))}")
        self._narrow()

    def _narrow(self) -> None:
        at = self.tabs.currentIndex()
        self.word.say("没有这样的承诺。" if self.lines else NONE_YET)
        self.table.show_items([x for x in self.lines if at == 0 or x.state == STATES[at - 1]])

    def _unit(self) -> str:
        chosen: list[PromiseLine] = self.table.selected() or self.lines[:1]
        return chosen[0].promise.unit if chosen else ""

    def _pledge(self) -> Callable[[], object]:
        ledger, period, unit = self.desk.ledger, self.desk.period, self._unit()

        def make() -> object:
            from hydesk.services.mechanisms.print_boards import pledge_notice

            return pledge_notice(ledger, period, unit)

        return make


def _columns(theme: Theme) -> list[ListColumn[PromiseLine]]:
    tones = dict(zip(STATES, ("serious", "lagging", "quiet", "ahead"), strict=True))

    def color(line: PromiseLine) -> QColor:
        return QColor(getattr(theme.palette, tones[line.state]))

    return [
        ListColumn("情况", lambda x: x.state, 90, lambda x: STATES.index(x.state), color=color),
        ListColumn(UNIT, lambda x: x.promise.unit, 98),
        ListColumn("项目", lambda x: x.project, 126, tip=lambda x: x.project),
        ListColumn("承诺事项", lambda x: x.promise.about, 152),
        ListColumn("承诺", lambda x: x.promise.promised, 112, right=True, measure="promises"),
        ListColumn("兑现", lambda x: x.promise.delivered, 112, right=True, measure="promises"),
        ListColumn("期限", lambda x: str(x.promise.due or ""), 98, lambda x: x.promise.due),
        ListColumn("说明", lambda x: x.promise.reason, 120, tip=lambda x: x.promise.reason, stretch=True, measure="promises"),
    ]
