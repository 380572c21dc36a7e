"""05 提醒与催办.xlsx: what the journal proves about the duty of 4.4.6, in the period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from capa_xl.model.history import HistoryLine
from capa_xl.model.journal import FAILED, FILED, REFUSED, SENT, TRANSPORT_WORDS, UNKNOWN, WITHHELD, Posting
from capa_xl.model.kpi import KpiReminder
from capa_xl.model.lead import ONE_MONTH, Lead
from capa_xl.model.letter import JournalKey
from capa_xl.model.milestones import milestone_label
from capa_xl.model.occurrence_words import occurrence_words
from capa_xl.model.period import Period
from capa_xl.reports.history_sheet import write_history
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import Cell, ColumnHead, Mark

RESULT_WORDS = {
    SENT: "已发送",
    FILED: "已生成，未发送",
    FAILED: "失败",
    REFUSED: "服务器拒收",
    WITHHELD: "拒发",
    UNKNOWN: "结果不明",
}
_TONES = {SENT: "good", FILED: "silent", FAILED: "bad", REFUSED: "bad", WITHHELD: "bad", UNKNOWN: "soon"}
_RECEIVED = "原为结果不明，本人已收到"
LEDGER = (
    ColumnHead("编号", 14),
    ColumnHead("里程碑", 24),
    ColumnHead("期限版本", 12, "mark"),
    ColumnHead("次序", 14, "mark"),
    ColumnHead("收件人", 12),
    ColumnHead("第几次", 8, "mark"),
    ColumnHead("计划日期", 12, "date"),
    ColumnHead("尝试日期", 12, "date"),
    ColumnHead("发送日期", 12, "date"),
    ColumnHead("迟发天数", 9, "count"),
    ColumnHead("结果", 16, "mark"),
    ColumnHead("方式", 9, "mark"),
    ColumnHead("说明", 30, "wrap"),
)


def reminders_workbook(
    company: str,
    period: Period,
    as_of: date,
    postings: Iterable[Posting],
    duties: tuple[KpiReminder, ...] | None,
    lead: Lead = ONE_MONTH,
    history: Sequence[HistoryLine] = (),
    not_counted: str = "",
) -> bytes:
    """The workbook's bytes: the month-ahead duties of the period, every attempt planned or made in it, every change.

    Args:
        postings: Of one reminder every attempt, in time order.
        duties: None while no reminder was ever made that counts, so nobody can tell.
        history: The changes of the tracker seen in the period.
        not_counted: Which archived years the duties lack, as a sentence without its end; "" where they lack none.
    """
    book = Book(f"提醒与催办 {period.name}", as_of, company)
    span = f"{company}　期间 {period.start} 至 {period.end}　数据截至 {as_of}　{not_counted}".rstrip()
    mine = [duty for duty in duties or () if period.start <= duty.planned_on <= min(period.end, as_of)]
    name = f"提前{lead.words}提醒"
    first = book.sheet(name, f"{name}（4.4.6）", f"{span}　{_tally(None if duties is None else mine)}")
    book.table(first, _duty_headings(lead), [_duty_row(duty) for duty in mine])
    ledger = book.sheet("台账", "提醒与催办台账", span)
    book.table(ledger, LEDGER, [row for one in _by_reminder(postings, as_of) for row in _attempts(one, period)])
    write_history(book, span, history)
    return book.close()


def _tally(mine: Sequence[KpiReminder] | None) -> str:
    if mine is None:
        return "未判定：没有经邮件服务器发出的提醒，也没有人工提醒的记录"
    return f"按时 {sum(map(_is_met, mine))} / 应提醒 {len(mine)}"


def _duty_headings(lead: Lead) -> tuple[ColumnHead, ...]:
    return (
        ColumnHead("编号", 14),
        ColumnHead("完成期限", 12, "date"),
        ColumnHead(f"应提醒日（期限前{lead.words}）", 22, "date"),
        ColumnHead("首次送出日", 12, "date"),
        ColumnHead("判定", 10, "mark"),
    )


def _is_met(duty: KpiReminder) -> bool:
    return duty.sent_on is not None and duty.sent_on <= duty.planned_on


def _duty_row(duty: KpiReminder) -> tuple[Cell, ...]:
    if _is_met(duty):
        mark = Mark("按时", "good")
    else:
        mark = Mark("补发", "soon") if duty.sent_on else Mark("未提醒", "bad")
    return (duty.number, duty.due_on, duty.planned_on, duty.sent_on, mark)


def _touches(posting: Posting, period: Period) -> bool:
    return any(period.holds(day) for day in (posting.planned_on, posting.sent_on, posting.tried_on))


def _by_reminder(postings: Iterable[Posting], as_of: date) -> list[list[Posting]]:
    """The attempts up to T of each reminder to each recipient by each way, in the order of the last ones."""
    found: dict[tuple[JournalKey, str], list[Posting]] = {}
    for posting in postings:
        if (posting.tried_on or posting.sent_on or posting.planned_on) <= as_of:
            key = (posting.key, posting.transport)
            found[key] = _with(found.pop(key, []), posting)
    return list(found.values())


def _with(made: list[Posting], posting: Posting) -> list[Posting]:
    """The attempts and one more; what its recipient answered of the last one takes its place."""
    if made and posting.answers(made[-1]):
        return [*made[:-1], replace(posting, error=posting.error or _RECEIVED)]
    return [*made, posting]


def _attempts(made: Sequence[Posting], period: Period) -> Iterator[tuple[Cell, ...]]:
    for at, posting in enumerate(made, start=1):
        if _touches(posting, period):
            yield _row(posting, f"{at}/{len(made)}")


def _row(posting: Posting, attempt: str) -> tuple[Cell, ...]:
    key = posting.key
    left_on = posting.sent_on if posting.result == SENT else None
    late = (left_on - posting.planned_on).days if left_on else 0
    made = f"{posting.sent_on} 存入发件箱" if posting.result == FILED and posting.sent_on else ""
    return (
        key.number,
        milestone_label(key.milestone),
        key.due_version,
        occurrence_words(key.occurrence),
        key.recipient,
        attempt,
        posting.planned_on,
        posting.tried_on,
        left_on,
        max(late, 0) or None,
        Mark(RESULT_WORDS.get(posting.result, posting.result), _TONES.get(posting.result, "silent")),
        TRANSPORT_WORDS.get(posting.transport, posting.transport),
        posting.error or made,
    )
