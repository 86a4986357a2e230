"""Every command that hydesk has beside the window; importing them takes a moment that the window does not wait for."""

from __future__ import annotations

import click

from hydesk.cli.acts_commands import acts, undo
from hydesk.cli.adjustment_commands import adjustments
from hydesk.cli.chart_command import chart
from hydesk.cli.column_commands import columns
from hydesk.cli.completion_command import completion
from hydesk.cli.compose_commands import sentences
from hydesk.cli.desk_commands import nodes, problems
from hydesk.cli.figures_command import figures
from hydesk.cli.fill_command import fill
from hydesk.cli.leaders_command import leaders
from hydesk.cli.ledger_commands import ledger
from hydesk.cli.people_commands import people
from hydesk.cli.plan_commands import plans
from hydesk.cli.project_commands import project
from hydesk.cli.record_commands import register
from hydesk.cli.report_commands import demo, report
from hydesk.cli.returns_commands import returns, template
from hydesk.cli.setting_commands import rules
from hydesk.cli.trust_commands import doubts, forecast
from hydesk.cli.upkeep_commands import backup, check, rescue, restore

WEEK: tuple[tuple[str, tuple[click.Command, ...]], ...] = (
    ("发表和收报", (template, returns)),
    ("核实和办理", (doubts, problems, nodes)),
    ("看数和出报告", (figures, leaders, forecast, fill, sentences, report, chart)),
    ("清单、项目和各项机制", (ledger, project, adjustments, plans, columns, register)),
    ("口径和设置", (rules,)),
    ("看管台账", (acts, undo, people, backup, restore, check, rescue)),
    ("其他", (demo, completion)),
)
"""The commands as they are told in the help, in the order of the office's week."""
COMMANDS: tuple[click.Command, ...] = tuple(command for _, own in WEEK for command in own)
