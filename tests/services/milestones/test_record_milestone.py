"""Nodes moved by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.milestones.record_milestone import list_nodes, record_milestone
from hydesk.services.projects.project_history import ProjectHistory, project_history
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, fill


def dated(ledger: Ledger) -> set[str]:
    [project] = list_milestones(ledger, JUNE).projects
    return set(project.nodes)


def history(ledger: Ledger) -> ProjectHistory:
    return project_history(ledger, list_standings(ledger, JUNE)[0].id)


def test_a_moved_node_says_who_moved_it_from_where(ledger: Ledger) -> None:
    fill(ledger, 1)
    project = list_standings(ledger, JUNE)[0].id
    record_milestone(ledger, project, "主体封顶", "baseline", LooseDate.of_month(2023, 9), actor="甲")
    record_milestone(ledger, project, "主体封顶", "baseline", LooseDate(date(2023, 11, 5)), "材料涨价", "乙")
    record_milestone(ledger, project, "主体封顶", "baseline", LooseDate(date(2023, 11, 5)), "没有变", "丙")
    moves = [(c.actor, c.field, c.period, c.old, c.new, c.source) for c in history(ledger).changes[:2]]
    assert moves == [
        ("乙", "主体封顶计划时间", "主体封顶", "2023-09", "2023-11-05", "手工修改：材料涨价"),
        ("甲", "主体封顶计划时间", "主体封顶", None, "2023-09", "手工修改")]
    assert dated(ledger) == {"开工", "主体封顶"}
    undo_last(ledger, Actor("乙"))
    undo_last(ledger, Actor("甲"))
    assert dated(ledger) == {"开工"}


def test_nodes_are_the_offices_own(ledger: Ledger) -> None:
    fill(ledger, 1)
    assert list_nodes(ledger)[:2] == ["立项", "用地"]
    with pytest.raises(HydeskError, match="没有名为"):
        record_milestone(ledger, list_standings(ledger, JUNE)[0].id, "剪彩", "actual", None)
    with pytest.raises(HydeskError, match="已不在"):
        record_milestone(ledger, 999, "开工", "actual", None)
