"""工作机制: every register, the meeting, lists, boards, promises, plans, assessment and chains."""
