"""Places in the ledger where a value stands, and how values are written in the change log."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import PLAN_FIELDS, PROGRESS_FIELDS, Field, FieldKind
from hydesk.domain.milestones import HANDLING
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.month_plan import MonthPlan, PlanStep
from hydesk.domain.periods import Period
from hydesk.domain.problems import Status, StepKind
from hydesk.domain.understanding import ReadValue


class Entity(StrEnum):
    """The table a value stands in, as the change log names it."""

    PROJECT = "project"
    PLAN = "plan"
    PROGRESS = "progress"
    MILESTONE = "milestone"
    NAME = "name"
    SUB_PROJECT = "sub_project"
    PROBLEM = "problem"
    STEP = "problem_step"
    ATTACHMENT = "attachment"
    SETTING = "setting"
    REPORT = "report_issue"
    REGISTER = "register"
    RECORD = "record"
    RECORD_VALUE = "record_value"
    BATCH = "batch"
    UNIT = "unit"
    COLUMN = "column"
    COLUMN_VALUE = "column_value"
    COLUMN_FIGURE = "column_figure"


class Place(NamedTuple):
    """One field of one row.

    ``scope`` is a plan's year, a progress row's period, a milestone's node, a name itself, a sub-project's position;
    for problems, steps, attachments, reports, registers, records, batches, units and own columns the row's own key, for settings
    theirs; for a record's value its record and field (12/amount), for a project's value in an own column the column's key, with the period where each has one (12/2023-06). ``project_id`` is 0 for what
    belongs to no project.
    """

    entity: Entity
    project_id: int
    scope: str
    field: str


PRESENT = "present"
"""The field that says whether a project or a plan row is there at all."""
SOURCE = "source"
"""The field of a progress row that names the import which brought it last."""
DAY_STATED = "day"
"""The field of a progress row for the day that its return states, where that is not the period's own."""
DROPPED = "dropped_on"
LAMP_MEANING = "lamp_meaning"
LAMP_REASON = "lamp_reason"
MONTH_PLAN = "month_plan"
"""The field of a plan that holds its plan by month (``MonthPlan``)."""

NODES: dict[Field, tuple[str, str]] = {
    Field.PLANNED_START: ("开工", "baseline"),
    Field.START_DATE: ("开工", "actual"),
    Field.PLANNED_FINISH: ("竣工", "baseline"),
    Field.FINISH_DATE: ("竣工", "actual"),
    Field.PLANNED_PRODUCTION: ("投产", "baseline"),
    Field.PRODUCTION_DATE: ("投产", "actual"),
    Field.PLANNED_CAPACITY: ("达产", "baseline"),
    Field.CAPACITY_DATE: ("达产", "actual"),
}
"""The fields that are dates of a node, and which date of which node each is."""


def place_of(field: Field, project_id: int, year: int, period: Period | None) -> Place:
    """Where ``field`` of a project stands, for plans in ``year`` and for progress in ``period``."""
    if field in PROGRESS_FIELDS:
        if period is None:
            raise ValueError(f"{field.label}属于某一报告期，必须指明报告期")
        return Place(Entity.PROGRESS, project_id, str(period), field.value)
    if field in PLAN_FIELDS:
        return Place(Entity.PLAN, project_id, str(year), field.value)
    if field in NODES:
        node, which = NODES[field]
        return Place(Entity.MILESTONE, project_id, node, which)
    if field is Field.YEARS:
        raise ValueError("建设起止年限应分为开工年份和竣工年份")
    return Place(Entity.PROJECT, project_id, "", field.value)


OWN_LABELS: dict[str, tuple[str, dict[str, str]]] = {
    Entity.SUB_PROJECT: ("子项目", {"name": "名称", "builder": "建设单位", "total_investment": "总投资",
                                 "annual_plan": "年度计划投资", "remark": "备注"}),
    Entity.PROBLEM: ("问题", {"present": "列入", "title": "问题", "detail": "困难问题", "measures": "解决措施",
                            "responsible": "责任单位", "leader": "责任领导", "level": "级别", "status": "状态",
                            "raised_on": "提出日期", "due_on": "办结期限", "closed_on": "销号日期",
                            "import_id": "来源报表", "source_text": "报表原文", "first_seen": "首次反映",
                            "last_seen": "最近反映"}),
    Entity.STEP: ("问题办理", {"present": "登记", "problem_id": "问题编号", "kind": "环节", "at": "时间", "actor": "经办人",
                           "words": "内容", "due_on": "期限"}),
    Entity.ATTACHMENT: ("附件", {"present": "登记", "name": "文件名", "stored": "存放", "sha256": "校验值", "size": "大小",
                              "note": "说明", "added_at": "添加时间", "actor": "添加人"}),
    Entity.REPORT: ("归档报告", {"present": "归档", "kind": "类别", "period": "报告期", "subject": "对象", "year": "年份",
                            "number": "期号", "title": "标题", "issued_at": "归档时间", "actor": "归档人",
                            "corrects_id": "更正", "correction_note": "更正说明", "scope": "统计范围"}),
    Entity.REGISTER: ("自定义台账", {"present": "登记", "key": "代号", "name": "名称", "definition": "字段设置",
                                "position": "次序"}),
    Entity.UNIT: ("填报单位", {"name": "名称", "kind": "性质", "region_code": "区划代码", "short_names": "简称",
                             "position": "次序"}),
    Entity.BATCH: ("批次", {"year": "年份", "name": "名称", "published_on": "印发日期", "document": "文号"}),
    Entity.RECORD: ("记录", {"present": "登记", "register_id": "所属台账"}),
    Entity.RECORD_VALUE: ("记录", {"value": "内容"}),
    Entity.COLUMN: ("自建栏目", {"present": "登记", "name": "名称", "kind": "类型", "choices": "选项", "measure": "计量单位",
                           "names": "其他叫法", "position": "次序", "retired": "停用", "asked": "列入填报模板"}),
    Entity.COLUMN_VALUE: ("自建栏目", {"value": "内容"}),
    Entity.COLUMN_FIGURE: ("自建栏目", {"value": "内容"}),
}
"""What the change log calls the fields that are not a project's own."""
MONEY_OF_PARTS = frozenset({(Entity.SUB_PROJECT, "total_investment"), (Entity.SUB_PROJECT, "annual_plan")})


