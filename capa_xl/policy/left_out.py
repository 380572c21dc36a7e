"""What stands in the workbook and is not tracked, said by every command that could take silence for tracking (4.4.6).

Rows that are no actions are counted by what they are; sheets that look like a tracker and aren't counted in are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capa_xl.model.command_line import THIS_WORKBOOK, in_quotes
from capa_xl.model.problem import Problem
from capa_xl.model.register import Register
from capa_xl.model.uncounted import UNCOUNTED_KINDS

_MOST_ROWS = 10
_OTHER_SHEET = "WB11"


def left_out_sentences(register: Register, problems: Iterable[Problem], workbook: str) -> tuple[str, ...]:
    """The rows and sheets that are not tracked, in Chinese; () where everything is.

    Args:
        workbook: Its path, for the commands to paste.
    """
    sheets = (
        f"{p.message} → {p.fix.replace(THIS_WORKBOOK, in_quotes(workbook))}" for p in problems if p.rule == _OTHER_SHEET
    )
    return (*uncounted_sentence(register), *sheets)


def uncounted_sentence(register: Register) -> Iterator[str]:
    """One sentence: how many filled rows are no actions, by kind, with their rows."""
    rows_of: dict[str, list[int]] = {kind: [] for kind in UNCOUNTED_KINDS}
    for one in register.uncounted:
        rows_of[one.kind].append(one.row)
    parts = [
        f"{kind} {len(rows)} 行（{register.tracker.lines(rows, _MOST_ROWS)}）" for kind, rows in rows_of.items() if rows
    ]
    if parts:
        yield f"{len(register.uncounted)} 行不是措施，没有计入跟踪：{'、'.join(parts)}"
