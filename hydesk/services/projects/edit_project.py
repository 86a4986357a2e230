"""Change one field of a project by hand."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, insert, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Adjustment, Project, ProjectName, YearPlan
from hydesk.db.places import Entity, Place, place_of, write_value
from hydesk.db.references import UNIT, References
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.allowed import why_refused
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import PLAN_FIELDS, Field, FieldGroup, FieldKind
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.edit_doubts import fact_doubts


@writing
def edit_project(
    ledger: Ledger, project_id: int, field: Field, value: ReadValue | None, period: Period | None = None,
    reason: str = "", actor: Actor | None = None, today: date | None = None,
) -> str:
    """Set ``field`` to ``value`` (money in yuan, None to empty it) in one act that can be undone; what is to be doubted of it, or nothing.

    ``period`` says the period of progress and the year of plans; without one, plans mean the newest year the project
    is listed in. ``today`` dates an adjustment. Raises HydeskError where the value cannot stand there.
    """
    today = today or date.today()
    with ledger.write() as connection:
        project = connection.execute(
            select(Project.code, Project.name).where(Project.id == project_id, Project.present)).first()
        if project is None:
            raise HydeskError("这个项目已不在台账里，请刷新后再试")
        new = fit_value(connection, project_id, field, value)
        year = period.year if period else _newest_year(connection, project_id, today)
        if field.group is FieldGroup.PROGRESS and period is None:
            raise HydeskError(f"修改“{field.label}”要先选报告期")
        if field in PLAN_FIELDS:
            _refuse_unlisted(connection, project_id, year)
        place = place_of(field, project_id, year, period)
        writes = [Write(place, new, reason=reason or None)]
        if field is Field.NAME and project.name:
            writes.append(Write(Place(Entity.NAME, project_id, project.name, "kind"), "former", reason=reason or None))
        shelves = Shelves(connection)
        if shelves.get([place])[place] == new:
            return ""
        doubt = fact_doubts(connection, [(project_id, field, value)], today).get((project_id, field), "")
        title = f"修改“{project.name}”的{field.label}"
        act_id = begin_act(connection, "edit", title, actor or current_actor(ledger))
        record(connection, act_id, writes, shelves=shelves)
        if reason and field in (Field.NAME, Field.ANNUAL_PLAN, Field.TOTAL_INVESTMENT, Field.BATCH):
            note_adjustment(connection, act_id, project_id, "renamed" if field is Field.NAME else "adjusted", reason, today)
        return doubt


@writing
def remember_name(ledger: Ledger, project_id: int, name: str, actor: Actor | None = None) -> None:
    """Remember ``name`` as a county's way of writing the project, so that the next return is matched by it."""
    with ledger.write() as connection:
        known = connection.execute(select(ProjectName.id).where(
            ProjectName.project_id == project_id, ProjectName.name == name)).first()
        if known is None:
            act_id = begin_act(connection, "edit", f"记住项目的另一写法“{name}”", actor or current_actor(ledger))
            record(connection, act_id, [Write(Place(Entity.NAME, project_id, name, "kind"), "remembered")])


def _refuse_unlisted(connection: Connection, project_id: int, year: int) -> None:
    listed = connection.execute(select(YearPlan.id).where(
        YearPlan.project_id == project_id, YearPlan.year == year, YearPlan.present)).first()
    if listed is None:
        raise HydeskError(f"这个项目不在{year}年的清单里，不能修改它的年度计划")


def _newest_year(connection: Connection, project_id: int, today: date) -> int:
    year = connection.execute(select(func.max(YearPlan.year)).where(
        YearPlan.project_id == project_id, YearPlan.present)).scalar()
    return year or today.year


def fit_value(connection: Connection, project_id: int, field: Field, value: ReadValue | None) -> str | None:
    """The value as the log writes it, once it is sure that it can stand in ``field``."""
    text = write_value(value.strip() if isinstance(value, str) else value)
    if field is Field.YEARS:
        raise HydeskError("请分别修改“开工年份”和“竣工年份”")
    if text is None:
        if field in (Field.NAME, Field.CODE, Field.REPORTING_UNIT):
            raise HydeskError(f"“{field.label}”不能为空")
        return None
    if refused := why_refused(field, value):
        raise HydeskError(refused)
    if field.kind is FieldKind.DATE and not isinstance(value, LooseDate):
        raise HydeskError(f"“{field.label}”应是日期，不能填“{value}”")
    if field.kind is FieldKind.YEARS and not (text.isdigit() and 1950 <= int(text) <= 2199):
        raise HydeskError(f"“{field.label}”应是四位年份，不能填“{value}”")
    if field is Field.CODE:
        taken = connection.execute(select(Project.name).where(
            Project.code == text, Project.present, Project.id != project_id)).scalar()
        if taken is not None:
            raise HydeskError(f"编号“{text}”已被“{taken}”使用，请换一个")
    elif field is Field.REPORTING_UNIT:
        references = References(connection)
        if (unit := references.find(UNIT, text)) is None:
            raise HydeskError(f"没有名为“{text}”的填报单位，请从名单里选")
        return references.name(UNIT, unit)
    return text


def note_adjustment(connection: Connection, act_id: int, project_id: int, kind: str, reason: str, on: date) -> None:
    connection.execute(insert(Adjustment).values(
        project_id=project_id, act_id=act_id, kind=kind, on=on, reason=reason))
