"""Photographs in a report: small pictures with when and where each was taken, and what is doubtful about them."""

from __future__ import annotations

from hydesk.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture ready to print. ``content`` is a JPEG of ``width`` × ``height`` pixels; ``doubt`` what somebody should look at."""

    name: str
    caption: str
    doubt: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """Photographs side by side."""

    photos: tuple[Photo, ...]
