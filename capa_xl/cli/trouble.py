"""What a run that can't go on is told as, and its exit code: the same on the screen and in the log."""

from __future__ import annotations

import click

from capa_xl.cli.usage import usage_sentence
from capa_xl.errors import CapaError, UnreadableWorkbook

FORESEEN = (click.ClickException, CapaError, OSError)
"""Everything else is a fault of our own: a traceback."""


def sentence_of(trouble: click.ClickException | CapaError | OSError) -> tuple[str, int]:
    """(the Chinese sentence, the exit code) of one of `FORESEEN`."""
    if isinstance(trouble, click.UsageError):
        return usage_sentence(trouble), trouble.exit_code
    if isinstance(trouble, click.ClickException):
        return trouble.format_message(), trouble.exit_code
    if isinstance(trouble, CapaError):
        return str(trouble), trouble.exit_code
    return _system_sentence(trouble), UnreadableWorkbook.exit_code


def _system_sentence(trouble: OSError) -> str:
    """What the system refused where no command has a better sentence for it: a path too long, a share that is gone."""
    from pathlib import Path

    from capa_xl.effects.durable import reason
    from capa_xl.effects.neighbours import name_sentence

    if not trouble.filename:
        return f"系统出错：{reason(trouble)} → 请检查磁盘、网络和权限，再运行"
    hint = name_sentence(Path(str(trouble.filename))) or "请检查路径、网络和权限，再运行"
    return f"「{trouble.filename}」不能处理：{reason(trouble)} → {hint}"
