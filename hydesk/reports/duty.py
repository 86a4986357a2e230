"""滞后项目督办单: to one unit or about one project, what is behind, why, who answers, what is asked and by when."""

from __future__ import annotations

from hydesk.domain.meaning import Meaning
from hydesk.domain.money import rate, spread
from hydesk.reports import tables
from hydesk.reports.basis import Basis
from hydesk.reports.causes import causes
from hydesk.reports.duty_table import duty_table, leaders_of, needed, schedule_of
from hydesk.reports.facts import facts_table
from hydesk.reports.figures import Part
from hydesk.reports.model import Annex, Block, Section
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, money, percent, points, sentence, wan

ANSWER_DAYS = 7
"""A unit answers a 督办单 within this many days of the day printed on it, unless the office writes otherwise."""
_WHOLE = "rows:duty_lagging"


def duty_facts(basis: Basis) -> Section | None:
    """How far the project or the unit is, against 时间进度."""
    if basis.about_project:
        return Section("项目情况", _project(basis))
    t = basis.totals
    scope = f"unit:{basis.subject}"
    parts: list[Part | tuple[Part, ...]] = [
        f"截至{basis.reach.as_of.full_label}，{clean(basis.subject)}重点项目", count(t.count, f"{scope}.count"), "个"]
    if t.annual_plan:
        parts += ["，年度计划投资", money(t.annual_plan, f"{scope}.plan")]
    if t.completion is not None:
        parts += ["，完成投资", money(t.year_investment, f"{scope}.year"),
                  "，占年度计划的", percent(t.completion, f"{scope}.rate"), "%"]
    serious = sum(x.lamp.meaning is Meaning.SERIOUSLY_LAGGING for x in basis.lagging)
    grave: tuple[Part, ...] = ("（含严重滞后", count(serious, "duty.serious"), "个）") if serious else ()
    behind = sentence("其中滞后项目", count(len(basis.lagging), _WHOLE), "个", grave, "，见附件。", key="duty.count")
    if not basis.lagging:
        behind = sentence("目前没有滞后项目。", key="duty.count")
    words = [sentence(*parts, "。", key="duty.whole"), behind]
    return Section("滞后情况", (Paragraph((*words, *_wanting(basis))),))


def _wanting(basis: Basis) -> list[Sentence]:
    """What the lagging projects lack of the year's plan, and what that is a month."""
    items = [x.project for x in basis.lagging]
    left = sum(max((p.annual_plan or 0) - (p.year_investment or 0), 0) for p in items)
    if not left or not basis.months_left:
        return []
    monthly = sum(needed(p, basis.months_left) for p in items)
    return [sentence("滞后项目距年度计划还差", money(left, "duty.left"), f"，后{basis.months_left}个月每月需完成",
                     money(monthly, "total:duty_lagging.needed"), "。", key="duty.needed")]


def _project(basis: Basis) -> tuple[Block, ...]:
    p = basis.projects[0]
    scope = f"project:{p.id}"
    done = rate(p.year_investment, p.annual_plan)
    pairs = (
        ("编号", p.code), ("地区", clean(p.unit)), ("建设单位", clean(p.builder)), ("责任单位", clean(p.responsible_unit)),
        ("总投资", wan(p.total_investment, f"{scope}.total")), ("年度计划", wan(p.annual_plan, f"{scope}.plan")),
        (f"{basis.span}完成", wan(p.year_investment, f"{scope}.year")), ("完成率（%）", percent(done, f"{scope}.rate")),
    )
    leaders = leaders_of(basis)
    wide = (("联系领导", leaders.get(p.id) or "未明确"), ("倒排工期", schedule_of(basis).get(p.id) or "没有节点计划，请在回复中填报"))
    lamp = basis.lamps[p.id]
    words: list[Sentence] = [sentence(f"该项目列为{lamp.word}：{lamp.reason}。", key="duty.lamp")]
    by = basis.yardstick
    gap, due = by.shown_gap(p), by.due_share(p)
    if gap is not None and gap < 0 and by.against(p) not in lamp.reason:
        words.append(sentence(f"比{by.against(p)}（", percent(due, f"{scope}.{'due' if by.against(p) != '时间进度' else 'time_progress'}"), "%）落后",
                              points(-gap, f"{scope}.behind"), "个百分点。", key="duty.behind"))
    lack = max((p.annual_plan or 0) - (p.year_investment or 0), 0)
    if lack and basis.months_left:
        words.append(sentence("距年度计划还差", money(lack, f"{scope}.left"), f"，后{basis.months_left}个月每月需完成",
                              money(spread(lack, basis.months_left), f"{scope}.needed"), "。", key="duty.needed"))
    return (Paragraph(tuple(words)), facts_table("duty_facts", "", pairs, wide, unit=tables.UNIT))


def duty_causes(basis: Basis) -> Section | None:
    """The causes as the unit gave them."""
    if basis.about_project:
        p = basis.projects[0]
        cause = clean(p.problem_text) if basis.says(p.problem_text) else ""
        text = sentence(f"反映的原因：{cause.rstrip('。')}。", key="duty.cause") if cause else sentence(
            "报表中没有说明滞后原因，请在回复中写明。", key="duty.cause")
        return Section("滞后原因", (Paragraph((text,)),))
    if not basis.lagging:
        return None
    ending = "；未说明原因的，请逐个查明并在回复中写明"
    return Section("滞后原因", (Paragraph((causes(basis.lagging, _WHOLE, "duty.cause", ending),)),))


def duty_demands(basis: Basis) -> Section | None:
    """What is asked, by whom, until when; nothing where nothing lags."""
    if not basis.about_project and not basis.lagging:
        return None
    who = clean(basis.projects[0].responsible_unit or basis.projects[0].unit) if basis.about_project else clean(basis.subject)
    place = "上表" if basis.about_project else "附件"
    demands = (
        ("倒排工期。", sentence(f"请{who}逐项列出滞后环节，对照{place}的节点和每月需完成投资倒排工期，明确每个节点的完成时间和责任人。",
                            key="duty.schedule")),
        ("落实责任。", sentence("由联系领导牵头调度，每周反馈一次进展，需要市级协调的事项一并报来。", key="duty.people")),
        ("限期回复。", sentence(f"请自本单印发之日起{ANSWER_DAYS}日内将整改措施书面报送{basis.form.office}，"
                           "整改到位后申请销号；逾期未回复的予以通报。", key="duty.answer")),
    )
    return Section("督办要求", tuple(
        Paragraph((text,), f"（{mark}）{lead}") for mark, (lead, text) in zip("一二三", demands, strict=True)))


def duty_annex(basis: Basis, label: str) -> Annex | None:
    """The unit's lagging projects with leader, monthly need and schedule; none for a single project."""
    if basis.about_project or not basis.lagging:
        return None
    return Annex(label, duty_table(basis, label))
