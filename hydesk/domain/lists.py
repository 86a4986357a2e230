"""The year's list as it changes: kinds of dated acts, why and by which document, and dividing figures without loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.money import Yuan, format_money
from hydesk.domain.understanding import ReadValue


class ListChange(StrEnum):
    """What happened to a project on a list; the value is what the ledger keeps."""

    ADDED = "added"
    ADJUSTED = "adjusted"
    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"
    READMITTED = "readmitted"

    @property
    def label(self) -> str:
        """The word of the office."""
        return _LABELS[self]


_LABELS = {
    ListChange.ADDED: "新增", ListChange.ADJUSTED: "调整", ListChange.RENAMED: "更名", ListChange.SPLIT: "拆分",
    ListChange.MERGED: "合并", ListChange.DROPPED: "退出", ListChange.READMITTED: "重新列入",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """When a list was changed, why, and by which document (文号; empty where there is none)."""

    on: date
    reason: str
    document: str = ""

    def checked(self) -> Ground:
        """This ground. Raises HydeskError where no reason is given."""
        if not self.reason.strip():
            raise HydeskError("请写明理由：清单的每一次调整都要有日期和理由")
        return Ground(self.on, " ".join(self.reason.split()), " ".join(self.document.split()))

    @property
    def text(self) -> str:
        """Reason and document as the ledger keeps them, parted by a line feed."""
        return f"{self.reason}\n{self.document}" if self.document else self.reason


def read_ground(text: str) -> tuple[str, str]:
    """Reason and document of what ``Ground.text`` wrote."""
    reason, _, document = text.partition("\n")
    return reason, document


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One of the projects that a listed project is split into. Money in yuan."""

    name: str
    total_investment: Yuan
    annual_plan: Yuan
    code: str = ""
    """Empty: the split project's own with -1, -2 …"""
    more: Mapping[Field, ReadValue] = field(default_factory=dict)
    """Facts in which the part differs from the project it came from."""


def divide(amount: Yuan, weights: Sequence[int]) -> list[Yuan]:
    """``amount`` in parts proportional to ``weights`` (all equal where they are nothing), to the yuan, nothing lost."""
    shares = list(weights) if any(weights) else [1] * len(weights)
    whole, parts, before = sum(shares), [], 0
    for share in shares:
        until = before + share
        parts.append(amount * until // whole - amount * before // whole)
        before = until
    return parts


def refuse_loss(label: str, whole: Yuan | None, parts: Sequence[Yuan]) -> None:
    """Raise HydeskError unless ``parts`` make up ``whole`` exactly; ``label`` is the figure's name."""
    held, got = whole or 0, sum(parts)
    if any(p < 0 for p in parts):
        raise HydeskError(f"拆分后的{label}不能是负数，请核对")
    if held != got:
        more = "多" if got > held else "少"
        raise HydeskError(
            f"拆分后各项目{label}合计 {format_money(got)} 万元，比原项目 {format_money(held)} 万元"
            f"{more} {format_money(abs(got - held))} 万元，请改到相等再拆分")


@dataclass(frozen=True, slots=True)
class PackageCount:
    """How many projects a list has, both ways: packages as one, and as what they hold."""

    listed: int
    packages: int
    """How many of them are packages (打包项目)."""
    split: int
    """The number once every package counts as its sub-projects."""

    @property
    def sentence(self) -> str:
        """Both counts, saying which is which."""
        if not self.packages:
            return f"{self.listed:,} 项"
        return f"{self.listed:,} 项，打包项目拆分后共 {self.split:,} 项（其中打包项目 {self.packages:,} 项）"


def count_packages(parts: Sequence[int]) -> PackageCount:
    """Both counts of a list; ``parts`` says for each listed project how many sub-projects it has (0: no package).

    The one place where 项数 and 打包项目拆分后项数 are counted: home, table and report read it here.
    """
    return PackageCount(len(parts), sum(p > 0 for p in parts), sum(max(p, 1) for p in parts))
