"""The tables of the ledger."""

from hydesk.db.models.acts import Act, ActMark, LogEntry, SparedPart
from hydesk.db.models.base import Base, aliased
from hydesk.db.models.content_seals import ContentSeal
from hydesk.db.models.imports import Import, ImportCell, ImportFile, ImportFinding, ImportRow
from hydesk.db.models.office import MilestoneType, ProjectClass, Remembered, Setting, Unit
from hydesk.db.models.own_columns import ColumnDefinition, ColumnFigure, ColumnValue
from hydesk.db.models.progress import Attachment, Milestone, Problem, ProblemStep, Progress
from hydesk.db.models.projects import Adjustment, Batch, Project, ProjectName, SubProject, YearPlan
from hydesk.db.models.registers import Record, RecordValue, Register
from hydesk.db.models.reports import ReportIssue, ReportIssueFile
from hydesk.db.models.seals import LogSeal

__all__ = [
    "Act", "ActMark", "Adjustment", "Attachment", "Base", "Batch", "ColumnDefinition", "ColumnFigure", "ColumnValue", "ContentSeal", "Import", "ImportCell", "ImportFile", "ImportFinding", "ImportRow",
    "LogEntry", "LogSeal", "Milestone", "MilestoneType", "Problem", "ProblemStep", "Progress", "Project", "ProjectClass",
    "ProjectName", "Record", "RecordValue", "Register", "Remembered", "ReportIssue", "ReportIssueFile", "Setting", "SparedPart", "SubProject", "Unit", "YearPlan",
    "aliased",
]
