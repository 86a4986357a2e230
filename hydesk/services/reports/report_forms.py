"""The office's forms and texts of its reports: read, changed and undone as settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import func, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import ReportIssue
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.kept import like, words
from hydesk.domain.periods import Month, Period, Week
from hydesk.reports.bound import Bound, BoundText, automatic, followed, left_standing
from hydesk.reports.form import OwnSentence, PartForm, ReportForm
from hydesk.reports.kinds import KINDS, Manner, ReportKind
from hydesk.reports.notices.catalogue import OWN
from hydesk.reports.parts import part_label
from hydesk.reports.texts import SentenceEdit, refreshed, same_words
from hydesk.services.acts.writing import writing
from hydesk.services.rules.settings import DEMO, OFFICE_NAME, get_setting, set_setting, set_settings

__all__ = [
    "KINDS",
    "Manner",
    "PartForm",
    "ReportForm",
    "accept_report_text",
    "parts_of",
    "report_form",
    "report_texts",
    "set_report_form",
    "set_report_text",
    "usual_form",
]

SENTENCES = "report_sentences"
"""The setting that holds the sentences which the office composed."""
_KEPT = ("city", "whole", "subject", "manner", "signer", "upward", "editor", "to", "cc", "number", "name", "title", "parts", "most_lagging", "most_problems", "most_overdue", "office")
"""What of a form a person sets; the rest comes from the ledger."""


@dataclass(frozen=True, slots=True)
class ListedFormPart:
    """A section or annex for the form's editor. ``usual`` is the heading it has unless the office sets another."""

    key: str
    usual: str
    heading: str
    on: bool
    without: tuple[str, ...] = ()
    """Keys of its sentences and tables that are not printed."""


def _key(kind: ReportKind) -> str:
    return f"report_form/{kind.value}"


def report_form(ledger: Ledger, kind: ReportKind) -> ReportForm:
    """The form of ``kind``: what the office set, else the usual, with 演示数据 where the figures are made up."""
    form = usual_form(ledger, kind)
    def read(kept: Any) -> ReportForm:
        values = {k: v for k, v in kept.items() if k in _KEPT}
        if values.get("manner"):
            Manner(values["manner"])
        parts = tuple(like(PartForm(""), p) for p in values.pop("parts", ()))
        if not values.get("office", "x"):
            values.pop("office")
        return replace(like(form, values), parts=parts or form.parts)  # sentences stand in a setting of their own

    return get_setting(ledger, _key(kind), form, read)  # type: ignore[no-any-return]


@writing
def set_report_form(ledger: Ledger, kind: ReportKind, form: ReportForm, actor: Actor | None = None) -> None:
    """Print reports of ``kind`` by ``form`` from now on; can be undone."""
    set_settings(ledger, form_setting(ledger, kind, form), f"修改{kind.label}的模板", actor)


def form_setting(ledger: Ledger, kind: ReportKind, form: ReportForm) -> dict[str, Any]:
    """The setting that makes ``form`` that of ``kind``."""
    usual = usual_form(ledger, kind)
    changed = {f.name: asdict(form)[f.name] for f in fields(form)
               if f.name in _KEPT and getattr(form, f.name) != getattr(usual, f.name)}
    return {_key(kind): changed or None}


def office_name(ledger: Ledger) -> str:
    """What the office is called in papers."""
    return get_setting(ledger, OFFICE_NAME, ReportForm().office, lambda kept: words([kept])[0])  # type: ignore[no-any-return]


def usual_form(ledger: Ledger, kind: ReportKind) -> ReportForm:
    """The usual form of ``kind``."""
    usual = ReportForm(number="衡重督〔{年份}〕{期数}号", cc=()) if kind is ReportKind.SUPERVISION else ReportForm()
    return replace(usual, office=office_name(ledger), sentences=own_sentences(ledger),
                   remark="演示数据" if get_setting(ledger, DEMO, False) else usual.remark)


def parts_of(kind: ReportKind, form: ReportForm) -> list[ListedFormPart]:
    """All parts of ``kind`` in the order of ``form``, those that are off too."""
    look = KINDS[kind]
    own = {s.key: s.heading or OWN_LABEL for s in form.sentences if s.key.startswith(OWN)} if look.more else {}
    usual = look.sections + look.more + tuple(own) + look.exhibits + look.annexes
    off = {*look.off, *look.more, *own}
    named = [p for p in form.parts if p.key in usual]
    known = {p.key for p in named}
    return [ListedFormPart(p.key, own.get(p.key) or part_label(p.key), p.heading, p.on, p.without)
            for p in (*named, *(PartForm(k, k not in off) for k in usual if k not in known))]


OWN_LABEL = "自编句子"


