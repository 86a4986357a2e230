"""The office's measures by name: what each is, over which projects, by which rule (docs/rules.md §3).

A figure shown or printed under one of these names is made by the modules beside this one and nowhere else.
"""

from __future__ import annotations

from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.fields import GRAMMAR_MONEY, Field, FieldKind


class Quantity(Enum):
    """What a measure counts in."""

    AMOUNT = "元"
    """Whole yuan."""
    RATE = "%"
    """An exact decimal, 1 = 100 %."""
    POINTS = "个百分点"
    """A difference of two rates, 0.01 = one point."""
    COUNT = "个"
    """Whole things."""
    PLACE = "位"
    """A place in a ranking or a change of it."""
    SCORE = "分"
    """Points of an assessment."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure means: its name in the office's words, its formula, which projects count, what is said without data.

    ``rule`` is the § of docs/rules.md that decides it.
    """

    id: str
    name: str
    quantity: Quantity
    formula: str
    covers: str
    rule: str
    lacking: str = "—"

    @property
    def words(self) -> str:
        """What it means in one line: 投资完成率＝年初至今完成投资÷年度计划投资（清单上的项目）."""
        return f"{self.name}＝{self.formula}（{self.covers}）"




def _goal(key: str, word: str) -> tuple[Measure, ...]:
    """The measures of 投产 or 达产 (``Goal``), which are alike."""
    of, count, rate = f"计划{word}的项目", Quantity.COUNT, Quantity.RATE
    return (
        Measure(f"planned_{key}", f"计划{word}", count, f"计划{word}日在当年，预备项目不计", "续建和新建项目", "5.5"),
        Measure(f"reached_{key}", f"已{word}", count, f"计划{word}项目中登记了实际{word}的", of, "5.5"),
        Measure(f"year_{key}_rate", f"年度{word}率", rate, f"已{word}÷计划{word}", of, "5.5"),
        Measure(f"due_{key}", f"到期应{word}", count, f"计划{word}日已到", of, "5.5"),
        Measure(f"due_{key}_rate", f"到期{word}率", rate, f"已{word}÷截至当日应{word}", of, "5.5"),
        Measure(f"overdue_{key}", f"到期未{word}", count, f"计划{word}日已过而没有登记实际{word}", of, "5.5"),
        Measure(f"early_{key}", f"提前{word}", count, f"早于计划月份{word}", of, "5.5"),
        Measure(f"unplanned_{key}", f"计划外{word}", count, f"当年{word}而计划在别年或没有计划日", _ALL, "5.5"))


_ALL = "本年清单上的项目"
_NEWEST = "有数的项目，各按其最近一次上报数"

_OTHER_MONEY = tuple(f for f in Field if f.kind is FieldKind.MONEY and f not in GRAMMAR_MONEY)
"""Amounts that are shown and summed, but that no rule links to others."""

