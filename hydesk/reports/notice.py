"""A short official paper to a unit — 退回单, 催报通知, 报送质量评分 — as data, and as text for a message."""

from __future__ import annotations

from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """One paper. ``body`` stands above the table, ``ending`` below it; ``signers`` get room to sign by hand."""

    stem: str
    """The name of its files without the ending."""
    title: str
    number: str
    to: str
    body: tuple[str, ...]
    table: PrintTable | None
    ending: tuple[str, ...]
    office: str
    issued: date
    signers: tuple[str, ...] = ()
    remark: str = ""
    """A mark at the top, such as 演示数据."""
    text: str = ""
    """The same for a message in WeChat or QQ; empty: title, body and ending."""
    wide: bool = False
    """Whether it is set on landscape pages."""

    @property
    def day(self) -> str:
        """2023年7月8日."""
        return f"{self.issued.year}年{self.issued.month}月{self.issued.day}日"

    @property
    def message(self) -> str:
        """Plain text; 演示数据 is never left out."""
        words = self.text or "\n".join((self.title, f"{self.to}：", *self.body, *self.ending, self.office, self.day))
        return f"【{self.remark}】\n{words}" if self.remark else words


def text_column(name: str, weight: float) -> PrintColumn:
    """A column of words that shares the width left over."""
    return PrintColumn(name, (name,), Align.LEFT, weight=weight)


def short_column(name: str, align: Align = Align.CENTER) -> PrintColumn:
    """A column as wide as its words."""
    return PrintColumn(name, (name,), align)


def words_table(key: str, columns: tuple[PrintColumn, ...], rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...] = (),
                title: str = "") -> PrintTable:
    """A table of words."""
    return PrintTable(key, title, "", columns, tuple(PrintRow(tuple(CONTROL.sub("", c) for c in row)) for row in rows), notes)
