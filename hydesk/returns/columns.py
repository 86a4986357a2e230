"""Stage 'columns': from the words over a column to the field it holds.

Words alone decide where they can. 累计完成投资 standing alone may mean the year to date or since the start: such a
column gets both candidates, and ``resolve.py`` decides by the figures the ledger already holds, or asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from hydesk.domain.fields import LEDGER_MONEY, MONEY_FIELDS, PROGRESS_TEXTS, Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.returns.aliases import ALIASES, COUNTED_IN_WAN, SERIAL_HEADS
from hydesk.returns.head_words import bare, known_field
from hydesk.returns.text import squeeze


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column's words say: a field, or several between which figures must decide, or none with the reason."""

    field: Field | None
    reason: str
    confidence: float = 1.0
    candidates: tuple[Field, ...] = ()
    combined: bool = False
    """Owner and project name stand together in the cell."""
    asked: bool = False
    """No figures can decide it: 上半年 alone may be the half year's plan, which is as large as what was done."""


_UNIT = re.compile(r"(千万元|百万元|千元|万元|亿元|(?<=[(:、,])元(?=[)、,%]|$))(?!/)")
_YEAR = re.compile(r"(20\d\d)(?:年|(?=\D))|(?<!\d)(\d\d)年")
_RATE = re.compile(r"占|率|比例|比重|百分比|增幅|同比|环比|%$|\(%\)|进度\(%\)|完成%")
_DIFFERENT_TIME = re.compile(r"上年同期|去年同期|同期|去年(?!底)|上年(?!底|末|度底|度末|年底|累计)|上月(?!底)|前月|明年|下年|次年|下月|下季|本季|季度|上季|上半年|下半年")
_BEFORE = re.compile(
    r"(?:截至|截止|至|到)?(?:(20\d\d)年?|上年度?|去年|上一年度?)(?:年)?(?:度)?(?:底|末|12月底|12月31日)(?:前|止|以前)?"
    r"|(20\d\d)年?(?:及以前|以前|(?<=年)前)|以前年度|历年|往年")
_SINCE_START = re.compile(r"开工(以来|至今|累计|后累计|到|至)|自开(工|始|建)|开始建设|建设以来|开建以来|总累计|累计总|项目累计|建设累计|开工.{0,3}累计")
_YTD_SPAN = re.compile(r"(?:自)?(?:年初|元月份?|(?<![万亿千百])元(?=[至-]\d)|(?<!\d)0?1月?份?)(?:至|到|-)(本月|当月|今|现在|目前|(\d{1,2})月?)")
_YTD = re.compile(r"年初|本年(度)?(累计|已?完成)|当年(累计|已?完成)|今年(以来|累计|已?完成)|年内累计|年累计|年度累计|全年累计|年度完成|年度已?累计|至今累计|本年度(累计|完成)")
_YTD_NAMES = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年完成"}
"""What the year to date is called at a quarter's end."""
_MONTH = re.compile(r"本月|当月|本期|(?<![\d\-至到])(\d{1,2})月(?!底|末)")
_MONTH_END = re.compile(r"(?<![\d\-至到])(\d{1,2})月(?:底|末|30日|31日|28日|29日)")
_UP_TO = re.compile(r"(?:截至|截止|至|到)(?:20\d\d年)")
"""Up to a day named with its year: since the start as likely as of the year."""
_PLAN = re.compile(r"计划|目标(?!产)|任务数")
_FUNDS = re.compile(r"到位")
_STATISTICS = re.compile(r"入统|入库|统计(局|库)|纳统")
_TOTAL = re.compile(r"总投资|投资总|投资规模|概算|估算")
_NOT_MONEY_PLAN = re.compile(r"开工|竣工|投产|工作|下[月周步]|下一步|安排|时间|日期|任务计划|工期|完工")
_INVEST = re.compile(r"投资|完成|累计|资金|入库|入统|计划")
_NOT_INVESTMENT = re.compile(r"产值|税收|税金|收入|利润|用地|面积|能耗|人数|就业|工程量|合同额|销售|引资|争资")
_REMAINDER = re.compile(r"剩余|尚需|尚缺|还需|尚未完成|待完成|上年结转|缺口|余额|差额|欠账|上年结余")
"""What is left to do or to find: worked out from the other columns, never taken."""
_CHILD = re.compile(
    r"^(其中:?)?(市财政|县财政|区财政|财政|社会资本|社会投资|中央(预算内)?|省(级)?(预算内|补助)?|市(级|本级)|县(级|区级)|"
    r"银行贷款|贷款|专项债券?|债券|自筹|企业自筹|自有资金|上级资金|地方配套|配套资金|其他|其它|政府投资|外资|设备(购置)?|建安(工程|投资)?|"
    r"土建|征(地)?拆(迁)?|国债|融资|民间投资|财政资金|本级财政)(资金|投资)?$"
)


