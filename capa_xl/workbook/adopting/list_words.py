"""The distinct words of the columns that are lists: settled, proposed or asked, with their counts (decisions C1)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.adoption import ListWord, proposal_first
from capa_xl.model.columns import Column, Kind, column_by_key
from capa_xl.model.meanings import COUNTED, NOT_COUNTED, NUMBER_HEADER, word_key
from capa_xl.model.stated_status import (
    FAMILIES,
    STATED_CANCELLED,
    STATED_CLOSED,
    STATED_DONE,
    STATED_OPEN,
    family_of_report,
)
from capa_xl.model.two_languages import in_two_languages
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.adopting.known_words import WordReading, reading_of
from capa_xl.workbook.adopting.proposals import ENDING
from capa_xl.workbook.adopting.table_looks import TableLooks
from capa_xl.workbook.adopting.word_signs import likely_family
from capa_xl.workbook.reading.no_action_rows import leads_no_action
from capa_xl.workbook.reading.notes import quoted, text_of
from capa_xl.workbook.reading.tracker import GUARDED
from capa_xl.workbook.reading.written_names import NOTHING

_LISTED = frozenset({Kind.CHOICE, Kind.YES_NO, Kind.STATED})
_YES, _NO = frozenset("Y YES TRUE √ ✓ ✔ ☑".split()), frozenset("N NO FALSE × ✗ ✘ ☒".split())  # noqa: SIM905
REPORT = "progress_note"
SHORT_WORD, LONGEST_WORD = 8, 12
"""A longer text under 实施情况 is a report on the work, no word of a status."""
_FIGURE = re.compile(r"[\d.,:\s-]+[%％]?")
"""A share or a day under 实施情况 is read as such."""
_A_FAULT = re.compile(
    r"(缺陷|隐患|问题|不符合项?|不合格项?|风险|事件|(?<=[a-z])\s*\b(nc|non-?conformit(y|ies)|finding|defect|issue|risk))$",
    re.IGNORECASE,
)
"""重大缺陷 is 重大 under a grade, Minor NC Minor."""
_MOST_WORDS = 40
"""More different words than that are no list."""


def allowed_of(col: Column) -> tuple[str, ...]:
    """The canonical words of a list column; 实施情况 may be judged as a status is, and a verdict may cancel its row."""
    if col.kind is Kind.STATED or col.key == REPORT:
        return FAMILIES
    return (*col.choices, STATED_CANCELLED) if col.may_cancel else col.choices


def fits_list(col: Column, values: Iterable[Value]) -> bool:
    """Whether at least half of the distinct words are known or something can be proposed for them."""
    words = {text_of(value) for value in values}
    fitting = [word for word in words if reading_of_word(col, word).is_known]
    return len(fitting) * 2 >= len(words) <= _MOST_WORDS


def words_of(
    table: FoundTable,
    looks: TableLooks,
    said: Mapping[str, Mapping[str, str]],
    prefix: str = "",
    *,
    is_end_asked: bool = False,
) -> tuple[ListWord, ...]:
    """The words of every column that is taken for a list, and the struck-through rows by their numbers.

    Args:
        table: The table.
        looks: Its drop-down lists and struck-through rows.
        said: What words were declared to mean: column header → `word_key` → canonical word, "" for blank.
        prefix: What stands before the numbers of its sheet.
        is_end_asked: A heading is asked that may tell what is done: no report is a word of a status before that.
    """
    columns = column_by_key(Action)
    listed = ((h, columns[h.key]) for h in table.match.mapped if h.key in columns and columns[h.key].kind in _LISTED)
    ending = _ending_lists(table)
    found = [
        word
        for heading, col in listed
        for word in _of_column(
            heading.text,
            col,
            _counted(table, looks, heading.column),
            said.get(col.header, {}),
            looks.comments.get(heading.column, ""),
            must=col.key in ending,
        )
    ]
    found = [_asked_beside_a_closing_word(word) for word in found] if _has_two_ends(table, found) else found
    found = [_asked_beside_other_marks(word) for word in found] if _has_other_marks(found) else found
    told = () if is_end_asked else _told_in_reports(table, columns[REPORT], said.get(columns[REPORT].header, {}))
    return (*found, *told, *_struck(table, looks, said.get(NUMBER_HEADER, {}), prefix))


def _has_two_ends(table: FoundTable, words: Iterable[ListWord]) -> bool:
    """Implemented beside Closed, 已解决 beside 已关闭: without a column of checks nobody knows if the first ends."""
    closes = any(word.meaning == STATED_CLOSED and _CLOSES.search(word.word) for word in words)
    return closes and table.match.columns.keys().isdisjoint(_CHECKS)


def _asked_beside_a_closing_word(word: ListWord) -> ListWord:
    if word.meaning != STATED_DONE or word.is_answered or not _MAY_WAIT.search(word.word):
        return word
    return replace(word, meaning="", candidates=FAMILIES, proposal=None, is_needed=word.count > 0)


def _has_other_marks(words: Iterable[ListWord]) -> bool:
    """○ ◔ ● × are a scale of somebody's own: what × is in it, yes and no don't tell."""
    marks = {word.word for word in words if word.field == _STATUS and _is_mark(word.word)}
    return not marks <= _YES | _NO


def _asked_beside_other_marks(word: ListWord) -> ListWord:
    if word.field != _STATUS or word.is_answered or not (word.meaning and _is_mark(word.word)):
        return word
    return replace(word, meaning="", candidates=FAMILIES, proposal=None, is_needed=word.count > 0)


def _is_mark(word: str) -> bool:
    return len(word) == 1 and not word.isalnum()


_STATUS = column_by_key(Action)["stated_status"].header
_CLOSES = re.compile(r"关闭|闭环|销号|销项|结案|验收|归档|closed", re.IGNORECASE)
_CHECKS = frozenset({"inspection", "inspected_on", "effect", "confirmed_on"})
_VERDICTS = frozenset({"inspection", "effect"})
_ENDS_A_CHECK = re.compile(
    r"关闭|闭环|销号|结案|同意|认可|接受|通过|合格|到位|退回|打回|驳回|clos|accept|approv|pass|reject|return|fail",
    re.IGNORECASE,
)
"""What says of a row that whoever looked let it go, or sent it back: whoever is asked next hangs on it."""
_MAY_WAIT = re.compile(r"解决|实施|处理|修复|implemented|resolved|fixed", re.IGNORECASE)
"""What those say who did the work; 已完成 and 已整改 are an end of their own (decisions C2)."""


def _ending_lists(table: FoundTable) -> frozenset[str]:
    """The lists whose unknown words would take rows out of tracking, or leave open whether they are done."""
    is_dated = not table.match.columns.keys().isdisjoint(ENDING)
    return GUARDED | {"stated_status"} | (frozenset() if is_dated else {"inspection", "effect"})


def reports_are_judged(table: FoundTable) -> bool:
    """True where 实施情况 is all that tells what is done (完成情况：已完成)."""
    there = table.match.columns.keys()
    return REPORT in there and there.isdisjoint(ENDING)


def mere_reports(table: FoundTable) -> list[str]:
    """The texts of 实施情况 that tell of the work and are no words of a status, one a row; those rows count as open."""
    if not reports_are_judged(table):
        return []
    texts = [text_of(row[table.match.columns[REPORT] - 1]) for row in table.rows]
    words = _status_like(texts)
    return [text for text in texts if text and text not in (*words, *NOTHING) and not _FIGURE.fullmatch(text)]


def _status_like(texts: Iterable[str]) -> dict[str, str | None]:
    """Of the reports those that are words of a status → its family, None for those somebody must tell.

    A short text beside known words is taken for one, and any that sounds as if the row were over.
    """
    families = {text: family_of_report(text) for text in dict.fromkeys(texts) if text and text not in NOTHING}
    most = SHORT_WORD if any(families.values()) else 0
    unknown = (text for text, family in families.items() if family is None and not _FIGURE.fullmatch(text))
    asked = {text for text in unknown if len(text) <= most or (len(text) <= LONGEST_WORD and _sounds_over(text))}
    return {text: family for text, family in families.items() if family is not None or text in asked}


def _sounds_over(text: str) -> bool:
    return likely_family(text) not in (None, STATED_OPEN)


def _told_in_reports(table: FoundTable, col: Column, said: Mapping[str, str]) -> Iterator[ListWord]:
    """The texts of 实施情况 that are words of a status, where the rows are judged by them."""
    if not reports_are_judged(table):
        return
    heading, counts = table.match.heading(REPORT), _counted(table, TableLooks(), table.match.columns[REPORT])
    for word, family in _status_like(counts).items():
        declared, count = said.get(word_key(word)), counts[word]
        if declared is not None or family is not None:
            known = declared if declared is not None else family or ""
            yield ListWord(heading, col.header, word, count, known, is_answered=declared is not None)
            continue
        likely = likely_family(word)
        candidates = proposal_first(likely, FAMILIES)
        yield ListWord(heading, col.header, word, count, "", candidates, proposal=likely, is_needed=True)


def _counted(table: FoundTable, looks: TableLooks, column: int) -> Counter[str]:
    """Word → rows it stands in, in the order of first mention; 0 for those that only the drop-down list names."""
    cells = (text_of(row[column - 1]) for row in table.rows)
    counts = Counter(text for text in cells if text and text not in NOTHING)
    known = {word_key(word) for word in counts}
    counts.update({word: 0 for word in looks.lists.get(column, ()) if word_key(word) not in known})
    return counts


def _of_column(
    heading: str, col: Column, counts: Counter[str], said: Mapping[str, str], comment: str, *, must: bool
) -> Iterator[ListWord]:
    for word, count in counts.items():
        declared = said.get(word_key(word))
        if declared is not None:
            yield ListWord(heading, col.header, word, count, declared, is_answered=True)
            continue
        one = _asked_or_settled(heading, col, word, count, must=must)
        yield _explained(one, col, comment, must=must) if _is_explained(word, comment) else one


def _is_explained(word: str, comment: str) -> bool:
    """The comment on the heading says what the word means here: then nobody else may."""
    return len(word) > 1 and word.lower() in comment.lower()


def _explained(one: ListWord, col: Column, comment: str, *, must: bool) -> ListWord:
    return replace(
        one, meaning="", candidates=allowed_of(col), proposal=None, is_needed=must and one.count > 0,
        sample=f"批注：{quoted(comment)}",
    )  # fmt: skip


def _asked_or_settled(heading: str, col: Column, word: str, count: int, *, must: bool) -> ListWord:
    """A word nobody has answered for; a verdict that likely cancels its rows would have them chased until it is.

    Args:
        must: Unanswered it takes its rows out of tracking, or leaves open whether they are done.
    """
    read = reading_of_word(col, word)
    candidates = () if read.settled else proposal_first(read.proposal, allowed_of(col))
    must |= col.key in _VERDICTS and _ENDS_A_CHECK.search(word) is not None
    needed = (must or read.proposal == STATED_CANCELLED) and count > 0 and not read.settled
    return ListWord(
        heading, col.header, word, count, read.settled, candidates, proposal=read.proposal, is_needed=needed
    )


def reading_of_word(col: Column, word: str) -> WordReading:
    """What a word means, be it written in two languages."""
    whole, parts = _reading_of_one(col, word), in_two_languages(word)
    if whole.is_known or parts is None:
        return whole
    read = [one for one in (_reading_of_one(col, part) for part in parts) if one.is_known]
    said = {one.settled or one.proposal for one in read}
    if len(said) != 1:
        return WordReading()
    if len(read) == len(parts) and all(one.settled for one in read):
        return WordReading(settled=said.pop() or "")
    return WordReading(proposal=said.pop())


def _reading_of_one(col: Column, word: str) -> WordReading:
    written = unicodedata.normalize("NFKC", word).strip()
    plain = "".join(written.split())
    if col.kind is Kind.YES_NO:
        said = {True: "是", False: "否"}.get(plain.upper() in _YES, "") if plain.upper() in _YES | _NO else ""
        return WordReading(settled=plain if plain in col.choices else said)
    bare = _A_FAULT.sub("", written).strip() if col.key == "severity" else written
    if (choice := "".join(bare.split())) in col.choices:
        return WordReading(settled=choice)
    whole = reading_of(col, word, allowed_of(col))
    return whole if whole.is_known or bare == written else reading_of(col, bare, allowed_of(col))


def _struck(table: FoundTable, looks: TableLooks, said: Mapping[str, str], prefix: str) -> Iterator[ListWord]:
    """The struck-through rows whose number is theirs alone: another row of that number would be left out with it."""
    heading = table.match.heading("number")
    for row, number in struck_rows(table, looks):
        if table.numbers.count(number) != 1:
            continue
        declared = said.get(word_key(prefix + number))
        asked, likely = ((), None) if declared else ((NOT_COUNTED, COUNTED), NOT_COUNTED)
        yield ListWord(
            heading, NUMBER_HEADER, prefix + number, 1, declared or "", asked, proposal=likely,
            is_answered=declared is not None, sample=f"《{table.name}》第 {row} 行整行划了删除线",
        )  # fmt: skip


def struck_rows(table: FoundTable, looks: TableLooks) -> Iterator[tuple[int, str]]:
    """The struck-through rows that may be actions, each with its number, "" for none."""
    at = table.match.columns.get("number")
    for row in looks.struck:
        cells = table.values.rows[row - 1] if row <= len(table.values.rows) else []
        if sum(cell != "" for cell in cells) > 1 and not leads_no_action(cells, table.match.columns):
            yield row, text_of(cells[at - 1]) if at else ""
