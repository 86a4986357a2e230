"""联系领导项目清单: one leader's projects on a landscape page: done, what lags, what waits, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.measures.words import standing
from hydesk.domain.money import MoneyUnit, format_money, format_percent, rate
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notice import NoticePaper
from hydesk.services.pages.leaders import LeaderLine, LeadersPage, LedProject, leaders_page
from hydesk.services.reports.print_notice import of_scope, office_of, remark_of


def leader_sheet(ledger: Ledger, period: Period, name: str, scope: Scope = WHOLE, today: date | None = None) -> NoticePaper:
    """The sheet of the leader called ``name`` (or the one whose name alone holds it), by unit, over the projects of ``scope``.

    Raises HydeskError where nobody or several are called so.
    """
    page = leaders_page(ledger, period, scope, today)
    x = leader_called(page, name)
    title = f"联系领导项目清单（{x.name}）"
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.4),
        PrintColumn("plan", ("年度计划", "（万元）"), Align.RIGHT), PrintColumn("done", ("累计完成", "（万元）"), Align.RIGHT),
        PrintColumn("rate", ("完成率", "（%）"), Align.RIGHT), PrintColumn("lamp", ("进度",), Align.CENTER),
        PrintColumn("progress", ("形象进度",), Align.LEFT, weight=1.1), PrintColumn("problems", ("未销号的问题",), Align.LEFT, weight=1.1),
        PrintColumn("node", ("下一节点",), Align.LEFT, weight=0.8))
    table = PrintTable("leader", "", f"{period.label}，共{x.totals.count}个项目", columns, tuple(_rows(x)),
                       (f"注：{standing(page.reach)}",))
    paper = NoticePaper(f"联系领导项目清单（{x.name}，{period.label}）", title, "", "", (f"{period.label}，{leader_words(x)}。".replace(" ", ""),), table, (),
                        office_of(ledger), today or date.today(), remark=remark_of(ledger), wide=True)
    return of_scope(paper, scope)


def leader_called(page: LeadersPage, name: str) -> LeaderLine:
    """The leader of ``page`` called ``name``, or the only one whose name holds it. Raises HydeskError for none or several."""
    wanted = " ".join(name.split())
    found = [x for x in page.lines if x.name == wanted] or [x for x in page.lines if wanted in x.name]
    if len(found) == 1:
        return found[0]
    said = "、".join(x.name for x in (found or page.lines)[:12])
    raise HydeskError(f"“{wanted}”不止一位，请写全：{said}" if found else f"没有项目由“{wanted}”联系或包联，现有的是：{said or '（没有填）'}")


def leader_words(x: LeaderLine) -> str:
    """市级联系 49 个项目，年度计划 … 亿元，完成 … 亿元（…%）；滞后 …: a leader's figures in one line, without its full stop."""
    t, yi = x.totals, MoneyUnit.YI
    return (f"{'、'.join(x.roles)} {t.count} 个项目，年度计划 {format_money(t.annual_plan, yi, 2)} 亿元，完成 "
            f"{format_money(t.known('year_investment'), yi, 2)} 亿元（{format_percent(t.completion)}）；滞后 {x.lagging} 个，"
            f"未销号问题 {x.open_problems} 个（逾期 {x.late_problems}），逾期节点 {x.overdue_nodes} 个")


def node_words(p: LedProject) -> str:
    """逾期22天 设备安装; — where no node is left."""
    if p.next is None:
        return "—"
    days = p.next.days or 0
    return f"{'逾期' if days < 0 else ''}{abs(days)}天{'' if days < 0 else '后'} {p.next.node.shown}"


def _rows(x: LeaderLine) -> Sequence[PrintRow]:
    rows: list[PrintRow] = []
    number = 0
    for unit in dict.fromkeys(p.standing.unit for p in x.projects):
        own = [p for p in x.projects if p.standing.unit == unit]
        rows.append(PrintRow((f"{CONTROL.sub('', unit)}（{len(own)}个）",), PrintRowKind.GROUP))
        for p in own:
            number += 1
            s = p.standing
            rows.append(PrintRow(tuple(CONTROL.sub("", c) for c in (
                str(number), s.name, format_money(s.annual_plan), format_money(s.year_investment),
                format_percent(rate(s.year_investment, s.annual_plan), sign=False), p.lamp.label, s.progress_text or "—",
                "；".join(q.title or q.detail for q in p.problems) or "—", node_words(p)))))
    t = x.totals
    rows.append(PrintRow(("合计", f"{t.count}个", format_money(t.annual_plan), format_money(t.known("year_investment")),
                          format_percent(t.completion, sign=False), "", "", "", ""), PrintRowKind.TOTAL))
    return rows
