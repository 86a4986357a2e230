"""规模榜单, 红黄榜, 军令状 and 年终总账 as papers; the lists of the month as one page for the office's site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.board_words import RED, YELLOW
from hydesk.domain.errors import HydeskError
from hydesk.domain.money import format_percent, round_half_up
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import RED_YELLOW
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.services.mechanisms.scale_lists import ScaleList, scale_lists
from hydesk.services.mechanisms.settle_promises import Promise, kept_share, promise_state, settle_promises
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.look_at_register import look_at_register
from hydesk.services.reports.print_notice import office_of, remark_of
from hydesk.services.standings.read_scope import within


def scale_notice(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> NoticePaper:
    """Every list of the month under one head: places, figures, places gained and lost."""
    columns = (PrintColumn("place", ("位次",), Align.CENTER), PrintColumn("unit", ("单位",), Align.LEFT, weight=1),
               PrintColumn("value", ("数值",), Align.RIGHT), PrintColumn("moved", ("较上月",), Align.CENTER))
    rows: list[PrintRow] = []
    lists = scale_lists(ledger, period, scope)
    for one in lists:
        rows.append(PrintRow((f"{one.title}（{one.measure}）",), PrintRowKind.GROUP))
        rows += [PrintRow((str(x.place or "—"), CONTROL.sub("", x.unit), x.shown, x.moved)) for x in one.lines]
    notes = tuple(f"注：{x.title}：{x.definition}" + (f"。{x.note}" if x.note else "") for x in lists)
    table = PrintTable("scale", "", period.label, columns, tuple(rows), notes)
    return NoticePaper(f"规模榜单（{period.label}）", f"重点项目规模榜单（{period.label}）", "", "", (), table, (), office_of(ledger),
                  today or date.today(), remark=remark_of(ledger))


def publish_lists(ledger: Ledger, period: Period, path: Path, scope: Scope = WHOLE, today: date | None = None) -> None:
    """Write the lists as one HTML file that needs nothing else. Raises HydeskError where it cannot be written."""
    remark = remark_of(ledger)
    parts = [_list_html(x) for x in scale_lists(ledger, period, scope)]
    said = f"<p class='note'>统计范围：只统计{escape(scope.words)}的项目</p>" if scope.narrowed else ""
    title = escape(f"重点项目规模榜单（{period.label}）")
    page = _PAGE.format(title=title, remark=(f"<p class='remark'>{escape(remark)}</p>" if remark else "") + said,
                        lists="\n".join(parts), office=escape(office_of(ledger)), day=(today or date.today()).isoformat())
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as e:
        raise HydeskError(f"“{path}”写不了，可能没有权限，或这份文件正开着；请关闭它或换一个位置") from e


def _list_html(one: ScaleList) -> str:
    rows = "".join(f"<tr><td class='c'>{x.place or '—'}</td><td>{escape(x.unit)}</td><td class='n'>{escape(x.shown)}</td>"
                   f"<td class='c'>{escape(x.moved)}</td></tr>" for x in one.lines)
    return (f"<section><h2>{escape(one.title)}</h2><table><thead><tr><th>位次</th><th>单位</th><th>{escape(one.measure)}</th>"
            f"<th>较上月</th></tr></thead><tbody>{rows}</tbody></table><p class='note'>口径：{escape(one.definition + ('。' + one.note if one.note else ''))}</p></section>")


_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body{{font-family:"Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1E2329;background:#F6F7F9;margin:0 auto;max-width:1080px;padding:24px}}
h1{{font-size:24px;text-align:center}}h2{{font-size:16px;margin:0 0 8px}}.remark{{color:#B42318;text-align:center}}
main{{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:16px}}
section{{background:#fff;border:1px solid #E2E5EA;border-radius:6px;padding:16px}}
table{{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}}
th,td{{border-bottom:1px solid #E2E5EA;padding:4px 6px;text-align:left;font-size:14px}}.n{{text-align:right}}.c{{text-align:center}}
.note,footer{{color:#5B6470;font-size:12px}}footer{{text-align:right;margin-top:16px}}
@media print{{body{{background:#fff;max-width:none}}section{{break-inside:avoid}}}}
</style></head><body><h1>{title}</h1>{remark}<main>
{lists}
</main><footer>{office}　{day}</footer></body></html>
"""


