"""What the office may choose about its measures, in its own words: the same on the page 统计口径 and the command line."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain.measures.named import MEASURES
from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.measures.schedule import JudgedBy
from hydesk.domain.measures.yardstick import Pace
from hydesk.services.rules.office_rules import RATE_MEASURES, RATES, OfficeRules


@dataclass(frozen=True, slots=True)
class Option:
    """One way of a choice: its name and, in one line, what it does."""

    name: str
    meaning: str


PACES: dict[Pace, Option] = {
    Pace.BY_DAY: Option("按日", "周报的时间进度＝当年第几天÷全年天数，如7月16日为197／365＝54.0%。"),
    Pace.BY_MONTH: Option("按月", "周报的时间进度＝已结束的月数÷12，如7月16日为6／12＝50.0%。"),
}
"""时间进度 of a week; a month's is the months over twelve either way."""
STARTS: dict[bool, Option] = {
    False: Option("登记了开工时间才算开工", "以登记的永久性工程实际开工时间为准；有投资没有登记的单列“有投资未记开工”去核实。"),
    True: Option("有投资即算开工", "新建项目本年有完成投资就算已开工，不再单列；本期工作、台账、报告、榜单、考核一起变。"),
}
START_RATES: dict[str, Option] = {
    key: Option(MEASURES[RATE_MEASURES[key]].name, MEASURES[RATE_MEASURES[key]].formula) for key in RATES
}
"""Which rates of starts the papers print."""
RANKINGS: dict[RankingWay, Option] = {
    RankingWay.TOGETHER: Option("一起排名", "全部单位排一个榜。"),
    RankingWay.APART: Option("分组排名", "县市区、园区、市直等各组自己排名次，进退位只在组内比；分组在“填报单位”里改。"),
    RankingWay.BOTH: Option("一起排名，注明组内位次", "全部单位排一个榜，另有一列组内位次。"),
}
JUDGED: dict[JudgedBy, Option] = {
    JudgedBy.AUTO: Option("序时计划齐了就按序时计划", "有序时计划的项目占全部年度计划九成以上时，各项目与自己的序时计划比；不到九成时都与时间进度比。"),
    JudgedBy.TIME: Option("按时间进度", "各项目都与时间进度比。"),
    JudgedBy.SCHEDULE: Option("按序时计划", "有序时计划的项目与自己的序时计划比，没有的与时间进度比。"),
}
"""What judges projects; sums are always told against 时间进度 and beside it as 完成序时."""
NOTHING_MEANING = "问题、协调栏每一句都是这些话的，不算反映问题。“无、暂无、无需协调、正常推进、进展顺利”等通用说法已经算，不用再加。"
CLOSE_MEANING = "报送不足九成时也按报齐处理：进度与时间进度比较、测算从这一期起，理由印在报告上。未报的单位照样列为未报。"


def rules_told(rules: OfficeRules) -> list[tuple[str, str, str]]:
    """Each rule in force: what it is about, what is chosen, what that does."""
    pace, starts = PACES[rules.pace], STARTS[rules.money_starts]
    rates = "、".join(START_RATES[k].name for k in rules.start_rates)
    words, closed = "、".join(rules.nothing), "；".join(f"{p.label}：{why}" for p, why in sorted(
        rules.closed.items(), key=lambda one: one[0].sort_key))
    return [
        ("进度判定", rules.lamps.sentence, ""),
        ("时间进度", pace.name, pace.meaning),
        ("开工口径", starts.name, starts.meaning),
        ("进度与什么比", JUDGED[rules.judged_by].name, JUDGED[rules.judged_by].meaning),
        ("单位排名", RANKINGS[rules.ranking].name, RANKINGS[rules.ranking].meaning),
        ("报告所列开工率", rates, "；".join(f"{START_RATES[k].name}＝{START_RATES[k].meaning}" for k in rules.start_rates) + "。"),
        ("没有问题的说法", words or "只用通用说法", NOTHING_MEANING),
        ("提前截止", closed or "没有", CLOSE_MEANING),
    ]
