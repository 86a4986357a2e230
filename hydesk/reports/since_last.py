"""What a report says otherwise than the issue before it: figures, sentences, projects that came and went (docs/rules.md §8.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.money import round_half_up
from hydesk.reports.bound import automatic
from hydesk.reports.compare import row_name
from hydesk.reports.figures import Figure, FigureStyle
from hydesk.reports.model import Report
from hydesk.reports.prose import WORDS, Sentence
from hydesk.reports.texts import editable

_SCALE = {FigureStyle.YI: Decimal(100_000_000), FigureStyle.WAN: Decimal(10_000), FigureStyle.WAN_TEXT: Decimal(10_000),
          FigureStyle.RATE: Decimal("0.01"), FigureStyle.POINTS: Decimal("0.01")}
"""What a figure as written is a part of; the others are written as they are."""
_UNIT = re.compile(r"^(亿元|万元|%|个百分点|个项目|个|项|家|天|次|位|名)")
_CLAUSE, _GROUP = re.compile(r"[，。：、（）“”]"), re.compile(r"[；。]")
_HERE = "\x00"
_LISTS = (("清单", ("projects",)), ("滞后项目", ("lagging_all", "duty_lagging", "lagging", "unit_lagging")),
          ("到期未开工", ("overdue_all", "overdue")), ("存在问题", ("problem_list", "problems_all", "problems", "unit_problems")))
"""Tables of projects by what they list; the first that a report holds whole is taken."""
_WHOLE = ("projects", "lagging_all", "duty_lagging", "overdue_all", "problems_all", "problem_list")
"""Tables that always hold every project of theirs; those of the text do where the text counts their rows."""


class ReportChangeKind(Enum):
    """What changed."""

    FIGURE = "数字"
    SENTENCE = "文字"
    PROJECT = "项目"


@dataclass(frozen=True, slots=True)
class ReportChange:
    """One thing that is otherwise. ``was`` and ``now`` as printed, empty where there was nothing; ``by`` the difference with
    its sign; ``find`` words of the new report by which the place is found, empty where it is gone."""

    kind: ReportChangeKind
    about: str
    was: str
    now: str
    by: str = ""
    find: str = ""


def changes_since(old: Report, new: Report) -> tuple[ReportChange, ...]:
    """Everything that matters to whoever reads both, in the order of the new report: figures, sentences, projects."""
    return (*_figures(old, new), *_sentences(old, new), *_projects(old, new))


def _figures(old: Report, new: Report) -> Iterator[ReportChange]:
    """Figures of the text that both have, once each."""
    before = {_same(f.key): f for e in editable(old) for f in _of(e.sentence) if f.key}
    seen: set[str] = set()
    said: set[tuple[str, str, str]] = set()
    for e in editable(new):
        for index, part in enumerate(e.sentence.parts):
            if not isinstance(part, Figure) or _same(part.key) not in before or _same(part.key) in seen:
                continue
            seen.add(_same(part.key))
            was = before[_same(part.key)]
            if was.raw == part.raw or was.raw is None or part.raw is None:
                continue
            about, unit = _named(e.sentence, index)
            line = (about or e.heading, was.text + _unit_of(was, unit), part.text + unit)
            if line not in said:  # two figures may be one number told twice
                said.add(line)
                yield ReportChange(ReportChangeKind.FIGURE, *line, _by(was, part), e.sentence.text)


def _same(key: str) -> str:
    """A number of rows is the same number whether they stand in the text or in an annex."""
    return key.removeprefix("rows:").removesuffix("_all")


def _of(one: Sentence) -> Iterator[Figure]:
    yield from (p for p in one.parts if isinstance(p, Figure))


def _named(one: Sentence, index: int) -> tuple[str, str]:
    """What a figure is called by the words before it, and its unit by those behind."""
    before = "".join(p if isinstance(p, str) else _HERE for p in one.parts[:index])
    after = one.parts[index + 1] if index + 1 < len(one.parts) else ""
    groups = [[w for w in map(_bare, _CLAUSE.split(group)) if w] for group in _GROUP.split(before)]
    words = next((g for g in reversed(groups) if g), [])
    # 已办结, said of every step one after the other, does not say of which.
    every = "".join(x if isinstance(x, str) else _HERE for x in one.parts)
    again = sum(_bare(clause) == words[-1] for group in _GROUP.split(every) for clause in _CLAUSE.split(group)) if words else 0
    short = len(words) > 1 and again > 1
    unit = _UNIT.match(after) if isinstance(after, str) else None
    return "，".join(words[-2:] if short else words[-1:]), (unit[1] if unit else "")


def _bare(clause: str) -> str:
    """A clause without the figures before the one it names, nor their units."""
    return re.sub(f"{_HERE}(?:{_UNIT.pattern[1:]}(?!月))?", "", clause).replace(_HERE, "").strip(" （）“”至和与")


def _unit_of(was: Figure, unit: str) -> str:
    """The unit of the older figure: an amount may have been in the other of 亿元 and 万元."""
    return {FigureStyle.YI: "亿元", FigureStyle.WAN_TEXT: "万元"}.get(was.show, unit)


def _by(was: Figure, now: Figure) -> str:
    """The difference of two figures with its sign: of the two as printed, as finely as the finer of them."""
    if was.raw is None or now.raw is None:
        return ""
    if was.show is now.show:
        shown = _read(now) - _read(was)
    else:  # an amount that was in the other of 亿元 and 万元
        shown = round_half_up((Decimal(now.raw) - Decimal(was.raw)) / _SCALE.get(now.show, Decimal(1)), 2)
    return f"{'+' if shown > 0 else ''}{shown:f}" if shown else "0"


def _read(figure: Figure) -> Decimal:
    return Decimal(figure.text.replace(",", ""))


def _sentences(old: Report, new: Report) -> Iterator[ReportChange]:
    """Sentences that came, went, or say it in other words; those whose figures alone moved are no news."""
    before, after = ({e.sentence.key: e for e in editable(r)} for r in (old, new))
    for key, e in after.items():
        was = before.get(key)
        if was is None:
            yield ReportChange(ReportChangeKind.SENTENCE, e.heading, "", e.sentence.text, find=e.sentence.text)
        elif _words(was.sentence) != _words(e.sentence):
            yield ReportChange(ReportChangeKind.SENTENCE, e.heading, was.sentence.text, e.sentence.text, find=e.sentence.text)
    yield from (ReportChange(ReportChangeKind.SENTENCE, e.heading, e.sentence.text, "") for key, e in before.items() if key not in after)


def _words(one: Sentence) -> str:
    """The words of a sentence without its figures, months and days."""
    around = dict(one.basis).get(WORDS, "") if one.text == automatic(one.basis).text else one.text
    return re.sub(r"\d+(\.\d+)?", "#", around.replace("{}", "#"))


def _projects(old: Report, new: Report) -> Iterator[ReportChange]:
    """Projects that came onto a list or left it, of lists that both reports hold whole."""
    for called, keys in _LISTS:
        was, now = _listed(old, keys), _listed(new, keys)
        if was is not None and now is not None:
            yield from (ReportChange(ReportChangeKind.PROJECT, called, "", name, "新列入", name) for scope, name in now.items() if scope not in was)
            yield from (ReportChange(ReportChangeKind.PROJECT, called, name, "", "不再列") for scope, name in was.items() if scope not in now)


def _listed(report: Report, keys: Sequence[str]) -> dict[str, str] | None:
    """The projects of the first of the tables ``keys`` that is whole; none where the text says that there are none."""
    tables = {t.key: t for t in report.tables()}
    counted = {f.key: f for f in report.figures()}
    for key in keys:
        if key in tables and (key in _WHOLE or f"rows:{key}" in counted):
            return {row.scope: row_name(row, tables[key]) for row in tables[key].items() if row.scope}
    said = next((counted[k] for k in (f"rows:{key}" for key in keys) if k in counted), None)
    return {} if said is not None and said.raw == 0 else None
