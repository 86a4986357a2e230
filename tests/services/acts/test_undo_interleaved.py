"""Two at one ledger, doing, undoing and redoing in any order, held against a list that knows nothing of a journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import redo_newest, undo_named, undo_newest
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.ledger_as_of import ledger_as_of
from tests.services.insert_only import changes_of_what_grows
from tests.services.made import fill
from tests.stores import Stores

ACTORS = (Actor("张三", "zhangsan", "PC-1"), Actor("李四", "lisi", "PC-2"))
PROJECTS = (1, 2)
WORDS = ("甲", "乙", "丙")


@dataclass(eq=False)
class Done:
    """An act of the model: who, which project's remark, to what; who undid it and when.

    Two that say the same are two: the list is asked for the place of the one that is meant.
    """

    who: int
    project: int
    word: str
    undone_by: int | None = None
    undone_when: int = 0


@dataclass
class Model:
    """A list of acts. What holds of a project is what the last act says that is not undone."""

    acts: list[Done] = field(default_factory=list)
    clock: int = 0
    newest: dict[int, int] = field(default_factory=dict)

    def held(self, project: int) -> str | None:
        return next((a.word for a in reversed(self.acts) if a.project == project and a.undone_by is None), None)

    def edit(self, who: int, project: int, word: str) -> None:
        self.clock += 1
        if self.held(project) != word:
            self.acts.append(Done(who, project, word))
            self.newest[who] = self.clock

    def undo(self, who: int) -> int | None:
        return self.undo_of(next((a for a in reversed(self.acts) if a.who == who and a.undone_by is None), None), who)

    def undo_of(self, act: Done | None, by: int) -> int | None:
        self.clock += 1
        if act is not None:
            act.undone_by, act.undone_when = by, self.clock
        return None if act is None else self.acts.index(act)

    def redo(self, who: int) -> int | None:
        self.clock += 1
        own = [a for a in self.acts if a.who == a.undone_by == who and a.undone_when > self.newest.get(who, 0)]
        act = max(own, key=lambda a: a.undone_when, default=None)
        if act is not None:
            act.undone_by = None
        return None if act is None else self.acts.index(act)


def remarks(ledger: Ledger) -> dict[int, str | None]:
    with ledger.read() as connection:
        return {r[0]: r[1] for r in connection.exec_driver_sql("SELECT id, remark FROM projects ORDER BY id")}


STEPS = st.lists(st.one_of(
    st.tuples(st.just("edit"), st.sampled_from((0, 1)), st.sampled_from(PROJECTS), st.sampled_from(WORDS)),
    st.tuples(st.just("undo"), st.sampled_from((0, 1))),
    st.tuples(st.just("redo"), st.sampled_from((0, 1))),
    st.tuples(st.just("named"), st.sampled_from((0, 1)), st.integers(0, 30)),
), max_size=25)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[("edit", 0, 1, "甲"), ("edit", 0, 1, "乙"), ("edit", 0, 1, "甲"), ("named", 0, 2)])
def test_any_order_of_two_actors_holds_what_a_list_of_their_acts_says(
    steps: list[tuple[object, ...]], ledger_store: str, stores: Stores
) -> None:
    with TemporaryDirectory() as folder, stores.empty(ledger_store, Path(folder) / "台账.hydesk") as ledger:
        fill(ledger, len(PROJECTS))
        changed, model, first = changes_of_what_grows(ledger), Model(), 2
        then: dict[int, dict[int, str | None]] = {}
        for what, who, *rest in steps:
            assert isinstance(who, int)
            if what == "edit":
                before = len(model.acts)
                edit_project(ledger, int(str(rest[0])), Field.REMARK, str(rest[1]), actor=ACTORS[who])
                model.edit(who, int(str(rest[0])), str(rest[1]))
                if len(model.acts) > before:
                    then[first + before] = remarks(ledger)
            elif what == "named":
                holding = [a for a in model.acts if a.undone_by is None]
                if holding:
                    act = holding[int(str(rest[0])) % len(holding)]
                    undo_named(ledger, first + model.acts.index(act), ACTORS[who])
                    model.undo_of(act, who)
            else:
                done = (undo_newest if what == "undo" else redo_newest)(ledger, ACTORS[who])
                said = model.undo(who) if what == "undo" else model.redo(who)
                assert (None if done is None else done.act_id - first) == said
            assert remarks(ledger) == {p: model.held(p) for p in PROJECTS}
        assert check_open(ledger) == []
        assert changed == []
        if then:
            act_id = max(then) if len(then) % 2 else min(then)
            past = ledger_as_of(ledger, act_id=act_id)
            assert remarks(past) == then[act_id]
            past.close()
