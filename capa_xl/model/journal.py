"""What the journal knows, as a value: planning and rules read this and never the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from capa_xl.model.letter import JournalKey
from capa_xl.model.records import SIGNATURE
from capa_xl.model.snapshot import Applied, FieldChange

HANDS = ("owners", "responsible_department")
"""Whose hands an approved action is in: changed afterwards, the approval is to be looked at again (AP11)."""
INSPECTION = ("inspector", "inspected_on", "inspection", "inspection_note")
"""The cells of one inspection, which the next is written over."""
COMPLETION = ("completed_on",)
"""The cell of a completion, which that of the rework is written over."""
APPROVAL = (*SIGNATURE, "approval_evidence")
"""Those of one approval, likewise."""
PLANS = ("plan_number",)
"""The plans that list an action, and may approve it."""

SENT, FILED, FAILED, UNKNOWN, SENDING, REHEARSAL = "sent", "filed", "failed", "unknown", "sending", "rehearsal"
REFUSED = "refused"
NOT_RECEIVED = "本人没有收到"
"""Why a letter of unknown fate failed, once its recipient was asked."""
"""The server takes no letter for that address: a failure that only another address, or another week, can better."""
WITHHELD = "withheld"
"""We give it to no server: a domain that the settings don't allow, a line break in a header; asked anew every run."""
FAILURES = frozenset({FAILED, REFUSED, WITHHELD})
"""The letter did not leave."""


class Posting(Struct, frozen=True):
    """One row of the journal: the fate of one reminder to one recipient.

    Attributes:
        result: sent (accepted by the server), filed (lies in the outbox), failed, refused, withheld, unknown, sending
            or rehearsal.
        planned_on: Day it should have been sent.
        sent_on: Day it was sent or filed; None while it was not.
        sent_at: ISO time with +08:00, "" while it was not.
        transport: One of OUTBOX, SMTP, CHAT.
        message_id: Message-ID of the letter it went with.
        error: The server's words for failed, refused (with the address) and unknown, ours for withheld; no secrets.
        counts: Counts in 按时提醒率.
        tried_on: Day of the last attempt; None where nobody recorded one.
    """

    key: JournalKey
    result: str
    planned_on: date
    sent_on: date | None
    sent_at: str
    transport: str
    message_id: str
    error: str = ""
    counts: bool = False
    tried_on: date | None = None

    def answers(self, attempt: Posting) -> bool:
        """Whether it tells what the recipient said of an attempt whose fate nobody knew, and is no attempt itself.

        Nobody tells the time at which a letter came that was said to have come: it stands at the day's beginning.
        """
        told = self.error == NOT_RECEIVED or (self.result == SENT and "T00:00:00" in self.sent_at)
        return told and attempt.result == UNKNOWN and attempt.tried_on == self.tried_on


class DueChange(Struct, frozen=True):
    """One change of 完成期限 that a run saw; None for a blank, or what was no date.

    Attributes:
        last_seen_on: The last day before on which a run saw the table, and `before` in it; None where nobody knows.
    """

    before: date | None
    after: date | None
    seen_on: date
    last_seen_on: date | None = None


