"""A measure over chosen projects as a figure in a sentence, with its unit or its words for more and less (docs/rules.md §17.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.measures.named import Quantity
from hydesk.domain.measures.totals import FLOOR
from hydesk.domain.money import MoneyUnit, Yuan, in_unit
from hydesk.domain.own_columns import OwnColumn, OwnKind, same_name
from hydesk.domain.scopes.scope import ScopeOp
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.figures import Figure, FigureStyle, Part
from hydesk.reports.notices.chosen import Chosen
from hydesk.reports.notices.grammar import Blank
from hydesk.reports.notices.vocabulary import BY_NAME, Projects, Saying, Value, fits
from hydesk.reports.words import count, money, number, percent, points, short_number


@dataclass(frozen=True, slots=True)
class BoundFigure:
    """What a blank comes to: its value, the key of its figure, the projects it is over. ``why`` says why there is none."""

    value: Value
    quantity: Quantity | str
    key: str
    projects: Projects
    why: str = ""
    signs: tuple[str, str, str] | None = None
    unit: str = ""
    shown: Decimal | None = None
    """Of a difference of rates: that of the two as printed, which is what is written."""


def bind(blank: Blank, chosen: Chosen) -> BoundFigure:
    """The value of ``blank`` over ``chosen``. Raises HydeskError where it names no measure."""
    if blank.over:
        return _ratio(blank, chosen)
    saying = BY_NAME.get(blank.measure)
    if saying is None:
        return _own(column_meant(blank.measure, chosen), chosen)
    if not fits(blank.measure, chosen):
        other = "月" if blank.measure.startswith("本周") else "周"
        return BoundFigure(None, saying.quantity, "", (), f"这是按{other}的报告")
    value = saying.value(chosen) if chosen.projects or saying.quantity is Quantity.COUNT else None
    why = "" if value is not None else saying.lack(chosen) if chosen.projects else "没有项目"
    return BoundFigure(value, saying.quantity, key_of_measure(saying.id, chosen), saying.behind(chosen), why, saying.signs,
                       shown=saying.shown(chosen) if saying.shown is not None and value is not None else None)


def column_meant(name: str, chosen: Chosen) -> OwnColumn:
    """The own column called ``name`` that adds up. Raises HydeskError naming what there is."""
    own = chosen.basis.sources.own
    found = next((c for c in own if any(same_name(h) == same_name(name) for h in c.heads)), None)
    if found is None:
        near = list(dict.fromkeys([*(n for n in BY_NAME if name in n or (len(n) > 1 and n in name)), *get_close_matches(name, BY_NAME, 4, 0.5)]))[:6]
        listed = "、".join(near or ["个数", "总投资", "年度计划", "完成", "完成率", "完成序时", "开工率", "竣工率", "同比"])
        raise HydeskError(f"没有“{name}”这个指标。{'相近的有' if near else '可以用'}：{listed}；自建的数字、金额栏目也可以写它的名称。")
    if not found.adds_up:
        raise HydeskError(f"自建栏目“{found.name}”不能加总，不能用在句子里。")
    return found


def _own(column: OwnColumn, chosen: Chosen) -> BoundFigure:
    told = [p for p in chosen.projects if isinstance(p.own.get(column.id), Decimal | int)]
    quantity: Quantity | str = Quantity.AMOUNT if column.kind.base is OwnKind.MONEY else "number"
    return BoundFigure(chosen.totals.own(column).amount, quantity, f"measure:own|{column.id}|{chosen.written}", told,
                 "没有项目填报" if not told else "", unit=column.measure)


def _amounts(name: str, chosen: Chosen) -> Mapping[int, Decimal | Yuan]:
    """What each project has of a measure that adds up over projects."""
    saying = BY_NAME.get(name)
    made: dict[int, Decimal | Yuan] = {}
    column = None if saying is not None else column_meant(name, chosen)
    if saying is not None and saying.quantity is not Quantity.AMOUNT:
        raise HydeskError(f"“{name}”不能用在“÷”的一边：两边要是金额，或同一种计量的自建栏目。")
    for p in chosen.projects:
        one = chosen.world.project(p)
        value = saying.value(one) if saying is not None else one.totals.own(column).amount if column is not None else None
        if value is not None:
            made[p.id] = value
    return made


def _kind(name: str, chosen: Chosen) -> str:
    if name in BY_NAME:
        return "万元"
    return column_meant(name, chosen).unit


def _ratio(blank: Blank, chosen: Chosen) -> BoundFigure:
    """Both over the same projects, those that tell both (docs/rules.md §3.5)."""
    if _kind(blank.measure, chosen) != _kind(blank.over, chosen):
        raise HydeskError(f"“{blank.measure}”和“{blank.over}”的计量单位不同，不能相除。")
    top, base = _amounts(blank.measure, chosen), _amounts(blank.over, chosen)
    both = [p for p in chosen.projects if p.id in top and p.id in base]
    below = sum((Decimal(base[p.id]) for p in both), Decimal(0))
    plan = sum(p.annual_plan or 0 for p in chosen.projects)
    why = "" if both and below else "没有项目两项都有数"
    if not why and plan and Decimal(sum(p.annual_plan or 0 for p in both)) / plan < FLOOR and len(both) * 2 < len(top.keys() | base.keys()):
        why = "两项都报了的不足一半"
    value = None if why else sum((Decimal(top[p.id]) for p in both), Decimal(0)) / below
    return BoundFigure(value, Quantity.RATE, f"measure:ratio|{blank.measure}÷{blank.over}|{chosen.written}", both, why)


_ENDINGS: Mapping[str, str] = {
    "count": "count", "total_investment": "total", "annual_plan": "plan", "year_investment": "year", "completion": "rate", "month_gain": "gain"}
_WHOLE: Mapping[str, str] = {
    "count": "all.count", "split_count": "all.split", "total_investment": "all.total", "annual_plan": "all.plan", "year_investment": "all.year",
    "completion": "all.rate", "gap": "all.gap", "time_progress": "time_progress", "planned_to_date": "all.schedule_planned",
    "schedule_rate": "all.schedule_rate", "month_gain": "all.gain", "funds": "all.funds", "funds_rate": "all.funds_rate",
    "statistics": "all.statistics", "statistics_rate": "all.statistics_rate", "left": "all.left", "need": "all.needed",
    "months_left": "months_left", "unreported": "meaning.unreported", "planned_starts": "starts.planned", "started": "starts.started",
    "year_start_rate": "starts.year_rate", "due_start_rate": "starts.due_rate", "works_rate": "starts.works_rate", "due_starts": "starts.due",
    "early_starts": "starts.early", "money_without_start": "starts.money_only"}
"""The keys under which other sentences and tables hold the same figure of all projects: the check proves that they agree."""
_TABLES: Mapping[str, str] = {"unit": "unit", "group": "group", "class": "category", "nature": "nature"}


def key_of_measure(id: str, chosen: Chosen) -> str:
    """The key of the figure: that of the table which holds it too, where there is one."""
    if chosen.one is not None:
        end = _ENDINGS.get(id) if id in ("total_investment", "annual_plan", "year_investment", "completion") else None
        return f"project:{chosen.one.id}.{end}" if end else f"measure:{id}|{chosen.written}"
    if not chosen.scope.narrowed:
        return _WHOLE.get(id, f"measure:{id}|")
    conditions = chosen.scope.conditions
    if id in _ENDINGS and len(conditions) == 1 and conditions[0].op is ScopeOp.IS and len(conditions[0].values) == 1:
        table, value = _TABLES.get(conditions[0].field.key), conditions[0].values[0]
        if table and value:
            return f"{table}:{value}.{_ENDINGS[id]}"
    return f"measure:{id}|{chosen.written}"


_WRITTEN_UNIT = re.compile(r"\s*(亿元|万元|亿|万)")


def said(bound: BoundFigure, after: str) -> tuple[tuple[Part, ...], str]:
    """The figure with its unit, and ``after`` without what it took of it: a unit that the pattern writes itself is kept."""
    if bound.signs is not None:
        return _signed(bound, bound.signs), after.removeprefix("个百分点") if bound.quantity is Quantity.POINTS else after.removeprefix("%")
    value = bound.value
    assert value is not None
    if bound.quantity is Quantity.AMOUNT:
        unit = _WRITTEN_UNIT.match(after)
        if unit is None:
            return money(int(value), bound.key), after
        wanted = MoneyUnit.YI if unit[1].startswith("亿") else MoneyUnit.WAN
        style = FigureStyle.YI if wanted is MoneyUnit.YI else FigureStyle.WAN_TEXT
        return (Figure(short_number(in_unit(int(value), wanted)), int(value), style, bound.key),), after
    if bound.quantity is Quantity.RATE:
        return (percent(Decimal(value), bound.key), *(() if after[:1] in ("%", "％") else ("%",))), after
    if bound.quantity is Quantity.POINTS:
        return (points(bound.shown, bound.key), *(() if after.startswith("个百分点") else ("个百分点",))), after
    if bound.quantity == "number":
        figure = number(Decimal(value), bound.key)
        figure = Figure(short_number(Decimal(value)), figure.raw, FigureStyle.NUMBER, bound.key)
        return (figure, *((bound.unit,) if bound.unit and not after.startswith(bound.unit) else ())), after
    return (count(int(value), bound.key),), after


def _signed(bound: BoundFigure, signs: tuple[str, str, str]) -> tuple[Part, ...]:
    """超时间进度13.8个百分点, 同比下降3.20%, 与总体持平: the word follows from the figure."""
    value = bound.value
    assert value is not None
    more, less, level = signs
    word, size = (more if value > 0 else less), abs(Decimal(value))
    if bound.quantity is Quantity.AMOUNT:
        return (word, *money(int(size), bound.key)) if value else (level,)
    figure = points(bound.shown, bound.key) if bound.quantity is Quantity.POINTS else percent(Decimal(size), bound.key)
    if not Decimal(figure.text):
        return (level if not value else f"{level.removesuffix('持平')}基本持平",)
    return (word, figure, "个百分点" if bound.quantity is Quantity.POINTS else "%")


def behind(bound: BoundFigure) -> tuple[ProjectStanding, ...]:
    """The projects behind the figure."""
    return tuple(bound.projects)


__all__ = ["BoundFigure", "Saying", "behind", "bind", "column_meant", "key_of_measure", "said"]
