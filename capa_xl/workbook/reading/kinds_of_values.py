"""What the values of a column are, whatever its heading says: people, organisations, texts, days, figures, marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from capa_xl.model.names_apart import SURNAMES
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_dates import day_of, lacks_a_year, names_a_day
from capa_xl.workbook.reading.written_names import NOTHING, names_in

_MOST = 0.6
_LEAST_AHEAD, _SHARE_AHEAD = 2, 4
"""One day ahead may be a slip of the hand; two and a quarter of all are none."""
_PERSON_LONGEST, _ORGANISATION_LONGEST = 4, 14
_LATIN_PERSON = re.compile(r"[A-Z][A-Za-z.'-]*( [A-Z][A-Za-z.'-]*){0,3}|[a-z]+\.[a-z]+")
SYMBOLS = re.compile(r"[\W_]+|[A-Za-z]?\d+")
_STATE_WORDS = re.compile(r"[是否有无未已]|合格|不合格|完成|正常")

_ORGANISATION = re.compile(
    r"(部|处|科|室|组|局|院|中心|公司|车间|工区|班|站|所|办|学院|团队)$|\b(Dept|Department|Team|Group|Unit|Division|Office)\W*$"
    r"|^(IT|HR|QA|QC|QHSE|EHS|HSE|R&D|Finance|Legal|Operations|Engineering|Procurement|Purchasing|Production|Quality"
    r"|Maintenance|Facilities|Logistics|Warehouse|Sales|Marketing|Security|Compliance|Treasury|Infrastructure)\b"
)
_HALF = 0.5
_MONTH_SIGN = re.compile(r"[月/]")
"""11月3日 and 11/3 are days; 3.5 may be a figure."""


def are_people(values: Sequence[Value]) -> bool:
    """Short personal names, alone or several in a cell."""
    return share_of(values, lambda text: bool(names_in(text)) and all(map(_is_person, names_in(text)))) >= _MOST


def are_organisations(values: Sequence[Value]) -> bool:
    """Short texts that come again, or whose ends say what they are."""
    texts = [text_of(value) for value in values if text_of(value) not in NOTHING]
    short = share_of(values, lambda text: len(text) <= _ORGANISATION_LONGEST and not SYMBOLS.fullmatch(text)) >= _MOST
    ended = sum(_ORGANISATION.search(text) is not None for text in texts)
    return short and (2 * ended >= len(texts) or len(set(texts)) < len(texts))


def is_called_organisation(text: str) -> bool:
    """A text whose end says that it is a part of an organisation: 工程部, Finance."""
    return len(text) > 1 and _ORGANISATION.search(text) is not None


def are_called_organisations(values: Sequence[Value]) -> bool:
    """Texts whose ends say that they are parts of an organisation: 工程部, Finance."""
    return share_of(values, is_called_organisation) >= _MOST


def have_surnames(values: Sequence[Value]) -> bool:
    """Chinese names that begin as people's do, no organisations."""
    return share_of(values, lambda text: text[:1] in SURNAMES and _ORGANISATION.search(text) is None) >= _MOST


def are_texts(values: Sequence[Value]) -> bool:
    """No days, no numbers, no marks: words that tell something, most of them different."""
    texts = [text_of(value) for value in values]
    told = (
        share_of(values, lambda text: len(text) > 1 and not SYMBOLS.fullmatch(text) and not names_a_day(text)) >= _MOST
    )
    is_state = share_of(values, lambda text: bool(_STATE_WORDS.fullmatch(text))) > 0
    return told and 2 * len(set(texts)) >= len(texts) and not is_state


def are_days(values: Sequence[Value]) -> bool:
    """Dates, or texts that name a day."""
    return bool(values) and sum(map(is_day, values)) / len(values) >= _HALF


def is_day(value: Value) -> bool:
    """A date, a text that names one, or one written as no other thing is; five digits are any number."""
    if isinstance(value, str):
        if _BARE_SERIAL.fullmatch(value.strip()):
            return False
        return names_a_day(value) or (lacks_a_year(value) and _MONTH_SIGN.search(value) is not None)
    return isinstance(value, date | datetime)


def are_numbers(values: Sequence[Value]) -> bool:
    """Figures, in percent or not."""
    return all(map(is_number, values))


def is_number(value: Value) -> bool:
    """A figure, in percent or not: 12, 12.5%, 60％."""
    return isinstance(value, float) or text_of(value).rstrip("%％").replace(".", "", 1).isdecimal()


def are_codes(values: Sequence[Value]) -> bool:
    """Numbers that people quote, in the main: DEV-25-188, 投诉2026-014."""
    return share_of(values, lambda text: re.fullmatch(_CODE, text) is not None) >= _MOST


def are_marks(values: Sequence[Value]) -> bool:
    """○ △ × and the like, at most a few kinds."""
    return {text_of(value).upper() for value in values} - NOTHING <= _MARKS


_PART_NUMBER = re.compile(r"[A-Za-z]{1,6}[-_/]?\d{2,}[\w-]*|(?=\S*\d)\w+\.\S+")
"""PN-1001, TW12, ORO.FTL.205: no name of anybody."""
_POST = re.compile(r"[(（][^()（）]*[)）]")
_NO_NAMES = frozenset({"YES", "NO", "Y", "N", "OK", "NG", "N/A", "TBD"})
_CODE = r"(?=[^\d]*\d)[A-Za-z\u4e00-\u9fff]{1,8}[-_/ ]?[\w-]{2,}"
"""Compiled where it is first asked: a set of so many signs takes a millisecond."""
_BARE_SERIAL = re.compile(r"\d{5}")
_MARKS = frozenset("○ ◯ 〇 O △ ▲ × ✕ ✗ X √ ✓ ● OK NG".split())  # noqa: SIM905


def share_of(values: Sequence[Value], holds: Callable[[str], bool]) -> float:
    """The share of the values that are texts of such a kind."""
    texts = [text_of(value) for value in values if not isinstance(value, date) and text_of(value) not in NOTHING]
    return sum(map(holds, texts)) / len(values) if values else 0.0


def _is_person(name: str) -> bool:
    name = _POST.sub("", name).strip()
    if _STATE_WORDS.fullmatch(name) or not name or name.upper() in _NO_NAMES:
        return False
    if name.isascii():
        is_other = _ORGANISATION.search(name) is not None or _PART_NUMBER.fullmatch(name) is not None
        return _LATIN_PERSON.fullmatch(name) is not None and not is_other
    return 2 <= len(name) <= _PERSON_LONGEST and _ORGANISATION.search(name) is None


def are_to_come(values: Sequence[Value], as_of: date | None) -> bool:
    """True where at least two of the days, and a quarter of the values, lie after a day: planned ones.

    Nothing was found, begun, done or checked on a day that lies ahead.

    Args:
        values: What stands in a column.
        as_of: The day of the run; None where nobody said it: then nothing lies ahead.
    """
    if as_of is None:
        return False
    ahead = sum(day > as_of for value in values if (day := day_of(value)) is not None)
    return ahead >= _LEAST_AHEAD and _SHARE_AHEAD * ahead >= len(values)
