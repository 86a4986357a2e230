"""Heads of words and dates: progress, problems, work ahead, names, units, people, times.

Only this period's own words are progress: plans, targets, other months' words, ticks and shares beside it are told
apart by the words of the head's levels (``head_grammar``), and are left out with the reason.
"""

from __future__ import annotations

import re

from hydesk.domain.fields import GRAMMAR_MONEY, Field
from hydesk.returns.column_guess import ColumnGuess, left_out
from hydesk.returns.head_grammar import HeadSaid
from hydesk.returns.head_times import When
from hydesk.returns.head_vocabulary import WordKind
from hydesk.returns.head_words import known_field

_UNITS_AND_PEOPLE = (Field.BUILDER, Field.RESPONSIBLE_UNIT, Field.CONTACT, Field.PHONE, Field.COUNTY_LEADER, Field.CITY_LEADER)
_OWNER_AND_NAME = re.compile(r"(单位|业主|法人|企业).{0,3}(及|和|、|/|与).{0,4}(项目|工程)?名称|项目名称.{0,2}(及|和|、|与).{0,3}(单位|业主)"
                             r"|(项目|工程)名称.{0,2}(及|和|、|与|/).{0,6}(内容|规模|概况|简介|地点|地址|位置)")
_PLANNED = r"(?:计划|预计|拟|预期|目标|约定|要求|力争|合同|应|可|确保|预定)"
_START, _FINISH = r"(?:开工|动工|开建)", r"(?:竣工|完工|交工|建成|投产|投用|达产|完成投产)"
_PRODUCTION, _CAPACITY = r"(?:投产|投用|试生产)", r"达产"
_WHEN = r"(?:时间|日期|年月日?|时限|节点|日)"
_NOT_WORKS = r"(?!.{0,6}(?:许可|报告|批|令|备案|审|率|情况|原因|项目|个数))"


def _dates_of(what: str, planned: Field, actual: Field, without: str) -> tuple[tuple[re.Pattern[str], Field | None], ...]:
    """Heads of the planned and of the actual date of ``what``, where no word of ``without`` stands beside it."""
    alone = rf"^(?!.*(?:{without}))(?!.*{_START})"
    return (
        (re.compile(rf"{alone}.*(?:{_PLANNED}.{{0,3}}{what}.{{0,3}}{_WHEN}|{what}.{{0,2}}{_WHEN}?\(?{_PLANNED}\)?)$|^{_PLANNED}{what}$"), planned),
        (re.compile(rf"{alone}.*{what}{_NOT_WORKS}.{{0,6}}{_WHEN}(?:\(?实际\)?)?$|^实际{what}$"), actual))


