"""Why projects lag, as a few words a leader can act on: each cause is told from the words the unit reported.

The classes are the office's own way of summing up (decision): a text that names several counts once, by what it
names first, so that the classes add up to the projects.
"""

from __future__ import annotations

UNSAID = "未说明原因"
OTHER = "其他原因"

CAUSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("用地征拆", ("用地", "土地", "征地", "征收", "征拆", "拆迁", "供地", "场地", "迁坟", "安置", "林地")),
    ("手续审批", ("手续", "审批", "许可", "施工许可", "环评", "规划", "可研", "初设", "立项", "报批", "核准", "备案", "招标")),
    ("资金", ("资金", "融资", "贷款", "专项债", "拨付", "欠款", "到位率")),
    ("水电气路要素", ("电力", "供电", "线路", "迁改", "kV", "KV", "千伏", "供水", "用水", "燃气", "管线", "管网", "道路不通", "专线")),
    ("设备材料", ("设备", "材料", "到货", "砂石", "钢材", "水泥", "供货")),
    ("施工组织和天气", ("施工", "雨", "汛", "洪", "天气", "高温", "劳动力", "用工", "图纸", "设计", "工期")),
    ("业主投资意愿", ("企业", "业主", "市场", "招商", "投资方", "意愿", "订单", "股东")),
)
"""Class → words that tell it."""


def cause_of(text: str) -> str:
    """The class of the cause that ``text`` names first; of two that begin at one place the longer word tells."""
    found = [(at, -len(word), name) for name, words in CAUSES for word in words if (at := text.find(word)) >= 0]
    return min(found)[2] if found else OTHER
