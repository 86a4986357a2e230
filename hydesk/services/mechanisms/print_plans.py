"""The yearly evaluation of the plans' targets and the assessment of units, as papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.assessment import Scored, rule_sentence
from hydesk.domain.periods import Period
from hydesk.domain.register_words import plain_number, score_words
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.targets import Way, path_of
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notice import NoticePaper
from hydesk.services.mechanisms.assess_city import SCOPE, assess_city
from hydesk.services.mechanisms.assess_units import assess_units
from hydesk.services.mechanisms.major_projects import plan_projects_said
from hydesk.services.mechanisms.plan_standings import PlanStanding, plan_standings
from hydesk.services.reports.print_notice import office_of, remark_of


def plan_words(one: PlanStanding) -> tuple[str, str, str, str]:
    """Target, needed by now, latest value and how far apart, as they are read."""
    t, s = one.target, one.standing
    year = f"{t.year}年" if t.year else ""
    latest = f"{plain_number(t.latest)}（{t.latest_year}）" if t.latest is not None else "—"
    if s.mean is not None:
        latest = f"年均{plain_number(s.mean)}（{s.years}）"
    needed = plain_number(s.needed) if s.needed is not None else "—"
    gap = f"{'+' if s.gap > 0 else ''}{plain_number(s.gap)}" if s.gap is not None else "—"
    return f"{year}{t.kind.value.removesuffix('个数')}{plain_number(t.value)}{one.measure}", needed, latest, gap


def plans_notice(ledger: Ledger, period: Period, today: date | None = None) -> NoticePaper:
    """规划实施年度监测评估: every target with the value needed, the value reached and how it stands, by plan."""
    standings = plan_standings(ledger, period)
    counts = Counter(p.standing.way for p in standings)
    columns = (PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("指标",), Align.LEFT, weight=1.3),
               PrintColumn("unit", ("责任单位",), Align.LEFT, weight=0.9), PrintColumn("target", ("目标",), Align.LEFT, weight=0.9),
               PrintColumn("needed", ("应达到",), Align.RIGHT), PrintColumn("latest", ("实际",), Align.RIGHT),
               PrintColumn("gap", ("差",), Align.RIGHT), PrintColumn("way", ("评估",), Align.CENTER))
    rows: list[PrintRow] = []
    plan = None
    for i, p in enumerate(standings, 1):
        if p.plan != plan:
            plan = p.plan
            rows.append(PrintRow((CONTROL.sub("", p.plan),), PrintRowKind.GROUP))
        target, needed, latest, gap = plan_words(p)
        rows.append(PrintRow(tuple(CONTROL.sub("", c) for c in (
            str(i), p.indicator, p.unit or "—", target, needed, latest, gap, p.standing.way.label))))
        if said := _year_by_year(p):
            rows.append(PrintRow(("逐年", CONTROL.sub("", said), *[""] * (len(columns) - 2)), PrintRowKind.WIDE))
    lines = (f"共监测{len(standings)}项指标：已达到{counts[Way.REACHED]}项，进度正常{counts[Way.ON_PATH]}项，"
            f"落后{counts[Way.BEHIND]}项，数据不足{counts[Way.UNKNOWN]}项。{_behind_said(standings)}",
            plan_projects_said(ledger, period))
    body = tuple(line for line in lines if line)
    table = PrintTable("plans", "", "", columns, tuple(rows), ("注：规划只定终期目标的，应达到的值按逐年均匀推进计算",)) if rows else None
    return NoticePaper(f"规划实施监测评估（{period.year}年）", f"{period.year}年规划实施监测评估", "", "", body, table, (), office_of(ledger),
                  today or date.today(), remark=remark_of(ledger), wide=True)


def _year_by_year(one: PlanStanding) -> str:
    """The years known, needed and actual; nothing where only one is known."""
    points = [p for p in path_of(one.target) if p.actual is not None]
    if len(points) < 2:
        return ""
    return "；".join(f"{p.year}年应达到{plain_number(p.needed)}、实际{plain_number(p.actual)}" if p.needed is not None
                    else f"{p.year}年{plain_number(p.actual)}" for p in points if p.actual is not None)


def _behind_said(standings: Sequence[PlanStanding]) -> str:
    """Which units are behind with how many, the most first."""
    late = Counter(p.unit or "未明确责任单位" for p in standings if p.standing.way is Way.BEHIND)
    return f"落后的责任单位：{'、'.join(f'{u}（{n}项）' for u, n in late.most_common())}。" if late else ""


def assessment_notice(
    ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None, *, reasons: bool = True,
) -> NoticePaper:
    """The units' scores by rule and, below each, the sentence that every score comes from."""
    scored = assess_units(ledger, period, today=today, scope=scope)
    return scores_paper(ledger, period, scored, today or date.today(), reasons=reasons)


