"""Numbers that carry the unit they are in, and when two words mean one unit."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PERCENT: Final = "%"
_WRITTEN_ALIKE: Final = (
    (PERCENT, "percent", "百分比", "百分点", "个百分点"),
    ("秒", "秒钟", "s", "sec", "second", "seconds"),
    ("分钟", "分", "min", "mins", "minute", "minutes"),
    ("小时", "个小时", "时", "h", "hr", "hrs", "hour", "hours"),
    ("天", "日", "d", "day", "days"),
    ("月", "个月"),
)
_ALIKE: Final[Mapping[str, str]] = MappingProxyType({word: words[0] for words in _WRITTEN_ALIKE for word in words})


class Measured(float):
    """A number as its cell has it, with the unit that stands behind it; of `3%` it is the 3.

    It never leaves reading: `units_of_rows` makes plain numbers of them.

    Attributes:
        unit: As written.
        text: The whole cell.
    """

    __slots__ = ("text", "unit")
    unit: str
    text: str

    @classmethod
    def of(cls, number: float, unit: str, text: str) -> Measured:
        """The number of a cell that holds this text."""
        made = cls(number)
        made.unit, made.text = unit, text
        return made

    @property
    def without_unit(self) -> float:
        """What it is where nobody says in which unit the row counts: of a percentage the share, as Excel has it."""
        return float(self) / 100 if is_same_unit(self.unit, PERCENT) else float(self)


def is_same_unit(written: str, unit: str) -> bool:
    """Whether a unit behind a number is the row's; what is counted in 小时/次 may be written in 小时."""
    first, second = _plain(written), _plain(unit)
    return first == second or second.startswith((f"{first}/", f"{first}每"))


def _plain(unit: str) -> str:
    word = unicodedata.normalize("NFKC", unit).strip().casefold()
    return _ALIKE.get(word, word)
