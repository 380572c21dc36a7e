from pathlib import Path

from capa_xl.effects.paper_shelf import PaperShelf


def test_a_name_that_no_system_takes_is_cut_and_stays_apart_from_others_that_begin_alike(tmp_path: Path):
    first, second = (PaperShelf.of(tmp_path, "长" * 2000 + end).folder for end in "甲乙")
    assert first != second
    assert max(len(folder.name.encode()) for folder in (first, second)) <= 240
    first.mkdir(parents=True)


def test_a_name_that_can_stand_stays(tmp_path: Path):
    assert PaperShelf.of(tmp_path, "T-1").folder.name == "T-1"
