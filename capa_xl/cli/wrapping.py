"""Lines for a terminal: at most 100 columns, what goes on hangs under its beginning, no token is ever split.

Chinese may break between any two characters but before a closing mark; a word, number, address, path, short quoted name
or command to paste stays whole.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from unicodedata import east_asian_width

WIDTH = 100
_HANG = 2
"""Columns that the following lines stand further right than the first."""
_NEVER_FIRST = "，。；：、！？）」』”’〕》】…·,;:!?)]}%％"
_NEVER_LAST = "（「『“‘〔《【(["
_MARKS = "，。；：、（）「」→"
_FILES = "xlsx|xlsm|docx|pdf|zip|eml|toml|db|json|log|ics|csv|sql"
_PATH = (
    rf"(?:[A-Za-z]:[\\/]|~?/|\.{{1,2}}[\\/])(?:[^{_MARKS}]*\.(?:{_FILES})|[^ {_MARKS}]+)"
    rf"|(?:\d\d +)?[\w.-]{{1,40}}[\\/][^{_MARKS}]*\.(?:{_FILES})\b"
)
_CELL = r"\w{1,31}![A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?"
_CALL = rf"(?:\"[^\"]*\"|'[^']*'|[^{_MARKS}])*"
_FIGURE = r"\d[\d.,]* [%％天项人封个行次条格处份页家列周]"
_NAMED = r"《[^《》]{1,12}》|“[^“”]{1,10}”|「[^「」]{1,12}」|\[(?:必填|至少 \d+)\]"
_LISTED = r"(?<=[、「])[一-鿿]{2,4}\d{0,3}(?=[、。；）」])"
_PROGRAM = r"(?:cmd /c call )?(?:\"[^\"]*\"|'[^']*')|[A-Za-z]:\\[^\s]*|[!-~]+"
_BY_OTHERS = rf"(?:{_PROGRAM}) -m pip install|uv pip install|pipx inject|chmod \d+"
"""How commands begin that messages tell to paste besides our own."""
_PIECE = rf"(?s) +|(?:capa-xl|{_BY_OTHERS}) {_CALL}|{_PATH}|{_CELL}|{_FIGURE}|{_NAMED}|{_LISTED}|[!-~]+|."
"""Blanks, a command to paste, a path (in any script, with blanks inside), a cell with its sheet, a figure with its per
cent sign or measure word, a short name in its marks, a word of a list, a token of ASCII, or one character. Compiled
where a line is long: a start is a millisecond shorter."""


def wrapped(line: str, width: int = WIDTH) -> Iterator[str]:
    """The line in pieces no wider than `width` columns, as long as no single token is wider."""
    if columns_of(line) <= width:
        yield line
        return
    lead = line[: len(line) - len(line.lstrip(" "))]
    hang = lead + " " * _HANG
    now = lead
    for piece in _pieces(line[len(lead) :]):
        if columns_of(now + piece.rstrip()) > width and now.strip():
            yield now.rstrip()
            now = hang + piece.lstrip()
        else:
            now += piece
    yield now


def terminal_width() -> int:
    """Columns to write in: the terminal's, at most a hundred."""
    return min(shutil.get_terminal_size().columns, WIDTH)


def columns_of(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _pieces(text: str) -> Iterator[str]:
    """What stays together: a token with the marks around it that may not stand at a line's end or beginning."""
    held = ""
    for piece in re.findall(_PIECE, text):
        if held and not (piece[0] in _NEVER_FIRST or held[-1] in _NEVER_LAST):
            yield held
            held = ""
        held += piece
    if held:
        yield held
