"""A use case that asks others sees the ledger as it stood at one moment, and comes to a server in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from hydesk.db.ledger import Ledger

P = ParamSpec("P")
T = TypeVar("T")


def one_view(use_case: Callable[Concatenate[Ledger, P], T]) -> Callable[Concatenate[Ledger, P], T]:
    """``use_case``, which reads, with everything it calls in one view of the ledger."""
    @wraps(use_case)
    def run(ledger: Ledger, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with ledger.read():
            return use_case(ledger, *args, **kwargs)

    return run
