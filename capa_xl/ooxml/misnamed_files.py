"""Whether a workbook's file is named as what it holds: one judgement for every command that reads one.

Excel warns of a file whose name and content differ and WPS opens it as something else, so nothing is read or written
under a wrong name.
"""

from __future__ import annotations

from pathlib import PurePath

from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.package import open_package
from capa_xl.ooxml.sniff import RESAVE

WORKBOOKS = (".xlsx", ".xlsm")
TEMPLATES = (".xltx", ".xltm")
OLDER_WORKBOOKS = (".xls", ".xlsb", ".et", ".ods")
OTHER_TABLES = (*OLDER_WORKBOOKS, ".xlt", ".ett", ".csv", ".txt", ".xml", ".htm", ".html", ".mht")
"""Endings of tables that aren't read: they must be saved anew, or are a workbook of another name."""
_NEVER_PART_OF_A_NAME = (*OTHER_TABLES, ".zip", ".bak", ".tmp", ".doc", ".docx", ".pdf")


def refuse_misnamed(name: str, blob: bytes) -> None:
    """Let a file pass whose name ends as that of a workbook or template; what is in it is judged when it is read.

    Args:
        name: Name of the file, without folders.
        blob: Its bytes.

    Raises:
        UnreadableWorkbook: By its content it is no workbook (the message says what it is), or it is one and its name
            says something else.
    """
    if name.lower().endswith((*WORKBOOKS, *TEMPLATES)):
        return
    has_macros = open_package(blob).container.find("xl/vbaProject.bin") is not None
    ending = WORKBOOKS[has_macros]
    cure = f"请把文件改名为「{_renamed(name, ending)}」，再用新文件名"
    raise UnreadableWorkbook(f"「{name}」的内容是 Excel 工作簿（{ending}），扩展名却不是 → {cure}")


def refuse_template(name: str) -> None:
    """Let a file pass that isn't named as a template.

    Raises:
        UnreadableWorkbook: It is one.
    """
    if name.lower().endswith(TEMPLATES):
        raise UnreadableWorkbook(f"「{name}」是 Excel 模板，不是工作簿 → {RESAVE}")


def _renamed(name: str, ending: str) -> str:
    path = PurePath(name)
    stem = path.stem if path.suffix.lower() in _NEVER_PART_OF_A_NAME else name
    return stem if stem.lower().endswith(ending) else stem + ending
