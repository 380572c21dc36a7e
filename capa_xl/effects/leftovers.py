"""What was displaced and what a killed run left around a workbook, settled at the start of a run and at its end."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from capa_xl.effects.backups import backup_path, is_same, keep_backup, own_links
from capa_xl.effects.durable import reason_and_cure
from capa_xl.effects.swap import put_back
from capa_xl.effects.temporary import remove_dead
from capa_xl.effects.watches import Site, Swap, fingerprint, short_print, staged_files, watch
from capa_xl.errors import UnsafeWrite


def settle(path: Path, backups: Path, stamp: str, now: float) -> tuple[str, ...]:
    """Clean up after runs that were killed; gives a Chinese sentence for every save of somebody's that was found.

    Call it while holding the writer's lock, before the workbook is read and after it is written. A save that a killed
    run had displaced, or that came late into the old file, goes back into its place while nobody has saved since, else
    it is kept among the backups. What it gives way to is kept there too.

    Args:
        path: The workbook, or a link to it.
        backups: Its folder of backups.
        stamp: Names what is kept: 20261122-083000.
        now: Seconds since the epoch.

    Raises:
        UnsafeWrite: A displaced save can't be read or put back; it is left where it lies.
    """
    real = path.resolve()
    site = Site(real, backups, stamp, now)
    for folder in (real.parent, backups):
        remove_dead(folder, now)
    try:
        said = _all_settled(site)
    except OSError as trouble:
        cure = reason_and_cure(trouble, "请检查磁盘和权限，再运行")
        left = f"上次运行留下的「{trouble.filename}」" if trouble.filename else f"上次运行留在「{real.name}」旁的文件"
        raise UnsafeWrite(f"{left}不能整理：{cure}") from trouble
    for link in own_links(real, backups):
        with suppress(OSError):
            link.unlink()
    return said


def remove_dead_in_state(state: Path, now: float) -> None:
    """Remove what killed runs left unfinished in a state folder, its outbox too."""
    for folder in (state, *state.glob("outbox/*")):
        remove_dead(folder, now)


def restore(staged: Path, swap: Swap, real: Path, others: Iterable[Swap] = ()) -> bool:
    """Give a workbook back what our bytes displaced, if they or later ones of ours stand there; tells whether they did.

    Args:
        others: The later swaps; each has its `before` displaced by its `after`.

    Raises:
        UnsafeWrite: They do, and it can't be put back.
    """
    if not staged.exists() or short_print(staged) == swap.after:
        return False
    standing = _standing(real)
    if standing not in _led_to(swap.after, others):
        return False
    put_back(staged, real, standing)
    return True


def keep_and_watch(staged: Path, site: Site) -> Path | None:
    """Make a staged file a backup, and watch it further; gives the backup's path, None when nothing is there."""
    if not staged.exists():
        return None
    blob = staged.read_bytes()
    found = fingerprint(blob)
    kept = keep_backup(staged, blob, backup_path(site.real, found, site.backups, site.stamp))
    _watch_on(staged, found, site)
    return kept


def drop_or_keep(staged: Path, swap: Swap, site: Site, *, has_stood: bool) -> None:
    """Remove a staged file that holds our bytes; what holds others becomes a backup.

    Args:
        has_stood: Our bytes stood in the workbook's place for a blink, so whoever opened them there may still write.
    """
    if not staged.exists():
        return
    found = short_print(staged)
    if found not in (swap.before, swap.after):
        keep_and_watch(staged, site)
    elif has_stood:
        _watch_on(staged, found, site)
    else:
        staged.unlink()


def _all_settled(site: Site) -> tuple[str, ...]:
    found = staged_files(site)
    swaps = tuple(swap for _, swap in found)
    said = (_settled(staged, swap, swaps, site) for staged, swap in found)
    return tuple(sentence for sentence in said if sentence)


def _settled(staged: Path, swap: Swap, swaps: tuple[Swap, ...], site: Site) -> str:
    """Settle one staged file; "" when it held nothing of anybody's."""
    blob = staged.read_bytes()
    found = fingerprint(blob)
    if is_same(staged, site.real):
        staged.unlink()
    elif found.startswith((swap.before, swap.after)) or not blob:
        _looked_at(staged, swap, found, site)
    elif restore(staged, swap, site.real, swaps):
        keep_and_watch(staged, site)
        return f"「{site.real.name}」：上次回写的一瞬间有人保存，保存的内容已放回工作簿，回写将重新进行"
    else:
        kept = keep_and_watch(staged, site)
        return (
            f"「{site.real.name}」：上次回写的一瞬间有人保存，之后工作簿又被保存过；当时保存的内容在「{kept}」 → 请核对"
        )
    return ""


def _looked_at(staged: Path, swap: Swap, found: str, site: Site) -> None:
    """Nobody's save is in it (an empty file is a save that only begins): it goes once it was watched for long enough.

    A killed run's new bytes that never took the workbook's place go at once, its displaced file is watched from now on.
    """
    if swap.since is None and not found.startswith(swap.after):
        watch(staged, swap, site)
    elif not swap.is_watched(site.now):
        staged.unlink()
    elif staged.parent != site.backups:  # it was refused there, or the backups are on another device
        with suppress(OSError):
            staged.rename(site.backups / staged.name)


def _watch_on(staged: Path, found: str, site: Site) -> None:
    watch(staged, Swap.over(site.real, found), site)


def _led_to(after: str, swaps: Iterable[Swap]) -> frozenset[str]:
    """What our writes made of certain bytes, those bytes included."""
    reached, edges = {after}, tuple(swaps)
    for _ in edges:
        reached |= {swap.after for swap in edges if swap.before in reached}
    return frozenset(reached)


def _standing(real: Path) -> str:
    try:
        return short_print(real)
    except FileNotFoundError:  # whoever saves it is between deleting the old and writing the new
        return ""
