"""Every workbook that a command writes beside the tracker is known again, and the tracker never is one of them."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.effects.own_lists import own_title
from capa_xl.model.slip import Slip
from capa_xl.reports.sheets import Book
from capa_xl.reports.slip_workbook import slip_workbook
from tests.tables import tracker_bytes

ON = date(2026, 11, 29)


def a_book():
    book = Book("改进看板 2026Q4 <甲&乙>", ON)
    book.sheet("页", "页")
    return book.close()


def saved_by_hand(blob):
    """As openpyxl saves it: the mark is a property that office programs keep."""
    kept = BytesIO()
    openpyxl.load_workbook(BytesIO(blob)).save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_book_and_a_slip_are_known_by_their_titles(tmp_path, by_hand):
    slip = slip_workbook(Slip("W1", "", "网络部", ON, "t", ()))
    path = tmp_path / "某个名字.xlsx"
    for blob, title in ((a_book(), "改进看板 2026Q4 <甲&乙>"), (slip, "网络部 填报表（2026-11-29）")):
        path.write_bytes(saved_by_hand(blob) if by_hand else blob)
        assert own_title(path) == title


def test_a_tracker_a_text_and_nothing_are_not(tmp_path):
    path = tmp_path / "表.xlsx"
    assert own_title(path) == ""
    path.write_bytes(b"no package")
    assert own_title(path) == ""
    path.write_bytes(tracker_bytes("编号 问题描述\n"))
    assert own_title(path) == ""
