import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import click
import pytest

from capa_xl.cli import daemon
from capa_xl.cli.daemon import DailyJob, daily_clock, is_past
from capa_xl.cli.options import Run
from capa_xl.cli.schedule import command as daemon_command
from capa_xl.cli.world import Stop
from capa_xl.model.as_of import SHANGHAI, AsOf
from tests.app.office import DAY, QUALITY, TRACKER, workbook

RUN = Run(AsOf(DAY, DAY), json=False, quiet=True, config=None)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def job(path, times=("08:30",)) -> DailyJob:
    return DailyJob((path,), RUN, Stop(), times)


def test_the_pass_runs_once_a_day(tmp_path):
    daily = job(workbook(tmp_path / "表.xlsx", TRACKER, 人员部门=QUALITY))
    instants = [at(30, 8, 30), at(30, 8, 31), at(30, 23), at(31, 0, 5), at(31, 9)]
    assert [daily.run_on(instant) for instant in instants] == [True, False, False, True, False]


def test_several_times_a_day_are_a_pass_each_and_those_slept_over_are_one(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TRACKER, 人员部门=QUALITY)
    daily = job(table, ("08:00", "12:00", "17:30"))
    instants = [
        at(30, 8),
        at(30, 11, 59),
        at(30, 12),
        at(30, 12, 1),
        at(30, 17, 31),
        at(30, 23),
        at(31, 13),
        at(31, 13),
    ]
    assert [daily.run_on(instant) for instant in instants] == [True, False, True, False, True, False, True, False]


def test_the_clock_calls_at_each_of_its_times():
    clock = daily_clock(["08:00", "17:30"], print)
    assert sorted(waiting.next_run.astimezone(SHANGHAI).strftime("%H:%M") for waiting in clock.jobs) == [
        "08:00",
        "17:30",
    ]


def test_a_loop_begun_at_or_after_its_time_does_not_leave_today_out():
    assert [is_past("08:30", instant) for instant in (at(30, 8, 29), at(30, 8, 30), at(30, 23))] == [False, True, True]
    assert is_past("08:30", datetime(2026, 3, 30, 0, 30, tzinfo=UTC))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York", "Pacific/Auckland"])
def test_the_time_is_chinas_whatever_zone_the_machine_keeps(zone):
    code = (
        "from capa_xl.cli.daemon import daily_clock\nfrom capa_xl.model.as_of import SHANGHAI\n"
        "[job] = daily_clock(['08:30'], print).jobs\n"
        "print(job.next_run.astimezone(SHANGHAI).strftime('%H:%M'), job.interval, job.unit)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env={**os.environ, "TZ": zone}, check=True)
    assert done.stdout.decode().split() == ["08:30", "1", "days"]


def test_days_slept_over_are_one_call_at_the_next_look():
    calls = []
    clock = daily_clock(["08:30"], lambda: calls.append("called"))
    clock.run_pending()
    assert calls == []
    [waiting] = clock.jobs
    waiting.next_run -= timedelta(days=4)
    clock.run_pending()
    clock.run_pending()
    assert calls == ["called"]


def test_days_slept_through_are_caught_up_by_the_next_pass(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TRACKER, 人员部门=QUALITY)
    daily = job(table)
    daily.run_on(at(20, 9))
    assert not (tmp_path / ".capa_xl/outbox/2026-03-20").exists()
    assert daily.run_on(at(31, 14))
    letters = list((tmp_path / ".capa_xl/outbox/2026-03-31").glob("*.eml"))
    assert len(letters) >= 2


def test_an_exception_of_one_day_does_not_end_the_days_to_come(tmp_path, capsys, monkeypatch):
    def breaks(*arguments):
        raise ZeroDivisionError

    daily = job(workbook(tmp_path / "表.xlsx"))
    monkeypatch.setattr(daemon, "one_pass", breaks)
    assert daily.run_on(at(30, 9))
    assert "ZeroDivisionError" in capsys.readouterr().err
    monkeypatch.undo()
    assert daily.run_on(at(31, 9))


def test_each_pass_of_a_quiet_loop_tells_its_own_trouble_and_no_earlier_one(tmp_path, capsys):
    daily = job(tmp_path / "没有.xlsx")
    with click.Context(daemon_command):
        for day in (29, 30, 31):
            daily.run_on(at(day, 9))
            said = capsys.readouterr().out
            assert said.count("没有找到工作簿") == 1, said


def test_the_loop_ends_cleanly_on_sigterm(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TRACKER, 人员部门=QUALITY)
    command = [sys.executable, "-m", "capa_xl", "schedule", str(table), "--at", "00:00", "--quiet"]
    loop = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    log = tmp_path / ".capa_xl" / "capa_xl.log"
    for _ in range(200):
        if log.exists() and log.read_text(encoding="utf-8"):
            break
        time.sleep(0.05)
    loop.send_signal(signal.SIGTERM)
    _, said = loop.communicate(timeout=20)
    assert loop.returncode == 0
    assert "已结束" in said.decode()
    assert "表.xlsx：完成。" in log.read_text(encoding="utf-8")


def test_units_are_printed_for_the_systems_scheduler(tmp_path):
    table = workbook(tmp_path / "表.xlsx")
    for kind, mark in (("systemd", "Persistent=true"), ("cron", "CRON_TZ"), ("windows", "StartWhenAvailable")):
        command = [sys.executable, "-m", "capa_xl", "schedule", str(table), "--at", "07:45", "--print", kind]
        done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=True)
        assert mark in done.stdout.decode()
        assert "7" in done.stdout.decode()


