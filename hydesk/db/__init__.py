"""The ledger's tables, its log and its seals. Whoever imports ``sqlite3`` before does without ``lean_sqlite``."""

from hydesk.lean_sqlite import keep_no_account

keep_no_account()
