"""Sentences that the office composes from measures: written, tried on the figures of a period, kept, switched on (docs/rules.md §17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.measures.named import MEASURES
from hydesk.domain.periods import Period
from hydesk.reports.form import OwnSentence, PartForm, ReportForm
from hydesk.reports.kinds import KINDS, ReportKind
from hydesk.reports.notices.catalogue import CATALOGUE, OWN
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.compose import compose, faults
from hydesk.reports.notices.grammar import read_pattern, typed_numbers
from hydesk.reports.notices.vocabulary import SAYINGS
from hydesk.reports.parts import SECTIONS, part_label
from hydesk.reports.work_out import work_out
from hydesk.services.acts.writing import writing
from hydesk.services.reports.compile_report import judging_of
from hydesk.services.reports.gather_sources import gather_sources
from hydesk.services.reports.read_sentences import SentenceFigure, figures_in
from hydesk.services.reports.report_forms import (
    SENTENCES,
    form_setting,
    own_sentences,
    parts_of,
    report_form,
)
from hydesk.services.rules.settings import set_settings
from hydesk.services.standings.list_standings import list_units
from hydesk.services.standings.period_view import read_view, view_before
from hydesk.services.standings.read_figures import figures_of_year

__all__ = ["OwnSentence", "SentencePreview", "SentenceWords", "compose_sentence", "drop_sentence", "own_sentences", "part_label",
           "preview_sentence", "rewritable", "sentence_words", "switch_part"]

MOST = 200
"""How many sentences an office may keep."""


@dataclass(frozen=True, slots=True)
class SentencePreview:
    """What a pattern comes to. ``faults``: why it cannot be kept; ``typed``: numbers written by hand; ``left_out``: what stays
    out for now because data lack."""

    text: str
    figures: tuple[SentenceFigure, ...] = ()
    left_out: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """What a sentence may be made of, for a picker: measures with what they mean, scopes, groups, words that are no figures."""

    measures: tuple[tuple[str, str], ...]
    scopes: tuple[tuple[str, str], ...]
    """Word and the field it is of."""
    groups: tuple[str, ...]
    words: tuple[str, ...]
    own: tuple[str, ...]
    """Own columns that add up."""


def notice_basis(ledger: Ledger, period: Period, kind: ReportKind = ReportKind.MONTHLY) -> NoticeBasis:
    """The projects of ``period`` as sentences look at them. Raises HydeskError where the ledger has none."""
    with ledger.read() as connection:
        figures = figures_of_year(connection, period)
        view = read_view(connection, period, figures)
        if not view.standings:
            raise HydeskError(f"台账里没有{period.year}年的项目，句子里的指标和范围没法核对。请先导入项目清单，或换一个报告期。")
        sources = gather_sources(connection, view, figures, years=True, notices=True)
        before = view_before(connection, view)
    return NoticeBasis(work_out(
        kind, period, view.standings, judging=judging_of(view), unit_order=[u.name for u in list_units(ledger)],
        previous=None if before is None else before.standings, form=report_form(ledger, kind), sources=sources, shown=view.shown))


def preview_sentence(world: NoticeBasis, text: str) -> SentencePreview:
    """What ``text`` comes to with the figures of ``world``; faults and typed numbers are told, nothing is raised."""
    try:
        pattern = read_pattern(text)
    except HydeskError as e:
        return SentencePreview("", faults=(str(e),))
    typed, wrong = tuple(typed_numbers(pattern)), tuple(faults(pattern, world))
    if wrong:
        return SentencePreview("", typed=typed, faults=wrong)
    made = compose(pattern, world, "preview", "这句")
    codes = {key: tuple(p.code for p in projects) for key, projects in made.behind.items()}
    said = [s for p in made.paragraphs for s in p.sentences]
    return SentencePreview("\n".join(p.text for p in made.paragraphs), tuple(f for s in said for f in figures_in(s, codes)), tuple(made.left_out), typed)


@writing
def compose_sentence(
    ledger: Ledger, sentence: OwnSentence, period: Period, kind: ReportKind | None = None, actor: Actor | None = None,
) -> str:
    """Keep ``sentence``, whose words must name what the ledger has at ``period``; its key. Without a key it is new; the key of a
    part of the program's gives that part these words. ``kind``: print it there from now on. One act that can be undone.

    Raises HydeskError with what is wrong in it, where the key is not there, or ``into`` is no part.
    """
    return keep_sentences(ledger, [sentence], period, kind, "", actor).value[0]


@writing
def keep_sentences(
    ledger: Ledger, sentences: Iterable[OwnSentence], period: Period, kind: ReportKind | None = None, title: str = "",
    actor: Actor | None = None,
) -> list[str]:
    """As ``compose_sentence``, several in one act called ``title``; their keys."""
    world = notice_basis(ledger, period, kind or ReportKind.MONTHLY)
    held, keys = list(own_sentences(ledger)), []
    for one in sentences:
        kept = _checked(one, held, world)
        at = next((i for i, s in enumerate(held) if s.key == kept.key), len(held))
        held[at:at + 1] = [kept]
        keys.append(kept.key)
        title = title or f"写句子“{_called(kept)}”"
    if len(held) > MOST:
        raise HydeskError(f"自编的句子最多 {MOST} 句，请先删去不用的。")
    values: dict[str, Any] = {SENTENCES: [asdict(s) for s in held]}
    if kind is not None:
        form = replace(report_form(ledger, kind), sentences=tuple(held))
        for key in keys:
            form = _switched(kind, form, key, on=True)
        values |= form_setting(ledger, kind, form)
    set_settings(ledger, values, title, actor)
    return keys


def _checked(sentence: OwnSentence, held: Iterable[OwnSentence], world: NoticeBasis) -> OwnSentence:
    """``sentence`` as it is kept, with its key. Raises HydeskError where it cannot be."""
    text = "\n".join(line.strip() for line in sentence.text.splitlines() if line.strip())
    wrong = preview_sentence(world, text).faults
    if wrong:
        raise HydeskError(f"{'；'.join(w.rstrip('。') for w in wrong)}。句子没有存。")
    key = sentence.key or _next_key(held)
    _known_key(key, sentence.key, held)
    if sentence.into and (sentence.into not in {**SECTIONS, **CATALOGUE} or not key.startswith(OWN)):
        raise HydeskError(f"没有“{sentence.into}”这一部分可以接，句子没有存。")
    return OwnSentence(key, " ".join(sentence.heading.split()), text, sentence.into)


def rewritable(held: Iterable[OwnSentence]) -> list[OwnSentence]:
    """The parts of the program's whose words the office may write anew and has not, with the words they have."""
    own = {s.key for s in held}
    return [OwnSentence(key, "", part.pattern) for key, part in CATALOGUE.items() if part.pattern and key not in own]


