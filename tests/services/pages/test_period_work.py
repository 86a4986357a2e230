"""What waits for a period: stations, queue and badges are counted from the same lines."""

from __future__ import annotations

from datetime import date, timedelta

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.findings import Finding, Level
from hydesk.domain.period_work import (
    SINGLY,
    Station,
    ToDo,
    ToDoKind,
    WaitingFile,
    file_lines,
    in_order,
    together,
    unreported_line,
)
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.pages.period_work import period_work
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.keep_received import keep_decisions, keep_received, list_received
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.returns.send_back_return import send_back
from hydesk.services.rules.deadlines import set_deadline
from tests.services.made import JUNE, MAY, draft, facts, fill, money, take_list
from tests.services.sheets import fill_ledger, line, read

TODAY = date(2023, 7, 3)


def kinds(ledger: Ledger, today: date = TODAY) -> list[tuple[ToDoKind, int]]:
    return [(x.kind, x.count) for x in period_work(ledger, JUNE, today=today).queue]


def test_units_that_owe_a_return_stand_in_one_line_until_they_are_late(ledger: Ledger) -> None:
    take_list(ledger, *(facts(n, nature="续建") for n in range(1, 5)))
    work = period_work(ledger, JUNE, today=TODAY)
    assert (work.units, work.reported, work.deadline_words) == (2, 0, "报送期限 7月5日（还有 2 天）")
    [line_] = work.queue
    assert (line_.kind, line_.what, line_.when, line_.count) == (ToDoKind.UNREPORTED, "衡南县、祁东县", "期限还有 2 天", 2)
    assert work.badges == {"returns": 2}
    assert kinds(ledger, date(2023, 7, 5)) == [(ToDoKind.UNREPORTED, 2)]
    late = period_work(ledger, JUNE, today=date(2023, 7, 6))
    assert (late.queue[0].kind, late.queue[0].when, late.deadline_words) == (
        ToDoKind.UNREPORTED_LATE, "逾期 1 天", "报送期限 7月5日（已过 1 天）")
    set_deadline(ledger, JUNE, date(2023, 7, 8))
    assert period_work(ledger, JUNE, today=date(2023, 7, 6)).queue[0].when == "期限还有 2 天"


def test_what_never_came_is_as_late_here_as_among_the_returns_however_long_ago(ledger: Ledger) -> None:
    take_list(ledger, *(facts(n, nature="续建") for n in range(1, 5)))
    much_later = date(2024, 7, 5)
    work = period_work(ledger, JUNE, today=much_later)
    assert (work.queue[0].kind, work.queue[0].when, work.judged_on) == (ToDoKind.UNREPORTED_LATE, "逾期 366 天", JUNE.end)
    assert {b.days_late for b in returns_board(ledger, JUNE, much_later)} == {366}


def test_a_file_with_errors_comes_first_and_what_was_settled_is_not_counted(ledger: Ledger) -> None:
    fill_ledger(ledger)
    apply_return(ledger, read(ledger, [line(n, 10, 100) for n in (1, 2, 3, 4)], MAY, "5月.xlsx"))
    bad = read(ledger, [line(1, 20, 90), line(2, "待定", 120), line(3, 20, 150)])
    key = keep_received(ledger, bad).value
    work = period_work(ledger, JUNE, today=TODAY)
    first = work.queue[0]
    errors = [f for f in bad.understanding.findings if f.level is Level.ERROR]
    warnings = [f for f in bad.understanding.findings if f.level is Level.WARNING]
    assert (first.kind, first.target, first.count) == (ToDoKind.ERRORS, key, 1)
    assert first.what.startswith(f"衡南县报表　{len(errors)} 处错误")
    assert errors[0].cell in first.what
    assert work.reviewed == len(errors) + len(warnings)
    assert work.at(Station.REVIEW) == 1
    keep_decisions(ledger, key, {"settled": {f.key: "知道了" for f in errors}})
    assert period_work(ledger, JUNE, today=TODAY).reviewed == len(warnings)
    keep_decisions(ledger, key, {"settled": {f.key: "以后再问" for f in errors}})
    assert period_work(ledger, JUNE, today=TODAY).reviewed == len(errors) + len(warnings)
    keep_decisions(ledger, key, {"settled": {f.key: "知道了" for f in (*errors, *warnings)}})
    assert (ToDoKind.READY, 1) in kinds(ledger)
    send_back(ledger, bad)
    after = period_work(ledger, JUNE, today=TODAY)
    back = next(x for x in after.queue if x.kind is ToDoKind.SENT_BACK)
    assert (list_received(ledger, JUNE), back.target, after.reported) == ((), "衡南县", 1)
    assert after.badges["returns"] == after.at(Station.CHASE) == sum(
        b.status in ("未报", "已退回") for b in returns_board(ledger, JUNE, TODAY))


