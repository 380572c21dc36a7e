"""Rows of an archived year that live on in the workbook in use: their papers are made there. Shared ground.

An archive is the whole workbook of its day. A draft of a row that went on since would be printed from what it was, and
would lie over what the workbook in use prints of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.archived_year import neighbours_unserved, procedure_of, rows_told_apart, went_on_from
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.paper_source import PaperSource, source_of
from capa_xl.app.shared.past_workbooks import names_of_past_years
from capa_xl.effects.file_on_record import FileOnRecord, file_on_record
from capa_xl.effects.journal import is_there, look_into_journal
from capa_xl.effects.journal_events import archived_rows
from capa_xl.effects.journal_view import id_in_force, others_of_id
from capa_xl.errors import CapaError, InAnotherWorkbook, UsageError
from capa_xl.model.command_line import to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.policy.past_years import archives_of_rows, reused_numbers

FactsOf = Callable[[PaperInputs, str], Any]
"""Inputs, number → what is printed of it; raises UsageError where the workbook has nothing of that number."""
UNKNOWN = "?"
"""In the place of a name: nobody can tell where the row is now."""
_MOST_NAMED = 10


class WorkbookInUse(Struct, frozen=True):
    """The workbook that followed an archived year.

    Attributes:
        archive: The archived year.
        name: Its own name; where it isn't there, the one it had.
        inputs: What its papers are made from; None where it isn't there or can't be read.
        went: 编号 that runs saw go from it into archives.
    """

    archive: Path
    name: str
    inputs: PaperInputs | None
    went: frozenset[str]

    def place_of(self, number: str, facts: FactsOf | None = None) -> str:
        """Where the papers of a number of the archive are made: name of the workbook, "" for the archive, UNKNOWN.

        Args:
            facts: Of a kind of papers whose numbers may be a need's: its rows stay, and only they tell.
        """
        if self.inputs is None:
            return "" if not number or number in self.went else UNKNOWN
        name = self._place_in_use(self.inputs, number, facts)
        is_here = (self.archive.parent / name).resolve() == self.archive.resolve()
        return "" if is_here or name in self.inputs.view.register.unread_archives else name

    def _place_in_use(self, given: PaperInputs, number: str, facts: FactsOf | None) -> str:
        view = given.view
        if number in view.register.numbers:
            return "" if any(gone.number == number for _, gone, _ in reused_numbers(view)) else self.name
        if facts is None or not any(need.number == number for need in view.needs):
            return archives_of_rows(view).get(number, "")
        try:
            facts(given, number)
        except InAnotherWorkbook as elsewhere:
            return elsewhere.place
        except UsageError:
            return ""
        return self.name

    @property
    def cure(self) -> str:
        """What to do where it isn't there, as a Chinese phrase."""
        folder = self.archive.resolve().parent
        return f"现用的「{self.name}」不在旁边或读不了 → 先把它放回「{folder}」，再运行这条命令"


def workbook_in_use(source: PaperSource) -> WorkbookInUse | None:
    """The workbook that followed the one that papers are made of; None for one that is no archived year.

    Year-end's record tells an archive by its bytes, and the workbook beside it names it, also where it was saved since.
    """
    opened = source.judged.opened
    here, state = opened.path.resolve(), opened.desk.state
    known, beside, went = FileOnRecord(), tuple[str, ...](), frozenset[str]()
    if is_there(state):
        with look_into_journal(state) as conn:
            known = file_on_record(conn, here, opened.sha256)
            workbook_id = id_in_force(conn, opened.register.procedure.workbook_id, here)
            beside = others_of_id(conn, workbook_id, here)
            went = frozenset(archived_rows(conn, workbook_id))
    if known.is_in_use_again:
        return None
    name = _in_use(opened, here, known.lives, (*beside, *neighbours_unserved(opened.desk, known)))
    if not name and not known.lives:
        return None
    inputs = _inputs(replace(opened.desk, workbook=here.with_name(name))) if name else None
    return WorkbookInUse(opened.path, name or known.lives[-1], inputs, went)


