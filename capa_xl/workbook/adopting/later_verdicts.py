"""Words that came into the deciding lists of a table that was read before: asked, with a candidate, never taken.

In a table that is new 批准 is how its people say 同意. In one of ours somebody has left the list: `check` names the
word and what is allowed, and whoever fills chooses; so adopt asks too, instead of answering for them. One that sets its
row aside is needed, as in a new table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.adoption import ListWord, proposal_first
from capa_xl.model.columns import Kind, column_by_key
from capa_xl.model.meanings import word_key
from capa_xl.model.meant_word import decides
from capa_xl.workbook.adopting.list_words import allowed_of
from capa_xl.workbook.reading.heading_names import normalised
from capa_xl.workbook.reading.tracker import GUARDED

_DECIDING = {
    col.header: allowed_of(col) for col in column_by_key(Action).values() if col.kind is Kind.CHOICE and decides(col)
}

_GUARDED = frozenset(column.header for key, column in column_by_key(Action).items() if key in GUARDED)
"""Headers of the columns whose unread words take their rows out of tracking."""


def asked_if_it_decides(
    words: Iterable[ListWord], sheets_before: Collection[str], new: Collection[str]
) -> Iterable[ListWord]:
    """The words of a table that was read before: those that decide over their rows are open until somebody answers.

    Args:
        sheets_before: The sheets that were read before; none for a table that is new, whose words are its people's.
        new: `normalised` headings that were taken for nothing until now: theirs are its people's words as well.
    """
    if not sheets_before:
        return words
    return (_asked(word) if normalised(word.header) not in new and _decides(word) else word for word in words)


def _decides(word: ListWord) -> bool:
    is_the_word_itself = word_key(word.word) == word_key(word.meaning)
    return word.field in _DECIDING and word.count > 0 and not (word.is_answered or is_the_word_itself)


def _asked(word: ListWord) -> ListWord:
    """Open again; of a severity or a kind of measure needed, for unread it takes its row out of tracking."""
    candidates = proposal_first(word.meaning or word.proposal, _DECIDING[word.field])
    return replace(
        word, meaning="", candidates=candidates, proposal=None, is_needed=word.is_needed or word.field in _GUARDED
    )
