"""What the office sets for its reports: names, signer, copies, numbering, which parts in which order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartForm:
    """A section or annex as the office wants it. ``heading`` empty leaves the usual one."""

    key: str
    on: bool = True
    heading: str = ""
    without: tuple[str, ...] = ()
    """Keys of its sentences and tables that are not printed."""


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """Sentences that the office composed, by a pattern (docs/rules.md §17.1). ``key``: ``own:`` and a number, or the key of a
    part of the program's whose words they replace.

    ``into`` is the part they are added to; empty: they are a part of their own under ``heading``.
    """

    key: str
    heading: str = ""
    text: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What the office sets once for all its reports, or for one kind of them."""

    city: str = "衡阳市"
    whole: str = "全市"
    subject: str = "重点建设项目"
    office: str = "衡阳市重点建设项目事务中心"
    signer: str = ""
    """Who signs; empty leaves room to sign by hand."""
    to: tuple[str, ...] = ()
    """主送: to whom a 督办单 goes; empty names the unit it is about."""
    cc: tuple[str, ...] = ("市委办公室、市政府办公室", "各县市区人民政府、园区管委会，市直有关单位")
    issue: int | None = None
    """第N期; None of a draft, whose number is left open."""
    number: str = "第{期数}期"
    """How the number is written; {期数} stands for it and {年份} for the year, as in 衡重督〔{年份}〕{期数}号."""
    name: str = ""
    """The name in red; empty: city, subject and kind."""
    title: str = ""
    """The title; empty: the usual one. {报告期}, {月份} and {对象} are filled in."""
    remark: str = ""
    correction: str = ""
    """What stands in brackets after the number of an issue that puts another right."""
    parts: tuple[PartForm, ...] = ()
    """Sections and annexes in order; parts not named follow in their usual order."""
    most_lagging: int = 15
    """How many lagging projects stand in the text; all of them are in the annex."""
    most_problems: int = 10
    most_overdue: int = 10
    sentences: tuple[OwnSentence, ...] = ()
    """What the office composed, for all its reports; a form's parts say which of them a kind prints."""

    def own(self, key: str) -> OwnSentence | None:
        """The office's own sentences under ``key``."""
        return next((s for s in self.sentences if s.key == key), None)

    def order(self, usual: tuple[str, ...], off: tuple[str, ...] = ()) -> tuple[PartForm, ...]:
        """The parts of ``usual`` that are on, in the office's order; those of ``off`` only where the office names them."""
        named = {p.key: p for p in self.parts if p.key in usual}
        return tuple(p for p in (*named.values(), *(PartForm(k) for k in usual if k not in named and k not in off)) if p.on)
