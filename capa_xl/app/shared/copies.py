"""Workbooks that count twice beside another of a run are left out and named: copies, archived years. Shared ground.

Copies share 工作簿标识 and rows: counted side by side they count twice, and their letters go out twice. Workbooks that
share the id alone (one company's made from another's) are all served, and named. A year's archive holds what its
workbook holds or reads from it: it is told by the journal beside it, or by the workbook of the run that names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from capa_xl.app.shared.adopted_from import AdoptedSheets, adopted_from
from capa_xl.app.shared.archived_year import (
    NumberedText,
    archive_words,
    is_archived_year,
    on_record,
    rows_told_apart,
)
from capa_xl.app.shared.opening import open_tracker, read_source
from capa_xl.app.shared.past_workbooks import names_of_past_years
from capa_xl.app.shared.served import ARCHIVE, COPY, Served
from capa_xl.app.shared.workbook_list import GroupTask, Listed, common_names
from capa_xl.effects.file_on_record import FileOnRecord
from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.cut_text import cut_list
from capa_xl.workbook.reading.reader import procedure_in

_MOST_NAMED = 5


class Identity(Struct, frozen=True):
    """What tells a workbook from the others of a run.

    Attributes:
        workbook_id: 参数 工作簿标识; "" for none.
        past: The archived years that 参数 names, where they lie.
        is_archive: Year-end made it, as the journal or a workbook beside it tells.
        sha256: Fingerprint of its bytes.
        known: What the journal beside it knows of it.
        adopted: Of an adopted one its sheets with their headings at adoption.
        is_foreign: It has no 参数 of ours.
    """

    workbook_id: str = ""
    past: frozenset[Path] = frozenset()
    is_archive: bool = False
    sha256: str = ""
    known: FileOnRecord = FileOnRecord()
    adopted: AdoptedSheets = field(default_factory=dict)
    is_foreign: bool = False


class Apart(Struct, frozen=True):
    """What a run finds among its workbooks.

    Attributes:
        copies: Place in the list of copies, archived years and tables adopted since → what became of it: nothing.
        notes: What else there is to say, as Chinese sentences.
    """

    copies: Mapping[int, Served]
    notes: tuple[str, ...] = ()


class _Look(Struct, frozen=True):
    """One workbook that shares its id with another."""

    place: int
    listed: Listed
    rows: frozenset[NumberedText]


def identity_task(task: GroupTask) -> Identity:
    """What tells a workbook; nothing does what can't be read: whoever serves it says why."""
    try:
        desk = task.desk_of(task.listed.path)
        source = read_source(desk)
        known = on_record(desk, source.sha256)
        procedure, folder = procedure_in(source.blob), desk.workbook.resolve().parent
        past = frozenset((folder / name).resolve() for name in names_of_past_years(procedure))
        is_foreign = not procedure.workbook_id and not procedure.sheets
        return Identity(
            procedure.workbook_id,
            past,
            is_archived_year(desk, known),
            source.sha256,
            known,
            procedure.adopted_headings,
            is_foreign,
        )
    except Exception:  # noqa: BLE001 - the edge of one workbook: serving it meets the same, is guarded and logs it
        return Identity()


def told_apart(tasks: Sequence[GroupTask], identities: Sequence[Identity]) -> Apart:
    """The archived years and copies among workbooks, and those that share an id alone.

    Args:
        tasks: Of one workbook or more.
        identities: What `identity_task` gave, task by task.
    """
    names = common_names([task.listed.path for task in tasks])
    listed = [task.listed for task in tasks]
    by_rank = sorted(range(len(tasks)), key=lambda place: _rank(listed[place], identities[place]))
    left_out = {place: _archive(listed[place]) for place in _archives(tasks, identities)}
    in_use = [place for place in by_rank if place not in left_out]
    left_out |= dict(_moved_archives(listed, identities, in_use))
    left_out |= _tables_adopted_since(tasks, identities)
    notes: list[str] = []
    for identity, places in sorted(_shared(identities, left_out).items()):
        looks = [look for place in by_rank if place in places and (look := _look(place, tasks[place]))]
        kept: list[_Look] = []
        for look in looks:
            first = next((one for one in kept if one.rows & look.rows), None)
            if first is None:
                kept.append(look)
            else:
                lost = _lost_years(identities[first.place]) if _has_fewer(identities, look, first) else ()
                left_out[look.place] = _copy(look, first, names[first.place], identity, lost)
        notes += _note(identity, [names[one.place] for one in kept])
    return Apart(left_out, tuple(notes))


def _rank(listed: Listed, one: Identity) -> tuple[bool, bool, int, Path]:
    """Which of several copies is served: one that people named, one served before, the shortest name, the path."""
    return not listed.is_named, not one.known.is_known, len(listed.path.name), listed.path


def _tables_adopted_since(tasks: Sequence[GroupTask], identities: Sequence[Identity]) -> dict[int, Served]:
    adopted = {place: one.adopted for place, one in enumerate(identities) if one.adopted}
    foreign = [place for place, one in enumerate(identities) if one.is_foreign and not tasks[place].listed.is_named]
    places = {tasks[place].listed.path: place for place in foreign}
    return {places[one.workbook]: one for one in adopted_from(tasks, foreign, adopted)} if adopted else {}


