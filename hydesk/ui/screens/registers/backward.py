"""倒排工期: the form in which the office sets its steps, by when each is done and from which state on it counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from hydesk.domain.backward import DONE_FROM, MOST_STEPS, STEPS, BackwardStep, step_faults
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.form import PanelForm, choice_box, put_words, words_of

_STATES = {s.label: s for s in DONE_FROM}


class BackwardForm(PanelForm):
    """A line a step: its name, the share of the time in percent, the state. A line without a name is no step."""

    def __init__(self, steps: Sequence[BackwardStep]) -> None:
        super().__init__("倒排工期")
        self.rows.addWidget(label("从提出到办结期限的时间按比例倒排。每行一步：名称、到这一步用去的时间（%）、办到哪一环节算完成。"
                                  "不要的一步把名称清空；最后一步是 100。", "small", wrap=True))
        for i in range(MOST_STEPS):
            line = QWidget()
            box = QHBoxLayout(line)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(4)
            name, share, state = QLineEdit(), QLineEdit(), choice_box(f"第{i + 1}步完成环节", list(_STATES), free=False)
            share.setFixedWidth(48)
            state.setMinimumContentsLength(4)
            for key, widget, said in (("name", name, "名称"), ("share", share, "占比（%）"), ("state", state, "完成环节")):
                widget.setAccessibleName(f"第{i + 1}步{said}")
                self.inputs[f"{key}{i}"] = widget
                box.addWidget(widget, 1 if widget is name else 0)
            self.rows.addWidget(line)
        self.rows.addWidget(button("恢复自带的四步", lambda: self.fill(STEPS), kind="link"))
        self.fill(steps)

    def fill(self, steps: Sequence[BackwardStep]) -> None:
        """Put ``steps`` in, the other lines empty."""
        for i in range(MOST_STEPS):
            own = steps[i] if i < len(steps) else None
            put_words(self.inputs[f"name{i}"], own.name if own is not None else "")
            put_words(self.inputs[f"share{i}"], str(own.share) if own is not None else "")
            put_words(self.inputs[f"state{i}"], own.done_from.label if own is not None else DONE_FROM[-1].label)

    def steps(self) -> tuple[BackwardStep, ...]:
        """The steps as they stand in the form; a share that is no number counts as 0."""
        words = {k: words_of(w) for k, w in self.inputs.items()}
        return tuple(BackwardStep(words[f"name{i}"], _whole(words[f"share{i}"]), _STATES[words[f"state{i}"]])
                     for i in range(MOST_STEPS) if words[f"name{i}"])

    def submit(self) -> None:
        """Tell the steps, unless something is wrong with them."""
        faults = step_faults(self.steps())
        self.say_wrong("；".join(faults))
        if not faults:
            self.entered.emit(self.words())


def _whole(words: str) -> int:
    text = words.rstrip("%％")
    return int(text) if text.isascii() and text.isdigit() else 0
