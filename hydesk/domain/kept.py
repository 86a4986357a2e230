"""Values kept as JSON, read back: what another program wrote there is never taken for one of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")
_LARGEST = 10**16


def like(usual: T, kept: Mapping[str, Any]) -> T:
    """``usual``, a dataclass, with the values of ``kept``: each must be of the kind that ``usual`` has there.

    What is empty in ``usual`` may be a whole number or empty. Raises ValueError or TypeError where anything is otherwise.
    """
    known = {f.name for f in fields(usual)}  # type: ignore[arg-type]
    if strange := kept.keys() - known:
        raise ValueError(f"nothing is called {sorted(strange)}")
    return replace(usual, **{name: _as(getattr(usual, name), value) for name, value in kept.items()})  # type: ignore[type-var]


def _as(example: Any, value: Any) -> Any:
    if isinstance(example, Enum):
        return type(example)(value)
    if isinstance(example, Decimal):
        return exact(value)
    if isinstance(example, bool):
        wanted: type = bool
    elif isinstance(example, int) or (example is None and value is not None):
        wanted = int
    elif isinstance(example, tuple):
        return words(value)
    else:
        wanted = type(example)
    if type(value) is not wanted or (isinstance(value, int) and abs(value) > _LARGEST):
        raise ValueError(f"{value!r} is no {wanted.__name__}")
    return value


def exact(value: Any) -> Decimal:
    """A decimal kept as text. Raises ValueError for what is none, or is without end."""
    try:
        number = Decimal(str(value))
    except InvalidOperation as e:
        raise ValueError(f"{value!r} is no number") from e
    if not number.is_finite() or abs(number) > _LARGEST:
        raise ValueError(f"{value!r} is no number to reckon with")
    return number


def words(value: Any) -> tuple[str, ...]:
    """A list of texts. Raises ValueError for anything else."""
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(w, str) for w in value):
        raise ValueError(f"{value!r} is no list of texts")
    return tuple(value)
