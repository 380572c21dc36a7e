"""The shared strings that are given to calamine: those that cells point at, in their places, and no others."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from capa_xl.ooxml.proof.elements import MalformedError
from capa_xl.ooxml.proof.read_back import read_back
from capa_xl.ooxml.proof.shared_texts import texts_for
from capa_xl.ooxml.proof.zip_members import Archive, open_archive

KEY = "xl/sharedstrings.xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROOT = f'<worksheet xmlns="{SPACE}">'.encode()
OPENING, CLOSING = f'<sst xmlns="{SPACE}" count="3">', "</sst>"


def archive(strings: str, coding: str = "utf-8") -> Archive:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(KEY, strings.encode(coding))
    return open_archive(stream.getvalue())


def pointing_at(index: int) -> bytes:
    return b' t="s"><v>%d</v></c>' % index


def read(strings: str, *indexes: int, coding: str = "utf-8") -> list[object]:
    cells = [pointing_at(index) for index in indexes]
    return read_back(cells, b"", ROOT, texts_for(cells, archive(strings, coding), KEY))


def test_only_the_texts_that_cells_point_at_are_kept_up_to_the_last_of_them():
    strings = f"{OPENING}<si><t>登记</t></si><si><t>关闭</t></si>\n<si><t>观察</t></si><si><t>取消</t></si>{CLOSING}"
    kept = texts_for([pointing_at(2)], archive(strings), KEY)
    assert kept.decode() == f"{OPENING}<si/><si/><si><t>观察</t></si>{CLOSING}"
    assert read(strings, 2, 0) == ["观察", "登记"]


def test_nothing_is_kept_where_no_cell_points_at_a_text():
    strings = archive(f"{OPENING}<si><t>登记</t></si>{CLOSING}")
    assert texts_for([b"><v>1</v></c>", b"/>", b' t="str"><v>0</v></c>'], strings, KEY) == b""
    assert texts_for([], strings, KEY) == b""
    assert texts_for([b"/>", b" t='s'><v>0</v></c>"], strings, KEY) != b""
    assert texts_for([pointing_at(0)], archive(""), "") == b""


def test_texts_lie_in_their_places_in_a_part_of_many_pieces():
    strings = OPENING + "".join(f"<si><t>第 {at} 项的说明</t></si>" for at in range(60_000)) + CLOSING
    assert read(strings, 59_999, 31_415, 0) == ["第 59999 项的说明", "第 31415 项的说明", "第 0 项的说明"]


@pytest.mark.parametrize(
    "hidden", ["<!-- <si><t>旧</t></si> -->", "<si><t><![CDATA[<si>]]></t></si>"], ids=["comment", "cdata"]
)
def test_a_part_that_hides_markup_is_given_whole(hidden):
    strings = f"{OPENING}{hidden}<si><t>登记</t></si><si><t>关闭</t></si>{CLOSING}"
    assert texts_for([pointing_at(0)], archive(strings), KEY).decode() == strings


def test_a_comment_before_the_root_hides_markup_too():
    strings = f"<!-- {OPENING} -->{OPENING}<si><t>登记 ?></t></si>{CLOSING}"
    assert texts_for([pointing_at(0)], archive(strings), KEY).decode() == strings


def test_a_part_in_utf_16_is_given_whole_and_a_prefix_is_known():
    strings = f"{OPENING}<si><t>登记</t></si><si><t>关闭</t></si>{CLOSING}"
    assert read(strings, 1, coding="utf-16") == ["关闭"]
    prefixed = f'<x:sst xmlns:x="{SPACE}"><x:si><x:t>登记</x:t></x:si><x:si><x:t>关闭</x:t></x:si></x:sst>'
    assert texts_for([pointing_at(1)], archive(prefixed), KEY).count("登记".encode()) == 0
    assert read(prefixed, 1) == ["关闭"]


def test_a_cell_in_another_form_gets_the_whole_part():
    strings = f"{OPENING}<si><t>登记</t></si><si><t>关闭</t></si>{CLOSING}"
    assert texts_for([b" t='s'><v><!-- 0 -->1</v></c>"], archive(strings), KEY).decode() == strings


def test_a_part_that_ends_early_is_refused():
    with pytest.raises(MalformedError, match="ends early"):
        read(f"{OPENING}<si><t>登记</t></si>", 1)
