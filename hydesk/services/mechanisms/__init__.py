"""The office's mechanisms over registers and standings: meetings, boards, scores, chains, lists by scale."""
