"""The ledger's tables, its log and its seals. Nothing may import ``sqlite3`` before this has begun."""

from hydesk.lean_sqlite import keep_no_account

keep_no_account()
