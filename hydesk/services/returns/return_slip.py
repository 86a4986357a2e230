"""The slip that goes with a return sent back (退回单): sheet, cell, the county's words, what is expected, what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.periods import Period
from hydesk.domain.return_states import RECEIVED
from hydesk.domain.telephones import without_numbers
from hydesk.domain.understanding import ReadRow, ReadSheet
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.services.reports.print_notice import office_of, print_notice, remark_of
from hydesk.services.returns.keep_received import read_received
from hydesk.services.returns.list_returns import list_returns, return_detail
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.send_back_return import in_question

PRIVATE = frozenset({Field.CONTACT, Field.PHONE})
"""What is never printed of a return."""
WHOLE = "整份报表"

_EXPECTED: tuple[tuple[str, str], ...] = (
    (r"应为 ([\d,.]+) 万元", r"\1 万元"),
    (r"比上期的 ([\d,.]+) 万元少", r"不小于 \1 万元"),
    (r"超过总投资 ([\d,.]+) 万元", r"不超过 \1 万元"),
    (r"(?:逐行|所属各行)相加为 ([\d,.]+) 万元", r"\1 万元"),
    (r"比年初至本月累计 ([\d,.]+) 万元还多", r"不大于 \1 万元"),
    (r"台账为 ([\d,.]+) 万元", r"\1 万元（台账）"),
    (r"台账已于\d+月\d+日改为 ([\d,.]+)万元", r"\1 万元（台账）"),
    (r"实际读到 (\d+) 个", r"\1 个"),
    (r"与台账的“([^”]+)”", r"\1"),
    (r"编号对应(?:台账的)?“([^”]+)”", r"\1"),
)
"""What a message says would be right."""
_BY_CODE = {
    "negative": "不小于 0", "blank_key": "补填，没有新增填 0", "text_in_number": "数字", "error_value": "数字",
    "formula_without_result": "数字", "value_from_words": "确切数字", "duplicate": "每个项目只报一行",
    "unknown_project": "清单内项目的名称", "foreign_project": "本单位的项目", "copied_month": "本月实际完成数",
}
_TODO = {
    "error_value": "请改正公式后重填", "text_in_number": "请改填数字", "formula_without_result": "请打开原表保存一次后重报",
    "unknown_project": "请改用清单里的项目名称；新项目请另行报告", "foreign_project": "请核对是否报错，不属本单位的请删去",
    "duplicate": "请核实，只留一行", "duplicate_differs": "请说明以哪一行为准", "name_near": "请确认是否同一项目",
    "name_differs": "请确认是否同一项目", "total_changed": "确有调整请书面说明，否则请改正",
    "plan_changed": "确有调整请书面说明，否则请改正", "before_changed": "确有调整请书面说明，否则请改正",
    "missing_projects": "请补报", "column_unclear": "请在表头写明是哪一种", "column_unknown": "请在表头写明是什么数",
    "column_without_head": "请补写表头", "unit_unknown": "请在表上写明金额单位", "unit_conflict": "请核对金额单位",
    "value_from_words": "请改填确切数字", "row_without_name": "请补填项目名称", "sent_back_before": "请按上次退回意见修改后重报",
    "no_sheet": "请报送本期的项目进度表", "unreadable": "请另存为 Excel 工作簿后重报", "sheet_unread": "请按填报模板整理这张表",
    "ledger_edited": "请核实以哪个数为准", "month_over_year": "请核实本月数和累计数，两格填反的请换过来",
    "return_copied": "请报送本月的数", "columns_swapped": "请核对两列，填反的请换过来", "several_rows": "请改为一个项目一行", "near_but_other": "请写清单里的项目名称",
    "date_impossible": "请改填正确的日期", "start_to_come": "请写明是实际还是计划",
    "column_of_words": "请另填数字", "column_of_rates": "请核对是否填错了列", "foreign_currency": "请按人民币重填",
    "since_start_unchecked": "请核对开工累计", "rate_differs": "请核对完成率和所除的两个数", "month_leaps": "请核对是否多写了一位",
    "several_projects": "请一个项目一行", "format_scale": "请把数字格式改为常规，直接填数",
}
"""What the unit is asked to do, where the finding's own words are for the clerk."""
_SIZE_OF_TOTAL = re.compile(r"上期累计 ([\d,.]+) ＋ 本月 ([\d,.]+) ≠")