_FIELDS = frozenset(f.value for f in Field)
_OF_UNITS = {"unit_off/": "填报单位的停用", "unit_group/": "填报单位的分组"}
"""Settings that each belong to one unit, by how their keys begin."""


def field_label(entity: str, scope: str, field: str) -> str:
    """A place's field in the office's words."""
    if entity == Entity.MILESTONE:
        for own_field, place in NODES.items():
            if place == (scope, field):
                return own_field.label
        return scope + {"baseline": "计划时间", "forecast": "预计时间", "actual": "实际时间", HANDLING: "办理情况"}.get(field, field)
    if entity == Entity.NAME:
        return "其他名称"
    if entity == Entity.SETTING:
        return next((said for key, said in _OF_UNITS.items() if scope.startswith(key)), f"设置“{scope}”")
    if entity in OWN_LABELS:
        called, fields = OWN_LABELS[entity]
        return f"{called}{scope}的{fields.get(field, field)}"
    own = {PRESENT: "项目" if entity == Entity.PROJECT else "列入年度计划", SOURCE: "来源报表", DROPPED: "退出日期", DAY_STATED: "数字截至日期",
           LAMP_MEANING: "人工判定", LAMP_REASON: "人工判定的理由", MONTH_PLAN: "序时计划"}
    return own.get(field) or (Field(field).label if field in _FIELDS else field)


def write_value(value: ReadValue | None) -> str | None:
    """A value as the change log keeps it; empty words count as none."""
    if isinstance(value, LooseDate):
        return value.written
    if value is None or value == "":
        return None
    return str(value)


def read_value(field: Field, text: str | None) -> ReadValue | None:
    """The value that ``write_value`` wrote."""
    if text is None:
        return None
    if field.kind is FieldKind.MONEY:
        return int(text)
    if field.kind is FieldKind.DATE:
        return read_date(text)
    return text


def read_date(text: str) -> LooseDate:
    """A date of the change log."""
    return LooseDate.read(text)


_MEANINGS: dict[tuple[str, str], dict[str, str]] = {
    (Entity.PROBLEM, "status"): {s.value: s.label for s in Status},
    (Entity.STEP, "kind"): {k.value: k.label for k in StepKind},
}
"""Words of the program's own, as the office reads them."""


def show_value(entity: str, field: str, text: str | None) -> str | None:
    """A value of the change log as the office reads it: money in 万元, exactly; dates as precise as they were given.

    Words that no value can be, as another program may have written them, are shown as they stand.
    """
    if text is None:
        return None
    try:
        return _shown(entity, field, text)
    except ValueError:
        return text


def _months_shown(text: str) -> str:
    """1月100万元，2月…: a plan by month, or by quarter, in words."""
    plan = MonthPlan.read(text)
    if plan is None:
        return text
    parts = zip(("一季度", "二季度", "三季度", "四季度"), plan.quarters, strict=True) if plan.step is PlanStep.QUARTER else (
        (f"{m}月", a) for m, a in enumerate(plan.amounts, 1))
    return "，".join(f"{name}{format_money(a, MoneyUnit.WAN, 2 if a % 100 == 0 else 4)}" for name, a in parts) + "（万元）"


def _shown(entity: str, field: str, text: str) -> str:
    if entity == Entity.MILESTONE:
        return text if field == HANDLING else str(read_date(text))
    if field == PRESENT:
        return "列入"
    if (entity, field) in _MEANINGS:
        return _MEANINGS[entity, field].get(text, text)
    if (entity, field) == (Entity.STEP, "at"):
        return text[:10]
    if field == MONTH_PLAN:
        return _months_shown(text)
    if entity == Entity.NAME:
        return {"former": "曾用名", "remembered": "记住的写法"}.get(text, text)
    if entity in OWN_LABELS or entity == Entity.SETTING or field in (SOURCE, DROPPED, DAY_STATED, LAMP_MEANING, LAMP_REASON):
        money = (entity, field) in MONEY_OF_PARTS
        return format_money(int(text), MoneyUnit.WAN, 2 if int(text) % 100 == 0 else 4) + "万元" if money else text
    if Field(field).kind is FieldKind.MONEY:
        return format_money(int(text), MoneyUnit.WAN, 2 if int(text) % 100 == 0 else 4) + "万元"
    return text
