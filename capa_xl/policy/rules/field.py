"""FD: single fields — keys, dates, lists, texts that say nothing of their own, facts in the future."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, columns_of
from capa_xl.model.cut_text import cut_line
from capa_xl.model.problem import Hit
from capa_xl.model.schema import SHEETS
from capa_xl.policy.day import is_there_already
from capa_xl.policy.past_years import reused_numbers
from capa_xl.policy.promised_spans import spans_of_clocks
from capa_xl.policy.rules.message_words import header, some
from capa_xl.policy.rules.reading import met_while_reading, remarks
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.weights import once_completed, while_planned

SHORTEST_COPY = 15
ROWS_ALIKE = 3
LONGEST_SHOWN = 2_000
"""Characters of a cell; a wide column shows a fifth of them in the tallest row."""
_PLAIN = re.compile(r"[\s，。；：、,.;:!！?？“”\"'（）()]+")


def plain(text: str) -> str:
    """The text without blanks and punctuation, for comparing."""
    return _PLAIN.sub("", text)


def _not_allowed(given: RuleInputs) -> Iterator[Hit]:
    for hit in remarks(given, "FD04"):
        wanted = hit.facts.get("list", "")
        if wanted.endswith(("数字", "的整数")):
            bare = "，不带单位和文字" if wanted.endswith("数字") else ""
            facts = {"c": hit.facts.get("c", ""), "v": hit.facts.get("v", ""), "only": wanted, "bare": bare}
            yield replace(hit, facts=facts)
        elif hit.severity is I:
            yield replace(hit, facts={**hit.facts, "more": "《字典》"})  # an open list grows there
        else:
            yield hit


def _no_day(given: RuleInputs) -> Iterator[Hit]:
    """A complaint's limit that is written as a span names the day that it comes to."""
    hits = tuple(remarks(given, "FD05"))
    spans = spans_of_clocks(given.view) if hits else {}
    for hit in hits:
        span = spans.get((hit.sheet, hit.at or ""))
        yield replace(hit, facts={**hit.facts, "span": span}) if span else hit


def _cause_is_the_problem(given: RuleInputs) -> Iterator[Hit]:
    quarantined = (q.record for q in given.view.register.quarantined)
    for action in (*(a for a, _ in given.pairs), *quarantined):
        if action.cause and action.description and _say_the_same(action.cause, action.description):
            yield given.hit(action, "cause", v=clip(action.cause))


def _say_the_same(one: str, other: str) -> bool:
    """Equal but for blanks and punctuation; where the first difference lies between words, no closer look is needed."""
    for a, b in zip(one, other, strict=False):
        if a != b:
            if a.isalnum() and b.isalnum():
                return False
            break
    return plain(one) == plain(other)


def clip(text: str, limit: int = 30) -> str:
    """The text for quoting: one line, cut after `limit` characters."""
    return cut_line(text, limit + 1)


UNDATED = "改好以前这一行照常计入，这一格按空白算"


def _future_facts(given: RuleInputs) -> Iterator[Hit]:
    """Every date of a deed that hasn't come; 实际完成日期 has a rule of its own (DO01)."""
    for fact in given.future_facts:
        day, on = str(fact.day), str(given.on)
        undated = UNDATED if is_there_already(type(fact.record), fact.key) else ""
        if fact.sheet_key != "tracker":
            number = getattr(fact.record, "number", None)
            yield given.hit_on(fact.sheet_key, fact.record, fact.key, number, v=day, on=on, undated=undated)
        elif fact.key != "completed_on":
            yield given.hit(fact.record, fact.key, v=day, on=on, undated=undated)


def _copied_texts(given: RuleInputs) -> Iterator[Hit]:
    for key in ("cause", "measure"):
        if key in given.tracker.columns:
            yield from _copies(given, key)


def _copies(given: RuleInputs, key: str) -> Iterator[Hit]:
    """Same text in several cells; a merged cell filled down over several rows is one cell."""
    alike: dict[str, dict[str | int, Action]] = defaultdict(dict)
    anchors = given.tracker.anchors
    written = [(_bare(text), action) for action, _ in given.live if (text := getattr(action, key))]
    counted = Counter(bare for bare, _ in written)
    often = {bare for bare, count in counted.items() if count >= ROWS_ALIKE and len(bare) >= SHORTEST_COPY}
    for bare, action in written if often else ():
        if bare in often:
            alike[bare].setdefault(anchors.get((action.row, key), action.row), action)
    for cells in alike.values():
        if len(cells) < ROWS_ALIKE:
            continue
        actions = tuple(cells.values())
        for action in actions:
            others = [a.number for a in actions[:8] if a is not action]
            rest = len(actions) - 1
            yield given.hit(action, key, ids=some(others, rest))