def own_sentences(ledger: Ledger) -> tuple[OwnSentence, ...]:
    """The sentences that the office composed, for all its reports."""
    def read(kept: Any) -> tuple[OwnSentence, ...]:
        return tuple(like(OwnSentence(""), one) for one in kept)

    return get_setting(ledger, SENTENCES, (), read)  # type: ignore[no-any-return]


def _text_key(kind: ReportKind, period: Period, subject: str) -> str:
    about = f"/{subject}" if subject else ""
    return f"report_text/{kind.value}/{period}{about}"


def report_texts(ledger: Ledger, kind: ReportKind, period: Period, subject: str = "") -> dict[str, SentenceEdit]:
    """What a person wrote in this report, by the keys of its sentences."""
    def read(kept: Any) -> dict[str, SentenceEdit]:
        return {key: SentenceEdit(str(x["text"]), tuple((str(k), str(t)) for k, t in x["basis"]), _bound(x.get("bound")))
                for key, x in kept.items()}

    return get_setting(ledger, _text_key(kind, period, subject), {}, read)  # type: ignore[no-any-return]


def _bound(kept: Any) -> tuple[Bound, ...] | None:
    return None if kept is None else tuple(Bound(int(start), int(figure)) for start, figure in kept)


def _still_bound(text: str, basis: tuple[tuple[str, str], ...], before: SentenceEdit | None) -> tuple[Bound, ...]:
    """Which numbers of ``text`` are figures of ``basis``: those that were left standing in what was shown before."""
    shown = before.at(basis) if before is not None and before.bound is not None else None
    return left_standing(text, shown or automatic(basis), basis)


@writing
def set_report_text(
    ledger: Ledger, kind: ReportKind, period: Period, key: str, text: str | None,
    basis: Sequence[tuple[str, str]] = (), subject: str = "", actor: Actor | None = None, *,
    bound: Sequence[Bound] | None = None,
) -> None:
    """Write ``text`` in place of the sentence ``key``, whose figures are now ``basis``; None gives the automatic words back.

    ``bound`` are the numbers that are those figures; None: those that the person left standing. An act of its own, to be
    undone.
    """
    where = _text_key(kind, period, subject)
    kept = get_setting(ledger, where, {}, dict)
    if text is None:
        kept.pop(key, None)
    else:
        figures = tuple((k, t) for k, t in basis)
        if bound is None:
            bound = _still_bound(text, figures, report_texts(ledger, kind, period, subject).get(key))
        kept[key] = {"text": text, "basis": [list(pair) for pair in basis], "bound": [[b.start, b.figure] for b in bound]}
    what = "恢复" if text is None else "修改"
    set_setting(ledger, where, kept or None, f"{what}{period.label}{kind.label}的文字", actor)


@writing
def accept_report_text(
    ledger: Ledger, kind: ReportKind, period: Period, key: str, basis: Sequence[tuple[str, str]], *, new_figures: bool,
    subject: str = "", actor: Actor | None = None,
) -> None:
    """Let a person's sentence stand on the figures of now (``basis``), with ``new_figures`` put in place of the old."""
    kept = report_texts(ledger, kind, period, subject).get(key)
    if kept is not None:
        if new_figures and not same_words(kept.basis, tuple(basis)):
            raise HydeskError("这句话的说法也变了（如“超”变成“欠”），不能只换数字，没有改。请改写这句，或恢复自动文字")
        now = BoundText(kept.text)
        if new_figures:
            now = _on_new_figures(kept, tuple(basis))
        set_report_text(ledger, kind, period, key, now.text, basis, subject, actor, bound=now.bound)


def _on_new_figures(kept: SentenceEdit, basis: tuple[tuple[str, str], ...]) -> BoundText:
    """The words kept with the figures of now: by what is bound, or where that was not noted by what reads the same."""
    own = BoundText(kept.text, kept.bound or ())
    if own.bound and own.holds(kept.basis):
        return followed(own, kept.basis, basis)
    text = refreshed(kept.text, kept.basis, basis)
    return BoundText(text, left_standing(text, automatic(basis), basis))


def next_number(ledger: Ledger, kind: ReportKind, period: Period) -> int:
    """第N期 of the next issue of ``kind`` in the period's year: one after the last; before the first issue of a 周报 or
    通报 the number of its week, month, quarter or half year, of other kinds 1."""
    with ledger.read() as connection:
        last = connection.execute(select(func.max(ReportIssue.number)).where(
            ReportIssue.present, ReportIssue.kind == kind.value, ReportIssue.year == period.year)).scalar()
    if last is not None:
        return int(last) + 1
    if (stretch := KINDS[kind].stretch) is not None:
        return period.last_month.number // stretch.value
    return period.number if isinstance(period, Month | Week) and kind in (ReportKind.MONTHLY, ReportKind.WEEKLY) else 1
