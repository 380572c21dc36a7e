"""archive: a pack compared with its manifest, and the manifest with what the journal kept when it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from capa_xl.effects.journal import copy_journal, is_there
from capa_xl.effects.journal_verify import has_mark, manifests_kept
from capa_xl.effects.pack_folder import compare, listed_in, read_manifest
from capa_xl.effects.state_folder import state_folder
from capa_xl.model.pack import MANIFEST, recorded_period


class Archived(Struct, frozen=True):
    """What was found; `differences` is empty when the pack is as it was made.

    Attributes:
        journal: What became of the comparison with the journal, a Chinese sentence.
    """

    directory: Path
    period: str
    as_of: str
    files: int
    differences: tuple[str, ...]
    journal: str


def check_archive(folder: Path, state: Path | None = None) -> Archived:
    """Compare every file of a pack with its manifest, and the manifest with the journal.

    Whoever changes a file and makes the manifest agree is seen by the journal alone; a group's pack stands in none.

    Args:
        state: The state folder of the workbook it was made from; None: the first found in or above the pack's parent.

    Raises:
        UsageError: The folder holds no pack, or its manifest is damaged.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    manifest = read_manifest(folder)
    period, as_of, files = manifest.get("period", ""), manifest.get("as_of", ""), len(listed_in(manifest))
    if "workbooks" in manifest:
        return Archived(folder, period, as_of, files, compare(folder), OF_A_GROUP)
    known = state or _state_nearby(folder)
    faults, words = _against_journal(known, folder, manifest) if known else ((), NO_JOURNAL)
    return Archived(folder, period, as_of, files, (*compare(folder), *faults), words)


OF_A_GROUP = (
    "集团资料包不记在哪一本台账里，只按清单核对了文件，清单本身有没有被改过查不出 → "
    "请另存一份 manifest.json 供以后比对，或由同一批工作簿重新生成一份，逐字节相同才是原样"
)
"""What is said of a group's pack: it is made from many workbooks, and recorded with none."""
NO_JOURNAL = "没有找到工作簿的台账，未与台账核对；请加 --workbook 指明生成它的工作簿"


def _state_nearby(folder: Path) -> Path | None:
    """The state folder of a workbook that lies beside the pack, or beside the folder that packs are put into."""
    parents = folder.resolve().parents
    nearby = (state_folder(parent / "x.xlsx", None) for parent in parents[:2])
    return next((state for state in nearby if is_there(state)), None)


def _against_journal(state: Path, folder: Path, manifest: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    mark = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    with copy_journal(state) as conn:
        period = recorded_period(manifest.get("period", ""), manifest.get("copy", ""))
        kept = manifests_kept(conn, period, manifest.get("as_of", ""))
        head = str(manifest.get("journal_head", ""))
        is_cut = bool(head) and not has_mark(conn, head)
    faults = tuple(_faults(kept, mark, head if is_cut else ""))
    if not kept:
        return faults, f"台账「{state}」没有记下这个期间和日期的资料包清单，未能核对清单本身"
    return faults, f"已与台账「{state}」核对"


def _faults(kept: tuple[str, ...], mark: str, lost_head: str) -> Iterator[str]:
    if kept and mark not in kept:
        yield f"{MANIFEST} 与台账记下的不同：清单被改过，或后来又重新生成过同一期间、同一日期的资料包"
    if lost_head:
        yield f"清单印的台账校验码 {lost_head[:16]} 在台账里找不到：台账被截短或换过"
