"""capa-xl new: the blank or the sample workbook."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.company import company_option, without_company
from capa_xl.cli.options import Run, common_options
from capa_xl.cli.output import answer, say
from capa_xl.model.levels import LEVELS, WHOLE, Level, level_named


@click.command(cls=ChineseCommand)
@click.argument("path", type=click.Path(path_type=Path), metavar="文件.xlsx")
@click.option("--sample", is_flag=True, help="填入样例数据（日期按 --as-of 推算）。")
@click.option(
    "--level",
    type=click.Choice([one.name for one in LEVELS]),
    default=WHOLE.name,
    help="从小的开始：台账（12 列）、制度（29 列）、评审（46 列，加登记表）、数据（全部，默认）；以后用 grow 加。",
)
@company_option
@common_options
def command(path: Path, sample: bool, level: str, company: str, run: Run) -> None:
    """新建改进计划跟踪表；已有文件不会被覆盖。"""
    from capa_xl.app.use_cases.new import new_workbook
    from capa_xl.cli.documents.tracker_documents import new_document
    from capa_xl.model.command_line import to_paste
    from capa_xl.policy.reminders.reach import EMPTY_ROSTER

    chosen = level_named(level)
    made = new_workbook(
        path, sample=sample, as_of=run.as_of.on, workbook_id=secrets.token_hex(6), level=chosen, company=company
    )
    say(run, [f"已新建 {made.path}（{'样例' if sample else f'空白，{level}级'}）。"])
    say(run, _about(chosen) if not sample else [])
    say(run, [] if sample else [EMPTY_ROSTER])
    say(run, [] if sample or company.strip() else [_NO_COMPANY])
    doctor = f"下一步，看还要填什么、怎样设定每天运行：{to_paste('doctor', made.path)}"
    say(run, [f"下一步：{to_paste('check', made.path)}" if sample else doctor])
    answer(run, lambda: new_document(made.path, run.as_of.on, sample=sample))


_NO_COMPANY: Final = without_company("移走这份，加 --company 名称 再新建")


def _about(level: Level) -> list[str]:
    """What a smaller level is for; of the whole workbook, that there are smaller ones to begin with."""
    if not level.is_whole:
        return [f"{level.name}级：{level.about}"]
    smaller = "、".join(f"{one.name}（{len(one.keys)} 列）" for one in LEVELS[:-1])
    return [f"嫌大的可以从小的开始：--level {smaller}；以后用 grow 加列加表。"]