def is_source_of_money(words: str) -> bool:
    """Whether words name a source of money (市财政, 银行贷款), which breaks a sum down."""
    return bool(_CHILD.match(words))


def unit_in_words(words: str) -> MoneyUnit | None:
    """The unit of money a head names: 总投资（万元） → 万元; 万件 and 万千瓦 are quantities, not money."""
    text = COUNTED_IN_WAN.sub("", squeeze(words))
    found = _UNIT.findall(text)
    return MoneyUnit(found[-1]) if found else None


_TO_DATE = (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED, Field.STATISTICS_YEAR)
_WEEK = re.compile(r"(?<!截至)(?<!截止)(?<!至)(本|当|上|下)周(?!.*累计)")


def guess_column(path: tuple[str, ...], period: Period) -> ColumnGuess:
    """The field of a column whose head reads ``path`` (outermost first) in a return for ``period``."""
    month = period.last_month.number
    guess = _guess(path, period.year, month)
    if guess.field is None and not guess.candidates and period.end.month != month:
        # A weekly return may carry the sums of the running month to date.
        running = _guess(path, period.year, period.end.month)
        if running.field in _TO_DATE:
            return running
    return guess


@lru_cache(maxsize=8192)
def _guess(path: tuple[str, ...], year: int, month: int) -> ColumnGuess:
    joined = bare("".join(path))
    leaf = bare(path[-1])
    if not joined or joined in SERIAL_HEADS or leaf in SERIAL_HEADS:
        return ColumnGuess(None, "序号列")
    text = _text_field(joined, leaf, path, month)
    if text is not None:
        return text
    if _is_rate(path):
        return ColumnGuess(None, "比率列，不取数")
    if joined == _YTD_NAMES.get(month):
        return ColumnGuess(None, f"表头“{joined}”未说明是计划还是完成", 0.5, (Field.YEAR_INVESTMENT,), asked=True)
    money = _money_field(joined, path, year, month)
    if money is not None:
        return money
    return _near_field(joined, leaf)


def _is_rate(path: tuple[str, ...]) -> bool:
    leaf = squeeze(path[-1])
    # “(万元、%)” over a whole table says the units of its columns; only the leaf's own words make a rate.
    if re.search(r"(占|率|比例|比重|百分比|增幅|同比|环比)", leaf) and not re.search(r"占地|频率|功率", leaf):
        return True
    return leaf in ("%", "(%)") or bool(re.search(r"[(]%[)]$|%$", leaf))


def _text_field(joined: str, leaf: str, path: tuple[str, ...], month: int) -> ColumnGuess | None:
    """Fields whose names do not vary with the year."""
    for words in (joined, leaf):
        f = known_field(words)
        if f is not None and f not in MONEY_FIELDS and (words == joined or len(path) == 1 or _leaf_may_stand_alone(f)):
            return ColumnGuess(f, f"表头“{words}”")
    if re.search(r"(单位|业主|法人|企业).{0,3}(及|和|、|/|与).{0,4}(项目|工程)?名称|项目名称.{0,2}(及|和|、|与).{0,3}(单位|业主)", joined):
        return ColumnGuess(Field.NAME, f"表头“{joined}”：单位与名称同列", 0.95, combined=True)
    for pattern, f in _TEXT_PATTERNS:
        if f is Field.PROGRESS_TEXT and _MONEY_LEAF.search(leaf):
            continue
        if pattern.search(joined):
            said = _MONTH.search(joined)
            if f in PROGRESS_TEXTS and said and said[1] and not _YTD_SPAN.search(joined) and int(said[1]) != month:
                return ColumnGuess(None, f"{said[1]}月的情况，不是{month}月")
            return ColumnGuess(f, f"表头“{joined}”", 0.95)
    return None


def _leaf_may_stand_alone(field: Field) -> bool:
    return field not in (Field.REMARK, Field.YEARS)


