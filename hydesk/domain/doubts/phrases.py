"""What words of 形象进度 say of how far works are, and which of them explain money by themselves (docs/rules.md §9.3).

The furthest work a text names counts: 主体完成，室外场地平整 is a building that stands.
"""

from __future__ import annotations

import re
from enum import IntEnum

_LAND = re.compile(r"土地(出让|价|款|费|成交|摘牌|补偿|竞)|摘牌|出让金|地价|征(地|拆|收)[^，。；]{0,6}(补偿|款|费|支付|资金)|(补偿|安置|青苗)[^，。；]{0,4}(款|费|支付|资金)|支付[^，。；]{0,6}(征地|征拆|拆迁)|拆迁款|购(买|置)?土地|用地费|拿地")
_EQUIPMENT = re.compile(r"(设备|机组|生产线|仪器|材料|装置)[^，。；]{0,8}(到货|到场|到厂|进场|到位|采购|购置|订购|预付|款|定制|发货|运抵|交货|交付)|(购置|采购|购买|订购|预付)[^，。；]{0,10}(设备|机组|生产线|仪器|材料|装置)")
_LATE = re.compile(r"补报|补记|补登|补录|结算|决算|一次性|集中支付|清算|调整口径|并入")
_NEXT_PART = re.compile(r"[二三四五六]期|[二三四2345]标|后续|下一期|扩建部分|剩余|其余|新增地块|另一")
_NOT = re.compile(r"(未|尚未|没有|待|拟|准备|计划|即将|正在办理|办理)[^，。；]{0,6}$")

_STAGES: tuple[tuple[str, str], ...] = (
    ("finished", r"竣工|完工|投产|试运行|投入使用|通车|交付使用|验收"),
    ("fitting", r"装修|装饰|砌体|机电|安装|调试|绿化|附属|收尾|幕墙|室外|粉刷|内外墙|屋面|门窗|亮化"),
    ("frame", r"主体|封顶|钢结构|[0-9一二三四五六七八九十]+层|吊装|管网|铺设|摊铺|架设|浇筑完成|总工程量|梁板|桥面|路面|厂房|隧道|衬砌|机房"),
    ("base", r"桩|基础|承台|地梁|路基|垫层|地下室|筏板|底板|地基|墩|涵|基坑|支护"),
    ("ground", r"场地平整|场平|平整|平场|土方|土石方|三通一平|围挡|临时|清表|清障|便道|开挖|进场|场地清理|临建"),
    ("paper", r"前期|手续|报批|报建|办理|设计|招标|招投标|可研|环评|征地|征拆|拆迁|立项|审批|勘察|地勘|规划|签约|洽谈|选址|备案|审查|未开工|筹备|土地"),
)
_GOODS, _CLAUSE = re.compile(r"设备|材料|机组|生产线|仪器|装置|部件|机床"), re.compile(r"[，。；,;]")
"""What may come to a site without works beginning there: 主要设备到货并进场 says nothing of levelling."""
_MEANS = tuple((name, re.compile(pattern)) for name, pattern in _STAGES)


class Stage(IntEnum):
    """How far works are by their words."""

    PAPER = 0
    GROUND = 1
    BASE = 2
    FRAME = 3
    FITTING = 4
    FINISHED = 5

    @property
    def label(self) -> str:
        """The stage in a word."""
        return ("前期", "场平", "基础", "主体", "装修安装", "完工")[self]


def stage_of(text: str) -> Stage | None:
    """The furthest stage the words name; None where they name none. Words that are only to come do not count."""
    for name, pattern in _MEANS:
        for found in pattern.finditer(text):
            ahead = name != "paper" and _NOT.search(text[:found.start()])
            if not ahead and not (found[0] == "进场" and _GOODS.search(_CLAUSE.split(text[:found.start()])[-1])):
                return Stage[name.upper()]
    return None


def explains(text: str) -> str:
    """The words by which an amount may come without works or at once: land, equipment, a settling of accounts; else empty."""
    for pattern in (_LAND, _EQUIPMENT, _LATE):
        if found := pattern.search(text):
            return found[0]
    return ""


def of_another_part(text: str) -> bool:
    """Whether the words are of a later part of the project: 二期场地平整 says nothing of what stands already."""
    return bool(_NEXT_PART.search(text))
