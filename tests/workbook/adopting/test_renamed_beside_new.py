"""Headings renamed while a column is put in or moved: the table stops with the heading and a line that works.

Each required column is renamed to a name nobody knows, beside a new column of one's own whose values may be such too.
"""

from __future__ import annotations

import re
import shlex
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register, require_tracker
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
HEAD = ["隐患编号", "隐患描述", "整改责任人", "整改时限"]
ROWS = [
    ["H1", "走廊堆放纸箱", "样例甲", date(2026, 12, 10)],
    ["H2", "应急灯不亮", "样例乙", date(2026, 11, 10)],
    ["H3", "配电箱缺标识", "样例丙", date(2027, 1, 20)],
]
PICTURES, COMPANIONS = ("照片", "IMG", "IMG2", None), ("陪同", "样例丁", "样例丁", "样例戊")
PICTURED_ON = ("拍照日", DAY, DAY, DAY)


@pytest.fixture(scope="module")
def adopted():
    return adopt(workbook_bytes({"表": [HEAD, *ROWS]}), Adopting({}, "a1", DAY))[0]


def edited(blob, names, own, *, in_front=""):
    """The table with headings renamed, a column of one's own before the owner's, and one column moved to the front."""
    columns = [list(column) for column in zip(HEAD, *ROWS, strict=True)]
    columns.insert(2, list(own))
    columns.sort(key=lambda column: column[0] != in_front)
    book, stream = openpyxl.load_workbook(BytesIO(blob)), BytesIO()
    for at, (heading, *below) in enumerate(columns, 1):
        for row, value in enumerate((names.get(heading, heading), *below), 1):
            book["表"].cell(row, at).value = value
    book.save(stream)
    return stream.getvalue()


def facts(blob):
    register = read_register(blob)
    require_tracker(register)
    return [(a.number, a.description, a.owners, a.due_on) for a in register.tracker.records]


CASES = [
    ({"隐患编号": "流水"}, PICTURES, "隐患编号"),
    ({"隐患描述": "看到什么"}, PICTURES, ""),
    ({"整改责任人": "谁去做"}, PICTURED_ON, "整改责任人"),
    ({"整改责任人": "谁去做"}, COMPANIONS, ""),
    ({"整改时限": "到哪天"}, PICTURED_ON, "整改时限"),
    ({"整改责任人": "谁去做", "整改时限": "到哪天"}, PICTURES, ""),
]


@pytest.mark.parametrize(("names", "own", "in_front"), CASES)
def test_it_stops_with_the_heading_and_a_line_that_takes_every_row_on(adopted, names, own, in_front):
    later = edited(adopted, names, own, in_front=in_front)
    register = read_register(later)
    with pytest.raises(UnreadableWorkbook) as stop:
        require_tracker(register)
    said = str(stop.value)
    assert all(f"「{new}」" in said or f"{new}=" in said for new in names.values())
    line = re.search(r"运行 capa-xl adopt 本工作簿 (.+?)；", said)
    answers = dict(word.split("=") for word in shlex.split(line[1]) if "=" in word)
    if other := re.search(r"把那一项换成 (.+?)；", said):  # two columns of such values: only people know
        right = [one for one in (other[1].split("、")) if one.split("=")[0] in names.values()]
        answers = {k: v for k, v in answers.items() if k != own[0]} | dict(one.split("=") for one in right)
    own_days = {own[0]: ""} if own is PICTURED_ON else {}  # days that nobody knows are asked by the line itself
    assert facts(adopt(later, Adopting(answers | own_days, "", DAY))[0]) == facts(adopted)
    told = {p.fix for p in check(view_register(register, AsOf(DAY, DAY))).problems if p.rule == "WB02"}
    assert told and all(fix in said for fix in told)


def test_a_column_whose_values_say_nothing_is_listed_with_the_others(adopted):
    blank = ("空着", None, None, None)
    book, stream = openpyxl.load_workbook(BytesIO(edited(adopted, {"整改责任人": "谁去做"}, blank))), BytesIO()
    for row in (2, 3, 4):
        book["表"].cell(row, 4).value = None
    book.save(stream)
    with pytest.raises(UnreadableWorkbook) as stop:
        require_tracker(read_register(stream.getvalue()))
    assert (
        "改了列名的，运行 capa-xl adopt 本工作簿 --map 待定=责任人（等号左边写那一列的列名：「空着」、「谁去做」）；"
        in str(stop.value)
    )


def test_a_column_put_in_or_moved_alone_changes_nothing(adopted):
    assert facts(edited(adopted, {}, COMPANIONS, in_front="整改时限")) == facts(adopted)
