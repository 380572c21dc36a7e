"""The first screen of adopt names what its columns of people hold besides names."""

from datetime import date

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from tests.tables import workbook_bytes

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


def test_a_joint_column_says_what_the_stroke_parts():
    rows = [
        ["编号", "问题描述", "措施内容", "责任部门/责任人", "完成期限"],
        ["1", "漏油", "换密封", "仪表/王工", date(2026, 12, 1)],
    ]
    found = notes(rows, **{"责任部门/责任人": "责任人"})
    assert "「责任部门/责任人」用斜杠或换行隔开的，分成责任部门（例：仪表）和责任人" in found
