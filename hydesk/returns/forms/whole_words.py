"""Whether every word of a summary's head was understood (docs/rules.md §16.3): 新开工项目数 is no 项目数.

In a summary a word that nobody understood may single out other projects or another span of time. So what is left of a head
once the measure, the projects it is over and words without a meaning of their own are taken out, is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TIMES = (r"(?:截至|截止|至)?(?:20\d\d年)?(?:1月?[-—–~～至到])?\d{1,2}月份?(?:底|末|止)?", r"(?:截至|截止)?20\d\d年度?底?", r"目前|至今|年度|本年|当年|今年|全年|年初以?来?")
_PLAIN = r"列入|纳入|下达|安排|实施|推进|基本|总体|进展|情况|概况|统计|信息|指标|主要|其中|全市|本市|各类|重点|建设|工程|项目|个数|数量|总数|项数|件数|合计|总计|小计|共计|计划|清单|单位|累计|共|总|数|个|项|的|为|率|[%()（）:：/、,，。·\-—]"
_MONEY = r"固定资产|投资|资金|完成|总额|金额|额度|额|规模|概算|估算|预算|(?:自|从)?开工(?:以来|至今|累计)|以来|以前|往年|历年|已|到位|入统|纳统|入库|统计入库|本月|当月|月度|当期|上月|实际|新增|占|比例|比|进度|自|至|从|到|年|月|底|末|亿元|万元|元|百分点|完成情况"
_SPAN_ONLY = re.compile(r"本月|当月|上月|本期|本周|上周|季度|(?<![-—–~～至到截止\d])\d{1,2}月(?!份?[底末止])")
"""A span of its own, where a measure to date is meant."""


def left_of(words: str, *taken: str | re.Pattern[str], money: bool = False) -> str:
    """What of ``words`` is neither ``taken`` nor without a meaning of its own; an amount's head has more such words."""
    text = words
    for one in taken:
        text = one.sub("\0", text) if isinstance(one, re.Pattern) else text.replace(one, "\0") if one else text
    for pattern in (*_TIMES, _PLAIN, *((_MONEY,) if money else ())):
        text = re.sub(pattern, "\0", text)
    return text.replace("\0", "")


def own_span(path: Sequence[str]) -> bool:
    """Whether a head tells of a month, a week or a quarter alone."""
    return any(_SPAN_ONLY.search(words) for words in path)
