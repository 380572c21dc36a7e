"""capa-xl completion: what a shell needs to complete commands, options and files at the Tab key."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.main import COMPLETE_VARIABLE, program
from capa_xl.cli.powershell import PowerShellComplete

_SHELLS = ("bash", "zsh", "fish", PowerShellComplete.name)
_START_COMPLETION = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }"
"""zsh has compdef only after compinit, which a new account's ~/.zshrc doesn't call."""


@click.command(cls=ChineseCommand)
@click.argument("shell", type=click.Choice(_SHELLS), metavar="|".join(_SHELLS))
def command(shell: str) -> int:
    """打印 Tab 键补全脚本：命令、选项、文件名。

    把例中的一行加在 ~/.bashrc、~/.zshrc、~/.config/fish/config.fish（PowerShell：$PROFILE）末尾。
    """
    completer = get_completion_class(shell) or ShellComplete
    script = completer(program, {}, "capa-xl", COMPLETE_VARIABLE)
    click.echo(_with_compdef(script.source_template % script.source_vars()))
    return 0


def _with_compdef(script: str) -> str:
    """The script of zsh for a ~/.zshrc that hasn't started its completion; those of other shells as they are."""
    return script.replace("    compdef ", f"    {_START_COMPLETION}\n    compdef ")
