"""Proposals are followed: a day of every row is no day of completion, another matter no status, a makeshift none."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.stated_status import family_of
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY, PAST, AHEAD = date(2026, 11, 28), date(2026, 9, 30), date(2026, 12, 31)
HEAD, DEADLINE = ["编号", "问题描述", "措施内容", "责任人"], "完成期限"
WHO = ["王倩", "李萌", "赵岩", "王倩"]


def asked(*columns, head=HEAD):
    """Heading → proposal of what is asked in a table with these further columns, each a heading and four cells."""
    rows = [
        [f"A-{n}", f"第{n}处标签缺失两处", f"补贴{n}处标签", WHO[n], *(cells[n] for _, cells in columns)]
        for n in range(4)
    ]
    blob = workbook_bytes({"台账": [[*head, *(heading for heading, _ in columns)], *rows]})
    return {one.header: one.proposal for one in adopt(blob, Adopting({}, "a1", DAY))[1].ask}


@pytest.mark.parametrize("heading", ["完成节点", "整改到位时间", "整改到位日期"])
def test_the_only_day_of_every_row_is_a_deadline_whatever_it_is_called(heading):
    every, some = (heading, [PAST, PAST, AHEAD, PAST]), (heading, [PAST, PAST, None, PAST])
    assert asked(every)[heading] == "完成期限"
    assert asked(some).get(heading) != "完成期限"
    assert asked(("计划完成", [PAST] * 4), every).get(heading) != "完成期限"


def test_how_far_another_matter_is_is_no_status():
    others = (DEADLINE, [PAST] * 4), ("实际完成日期", [PAST, PAST, None, None])
    spread = ("横展", ["已横展", "未横展", "待", "已横展"])
    assert asked(*others, spread) == {}
    assert asked(others[0], spread) == {"横展": None}  # where nothing else says what is done, somebody must say


@pytest.mark.parametrize("heading", ["达标情况", "是否到位"])
def test_a_word_of_the_end_tells_of_the_action_though_its_heading_says_it_too(heading):
    end = heading.removeprefix("是否").removesuffix("情况")
    words = [f"已{end}", f"未{end}", f"未{end}", f"已{end}"]
    assert heading in asked((DEADLINE, [PAST] * 4), (heading, words))


def test_a_grade_in_a_name_hides_no_verdict():
    words = ["达到预期", "基本达到", "未到期", "未达到"]
    assert asked((DEADLINE, [PAST] * 4), ("院级督查结论", words)) == {"院级督查结论": None}


def test_what_two_headings_are_with_the_same_right_neither_is_nor_its_next_best():
    told = ["停用并追溯两批", "重新贴签并复核", "补签并记录在案", "更换供电并校准"]
    head = ["编号", "问题描述", "处置决定", "责任人"]
    found = asked((DEADLINE, [PAST] * 4), ("纠正措施方案", told), head=head)
    assert found["纠正措施方案"] is None


@pytest.mark.parametrize(
    ("cells", "proposal"), [(WHO, "责任人"), (["理化室", "微生物室", "理化室", "样品室"], "责任部门")]
)
def test_a_post_is_a_person_or_a_department_by_what_stands_below(cells, proposal):
    head = ["编号", "问题描述", "措施内容", "提出人"]
    assert asked((DEADLINE, [PAST] * 4), ("责任岗", cells), head=head)["责任岗"] == proposal


def test_an_expected_day_says_whose_table_it_is_though_no_heading_is_known():
    rows = [
        ["HC-1", "地漏返水有异味", "更换水封地漏", "陈立", PAST],
        ["HC-2", "蚊虫灯损坏两盏", "更换灯管并巡检", "何芳", AHEAD],
    ]
    head = ["整改单号", "缺失事实", "改善对策", "改善担当", "预计改善日"]
    found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({}, "a1", DAY))[1]
    assert {one.header: one.proposal for one in found.ask} == {
        "缺失事实": "问题描述", "改善担当": "责任人", "预计改善日": "完成期限",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("设备状态", ["运行", "停机", "运行", "运行"]),
        ("状态说明", ["三批连续合格", "第二批再发", "四批在途", "已换供方"]),
        ("供应商等级", ["A", "C", "B", "A"]),
        ("验证", ["措施落实到班组", "抽查三批没有再犯", "看了记录", "问了两名员工"]),
    ],
)
def test_what_a_name_alone_resembles_is_left_to_who_is_asked(heading, cells):
    others = (DEADLINE, [PAST] * 4), ("实际完成日期", [PAST, PAST, None, None])
    assert asked(*others, (heading, cells)).get(heading) not in ("状态", "严重度", "检查人")


def test_people_under_a_name_of_a_department_are_people():
    head = ["编号", "问题描述", "措施内容", "提出人"]
    assert asked((DEADLINE, [PAST] * 4), ("受审部门代表", WHO), head=head)["受审部门代表"] == "责任人"


def test_grades_under_a_name_of_classes_are_asked_though_one_of_them_is_only_likely_one():
    found = asked((DEADLINE, [PAST] * 4), ("类别", ["一般", "严重", "观察项", "一般"]))
    assert found["类别"] == "严重度"


def test_short_names_of_grades_are_asked():
    others = (DEADLINE, [PAST] * 4), ("实际完成日期", [PAST, PAST, None, None])
    pairs = ("Sev", ["S1", "S2", "S3", "S1"]), ("Pri", ["P1", "P2", "P3", "P1"])
    assert asked(*others, *pairs) == {"Sev": "严重度", "Pri": "优先级"}


def test_an_answer_for_the_moved_deadline_alone_leaves_the_other_one_the_first():
    head = [*HEAD, "目标完成日期", "延期至", "实际完成日期"]
    rows = [
        ["C-1", "灌装量偏低三批次", "更换计量泵", "王倩", date(2026, 11, 1), None, None],
        ["C-2", "含量测定异常一次", "修订规程", "李萌", date(2026, 7, 1), date(2026, 12, 1), None],
    ]
    new, found = adopt(workbook_bytes({"台账": [head, *rows]}), Adopting({"延期至": "完成期限"}, "a1", DAY))
    assert ("目标完成日期", "原完成期限") in {(one.header, one.field) for one in found.mapped}
    actions = read_register(new).tracker.records
    assert [action.due_on for action in actions] == [date(2026, 11, 1), date(2026, 12, 1)]
    own = Adopting({"延期至": "完成期限", "目标完成日期": ""}, "a1", DAY)
    assert "目标完成日期" in adopt(workbook_bytes({"台账": [head, *rows]}), own)[1].unmapped


@pytest.mark.parametrize("word", ["未复现", "未再发", "未见异常", "未检出", "Not reproduced"])
def test_that_a_fault_is_no_more_is_neither_open_nor_failed(word):
    others = (DEADLINE, [PAST] * 4), ("实际完成日期", [PAST, PAST, None, None])
    columns = (*others, ("复测结果", ["合格", word, "合格", "合格"]))
    rows = [[f"A-{n}", f"第{n}处", "补贴标签", WHO[n], *(cells[n] for _, cells in columns)] for n in range(4)]
    blob = workbook_bytes({"台账": [[*HEAD, *(heading for heading, _ in columns)], *rows]})
    words = {one.word: one for one in adopt(blob, Adopting({"复测结果": "检查结论"}, "a1", DAY))[1].words}
    assert (words[word].meaning, words[word].proposal) == ("", None)
    assert family_of(word, {}) is None


def test_numbers_are_no_names_and_who_is_named_with_a_department_is():
    owners = ["研发一部/王强", "运维部/李明", "研发二部/赵岩", "研发一部/王强"]
    head = ["SCAR", "问题描述", "改进动作", "提出人"]
    found = asked((DEADLINE, [PAST] * 4), ("责任方", owners), head=head)
    assert (found["责任方"], found["改进动作"], found["SCAR"]) == ("责任人", "措施内容", None)
