"""What stands above the text: title, masthead, addressees, and the opening that says when its figures are of."""

from __future__ import annotations

from hydesk.domain.measures.yardstick import Pace
from hydesk.reports.basis import Basis
from hydesk.reports.kinds import KINDS, Look, Manner, ReportKind
from hydesk.reports.model import Masthead
from hydesk.reports.prose import Paragraph
from hydesk.reports.words import clean, months, sentence

ALL_UNITS = "各县市区人民政府，各园区管委会，市直有关单位"
"""主送 of a 公文 to everybody."""


def title(basis: Basis) -> tuple[str, ...]:
    """The title, with the places where it may be broken over lines."""
    form, period = basis.form, basis.period
    about = clean(basis.subject) or form.whole
    if form.title:
        filled = form.title
        for mark, words in (("{报告期}", basis.period_label), ("{月份}", months(period.last_month)), ("{对象}", about)):
            filled = filled.replace(mark, words)
        return tuple(filled.split("|"))
    match basis.kind:
        case ReportKind.WEEKLY:
            return f"{period.label}{form.whole}", f"{form.subject}进展情况周报"
        case ReportKind.QUARTERLY | ReportKind.HALF_YEAR | ReportKind.YEARLY:
            return f"关于{basis.period_label}{form.whole}", f"{form.subject}推进情况的通报"
        case ReportKind.MONTHLY:
            return f"关于{period.year}年{months(period.last_month)}{form.whole}", f"{form.subject}推进情况的通报"
        case ReportKind.SUPERVISION:
            if basis.about_project:
                return f"关于督办{about}", f"{'' if about.endswith('项目') else '项目'}进度滞后的通知"
            return f"关于督办{about}", f"滞后{form.subject}的通知"
        case ReportKind.BOARDS:
            return f"关于公布{period.label}{form.whole}", f"{form.subject}红黄榜的通知"
        case ReportKind.LEADER:
            return (f"{about}联系{form.subject}情况（{period.label}）",)
        case ReportKind.UNIT:
            return (f"{about}{form.subject}情况（{period.label}）",)
        case ReportKind.PROJECT:
            return (about,)
    return (f"{about}{form.subject}{KINDS[basis.kind].label}（{period.label}）",)


def addressees(basis: Basis) -> str:
    """主送, which only a 公文 has."""
    form = basis.form
    if form.manner_of(basis.kind) is not Manner.OFFICIAL:
        return ""
    if form.to:
        return "、".join(form.to)
    if basis.kind is not ReportKind.SUPERVISION:
        return ALL_UNITS
    if basis.about_project and basis.projects:
        return clean(basis.projects[0].responsible_unit or basis.projects[0].unit)
    return clean(basis.subject)


def stem(basis: Basis) -> str:
    """What the files are called: 衡阳市重点建设项目月度通报, or the office's own name for it."""
    form = basis.form
    return form.name or f"{form.city}{form.subject}{basis.kind.label.removeprefix('项目')}"


def masthead(basis: Basis, scope: str) -> Masthead:
    """The head of a 公文 bears the office's name and the document's number, that of a 简报 its own name and 第N期."""
    form = basis.form
    document = KINDS[basis.kind].look is Look.DOCUMENT
    official = document and form.manner_of(basis.kind) is Manner.OFFICIAL
    draft = "草稿" if form.issue is None and document else ""
    return Masthead(
        name=form.name or (f"{form.office}文件" if official else stem(basis)),
        issue=form.numbered(basis.kind, basis.period.year) + (f"（{form.correction}）" if form.correction else ""),
        office=form.office,
        signer=form.signer,
        remark="，".join(x for x in (form.remark, draft, f"只统计{scope}的项目" if scope else "") if x),
        upward=official and form.upward,
        editor="" if official else form.editor,
    )


def opening(basis: Basis, scope: str) -> Paragraph:
    """What the report covers and as of when its figures are."""
    form, period, reach = basis.form, basis.period, basis.reach
    until = f"投资数据截至{reach.as_of.full_label}"
    if reach.nothing_in:
        until = f"{period.short_label}尚无单位报送，{until}"
    brief = form.manner_of(basis.kind) is Manner.BULLETIN
    if basis.kind is ReportKind.SUPERVISION:
        words = f"按照重点项目调度有关要求，现就{period.label}进度滞后的项目督办如下（{until}）。"
    elif basis.kind is ReportKind.BOARDS:
        words = f"现将{period.label}{form.whole}{form.subject}红黄榜公布如下（{until}）。"
    elif basis.kind is ReportKind.WEEKLY or not period.is_month:
        start, end = period.start, period.end
        by_day = "，时间进度按日计算" if not reach.shown.is_month and basis.yardstick.pace is Pace.BY_DAY else ""
        dates = f"{start.month}月{start.day}日至{end.month}月{end.day}日"
        words = (f"本期为{dates}的情况（{until}{by_day}）。" if brief
                 else f"现将{period.label}（{dates}）{form.whole}{form.subject}推进情况通报如下（{until}{by_day}）。")
    elif brief and basis.as_of is not None:
        words = f"本期{until}。"
    else:
        covered = f"{period.year}年{months(period.last_month)}" if basis.stretch is None else basis.period_label
        words = f"现将{covered}{form.whole}{form.subject}推进情况通报如下（{until}）。"
    if basis.as_of is None:
        words = words[: words.rindex("（")] + "。"
    said = [sentence(words, key="opening")]
    if scope:
        said.append(sentence(f"本文只统计{scope}的项目。", key="scope"))
    return Paragraph(tuple(said))
