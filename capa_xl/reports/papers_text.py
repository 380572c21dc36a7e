"""What a run that wrote papers says at the terminal, and in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.model.edition import Edition, edition_name
from capa_xl.model.paper_facts import draft_word
from capa_xl.model.paper_run import PaperRun, WrittenPaper

_SHOWN = 5
_MOST_FINALS = 12
_OTHER_WAYS = "；确需带着错误定稿的加 --with-findings，只要草稿的加 --draft"


def paper_lines(run: PaperRun) -> Iterator[str]:
    """One line per file, then the refusals with their errors, then what to do next."""
    final = "定稿" if run.kind.is_frozen else "已生成"
    for path in dict.fromkeys(paper.path for paper in run.written):
        papers = [paper for paper in run.written if paper.path == path]
        is_draft, is_rehearsal = (any(getattr(p, key) for p in papers) for key in ("is_draft", "is_rehearsal"))
        kind = draft_word(is_draft=is_draft, is_rehearsal=is_rehearsal) or final
        yield f"{kind}　{path}{_edition(papers[0])}"
        for paper in papers:
            if paper.note:
                yield f"　　{paper.note}"
            if paper.beside:
                yield "　　同名的文件里是别的内容，没有覆盖它，这一份写在旁边。"
            if paper.outlived:
                yield f"　　旁边的 {'、'.join(paper.outlived)} 是定稿以前的，不作为归档依据，可以删除。"
            if paper.missing:
                yield f"　　{paper.number}{'：' if paper.number else ''}定稿前还缺 {'、'.join(paper.missing)}"
    for refused in run.refused:
        yield f"{'没有生成' if refused.is_unclear else '未定稿'}　{refused.number}：{refused.reason}"
        for problem in refused.problems[:_SHOWN]:
            yield f"　　{problem.rule} {problem.sheet} {problem.cell or ''}：{problem.message} → {problem.fix}"
        if len(refused.problems) > _SHOWN:
            yield f"　　……另有 {len(refused.problems) - _SHOWN} 个，见 {to_paste('check', THIS_WORKBOOK)}"
    yield from (f"注意：{remark}。" for remark in run.remarks)
    if run.not_counted:
        yield f"{run.not_counted}。"
    if run.template:
        yield f"{run.template}。"
    yield _last_line(run)


def new_finals(editions: Sequence[Edition], workbook: Path) -> Iterator[str]:
    """Which finals a pack or a dossier froze by the way: each is on record now, and may want a signature."""
    if editions:
        named = cut_list([f"{one.paper_number} {one.name}" for one in editions], _MOST_FINALS, "份")
        yield f"新出的定稿（以前没有，已存档登记）：{named} → 哪些还要签字：{to_paste('signed', workbook)}"


def _edition(paper: WrittenPaper) -> str:
    if not paper.edition:
        return ""
    version = f"{paper.version}，" if paper.version else ""
    return f"（{version}{edition_name(paper.edition)}{'，原样取出' if paper.is_frozen else ''}）"


def _last_line(run: PaperRun) -> str:
    if run.refused:
        may_insist = not all(refused.is_unclear for refused in run.refused)
        return f"下一步：更正后再运行{_OTHER_WAYS if may_insist else ''}。"
    if not run.written:
        return f"没有可生成的文件{'：' if run.nothing else ''}{run.nothing}。"
    counts = {"草稿": sum(p.is_draft for p in run.written), "预演": sum(p.is_rehearsal for p in run.written)}
    if counted := {word: n for word, n in counts.items() if n}:
        named = "、".join(f"{word} {n} 份" for word, n in counted.items())
        return f"共 {len(run.written)} 份，其中{named}；{'和'.join(counted)}不作为归档依据。"
    return f"共 {len(run.written)} 份，签字后归档。"
