"""列入台账: a row that no project of the ledger is, put on the year's list where one found it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit

from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import NATURES, Field
from hydesk.domain.findings import Finding
from hydesk.domain.natures import meant_nature
from hydesk.domain.typed_money import read_wan, show_wan
from hydesk.domain.understanding import ReadValue
from hydesk.ui.kit.form import PanelForm, choice_box, put_words
from hydesk.ui.screens.returns.sides import row_of
from hydesk.ui.screens.returns.waiting import WaitingDraft

_MONEY = {"total": Field.TOTAL_INVESTMENT, "before": Field.INVESTED_BEFORE, "plan": Field.ANNUAL_PLAN}


class NewProjectForm(PanelForm):
    """Filled in with what the return says; 理由 is asked for, as of every act on the list."""

    opened = Signal(bool)
    """Whether it is in sight: its Ctrl+Enter goes before the page's."""

    def __init__(self) -> None:
        super().__init__("列入今年的清单", "列入台账", note="编号自动取下一个。写进台账并记入退出/调整清单，可以撤销；这份报表随后重新核对。")
        self.ask("name", "项目名称", QLineEdit())
        self.ask("unit", "填报单位", choice_box("填报单位", (), free=False))
        self.ask("total", "总投资（万元）", QLineEdit())
        self.ask("before", "截至上年底累计（万元）", QLineEdit())
        self.ask("plan", "年度计划（万元）", QLineEdit())
        self.ask("nature", "建设性质", choice_box("建设性质", NATURES, free=False))
        self.ask("reason", "理由", QLineEdit())
        self.ask("document", "文号（可不填）", QLineEdit())
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.opened.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.opened.emit(False)

    def offer(self, units: list[str]) -> None:
        """The units one may choose from."""
        box = self.inputs["unit"]
        box.clear()  # type: ignore[attr-defined]
        box.addItems(units)  # type: ignore[attr-defined]

    def open(self, waiting: WaitingDraft, finding: Finding) -> None:
        """Fill in what the row of ``finding`` says, and begin with the reason."""
        row = row_of(waiting, finding)
        held = row.values if row is not None else {}
        self.put("name", " ".join(row.name.split()) if row is not None else "")
        self.put("unit", waiting.draft.understanding.unit or "")
        for key, field in _MONEY.items():
            value = held.get(field)
            self.put(key, show_wan(value) if isinstance(value, int) else "")
        self.put("nature", meant_nature(held, waiting.draft.period.year))
        self.say_wrong("")
        self.show()
        self.begin("reason")

    def put(self, key: str, text: str) -> None:
        """Put ``text`` into an input."""
        put_words(self.inputs[key], text)

    def entry(self) -> object:
        words = self.words()
        if not words["name"]:
            raise HydeskError("请填写项目名称")
        if not words["reason"]:
            raise HydeskError("请写明理由：清单的每一次调整都要有理由")
        values: dict[Field, ReadValue] = {Field.NAME: words["name"], Field.REPORTING_UNIT: words["unit"], Field.NATURE: words["nature"]}
        for key, field in _MONEY.items():
            amount = read_wan(words[key], field.label)
            if amount is not None:
                values[field] = amount
        return values, words["reason"], words["document"]
