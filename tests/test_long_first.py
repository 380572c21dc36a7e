"""The longest tests stand where each worker begins, and no test is lost or run twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.long_first import LONGEST, long_first

SHORT = [f"tests/model/test_{at}.py::test" for at in range(17)]
LONG = ["tests/year/test_year.py::test", "tests/kills/test_kills.py::test", "tests/app/test_sizes.py::test_one"]


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 8])
def test_every_test_is_run_once_and_those_of_a_file_stay_together(workers):
    items = [*SHORT[:5], *LONG, *SHORT[5:]]
    ordered = long_first(items, str, workers)
    assert sorted(ordered) == sorted(items)
    assert [name for name in ordered if name in SHORT] == SHORT


def test_each_worker_begins_with_long_ones():
    """Twenty tests for four workers, five each: of six groups the first and the fifth are the first worker's."""
    ordered = long_first([*SHORT, *LONG], str, 4)
    assert (ordered[0], ordered[5]) == ("tests/app/test_sizes.py::test_one", "tests/year/test_year.py::test")
    assert [place for place, name in enumerate(ordered) if name in LONG] == [0, 1, 5]
    assert long_first([*SHORT, *LONG], str, 2)[10:12] == LONG[:1] + SHORT[8:9]


def test_more_long_tests_than_a_workers_part_take_nothing_from_the_others():
    items = [f"tests/app/test_sizes.py::test_{at}" for at in range(6)] + SHORT[:2]
    ordered = long_first(items, str, 4)
    assert (sorted(ordered), ordered[:6]) == (sorted(items), items[:6])


def test_every_long_one_is_there():
    root = Path(__file__).parent.parent
    assert [path for group in LONGEST for path in group if not (root / path).exists()] == []