class JournalView(Struct, frozen=True):
    """The journal of one workbook as planning and rules see it; an empty one is a first run.

    Attributes:
        workbook_id: The id in force.
        postings: Every reminder sent, filed, failed or unknown, in time order. Rehearsals are not among them.
        attempts: What postings said before a later attempt replaced it: failed, refused or unknown, oldest first.
        first_seen: (编号, due date) → the day that due date was first seen.
        first_due: 编号 → the first due date ever seen.
        due_changes: 编号 → every change of its 完成期限, oldest first.
        inspection_changes: 编号 → every change of its 检查人, 检查日期, 检查结论 and 检查情况, oldest first.
        completion_changes: 编号 → every change of its 实际完成日期, oldest first.
        approval_changes: 编号 → every change of its 批准人, 批准日期, 批准结论 and 批准凭证, oldest first.
        plans_seen: 编号 → its 计划编号 in the last snapshot; none for a blank.
        plan_changes: 编号 → every change of its 计划编号, oldest first.
        letters_in_week: (person, ISO week 2026-W47) → letters sent besides M1.
        welcomed: Persons who got their 首次启用汇总.
        numbers: 编号 of the last snapshot (WB04); empty before the first.
        needs: 登记编号 of the last snapshot, and of those that vanished in the month before (XR11).
        columns: Keys of the tracker's columns and of the sheets with rows (`kept_sheets`) in the last snapshot, and of
            those that vanished in the month before.
        auto_cells: (编号, 〔自动〕 key) → what the last refresh wrote (WB07).
        approved: 编号 → (措施内容, 原完成期限) as first seen after its approval (AP11).
        handed_over: 编号 → the changes of 责任人 and 责任部门 seen so far, oldest first (AP11).
        handovers: What `handover` wrote and was not taken back, oldest first (AP11).
        put_back: When the version that the workbook is again was there, ISO (WB07); "" where it is no earlier one.
        displaced: That columns stand beside other 编号 than in the last snapshot, in Chinese; "" where none does.
        shared: That another file beside it is kept under its id, and what to do, in Chinese; "" where none is.
        archived: It is of an archived year: what runs saw later, they saw of the workbook that followed, so nothing of
            it can be missing here, nor be older than what was written.
        reminding: False while nobody was ever reminded: the duty isn't on record yet, and its rules are 未启用.
        changed_on: 编号 → the last day any human cell of the row was seen changed (DO06).
        printed_numbers: 编号 → the number that the newest final report of that action prints (AR10).
        chain_head: Hash of the journal's last link dated before T, for papers and manifests; "" without one.
    """

    workbook_id: str = ""
    postings: tuple[Posting, ...] = ()
    attempts: tuple[Posting, ...] = ()
    first_seen: Mapping[tuple[str, date], date] = field(default_factory=dict)
    first_due: Mapping[str, date] = field(default_factory=dict)
    due_changes: Mapping[str, tuple[DueChange, ...]] = field(default_factory=dict)
    inspection_changes: Mapping[str, tuple[FieldChange, ...]] = field(default_factory=dict)
    completion_changes: Mapping[str, tuple[FieldChange, ...]] = field(default_factory=dict)
    approval_changes: Mapping[str, tuple[FieldChange, ...]] = field(default_factory=dict)
    plans_seen: Mapping[str, str] = field(default_factory=dict)
    plan_changes: Mapping[str, tuple[FieldChange, ...]] = field(default_factory=dict)
    letters_in_week: Mapping[tuple[str, str], int] = field(default_factory=dict)
    welcomed: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    auto_cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    approved: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    changed_on: Mapping[str, date] = field(default_factory=dict)
    handed_over: Mapping[str, tuple[FieldChange, ...]] = field(default_factory=dict)
    handovers: tuple[Applied, ...] = ()
    reminding: bool = True
    printed_numbers: Mapping[str, str] = field(default_factory=dict)
    chain_head: str = ""
    put_back: str = ""
    displaced: str = ""
    shared: str = ""
    archived: bool = False


NO_JOURNAL = JournalView()
"""What is known where no run has kept anything: reminders by hand may have been made all the same."""

RESULT_WORDS = {
    SENT: "已发送",
    FILED: "已存发件箱",
    FAILED: "发送失败",
    REFUSED: "服务器拒收",
    WITHHELD: "拒发",
    UNKNOWN: "结果不明",
    SENDING: "发送中",
}
"""What 提醒台账 prints under 结果."""
OUTBOX, SMTP, CHAT = "outbox", "smtp", "chat"
TRANSPORT_WORDS = {OUTBOX: "发件箱", SMTP: "邮件", CHAT: "群机器人"}
"""What 提醒台账 prints under 方式."""
