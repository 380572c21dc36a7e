"""Chinese text has full-width marks: in every message, letter and paper, and in what parts are joined to."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

import capa_xl
from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import columns_of
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from tests.made_workbooks import sample

_ROOT = Path(capa_xl.__file__).parent
_TEMPLATES = _ROOT.parent / "report_templates"
_CHINESE = "\u4e00-\u9fff“”《》「」"
_HALF = re.compile(rf"[{_CHINESE}][(),:;?!]|[{_CHINESE}] \(|[(),:;?!][{_CHINESE}]")
_PATTERN = re.compile(r"[\\|\[\]^*]|\(\?|\)\?|\)\$|\$A")
"""Marks of a regular expression, and of a formula in a cell."""
_SAID_AS_TYPED = re.compile(
    r"列:词=意思|严重度:A|文件:单元格|地址:端口|env:变量名|file:文件|keyring:服务/用户|参数!\$|[一-鿿]+![A-Z]+\d"
)
"""What people type in these very marks."""
_MISREAD = re.compile("[\u00c2-\u00ef][\u0080-\u00bf]")
"""UTF-8 that somebody read as Latin-1."""
_NAMES = re.compile(
    "|".join(re.escape(name) for name in (*(col.header for col in columns_of(Action)), "(可多个)", "(可多人)"))
)
"""Names of columns stay as they are in everybody's tables."""


def half_width(text: str) -> list[str]:
    """The half-width marks beside a Chinese character, with what stands around them."""
    plain = _NAMES.sub("列", _SAID_AS_TYPED.sub(" ", text))
    return [plain[max(0, found.start() - 8) : found.end() + 8] for found in _HALF.finditer(plain)]


def misread(text: str) -> list[str]:
    """Where a text holds the bytes of Chinese as so many letters, with what stands around them."""
    return [text[max(0, found.start() - 8) : found.end() + 8] for found in _MISREAD.finditer(text)]


def filled(template: str) -> str:
    """A template with a Chinese word for every value, and its statements and comments gone."""
    template = template.replace("sha256:", "")
    return re.sub(r"\{\{.*?\}\}", "词", re.sub(r"\{[%#].*?[%#]\}", "", template, flags=re.DOTALL))


def texts_of(source: str) -> Iterator[tuple[int, str]]:
    """Every string of a module but its docstrings; a regular expression is none that people read."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
        if is_text and not _PATTERN.search(node.value):
            yield node.lineno, node.value


def test_no_text_of_the_program_has_a_half_width_mark_beside_chinese_or_a_misread_one():
    found = [
        f"{path.relative_to(_ROOT)}:{line} {place}"
        for path in sorted(_ROOT.rglob("*.py"))
        if path.name != "examples.py"
        for line, text in texts_of(path.read_text("utf-8"))
        for place in (*half_width(text), *misread(text))
    ]
    assert found == []


def test_a_misread_mark_would_be_found():
    assert misread("文档（.doc），不是".encode().decode("latin-1"))
    assert misread("文档（.doc）· ±3 %、μ × σ ≥ 2") == []


def test_a_half_width_mark_would_be_found():
    assert half_width("写后续(见“确认”组)") == ["写后续(见“确认”组)", "后续(见“确认”组)"]
    assert half_width("观察期(天)、--value 严重度:A=重大、改进计划跟踪表!A5") == []


@pytest.mark.parametrize("path", sorted(_TEMPLATES.glob("*.docx")), ids=lambda path: path.stem)
def test_no_paper_has_one(path):
    with ZipFile(path) as package:
        xml = "".join(package.read(n).decode() for n in package.namelist() if re.fullmatch(r"word/\w+\d?\.xml", n))
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    lines = ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", one)) for one in paragraphs]
    assert [place for line in lines for place in half_width(filled(line))] == []


@pytest.mark.parametrize("path", sorted((_TEMPLATES / "letters").iterdir()), ids=lambda path: path.name)
def test_no_letter_has_one(path):
    plain = re.sub(r"<style.*?</style>|<[^>]*>|&\w+;", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert half_width(filled(plain)) == []


def test_no_hint_of_the_sample_has_one():
    """下一步 is joined of parts; letters, slips and the todo print it."""
    today = date(2026, 11, 22)
    view = view_register(read_register(sample()), AsOf(today, today))
    hints = [f"{one.next_step}；{one.overdue_phrase}" for one in view.derived.values()]
    assert any("组中展开" in hint for hint in hints)
    assert [place for hint in hints for place in half_width(hint)] == []
