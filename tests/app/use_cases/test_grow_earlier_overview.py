"""A 总览 of an earlier version isn't drawn anew by growing: people are told, and what they are told to do works."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from capa_xl.app.use_cases.grow import grow
from tests.app.desks import desk_at

DAY = date(2026, 11, 22)
MADE = Path(__file__).parents[2] / "workbook" / "blank"


@pytest.fixture
def earlier(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes((MADE / "departments_by_list" / "sample.xlsx").read_bytes())
    return path


def renamed(path: Path, *sheets: str) -> Path:
    """As Excel leaves it when somebody gives the sheets other names."""
    new = path.with_name("改名.xlsx")
    with ZipFile(path) as old, ZipFile(new, "w") as out:
        for part in old.namelist():
            text = old.read(part)
            if part == "xl/workbook.xml":
                for sheet in sheets:
                    text = text.replace(f'name="{sheet}"'.encode(), f'name="{sheet}（旧）"'.encode())
                    text = text.replace(f"{sheet}!".encode(), f"'{sheet}（旧）'!".encode())
            out.writestr(part, text)
    return new


def test_whoever_has_one_is_told_that_it_stays_and_how_to_get_the_new_one(earlier):
    done = grow(desk_at(earlier, DAY))
    assert done.growth.is_empty
    overview, timeline = done.notes
    assert "版面、颜色和部门次序不变" in overview and "capa-xl grow" in overview
    assert "《时间轴》是较早的版本画的" in timeline and "--sheet 时间轴 --apply" in timeline


def test_under_another_name_it_makes_room_for_the_new_one_and_nothing_more_is_said(earlier):
    path = renamed(earlier, "总览", "时间轴")
    done = grow(desk_at(path, DAY), apply=True)
    assert done.written and done.growth.sheets == ("总览",) and not done.growth.columns
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    assert (names[0], names[-1]) == ("总览（旧）", "总览")
    assert grow(desk_at(path, DAY), sheets=("时间轴",), apply=True).growth.sheets == ("时间轴",)
    assert openpyxl.load_workbook(path, read_only=True).sheetnames[-1] == "时间轴"
    assert grow(desk_at(path, DAY)).notes == ()
