"""Settings that no program of ours wrote: every page goes on by the usual rules."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hydesk.domain.kept import exact, like, words
from hydesk.domain.lamps import LampMode, LampRule
from hydesk.reports.kinds import ReportKind
from hydesk.services.mechanisms.red_yellow import board_rule
from hydesk.services.mechanisms.scale_lists import least_major
from hydesk.services.mechanisms.score_units import score_rule
from hydesk.services.milestones.backward_steps import backward_steps
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.pages.ledger_views import list_views
from hydesk.services.pages.overview import overview
from hydesk.services.pages.project_page import project_page
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.rules.deadlines import deadline_rule
from hydesk.services.rules.office_rules import lamp_rule, set_lamp_rule
from hydesk.services.rules.settings import check_rules
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.made import JUNE, fill

KEYS = ("lamp_rule", "check_rules", "office_name", "demo", "time_progress", "money_starts", "start_rates", "no_problem_words", "closed_periods",
        "deadline/2023-06", "deadline_rule", "standard_nodes", "ledger_view/x", "report_form/monthly", "report_text/monthly/2023-06", "report_sentences", "red_yellow_rule",
        "score_rule", "scale_rule", "backward_steps", "assessment_rules", "province_rules", "doubt_rules", "doubt_answer/x/y/z", "unit_off/1")
VALUES = (5, [], {}, None, "x", [1], [None], [{}], {"a": 1}, {"lagging": "NaN", "serious": "x", "ahead": "1", "mode": "points"},
          {"levels": 5, "tolerance": "x"}, {"month_day": 99}, {"least": "1e400"}, {"parts": 5})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "台账.hydesk"
    ledger = create_ledger(path)
    fill(ledger, 3)
    ledger.close()
    return path


@pytest.mark.parametrize("value", VALUES, ids=json.dumps)
def test_every_page_goes_on(made: Path, tmp_path: Path, value: object) -> None:
    path = Path(shutil.copy(made, tmp_path))
    with closing(sqlite3.connect(path)) as c:
        c.executemany("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                      [(key, json.dumps(value)) for key in KEYS])
        c.commit()
    ledger = open_ledger(path)
    assert lamp_rule(ledger) == LampRule()
    for rule in (board_rule, score_rule, deadline_rule, least_major, backward_steps, check_rules):
        assert rule(ledger)
    overview(ledger, JUNE)
    returns_board(ledger, JUNE)
    list_milestones(ledger, JUNE, today=date(2023, 7, 10))
    project_page(ledger, 1, JUNE)
    compile_report(ledger, ReportKind.MONTHLY, JUNE)
    list_views(ledger)
    ledger.close()


def test_a_rule_of_the_office_is_read_back_as_it_was_set(made: Path, tmp_path: Path) -> None:
    ledger = open_ledger(Path(shutil.copy(made, tmp_path)))
    rule = LampRule(LampMode.RATIO, Decimal("0.9"), Decimal("0.65"), Decimal("0.10"), 30, None, 7)
    set_lamp_rule(ledger, rule)
    assert lamp_rule(ledger) == rule
    ledger.close()


def test_a_value_must_be_of_the_kind_that_stands_there() -> None:
    assert like(LampRule(), {"lagging": "0.2", "start_delay": None}) == LampRule(lagging=Decimal("0.2"))
    for kept in ({"lagging": "NaN"}, {"lagging": "Infinity"}, {"lagging": []}, {"mode": "x"}, {"start_delay": "3"}, {"start_delay": True}, {"x": 1}):
        with pytest.raises(ValueError, match=r"."):
            like(LampRule(), kept)
    with pytest.raises(ValueError, match="list of texts"):
        words("文字")
    with pytest.raises(ValueError, match="reckon"):
        exact("1e999")