_PATTERNS: tuple[tuple[re.Pattern[str], Field | None], ...] = (
    (re.compile(r"(统一|审批|监管平台|赋).{0,6}代?码"), Field.APPROVAL_CODE),
    (re.compile(r"起止里程|起讫|桩号|里程碑"), None),
    (re.compile(rf"{_PLANNED}.{{0,3}}(?:开工|动工|开建)年(?:份|度)?$"), Field.START_YEAR),
    (re.compile(rf"{_PLANNED}?.{{0,3}}(?:竣工|完工|建成|交工)年(?:份|度)?$"), Field.FINISH_YEAR),
    (re.compile(rf"{_PLANNED}.{{0,4}}(?:开竣工|开\(竣\)工|开[、/]竣工|{_START}.{{0,4}}{_FINISH}).{{0,4}}{_WHEN}"), Field.YEARS),
    (re.compile(rf"起止|建设(周期|年限|工期)|(项目|合同)工期|{_START}日?(?:至|到|-)+{_FINISH}"), Field.YEARS),
    *_dates_of(_PRODUCTION, Field.PLANNED_PRODUCTION, Field.PRODUCTION_DATE, "竣工|完工|交工|建成"),
    *_dates_of(_CAPACITY, Field.PLANNED_CAPACITY, Field.CAPACITY_DATE, "竣工|完工|交工|建成|投产|投用"),
    (re.compile(rf"{_START}.{{0,2}}{_WHEN}\(?{_PLANNED}\)?$"), Field.PLANNED_START),
    (re.compile(rf"{_FINISH}.{{0,2}}{_WHEN}\(?{_PLANNED}\)?$"), Field.PLANNED_FINISH),
    (re.compile(rf"{_FINISH}.{{0,2}}{_WHEN}\(?实际\)?$|^实际{_FINISH}$"), Field.FINISH_DATE),
    (re.compile(rf"(?<!际\()(?<!际){_PLANNED}.{{0,3}}{_START}{_NOT_WORKS}.{{0,2}}{_WHEN}$|^{_PLANNED}{_START}$"), Field.PLANNED_START),
    (re.compile(rf"(?:开竣工|开\(竣\)工|开[、/]竣工){_WHEN}|{_START}{_NOT_WORKS}.{{0,6}}{_WHEN}|^{_WHEN}{_START}$"), Field.START_DATE),
    (re.compile(rf"{_PLANNED}.{{0,3}}{_FINISH}.{{0,3}}{_WHEN}$|^{_PLANNED}{_FINISH}$"), Field.PLANNED_FINISH),
    (re.compile(rf"{_FINISH}{_NOT_WORKS}.{{0,6}}{_WHEN}$"), Field.FINISH_DATE),
    (re.compile(r"^(?!.*(?:本月|当月|本期|上月|\d月|完成|进度|进展|形象)).{0,6}建设(规模|内容)(?!.*投资)|工程概况"), Field.SCALE),
)
_PEOPLE: tuple[tuple[re.Pattern[str], Field | None], ...] = (
    (re.compile(r"(业主|建设|法人|实施).{0,9}单位.{0,2}(及|和|、|与).{0,6}(人|电话|方式)$"), Field.BUILDER),
    (re.compile(r"(设计|施工|监理|代建|勘察|勘测|管养|检测|承包|中标|造价|招标|代理|代办|服务|咨询|供货|供应|运营|使用|接收|监督|验收|审批|编制|参建|银行).{0,6}(单位|公司|企业|机构|院|方)"), None),
    (re.compile(r"(挂点|挂钩|包保|包联|联系|牵头|分管|责任|联点|帮扶|领衔).{0,4}领导|领导(挂|包|联)|^(市|县|区|镇|乡|街道)级?(主要)?领导"), Field.COUNTY_LEADER),
    (re.compile(r"联系电话|电话|手机|联系方式$"), Field.PHONE),
    (re.compile(r"联系人|联络人|联络员|负责人$|责任人$|服务专员|专班负责人"), Field.CONTACT),
    (re.compile(r"(责任|主管|牵头|挂钩|包保|包联|行业|监管|帮扶).{0,4}(单位|部门)"), Field.RESPONSIBLE_UNIT),
    (re.compile(r"业主|建设单位|项目法人|法人单位|实施单位|建设主体|实施主体|投资单位|投资企业"), Field.BUILDER),
)
_CITY = re.compile(r"(?<!县)市(?!区|、|县)")
_PEOPLE_LEAF = re.compile(r"人$|领导|电话|手机|职务|姓名|联系方式|专员|联络员")
_NOT_ITSELF = re.compile(r"(问题|困难|事项)数$|(问题|困难|事项).{0,6}(类型|类别|个数|数量|编号|级别|单位|时限|时间|状态|是否|责任)|是否|销号|^已(?:解决|整改|协调|办结|化解)|整改情况|解决情况|办理情况|落实情况|解决时限|(整改|化解|办结)(情况|结果|时限)")
_AHEAD = re.compile(r"下一?(步|月|周|个月|阶段|季度|旬|期)的?")


