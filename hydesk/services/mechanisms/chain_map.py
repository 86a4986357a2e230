"""产业链图谱: a chain's segments up-, mid- and downstream with enterprises, projects and gaps, from its register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.register_words import plain_number
from hydesk.domain.registers import RegisterRecord
from hydesk.domain.shipped_registers import CHAIN_MAP, CHAIN_PROJECTS
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.chain_drawing import ChainBox, ChainDrawing, ChainItem
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.look_at_register import RegisterSheet, look_at_register
from hydesk.services.reports.print_notice import office_of, remark_of
from hydesk.services.standings.list_standings import list_classes, list_standings

ORDER = "order"
_MOST = 18
"""Projects that are named below a map; a chain of more says how many there are."""
POSITIONS = ("上游", "中游", "下游")
MARKS = {"已有": "●", "在建": "◑", "缺口": "◇"}
"""Shapes beside the words, so that print in black and white loses nothing."""


@dataclass(frozen=True, slots=True)
class ChainMap:
    """One chain as drawn. ``gaps`` counts the segments' gaps."""

    chain: str
    drawing: ChainDrawing
    gaps: int
    records: int


def chain_maps(ledger: Ledger, period: Period) -> tuple[ChainMap, ...]:
    """Every chain of the register in its order; empty where the register is not in use."""
    register_id = register_called(ledger, CHAIN_MAP)
    if register_id is None:
        return ()
    return _maps(ledger, period, look_at_register(ledger, register_id, period))


@dataclass(frozen=True, slots=True)
class ChainDesk:
    """All that is needed to draw the chains and to edit them. ``chains`` are those of the ledger and of the register;
    ``enterprises`` the ledger's builders."""

    maps: tuple[ChainMap, ...] = ()
    sheet: RegisterSheet | None = None
    chains: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()


def chain_desk(ledger: Ledger, period: Period) -> ChainDesk:
    """The maps with the register they are edited in; no sheet where the register is not in use."""
    register_id = register_called(ledger, CHAIN_MAP)
    if register_id is None:
        return ChainDesk()
    sheet = look_at_register(ledger, register_id, period)
    maps = _maps(ledger, period, sheet)
    named = [c for c in list_classes(ledger, "chain") if c]
    builders = {s.builder for s in list_standings(ledger, period) if s.builder}
    return ChainDesk(maps, sheet, tuple(dict.fromkeys([*(m.chain for m in maps), *named])), tuple(sorted(builders)))


def empty_map(chain: str) -> ChainMap:
    """The map of a chain that has nothing yet."""
    return ChainMap(chain, ChainDrawing(f"{chain}产业链图谱", tuple((p, ()) for p in POSITIONS), ""), 0, 0)


def drawn_order(records: Sequence[RegisterRecord]) -> list[RegisterRecord]:
    """Records as they stand in the drawing: by their order where they bear one, then as they were made."""
    def place(record: RegisterRecord) -> tuple[bool, Decimal]:
        order = record.values.get(ORDER)
        return (False, order) if isinstance(order, Decimal) else (True, Decimal(0))
    return sorted(records, key=place)


def _maps(ledger: Ledger, period: Period, sheet: RegisterSheet) -> tuple[ChainMap, ...]:
    fields = {f.key: f for f in sheet.definition.fields}
    chains: dict[str, dict[str, dict[str, list[ChainItem]]]] = {}
    counts: dict[str, list[str]] = {}
    for record in drawn_order(sheet.records):
        t = {k: sheet.text(f, record) for k, f in fields.items()}
        chain, position, segment = t.get("chain", ""), t.get("position") or POSITIONS[1], t.get("segment", "")
        items = chains.setdefault(chain, {p: {} for p in POSITIONS}).setdefault(position, {}).setdefault(segment, [])
        kind = t.get("kind") or "已有"
        counts.setdefault(chain, []).append(kind)
        words = "　".join(p for p in (t.get("enterprise"), t.get("project")) if p)
        items.append(ChainItem(kind, "　".join(p for p in (f"{MARKS.get(kind, '●')} {kind}", words) if p), record.id))
    projects = _projects(ledger, period)
    office, remark = office_of(ledger), remark_of(ledger)
    return tuple(ChainMap(chain, ChainDrawing(
        f"{chain}产业链图谱", tuple((p, tuple(ChainBox(s, tuple(items)) for s, items in places[p].items())) for p in POSITIONS),
        f"● 已有　◑ 在建　◇ 缺口　　{office}", remark, _below(projects.get(chain, ()))), counts[chain].count("缺口"), len(counts[chain]))
        for chain, places in chains.items())


def _projects(ledger: Ledger, period: Period) -> dict[str, list[ProjectStanding]]:
    """The projects on each chain's 在建重大项目清单 as the ledger has them, the largest first."""
    register_id = register_called(ledger, CHAIN_PROJECTS)
    if register_id is None:
        return {}
    by_code = {s.code: s for s in list_standings(ledger, period)}
    found: dict[str, list[ProjectStanding]] = {}
    for record in open_register(ledger, register_id, period).records:
        own = by_code.get(str(record.values.get("project", "")))
        if own is not None:
            found.setdefault(str(record.values.get("chain", "")), []).append(own)
    return {chain: sorted(own, key=lambda s: -(s.total_investment or 0)) for chain, own in found.items()}


def _below(own: Sequence[ProjectStanding]) -> ChainBox | None:
    """The chain's projects under way with their size and how far they are."""
    if not own:
        return None
    total = sum(s.total_investment or 0 for s in own)
    items = [ChainItem("在建", f"{s.name}（{s.unit}，{plain_number(Decimal(s.total_investment or 0) / 10**8)}亿元）") for s in own[:_MOST]]
    more = f"，列出总投资最大的{_MOST}个" if len(own) > _MOST else ""
    return ChainBox(f"在建重大项目 {len(own)} 个，总投资 {plain_number(Decimal(total) / 10**8)} 亿元（取自项目台账{more}）", tuple(items))


def print_chain_maps(ledger: Ledger, period: Period, path: Path, chains: Sequence[str] = (), today: date | None = None) -> None:
    """Write the chains' maps, all or those named, as vectors into one PDF, a page each. Raises HydeskError where it cannot."""
    from hydesk.reports.chain_drawing import print_chains
    from hydesk.reports.fonts import find_fonts

    chosen = [m.drawing for m in chain_maps(ledger, period) if not chains or m.chain in chains]
    if not chosen:
        raise HydeskError("还没有填写产业链图谱，请先在“产业链图谱”台账里登记环节、企业和项目")
    try:
        print_chains(chosen, path, find_fonts(), (today or date.today()).isoformat())
    except OSError as e:
        raise HydeskError(f"“{path}”写不了，可能没有权限，或这份文件正开着；请关闭它或换一个位置") from e
