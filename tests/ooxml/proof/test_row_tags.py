"""The start tags of a row before and after: `spans` may grow, and a promised height may come."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.proof.row_tags import is_same_tag, is_so_high


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("<row>", "<row>", True), ("<row>", "<row >", False), ('<row r="1">', '<row r="2">', False),
        # as nearly every program writes it
        ('<row r="1" spans="2:3" ht="9">', '<row r="1" spans="1:4" ht="9">', True),
        ('<row r="1" spans="2:3">', '<row r="1" spans="2:4">', True),
        ('<row r="1" spans="2:3">', '<row r="1" spans="1:3">', True),
        ('<row r="1" spans="2:3">', '<row r="1" spans="3:3">', False),
        ('<row r="1" spans="2:3">', '<row r="1" spans="2:2">', False),
        ('<row r="1" spans="9:10">', '<row r="1" spans="10:11">', False),
        ('<row r="1" spans="2:3">', '<row r="2" spans="1:3">', False),
        ('<row r="1" spans="2:3" ht="9">', '<row r="1" spans="1:3" ht="8">', False),
        # in any other form
        ("<row spans='2:3' r='1'>", "<row spans='1:4' r='1'>", True),
        ("<row spans='2:3' r='1'>", "<row spans='2:3' r='2'>", False),
        ("<row spans='2:3' r='1'>", "<row spans='1:4' r='2'>", False),
        ("<row spans='2:3' r='1'>", "<row spans='3:3' r='1'>", False),
        ("<row spans='2:3' r='1'>", "<row spans='2:2' r='1'>", False),
        ("<row  spans = '1:2 4:5'>", "<row spans='1:5'>", True),
        ("<row spans='1:2 4:5'>", "<row spans='1:4'>", False),
        ("<row spans='1:2 4:5'>", "<row spans='2:5'>", False),
        ("<row spans='1:2'>", "<row spans='1:5 6:7'>", False),
        ("<row spans='1:2'>", "<row spans='1:5' spans='1:5'>", False),
        ("<row spans='1:2' spans='1:2'>", "<row spans='1:5'>", False),
        ("<row spans='1:2'>", "<row>", False), ("<row>", "<row spans='1:2'>", False),
        ("<row spans=''>", "<row spans='1:3'>", False), ("<row spans=''>", "<row spans='0:5'>", False),
        ("<row spans='1:2'>", "<row spans=''>", False), ("<row spans='1:2'>", "<row spans='x1:2'>", False),
    ],
)  # fmt: skip
def test_only_spans_that_grew_may_differ(old, new, same):
    assert is_same_tag(old.encode(), new.encode()) is same


@pytest.mark.parametrize(
    ("old", "new", "high"),
    [
        ('<row r="1">', '<row r="1" ht="30" customHeight="1">', True),
        ('<row r="1" ht="9">', '<row r="1" ht="30" customHeight="1">', True),
        ('<row customHeight="1" ht="9" r="1">', '<row r="1" ht="30" customHeight="1">', True),
        ('<row r="1" spans="2:3">', '<row r="1" spans="1:3" ht="30" customHeight="1">', True),
        ('<row r="1">', '<row r="1" ht="31" customHeight="1">', False),
        ('<row r="1">', '<row r="1" ht="30">', False),
        ('<row r="1">', '<row r="1" ht="30" customHeight="0">', False),
        ('<row r="1">', '<row r="1" customHeight="1" ht="30">', False),
        ('<row r="1">', '<row r="1" ht="30" customHeight="1" hidden="1">', False),
        ('<row r="1" s="2">', '<row r="1" ht="30" customHeight="1">', False),
        ('<row r="1">', '<row r="1">', False),
    ],
)  # fmt: skip
def test_a_row_may_get_the_height_that_was_promised_and_no_other(old, new, high):
    assert is_so_high(old.encode(), new.encode(), b"30") is high
