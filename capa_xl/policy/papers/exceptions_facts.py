"""Everything 情况说明确认单 says: the entries of 例外说明, what each covers and what its signature is worth."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.errors import UsageError
from capa_xl.model.absent_sheets import no_rows
from capa_xl.model.cut_text import cut_list
from capa_xl.model.paper_facts import ExceptionFacts, ExceptionLine
from capa_xl.model.paper_kinds import EXCEPTIONS
from capa_xl.model.records import Excuse
from capa_xl.policy.excuses import Signature, covered_words, entries_by_worth, named_numbers, named_rules
from capa_xl.policy.papers.paper_inputs import NumberedPaper, PaperInputs
from capa_xl.policy.role_words import roles_on

CONFIRMED, TO_CONFIRM = "已确认", "待确认"
_WORTHS = {
    None: TO_CONFIRM,
    Signature.SOUND: CONFIRMED,
    Signature.UNKNOWN: f"{CONFIRMED}（名单无人可签）",
    Signature.UNFIT: "不生效：确认人不合格",
}
MOST_PROBLEMS = 3
EXCEPTIONS_PREFIX = "QKSM"
"""The sheet is numbered by the day it was printed: QKSM-2026-11-20."""


def exception_facts(given: PaperInputs, number: str = "") -> ExceptionFacts:
    """The sheet at T, a form that goes round for signatures; a draft where somebody unfit has signed an entry.

    Args:
        number: Only entries that name this 编号; "" for all.
    """
    lines = tuple(_lines(given, number))
    unfit = [f"{line.covers}（{line.signed_by}）" for line in lines if line.worth == _WORTHS[Signature.UNFIT]]
    missing = (f"合格的确认人：{cut_list(unfit, MOST_PROBLEMS)}",) if unfit else ()
    own = f"{EXCEPTIONS_PREFIX}-{given.view.on}"
    return ExceptionFacts(given.head(own, EXCEPTIONS, draft=not lines, missing=missing), lines)


def _lines(given: PaperInputs, number: str) -> Iterator[ExceptionLine]:
    for entry, worth in entries_by_worth(given.view):
        if number and number not in named_numbers(entry):
            continue
        yield ExceptionLine(
            covers=covered_words(entry),
            rule="、".join(named_rules(entry)),
            note=entry.note or "",
            problems=_problems(given, entry),
            signed_by=entry.signed_by or "",
            role=roles_on(given.view.roster, entry.signed_by, entry.on),
            on=entry.on,
            worth=_WORTHS[worth],
        )


def _problems(given: PaperInputs, entry: Excuse) -> tuple[str, ...]:
    """What the check says of the numbers and rules that it names, the note itself left out."""
    numbers, rules = named_numbers(entry), named_rules(entry)
    found = [p.message.partition("（情况说明")[0] for p in given.problems if p.rule in rules and p.number in numbers]
    more = (f"等 {len(found)} 处",) if len(found) > MOST_PROBLEMS else ()
    return (*dict.fromkeys(found[:MOST_PROBLEMS]), *more)


def _papers(given: PaperInputs, number: str) -> list[tuple[str, ExceptionFacts]]:
    facts = exception_facts(given, number)
    if not facts.lines:
        todo = "请先在《例外说明》写编号（或期间）、规则和说明"
        raise UsageError(no_rows(given.view.register, "例外说明", f"「{number}」的行", todo, given.lost_sheets))
    return [(f"{number} {EXCEPTIONS.title}".strip(), facts)]


def _one_sheet(given: PaperInputs) -> list[str]:
    return [""] if any(True for _ in entries_by_worth(given.view)) else []


PAPER = NumberedPaper(EXCEPTIONS, _one_sheet, _papers, rows_of="例外说明")
"""All entries on one sheet, or those of one number."""
