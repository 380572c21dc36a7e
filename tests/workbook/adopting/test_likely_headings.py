"""Headings that nobody listed: name and values together say what they likely are."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.workbook.adopting.likely_headings import is_at_odds, likely_keys
from capa_xl.workbook.reading.kinds_of_values import are_days

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
