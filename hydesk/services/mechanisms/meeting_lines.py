"""What the dispatch meeting goes through, one matter a line, the worst of each kind first; and what it decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Problem, Project
from hydesk.domain.dates import LooseDate
from hydesk.domain.money import format_money, rate
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem, Status
from hydesk.domain.says_nothing import is_written, says_nothing
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import MEETING
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.grid import Align
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.services.doubts.list_doubts import list_doubts
from hydesk.services.mechanisms.hold_meeting import agenda
from hydesk.services.problems.list_problems import list_problems, list_responsible
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.look_at_register import look_at_register
from hydesk.services.reports.print_notice import office_of, remark_of
from hydesk.services.standings.period_view import view_at
from hydesk.services.standings.read_scope import within

LAGGING, NODE, PROBLEM, WAITING, PROMISE, DOUBT = "滞后项目", "逾期节点", "逾期问题", "待交办问题", "承诺风险", "请核实的数"
_MARK = 7
"""Signs of a mark: of a thousand matters two are alike once in five hundred meetings, and then told apart by name."""
KINDS = (LAGGING, NODE, PROBLEM, WAITING, PROMISE, DOUBT)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One matter of the agenda. ``matter`` is what would be handed out; ``state`` a shape with its word."""

    kind: str
    number: int
    project_id: int | None
    code: str
    project: str
    unit: str
    state: str
    words: str
    matter: str
    responsible: str = ""
    problem_id: int | None = None
    decided: bool = False
    """Whether this meeting handed it out."""
    facts: tuple[tuple[str, str], ...] = ()
    """What else the room wants to know, by name."""
    done: Decimal | None = None
    """The year's share done, where the matter is about that; 1 is all of the plan."""
    expected: Decimal | None = None

    @property
    def lasting(self) -> str:
        """As ``key``, and the same when the agenda is made another day."""
        return "|".join((self.kind, str(self.problem_id or ""), self.code, self.unit if self.project_id is None else "", self.matter))

    @property
    def mark(self) -> str:
        """``lasting`` in seven letters and digits, to be typed."""
        return sha256(self.lasting.encode()).hexdigest()[:_MARK]

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from the others."""
        return self.kind, self.number


@dataclass(frozen=True, slots=True)
class MeetingDecision:
    """What a meeting decided: one record of its register; ``state`` is that of the problem on the list."""

    record_id: int
    matter: str
    project: str
    unit: str
    due: str
    state: str
    remark: str
    problem: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting of a day: agenda, decisions of that day, and whom matters can be handed to."""

    on: date
    lines: tuple[MeetingLine, ...]
    decisions: tuple[MeetingDecision, ...]
    units: tuple[str, ...]


