"""group on a Dask cluster: a scheduler and two workers as processes over TCP, the same outcome as processes here."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from capa_xl.app.shared.cluster import Cluster, desk_on_worker
from capa_xl.app.shared.executors import Done, Lost, Processes
from capa_xl.app.use_cases.group import group_check, group_daily
from capa_xl.app.use_cases.group_pack import group_pack
from capa_xl.cli.main import run as main_run
from capa_xl.errors import SettingsError, UnreadableWorkbook, UsageError
from tests.app.dask_cluster import (
    PATIENCE_S,
    dask_cluster,
    dask_machines,
    dask_scheduler,
    dask_worker,
    lose,
    until_alone,
)
from tests.app.use_cases.test_group import (
    AS_OF,
    DAY,
    DESK_OF,
    QUALITY,
    WORLD,
    always,
    group,
    hang,
    killing_twice,
    letters_of,
    tracker,
)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Beside other tests a scheduler that lives may be slow to answer: it isn't taken for a lost one."""
    monkeypatch.setattr("capa_xl.app.shared.cluster._ANSWER_S", PATIENCE_S)
    monkeypatch.setattr("capa_xl.app.shared.cluster._TRIES_S", (PATIENCE_S, PATIENCE_S))


@pytest.fixture(scope="module")
def address():
    with dask_cluster() as address:
        yield address


@pytest.fixture
def cluster(address):
    engine = Cluster(address, PATIENCE_S)
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
    engine = Cluster(address, 3.0)
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


@pytest.fixture(scope="module")
def one_scheduler():
    with dask_scheduler() as (address, _):
        yield address


@pytest.fixture
def scheduler(one_scheduler):
    """The address of a scheduler without any worker: those of an earlier test have left it."""
    until_alone(one_scheduler)
    return one_scheduler


def warm(address: str) -> None:
    """Have the only worker start its child, which takes seconds beside other tests and is no part of what is timed."""
    engine = Cluster(address, PATIENCE_S)
    assert list(engine.run(hang, [0.0], always)) == [Done(0, 0.0)]
    engine.close()


def lost_soon(address: str, said: list[str], timeout_s: float = 60.0) -> Cluster:
    """A cluster that a second without any worker is long enough for."""
    return Cluster(address, timeout_s, said.append, wait_s=1.0)


def test_a_cluster_without_a_worker_is_said_at_once_and_given_up_with_every_workbook_named(tmp_path, scheduler):
    for name in "甲乙":
        tracker(tmp_path / name)
    said: list[str] = []
    engine = lost_soon(scheduler, said)
    run = group_daily(group(engine, tmp_path))
    engine.close()
    start = f"dask worker --nthreads 1 --no-nanny {scheduler}"
    assert [words[: words.index("；")] for words in said] == [
        f"Dask 集群 {scheduler} 没有在运行的 worker → 请在各台电脑上启动：{start}"
    ]
    assert (run.counts, run.left, run.letters, run.exit_code) == ({"failed": 2}, 0, 0, 20)
    assert all(one.words.startswith("没有处理完：Dask 集群") for one in run.served)
    assert letters_of(tmp_path) == {}


def test_a_run_that_waits_for_a_worker_goes_on_when_there_is_one(scheduler):
    with ExitStack() as machines:
        said: list[str] = []

        def tell(words: str) -> None:
            said.append(words)
            if len(said) == 1:
                machines.enter_context(dask_worker(scheduler))

        engine = Cluster(scheduler, 60.0, tell)
        ends = sorted(engine.run(hang, [0.0, 0.0], always), key=lambda end: end.place)
        engine.close()
    assert ends == [Done(0, 0.0), Done(1, 0.0)]
    assert "没有在运行的 worker" in said[0] and said[1:] == ["Dask 集群又有 worker 了，继续处理。"]


def test_a_run_whose_last_worker_is_lost_is_given_up_and_what_was_done_stays_told(tmp_path):
    for name in "甲乙丙丁":
        tracker(tmp_path / name, people=QUALITY.replace("corp", f"c{ord(name):x}"))
    said: list[str] = []
    with dask_machines(1) as (address, machines):
        engine = lost_soon(address, said)
        lost = []

        def step(what: str, done: int, of: int) -> None:
            if what == "发送提醒" and not lost:
                lose(machines[0])
                lost.append(machines[0].wait())

        run = group_daily(group(engine, tmp_path, step=step))
        engine.close()
    assert lost == [-signal.SIGKILL] and len(said) == 1
    assert 1 <= run.counts["served"] < 4 and run.counts["served"] + run.counts["failed"] == 4
    assert [one.counts.open for one in run.served] == [1] * 4
    assert run.exit_code == 20
    engine = Processes(1, 60.0)
    again = group_daily(group(engine, tmp_path))
    engine.close()
    assert (again.counts, len(letters_of(tmp_path))) == ({"served": 4}, 12)


def test_a_scheduler_that_is_lost_ends_the_run_and_no_pack_is_made_of_half_a_group(tmp_path, capfd):
    for name in "甲乙丙丁":
        tracker(tmp_path / "g" / name)
    said: list[str] = []
    with dask_scheduler() as (address, process), dask_worker(address):
        engine = lost_soon(address, said)

        def step(what: str, done: int, of: int) -> None:
            if what == "统计":
                process.kill()

        with pytest.raises(UsageError, match=r"Dask 调度器 .* 断开了.*没有生成资料包"):
            group_pack(group(engine, tmp_path / "g", step=step), "2026Q1", tmp_path / "包")
        assert group_check(group(engine, tmp_path / "g")).counts == {"failed": 4}
        engine.close()
    assert [words[:8] for words in said] == ["Dask 调度器"]
    assert not (tmp_path / "包").exists()
    assert "distributed" not in capfd.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="stops another process as POSIX does")