def _bare(text: str) -> str:
    return "".join(text.split()).rstrip("。；.;")


def _repeated(given: RuleInputs) -> Iterator[Hit]:
    """A number that several rows have, or that a row has beside another action of an archived year."""
    for hit in remarks(given, "FD02"):
        yield replace(hit, facts={**hit.facts, "until": "两行都不参与计算，直到改好"})
    for year, gone, action in reused_numbers(given.view):
        table = year.register.tracker
        rows = f"归档在「{year.name}」{table.sheet_of(gone.row)}!{table.cell(gone.row, 'number')} 的是另一项"
        until = "改本表这一行，归档的不动"
        yield given.hit(action, "number", id=action.number, v=action.number, rows=rows, until=until)


def _no_containment(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if action.action_type == words.CORRECTIVE and not action.containment:
            is_major = action.severity == words.MAJOR
            hit = given.hit(action, "containment", W if is_major else None)
            yield while_planned(given, hit, action, derived) if is_major else hit


def _longer_than_a_row(given: RuleInputs) -> Iterator[Hit]:
    """Excel's tallest row shows far less: what stands further down is in the cell alone, and in our papers."""
    for spec in SHEETS:
        table = given.table(spec.key) if spec.key and spec.record is not None and not spec.owned else None
        if table is None or spec.record is None:
            continue
        for key in _note_keys(spec.record):
            longest = max(map(len, filter(None, map(attrgetter(key), table.records))), default=0)
            if longest >= LONGEST_SHOWN:
                long = [one for one in table.records if len(getattr(one, key) or "") >= LONGEST_SHOWN]
                number = getattr(long[0], "number", None) if len(long) == 1 else None
                yield given.hit_on(spec.key, long[0], key, number, k=str(len(long)), n=f"{longest:,}")


@cache
def _note_keys(record_class: type[Struct]) -> tuple[str, ...]:
    return tuple(column.key for column in columns_of(record_class) if column.kind is Kind.NOTE)


def _never_registered(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.measure and action.registered_on is None:
            yield given.hit(action, "registered_on", once_completed(action))


FD01 = Rule(
    "FD01", "4.4.5", E, "编号空白",
    "第 {r} 行缺少编号",
    "填写编号（按《参数》“编号规则”，不重复）",
    met_while_reading("FD01"), excusable=False,
)  # fmt: skip
FD02 = Rule(
    "FD02", "", E, "编号重复",
    "编号 {id} 重复⟦（{rows}）⟧",
    "给其中的行改用新的编号⟦；{until}⟧",
    _repeated, excusable=False,
)  # fmt: skip
FD03 = Rule(
    "FD03", "", W, "编号不合《参数》里的编号规则（每列报一次；接管的表多半用自己的编号的为提示）",
    "{n} 个编号不符合规则 {p}⟦，例如「{v}」⟧",
    "按《参数》里的编号规则改，或改《参数》⟦（{signs}）⟧⟦；{own}⟧⟦；{twin}⟧⟦；写成了全角的，看看能否自动改：{wide}⟧",
    met_while_reading("FD03"), also=(I,), excusable=False,
)  # fmt: skip
FD04 = Rule(
    "FD04", "", E, "列表以外的值：固定列表为错误，开放列表为提示",
    "{c}「{v}」⟦不在允许值内：{list}⟧⟦（是不是「{s}」？）⟧⟦不是{only}⟧⟦：单位一栏写的是「{unit}」⟧",
    "改成允许的值⟦，例如 {s}⟧⟦；或在{more}加上这个值⟧"
    "⟦；或在《参数》加一行「{setting}」，值写它在本工具中的意思⟧⟦，整项不再做的写“{end}”⟧"
    "⟦：只写{only}⟧⟦{bare}⟧⟦：换算成「{unit}」，只写数字；单位一栏写错的，改那一栏⟧",
    _not_allowed, also=(W, I), excusable=False,
)  # fmt: skip
FD05 = Rule(
    "FD05", "", E, "不是日期，或含糊的日期（月底、长期、尽快、持续）",
    "{c}「{v}」不是明确日期⟦：{why}⟧⟦：没有年份，按 {y} 年就早于登记日期 {before}⟧"
    "⟦：没有年份，按 {y} 年比登记日期 {late_by} 晚了一年以上⟧",
    "请写成⟦{kinds}或⟧年-月-日⟦ {hm}⟧，例如“⟦{eg}”“⟧2026-03-31⟦ {m}⟧”⟦；{span}⟧",
    _no_day, excusable=False,
)  # fmt: skip
FD06 = Rule(
    "FD06", "", W, "文本或没有日期格式的数写成的日期（已识别）",
    "{c}⟦「{v}」⟧{k}，识别为 {d}⟦：没有年份，按《参数》取 {y} 年⟧⟦：按《参数》里“{w}”的意思⟧",
    "⟦{bare}，⟧改成真正的日期 {d}⟦，或看看能否自动改：{fix}⟧",
    met_while_reading("FD06"),
    in_general={"d": "，例如 2026-03-31"},
)  # fmt: skip
FD07 = Rule(
    "FD07", "", E, "日期在 2000 年以前、2100 年以后或是 1900-01",
    "{c}「{v}」不像真的日期：在 2000 年以前、2100 年以后，或是 1900-01",
    "改为真实日期（注意 1904 日期制）",
    met_while_reading("FD07"),
)  # fmt: skip
FD11 = Rule(
    "FD11", "", W, "首尾空格、全角空格，编号、姓名中有换行，或几个名字只用空格隔开",
    "{c}⟦「{v}」⟧⟦用空格隔开了 {n} 个名字：{names}⟧⟦{blank}⟧",
    "⟦只留一个姓名（{one}）；⟧删除多余的空格或换行⟦，名字之间写“、”（{several}）⟧，"
    "或看看能否自动改：capa-xl check 本工作簿 --fix",
    met_while_reading("FD11"),
)  # fmt: skip
FD12 = Rule(
    "FD12", "4.2.2", W, "原因分析与问题描述相同",
    "原因分析与问题描述相同：「{v}」",
    "写出为什么发生，而不是重复发生了什么",
    _cause_is_the_problem, ("cause", "description"),
)  # fmt: skip
FD14 = Rule(
    "FD14", "", E, "登记、批准、开始、检查、确认、归档、取消的日期在将来",
    "{c}「{v}」还没有到（按 {on} 计算）",
    "改为实际日期；还没发生的事不要先填⟦；{undated}⟧",
    _future_facts,
)  # fmt: skip
FD15 = Rule(
    "FD15", "4.2.2", W, f"{ROWS_ALIKE} 行以上的原因分析或措施内容相同（{SHORTEST_COPY} 字以上）",
    "{c}雷同：{ids}",
    "写出本项自己的原因与措施",
    _copied_texts, ("cause|measure",),
)  # fmt: skip
FD18 = Rule(
    "FD18", "1", I, f"纠正没有写{header('containment')}（重大为警告）",
    "未写明不合格本身如何消除",
    "填临时处置：当时怎样恢复、纠正了不合格本身",
    _no_containment, ("action_type", "containment"), also=(W,),
)  # fmt: skip
FD20 = Rule(
    "FD20", "4.4.5", E, "已有措施，登记日期空白（已完成为警告）",
    "没有登记日期，限期无从起算",
    "填登记日期",
    _never_registered, ("measure", "registered_on"), also=(W,),
)  # fmt: skip
FD21 = Rule(
    "FD21", "", W, "日期列里写着“还没有”的词（无、待定、进行中、/），每列报一次",
    "{c}有 {n} 处写「{w}」，按空白处理",
    "完成后填日期，之前留空",
    met_while_reading("FD21"),
)  # fmt: skip
FD24 = Rule(
    "FD24", "", I, f"一格的文字有 {LONGEST_SHOWN:,} 字以上，行高到顶也显示不全，每列报一次",
    "{c}有 {k} 格写得很长（最长 {n} 字），行高到顶（409 磅）也显示不全，打印出来不全",
    "原文不用动：报告和一项一档里印出的各栏，印的是全文；其余的把细节放进附件，格里写要点",
    _longer_than_a_row,
)  # fmt: skip
FD35 = Rule(
    "FD35", "", W, "日期是用 TODAY、NOW 等算的，每天都变",
    "{c}「{v}」是公式 {f} 算的，⟦它指到的 {via} ⟧每天都变",
    "写成定下的那一天（年-月-日），不用公式",
    met_while_reading("FD35"),
)  # fmt: skip