def test_nodes_overdue_and_due_are_those_of_their_own_screen(ledger: Ledger) -> None:
    take_list(ledger, facts(1, planned_start=LooseDate(date(2023, 7, 9))), facts(2), facts(3, start_date=LooseDate.of_month(2023, 4)),
              facts(4, planned_start=LooseDate(date(2023, 7, 11))))
    work = period_work(ledger, JUNE, today=TODAY)
    nodes = list_milestones(ledger, JUNE, TODAY)
    assert [(x.what, x.when) for x in work.queue if x.kind is ToDoKind.NODE_LATE] == [("开工　第2号项目", "逾期 64 天 · 祁东县")]
    assert [(x.what, x.when) for x in work.queue if x.kind is ToDoKind.NODE_DUE] == [("开工　第1号项目", "7月9日 · 衡南县")]
    assert work.badges["nodes"] == work.count(ToDoKind.NODE_LATE) == len(nodes.overdue())
    for today, words in ((date(2023, 7, 9), ["7月9日 · 衡南县", "7月11日 · 祁东县"]), (date(2023, 7, 10), ["7月11日 · 祁东县"])):
        assert [x.when for x in period_work(ledger, JUNE, today=today).queue if x.kind is ToDoKind.NODE_DUE] == words
    assert work.count(ToDoKind.NODE_DUE) == len(nodes.due(7))


def test_the_report_waits_once_a_return_has_come(ledger: Ledger) -> None:
    fill(ledger, 2)
    assert period_work(ledger, JUNE, today=TODAY).at(Station.REPORT) == 0
    apply_return(ledger, draft(ledger, JUNE, {1: money(1, 70_000_000)}))
    work = period_work(ledger, JUNE, today=TODAY)
    assert (work.at(Station.REPORT), work.number, work.before) == (1, None, "")
    assert "work" not in work.badges


def test_files_without_errors_stand_together() -> None:
    files = [WaitingFile(n, f"单位{n}", 0, 2 if n < 5 else 0, "今天 09:12 收到") for n in range(1, 7)]
    lines = file_lines([*files, WaitingFile(9, "祁东县", 2, 1, "今天 09:12 收到", "H12")])
    assert [(x.kind, x.count, x.target) for x in lines] == [
        (ToDoKind.ERRORS, 1, 9), (ToDoKind.WARNINGS, 4, 1), (ToDoKind.READY, 2, None)]
    assert lines[0].what == "祁东县报表　2 处错误、1 处提醒：H12"
    assert lines[1].what == "单位1、单位2、单位3等 4 份　只有提醒 8 处"
    assert unreported_line([], 3) == []


def test_thousands_of_one_kind_are_still_counted_to_the_last() -> None:
    many = [ToDo(ToDoKind.NODE_LATE, f"{n}", "", "打开", target=n, badge="nodes") for n in range(4_000)]
    shown = together(many, "还有 {n} 个逾期的节点")
    assert (len(shown), sum(x.count for x in shown), shown[-1].what) == (SINGLY + 1, 4_000, f"还有 {4_000 - SINGLY:,} 个逾期的节点")
    assert together(many[: SINGLY + 1], "") == many[: SINGLY + 1]
    mixed = in_order([*many[:2], ToDo(ToDoKind.ERRORS, "", "", "")])
    assert [x.kind for x in mixed] == [ToDoKind.ERRORS, ToDoKind.NODE_LATE, ToDoKind.NODE_LATE]


def test_a_finding_is_known_again_by_its_key() -> None:
    one = Finding(Level.ERROR, "fell", "话", "表", 4, "H4")
    assert one.key == Finding(Level.WARNING, "fell", "别的话", "表", 4, "H4").key != Finding(Level.ERROR, "fell", "话", "表", 5, "H5").key


def test_a_week_is_due_in_its_own_week(ledger: Ledger) -> None:
    from hydesk.domain.periods import Period

    fill(ledger, 2)
    week = Period.week(2023, 26)
    work = period_work(ledger, week, today=week.start + timedelta(days=1))
    assert (work.deadline, work.days_left) == (week.start + timedelta(days=4), 3)