def _archives(tasks: Sequence[GroupTask], identities: Sequence[Identity]) -> Iterator[int]:
    """The places of archived years; two that name each other are both in use."""
    paths = [task.listed.path.resolve() for task in tasks]
    for place, (path, one) in enumerate(zip(paths, identities, strict=True)):
        namers = (paths[at] for at, other in enumerate(identities) if at != place and path in other.past)
        if one.is_archive or any(namer not in one.past for namer in namers):
            yield place


def _archive(listed: Listed) -> Served:
    return Served(listed.path, ARCHIVE, _code(listed), (archive_words(listed.path.name),))


def _code(listed: Listed) -> int:
    """What is left out is a failure only where people named the file itself."""
    return UnreadableWorkbook.exit_code if listed.is_named else 0


def _shared(identities: Sequence[Identity], left_out: Mapping[int, Served]) -> dict[str, list[int]]:
    """The ids of more than one workbook, with their places."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(identities):
        if one.workbook_id and place not in left_out:
            places.setdefault(one.workbook_id, []).append(place)
    return {identity: found for identity, found in places.items() if len(found) > 1}


def _look(place: int, task: GroupTask) -> _Look | None:
    """None for what can't be read."""
    try:
        desk = task.desk_of(task.listed.path)
        return _Look(place, task.listed, rows_told_apart(open_tracker(desk).register))
    except Exception:  # noqa: BLE001 - as above
        return None


def _moved_archives(
    listed: Sequence[Listed], identities: Sequence[Identity], in_use: Iterable[int]
) -> Iterator[tuple[int, Served]]:
    """The places of what the journal of a workbook in use knows for an archive of its own, lying elsewhere now.

    That workbook has the archive's id: others that lie beside the same journal have nothing to do with it. Where one
    names the archive where it lies, it lies in its place, whatever a copy of that workbook still says.

    Args:
        in_use: The places of workbooks that are no archives, of copies the one that is served first.
    """
    known = {sha256 for one in identities for sha256 in one.known.archives}
    lives = [live for live in in_use if identities[live].sha256 not in known]  # no archive has another
    named = {past for live in lives for past in identities[live].past}
    for place, one in enumerate(identities):
        path = listed[place].path
        if one.known.is_in_use_again or path.resolve() in named or one.known.archives.get(one.sha256) == path.name:
            continue
        for live in lives:
            other = identities[live]
            is_its_own = not one.workbook_id or other.workbook_id == one.workbook_id
            if is_its_own and (name := other.known.archives.get(one.sha256)):
                yield place, _moved_archive(listed[place], listed[live], name, _lost_years(other))
                break


def _moved_archive(listed: Listed, live: Listed, name: str, lost: Iterable[Path]) -> Served:
    is_lost = name in {path.name for path in lost}
    state = "，移动过或改了名" if is_lost else "的另一份"
    cure = _put_back((name,), listed, live) if is_lost else "请移走或删除多余的一份；查阅用 check、report、facts"
    words = f"就是归档「{name}」{state}，不再提醒和回写，也没有计入 → {cure}"
    return Served(listed.path, ARCHIVE, _code(listed), (words,))


def _lost_years(one: Identity) -> tuple[Path, ...]:
    """The archived years that its 参数 names and that aren't there."""
    return tuple(sorted(path for path in one.past if not path.exists()))


def _has_fewer(identities: Sequence[Identity], look: _Look, first: _Look) -> bool:
    """An archive holds the settings of its day: the workbook in use names it besides."""
    return len(identities[look.place].past) < len(identities[first.place].past)


def _put_back(names: Iterable[str], listed: Listed, live: Listed) -> str:
    """How an archive that lies elsewhere is read again."""
    folder, path = live.path.resolve().parent, listed.path.resolve()
    written = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
    old = "」或「".join(names)
    return (
        f"不要删除：把它放回「{live.path.name}」所在的文件夹、改回原名「{old}」，"
        f"或在那一本的《参数》“上年工作簿”里把「{old}」改成「{written}」"
    )


def _copy(look: _Look, first: _Look, name: str, identity: str, lost: Sequence[Path]) -> Served:
    """What becomes of a copy; where the workbook in use misses an archive, it may be that one, and saved since."""
    listed, same = look.listed, len(look.rows & first.rows)
    words = (
        f"与「{name}」是同一本的副本（工作簿标识同为 {identity}，{same} 行相同），没有处理也没有计入，以「{name}」为准"
    )
    cure = "请移走或删除多余的一份；确是另一本的，在它的《参数》改“工作簿标识”"
    if lost:
        names = tuple(path.name for path in lost)
        words += f"；也可能就是「{name}」读不到的年度归档「{'、'.join(names)}」"
        cure = f"先打开看：是归档的，{_put_back(names, listed, first.listed)}；是多余的一份，移走"
    return Served(listed.path, COPY, _code(listed), (f"{words} → {cure}",))


def _note(identity: str, names: Sequence[str]) -> Iterator[str]:
    if len(names) > 1:
        yield (
            f"工作簿标识 {identity} 不止一本在用：{cut_list(names, _MOST_NAMED, '本')}，内容不同，各自处理 → "
            "请在其余各本的《参数》改“工作簿标识”，例如加上公司简称"
        )
