"""Headings that nobody listed: name and values together say what they likely are."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.workbook.adopting.likely_headings import is_at_odds, likely_keys

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
