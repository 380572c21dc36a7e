"""One line a requirement; of many rows at fault the first eight and how many there are."""

import pytest

from capa_xl.model.conformity import BROKEN, KEPT, Conformity
from capa_xl.reports.conformity_text import conformity_lines


def line_of(verdict, rows):
    line = Conformity("R09", "4.1", "措施有责任人", (), verdict, of=12, hit=len(rows), rows=rows)
    return list(conformity_lines((line,)))[1]


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "GJ-1"), (8, "GJ-1、GJ-2、GJ-3、GJ-4、GJ-5、GJ-6、GJ-7、GJ-8"),
     (9, "GJ-1、GJ-2、GJ-3、GJ-4、GJ-5、GJ-6、GJ-7、GJ-8 等 9 行")],
)  # fmt: skip
def test_what_is_to_be_put_right_is_named(count, shown):
    rows = tuple(f"GJ-{n}" for n in range(1, count + 1))
    assert line_of(BROKEN, rows) == f"R09  4.1  措施有责任人：待整改 {count}/12 → {shown}"


def test_what_is_satisfied_names_no_rows():
    assert line_of(KEPT, ()) == "R09  4.1  措施有责任人：满足 12/12"
