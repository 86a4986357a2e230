"""The registers that come with the program and that a mechanism stands on, by key (resources/registers).

Any other register is data alone: nothing in the program names it.
"""

from __future__ import annotations

from hydesk.dataclass import dataclass

APPEALS = "appeals"
CHAIN_GOALS = "chain_goals"
CHAIN_MAP = "chain_map"
CHAIN_PROBLEMS = "chain_problems"
CHAIN_PROJECTS = "chain_projects"
CHAIN_PROSPECTS = "chain_prospects"
CHAIN_RESULTS = "chain_results"
CITY_APPEALS = "province_appeals"
ENTERPRISE_CODES = "enterprise_codes"
FILINGS = "filings"
MEETING = "meeting"
PETITIONS = "petitions"
PLAN_PROJECTS = "plan_projects"
PLAN_TARGETS = "plan_targets"
PLAN_VALUES = "plan_values"
PROJECT_PROMISES = "project_promises"
RED_YELLOW = "red_yellow"
SAFETY_DUTIES = "safety_duties"
SCALE = "scale"
TOURS = "tours"
UNIT_PROMISES = "commitments"


@dataclass(frozen=True, slots=True)
class DrawnRegister:
    """A register that is drawn from elsewhere in the ledger: its name and the words on the button."""

    register: str
    words: str


DRAWN = {
    CHAIN_PROJECTS: DrawnRegister("在建重大项目清单", "从台账取入"),
    PLAN_PROJECTS: DrawnRegister("规划重点项目", "按名称对应台账"),
    CHAIN_PROSPECTS: DrawnRegister("招商引资重点项目清单", "从备案取入"),
    CHAIN_PROBLEMS: DrawnRegister("重点问题清单", "从问题清单取入"),
}
"""What services.mechanisms.draw_chain_lists draws."""