def _known_key(key: str, given: str, held: Iterable[OwnSentence]) -> None:
    if given and given not in {s.key for s in held} and given not in CATALOGUE:
        raise HydeskError(f"没有“{given}”这一句，也没有这样的段落，句子没有存。代号见 hydesk sentences own 和 hydesk sentences parts。")


@writing
def drop_sentence(ledger: Ledger, key: str, actor: Actor | None = None) -> None:
    """Keep the sentence ``key`` no longer; a part of the program's has its own words again. Raises HydeskError where it is not
    there."""
    held = own_sentences(ledger)
    one = next((s for s in held if s.key == key), None)
    if one is None:
        raise HydeskError(f"没有“{key}”这一句，什么也没有改。代号见 hydesk sentences own。")
    left = [asdict(s) for s in held if s.key != key]
    set_settings(ledger, {SENTENCES: left or None}, f"删去句子“{_called(one)}”", actor)


@writing
def switch_part(
    ledger: Ledger, kind: ReportKind, key: str, *, on: bool | None = None, heading: str | None = None, place: int | None = None,
    without: tuple[str, ...] | None = None, actor: Actor | None = None,
) -> None:
    """Print the part ``key`` in reports of ``kind`` or no longer, under another heading, at ``place`` (from 1), without some of
    its sentences and tables. Raises HydeskError where the kind has no such part."""
    form = _switched(kind, report_form(ledger, kind), key, on, heading, place, without)
    set_settings(ledger, form_setting(ledger, kind, form), f"修改{kind.label}的模板", actor)


