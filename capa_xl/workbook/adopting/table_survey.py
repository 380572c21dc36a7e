"""What is known of somebody's table before anything is written: headings, words, looks, and what must be asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from capa_xl.errors import UsageError
from capa_xl.model.action import Action
from capa_xl.model.adoption import AskedHeading, ListWord
from capa_xl.model.columns import Column, Kind, column_by_key
from capa_xl.model.date_style import ORDER_WORD, ORDERS, YEAR_WORD, is_year
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.model.meanings import COUNTED, NOT_COUNTED, NUMBER_HEADER, word_key
from capa_xl.ooxml.sheet_values import Value
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.adopting.chosen_sheets import number_prefixes
from capa_xl.workbook.adopting.date_words import COMPLETION_WORDS, date_words, not_yet_words
from capa_xl.workbook.adopting.doubt import Doubt, HeadingEvidence
from capa_xl.workbook.adopting.find_tables import find_tables, read_again
from capa_xl.workbook.adopting.found_table import FoundTable, values_below
from capa_xl.workbook.adopting.heading_evidence import conclusions_by_words, evidence_of, fitting_keys, may_be_status
from capa_xl.workbook.adopting.likely_headings import are_days, day_beside, likely_keys
from capa_xl.workbook.adopting.list_words import REPORT, allowed_of, fits_list, mere_reports, words_of
from capa_xl.workbook.adopting.proposals import ENDING, date_said_by, planned_or_actual_by, proposed
from capa_xl.workbook.adopting.table_looks import TableLooks, every_look
from capa_xl.workbook.reading.header_row import Heading
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.no_action_rows import leads_no_action
from capa_xl.workbook.reading.notes import nearest, quoted, text_of

_COLUMNS = column_by_key(Action)
_SAMPLES, _MOST_ROWS = 3, 10
_TELLING = ("progress", "progress_note", "inspection", "effect")
"""What says whether a row is done where a table has neither 状态 nor 实际完成日期."""
_TELLING_REMARK = re.compile(r"已(完成|整改|关闭|销号|取消)|延期[至到]|取消|20\d\d\s*[年./-]\s*\d|\d{1,2}月\d{1,2}日")
_NAMES_A_PERSON = re.compile(r"[人员者]$")
_NAMES_REPORT = re.compile(r"(效果|结果|情况|进展|进度|落实|反馈)$")
_ROW_NUMBERS = "序号"
_NOTHING: Mapping[str, str] = MappingProxyType({})

Meanings = Mapping[str, Mapping[str, str]]
"""Column, by its heading or its canonical header → word → canonical word, "" for blank."""


@dataclass(frozen=True, slots=True)
class TableSurvey:
    """The table as it will be read, on one sheet or several, and what is open.

    Attributes:
        tables: Its sheets, in workbook order.
        headings: What 参数 shall keep of the headings: heading → header, "" for none of ours.
        meanings: What 参数 shall keep of the words: (column header, word) → canonical word, "" for blank.
        ask: Headings somebody must decide.
        words: The words of the list columns.
        notes: What else is worth saying.
        prefixes: Sheets whose 序号 begins anew → what stands before their numbers from now on.
    """

    tables: tuple[FoundTable, ...]
    headings: Mapping[str, str]
    meanings: Mapping[tuple[str, str], str]
    ask: tuple[AskedHeading, ...]
    words: tuple[ListWord, ...]
    notes: tuple[str, ...] = field(default=())
    prefixes: Mapping[str, str] = field(default_factory=dict)


def survey_tables(
    book: WorkbookValues,
    blob: bytes,
    said: Mapping[str, str],
    meant: Meanings,
    wanted: Sequence[str] = (),
    prefixed: Mapping[str, str] = _NOTHING,
) -> TableSurvey:
    """Find the table, look below its headings, and settle what can be settled.

    Args:
        book: The workbook.
        blob: Its bytes, for its looks.
        said: Heading → header, "" for none of ours: what somebody answered, now or earlier.
        meant: What somebody said words mean.
        wanted: Sheets that somebody named; () for none.
        prefixed: Sheets that were read before → what stands before their numbers, "" for nothing.

    Raises:
        UnreadableWorkbook: No table that looks like a tracker, or several that differ.
        UsageError: An answer doesn't fit the table.
    """
    named = find_tables(book, said, wanted)
    looks = every_look(blob, tuple((table.name, table.match.header_row) for table in named.tables))
    pairs = zip(named.tables, looks, strict=True)
    evidence = _joint([evidence_of(table, look, said, is_new=not prefixed) for table, look in pairs])
    unsettled = {doubt.heading.text: "" for doubt in evidence.doubts}
    headings = {**said, **evidence.settled, **unsettled}
    tables = tuple(read_again(table, headings) if headings != said else table for table in named.tables)
    seen = tuple(zip(tables, looks, strict=True))
    declared = _by_column(tables, meant)
    prefixes = number_prefixes(tables, prefixed)
    before = {**prefixed, **prefixes}
    words = _summed(
        word
        for table, look in seen
        for word in (*words_of(table, look, declared, before.get(table.name.strip(), "")), *date_words(table, declared))
    )
    _refuse_strange_meanings(words, declared)
    notes = [note for table, look in seen for note in _notes(table, look)]
    return TableSurvey(
        tables=tables,
        headings={**_foreign(tables), **headings},
        meanings={(w.field, w.word): w.meaning for w in words if _is_kept(w)},
        ask=proposed(_once_a_heading(a for table, look in seen for a in _asked(table, evidence.doubts, look, said))),
        words=words,
        notes=(*named.notes, *dict.fromkeys(notes)),
        prefixes=prefixes,
    )


def _is_kept(word: ListWord) -> bool:
    """What reading doesn't know by itself: 已完成 under a day of completion among it."""
    return word.is_answered or word.meaning not in ("", word.word) or word.field == _COLUMNS["completed_on"].header


