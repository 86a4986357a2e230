"""归档单: one page the office prints and keeps of every issue, with the ledger's seal from just before it."""

from __future__ import annotations

from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import ReportIssueFile
from hydesk.domain.errors import HydeskError
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.services.acts.ledger_seal import read_mark
from hydesk.services.reports.archived_report import ANNEX_MARK, JSON, open_issue
from hydesk.services.reports.issue_report import list_issues
from hydesk.services.reports.print_notice import office_of, remark_of


def _file(form: str) -> str:
    """文件 PDF; of an annex 附件1 PDF."""
    name, mark, number = form.partition(ANNEX_MARK)
    return f"附件{number} {name.upper()}" if mark else f"文件 {name.upper()}"


def issue_sheet(ledger: Ledger, key: int) -> NoticePaper:
    """The sheet of the issue ``key``. Raises HydeskError where there is none."""
    issue = next((i for i in list_issues(ledger) if i.id == key), None)
    if issue is None:
        raise HydeskError("这份归档报告已撤销或不存在，请刷新列表")
    seal = read_mark(open_issue(ledger, key).seal)
    with ledger.read() as connection:
        files = connection.execute(select(ReportIssueFile.name, ReportIssueFile.format, ReportIssueFile.sha256).where(
            ReportIssueFile.issue_id == key).order_by(ReportIssueFile.id)).all()
    rows = (
        ("期号", issue.label), ("标题", issue.title), ("报告期", issue.period.label), ("对象", issue.subject or "全市"),
        *((("统计范围", f"只统计{issue.scope_words}的项目"),) if issue.scope else ()),
        ("归档时间", f"{issue.issued_at.astimezone():%Y-%m-%d %H:%M}"), ("归档人", issue.actor),
        *((_file(f.format), f"{f.name}　SHA-256 {f.sha256[:16]}…") for f in files if f.format != JSON),
        ("归档前台账的封签", seal.short if seal is not None else "（这一份归档时还没有封签）"))
    return NoticePaper(
        stem=f"归档单（{issue.label}）", title="报告归档单", number="", to="存档",
        body=("本单与报告同时打印，由归档人和审核人签字后另行保管，不放在存台账的电脑里。",),
        table=words_table("issue_sheet", (short_column("项目"), text_column("内容", 1.0)), rows),
        ending=("日后核对：运行 hydesk check --against 封签（或归档的 PDF、当时的备份）。归档以前的记录如被改动、删去，会显示与封签不同；"
                "归档以后的改动，这个封签看不出来。",),
        office=office_of(ledger), issued=issue.issued_at.astimezone().date(), signers=("归档人", "审核人"), remark=remark_of(ledger))
