"""What adopt found and asks, in a few lines, and the one line to paste that answers everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from capa_xl.model.adoption import UNDECIDED, Adoption, Answers, AskedHeading, ListWord
from capa_xl.model.command_line import in_quotes, to_paste
from capa_xl.model.date_style import bare_year, is_year_word
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.model.meanings import NUMBER_HEADER

_MOST_ROWS, _MOST_LISTED = 20, 6


def adopt_lines(found: Adoption, target: str, answers: Answers | None = None) -> Iterator[str]:
    """What was mapped and added, what counts, what somebody should still decide, and what to do next."""
    yield from _found(found)
    people = [header for header in found.added if not header.startswith(AUTO_PREFIX)]
    if NUMBER_HEADER in people:
        yield "表中没有编号列，已在右侧加「编号」并按编号规则逐行编好；以后新增的行请自己编号"
    if rest := [header for header in people if header != NUMBER_HEADER]:
        yield f"表中缺少的必需列已加在右侧，请填写：{'、'.join(rest)}"
    yield f"右侧加 {len(found.added) - len(people)} 个〔自动〕列" + (
        f"；加工作表{''.join(f'《{name}》' for name in found.sheets)}。" if found.sheets else "。"
    )
    yield from _tracked(found, target)
    yield from _undecided(found, target, answers)
    yield f"已接管为 {target}，原文件没有改动。下一步：{to_paste('check', target)}"


def taken_in_lines(found: Adoption, workbook: str, backup: str, answers: Answers | None = None) -> Iterator[str]:
    """What a sheet that was taken into a register changed, and what somebody should still decide."""
    yield from _found(found)
    names = "、".join(f"《{name}》" for name in found.trackers)
    yield from _tracked(found, workbook)
    if backup:
        yield f"已在 {workbook} 里改好，跟踪的工作表：{names}。改前备份：{backup}"
    else:
        yield f"没有要改的，跟踪的工作表：{names}"
    yield from _undecided(found, workbook, answers)
    yield f"下一步：{to_paste('check', workbook)}"


def _undecided(found: Adoption, workbook: str, answers: Answers | None) -> Iterator[str]:
    """What is open in an adopted workbook, to be decided in itself: people work in it by then, and may for long."""
    if found.ask or found.asked_words:
        yield "还没有定的（现在当作不认识的列、照原样的词）："
        told = answers or proposals(found)
        yield from _questions(told.asked)
        yield from _to_paste(paste_line(workbook, "", told))


def refusal(found: Adoption, source: str, target: str, answers: Answers | None = None) -> str:
    """Why nothing was written, and the complete line to paste (decisions C7)."""
    told = answers or proposals(found)
    return "\n".join(
        (
            "还没有接管，没有写任何文件：下面带 * 的不先定下来，就会有行不参与跟踪，或期限、责任认错。",
            *_found(found),
            *_questions(told.asked),
            *_words(told.settled, "照下面的建议，"),
            *_to_paste(paste_line(source, target, told)),
        )
    )


def _to_paste(line: str) -> Iterator[str]:
    """The line, which holds what is proposed beside what was answered: all of it is to be looked at."""
    fill = f"，把右边的「{UNDECIDED}」换成您的答案（不带 * 的可以留着）" if UNDECIDED in line else ""
    yield f"请核对等号右边{fill}，再运行这一行（都不是则等号右边留空）："
    yield line


def paste_line(source: str, target: str, answers: Answers) -> str:
    """One complete command with these answers.

    Args:
        target: "" where sheets are taken into the source itself.
    """
    into = ["-o", in_quotes(target)] if target else []
    into += ["--company", in_quotes(answers.company)] if target and answers.company else []
    named = [f"--sheet {in_quotes(sheet)}" for sheet in answers.sheets]
    maps = [f"--map {in_quotes(f'{heading}={field}')}" for heading, field in answers.headings.items()]
    values = [
        f"--value {in_quotes(f'{column}:{word}={meaning}')}"
        for column, words in answers.meanings.items()
        for word, meaning in words.items()
    ]
    return " ".join((to_paste("adopt", source), *into, *named, *maps, *values))


def proposals(found: Adoption) -> Answers:
    """The likeliest answer to everything that is asked now; 待定 where nothing says what is likely."""
    meanings: dict[str, dict[str, str]] = {}
    for word in found.asked_words:
        meanings.setdefault(word.field, {})[word.word] = _said(word)
    headings = {asked.header: _said(asked) for asked in found.ask}
    return Answers(headings, meanings, asked=(*found.ask, *found.asked_words))


def _said(one: AskedHeading | ListWord) -> str:
    return UNDECIDED if one.proposal is None else one.proposal


def _found(found: Adoption) -> Iterator[str]:
    names = "、".join(f"《{name}》" for name in found.trackers or (found.sheet,))
    theirs = [mapped for mapped in found.mapped if not mapped.header.startswith(AUTO_PREFIX)]
    yield f"工作表{names}，表头在第 {found.header_row} 行，识别 {len(theirs)} 列："
    for sheet, prefix in found.prefixes.items():
        yield f"《{sheet}》的编号与别的工作表重复，跟踪时前面加「{prefix}」"
    for mapped in theirs:
        header = one_line(mapped.header)
        renamed = "" if header == mapped.field else f" → {mapped.field}"
        elsewhere = f"{mapped.sheet}!" if mapped.sheet not in ("", found.sheet) else ""
        yield f"  {elsewhere}{mapped.cell}「{header}」{renamed}"
    if found.unmapped:
        yield f"不认识的列原样保留：{'、'.join(map(one_line, found.unmapped))}"
    yield from map(one_line, found.notes)
    yield from _words(found.words, "")


def _words(words: Sequence[ListWord], on_what: str) -> Iterator[str]:
    for header, several in groupby(_by_heading(words), key=lambda word: word.header):
        yield f"{on_what}「{one_line(header)}」的取值：{'、'.join(_counted(word) for word in several)}"


def _by_heading(words: Sequence[ListWord]) -> list[ListWord]:
    """A heading once, be it of several sheets."""
    place = {header: at for at, header in reversed(list(enumerate(word.header for word in words)))}
    return sorted(words, key=lambda word: place[word.header])


def one_line(text: str) -> str:
    """A heading or a word with its line breaks as blanks."""
    return " ".join(text.split())


def _counted(word: ListWord) -> str:
    """未开始（1 行，按“进行中”计）: what the word is taken for only where that is another word."""
    meaning = bare_year(word.meaning) if is_year_word(word.word) else word.meaning
    taken = f"，按{f'“{meaning}”' if meaning else '空白'}计" if meaning != word.word else ""
    return f"{one_line(word.word)}（{word.count} 行{'，待定' if word.is_asked else taken}）"


def _questions(asked: Sequence[AskedHeading | ListWord]) -> Iterator[str]:
    """Every question of the command below it, be it one that only comes up once another is answered."""
    listed: set[str] = set()
    for one in asked:
        if isinstance(one, AskedHeading):
            yield _heading(one)
        else:
            yield _word(one, is_listed=one.field in listed)
            listed.add(one.field)


def _heading(asked: AskedHeading) -> str:
    shown = f"（例：{'、'.join(asked.samples)}）" if asked.samples else ""
    why = f"{one_line(asked.why)}。" if asked.why else ""
    fields = " 或 ".join(asked.candidates)
    return f"{_mark(asked)} 请确认：{asked.cell}「{one_line(asked.header)}」{shown}是不是 {fields}？{why}"


def _word(word: ListWord, *, is_listed: bool = False) -> str:
    """The question for a word; of a long list that stands above already the proposal alone."""
    header, text, meanings = one_line(word.header), one_line(word.word), " 或 ".join(word.candidates)
    if is_listed and len(word.candidates) > _MOST_LISTED:
        meanings = " 或 ".join(filter(None, (word.proposal, "上一行列出的词")))
    seen = f"，例：{word.sample}" if word.sample else ""
    blank = "" if word.field == NUMBER_HEADER else "，或当作空白（等号右边留空）"
    open_end = "哪一年（2026）" if is_year_word(word.word) else "什么"
    open_end = "哪一天（写成 2026-12-31 这样）" if word.takes_a_day else open_end
    choice = f"是 {meanings or open_end}{blank}？"
    return f"{_mark(word)} 请确认：「{header}」里的「{text}」（{word.count} 行{seen}）{choice}"


def _mark(one: AskedHeading | ListWord) -> str:
    return "*" if one.is_needed else " "


def _tracked(found: Adoption, workbook: str) -> Iterator[str]:
    yield f"参与跟踪 {found.tracked} 行，暂不参与 {len(found.left_out)} 行{'：' if found.left_out else '。'}"
    yield from _left_out(found, workbook)


def _left_out(found: Adoption, target: str) -> Iterator[str]:
    for row in found.left_out[:_MOST_ROWS]:
        sheet = f"《{row.sheet}》" if len(found.trackers) > 1 else ""
        yield f"  {sheet}第 {row.row} 行{f'（{row.number}）' if row.number else ''}：请更正 {'、'.join(row.cells)}"
    if len(found.left_out) > _MOST_ROWS:
        yield f"  ……另有 {len(found.left_out) - _MOST_ROWS} 行，见 {to_paste('check', target)}"
