"""What a writing use case answers: which acts it was, what they touched, and its own value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from hydesk.dataclass import dataclass
from hydesk.domain.touched import Touched

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A finished writing use case.

    ``acts`` numbers the acts it was, the oldest first; empty where nothing had to be written. Undoing all of them takes
    back what was done. ``title`` is what the first of them is called, ``touched`` what kinds of data changed.
    """

    value: T
    acts: tuple[int, ...] = ()
    title: str = ""
    touched: frozenset[Touched] = frozenset()

    def answering(self, value: U) -> Done[U]:
        """The same acts with another value."""
        return Done(value, self.acts, self.title, self.touched)

    @property
    def wrote(self) -> bool:
        """Whether anything was written."""
        return bool(self.acts)


def together(parts: Iterable[Done[Any]], value: T) -> Done[T]:
    """Several use cases as one, called after the first that wrote; undone as one."""
    done = list(parts)
    return Done(value, tuple(act for d in done for act in d.acts), next((d.title for d in done if d.title), ""),
                frozenset().union(*(d.touched for d in done)))
