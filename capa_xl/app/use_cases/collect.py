"""collect: the answers of returned slips, previewed, and on a person's word written through the one writer.

Before a person says yes they also see what `check` would find that it doesn't find now: a slip can't know the policy.
Errors wherever they are; warnings in the rows of the answers, such as a name that left since the slip went out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.a1 import cell_at
from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import Judged, judge_now
from capa_xl.app.shared.opening import Opened, Source, open_tracker, parsed, read_workbook
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.app.shared.worked_on_rows import row_column_of
from capa_xl.app.shared.writer import Draft, Proven, patch_of, prove, write
from capa_xl.effects.journal_slips import is_as_sent
from capa_xl.errors import CapaError, UsageError
from capa_xl.model.cell_text import cell_text
from capa_xl.model.intent import COLLECT
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.register import auto_text
from capa_xl.model.slip import ANSWER, HEADINGS, Collected, ProposedAnswer, Unsettled
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.ooxml.misnamed_files import OTHER_TABLES, WORKBOOKS
from capa_xl.ooxml.patch import RowShown
from capa_xl.policy.corrections import undone_by
from capa_xl.policy.past_years import unread_place
from capa_xl.policy.rules.catalogue import CATALOGUE
from capa_xl.policy.rules.rule import fill
from capa_xl.policy.slips import mark_of
from capa_xl.workbook.reading.notes import Note, quoted
from capa_xl.workbook.reading.slip_answers import AddedLine, FilledCell, ReadSlip, read_slip
from capa_xl.workbook.writing.answers import Sources, sort_out
from capa_xl.workbook.writing.shares_in_cells import in_their_cells

_IN_THE_WORKBOOK = frozenset({"setting", "fix"})
Read = tuple[tuple[tuple[str, ReadSlip], ...], tuple[Unsettled, ...]]
"""The slips that may be taken, with their files' names; and the files that may not."""
Taken = frozenset[tuple[str, str]]
"""(file name, cell in the slip) of the answers a person decided for."""


class Gathered(Struct, frozen=True):
    """What came back, and what became of it.

    Attributes:
        files: How many files were looked at.
        errors: What `check` would find wrong with the proposals written that it doesn't find now.
        warnings: The like of its warnings, in the rows of the proposals.
        undone: Of proposals dated too early to count beside an entry of 更正记录 what they are to be instead.
        written: The workbook holds the proposals now.
        backup: The workbook as it was before.
        notes: What a person should know of this write and of runs before it.
    """

    workbook: Path
    files: int
    collected: Collected
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    undone: tuple[str, ...] = ()
    written: bool = False
    backup: Path | None = None
    notes: tuple[str, ...] = ()


def collect(desk: Desk, returned: Path, *, apply: bool = False, taken: Taken = frozenset()) -> Gathered:
    """Sort the answers of returned slips out, and write those nobody has to decide on with `apply`.

    Args:
        returned: One slip, or the folder they lie in.
        taken: Answers a person decided for, where the workbook or another slip says otherwise.

    Raises:
        UsageError: No .xlsx there but the workbook itself, or no answer where one is to be taken.
        UnreadableWorkbook: The master is no workbook, or no tracker is in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk; nothing is.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    files = _files(desk, returned)
    opened = open_tracker(desk)
    refuse_archive(desk, opened.sha256)
    with journal_of(opened, writing=False) as journal:
        planned = _plan(opened, journal, files, taken)
    found, after = planned.draft.answer, _after(opened, planned)
    made = _problems_it_makes(opened, after)
    first = Gathered(
        workbook=desk.workbook,
        files=len(files),
        collected=found,
        errors=_errors(made),
        warnings=_at_answers(made, found),
        undone=tuple(_undone(after, found.proposals)),
    )
    if not apply or not found.proposals:
        return first
    done = write(desk, open_tracker, lambda source, past: _plan(source, past, files, taken), first=opened)
    answer, written = done.proven.draft.answer, bool(done.proven.changes)
    return replace(first, collected=answer, written=written, backup=done.backup, notes=done.notes)


def _after(opened: Opened, planned: Proven[Collected]) -> Judged | None:
    """The workbook as it would be; None where nothing would change."""
    if not planned.changes:
        return None
    return judge_now(parsed(Source(opened.desk, planned.blob, planned.source.sha256)))


def _problems_it_makes(opened: Opened, after: Judged | None) -> tuple[Problem, ...]:
    """The Problems of the workbook as it would be that it doesn't have as it is."""
    if after is None:
        return ()
    now = {_identity(problem) for problem in judge_now(opened).checked.problems}
    return tuple(problem for problem in after.checked.problems if _identity(problem) not in now)


def _identity(problem: Problem) -> tuple[str, str, str | None, Severity]:
    return problem.rule, problem.sheet, problem.cell, problem.severity


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _at_answers(problems: Iterable[Problem], found: Collected) -> tuple[Problem, ...]:
    """The warnings of the rows that would be filled: a cell left blank beside an answer, a status word of before."""
    filled = {(proposal.sheet, row_column_of(proposal.cell)[0]) for proposal in found.proposals}
    warnings = (problem for problem in problems if problem.severity is Severity.WARNING and problem.cell)
    return tuple(one for one in warnings if (one.sheet, row_column_of(one.cell or "A1")[0]) in filled)


