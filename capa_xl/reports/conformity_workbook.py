"""06 符合性矩阵.xlsx: the policy clause by clause, with counts and the rows that speak against it."""

from __future__ import annotations

from datetime import date

from capa_xl.model.conformity import FITS, MISFITS, NOT_IN_USE, Conformity
from capa_xl.reports.sheets import Book, ColumnHead, Mark

_HEADINGS = (
    ColumnHead("编号", 8, "mark"),
    ColumnHead("制度条款", 14, "mark"),
    ColumnHead("要求", 60, "wrap"),
    ColumnHead("结论", 10, "mark"),
    ColumnHead("问题数", 8, "count"),
    ColumnHead("涉及的行", 60, "wrap"),
    ColumnHead("依据的规则", 34, "wrap"),
)
_TONES = {FITS: "good", MISFITS: "bad", NOT_IN_USE: "silent"}


def conformity_workbook(company: str, policy: str, as_of: date, lines: tuple[Conformity, ...]) -> bytes:
    """The workbook's bytes; 未启用 is counted apart, never as 符合."""
    book = Book("符合性矩阵", as_of, company)
    counts = "、".join(f"{word} {sum(line.verdict == word for line in lines)} 项" for word in _TONES)
    note = f"{company}　数据截至 {as_of}　{counts}　未启用：所需的工作表、列或台账未使用，不作判断"
    sheet = book.sheet("符合性矩阵", f"{policy} 符合性矩阵", note)
    book.table(sheet, _HEADINGS, [_row(line) for line in lines])
    return book.close()


def _row(line: Conformity) -> tuple[str | int | Mark | None, ...]:
    return (
        line.id,
        line.clause,
        line.text,
        Mark(line.verdict, _TONES[line.verdict]),
        line.count or None,
        "、".join(line.numbers),
        "、".join(line.rules) or "由系统计算或生成",
    )
