"""Lock files that Excel, WPS and LibreOffice leave beside a workbook somebody has open.

Excel writes `~$name`, WPS `~$name` or `.~name`, LibreOffice `.~lock.name#`. A lock is obeyed whatever its age: over a
network nobody can tell a crashed program from a person who went for lunch. On Windows a workbook that a program without
a lock file keeps to itself (a preview, a synchronising client) counts as open too.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from capa_xl.effects.sharing import is_held, opened_by
from capa_xl.effects.world import World
from capa_xl.errors import WorkbookLeftLocked, WorkbookLocked

_STALE_S = 24 * 3600
_POLL_S = 5.0
_NAP_S = 0.5
"""Waiting is done in naps, so that Ctrl-C and a wish to stop are obeyed within a second."""
_EXCEL_WIDE_NAME_AT = 55


WAITING = "要它等人关闭：在 capa_xl.toml 写 [lock] wait_minutes（refresh 也可以加 --wait 分钟数）"
"""Whatever command met the lock: all obey the setting, only refresh has the option."""


class Lock(Struct, frozen=True):
    """A lock file: the program that left it, whose it is (None if it doesn't say), and whether it looks forgotten.

    Attributes:
        path: The lock file; the workbook itself where a program holds it without one.
        program: "" for a program nobody knows.
    """

    path: Path
    program: str
    owner: str | None
    forgotten: bool

    @property
    def sentence(self) -> str:
        """What to tell the person at the keyboard."""
        if not self.program:
            return f"工作簿「{self.path.name}」{opened_by(self.path)}；{WAITING}"
        who = f"（{self.owner}）" if self.owner else ""
        opened = f"工作簿正由 {self.program}{who} 打开"
        if self.forgotten:
            return (
                f"{opened}：锁文件「{self.path.name}」已超过 24 小时，也没有程序占用，可能是异常退出留下的 → "
                "确认没有人在用后，请删除这个锁文件再运行"
            )
        return f"{opened}（锁文件「{self.path.name}」） → 请先保存并关闭，再运行；{WAITING}"


def find_lock(path: Path, now: float) -> Lock | None:
    """The first lock file beside a workbook (and beside the file a link leads to).

    Args:
        path: The workbook.
        now: Seconds since the epoch, to judge the lock's age.
    """
    for place in dict.fromkeys((path.absolute(), path.resolve())):
        for name, program in _candidates(place.name):
            lock = place.with_name(name)
            with suppress(OSError):
                if lock.is_file():
                    return _lock(lock, program, now)
    return Lock(path, "", None, False) if _is_held(path) else None


def refuse_locked(path: Path, world: World, wait_s: float = 0.0) -> None:
    """Return when nobody has the workbook open, waiting for that at most so many seconds.

    Raises:
        WorkbookLocked: It is still open; the message says by whom.
        WorkbookLeftLocked: A lock is there that somebody forgot: it won't go by itself.
    """
    until = world.now().timestamp() + wait_s
    while lock := find_lock(path, world.now().timestamp()):
        left = until - world.now().timestamp()
        if left <= 0 or not world.go_on():
            raise (WorkbookLeftLocked if lock.forgotten else WorkbookLocked)(lock.sentence)
        _wait(world, min(_POLL_S, left))


def _wait(world: World, seconds: float) -> None:
    """Wait in naps, or until somebody asks to stop."""
    while seconds > 0 and world.go_on():
        nap = min(_NAP_S, seconds)
        world.sleep(nap)
        seconds -= nap


def _candidates(name: str) -> tuple[tuple[str, str], ...]:
    return (f"~${name}", "Excel 或 WPS"), (f".~{name}", "WPS"), (f".~lock.{name}#", "LibreOffice")


def _lock(lock: Path, program: str, now: float) -> Lock:
    blob = b""
    with suppress(OSError):  # Excel lets others read its lock file while it keeps it open for writing
        blob = lock.read_bytes()[:4096]
    owner = _libreoffice_owner(blob) if program == "LibreOffice" else _excel_owner(blob)
    forgotten = not _is_held(lock) and now - lock.stat().st_mtime > _STALE_S
    return Lock(lock, program, owner, forgotten)


def _is_held(path: Path) -> bool:
    """Whether another program keeps a file from being written (Windows); nothing is written to find out."""
    try:
        with path.open("r+b"):
            return False
    except OSError as trouble:
        return is_held(trouble)


def _excel_owner(blob: bytes) -> str | None:
    """The user's name: one length byte and the name in the code page, then at byte 55 the same in UTF-16."""
    wide = blob[_EXCEL_WIDE_NAME_AT:]
    if len(wide) > 2:
        length = int.from_bytes(wide[:2], "little")
        name = wide[2 : 2 + 2 * length].decode("utf-16-le", "replace").strip("\0 ")
        if 0 < length <= 54 and name:
            return name
    length = blob[0] if blob else 0
    name = blob[1 : 1 + length].decode("gb18030", "replace").strip("\0 ")
    return name or None


def _libreoffice_owner(blob: bytes) -> str | None:
    """The person's name, else the account: the first two of a list between commas."""
    fields = blob.decode("utf-8", "replace").replace("\\,", "\0").split(",")
    names = (field.replace("\0", ",").strip() for field in fields[:2])
    return next((name for name in names if name), None)
