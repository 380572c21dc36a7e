"""capa-xl templates: copies the templates to change them, checks them, lists what they may use."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand, ChineseGroup
from capa_xl.cli.options import Run, common_options, desk_of
from capa_xl.cli.output import answer, say
from capa_xl.cli.paper_options import templates_option
from capa_xl.cli.targets import NewFolder
from capa_xl.errors import BadTemplate


@click.group("templates", cls=ChineseGroup)
def command() -> None:
    """模板：复制一份来改，检查写错的变量和标签，列出 Word 模板可用的字段。"""


@command.command("copy", cls=ChineseCommand)
@click.option(
    "-o",
    "--output",
    "folder",
    type=NewFolder(),
    required=True,
    metavar="文件夹",
    help="复制到这个文件夹（没有就新建）。",
)
@common_options
def copy(folder: Path, run: Run) -> None:
    """把自带的 Word 模板和信件模板（letters 文件夹）复制一份，供质量部修改；已经改过的不会被盖掉。

    改好以后用 templates check 检查；各命令加 --templates 文件夹 使用，或在 capa_xl.toml 的 [paths] 写 templates。
    """
    from capa_xl.app.use_cases.templates import copy_templates
    from capa_xl.cli.documents.paper_documents import copies_document
    from capa_xl.model.command_line import in_quotes, to_paste

    files = copy_templates(folder)
    say(run, [f"  {path}" for path in files])
    say(run, [f"用 Word 改好以后检查：{to_paste('templates check', '--templates', folder)}"])
    say(run, [f"使用：命令后加 --templates {in_quotes(str(folder))}，或在 capa_xl.toml 的 [paths] 写 templates。"])
    answer(run, lambda: copies_document(folder, files))


@command.command("check", cls=ChineseCommand)
@templates_option
@common_options
def check(templates: Path | None, run: Run) -> int:
    """检查 Word 模板和信件模板：未知变量、写坏的标签、全角花括号；指出文件、段落和变量。有问题时退出码为 24。"""
    from capa_xl.app.use_cases.templates import check_templates
    from capa_xl.cli.documents.paper_documents import templates_document
    from capa_xl.model.command_line import to_paste

    desk = desk_of(Path.cwd() / "x", run).with_settings(templates=templates)
    checked = check_templates(desk.templates)
    faults = [fault for one in checked for fault in one.faults]
    lines = [str(fault) for fault in faults]
    older = [f"{one.older}。" for one in checked if one.older]
    copy = to_paste("templates copy", "-o", "模板")
    if templates and not any(one.path.is_relative_to(templates) for one in checked):
        older += [f"「{templates}」里没有模板，检查的是自带的 → 请核对文件夹；要自己改，先运行 {copy}"]
    verdict = (
        f"有 {len(faults)} 处要改" if faults else "没有写坏的地方" if any(one.older for one in checked) else "没有问题"
    )
    say(run, [*lines, *older, f"检查了 {len(checked) - 1} 个 Word 模板，以及信件模板：{verdict}。"])
    answer(run, lambda: templates_document(checked))
    return BadTemplate.exit_code if faults else 0


@command.command("fields", cls=ChineseCommand)
@common_options
def fields(run: Run) -> None:
    """列出每个模板可用的字段和含义；名称后带 [] 的是清单，用 {%tr for x in 清单 %} 循环。"""
    from capa_xl.app.use_cases.templates import fields_of
    from capa_xl.cli.documents.paper_documents import fields_document

    found = fields_of()
    for name, rows in found.items():
        say(run, [f"《{name}》", *(f"  {{{{ {path} }}}}  {words}" for path, words in rows), ""])
    answer(run, lambda: fields_document(found))
