"""Photos that lie among the evidence now, and that a report which was frozen before doesn't have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from capa_xl.app.shared.final_papers import Printed
from capa_xl.app.shared.paper_printing import MOST_PHOTOS, shown
from capa_xl.effects.evidence_files import photo_places, read_photo
from capa_xl.model.cut_text import cut_list
from capa_xl.model.edition import Edition, edition_name
from capa_xl.model.evidence import EVIDENCE_FOLDER, Photo, UnshownPhoto
from capa_xl.model.paper_kinds import REPORT

if TYPE_CHECKING:
    from capa_xl.reports.word.printed_photos import PrintedPhotos

_NAMED = 12


def telling_photos(made: Printed, workbook: Path) -> Printed:
    """The same paper; a report that stood on record says which photos of 证据/编号 it hasn't, and the way to them."""
    edition = made.edition
    if edition is None or made.is_new or edition.kind != REPORT.key:
        return made
    told = _photos_since(edition, made.blob, workbook)
    if not told:
        return made
    cure = "出新版时附上" if made.note else _cure(edition)
    return replace(made, photos=f"{told} → {cure}")


def _photos_since(edition: Edition, blob: bytes, workbook: Path) -> str:
    places = photo_places(workbook, edition.number)
    if not places:
        return ""
    from capa_xl.reports.word.printed_photos import printed_photos

    printed = printed_photos(blob)
    missing = tuple(_missing(printed, places[:MOST_PHOTOS]))
    beyond = max(0, len(places) - MOST_PHOTOS)
    is_more = beyond > 0 and not printed.counts_beyond(beyond)
    return _told(edition, missing, beyond if is_more else 0) if missing or is_more else ""


def _missing(printed: PrintedPhotos, places: tuple[tuple[str, Path], ...]) -> Iterator[Photo | UnshownPhoto]:
    """A hash is enough for those that are in it: only of the others a small picture is made."""
    for name, path in places:
        file = read_photo(name, path)
        if file.sha256 and printed.has_mark(file.sha256):
            continue
        one = shown(file)
        is_known = printed.shows(one) if isinstance(one, Photo) else printed.names_unshown(name)
        if not is_known:
            yield one


def _told(edition: Edition, missing: tuple[Photo | UnshownPhoto, ...], beyond: int) -> str:
    named = [f"{one.name}（{one.reason}）" if isinstance(one, UnshownPhoto) else one.name for one in missing]
    more = f"{beyond} 张超过报告至多附的 {MOST_PHOTOS} 张" if beyond else ""
    parts = "，另有 ".join(filter(None, (cut_list(named, _NAMED, "张"), more)))
    return f"{EVIDENCE_FOLDER}/{edition.number}/ 里有 {len(missing) + beyond} 张照片不在{edition.name}里：{parts}"


def _cure(edition: Edition) -> str:
    """A photo alone makes no edition: what the row says of it does."""
    return (
        "要附上的，显示不出的先换成能打开的 JPG，再在完成证据补写文件名，在《更正记录》登记一行“更正”"
        f"（项目写完成证据），再出即为{edition_name(edition.at + 1)}；不附的不用改"
    )
