"""capa-xl archive: is a pack still what it was?"""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="资料包文件夹")
@common_options
def command(folder: Path, run: Run) -> int:
    """核对评审资料包与其清单：哪些文件被改动、缺失或后加。有差异时退出码为 1。"""
    from capa_xl.app.use_cases.archive import check_archive

    found = check_archive(folder)
    say(run, [f"资料包 {found.period}（数据截至 {found.as_of}），清单 {found.files} 个文件。", *found.differences])
    say(run, ["与清单有差异，请核对。" if found.differences else "与清单一致，没有改动。"])
    answer(run, found.as_json)
    return 1 if found.differences else 0
