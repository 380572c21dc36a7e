"""What a heading may mean: names and aliases of the schema's columns, and how surely a heading is one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.columns import Column, columns_of
from capa_xl.model.cut_text import cut_list
from capa_xl.model.derived import AUTO_COLUMNS, AUTO_PREFIX
from capa_xl.model.simplified import SIMPLIFIED
from capa_xl.model.two_languages import in_two_languages
from capa_xl.workbook.reading.ambiguous_headings import (
    ASKED,
    ENDINGS,
    FINDER_OR_CHECKER,
    PLANNED_OR_ACTUAL,
    UNIT_OR_ORGANISATION,
    WEAK_NAMES,
)
from capa_xl.workbook.reading.date_headings import column_of_date

CANONICAL, ALIAS, NOTED, WEAK, ASK = range(5)
"""Ranks, best first: exact; alias; either with a remark in parentheses; alias only for want of better; a guess."""

_TAG = re.compile(r"\s*(?:[A-Za-z]\d{1,2}|\d{1,2}[.、)])\s*")
"""The step of a form before the heading's own name: `D2 问题描述`, `3、整改措施`."""
_PARENTHESES = re.compile(r"\([^()]*\)")
_NOT_A_WORD = re.compile(r"[\W_]+")
_LEAST_SHOWN, _BY_ENDING, _MOST_GUESSED = 0.5, 0.6, 0.7
_LONGEST = 40
_NOT_DONE = "未"
"""未整改原因, 未关闭项说明 tell why nothing happened: no column of ours."""
_PLANNED_OR_ACTUAL = frozenset({"due_on", "completed_on"})
_NAMES_SHOWN = 6
ROW_NUMBERS = "序号"
"""A heading of the place in the list: the rows' own number only where it tells them apart."""
_REMEMBERED = 4096
"""So many short headings a process remembers: every row is read as a heading, and all workbooks say the same."""
_TRANSLATION = re.compile(r"[A-Za-z][a-z]{3}")
"""What a word behind a known one must hold to be its translation; QA, IT, SQE, a word before it say of whom it is."""


class Candidate(Struct, frozen=True):
    """One column a heading may mean.

    Attributes:
        key: English key of the column.
        score: 1.0 exact, 0.9 alias, 0.5–0.7 a guess that somebody must confirm.
        rank: Tells equals from better ones among those that map without asking.
    """

    key: str
    score: float
    rank: int


class Vocabulary(Struct, frozen=True):
    """The names of one sheet's columns, normalised.

    Attributes:
        answers: What somebody said a heading means: a key, or "" for none of ours. Beats everything else.
    """

    names: Mapping[str, tuple[str, int]]
    ours: Mapping[str, str]
    answers: Mapping[str, str] = field(default_factory=dict)

    def candidates(self, heading: str) -> tuple[Candidate, ...]:
        """The columns a heading may mean, best first; those of 0.9 and more map without asking."""
        sure = self.sure(heading)
        if sure is None and self._counts_something(normalised(heading), heading):
            return (Candidate("number", _MOST_GUESSED, ASK),)
        bare = normalised(_PARENTHESES.sub("", unicodedata.normalize("NFKC", heading)))
        if sure is None and self.asks(bare):  # Closed by (auditor) is asked as Closed by is
            return self._guesses(bare)
        return (sure,) if sure else self._guesses(normalised(heading))

    def sure(self, heading: str) -> Candidate | None:
        """The column a heading means beyond doubt."""
        if heading.startswith(AUTO_PREFIX):
            key = self.ours.get("".join(heading.split()))  # people wrap long headings by hand
            return Candidate(key, 1.0, CANONICAL) if key else None
        if len(heading) > _LONGEST or not heading:
            return None
        name = normalised(heading)
        if name in self.answers:
            key = self.answers[name]
            return Candidate(key, 1.0, CANONICAL) if key else None
        if self.asks(name):
            return None
        text = unicodedata.normalize("NFKC", heading).translate(SIMPLIFIED)
        if self._counts_something(name, text):
            return None
        return self._known(name) or self._noted(text) or self._in_two_languages(text) or self._built(name)

    def asks(self, name: str) -> bool:
        """True for a heading of the tracker that nobody may take for granted, answered ones left out."""
        return bool(self.ours) and name in ASKED and name not in self.answers

    def _counts_something(self, name: str, text: str) -> bool:
        """`Non-conformance #` is the number of one, not what it is; `% Complete` how far, not whether."""
        if text.rstrip().endswith("#"):
            return bool(self.ours) and self.names.get(name.removesuffix("no"), ("number", 0))[0] != "number"
        return bool(self.ours) and "%" in text and self.names.get(name, ("progress", 0))[0] != "progress"

    def _known(self, name: str) -> Candidate | None:
        if name not in self.names:
            return None
        key, rank = self.names[name]
        return Candidate(key, 1.0 if rank == CANONICAL else 0.9, rank)

    def _noted(self, text: str) -> Candidate | None:
        bare = self._known(normalised(_untagged(_PARENTHESES.sub("", text))))
        return Candidate(bare.key, 0.9, max(NOTED, bare.rank)) if bare else None

    def _in_two_languages(self, text: str) -> Candidate | None:
        """`责任人 Owner`: both say the same, or the Chinese is known and what follows may be its translation."""
        parts = in_two_languages(text)
        if parts is None:
            return None
        names = tuple(map(normalised, parts))
        chinese, latin = (None if self.asks(name) else self._known(name) or self._built(name) for name in names)
        if latin and (chinese is None or chinese.key != latin.key):
            return latin if names[0] in PLANNED_OR_ACTUAL and latin.key in _PLANNED_OR_ACTUAL else None
        if chinese and (latin or (text.startswith(parts[0]) and _TRANSLATION.search(parts[1]))):
            return Candidate(chinese.key, 0.9, max(NOTED, chinese.rank))
        return None

    def _built(self, name: str) -> Candidate | None:
        """A date heading that nobody listed; listed ones are better."""
        key = column_of_date(name) if self.ours else ""
        return Candidate(key, 0.9, WEAK) if key else None

    def _guesses(self, name: str) -> tuple[Candidate, ...]:
        if not name or len(name) > _LONGEST or name in self.answers or name.startswith(_NOT_DONE):
            return ()
        if self.asks(name) or (self.ours and name in FINDER_OR_CHECKER):
            keys = ASKED.get(name) or FINDER_OR_CHECKER[name]
            return tuple(Candidate(key, _MOST_GUESSED, ASK) for key in keys)
        best: dict[str, float] = {}
        if is_planned_or_actual(name) and self.ours:
            best = {"due_on": _MOST_GUESSED, "completed_on": _MOST_GUESSED}
        for known, (key, _) in self.names.items():
            if (
                known != UNIT_OR_ORGANISATION
                and min(len(known), len(name)) >= _shortest(known, name)
                and (known in name or name in known)
            ):
                share = min(len(known), len(name)) / max(len(known), len(name))
                best[key] = max(best.get(key, 0.0), round(0.4 + 0.3 * share, 2))
        ended = max((ending for ending in ENDINGS if name.endswith(ending)), key=len, default="") if self.ours else ""
        if ended:
            best = {key: min(score, _BY_ENDING - 0.01) for key, score in best.items()} | {ENDINGS[ended]: _BY_ENDING}
        shown = sorted((-score, key) for key, score in best.items() if score >= _LEAST_SHOWN)
        return tuple(Candidate(key, -score, ASK) for score, key in shown)


