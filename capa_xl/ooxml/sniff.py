"""What a file that should be an .xlsx really is, said in a sentence that tells a person what to do."""

from __future__ import annotations

from capa_xl.errors import NotAWorkbook, UnreadableWorkbook

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AGAIN = "请用 Excel 或 WPS 打开后另存一份，再用新文件运行"
"""What helps with a workbook that is well-formed for nobody but its writer."""
RESAVE = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”，再用新文件运行"
_DAMAGED = "请用 Excel 或 WPS 打开并修复后另存，或取回 .capa_xl/backups 里的备份"


def refuse_unless_zip(blob: bytes) -> None:
    """Let a zip pass, whatever is in it.

    Raises:
        UnreadableWorkbook: The file is empty, encrypted, .xls, ... — the message says which.
        NotAWorkbook: It is text, HTML, PDF, ...
    """
    if blob[:4] in (b"PK\x03\x04", b"PK\x05\x06") or b"PK\x05\x06" in blob[-66_000:]:
        return
    raise _fault(blob)


def damaged(what: str) -> UnreadableWorkbook:
    """The refusal of a broken zip; `what` says where it is broken."""
    return UnreadableWorkbook(f"工作簿文件已损坏：{what} → {_DAMAGED}")


def refuse_foreign(names: set[str], mimetype: bytes) -> None:
    """Let a zip pass that may hold an .xlsx; `names` are its members' names in lower case.

    Raises:
        UnreadableWorkbook: An .ods or an .xlsb.
        NotAWorkbook: A Word or PowerPoint file, or just some zip.
    """
    if b"opendocument" in mimetype:
        raise UnreadableWorkbook(f"这是 OpenDocument 表格（.ods），不是 .xlsx → {RESAVE}")
    if "xl/workbook.bin" in names:
        raise UnreadableWorkbook(f"这是二进制工作簿（.xlsb），不能读写 → {RESAVE}")
    if "word/document.xml" in names:
        raise NotAWorkbook("这是 Word 文档，不是 Excel 工作簿 → 请核对文件")
    if "ppt/presentation.xml" in names:
        raise NotAWorkbook("这是 PowerPoint 文件，不是 Excel 工作簿 → 请核对文件")
    if "[content_types].xml" not in names:
        raise NotAWorkbook(f"这是一个 zip 压缩包，里面没有工作簿 → 工作簿被压缩过的，请先解压；不是的，{RESAVE}")


def _fault(blob: bytes) -> UnreadableWorkbook:
    """A workbook, or what is left of one, that can't be read; or another kind of file."""
    if not blob.strip(b"\0 \r\n\t"):
        return UnreadableWorkbook("文件是空的（没有内容） → 请核对文件，或取回 .capa_xl/backups 里的备份")
    if blob.startswith(_CFB):
        return _cfb_fault(blob)
    if blob.startswith(b"PK"):
        return UnreadableWorkbook(f"文件不完整（下载或复制中断） → {_DAMAGED}")
    return _text_fault(blob)


def _cfb_fault(blob: bytes) -> UnreadableWorkbook:
    if _utf16("WordDocument") in blob and _utf16("EncryptedPackage") not in blob:
        return NotAWorkbook("这是旧版 Word 文档（.doc），不是 Excel 工作簿 → 请核对文件")
    return UnreadableWorkbook(_older_fault(blob))


def _older_fault(blob: bytes) -> str:
    if _utf16("DRMEncrypted") in blob or _utf16("DRMContent") in blob:
        return "工作簿受权限管理（IRM）保护，不能读取 → 请让作者取消“限制访问”后另存为 .xlsx"
    if _utf16("EncryptedPackage") in blob:
        return (
            "工作簿设有打开密码（已加密），不能读取 → "
            "请在 Excel 或 WPS 里取消密码（文件→信息→保护工作簿），另存为 .xlsx"
        )
    return f"这是旧版 Excel 97-2003 格式（.xls），不是 .xlsx → {RESAVE}"


def _text_fault(blob: bytes) -> UnreadableWorkbook:
    head = blob[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower().replace(b"\0", b"")
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style", b"<script")):
        return NotAWorkbook(f"这是网页（HTML），不是 .xlsx 工作簿 → {RESAVE}")
    if b"mso-application" in head or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return UnreadableWorkbook(f"这是“XML 电子表格 2003”格式，不是 .xlsx → {RESAVE}")
    if head.startswith(b"<"):
        return NotAWorkbook(f"这是一个 XML 或网页文件，不是 .xlsx 工作簿 → {RESAVE}")
    if b"%pdf" in head[:8]:
        return NotAWorkbook("这是 PDF 文件，不是 Excel 工作簿 → 请核对文件")
    if not _is_text(blob[:2048]):
        return UnreadableWorkbook(f"这不是 .xlsx 工作簿（也不是 zip 格式） → {RESAVE}")
    lines = [line for line in head.splitlines() if line.strip()][:2]
    if any(all(mark in line for line in lines) for mark in (b",", b"\t", b";") if lines):  # a README has no such head
        return NotAWorkbook(f"这是文本表格（CSV），不是 .xlsx → {RESAVE}")
    return NotAWorkbook(f"这不是 .xlsx 工作簿（也不是 zip 格式） → {RESAVE}")


def _is_text(head: bytes) -> bool:
    """No NUL, or UTF-16 with its mark: what Excel calls Unicode 文本."""
    return b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _utf16(word: str) -> bytes:
    return word.encode("utf-16-le")
