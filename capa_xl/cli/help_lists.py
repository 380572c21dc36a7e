"""The lists of a help: click pads by characters, a terminal shows a Chinese one two columns wide."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable

import click

from capa_xl.cli.wrapping import WIDTH, columns_of, terminal_width, wrapped

_LEAST_BESIDE, _BELOW = 24, 6
"""Columns beside an option that its words need at least, else they stand below it; and how far in they stand then."""
_OWN_WORDS = {
    "Usage: ": "用法：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Examples:": "例：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 ...",
    "[required]": "[必填]",
}
_AT_LEAST = re.compile(r"\[x>=(\d+)\]")


class ChineseFormatter(click.HelpFormatter):
    """Options and commands in two columns, by the columns that they take on a terminal."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 0, col_spacing: int = 2) -> None:
        """One entry a row: what is said of it goes on below its own beginning."""
        width, lead = page_width(), " " * self.current_indent
        told = [(lead + term, in_chinese(words)) for term, words in rows]
        head = max(columns_of(term) for term, _ in told) + col_spacing
        for term, words in told:
            self.write("".join(f"{line}\n" for line in _entry(term, words, head, width)))


def _entry(term: str, words: str, head: int, width: int) -> list[str]:
    if width - head < _LEAST_BESIDE:
        return [term, *(" " * _BELOW + piece.strip() for piece in wrapped(words, width - _BELOW))]
    first, *rest = [piece.strip() for piece in wrapped(words, width - head)]
    return [term + " " * (head - columns_of(term)) + first, *(" " * head + piece for piece in rest)]


def page_width() -> int:
    """Columns of a line of help: those of the terminal; a file has no edge."""
    return terminal_width() if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH


def in_chinese(text: str) -> str:
    """Replace click's own English words in a help text."""
    for english, chinese in _OWN_WORDS.items():
        text = text.replace(english, chinese)
    return _AT_LEAST.sub(r"[至少 \1]", text)
