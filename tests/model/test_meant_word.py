"""A known word is proposed for a slip of the pen, never for a word that means something else."""

from __future__ import annotations

import pytest

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, columns_of
from capa_xl.model.meant_word import decides, like_person, meant_department, meant_word
from capa_xl.model.schema import SHEETS


@pytest.mark.parametrize(
    ("said", "known", "meant"),
    [
        ("观查期_一般", ("观察期_一般", "观察期_重大"), "观察期_一般"),
        ("提醒启用日期", ("提醒启用日",), "提醒启用日"),
        ("顾客投述", words.SOURCES, "顾客投诉"),
        ("管理 评审", words.SOURCES, "管理评审"),
        ("投诉", words.SOURCES, "顾客投诉"),
        ("外审", words.SOURCES, "外部审核"),
        ("网路部", ("网络部", "服务台"), "网络部"),
    ],
)
def test_a_slip_of_the_pen_and_an_abbreviation_are_evident(said, known, meant):
    assert meant_word(said, known) == meant


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("责任人", words.ROLES),
        ("副总经理", words.APPROVAL_ROUTES),
        ("未同意", words.APPROVALS),
        ("未完成", ("已完成", "已取消")),
        ("没有效", words.EFFECTS),
        ("研发一部", ("研发二部",)),
        ("样例甲", ("样例乙",)),
        ("审核", words.SOURCES),
        ("完成日期", ("完成期限", "实际完成日期", "确认日期")),
        ("观察期", ("观察期_一般", "观察期_重大")),
        ("zzz", words.SEVERITIES),
        ("", words.SEVERITIES),
    ],
)
def test_another_word_is_no_slip_however_alike(said, known):
    assert meant_word(said, known) == ""


@pytest.mark.parametrize(
    ("said", "known", "meant"),
    [
        ("设备部", ("总经办", "质量部", "望塔设备部"), "望塔设备部"),
        ("望塔部", ("质量部", "望塔设备部"), "望塔设备部"),
        ("望塔设备", ("质量部", "望塔设备部"), "望塔设备部"),
        ("质量", ("质量部", "环志数据部"), "质量部"),
        ("质量", ("质量部", "质量管理部"), "质量部"),
        ("网路部", ("网络部", "服务台"), "网络部"),
        ("设备部", ("望塔设备部", "地面设备部"), ""),
        ("设备科", ("望塔设备部",), ""),
        ("研发部", ("研发一部",), ""),
        ("运维部", ("东区运维部",), ""),
        ("客服部", ("质量部", "服务台"), ""),
        ("部", ("质量部",), ""),
        ("", ("质量部",), ""),
    ],
)
def test_a_department_may_be_named_without_its_ending_or_by_the_part_that_only_it_has(said, known, meant):
    assert meant_department(said, known) == meant


@pytest.mark.parametrize(
    ("said", "people", "like"),
    [
        ("王健", ("王建", "李强"), "王建"),
        ("李国墙", ("王建", "李国强"), "李国强"),
        ("王健", ("王建", "王坚"), ""),
        ("汪建", ("王建",), ""),
        ("王健国", ("王建",), ""),
        ("样例甲", ("样例乙",), ""),
        ("王", ("王建",), ""),
        ("AB", ("AC",), ""),
        ("", ("王建",), ""),
    ],
)
def test_a_person_is_like_one_of_the_same_surname_whose_name_is_one_character_off(said, people, like):
    assert like_person(said, people) == like


def test_every_list_whose_word_is_a_right_or_a_verdict_gets_no_proposal():
    columns = [col for spec in SHEETS for col in spec.columns if col.choices or col.kind is Kind.STATED]
    deciding = {col.header for col in columns if decides(col)}
    for header in (
        "角色",
        "批准结论",
        "批准方式",
        "检查结论",
        "执行情况结论",
        "效果结论",
        "结论",
        "是否重复",
        "严重度",
    ):
        assert header in deciding
    judged = [col for col in columns_of(Action) if col.choices and col.fact not in ("", "登记")]
    assert [col.header for col in judged if not decides(col)] == []
