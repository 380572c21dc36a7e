"""A file that is no .xlsx is told by what it is."""

from __future__ import annotations

import pytest

from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.sniff import damaged, refuse_foreign, refuse_unless_zip

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
RESAVE = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”，再用新文件运行"
REPAIR = "请用 Excel 或 WPS 打开并修复后另存，或取回 .capa_xl/backups 里的备份"


def wide(word: str) -> bytes:
    return word.encode("utf-16-le")


def said(blob: bytes) -> str:
    with pytest.raises(UnreadableWorkbook) as trouble:
        refuse_unless_zip(blob)
    return str(trouble.value)


@pytest.mark.parametrize("blob", [b"PK\3\4", b"PK\5\6", b"x" * 9 + b"PK\5\6" + b"x" * 65_996])
def test_a_zip_passes_whatever_stands_before_its_end(blob):
    refuse_unless_zip(blob)


def test_an_end_record_too_far_from_the_end_is_none():
    assert "不是 .xlsx 工作簿" in said(b"PQ" + b"PK\5\6" + b"x" * 65_997)


@pytest.mark.parametrize("blob", [b"", b"\0" * 20, b" \r\n\t\0"])
def test_an_empty_file_is_told(blob):
    assert said(blob) == "文件是空的（没有内容） → 请核对文件，或取回 .capa_xl/backups 里的备份"


def test_a_zip_that_breaks_off_is_told():
    assert said(b"PK\1\2...") == f"文件不完整（下载或复制中断） → {REPAIR}"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("DRMEncrypted", "工作簿受权限管理（IRM）保护，不能读取 → 请让作者取消“限制访问”后另存为 .xlsx"),
        ("DRMContent", "工作簿受权限管理（IRM）保护，不能读取 → 请让作者取消“限制访问”后另存为 .xlsx"),
        (
            "EncryptedPackage",
            "工作簿设有打开密码（已加密），不能读取 → 请在 Excel 或 WPS 里取消密码（文件→信息→保护工作簿），"
            "另存为 .xlsx",
        ),
        ("WordDocument", "这是旧版 Word 文档（.doc），不是 Excel 工作簿 → 请核对文件"),
        ("Workbook", f"这是旧版 Excel 97-2003 格式（.xls），不是 .xlsx → {RESAVE}"),
    ],
)
def test_an_old_office_file_is_told_by_the_streams_in_it(word, sentence):
    assert said(OLD + wide(word)) == sentence


@pytest.mark.parametrize(
    "head", ["<!DOCTYPE html>", "<HTML>", "\ufeff<table>", " \r\n\t<meta>", "<head>", "<style>", "<script>"]
)
def test_a_web_page_is_told(head):
    assert said(head.encode()) == f"这是网页（HTML），不是 .xlsx 工作簿 → {RESAVE}"


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("mark", ["<?MSO-application?>", '<W xmlns="urn:schemas-microsoft-com:office:spreadsheet">'])
def test_a_spreadsheet_of_2003_is_told(mark, coding):
    assert said(f"<?xml?>{mark}".encode(coding)) == f"这是“XML 电子表格 2003”格式，不是 .xlsx → {RESAVE}"


@pytest.mark.parametrize(
    ("blob", "sentence"),
    [
        (b"<svg/>", f"这是一个 XML 或网页文件，不是 .xlsx 工作簿 → {RESAVE}"),
        (b"\n%PDF-1.7", "这是 PDF 文件，不是 Excel 工作簿 → 请核对文件"),
        ("编号,问题".encode(), f"这是文本表格（CSV），不是 .xlsx → {RESAVE}"),
        ("# 说明\n\n一段文字, 有逗号。\n".encode(), f"这不是 .xlsx 工作簿（也不是 zip 格式） → {RESAVE}"),
        ("编号;问题".encode("gbk"), f"这是文本表格（CSV），不是 .xlsx → {RESAVE}"),
        ("\ufeff编号\t问题".encode("utf-16-le"), f"这是文本表格（CSV），不是 .xlsx → {RESAVE}"),
        ("\ufeff编号\t问题".encode("utf-16-be"), f"这是文本表格（CSV），不是 .xlsx → {RESAVE}"),
        (b"a,\0b", f"这不是 .xlsx 工作簿（也不是 zip 格式） → {RESAVE}"),
        (b"plain", f"这不是 .xlsx 工作簿（也不是 zip 格式） → {RESAVE}"),
        (b"12345678%PDF", f"这不是 .xlsx 工作簿（也不是 zip 格式） → {RESAVE}"),
        (b"x" * 2048 + b",", f"这不是 .xlsx 工作簿（也不是 zip 格式） → {RESAVE}"),
    ],
)
def test_any_other_file_is_told(blob, sentence):
    assert said(blob) == sentence


@pytest.mark.parametrize(
    ("names", "mimetype", "sentence"),
    [
        (
            {"content.xml"},
            b"application/vnd.oasis.opendocument.spreadsheet",
            f"这是 OpenDocument 表格（.ods），不是 .xlsx → {RESAVE}",
        ),
        ({"xl/workbook.bin", "[content_types].xml"}, b"", f"这是二进制工作簿（.xlsb），不能读写 → {RESAVE}"),
        ({"word/document.xml", "[content_types].xml"}, b"", "这是 Word 文档，不是 Excel 工作簿 → 请核对文件"),
        ({"ppt/presentation.xml", "[content_types].xml"}, b"", "这是 PowerPoint 文件，不是 Excel 工作簿 → 请核对文件"),
        (
            {"跟踪表.xlsx"},
            b"",
            f"这是一个 zip 压缩包，里面没有工作簿 → 工作簿被压缩过的，请先解压；不是的，{RESAVE}",
        ),
    ],
)
def test_a_zip_of_something_else_is_told(names, mimetype, sentence):
    with pytest.raises(UnreadableWorkbook) as trouble:
        refuse_foreign(names, mimetype)
    assert str(trouble.value) == sentence


def test_a_zip_with_content_types_passes():
    refuse_foreign({"[content_types].xml"}, b"")


def test_a_broken_file_is_told_where_and_what_helps():
    assert str(damaged("缺少部件 x")) == f"工作簿文件已损坏：缺少部件 x → {REPAIR}"
