"""What a report says otherwise than the issue before it."""

from __future__ import annotations

from decimal import Decimal

from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.figures import Figure
from hydesk.reports.model import Report
from hydesk.reports.since_last import ReportChange, ReportChangeKind, changes_since
from hydesk.reports.texts import SentenceEdit, editable, lay_over
from tests.reports.made import YI, report_of, standing

MAY = Period.month(2023, 5)


def projects(*more: ProjectStanding) -> tuple[ProjectStanding, ...]:
    return (standing(1, year_investment=YI), standing(2, year_investment=2_000_000, problem_text="征地未完成"),
            *(standing(n) for n in (3, 4)), *more)


def of(kind: ReportChangeKind, old: Report, new: Report) -> list[ReportChange]:
    return [c for c in changes_since(old, new) if c.kind is kind]


def test_a_report_says_nothing_new_beside_itself() -> None:
    assert changes_since(report_of(*projects()), report_of(*projects())) == ()


def test_figures_of_the_text_are_told_once_with_their_exact_difference() -> None:
    old, new = report_of(*projects()), report_of(*projects(standing(5, year_investment=3 * YI, annual_plan=4 * YI)))
    told = of(ReportChangeKind.FIGURE, old, new)
    before, after = ({f.key: f for f in r.figures() if f.key} for r in (old, new))
    plan = next(c for c in told if c.about == "年度计划投资")
    assert (plan.was, plan.now, plan.by) == ("4亿元", "8亿元", "+4")
    done = next(c for c in told if c.about == "1-6月完成投资")
    assert done.find in {e.sentence.text for e in editable(new)}
    assert Decimal(done.by) == (Decimal(after["all.year"].raw or 0) - Decimal(before["all.year"].raw or 0)) / YI
    assert len(told) == len({(c.about, c.was, c.now) for c in told})
    wanted = {f.text for e in editable(new) for f in e.sentence.parts if isinstance(f, Figure) and f.key in before and before[f.key].raw != f.raw}
    assert {t for t in wanted if not any(c.now.startswith(t) for c in told)} == set()


def test_a_difference_is_that_of_the_two_figures_as_printed() -> None:
    """53.444 % and 53.456 % print as 53.44 and 53.46: 0.02 apart on paper, 0.012 exactly."""
    old, new = (report_of(standing(1, annual_plan=100_000 * YI, year_investment=done * YI)) for done in (53_444, 53_456))
    rate = next(c for c in of(ReportChangeKind.FIGURE, old, new) if c.was == "53.44%")
    assert (rate.now, rate.by) == ("53.46%", "+0.02")


def test_sentences_are_told_where_their_words_differ_and_not_where_figures_moved() -> None:
    old, new = report_of(*projects()), report_of(*projects(standing(5, year_investment=3 * YI, annual_plan=4 * YI)))
    opening = next(e for e in editable(new))
    assert all(c.find != opening.sentence.text for c in of(ReportChangeKind.SENTENCE, old, new))
    key = "overall.whole"
    own = next(e.sentence for e in editable(new) if e.sentence.key == key)
    edited = lay_over(new, {key: SentenceEdit("总的看，" + own.text, own.basis)})
    assert [c.now for c in of(ReportChangeKind.SENTENCE, new, edited)] == ["总的看，" + own.text]
    gone = lay_over(new, {key: SentenceEdit("", own.basis)})
    assert [(c.was, c.now) for c in of(ReportChangeKind.SENTENCE, new, gone)] == [(own.text, "")]


def test_projects_are_told_by_the_lists_that_hold_all_of_them() -> None:
    late = [standing(n, year_investment=0, problem_text="资金未到位") for n in (6, 7)]
    told = of(ReportChangeKind.PROJECT, report_of(*projects(late[0])), report_of(*projects(late[1])))
    assert {(c.about, c.was, c.now) for c in told if c.about in ("清单", "滞后项目", "存在问题")} == {
        (about, *pair) for about in ("清单", "滞后项目", "存在问题") for pair in (("第6号项目", ""), ("", "第7号项目"))}
