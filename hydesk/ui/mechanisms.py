"""The office's mechanisms: each stands once, with its pages and registers as its tabs; for their lists and the search box."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain import shipped_registers as registers

MEETING, RANKINGS = "meeting", "work"
"""The screens on which mechanisms stand: 调度会, and 考核与榜单."""


@dataclass(frozen=True, slots=True)
class MechanismPart:
    """A tab of a mechanism: a page made for it, or a register by the key of its shipped definition."""

    word: str
    page: str = ""
    register: str = ""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """``word`` is what it is called everywhere."""

    word: str
    parts: tuple[MechanismPart, ...]
    screen: str = RANKINGS


def _page(key: str, word: str) -> MechanismPart:
    return MechanismPart(word, page=key)


def _register(key: str, word: str) -> MechanismPart:
    return MechanismPart(word, register=key)


MECHANISMS: tuple[Mechanism, ...] = (
    Mechanism("调度会", (_page("meeting", "议程"), _register(registers.MEETING, "议定事项")), MEETING),
    Mechanism("考核", (_page("scores", "县市区"), _page("province", "省对市"), _register(registers.APPEALS, "县市区申诉"),
                     _register(registers.CITY_APPEALS, "向省申诉"))),
    Mechanism("规模榜单", (_page("scale", "榜单"), _register(registers.SCALE, "填报"))),
    Mechanism("红黄榜", (_page("boards", "建议"), _register(registers.RED_YELLOW, "上榜记录"))),
    Mechanism("承诺", (_page("promises", "承诺兑现"), _register(registers.UNIT_PROMISES, "县市区承诺"),
                     _register(registers.PROJECT_PROMISES, "项目承诺"))),
    Mechanism("现场观摩", (_page("tours", "观摩手册"), _register(registers.TOURS, "观摩安排"))),
    Mechanism("招商备案", (_register(registers.FILINGS, "招商引资备案"),)),
    Mechanism("产业链", (_page("chain", "链图"), _register(registers.CHAIN_GOALS, "目标"), _register(registers.CHAIN_PROJECTS, "在建"),
                      _register(registers.CHAIN_PROSPECTS, "招商"), _register(registers.CHAIN_PROBLEMS, "问题"),
                      _register(registers.CHAIN_RESULTS, "成果"), _register(registers.CHAIN_MAP, "环节"))),
    Mechanism("规划", (_page("targets", "评估"), _register(registers.PLAN_TARGETS, "目标"),
                     _register(registers.PLAN_VALUES, "年度值"), _register(registers.PLAN_PROJECTS, "重点项目"))),
    Mechanism("年底预测", (_page("outlook", "年底预测"),)),
)
"""In the order in which they stand. A register in none of them stands under 其他台账 by itself."""


def mechanism_of(*, page: str = "", register: str = "") -> Mechanism | None:
    """The mechanism of a page, or of a register by its shipped key; None for a register that belongs to none."""
    return next((m for m in MECHANISMS for p in m.parts if (page and p.page == page) or (register and p.register == register)), None)


def page_words() -> dict[str, tuple[str, str]]:
    """Per page the screen it stands on and what the search box calls it."""
    return {p.page: (m.screen, m.word if p.word in ("议程", "榜单", m.word) else p.word if m.word in p.word else f"{m.word}：{p.word}")
            for m in MECHANISMS for p in m.parts if p.page}
