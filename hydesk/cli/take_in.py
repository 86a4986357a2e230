"""Taking in returns from the prompt: every file given gets an answer, and one bad file never stops the others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hydesk.cli.crash_log import unexpected
from hydesk.cli.findings import count_words, say_findings
from hydesk.cli.result_json import ResultFile, document, file_entry, unreadable_entry
from hydesk.cli.terminal import DONE, LOOK, NOTHING, finish, part_of, progress_bar, say
from hydesk.domain.errors import Cancelled, HydeskError, machine_sentence
from hydesk.domain.file_names import is_paper
from hydesk.domain.findings import Finding, Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.return_states import APPLIED, DRY_RUN, PARTLY_APPLIED, REJECTED, STATE_WORDS, UNCHANGED
from hydesk.domain.understanding import Understanding
from hydesk.services.returns.collect_returns import Source, collect_returns
from hydesk.services.returns.know_ledger import KnownLedger, know_ledger
from hydesk.services.returns.read_return import ReturnDraft, read_return
from hydesk.services.upkeep.open_ledger import Ledger

_COUNTED = (APPLIED, PARTLY_APPLIED, UNCHANGED, REJECTED, DRY_RUN)
_MORE = {UNCHANGED: "，台账未动", DRY_RUN: "完毕，未写台账"}
"""What is said of one file beside its state's word."""


class ReturnsImport:
    """One ``returns import``: reads each file, applies what can be applied, gathers the result."""

    def __init__(self, ledger: Ledger, period: Period, unit: str | None, dry_run: bool) -> None:
        self._ledger = ledger
        self._period = period
        self._unit = unit
        self._dry_run = dry_run
        self._statuses: list[str] = []
        self._entries: list[dict[str, Any]] | None = None
        """What the result's file is to say of each file; None where none is wanted."""
        self._looks = 0
        self._written = False
        self._known: KnownLedger | None = None
        self._progress = progress_bar()

    def run(self, paths: Sequence[Path], result: Path | None) -> int:
        """The exit status; ``result`` names the JSON file to write, if any."""
        result_file = ResultFile(result) if result is not None else None
        self._entries = [] if result_file is not None else None
        sources = self._gather(paths)
        if self._dry_run:
            with self._ledger.read():  # one view for all: the ledger is asked once for what every file is read against
                self._each(sources)
        else:
            from hydesk.services.upkeep.keep_backups import keep_before_many

            keep_before_many(self._ledger, len(sources))
            self._each(sources)
        if result_file is not None:
            result_file.write(document(self._period, self._entries or ()))
        return self._sum_up()

    def _each(self, sources: Sequence[Source]) -> None:
        """Every file in turn; what goes wrong with one stops the others only where it would go wrong with them too."""
        for index, source in enumerate(sources):
            try:
                self._one(source, part_of(self._progress, index, len(sources)))
            except (HydeskError, Cancelled, KeyboardInterrupt) as error:
                if not self._written:
                    raise
                self._stop(sources[index:], str(error) if isinstance(error, HydeskError) else "收报中途被取消")
                break
            except Exception as error:
                # A fault of the program's in one file must not cost the person the others.
                broken = machine_sentence(error)
                if broken and self._written:
                    self._stop(sources[index:], broken)
                    break
                if broken or len(sources) == 1:
                    raise
                self._fell_over(source)

    def _gather(self, paths: Sequence[Path]) -> list[Source]:
        """The files to read; what cannot be read is answered for at once."""
        readable: list[Source] = []
        for source in collect_returns(paths):
            if source.problem is None:
                readable.append(source)
            elif source.skipped:
                self._refuse(source, Level.NOTE)
            else:
                self._refuse(source, Level.ERROR)
                self._looks += 1
        return readable

    def _refuse(self, source: Source, level: Level, code: str = "unreadable") -> None:
        """A file that was not read: wrong in itself, or (a note) rightly passed over."""
        finding = Finding(level, "skipped" if source.skipped else code, source.problem or "")
        self._statuses.append(REJECTED)
        if self._entries is not None:
            self._entries.append(unreadable_entry(source.name, finding))
        say(f"{source.name}：{STATE_WORDS[REJECTED]}。{finding.message}")

    def _stop(self, left: Sequence[Source], why: str) -> None:
        """What was taken in stays; of the others it is said that they were not, and why."""
        finish(self._progress)
        for source in left:
            self._refuse(Source(source.name, source.path, problem=f"没有收：{why.rstrip('。')}。前面的已经入库，请再收一次这份"), Level.ERROR, "stopped")
            self._looks += 1

    def _fell_over(self, source: Source) -> None:
        finish(self._progress)
        self._refuse(Source(source.name, source.path, problem=unexpected(("returns", "import"))), Level.ERROR)
        self._looks += 1

    def _one(self, source: Source, progress: Progress | None) -> None:
        self._known = know_ledger(self._ledger, self._period, self._known)
        draft = read_return(self._ledger, (source.name, source.content), self._period, self._unit, progress, self._known)
        finish(self._progress)
        status = self._settle(draft)
        understanding = draft.understanding
        self._statuses.append(status)
        if self._entries is not None:
            digest = draft.sha256 or hashlib.sha256(source.content).hexdigest()
            self._entries.append(file_entry(source.name, digest, status, understanding))
        self._looks += understanding.needs_person
        say(f"{source.name}：{STATE_WORDS[status]}{_MORE.get(status, '')}{self._summary(understanding, status)}")
        if status != "unchanged":
            say_findings(understanding.findings)

    @staticmethod
    def _summary(understanding: Understanding, status: str) -> str:
        """（衡南县，30 行，1 行等人核对，2 处提醒）; empty for a file that was refused whole."""
        if status == "rejected":
            return ""
        held = sum(not row.accepted for row in understanding.rows)
        words = [understanding.unit or "多个单位", f"{len(understanding.rows)} 行"]
        words += [f"{held} 行等人核对"] if held else []
        words += [counted] if (counted := count_words(understanding.findings)) else []
        return f"（{'，'.join(words)}）"

    def _settle(self, draft: ReturnDraft) -> str:
        """What becomes of the file; rejected and unchanged ones stay so in a dry run too."""
        if draft.status == "rejected" and draft.content and is_paper(draft.name) and not self._dry_run:
            from hydesk.services.returns.keep_received import keep_received

            keep_received(self._ledger, draft)
            self._written = True
            return "rejected"
        if self._dry_run:
            return draft.status if draft.status in ("rejected", "unchanged") else "dry_run"
        from hydesk.services.returns.apply_return import apply_return

        status = apply_return(self._ledger, draft).value.status
        self._written = self._written or status not in ("rejected", "unchanged")
        return status

    def _sum_up(self) -> int:
        counts = Counter(self._statuses)
        parts = [f"{STATE_WORDS[s]} {counts[s]}" for s in _COUNTED if counts[s]]
        say(f"共 {len(self._statuses)} 个文件：{'，'.join(parts)}。")
        if counts["rejected"] == len(self._statuses):
            return NOTHING
        return LOOK if self._looks else DONE