@dataclass(frozen=True, slots=True)
class SlipItem:
    """One thing to mend (``must``) or to confirm."""

    must: bool
    sheet: str
    cell: str
    """H7, or 第7行, H列; empty for the whole workbook."""
    project: str
    """The project as the county wrote it."""
    column: str
    """The column's head in the county's words."""
    words: str
    """What stood in the cell, as written."""
    problem: str
    expected: str
    """What would be right, as far as it can be told."""
    todo: str


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """All that is asked of one unit about one return. ``number`` is empty for one not sent back yet."""

    number: str
    unit: str
    file: str
    period: Period
    received: date
    issued: date
    items: tuple[SlipItem, ...]
    note: str
    office: str
    remark: str = ""

    @property
    def musts(self) -> int:
        """How many places must be mended."""
        return sum(i.must for i in self.items)


def return_slip(ledger: Ledger, import_id: int, today: date | None = None) -> ReturnSlip:
    """The slip of a return that is kept, issued ``today``. Raises HydeskError where there is none."""
    detail = return_detail(ledger, import_id)
    s = detail.summary
    rows: Sequence[ReadRow] = detail.rows
    if s.status == RECEIVED and s.superseded_by is None and not s.undone:
        rows = read_received(ledger, import_id).understanding.rows
    asked = sorted((f for f in detail.findings if f.level is not Level.NOTE), key=lambda f: f.level is not Level.ERROR)
    period = s.period or Period.month(s.received_at.year, s.received_at.month)
    same = [r.received_at for r in list_returns(ledger, s.period, waiting=True) if r.sha256 == s.sha256 and not r.undone]
    return ReturnSlip(
        f"〔{s.received_at.year}〕退{import_id}号", s.unit or "报送单位", without_numbers(s.file), period,
        min(same, default=s.received_at).date(), today or date.today(),
        _items(asked, detail.sheets, rows), s.note, office_of(ledger), remark_of(ledger))


def draft_slip(
    ledger: Ledger, draft: ReturnDraft, findings: Sequence[Finding] | None = None, note: str = "",
    today: date | None = None,
) -> ReturnSlip:
    """The slip of a return not sent back yet, with ``findings`` (None: its errors and warnings)."""
    asked = tuple(findings) if findings is not None else in_question(draft)
    u = draft.understanding
    today = today or date.today()
    return ReturnSlip("", u.unit or "报送单位", without_numbers(draft.name), draft.period, today, today,
                      _items(asked, u.sheets, u.rows), note.strip(), office_of(ledger), remark_of(ledger))


def _items(
    findings: Sequence[Finding], sheets: Sequence[ReadSheet], rows: Sequence[ReadRow]
) -> tuple[SlipItem, ...]:
    heads = {(s.name, c.letter): c.header for s in sheets for c in s.columns}
    by_place = {(r.sheet, r.row): r for r in rows}
    return tuple(_item(f, heads, by_place) for f in findings)


def _item(f: Finding, heads: dict[tuple[str, str], str], rows: dict[tuple[str, int], ReadRow]) -> SlipItem:
    row = rows.get((f.sheet or "", f.row or 0))
    letter = re.sub(r"\d", "", f.cell or "") or f.column or ""
    words = ""
    if row is not None:
        words = row.words.get(f.field, "") if f.field is not None else ""
        words = row.name if f.field is Field.NAME else words
    where = f.cell or (f"第{f.file_row}行" if f.row else f"{f.column}列" if f.column else "")
    problem, todo = _split(f)
    head = heads.get((f.sheet or "", letter), f.field.label if f.field is not None else "")
    # A telephone number is private wherever it was put, not only in its own column.
    name, head, words, problem, expected, todo = map(without_numbers, (
        row.name if row is not None else "", head, "" if f.field in PRIVATE else words, problem, _expected(f), todo))
    return SlipItem(f.level is Level.ERROR, without_numbers(f.sheet or WHOLE), where, name, head, words, problem, expected, todo)


def said_to_unit(f: Finding) -> Finding:
    """``f`` in words for the unit: what is wrong, what would be right, what it is asked to do; the place left off."""
    problem, todo = _split(f)
    expected = _expected(f)
    right = f"应为：{expected}。" if expected and expected not in problem else ""
    return replace(f, message=without_numbers(f"{problem}。{right}{todo}。"))