def boards_notice(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> NoticePaper:
    """红榜 and 黄榜 as they were made public for ``period``; the projects of ``scope`` on them."""
    wanted = within(ledger, period, scope)
    rows: list[PrintRow] = []
    many = {RED: 0, YELLOW: 0}
    register_id = register_called(ledger, RED_YELLOW)
    if register_id is not None:
        sheet = look_at_register(ledger, register_id, period)
        fields = {f.key: f for f in sheet.definition.fields}
        for board in (RED, YELLOW):
            own = [r for r in sheet.records if r.values.get("list") == board and r.values.get("month") == str(period)
                   and (wanted is None or str(r.values.get("project") or "") in wanted.codes)]
            many[board] = len(own)
            rows += [PrintRow((f"{board}{len(own)}个",), PrintRowKind.GROUP)] if own else []
            for i, r in enumerate(own, 1):
                cells = [sheet.text(fields[k], r) or "—" for k in ("project", "unit", "rate", "reason", "state")]
                cells[2] = _two_places(cells[2])
                rows.append(PrintRow((str(i), *(CONTROL.sub("", c) for c in cells))))
    columns = (PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目",), Align.LEFT, weight=1.2),
               PrintColumn("unit", ("单位",), Align.CENTER), PrintColumn("rate", ("完成率", "（%）"), Align.RIGHT),
               PrintColumn("reason", ("上榜原因",), Align.LEFT, weight=1.5), PrintColumn("state", ("整改情况",), Align.CENTER))
    if not rows:
        raise HydeskError(f"{period.label}公布的红黄榜里没有{scope.words}的项目" if scope.narrowed else f"{period.label}还没有公布红黄榜，请先选择建议上榜的项目公布")
    table = PrintTable("boards", "", period.label, columns, tuple(rows), ("注：红榜为表扬，黄榜为进度滞后；黄榜项目整改到位后出榜",))
    body = (f"现将{period.label}重点项目红黄榜公布如下：{'，'.join(f'{board}{n}个' for board, n in many.items() if n)}。",)
    ending = ("黄榜项目的责任单位要对照上榜原因倒排工期、限期整改；整改到位并经核实的，予以出榜。",) if many[YELLOW] else ()
    return NoticePaper(f"红黄榜（{period.label}）", f"关于公布{period.label}重点项目红黄榜的通知", "", "", body, table, ending, office_of(ledger),
                  today or date.today(), remark=remark_of(ledger))


def _two_places(text: str) -> str:
    """A rate as papers print it; words stay words."""
    try:
        return f"{round_half_up(Decimal(text), 2):.2f}"
    except ArithmeticError:
        return text


def _promise_table(promises: Sequence[Promise], names: dict[str, str], *, settled: bool) -> PrintTable:
    columns = [short_column("序号"), text_column("单位和项目", 1.2), text_column("承诺事项", 0.8), text_column("承诺", 0.8),
               short_column("期限")]
    if settled:
        columns += [text_column("兑现", 0.8), short_column("情况")]
    rows = []
    for i, p in enumerate(promises, 1):
        name = names.get(p.project, "")
        cells = [str(i), f"{p.unit}　{name}" if name else p.unit, p.about, p.promised, str(p.due or "—")]
        rows.append(tuple(cells + ([p.delivered, promise_state(p)] if settled else [])))
    return words_table("promises", tuple(columns), tuple(rows))


def pledge_notice(ledger: Ledger, period: Period, unit: str, today: date | None = None) -> NoticePaper:
    """军令状: what a unit and its projects promised for the year, to be signed. Raises HydeskError without promises."""
    own = [p for p in settle_promises(ledger, period) if p.unit == unit]
    if not own:
        raise HydeskError(f"{unit}还没有登记承诺，请先在“县市区承诺”或“项目承诺”里登记")
    table = _promise_table(own, _project_names(ledger, period), settled=False)
    body = (f"为确保{period.year}年重点项目建设目标任务完成，{unit}向市委、市政府郑重承诺，按下列事项和期限兑现，逐项负责、接受监督：",)
    return NoticePaper(f"军令状（{unit}，{period.year}年）", f"{period.year}年重点项目建设军令状", "", "", body, table,
                  ("以上承诺如未兑现，自愿按考核办法接受处理。",), unit, today or date.today(), ("承诺人", "监督人"), remark_of(ledger))


def account_notice(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> NoticePaper:
    """年终总账: every promise against what the ledger shows was delivered, with the share kept."""
    promises = settle_promises(ledger, period, scope)
    due = [p for p in promises if p.kept is not None]
    share = kept_share(promises)
    body = (f"截至{period.end.year}年{period.end.month}月{period.end.day}日，共登记承诺{len(promises)}项，到期{len(due)}项，兑现{sum(bool(p.kept) for p in due)}项，"
            f"兑现率{format_percent(share)}；未到期但有风险{sum(p.at_risk for p in promises)}项。兑现情况取自项目台账。",)
    table = _promise_table(promises, _project_names(ledger, period), settled=True) if promises else None
    return NoticePaper(f"承诺兑现总账（{period.label}）", f"{period.year}年承诺兑现总账", "", "", body, table, (), office_of(ledger),
                  today or date.today(), remark=remark_of(ledger), wide=True)


def _project_names(ledger: Ledger, period: Period) -> dict[str, str]:
    from hydesk.services.standings.list_standings import list_standings

    return {s.code: s.name for s in list_standings(ledger, period)}
