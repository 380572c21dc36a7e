"""A command as people paste it: after a hint, with the workbook's own name."""

from __future__ import annotations

_UNSAFE = frozenset(" \t\"'&|<>()^;*?$`!")


def to_paste(command: str, *arguments: object) -> str:
    """capa-xl check 跟踪表.xlsx; names with blanks or signs stand in double quotes."""
    return " ".join(("capa-xl", *command.split(), *(in_quotes(str(argument)) for argument in arguments)))


def in_quotes(text: str) -> str:
    """An argument as both Windows and Unix shells take it."""
    return f'"{text}"' if not text or set(text) & _UNSAFE else text