def text_head(said: HeadSaid, path: tuple[str, ...], joined: str, leaf: str) -> ColumnGuess | None:
    """The guess for a column of words or dates; None where the head speaks of something else."""
    known = _by_name(said, path, joined, leaf)
    if known is not None:
        return known
    if _OWNER_AND_NAME.search(joined):
        return ColumnGuess(Field.NAME, f"表头“{joined}”：单位与名称同列", 0.95, combined=True)
    if "money" in said.units:
        return None
    if _AND_MONEY.search(leaf):
        return ColumnGuess(Field.PROGRESS_TEXT, f"表头“{joined}”", 0.9)
    if _comes_first(said, leaf) and (progress := _progress(said, joined)) is not None and progress.field is not None:
        return progress
    return _by_pattern(joined) or _unit_or_person(said, joined, leaf) or _ahead(said, joined, leaf) or _problem(said, joined) \
        or _progress(said, joined) or _goal(said, joined)


_AND_MONEY = re.compile(r"(?:形象|进度|进展|进展情况)(?:情况)?(?:及|和|、|与|以及)(?:本月|累计|完成|年度)*(?:投资|资金)(?:完成|到位)*情况$")
"""形象进度及投资完成情况: sentences that say both."""


def _comes_first(said: HeadSaid, leaf: str) -> bool:
    """Whether progress is named before the problems or the work ahead that stand in the same cells."""
    nouns = [w for w in said.leaf() if w.kind in (WordKind.PROGRESS, WordKind.PROBLEM) or (w.time is not None and w.text[:1] == "下")]
    return len(nouns) > 1 and nouns[0].kind is WordKind.PROGRESS and bool(re.search("[及和、与,，;；]", leaf))


def _by_name(said: HeadSaid, path: tuple[str, ...], joined: str, leaf: str) -> ColumnGuess | None:
    """A name that the list of aliases knows: of the whole head, or of its leaf where the group does not turn it."""
    f = known_field(joined)
    if f is not None and f not in GRAMMAR_MONEY:
        if f is Field.PROGRESS_TEXT and _counted(said):
            return left_out("进度百分比，不是文字")
        return ColumnGuess(f, f"表头“{joined}”", _strength(said) if f is Field.PROGRESS_TEXT else 1.0)
    f = known_field(leaf)
    if f is None or f in GRAMMAR_MONEY or (f in (Field.REMARK, Field.YEARS) and len(path) > 1):
        return None
    if len(path) > 1 and (turned := _turned(f, said, joined, path)) is not None:
        return turned
    return ColumnGuess(f, f"表头“{leaf}”", _strength(said) if f is Field.PROGRESS_TEXT else 1.0)


def _turned(f: Field, said: HeadSaid, joined: str, path: tuple[str, ...]) -> ColumnGuess | None:
    """What a leaf's name means under a group that says otherwise; None where it stands as it is."""
    group = "".join(path[:-1])
    if f is Field.PROGRESS_TEXT:
        return _progress(said, joined)
    if f is Field.NEXT_WORK_TEXT or f is Field.MEASURES_TEXT:
        return None
    if f is Field.PROBLEM_TEXT:
        return left_out(f"“{past}”的问题，不是本期") if (past := _past(said)) else None
    if f in (*_UNITS_AND_PEOPLE, Field.NAME):
        if re.search(r"问题|协调|交办|合同|文件|招标|中标", group) and not re.search(r"名称$", group):
            return left_out(f"“{group}”下的{f.label}，不取")
        return _unit_or_person(said, joined, path[-1])
    return None


def _by_pattern(joined: str) -> ColumnGuess | None:
    for pattern, f in _PATTERNS:
        if pattern.search(joined):
            return ColumnGuess(f, f"表头“{joined}”", 0.95) if f is not None else left_out("里程、桩号一类，不取")
    return None


