import pytest

from capa_xl.workbook.writing.replaced_names import with_name_replaced


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("甲", "乙"),
        (" 甲 ", "乙"),
        ("甲、丙", "乙、丙"),
        ("@甲，丙（配合）", "@乙，丙（配合）"),
        ("丙\n甲（主）", "丙\n乙（主）"),
        ("甲、乙", "乙"),
        ("丙、甲、乙", "丙、乙"),
        ("甲方、丙", "甲方、丙"),
        ("李甲", "李甲"),
        ("丙 甲", "丙 乙"),
        ("", ""),
    ],
)
def test_a_whole_name_is_replaced_and_the_rest_stays_as_written(text, after):
    assert with_name_replaced(text, "甲", "乙") == after


def test_a_department_with_a_stroke_in_its_name_is_one_name():
    assert with_name_replaced("研发/测试部", "研发/测试部", "研发部") == "研发部"
