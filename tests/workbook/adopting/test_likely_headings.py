"""Headings that nobody listed: name and values together say what they likely are."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.workbook.adopting.likely_headings import likely_keys
from capa_xl.workbook.adopting.no_people import is_at_odds
from capa_xl.workbook.reading.kinds_of_values import are_days, are_people

PEOPLE, PLACES = ["样例甲", "样例乙、样例丙"], ["住建局", "生态局"]
TEXTS, DAYS = ["增设集合点", "每季实操", "加喇叭"], [date(2026, 11, 1), date(2026, 12, 1)]


def likely(heading, values):
    return tuple(likely_keys(heading, values))


@pytest.mark.parametrize("heading", ["维保人员", "保管人", "Champion", "责任工程师", "系统管理员", "责任领导"])
def test_people_below_a_name_of_people_are_owners(heading):
    assert likely(heading, PEOPLE) == ("owners",)
    assert likely(heading, [*TEXTS, "无法判断的一长串说明文字"]) == ()


@pytest.mark.parametrize("heading", ["发现人", "检查人员", "协办人", "填表人", "客户联系人", "Approved by"])
def test_those_who_find_check_or_help_are_no_owners(heading):
    assert "owners" not in likely(heading, PEOPLE)


def test_organisations_texts_and_days_below_names_of_theirs():
    assert likely("牵头单位", PLACES) == ("responsible_department",)
    assert likely("改进建议", TEXTS) == ("measure",)
    assert likely("异常情况", TEXTS) == ("description",)
    assert likely("下次校准日期", DAYS) == ("due_on",)
    assert likely("落实日期", DAYS) == ("completed_on",)


def test_words_of_a_source_and_texts_of_what_is_done_at_once_below_names_of_theirs():
    assert likely("来自", ["客诉", "内审", "制程", "管评"]) == ("source",)
    assert likely("来自", ["一号线", "二号线", "仓库"]) == ()
    assert likely("临时对策", TEXTS) == likely("短期措施", TEXTS)[-1:] == ("containment",)


def test_neither_the_name_nor_the_values_alone_are_enough():
    assert likely("备用栏", PEOPLE) == likely("保管人", DAYS) == likely("上次校准日期", DAYS) == ()
    assert likely("校准机构", ["样例计量院", "自校"]) == ()


def test_marks_are_a_conclusion_and_no_people():
    assert likely("确认", ["○", "△", "×"]) == ("inspection",)
    assert is_at_odds("confirmer", "确认", ["○", "△", "×"])
    assert not is_at_odds("confirmer", "确认", PEOPLE)


@pytest.mark.parametrize("heading", ["Audit", "Audits", "Source", "Report", "Inspection", "Verification", "Approval"])
def test_a_latin_heading_of_a_thing_only_resembles_one_of_people(heading):
    assert is_at_odds("raised_by", heading, ["Payroll", "Treasury", "IT"])


@pytest.mark.parametrize(
    "heading",
    ["Auditor", "Auditors", "Reported by", "Verified", "Lead", "Assignee", "Who", "Team", "审核", "Originator"],
)
def test_a_heading_of_people_keeps_what_it_resembles(heading):
    assert not is_at_odds("raised_by", heading, ["J. Sample", "A. Muster"])


@pytest.mark.parametrize(
    "heading", ["销项人", "销号人", "关闭人", "Closed by", "Closed by (auditor)", "Post holder area"]
)
def test_those_who_end_a_row_and_areas_are_no_owners(heading):
    assert "owners" not in likely(heading, PEOPLE)


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("定责任人", ["样例工长甲", "样例机管"]),
        ("整改负责人", ["样例电工长", "样例班组长"]),
        ("Nominated person", ["A. Muster"]),
    ],
)
def test_a_name_of_owners_above_posts_and_long_names_is_theirs(heading, below):
    assert likely(heading, below)[:1] == ("owners",)


@pytest.mark.parametrize(
    "below", [["质量部", "工程部"], DAYS, ["A-101", "A-102"], ["由当班的全体人员一起负责", "无法判断的一长串说明文字"]]
)
def test_a_name_of_owners_above_other_things_is_none(below):
    assert "owners" not in likely("定责任人", below)


@pytest.mark.parametrize(
    "below", [["ORO.FTL.205", "145.A.40"], ["PN-1001", "PN-2040"], ["Yes", "No"], ["Maintenance", "QA"]]
)
def test_paragraphs_parts_answers_and_functions_are_no_people(below):
    assert not are_people(below)


def test_a_post_in_parentheses_leaves_a_person_one():
    assert are_people(["Sample Abel (Stores Supv)", "Sample Beth (CAMO Mgr)"])


def test_why_is_parted_from_what_kind_of_why():
    kinds, told = ["Machine", "Method", "Machine"], ["Worn star wheel", "Dock door seals", "Parameters not locked"]
    assert likely("Root cause category", kinds) == ("cause_category",)
    assert likely("Root cause statement", told) == likely("5 Whys", told) == ("cause",)


@pytest.mark.parametrize(
    ("heading", "below", "key"),
    [
        ("检查干部", PEOPLE, "raised_by"),
        ("Initiator", PEOPLE, "raised_by"),
        ("发现班组", ["运行一班", "运行二班"], "raised_department"),
        ("产品处置", TEXTS, "containment"),
        ("差错类型", ["话术", "流程", "话术"], "category"),
        ("影响 Impact", TEXTS, "impact"),
        ("整改反馈", TEXTS, "progress_note"),
        ("Parent record (DEV/OOS/CC)", ["DEV-26-031", "OOS-26-004"], "source_number"),
    ],
)
def test_what_was_found_by_whom_and_of_what_kind_is_known_by_its_name(heading, below, key):
    assert likely(heading, below)[0] == key


def test_papers_that_are_affected_are_not_where_it_comes_from():
    assert likely("涉及报告编号", ["JC-26-014", "JC-26-020"]) == ()


@pytest.mark.parametrize("heading", ["护林员", "包船干部", "技术干部", "网格员"])
def test_offices_of_people_are_owners(heading):
    assert likely(heading, PEOPLE) == ("owners",)


@pytest.mark.parametrize("heading", ["核查员", "安全员", "资料员", "巡查员", "小组成员"])
def test_those_who_check_or_keep_papers_are_no_owners(heading):
    assert "owners" not in likely(heading, PEOPLE)


@pytest.mark.parametrize("heading", ["责任林场", "主责处室", "牵头科室", "承办街道"])
def test_organisations_below_a_name_that_says_who_answers(heading):
    assert likely(heading, PLACES) == ("responsible_department",)


def test_five_digits_are_a_number_of_anything_and_no_day():
    assert not are_days(["58362", "58365", "58370"])
    assert are_days(["20261118", "2026-11-01"])
