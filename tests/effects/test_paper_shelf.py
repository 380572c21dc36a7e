from pathlib import Path

import pytest

from capa_xl.effects.paper_shelf import PaperShelf
from capa_xl.errors import UnsafeWrite


def test_a_name_that_no_system_takes_is_cut_and_stays_apart_from_others_that_begin_alike(tmp_path: Path):
    first, second = (PaperShelf.of(tmp_path, "长" * 2000 + end).folder for end in "甲乙")
    assert first != second
    assert max(len(folder.name.encode()) for folder in (first, second)) <= 240
    first.mkdir(parents=True)


def test_what_lies_there_is_never_replaced_and_the_same_bytes_are_no_other(tmp_path: Path):
    shelf, place = PaperShelf(tmp_path / "T-1"), tmp_path / "T-1/GJ-1/改进效果确认报告 第12版.docx"
    shelf.put(place, b"one")
    shelf.put(place, b"one")
    with pytest.raises(UnsafeWrite, match="里是别的内容，没有覆盖"):
        shelf.put(place, b"two")
    assert place.read_bytes() == b"one"
    assert (shelf.editions("report", "GJ-1"), shelf.editions("reply", "GJ-1")) == ((12,), ())
    assert shelf.files() == (place,)


def test_a_name_that_can_stand_stays(tmp_path: Path):
    assert PaperShelf.of(tmp_path, "T-1").folder.name == "T-1"
