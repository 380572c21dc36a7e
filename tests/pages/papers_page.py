"""docs/papers.md: the table of the papers there are, made from their catalogue and the examples of their commands."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.cli.command_examples import EXAMPLES
from capa_xl.model.paper_kinds import FORM_NUMBER_PREFIX, GROUP, PAPER_KINDS, PaperKind
from tests.pages.between_marks import with_text_between

BEGIN, END = "<!-- 文件表：由 make docs 从文件目录生成，请勿手改 -->", "<!-- 文件表结束 -->"
_HEAD = ("| 文件 | 命令 | 制度 | 再运行 | 表单编号 |", "|---|---|---|---|---|")


def papers_table() -> str:
    """One row a paper: what it is, how it is asked for, what becomes of a second run."""
    return "\n".join([*_HEAD, *map(_row, PAPER_KINDS)])


def with_papers_table(page: str) -> str:
    """The page with its table made afresh between the two marks.

    Raises:
        ValueError: The page has no such marks.
    """
    return with_text_between(page, BEGIN, END, papers_table())


def _row(kind: PaperKind) -> str:
    return f"| {' | '.join(_cells(kind))} |"


def _cells(kind: PaperKind) -> Iterator[str]:
    command = kind.command or ("group pack" if kind is GROUP else "pack")
    yield kind.title
    yield f"`{EXAMPLES[command][0]}`"
    yield kind.clauses or "—"
    printed = "随跟踪表重新打印，不存" if kind.command else "随资料包生成"
    yield "定稿存为第 1 版，原样取出" if kind.is_frozen else printed
    yield f"`{FORM_NUMBER_PREFIX}{kind.form_name}`" if kind.form_name else "—"