def _shortest(*names: str) -> int:
    """From how many characters on a name inside another one means anything: `id` in `grid` does not."""
    return 4 if any(name.isascii() for name in names) else 2


def normalised(heading: str) -> str:
    """A heading without blanks, punctuation, stars, line breaks, half-width, simplified, lower.

    # at its end is No, % at its beginning is Percent: beside Done? there may be % done.
    """
    return _remembered(heading) if len(heading) <= _LONGEST else _plain(heading)


def _untagged(heading: str) -> str:
    """A heading without the step before it, which only a Chinese name may follow: B2C 销量 keeps its own."""
    tag = _TAG.match(heading)
    return heading[tag.end() :] if tag and "㐀" <= heading[tag.end() : tag.end() + 1] <= "鿿" else heading


def _plain(heading: str) -> str:
    plain = unicodedata.normalize("NFKC", heading).translate(SIMPLIFIED)
    percent, number = plain.lstrip().startswith("%"), plain.rstrip().endswith("#")
    return ("percent" if percent else "") + _NOT_A_WORD.sub("", plain).lower() + ("no" if number else "")


_remembered = lru_cache(maxsize=_REMEMBERED)(_plain)


def is_planned_or_actual(heading: str) -> bool:
    """True for 完成日期, and for 完成日期 Completion Date."""
    parts = in_two_languages(heading)
    names = tuple(map(normalised, parts or (heading,)))
    return all(name in PLANNED_OR_ACTUAL for name in names)


@cache
def vocabulary_of(record: type) -> Vocabulary:
    """The names of a record class's sheet; canonical names beat aliases."""
    columns = columns_of(record)
    names: dict[str, tuple[str, int]] = {}
    for col in columns:
        for alias in col.aliases:
            name = normalised(alias)
            names.setdefault(name, (col.key, WEAK if name in WEAK_NAMES else ALIAS))
    names.update({normalised(col.header): (col.key, CANONICAL) for col in columns})
    return Vocabulary(names, {col.header: col.key for col in AUTO_COLUMNS} if record is Action else {})


@cache
def sure_of(record: type) -> Callable[[str], Candidate | None]:
    """`sure` of a record class's vocabulary; short headings are remembered as long as the process lives."""
    words = vocabulary_of(record)
    remembered = lru_cache(maxsize=_REMEMBERED)(words.sure)
    return lambda heading: remembered(heading) if len(heading) <= _LONGEST else words.sure(heading)


def answered(words: Vocabulary, answers: Mapping[str, str]) -> Vocabulary:
    """The vocabulary with what somebody said about single headings.

    Args:
        words: The sheet's vocabulary.
        answers: Heading as it stands → the column's header, or "" for none of ours. Unknown headers are left out.
    """
    keys = {name: key for name, (key, rank) in words.names.items() if rank == CANONICAL}
    said = {normalised(heading): keys.get(normalised(header)) for heading, header in answers.items() if header}
    nothing = {normalised(heading): "" for heading, header in answers.items() if not header}
    return replace(words, answers={**{name: key for name, key in said.items() if key}, **nothing})


def names_of(col: Column) -> str:
    """The aliases of a column for a message, between 、; of many the first few and the count (all: docs/columns.md)."""
    return cut_list(col.aliases, _NAMES_SHOWN, "种") or col.header
