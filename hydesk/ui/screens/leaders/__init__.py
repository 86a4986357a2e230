"""联系领导: whose projects these are."""
