"""capa-xl new: the blank or the sample workbook."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@click.argument("path", type=click.Path(path_type=Path), metavar="文件.xlsx")
@click.option("--sample", is_flag=True, help="填入样例数据（日期按 --as-of 推算）。")
@common_options
def command(path: Path, sample: bool, run: Run) -> None:
    """新建改进计划跟踪表；已有文件不会被覆盖。"""
    from capa_xl.app.use_cases.new import new_workbook
    from capa_xl.cli.documents.tracker_documents import new_document
    from capa_xl.model.command_line import to_paste
    from capa_xl.policy.reminders.reach import EMPTY_ROSTER

    made = new_workbook(path, sample=sample, as_of=run.as_of.on, workbook_id=secrets.token_hex(6))
    say(run, [f"已新建 {made.path}（{'样例' if sample else '空白'}）。"])
    say(run, [] if sample else [EMPTY_ROSTER, f"还要填什么、怎样设定每天运行：{to_paste('doctor', made.path)}"])
    say(run, [f"下一步：{to_paste('check', made.path)}"])
    answer(run, lambda: new_document(made.path, run.as_of.on, sample=sample))