def refuse_carried_over(source: PaperSource, numbers: Iterable[str], facts: FactsOf | None = None) -> None:
    """Return unless the workbook is an archived year and the papers of one of the numbers are made elsewhere.

    Raises:
        InAnotherWorkbook: They are, there.
        UsageError: Nobody can tell, because the workbook in use isn't there.
    """
    later = workbook_in_use(source)
    if later is None:
        return
    for number in numbers:
        _refuse(later, number, later.place_of(number, facts))


def refuse_archived_year(source: PaperSource) -> None:
    """Refuse a paper on all rows where the workbook is an archived year: the one that followed has the rows of both.

    Raises:
        InAnotherWorkbook: It is one.
        UsageError: It is one, and the workbook that followed isn't there.
    """
    later = workbook_in_use(source)
    if later and later.inputs is None:
        raise UsageError(f"「{later.archive.name}」是年度归档，{later.cure}")
    if later:
        raise InAnotherWorkbook.whole(later.name, later.archive.name)


def without_carried_over(
    source: PaperSource, numbers: Sequence[str], command: str, output: Path, facts: FactsOf | None = None
) -> tuple[list[str], tuple[str, ...]]:
    """Those of the numbers whose papers are made of this workbook, and a sentence on those that an archive leaves out.

    Args:
        command: How the papers are made, for the workbook where they are.
        output: Where they were to go.
    """
    later = workbook_in_use(source)
    if later is None:
        return list(numbers), ()
    places = {number: later.place_of(number, facts) for number in numbers}
    own = [number for number, place in places.items() if not place]
    return own, tuple(_left_out(later, places, command, output))


def _left_out(later: WorkbookInUse, places: dict[str, str], command: str, output: Path) -> Iterator[str]:
    for place in dict.fromkeys(filter(None, places.values())):
        there = [number for number, where in places.items() if where == place]
        named = cut_list(there, _MOST_NAMED, "项")
        if place == UNKNOWN:
            yield f"另有 {len(there)} 项（{named}）看不出是不是还在办，没有做：{later.cure}"
            continue
        made = to_paste(command, later.archive.parent / place, *there, "-o", output)
        kind = "现用的" if place == later.name else "归档"
        yield f"另有 {len(there)} 项（{named}）的内容现在在{kind}「{place}」里，没有照这份归档做 → 请对它运行：{made}"


def _refuse(later: WorkbookInUse, number: str, place: str) -> None:
    if place == UNKNOWN:
        raise UsageError(f"「{later.archive.name}」是年度归档，看不出「{number}」是不是还在办：{later.cure}")
    if place == later.name:
        raise InAnotherWorkbook.lives_on(place, number, later.archive.name)
    if place:
        raise InAnotherWorkbook.archived(place, number)


def _in_use(opened: Opened, here: Path, lives: Sequence[str], beside: Sequence[str]) -> str:
    """The file that names the archive, of several the one that names most years; "" where there is none.

    One that year-end archived names it no more after `undo`, and is in use all the same.
    """
    mine = opened.register.procedure
    own_past = {here.with_name(name) for name in names_of_past_years(mine)}
    own_rows = partial(rows_told_apart, opened.register)
    found = {}
    for name in dict.fromkeys((*lives, *beside)):
        path = here.with_name(name)
        if path in own_past or not path.is_file():
            continue
        procedure = procedure_of(path)
        if procedure is None:
            continue
        is_it = name in lives and procedure.workbook_id == mine.workbook_id
        if is_it or went_on_from(opened.desk, mine, own_rows, name):
            found[name] = len(names_of_past_years(procedure))
    return max(found, key=lambda name: found[name], default="")


def _inputs(desk: Desk) -> PaperInputs | None:
    try:
        return source_of(open_tracker(desk)).inputs
    except CapaError:
        return None
