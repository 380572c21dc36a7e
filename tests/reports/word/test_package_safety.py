"""A template that would run or fetch something when its papers are opened is refused; an honest one is not."""

from __future__ import annotations

import pytest

from capa_xl.errors import BadTemplate
from capa_xl.reports.word.compiled import compile_template
from capa_xl.reports.word.members import unpack
from capa_xl.reports.word.package_safety import MOST_BRACES, MOST_BYTES
from capa_xl.reports.word.sandbox import new_sandbox
from capa_xl.reports.word.templates_check import check_template
from tests.ooxml.xlsx_maker import zipped
from tests.reports.word.small import small_template

DOCUMENT, RELATIONS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
BOMB = '<!DOCTYPE a [<!ENTITY a "x">]>'


def template(part: str, before: str, added: str) -> bytes:
    """A sound template with something put in front of what stands in a part."""
    parts = unpack(small_template("甲"))
    parts[part] = parts[part].replace(before.encode(), (added + before).encode(), 1)
    return zipped(parts)


def with_part(name: str, content: bytes) -> bytes:
    return zipped(unpack(small_template("甲")) | {name: content})


def paragraph(inner: str) -> bytes:
    return template(DOCUMENT, "<w:p", f"<w:p>{inner}</w:p>")


def field(*runs: str) -> bytes:
    codes = "".join(f'<w:r><w:instrText xml:space="preserve">{run}</w:instrText></w:r>' for run in runs)
    ends = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return paragraph(ends[0] + codes + ends[1] + "<w:r><w:t>x</w:t></w:r>" + ends[2])


def relation(kind: str, target: str, mode: str = "") -> bytes:
    said = f' TargetMode="{mode}"' if mode else ""
    added = f'<Relationship Id="rId99" Type="{KINDS}{kind}" Target="{target}"{said}/>'
    return template(RELATIONS, "</Relationships>", added)


REFUSED = {
    "a linked picture, spelt otherwise": (relation("image", "http://x.example/a.png", "external"), "引用了外部文件"),
    "a document taken in": (relation("aFChunk", "a.html"), "嵌入的文档"),
    "a control": (relation("control", "activeX/activeX1.xml"), "嵌入的文档"),
    "macros": (with_part("word/vbaProject.bin", b"x"), "里有宏"),
    "a control's part": (with_part("word/activeX/activeX1.bin", b"x"), "里有宏、控件"),
    "an embedded program": (with_part("word/embeddings/oleObject1.bin", b"x"), "嵌入的程序对象"),
    "a renamed .docm": (template(TYPES, "</Types>", '<Default Extension="q" ContentType="macroEnabled"/>'), "带宏的"),
    "a picture fetched by a field": (field(' INCLUDEPICTURE "http://x.example/a.png" '), "INCLUDEPICTURE"),
    "a program run by a field": (field(" DDEAUTO c:\\cmd.exe "), "DDEAUTO"),
    "a field in pieces": (field(" D", "DE x y "), "DDE"),
    "a field in small letters": (field(" includetext x "), "INCLUDETEXT"),
    "a simple field": (paragraph('<w:fldSimple w:instr=" LINK x "><w:r/></w:fldSimple>'), "LINK"),
    "a field within a field": (
        paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 2 + "<w:r><w:instrText>RD x</w:instrText></w:r>"),
        "RD",
    ),
    "a field made by a tag": (field(" {{ a }} x "), "写在域代码里的标签"),
    "a DOCTYPE in the body": (template(DOCUMENT, "<w:document", BOMB), "DOCTYPE"),
    "a DOCTYPE in the styles": (template("word/styles.xml", "<w:styles", BOMB), "DOCTYPE"),
    "a DOCTYPE in relationships": (template(RELATIONS, "<Relationships", BOMB), "DOCTYPE"),
    "broken relationships": (with_part(RELATIONS, b"<Relationships"), "已损坏"),
    "broken types": (with_part(TYPES, b"<Types"), "已损坏"),
    "types of another coding": (with_part(TYPES, "<Types/>".encode("utf-16")), "已损坏"),
    "a million elements deep": (paragraph("<w:r>" * 99_999 + "</w:r>" * 99_999), "已损坏"),
    "more than a large body": (paragraph("x" * MOST_BYTES), "超过 8 MB"),
    "more braces than tags need": (paragraph("<w:r><w:t>" + "{" * (MOST_BRACES + 1) + "</w:t></w:r>"), "花括号"),
    "brackets in brackets": (paragraph(f"<w:r><w:t>{{{{ {'(' * 9999}1{')' * 9999} }}}}</w:t></w:r>"), "太深了"),
    "conditions in conditions": (
        paragraph(f"<w:r><w:t>{'{% if 1 %}' * 999}{'{% endif %}' * 999}</w:t></w:r>"), "太深了"
    ),
    "loops in loops": (paragraph(f"<w:r><w:t>{'{% for a in b %}' * 30}{'{% endfor %}' * 30}</w:t></w:r>"), "太深了"),
}  # fmt: skip
PASSED = {
    "nothing": small_template("甲"),
    "a page number": field(" PAGE "),
    "a field of a chapter": field(" REF LINKED \\h "),
    "a link to click on": relation("hyperlink", "https://corp.example/", "External"),
    "a chart's numbers": with_part("word/embeddings/Microsoft_Excel_Sheet1.xlsx", b"x"),
    "as many braces as allowed": paragraph("<w:r><w:t>" + "{{ 1 }}" * (MOST_BRACES // 2) + "</w:t></w:r>"),
}


@pytest.mark.parametrize(("blob", "word"), REFUSED.values(), ids=REFUSED)
def test_what_runs_or_fetches_or_never_ends_is_refused_and_named(blob, word):
    with pytest.raises(BadTemplate, match=word) as refusal:
        compile_template("报告.docx", blob, new_sandbox())
    assert str(refusal.value).startswith(("「报告.docx」", "报告.docx "))
    assert word in " ".join(map(str, check_template("report", "报告.docx", blob)))


@pytest.mark.parametrize("blob", PASSED.values(), ids=PASSED)
def test_what_honest_templates_hold_passes(blob):
    assert compile_template("报告.docx", blob, new_sandbox()).file == "报告.docx"