def _unit_or_person(said: HeadSaid, joined: str, leaf: str) -> ColumnGuess | None:
    if said.leaf_has(WordKind.QUANTITY, WordKind.RATE) or (said.leaf_has(WordKind.INVEST, WordKind.TOTAL, WordKind.FUNDS) and "单位" not in leaf):
        return None
    for pattern, f in _PEOPLE:
        if pattern.search(joined):
            if f is None:
                return left_out("不是业主单位，不取")
            if f in (Field.BUILDER, Field.RESPONSIBLE_UNIT) and _PEOPLE_LEAF.search(leaf) and not re.search(r"单位.{0,3}(及|和|、)", leaf):
                f = Field.CONTACT
            if f is Field.COUNTY_LEADER and _CITY.search(joined):
                f = Field.CITY_LEADER
            return ColumnGuess(f, f"表头“{joined}”", 0.9)
    return None


def _ahead(said: HeadSaid, joined: str, leaf: str) -> ColumnGuess | None:
    """Work ahead. A plan of another time, or of this month, is neither that nor progress."""
    if said.has(WordKind.INVEST, WordKind.FUNDS, WordKind.TOTAL) or _counted(said):
        return None
    if _AHEAD.search(joined) and said.has(WordKind.WORK, WordKind.PLAN, WordKind.PROGRESS, WordKind.INTENT, WordKind.STATE) and not said.leaf_has(WordKind.PROBLEM):
        return ColumnGuess(Field.NEXT_WORK_TEXT, f"表头“{joined}”", 0.95)
    if re.fullmatch(r"下一?(步|阶段)", leaf) or (_next_month(said) and said.leaf_has(WordKind.WORK)):
        return ColumnGuess(Field.NEXT_WORK_TEXT, f"表头“{joined}”", 0.9)
    if re.fullmatch(r"(主要)?(工作|推进|建设|实施)(计划|打算|安排)", leaf) and not said.times():
        return ColumnGuess(Field.NEXT_WORK_TEXT, f"表头“{joined}”", 0.9)
    return None


def _next_month(said: HeadSaid) -> bool:
    """Whether the month after the return's own is named, and with no other year than its own."""
    ahead = next((t for t in said.times() if t.ahead), None)
    if ahead is None:
        return False
    return not said.times(When.YEAR) if ahead.number == 1 else not any(not t.ahead for t in said.times(When.OTHER))


def _problem(said: HeadSaid, joined: str) -> ColumnGuess | None:
    if not said.leaf_has(WordKind.PROBLEM) and not (said.group_has(WordKind.PROBLEM) and said.leaf_has(WordKind.STATE, WordKind.FILLER)):
        return None
    if _NOT_ITSELF.search(joined) or said.leaf_has(WordKind.QUANTITY):
        return left_out("问题的办理情况，不是问题本身")
    if past := _past(said):
        return left_out(f"“{past}”的问题，不是本期")
    solved = re.search(r"(解决|工作|措施|对策).{0,2}建议", joined) and not re.search(r"问题|困难", joined)
    return ColumnGuess(Field.MEASURES_TEXT if solved else Field.PROBLEM_TEXT, f"表头“{joined}”", 0.95)


def _past(said: HeadSaid) -> str:
    return next((t.words for t in said.times(When.OTHER, When.WEEK) if t.words[:1] in "上去前"), "")


def _counted(said: HeadSaid) -> bool:
    """Whether the brackets of the head say that figures stand below it."""
    return bool({"rate", "quantity", "money", "foreign"} & said.units) or said.leaf_has(WordKind.RATE)


