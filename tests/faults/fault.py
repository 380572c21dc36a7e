"""A fault: which call fails, and how."""

from __future__ import annotations

import errno
from dataclasses import dataclass

KILL = 0
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EINTR)


@dataclass(frozen=True)
class Fault:
    """Which call fails how; `lasting` for all after it too (a disk that stays full).

    Attributes:
        what: `KILL`, or the errno that the call fails with.
    """

    at: int
    what: int
    lasting: bool = False

    @property
    def name(self) -> str:
        return errno.errorcode[self.what] if self.what else "KILL"

    def __str__(self) -> str:
        return f"{self.name}{'+' if self.lasting else ''} at call {self.at}"
