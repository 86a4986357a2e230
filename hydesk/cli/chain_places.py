"""What a chain's commands name: a chain, a segment of it, a record of its map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hydesk.domain.errors import HydeskError
from hydesk.domain.nearest import none_called
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.registers import RegisterRecord
    from hydesk.services.mechanisms.edit_chain_map import ChainPlace
    from hydesk.services.registers.look_at_register import RegisterSheet
    from hydesk.services.upkeep.open_ledger import Ledger

NOT_IN_USE = "还没有启用“产业链图谱”台账，请先用 hydesk register enable，或在考核与榜单里启用"


def chain_named(held: Ledger, period: Period, chain: str) -> tuple[RegisterSheet, str]:
    """The register of the maps, and the chain that ``chain`` names, whole or by a part no other has.

    Raises HydeskError, naming the nearest, for another, and where the register is not in use.
    """
    from hydesk.services.mechanisms.chain_map import chain_desk

    desk, wanted = chain_desk(held, period), "".join(chain.split())
    if desk.sheet is None:
        raise HydeskError(NOT_IN_USE)
    found = [c for c in desk.chains if c == wanted] or [c for c in desk.chains if wanted and wanted in c]
    if len(found) != 1:
        raise HydeskError(f"{none_called(chain, '产业链', desk.chains)}。什么也没有做" if not found else
                          f"“{chain}”可指几条产业链：{'、'.join(found)}，请写全名称")
    return desk.sheet, found[0]


def record_numbered(held: Ledger, period: Period, number: int) -> tuple[RegisterSheet, RegisterRecord]:
    """The register of the maps and its record ``number``. Raises HydeskError where there is none."""
    from hydesk.services.mechanisms.chain_map import chain_desk

    sheet = chain_desk(held, period).sheet
    if sheet is None:
        raise HydeskError(NOT_IN_USE)
    found = next((r for r in sheet.records if r.id == number), None)
    if found is None:
        raise HydeskError(f"产业链图谱里没有 {number} 号，什么也没有改。编号见 hydesk chains show")
    return sheet, found


def standing_at(record: RegisterRecord, *, whole: bool = False) -> ChainPlace:
    """Where a record stands; with ``whole`` its segment."""
    from hydesk.services.mechanisms.chain_map import POSITIONS
    from hydesk.services.mechanisms.edit_chain_map import ChainPlace

    return ChainPlace(str(record.values.get("position") or POSITIONS[1]), str(record.values.get("segment") or ""), 0 if whole else record.id)


def segment_named(sheet: RegisterSheet, chain: str, segment: str, position: str | None) -> ChainPlace:
    """The segment of a chain. Raises HydeskError where there is none of that name, or one in several positions."""
    every = list(dict.fromkeys(standing_at(r, whole=True) for r in sheet.records if str(r.values.get("chain", "")) == chain))
    found = [p for p in every if p.segment == " ".join(segment.split()) and position in (None, p.position)]
    if len(found) == 1:
        return found[0]
    if found:
        raise HydeskError(f"{'、'.join(p.position for p in found)}都有环节“{segment}”，请用 --position 写明")
    raise HydeskError(f"{chain}里{none_called(segment, '环节', [p.segment for p in every])}；新的环节要写 --position。什么也没有做")


def words_typed(held: Ledger, period: Period, values: Mapping[str, str | None]) -> dict[str, str]:
    """What is to stand in a record; a project by its code. Raises HydeskError for a project that is not on the list."""
    from hydesk.services.projects.find_project import find_project

    words = {k: v.strip() for k, v in values.items() if v is not None}
    if words.get("project"):
        words["project"] = find_project(held, words["project"], period).code
    return words
