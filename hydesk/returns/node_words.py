"""How offices call nodes and the three dates of a node in the heads of node tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hydesk.domain.milestones import UNNEEDED, WORKING
from hydesk.returns.head_words import bare
from hydesk.returns.text import squeeze

NODE_WORDS: Mapping[str, tuple[str, ...]] = {
    "立项": ("立项", "备案", "核准", "立项审批", "项目立项", "立项备案", "备案(核准)", "立项批复"),
    "用地": ("用地", "用地预审", "用地批复", "用地手续", "土地", "供地", "土地手续", "用地审批", "用地报批", "土地摘牌"),
    "规划许可": ("规划许可", "规划许可证", "工程规划许可", "工程规划许可证", "建设工程规划许可", "建设工程规划许可证", "规划"),
    "环评": ("环评", "环评批复", "环境影响评价", "环评审批"),
    "可研": ("可研", "可研批复", "可行性研究", "可研报告", "可研审批"),
    "初设": ("初设", "初步设计", "初设批复", "初步设计批复"),
    "施工许可": ("施工许可", "施工许可证"),
    "开工": ("开工", "动工", "正式开工"),
    "主体封顶": ("主体封顶", "封顶", "主体完工", "主体结构封顶", "主体竣工"),
    "设备安装": ("设备安装", "设备安装调试", "设备进场"),
    "竣工": ("竣工", "完工", "建成", "竣工验收", "竣工投产", "交工"),
    "投产": ("投产", "试生产", "投用", "建成投产", "投产投用", "试投产"),
    "达产": ("达产", "达产达效"),
    "入统": ("入统", "入库纳统", "纳统", "入库"),
}
"""Standard nodes and other words for them; the office's own nodes and labels are added when a table is read."""

_ABOUT_ALL = re.compile(r"(?:前期|审批|手续|证照|项目|报建|报批)*(?:办理|审批|完成|进展|推进)?情况(?:表)?|\(?打√\)?|阶段")
"""Words over several nodes that say nothing of one."""
_DONE = re.compile(
    r"^(?:已(?:经)?(?:办(?:理|结|好|完)?|取得|完成|批复?|备案|核准|核发|通过|签订|挂牌|摘牌|供地|开工|封顶|竣工|投产)|办(?:结|毕|理完成|理完毕|好)|取得|完成|通过|"
    r"是|有|[√✓✔☑■●◆V])(?:批复|备案|核准|证|手续)?[。.]?$|[〔\[【（(]20\d\d[〕\]】）)].{0,3}\d+号|字第?.{0,20}号$|^(?:批复|备案|许可)?(?:文号|证号|编号)[:：]?.+")
_OPEN = re.compile(r"^(?:未(?:办(?:理|结)?|取得|完成|批复?|备案|开工|开始|启动)?|没有|否|无|[×✗✘☐□○xX]|(?:正在|待|在|抓紧)(?:办理?|报批|审批|编制|报审)(?:中)?|办理中|在办|待办|报批中|审批中|不需要?办理?|无需办理?|不用办理?|免办|不涉及)[。.]?$")


def state_of(words: str) -> bool | None:
    """Whether words without a date say that a node is done (已办, ✔, a document's number) or not (未办, 办理中)."""
    text = squeeze(words)
    if _OPEN.match(text):
        return False
    return True if _DONE.search(text) else None


_WORKING = re.compile(r"^(?:(?:正在|在|抓紧)(?:办理?|报批|审批|编制|报审)(?:中)?|办理中|在办|报批中|审批中)[。.]?$")
_UNNEEDED = re.compile(r"^(?:不需要?办理?|无需办理?|不用办理?|免办|不涉及)[。.]?$")


def handling_of(words: str) -> str:
    """办理中 or 不需办理, where words without a date say so; empty for others, 未办 among them."""
    text = squeeze(words)
    return WORKING if _WORKING.match(text) else UNNEEDED if _UNNEEDED.match(text) else ""


_NO_DATE = re.compile(r"投资|资金|累计|率|%|金额|是否|年份|年限|情况|单位|面积|目标|内容|面貌|比例|个数|天数|偏差|原因|备注")
_TAIL = re.compile(r"(办理|完成|取得|办结|审批|节点|到位)?(时间|日期|时限|期限|节点|年月|\(年月\))?$")
_PLANNED = re.compile(r"计划|拟|应|承诺|倒排|要求|规定|基准")
_FORECAST = re.compile(r"预计|预期|预测|调整后|预估")
_ACTUAL = re.compile(r"实际|已(?!定)|办结|取得|落实")
_WHICH_WORDS = frozenset({"计划", "预计", "实际", "计划时间", "预计时间", "实际时间", "拟", "已"})


def completed(words: str, nodes: Mapping[str, str]) -> str:
    """A head's words with 时间 added where a bare node or 实际 stands, so that they are known for a head's."""
    text = bare(words)
    return f"{words}时间" if text in nodes or text in _WHICH_WORDS else words


def node_names(own: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Word → node, of the standard words and of the office's ``own`` nodes (name, label)."""
    words = {bare(word): node for node, all_words in NODE_WORDS.items() for word in all_words}
    for name, label in own:
        words[bare(name)] = name
        if label:
            words[bare(label)] = name
    return words


def node_of(path: tuple[str, ...], words: Mapping[str, str]) -> str | None:
    """The node a column is about; None where it is about none, or about money, states or years of it."""
    own = [*(_ABOUT_ALL.sub("", bare(p)) for p in path[:-1]), bare(path[-1])] if path else []
    joined = "".join(own)
    if _NO_DATE.search(joined) or len(joined) > 24:
        return None
    for part in sorted(own, key=len, reverse=True):
        stripped = _bare_node(part)
        if stripped in words:
            return words[stripped]
    stripped = _bare_node(joined)
    if stripped in words:
        return words[stripped]
    return None


def _bare_node(text: str) -> str:
    for pattern in (r"^\d+[.、]", r"[（(](?:计划|预计|实际|拟)[)）]", r"^(?:实际|计划|预计|拟定|拟|已|应|承诺|倒排)+",
                    r"(?:实际|计划|预计)+$"):
        text = re.sub(pattern, "", text)
    text = _TAIL.sub("", text)
    return re.sub(r"(?:实际|计划|预计)+$", "", text)


def which_of(path: tuple[str, ...], title: str) -> str | None:
    """baseline, forecast or actual; by the column's own words, else by the title; None where neither says one."""
    joined = bare("".join(path))
    said = {w for w, p in (("baseline", _PLANNED), ("forecast", _FORECAST), ("actual", _ACTUAL)) if p.search(joined)}
    if len(said) == 1:
        return said.pop()
    if said:
        return None
    if re.search(r"节点计划|计划节点|倒排工期|进度计划", title) and not re.search(r"完成情况|进展", title):
        return "baseline"
    if re.search(r"(?:办理|审批|完成|取得|办结)情况", f"{joined}{title}") and not _PLANNED.search(f"{joined}{title}"):
        return "actual"
    return None