def _switched(
    kind: ReportKind, form: ReportForm, key: str, on: bool | None = None, heading: str | None = None, place: int | None = None,
    without: tuple[str, ...] | None = None,
) -> ReportForm:
    parts = [PartForm(p.key, p.on, p.heading, p.without) for p in parts_of(kind, form)]
    at = next((i for i, p in enumerate(parts) if p.key == key), None)
    if at is None:
        raise HydeskError(f"{kind.label}没有“{key}”这一部分，什么也没有改。代号见 hydesk sentences parts {kind.value}。")
    one = parts.pop(at)
    one = replace(one, on=one.on if on is None else on, heading=one.heading if heading is None else heading,
                  without=one.without if without is None else without)
    if place is None and on and not parts_at(form.parts, key):
        # What is switched on for the first time stands behind the last part that is on.
        place = max((i for i, p in enumerate(parts) if p.on and p.key not in KINDS[kind].annexes), default=-1) + 2
    parts.insert(at if place is None else max(place - 1, 0), one)
    return replace(form, parts=tuple(parts))


def parts_at(parts: Iterable[PartForm], key: str) -> bool:
    """Whether a form names the part ``key``."""
    return any(p.key == key for p in parts)


def _next_key(held: Iterable[OwnSentence]) -> str:
    numbers = [int(s.key.removeprefix(OWN)) for s in held if s.key.startswith(OWN) and s.key.removeprefix(OWN).isdecimal()]
    return f"{OWN}{max(numbers, default=0) + 1}"


def _called(one: OwnSentence) -> str:
    label = one.heading or (part_label(one.key) if one.key in CATALOGUE else "")
    return label or (one.text if len(one.text) <= 12 else one.text[:11] + "…")


def sentence_words(world: NoticeBasis) -> SentenceWords:
    """What sentences may be made of in the ledger of ``world``."""
    choices = world.choices
    measures = tuple((s.names[0], MEASURES[s.id].words) for s in SAYINGS)
    scopes = tuple((w, choices.fields[key].label) for key in (
        "level", "class", "nature", "stage", "lamp", "state", "group", "unit", "industry", "chain", "batch") for w in choices.words.get(key, ()))
    own = tuple(c.name for c in world.basis.sources.own if c.adds_up)
    return SentenceWords(measures, scopes, GROUPS, WORDS, own)


GROUPS = ("级别", "类别", "性质", "阶段", "产业", "产业链", "单位", "分组", "批次", "市级联系领导", "县级包联领导")
"""What blocks go over."""
WORDS = ("期间", "截至", "月份", "年份", "本期", "全市", "名", "名单")
"""Blanks that are no figures."""
_THAN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "完成": (("上年同期", "上年同期完成"), ("同比增长", "同比"), ("同比增减额", "同比增减"), ("序时计划", "完成序时")),
    "完成率": (("时间进度", "超欠"), ("全部项目", "比总体"), ("上年同期的率", "上年同期完成率"), ("高低于上年同期", "比上年同期")),
    "个数": (("上年同期", "上年同期个数"),),
}
"""By a measure what it may be set against, with the word of the blank."""


def compared(measure: str) -> list[tuple[str, str]]:
    """What ``measure`` may be set against, each with the word of the blank that says it; first nothing."""
    return [("不比较", measure), *((f"比{words}", blank) for words, blank in _THAN.get(measure, ()))]
