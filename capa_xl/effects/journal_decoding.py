"""What stands in the journal and isn't what we write: somebody edited it by hand, and no reader may guess at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


class UnreadableEntry(Exception):
    """A value that the journal can't have from us; `open_journal` and `copy_journal` turn it into a sentence."""


def decoding(read: Callable[_P, _R]) -> Callable[_P, _R]:
    """Mark a function that turns stored text into values, and nothing else: a dented text raises `UnreadableEntry`."""

    @wraps(read)
    def reading(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return read(*args, **kwargs)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as dent:
            raise UnreadableEntry(str(dent)) from dent

    return reading
