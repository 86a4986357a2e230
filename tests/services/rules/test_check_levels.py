"""Levels of the checks of returns: the office's to set, but for what the ledger takes in no way at all."""

from __future__ import annotations

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.returns.checks import RuleSet
from hydesk.services.rules.settings import check_rules, list_check_rules, set_check_level


def test_the_rule_over_negatives_cannot_be_softened(any_ledger: Ledger) -> None:
    for level in (Level.WARNING, Level.NOTE, None):
        assert RuleSet({"negative": level}).level("negative") is Level.ERROR, "also where an older program let it be set"
        with pytest.raises(HydeskError, match="不能放宽"):
            set_check_level(any_ledger, "negative", level)
    assert [r.code for r in list_check_rules(any_ledger) if r.fixed] == ["negative"]
    set_check_level(any_ledger, "ytd_fell", Level.WARNING)
    assert check_rules(any_ledger).level("ytd_fell") is Level.WARNING
