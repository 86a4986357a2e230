"""The pages of 工作机制 that are no plain registers, by name and word: for their list and for the search box."""

from __future__ import annotations

MECHANISMS: dict[str, str] = {
    "meeting": "调度会", "outlook": "年底预测", "scale": "规模榜单", "boards": "红黄榜建议", "promises": "承诺兑现", "tours": "现场观摩手册",
    "targets": "规划评估", "scores": "县市区考核", "province": "省对市评价", "chain": "产业链图",
}
"""In the order in which they stand."""