def _foreign(tables: Sequence[FoundTable]) -> dict[str, str]:
    """The headings that nobody takes for a column today: nor shall a later program that knows more names."""
    known = {normalised(heading.text) for table in tables for heading in table.match.mapped}
    unmapped = (heading.text for table in tables for heading in table.match.unmapped)
    return {text: "" for text in unmapped if normalised(text) not in known and not text.startswith(AUTO_PREFIX)}


def _joint(found: Sequence[HeadingEvidence]) -> HeadingEvidence:
    """What several sheets say of their headings: one doubt is enough."""
    doubts = {normalised(doubt.heading.text): doubt for one in found for doubt in one.doubts}
    settled = {heading: header for one in found for heading, header in one.settled.items()}
    sure = {heading: header for heading, header in settled.items() if normalised(heading) not in doubts}
    return HeadingEvidence(sure, tuple(doubts.values()))


def _once_a_heading(asked: Iterable[AskedHeading]) -> tuple[AskedHeading, ...]:
    found: dict[str, AskedHeading] = {}
    for one in asked:
        found.setdefault(normalised(one.header), one)
    return tuple(found.values())


def _summed(words: Iterable[ListWord]) -> tuple[ListWord, ...]:
    """Each word of a column once, with its rows of all sheets."""
    found: dict[tuple[str, str], ListWord] = {}
    for word in words:
        known = found.setdefault((word.field, word.word), word)
        if known is not word:
            needed = known.is_needed or word.is_needed
            found[word.field, word.word] = replace(known, count=known.count + word.count, is_needed=needed)
    return tuple(found.values())


def _by_column(tables: Sequence[FoundTable], meant: Meanings) -> dict[str, dict[str, str]]:
    """The declared words by canonical header.

    Raises:
        UsageError: No such column, or none that is a list.
    """
    mapped = [heading for table in tables for heading in table.match.mapped]
    fields = {normalised(h.text): _COLUMNS[h.key].header for h in mapped if h.key in _COLUMNS}
    known = {normalised(col.header): col.header for col in _COLUMNS.values()}
    found: dict[str, dict[str, str]] = {}
    for column, words in meant.items():
        header = fields.get(normalised(column)) or known.get(normalised(column))
        if header is None:
            raise UsageError(
                f"--value {column}:…：表头和字段名中都没有「{column}」。现有列：{'、'.join(fields.values())}"
            )
        found.setdefault(header, {}).update({word_key(word): meaning for word, meaning in words.items()})
    return found