_MONEY_LEAF = re.compile(r"(完成|累计).{0,4}投资|投资(完成)?额?$|到位资金")
"""A column of amounts even where the words above it speak of progress (形象进度投资, 项目进展情况)."""
_TEXT_PATTERNS: tuple[tuple[re.Pattern[str], Field], ...] = (
    (re.compile(r"(统一|审批|监管平台|赋).{0,6}代?码"), Field.APPROVAL_CODE),
    (re.compile(r"下(一)?(步|月|周|阶段)(的)?(工作|计划|措施|打算|安排|任务|重点)(?!.*投资)|下一步(?!.*投资)"), Field.NEXT_WORK_TEXT),
    (re.compile(r"问题|困难|需.{0,6}协调"), Field.PROBLEM_TEXT),
    (re.compile(r"形象进度(?!.{0,4}投资)|进展(?!.{0,4}投资)|工程进度$|推进情况"), Field.PROGRESS_TEXT),
    (re.compile(r"(计划|预计|拟).{0,3}开工.{0,2}(时间|日期|年月)$|^计划开工$"), Field.PLANNED_START),
    (re.compile(r"开工.{0,6}(时间|日期|年月)|^(时间|日期)开工$"), Field.START_DATE),
    (re.compile(r"(计划|预计|拟).{0,3}(竣工|完工|建成|投产).{0,3}(时间|日期|年月)$"), Field.PLANNED_FINISH),
    (re.compile(r"(竣工|完工|建成|投产).{0,6}(时间|日期|年月)"), Field.FINISH_DATE),
    (re.compile(r"起止|建设(周期|年限|工期)"), Field.YEARS),
    (re.compile(r"^.{0,6}建设(规模|内容)(?!.*投资)"), Field.SCALE),
    (re.compile(r"联系人|联系电话|电话|手机"), Field.CONTACT),
    (re.compile(r"年度(建设)?(目标|任务)(?!.*投资)"), Field.YEAR_GOAL),
)


def _money_field(joined: str, path: tuple[str, ...], year: int, month: int) -> ColumnGuess | None:
    if _NOT_INVESTMENT.search(joined):
        return ColumnGuess(None, "不是投资数")
    if _WEEK.search(joined):
        return ColumnGuess(None, "一周的数，台账按月记，不取数")
    if _REMAINDER.search(joined):
        return ColumnGuess(None, "余下的数，不取数")
    if not (_INVEST.search(joined) or _TOTAL.search(joined) or _MONTH.search(joined) or _YTD_SPAN.search(joined)):
        return None
    if len(path) > 1 and _CHILD.match(bare(path[-1])) and "到位" not in path[-1]:
        return ColumnGuess(None, f"“{path[0]}”下的分项，不是整项数")
    if bare(path[-1]).startswith("其中"):
        return _part(path, year, month)
    before = _BEFORE.search(joined)
    rest = joined.replace(before[0], "") if before else joined
    wrong = _other_time(rest, year, month)
    if before and not _is_plan(rest):
        named = before[1] or before[2]
        said = int(named) if named else year - 1
        if said != year - 1:
            return ColumnGuess(None, f"{said}年底的数，不是上年底")
        return ColumnGuess(Field.INVESTED_BEFORE, f"表头“{joined}”")
    if wrong:
        return ColumnGuess(None, wrong)
    if _STATISTICS.search(joined):
        return _statistics(joined)
    if _FUNDS.search(joined) and re.search(r"本月|当月|\d月(?!.*累计)", joined) and not _YTD_SPAN.search(joined) and "累计" not in joined:
        return ColumnGuess(None, "当月到位资金，台账只记累计")
    if _FUNDS.search(joined):
        return ColumnGuess(Field.FUNDS_ARRIVED, f"表头“{joined}”", 0.95)
    return _investment(joined, path, year, month)


def _part(path: tuple[str, ...], year: int, month: int) -> ColumnGuess:
    """累计完成投资，其中：本年完成: a part of a sum over time is a figure of its own; a part by source is not."""
    rest = bare(path[-1]).removeprefix("其中").lstrip(":、")
    group = bare("".join(path[:-1]))
    if _CHILD.match(rest) or _TOTAL.search(group) or _is_plan(group):
        return ColumnGuess(None, "分项列，不是整项数")
    if re.fullmatch(rf"{year}年(度)?", rest):
        return ColumnGuess(Field.YEAR_INVESTMENT, f"表头“{group}”其中{rest}", 0.9)
    return _money_field(rest, (rest,), year, month) or ColumnGuess(None, "分项列，不是整项数")


def _other_time(words: str, year: int, month: int) -> str | None:
    """Why a column is about another time than the return, or None."""
    for m in _YEAR.finditer(words):
        said = int(m[1]) if m[1] else 2000 + int(m[2])
        if said != year:
            return f"{said}年的数，不是{year}年"
    if _YTD_NAMES.get(month, "—") in words:
        return None
    if (other := _DIFFERENT_TIME.search(words)) and not re.search(r"下[月步].*计划(?!.*投资)", words):
        return f"“{other[0]}”的数，不是本期"
    if span := _YTD_SPAN.search(words):
        if span[2] and int(span[2]) != month:
            return f"1-{span[2]}月的数，不是本期"
        return None
    if (ended := _MONTH_END.search(words)) and int(ended[1]) != month:
        return f"{ended[1]}月底的数，不是{month}月底"
    months = [int(m[1]) for m in _MONTH.finditer(words) if m[1]]
    if months and month not in months:
        return f"{months[0]}月的数，不是{month}月"
    return None