def _split(f: Finding) -> tuple[str, str]:
    """What is wrong and what to do, without the place, which has columns of its own."""
    words = re.sub(r"^表“[^”]*”(?:[A-Z]+\d*列?|第\d+行)?[：，]?", "", f.message)
    at = max(words.rfind("。请"), words.rfind("，请"), words.rfind("。如"))
    todo = _TODO.get(f.code)
    if at < 0:
        return words.rstrip("。"), todo or "请核实"
    return words[:at].rstrip("，。"), todo or words[at + 1:].rstrip("。")


def _expected(f: Finding) -> str:
    if f.suggestion is not None:
        return f"{format_money(f.suggestion, MoneyUnit.WAN)} 万元"
    if m := _SIZE_OF_TOTAL.search(f.message):
        return f"{sum(Decimal(x.replace(',', '')) for x in m.groups()):,} 万元"
    for pattern, shown in _EXPECTED:
        if m := re.search(pattern, f.message):
            return m.expand(shown)
    return _BY_CODE.get(f.code, "")


def slip_text(slip: ReturnSlip) -> str:
    """The slip as plain text for WeChat or QQ."""
    return _notice(slip).message


def print_slip(slip: ReturnSlip, out: Path, formats: Sequence[str] = ("pdf", "docx", "txt")) -> list[Path]:
    """Write the slip into the folder ``out``: A4, with number, date and room to sign.

    Raises HydeskError for an unknown format and a folder or file that cannot be written.
    """
    return print_notice(_notice(slip), out, formats)


def _opening(slip: ReturnSlip) -> str:
    asked = len(slip.items) - slip.musts
    counts = [f"{slip.musts}处需要改正"] if slip.musts else []
    counts += [f"{asked}处需要确认"] if asked else []
    day = f"{slip.received.month}月{slip.received.day}日"
    found = f"经核对，有{'、'.join(counts)}，现退回修改。" if counts else "现退回修改。"
    return f"你单位{day}报来的{slip.period.label}重点建设项目报表（{slip.file}）收悉。{found}"


def _notice(slip: ReturnSlip) -> NoticePaper:
    rows = tuple(
        (str(n), "改正" if i.must else "确认", f"{i.sheet} {i.cell}" if i.cell else i.sheet,
         "：".join(x for x in (i.project, i.column) if x), i.words or "—", i.problem, i.expected or "—", i.todo)
        for n, i in enumerate(slip.items, 1))
    columns = (
        short_column("序号"), short_column("要求"), text_column("表和单元格", 1.3), text_column("项目和栏目", 2.0),
        text_column("原填内容", 1.2), text_column("问题", 2.6), text_column("应为", 1.6), text_column("请这样处理", 1.4))
    ending = ("请在原表上改好后尽快重报，其余内容不要改动。有疑问的格子已在随附的原表上标出。",)
    return NoticePaper(
        stem=f"{slip.unit}{slip.period.label}报表退回单", title="重点建设项目报表退回单",
        number=f"编号：{slip.number}" if slip.number else "", to=slip.unit,
        body=(_opening(slip), *((f"退回意见：{slip.note}",) if slip.note else ())),
        table=words_table("slip", columns, rows) if rows else None, ending=ending, office=slip.office,
        issued=slip.issued, signers=("经办人", "审核人", "填报单位签收"), remark=slip.remark, text=_text(slip), wide=True)


def _text(slip: ReturnSlip) -> str:
    lines = [f"【报表退回】{slip.unit}{slip.period.label}" + (f"（{slip.number}）" if slip.number else ""), _opening(slip)]
    if slip.note:
        lines.append(f"退回意见：{slip.note}")
    for number, i in enumerate(slip.items, 1):
        where = f"表“{i.sheet}”{i.cell}" if i.sheet != WHOLE else WHOLE
        about = "·".join(x for x in (i.project, i.column) if x)
        said = f"原填“{i.words}”。" if i.words and i.words not in i.problem else ""
        expected = f"应为：{i.expected}。" if i.expected and i.expected not in i.problem else ""
        lines.append(f"{number}. 〔{'改正' if i.must else '确认'}〕{where}{f'（{about}）' if about else ''}：{said}"
                     f"{i.problem}。{expected}{i.todo}。")
    lines.append("请在原表上改好后尽快重报，其余内容不要改动。")
    lines += [slip.office, f"{slip.issued.year}年{slip.issued.month}月{slip.issued.day}日"]
    return "\n".join(lines)


