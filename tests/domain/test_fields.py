"""What the office sees of the fields as they are declared: in the table at first, on the list, on a project's page and card."""

from __future__ import annotations

from hydesk.domain.fields import (
    AMOUNTS_OF_PERIOD,
    DATE_FIELDS,
    GRAMMAR_MONEY,
    LABELS,
    MONEY_FIELDS,
    PLAN_FIELDS,
    PROGRESS_FIELDS,
    SUMS_TO_DATE,
    Field,
)

F = Field
LATER = set(Field) - {F(v) for v in ["code", "approval_code", "name", "reporting_unit", "location", "category", "industry", "chain", "nature", "level", "investor_kind", "builder", "responsible_unit", "city_leader", "county_leader", "contact", "phone", "scale", "years", "start_year", "finish_year", "total_investment", "invested_before", "annual_plan", "funding", "year_goal", "batch", "planned_start", "start_date", "planned_finish", "finish_date", "remark", "month_investment", "week_investment", "year_investment", "total_invested", "funds_arrived", "statistics_month", "statistics_year", "progress_text", "problem_text", "measures_text", "next_work_text"]}
"""Fields declared since this was written: each is free in what it shows."""


def of(*names: str) -> set[Field]:
    return {F(n) for n in " ".join(names).split()}


def test_what_the_table_shows_until_somebody_chooses_otherwise() -> None:
    shown = {f for f in F if f.spec.column and f.spec.column.shown}
    assert shown - LATER == of("name reporting_unit category builder responsible_unit total_investment annual_plan month_investment year_investment "
                               "progress_text problem_text")
    pale = {f for f in F if f.spec.column and f.spec.column.quiet}
    assert pale - LATER == of("approval_code location builder responsible_unit scale funding year_goal remark progress_text problem_text next_work_text")
    without = {f for f in F if f.spec.column is None}
    assert without - LATER == of("code years planned_start start_date planned_finish finish_date week_investment statistics_month measures_text")


def test_a_telephone_is_private_and_nothing_else() -> None:
    assert {f for f in F if f.spec.private} - LATER == {F.PHONE}


def test_the_search_looks_in_names_units_and_leaders() -> None:
    assert {f for f in F if f.spec.searched} - LATER == of("name reporting_unit builder responsible_unit city_leader county_leader")


def test_what_stands_on_an_exported_list_and_on_a_projects_page() -> None:
    listed = {f for f in F if f.spec.sheet}
    facts = {f for f in F if f not in PROGRESS_FIELDS} - LATER
    assert listed - LATER == facts - {F.YEARS}
    assert {f for f in F if f.spec.page} - LATER == facts - of("years planned_start start_date planned_finish finish_date")
    assert {f.spec.sheet_head for f in (F.INVESTED_BEFORE, F.ANNUAL_PLAN, F.START_DATE, F.TOTAL_INVESTMENT, F.NAME)} == {
        "截至{last}年底累计完成投资（万元）", "{year}年计划投资（万元）", "实际开工时间", "总投资（万元）", "项目名称"}


def test_whose_a_field_is_and_what_it_holds() -> None:
    assert of("invested_before annual_plan year_goal batch nature") == PLAN_FIELDS - LATER
    assert of("planned_start start_date planned_finish finish_date") == DATE_FIELDS - LATER
    assert MONEY_FIELDS - LATER == GRAMMAR_MONEY - LATER
    assert set(SUMS_TO_DATE) - LATER == of("year_investment total_invested funds_arrived statistics_year")
    assert of("month_investment statistics_month week_investment") == AMOUNTS_OF_PERIOD - LATER
    assert len(set(LABELS.values())) == len(F)
    keys = [f.spec.column.key for f in F if f.spec.column]
    assert len(set(keys)) == len(keys)
