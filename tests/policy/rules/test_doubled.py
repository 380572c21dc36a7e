"""What stands twice where everything looks it up once: told, and no paper prints one of the two."""

import pytest

from tests.policy.rules.struck import met, problem, struck

ROW = "编号\nGJ-01"
NEEDS = "登记编号 | 描述\nXQ-01 | 迟到\nXQ-02 | 漏填\nXQ-01 | 断线"
DOUBLED = {
    "needs": (NEEDS, "E 问题需求登记!A4", "登记编号「XQ-01」第 2、4 行都有，不知道指的是哪一行，要求单和回复函都不出"),
    "plans": ("计划编号 | 版本\nJH-01 | V1.0\nJH-01 | V1.1\nJH-01 | V1.1", "E 计划!A4",
              "计划编号、版本「JH-01 V1.1」第 3、4 行都有，不知道是哪一行，改进计划不能定稿"),
    "analyses": ("分析编号 | 信号\nFX-01 | 升\nFX-01 | 降", "W 分析记录!A3",
                 "分析编号「FX-01」第 2、3 行都有，引用它的措施不知道是哪一行"),
    "decisions": ("评审编号 | 决议序号\nPS-01 | 1\nPS-01 | 1", "W 管理评审!A3",
                  "评审编号、决议序号「PS-01 1」第 2、3 行都有，不知道是两项决议还是写了两遍"),
    "steps": ("编号 | 步骤号\nGJ-01 | 1\nGJ-01 | 1", "W 措施分解!A3",
              "编号、步骤号「GJ-01 1」第 2、3 行都有，不知道是两步还是写了两遍，两行都计"),
    "confirmations": ("编号 | 轮次\nGJ-01 | 1\nGJ-01 | 1", "W 效果确认!A3",
                      "编号、轮次「GJ-01 1」第 2、3 行都有，不知道是哪一轮"),
    "measurements": ("指标 | 责任部门 | 期间\n超时率 | 服务台 | 2026-05\n超时率 | 服务台 | 2026-05", "W 过程指标!A3",
                     "指标、责任部门、期间「超时率 服务台 2026-05」第 2、3 行都有，按后面的计"),
    "settings": ("参数 | 值\n观察期_一般 | 10\n观察期_一般 | 60", "W 参数!A3",
                 "参数「观察期_一般」第 2、3 行都有，按第 3 行的「60」计"),
}  # fmt: skip
SOUND = {
    "needs": "登记编号 | 描述\nXQ-01 | 迟到\n | 漏填\n | 断线",
    "plans": "计划编号 | 版本\nJH-01 | V1.0\nJH-01 | V1.1\nJH-01 |\nJH-01 |",
    "steps": "编号 | 步骤号\nGJ-01 | 1\nGJ-02 | 1\nGJ-01 | 2",
    "measurements": "指标 | 责任部门 | 期间\n超时率 | 服务台 | 2026-05\n超时率 | 网络部 | 2026-05",
    "settings": "参数 | 值\n观察期_一般 | 10\n观察期_一般 | 10",
}


@pytest.mark.parametrize("sheet", DOUBLED)
def test_what_is_to_stand_once_is_told_with_its_rows(sheet):
    text, found, said = DOUBLED[sheet]
    assert struck("FD31", ROW, **{sheet: text}) == [found]
    assert problem("FD31", ROW, **{sheet: text}).message == said


@pytest.mark.parametrize(
    ("sheet", "text", "said", "fix"),
    [
        ("needs", "登记编号 | 描述\nXQ-01 | 迟到\n↑ | 漏填\nXQ-03 | 断线",
         "登记编号「XQ-01」第 2、3 行都有（A2 合并了几行），", "取消单元格 A2 的合并，各行写自己的登记编号"),
        ("steps", "编号 | 步骤号\nGJ-01 | 1\n↑ | ↑", "编号、步骤号「GJ-01 1」第 2、3 行都有（B2 合并了几行），",
         "取消单元格 B2 的合并，各行写自己的步骤号"),
        ("decisions", "评审编号 | 决议序号\nPS-01 | 1\n↑ | 1", "评审编号、决议序号「PS-01 1」第 2、3 行都有，",
         "给其中的行"),
        ("settings", "参数 | 值\n观察期_一般 | 10\n↑ | 60", "参数「观察期_一般」第 2、3 行都有（A2 合并了几行），",
         "取消单元格 A2 的合并，各行写自己的参数"),
    ],
)  # fmt: skip
def test_rows_of_which_merging_made_one_are_told_as_merged(sheet, text, said, fix):
    """A 编号 or 评审编号 may well be merged over its steps or decisions: what tells the rows apart is another cell."""
    found = problem("FD31", ROW, **{sheet: text})
    assert found.message.startswith(said)
    assert found.fix.startswith(fix)


def test_a_name_merged_over_the_box_of_somebody_else_is_told():
    people = "姓名 | 部门 | 邮箱\n样例检 | 质量部 | jian@yangli-ops.example\n↑ | 服务台 | {}"
    found = problem("FD31", ROW, people=people.format("gong@yangli-ops.example"))
    assert (found.cell, found.fix) == ("A2", "取消单元格 A2 的合并，各行写自己的姓名")
    assert struck("FD31", ROW, people=people.format("jian@yangli-ops.example")) == []
    assert struck("FD31", ROW, people=people.format("")) == []


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        ("needs", "登记编号 | 描述\nXQ-2026-008 | 迟到\n{} | 断线"),
        ("analyses", "分析编号 | 信号\nXQ-2026-008 | 升\n{} | 降"),
        ("plans", "计划编号 | 版本\nXQ-2026-008 | V1.0\n{} | V1.1\n{} | V1.2"),
    ],
)
def test_a_number_that_stands_there_typed_otherwise_is_told(sheet, text):
    for typed in ("xq-2026-008", "ＸＱ-2026-008", "XQ-2026-8", "XQ - 2026-008"):
        rows = text.format(*[typed] * text.count("{}"))
        assert len(struck("FD31", ROW, **{sheet: rows})) == 1
        found = problem("FD31", ROW, **{sheet: rows})
        assert found.message.endswith(f"编号「{typed}」与第 2 行的「XQ-2026-008」只是写法不同")
        assert found.fix.startswith("同一项的只留一行，不是一项的改用新的")
    for other in ("XQ-2026-080", "XQ-202-6008", "XQ-2026-008A"):
        assert struck("FD31", ROW, **{sheet: text.format(*[other] * text.count("{}"))}) == []


def test_what_is_blank_of_another_row_or_said_twice_alike_is_none():
    assert struck("FD31", ROW, **SOUND) == []


def test_of_a_setting_the_last_value_that_can_be_read_counts():
    given = {"settings": DOUBLED["settings"][0], "remarks": [met("FD04", "B3", sheet="参数", c="值", v="60", list="x")]}
    assert problem("FD31", ROW, **given).message.endswith("按第 2 行的「10」计")


def test_figures_of_departments_that_became_one_are_not_twice_the_same():
    given = {
        "measurements": "指标 | 责任部门 | 期间\n超时率 | 网络部 | 2026-05\n超时率 | 传输部 | 2026-05",
        "successions": "旧部门 | 新部门 | 生效日期\n传输部 | 网络部 | 2026-05-20",
    }
    assert struck("FD31", ROW, **given) == []