def _progress(said: HeadSaid, joined: str) -> ColumnGuess | None:
    leaf = said.leaf_has(WordKind.PROGRESS) or (said.leaf_has(WordKind.STATE) and said.leaf_has(WordKind.DONE, WordKind.WORK, WordKind.FULFILMENT)) \
        or (said.leaf_has(WordKind.FULFILMENT)) or "工作情况" in joined or "工作进展" in joined or _work_done(said)
    if not leaf and not said.group_has(WordKind.PROGRESS):
        return None
    if said.leaf_has(WordKind.INVEST, WordKind.TOTAL, WordKind.FUNDS, WordKind.STATISTICS, WordKind.OTHER_MONEY, WordKind.AMOUNT):
        return None  # amounts, though the words above speak of progress
    if _counted(said):
        return left_out("进度百分比，不是文字")
    if not leaf and said.leaf_has(WordKind.STAGE):
        return left_out("阶段勾选，不是文字")
    last = next((w.kind for w in reversed(said.leaf()) if w.kind is not WordKind.FILLER), None)
    if said.leaf_has(WordKind.DATE, WordKind.FACT) or last is WordKind.QUANTITY:  # 进度评价
        return left_out("不是形象进度的文字")
    other = _other_time(said)
    if other:
        return left_out(f"“{other}”的情况，不是本期")
    if planned := _planned(said):
        if said.times(When.YEAR) and not said.times(When.MONTH, When.SPAN, When.QUARTER):
            return ColumnGuess(Field.YEAR_GOAL, f"表头“{joined}”：年度的目标", 0.8)
        return left_out(f"“{planned}”的进度，不是实际进度")
    return ColumnGuess(Field.PROGRESS_TEXT, f"表头“{joined}”", _strength(said))


def _work_done(said: HeadSaid) -> bool:
    """完成的主要工作, 本月施工内容: the work that was done, where nothing says that it is still to do."""
    if not said.leaf_has(WordKind.WORK) or said.has(WordKind.PLAN, WordKind.INTENT, WordKind.LEFT):
        return False
    now = said.leaf_times(When.MONTH) and any("内容" in w.text for w in said.leaf())
    return bool(now) or said.leaf_has(WordKind.DONE, WordKind.ALREADY)


def _other_time(said: HeadSaid) -> str:
    for t in said.times():
        other = t.when in (When.OTHER, When.BEFORE) or (t.when is When.WEEK and t.words[:1] in "上下")
        if other and (t.words[:1] != "下" or not _comes_first(said, "".join(w.text for w in said.leaf()))):
            return t.words
    return ""


def _planned(said: HeadSaid) -> str:
    """The word by which progress is a plan's or a target's, "" where it is what was reached."""
    if said.leaf_has(WordKind.FULFILMENT, WordKind.ALREADY):
        return ""
    leaf = said.leaf()
    if _comes_first(said, "".join(w.text for w in leaf)):
        leaf = leaf[: next((n for n, w in enumerate(leaf) if w.kind is WordKind.PROBLEM or (w.time is not None and w.text[:1] == "下")), len(leaf))]
    if said.leaf_has(WordKind.INTENT, WordKind.PLAN):
        return next((w.text for w in leaf if w.kind in (WordKind.INTENT, WordKind.PLAN)), "")
    if said.group_has(WordKind.DONE, WordKind.FULFILMENT, WordKind.ALREADY, WordKind.PROGRESS, WordKind.STATE):
        return ""
    return said.first(WordKind.INTENT, WordKind.PLAN) or next((w.text for w in said.words if w.level < said.depth - 1 and "计划" in w.text), "")


def _strength(said: HeadSaid) -> float:
    """How surely a column is the period's 形象进度: of several only the surest are read."""
    if "形" in said.first(WordKind.PROGRESS):
        return 1.0
    if said.has(WordKind.SOURCE, WordKind.STAGE):
        return 0.6  # of a part of the work only: 征地拆迁进展, 前期工作进展
    return 0.9 if said.has(WordKind.PROGRESS) else 0.8


def _goal(said: HeadSaid, joined: str) -> ColumnGuess | None:
    if re.search(r"年度(建设|形象)?(目标|任务)(?!.*(?:投资|数|额|值))|年(度)?目标任务", joined) and not said.has(WordKind.INVEST, *(WordKind.FULFILMENT,)):
        return ColumnGuess(Field.YEAR_GOAL, f"表头“{joined}”", 0.9)
    return None
