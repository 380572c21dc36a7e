"""A pack's folder: staged beside its place, put there as one step, zipped, and compared with its manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from capa_xl.effects.files import write_new
from capa_xl.errors import UnsafeWrite, UsageError
from capa_xl.model.pack import MANIFEST, PackedFile

_FIXED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Staged:
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

        The old one is set aside first: interrupted at any moment, a whole pack stands there, the new or the old.
        """
        if not self.target.exists():
            self.folder.replace(self.target)
            return
        aside = Path(tempfile.mkdtemp(prefix=".capa_xl-", dir=self.target.parent))
        try:
            self.target.replace(aside / "old")
            self.folder.replace(self.target)
        finally:
            if not self.target.exists():
                (aside / "old").replace(self.target)
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def stage(target: Path) -> Iterator[Staged]:
    """A staged folder; whatever happens before `put_in_place`, nothing of it stays behind.

    Raises:
        UsageError: Something lies at `target` that is neither empty nor an unchanged pack.
        UnsafeWrite: The folder can't be made or written.
    """
    refuse_occupied(target)
    target = target.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".capa_xl-", dir=target.parent))
        folder.chmod(0o755)
    except OSError as trouble:
        raise UnsafeWrite(
            f"不能在 {target.parent} 建立文件夹：{trouble.strerror or trouble}。请换一个位置"
        ) from trouble
    try:
        yield Staged(folder, target)
    except OSError as trouble:
        raise UnsafeWrite(f"写入资料包出错：{trouble.strerror or trouble}。请检查磁盘空间和权限") from trouble
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def refuse_occupied(target: Path) -> None:
    """Return when `target` is free, empty, or an unchanged pack.

    Raises:
        UsageError: It is anything else; people's files are never replaced.
    """
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not target.is_dir():
        raise UsageError(f"{target} 是文件，不是文件夹。请换一个文件夹名")
    if not (target / MANIFEST).is_file():
        raise UsageError(f"文件夹 {target} 里已有别的文件，没有改动它。请给一个新的或空的文件夹")
    differences = compare(target)
    if differences:
        raise UsageError(f"{target} 里的资料包已被改动（{differences[0]}），没有覆盖。请换一个文件夹，或先把它移走")


def listing(folder: Path) -> tuple[PackedFile, ...]:
    """Every file of a pack by its path, the manifest and the PDFs too."""
    files = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return tuple(PackedFile(name, _sha256(path), path.stat().st_size) for name, path in files)


def compare(folder: Path) -> tuple[str, ...]:
    """What differs between a pack and its manifest, one Chinese sentence each; () when it is as it was made.

    PDFs are not in the manifest and not compared.

    Raises:
        UsageError: There is no manifest, or it can't be read.
    """
    listed = {entry["path"]: entry["sha256"] for entry in read_manifest(folder)["files"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    changed = (name for name in listed if name in there and _sha256(folder / name) != listed[name])
    missing = (name for name in listed if name not in there)
    added = (name for name in sorted(there) if name not in listed and name != MANIFEST and not name.endswith(".pdf"))
    return (
        *(f"「{name}」的内容与清单不符" for name in changed),
        *(f"「{name}」不在了" for name in missing),
        *(f"「{name}」不在清单里，是后来放进去的" for name in added),
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a pack.

    Raises:
        UsageError: There is none, or it can't be read.
    """
    try:
        document = json.loads((folder / MANIFEST).read_text("utf-8"))
        if not all({"path", "sha256"} <= entry.keys() for entry in document["files"]):
            raise KeyError("files")
    except FileNotFoundError as trouble:
        raise UsageError(f"{folder} 里没有 {MANIFEST}，不是资料包。请核对文件夹") from trouble
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise UsageError(f"{folder / MANIFEST} 读不出来，可能已损坏。请用备份核对，或重新生成资料包") from trouble
    found: dict[str, Any] = document
    return found


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
                entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, path.read_bytes())
        spool.seek(0)
        write_new(target, spool.read())
    return target


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
