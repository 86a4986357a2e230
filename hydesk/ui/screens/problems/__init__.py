"""问题清单: from 上报 to 销号, the three lists, and what the returns tell."""
