import pytest

from capa_xl.model import words
from capa_xl.model.strip import stage_strip


@pytest.mark.parametrize(
    ("status", "strip"),
    [
        ("待策划", "登记● 策划◐ 审批○ 实施○ 检查○ 确认○ 归档○"),
        ("审批退回", "登记● 策划◐ 审批○ 实施○ 检查○ 确认○ 归档○"),
        ("待审批", "登记● 策划● 审批◐ 实施○ 检查○ 确认○ 归档○"),
        ("返工中", "登记● 策划● 审批● 实施◐ 检查○ 确认○ 归档○"),
        ("观察期", "登记● 策划● 审批● 实施● 检查● 确认◐ 归档○"),
        ("待文件修订", "登记● 策划● 审批● 实施● 检查● 确认● 归档◐"),
        ("已关闭", "登记● 策划● 审批● 实施● 检查● 确认● 归档●"),
        ("已取消", ""),
        ("待更正", ""),
    ],
)
def test_what_is_done_what_is_on_and_what_is_to_come(status, strip):
    assert stage_strip(status) == strip


def test_every_open_status_has_exactly_one_stage_that_is_on():
    assert {status: stage_strip(status).count("◐") for status in words.OPEN} == dict.fromkeys(words.OPEN, 1)
