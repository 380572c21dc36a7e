"""Scans for tests: PDFs with a text layer, or of pictures only."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

_CHINESE = (
    b"/Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [<< /Type /Font "
    b"/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
    b"/Supplement 4 >> >>]"
)


def text_pdf(*pages: str) -> bytes:
    """A PDF whose pages say these words, ASCII or Chinese; a page without words is blank."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for words in pages:
        shown = f"/F1 12 Tf 50 700 Td ({words})" if words.isascii() else f"/F2 12 Tf 50 700 Td <{_utf16(words)}>"
        stream = f"BT {shown} Tj ET".encode() if words else b""
        kids.append(f"{len(bodies) + 2} 0 R")
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        font = b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F2 << %s >> >>" % _CHINESE
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font %s >> >>"
            % (len(bodies), font)
        )
    bodies[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (" ".join(kids).encode(), len(kids))
    return _numbered(bodies)


def _utf16(words: str) -> str:
    return words.encode("utf-16-be").hex()


def picture_pdf(pages: int = 1, shade: int = 200) -> bytes:
    """A PDF of grey pictures, as a scanner without text recognition makes it."""
    sheets = [Image.new("L", (60, 84), shade) for _ in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def _numbered(bodies: Sequence[bytes]) -> bytes:
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))
    return out.getvalue()
