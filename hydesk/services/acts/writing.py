"""A use case that writes, as a value: whoever calls it learns which acts it was and what they touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from hydesk.db.told import CommittedActs, telling
from hydesk.domain.done import Done

__all__ = ["CommittedActs", "hearing_acts", "writing"]

P = ParamSpec("P")
T = TypeVar("T")
hearing_acts = telling
"""For whoever runs several use cases: hears the acts that are committed within the block, also where it fails."""


def writing(use_case: Callable[P, T]) -> Callable[P, Done[T]]:
    """``use_case``, answering ``Done`` with its value and the acts that were committed while it ran.

    The journal tells the acts, so a use case cannot forget one. One that calls others has their acts among its own.
    """
    @wraps(use_case)
    def run(*args: P.args, **kwargs: P.kwargs) -> Done[T]:
        with telling() as told:
            value = use_case(*args, **kwargs)
        return Done(value, tuple(told.acts), told.title, frozenset(told.touched))

    return run
