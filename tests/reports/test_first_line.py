import pytest

from capa_xl.reports.first_line import in_short


@pytest.mark.parametrize(
    ("phrase", "short"),
    [
        ("完成措施，填写：实施情况、实际完成日期；《措施分解》：实际完成（步骤 1 样例工）", "完成措施"),
        ("先申请延期：《延期记录》编号、申请日期，批准后改完成期限；完成措施，填写：实施情况", "先申请延期"),
        ("由总经理批准，填写：批准人（批准前先补：分析编号）；写步骤", "由总经理批准（批准前先补：分析编号）"),
        ("答复问题：「备件未到；已催，填写：无」，填写：处理意见、结论", "答复问题：「备件未到；已催，填写：无」"),
        ("检查，通过后填写：完成情况（写“已关闭”）", "检查"),
        ("补齐：提出部门、提出人、登记日期、问题来源、原因分析", "补齐：提出部门、提出人、登记日期、问题来源…"),
    ],
)  # fmt: skip
def test_of_a_next_step_its_first_deed_stands_without_the_cells(phrase, short):
    assert in_short(phrase, 24) == short
