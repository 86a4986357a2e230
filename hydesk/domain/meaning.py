"""What a lamp means. Colour words mislead between cities, so only meanings are kept."""

from __future__ import annotations

from enum import Enum


class Meaning(Enum):
    """How a project stands against 时间进度."""

    AHEAD = "ahead"
    ON_TRACK = "on_track"
    LAGGING = "lagging"
    SERIOUSLY_LAGGING = "seriously_lagging"
    UNREPORTED = "unreported"
    """No figure of the period shown: it keeps its last meaning beside it and is counted apart."""
    NO_DATA = "no_data"
    """Reported, but with no plan or no amount to judge."""

    @property
    def label(self) -> str:
        """超前, 正常, 滞后, 严重滞后, 未报 or 无数据."""
        return {"ahead": "超前", "on_track": "正常", "lagging": "滞后", "seriously_lagging": "严重滞后",
                "unreported": "未报", "no_data": "无数据"}[self.value]

    @property
    def mark(self) -> str:
        """The shape that always stands with the word, so that black-and-white print loses nothing."""
        return {"ahead": "▲", "on_track": "●", "lagging": "◆", "seriously_lagging": "■", "unreported": "○",
                "no_data": "–"}[self.value]

    @property
    def bad(self) -> bool:
        """Whether it is 滞后 or 严重滞后."""
        return self in (Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)