def _is_plan(words: str) -> bool:
    return bool(_PLAN.search(words)) and not _NOT_MONEY_PLAN.search(words)


def _statistics(joined: str) -> ColumnGuess:
    if _MONTH.search(joined) and not _YTD_SPAN.search(joined):
        return ColumnGuess(Field.STATISTICS_MONTH, f"表头“{joined}”")
    if _YTD.search(joined) or _YTD_SPAN.search(joined) or "当年" in joined or "本年" in joined or re.search(r"20\d\d年", joined):
        return ColumnGuess(Field.STATISTICS_YEAR, f"表头“{joined}”")
    if re.search(r"时间|日期|是否|代码|情况$", joined):
        return ColumnGuess(None, "入统情况，不是投资数")
    return ColumnGuess(None, "累计入统，口径不明", 0.5, (Field.STATISTICS_YEAR,))


def _investment(joined: str, path: tuple[str, ...], year: int, month: int) -> ColumnGuess | None:
    words = f"表头“{joined}”"
    if _SINCE_START.search(joined):
        return ColumnGuess(Field.TOTAL_INVESTED, words)
    leaf = bare(path[-1])
    if _YTD_SPAN.search(joined) or _YTD_NAMES.get(month, "—") in joined:
        if _is_plan(leaf) and "完成" not in leaf:
            return ColumnGuess(None, "时段计划数，不是完成数")
        return ColumnGuess(Field.YEAR_INVESTMENT, words)
    if _TOTAL.search(joined) and not re.search(r"完成|累计|年度|今年|本年|当年", joined):
        return ColumnGuess(Field.TOTAL_INVESTMENT, words)
    month_said = _MONTH.search(leaf) or (_MONTH.search(joined) and not re.search(r"累计", leaf))
    if _is_plan(joined) and not re.search(r"实际|已完成", leaf) and (_is_plan(leaf) or not re.search(r"完成|累计|\d月|本月|当月", leaf)):
        if month_said:
            return ColumnGuess(None, "本月计划数，不是完成数")
        if "累计" in leaf:
            return None
        return ColumnGuess(Field.ANNUAL_PLAN, words) if not _TOTAL.search(joined) else ColumnGuess(Field.TOTAL_INVESTMENT, words)
    if _YTD.search(joined):
        return ColumnGuess(Field.YEAR_INVESTMENT, words)
    if month_said and "累计" in leaf:
        # 6月累计完成: of June, or up to June; the figures must say.
        return ColumnGuess(None, words + "可指当月或累计", 0.5, (Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT, Field.TOTAL_INVESTED))
    if month_said:
        return ColumnGuess(Field.MONTH_INVESTMENT, words)
    if "累计" in joined or re.search(r"完成投资|投资完成|已完成|完成额|完成情况", joined) or leaf in ("完成", "实际完成"):
        return _cumulative(joined, leaf, path, year)
    return None


def _cumulative(joined: str, leaf: str, path: tuple[str, ...], year: int) -> ColumnGuess | None:
    group = bare("".join(path[:-1]))
    in_year = re.search(rf"{year}年|年度|今年|本年|当年", _UP_TO.sub("", joined))
    if in_year and ("累计" in leaf or "完成" in leaf):
        return ColumnGuess(Field.YEAR_INVESTMENT, f"表头“{joined}”（{group or year}之下）", 0.9)
    if "累计" in joined or "完成" in joined:
        both: tuple[Field, ...] = (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED)
        if "累计" not in joined:
            both = (Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT, Field.TOTAL_INVESTED)
        return ColumnGuess(None, f"表头“{joined}”未说明口径", 0.5, both)
    return None


_NEAR_NAMES: dict[str, Field] = {
    bare(name): f for f, names in ALIASES.items() if f not in MONEY_FIELDS or f in LEDGER_MONEY for name in names if len(name) >= 4
}


def _near_field(joined: str, leaf: str) -> ColumnGuess:
    """Near spelling, for heads with a typing slip (项目名稱, 形像进度)."""
    if 3 <= len(joined) <= 16:
        found = process.extractOne(joined, _NEAR_NAMES.keys(), scorer=fuzz.ratio, score_cutoff=74)
        if found is not None:
            return ColumnGuess(_NEAR_NAMES[found[0]], f"表头“{joined}”与“{found[0]}”相近", found[1] / 100)
    return ColumnGuess(None, "未识别的列")
