"""What a report that was printed before shows of the evidence beside the workbook, read from the paper itself."""

from __future__ import annotations

import io
import re
from html import unescape
from zipfile import ZipFile

from msgspec import Struct

from capa_xl.model.evidence import Photo
from capa_xl.reports.word.compiled import DOCUMENT
from capa_xl.reports.word.report_attachments import UNSHOWN, beyond_sentence, photo_mark

_TEXT = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>")


class PrintedPhotos(Struct, frozen=True):
    """The pictures and the words of one report.

    Attributes:
        text: Everything on its pages, in order, without blanks: some of them only keep words on a line.
        pictures: Its picture files.
    """

    text: str
    pictures: frozenset[bytes]

    def has_mark(self, sha256: str) -> bool:
        """Whether the mark under a photo with that hash is printed: no look at the picture is needed then."""
        return photo_mark(sha256) in self.text

    def shows(self, photo: Photo) -> bool:
        """Whether the small picture is in it; one's own template may leave the marks out."""
        return photo.jpeg in self.pictures

    def names_unshown(self, name: str) -> bool:
        """Whether it says of a file that it couldn't be shown."""
        _, found, told = self.text.rpartition(UNSHOWN)
        return bool(found) and _packed(name) in told

    def counts_beyond(self, count: int) -> bool:
        """Whether it says that so many photos more are in the folder."""
        return _packed(beyond_sentence(count)) in self.text


def printed_photos(blob: bytes) -> PrintedPhotos:
    """Of a report as it was frozen."""
    with ZipFile(io.BytesIO(blob)) as package:
        text = "".join(map(unescape, _TEXT.findall(package.read(DOCUMENT).decode())))
        media = (name for name in package.namelist() if name.startswith("word/media/"))
        return PrintedPhotos(_packed(text), frozenset(map(package.read, media)))


def _packed(text: str) -> str:
    return "".join(text.split())
