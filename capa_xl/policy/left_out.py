"""What stands in the workbook and is not tracked, said by every command that could take silence for tracking (4.4.6).

Rows that are no actions are counted by what they are; sheets that look like a tracker and aren't counted in are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.command_line import to_adopt, with_the_path
from capa_xl.model.cut_text import cut_list, cut_quote
from capa_xl.model.derived import Derived
from capa_xl.model.names_apart import is_no_name, listed_names
from capa_xl.model.problem import Problem
from capa_xl.model.register import Register
from capa_xl.model.stated_status import family_of
from capa_xl.model.uncounted import UNCOUNTED_KINDS
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.closed_unseen import closed_unseen
from capa_xl.policy.keyless_rows import keyless_sentence
from capa_xl.policy.next_actor import knows_departments
from capa_xl.policy.open_by_word import SAY_WHICH_IS_TRUE, open_by_word
from capa_xl.policy.planning_set import heading_of, is_planned
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.renamed_auto import is_status_renamed
from capa_xl.policy.unread_cells import unread_cells

_MOST_ROWS, _MOST_CELLS = 10, 3
_VERDICTS = ("approval", "inspection", "execution", "effect")
"""The columns whose words move a row on, or back, or keep its report a draft."""
_COUNTED = {"execution": "按空白计，状态不受影响，改进效果确认报告不能定稿"}
"""What becomes of an unknown word where the status doesn't hang on it: 执行情况结论 stands beside 效果结论."""
_OTHER_SHEET, _LATER_COLUMN, _TEXT_DATE = "WB11", "WB17", "FD06"


def left_out_sentences(view: RegisterView, problems: Iterable[Problem], workbook: str) -> tuple[str, ...]:
    """The rows and sheets that are not tracked or end in doubt, and days of another year; () where all is as it seems.

    Args:
        workbook: Its path, for the commands to paste.
    """
    return (*uncounted_sentence(view.register), *doubt_sentences(view, problems, workbook))


def doubt_sentences(view: RegisterView, problems: Iterable[Problem], workbook: str) -> tuple[str, ...]:
    """Those of them that ask somebody to decide: a row that is no action is only told.

    Args:
        workbook: Its path, for the commands to paste.
    """
    places = {_OTHER_SHEET: "", _LATER_COLUMN: "《{0.sheet}》{0.cell} "}
    named = (
        f"{places[p.rule].format(p)}{p.message} → {with_the_path(p.fix, workbook)}"
        for p in problems
        if p.rule in places
    )
    return (
        *named,
        *keyless_sentence(view.register),
        *_unknown_words(view, workbook),
        *_unknown_verdicts(view, workbook),
        *_taken_for_people(view),
        *_no_names(view),
        *_ended_against_their_word(view),
        *open_by_word(view),
        *closed_unseen(view),
        *_old_years(view),
        *_checked_by_who_raised_it(view),
        *_without_a_due_date(view),
        *_waiting_for_nobody(view),
    )


def _unknown_words(view: RegisterView, workbook: str) -> Iterator[str]:
    """Rows whose own status word nobody knows (FD04): they are judged by their facts alone, so most count as open."""
    if is_status_renamed(view.register):
        return
    meanings = view.inputs.status_meanings
    cells: dict[str, list[str]] = {}
    for action in view.actions:
        word = action.stated_status
        if word and family_of(word, meanings) is None:
            cells.setdefault(cut_quote(word), []).append(_cell_of(view, action, "stated_status"))
    if cells:
        told = f"{sum(map(len, cells.values()))} 行的状态词不认识，只按填写的日期和结论计，没有填的按未完成提醒"
        yield f"{told}：{_words_at(cells)} → 改成本表用过的词，或{_to_declare(view, workbook)}"


def _unknown_verdicts(view: RegisterView, workbook: str) -> Iterator[str]:
    """Rows whose verdict is no word of its list (FD04): nobody has found them good or bad, so they wait or go on."""
    unread = unread_cells(view.register)
    for key in _VERDICTS if unread else ():
        cells: dict[str, list[str]] = {}
        for action in view.actions:
            word = unread.get((view.register.tracker.sheet_of(action.row), view.at(action, key) or None))
            if word:
                cells.setdefault(cut_quote(word), []).append(_cell_of(view, action, key))
        if cells:
            rows = f"{sum(map(len, cells.values()))} 行的「{heading_of(view.inputs, key)}」"
            told = f"{rows}不是已知的结论，{_COUNTED.get(key, '按没有结论计')}"
            yield f"{told}：{_words_at(cells)} → 改成允许的词，或{_to_declare(view, workbook)}"


def _words_at(cells: Mapping[str, Sequence[str]]) -> str:
    """挂账（G2、G4）: each word with the cells it stands in."""
    named = [f"{word}（{cut_list(at, _MOST_CELLS, '处')}）" for word, at in cells.items()]
    return cut_list(named, _MOST_ROWS, "种")


def _to_declare(view: RegisterView, workbook: str) -> str:
    if not workbook:
        return "用 --value 逐个说明意思"
    return f"逐个说明意思：{to_adopt(workbook, is_adopted=view.register.settings is not None)}"


def _taken_for_people(view: RegisterView) -> Iterator[str]:
    """Open rows whose owner is written with a post around the name, and is taken for whom the roster has."""
    named = [
        f"{one} 按「{meant}」（{_cell_of(view, action, 'owners')}）"
        for action, derived in view.pairs
        for one in (action.owners if not derived.is_ended else ())
        if (meant := view.roster.meant_by(one)) != one
    ]
    if named:
        yield (
            f"{len(named)} 处责任人按《人员部门》里同名的人提醒：{cut_list(named, _MOST_ROWS, '处')} → "
            "不是同一个人的，在《人员部门》照表里的写法另加一行"
        )


