"""The columns of a row, told by its shape: what varies from row to row must not matter, all else must."""

import pytest

from capa_xl.ooxml.sheet_runs import columns_in, hold_texts
from capa_xl.ooxml.sheet_scan import Patterns, Row


def columns(row: str, prefix: bytes = b"") -> tuple[int, ...] | None:
    body = row.encode()
    return columns_in(body, Patterns(prefix), 0, len(body))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("", ()),
        ('<c r="A7" s="12"><v>9</v></c><c r="C7" t="inlineStr"><is><t>样例 C</t></is></c>', (1, 3)),
        ('<c r="A8"><v>1234</v></c><c r="C8" t="inlineStr"><is><t>另一格 C</t></is></c>', (1, 3)),
        ('<c r="Z7"/><c r="AA7"/><c r="XFD7"/>', (26, 27, 16384)),
        ('<c r="B7"/><c r="A7"/>', None),
        ('<c r="A7"/><c r="A7"/>', None),
        ('<c><v>1</v></c><c r="B7"/>', None),
        ('<c s="1" r="A7"/>', None),
        ('<c r="A7"/><cx r="B7"/><xc r="C7"/>', (1,)),
        ('<c r="A7" t="str"><v>&lt;c r="B7"</v></c>', (1,)),
        ('<c r="A7"/><c2 r="B7"/>', None),
        ('<c r="A7"/><c r1="C"/>', None),
        ('<c r="A7"/><c r中="C7"/>', None),
    ],
)
def test_columns_are_read_by_their_addresses(row, wanted):
    assert columns(row) == wanted


def test_a_prefix_may_hold_digits_and_chinese():
    assert columns('<x1:c r="A7"/><x1:c r="D7"/><c r="B7"/>', b"x1:") == (1, 4)
    assert columns('<表1:c r="A7"/>', "表1:".encode()) == (1,)


def test_rows_that_differ_in_numbers_and_chinese_only_are_read_once():
    one, other = '<c r="A7"><v>1</v></c><c r="B7"/>', '<c r="A4711"><v>23</v></c><c r="B4711"/>'
    assert columns(one) is columns(other)


RESULTS = b'<c r="G7" s="3" t="str"><f>A1</f><v>P</v></c><c r="H7" t="str"><f>A2</f><v></v></c>'


@pytest.mark.parametrize(
    ("cells", "texts", "hold"),
    [
        (RESULTS, [b"P", b""], True),
        (RESULTS, [b"P", b"D"], False),
        (RESULTS.replace(b"H7", b"H8"), [b"P", b""], False),
        (RESULTS.replace(b"H7", b"I7"), [b"P", b""], False),
        (RESULTS.replace(b"<f>A2</f>", b""), [b"P", b""], False),
        (RESULTS.replace(b' t="str"><f>A2', b"><f>A2"), [b"P", b""], False),
        (RESULTS[: RESULTS.index(b'<c r="H7')], [b"P", b""], False),
        (b"", [b"P", b""], False),
    ],
)
def test_results_are_known_at_a_glance_where_they_stand_in_the_plainest_form(cells, texts, hold):
    body = b'<row r="7">' + cells + b"</row>"
    row = Row(7, 0, 11, 11 + len(cells), len(body))
    assert hold_texts(body, Patterns(b""), row, (7, 8), texts) is hold
