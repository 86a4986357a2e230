"""The scope that a form's own words tell: its unit, 省重点, a leader, an industry, 总投资10亿以上, 未开工, 滞后 (§16.3).

Only words that the ledger knows narrow anything; what is told is shown and can be changed before filling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from hydesk.domain.fields import NATURES
from hydesk.domain.meaning import Meaning
from hydesk.domain.money import MoneyUnit, to_yuan
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.fields import SCOPE_FIELDS
from hydesk.domain.scopes.scope import WHOLE, Condition, Scope, ScopeOp, one_of
from hydesk.domain.snapshot import ReportingUnit
from hydesk.returns.sheets import units_said
from hydesk.returns.text import squeeze

_CITY = re.compile(r"衡阳市")
_AMOUNT = r"(\d+(?:\.\d+)?)(亿|千万|万)元?"
_SIZES: tuple[tuple[re.Pattern[str], ScopeOp], ...] = (
    (re.compile(rf"(?:总投资|投资|投资额|规模|计划总投资)?(?:在|达|达到|超过)?{_AMOUNT}(?:\(含\)|\(含[^()]*\))?(?:及|或)?(?:以上|及以上|或以上)"), ScopeOp.AT_LEAST),
    (re.compile(rf"(?:总投资|投资额)(?:在)?(?:不低于|不少于|大于等于|≥|>=){_AMOUNT}"), ScopeOp.AT_LEAST),
    (re.compile(rf"(?:总投资|投资额)(?:在)?(?:超过|大于|高于|>){_AMOUNT}(?!以上)"), ScopeOp.ABOVE),
    (re.compile(rf"(?:总投资|投资|投资额|规模)?(?:在)?{_AMOUNT}(?:\(不含\))?以下"), ScopeOp.BELOW),
    (re.compile(rf"(?:总投资|投资额)(?:在)?(?:低于|小于|<){_AMOUNT}"), ScopeOp.BELOW),
)
_BETWEEN = re.compile(rf"(?:总投资|投资额|投资)?(?:在)?(\d+(?:\.\d+)?)(亿|千万|万)?元?(?:\(含\))?(?:至|到|-|~){_AMOUNT}(?:\(不?含\))?(?!以)(?:之间)?的?(?:项目|重点|产业|工业)")
_ONE_YI = re.compile(r"(?<![\d.一二三四五六七八九十百千万])亿元?(?=(?:\(含\))?(?:及|或)?以上)")
_TENTHS = {"亿": MoneyUnit.YI, "千万": MoneyUnit.TEN_MILLION, "万": MoneyUnit.WAN}
_STATES: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"到期未开工|应开未开|应开工未开工|逾期未开工"), "state", (Case.OVERDUE_START.value,)),
    (re.compile(r"计划新开工|年度新开工|拟新开工"), "state", (Case.NEW_TO_START.value,)),
    (re.compile(r"未开工|尚未开工|没有开工|待开工"), "state", (Case.NOT_STARTED.value,)),
    (re.compile(r"到期未竣工|应竣未竣|逾期未竣工"), "state", (Case.OVERDUE_FINISH.value,)),
    (re.compile(r"计划竣工|年度竣工|拟竣工"), "state", (Case.TO_FINISH.value,)),
    (re.compile(r"已开工(?!累计|至今|以来)"), "state", (Case.STARTED.value,)),
    (re.compile(r"严重滞后"), "lamp", (Meaning.SERIOUSLY_LAGGING.label,)),
    (re.compile(r"(?:进度|进展)?滞后(?!原因)|进度缓慢|推进缓慢"), "lamp", (Meaning.LAGGING.label, Meaning.SERIOUSLY_LAGGING.label)),
    (re.compile(r"未报(?:送)?(?:项目|数据)"), "state", (Case.UNREPORTED.value,)),
    (re.compile(r"(?:需|要)?协调(?:解决)?(?:的)?问题(?:的)?项目|存在问题(?:的)?项目"), "state", (Case.HAS_PROBLEM.value,)),
)
_PROVINCE = re.compile(r"(?<![、和及与])省(?:级)?重点(?!.{0,3}[、和及与]市)|省级(?=项目|重大)")
_NATION = re.compile(r"国家级?重点|国家级(?=项目|重大)")
_TOWN = re.compile(r"(?:^|(?<=[年月份度,，。;；(:：的]))市(?:级)?重点|(?:^|(?<=[年月份度,，。;；(:：的]))市级(?=项目|重大)")
"""Not behind a place: 衡阳市重点, 全市重点 and 石鼓区市级重点 are of whatever level."""
_BOTH = re.compile(r"省[、和及与]?(?:级)?[、和及与]?市(?:级)?(?:两级)?重点")
_NATURE_WORDS = {n: re.compile(rf"{n}(?:类|性质)?(?:的)?(?:重点|建设)*项目|{n}项目|^{n}$") for n in NATURES}
_LEADER = re.compile(r"(?:市|县|区)?(?:级)?(?:联系|包联|挂点|挂钩|牵头|领衔)?领导")
_UPPER_BOUNDS = (ScopeOp.BELOW, ScopeOp.AT_MOST)
_OVERVIEW = re.compile(r"\d[个项]|[，,。；;].*[，,。；;]|累计完成")
_NEVER = re.compile(r"^(?:填表|制表|审核|单位负责|联系人|联系电话|填报人)")


def scope_said(lines: Sequence[str], choices: ScopeChoices, units: tuple[ReportingUnit, ...], names: Iterable[str] = ()) -> Scope:
    """The scope that the lines above a form's head tell, the sheet's and the file's name (``names``) for the unit alone.

    Unknown words narrow nothing; of two conditions on one field the first told holds.
    """
    told: dict[tuple[str, bool], Condition] = {}
    for line in map(squeeze, lines):
        if not line or len(line) > 200 or _NEVER.match(line):
            continue
        overview = len(line) > 30 and _OVERVIEW.search(line) is not None
        for condition in [c for c in (_unit(line, choices, units),) if c] if overview else _conditions(line, choices, units):
            told.setdefault((condition.field.key, condition.op in _UPPER_BOUNDS), condition)
    if ("unit", False) not in told:
        for name in names:
            if (one := _unit(squeeze(name), choices, units)) is not None:
                told["unit", False] = one
                break
    return Scope(tuple(told.values())) if told else WHOLE


def _conditions(line: str, choices: ScopeChoices, units: tuple[ReportingUnit, ...]) -> Iterable[Condition]:
    if (unit := _unit(line, choices, units)) is not None:
        yield unit
    yield from _sizes(line)
    yield from _levels(line, choices)
    for pattern, key, values in _STATES:
        if pattern.search(line):
            yield one_of(SCOPE_FIELDS[key], values)
            break
    natures = [n for n, p in _NATURE_WORDS.items() if p.search(line)]
    if len(natures) == 1 and "计划新开工" not in line:
        yield one_of(SCOPE_FIELDS["nature"], natures)
    yield from _words(line, choices)
    yield from _leaders(line, choices)


def conditions_said(line: str, choices: ScopeChoices, units: tuple[ReportingUnit, ...]) -> tuple[Condition, ...]:
    """The projects that the words of one head single out; ``words_of`` says which words did."""
    return tuple(_conditions(line, choices, units))


def sizes_counted(line: str) -> str:
    """亿元以上 as 1亿元以上: a size without a number is one."""
    return _ONE_YI.sub("1亿元", line)


def words_of(line: str) -> list[str]:
    """The words of sizes, states, levels and natures that stand in ``line``."""
    patterns = [_BETWEEN, *(p for p, _ in _SIZES), *(p for p, _, _ in _STATES), _PROVINCE, _NATION, _TOWN, *_NATURE_WORDS.values()]
    return [m.group() for p in patterns if (m := p.search(line)) is not None]


def _unit(line: str, choices: ScopeChoices, units: tuple[ReportingUnit, ...]) -> Condition | None:
    said = units_said(_CITY.sub("", line), units)
    known = {m.project.unit for m in choices.members}
    found = [u.name for u in said if u.name in known]
    return one_of(SCOPE_FIELDS["unit"], found) if len(found) == 1 else None


def _sizes(line: str) -> Iterable[Condition]:
    size = SCOPE_FIELDS["plan" if re.search(r"年度?计划(?:投资)?(?:在|达|超过)?\d", line) else "size"]
    if m := _BETWEEN.search(line):
        low = _yuan(m[1], m[2] or m[4])
        yield Condition(size, ScopeOp.AT_LEAST, (low,))
        yield Condition(size, ScopeOp.BELOW, (_yuan(m[3], m[4]),))
        return
    for pattern, op in _SIZES:
        if m := pattern.search(line):
            yield Condition(size, op, (_yuan(m[1], m[2]),))
            return


def _yuan(number: str, unit: str) -> int:
    return to_yuan(Decimal(number), _TENTHS[unit])


def _levels(line: str, choices: ScopeChoices) -> Iterable[Condition]:
    known = [w for w in choices.words.get("level", ()) if w]
    if _BOTH.search(line) or not known:
        return
    bare = _CITY.sub("阳", line)
    for pattern, begins in ((_NATION, "国"), (_PROVINCE, "省"), (_TOWN, "市")):
        if pattern.search(bare) and (found := [w for w in known if w.startswith(begins)]):
            yield one_of(SCOPE_FIELDS["level"], found)
            return


_TAKEN: Mapping[str, int] = {"class": 3, "industry": 3, "chain": 3, "batch": 3}
"""Fields whose own words a line may name, and how long such a word must be."""


def _words(line: str, choices: ScopeChoices) -> Iterable[Condition]:
    for key, least in _TAKEN.items():
        found = [w for w in choices.words.get(key, ()) if len(w) >= least and squeeze(w) in line]
        longest = [w for w in found if not any(w != o and w in o for o in found)]
        if len(longest) == 1:
            yield one_of(SCOPE_FIELDS[key], longest)


def _leaders(line: str, choices: ScopeChoices) -> Iterable[Condition]:
    for key in ("leader", "city_leader", "county_leader"):
        found = [w for w in choices.words.get(key, ()) if len(w) >= 2 and squeeze(w) in line]
        if len(found) == 1 and (_LEADER.search(line) or re.search(r"(?:联系|包联|挂点|挂钩|同志|分管)", line) or squeeze(found[0]).startswith(("市领导", "县领导", "区领导"))):
            yield one_of(SCOPE_FIELDS[key], found)
            return


def scope_of_word(word: str, choices: ScopeChoices, units: tuple[ReportingUnit, ...], among: Sequence[str] = ()) -> Condition | None:
    """The projects that a row's name in a summary means (衡南县, 产业发展类, 新建): looked for in ``among`` first; None
    where the ledger has no such word."""
    text = bare_word(word)
    if not text:
        return None
    for key in (*among, *(k for k in _ROW_FIELDS if k not in among)):
        if key == "unit":
            said = [u.name for u in units if squeeze(text) in {squeeze(n) for n in (u.name, *u.short_names)}]
            if len(said) == 1 and any(m.project.unit == said[0] for m in choices.members):
                return one_of(SCOPE_FIELDS["unit"], said)
            continue
        if key == "level":
            found = [w for w in choices.words.get("level", ()) if w and (w == text or bare_word(w) == text or
                     (text[:1] == w[:1] and re.fullmatch(r"[国省市]家?级?(?:重点)?", text) is not None))]
            if found:
                return one_of(SCOPE_FIELDS["level"], found)
            continue
        field = choices.fields.get(key)
        found = [w for w in choices.words.get(key, ()) if w and (squeeze(w) == text or bare_word(w) == text)]
        if field is not None and len(found) == 1:
            return one_of(field, found)
    return None


_ROW_FIELDS = ("unit", "class", "nature", "level", "group", "industry", "chain", "batch", "investor", "stage", "lamp", "state", "city_leader", "county_leader")
_BEFORE = re.compile(r"^(?:其中[:：]?|[(]?[一二三四五六七八九十]{1,3}[)、.]+|[(]?\d{1,2}[)、.]+|[①-⑳]|第[一二三四五六七八九十]+[类批、])")
_BEHIND = re.compile(r"(?:[(][^()]*[)])?(?:类|性质)?(?:重点|建设)*(?:项目|工程)?(?:小计|合计)?(?:[(:：][共计]*\d*[个项]?[)]?)?$")


def bare_word(word: str) -> str:
    """A row's name without numbering, 项目, 类 and the count behind it: 一、产业发展项目（15个） is 产业发展."""
    text = _BEFORE.sub("", squeeze(word))
    return _BEHIND.sub("", text) or text
