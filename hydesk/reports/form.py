"""What the office sets for its reports: names, signer, copies, numbering, which parts in which order."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.reports.kinds import KINDS, Manner, ReportKind


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


ISSUE_NUMBER = "第{期数}期"
DOCUMENT_NUMBER = "衡重办〔{年份}〕{期数}号"


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What the office sets once for all its reports, or for one kind of them."""

    city: str = "衡阳市"
    whole: str = "全市"
    subject: str = "重点建设项目"
    office: str = "衡阳市重点建设项目事务中心"
    manner: str = ""
    """公文 or 简报, as ``Manner`` says; empty: the usual one of the kind."""
    signer: str = ""
    """Who signs a paper that goes up; empty leaves room to sign by hand."""
    upward: bool = False
    """上行文: a 公文 to those above, the only one that names its signer in its head (GB/T 9704-2012, 7.2.6)."""
    editor: str = ""
    """Who edits a 简报."""
    to: tuple[str, ...] = ()
    """主送 of a 公文; empty: all units, of a 督办单 the unit it is about."""
    cc: tuple[str, ...] = ("市委办公室、市政府办公室", "各县市区人民政府、园区管委会，市直有关单位")
    issue: int | None = None
    """第N期; None of a draft, whose number is left open."""
    number: str = ISSUE_NUMBER
    """How the number is written; {期数} stands for it and {年份} for the year, as in 衡重督〔{年份}〕{期数}号. A 公文 of the
    usual one has ``DOCUMENT_NUMBER``."""
    name: str = ""
    """The name in red; empty: the office of a 公文; city, subject and kind of a 简报."""
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

    def manner_of(self, kind: ReportKind) -> Manner:
        """The form papers of ``kind`` are printed in."""
        return Manner(self.manner) if self.manner else KINDS[kind].manner

    def numbered(self, kind: ReportKind, year: int) -> str:
        """第6期, or 衡重办〔2023〕6号 of a 公文; room for the number of a draft, which is given when it is issued."""
        own = DOCUMENT_NUMBER if self.number == ISSUE_NUMBER and self.manner_of(kind) is Manner.OFFICIAL else self.number
        return own.replace("{期数}", "　　" if self.issue is None else str(self.issue)).replace("{年份}", str(year))

    def order(self, usual: tuple[str, ...], off: tuple[str, ...] = ()) -> tuple[PartForm, ...]:
        """The parts of ``usual`` that are on, in the office's order; those of ``off`` only where the office names them."""
        named = {p.key: p for p in self.parts if p.key in usual}
        return tuple(p for p in (*named.values(), *(PartForm(k) for k in usual if k not in named and k not in off)) if p.on)