@pytest.mark.parametrize("alive", [1, 0])
def test_a_worker_that_hangs_costs_only_what_it_had_in_hand(alive):
    """Its machine stands still, so it is lost to nobody: the others' tasks are done, and the run comes to an end."""
    with dask_machines(alive) as (address, living):
        if living:
            warm(address)
        with dask_worker(address) as machine:
            os.killpg(machine.pid, signal.SIGSTOP)
            engine = Cluster(address, 1.0 + 2.0 * alive, grace_s=2.0)
            ends = {end.place: end for end in engine.run(hang, [0.0] * 4, always)}
            engine.close()
            os.killpg(machine.pid, signal.SIGCONT)
    lost = [end for end in ends.values() if isinstance(end, Lost)]
    assert sorted(ends) == [0, 1, 2, 3]
    assert lost and all(end.timed_out for end in lost)
    assert (len(lost) < 4) == bool(alive)


@pytest.mark.skipif(sys.platform == "win32", reason="stops another process as POSIX does")
def test_a_run_over_a_worker_that_hangs_is_stopped_when_it_is_asked_to():
    asked: list[bool] = []

    def go_on() -> bool:
        asked.append(True)
        return len(asked) < 6

    with dask_machines(1) as (address, (machine,)):
        os.killpg(machine.pid, signal.SIGSTOP)
        engine = Cluster(address, 600.0, grace_s=1.0)
        assert list(engine.run(hang, [0.0] * 4, go_on)) == []
        engine.close()
        os.killpg(machine.pid, signal.SIGCONT)


def test_a_worker_that_may_have_no_children_is_told_how_to_be_started(scheduler):
    with dask_worker(scheduler, nanny=True):
        engine = Cluster(scheduler, 60.0)
        (end,) = engine.run(hang, [0.0], always)
        engine.close()
    assert end.why == "没有处理：Dask worker 不能另开进程 → 请这样启动：dask worker --nthreads 1 --no-nanny 调度器地址"


@pytest.mark.skipif(sys.platform == "win32", reason="signals another process as POSIX does")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_waits_for_a_worker_is_stopped_by_a_signal_with_its_report(tmp_path, scheduler, number):
    path = tracker(tmp_path)
    command = [sys.executable, "-m", "capa_xl", "group", "check", str(path), "--cluster", scheduler, "--json"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )
    assert "没有在运行的 worker" in run.stderr.readline()
    run.send_signal(number)
    out, err = run.communicate(timeout=PATIENCE_S)
    assert (run.returncode, json.loads(out)["left"], json.loads(out)["workbooks"]) == (130, 1, [])
    assert "Traceback" not in err


def test_relative_names_and_settings_are_those_of_who_calls_wherever_the_worker_was_started(
    tmp_path, monkeypatch, address, capsys
):
    tracker(tmp_path / "g" / "甲")
    (tmp_path / "设置.toml").write_text('[paths]\nstate = "台账"\n', "utf-8")
    (tmp_path / "清单.txt").write_text("g\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    call = ["group", "daily", "--list", "清单.txt", "--config", "设置.toml", "--as-of", DAY.isoformat()]
    assert main_run([*call, "--summary", "汇总.xlsx", "--cluster", address, "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["workbooks"]
    assert (one["workbook"], one["outcome"]) == (str(tmp_path / "g" / "甲" / "表.xlsx"), "served")
    assert Path("汇总.xlsx").is_file() and Path("台账").is_dir()


def test_what_a_worker_cannot_see_is_told_to_be_put_on_a_share(tmp_path):
    with pytest.raises(UnreadableWorkbook, match=r"worker 所在的电脑（.+）上找不到文件「.*没有\.xlsx」.*共享文件夹"):
        desk_on_worker(tmp_path / "没有.xlsx", AS_OF, WORLD, insists=False)
    path = tracker(tmp_path)
    with pytest.raises(SettingsError, match=r"上找不到设置文件「.*没有\.toml」.*共享文件夹"):
        desk_on_worker(path, AS_OF, WORLD, tmp_path / "没有.toml", insists=False)
    assert desk_on_worker(path, AS_OF, WORLD, insists=False) == DESK_OF(path)


@pytest.mark.parametrize(
    "address",
    [
        "abc",
        "abc:8786",
        "tcp://abc",
        "tcp://:8786",
        "tcp://127.0.0.1:99999",
        "http://127.0.0.1:8786",
        "tls://127.0.0.1:5",
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(address, tmp_path, capsys):
    assert main_run(["group", "check", str(tracker(tmp_path)), "--cluster", address]) == 2
    assert f"--cluster「{address}」不是调度器的地址 → 请写成 tcp:// 开头、带端口的" in capsys.readouterr().err


def test_a_run_that_meets_no_scheduler_says_so_at_once_and_names_every_workbook(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("capa_xl.app.shared.cluster._TRIES_S", (0.1, 0.2))
    books = [tracker(tmp_path / name) for name in ("甲", "乙")]
    summary = tmp_path / "汇总.xlsx"
    asked = ["group", "daily", *map(str, books), "--cluster", "tcp://127.0.0.1:1", "--summary", str(summary)]
    assert main_run(asked) == 20
    out, err = capsys.readouterr()
    assert err.startswith("连不上 Dask 调度器 tcp://127.0.0.1:1（原文：")
    assert "；再等 0 秒，仍连不上就结束（按 Ctrl+C 停止）" in err
    for book in books:
        assert f"{book}：未完成。没有处理：连不上 Dask 调度器 tcp://127.0.0.1:1（原文：" in out
    assert summary.is_file()
