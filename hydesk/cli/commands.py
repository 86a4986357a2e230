"""Every command that hydesk has beside the window; importing them takes a moment that the window does not wait for."""

from __future__ import annotations

import click

from hydesk.cli.acts_commands import acts, redo, undo
from hydesk.cli.adjustment_commands import adjustments
from hydesk.cli.archive_commands import archive
from hydesk.cli.batch_command import ledger
from hydesk.cli.chain_commands import chains
from hydesk.cli.chart_command import chart
from hydesk.cli.column_commands import columns
from hydesk.cli.completion_command import completion
from hydesk.cli.compose_commands import sentences
from hydesk.cli.cross_command import cross
from hydesk.cli.figures_command import figures
from hydesk.cli.fill_command import fill
from hydesk.cli.keeping_commands import backups
from hydesk.cli.leaders_command import leaders
from hydesk.cli.mechanism_rules import rules
from hydesk.cli.meeting_commands import meeting
from hydesk.cli.people_commands import people
from hydesk.cli.plan_commands import plans
from hydesk.cli.problem_commands import problems
from hydesk.cli.record_of_project import project
from hydesk.cli.register_shown import register
from hydesk.cli.report_commands import demo, report
from hydesk.cli.returns_commands import template
from hydesk.cli.returns_shown import returns
from hydesk.cli.standard_nodes import nodes
from hydesk.cli.trust_commands import doubts, forecast
from hydesk.cli.unit_commands import units
from hydesk.cli.upkeep_commands import backup, check, rescue, restore
from hydesk.cli.work_command import work

WEEK: tuple[tuple[str, tuple[click.Command, ...]], ...] = (
    ("发表和收报", (work, template, returns)),
    ("核实和办理", (doubts, problems, meeting, nodes)),
    ("看数和出报告", (figures, cross, leaders, forecast, fill, sentences, report, archive, chart)),
    ("清单、项目和各项机制", (ledger, project, adjustments, plans, columns, register, chains)),
    ("口径和设置", (rules, units)),
    ("看管台账", (acts, undo, redo, people, backups, backup, restore, check, rescue)),
    ("其他", (demo, completion)),
)
"""The commands as they are told in the help, in the order of the office's week."""
COMMANDS: tuple[click.Command, ...] = tuple(command for _, own in WEEK for command in own)
