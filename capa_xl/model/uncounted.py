"""Rows of the tracker's sheet that hold something and are no action, by what they are instead (decisions C5).

They are counted and named wherever somebody could take silence for tracking.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

TOTAL: Final = "合计"
FOOTER: Final = "表尾"
SECTION: Final = "分节"
HEADING: Final = "重复的表头"
DECLARED: Final = "声明不计入"
UNTOLD: Final = "没有写问题和措施"
UNCOUNTED_KINDS: Final = (TOTAL, FOOTER, SECTION, HEADING, DECLARED, UNTOLD)


class Uncounted(Struct, frozen=True):
    """A filled row that is no action.

    Attributes:
        row: 1-based row; of a register over several sheets see `pages`.
        kind: One of `UNCOUNTED_KINDS`.
    """

    row: int
    kind: str
