"""The letter of a person carries what waits for them as a slip, when 参数 says so; it comes back through collect."""

from __future__ import annotations

import email
from datetime import date
from email.policy import default
from io import BytesIO

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.slip_making import slips_of_letters
from capa_xl.app.use_cases.collect import collect
from capa_xl.model.as_of import AsOf
from capa_xl.model.letter import Letter, LetterSlip
from capa_xl.model.procedure import Procedure
from capa_xl.policy.slips import questions_for
from capa_xl.policy.viewing import view_register
from capa_xl.reports.joint_letter import joint_letter
from tests.app.desks import desk_at
from tests.app.office import DAY, SETTINGS, Office, with_mail, workbook
from tests.effects.mail_server import Script, letter_to, make_certificates, port_of, serve
from tests.policy.registers import PEOPLE, planned
from tests.policy.registers import view as row_view

ATTACHED = (
    SETTINGS.rstrip()
    + """
    随信附填报表  是
"""
)
TRACKER = """
    编号   措施内容  责任人  责任部门  登记日期    批准日期    批准结论  开始日期    完成期限    实施情况  实际完成日期
    GJ-01  换硬盘    样例甲  网络部    2026-01-05  2026-01-06  同意      2026-01-07  2026-04-30
"""


@pytest.fixture
def table(tmp_path):
    return workbook(tmp_path / "表.xlsx", TRACKER, 参数=ATTACHED)


def slips_of(done) -> dict[str, LetterSlip]:
    return {letter.recipient: slip for letter in done.letters for slip in letter.slips}


def filled(slip_blob: bytes, answers: dict[str, object]) -> bytes:
    book, stream = openpyxl.load_workbook(BytesIO(slip_blob)), BytesIO()
    lines = book["填报表"]
    for row in range(5, lines.max_row + 1):
        if lines.cell(row, 6).value in answers:
            lines.cell(row, 8).value = answers[lines.cell(row, 6).value]
    book.save(stream)
    return stream.getvalue()


def test_no_letter_carries_a_slip_unless_the_workbook_says_so(tmp_path):
    done = Office().remind(workbook(tmp_path / "表.xlsx", TRACKER))
    assert (len(done.letters), slips_of(done)) == (2, {})


def test_who_has_something_to_fill_gets_it_with_the_letter_which_says_so(table):
    letters = {letter.recipient: letter for letter in Office().remind(table).letters}
    (slip,) = letters["样例甲"].slips
    assert (slip.cells, slip.file_name.isascii(), len(slip.blob) < 10_000) == (2, True, True)
    assert f"随信附填报表 {slip.file_name}（2 格）" in letters["样例甲"].text
    assert slip.file_name in letters["样例甲"].html


def test_a_head_gets_the_slip_of_the_department_and_the_same_letter_has_the_same_bytes(table):
    first, second = slips_of(Office().remind(table)), slips_of(Office().remind(table))
    assert first == second
    assert {name: _title(slip) for name, slip in first.items()} == {
        "样例甲": "样例甲 填报表（2026-03-31）",
        "样例经": "网络部 填报表（2026-03-31）",
    }
    assert len({slip.file_name for slip in first.values()}) == 2


def _title(slip: LetterSlip) -> object:
    return openpyxl.load_workbook(BytesIO(slip.blob))["填报表"]["A1"].value


def test_who_is_only_told_gets_none(table):
    opened = open_tracker(desk_at(table, DAY))
    duty = next(le.duties[0] for le in Office().remind(table).letters if le.recipient == "样例甲")
    view = view_register(opened.register, AsOf(DAY, DAY))
    assert set(slips_of_letters(view, [duty], "W1")) == {"样例甲"}
    assert slips_of_letters(view, [replace(duty, informed=True)], "W1") == {}


def test_a_head_who_is_the_deputy_of_another_gets_what_waits_for_that_one_too(table):
    """The letter asks for both, and the slip of his own department held one."""
    duty = next(le.duties[0] for le in Office().remind(table).letters if le.recipient == "样例甲")
    term = {"deputy": "样例乙", "deputy_from": "2026-03-01", "deputy_to": "2026-03-31"}
    away = [one | (term if one["name"] == "样例甲" else {}) for one in PEOPLE]
    rows = (planned(number="GJ-1", owning_department="网络部"), planned(number="GJ-2"))
    view = row_view(*rows, on="2026-03-02", people=away, procedure=Procedure(attaches_slip=True))
    waiting = [replace(duty, key=replace(duty.key, number=number, recipient="样例乙")) for number in ("GJ-1", "GJ-2")]
    (slip,) = slips_of_letters(view, waiting, "W1").values()
    own = {(one.number, one.key) for one in questions_for(view, "样例乙", lambda _: ())[0]}
    asked = own | {(one.number, one.key) for one in questions_for(view, "网络部", lambda _: ())[0]}
    assert {number for number, _ in asked} == {"GJ-1", "GJ-2"}
    assert (_title(slip), slip.cells, slip.others) == ("网络部 填报表（2026-03-02）", len(asked), ())


def test_a_slip_goes_over_smtp_and_comes_back_through_collect(table, tmp_path):
    script, certificates = Script(), make_certificates(tmp_path / "ca")
    server = serve(script, certificates.context())
    try:
        Office(with_mail(port_of(server), certificates)).remind(table, send=True)
    finally:
        server.stop()
    messages = {address: email.message_from_bytes(blob, policy=default) for address, blob in script.accepted}
    attached = {part.get_filename(): part for part in messages["jia@corp.example"].iter_attachments()}
    (name,) = (name for name in attached if name.endswith(".xlsx"))
    assert attached[name].get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    back = tmp_path / "发回"
    back.mkdir()
    (back / name).write_bytes(filled(attached[name].get_content(), {"实施情况": "换了 12 块", "实际完成日期": DAY}))
    found = collect(desk_at(table, DAY), back, apply=True)
    assert [(p.cell, p.after) for p in found.collected.proposals] == [("J2", "换了 12 块"), ("K2", DAY)]
    assert found.written


def test_the_slip_of_a_rehearsal_is_taken_by_no_run(table, tmp_path):
    done = Office().remind(table, today=date(2026, 3, 30), send=True)
    back = tmp_path / "发回"
    back.mkdir()
    (back / "一.xlsx").write_bytes(filled(slips_of(done)["样例甲"].blob, {"实施情况": "换了 12 块"}))
    (refused,) = collect(desk_at(table, DAY), back).collected.rejected
    assert "没有发出过这样一份填报表" in refused.reason


def test_a_joint_letter_carries_the_slips_of_all_its_workbooks():
    def part(mark: str) -> tuple[str, Letter]:
        slip = LetterSlip(f"slip-{mark}.xlsx", b"", 1, mark, mark, ())
        return f"{mark}.xlsx", replace(letter_to("jia@corp.example", f"<{mark}@corp.example>"), slips=(slip,))

    joint = joint_letter([part("a"), part("b")])
    assert [slip.file_name for slip in joint.slips] == ["slip-a.xlsx", "slip-b.xlsx"]
