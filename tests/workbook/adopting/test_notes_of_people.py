"""The first screen of adopt names what its columns of people hold besides names."""

from datetime import date

import pytest

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from tests.tables import workbook_bytes

DAY = date(2026, 12, 1)
ROWS = [
    ["编号", "问题描述", "措施内容", "责任人", "完成期限"],
    *(
        [str(n), "漏油", "换密封", owner, date(2026, 12, n)]
        for n, owner in enumerate(("李强（机电队长）", "同上", "TBD", "王工", "丁强"), start=1)
    ),
]


def notes(rows, **answers):
    return adopt(workbook_bytes({"台账": rows}), Adopting(answers, "a1", date(2026, 11, 29)))[1].notes


def test_who_is_nobody_and_who_has_a_post_around_the_name_is_said():
    found = [note for note in notes(ROWS) if note.startswith("「责任人」")]
    assert found == [
        "「责任人」有 2 处写的不是姓名（同上、TBD），不会提醒到人；请写明姓名",
        "「责任人」有 1 种写法在姓名前后带着别的字（例：李强（机电队长）），照原样各算一个人；"
        "《人员部门》里只有一个人能对上的，提醒发给他",
    ]


def test_a_title_behind_a_name_is_around_it_with_a_blank_and_without():
    rows = [
        ROWS[0],
        *([str(n), "漏油", "换密封", owner, DAY] for n, owner in enumerate(("孙丽主任", "吴斌 班长", "陈刚"), 1)),
    ]
    found = [note for note in notes(rows) if "前后" in note]
    assert [note.partition("，照")[0] for note in found] == [
        "「责任人」有 2 种写法在姓名前后带着别的字（例：孙丽主任、吴斌 班长）"
    ]


def test_a_joint_column_says_what_the_stroke_parts():
    rows = [
        ["编号", "问题描述", "措施内容", "责任部门/责任人", "完成期限"],
        ["1", "漏油", "换密封", "仪表/王工", date(2026, 12, 1)],
    ]
    found = notes(rows, **{"责任部门/责任人": "责任人"})
    assert "「责任部门/责任人」用斜杠或换行隔开的，分成责任部门（例：仪表）和责任人" in found


@pytest.mark.parametrize("heading", ["责任部门/责任人", "责任人/部门", "负责人（部门）", "Owner/Dept"])
def test_a_joint_column_is_proposed_as_the_peoples(heading):
    rows = [
        ["编号", "问题描述", "措施内容", heading, "完成期限"],
        *(
            [str(n), f"漏油{n}处", "换密封", f"{who}/运维部", date(2026, 12, 1)]
            for n, who in enumerate(("王强", "李明"))
        ),
    ]
    asked = adopt(workbook_bytes({"台账": rows}), Adopting({}, "a1", date(2026, 11, 29)))[1].ask
    assert [(one.header, one.proposal) for one in asked if one.header == heading] == [(heading, "责任人")]
