"""What an exported ledger's own columns add to what the reading of a list knows."""

from __future__ import annotations

from dataclasses import replace

from hydesk.domain.ledger_parts import LedgerParts
from hydesk.domain.own_columns import OwnColumn
from hydesk.services.returns.take_list_known import take_list_known, with_columns


def test_columns_that_come_along_are_known_unless_retired_or_there_already() -> None:
    base = take_list_known(None)
    known = replace(base, memory=replace(base.memory, own=(OwnColumn("用地面积", names=("用地 亩数",), id=1),)))
    brought = (OwnColumn("征拆户数", id=1), OwnColumn("用地亩数", id=2), OwnColumn("用地面积", id=3), OwnColumn("旧栏", retired=True, id=4), OwnColumn("包保 领导", id=5))
    found = with_columns(known, LedgerParts(columns=brought))
    assert [c.name for c in found.memory.own] == ["用地面积", "征拆户数", "包保 领导"]
    assert with_columns(known, None) is known
    assert with_columns(known, LedgerParts(columns=brought[1:4])) is known
