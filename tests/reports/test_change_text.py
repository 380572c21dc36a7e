"""What a cell held and holds is written one way everywhere, and moments too."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from capa_xl.model.as_of import moment_text
from capa_xl.model.intent import APPLY
from capa_xl.model.snapshot import Applied, AppliedEdit
from capa_xl.reports.change_text import change_text, value_text
from capa_xl.reports.fixes_text import undo_lines


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "（空）"),
        ("", "（空）"),
        ("甲\r\n乙", "「甲\\n乙」"),
        (date(2026, 11, 29), "「2026-11-29」"),
        (datetime(2026, 11, 29, 1, 40, 16), "「2026-11-29 01:40」"),
        (3, "「3」"),
        (0.0, "「0」"),
        (-2.0, "「-2」"),
        (0.5, "「0.5」"),
    ],
)
def test_a_value_stands_in_corners_and_a_blank_says_so(value, text):
    assert value_text(value) == text


def test_a_long_value_is_cut_where_it_is_asked_for():
    assert change_text("长" * 99, None, is_cut=True) == f"「{'长' * 60}…」 → （空）"
    assert change_text("长" * 99, None) == f"「{'长' * 99}」 → （空）"


def test_a_moment_has_no_t_and_no_zone():
    assert moment_text("2026-11-29T01:40:16+08:00") == "2026-11-29 01:40"


def test_undo_tells_its_moment_and_a_blank_as_all_others_do():
    edit = AppliedEdit("改进计划跟踪表", "D3", None, "甲")
    applied = Applied(1, "2026-11-29T01:40:16+08:00", APPLY, "", (edit,))
    head, cell, last = undo_lines(applied, applied.edits, (), "")
    assert head == "撤销的是 2026-11-29 01:40 的修复（check --apply）："
    assert cell == "改进计划跟踪表!D3：「甲」 → （空）"
    assert last == "已撤销 2026-11-29 01:40 的修复（check --apply），恢复 1 格。"
