"""The properties of a paper: title, number, and the content hash by which AR06 knows it again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import unescape

from markupsafe import escape
from msgspec import Struct

from capa_xl.reports.word.members import unpack
from capa_xl.reports.xml_text import clean

CORE = "docProps/core.xml"
_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>{number}</dc:subject><dc:creator>{company}</dc:creator>"
    "<cp:lastModifiedBy>{company}</cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{on}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{on}T00:00:00Z</dcterms:modified>'
    "<dc:identifier>{identifier}</dc:identifier></cp:coreProperties>"
)
_IDENTIFIER = re.compile(r"<dc:identifier>(.*?)</dc:identifier>", re.DOTALL)
_ONE_HASH = re.compile(r"([^\s;]+) sha256:([0-9a-f]{64})")


class Properties(Struct, frozen=True):
    """What the file says of itself.

    Attributes:
        hashes: (编号, content hash) of every action the paper reports on.
    """

    title: str
    number: str
    company: str
    on: date
    hashes: tuple[tuple[str, str], ...] = ()


def core_xml(properties: Properties) -> bytes:
    """docProps/core.xml; both dates are the as-of day, so the bytes don't know the clock."""
    identifier = "; ".join(f"{number} sha256:{value}" for number, value in properties.hashes)
    words = {
        "title": properties.title,
        "number": properties.number,
        "company": properties.company,
        "identifier": identifier,
    }
    safe = {key: str(escape(clean(value))) for key, value in words.items()}
    return _SHEET.format(on=properties.on.isoformat(), **safe).encode()


def is_paper(blob: bytes, titles: Iterable[str]) -> bool:
    """True for a paper of ours under one of these titles, which Word and WPS keep when somebody saves it again."""
    core = _core(blob)
    return any(f"<dc:title>{escape(title)}</dc:title>" in core for title in titles)


def content_hashes(blob: bytes) -> dict[str, str]:
    """编号 → content hash that a report of ours carries; empty for any other file."""
    found = _IDENTIFIER.search(_core(blob))
    return dict(_ONE_HASH.findall(unescape(found[1]))) if found else {}


def _core(blob: bytes) -> str:
    """docProps/core.xml; "" for what is no package."""
    try:
        return unpack(blob).get(CORE, b"").decode("utf-8", "replace")
    except ValueError:
        return ""
