"""group on a Dask cluster: a scheduler and two workers as processes over TCP, the same outcome as processes here."""

from __future__ import annotations

import shutil
import signal
import sys

import pytest

from capa_xl.app.shared.cluster import Cluster
from capa_xl.app.shared.executors import Done, Lost, Processes
from capa_xl.app.use_cases.group import group_daily
from capa_xl.errors import UsageError
from tests.app.dask_cluster import dask_cluster, dask_machines, lose
from tests.app.use_cases.test_group import QUALITY, always, group, hang, killing_twice, letters_of, tracker


@pytest.fixture(scope="module")
def address():
    with dask_cluster() as address:
        yield address


@pytest.fixture
def cluster(address):
    engine = Cluster(address, 20.0)
    yield engine
    engine.close()


def test_the_same_workbooks_and_letters_as_on_one_machine(tmp_path, cluster):
    for name in "甲乙丙":
        tracker(tmp_path / "cluster" / name)
    shutil.copytree(tmp_path / "cluster", tmp_path / "here")
    far = group_daily(group(cluster, tmp_path / "cluster"))
    engine = Processes(1, 60.0)
    near = group_daily(group(engine, tmp_path / "here"))
    engine.close()
    assert [(o.outcome, o.written, o.sent) for o in far.served] == [(o.outcome, o.written, o.sent) for o in near.served]
    assert letters_of(tmp_path / "cluster") == letters_of(tmp_path / "here") != {}
    for path in sorted((tmp_path / "here").rglob("表.xlsx")):
        assert path.read_bytes() == (tmp_path / "cluster" / path.parent.name / path.name).read_bytes()


def test_a_task_that_kills_its_child_is_given_again_and_the_workers_live_on(tmp_path, cluster):
    ends = list(cluster.run(killing_twice, [(str(tmp_path / "a"), 3), (str(tmp_path / "b"), 1)], always))
    assert sorted(ends, key=lambda end: end.place) == [Done(0, "call 3"), Done(1, "call 1")]


def test_a_task_that_hangs_is_ended_where_it_runs(address):
    engine = Cluster(address, 1.0)
    try:
        ends = list(engine.run(hang, [600.0, 0.0], always))
        assert sorted(ends, key=lambda end: end.place) == [Lost(0, timed_out=True), Done(1, 0.0)]
    finally:
        engine.close()


@pytest.mark.skipif(sys.platform == "win32", reason="ends a group of processes as POSIX does")
def test_workbooks_of_a_machine_that_is_lost_are_served_by_another_and_no_letter_goes_twice(tmp_path):
    for name in "甲乙丙丁戊己":
        tracker(tmp_path / name, people=QUALITY.replace("corp", f"c{ord(name):x}"))
    with dask_machines() as (address, machines):
        engine = Cluster(address, 60.0)
        lost = []

        def step(what: str, done: int, of: int) -> None:
            if not lost:
                lose(machines[0])
                lost.append(machines[0].wait())

        run = group_daily(group(engine, tmp_path, step=step))
        again = group_daily(group(engine, tmp_path))
        engine.close()
    assert lost == [-signal.SIGKILL]
    assert (run.counts, run.letters, len(letters_of(tmp_path))) == ({"served": 6}, 18, 18)
    assert (again.counts, again.letters) == ({"served": 6}, 0)


def test_where_no_scheduler_answers_a_sentence_says_so():
    with pytest.raises(UsageError, match=r"连不上 Dask 调度器 tcp://127\.0\.0\.1:1"):
        Cluster("tcp://127.0.0.1:1", 1.0)
