"""Sentences learned from an office's last notice, pasted or in a file: its words, our numbers (docs/rules.md §17.6)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.reports.kinds import ReportKind
from hydesk.reports.notices.chosen import NoticeBasis
from hydesk.reports.notices.learn import LearnedSentence, learn
from hydesk.services.acts.writing import writing
from hydesk.services.reports.own_sentences import OwnSentence, keep_sentences

__all__ = ["LearnedSentence", "keep_learned", "learn_sentences", "read_notice"]

_MOST = 4_000_000


def read_notice(path: Path) -> tuple[str, int]:
    """The words of a notice, a Word document or a text file, and how many tables of it were left out: sentences are learned
    from sentences. Raises HydeskError where it cannot be read."""
    if path.suffix.lower() in (".docx", ".docm"):
        from hydesk.excel.word_text import read_word_text

        return read_word_text(path)
    try:
        if path.stat().st_size > _MOST:
            raise HydeskError(f"“{path.name}”太大了，不像一份通报，没有读取。")
        data = path.read_bytes()
    except OSError as e:
        raise HydeskError(f"“{path.name}”打不开，可能没有这个文件，或没有权限。") from e
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, 0
    raise HydeskError(f"“{path.name}”不是文字，没有读取。请在 WPS 或 Word 里另存为 docx，或者把文字复制出来粘贴。")


def learn_sentences(world: NoticeBasis, text: str) -> list[LearnedSentence]:
    """The sentences with numbers of ``text``, a notice of the period of ``world``. Raises HydeskError where there is none."""
    found = learn(text, world)
    if not found:
        raise HydeskError("这段文字里没有带数的句子，没有可学的。")
    return found


@writing
def keep_learned(
    ledger: Ledger, learned: Sequence[LearnedSentence], kind: ReportKind | None, period: Period, actor: Actor | None = None,
) -> list[str]:
    """Keep learned sentences as the office's own, those under one heading as one part; their keys. ``kind``: print them there. One
    act that can be undone."""
    parts: dict[str, list[str]] = {}
    for one in learned:
        parts.setdefault(one.heading or "学来的句子", []).append(one.pattern)
    return keep_sentences(ledger, [OwnSentence("", heading, "".join(texts)) for heading, texts in parts.items()], period, kind,
                          f"学通报的句子 {len(learned)} 句", actor).value
