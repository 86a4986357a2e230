"""归档: frozen, numbered, found again, corrected, undone; a person's sentences stay and are marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE
from hydesk.reports.compare import differences
from hydesk.reports.kinds import NAMED, ReportKind
from hydesk.reports.model import Report
from hydesk.reports.prose import Sentence, State
from hydesk.reports.texts import editable, refreshed
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.mechanisms.red_yellow import BoardRule, adopt, propose
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.registers.fill_shipped import add_shipped
from hydesk.services.reports.archived_report import issue_file, open_issue
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.reports.issue_report import issue_report, list_issues, save_issue, scope_of_issue
from hydesk.services.reports.issue_sheet import issue_sheet
from hydesk.services.reports.print_report import Binding
from hydesk.services.reports.report_forms import (
    PartForm,
    ReportForm,
    accept_report_text,
    report_form,
    set_report_form,
    set_report_text,
)
from hydesk.services.standings.read_scope import scope_of
from tests.services.made import JUNE, MAY, fill

MONTHLY = ReportKind.MONTHLY
DECEMBER = Period.month(2023, 12)
JULY_5 = date(2023, 7, 5)
SUBJECTS = {ReportKind.PROJECT: "HY2023-001", ReportKind.UNIT: "衡南县", ReportKind.SUPERVISION: "衡南县", ReportKind.LEADER: "张三"}


def publish(ledger: Ledger, kind: ReportKind) -> None:
    """红黄榜 of June, which are printed only once they were made public."""
    if kind is ReportKind.BOARDS:
        with pytest.raises(HydeskError, match="还没有公布红黄榜"):
            compile_report(ledger, kind, JUNE)
        add_shipped(ledger, 2023)
        adopt(ledger, JUNE, propose(ledger, JUNE, BoardRule(least_plan=0, serious_only=False)))


def said(report: Report, key: str) -> Sentence:
    return next(e.sentence for e in editable(report) if e.sentence.key == key)


def test_an_issued_report_is_frozen_numbered_and_found_again(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_000_000, JUNE)
    made = issue_report(ledger, MONTHLY, JUNE, issued=JULY_5).value
    assert (made.year, made.number, made.label) == (2023, 6, "2023年第6期月度通报")
    held = open_issue(ledger, made.id)
    assert held == compile_report(ledger, MONTHLY, JUNE, number=6, issued=JULY_5)
    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        assert issue_file(ledger, made.id, form)[1].startswith(begins)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 60_000_000, JUNE)
    assert open_issue(ledger, made.id) == held
    assert issue_report(ledger, MONTHLY, MAY).value.number == 7
    assert [i.number for i in list_issues(ledger, MONTHLY, 2023)] == [7, 6]


def test_a_report_of_some_projects_is_archived_beside_that_of_all_and_corrected_over_the_same(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_000_000, JUNE)
    scope = scope_of(ledger, JUNE, "unit=衡南县;size>=1亿")
    whole = issue_report(ledger, MONTHLY, JUNE, issued=JULY_5).value
    some = issue_report(ledger, MONTHLY, JUNE, issued=JULY_5, scope=scope).value
    assert (some.number, some.label, some.scope_words) == (7, "2023年第7期月度通报（部分项目）", scope.words)
    held = open_issue(ledger, some.id)
    assert said(held, "scope").text == f"本文只统计{scope.words}的项目。"
    assert f"只统计{scope.words}的项目" in held.masthead.remark
    assert held.file_stem != open_issue(ledger, whole.id).file_stem
    # The same again carries its own number; nothing of the other's is in it.
    assert compile_report(ledger, MONTHLY, JUNE, scope=scope, issued=JULY_5) == held
    assert [c.cells for c in issue_sheet(ledger, some.id).table.rows if c.cells[0] == "统计范围"]  # type: ignore[union-attr]
    with pytest.raises(HydeskError, match="已归档为第7期"):
        issue_report(ledger, MONTHLY, JUNE, scope=scope)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 60_000_000, JUNE)
    with pytest.raises(HydeskError, match="更正件的范围要与它相同"):
        issue_report(ledger, MONTHLY, JUNE, corrects=some.id)
    put_right = issue_report(ledger, MONTHLY, JUNE, corrects=some.id, scope=scope_of_issue(ledger, some.id)).value
    assert (put_right.number, put_right.scope) == (8, some.scope)
    assert scope_of_issue(ledger, whole.id) == WHOLE
    undo_last(ledger)
    assert [i.number for i in list_issues(ledger)] == [7, 6]


def test_a_past_period_made_again_equals_the_archived_one_but_for_its_date(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 30_000_000, MAY)
    made = issue_report(ledger, MONTHLY, MAY, issued=JULY_5).value
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_000_000, JUNE)
    again = compile_report(ledger, MONTHLY, MAY)
    assert again.issued != JULY_5
    assert again.masthead.issue == "第5期"
    assert differences(open_issue(ledger, made.id), again) == []
    with pytest.raises(HydeskError, match="已归档为第5期"):
        issue_report(ledger, MONTHLY, MAY)


def test_a_correction_says_what_changed_and_one_without_change_is_refused(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_000_000, JUNE)
    first = issue_report(ledger, MONTHLY, JUNE).value
    with pytest.raises(HydeskError, match="没有不同"):
        issue_report(ledger, MONTHLY, JUNE, corrects=first.id)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 60_000_000, JUNE)
    second = issue_report(ledger, MONTHLY, JUNE, corrects=first.id, note="衡南县来函更正").value
    assert second.corrects == first.id
    assert second.note.startswith("衡南县来函更正\n")
    assert "“第1号项目”1-6月：5,000.00万元 → 6,000.00万元" in second.note
    assert open_issue(ledger, second.id).masthead.issue == "第7期（更正第6期）"
    assert list_issues(ledger)[1].corrected_by == second.id


def test_what_differs_from_the_issue_is_a_draft_again_and_a_correction_keeps_its_words(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_000_000, JUNE)
    first = issue_report(ledger, MONTHLY, JUNE).value
    assert compile_report(ledger, MONTHLY, JUNE).masthead.issue == "第6期"
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 60_000_000, JUNE)
    draft = compile_report(ledger, MONTHLY, JUNE).masthead
    assert (draft.issue, draft.remark) == ("第　　期", "草稿")
    issue_report(ledger, MONTHLY, JUNE, corrects=first.id)
    assert compile_report(ledger, MONTHLY, JUNE).masthead.issue == "第7期（更正第6期）"


def test_issuing_is_undone_and_done_again(ledger: Ledger) -> None:
    fill(ledger)
    issue_report(ledger, MONTHLY, JUNE)
    assert "归档2023年第6期月度通报" in str(undo_last(ledger))
    assert list_issues(ledger) == []
    redo_last(ledger)
    assert [i.number for i in list_issues(ledger)] == [6]


def test_an_edited_sentence_stays_and_is_marked_when_its_figures_change(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_000_000, JUNE)
    own = said(compile_report(ledger, MONTHLY, JUNE), "overall.whole")
    words = "截至6月底，" + own.text + "另有3541.6亿元待核。"
    set_report_text(ledger, MONTHLY, JUNE, own.key, words, own.basis)
    edited = said(compile_report(ledger, MONTHLY, JUNE), own.key)
    assert (edited.text, edited.state, edited.automatic) == (words, State.EDITED, own.text)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 60_000_000, JUNE)
    stale = said(compile_report(ledger, MONTHLY, JUNE), own.key)
    assert (stale.text, stale.state) == (words, State.STALE)
    with pytest.raises(HydeskError, match="数字后来变了"):
        issue_report(ledger, MONTHLY, JUNE)
    fresh = refreshed(words, own.basis, stale.basis)
    assert "完成投资6000万元" in fresh
    set_report_text(ledger, MONTHLY, JUNE, own.key, fresh, stale.basis)
    assert said(compile_report(ledger, MONTHLY, JUNE), own.key).state is State.EDITED
    undo_last(ledger)
    assert said(compile_report(ledger, MONTHLY, JUNE), own.key).state is State.STALE
    accept_report_text(ledger, MONTHLY, JUNE, own.key, stale.basis, new_figures=True)
    assert said(compile_report(ledger, MONTHLY, JUNE), own.key).text == fresh
    set_report_text(ledger, MONTHLY, JUNE, own.key, None)
    assert said(compile_report(ledger, MONTHLY, JUNE), own.key).state is State.WRITTEN


def test_numbers_that_a_person_left_standing_follow_their_figures(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_000_000, JUNE)
    own = said(compile_report(ledger, MONTHLY, JUNE), "overall.whole")
    set_report_text(ledger, MONTHLY, JUNE, own.key, "截至6月底，" + own.text, own.basis)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_100_000, JUNE)
    report = compile_report(ledger, MONTHLY, JUNE)
    now = said(report, own.key)
    assert (now.text, now.state) == ("截至6月底，" + now.automatic, State.EDITED)
    assert now.automatic != own.text
    assert [p for p in now.parts if not isinstance(p, str)] == [p for p in said(replace(report), own.key).parts if not isinstance(p, str)]
    # A rewording of what follows goes on following; the day it would be said otherwise a person is asked.
    set_report_text(ledger, MONTHLY, JUNE, own.key, now.text.removesuffix("。") + "，势头良好。", now.basis)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_200_000, JUNE)
    assert said(compile_report(ledger, MONTHLY, JUNE), own.key).text.endswith("，势头良好。")
    assert said(compile_report(ledger, MONTHLY, JUNE), own.key).state is State.EDITED
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 500_000_000, JUNE)
    assert said(compile_report(ledger, MONTHLY, JUNE), own.key).state is State.REWORDED


def test_the_offices_form_orders_renames_and_leaves_out(ledger: Ledger) -> None:
    fill(ledger)
    form = ReportForm(signer="张三", cc=("市委办公室",), name="衡阳重点项目简报", number="（{年份}）第{期数}期", title="{报告期}情况",
                      parts=(PartForm("ranking", heading="排名"), PartForm("classes", on=False)))
    set_report_form(ledger, MONTHLY, form)
    report = compile_report(ledger, MONTHLY, JUNE)
    assert [s.heading for s in report.sections][:2] == ["一、排名", "二、总体情况"]
    assert all("分类" not in s.heading for s in report.sections)
    head = report.masthead
    assert (head.name, head.issue, head.signer, report.title) == ("衡阳重点项目简报", "（2023）第　　期", "张三", "2023年6月情况")
    assert report.cc == ("市委办公室",)
    assert report_form(ledger, ReportKind.WEEKLY).signer == ""
    undo_last(ledger)
    assert report_form(ledger, MONTHLY).signer == ""


@pytest.mark.parametrize("kind", [k for k in NAMED if k not in (ReportKind.WEEKLY, ReportKind.MONTHLY, ReportKind.BOARDS)])
def test_every_kind_is_made_checked_and_about_its_subject(ledger: Ledger, kind: ReportKind) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.CITY_LEADER, "张三、李四", JUNE)
    subject = SUBJECTS.get(kind)
    report = compile_report(ledger, kind, DECEMBER if kind is ReportKind.YEARLY else JUNE, subject)
    assert kind.label.removeprefix("项目") in report.file_stem
    if subject:
        with pytest.raises(HydeskError, match="没有“不存在"):
            compile_report(ledger, kind, JUNE, "不存在的")
        with pytest.raises(HydeskError, match="要指明"):
            compile_report(ledger, kind, JUNE)


@pytest.mark.parametrize("kind", NAMED)
def test_every_kind_made_again_on_another_day_is_the_archived_one(ledger: Ledger, kind: ReportKind) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 10_000_000, JUNE)
    edit_project(ledger, 1, Field.CITY_LEADER, "张三、李四", JUNE)
    publish(ledger, kind)
    subject = SUBJECTS.get(kind)
    period = Period.week(2023, 26) if kind is ReportKind.WEEKLY else DECEMBER if kind is ReportKind.YEARLY else JUNE
    made = issue_report(ledger, kind, period, subject, issued=JULY_5).value
    again = compile_report(ledger, kind, period, subject)
    assert again.issued != JULY_5
    assert replace(again, issued=JULY_5) == open_issue(ledger, made.id)


def test_figures_alone_are_not_put_into_words_that_no_longer_hold(ledger: Ledger) -> None:
    fill(ledger, 1)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 50_000_000, JUNE)
    own = said(compile_report(ledger, MONTHLY, JUNE), "overall.whole")
    assert "欠时间进度" in own.text
    set_report_text(ledger, MONTHLY, JUNE, own.key, "总的看，" + own.text, own.basis)
    edit_project(ledger, 1, Field.YEAR_INVESTMENT, 190_000_000, JUNE)
    now = said(compile_report(ledger, MONTHLY, JUNE), own.key)
    assert now.state is State.REWORDED
    assert "超时间进度" in now.automatic
    with pytest.raises(HydeskError, match="不能只换数字"):
        accept_report_text(ledger, MONTHLY, JUNE, own.key, now.basis, new_figures=True)
    with pytest.raises(HydeskError, match="没有归档"):
        issue_report(ledger, MONTHLY, JUNE)
    accept_report_text(ledger, MONTHLY, JUNE, own.key, now.basis, new_figures=False)
    assert said(compile_report(ledger, MONTHLY, JUNE), own.key).state is State.EDITED


def test_an_issue_keeps_its_text_and_each_annex_and_can_be_bound_later(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    key = issue_report(ledger, MONTHLY, JUNE).value.id
    annexes = open_issue(ledger, key).annexes
    body, apart, bound = (save_issue(ledger, key, tmp_path / name, ("pdf",), binding)
                          for name, binding in (("a", None), ("b", Binding.APART), ("c", Binding.BOUND)))
    assert len(body) == len(bound) == 1
    assert apart[0].read_bytes() == body[0].read_bytes()
    assert [p.suffix for p in apart[1:]] == [".pdf", ".xlsx"] * len(annexes)
    assert "附件1" in apart[1].name
    assert len(bound[0].read_bytes()) > len(body[0].read_bytes())
    sheet = issue_sheet(ledger, key).table
    assert sheet is not None
    assert [r.cells[0] for r in sheet.rows if str(r.cells[0]).startswith("附件1")] == ["附件1 PDF", "附件1 XLSX"]
