"""What a return says of a problem is held against the problems of the list: by the words it came in, or by its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from hydesk.domain.periods import Period
from hydesk.domain.problems import Seen, Status
from hydesk.services.problems.follow_problems import _told

JUNE = Period.month(2023, 6)


@pytest.mark.parametrize(("source", "detail", "seen"), [("征地拆迁未完成", "别的话", Seen.SAME), ("", "征地拆迁未完成", Seen.SAME), ("别的话", "又一句话", Seen.NEW)])
def test_a_told_problem_is_a_listed_one_by_the_words_it_came_in_or_by_its_own(source: str, detail: str, seen: Seen) -> None:
    listed: Any = SimpleNamespace(id=4, status=Status.ASSIGNED, source_text=source, detail=detail, closed_on=None)
    row: Any = SimpleNamespace(project_id=1, code="HY1", name="甲", unit="衡南县", measures_text="", source_id=None)
    of_problem: dict[int, Seen] = {}
    told = _told("征地拆迁未完成", row, JUNE, {}, [listed], {}, of_problem)
    assert told.seen is seen
    assert of_problem == ({4: Seen.SAME} if seen is Seen.SAME else {})
