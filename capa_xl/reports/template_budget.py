"""What one letter or paper may cost: a budget that every round, call and filter of its template is taken from.

Counted, not timed: the same template with the same values stops, or doesn't, on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from jinja2.exceptions import SecurityError
from msgspec import Struct

MOST_WORK: Final = 200_000_000
"""Of one letter or paper; a review of 500 actions spends some 30 million."""
MOST_ROUNDS: Final = 1_000_000
"""Rounds of all loops of one letter or paper together; 500 actions with all their rows take some 20,000."""
STEP: Final = 100
"""Of a round, and of each item that a call or a filter may go through; as much as 25 characters made."""
CALL: Final = 500
CHARACTER: Final = 4
"""Of each character made or printed: as many bytes as one may take."""
REFERENCE: Final = 8
"""Of each item of a list made: as many bytes as it takes."""
MOST_VALUE: Final = 1_000_000
"""Characters or items of one value that a template puts together, and the largest number it may count with."""
MOST_MADE: Final = 10 * MOST_VALUE
"""What two sizes multiplied may come to where a function repeats the one for each of the other."""
MOST_NESTED: Final = 50_000_000
"""Weight of a list of lists that a template puts together; all values given to a paper weigh some 3 million."""
MOST_BITS: Final = 4096
TOO_MUCH: Final = "模板要做的太多（循环、重复或宽度过大），已停下"


class _Left(Struct):
    work: int = MOST_WORK
    rounds: int = MOST_ROUNDS


_LEFT: ContextVar[_Left | None] = ContextVar("left", default=None)


@contextmanager
def budget() -> Iterator[None]:
    """A budget for what is done within."""
    token = _LEFT.set(_Left())
    try:
        yield
    finally:
        _LEFT.reset(token)


def charge(cost: int) -> None:
    """Take from the budget.

    Raises:
        SecurityError: It is spent.
    """
    left = _LEFT.get()
    if left is not None:
        left.work -= cost
        refuse_if(left.work < 0)


def charge_round() -> None:
    """Take a round from those that are left.

    Raises:
        SecurityError: None is.
    """
    left = _LEFT.get()
    if left is not None:
        left.rounds -= 1
        refuse_if(left.rounds < 0)


def refuse_if(is_too_much: bool) -> None:
    """Raises:
    SecurityError: It is.
    """
    if is_too_much:
        raise SecurityError(TOO_MUCH)


def size(value: Any) -> int:
    """Characters or items of a value, not of what is in it; 1 for what has none."""
    return len(value) if isinstance(value, str | bytes | list | tuple | dict | range) else 1


def reach(value: Any) -> int:
    """How often a value may repeat another: a number by itself, a text by its length, a list by all in it."""
    if isinstance(value, int | float):
        return int(min(abs(value), MOST_MADE + 1)) if value == value else 1
    return weight(value)


def weight(value: Any) -> int:
    """Characters and items of a value and of all in it, each as often as it would be printed.

    What stands in it many times is looked at once, so that a list doubled forty times is weighed in forty steps.
    """
    return _weight(value, {})


def _weight(value: Any, known: dict[int, int]) -> int:
    if not isinstance(value, list | tuple | dict):
        return size(value)
    if id(value) not in known:
        charge(STEP * len(value))
        parts = (*value, *value.values()) if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_weight(part, known) for part in parts)
    return known[id(value)]


def in_bounds(value: Any) -> Any:
    """A value that a template made, charged.

    Raises:
        SecurityError: It is too long, too large, or the budget is spent.
    """
    if isinstance(value, str):
        refuse_if(len(value) > MOST_VALUE)
        charge(CHARACTER * len(value))
    elif isinstance(value, list | tuple):
        refuse_if(len(value) > MOST_VALUE)
        charge(REFERENCE * len(value))
    elif isinstance(value, int):
        refuse_if(value.bit_length() > MOST_BITS)
    return value


def refuse_repeated(value: Any, by: Iterable[Any]) -> None:
    """Refuse what a function makes of a value that it may repeat for each of the others, or they for each of it."""
    refuse_if(size(value) * max(map(reach, by), default=1) > MOST_MADE)


def refuse_nested(values: Iterable[Any]) -> None:
    """Refuse lists put into a list, again and again, until nobody could go through them."""
    refuse_if(sum(weight(value) for value in values if isinstance(value, list | tuple | dict)) > MOST_NESTED)
