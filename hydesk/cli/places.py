"""In which module each command stands whole: one that is asked for is imported alone, a twentieth of a second less."""

from __future__ import annotations

MODULES = {
    "acts": "acts_commands", "undo": "acts_commands", "redo": "acts_commands", "adjustments": "adjustment_commands",
    "archive": "archive_commands", "register": "register_shown", "chains": "chain_commands", "chart": "chart_command", "columns": "column_commands",
    "cross": "cross_command",
    "ledger": "batch_command", "completion": "completion_command", "sentences": "compose_commands", "figures": "figures_command",
    "fill": "fill_command", "backups": "keeping_commands", "leaders": "leaders_command", "meeting": "meeting_commands", "people": "people_commands",
    "plans": "plan_commands", "problems": "problem_commands", "project": "record_of_project", "returns": "returns_shown",
    "demo": "report_commands", "report": "report_commands", "template": "returns_commands", "rules": "mechanism_rules",
    "nodes": "standard_nodes", "doubts": "trust_commands", "forecast": "trust_commands", "units": "unit_commands",
    "backup": "upkeep_commands", "check": "upkeep_commands", "rescue": "upkeep_commands", "restore": "upkeep_commands",
    "work": "work_command",
}
"""As ``hydesk.cli.commands`` imports them; a command that is not named here is found there."""
