"""Desks for tests: a workbook, a day, a clock that stands still, and no waiting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.effects.watches import WATCH_S
from capa_xl.effects.world import World
from capa_xl.model.as_of import SHANGHAI, AsOf
from capa_xl.settings.values import Settings


def still_world(day: date, sleep: Callable[[float], None] = lambda _seconds: None, **change) -> World:
    """Half past eight on a day, for ever."""
    return World(lambda: datetime.combine(day, time(8, 30), SHANGHAI), sleep, **change)


def later_world(day: date) -> World:
    """The same day, when nobody can still be writing into a file that was displaced."""
    return World(lambda: datetime.combine(day, time(8, 30), SHANGHAI) + timedelta(seconds=WATCH_S + 1), lambda _s: None)


def desk_at(
    workbook: Path,
    on: date | AsOf,
    *,
    settings: Settings | None = None,
    templates: Path | None = None,
    world: World | None = None,
) -> Desk:
    """The desk of a workbook on a day that is today, unless an AsOf says otherwise."""
    as_of = on if isinstance(on, AsOf) else AsOf(on, on)
    desk = Desk(workbook, as_of, world or still_world(as_of.today), settings or Settings())
    return desk.with_settings(templates=templates)