def _undone(after: Judged | None, proposals: Iterable[ProposedAnswer]) -> Iterator[str]:
    """A completion dated on the day its row was reopened or before, say: it makes no Problem, and counts nowhere."""
    proposed = {(one.sheet, one.cell): one for one in proposals}
    if after is None:
        return
    tracker, inputs = after.opened.register.tracker, after.view.inputs
    for row in tracker.records if inputs.corrections else ():
        for key in tracker.columns_of(row.row):
            one = proposed.get((tracker.sheet_of(row.row), tracker.cell(row.row, key)))
            entry = undone_by(inputs, row, key) if one else None
            if one and entry:
                at = f"{one.number} {one.header} {one.sheet}!{one.cell}"
                told = f"{at}：{auto_text(one.after)} 不晚于 {entry.on} 的{entry.kind}，写入以后仍不算"
                yield f"{told} → 请改填晚于 {entry.on} 的日期"


def _files(desk: Desk, returned: Path) -> tuple[Path, ...]:
    """The file, or the workbooks of the folder, but the master itself and the lock files of people who have one open.

    Tables that were saved as something else are among them, to be named.
    """
    found = tuple(
        path
        for path in (sorted(returned.iterdir()) if returned.is_dir() else (returned,))
        if path.suffix.lower() in (*WORKBOOKS, *OTHER_TABLES)
        and not path.name.startswith(("~$", "."))
        and not path.samefile(desk.workbook)
    )
    if not found:
        raise UsageError(f"「{returned}」里没有填报表（.xlsx） → 请写发回的填报表，或放着它们的文件夹")
    return found


def _plan(opened: Opened, journal: WorkbookJournal, files: tuple[Path, ...], taken: Taken) -> Proven[Collected]:
    found = _sorted_out(opened, journal, files, taken)
    as_given = _written(opened, found)
    held = in_their_cells(found, as_given.blob)
    return as_given if held is found else _written(opened, held)


def _written(opened: Opened, found: Collected) -> Proven[Collected]:
    edits = tuple(edit for proposal in found.proposals for edit in _edits(proposal))
    patch = replace(patch_of(edits), shown=tuple(_begun_rows(found.proposals)))
    return prove(opened, Draft(COLLECT, patch, found, edits))


def _begun_rows(proposals: Iterable[ProposedAnswer]) -> Iterator[RowShown]:
    """A row that an answer begins may be one that the end of a year emptied and hid."""
    for proposal in proposals:
        if proposal.begins:
            yield RowShown(proposal.sheet, row_column_of(proposal.cell)[0], is_shown=True)


def _edits(proposal: ProposedAnswer) -> Iterator[AppliedEdit]:
    yield from (AppliedEdit(proposal.sheet, at, None, value) for at, _, value in proposal.begins)
    yield AppliedEdit(proposal.sheet, proposal.cell, proposal.before, proposal.after)


def _sorted_out(opened: Opened, journal: WorkbookJournal, files: tuple[Path, ...], taken: Taken) -> Collected:
    slips, refused = _read(journal, files)
    _refuse_answers_not_there(slips, taken)
    unread = partial(unread_place, opened.register, opened.desk.as_of.on)
    found = sort_out(Sources(opened.register, mark_of, cell_text, _told, unread, taken), slips)
    return Collected(found.proposals, found.conflicts, (*refused, *found.rejected), found.settled)


def _told(note: Note) -> str:
    """What `check` would say of an answer; a cure that only whoever keeps the workbook can take is left out."""
    rule = next(rule for rule in CATALOGUE if rule.id == note.rule)
    facts = {name: fact for name, fact in note.facts.items() if name not in _IN_THE_WORKBOOK}
    return f"{fill(rule.message, facts)} → {fill(rule.fix, facts)}"


def _refuse_answers_not_there(slips: tuple[tuple[str, ReadSlip], ...], taken: Taken) -> None:
    there = {(file, cell.at) for file, slip in slips for cell in slip.filled}
    for file, at in sorted(taken - there):
        raise UsageError(f"「{file}」的 {at} 没有可以采用的答复 → 请照预览里的 --take 抄写")


def _read(journal: WorkbookJournal, files: tuple[Path, ...]) -> Read:
    slips: list[tuple[str, ReadSlip]] = []
    refused: list[Unsettled] = []
    for path in files:
        try:
            slip = read_slip(read_workbook(path)[0])
        except CapaError as trouble:
            refused.append(_whole_file(path, str(trouble)))
            continue
        faults = tuple(_faults(journal, slip))
        refused += (_whole_file(path, fault) for fault in faults)
        if not faults:
            slips.append((path.name, slip))
            refused += (_added(path, line) for line in slip.added)
            refused += (_misplaced(path, cell) for cell in slip.misplaced)
    return tuple(slips), tuple(refused)


def _faults(journal: WorkbookJournal, slip: ReadSlip) -> Iterator[str]:
    if slip.workbook_id != journal.workbook_id:
        yield "是从别的工作簿发出的填报表 → 请收进那个工作簿"
    elif not is_as_sent(journal.conn, journal.workbook_id, slip.token, slip.addresses):
        yield "台账里没有发出过这样一份填报表（地址页与发出的不同） → 没有采用其中任何内容；请用原来发出的文件重填"


def _added(path: Path, line: AddedLine) -> Unsettled:
    reason = "是自己加的一行，表里没有问这一项 → 请直接填进工作簿（会议记录填《进展反馈》）"
    return Unsettled(path.name, line.at, "", "", line.text, reason)


def _misplaced(path: Path, cell: FilledCell) -> Unsettled:
    """An answer beside the column of answers, and the cell of the slip that takes it."""
    answer = cell_at(row_column_of(cell.at)[0], ANSWER)
    reason = f"没有填在“{HEADINGS[ANSWER - 1]}”一栏，不会收进工作簿 → 请改填在 {answer} 再收"
    return Unsettled(path.name, cell.at, cell.address.number, cell.address.header, quoted(cell.raw), reason)


def _whole_file(path: Path, reason: str) -> Unsettled:
    return Unsettled(path.name, "", "", "", "", reason)
