"""红黄榜 in the words of its register: the boards, and how a project on one stands (docs/rules.md §4.4)."""

from __future__ import annotations

RED, YELLOW = "红榜（表扬）", "黄榜（滞后）"
CURING, LEFT, NOTHING = "整改中", "已出榜", "无需整改"
