from datetime import datetime, timedelta, timezone

import pytest

from capa_xl.effects import log
from capa_xl.effects.log import open_log

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


def test_the_log_turns_over_and_keeps_five_old_files(tmp_path, book, monkeypatch):
    monkeypatch.setattr(log, "BYTES_PER_FILE", 200)
    with open_log(tmp_path / ".capa_xl", book, lambda: AT) as logger:
        for n in range(60):
            logger.info("第 %d 封", n)
    assert sorted(p.name for p in (tmp_path / ".capa_xl").iterdir()) == [
        "capa_xl.log",
        *[f"capa_xl.log.{n}" for n in range(1, 6)],
    ]
