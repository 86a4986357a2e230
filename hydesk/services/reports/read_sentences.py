"""A report's sentences for whoever edits them, and what is better looked at before it is issued."""

from __future__ import annotations

from dataclasses import dataclass

from hydesk.reports.model import Report
from hydesk.reports.prose import State
from hydesk.reports.texts import editable, stale_sentences, unknown_numbers

__all__ = ["EditableSentence", "State", "read_sentences", "remarks"]


@dataclass(frozen=True, slots=True)
class EditableSentence:
    """One sentence. ``automatic`` is what the program writes from the figures now; ``text`` what is printed."""

    heading: str
    key: str
    text: str
    automatic: str
    state: State
    basis: tuple[tuple[str, str], ...]


def read_sentences(report: Report) -> list[EditableSentence]:
    """All sentences that can be edited, in order."""
    return [
        EditableSentence(e.heading, e.sentence.key, e.sentence.text, e.sentence.automatic or e.sentence.text,
                         e.sentence.state, e.sentence.basis)
        for e in editable(report)
    ]


def remarks(report: Report) -> tuple[str, ...]:
    """What a person should look at: sentences on old figures, numbers that stand nowhere in the report, sentences that were
    asked for and stayed out because data lack."""
    found = [f"“{e.heading}”有一句改过的文字，依据的数字后来变了" for e in stale_sentences(report)]
    unknown = unknown_numbers(report)
    if unknown:
        found.append(f"改过的文字里有报告中查不到的数：{'、'.join(dict.fromkeys(unknown))}")
    return (*found, *report.left_out)
