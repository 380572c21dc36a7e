"""AR: documents revised, report written and kept (4.5.2, 4.5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from capa_xl.model import words
from capa_xl.model.edition import CURE_OF_A_NUMBER, changed_number
from capa_xl.model.problem import Hit
from capa_xl.model.records import Revision
from capa_xl.policy.action_state import is_refused
from capa_xl.policy.beside_the_row import blank_of_signature, headings_of
from capa_xl.policy.rules.message_words import SETTINGS, settings_sheet, some
from capa_xl.policy.rules.rule import E, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.weights import graced

GRACE = 10
"""Working days after confirmation to register the documents to revise."""
_PATH = re.compile(r"[/\\]|\.[A-Za-z]{2,5}$")


def looks_like_a_path(location: str) -> bool:
    """True for a 归档位置 that names a file: a separator or a suffix; a shelf or a cabinet does not."""
    return bool(_PATH.search(location.strip()))


def _revision_unanswered(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        settled = it.is_effective or it.action.number in given.view.inputs.accepted_effects
        if settled and it.confirmed_on is not None and it.action.needs_revision is None:
            yield given.hit(it.action, "needs_revision")


def _no_revision_row(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        if not it.action.needs_revision or given.view.revisions.get(it.action.number):
            continue
        since = it.confirmed_on
        in_grace = since is None or given.on <= given.view.calendar.add(since, GRACE)
        mild = in_grace or given.view.procedure.is_old(since)
        yield graced(given.hit(it.action, "needs_revision", W if mild else None), in_grace)


def _revision_denied(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.needs_revision is not False:
            continue
        wanted = [r for r in given.view.revisions.get(action.number, ()) if not is_refused(r)]
        if wanted:
            names = [row.document_name or row.document_number or f"第 {row.row} 行" for row in wanted]
            yield given.hit(action, "needs_revision", v=some(names))


def _revised_unapproved(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        for row in given.view.revisions.get(action.number, ()):
            if row.revised_on is not None and row.approval != words.AGREED:
                key, told = _lacking_approval(given, row)
                name = row.document_number or row.document_name or ""
                yield given.hit_on("revisions", row, key, row.number, v=name, d=str(row.revised_on), **told)


def _lacking_approval(given: RuleInputs, row: Revision) -> tuple[str, dict[str, Any]]:
    """The cell at fault, and what the cure names: the blank cells, a signature in the future, or a refusal."""
    if row.approval is not None:
        return "approval", {"which": row.approval}
    table = given.table("revisions")
    blank = [key for key in blank_of_signature(given.view.inputs, row) if table is None or key in table.columns]
    if not blank:
        return "approved_on", {"what": "批准日期"}
    return blank[0], {"missing": headings_of(Revision, blank)}


def _archive_incomplete(given: RuleInputs) -> Iterator[Hit]:
    stages, columns = given.view.stages, given.tracker.columns
    confirmed = {it.action.number: it.confirmed_on for it in given.concluded if it.effect or it.confirmed_on}
    for action, _ in given.live:
        if action.archived_on is None:
            continue
        if stages.confirmation:
            day = confirmed.get(action.number)
            if action.number not in confirmed or (day is not None and action.archived_on < day):
                what = f"归档日期 {action.archived_on} 早于确认日期 {day}" if day else "已归档而没有确认"
                yield given.hit(action, "archived_on", what=what)
        if "report_number" in columns and not action.report_number:
            yield given.hit(action, "report_number", W, what="报告编号空白")


def _archived_late(given: RuleInputs) -> Iterator[Hit]:
    """What isn't archived yet and late is Y8's."""
    limit = given.view.procedure.limit_archiving
    for it in given.concluded:
        archived_on, since = it.action.archived_on, it.confirmed_on
        if archived_on is None or since is None or not it.is_effective:
            continue
        if archived_on > (due := given.view.calendar.add(since, limit)):
            settings = settings_sheet(given.view.register)
            yield given.hit(it.action, "archived_on", v=str(archived_on), d=str(due), settings=settings)


def _file_gone(given: RuleInputs) -> Iterator[Hit]:
    found = given.papers.found if given.papers is not None else {}
    gone = {location for location, is_there in found.items() if not is_there and looks_like_a_path(location)}
    for action, _ in given.live:
        if (location := action.archive_location) in gone:
            yield given.hit(action, "archive_location", f=location or "")


def _report_outdated(given: RuleInputs) -> Iterator[Hit]:
    stale = given.papers.stale if given.papers is not None else {}
    at = given.first_column("report_number", "archive_location", "archived_on", "number")
    for action, _ in given.live:
        if (fields := stale.get(action.number)) is not None:
            yield given.hit(action, at, v=fields)


def _report_number_twice(given: RuleInputs) -> Iterator[Hit]:
    """At every row but the first that has the number, in an archive or here."""
    own = given.view.by_number
    first: dict[str, str] = {}
    for action, _ in given.live_anywhere:
        number = (action.report_number or "").strip()
        if number and first.setdefault(number, action.number) != action.number and action.number in own:
            yield given.hit(own[action.number], "report_number", v=number, other=first[number])


def _report_number_changed(given: RuleInputs) -> Iterator[Hit]:
    """The paper on the shelf keeps the number that it was signed with: by another nobody finds it (4.5.2)."""
    numbers = given.journal.printed_numbers if given.journal is not None else {}
    for action, _ in given.live if numbers else ():
        printed = numbers.get(action.number, "")
        if printed and (now := changed_number(printed, action.report_number)):
            yield given.hit(action, "report_number", v=now, printed=printed)


AR01 = Rule(
    "AR01", "4.5.3", E, "确认有效以后没有回答是否涉及文件修订",
    "未判断是否需修订文件",
    "是否涉及文件修订填“是”或“否”",
    _revision_unanswered, ("needs_revision", "effect|confirmations:effect", "confirmed_on|confirmations:confirmed_on"),
)  # fmt: skip
AR02 = Rule(
    "AR02", "4.5.3", E, "涉及文件修订，《文件修订》中没有对应的行（确认后 10 个工作日内，启用、接管以前确认的：警告）",
    "未提出文件修改意见",
    "在《文件修订》新增一行，写明文件、条款和修改意见",
    _no_revision_row, ("needs_revision", "revisions:"), also=(W,), curable=True,
)  # fmt: skip
AR03 = Rule(
    "AR03", "4.5.3", E, "文件修订完成而没有批准",
    "文件修订未经批准：{v} 已于 {d} 修订",
    "⟦补填空着的{missing}⟧⟦结论是{which}：照原样的，恢复文件，清空修订完成日期；重新批准了的，改写批准人、批准日期、结论⟧"
    "⟦{what}在将来，改为实际日期⟧",
    _revised_unapproved, ("revisions:revised_on", "revisions:approval"),
    in_general={"missing": "批准人、批准日期、结论"},
)  # fmt: skip
AR04 = Rule(
    "AR04", "4.5.2", E, "归档早于确认（错误）；已归档而没有报告编号（警告）",
    "报告/归档信息不完整：{what}",
    "补齐，或先确认再归档",
    _archive_incomplete, ("archived_on",), also=(W,), reads=("confirmed_on",),
)  # fmt: skip
AR05 = Rule(
    "AR05", "4.5.2", W, "归档位置写的是文件，而文件不在（相对路径从工作簿所在文件夹算起）",
    "归档文件不存在：{f}",
    "改归档位置，或把文件放回原处",
    _file_gone, ("archive_location", "+papers"),
)  # fmt: skip
AR06 = Rule(
    "AR06", "4.5.2", W, "报告归档以后，跟踪表中这一行又改了（归档、取消各栏和修订完成日期、新版本后填，不算）",
    "报告与跟踪表不一致，请重新生成⟦：{v}⟧",
    "重新生成报告并替换归档",
    _report_outdated, ("+papers",),
)  # fmt: skip
AR07 = Rule(
    "AR07", "4.5.3", E, "是否涉及文件修订为“否”，《文件修订》中却有本项（不同意并写明理由的不算）",
    "填了“否”，《文件修订》中却有本项：{v}",
    "改为“是”，或在该行签“不同意”（批准人、批准日期、结论）并写理由",
    _revision_denied, ("needs_revision", "revisions:"),
)  # fmt: skip
AR08 = Rule(
    "AR08", "4.5.2", W, "确认有效以后没有及时归档：归档日期晚于报告应交日（自查表 R70 按待整改计）",
    "归档日期 {v} 晚于报告应交日 {d}",
    "核对日期；确实超时的⟦，或后来改短了{settings}限期的⟧，写《例外说明》",
    _archived_late, ("archived_on", "confirmed_on|confirmations:confirmed_on"),
    in_general={"settings": SETTINGS},
)  # fmt: skip
AR09 = Rule(
    "AR09", "", W, "两项措施写着同一个报告编号",
    "报告编号「{v}」与 {other} 的相同",
    "核对报告编号：各项写自己的报告的编号",
    _report_number_twice, ("report_number",),
)  # fmt: skip
AR10 = Rule(
    "AR10", "4.5.2", W, "报告定稿以后，跟踪表的报告编号改成了别的",
    "报告编号「{v}」与定稿印的 {printed} 不同",
    CURE_OF_A_NUMBER,
    _report_number_changed, ("report_number", "+journal"), curable=True,
    in_general={"printed": "定稿印的编号"},
)  # fmt: skip
