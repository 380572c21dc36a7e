"""Names with a post around them: taken for a person of the roster where nobody else can be meant, and told."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.posts_around_names import meant_people
from capa_xl.policy.reminders.deputies import AddressBook
from capa_xl.policy.reminders.reach import reach_of
from capa_xl.policy.todo import todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.policy.written_otherwise import written_otherwise
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY, LATE = date(2026, 11, 28), date(2026, 11, 10)
TEXT = "门锁坏了无法锁闭"
PEOPLE = [
    ["姓名", "部门", "角色", "邮箱"],
    ["李强", "机电队", "员工", "li@corp.example"],
    ["刘芳", "通风队", "员工", "liu@corp.example"],
    ["Helen Wu", "机电队", "员工", "wu@corp.example"],
    ["孙甲", "机电队", "员工", "sun1@corp.example"],
    ["孙甲", "通风队", "员工", "sun2@corp.example"],
]


def view_of(*owners):
    rows = [["编号", "问题描述", "责任人", "完成期限", "状态"]]
    rows += [[f"A{n}", f"{TEXT}{n}", owner, LATE, "进行中"] for n, owner in enumerate(owners, 1)]
    sheets = {"改进计划跟踪表": rows, "人员部门": PEOPLE}
    return view_register(read_register(workbook_bytes(sheets)), AsOf(DAY, DAY))


@pytest.mark.parametrize(
    ("writing", "meant"),
    [
        ("李强（机电队长）", "李强"), ("（夜班）李强", "李强"), ("第一责任人：刘芳", "刘芳"),
        ("Helen Wu (CFO)", "Helen Wu"),
        ("李强 13900000000", "李强"), ("李强8230", "李强"), ("李强 分机8230", "李强"), ("Helen Wu 8001-12", "Helen Wu"),
        ("刘芳 00123", "刘芳"), ("李强 8", ""), ("李强2", ""),
        ("李强 主任", "李强"), ("李强班长", "李强"), ("李强 副经理", "李强"), ("班长", ""),
        ("李强（通风队）", ""), ("孙甲（班长）", ""), ("西子电梯（厂家）", ""), ("李强", ""),
    ],
)  # fmt: skip
def test_a_writing_means_a_person_only_where_nobody_else_can_be_meant(writing, meant):
    view = view_of(writing)
    assert (view.roster.meant_by(writing) == writing) == (not meant)
    names = [one.name for one in AddressBook(view.roster, DAY).addressees((writing,), ())]
    assert names == ([meant] if meant else ["李强"] if writing == "李强" else [])


def test_what_is_taken_for_a_person_is_on_their_list_reached_and_told():
    view = view_of("李强（机电队长）", "李强")
    assert [item.number for item in todo_of(view, "李强").items] == ["A1", "A2"]
    assert written_otherwise(view, "李强") == ()
    assert "李强（机电队长）" not in [name for name, _ in reach_of(view).people]
    assert left_out_sentences(view, (), "") == (
        "1 处责任人按《人员部门》里同名的人提醒：李强（机电队长） 按「李强」（C2） → "
        "不是同一个人的，在《人员部门》照表里的写法另加一行",
    )


def test_two_writings_of_one_name_may_be_two_people():
    view = view_of("李强（白班）", "李强（夜班）")
    assert [item.number for item in todo_of(view, "李强").items] == []
    assert written_otherwise(view, "李强") == (("李强（白班）", ("A1",)), ("李强（夜班）", ("A2",)))
    assert meant_people(["李强（白班）", "李强（夜班）"], {"李强": ()}, ()) == {}


@pytest.mark.parametrize(
    ("writings", "meant"),
    [
        (("李强 1001", "李强(1001)", "李强（工号1001）", "李强（工号：1001）", "李强1001"), True),
        (("李强 1001", "李强（1002）"), False),
        (("李强 1001", "李强（班长）"), False),
        (("孙甲 1001", "孙甲（1001）"), False),
        (("李强 1001", "李强（通风队1001）"), False),
    ],
)
def test_one_name_with_one_number_is_one_person_however_it_is_written(writings, meant):
    roster = view_of(*writings).roster
    assert [roster.meant_by(writing) for writing in writings] == [
        writing[:2] if meant else writing for writing in writings
    ]


def test_ditto_is_nobody_and_is_named():
    view = view_of("李强", "同上")
    assert [action.owners for action in view.actions] == [("李强",), ()]
    assert [said for said in left_out_sentences(view, (), "") if "同上" in said] == [
        "1 处写的是「同上」，不是姓名，没有提醒到人：A2（C3） → 写明姓名"
    ]


@pytest.mark.parametrize("word", ["待定", "TBD", "tbc", "待指定"])
def test_who_is_not_yet_known_is_nobody_and_is_named(word):
    view = view_of(word, f"李强、{word}")
    assert [action.owners for action in view.actions] == [(), ("李强",)]
    assert [said for said in left_out_sentences(view, (), "") if word in said] == [
        f"1 处写的是「{word}」，不是姓名，没有提醒到人：A1（C2） → 写明姓名"
    ]


def test_a_post_or_department_before_a_blank_makes_no_second_person():
    view = view_of("机电队 李强", "队长 刘芳", "王工 李工", "张三 李四")
    found = [action.owners for action in view.actions]
    assert found == [("机电队 李强",), ("队长 刘芳",), ("王工", "李工"), ("张三", "李四")]
    assert (view.roster.meant_by("机电队 李强"), view.roster.meant_by("队长 刘芳")) == ("李强", "刘芳")
    assert not [
        remark for remark in view.register.remarks if remark.rule == "FD11" and remark.hit.number in ("A1", "A2")
    ]


@pytest.mark.parametrize("post", ["高级工程师", "高级经理", "施工员", "施工队长", "方案经理"])
def test_a_post_that_begins_as_a_surname_does_is_a_post(post):
    view = view_of(f"{post} 李强", "高工 刘芳", "施工 李强")
    assert [action.owners for action in view.actions] == [(f"{post} 李强",), ("高工", "刘芳"), ("施工", "李强")]
    assert view.roster.meant_by(f"{post} 李强") == "李强"


def test_one_or_the_other_are_both():
    assert view_of("李四或张三").actions[0].owners == ("李四", "张三")
    assert view_of("李或").actions[0].owners == ("李或",)


def test_who_raised_a_row_and_is_to_check_it_is_said():
    rows = [["编号", "问题描述", "提出人", "责任人", "完成期限", "实际完成日期", "检查人", "检查日期", "检查结论"]]
    rows += [
        ["A1", TEXT, "李强", "刘芳", LATE, LATE, "", "", ""],
        ["A2", TEXT, "李强", "刘芳", LATE, LATE, "周建", "", ""],
    ]
    view = view_register(read_register(workbook_bytes({"改进计划跟踪表": rows})), AsOf(DAY, DAY))
    assert [derived.next_actor for _, derived in view.pairs] == ["李强", "周建"]
    assert [said for said in left_out_sentences(view, (), "") if "等检查" in said] == [
        "1 行等检查，没有写由谁检查，提醒发给「提出人」：A1（李强） → "
        "由别人检查的，填检查人（没有这一列的加一列“检查人”）"
    ]
