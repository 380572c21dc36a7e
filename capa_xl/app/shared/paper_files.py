"""Writing the papers of one run, each to its own file. Shared ground of the use cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.final_papers import Printed, final_papers, keep, printed
from capa_xl.app.shared.paper_source import (
    PaperSource,
    names_a_file,
    paper_path,
    refuse_another_document,
    write_paper,
)
from capa_xl.app.shared.photos_since import telling_photos
from capa_xl.app.shared.said_so_far import saying_what_stands
from capa_xl.effects.files import holds
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.paper_kinds import PaperKind
from capa_xl.model.paper_run import RefusedPaper, WrittenPaper
from capa_xl.model.problem import Problem
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.reports.file_names import free_name


class HasHead(Protocol):
    """Facts of a paper, of whatever kind."""

    @property
    def head(self) -> PaperHead:
        """Its header and footer."""


REHEARSED = "预演（--as-of 不是今天），没有存为定稿"
_FROZEN = "定稿已存档登记，再运行一次照原样写出"
OLD_LOOK = "定稿照原样取出，没有套用自己的模板 → 模板用在草稿和新的一版上；只看样子请出草稿"
F = TypeVar("F", bound=HasHead)


class Paper(Struct, Generic[F], frozen=True):
    """One paper to write.

    Attributes:
        number: 编号 or 登记编号 of what it is about.
        stem: Name of its file where a folder was given.
        version: Which version of what it is about it tells of; "" where there is one alone. It stands in the name of a
            file that has to lie beside another one of the given name.
    """

    number: str
    stem: str
    facts: F
    version: str = ""


def write_each(
    source: PaperSource, kind: PaperKind, output: Path, papers: Sequence[Paper[F]], blob_of: Callable[[F], bytes]
) -> tuple[WrittenPaper, ...]:
    """Write every paper to a file of its own; two whose names come out the same get two files.

    A final that is frozen is written as it stands on record; a new edition is frozen first, and lies beside the old.

    Args:
        output: A folder, or for one paper the .docx itself.

    Raises:
        UsageError: `output` is one file for several papers.
        UnsafeWrite: A file can't be written.
    """
    places = [paper_path(output, one.stem, draft=one.facts.head.is_draft, alone=len(papers) == 1) for one in papers]
    record = final_papers(source)
    workbook = source.judged.opened.path
    made = [telling_photos(printed(record, kind, one.number, one.facts, blob_of), workbook) for one in papers]
    keep(record, made)
    places = [rehearsal_path(path) if one.is_rehearsal else path for path, one in zip(places, made, strict=True)]
    for path in places if names_a_file(output) else ():
        refuse_another_document(path)
    made = [replace(one, note=REHEARSED) if one.is_new and not record.freezes else one for one in made]
    if source.judged.opened.desk.templates:
        made = [replace(one, note=_with_note(one, OLD_LOOK)) if one.edition and not one.is_new else one for one in made]
    taken: set[str] = set()
    written: list[WrittenPaper] = []
    stands: list[Path | str] = [_FROZEN] if record.freezes and any(one.is_new for one in made) else []
    with saying_what_stands(stands):
        for one in zip(papers, places, made, strict=True):
            written.append(_written(*one, taken))
            stands.append(written[-1].path)
    return tuple(written)


def rehearsal_path(path: Path) -> Path:
    """The path with 预演 in the name."""
    return path if "预演" in path.stem else path.with_name(f"{path.stem}_预演{path.suffix}")


def path_of(made: Printed, path: str) -> str:
    """Where a paper of a pack or a dossier lies: a rehearsal says so in its name."""
    return rehearsal_path(Path(path)).as_posix() if made.is_rehearsal else path


def _written(paper: Paper[F], place: Path, made: Printed, taken: set[str]) -> WrittenPaper:
    head, edition = paper.facts.head, made.edition
    named = _named(place, edition.at if edition else 1)
    wanted = named.with_name(free_name(named.name, taken))
    path = place_beside(wanted, made.blob) if edition else wanted
    if path != wanted and paper.version:
        path = place_beside(wanted.with_stem(f"{wanted.stem} {paper.version}"), made.blob)
    if not holds(path, made.blob):
        write_paper(path, made.blob)
    return WrittenPaper(
        path,
        paper.number,
        head.number,
        head.is_draft,
        head.missing,
        edition=edition.at if edition else 0,
        note="；".join(filter(None, (head.no_final, made.note, made.head_note, made.photos))),
        is_frozen=edition is not None and not made.is_new,
        beside=path != wanted,
        is_rehearsal=made.is_rehearsal,
        version=paper.version,
        outlived=_outlived(place) if edition else (),
    )


def _outlived(place: Path) -> tuple[str, ...]:
    """The draft and the rehearsal that lie beside a final under its name: people's files, so nothing deletes them."""
    draft = place.with_stem(f"{place.stem}_草稿")
    before = (draft, rehearsal_path(place), rehearsal_path(draft))
    return tuple(path.name for path in before if path != place and path.is_file())


def _with_note(made: Printed, words: str) -> str:
    return "；".join(filter(None, (made.note, words)))


def refusals(
    given: PaperInputs, papers: Iterable[Paper[F]], quoted: Callable[[F], tuple[Problem, ...]] = lambda facts: ()
) -> dict[str, RefusedPaper]:
    """Which finals may not be made, by what they are about: errors are open on it; never a draft.

    Args:
        quoted: Facts → open errors of other rows that the paper quotes.
    """
    finals = [one for one in papers if not one.facts.head.is_draft]
    found = ((one.number, (*given.errors_of(one.number), *quoted(one.facts))) for one in finals)
    return {
        number: RefusedPaper(number, f"还有 {len(errors)} 个错误没有处理，不能定稿", errors)
        for number, errors in found
        if errors
    }


def as_draft(facts: F) -> F:
    """The same facts on a draft."""
    shown: Any = facts
    drafted: F = replace(shown, head=replace(facts.head, is_draft=True))
    return drafted


def write_judged(
    papers: Sequence[Paper[F]],
    refused: Mapping[str, RefusedPaper],
    write: Callable[[Sequence[Paper[F]]], tuple[WrittenPaper, ...]],
    *,
    with_findings: bool,
) -> tuple[tuple[WrittenPaper, ...], tuple[RefusedPaper, ...]]:
    """Write what isn't refused; with `with_findings` everything, each told with the errors it was made in spite of."""
    if not with_findings:
        return write([one for one in papers if one.number not in refused]), tuple(refused.values())
    return tuple(_told(one, refused.get(one.number)) for one in write(papers)), ()


def _told(paper: WrittenPaper, refused: RefusedPaper | None) -> WrittenPaper:
    if refused is None:
        return paper
    found = "、".join(f"{one.rule} {one.sheet} {one.cell or ''}".strip() for one in refused.problems)
    note = f"带着 {len(refused.problems)} 个没有处理的错误定稿：{found}"
    return replace(paper, note="；".join(filter(None, (paper.note, note))))


def place_beside(path: Path, blob: bytes) -> Path:
    """The path, or with (2), (3) … as long as something else lies there: a final is never replaced."""
    taken: set[str] = set()
    while True:
        place = path.with_name(free_name(path.name, taken))
        if not place.exists() or holds(place, blob):
            return place


def _named(path: Path, at: int) -> Path:
    """The first edition has the plain name; the next ones say which they are."""
    return path if at == 1 else path.with_name(f"{path.stem} 第{at}版{path.suffix}")
