"""daily: one idempotent pass over workbooks: check → refresh → remind → journal → 提醒台账.

Data and journal decide what is due. One that can't be served doesn't stop the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from capa_xl.app.shared.daily_pass import DeskOf, prepare, send_prepared
from capa_xl.app.shared.served import Served
from capa_xl.effects.world import World


def daily(workbooks: Iterable[Path], world: World, desk_of: DeskOf) -> tuple[Served, ...]:
    """Serve workbooks one by one; once the world says stop, the rest is left for the next pass."""
    served: list[Served] = []
    for path in workbooks:
        if not world.go_on():
            break
        served.append(send_prepared(prepare(path, desk_of)))
    return tuple(served)
