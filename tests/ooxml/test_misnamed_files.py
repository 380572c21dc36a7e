"""A file is named as what it holds, by one judgement."""

import pytest

from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.misnamed_files import refuse_misnamed, refuse_template
from tests.tables import workbook_bytes

BOOK = workbook_bytes({"表": [["编号"]]})


@pytest.mark.parametrize("name", ["表.xlsx", "表.XLSX", "表.xlsm", "表.xltx", "a.b.xltm"])
def test_a_workbook_by_its_own_name_passes(name):
    refuse_misnamed(name, BOOK)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("表.xls", "表.xlsx"),
        ("表.ET", "表.xlsx"),
        ("表", "表.xlsx"),
        ("表.xlsx.bak", "表.xlsx"),
        ("表2026.11", "表2026.11.xlsx"),
    ],
)
def test_a_workbook_by_another_name_is_to_be_renamed(name, right):
    with pytest.raises(UnreadableWorkbook, match=f"「{name}」的内容是 Excel 工作簿.*改名为「{right}」"):
        refuse_misnamed(name, BOOK)


@pytest.mark.parametrize(
    ("blob", "said"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "旧版 Excel 97-2003"), ("编号,措施\n".encode("gbk"), "CSV"),
        ("编号\t措施\n".encode("utf-16"), "CSV"), (b"<html><table>", "网页（HTML），不是 .xlsx 工作簿"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_to_be_saved_as_one_whatever_its_name(blob, said):
    with pytest.raises(UnreadableWorkbook) as refusal:
        refuse_misnamed("表.xls", blob)
    assert said in str(refusal.value) and "另存为“Excel 工作簿（*.xlsx）”" in str(refusal.value)


def test_a_template_is_no_table_to_take_over():
    refuse_template("表.xlsx")
    with pytest.raises(UnreadableWorkbook, match=r"「表\.xltx」是 Excel 模板.*另存为"):
        refuse_template("表.xltx")