def _no_names(view: RegisterView) -> Iterator[str]:
    """Open rows with 同上, 待定 or TBD for a name: nobody is reminded by name."""
    remarks = [r.hit for r in view.register.remarks if r.rule == "FD23" and is_no_name(r.hit.facts.get("v", ""))]
    over = {action.row for action, derived in view.pairs if derived.is_ended}
    named = [f"{hit.number}（{hit.at}）" for hit in remarks if hit.row not in over]
    if named:
        said = "".join(dict.fromkeys(f"「{hit.facts['v']}」" for hit in remarks if hit.row not in over))
        yield f"{len(named)} 处写的是{said}，不是姓名，没有提醒到人：{cut_list(named, _MOST_ROWS, '处')} → 写明姓名"


def _cell_of(view: RegisterView, action: Action, key: str) -> str:
    """D3; with the sheet where the register runs over several."""
    sheet = f"《{view.register.tracker.sheet_of(action.row)}》" if view.register.tracker.pages else ""
    return sheet + view.at(action, key)


def _checked_by_who_raised_it(view: RegisterView) -> Iterator[str]:
    """Rows that wait for a check by 提出人, as neither a checker nor a department is named for it."""
    named = [
        f"{action.number}（{action.raised_by}）"
        for action, derived in view.pairs
        if derived.status == words.TO_INSPECT
        and not action.inspector
        and listed_names(derived.next_actor)[0] == action.raised_by
    ]
    if named:
        raised_by = heading_of(view.inputs, "raised_by")
        yield (
            f"{len(named)} 行等检查，没有写由谁检查，提醒发给「{raised_by}」：{cut_list(named, _MOST_ROWS)} → "
            "由别人检查的，填检查人（没有这一列的加一列“检查人”）"
        )


def _without_a_due_date(view: RegisterView) -> Iterator[str]:
    """Open rows that no reminder will ever be about, though there is something to do (PL01 in a list of ours).

    Beside them those that nobody has planned yet: theirs is the limit of the planning.
    """
    undated = [
        action
        for action, derived in view.pairs
        if action.due_on is None and derived.status in words.OWNERS_TURN | {words.TO_PLAN}
    ]
    named = [action.number for action in undated if is_planned(view.inputs, action)]
    unplanned = [action.number for action in undated if action.number not in named]
    if named:
        others = f"；另有 {len(unplanned)} 行措施和期限都没有：{cut_list(unplanned, _MOST_ROWS)}" if unplanned else ""
        dateless = cut_list(named, _MOST_ROWS)
        yield f"{len(named)} 行没有完成，也没有完成期限，到期不会提醒：{dateless} → 填完成期限{others}"


def _waiting_for_nobody(view: RegisterView) -> Iterator[str]:
    """Open rows that wait for 质量部 in a workbook that knows no department, or for nobody at all."""
    named = [
        f"{action.number}（{derived.status}）"
        for action, derived in view.pairs
        if not derived.is_ended and _is_nobody(view, action, derived)
    ]
    if named:
        yield (
            f"{len(named)} 行从表里看不出轮到谁，暂记在质量部名下：{cut_list(named, _MOST_ROWS)} → "
            "填责任人；等人检查、确认的，填检查人或确认人，或加“责任部门”一列"
        )


def _is_nobody(view: RegisterView, action: Action, derived: Derived) -> bool:
    actors = listed_names(derived.next_actor)
    return actors == ("",) or (
        words.QUALITY_DEPARTMENT in actors and not knows_departments(view.inputs.on_its_page(action))
    )


def _ended_against_their_word(view: RegisterView) -> Iterator[str]:
    """Rows that nobody is reminded of any more by a filled fact, though their own status word says otherwise (WB10)."""
    doubted = [
        f"{action.number}（{action.stated_status}）"
        for action, derived in view.pairs
        if derived.is_ended and action.stated_status
        if action_state_of(view.inputs, action).is_word_denied_by(derived.status)
    ]
    if doubted:
        yield (
            f"{len(doubted)} 行的状态词与填的日期、结论矛盾，按后者算结束、不再提醒：{cut_list(doubted, _MOST_ROWS)} → "
            f"{SAY_WHICH_IS_TRUE}"
        )


def _old_years(view: RegisterView) -> Iterator[str]:
    """Open rows whose days bear no year and are read as those of a year that is over: new rows may be among them."""
    waiting = {action.row: action.number for action, derived in view.pairs if not derived.is_ended}
    days = [r.hit for r in view.register.remarks if r.rule == _TEXT_DATE and r.hit.row in waiting]
    old = [hit for hit in days if hit.facts.get("y", "") and int(hit.facts["y"]) < view.on.year]
    if old:
        named = cut_list([f"{hit.number}（{hit.at}）" for hit in old], _MOST_ROWS, "处")
        year = "、".join(dict.fromkeys(hit.facts["y"] for hit in old))
        yield f"{len(old)} 处日期没有年份，仍按 {year} 年读，今年是 {view.on.year} 年：{named} → 请写全年月日"


def uncounted_sentence(register: Register) -> Iterator[str]:
    """One sentence: how many filled rows are no actions, by kind, with their rows."""
    rows_of: dict[str, list[int]] = {kind: [] for kind in UNCOUNTED_KINDS}
    for one in register.uncounted:
        rows_of[one.kind].append(one.row)
    parts = [
        f"{kind} {len(rows)} 行（{register.tracker.lines(rows, _MOST_ROWS)}）" for kind, rows in rows_of.items() if rows
    ]
    if parts:
        yield f"{len(register.uncounted)} 行不是措施，没有计入跟踪：{'、'.join(parts)}"
