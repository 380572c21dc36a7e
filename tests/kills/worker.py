"""One `remind --send` over a workbook with many people; killed at random and started again by the harness."""

from __future__ import annotations

import sys
import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.due_letters import RemindOptions
from capa_xl.app.use_cases.remind import remind
from capa_xl.effects.world import World
from capa_xl.model.as_of import AsOf
from capa_xl.settings.read import load_settings

ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=8)))


def main(workbook: Path, *, resend_unknown: bool) -> None:
    settings = load_settings(workbook, None, {"PW": "right-horse"})
    desk = Desk(workbook, AsOf(ON, ON), World(lambda: AT, time.sleep), settings)
    remind(desk, RemindOptions(send=True, resend_unknown=resend_unknown))


if __name__ == "__main__":
    main(Path(sys.argv[1]), resend_unknown="resend" in sys.argv)
