"""Some ten thousand heads made of times, qualifiers, nouns and units: what was not done is never read as done.

The words here are the test's own, gathered from the domain rules (§3), public notices and how offices speak; the
vocabulary under test is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.returns.column_guess import ColumnGuess
from hydesk.returns.columns import guess_column
from hydesk.returns.ten_day_heads import ten_days_of

F = Field
JUNE = Period.month(2023, 6)
DONE = {F.MONTH_INVESTMENT, F.YEAR_INVESTMENT, F.TOTAL_INVESTED, F.INVESTED_BEFORE, F.FUNDS_ARRIVED,
        F.STATISTICS_MONTH, F.STATISTICS_YEAR}
UNITS = ("", "（万元）", "(亿元)", "\n（单位：万元）")
NOW = ("本月", "6月", "6月份", "1-6月", "1—6月累计", "年初至本月", "截至6月底", "6月底", "2023年", "今年", "年度", "全年", "本年度", "自开工", "")
NOUNS = ("完成投资", "累计完成投资", "完成投资额", "完成固定资产投资", "投资")
ASKED = ("应", "预计", "力争", "拟", "确保", "承诺", "目标", "可", "计划", "争取", "预期", "必须", "须", "需", "将", "有望", "任务", "考核目标",
         "序时", "大干150天力争", "冲刺", "奋战百日", "保底", "下达任务", "分解目标", "军令状", "倒排工期", "预测", "要求", "指标")
OTHER_MONEY = ("支付资金", "拨付资金", "下达资金额度", "债券使用额度", "债券资金安排", "专项债券发行额", "合同金额", "中标价", "协议投资额", "批准预算",
               "补助资金", "银行授信额度", "引进内资", "利用外资", "工业总产值", "税收", "主营业务收入", "征地补偿费", "工程款支付", "农民工工资", "土地出让金",
               "资金支出", "奖补资金", "融资需求", "签约金额", "设计费", "建设管理费", "招标控制价", "结算金额", "新增固定资产")
NO_MONEY = ("排名", "增速", "户数", "套数", "公里", "用电量", "文号", "里程", "绩效得分", "建筑面积（平方米）", "工程量（M³）", "安置户（户）", "管网（公里）",
            "用工人数", "完成率", "占年度计划比例", "工作量", "节点", "批复文号", "项目个数", "产能（万吨）", "完成数量（M³）", "拆迁面积（亩）")
OTHER_TIMES = ("5月", "7月", "1-5月", "7-12月", "上月", "下月", "上年同期", "去年", "2022年", "2024年", "一季度", "三季度", "下半年", "本周", "上周", "6月上旬",
               "截至5月底", "明年", "近三年", "“十四五”", "2023-2025年", "下一步", "第25周", "每月", "4月份", "12月底")
STATES = ("问题", "措施", "形象进度", "工作情况", "责任人", "开工时间", "联系电话")


def guess(*path: str) -> ColumnGuess:
    return guess_column(path, JUNE)


def heads_of_intention() -> Iterator[tuple[str, ...]]:
    for asked, time, noun, unit in product(ASKED, NOW, NOUNS, UNITS):
        yield (f"{time}{asked}{noun}{unit}",)
    for asked, time, unit in product(ASKED, NOW, UNITS):
        if len(asked) > 1:
            yield (f"{time}{asked}", f"完成投资{unit}") if asked not in ("计划", "目标", "任务", "指标") else (f"{time}{asked}{unit}", "投资")
            yield (f"{time}投资情况", f"{asked}完成{unit}")
            yield (f"{time}投资情况", f"{asked}完成投资{unit}")


def heads_of_other_money() -> Iterator[tuple[str, ...]]:
    for money, time, unit in product(OTHER_MONEY, NOW, UNITS):
        yield (f"{time}{money}{unit}",)
        yield (f"{time}完成{money}{unit}",)
        yield (money, f"{time}累计{unit}")


def heads_of_no_money() -> Iterator[tuple[str, ...]]:
    for noun, time, verb in product(NO_MONEY, NOW, ("", "完成", "实际完成", "累计", "计划")):
        yield (f"{time}{verb}{noun}",)
        yield (noun.partition("（")[0], f"{time}{verb}{noun}")
    for noun, time in product(STATES, NOW):
        yield (f"{time}{noun}",)


def heads_of_other_times() -> Iterator[tuple[str, ...]]:
    for time, noun, unit in product(OTHER_TIMES, NOUNS, UNITS):
        yield (f"{time}{noun}{unit}",)
        yield (time, f"{noun}{unit}")
        yield ("投资完成情况", f"{time}{noun}{unit}")
    for time, noun, unit in product(OTHER_TIMES, ("到位资金", "入统投资", "入库"), UNITS):
        yield (f"{time}{noun}{unit}",)


ALL = {
    "intention": tuple(heads_of_intention()), "other money": tuple(heads_of_other_money()),
    "no money": tuple(heads_of_no_money()), "other times": tuple(heads_of_other_times()),
}


def test_many_heads_are_made() -> None:
    assert sum(map(len, ALL.values())) >= 5_000


@pytest.mark.parametrize("kind", sorted(ALL))
def test_what_was_not_done_is_never_read_as_done(kind: str) -> None:
    wrong = [(path, g.field, g.candidates) for path in ALL[kind]
             if (g := guess(*path)).field in DONE or (DONE & set(g.candidates) and not (g.asked or g.doubtful))]
    assert wrong == []


def test_the_known_words_of_intention_leave_not_even_a_question() -> None:
    """应完成 is understood: neither taken nor asked about as what was done."""
    wrong = [(path, g.candidates) for path in ALL["intention"] if DONE & set((g := guess(*path)).candidates)]
    assert wrong == []


def test_a_plan_of_a_month_is_no_plan_of_the_year() -> None:
    for time, noun in product(("本月", "6月", "1-6月", "下月", "三季度", "上半年"), ("计划投资", "计划完成投资", "投资计划", "目标投资")):
        assert guess(f"{time}{noun}").field is None, time + noun


def test_figures_up_to_last_years_end_are_investment_only_where_they_say_so() -> None:
    for time, noun in product(("截至上年底", "至2022年底", "2022年底前", "截止2022年12月31日"), ("到位资金", "支付资金", "入统投资", "累计债券资金", "资金到位", "计划投资", "应完成投资", "形象进度")):
        assert guess(f"{time}累计{noun}").field is not F.INVESTED_BEFORE, time + noun
        assert guess(f"{time}{noun}").field is not F.INVESTED_BEFORE, time + noun


READ = [
    (F.MONTH_INVESTMENT, product(("本月", "当月", "6月", "6月份", "6月当月", "本期"), ("", "实际"), ("完成投资", "完成投资额", "投资完成额", "完成固定资产投资", "完成", "投资", "固投完成"))),
    (F.YEAR_INVESTMENT, product(("1-6月", "1—6月", "1至6月", "年初至本月", "年初至今", "今年以来", "自元月至6月", "1-6月份", "2023年1-6月", "年初以来"),
                                ("", "累计", "实际", "累计实际", "累计已"), ("完成投资", "完成投资额", "完成", "完成固定资产投资", "投资完成额"))),
    (F.YEAR_INVESTMENT, product(("今年", "本年", "当年", "年度", "2023年", "本年度", "年"), ("累计", "已", "实际", "累计已"), ("完成投资", "完成投资额", "完成固投"))),
    (F.TOTAL_INVESTED, product(("开工", "自开工", "开工至今", "开工以来", "自开始建设", "自开工以来", "项目开工至今"), ("累计",), ("完成投资", "完成", "完成投资额", "实现投资", "投资"))),
    (F.INVESTED_BEFORE, product(("截至上年底", "截至2022年底", "至2022年底", "2022年底前", "截止2022年12月底", "上年末", "以前年度", "2022年及以前", "历年"),
                                ("", "累计", "已", "累计已"), ("完成投资", "完成投资额", "实现投资"))),
    (F.ANNUAL_PLAN, product(("年度", "今年", "2023年", "本年度", "全年", "当年", "2023年度"), ("计划",), ("投资", "完成投资", "投资额", "完成投资额"))),
    (F.TOTAL_INVESTMENT, product(("项目", "计划", "概算", "估算", "批准", "工程", "核准", "预计"), ("",), ("总投资", "总投资额"))),
]


@pytest.mark.parametrize(("wanted", "made"), READ)
def test_what_is_said_outright_is_read(wanted: Field, made: Iterator[tuple[str, str, str]]) -> None:
    wrong = [(words, g.field, g.candidates, g.reason) for parts, unit in product(list(made), UNITS)
             if (g := guess(words := "".join(parts) + unit)).field is not wanted]
    assert wrong == []


WEEKLY = ("本周", "第25周", "年初至本周", "截至本周", "6月19日至25日", "1月1日至6月25日", "上旬", "6月上旬", "6月中旬")


@pytest.mark.parametrize("period", [Period.week(2023, 25), JUNE])
def test_no_week_and_no_ten_days_turn_what_was_not_done_into_something_done(period: Period) -> None:
    never = DONE | {F.WEEK_INVESTMENT}
    heads = [(f"{time}{asked}{noun}{unit}",) for time, asked, noun, unit in product(WEEKLY, ASKED, NOUNS, UNITS)]
    heads += [(f"{time}{money}{unit}",) for time, money, unit in product(WEEKLY, OTHER_MONEY, UNITS)]
    heads += [(f"{time}{noun}",) for time, noun in product(WEEKLY, NO_MONEY)]
    wrong = [(path, g.field, g.candidates) for path in heads
             if (g := guess_column(path, period)).field in never or (never & set(g.candidates) and not g.doubtful)]
    assert wrong == []
    assert not any(ten_days_of(path, period) for path in heads)
