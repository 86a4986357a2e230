"""What a finding is called in a few words, at the head of its question."""

from __future__ import annotations

from hydesk.domain.findings import Finding

_TITLES = {
    "unknown_project": "不在台账的项目", "name_near": "名称与台账相近", "name_differs": "编号对得上，名称不同",
    "name_ambiguous": "名称像几个项目", "foreign_project": "别的单位的项目", "duplicate": "同一项目报了两次",
    "duplicate_differs": "同一项目报了两次，数不同", "near_duplicate": "像是同一项目报了两次",
    "code_name_conflict": "编号和名称不是一个项目", "near_but_other": "可能是另一个项目", "several_projects": "一格写了几个项目",
    "row_without_name": "没有写项目名称", "missing_projects": "清单上有、来表没有的项目", "sum_differs": "合计与各行之和不同",
    "subtotal_differs": "小计与各行之和不同", "title_sum_differs": "题目里的总数与表里不同", "title_count_differs": "题目里的项目数与表里不同",
    "count_differs": "写的项目数与行数不同", "error_value": "单元格是错误值", "text_in_number": "该填数的格里是文字",
    "formula_without_result": "公式没有算出结果", "value_from_words": "从文字里读出的数", "amount_in_words": "数只写在句子里",
    "unit_in_cell": "格里写了单位", "column_unclear": "这一列拿不准是什么", "column_unknown": "这一列认不出",
    "column_twice": "两列像是同一个数", "unit_unknown": "金额单位没有写明", "unit_conflict": "金额单位前后不一",
    "columns_named": "按以前指定的列读取", "no_sheet": "没有本期的进度表", "sheet_unread": "有一张表没有读", "unreadable": "文件读不出",
    "sent_back_before": "退回过的同一份文件", "return_copied": "与上期的报表相同", "placeholder": "“—”“无”按没有数读取",
    "mark_before_name": "名称前有记号", "corrected": "核对时更正", "file_form": "文件格式与名称不符",
    "struck_out": "划去的数", "date_unread": "日期读不出", "date_unclear": "日期有两种读法", "date_impossible": "没有这个日期",
    "stamp_unit": "模板是别的单位的", "stamp_period": "模板是别的报告期的", "ten_days_differ": "上中下旬之和与本月不同",
    "own_replaced": "自建栏目改了读法", "own_unread": "自建栏目读不出", "day_stated": "数字截至别的日子",
}
_MOST = 26
"""Characters of a sentence that stand for a title."""


def title_of(finding: Finding) -> str:
    """累计比上期减少: the rule's own name where it has one, else the beginning of its sentence."""
    from hydesk.returns.checks import RULES

    rule = RULES.get(finding.code)
    if rule is not None:
        return rule.title
    if finding.code in _TITLES:
        return _TITLES[finding.code]
    begin = finding.message.split("。")[0].split("，")[0]
    return begin if len(begin) <= _MOST else begin[:_MOST - 1] + "…"
