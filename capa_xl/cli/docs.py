"""capa-xl docs: where the pages lie, which a wheel carries too."""

from __future__ import annotations

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.output import print_lines


@click.command(cls=ChineseCommand)
def command() -> None:
    """说明文档在哪里：使用手册、管理员手册，全部命令、规则、列、设置、模板字段。随程序安装，不上网也能看。"""
    from capa_xl.effects.resources import resource_dir

    pages = sorted(resource_dir("docs").glob("*.md"), key=lambda page: (page.stem.isascii(), page.stem))
    for page in pages:
        print_lines((_title(page.read_text("utf-8")), f"  {page}"))


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ")