def test_the_windows_task_is_written_as_its_header_says(tmp_path):
    table = workbook(tmp_path / "表.xlsx")
    command = [
        sys.executable,
        "-m",
        "capa_xl",
        "schedule",
        str(table),
        "--print",
        "windows",
        "-o",
        str(tmp_path / "t.xml"),
    ]
    done = subprocess.run([*command, "--json"], check=True, capture_output=True)
    blob = (tmp_path / "t.xml").read_bytes()
    told = json.loads(done.stdout)
    assert (told["kind"], told["file"]) == ("windows", str(tmp_path / "t.xml"))
    assert told["text"].replace("\n", "\r\n") == blob.decode("utf-16")
    assert blob.startswith(b"\xff\xfe")
    assert blob.decode("utf-16").startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n')
    ET.fromstring(blob)


def test_no_unit_is_printed_for_a_workbook_that_is_not_there(tmp_path):
    command = [sys.executable, "-m", "capa_xl", "schedule", str(tmp_path / "没有*.xlsx"), "--print", "cron"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert (done.returncode, done.stdout) == (20, b"")
    assert "找不到文件" in done.stderr.decode()


@pytest.mark.parametrize("at", ["25:00", "8:30", "08：30", ""])
def test_a_time_that_is_none_is_a_fault_of_the_call(tmp_path, at):
    table = workbook(tmp_path / "表.xlsx")
    command = [sys.executable, "-m", "capa_xl", "schedule", str(table), "--at", at, "--print", "cron"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"--at「{at}」不是时刻 → 请写成 08:30，一天几次" in done.stderr.decode()


def test_units_call_the_interpreter_where_no_script_was_called(tmp_path):
    table = workbook(tmp_path / "表.xlsx")
    command = [sys.executable, "-m", "capa_xl", "schedule", str(table), "--at", "07:45", "--print", "cron"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=True)
    assert f"&& {sys.executable} -m capa_xl daily " in done.stdout.decode()


def test_daily_prints_one_json_document(tmp_path):
    table = workbook(tmp_path / "表.xlsx", TRACKER, 人员部门=QUALITY)
    folder, missing = tmp_path / "folder.xlsx", tmp_path / "none.xlsx"
    folder.mkdir()
    command = [sys.executable, "-m", "capa_xl", "daily", str(folder), str(table), str(missing), "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    document = json.loads(done.stdout)
    assert done.returncode == 20
    assert [one["outcome"] for one in document["workbooks"]] == ["failed", "served", "missing"]
