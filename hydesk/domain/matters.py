"""What somebody has in hand, so that others at the same ledger see it: a mark, never a lock."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hydesk.dataclass import dataclass

CLAIM_CLASS = 0x4859
"""The upper two bytes of every claim's number, by which it is told from other locks of the database."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A waiting return, a report, a project."""

    key: str
    """return/12, report/monthly/2023-06/衡南县, project/5."""
    doing: str
    """What is done with it, as others are told: 核对衡南县6月."""
    works: bool = True
    """Whether whoever has it in hand works on it now; else he only looks, and nobody is told."""


def claim_number(key: str) -> int:
    """The number under which a server keeps the claim of a matter: the same in every program, below 2**63."""
    return CLAIM_CLASS << 48 | int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big")


def claimed_words(who: Sequence[str], doing: str) -> str:
    """李四、王五正在核对衡南县6月; empty where nobody is."""
    names = list(dict.fromkeys(who))
    more = f"等{len(names)}人" if len(names) > 3 else ""
    return f"{'、'.join(names[:3])}{more}正在{doing}" if names else ""


_NAME = 14
"""Letters of a project's name that are told to others; the number of a project is told by its row."""


def project_matter(project_id: int, name: str, *, works: bool) -> Matter:
    """A project whose facts are changed."""
    return Matter(f"project/{project_id}", f"修改“{name if len(name) <= _NAME else name[:_NAME] + '…'}”", works)


def return_matter(received: int, unit: str, period: str) -> Matter:
    """A received return under review; ``period`` as its unit calls it: 6月."""
    return Matter(f"return/{received}", f"核对{unit}{period}")


def report_matter(kind: str, period: str, subject: str, called: str, *, works: bool) -> Matter:
    """A report whose words are written; ``called`` is its name."""
    return Matter(f"report/{kind}/{period}/{subject}", f"写{called}", works)
