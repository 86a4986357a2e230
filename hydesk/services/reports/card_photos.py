"""The photographs of a project's card: the newest of the period first, with what is doubtful about each (docs/rules.md §6.8)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Attachment, Project
from hydesk.domain.periods import Period
from hydesk.domain.written import CONTROL
from hydesk.reports.photos import Photo
from hydesk.services.projects.attach_file import PICTURES, AttachedFile, attachment_folder, list_attachments
from hydesk.services.projects.photo_files import PhotoFacts, fit_photo, read_photo

MOST_COMPARED = 500
"""The newest pictures of other projects whose look is compared; the same file is found among all."""


@dataclass(frozen=True, slots=True)
class _Other:
    """A picture elsewhere in the ledger, as it is named in a doubt."""

    id: int
    sha256: str
    stored: str
    project_id: int
    code: str
    name: str
    added: date


def card_photos(ledger: Ledger, period: Period, project_id: int, most: int = 2) -> tuple[Photo, ...]:
    """At most ``most`` photographs of the project as of ``period``: those taken in it, then older ones, the newest first.

    One taken after the period is left out; so is one that cannot be read.
    """
    found: list[tuple[bool, date, AttachedFile, PhotoFacts]] = []
    for file in list_attachments(ledger, project_id):
        if not file.picture or file.missing or (facts := read_photo(file.path, file.size)) is None:
            continue
        day = facts.taken or file.added_at.date()
        if facts.taken is None or facts.taken <= period.end:
            found.append((period.start <= day <= period.end, day, file, facts))
    found.sort(key=lambda f: (f[0], f[1], f[2].id), reverse=True)
    others = _others(ledger) if found else []
    made: list[Photo] = []
    for _, _, file, facts in found:
        if len(made) < most and (fitted := fit_photo(file.path)) is not None:
            width, height, content = fitted
            made.append(Photo(CONTROL.sub("", file.name), _caption(facts), _doubt(ledger, period, project_id, file, facts, others), width, height, content))
    return tuple(made)


def _caption(facts: PhotoFacts) -> str:
    taken = f"{facts.taken.year}年{facts.taken.month}月{facts.taken.day}日摄" if facts.taken else "照片没有拍摄时间"
    return "　".join(x for x in (taken, facts.place_words) if x)


def _doubt(ledger: Ledger, period: Period, project_id: int, file: AttachedFile, facts: PhotoFacts, others: list[_Other]) -> str:
    """Taken before the period; used for another project, or for this one before."""
    said = []
    if facts.taken is not None and facts.taken < period.start:
        said.append(f"早于本期（{period.label}）")
    own = next((o for o in others if o.id == file.id), None)
    if own is not None and (other := _same(ledger, own, facts, others)) is not None:
        whose = f"{other.added.month}月{other.added.day}日给本项目加过的“{other.name}”" if other.project_id == project_id else f"{other.code}的“{other.name}”"
        said.append(f"与{whose}{'是同一个文件' if other.sha256 == own.sha256 else '像是同一张'}")
    return "◆" + "；".join(said) if said else ""


def _same(ledger: Ledger, own: _Other, facts: PhotoFacts, others: list[_Other]) -> _Other | None:
    """Another attachment that is the same file, or the same picture; of this project only one that was added before."""
    elsewhere = [o for o in others if o.id != own.id and (o.project_id != own.project_id or o.id < own.id)]
    if (same := next((o for o in elsewhere if o.sha256 == own.sha256), None)) is not None:
        return same
    folder = attachment_folder(ledger)
    return next((o for o in elsewhere[:MOST_COMPARED] if (f := folder / o.stored).is_file() and (looked := read_photo(f)) is not None
                 and facts.looks_like(looked)), None)


def _others(ledger: Ledger) -> list[_Other]:
    """All pictures of the ledger, the newest first."""
    with ledger.read() as connection:
        rows = connection.execute(select(
            Attachment.id, Attachment.sha256, Attachment.stored, Attachment.project_id, Project.code, Attachment.name, Attachment.added_at,
        ).join(Project, Project.id == Attachment.project_id).where(Attachment.present).order_by(Attachment.id.desc())).all()
    return [_Other(r[0], r[1] or "", r[2], r[3], r[4] or "", CONTROL.sub("", r[5] or ""), r[6].astimezone().date() if r[6] else date(2000, 1, 1))
            for r in rows if r[2] and f".{r[2].rpartition('.')[2]}" in PICTURES]
