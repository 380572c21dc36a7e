"""The conversation of adopt on a terminal: one screen a question, the likeliest answer ready, a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import click
from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.adoption import UNDECIDED, Adoption, AskedHeading, ListWord
from capa_xl.model.columns import columns_of
from capa_xl.model.date_style import is_iso_day, is_year, is_year_word
from capa_xl.model.meanings import NUMBER_HEADER
from capa_xl.workbook.adopting.adopted_workbook import Adopting

BACK, NONE = "b", "0"
_FIELDS = frozenset(col.header for col in columns_of(Action))
"""What --map takes, a terminal takes too."""
OpenQuestion = AskedHeading | ListWord
Survey = Callable[[Adopting], Adoption]
Ask = Callable[[str, str | None], str]
"""The screen and the answer that Enter gives (None: somebody must say) → what was typed."""


def ask_all(wish: Adopting, survey: Survey, ask: Ask | None = None) -> Adopting:
    """The wish with an answer to everything that the table leaves open.

    Every answer may open or close other questions, so the table is looked at anew after each.

    Args:
        wish: What the flags said.
        survey: What is open under a wish.
        ask: Shows a screen and gives what was typed; None for the terminal.
    """
    trail, complaint = [wish], ""
    while question := _first_open(survey(trail[-1]), trail[-1]):
        default = _default(question)
        if ask is None and default is None and not question.is_needed:  # nothing is lost: it stays as it is
            default = NONE if isinstance(question, AskedHeading) else UNDECIDED
        typed = (ask or _on_terminal)(complaint + _screen(question, len(trail)), default).strip().lower()
        complaint = ""
        if typed == BACK:
            del trail[max(1, len(trail) - 1) :]
        elif (chosen := _chosen(question, typed)) is not None:
            trail.append(_answered(trail[-1], question, chosen))
        else:
            complaint = f"「{typed}」不在选项里，请输入左边的编号。\n\n"
    return trail[-1]


def answer_likeliest(wish: Adopting, survey: Survey) -> tuple[Adopting, tuple[OpenQuestion, ...]]:
    """The wish with the likeliest answer to everything, 待定 where nothing says it, and all that was asked.

    What a heading is decides what is asked of its words, so the table is looked at anew after each round.
    """
    asked: list[OpenQuestion] = []
    while questions := _all_open(survey(wish), wish):
        for question in questions:
            wish = _answered(wish, question, UNDECIDED if question.proposal is None else question.proposal)
        asked += questions
    return wish, tuple(asked)


def with_marks_as_pasted(asked: Sequence[OpenQuestion], pasted: Adoption) -> tuple[OpenQuestion, ...]:
    """The questions left 待定 marked as needed only where the printed line would be refused without them.

    The answers that are printed beside them may have settled what they were needed for.
    """
    needed_for = {one.header: one.needed_for for one in pasted.ask}
    return tuple(
        replace(one, needed_for=needed_for.get(one.header, ()))
        if isinstance(one, AskedHeading) and one.proposal is None
        else one
        for one in asked
    )


def _default(question: OpenQuestion) -> str | None:
    """What Enter gives: what is proposed, none of ours, a blank; None where nothing says what is likely."""
    if question.proposal is None:
        return None
    return str(question.candidates.index(question.proposal) + 1) if question.proposal else NONE


def _first_open(found: Adoption, wish: Adopting) -> OpenQuestion | None:
    return next(iter(_all_open(found, wish)), None)


def _all_open(found: Adoption, wish: Adopting) -> Sequence[OpenQuestion]:
    """Headings before words: what a column is decides which words are asked."""
    asked = sorted(found.ask, key=lambda one: not one.is_needed)
    headings = [one for one in asked if one.header not in wish.answers]
    return headings or [word for word in found.asked_words if not _was_answered(word, wish)]


def _was_answered(word: ListWord, wish: Adopting) -> bool:
    """Whether it had its answer, 待定 among them: nobody is asked twice, whatever became of it."""
    return word.word in wish.meanings.get(word.field, {})


def _screen(question: OpenQuestion, number: int) -> str:
    if isinstance(question, AskedHeading):
        head = f"第 {number} 问　列 {question.cell}「{question.header}」是什么？"
        facts = [f"内容如：{'、'.join(question.samples)}" if question.samples else "", question.why]
    else:
        head = f"第 {number} 问　「{question.header}」里的「{question.word}」（{question.count} 行）是什么意思？"
        facts = [f"识别为：{question.field}", f"内容如：{question.sample}" if question.sample else ""]
        facts += ["请输入日期，例：2026-12-31"] if question.takes_a_day else []
        facts += ["请输入年份，例：2026"] if is_year_word(question.word) else []
    options = [f"  {at}  {candidate}" for at, candidate in enumerate(question.candidates, 1)]
    lines = [head, *filter(None, facts), "", *options, *_other_answers(question), f"  {BACK}  返回上一问"]
    return "\n".join(lines)


def _other_answers(question: OpenQuestion) -> Iterator[str]:
    """What may be said beside the candidates; a row's number is counted or not, and no blank."""
    if isinstance(question, AskedHeading):
        yield f"  {NONE}  都不是，原样保留；是别的标准列的，直接输入它的列名，例：备注"
    elif question.field != NUMBER_HEADER:
        yield f"  {NONE}  当作空白"
    if not question.is_needed:
        yield f"  {UNDECIDED}  先不定，以后再答"


def _chosen(question: OpenQuestion, typed: str) -> str | None:
    """The canonical word for what was typed: a number, the word itself, 待定; None for none of them."""
    if typed == NONE:
        return None if isinstance(question, ListWord) and question.field == NUMBER_HEADER else ""
    if typed == UNDECIDED:
        return UNDECIDED
    if typed.isdecimal() and 1 <= int(typed) <= len(question.candidates):
        return question.candidates[int(typed) - 1]
    is_field = isinstance(question, AskedHeading) and typed in _FIELDS
    return typed if typed in question.candidates or is_field or _is_a_day(question, typed) else None


def _is_a_day(question: OpenQuestion, typed: str) -> bool:
    """Any year for days without one, any day for a vague deadline: more than can be listed."""
    if isinstance(question, AskedHeading):
        return False
    return is_year(typed) if is_year_word(question.word) else question.takes_a_day and is_iso_day(typed)


def _answered(wish: Adopting, question: OpenQuestion, chosen: str) -> Adopting:
    if isinstance(question, AskedHeading):
        return replace(wish, answers={**wish.answers, question.header: chosen})
    column = {**wish.meanings.get(question.field, {}), question.word: chosen}
    return replace(wish, meanings={**wish.meanings, question.field: column})


def _on_terminal(screen: str, default: str | None) -> str:
    click.clear()
    click.echo(screen)
    enter = "（直接回车即方括号中的）" if default is not None else "（看不出意思，请选一个）"
    answer: str = click.prompt(f"请输入编号{enter}", default=default)
    return answer
