"""--measure and --list of hydesk figures: tables of 开工, 竣工, 投产, 达产, and the projects behind one of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say

if TYPE_CHECKING:
    from hydesk.domain.measures.subjects import Counted, Subject
    from hydesk.services.pages.subject_table import RowsBy, SubjectTable

SUBJECTS = ("开工", "竣工", "投产", "达产", "前期", "前期手续", "同比")
"""What ``--measure`` takes: the values of ``Subject``, written out so that the help needs nothing imported."""


PERMITS_BY = {"node": "NODE", "department": "DEPARTMENT"}
"""What ``--by`` takes beside the dimensions, for 前期手续: by word the name of a ``PermitBy``."""


def preparation_tables() -> list[tuple[Subject, RowsBy]]:
    """The two tables that tell of 前期 in JSON."""
    from hydesk.domain.measures.subjects import Subject
    from hydesk.services.pages.cross_table import Dimension
    from hydesk.services.pages.subject_table import PermitBy

    return [(Subject.PREPARATION, Dimension.UNIT), (Subject.PERMITS, PermitBy.NODE)]


def preparation_document(projects: SubjectTable, permits: SubjectTable) -> dict[str, Any]:
    """前期 in figures, with the codes behind each number; ``permits`` by node."""
    names = ("prepared", "reserved", "converted", "rate", "still", "granted")
    told = dict(zip(names, projects.whole, strict=True))

    def plain(c: Counted) -> object:
        return c.value if c.value is None or isinstance(c.value, int) else str(c.value)

    return {
        **{n: plain(c) for n, c in told.items()}, "projects": {n: [p.code for p in c.projects] for n, c in told.items() if n != "rate"},
        "permits": {name: {c.id.removeprefix("permits_"): plain(c) for c in line} for name, line in permits.rows.items()},
        "permits_whole": {c.id.removeprefix("permits_"): plain(c) for c in permits.whole}}


def subject_asked(measure: str | None, listed: str | None) -> Subject | None:
    """The subject that the two options ask for; None where neither was written.

    Raises click.BadParameter for a measure or a name of a list that is not there.
    """
    from hydesk.domain.measures.named import MEASURES, Quantity
    from hydesk.domain.measures.subjects import Subject, columns_of

    if measure is not None and measure not in SUBJECTS:
        raise click.BadParameter(f"没有“{measure}”这方面的指标，可用：{'、'.join(SUBJECTS)}", param_hint="--measure")
    if listed is None:
        return None if measure is None else Subject(measure)
    some = list(Subject) if measure is None else [Subject(measure)]
    names = {MEASURES[id].name: s for s in some for id in columns_of(s) if MEASURES[id].quantity is Quantity.COUNT}
    if listed not in names:
        raise click.BadParameter(f"没有“{listed}”这样的清单，可用：{'、'.join(names)}", param_hint="--list")
    return names[listed]


def say_subject(made: SubjectTable, listed: str | None) -> int:
    """The table, or the projects behind its number ``listed``; the exit status."""
    from hydesk.domain.measures.named import MEASURES
    from hydesk.domain.measures.words import nothing_in, standing

    names = [MEASURES[id].name for id in made.columns]
    if listed is not None:
        return _say_projects(made, made.whole[names.index(listed)])
    print_table([made.rows_by, *names], [[name, *_cells(line)] for name, line in made.rows.items()] + [["合计", *_cells(made.whole)]])
    if made.note:
        say(made.note)
    say((standing(made.reach) if made.reach.known else nothing_in(made.reach)) + "。")
    return LOOK if made.reach.nothing_in or made.reach.late else DONE


def _cells(line: Sequence[Counted]) -> list[object]:
    return [c.value if isinstance(c.value, int) and c.text == str(c.value) else c.text for c in line]


def _say_projects(made: SubjectTable, told: Counted) -> int:
    from hydesk.domain.measures.named import MEASURES
    from hydesk.services.pages.subject_table import days_of

    name = MEASURES[told.id].name
    if not told.projects:
        say(f"没有{name}的项目。")
        return NOTHING
    waits = ["待办"] if made.waits else []
    print_table(["编号", "项目", "单位", "性质", "计划", "实际", *waits], [
        [p.code, p.name, p.unit, p.nature, *(d.isoformat() if d else "" for d in days_of(made.subject, p)), *([made.waits.get(p.id, "")] if waits else [])]
        for p in told.projects])
    say(f"{name} {told.behind}。")
    return DONE
