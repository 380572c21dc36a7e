"""One line of the conformity matrix, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FITS: Final = "符合"
MISFITS: Final = "不符合"
NOT_IN_USE: Final = "未启用"


@dataclass(frozen=True, slots=True)
class Conformity:
    """One requirement judged.

    Attributes:
        id: R01 … R73.
        rules: Rules that judge it.
        verdict: 符合, 不符合 or 未启用.
        count: Problems of severity error or warning, and late facts, that speak against it.
        numbers: The rows they stand on.
    """

    id: str
    clause: str
    text: str
    rules: tuple[str, ...]
    verdict: str
    count: int
    numbers: tuple[str, ...]
