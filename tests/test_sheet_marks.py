"""A sheet's name stands in 《》 wherever people read it: in messages, prompts, letters, papers and manuals."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

import capa_xl
from capa_xl.model.schema import SHEETS
from tests.test_half_width_marks import texts_of

_ROOT = Path(capa_xl.__file__).parent
_TOP = _ROOT.parent
_NAMES = "|".join(sheet.name for sheet in SHEETS)
_OTHERWISE = re.compile(
    rf"[“「](?:{_NAMES})[”」]"
    rf"|(?:见|登记在|写在|填在|列在|工作表 ?)(?:{_NAMES})(?![》一-鿿])"
    r"|(?<!《)参数(?:里|中的|“)"
)
_SAID_AS_IT_IS = re.compile(r"选“管理评审”|或「管理评审」|(?:改名为|不叫)“改进计划跟踪表”|详见“校验结果”")
"""A value of a list, a name to type, and words that a condition in the workbooks of before compares a cell with."""


def other_marks(text: str) -> list[str]:
    """The names of sheets in other marks, or in none where a text sends people to one, with what stands around."""
    plain = _SAID_AS_IT_IS.sub(" ", text)
    return [plain[max(0, found.start() - 8) : found.end() + 8] for found in _OTHERWISE.finditer(plain)]


def test_no_text_of_the_program_writes_a_sheet_otherwise():
    found = [
        f"{path.relative_to(_ROOT)}:{line} {place}"
        for path in sorted(_ROOT.rglob("*.py"))
        for line, text in texts_of(path.read_text("utf-8"))
        for place in other_marks(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "path", [*sorted((_TOP / "docs").glob("*.md")), _TOP / "README.md"], ids=lambda path: path.name
)
def test_no_page_does(path):
    assert other_marks(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted((_TOP / "report_templates").rglob("*.*")), ids=lambda path: path.name)
def test_no_template_does(path):
    if path.suffix == ".docx":
        with ZipFile(path) as package:
            xml = "".join(package.read(n).decode() for n in package.namelist() if re.fullmatch(r"word/\w+\d?\.xml", n))
        text = re.sub("<[^>]*>", "", re.sub("</w:p>", "\n", xml))
    else:
        text = path.read_text("utf-8")
    assert other_marks(text) == []


def test_other_marks_would_be_found():
    assert other_marks("请在“人员部门”登记，原因见校验结果。") == [
        "请在“人员部门”登记，原因见校验",
        "部门”登记，原因见校验结果。",
    ]
    assert other_marks("来源选“管理评审”；见《校验结果》；见校验结果的命令；《参数》里") == []
