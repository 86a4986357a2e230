"""The tables of the ledger."""

from hydesk.db.models.acts import Act, LogEntry
from hydesk.db.models.base import Base
from hydesk.db.models.imports import Import, ImportCell, ImportFile, ImportFinding, ImportRow
from hydesk.db.models.office import MilestoneType, ProjectClass, Remembered, Setting, Unit
from hydesk.db.models.progress import Milestone, Problem, ProblemStep, Progress
from hydesk.db.models.projects import Adjustment, Batch, Project, ProjectName, SubProject, YearPlan

__all__ = [
    "Act", "Adjustment", "Base", "Batch", "Import", "ImportCell", "ImportFile", "ImportFinding", "ImportRow",
    "LogEntry", "Milestone", "MilestoneType", "Problem", "ProblemStep", "Progress", "Project", "ProjectClass",
    "ProjectName", "Remembered", "Setting", "SubProject", "Unit", "YearPlan",
]
