"""Papers for tests: the committed templates, example contexts, and the text of a finished .docx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from capa_xl.model.paper_kinds import PAPER_KINDS
from capa_xl.reports.word.engine import Engine
from capa_xl.reports.word.properties import Properties

FOLDER = Path(__file__).parent.parent.parent.parent / "report_templates"
PROPERTIES = Properties(
    "标题", "GJBG-2026-001", "样例运维服务有限公司", date(2026, 11, 22), (("GJ-2026-001", "ab" * 32),)
)
_BLANK_RUN = re.compile(r'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve"> </w:t></w:r>')
"""What holds tokens together is no word of the paper."""
TEMPLATE_FILES = {kind.key: kind.template for kind in PAPER_KINDS}
PAPERS = tuple(TEMPLATE_FILES)


def template(paper: str) -> bytes:
    return (FOLDER / TEMPLATE_FILES[paper]).read_bytes()


def engine(*papers: str) -> Engine:
    return Engine.of({paper: (TEMPLATE_FILES[paper], template(paper)) for paper in papers or PAPERS})


def members(blob: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words(blob: bytes) -> str:
    """All text of body, headers and footers; line breaks and tabs as such."""
    found = members(blob)
    names = [name for name in found if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name)]
    xml = "".join(found[name].decode() for name in sorted(names))
    xml = (
        _BLANK_RUN.sub("", xml)
        .replace("<w:noBreakHyphen/>", "<w:t>-</w:t>")
        .replace("<w:br/>", "<w:t>\n</w:t>")
        .replace("<w:tab/>", "<w:t>\t</w:t>")
        .replace("</w:p>", "<w:t>\n</w:t>")
    )
    return with_plain_blanks(unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))))


def with_plain_blanks(text: str) -> str:
    """What a paper says: its days without the blanks that hold them together, its counts with plain ones."""
    return re.sub("(?<=[年月])\u00a0|\u00a0(?=[年月日])", "", text).replace("\u00a0", " ")


def every_leaf(value: Any, change: Callable[[Any], Any]) -> Any:
    """A context with every value changed; lists and mappings keep their shape."""
    if isinstance(value, dict):
        return {key: every_leaf(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [every_leaf(item, change) for item in value]
    return change(value)
