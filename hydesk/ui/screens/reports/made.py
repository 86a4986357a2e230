"""A report made for the screen: its PDF in memory, the report itself, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period, Week
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.services.projects.list_adjustments import later_changes
from hydesk.services.reports.compile_report import Report, ReportKind, compile_report
from hydesk.services.reports.print_report import Binding, print_report
from hydesk.services.reports.read_sentences import EditableSentence, read_paragraphs, read_sentences, remarks
from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.temporary import temporary_folder
from hydesk.ui.kit.pdf_pages import PdfFile
from hydesk.ui.screens.reports.figure_links import FigureLink, figure_links
from hydesk.ui.screens.reports.sentence_places import SentencePlace, sentence_places


@dataclass(frozen=True)
class Wanted:
    """Which report: of what kind, for when, about whom (empty: the whole), of which projects, and the day printed on it (None: today)."""

    kind: ReportKind
    period: Period
    subject: str = ""
    issued: date | None = None
    scope: Scope = WHOLE
    binding: Binding | None = None
    """What of its annexes is shown and saved; None: as usual for its kind."""


@dataclass(frozen=True)
class Made:
    """One report as shown. ``note`` says what the clerk should know: fonts that were substituted, date of figures;
    ``remarks`` what is better looked at before it is issued."""

    wanted: Wanted
    report: Report
    file: PdfFile
    stem: str
    note: str
    sentences: tuple[EditableSentence, ...]
    remarks: tuple[str, ...]
    places: tuple[SentencePlace, ...] = ()
    """Where its sentences stand on the pages."""
    links: Mapping[str, FigureLink] = field(default_factory=dict)
    """Where its figures lead, by their keys."""

    @property
    def period(self) -> Period:
        """The period reported."""
        return self.wanted.period


def make(ledger: Ledger, wanted: Wanted, progress: Progress) -> Made:
    """Compile and print; the PDF is read into memory and its file removed."""
    progress(0.0, "正在汇总")
    report = compile_report(ledger, wanted.kind, wanted.period, wanted.subject or None, issued=wanted.issued, scope=wanted.scope)
    # The pages of annexes that go apart are not drawn for the screen: they are saved.
    file, notes, missing = pages_of(report, progress, Binding.BODY if wanted.binding is Binding.APART else wanted.binding)
    said = remarks(report)
    if missing:
        said = (*said, f"有{len(missing)}个字所有字体都没有，印作〓：{'、'.join(missing)}")
    if later := later_changes(ledger, wanted.period):
        said = (*said, str(later))
    own = not wanted.scope.narrowed  # a person's sentences speak of all projects
    return Made(wanted, report, file, report.file_stem, "　".join(x for x in (report.standing or "还没有完成数", notes) if x),
                tuple(read_sentences(report)) if own else (), said,
                sentence_places(file, read_paragraphs(report)) if own else (), figure_links(report))


def pages_of(report: Report, progress: Progress, binding: Binding | None = None) -> tuple[PdfFile, str, tuple[str, ...]]:
    """The pages, the sentence about substituted fonts, and the characters that no font has."""
    with temporary_folder() as folder:
        written = print_report(report, Path(folder), formats=("pdf",), progress=progress, binding=binding)
        return PdfFile.open(written[0]), written.substitutions, written.missing


def weeks_of(period: Period) -> list[Week]:
    """The weeks that lie within the month of ``period``."""
    weeks: list[Week] = []
    day = period.start
    while day <= period.end + timedelta(days=6):
        iso = day.isocalendar()
        week = Period.week(iso.year, iso.week)
        if period.start <= week.day <= period.end and week not in weeks:
            weeks.append(week)
        day += timedelta(days=1)
    return weeks
