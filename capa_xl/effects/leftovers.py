"""What a killed run left around a workbook, settled by the next one: unfinished files, links, displaced saves."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from capa_xl.effects.backups import backup_path, is_same, keep_bytes, own_links
from capa_xl.effects.durable import reason_and_cure
from capa_xl.effects.exchange import KEPT
from capa_xl.effects.swap import STAGED, Swap, book_of, fingerprint, put_back
from capa_xl.effects.temporary import PREFIX, is_over, remove_dead, rest_of
from capa_xl.errors import UnsafeWrite


def settle(path: Path, backups: Path, stamp: str, now: float) -> tuple[str, ...]:
    """Clean up after runs that were killed; gives a Chinese sentence for every save of somebody's that was found.

    Call it while holding the writer's lock, before the workbook is read. A save that a killed run had displaced goes
    back into its place while the workbook still is what that run wrote, else it is kept among the backups; likewise
    what a program wrote into the old file after it was replaced.

    Args:
        path: The workbook, or a link to it.
        backups: Its folder of backups.
        stamp: Names what is kept: 20261122-083000.
        now: Seconds since the epoch.

    Raises:
        UnsafeWrite: A displaced save can't be read or put back; it is left where it lies.
    """
    real = path.resolve()
    for folder in (real.parent, backups):
        remove_dead(folder, now)
    try:
        said = [_settled(staged, swap, real, backups, stamp) for staged, swap in _staged(real, backups, now)]
    except OSError as trouble:
        cure = reason_and_cure(trouble, "请检查磁盘和权限，再运行")
        raise UnsafeWrite(f"上次运行留在 {real.name} 旁的文件不能整理：{cure}") from trouble
    for link in own_links(real, backups):
        with suppress(OSError):
            link.unlink()
    return tuple(sentence for sentence in said if sentence)


def remove_dead_in_state(state: Path, now: float) -> None:
    """Remove what killed runs left unfinished in a state folder, its outbox too."""
    for folder in (state, *state.glob("outbox/*")):
        remove_dead(folder, now)


def _staged(real: Path, backups: Path, now: float) -> list[tuple[Path, Swap]]:
    """Staged files of this workbook whose run is over, oldest first."""
    book = book_of(real)
    found = [
        (path, swap)
        for folder in dict.fromkeys((backups, real.parent))
        for path in folder.glob(f"{PREFIX}*")
        if path.suffix in (STAGED, KEPT) and is_over(path, now)
        if (swap := Swap.read(rest_of(path.name))) is not None and swap.book == book
    ]
    return sorted(found, key=lambda one: one[0].stat().st_mtime_ns)


def _settled(staged: Path, swap: Swap, real: Path, backups: Path, stamp: str) -> str:
    """Settle one staged file; "" when it held nothing of anybody's."""
    if is_same(staged, real):
        staged.unlink()
        return ""
    blob = staged.read_bytes()
    found = fingerprint(blob)
    if found.startswith((swap.before, swap.after)):
        staged.unlink()  # the backup has it, or it never took the workbook's place
        return ""
    restored = restore(staged, swap, real)
    kept = drop_or_keep(staged, swap, real, backups, stamp)
    if restored:
        return f"{real.name}：上次回写的一瞬间有人保存，保存的内容已放回工作簿，回写将重新进行"
    return f"{real.name}：上次回写的一瞬间有人保存，之后工作簿又被保存过；当时保存的内容在 {kept}，请核对"


def restore(staged: Path, swap: Swap, real: Path) -> bool:
    """Give a workbook back what our bytes displaced, if they still stand in its place; tells whether they did.

    Raises:
        UnsafeWrite: They do, and can't be put back.
    """
    if not staged.exists() or fingerprint(staged.read_bytes()).startswith(swap.after) or not _stands(real, swap.after):
        return False
    put_back(staged, real, swap.after)
    return True


def drop_or_keep(staged: Path, swap: Swap, real: Path, backups: Path, stamp: str) -> Path | None:
    """Remove a staged file, unless its bytes are neither what was read nor ours: then it becomes a backup first."""
    if not staged.exists():
        return None
    blob = staged.read_bytes()
    found = fingerprint(blob)
    kept = None
    if not found.startswith((swap.before, swap.after)):
        kept = keep_bytes(backup_path(real, found, backups, stamp), blob, real)
    staged.unlink()
    return kept


def _stands(real: Path, short: str) -> bool:
    try:
        return fingerprint(real.read_bytes()).startswith(short)
    except FileNotFoundError:  # whoever saves it is between deleting the old and writing the new
        return False
