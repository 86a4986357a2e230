"""A person judges one project for the year, whatever the rule says (人工判定), with a reason."""

from __future__ import annotations

from sqlalchemy import select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, YearPlan
from hydesk.db.places import LAMP_MEANING, LAMP_REASON, Entity, Place
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.meaning import Meaning
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing

JUDGED = (Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)
"""What a person may say of a project."""


@writing
def override_lamp(
    ledger: Ledger, project_id: int, year: int, meaning: Meaning | None, reason: str = "", actor: Actor | None = None
) -> None:
    """Say what the project's lamp means for ``year``; None gives it back to the rule. One act, to be undone.

    Raises HydeskError without a reason, or where the project is not on the year's list.
    """
    reason = reason.strip()
    if meaning is not None and (meaning not in JUDGED or not reason):
        raise HydeskError("人工判定要写明理由，报告和台账会一并注明" if meaning in JUDGED else "请选择超前、正常、滞后或严重滞后")
    with ledger.write() as connection:
        name = connection.execute(
            select(Project.name).join(YearPlan, YearPlan.project_id == Project.id)
            .where(Project.id == project_id, Project.present, YearPlan.year == year, YearPlan.present)).scalar()
        if name is None:
            raise HydeskError(f"这个项目不在{year}年的清单里，不能判定它的进度")
        place = Place(Entity.PLAN, project_id, str(year), LAMP_MEANING)
        why = Place(Entity.PLAN, project_id, str(year), LAMP_REASON)
        said = f"人工判定“{name}”为{meaning.label}" if meaning else f"取消“{name}”的人工判定"
        act_id = begin_act(connection, "edit", said, actor or current_actor(ledger))
        record(connection, act_id, [
            Write(place, meaning.value if meaning else None, reason=reason or None),
            Write(why, reason if meaning else None, reason=reason or None)])
