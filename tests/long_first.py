"""The longest tests begin first, each worker with its part: a run that began them last would end with one at work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

LONGEST: tuple[tuple[str, ...], ...] = (
    ("tests/app/test_last_pages.py", "tests/app/test_sizes.py", "tests/app/test_whole_tokens.py"),
    ("tests/year/",),
    ("tests/app/use_cases/test_group_cluster.py",),
    ("tests/app/test_cells_fit.py", "tests/reports/word/test_libreoffice.py"),
    ("tests/kills/", "tests/faults/"),
    ("tests/cli/test_group_stopped.py", "tests/app/use_cases/test_group.py"),
)
"""Tests of some 20 to 90 s, the longest first; those that stand together share what one process made for them."""


def long_first(items: Sequence[Item], name: Callable[[Item], str], workers: int) -> list[Item]:
    """The tests in the order in which pytest-xdist, that steals work, cuts them into a row for each worker.

    Args:
        items: All tests.
        name: Of a test, with the path of its file first.
        workers: Each gets as many tests as any other, in their order, and then takes from those behind in another's.
    """
    groups = [[item for item in items if name(item).startswith(one)] for one in LONGEST]
    places = {id(item) for group in groups for item in group}
    rest = [item for item in items if id(item) not in places]
    found: list[Item] = []
    for worker in range(workers):
        row = [item for group in groups[worker::workers] for item in group]
        room = (len(items) - len(found)) // (workers - worker) - len(row)
        found += row + rest[: max(0, room)]
        rest = rest[max(0, room) :]
    return found + rest
