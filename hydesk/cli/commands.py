"""Every command that hydesk has beside the window; importing them takes a moment that the window does not wait for."""

from __future__ import annotations

import click

from hydesk.cli.acts_commands import acts, undo
from hydesk.cli.column_commands import columns
from hydesk.cli.desk_commands import nodes, problems
from hydesk.cli.figures_command import figures
from hydesk.cli.leaders_command import leaders
from hydesk.cli.ledger_commands import ledger
from hydesk.cli.mechanism_commands import register
from hydesk.cli.plan_commands import plans
from hydesk.cli.project_commands import project
from hydesk.cli.report_commands import demo, report
from hydesk.cli.returns_commands import returns, template
from hydesk.cli.rule_commands import rules
from hydesk.cli.trust_commands import doubts, forecast
from hydesk.cli.upkeep_commands import backup, check, rescue, restore

COMMANDS: tuple[click.Command, ...] = (
    ledger, project, columns, figures, leaders, plans, returns, template, nodes, problems, register, report, rules, doubts, forecast, acts, undo, demo, backup, restore,
    check, rescue)
