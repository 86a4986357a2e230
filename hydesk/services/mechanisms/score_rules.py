"""Rules of an assessment as the ledger keeps them, and points that were given after an appeal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.assessment import AssessmentRule, ScoreWay
from hydesk.domain.errors import HydeskError
from hydesk.domain.kept import like
from hydesk.domain.periods import Period
from hydesk.services.acts.writing import writing
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.rules.settings import get_setting, set_setting


def kept_rules(ledger: Ledger, setting: str, shipped: Sequence[AssessmentRule]) -> tuple[AssessmentRule, ...]:
    """The rules kept under ``setting``; those shipped where the office never changed them."""
    def read(kept: Any) -> tuple[AssessmentRule, ...]:
        return tuple(like(AssessmentRule("", "", "", ScoreWay(r["way"]), Decimal(0)), r) for r in kept)

    return get_setting(ledger, setting, tuple(shipped), read)  # type: ignore[no-any-return]


@writing
def keep_rules(ledger: Ledger, setting: str, rules: Sequence[AssessmentRule], measures: Mapping[str, str], title: str,
               actor: Actor | None = None) -> None:
    """Assess by ``rules`` from now on; can be undone. Raises HydeskError for rules that cannot be used."""
    if not rules:
        raise HydeskError("考核规则至少要有一条")
    for rule in rules:
        if not rule.title.strip():
            raise HydeskError("有一条考核规则还没有名称，请填写")
        if rule.measure not in measures:
            raise HydeskError(f"“{rule.title}”要先选考核的指标")
        if rule.points <= 0 or rule.full <= 0 or rule.least > rule.points:
            raise HydeskError(f"“{rule.title}”的分值不对：满分和达标值应大于 0，最低分不能高于满分")
    set_setting(ledger, setting, [{k: str(v) for k, v in asdict(r).items()} for r in rules], title, actor)


def given_after_appeal(ledger: Ledger, period: Period, register: str, subject: str = "") -> dict[str, tuple[Decimal, str]]:
    """Points by unit (or all to ``subject``) from the appeals of ``register`` that were taken (采纳), with why."""
    register_id = register_called(ledger, register)
    given: dict[str, tuple[Decimal, str]] = {}
    if register_id is not None:
        for record in open_register(ledger, register_id, period).records:
            points, year = record.values.get("points"), str(record.values.get("year") or period.year)
            if record.values.get("state") == "采纳" and isinstance(points, Decimal) and year == str(period.year):
                unit = subject or str(record.values.get("unit", ""))
                before, words = given.get(unit, (Decimal(0), ""))
                said = f"{record.values.get('item', '')}：申诉采纳，调整{points.normalize():f}分"
                given[unit] = (before + points, f"{words}；{said}" if words else said)
    return given
