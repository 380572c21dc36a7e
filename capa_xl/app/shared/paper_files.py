"""Writing the papers of one run, each to its own file. Shared ground of the use cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from capa_xl.app.shared.paper_source import paper_path, write_paper
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.paper_run import WrittenPaper
from capa_xl.reports.file_names import free_name


class HasHead(Protocol):
    """Facts of a paper, of whatever kind."""

    @property
    def head(self) -> PaperHead:
        """Its header and footer."""


F = TypeVar("F", bound=HasHead)


@dataclass(frozen=True, slots=True)
class Paper(Generic[F]):
    """One paper to write.

    Attributes:
        number: 编号 or 登记编号 of what it is about.
        stem: Name of its file where a folder was given.
    """

    number: str
    stem: str
    facts: F


def write_each(output: Path, papers: Sequence[Paper[F]], blob_of: Callable[[F], bytes]) -> tuple[WrittenPaper, ...]:
    """Write every paper to a file of its own; two whose names come out the same get two files.

    Args:
        output: A folder, or for one paper the .docx itself.

    Raises:
        UsageError: `output` is one file for several papers.
        UnsafeWrite: A file can't be written.
    """
    taken: set[str] = set()
    written = []
    for paper in papers:
        head = paper.facts.head
        path = paper_path(output, paper.stem, draft=head.is_draft, alone=len(papers) == 1)
        path = path.with_name(free_name(path.name, taken))
        write_paper(path, blob_of(paper.facts))
        written.append(WrittenPaper(path, paper.number, head.number, head.is_draft, head.missing))
    return tuple(written)
