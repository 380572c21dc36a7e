"""An entry of 更正记录 whose 项目 is the name of nothing here counts for nothing, and the nearest name is asked for."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.model.as_of import AsOf
from capa_xl.model.pages import Page
from capa_xl.model.records import Setting
from capa_xl.model.register import PastYear, Table
from capa_xl.policy.corrections import in_force
from capa_xl.policy.viewing import view_register
from tests.policy.registers import PEOPLE, closed, day, register

N = "GJ-2026-001"
OWN = (
    "编号",
    "问题描述",
    "实施情况",
    "备用字段",
    "现场验收结果",
    "验收结果",
    "负责 部门",
    "安全和质量",
    "〔自动〕状态",
)


def entry(field, kind="更正"):
    return {
        "number": N, "kind": kind, "field": field, "before": "旧的", "after": "新的", "on": day("2026-05-10"),
        "approver": "样例质", "reason": "看错了",
    }  # fmt: skip


def found(*entries, change=lambda one: one):
    """The register with these entries, whose tracker has the headings of its own."""
    given = register(closed(), corrections=list(entries), people=PEOPLE)
    return change(replace(given, tracker=replace(given.tracker, every_heading=OWN)))


def faults(*entries, **given):
    seen = view_register(found(*entries, **given), AsOf(day("2026-06-01"), day("2026-06-01")))
    assert len(list(in_force(seen.inputs, N, ()))) == len(entries) - len(seen.inputs.untrue)
    return {row: fault.why for row, fault in seen.inputs.untrue.items()}


def nameless(field, near=""):
    asked = f"（是不是“{near}”？）" if near else ""
    return {2: f"项目「{field}」不是本工作簿的列名，也不是参数名{asked}"}


@pytest.mark.parametrize(
    "field",
    ["问题描述", "问题\n描述", "負責部門", "负责人", "现场验收结果", "验收结果（第二轮）", "备用字段", "备用", "责任",
     "安全和质量", "《效果确认》第 2 轮 改进后值", "公司名称", "表单号", "《计划》 V1.0",
     "问题描述、备用字段", "问题描述和备用字段", "问题描述；实施情况"],
)  # fmt: skip
def test_a_heading_of_any_sheet_a_part_of_one_and_one_among_other_words_is_a_name(field):
    assert faults(entry(field)) == {}


@pytest.mark.parametrize(
    ("field", "quoted", "near"),
    [("实施状况", "实施状况", "实施情况"), ("备用子段", "备用子段", "备用字段"), ("随便", "随便", ""),
     ("问题描述、实施状况", "实施状况", "实施情况"), ("随便和检查及时率", "随便和检查及时率", ""), ("名", "名", "")],
)  # fmt: skip
def test_what_is_the_name_of_nothing_is_told_with_the_nearest_one(field, quoted, near):
    assert faults(entry(field)) == nameless(quoted, near)


def test_an_entry_that_undoes_names_no_cell():
    assert faults(entry("全部", "重开")) == {}


def test_a_row_opened_again_makes_no_name_of_it():
    assert faults(entry("实施状况"), {**entry("", "重开"), "on": day("2026-05-11")}) == nameless("实施状况", "实施情况")


def test_of_a_tracker_over_several_sheets_the_headings_count_of_the_sheet_that_has_the_row():
    def paged(one, *headings):
        pages = (Page(f"202{5 + at}", 1, {"number": 1}, {}, said) for at, said in enumerate(headings))
        return replace(one, tracker=replace(one.tracker, pages=tuple(pages)))

    assert faults(entry("备用字段"), change=lambda one: paged(one, ("备用字段",), ())) == {}
    assert faults(entry("备用字段"), change=lambda one: paged(one, ("备用栏",), ("备用字段",))) == nameless(
        "备用字段", "备用栏"
    )


def test_a_setting_that_somebody_added_and_a_heading_of_an_archive_are_names():
    def with_setting(one):
        return replace(one, settings=Table("参数", 1, {"name": 1}, (Setting(2, "厂区代号", "A"),)))

    def with_archive(one):
        there = replace(one, corrections=None, tracker=replace(one.tracker, every_heading=("厂区代号",), records=()))
        return replace(one, past=(PastYear("去年.xlsx", there),))

    assert faults(entry("厂区代号"), change=with_setting) == {}
    assert faults(entry("厂区代号"), change=with_archive) == {}
    assert faults(entry("厂区代号")) == nameless("厂区代号")
