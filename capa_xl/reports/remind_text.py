"""What remind and its forecast say on the console."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from capa_xl.model.journal import OUTBOX, Posting
from capa_xl.model.letter import Letter
from capa_xl.model.milestones import M1, milestone_name
from capa_xl.reports.unknown_text import unknown_sentence


class RemindWords(Struct, frozen=True):
    """What there is to say of one run.

    Attributes:
        sent: Messages accepted or filed; None when nothing was to be sent.
        already_sent, already_filed: Reminders of earlier runs: at a server, and in the outbox only.
        failed, unknown: (letter, the server's words) of this run.
        unsent: Who got no letter because it failed, or because the run was stopped for all.
        withheld: How many letters due may not go; `refused` names them.
        unknown_before: Reminders of earlier runs whose fate nobody knows still.
        outbox: Where filed letters lie.
    """

    as_of: date
    letters: tuple[Letter, ...]
    sent: int | None
    already_sent: int
    already_filed: int
    capped: int
    held_back: int
    unreachable: tuple[str, ...]
    refused: tuple[str, ...]
    withheld: int
    failed: tuple[tuple[Letter, str], ...]
    unknown: tuple[tuple[Letter, str], ...]
    unknown_before: tuple[Posting, ...]
    unsent: tuple[str, ...]
    stopped: str
    transport: str
    rehearsal: bool
    outbox: str
    assigned_id: str
    rebuilt: int
    warnings: tuple[str, ...]


def remind_lines(said: RemindWords) -> Iterator[str]:
    """The run, line by line; the last line says what to do next."""
    yield from _journal_lines(said)
    for letter in said.letters:
        yield f"{letter.recipient} <{letter.address}>  {letter.subject}"
    yield from _trouble_lines(said)
    yield _summary(said)
    yield from _next_lines(said)


def remind_account(said: RemindWords) -> str:
    """The run in one line, for the log: the counts, everybody who was not served, and each reason once."""
    tried = (*said.failed, *said.unknown)
    why = dict.fromkeys((*(words for _, words in tried), *filter(None, (said.stopped,))))
    before = unknown_sentence(said.unknown_before)
    sentences = (
        _summary(said).rstrip("。"),
        _named("没有发出", said.unsent),
        _named("结果不明", tuple(letter.recipient for letter, _ in said.unknown)),
        *why,
        _named("拒发", said.refused),
        _named("无法送达", said.unreachable),
        *said.warnings,
        *filter(None, (before,)),
    )
    return "；".join(filter(None, sentences))


def _named(what: str, names: tuple[str, ...]) -> str:
    return f"{what}：{'、'.join(dict.fromkeys(names))}" if names else ""


def forecast_lines(days: Iterable[tuple[date, tuple[Letter, ...]]]) -> Iterator[str]:
    """Who will hear what on which day, if nobody touches the table."""
    count = 0
    for day, letters in days:
        yield f"{day}：{len(letters)} 封"
        for letter in letters:
            yield f"  {letter.recipient}：{'、'.join(_items(letter))}"
        count += len(letters)
    yield f"共 {count} 封（按表格现状推算，没有发送）。"


def _items(letter: Letter) -> Iterator[str]:
    for duty in letter.duties:
        late = duty.late and duty.key.milestone == M1.code
        marks = "、".join(word for word, holds in (("补发", late), ("知会", duty.informed)) if holds)
        yield f"{duty.key.number} {milestone_name(duty.key.milestone)}".strip() + (f"（{marks}）" if marks else "")


def _journal_lines(said: RemindWords) -> Iterator[str]:
    if said.assigned_id:
        yield f"《参数》的“工作簿标识”为空：台账按文件名编号 {said.assigned_id}；改文件名前请先把这个编号填进《参数》。"
    if said.rebuilt:
        yield f"台账里没有工作表《提醒台账》的 {said.rebuilt} 条：已照它补记，不会重发。"


def _trouble_lines(said: RemindWords) -> Iterator[str]:
    for name in said.unreachable:
        yield f"无法送达：{name} 没有可用的邮箱 → 请在《人员部门》填写"
    for words in said.refused:
        yield f"拒发：{words}"
    for letter, words in said.failed:
        yield f"失败：{letter.recipient} <{letter.address}>：{words}"
    for letter, words in said.unknown:
        yield f"结果不明：{letter.recipient} <{letter.address}>：{words}"
    yield from said.warnings
    if words := unknown_sentence(said.unknown_before):
        yield words


def _summary(said: RemindWords) -> str:
    words = [f"{said.as_of} 应发 {len(said.letters) + said.withheld} 封"]
    if said.sent is not None:
        words.append(f"{'存入发件箱' if said.transport == OUTBOX else '已发'} {said.sent} 封")
    if said.withheld:
        words.append(f"拒发 {said.withheld} 封")
    if said.already_sent or not said.already_filed:
        words.append(f"已提醒过 {said.already_sent} 条")
    if said.already_filed:
        words.append(f"已生成信件、未发送 {said.already_filed} 条")
    if said.capped:
        words.append(f"每周上限推迟 {said.capped} 条")
    if said.held_back:
        words.append(f"留待下次 {said.held_back} 封")
    return "，".join(words) + "。"


def _next_lines(said: RemindWords) -> Iterator[str]:
    if said.stopped:
        yield f"已停止发送：{said.stopped}"
    elif said.sent is None and said.letters:
        yield "没有发送。确认无误后加 --send" + ("（不是今天：只存发件箱，标为预演）" if said.rehearsal else "") + "。"
    elif said.sent and said.transport == OUTBOX:
        kind = "预演" if said.rehearsal else "没有配置邮件，没有真正发出"
        yield f"信件在 {said.outbox}（{kind}）。"
