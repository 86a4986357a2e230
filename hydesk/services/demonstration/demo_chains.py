"""The demonstration's industry chains: all fourteen with map, goals, projects, prospects, problems and results."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.measures.starts import has_started
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterValue
from hydesk.domain.shipped_registers import (
    CHAIN_GOALS,
    CHAIN_MAP,
    CHAIN_PROBLEMS,
    CHAIN_PROSPECTS,
    CHAIN_RESULTS,
)
from hydesk.domain.standing import ProjectStanding
from hydesk.resource_files import resource
from hydesk.services.mechanisms.major_projects import draw_chain_projects

Values = Mapping[str, RegisterValue | None]
Put = Callable[[str, Iterable[Values]], None]
YI = 100_000_000


def put_demo_chains(ledger: Ledger, period: Period, standings: Sequence[ProjectStanding], put: Put) -> None:
    """Fill the five lists and the map of every chain of the demonstration; the projects are the ledger's own."""
    chains: list[dict[str, Any]] = json.loads(resource("demo", "chains.json").read_text(encoding="utf-8"))
    maps: list[Values] = []
    for one in chains:
        own = [s for s in standings if s.chain == one["chain"] and has_started(s, period.end) and s.actual_finish is None]
        used: set[str] = set()
        for segment in one["segments"]:
            project = _project(segment, own, standings, used)
            used |= {project} if project else set()
            maps.append({"chain": one["chain"], "position": segment["position"], "segment": segment["segment"],
                         "enterprise": segment["enterprise"] or None, "kind": segment["kind"], "project": project})
    put(CHAIN_MAP, maps)
    draw_chain_projects(ledger, period, Actor("演示"))
    put(CHAIN_GOALS, [{"chain": c["chain"], "goal": "产业链产值", "year": "2025", "target": str(c["goal"]), "measure": "亿元",
                         "done": str(c["goal"] * 7 // 10), "unit": c["lead"], "state": "进行中"} for c in chains])
    gaps = [(c, s) for c in chains for s in c["segments"] if s["kind"] == "缺口"]
    put(CHAIN_PROSPECTS, [{"chain": c["chain"], "name": f"{s['segment']}项目", "investor": "某企业", "amount": (3 + i * 5 % 17) * YI,
                             "position": s["position"], "state": ("在谈", "已签约")[i % 2]} for i, (c, s) in enumerate(gaps)])
    put(CHAIN_PROBLEMS, [{"chain": "盐卤及精细化工", "problem": "电子级化学品缺少检测平台", "measures": "与高校共建", "state": "办理中",
                            "unit": "市科学技术局", "due_on": LooseDate(date(period.year, 9, 30))}])
    put(CHAIN_RESULTS, [{"chain": "输变电装备", "name": "环保型绝缘油", "owner": "南华大学", "level": "中试"},
                          {"chain": "核技术应用", "name": "医用同位素制备", "owner": "南华大学", "level": "可产业化"}])


def _project(segment: Mapping[str, str], own: Sequence[ProjectStanding], standings: Sequence[ProjectStanding],
             used: set[str]) -> str | None:
    """The ledger's project of a segment: the one that is named, or for what is being built one of the chain's."""
    if segment["named"]:
        return next((s.code for s in (*own, *standings) if segment["named"] in s.name and s.code not in used), None)
    return next((s.code for s in own if s.code not in used), None) if segment["kind"] == "在建" else None
