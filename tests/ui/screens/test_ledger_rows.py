"""The ledger's rows: search, filters, counts, order and totals agree with the standings they were made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.grammar import parse_scope
from hydesk.services.pages.ledger_columns import COLUMNS, INDEX
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import LedgerRows
from hydesk.services.pages.ledger_views import read_query, written_query
from hydesk.services.pages.overview import overview
from hydesk.services.standings.period_view import view_at
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.ui.conftest import JUNE


@pytest.fixture(scope="module")
def rows(demo_file: Path) -> LedgerRows:
    ledger = open_ledger(demo_file)
    made = LedgerRows(view_at(ledger, JUNE))
    ledger.close()
    made.know_initials()
    return made


def chosen(rows: LedgerRows, query: LedgerQuery) -> list[int]:
    return rows.select(query, range(len(rows)))


def test_everything_is_shown_without_a_query(rows: LedgerRows) -> None:
    assert len(chosen(rows, LedgerQuery())) == 388
    totals = rows.totals(range(len(rows)))
    assert (totals.total_investment, totals.annual_plan) == (351_460_000_000, 100_530_000_000)


@pytest.mark.parametrize(("text", "part"), [("HY2023-10", "HY2023-10"), ("hy2023-007", "HY2023-007")])
def test_search_finds_codes(rows: LedgerRows, text: str, part: str) -> None:
    found = chosen(rows, LedgerQuery(text=text))
    assert found
    assert all(part in rows.lines[i].project.code for i in found)


def test_search_finds_names_owners_and_initials(rows: LedgerRows) -> None:
    p = rows.lines[20].project
    assert 20 in chosen(rows, LedgerQuery(text=p.name[1:4]))
    assert 20 in chosen(rows, LedgerQuery(text=p.builder[:4]))
    cable = next(i for i, x in enumerate(rows.lines) if x.project.name.startswith("恒飞电缆"))
    assert cable in chosen(rows, LedgerQuery(text="hfdl"))
    assert cable in chosen(rows, LedgerQuery(text=f"HFDL {rows.lines[cable].project.unit[:2]}"))


def test_every_word_must_be_found(rows: LedgerRows) -> None:
    p = rows.lines[0].project
    assert chosen(rows, LedgerQuery(text=f"{p.name} 没有这个词")) == []


def test_letters_alone_do_not_match_the_codes(rows: LedgerRows) -> None:
    assert len(chosen(rows, LedgerQuery(text="hy"))) < 388


def test_filters_narrow_and_counts_tell_how_far(rows: LedgerRows) -> None:
    query = LedgerQuery(units=frozenset({"衡南县"}))
    counts = dict(rows.counts(query))
    for meaning in Meaning:
        both = LedgerQuery(units=frozenset({"衡南县"}), meanings=frozenset({meaning}))
        assert len(chosen(rows, both)) == counts["meanings"][meaning]
    # a filter's own counts do not depend on what is chosen in it
    assert sum(counts["units"].values()) == 388


def test_meanings_are_those_of_the_overview(rows: LedgerRows, demo_file: Path) -> None:
    ledger = open_ledger(demo_file)
    seen = overview(ledger, JUNE)
    ledger.close()
    for meaning, count in seen.meanings.items():
        assert len(chosen(rows, LedgerQuery(meanings=frozenset({meaning})))) == count
    assert len(chosen(rows, LedgerQuery(cases=frozenset({Case.OVERDUE_START})))) == seen.starts.overdue
    assert len(chosen(rows, LedgerQuery(cases=frozenset({Case.NEW_TO_START})))) == seen.starts.planned
    for ranked in seen.ranking:
        mine = rows.totals(chosen(rows, LedgerQuery(units=frozenset({ranked.name}))))
        assert mine == ranked.totals


def test_order_is_by_value_and_unknown_stands_last(rows: LedgerRows) -> None:
    column = INDEX["completion"]
    for descending in (False, True):
        order = rows.order((column, descending))
        values = [rows.lines[i].completion for i in order]
        known = [v for v in values if v is not None]
        assert known == sorted(known, reverse=descending)
        assert values[: len(known)] == known
        assert sorted(order) == list(range(len(rows)))


def test_totals_are_of_what_is_shown(rows: LedgerRows) -> None:
    some = chosen(rows, LedgerQuery(categories=frozenset({"基础设施"})))
    assert rows.totals(some) == sum_up(rows.lines[i].project for i in some)


def test_texts_are_money_in_the_unit_asked_for(rows: LedgerRows) -> None:
    plan = INDEX["plan"]
    row, amount = next((i, x.project.annual_plan) for i, x in enumerate(rows.lines) if x.project.annual_plan)
    assert rows.texts(plan, MoneyUnit.WAN)[row] == format_money(amount, MoneyUnit.WAN)
    assert rows.texts(plan, MoneyUnit.YI)[row] == format_money(amount, MoneyUnit.YI)
    none = next(i for i, x in enumerate(rows.lines) if x.project.annual_plan is None)
    assert rows.texts(plan, MoneyUnit.WAN)[none] == "—"


def test_the_lamp_stands_with_its_shape_and_word(rows: LedgerRows) -> None:
    column = INDEX["meaning"]
    for i in range(0, 388, 37):
        lit = rows.yardstick.lamp(rows.lines[i].project)
        assert rows.texts(column, MoneyUnit.WAN)[i] == f"{lit.meaning.mark} {lit.meaning.label}"


def test_heads_name_the_month(rows: LedgerRows) -> None:
    assert COLUMNS[INDEX["year"]].title(JUNE, AsOf.of(JUNE)) == "1–6月累计"
    assert COLUMNS[INDEX["month"]].title(JUNE, AsOf.of(JUNE)) == "6月完成"


def test_a_view_kept_by_an_earlier_version_asks_for_the_same() -> None:
    former = {"text": "电缆", "units": ["衡南县", "祁东县"], "meanings": ["lagging"], "cases": ["已开工", "有存在问题"], "strange": ["?"]}
    query = LedgerQuery(text="电缆", units=frozenset({"衡南县", "祁东县"}), meanings=frozenset({Meaning.LAGGING}),
                        cases=frozenset({Case.STARTED, Case.HAS_PROBLEM}))
    assert read_query(former) == query
    assert read_query(written_query(query)) == query
    assert read_query({"scope": "什么"}) == LedgerQuery()


def test_a_scope_that_no_filter_tells_stays_in_the_query(rows: LedgerRows) -> None:
    scope = parse_scope("unit=衡南县;size>=1亿;state=已开工|未开工;state=已开工;level!=市;unit=衡南县|祁东县")
    query = LedgerQuery.of(scope)
    assert (query.units, query.cases) == (frozenset({"衡南县"}), frozenset({Case.STARTED}))
    assert set(query.scope.conditions) == set(scope.conditions)
    assert read_query(written_query(query)) == query
    assert [rows.lines[i].project.id for i in chosen(rows, query)] == [m.project.id for m in scope.of(rows.members)]
