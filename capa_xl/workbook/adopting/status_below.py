"""Whether what stands below a heading are the words of a status: nothing but such, mostly such, or yes and no."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from capa_xl.model.stated_status import family_of
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.list_words import LONGEST_WORD
from capa_xl.workbook.adopting.word_signs import likely_family, tells_no_work
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.kinds_of_values import are_numbers
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_names import NOTHING

STATUS_LONGEST = 10
_SAYS_WHETHER = re.compile(
    r"与否$|(完成|关闭|闭环|销号|结案|整改)标[志识记]$|是否.*([关闭结销完归]|整改|修复|解决|落实|处理|治理)|(clos|complet|done|resolv|fixed).*[?？]"
)
"""Yes and no below it may be the table's own status; 是否满意 is not."""
_NAMES_A_STATUS = re.compile(
    r"状态|(^|当前|目前|所处|处理|整改)阶段$|(处治|处理|办理|整改|落实|完成|销号|关闭)(情况|进度|进展)$"
    r"|\b(status|stage|state|progress)\b",
    re.IGNORECASE,
)
_OF_THE_END = re.compile(
    r"完成|完结|整改|落实|处理|处治|解决|修复|治理|办[理结]|实施|改[善正进]|关闭|闭[环合]|[销消][号项记缺账]|结案|归档|复?[验查核]"
    r"|达[标成到]|合格|通过|认可|同意|有效|符合|到位|消除|消缺|恢复|纠正"
)
YES_NO = frozenset({"是", "否", "Y", "N", "Yes", "No", "√", "×"})

_TICKS = frozenset({"√", "✓", "✔", "☑", "●", "■", "★", "V", "v", "X", "x"})
"""What people put under 已完成 | 进行中 | 未开始, each a column of its own."""


def are_status_words(values: Sequence[Value]) -> bool:
    """Nothing but short texts, most of them known words of a status."""
    texts = {text_of(value) for value in values if value not in NOTHING}
    known = [text for text in texts if family_of(text, {}) is not None]
    return bool(known) and 2 * len(known) > len(texts) and all(len(text) <= STATUS_LONGEST for text in texts)


def like_status(values: Sequence[Value]) -> bool:
    """Short words, one of them known and most of them known or likely those of a status; dates and numbers are none."""
    texts = {value.strip() for value in values if isinstance(value, str) and value not in NOTHING}
    if 2 * sum(isinstance(value, str) for value in values) < len(values):
        return False
    short = [text for text in texts if is_word(text)]
    known = [text for text in short if family_of(text, {})]
    unknown = [text for text in short if text not in known and (text.isascii() or len(text) <= STATUS_LONGEST)]
    likely = [text for text in unknown if likely_family(text) and not tells_no_work(text)]
    return bool(known) and 2 * (len(known) + len(likely)) > len(texts) and 5 * len(short) >= 4 * len(texts)


def tells_of_work(values: Sequence[Value]) -> bool:
    """Some word is one of a status: 运行 and 停机 below 设备状态 are a machine's."""
    return any(family_of(text, {}) or likely_family(text) for text in map(text_of, values))


def may_be_status(heading: Heading, values: Sequence[Value]) -> bool:
    """Yes and no under 是否修复, words under 处治情况 or Stage, or anywhere words that are mostly those of a status."""
    name, texts = heading.text.lower(), {text_of(value) for value in values}
    if _SAYS_WHETHER.search(name):
        return 2 * len(texts & YES_NO) >= len(texts) or like_status(values)
    if texts <= YES_NO or tells_of_itself(heading.text, texts):
        return False
    named = _NAMES_A_STATUS.search(name) is not None and all(map(is_word, texts)) and not are_numbers(values)
    return named or (len(values) > 1 and like_status(values))


def tells_of_itself(heading: str, words: Collection[str]) -> bool:
    """已横展 and 未横展 below 横展 say how far that is: another matter than the action, unless it is its end."""
    name = heading.strip().removeprefix("是否").removesuffix("情况")
    own = {f"{sign}{name}" for sign in "已未待"}
    return not own.isdisjoint(words) and _OF_THE_END.search(name) is None


def ticked_state(heading: Heading, values: Sequence[Value]) -> str | None:
    """The family of the state that a column of ticks is named after, its group's name left out; None for any other."""
    ticks = {text_of(value) for value in values}
    own = heading.text.rsplit(maxsplit=1)[-1] if heading.text.split() else ""
    return family_of(own, {}) if ticks and ticks <= _TICKS else None


def is_word(text: str) -> bool:
    """As short as the words of a status are; Latin ones are longer."""
    return len(text) <= (2 * LONGEST_WORD if text.isascii() else LONGEST_WORD)
