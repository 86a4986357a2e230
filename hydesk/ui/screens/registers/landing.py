"""转为重点项目: the form in which a filed project is looked over before it stands on the year's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QLineEdit

from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.domain.money import MoneyUnit, in_unit, to_yuan
from hydesk.domain.understanding import ReadValue
from hydesk.services.mechanisms.land_filing import LandingDraft
from hydesk.services.projects.read_typed_date import read_typed_date
from hydesk.ui.kit.basic import label, set_tone
from hydesk.ui.kit.form import PanelForm, choice_box, words_of
from hydesk.ui.screens.registers.scale import number

NEW = "新增为重点项目"
_MONEY = (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN)
_ASKED = ((Field.NAME, "项目名称　*"), (Field.REPORTING_UNIT, "填报单位　*"), (Field.TOTAL_INVESTMENT, "总投资（万元）"),
          (Field.ANNUAL_PLAN, "年度计划投资（万元）"), (Field.CATEGORY, "类别"), (Field.NATURE, "建设性质"),
          (Field.CHAIN, "产业链"), (Field.BATCH, "列入批次"), (Field.CODE, "项目编号（不填自动编）"))


class LandingForm(PanelForm):
    """What the filing says is filled in; a project of the same or a like name is named first."""

    def __init__(self, draft: LandingDraft, choices: Mapping[Field, Sequence[str]], on: date) -> None:
        super().__init__(f"转为重点项目　{draft.name}", "转为重点项目")
        self._draft, self._year = draft, on.year
        self._codes = [""] + [a.code for a in draft.alike]
        self.which: QComboBox | None = None
        if draft.alike:
            same = any(a.same for a in draft.alike)
            said = label("台账里已有同名项目，请选：" if same else "台账里有名称相近的项目，请核对：", "", wrap=True)
            set_tone(said, "serious" if same else "lagging")
            self.rows.addWidget(said)
            self.which = choice_box("新增还是对应", [NEW, *(
                f"对应到 {a.code}　{a.name}（{a.unit}）{'　同名' if a.same else ''}" for a in draft.alike)], free=False)
            self.ask("existing", "新增还是对应", self.which)
            self.which.setCurrentIndex(1 if same else 0)
            self.which.currentIndexChanged.connect(lambda _i: self._turn())
        for field, name in _ASKED:
            value = draft.values.get(field)
            text = f"{in_unit(value, MoneyUnit.WAN).normalize():f}" if isinstance(value, int) else str(value or "")
            self.ask(field.value, name, choice_box(name, choices[field]) if field in choices else QLineEdit(), text)
        self.ask("on", "转入日期　*", QLineEdit(), on.isoformat())
        self.ask("document", "文号", QLineEdit())
        self.long("reason", "理由　*", draft.reason)
        self._turn()

    def begin(self, key: str = "") -> None:
        """What the filing cannot know comes first: which project it is, then the plan."""
        super().begin(key or ("existing" if self.which is not None else Field.ANNUAL_PLAN.value))

    @property
    def existing(self) -> str:
        """The code of the project that the filing is; empty for a new one."""
        return "" if self.which is None else self._codes[max(0, self.which.currentIndex())]

    def _turn(self) -> None:
        for field, _ in _ASKED:
            for one in (self.names[field.value], self.inputs[field.value]):
                one.setVisible(not self.existing)

    def faults(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        words = self.words()
        if not self.existing:
            found |= {f.value: "请填写" for f in (Field.NAME, Field.REPORTING_UNIT) if not words[f.value]}
            found |= {f.value: f"“{words[f.value]}”不是金额，请填数字，单位万元" for f in _MONEY
                      if words[f.value] and ((n := number(words[f.value])) is None or n < 0)}
        if not words["reason"]:
            found["reason"] = "清单的每一次调整都要有理由"
        try:
            if self._day() is None:
                found["on"] = "请填写转入日期"
        except HydeskError as e:
            found["on"] = str(e)
        return found

    def _day(self) -> date | None:
        read = read_typed_date(words_of(self.inputs["on"]), self._year)
        return read.day if read is not None else None

    def ground(self) -> Ground:
        """Date, reason and document. Only after ``faults`` found nothing."""
        words, day = self.words(), self._day()
        assert day is not None
        return Ground(day, words["reason"], words["document"])

    def values(self) -> dict[Field, ReadValue]:
        """The project's facts and plan: what the filing knows, with what was typed here in front."""
        words = self.words()
        made = dict(self._draft.values)
        for field, _ in _ASKED:
            text = words[field.value]
            made.pop(field, None)
            if text:
                made[field] = to_yuan(number(text) or Decimal(0), MoneyUnit.WAN) if field in _MONEY else text
        return made
