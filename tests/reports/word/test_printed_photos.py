"""What a printed report shows of the evidence, read from its pages."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from capa_xl.model.evidence import Photo
from capa_xl.reports.word.printed_photos import printed_photos

SHA = "70bb12f7" + "0" * 56


def paper(*words: str, picture: bytes = b"small") -> bytes:
    blob = io.BytesIO()
    with ZipFile(blob, "w") as package:
        runs = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in words)
        package.writestr("word/document.xml", f"<w:document>{runs}</w:document>")
        package.writestr("word/media/photo1.jpeg", picture)
    return blob.getvalue()


def test_a_photo_is_there_by_its_mark_or_by_its_picture():
    found = printed_photos(paper("现场.jpg　70bb", "12f7"))
    assert (found.has_mark(SHA), found.has_mark("ab" * 32)) == (True, False)
    assert [found.shows(Photo("x", SHA, jpeg, 6, 4)) for jpeg in (b"small", b"other")] == [True, False]


@pytest.mark.parametrize(
    ("words", "is_named", "is_counted"),
    [
        (("附件 甲&amp;乙 1.jpg",), False, False),
        (("未能显示：甲&amp;乙\N{NO-BREAK SPACE}1.jpg（已损坏）。另有\N{NO-BREAK SPACE}2 张照片，见",), True, True),
        (("甲&amp;乙 1.jpg", "未能显示：丙.jpg（已损坏）。另有 12 张照片，见"), False, False),
    ],
)
def test_what_it_does_not_show_counts_where_it_says_so(words, is_named, is_counted):
    found = printed_photos(paper(*words))
    assert (found.names_unshown("甲&乙 1.jpg"), found.counts_beyond(2)) == (is_named, is_counted)
