"""capa-xl archive: is a pack still what it was?"""

from __future__ import annotations

from os import fsdecode
from pathlib import Path
from typing import Any

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of
from capa_xl.cli.output import answer, say


class _PackFolder(click.Path):
    """The folder of a pack; of a pack that is still packed it is said what to do."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder, or a Chinese sentence."""
        path = Path(value)
        if path.is_file() and path.suffix.lower() == ".zip":
            raise click.BadParameter(f"「{path}」是压缩包 → 先解压到一个文件夹，再核对那个文件夹", ctx, param)
        return Path(fsdecode(super().convert(value, param, ctx)))


@click.command(cls=ChineseCommand)
@click.argument("folder", type=_PackFolder(exists=True, file_okay=False, path_type=Path), metavar="资料包文件夹")
@click.option(
    "--workbook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="工作簿",
    help="生成它的工作簿：清单与它的台账核对（默认找资料包旁边的台账）。",
)
@common_options
def command(folder: Path, workbook: Path | None, run: Run) -> int:
    """核对评审资料包：文件与清单（改动、缺失、后加），清单与台账。有差异时退出码为 1。"""
    from capa_xl.app.use_cases.archive import check_archive
    from capa_xl.cli.documents.paper_documents import archive_document

    found = check_archive(folder, desk_of(workbook, run).state if workbook else None)
    say(run, [f"资料包 {found.period}（数据截至 {found.as_of}），清单 {found.files} 个文件。", *found.differences])
    verdict = "有差异，请核对" if found.differences else "文件与清单一致，没有改动"
    say(run, [f"{verdict}；{found.journal}。"])
    answer(run, lambda: archive_document(found))
    return 1 if found.differences else 0
