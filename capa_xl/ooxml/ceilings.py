"""How much of a file may be unpacked: what holds more was made to exhaust whoever opens it.

Asked of the directory of the zip, before anything is unpacked. Honest trackers are below: 100,000 rows × 35 columns
are 200 MB of XML, packed 13 times as small, and twice that once our own columns are written; Excel itself stops at
65,490 cell formats.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.sniff import damaged

MOST_MEMBERS = 20_000
MOST_UNPACKED = 512 << 20
"""Of all XML of a file together, in bytes; a refreshed tracker of 100,000 rows has 401 MB."""
MOST_TIMES = 100
"""How many times its packed size a part may have; zip reaches 1,030, and what people write 10 to 20."""
_POSSIBLE_TIMES = 1_040
SMALL = 16 << 20
"""A part that unpacks to less may be packed as tightly as it likes."""
MOST_TREE = 32 << 20
"""Of a part that is read as a tree: the workbook part, relationships, tables."""
MOST_TAG = 1 << 20
"""Bytes of one tag with its attributes."""
MOST_AROUND = 24 << 20
"""Of what stands around the rows of a sheet: merged cells, drop-downs, conditional formats, links."""
MOST_STYLES = 65_490
"""Formats, fonts, fills or borders of a workbook: what Excel itself allows."""
MOST_SHEETS = 1_000
MOST_CELLS = 8_000_000
"""Of the area that the cells of a sheet span, unless a tenth of it is really there."""

_XML = (".xml", ".rels", ".vml")


class Unpackable(Protocol):
    """What the directory of a zip says of one member."""

    @property
    def key(self) -> str:
        """Its name in lower case."""

    @property
    def size(self) -> int:
        """Its bytes, unpacked."""

    @property
    def packed_size(self) -> int:
        """Its bytes as they lie in the file."""


def refuse_many(count: int) -> None:
    """Let a zip pass that has so many members.

    Raises:
        UnreadableWorkbook: Too many.
    """
    if count > MOST_MEMBERS:
        raise too_large(f"压缩包里有 {count} 个成员，上限 {MOST_MEMBERS} 个")


def refuse_swollen(members: Collection[Unpackable], file_size: int) -> None:
    """Let a zip pass whose XML may be unpacked; pictures and attachments never are, and may have any size.

    Raises:
        UnreadableWorkbook: Too much of it, packed too tightly, a size that can't be, or members of the same bytes.
    """
    if sum(member.packed_size for member in members) > file_size:
        raise too_large("压缩包里几个成员共用同一段内容")
    xml = [member for member in members if is_xml(member.key)]
    for member in xml:
        if member.size > _POSSIBLE_TIMES * member.packed_size + SMALL:
            raise damaged(f"压缩包里的 {member.key} 写着解不出来的大小")
        if member.size > max(SMALL, MOST_TIMES * member.packed_size):
            raise too_large(f"{member.key} 解开后是压缩时的 {member.size // max(1, member.packed_size)} 倍")
    total = sum(member.size for member in xml)
    if total > MOST_UNPACKED:
        raise too_large(f"内容解开后共 {total >> 20} MB，上限 {MOST_UNPACKED >> 20} MB")


def is_xml(key: str) -> bool:
    """Whether a member may be unpacked; pictures, embedded files and macros never are."""
    return key.endswith(_XML)


def too_large(what: str) -> UnreadableWorkbook:
    """The refusal of a file that would exhaust the machine."""
    return UnreadableWorkbook(
        f"文件超出了可以安全读取的范围：{what}，没有读取它 → 是正常使用的工作簿的，请用 Excel 或 WPS 删除多余的"
        "工作表、行列和格式后另存，再用新文件运行"
    )
