"""首页: the period at a glance."""
