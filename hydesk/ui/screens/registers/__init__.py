"""考核与榜单 and 调度会: every register, the meeting, lists, boards, promises, plans, assessment and chains."""