def read_meeting(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> Meeting:
    """The meeting as of ``period`` about the projects of ``scope``, with what it decided about them."""
    held = agenda(ledger, period, scope, today)
    wanted = within(ledger, period, scope)
    with ledger.read() as connection:
        ids = {code: (key, name or "") for key, code, name in connection.execute(
            select(Project.id, Project.code, Project.name).where(Project.present)).tuples() if code}
    view = view_at(ledger, period, scope)
    standings = {s.id: s for s in view.standings}
    by = view.yardstick
    lines = []
    for i, (s, lamp) in enumerate(held.lagging):
        facts = f"年度计划{format_money(s.annual_plan)}万元，已完成{format_money(s.year_investment)}万元；{lamp.reason}"
        lines.append(MeetingLine(LAGGING, i, s.id, s.code, s.name, s.unit, f"{lamp.meaning.mark} {lamp.meaning.label}", facts,
                                 f"加快“{s.name}”建设，追上{by.against(s)}", s.responsible_unit, done=rate(s.year_investment, s.annual_plan),
                                 expected=by.due_share(s)))
    for i, n in enumerate(held.nodes):
        p = n.project
        lines.append(MeetingLine(NODE, i, p.project_id, p.code, p.name, p.unit, f"■ 逾期 {n.days_late} 天",
                                 f"“{n.node.name}”应于{n.dates.baseline or '—'}完成，至今未完成", f"完成“{p.name}”的{n.node.name}"))
    lines += [MeetingLine(PROBLEM, p.id, p.project_id, p.project_code, p.project_name, p.project_unit,
                          f"■ 逾期 {p.days_late} 天", p.detail or p.title, p.title, p.responsible, p.id,
                          facts=_problem_facts(p)) for p in held.problems]
    lines += [MeetingLine(WAITING, p.id, p.project_id, p.project_code, p.project_name, p.project_unit,
                          p.status.label, p.detail or p.title, p.title, p.responsible, p.id,
                          facts=_problem_facts(p)) for p in list_problems(ledger, period, today=today, current=True)
              if p.unassigned and (wanted is None or p.project_id in wanted.ids)]
    for i, promise in enumerate(held.promises):
        key, name = ids.get(promise.project, (None, ""))
        state = "■ 未兑现" if promise.kept is False else "◆ 有风险"
        lines.append(MeetingLine(PROMISE, i, key, promise.project, name or promise.unit, promise.unit, state, promise.reason,
                                 f"兑现{promise.unit}{f'“{name}”' if name else ''}的承诺：{promise.about}{promise.promised}"))
    lines += _doubt_lines(ledger, period, standings, None if wanted is None else wanted.ids)
    decisions = decisions_of(ledger, period, held.on, scope)
    said, numbers = {(d.matter, d.project) for d in decisions}, {d.problem for d in decisions}
    lines = [replace(x, facts=(*x.facts, *_project_facts(standings.get(x.project_id or 0), x.kind)), decided=(x.matter, x.project if x.project_id is not None else "") in said or str(x.problem_id or "-") in numbers) for x in lines]
    return Meeting(held.on, tuple(lines), decisions, tuple(list_responsible(ledger)))


def _doubt_lines(
    ledger: Ledger, period: Period, standings: Mapping[int, ProjectStanding], own: Collection[int] | None,
) -> list[MeetingLine]:
    """Figures to be cleared up, as many as a page shows; one of a single project is that project's matter."""
    found = []
    for i, d in enumerate(list_doubts(ledger, period).about(own).shown):
        one = standings.get(d.projects[0]) if len(d.projects) == 1 else None
        found.append(MeetingLine(
            DOUBT, i, one.id if one else None, one.code if one else "", one.name if one else d.unit, d.unit,
            f"{'■' if d.strong else '◆'} {d.strength.label}", d.message, f"核实{d.unit}的数：{d.kind.label}", d.unit))
    return found


def _problem_facts(p: ListedProblem) -> tuple[tuple[str, str], ...]:
    found = (("解决措施", p.measures), ("责任领导", p.leader), ("办结期限", str(p.due_on or "")), ("提出日期", str(p.raised_on)))
    return tuple((name, words) for name, words in found if words)


def _project_facts(s: ProjectStanding | None, kind: str) -> tuple[tuple[str, str], ...]:
    """How far the project is and what holds it up, as its last return says."""
    if s is None:
        return ()
    money = f"总投资{format_money(s.total_investment)}万元，年度计划{format_money(s.annual_plan)}万元，已完成{format_money(s.year_investment)}万元"
    found = (("形象进度", s.progress_text), ("存在问题", s.problem_text), ("下步工作", s.next_work_text),
             ("投资", money if kind != LAGGING else f"总投资{format_money(s.total_investment)}万元"))
    return tuple((name, words) for name, words in found if (words if name != "存在问题" else not says_nothing(words)) and is_written(words))


def decisions_of(ledger: Ledger, period: Period, on: date, scope: Scope = WHOLE) -> tuple[MeetingDecision, ...]:
    """What the meeting of the day ``on`` decided about the projects of ``scope``, in order."""
    register_id = register_called(ledger, MEETING)
    if register_id is None:
        return ()
    wanted = within(ledger, period, scope)
    sheet = look_at_register(ledger, register_id, period)
    fields = {f.key: f for f in sheet.definition.fields}
    with ledger.read() as connection:
        status = {str(key): Status(word) for key, word in connection.execute(
            select(Problem.id, Problem.status).where(Problem.present)).tuples() if word}
    found = []
    for record in sheet.records:
        day = record.values.get("on")
        if isinstance(day, LooseDate) and day.day == on and (wanted is None or wanted.has(
                str(record.values.get("project") or ""), str(record.values.get("unit") or ""))):
            t = {k: sheet.text(f, record) for k, f in fields.items()}
            number = t.get("problem", "").replace(",", "")
            state = status[number].label if number in status else t.get("state", "")
            found.append(MeetingDecision(record.id, t.get("matter", ""), t.get("project", ""), t.get("unit", ""),
                                         t.get("due_on", ""), state, t.get("remark", ""), number))
    return tuple(found)


def minutes_notice(
    ledger: Ledger, period: Period, scope: Scope = WHOLE, on: date | None = None, today: date | None = None,
) -> NoticePaper:
    """The minutes of the meeting: what was looked at, in figures, and what was handed out to whom by when."""
    held = read_meeting(ledger, period, scope, today)
    day = on or held.on
    decisions = decisions_of(ledger, period, day, scope)
    counts = {k: sum(line.kind == k for line in held.lines) for k in KINDS}
    columns = (short_column("序号"), text_column("议定事项", 1.4), text_column("涉及项目", 1.1), text_column("责任单位", 0.8),
               short_column("办结期限", Align.CENTER), text_column("要求", 1.0))
    rows = tuple((str(i), d.matter, d.project or "—", d.unit or "—", d.due or "—", d.remark or "—")
                 for i, d in enumerate(decisions, 1))
    body = (f"{day.year}年{day.month}月{day.day}日，召开重点项目调度会，调度{period.label}重点项目建设情况。目前{'范围内' if scope.narrowed else '全市'}有"
            f"滞后项目{counts[LAGGING]}个、逾期节点{counts[NODE]}个、逾期未销号问题{counts[PROBLEM]}个、"
            f"待交办问题{counts[WAITING]}个、未兑现和有风险的承诺{counts[PROMISE]}项。",
            f"会议议定事项{len(decisions)}项，" + ("明确责任单位和办结期限如下：" if decisions else "没有交办事项。"))
    table = words_table("minutes", columns, rows) if rows else None
    ending = ("各责任单位按期办结并向市重点办反馈；逾期未办结的，列入下次调度会。",) if rows else ()
    return NoticePaper(f"调度会会议纪要（{day}）", "重点项目调度会会议纪要", "", "", body, table, ending, office_of(ledger), day,
                  remark=remark_of(ledger))
