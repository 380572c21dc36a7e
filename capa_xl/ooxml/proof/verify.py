"""The proof that a new workbook is the old one but for its patch, from the two files and the patch alone.

Nothing that wrote is asked: the zip is read by the standard library, XML by expat, written values by calamine. Every
other member is compared as packed bytes, every changed sheet outside the promised cells as bytes once it is told apart.
`tests/test_floors.py` holds that nothing here imports the splice or anything it stands on.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.patch import Patch
from capa_xl.ooxml.proof.book import BookParts, read_book
from capa_xl.ooxml.proof.elements import MalformedError
from capa_xl.ooxml.proof.expected import Expected, promised
from capa_xl.ooxml.proof.part_faults import differing_relations, differing_styles, differing_workbook
from capa_xl.ooxml.proof.sheet_faults import differing_sheet
from capa_xl.ooxml.proof.style_table import StyleTable, read_styles
from capa_xl.ooxml.proof.zip_members import Archive, is_folder, key_of, open_archive, same_entry

_UNREADABLE = (
    *(MalformedError, zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, NotImplementedError),
    *(ValueError, LookupError),  # numbers that are none, rows that don't pair: what isn't understood isn't proven
)
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


def verify(before: bytes, after: bytes, patch: Patch, unpacked: Mapping[str, bytes] = _NOTHING) -> None:
    """Let a new workbook pass that differs from the old one by the patch and nothing else.

    Args:
        unpacked: Parts of the old one by their keys, where somebody has unpacked them; of the new one nothing is taken
            from anybody.

    Raises:
        UnsafeWrite: Something else differs, or an edit isn't there; then nothing may be replaced.
    """
    if after is before:
        return
    try:
        fault = next(_faults(open_archive(before, unpacked), open_archive(after), patch), None)
    except _UNREADABLE as trouble:
        fault = f"读不出来（原文：{trouble}）"
    if fault:
        raise UnsafeWrite(f"写入后的核对没有通过：{fault}，原文件没有改动 → 请把这句话告诉维护人员")


def _faults(before: Archive, after: Archive, patch: Patch) -> Iterator[str]:
    """What is wrong, sentence by sentence."""
    archives = before, after
    changed = set(_changed(*archives))
    gone = archives[0].by_key.keys() - archives[1].by_key.keys()
    old = read_book(archives[0])
    sheets = promised(old, patch)
    yield from _foreign(old, sheets, changed, gone)
    yield from _order(*archives, gone)
    new = read_book(archives[1])
    if gone:
        yield from differing_relations(old, new)
    if old.workbook in changed:
        yield from differing_workbook(*(archive.read(old.workbook) for archive in archives))
    if old.styles in changed:
        yield from differing_styles(*(archive.read(old.styles) for archive in archives))
    styles = read_styles(archives[1].read(old.styles)) if old.styles else StyleTable()
    for part, expected in sheets.items():
        if part in changed:
            yield from differing_sheet(old, new, part, expected, styles)
        elif expected.numbers and not changed:
            yield f"{expected.name} 没有写入"


def _changed(old: Archive, new: Archive) -> Iterator[str]:
    """The keys of entries whose bytes in the zip differ."""
    for key, entry in old.by_key.items():
        if key in new.by_key and not same_entry(old, entry, new, new.by_key[key]):
            yield key


def _order(old: Archive, new: Archive, gone: set[str]) -> Iterator[str]:
    kept = [e.orig_filename for e in old.entries if is_folder(e) or key_of(e.orig_filename) not in gone]
    if kept != [entry.orig_filename for entry in new.entries]:
        yield "压缩包里的成员多了、少了或换了次序"


def _foreign(old: BookParts, sheets: Mapping[str, Expected], changed: set[str], gone: set[str]) -> Iterator[str]:
    """Entries that no patch may touch."""
    allowed = {*sheets, old.styles, old.workbook, *(("[content_types].xml", old.relations) if gone else ())}
    for key in sorted(changed - allowed):
        yield f"部件 {key} 不该变而变了"
    for key in sorted(gone - {old.calc_chain}):
        yield f"部件 {key} 丢了"
