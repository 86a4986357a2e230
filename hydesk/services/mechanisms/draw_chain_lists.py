"""What the chains' lists take from other lists, so that nothing is typed twice: prospects from the filings, problems from
the problem list; drawn again they follow what has changed there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem, Status
from hydesk.domain.registers import RegisterRecord, RegisterValue
from hydesk.domain.shipped_registers import (
    CHAIN_PROBLEMS,
    CHAIN_PROJECTS,
    CHAIN_PROSPECTS,
    FILINGS,
    PLAN_PROJECTS,
)
from hydesk.returns.text import loose_key
from hydesk.services.acts.writing import writing
from hydesk.services.mechanisms.major_projects import (
    Drawn,
    draw_chain_projects,
    link_plan_projects,
    major_projects,
)
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import definition_of, open_register, read_records
from hydesk.services.registers.write_records import RecordChange, write_records

_HOW_FAR = {"已签约": "已签约", "已注册": "已签约", "已供地": "已签约", "已开工": "已落地", "已转重点项目": "已落地", "已终止": "已终止"}
"""A filing's stage as the chains' list says it."""
Values = Mapping[str, RegisterValue | None]


@writing
def draw_chain_prospects(ledger: Ledger, period: Period, actor: Actor | None = None) -> Drawn:
    """Enter every filing of a chain on the list of its chain, in one act; those on it follow the filing's stage and amount."""
    register_id, held = _held(ledger, CHAIN_PROSPECTS, "招商引资重点项目清单")
    filings = register_called(ledger, FILINGS)
    found = open_register(ledger, filings, period).records if filings is not None else ()
    wanted = {}
    for r in found:
        chain, name = str(r.values.get("chain") or ""), str(r.values.get("name") or "")
        if chain:
            wanted[chain, loose_key(name)] = {
                "chain": chain, "name": name, "investor": r.values.get("investor"), "amount": r.values.get("amount"),
                "unit": r.values.get("unit"), "state": _HOW_FAR.get(str(r.values.get("stage") or ""), "已签约")}
    known = {(str(r.values.get("chain") or ""), loose_key(str(r.values.get("name") or ""))): r for r in held}
    without = sum(not r.values.get("chain") for r in found)
    return _enter(ledger, register_id, period, wanted, known, "招商引资重点项目清单从备案取入",
                  f"{without} 条备案没有填产业链，未取" if without else "", actor)


@writing
def draw_chain_problems(ledger: Ledger, period: Period, actor: Actor | None = None) -> Drawn:
    """Enter the open problems of the major projects of each chain on its list, in one act; those on it follow the
    problem list until they are 销号."""
    register_id, held = _held(ledger, CHAIN_PROBLEMS, "重点问题清单")
    chains = {m.project.code: m.project.chain for m in major_projects(ledger, period) if m.project.chain}
    own = [p for p in list_problems(ledger, period, current=True) if p.project_code in chains]
    times = Counter((chains[p.project_code], p.detail or p.title) for p in own)
    known = {(str(r.values.get("project") or ""), loose_key(words)): r for r in held
             for words in (_bare(r), str(r.values.get("problem") or ""))}
    wanted = {}
    for p in own:
        words = p.detail or p.title
        key = p.project_code, loose_key(words)
        if p.status.open or key in known:
            said = f"{p.project_name}：{words}" if times[chains[p.project_code], words] > 1 else words
            wanted[key] = _problem(p, chains[p.project_code], str(known[key].values["problem"]) if key in known else said)
    return _enter(ledger, register_id, period, wanted, known, "重点问题清单从问题清单取入", "", actor)


def _problem(p: ListedProblem, chain: str, said: str) -> Values:
    return {"chain": chain, "problem": said, "project": p.project_code, "measures": p.measures or None,
            "unit": p.responsible or None, "due_on": LooseDate(p.due_on) if p.due_on is not None else None,
            "state": "已销号" if p.status is Status.CLOSED else "办理中"}


def _bare(record: RegisterRecord) -> str:
    """The problem's words without the project that was put before them where several have the same one."""
    words = str(record.values.get("problem") or "")
    return words.partition("：")[2] or words


def _held(ledger: Ledger, key: str, name: str) -> tuple[int, list[RegisterRecord]]:
    register_id = register_called(ledger, key)
    if register_id is None:
        raise HydeskError(f"还没有启用“{name}”，请先点“启用自带台账”")
    with ledger.read() as connection:
        return register_id, read_records(connection, register_id, definition_of(connection, register_id))


def _enter(ledger: Ledger, register_id: int, period: Period, wanted: Mapping[tuple[str, str], Values],
           known: Mapping[tuple[str, str], RegisterRecord], title: str, left: str, actor: Actor | None) -> Drawn:
    """Write what is new and what has changed; what a source does not say is left as it stands."""
    with ledger.read() as connection:
        stored = {f.key for f in definition_of(connection, register_id).stored}
    changes: list[RecordChange] = []
    fresh, moved = 0, 0
    for key, values in wanted.items():
        own = known.get(key)
        told = {f: v for f, v in values.items() if v is not None and f in stored and (own is None or own.values.get(f) != v)}
        changes += [RecordChange(own.id if own is not None else None, f, v, new=fresh) for f, v in told.items()]
        fresh += own is None
        moved += own is not None and bool(told)
    if changes:
        write_records(ledger, register_id, changes, period.year, f"{title}：新增 {fresh} 条，更新 {moved} 条", actor)
    words = [f"取入 {fresh} 条" if fresh else "没有新的", *([f"更新 {moved} 条"] if moved else []), *([left] if left else [])]
    return Drawn(fresh, "；".join(words))


DRAWS: dict[str, Callable[..., Done[Drawn]]] = {
    CHAIN_PROJECTS: draw_chain_projects, PLAN_PROJECTS: link_plan_projects, CHAIN_PROSPECTS: draw_chain_prospects,
    CHAIN_PROBLEMS: draw_chain_problems}
"""What draws a shipped register from elsewhere in the ledger, as ``DRAWN`` offers it."""
