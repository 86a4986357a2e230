"""The steps of 倒排工期 as the office has set them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.backward import STEPS, BackwardStep, step_faults
from hydesk.domain.errors import HydeskError
from hydesk.domain.problems import Status
from hydesk.services.acts.writing import writing
from hydesk.services.rules.settings import get_setting, set_setting

BACKWARD_STEPS = "backward_steps"


def backward_steps(ledger: Ledger) -> tuple[BackwardStep, ...]:
    """The steps in force."""
    def read(kept: Any) -> tuple[BackwardStep, ...]:
        steps = tuple(BackwardStep(str(s["name"]), s["share"], Status(s["done_from"])) for s in kept)
        if step_faults(steps):
            raise ValueError("no steps to reckon by")
        return steps

    return get_setting(ledger, BACKWARD_STEPS, STEPS, read)  # type: ignore[no-any-return]


@writing
def set_backward_steps(ledger: Ledger, steps: Sequence[BackwardStep], actor: Actor | None = None) -> None:
    """Reckon by ``steps`` from now on; can be undone. Raises HydeskError for steps that cannot be reckoned by."""
    faults = step_faults(steps)
    if faults:
        raise HydeskError("；".join(faults))
    kept = None if tuple(steps) == STEPS else [
        {"name": s.name, "share": s.share, "done_from": s.done_from.value} for s in steps]
    set_setting(ledger, BACKWARD_STEPS, kept, "修改倒排工期", actor)
