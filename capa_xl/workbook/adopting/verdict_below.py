"""Columns whose words tell whether a row is done, or whether somebody found it good: never foreign without a question.

A row with a day of completion is over; where another column says Fail or 退回, nobody may find that out too late.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.stated_status import family_of
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.doubt import Doubt
from capa_xl.workbook.adopting.known_words import WordReading
from capa_xl.workbook.adopting.list_words import reading_of_word
from capa_xl.workbook.adopting.status_below import YES_NO, is_word, like_status, tells_of_itself
from capa_xl.workbook.adopting.word_signs import likely_family, tells_no_work
from capa_xl.workbook.reading.header_match import Heading
from capa_xl.workbook.reading.kinds_of_values import are_numbers
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.written_names import NOTHING

_COLUMNS = column_by_key(Action)
_CONCLUSIONS = ("inspection", "effect")
_APPROVAL = "approval"
_NAMES_AN_END = re.compile(
    r"结果|结论|情形|情况|判定|评判|状况|进度|进展|转归|销[号项记账]?|复[核查验检测]|验[证收]|终审|意见|闭环|结案|完结|关闭|完成|整改|灯|办[理结]"
    r"|result|outcome|disposition|stage|state|retest|verif|valid|\brag\b|judge|closure|effectiv|\bvoe\b|check",
    re.IGNORECASE,
)
_NO_END = re.compile(
    r"问责|处罚|罚则|满意|原因|[肇成诱起]因|根源|理由|reason|任务$|措施|对策|方案|类型|类别|等级|级别|[类级]$|性质|来源|条款|[人员者]$|by$|cause|type|class|source|severity",
    re.IGNORECASE,
)
_SAYS_AN_END = re.compile(r"完工|关单|消除|克服|改正|已改|未改|恢复|拆除|报废|停[业用]|\breopen|^结$", re.IGNORECASE)
_SAYS_A_VERDICT = re.compile(
    r"退回|打回|(不)?同意|(不)?认可|(不)?通过|(不)?合格|(不)?达标|\b(pass|fail|reject|accept|retest|(un)?satisf|(in)?adequate)|^[√×✓✗○△]$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_IS_STATUS = re.compile(r"^状态(?!.*(时间|日期|人))|状态$|\bstatus$", re.IGNORECASE)
_JUDGES = re.compile(r"评[价估]|evaluat|assess", re.IGNORECASE)
"""追踪评价 above 已改进 and 未改进 tells what somebody thinks of the work, and no status."""
_NAMED = {
    "inspection": re.compile(r"复[查核验检测听]|检查|验收|是否(达标|合格|通过|符合)|retest|inspect", re.IGNORECASE),
    "effect": re.compile(r"效果|有效|effect|\bvoe\b|verif|validat", re.IGNORECASE),
}
_APPROVES = re.compile(r"批(?![次号量注])|核准|\bapprov|authori[sz]", re.IGNORECASE)
_SAYS_AN_APPROVAL = re.compile(r"批准|不批|[已未待]批|^批$|\b(un)?approved", re.IGNORECASE)
"""What whoever lets a plan pass says of it; 同意 and OK say those who look at the work too."""
_MOST_WORDS = 12
_TELLS_APART = 5
"""Each row of so many says another thing, mostly no words of an end: a report, no list."""
_SHORT_ENOUGH, _MARK, _LATIN = 0.8, 5, 3


def verdict_doubt(heading: Heading, values: Sequence[Value], taken: Collection[str], *, is_ended: bool) -> Doubt | None:
    """The question what a column of such words is; None where it tells nothing of the kind.

    Args:
        heading: One that is taken for nothing.
        values: What stands below it.
        taken: The columns that other headings are.
        is_ended: Some column that is known says what is done; else every one that is named after an end is asked.
    """
    words = {text_of(value) for value in values} - NOTHING
    before, behind = _approval(heading, words)
    keys = tuple(key for key in (*before, "stated_status", *_CONCLUSIONS, *behind) if key not in taken)
    if not keys or not words or not _is_list(words, values) or _NO_END.search(heading.text):
        return None
    if all(reading_of_word(_COLUMNS["severity"], word).settled for word in words):
        return None
    if words <= YES_NO and not before and not any(named.search(heading.text) for named in _NAMED.values()):
        return None
    tells = _tells_an_end if "stated_status" in keys else _is_verdict
    of_itself = tells_of_itself(heading.text, words)
    if of_itself and is_ended:
        return None
    telling = len(words) if words <= YES_NO else sum(map(tells, words))
    if 2 * telling < len(words) == len(values) >= _TELLS_APART:
        return None
    named = bool(before) or _NAMES_AN_END.search(heading.text) is not None
    if 2 * telling >= len(words) or (named and (telling > 0 or not is_ended)):
        likely = "" if of_itself else _likely(heading, words, values, keys)
        why = "内容像批准的结论" if likely == _APPROVAL else "内容像完成或验证的结论"
        return Doubt(heading, keys, why, likely=likely, must=True)
    return None


def _approval(heading: Heading, words: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """批准结论 before all else where the name says so, behind the rest where only the words do."""
    if _APPROVES.search(heading.text):
        return (_APPROVAL,), ()
    return (), ((_APPROVAL,) if any(map(_SAYS_AN_APPROVAL.search, words)) else ())


def _is_list(words: Collection[str], values: Sequence[Value]) -> bool:
    """A few short words, no figures."""
    short = sum(map(is_word, words))
    return (
        _SHORT_ENOUGH * len(words) <= short and len(words) <= _MOST_WORDS
        and not are_numbers(values) and (all(map(_is_verdict, words)) or not _are_reports(words, values))
    )  # fmt: skip


def _are_reports(words: Collection[str], values: Sequence[Value]) -> bool:
    """Hardly any said twice, and longer than the words of a status are."""
    length = sum(len(word) / (_LATIN if word.isascii() else 1) for word in words)
    return 2 * len(words) > len(values) and length > _MARK * len(words)


def _tells_an_end(word: str) -> bool:
    if _FIGURE.search(word) or tells_no_work(word):
        return False
    return bool(family_of(word, {}) or likely_family(word) or _SAYS_AN_END.search(word)) or _is_verdict(word)


def _is_verdict(word: str) -> bool:
    """What somebody says who looked: beside a status column, words of a status tell nothing new."""
    settled = any(reading_of_word(_COLUMNS[key], word).settled for key in _CONCLUSIONS)
    return settled or _SAYS_A_VERDICT.search(word) is not None


def _likely(heading: Heading, words: Collection[str], values: Sequence[Value], keys: Sequence[str]) -> str:
    """The column that most of the words are known of, or its name says and they fit; "" where it may be several."""
    if "stated_status" in keys and _IS_STATUS.search(heading.text):
        return "stated_status"
    if keys[0] == _APPROVAL and _share(_APPROVAL, words, lambda read: read.is_known):
        return _APPROVAL
    settled = [key for key in _fitting(words, keys) if _is_settled(key, heading, words)]
    named = [key for key in _fitting(words, keys) if _NAMED[key].search(heading.text)]
    for best in (settled, named):
        both = [key for key in best if key in named] or best
        if len(both) == 1:
            return both[0]
    is_status = not settled and not named and "stated_status" in keys and like_status(values)
    is_status = is_status and _JUDGES.search(heading.text) is None
    return "stated_status" if is_status else ""


def _is_settled(key: str, heading: Heading, words: Collection[str]) -> bool:
    """By most words where its name says so too, else by all: OK, Mgmt sign-off below Auditor comments aren't."""
    named = _NAMED[key].search(heading.text) is not None
    settled = [bool(reading_of_word(_COLUMNS[key], word).settled) for word in words]
    return all(settled) or (named and 2 * sum(settled) >= len(words))


def _fitting(words: Collection[str], keys: Sequence[str]) -> list[str]:
    return [key for key in _CONCLUSIONS if key in keys and _share(key, words, lambda read: read.is_known)]


def _share(key: str, words: Collection[str], holds: Callable[[WordReading], bool]) -> bool:
    """At least half of the words."""
    return 2 * sum(holds(reading_of_word(_COLUMNS[key], word)) for word in words) >= len(words)