def _refuse_strange_meanings(words: tuple[ListWord, ...], declared: Mapping[str, Mapping[str, str]]) -> None:
    by_header = {col.header: col for col in _COLUMNS.values()}
    for header, meanings in declared.items():
        there = {word_key(word.word): word.word for word in words if word.field == header}
        for key, meaning in meanings.items():
            shown, allowed = there.get(key, key), _allowed(by_header[header], key, meaning)
            if meaning and meaning not in allowed:
                near = nearest(meaning, allowed)
                hint = f"，是否指「{near}」？" if near else "。"
                raise UsageError(
                    f"--value {header}:{shown}={meaning}：「{header}」没有「{meaning}」{hint}可用：{'、'.join(allowed)}"
                )


def _allowed(col: Column, key: str, meaning: str) -> tuple[str, ...]:
    """What a word of a column may mean."""
    if col.header == NUMBER_HEADER:
        return NOT_COUNTED, COUNTED
    if col.kind is not Kind.DATE:
        return allowed_of(col)
    if key == YEAR_WORD:
        return (meaning,) if is_year(meaning) else ("2026",)
    return ORDERS if key == ORDER_WORD else COMPLETION_WORDS if col.key == "completed_on" else ()


# --- what is asked -----------------------------------------------------------------------------------------


def _asked(
    table: FoundTable, doubts: tuple[Doubt, ...], looks: TableLooks, said: Mapping[str, str]
) -> Iterator[AskedHeading]:
    """The headings to ask, left to right: those in doubt, and those that only resemble a column."""
    settled = {normalised(heading) for heading in said}
    missing = {key for group in table.match.missing for key in group} | _unended(table)
    unmapped = {normalised(h.text): h for h in table.match.unmapped}
    known = [replace(d, heading=h) for d in doubts if (h := unmapped.get(normalised(d.heading.text)))]
    doubted = {doubt.heading.column for doubt in known}
    open_ones = (h for h in table.match.unmapped if h.column not in doubted and normalised(h.text) not in settled)
    guessed = [_guess(table, heading) for heading in open_ones]
    for doubt in sorted((*known, *guessed), key=lambda one: one.heading.column):
        heading, values = doubt.heading, values_below(table, doubt.heading.column)
        unknown = [key for key in doubt.keys if key not in table.match.columns]
        free = unknown if doubt.why else fitting_keys(unknown, values)
        ordered = sorted(free, key=lambda key: key not in missing)
        if not ordered:
            continue
        yield AskedHeading(
            heading.text,
            table.cell_of(heading),
            tuple(_COLUMNS[key].header for key in ordered),
            _why(doubt.why, heading, looks),
            tuple(_COLUMNS[key].header for key in ordered if key in missing or _is_status(key, ordered)),
            _samples(values),
            is_weak=doubt.is_weak,
            likely=_likely(doubt, looks),
            ungrounded=() if doubt.why else tuple(_ungrounded(ordered, values)),
        )


def _guess(table: FoundTable, heading: Heading) -> Doubt:
    """What an unknown heading likely is by name, values and place together, then what its name alone resembles."""
    values, taken = values_below(table, heading.column), table.match.columns
    is_person = _NAMES_A_PERSON.search(heading.text.strip()) is not None
    resembled = tuple(key for key in table.open_keys(heading) if not (is_person and key == "stated_status"))
    is_told = may_be_status(heading, values) if values and not are_days(values) else False
    told = ("stated_status",) if is_told else ()
    beside = day_beside(table, heading, resembled)
    said = conclusions_by_words(values) if "effect" in resembled else ()
    resembled = (*resembled, *_reports(table, heading, values))
    likely = [key for key in (*told, *beside, *said, *likely_keys(heading.text, values)) if key not in taken]
    return Doubt(heading, tuple(dict.fromkeys((*likely, *resembled))), "", likely=next(iter(likely), ""))


def _reports(table: FoundTable, heading: Heading, values: Sequence[Value]) -> tuple[str, ...]:
    """Texts under a name of how the work goes, where nothing else tells it."""
    told = {*ENDING, *_TELLING} & table.match.columns.keys()
    named = _NAMES_REPORT.search(heading.text.strip()) is not None
    return (REPORT, "stated_status") if named and not told and not are_days(values) else ()


def _unended(table: FoundTable) -> set[str]:
    """The columns of which one must be known before anybody can say what is done."""
    there = table.match.columns.keys()
    if there & set(ENDING):
        return set()
    return set(ENDING) if there & set(_TELLING) else {*ENDING, *_TELLING}


def _is_status(key: str, keys: Sequence[str]) -> bool:
    """What is first of all the table's own status decides what is chased, whatever else says that rows are done."""
    return key == keys[0] == "stated_status"


