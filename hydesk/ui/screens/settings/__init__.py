"""设置: what the office may change."""
