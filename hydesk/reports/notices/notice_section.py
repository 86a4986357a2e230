"""Parts of notices as sections of a report: the program's patterns or the office's, with what lacked data told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.form import OwnSentence
from hydesk.reports.grid import PrintTable
from hydesk.reports.model import Block, Section
from hydesk.reports.notices.catalogue import CATALOGUE
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.compose import Composed, compose
from hydesk.reports.notices.grammar import read_pattern, typed_numbers
from hydesk.reports.prose import Paragraph


@dataclass
class NoticeTold:
    """What parts of notices said beside their sections: what stayed out, the projects behind figures by their keys."""

    left_out: list[str] = field(default_factory=list)
    without_data: list[str] = field(default_factory=list)
    """Parts of a period that has no figures."""
    behind: dict[str, tuple[ProjectStanding, ...]] = field(default_factory=dict)

    @property
    def said(self) -> tuple[str, ...]:
        """All of it in sentences without a full stop."""
        none = [f"本期没有数，没有写：{'、'.join(self.without_data)}"] if self.without_data else []
        return tuple(dict.fromkeys((*none, *self.left_out)))

    def take(self, made: Composed) -> None:
        """Also what ``made`` tells."""
        self.left_out += made.left_out
        self.behind.update(made.behind)


def notice_section(key: str, world: NoticeBasis, told: NoticeTold) -> Section | None:
    """The part ``key``; None where nothing of it can be said."""
    part, own = CATALOGUE.get(key), world.basis.form.own(key)
    heading = (own.heading if own else "") or (part.heading if part else "")
    if not world.basis.projects or world.basis.as_of is None:
        told.without_data.append(heading)
        return None
    blocks: list[Block] = []
    pattern = own.text if own is not None else part.pattern if part is not None else ""
    if pattern:
        blocks += _composed(pattern, world, key, heading, told)
    elif part is not None and part.write is not None:
        made = Composed()
        blocks += part.write(world, made)
        told.take(made)
    table = part.table(world) if part is not None and part.table is not None else None
    if table is not None:
        blocks.append(table)
    return Section(heading, tuple(blocks)) if blocks else None


def _composed(pattern: str, world: NoticeBasis, key: str, called: str, told: NoticeTold) -> list[Block]:
    try:
        read = read_pattern(pattern)
        made = compose(read, world, key, called)
    except HydeskError as e:
        told.left_out.append(f"{called}：{str(e).rstrip('。')}，没有写")
        return []
    told.take(made)
    if typed := typed_numbers(read):
        told.left_out.append(f"{called}：{'、'.join(typed)}是写在句式里的，不会跟着台账变，请核对")
    return list(made.paragraphs)


def with_added(section: Section | None, one: OwnSentence, world: NoticeBasis, told: NoticeTold) -> Section | None:
    """``section`` with the office's own sentences at the end of its first paragraph."""
    if section is None or world.basis.as_of is None:
        return section
    added = _composed(one.text, world, one.key, one.heading or "自编句子", told)
    sentences = tuple(s for p in added if isinstance(p, Paragraph) for s in p.sentences)
    at = next((i for i, b in enumerate(section.blocks) if isinstance(b, Paragraph)), None)
    if not sentences:
        return section
    if at is None:
        return replace(section, blocks=(Paragraph(sentences), *section.blocks))
    first = section.blocks[at]
    assert isinstance(first, Paragraph)
    return replace(section, blocks=(*section.blocks[:at], replace(first, sentences=(*first.sentences, *sentences)), *section.blocks[at + 1:]))


def without(section: Section, keys: Sequence[str]) -> Section | None:
    """``section`` without the sentences and tables of ``keys``; None where nothing is left of it."""
    if not keys:
        return section
    gone = set(keys)
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            kept = tuple(s for s in block.sentences if s.key not in gone)
            if kept:
                blocks.append(replace(block, sentences=kept))
        elif not (isinstance(block, PrintTable) and block.key in gone):
            blocks.append(block)
    return replace(section, blocks=tuple(blocks)) if blocks else None
