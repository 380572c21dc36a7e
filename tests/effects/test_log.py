from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from capa_xl.effects import log
from capa_xl.effects.log import open_log
from tests.effects.test_sharing import held

AT = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"x")
    return path


def test_a_line_has_time_with_offset_level_and_text(tmp_path, book):
    with open_log(tmp_path, book, lambda: AT) as logger:
        logger.warning("工作簿打不开\n第二行")
    text = (tmp_path / "capa_xl.log").read_text(encoding="utf-8")
    assert text == "2026-11-23T08:30:00+08:00 WARNING 工作簿打不开 第二行\n"


def test_the_log_turns_over_when_a_run_begins_and_keeps_five_old_files(tmp_path, book, monkeypatch):
    monkeypatch.setattr(log, "BYTES_PER_FILE", 200)
    state = tmp_path / ".capa_xl"
    for run in range(9):
        with open_log(state, book, lambda: AT) as logger:
            for n in range(6):
                logger.info("第 %d 次，第 %d 封", run, n)
    assert sorted(p.name for p in state.iterdir()) == ["capa_xl.log", *[f"capa_xl.log.{n}" for n in range(1, 6)]]
    assert ["第 8 次" in (state / name).read_text("utf-8") for name in ("capa_xl.log", "capa_xl.log.1")] == [
        True,
        False,
    ]
    assert "第 7 次" in (state / "capa_xl.log.1").read_text("utf-8")


def test_two_processes_write_one_log_while_it_turns_over(tmp_path, book, monkeypatch):
    state = tmp_path / ".capa_xl"
    with open_log(state, book, lambda: AT) as first:
        first.info("甲一")
        monkeypatch.setattr(log, "BYTES_PER_FILE", 1)
        with open_log(state, book, lambda: AT) as second:
            second.info("乙一")
            first.info("甲二")
    assert "甲一" in (state / "capa_xl.log.1").read_text("utf-8")
    assert "乙一" in (state / "capa_xl.log").read_text("utf-8")
    assert "甲二" in (state / "capa_xl.log").read_text("utf-8")


def test_a_log_that_another_process_holds_is_not_turned_over_and_not_lost(tmp_path, book, monkeypatch):
    state = tmp_path / ".capa_xl"
    with open_log(state, book, lambda: AT) as logger:
        logger.info("一")
    monkeypatch.setattr(log, "BYTES_PER_FILE", 1)
    monkeypatch.setattr(Path, "replace", held(100, 32))
    with open_log(state, book, lambda: AT) as logger:
        logger.info("二")
    assert [path.name for path in state.iterdir()] == ["capa_xl.log"]
    assert len((state / "capa_xl.log").read_text("utf-8").splitlines()) == 2


def test_a_log_that_cannot_be_written_stops_nothing_and_says_why(tmp_path, book):
    place = tmp_path / ".capa_xl" / "capa_xl.log"
    place.mkdir(parents=True)
    with open_log(place.parent, book, lambda: AT) as logger:
        assert logger.fault == ""
        logger.info("一")
    assert logger.fault.startswith(f"日志「{place}」写不了：") and "→ 请检查" in logger.fault
    assert log.log_line(place.parent, book, lambda: AT, "一") == logger.fault
    place.rmdir()
    assert log.log_line(place.parent, book, lambda: AT, "一") == ""
