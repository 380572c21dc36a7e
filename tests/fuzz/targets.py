"""What a workbook with something wrong in it goes through; it ends in an answer or in one of our sentences."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from types import FrameType

from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.opening import Source, parsed, with_tracker
from capa_xl.app.shared.refresh_plan import planned_refresh
from capa_xl.app.shared.writer import Draft, prove
from capa_xl.errors import CapaError
from capa_xl.model.as_of import AsOf
from capa_xl.model.intent import PATCH
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from tests.app.desks import desk_at

DAY = date(2026, 6, 1)
CPU_S = 10.0
VALUES = (None, "改", 7, -1.5, True, "=A1", DAY, "")


class TooLong(BaseException):
    """An input took more CPU seconds than it may; no `except Exception` stops it."""


def tried(blob: bytes, rng: Random) -> None:
    """Read, judge, patch and adopt; returns when each ended in an answer or a sentence.

    Raises:
        BaseException: What no person may ever see.
    """
    for step in (_judged, _refreshed, _patched, _adopted):
        with _within(CPU_S):
            try:
                step(blob, rng)
            except CapaError as refusal:
                if not str(refusal).strip():
                    raise AssertionError("a refusal without a word") from refusal


def _source(blob: bytes) -> Source:
    return Source(desk_at(Path("没有的文件夹/表.xlsx"), DAY), blob, "0" * 64)


def _judged(blob: bytes, _rng: Random) -> None:
    judge(parsed(_source(blob)), AsOf(DAY, DAY), None)


def _refreshed(blob: bytes, _rng: Random) -> None:
    planned_refresh(with_tracker(parsed(_source(blob))))


def _patched(blob: bytes, rng: Random) -> None:
    opened = parsed(_source(blob))
    sheets = opened.register.sheet_names or ("Sheet1",)
    places = [f"{rng.choice('ABCDZ')}{rng.choice((1, 2, 3, 7, 40, 1048576))}" for _ in range(rng.randrange(1, 6))]
    sheet = rng.choice(sheets)
    edits = tuple(CellEdit(sheet, at, rng.choice(VALUES)) for at in dict.fromkeys(places))
    prove(opened, Draft(PATCH, Patch(edits=edits), None, over_formulas=rng.random() < 0.5))


def _adopted(blob: bytes, _rng: Random) -> None:
    adopt(blob, Adopting({}, "W1", DAY))


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong(f"more than {seconds:.0f} s of CPU")

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
