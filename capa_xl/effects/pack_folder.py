"""A pack's folder: staged beside its place, put there as one step, zipped, and compared with its manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from msgspec import Struct

from capa_xl.effects.durable import reason_and_cure
from capa_xl.effects.exchange import exchange
from capa_xl.effects.files import write_new
from capa_xl.effects.sharing import insist
from capa_xl.effects.temporary import PREFIX, is_over, new_folder, own_name, remove_dead, rest_of
from capa_xl.errors import UnsafeWrite, UsageError
from capa_xl.model.command_line import to_paste
from capa_xl.model.pack import MANIFEST, PackedFile

ASIDE = ".old"
"""Ends the name of an old pack that makes room for the new one."""

_UNIX = 3
_FIXED = (1980, 1, 1, 0, 0, 0)


class Staged(Struct, frozen=True):
    """A folder being filled beside its place.

    Attributes:
        folder: Where the files are written now.
        target: Where the folder will stand.
    """

    folder: Path
    target: Path

    def write(self, path: str, blob: bytes) -> None:
        """Write one file of the pack; `path` is relative, with /."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(blob)

    def put_in_place(self) -> None:
        """Move the folder to its place; an unchanged earlier pack there gives way, an empty folder too.

        The two change places in one step where the system can: a whole pack stands there at every moment. Elsewhere
        (Windows) the old one steps aside first; interrupted in between, the next run puts it back.

        Raises:
            UsageError: Somebody changed the earlier pack while the new one was made; it stands as they left it.
        """
        if not self.target.exists():
            insist(lambda: self.folder.rename(self.target))
        elif exchange(self.folder, self.target):
            self._look_at_the_old(self.folder)
        else:
            self._step_aside()

    def _look_at_the_old(self, old: Path) -> None:
        """Keep people's files, should any have come into the old pack since it was looked at."""
        try:
            refuse_occupied(old, self.target)
        except (UsageError, OSError):
            self._change_back(old)
            raise

    def _change_back(self, old: Path) -> None:
        """The old pack stands in its place again; where even that is refused it gets a name that no run removes."""
        try:
            exchange(old, self.target)
        except OSError as trouble:
            kept = next(place for place in self._names_of_the_old() if not place.exists())
            old.rename(kept)
            raise UnsafeWrite(
                f"「{self.target}」换成了新的资料包，换下的旧资料包有改动，又不能放回原处：它在「{kept}」 → 请核对"
            ) from trouble

    def _names_of_the_old(self) -> Iterator[Path]:
        return (self.target.with_name(f"{self.target.name}-换下的旧包{number or ''}") for number in count())

    def _step_aside(self) -> None:
        aside = self.target.parent / own_name(_short(self.target), ASIDE)
        insist(lambda: self.target.rename(aside))
        try:
            refuse_occupied(aside, self.target)
            insist(lambda: self.folder.rename(self.target))
        except BaseException:
            with suppress(OSError):  # the next run does it
                aside.rename(self.target)
            raise
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def stage(target: Path) -> Iterator[Staged]:
    """A staged folder; whatever happens before `put_in_place`, nothing of it stays behind.

    What a killed run left beside the place is cleaned up first: an old pack that had stepped aside stands there again.

    Raises:
        UsageError: Something lies at `target` that is neither empty nor an unchanged pack.
        UnsafeWrite: The folder can't be made or written, or a file of the old pack is held open (Windows).
    """
    target = target.absolute()
    try:
        _clean_up(target)
        refuse_occupied(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = new_folder(target.parent)
    except OSError as trouble:
        cure = reason_and_cure(trouble, "请换一个位置，或检查磁盘和权限")
        raise UnsafeWrite(f"不能在「{target.parent}」建立文件夹：{cure}") from trouble
    try:
        remove_dead(target.parent, folder.stat().st_mtime)
        yield Staged(folder, target)
    except OSError as trouble:
        cure = reason_and_cure(trouble, "请检查磁盘空间和权限")
        raise UnsafeWrite(f"写入资料包「{target}」出错：{cure}") from trouble
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def refuse_occupied(folder: Path, name: Path | None = None) -> None:
    """Return when a folder is free, empty, or an unchanged pack.

    Args:
        name: What to call it in a sentence; None: by its own path.

    Raises:
        UsageError: It is anything else; people's files are never replaced.
    """
    name = name or folder
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not folder.is_dir():
        raise UsageError(f"「{name}」是文件，不是文件夹 → 请换一个文件夹名")
    if not (folder / MANIFEST).is_file():
        raise UsageError(f"文件夹「{name}」里已有别的文件，没有改动它 → 请给一个新的或空的文件夹")
    differences = compare(folder)
    if differences:
        raise UsageError(f"「{name}」里的资料包已被改动（{differences[0]}），没有覆盖 → 请换一个文件夹，或先把它移走")


def _clean_up(target: Path) -> None:
    """The old pack of a run that was killed between the two renames: back in its place, or gone if a new one stands."""
    for aside in target.parent.glob(f"{PREFIX}*{ASIDE}"):
        if rest_of(aside.name) == _short(target) and is_over(aside, aside.stat().st_mtime):
            if target.exists():
                shutil.rmtree(aside, ignore_errors=True)
            else:
                aside.rename(target)


def _short(target: Path) -> str:
    return hashlib.sha256(target.name.encode()).hexdigest()[:8]


def listing(folder: Path) -> tuple[PackedFile, ...]:
    """Every file of a pack by its path, the manifest and the PDFs too."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return tuple(packed_file(folder, name) for name in names)


def packed_file(folder: Path, name: str) -> PackedFile:
    """One file of a pack; its path is relative, with /."""
    return PackedFile(name, _sha256(folder / name), (folder / name).stat().st_size)


def compare(folder: Path) -> tuple[str, ...]:
    """What differs between a pack and its manifest, one Chinese sentence each; () when it is as it was made.

    Raises:
        UsageError: There is no manifest, or it can't be read.
    """
    listed = {entry["path"]: entry["sha256"] for entry in listed_in(read_manifest(folder))}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    changed = (name for name in listed if name in there and _sha256(folder / name) != listed[name])
    missing = (name for name in listed if name not in there)
    added = (name for name in sorted(there) if name not in listed and name != MANIFEST)
    return (
        *(f"「{name}」的内容与清单不符" for name in changed),
        *(f"「{name}」不在了" for name in missing),
        *(f"「{name}」{_PDF_ADDED if name.endswith('.pdf') else _ADDED}" for name in added),
    )


def _packs_below(folder: Path) -> str:
    """What to do instead: a folder of packs, as of a group's companies, is archived one by one."""
    packs = sorted(place.parent for place in folder.glob(f"*/{MANIFEST}"))
    if not packs:
        return " → 请核对文件夹"
    return f"，其中的 {len(packs)} 个文件夹是 → 逐个运行：{to_paste('archive', packs[0])}"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a pack.

    Raises:
        UsageError: There is none, or it can't be read.
    """
    if (folder / MANIFEST).exists() and not (folder / MANIFEST).is_file():  # a pipe would hang
        raise UsageError(f"「{folder / MANIFEST}」不是普通文件，不是资料包的清单 → {_out_of(folder)}")
    try:
        document = json.loads((folder / MANIFEST).read_text("utf-8"))
        if not all({"path", "sha256"} <= entry.keys() for entry in listed_in(document)):
            raise KeyError("files")
    except FileNotFoundError as trouble:
        raise UsageError(f"「{folder}」里没有 {MANIFEST}，不是资料包{_packs_below(folder)}") from trouble
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise UsageError(f"「{folder / MANIFEST}」读不出来，可能已损坏 → {_out_of(folder)}") from trouble
    found: dict[str, Any] = document
    return found


_ADDED = "不在清单里，是后来放进去的"
_PDF_ADDED = "不在清单里，没有核对：是后来放进去的，或是旧版本生成的（那时 PDF 不列在清单里）"


def listed_in(manifest: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The entries of a manifest: the files, and the PDFs beside them."""
    return (*manifest["files"], *manifest.get("pdfs", ()))


def _out_of(folder: Path) -> str:
    """What to do about a folder that `archive` can't compare and `pack` doesn't replace."""
    return f"有备份的，换回这个文件；没有的，把文件夹「{folder.name}」改名留存，再重新生成资料包"


def write_zip(folder: Path) -> Path:
    """Zip a pack beside its folder, PDFs with it; fixed dates and sorted members, so the same pack zips the same.

    Raises:
        UnsafeWrite: It can't be written.
    """
    target = folder.with_name(f"{folder.name}.zip")
    with tempfile.SpooledTemporaryFile(max_size=64 << 20) as spool:
        with ZipFile(spool, "w", ZIP_DEFLATED, compresslevel=6) as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", _FIXED)
                entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, _UNIX
                archive.writestr(entry, path.read_bytes())
        spool.seek(0)
        write_new(target, spool.read())
    return target


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
