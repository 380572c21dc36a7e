"""demo: the whole street once, on the sample: new, check, refresh, remind into an outbox, pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.due_letters import Reminded, RemindOptions
from capa_xl.app.shared.judging import Judged
from capa_xl.app.shared.refresh_plan import Refreshed
from capa_xl.app.use_cases.check import check_workbook
from capa_xl.app.use_cases.new import new_workbook
from capa_xl.app.use_cases.pack import ReviewPack, make_pack
from capa_xl.app.use_cases.refresh import refresh
from capa_xl.app.use_cases.remind import remind
from capa_xl.effects.durable import make_folder
from capa_xl.effects.world import World
from capa_xl.model.as_of import AsOf

WORKBOOK = "改进计划跟踪表_样例.xlsx"


class Demo(Struct, frozen=True):
    """What the demo made.

    Attributes:
        is_new: False when a sample of an earlier demo was there and was used as it stands.
    """

    workbook: Path
    is_new: bool
    judged: Judged
    refreshed: Refreshed
    reminded: Reminded
    packed: ReviewPack

    @property
    def outbox(self) -> Path:
        """Where the letters lie."""
        return self.reminded.outbox


def run_demo(folder: Path, as_of: AsOf, world: World) -> Demo:
    """Make the sample in a folder (or use the one of an earlier demo) and walk it through.

    Raises:
        UsageError: The pack of an earlier demo was changed since.
        UnsafeWrite: The folder can't be made or written.
        WorkbookLocked: The sample of an earlier demo is open in Excel or WPS.
    """
    workbook = folder / WORKBOOK
    is_new = not workbook.exists()
    if is_new:
        _make(workbook, as_of.on)
    desk = Desk(workbook, as_of, world)
    judged = check_workbook(desk)
    refreshed = refresh(desk)
    reminded = remind(desk, RemindOptions(send=True))
    quarter = f"{as_of.on.year}Q{(as_of.on.month + 2) // 3}"
    packed = make_pack(desk, quarter, folder / f"评审资料包 {quarter}")
    return Demo(workbook, is_new, judged, refreshed, reminded, packed)


def _make(workbook: Path, on: date) -> None:
    make_folder(workbook.parent)
    new_workbook(workbook, sample=True, as_of=on, workbook_id="")
