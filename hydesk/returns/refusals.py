"""Why a whole workbook is refused, and what to do next: by the reason itself, never one sentence for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hydesk.domain.findings import Finding, Level
from hydesk.domain.periods import Period
from hydesk.returns.choose import NO_PROGRESS
from hydesk.returns.table import Table

_SHEETS = 8
"""Sheets whose reasons are written out."""


def refusal(tables: Sequence[Table], asides: Mapping[str, str], period: Period) -> Finding:
    """The one finding of a workbook of which no sheet can be used."""
    reasons = [(t.sheet.name, t.left_out or "") for t in tables] + list(asides.items())
    said = "；".join(f"“{name}”{why}" for name, why in dict(reasons[:_SHEETS]).items())
    more = f"等 {len(reasons)} 张表" if len(reasons) > _SHEETS else ""
    return Finding(Level.ERROR, "no_sheet", f"没有可用的{period.label}工作表：{said}{more}。{_next_step([why for _, why in reasons], period)}")


def _next_step(reasons: Sequence[str], period: Period) -> str:
    if any("写的是" in why or "的数，不是" in why for why in reasons):
        return f"这份表不是{period.label}的：是别的报告期的请改选报告期再收，是报错了的请退回，要{period.label}的表。"
    if any("台账项目" in why for why in reasons):
        return "表里有台账的项目，只是认不出各列：请在收报窗口里指明各列是什么，以后按单位记住；或退回，请按填报模板报。"
    if NO_PROGRESS in reasons:
        return "表里只有项目信息，没有完成数也没有进度：是项目清单的请用“导入清单”，要进度的请退回补填。"
    if any("没有项目行" in why for why in reasons):
        return "有表头而没有填项目：请核对是不是空白模板，退回补填。"
    if reasons and all("空白" in why for why in reasons):
        return "整份文件是空白的，请让填报单位重新发送。"
    if any("隐藏" in why for why in reasons):
        return "有数的表隐藏着：请让填报单位取消隐藏，确认是要报的表再报。"
    return "没有找到台账的项目，请核对是否报错了文件。"
