"""A few of the faults that `python -m tests.faults` deals by the thousand (docs/reliability.md)."""

import re

import pytest

from tests.faults.harness import compiler, under_the_shim
from tests.faults.savers import collide


@pytest.mark.skipif(compiler() is None, reason="faults are injected by LD_PRELOAD: needs Linux and a C compiler")
def test_kills_and_errors_at_any_step_leave_all_or_nothing_and_the_next_run_ends_the_work(tmp_path):
    done = under_the_shim(tmp_path, "--kills", "14", "--errors", "14", "--seed", "7", quiet=True)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert re.search(r"in all 14 kills, 14 errors \(.+\), 0 that did not hold", done.stdout)


def test_no_save_is_lost_between_colliding_saves(tmp_path):
    tally = collide(tmp_path, 12, seed=7)
    assert (tally.saves.total(), tally.lost) == (12, [])
    assert not [how for how in tally.refreshes if "traceback" in how]
