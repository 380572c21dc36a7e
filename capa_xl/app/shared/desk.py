"""The desk a workbook is worked at: its place, its settings, the day, and the world, as one value. Shared ground."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.effects.state_folder import state_folder
from capa_xl.effects.world import World
from capa_xl.model.as_of import AsOf
from capa_xl.settings.read import load_settings
from capa_xl.settings.values import Settings

REHEARSAL_TIME = time(8, 30)
"""Time of day of everything that is rehearsed, so that a rehearsal gives the same bytes whenever it is run."""

BACKUPS = "backups"
"""The folder of the workbook as it was before each write, within its state."""
OUTBOX_FOLDER = "outbox"
"""The folder of filed letters, within its state."""


class Desk(Struct, frozen=True):
    """What every use case needs to know besides its own question; it can be sent to another process.

    Attributes:
        workbook: The file.
        as_of: T and the real day.
        settings: `capa_xl.toml` and the environment, with what the command line says over them.
        world: Clock, sleep and the wish to stop.
        insists: A rehearsal writes into a workbook that is served live all the same (--write).
    """

    workbook: Path
    as_of: AsOf
    world: World
    settings: Settings = field(default_factory=Settings)
    insists: bool = False

    @property
    def state(self) -> Path:
        """The workbook's state folder: the one that [paths] state names, else `.capa_xl` beside it."""
        return state_folder(self.workbook, self.settings.paths.state)

    @property
    def backups(self) -> Path:
        """The folder of the workbook as it was before each write."""
        return self.state / BACKUPS

    @property
    def outbox(self) -> Path:
        """The folder of filed letters, one folder a day in it."""
        return self.state / OUTBOX_FOLDER

    @property
    def templates(self) -> Path | None:
        """The quality department's own templates; None for ours."""
        return self.settings.paths.templates

    @property
    def wait_s(self) -> float:
        """How long to wait for somebody to close the workbook."""
        return self.settings.lock.wait_minutes * 60

    @property
    def is_rehearsal(self) -> bool:
        """True when T isn't the real day: letters are filed and marked, and nothing is remembered of the table."""
        return self.as_of.on != self.as_of.today

    def stamp(self) -> str:
        """The real second, naming a backup: 20261122-083000."""
        return self.world.now().strftime("%Y%m%d-%H%M%S")

    def instant(self) -> datetime:
        """The instant that letters carry: the real one, or T at half past eight for a rehearsal."""
        now = self.world.now()
        return datetime.combine(self.as_of.on, REHEARSAL_TIME, now.tzinfo) if self.is_rehearsal else now

    def with_settings(self, *, templates: Path | None = None, wait_minutes: float | None = None) -> Desk:
        """The same desk with what was said on the command line in the place of its settings; None leaves one alone."""
        settings = self.settings
        if templates is not None:
            settings = replace(settings, paths=replace(settings.paths, templates=templates))
        if wait_minutes is not None:
            settings = replace(settings, lock=replace(settings.lock, wait_minutes=wait_minutes))
        return replace(self, settings=settings)


DeskOf = Callable[[Path], Desk]
"""The desk of a workbook; faulty settings fail that workbook alone."""


def desk_for(workbook: Path, as_of: AsOf, world: World, config: Path | None = None, *, insists: bool = False) -> Desk:
    """The desk of a workbook, its settings read from `capa_xl.toml` and this process's environment.

    Args:
        config: The file of `--config`; None for the one beside the workbook.
        insists: --write was given.

    Raises:
        SettingsError: They hold something unknown or unusable.
    """
    return Desk(workbook, as_of, world, load_settings(workbook, config, os.environ), insists)
