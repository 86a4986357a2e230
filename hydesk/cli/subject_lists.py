"""--measure and --list of hydesk figures: tables of 开工, 竣工, 投产, 达产, and the projects behind one of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from hydesk.cli.screen import DONE, LOOK, NOTHING, print_table, say

if TYPE_CHECKING:
    from hydesk.domain.measures.subjects import Counted, Subject
    from hydesk.services.pages.subject_table import SubjectTable

SUBJECTS = ("开工", "竣工", "投产", "达产", "同比")
"""What ``--measure`` takes: the values of ``Subject``, written out so that the help needs nothing imported."""


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
    print_table(["编号", "项目", "单位", "性质", "计划", "实际"], [
        [p.code, p.name, p.unit, p.nature, *(d.isoformat() if d else "" for d in days_of(made.subject, p))] for p in told.projects])
    say(f"{name} {len(told.projects)} 个。")
    return DONE