def scores_paper(ledger: Ledger, period: Period, scored: Sequence[Scored], on: date, *, reasons: bool) -> NoticePaper:
    """As ``assessment_notice``, for scores that were worked out."""
    rules = [x.rule for x in scored[0].lines] if scored else []
    columns = [PrintColumn("place", ("名次",), Align.CENTER), PrintColumn("unit", ("单位",), Align.LEFT, weight=1)]
    columns += [PrintColumn(r.key, (r.title, f"（{plain_number(r.points)}分）"), Align.RIGHT) for r in rules]
    columns += [PrintColumn("adjusted", ("申诉调整",), Align.RIGHT), PrintColumn("total", ("总分",), Align.RIGHT)]
    rows = []
    for s in scored:
        rows.append(PrintRow((str(s.place or "—"), CONTROL.sub("", s.unit), *(score_words(x.points) for x in s.lines),
                         score_words(s.adjusted) if s.adjusted else "—", score_words(s.total))))
        if reasons:
            said = "；".join(f"{x.rule.title}：{x.reason}" for x in s.lines) + (f"；{s.adjustment}" if s.adjustment else "")
            said += f"；{s.raised}" if s.raised else ""
            rows.append(PrintRow(("说明", CONTROL.sub("", said), *[""] * (len(columns) - 2)), PrintRowKind.WIDE))
    table = PrintTable("scores", "", "", tuple(columns), tuple(rows))
    return NoticePaper(f"重点项目建设考核（{period.label}）", f"{period.year}年重点项目建设考核得分（{period.label}）", "", "", (),
                  table if rows else None, (), office_of(ledger), on, remark=remark_of(ledger), wide=True)


def city_notice(ledger: Ledger, period: Period, today: date | None = None) -> NoticePaper:
    """The city's own evaluation by the province's rules: every line with its points and the figures it comes from."""
    made = assess_city(ledger, period, today=today)
    scored = made.scored
    columns = (PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("title", ("评价事项",), Align.LEFT, weight=0.8),
               PrintColumn("full", ("满分",), Align.RIGHT), PrintColumn("points", ("得分",), Align.RIGHT),
               PrintColumn("lost", ("失分",), Align.RIGHT), PrintColumn("reason", ("依据",), Align.LEFT, weight=2.4))
    rows = [PrintRow((str(i), CONTROL.sub("", x.rule.title), plain_number(x.rule.points), score_words(x.points),
                 score_words(x.lost), CONTROL.sub("", x.reason))) for i, x in enumerate(scored.lines, 1)]
    if scored.adjusted:
        rows.append(PrintRow(("", "申诉调整", "—", score_words(scored.adjusted), "—", CONTROL.sub("", scored.adjustment))))
    full = scored.whole
    rows.append(PrintRow(("", "合计", plain_number(full), score_words(scored.total), score_words(scored.lost), scored.raised), PrintRowKind.TOTAL))
    notes = (f"注：评价范围为{SCOPE}；评价规则：{'；'.join(rule_sentence(x.rule) for x in scored.lines)}",)
    body = (f"按省重点建设项目完成情况综合评价规则自评，{scored.unit}得{plain_number(scored.total)}分（满分{plain_number(full)}分"
            f"{'，' + scored.raised if scored.raised else ''}）。评价范围为{SCOPE}{made.projects}个。"
            "数字取自项目台账，最终得分以省公布为准。",)
    return NoticePaper(f"省对市综合评价自评（{period.label}）", f"{period.year}年省重点建设项目完成情况综合评价自评（{period.label}）", "", "", body,
                  PrintTable("city", "", period.label, columns, tuple(rows), notes), (), office_of(ledger), today or date.today(),
                  remark=remark_of(ledger), wide=True)
