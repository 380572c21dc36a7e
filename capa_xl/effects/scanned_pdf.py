"""A scan as it was handed in: is it a PDF that opens, how many pages has it, and what does its text layer say?"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from capa_xl.effects.durable import reason
from capa_xl.errors import UsageError

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_BYTES = 64 << 20
MOST_PAGES = 300
MOST_DRAWN_ON_A_PAGE, MOST_DRAWN = 256 << 10, 4 << 20
"""Bytes of what a page draws, and of all that are read: the text layer of a dense page takes 50 KB."""
_BEGINS = b"%PDF-"
_INLINE_IMAGE = re.compile(rb"(?:^|\s)BI\s")
_BEGINS_WITHIN = 1024
"""Readers accept a few bytes before the mark."""


def read_scan(path: Path) -> bytes:
    """The bytes of a PDF.

    Raises:
        UsageError: No such file, empty, too big, or no PDF.
    """
    try:
        if not path.exists():
            raise UsageError(f"找不到文件「{path}」 → 请核对路径和文件名")
        if not path.is_file():
            raise UsageError(f"「{path}」不是文件 → 请写出扫描件的文件名（.pdf）")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UsageError(f"「{path}」有 {size >> 20} MB，扫描件最多 {MOST_BYTES >> 20} MB → 请降低分辨率重新扫描")
        blob = path.read_bytes()
    except OSError as trouble:
        raise UsageError(f"「{path}」读不出来（{reason(trouble)}） → 请核对文件名和权限") from trouble
    if _BEGINS not in blob[:_BEGINS_WITHIN]:
        what = "是空文件" if not blob else "不是 PDF"
        raise UsageError(f"「{path}」{what} → 请把签字页扫描成 PDF 再归档")
    return blob


def texts_of_pages(path: Path, blob: bytes) -> tuple[str, ...]:
    """What the text layer of each page says; "" for a page that is a picture only.

    Raises:
        UsageError: It needs a password, is damaged, or has no page or too many.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(blob))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UsageError(f"「{path}」有密码，工具和以后的人都打不开它 → 请去掉密码再归档")
        count = len(reader.pages)
        if not 0 < count <= MOST_PAGES:
            few = "一页也没有" if not count else f"有 {count} 页，最多 {MOST_PAGES} 页"
            raise UsageError(f"「{path}」{few} → 请只扫描这一份文件")
        return tuple(_texts(reader.pages))
    except DependencyError as trouble:  # a cipher that needs a library which isn't installed
        raise UsageError(f"「{path}」加了密，工具读不出各页 → 请另存为不加密的 PDF 再归档") from trouble
    except (
        PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, OSError,
        RecursionError, MemoryError, NotImplementedError, zlib.error, struct.error,
    ) as trouble:  # fmt: skip
        raise UsageError(f"「{path}」已损坏，读不出各页 → 请打开核对，重新扫描") from trouble


def shows_no_picture(blob: bytes) -> bool:
    """No page shows an image, a drawing of its own, a stamp or a signature field: a scan has at least one a page.

    False where it can't be known.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(blob))
        if reader.is_encrypted and not reader.decrypt(""):
            return False
        return not any(_shows_a_picture(page) for page in reader.pages)
    except (PyPdfError, ValueError, TypeError, LookupError, AttributeError, OSError, RecursionError, zlib.error):
        return False


def _shows_a_picture(page: PageObject) -> bool:
    """Or may: one that draws too much to be looked through counts as such."""
    resources = page.get("/Resources", {}).get_object()
    drawn = page.get_contents()
    data = drawn.get_data() if drawn is not None else b""
    is_inline = len(data) > MOST_DRAWN_ON_A_PAGE or _INLINE_IMAGE.search(data) is not None
    return is_inline or bool(resources.get("/XObject")) or bool(page.get("/Annots"))


def _texts(pages: Iterable[PageObject]) -> Iterator[str]:
    """The text layer of each; "" for a page that draws more than a scan does: reading all that would take minutes."""
    left = MOST_DRAWN
    for page in pages:
        drawn = page.get_contents()
        size = len(drawn.get_data()) if drawn is not None else 0
        fits = 0 < size <= min(MOST_DRAWN_ON_A_PAGE, left)
        left -= size if fits else 0
        yield page.extract_text() if fits else ""
