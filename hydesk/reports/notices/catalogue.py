"""The parts of notices that the program ships beside those of every report: their headings, patterns and tables.

All of them are off until an office switches them on. A pattern may be written anew by the office (``ReportForm.sentences``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hydesk.dataclass import dataclass
from hydesk.reports.model import Block
from hydesk.reports.notices import coded, joint_starts, notice_tables
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.compose import Composed

_GROUPED = "年度计划投资{计划}，完成投资{完成}，占年度计划的{完成率}；"


@dataclass(frozen=True, slots=True)
class NoticePart:
    """A part: its usual heading; its pattern, or what writes it; the table below its sentences."""

    heading: str
    pattern: str = ""
    write: Callable[[NoticeBasis, Composed], tuple[Block, ...]] | None = None
    table: Callable[[NoticeBasis], Block | None] | None = None
    compares_years: bool = False
    """Whether it looks at last year's list."""


CATALOGUE: Mapping[str, NoticePart] = {
    "by_level": NoticePart("分级别情况", "按级别分，{各级别：{名}项目{个数}个，" + _GROUPED + "}。", table=notice_tables.by("level", "by_level", "级别")),
    "by_class": NoticePart("分类别情况", "按类别分，{各类别：{名}项目{个数}个，" + _GROUPED + "}。", table=notice_tables.by("class", "by_class", "类别")),
    "by_nature": NoticePart("分性质情况", "按建设性质分，{各性质：{名}项目{个数}个，" + _GROUPED + "}。", table=notice_tables.by("nature", "by_nature", "建设性质")),
    "by_stage": NoticePart("分阶段情况", "按建设阶段分，{各阶段：{名}阶段项目{个数}个，" + _GROUPED + "}。", table=notice_tables.by("stage", "by_stage", "阶段")),
    "by_industry": NoticePart("分行业情况", "按优势产业分，{各产业：{名}项目{个数}个，完成投资{完成}，占年度计划的{完成率}，{比总体}；}。",
                              table=notice_tables.by("industry", "by_industry", "优势产业")),
    "by_chain": NoticePart("分产业链情况", "按产业链分，{各产业链：{名}项目{个数}个，完成投资{完成}，占年度计划的{完成率}；}。",
                           table=notice_tables.by("chain", "by_chain", "产业链")),
    "by_unit": NoticePart("分地区情况", "按隶属分，{各单位：{名}项目{个数}个，完成投资{完成}，占年度计划的{完成率}；}。", table=notice_tables.summary),
    "by_group": NoticePart("分组排名情况", write=coded.by_group, table=notice_tables.group_ranking),
    "year_on_year": NoticePart("同比情况", "{期间}，{全市}重点项目完成投资{完成}，{同比}；投资完成率{完成率}，{比上年同期}。"
                               "两年都在清单上的{两年都在}个项目完成投资{可比增长}。", compares_years=True),
    "schedule": NoticePart("序时进度情况", "截至{截至}，按序时计划应完成投资{应完成}，实际完成{完成}，完成序时计划的{完成序时}。"
                           "时间进度为{时间进度}，投资完成率为{完成率}，{超欠}。{有达到序时：达到{对照}的项目{达到序时}个，占{达到序时率}。}"),
    "starts_told": NoticePart("开工进展", "今年计划新开工项目{计划开工}个，其中截至{截至}应开工{应开工}个；已开工{已开工}个，年度开工率{年度开工率}"
                              "{有应开工：，到期开工率{到期开工率}}{有本期开工：，其中{本期}新开工{本期开工}个}。"
                              "{有未到期先开工：未到计划时间先开工{未到期先开工}个{有提前开工：，比计划月份提前开工{提前开工}个}。}"
                              "{有到期未开工：未按计划开工{到期未开工}个：{到期未开工.名单}。}"),
    "finishes_told": NoticePart("竣工投产情况", "今年计划竣工项目{计划竣工}个，已竣工{已竣工}个，年度竣工率{竣工率}{有应竣工：，到期竣工率{到期竣工率}}"
                                "{有本期竣工：，其中{本期}竣工{本期竣工}个}。{有到期未竣工：到期未竣工{到期未竣工}个：{到期未竣工.名单}。}"
                                "{有计划外竣工：另有计划外竣工{计划外竣工}个。}{有计划投产：计划投产项目{计划投产}个，已投产{已投产}个，投产率{投产率}。}"
                                "{有计划达产：计划达产项目{计划达产}个，已达产{已达产}个，达产率{达产率}。}"),
    "preparing_told": NoticePart("前期工作情况", "前期项目{前期项目}个，今年已转开工{前期转开工}个，前期转化率{前期转化率}；仍在前期{仍在前期}个。"),
    "joint_starts": NoticePart("集中开工“回头看”", write=joint_starts.joint_starts, table=joint_starts.table),
    "unlisted": NoticePart("应统未统情况", write=coded.unlisted_words, table=notice_tables.unlisted_table),
    "money_told": NoticePart("资金来源和支付情况", write=coded.money_words),
    "land_told": NoticePart("要素保障情况", "应交地{用地应交}，已交地{用地已交}，交地率{用地已交÷用地应交}。"),
    "best_told": NoticePart("进展较好项目", "投资完成较好的项目有{前5个项目：{名}（{单位}，完成{完成}，占年度计划的{完成率}）、}。"),
    "worst_told": NoticePart("进展滞后项目", "进度滞后的项目{滞后}个{有滞后：，落后最多的是{后5个项目按超欠（滞后）：{名}（{单位}，完成{完成}，占年度计划的{完成率}）、}}。"),
    "moves_told": NoticePart("名次变化情况", write=coded.moves_words),
    "leaders_told": NoticePart("领导联系项目情况", "{各市级联系领导：{名}联系项目{个数}个，完成投资{完成}，占年度计划的{完成率}{有滞后：，其中滞后{滞后}个}；}。",
                               table=notice_tables.leaders),
    "reversed_told": NoticePart("倒排工期", write=coded.reversed_words, table=notice_tables.reversed_table),
}
"""By the keys that the office's forms name them by; they never change."""
OWN = "own:"
"""How keys of the office's own sentences begin."""
