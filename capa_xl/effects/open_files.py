"""How many files this process may hold open at once."""

from __future__ import annotations

import sys


def room_for_files(wanted: int) -> int:
    """Ask for room to hold so many files open, and give what there is: at most what was asked for.

    Most Linux systems start a process with 1,024 and let it ask for more. On Windows the files that are opened here
    have no limit of that kind.
    """
    if sys.platform == "win32":
        return wanted
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        more = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, more), hard))
        soft = max(soft, more)
    return wanted if soft == resource.RLIM_INFINITY else min(wanted, soft)
