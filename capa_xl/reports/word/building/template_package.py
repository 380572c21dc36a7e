"""All templates by file name, each package settled: only the parts it needs, settings and fonts of its own."""

from __future__ import annotations

import re
from importlib import import_module

from capa_xl.model.paper_kinds import PAPER_KINDS, PaperKind
from capa_xl.ooxml.new_zip import new_member, new_zip
from capa_xl.reports.word.building.look import PageSection, new_document
from capa_xl.reports.word.members import unpack

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_SETTINGS = (
    f'{_DECLARATION}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{_COMPATIBILITY}" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_APP = (
    f'{_DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Office Word</Application></Properties>"
)
_FONTS = (
    ("宋体", "SimSun", "02010600030101010101", "86", "auto"),
    ("黑体", "SimHei", "02010609060101010101", "86", "modern"),
    ("Times New Roman", "", "02020603050405020304", "00", "roman"),
    ("Arial", "", "020B0604020202020204", "00", "swiss"),
)
_NEEDLESS = re.compile(r"docProps/thumbnail|customXml/|word/(stylesWithEffects|numbering|webSettings)\.xml")
_RELATION = re.compile(rb"<Relationship [^>]*/>")
_OVERRIDE = re.compile(rb"<Override [^>]*/>")
_GONE = re.compile(rb"thumbnail|customXml|stylesWithEffects|numbering|webSettings")


def templates() -> dict[str, bytes]:
    """File name → template; the same bytes every time."""
    return {kind.template: settled(new_document(kind.title, *_sections(kind))) for kind in PAPER_KINDS}


def _sections(kind: PaperKind) -> tuple[PageSection, ...]:
    """The sections of one paper: module `paper_<key>` beside this one holds them."""
    module = import_module(f"capa_xl.reports.word.building.paper_{kind.key}")
    found: tuple[PageSection, ...] = module.sections()
    return found


def settled(blob: bytes) -> bytes:
    """A .docx of python-docx without the leftovers of its own template; the same bytes every time."""
    members = {name: content for name, content in unpack(blob).items() if not _NEEDLESS.match(name)}
    for name in ("_rels/.rels", "word/_rels/document.xml.rels"):
        members[name] = _RELATION.sub(_kept, members[name])
    members["[Content_Types].xml"] = _OVERRIDE.sub(_kept, members["[Content_Types].xml"])
    members["word/settings.xml"] = _SETTINGS.encode()
    members["word/fontTable.xml"] = _font_table().encode()
    members["docProps/app.xml"] = _APP.encode()
    return new_zip(new_member(name, content) for name, content in members.items())


def _kept(entry: re.Match[bytes]) -> bytes:
    return b"" if _GONE.search(entry[0]) else entry[0]


def _font_table() -> str:
    """Both names of each Chinese font: systems know them under one or the other."""
    fonts = "".join(
        f'<w:font w:name="{name}">' + (f'<w:altName w:val="{other}"/>' if other else "")
        + f'<w:panose1 w:val="{panose}"/><w:charset w:val="{charset}"/><w:family w:val="{family}"/></w:font>'
        for name, other, panose, charset, family in _FONTS
    )  # fmt: skip
    return f"{_DECLARATION}<w:fonts {_W}>{fonts}</w:fonts>"
