"""The shelf of frozen papers and signed scans: `papers/<workbook>/<number>/` in the state folder."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from msgspec import Struct

from capa_xl.effects.access import make_like_parent
from capa_xl.effects.durable import reason
from capa_xl.effects.files import holds, write_new
from capa_xl.effects.neighbours import without_forbidden
from capa_xl.errors import UnsafeWrite
from capa_xl.model.edition import Edition, SignedScan
from capa_xl.model.paper_kinds import kind_by_key

PAPERS = "papers"
_MOST_BYTES, _KEPT_BYTES = 240, 180
"""Of a folder's name in UTF-8: a longer one, which no system takes, is cut."""


class PaperShelf(Struct, frozen=True):
    """Where the papers of one workbook lie.

    Attributes:
        folder: `papers/<workbook id>` of the state folder.
    """

    folder: Path

    @classmethod
    def of(cls, state: Path, workbook_id: str) -> PaperShelf:
        """The shelf of a workbook."""
        return cls(state / PAPERS / _safe(workbook_id))

    def place_of_edition(self, one: Edition) -> Path:
        """Where a frozen edition lies."""
        return self._place(one.number, f"{kind_by_key(one.kind).title} 第{one.at}版.docx")

    def place_of_scan(self, one: SignedScan) -> Path:
        """Where a signed scan lies; several of one edition are told apart by their hash."""
        return self._place(one.number, f"{kind_by_key(one.kind).title} 第{one.at}版 签字件 {one.sha256[:8]}.pdf")

    def editions(self, kind: str, number: str) -> tuple[int, ...]:
        """The numbers of the editions whose files lie here, on record or not, in order."""
        name = re.compile(rf"{re.escape(kind_by_key(kind).title)} 第(\d+)版\.docx")
        found = (name.fullmatch(path.name) for path in self._place(number, "").glob("*.docx"))
        return tuple(sorted(int(one[1]) for one in found if one))

    def files(self) -> tuple[Path, ...]:
        """Every frozen edition and every scan that lies here, in order."""
        return tuple(sorted(path for end in ("docx", "pdf") for path in self.folder.glob(f"*/*.{end}")))

    def put(self, place: Path, blob: bytes) -> None:
        """Put a file on the shelf; what lies there already is never replaced.

        Raises:
            UnsafeWrite: It can't be written, or something else lies there.
        """
        if holds(place, blob):
            return
        if place.exists():
            raise UnsafeWrite(f"「{place}」里是别的内容，没有覆盖 → 请核对这个文件，移到别处后再运行")
        make_like_parent(place.parent)
        write_new(place, blob, clean_up=False, like_folder=True)

    def put_back(self, place: Path, blob: bytes) -> Path | None:
        """Put what is on record where its copy is gone or was changed; gives where the changed one is kept.

        Raises:
            UnsafeWrite: It can't be written; then the changed one lies where it lay.
        """
        if not place.exists():
            self.put(place, blob)
            return None
        try:
            mark = hashlib.sha256(place.read_bytes()).hexdigest()[:8]
            kept = place.with_name(f"{place.name}.被改动 {mark}")
            place.replace(kept)
        except OSError as trouble:
            cure = "请关闭打开它的程序，核对权限后再运行"
            raise UnsafeWrite(f"「{place}」换不了：{reason(trouble)} → {cure}") from trouble
        try:
            self.put(place, blob)
        except BaseException:
            kept.replace(place)
            raise
        return kept

    def _place(self, number: str, name: str) -> Path:
        return self.folder / _safe(number) / name


def as_recorded(place: Path, sha256: str) -> bytes | None:
    """The bytes that lie there; None when they aren't those on record: gone, changed, or unreadable."""
    try:
        blob = place.read_bytes()
    except OSError:
        return None
    return blob if hashlib.sha256(blob).hexdigest() == sha256 else None


def _safe(name: str) -> str:
    """A name every system takes; two that differ only in what is changed or cut stay apart by their hash."""
    plain = without_forbidden(name).strip(" .")
    if len(plain.encode("utf-8", "replace")) > _MOST_BYTES:
        plain = plain.encode("utf-8", "replace")[:_KEPT_BYTES].decode("utf-8", "ignore").strip(" .")
    mark = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return plain if plain == name else f"{plain} {mark}"