def _ungrounded(keys: Sequence[str], values: Sequence[Value]) -> Iterator[str]:
    """The closed lists that a name alone resembles, and whose words these aren't."""
    for key in keys:
        if _COLUMNS[key].is_closed_list and values and not fits_list(_COLUMNS[key], values):
            yield _COLUMNS[key].header


def _likely(doubt: Doubt, looks: TableLooks) -> str:
    """The header that its place among the others says, else its name, else its comment; "" for none."""
    placed = _COLUMNS[doubt.likely].header if doubt.likely else ""
    comment = looks.comments.get(doubt.heading.column, "")
    return placed or date_said_by(doubt.heading.text) or planned_or_actual_by(comment)


def _why(why: str, heading: Heading, looks: TableLooks) -> str:
    hidden = "这一列是隐藏的" if heading.column in looks.hidden else ""
    comment = looks.comments.get(heading.column, "")
    return "；".join(part for part in (why, hidden, f"批注：{comment}" if comment else "") if part)


def _samples(values: Sequence[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(quoted, values)))[:_SAMPLES]


# --- what else is worth saying -----------------------------------------------------------------------------


def _notes(table: FoundTable, looks: TableLooks) -> Iterator[str]:
    repeated = _repeated_row_numbers(table)
    if repeated:
        yield f"「序号」认得，但不唯一（{repeated}），不能当编号；编号另加一列"
    if not {*ENDING, *_TELLING, "cancelled_on"} & table.match.columns.keys():
        yield "没有一列说明是否完成，所有行都按没有完成跟踪"
    if reports := mere_reports(table):
        shown = "、".join(quoted(text) for text in list(dict.fromkeys(reports))[:_SAMPLES])
        heading = table.match.heading(REPORT)
        yield f"「{heading}」有 {len(reports)} 行是说明文字（例：{shown}），不当作状态，按未完成跟踪"
    if words := not_yet_words(table):
        yield f"「{table.match.heading('completed_on')}」里的{''.join(f'「{word}」' for word in words)}按没有完成"
    yield from _no_actions(table)
    if looks.coloured:
        yield f"有 {looks.coloured} 行的底色与别的行不同；颜色不参与判断，完成、取消等请写成文字"
    if remarks := _telling_remarks(table):
        heading = table.match.heading("remark")
        yield f"「{heading}」有 {remarks} 行写着日期或完成、延期、取消；备注不参与判断，请写进相应的列"
    hidden = [heading.text for heading in table.match.mapped if heading.column in looks.hidden]
    if hidden:
        yield f"隐藏的列也参与识别：{'、'.join(hidden)}"
    first, moved = table.match.heading("original_due_on"), table.match.heading("due_on")
    if first and moved and normalised(moved) != _COLUMNS["due_on"].header:
        yield f"「{moved}」空白的行，按「{first}」"
    same = sorted({clash.second.text for clash in table.match.clashes if _same_text(clash.first, clash.second)})
    for text in same:
        yield f"有两列都叫「{text}」，现取左边一列；请给另一列改名，再接管"


def _no_actions(table: FoundTable) -> Iterator[str]:
    """The filled rows that are no actions, named."""
    below = enumerate(table.values.rows[table.match.header_row :], table.match.header_row + 1)
    rows = [str(at) for at, row in below if leads_no_action(row)]
    if rows:
        more = f" 等 {len(rows)} 行" if len(rows) > _MOST_ROWS else ""
        yield f"合计、小计、分节或表尾不是措施，没有计入：第 {'、'.join(rows[:_MOST_ROWS])} 行{more}"


def _telling_remarks(table: FoundTable) -> int:
    at = table.match.columns.get("remark")
    return sum(_TELLING_REMARK.search(text_of(row[at - 1])) is not None for row in table.rows) if at else 0


def _same_text(first: Heading, second: Heading) -> bool:
    return normalised(first.text) == normalised(second.text)


def _repeated_row_numbers(table: FoundTable) -> str:
    heading = next((h for h in table.match.headings if normalised(h.text) == _ROW_NUMBERS and h.key is None), None)
    if heading is None or "number" in table.match.columns:
        return ""
    counts = Counter(text_of(row[heading.column - 1]) for row in table.rows if row[heading.column - 1] != "")
    most = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
    return f"{most[0]} 出现 {most[1]} 次" if most[1] > 1 else ""