MEASURES: dict[str, Measure] = {m.id: m for m in (
    Measure("count", "项目个数", Quantity.COUNT, "清单上的项目数，打包项目算一个", _ALL, "3.1"),
    Measure("split_count", "拆分后个数", Quantity.COUNT, "打包项目按其子项目计", _ALL, "3.1"),
    Measure("total_investment", "总投资", Quantity.AMOUNT, "各项目总投资之和", _ALL, "3.1"),
    Measure("annual_plan", "年度计划投资", Quantity.AMOUNT, "各项目年度计划投资之和", _ALL, "3.1"),
    Measure("year_investment", "年初至今完成投资", Quantity.AMOUNT, "各项目年初至数据日期累计完成之和", _NEWEST, "3.2"),
    Measure("completion", "投资完成率", Quantity.RATE, "年初至今完成投资÷年度计划投资", "清单上的项目；没有数的按未完成计", "3.2"),
    Measure("time_progress", "时间进度", Quantity.RATE, "月：月数÷12；周：当年第几天÷全年天数，或已结束月数÷12", "数据日期", "3.3"),
    Measure("gap", "超（欠）时间进度", Quantity.POINTS, "投资完成率－数据日期的时间进度", "同投资完成率", "3.3"),
    Measure("schedule_rate", "完成序时", Quantity.RATE, "年初至今完成投资÷截至数据日期的序时计划；没有序时计划的按年度计划×时间进度", "有序时计划的项目和其余项目", "13.2"),
    Measure("planned_to_date", "截至目前应完成", Quantity.AMOUNT, "各项目序时计划年初至数据日期之和；没有的按年度计划×时间进度", "清单上的项目", "13.2"),
    Measure("on_schedule", "达到序时", Quantity.COUNT, "完成率不低于其数据日期应完成的（按序时计划或时间进度）", "本期报了、有年度计划的项目", "17.3"),
    Measure("on_schedule_rate", "达到序时率", Quantity.RATE, "达到序时÷本期报了、有年度计划的项目", "本期报了、有年度计划的项目", "17.3"),
    Measure("points_of_whole", "比总体", Quantity.POINTS, "投资完成率－报告全部项目的投资完成率", "同投资完成率", "17.3"),
    Measure("listable", "应统", Quantity.COUNT, "已开工、总投资500万元及以上的项目", "已开工的项目", "17.4"),
    Measure("unlisted", "应统未统", Quantity.COUNT, "应统项目中没有登记入统、也没有入统投资的", "应统的项目", "17.4"),
    Measure("ratio", "两数之比", Quantity.RATE, "÷前后两个指标，都取两项都有数的项目", "两项都有数的项目", "17.3"),
    Measure("month_gain", "本月新增完成投资", Quantity.AMOUNT, "本月末累计－上月末累计", "两月末都有数的项目，加首次报送的", "3.4"),
    Measure("week_gain", "本周新增完成投资", Quantity.AMOUNT, "本周末累计－上周末累计", "两周末都有数或填报了本周完成数的项目", "3.4"),
    Measure("month_investment", "当月完成投资", Quantity.AMOUNT, "报表填报的当月完成数", "报了当月的项目", "3.4"),
    Measure("week_investment", "本周完成投资", Quantity.AMOUNT, "报表填报的本周完成数", "报了本周的项目", "3.4"),
    Measure("count_then", "上年同期项目个数", Quantity.COUNT, "上年清单上的项目数", "上年同月清单上的项目", "3.8"),
    Measure("count_both", "两年都在的个数", Quantity.COUNT, "两年清单上都有的项目数", "两年清单上都有的项目", "3.8"),
    Measure("year_investment_then", "上年同期完成投资", Quantity.AMOUNT, "上年清单各项目年初至同月累计完成之和", "上年同月清单上有数的项目", "3.8"),
    Measure("difference_of_years", "同比增减额", Quantity.AMOUNT, "年初至今完成投资－上年同期完成投资", "两年各按自己的清单；报送不足九成的不比", "3.8"),
    Measure("growth", "同比增长", Quantity.RATE, "（年初至今完成投资－上年同期完成投资）÷上年同期完成投资", "两年各按自己的清单；报送不足九成的不比", "3.8"),
    Measure("completion_then", "上年同期完成率", Quantity.RATE, "上年同期完成投资÷上年年度计划投资", "上年同月清单上的项目", "3.8"),
    Measure("points_of_years", "完成率同比", Quantity.POINTS, "投资完成率－上年同期完成率", "两年各按自己的清单；报送不足九成的不比", "3.8"),
    Measure("same_growth", "可比增长", Quantity.RATE, "两年都在清单上的项目完成投资的同比增长", "两年都在清单上、两年都有数的项目", "3.8"),
    Measure("total_invested", "开工累计完成投资", Quantity.AMOUNT, "自开工以来累计完成之和", _NEWEST, "3.2"),
    Measure("total_completion", "总投资完成率", Quantity.RATE, "开工累计完成投资÷总投资", _NEWEST, "3.2"),
    Measure("invested_before", "截至上年底累计完成投资", Quantity.AMOUNT, "自开工至上年底累计完成之和", _ALL, "3.2"),
    Measure("funds", "到位资金", Quantity.AMOUNT, "年初至今到位资金之和", "报了到位资金的项目", "3.5"),
    Measure("funds_rate", "资金到位率", Quantity.RATE, "到位资金÷同一批项目的年度计划投资", "报了到位资金的项目；其计划不足全部计划一半的不计算", "3.5"),
    Measure("statistics", "入统投资", Quantity.AMOUNT, "年初至今入统投资之和", "报了入统投资的项目", "3.5"),
    Measure("statistics_month", "当月入统投资", Quantity.AMOUNT, "报表填报的当月入统数", "报了当月入统的项目", "3.5"),
    Measure("statistics_rate", "入统率", Quantity.RATE, "入统投资÷同一批项目的年初至今完成投资", "两项都报了的项目；其计划不足全部计划一半的不计算", "3.5"),
    Measure("need", "每月需完成投资", Quantity.AMOUNT, "（年度计划－数据日期累计）÷剩余月数", "有年度计划的项目", "3.6"),
    Measure("left", "距年度计划还差", Quantity.AMOUNT, "年度计划－数据日期累计", "有年度计划的项目", "3.6"),
    Measure("months_left", "剩余月数", Quantity.COUNT, "数据日期之后的整月数", "数据日期", "3.6"),
    Measure("pace", "月均完成投资", Quantity.AMOUNT, "数据日期累计÷已过月数", "有数的项目", "3.6"),
    Measure("forecast", "预计全年完成投资", Quantity.AMOUNT, "数据日期累计÷已过月数×12", "有数的项目", "3.6"),
    Measure("year_end", "年底预测完成投资", Quantity.AMOUNT, "以往各年从同一月份起的走势推算，年底五次有四次落在低、高之间", "有年度计划的项目，各从最近一次上报数起", "10.1"),
    Measure("year_end_rate", "年底预测完成率", Quantity.RATE, "年底预测完成投资÷年度计划投资", "同年底预测完成投资", "10.1"),
    Measure("doubted", "请核实的投资", Quantity.AMOUNT, "疑点所涉项目的金额", "有疑点的项目", "9.1"),
    Measure("trust", "数据可信度", Quantity.SCORE, "100－未说明的重点核实每处10分、顺带核实每处2分，每月最多扣30分", "有项目的单位", "9.4"),
    Measure("place", "位次", Quantity.PLACE, "按投资完成率排名，同率按完成额", "本期报齐或报送九成以上计划的单位", "4.1"),
    Measure("moved", "位次变动", Quantity.PLACE, "只在两期都参加排名的单位之间比较", "两期都参加排名的单位", "4.1"),
    Measure("meaning", "预警个数", Quantity.COUNT, "按预警规则判定，各按其数据日期", "本期报了的项目", "4.2"),
    Measure("named", "红黄榜项目", Quantity.COUNT, "公布在红榜或黄榜上的项目", "公布时在榜的项目", "4.4"),
    Measure("unreported", "未报个数", Quantity.COUNT, "本期没有投资数的项目", _ALL, "4.2"),
    Measure("reported_units", "已报单位数", Quantity.COUNT, "本期有报表入库的单位", "有项目的单位", "2.1"),
    Measure("planned_starts", "计划新开工", Quantity.COUNT, "新建项目，计划开工日（没有的按开工年份）在当年", "新建项目", "5.1"),
    Measure("started", "已开工", Quantity.COUNT, "计划新开工项目中登记了实际开工的", "计划新开工的项目", "5.1"),
    Measure("year_start_rate", "年度开工率", Quantity.RATE, "已开工÷计划新开工", "计划新开工的项目", "5.2"),
    Measure("due_start_rate", "到期开工率", Quantity.RATE, "已开工÷截至当日应开工", "计划新开工的项目", "5.2"),
    Measure("works_rate", "开复工率", Quantity.RATE, "（续建中本年有投资的＋新建已开工）÷（续建＋计划新开工）", "续建和计划新开工的项目", "5.2"),
    Measure("due_starts", "到期应开工", Quantity.COUNT, "计划开工日已到", "计划新开工的项目", "5.1"),
    Measure("early_starts", "提前开工", Quantity.COUNT, "早于计划月份开工", "计划新开工的项目", "5.1"),
    Measure("overdue_starts", "到期未开工", Quantity.COUNT, "计划开工日已过而没有登记实际开工", "计划新开工的项目，续建不计", "5.1"),
    Measure("money_without_start", "有投资未记开工", Quantity.COUNT, "有完成投资而没有登记实际开工", "计划新开工的项目", "5.3"),
    Measure("due_started", "到期已开工", Quantity.COUNT, "计划开工日已到而登记了实际开工", "计划新开工的项目", "5.1"),
    Measure("starts_before_due", "未到期先开工", Quantity.COUNT, "计划开工日未到而登记了实际开工", "计划新开工的项目", "5.1"),
    Measure("period_starts", "本期开工", Quantity.COUNT, "实际开工日在本期内", "计划新开工的项目", "5.1"),
    Measure("soon_starts", "年内待开工", Quantity.COUNT, "计划开工日未到而没有开工", "计划新开工的项目", "5.1"),
    Measure("planned_finishes", "计划竣工", Quantity.COUNT, "计划竣工日（没有的按竣工年份）在当年，预备项目不计", "续建和新建项目", "5.4"),
    Measure("finished", "已竣工", Quantity.COUNT, "计划竣工项目中登记了实际竣工的", "计划竣工的项目", "5.4"),
    Measure("year_finish_rate", "年度竣工率", Quantity.RATE, "已竣工÷计划竣工", "计划竣工的项目", "5.4"),
    Measure("due_finish_rate", "到期竣工率", Quantity.RATE, "已竣工÷截至当日应竣工", "计划竣工的项目", "5.4"),
    Measure("overdue_finishes", "到期未竣工", Quantity.COUNT, "计划竣工日已过而没有登记实际竣工", "计划竣工的项目", "5.4"),
    Measure("early_finishes", "提前竣工", Quantity.COUNT, "早于计划月份竣工", "计划竣工的项目", "5.4"),
    Measure("due_finishes", "到期应竣工", Quantity.COUNT, "计划竣工日已到", "计划竣工的项目", "5.4"),
    Measure("period_finishes", "本期竣工", Quantity.COUNT, "实际竣工日在本期内", "计划竣工的项目", "5.4"),
    Measure("unplanned_finishes", "计划外竣工", Quantity.COUNT, "当年竣工而计划在别年或没有计划", _ALL, "5.4"),
    *_goal("production", "投产"), *_goal("capacity", "达产"),
    Measure("prepared", "前期项目", Quantity.COUNT, "预备和新建项目，年初以前没有登记实际开工", "预备和新建项目", "5.6"),
    Measure("reserved", "其中预备", Quantity.COUNT, "前期项目中的预备项目", "前期项目", "5.6"),
    Measure("converted", "前期转开工", Quantity.COUNT, "前期项目中当年已开工的", "前期项目", "5.6"),
    Measure("conversion_rate", "前期转化率", Quantity.RATE, "前期转开工÷前期项目", "前期项目", "5.6"),
    Measure("still_prepared", "仍在前期", Quantity.COUNT, "前期项目中没有开工、没有竣工的", "前期项目", "5.6"),
    Measure("granted", "手续已齐", Quantity.COUNT, "仍在前期而需办的手续都已办结", "仍在前期的项目", "5.6"),
    Measure("permits_needed", "需办手续", Quantity.COUNT, "仍在前期的项目在开工以前的各个节点，写明不需办理的除外", "仍在前期的项目", "5.6"),
    Measure("permits_done", "已办结手续", Quantity.COUNT, "需办手续中登记了实际时间的", "仍在前期的项目", "5.6"),
    Measure("permits_rate", "前期手续办结率", Quantity.RATE, "已办结手续÷需办手续", "仍在前期的项目", "5.6"),
    Measure("permits_open", "待办手续", Quantity.COUNT, "需办而没有办结的手续", "仍在前期的项目", "5.6"),
    Measure("permits_working", "其中办理中", Quantity.COUNT, "待办手续中写明办理中的", "仍在前期的项目", "5.6"),
    Measure("permits_overdue", "手续逾期", Quantity.COUNT, "待办手续中计划时间已过的", "仍在前期的项目", "5.6"),
    Measure("permits_due", "手续近期到期", Quantity.COUNT, "待办手续中三十天内应办结的", "仍在前期的项目", "5.6"),
    Measure("permits_undated", "手续未排期", Quantity.COUNT, "待办手续中没有计划、预计时间的", "仍在前期的项目", "5.6"),
    Measure("permits_unneeded", "不需办理", Quantity.COUNT, "写明不需办理的手续", "仍在前期的项目", "5.6"),
    Measure("nodes", "节点个数", Quantity.COUNT, "按节点的计划、预计、实际时间", _ALL, "6.1"),
    Measure("node_rate", "手续办结率", Quantity.RATE, "已办结÷有计划时间的", "有该节点计划时间的项目", "6.1"),
    Measure("problems", "问题个数", Quantity.COUNT, "反映了需协调解决问题的项目或列入清单的问题", _ALL, "6.2"),
    Measure("solved_rate", "问题销号率", Quantity.RATE, "已销号÷登记的问题", "登记的问题", "6.2"),
    Measure("promises", "承诺兑现率", Quantity.RATE, "已兑现÷到期的承诺", "到期的承诺", "6.3"),
    Measure("share", "占比", Quantity.RATE, "部分÷合计", "同合计", "3.1"),
    Measure("score", "得分", Quantity.SCORE, "按计分规则；没有数据的项不计分也不扣分", "有项目的单位", "6.4"),
    Measure("adjustments", "调整个数", Quantity.COUNT, "清单调整、退出等", _ALL, "3.1"),
    Measure("target", "规划指标", Quantity.AMOUNT, "按规划登记的指标值", "登记的指标", "6.5"),
    Measure("own", "自建栏目合计", Quantity.AMOUNT, "各项目这一栏的数之和", "填了这一栏的项目", "8.3"),
    Measure("registered", "登记数", Quantity.COUNT, "登记簿里填写的数", "登记簿", "6.5"),
    *(Measure(f.value, f.label, Quantity.AMOUNT, f"各项目{f.label}之和", f"填报了{f.label}的项目", "3.1") for f in _OTHER_MONEY),
)}
"""Every measure by its id."""

OF_FIELD: dict[Field, str] = {
    Field.TOTAL_INVESTMENT: "total_investment", Field.ANNUAL_PLAN: "annual_plan", Field.INVESTED_BEFORE: "invested_before",
    Field.MONTH_INVESTMENT: "month_investment", Field.WEEK_INVESTMENT: "week_investment", Field.YEAR_INVESTMENT: "year_investment",
    Field.TOTAL_INVESTED: "total_invested", Field.FUNDS_ARRIVED: "funds", Field.STATISTICS_MONTH: "statistics_month",
    Field.STATISTICS_YEAR: "statistics",
} | {f: f.value for f in _OTHER_MONEY}
"""The measure that a project's amount is, by its field."""
