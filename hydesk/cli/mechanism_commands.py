"""hydesk register paper | years | draw | land: what the pages of 工作机制 do beside keeping lists."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.findings import say_findings
from hydesk.cli.parameters import FORMATS, PATH, PERIOD
from hydesk.cli.register_commands import register
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, finish, progress_bar, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.shipped_registers import DRAWN

__all__ = ["register"]
PAPERS = ("三张清单", "会议纪要", "规模榜单", "在建重大项目清单", "红黄榜", "承诺总账", "县市区考核", "考核加分事项", "规划评估", "省对市评价")
"""As print_mechanism_papers has them; named here so that the help needs no reading of the services."""


@register.command("paper")
@click.argument("name", metavar="文书", type=click.Choice(PAPERS))
@option("--period", required=True, type=PERIOD, metavar="报告期", help="如 2023-06。")
@option("--out", required=True, type=PATH, metavar="文件夹", help="写到哪里。")
@option("--format", "formats", default="pdf", type=FORMATS, metavar="格式", help="pdf、docx、xlsx，多个用逗号隔开。")
@scope_option
@click.pass_obj
def paper(location: str, name: str, period: Period, out: Path, formats: tuple[str, ...], scope: str | None) -> int:
    """打印工作机制的文书：三张清单、会议纪要、榜单、评估、考核等。"""
    from hydesk.services.mechanisms.print_mechanism_papers import print_paper
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        paths = print_paper(held, name, period, out, formats, scope_in(held, period, scope))
    for path in paths:
        say(f"已写入 {path}")
    return DONE


@register.command("booklet")
@click.argument("tour", metavar="观摩批次")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="项目情况按这一期，如 2023-06。")
@option("--out", required=True, type=PATH, metavar="文件", help="写到哪个 PDF 文件；写文件夹时自动起名。")
@option("--criteria", default="", metavar="评分项", help="评分表的各项和分值，如“投资完成:30;形象进度:30;现场管理:40”；不写按办公室定的。")
@option("--keep", is_flag=True, help="与 --criteria 同用：以后都按这些评分项，可以撤销。")
@click.pass_obj
def booklet(location: str, tour: str, period: Period, out: Path, criteria: str, keep: bool) -> int:
    """观摩手册：封面、路线、每个项目一页（带照片）、分组评分表。"""
    from hydesk.domain.file_names import clean_name
    from hydesk.services.mechanisms.tour_booklet import print_booklet_of, read_criteria, set_tour_criteria
    from hydesk.services.upkeep.open_or_create import opened

    if keep and not criteria:
        raise click.BadParameter("要与 --criteria 一起用，写明评分项", param_hint="--keep")
    judged = read_criteria(criteria) if criteria else None
    path = out if out.suffix.lower() == ".pdf" else out / f"{clean_name(tour, '观摩')}手册.pdf"
    progress = progress_bar()
    with opened(location) as held:
        path.parent.mkdir(parents=True, exist_ok=True)
        if keep and judged is not None:
            set_tour_criteria(held, judged)
        made = print_booklet_of(held, period, tour, path, progress, judged)
    finish(progress)
    add_to_answer(file=str(path), cards=made.cards, pages=made.pages, photos=made.photos, doubts=list(made.doubts))
    say(f"已写出：{path}（{made.pages} 页，{made.cards} 个项目，{made.photos} 张照片）")
    for doubt in made.doubts:
        say(f"  请核实照片：{doubt}")
    return LOOK if made.doubts else DONE


@register.command("years")
@click.argument("file", metavar="文件", type=PATH)
@click.pass_obj
def years(location: str, file: Path) -> int:
    """从指标为行、年份为列的表收规划指标的年度值。可以撤销。"""
    from hydesk.services.registers.year_values import import_year_values
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        result = import_year_values(held, file).value
    say_findings(result.findings)
    if result.rejected:
        return NOTHING
    say(f"新增 {result.added} 个，更新 {result.changed} 个，没有变化 {result.unchanged} 个。")
    return LOOK if result.findings else DONE


_DRAWN = {drawn.register: key for key, drawn in DRAWN.items()}


@register.command("draw")
@click.argument("name", metavar="台账", type=click.Choice(tuple(_DRAWN)))
@option("--period", required=True, type=PERIOD, metavar="报告期", help="按这一期的台账，如 2023-06。")
@click.pass_obj
def draw(location: str, name: str, period: Period) -> int:
    """从项目台账、备案、问题清单取入产业链的清单，规划项目按名称对应台账项目。可以撤销。"""
    from hydesk.services.mechanisms.draw_chain_lists import DRAWS
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        drawn = DRAWS[_DRAWN[name]](held, period).value
    say(f"{drawn.words}。")
    return DONE


@register.command("land")
@click.argument("name", metavar="备案项目")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="列入这一年的清单，如 2023-06。")
@option("--reason", default="", metavar="理由", help="不写就用备案里的投资方和签约日期。")
@option("--document", default="", metavar="文号", help="如 衡重办〔2023〕12号。")
@option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="日期", help="转入日期，不写就是今天。")
@option("--existing", default="", metavar="编号", help="台账里已有这个项目时，写它的编号，只对应不新增。")
@click.pass_obj
def land(location: str, name: str, period: Period, reason: str, document: str, day: datetime | None, existing: str) -> int:
    """把一条备案转为重点项目：先查同名，可以撤销。"""
    from hydesk.domain.lists import Ground
    from hydesk.services.mechanisms.land_filing import filings_register, land_filing, landing_draft
    from hydesk.services.registers.list_registers import open_register
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        key = filings_register(held)
        found = [] if key is None else [r for r in open_register(held, key, period).records if r.values.get("name") == name]
        if len(found) != 1:
            raise HydeskError(f"备案里没有名为“{name}”的项目，请核对名称" if not found else f"备案里有 {len(found)} 条都叫“{name}”，请在窗口里办理")
        draft = landing_draft(held, found[0].id, period)
        ground = Ground(day.date() if day else date.today(), reason or draft.reason, document)
        code = land_filing(held, found[0].id, period.year, draft.values, ground, existing).value
    say(f"“{name}”已转为重点项目 {code}。")
    return DONE
