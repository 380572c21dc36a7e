from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.effects import mail_trouble
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import DueChange, JournalView, Posting
from capa_xl.model.letter import JournalKey
from capa_xl.model.procedure import Procedure
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.reminders.month_ahead_kpi import month_ahead_figures
from capa_xl.policy.reminders.posted import Posted, is_of_former_address
from capa_xl.policy.viewing import view_register
from tests.policy.rules.struck import PEOPLE, checked, problem, register_of, struck

GONG = "gong@yangli-ops.example"
DAYS = ("2026-06-15", "2026-06-16")
"""The last day of GJ-01, and the next."""
ROWS = """
    编号  | 登记日期   | 完成期限   | 实际完成日期
    GJ-01 | 2026-03-02 | 2026-06-15 |
    GJ-02 | 2026-03-02 | 2026-06-15 | 2026-05-14
    GJ-03 | 2026-05-20 | 2026-06-15 |
    GJ-04 | 2026-03-02 | 2026-08-31 |
"""


def posting(number, sent_on, result="sent", error=""):
    key = JournalKey("W", number, "M1", "2026-06-15", "0", "样例工")
    sent = date.fromisoformat(sent_on)
    return Posting(key, result, date(2026, 5, 15), sent, "", "smtp", "", error)


def reminding(*postings, **more):
    """A journal of a job that sends: a server has taken some letter of another row."""
    return JournalView(postings=(*postings, posting("GJ-09", "2026-01-15")), **more)


def test_a_month_ahead_reminder_that_never_went_out_stands_recorded():
    assert struck("LG01", ROWS, journal=reminding()) == ["W C2"]
    assert "应在 2026-05-15 发出，没有发出" in problem("LG01", ROWS, journal=reminding()).message
    assert struck("LG01", ROWS) == "未启用"


def test_while_no_reminder_was_ever_made_nobody_can_tell_as_in_the_self_check_and_the_kpi():
    """Once: 按时提醒率 0/1 in red, LG01 未启用 and R58 未判定, of one and the same workbook."""
    filed = replace(posting("GJ-01", "2026-05-15", "filed"), transport="outbox")
    for journal in (JournalView(), JournalView(postings=(filed,))):
        assert struck("LG01", ROWS, journal=journal) == "未启用"
        view = view_register(register_of(ROWS), AsOf(date(2026, 6, 1), date(2026, 6, 1)))
        assert month_ahead_figures(view, journal) is None
        assert "reminded" in kpi_input_of(view, (), month_ahead_figures(view, journal)).not_in_use


def test_sent_on_the_planned_day_is_in_time_and_a_day_later_is_not():
    assert struck("LG01", ROWS, journal=JournalView(postings=(posting("GJ-01", "2026-05-15"),))) == []
    late = JournalView(postings=(posting("GJ-01", "2026-05-18"),))
    assert "2026-05-18 才补发" in problem("LG01", ROWS, journal=late).message


def test_what_fell_due_before_the_first_letter_names_the_setting_for_it_and_nothing_later_does():
    begun_later = JournalView(postings=(posting("GJ-09", "2026-05-20"),))
    assert "《参数》的“提醒启用日”填启用那一天" in problem("LG01", ROWS, journal=begun_later).fix
    assert "提醒启用日" not in problem("LG01", ROWS, journal=reminding()).fix


def test_duties_before_the_first_day_of_reminders_are_no_miss():
    begins = Procedure(reminders_from=date(2026, 5, 16))
    assert struck("LG01", ROWS, journal=reminding(), procedure=begins) == []


def test_a_date_moved_nearer_is_no_miss_and_one_seen_late_by_the_job_is():
    moved = DueChange(date(2026, 7, 31), date(2026, 6, 15), date(2026, 5, 16))
    assert struck("LG01", ROWS, journal=reminding(due_changes={"GJ-01": (moved,)})) == []
    seen_late = reminding(first_seen={("GJ-01", date(2026, 6, 15)): date(2026, 5, 16)})
    assert struck("LG01", ROWS, journal=seen_late) == ["W C2"]


def test_a_failed_reminder_is_told_until_it_succeeds():
    failed = posting("GJ-01", "2026-05-15", "failed", "550 no such user")
    assert struck("LG02", ROWS, journal=JournalView(postings=(failed,))) == ["W C2"]
    assert "550 no such user" in problem("LG02", ROWS, journal=JournalView(postings=(failed,))).message
    again = (failed, posting("GJ-01", "2026-05-18"))
    assert struck("LG02", ROWS, journal=JournalView(postings=again)) == []


def test_a_refused_address_is_told_whole_with_one_cure_at_the_cell_of_the_address():
    words = mail_trouble.address_refused("gong@yangli-ops.example", 550, "no such user")
    journal = JournalView(postings=(posting("GJ-01", "2026-05-15", "failed", words),))
    assert struck("LG02", ROWS, journal=journal) == ["W 人员部门!D6"]
    told = problem("LG02", ROWS, journal=journal)
    refusal = "服务器拒收 gong@yangli-ops.example（原文：550 no such user）"
    assert told.message == f"提醒发送失败：{refusal}（GJ-01 提前一个月提醒，收件人 样例工）"
    assert told.fix == "请在《人员部门》核对邮箱；改了立即再发，没改的每周试一次；仍不成的，核对邮箱/服务器后重发"
    assert told.number == "GJ-01"


def refused_and_then_no_server():
    words = mail_trouble.address_refused(GONG, 550, "no such user")
    refused = replace(posting("GJ-01", "2026-05-15", "refused", words), sent_on=None, tried_on=date(2026, 5, 15))
    words = mail_trouble.not_there("smtp.corp.example", 465, "timed out")
    failed = replace(posting("GJ-01", "2026-05-15", "failed", words), sent_on=None, tried_on=date(2026, 5, 18))
    return JournalView(postings=(failed,), attempts=(refused,))


def test_a_day_without_a_server_hides_no_refused_address():
    journal = refused_and_then_no_server()
    assert struck("LG02", ROWS, journal=journal) == ["W 人员部门!D6"]
    assert Posted.of(journal, date(2026, 5, 19)).refusal("样例工", GONG).startswith(f"服务器拒收 {GONG}")
    later = replace(posting("GJ-02", "2026-05-19"), tried_on=None)
    assert Posted.of(replace(journal, postings=(*journal.postings, later)), date(2026, 5, 19)).refused == {}


def test_of_an_address_that_was_put_right_nobody_is_asked_again():
    refused = refused_and_then_no_server().attempts[0]
    people = PEOPLE.replace("gong@", "gong2@")
    told = problem("LG02", ROWS, journal=JournalView(postings=(refused,)), people=people)
    assert (told.sheet, told.cell) == ("改进计划跟踪表", "C2")
    assert told.fix.startswith("邮箱已经改了，还要提醒的会再发；不再有提醒的，在《例外说明》写明")
    assert is_of_former_address(refused, ["gong2@yangli-ops.example"])
    assert not is_of_former_address(refused, [GONG]) and not is_of_former_address(refused, [""])


@pytest.mark.parametrize(("box", "how"), [("gong@", "核对邮箱/服务器；"), ("gong2@", "")])
def test_a_letter_that_is_never_due_again_is_not_promised(box, how):
    """The measure was done: nobody is told of its deadline any more."""
    words = mail_trouble.address_refused(GONG, 550, "no such user")
    refused = replace(posting("GJ-01", "2026-05-15", "refused", words), sent_on=None, tried_on=date(2026, 5, 15))
    done = ROWS.replace("GJ-01 | 2026-03-02 | 2026-06-15 |", "GJ-01 | 2026-03-02 | 2026-06-15 | 2026-05-20")
    told = problem("LG02", done, journal=JournalView(postings=(refused,)), people=PEOPLE.replace("gong@", box))
    assert told.fix.split("；没有工作表")[0] == f"{how}这一项不再发这种提醒，在《例外说明》写明"


def test_a_server_that_is_not_there_is_no_fault_of_an_address():
    words = mail_trouble.not_there("smtp.corp.example", 465, "timed out")
    journal = JournalView(postings=(posting("GJ-01", "2026-05-15", "failed", words),))
    assert struck("LG02", ROWS, journal=journal) == ["W C2"]
    assert "→" not in problem("LG02", ROWS, journal=journal).message


def test_a_repeat_of_a_later_week_settles_it_and_an_outbox_does_not():
    failed = posting("GJ-01", "2026-05-15", "failed", "550 no such user")
    filed = replace(failed, result="filed", transport="outbox")
    assert struck("LG02", ROWS, journal=JournalView(postings=(failed, filed))) == ["W C2"]
    repeat = replace(failed.key, occurrence="2026-W21")
    arrived = replace(failed, key=repeat, result="sent")
    assert struck("LG02", ROWS, journal=JournalView(postings=(failed, arrived))) == []
    assert struck("LG02", ROWS, journal=JournalView(postings=(arrived, failed))) == ["W C2"]
    somebody_else = replace(arrived, key=replace(repeat, recipient="样例甲"))
    assert struck("LG02", ROWS, journal=JournalView(postings=(failed, somebody_else))) == ["W C2"]


def test_a_later_letter_on_the_row_settles_a_refusal_and_an_early_reminder_is_due_no_more_after_its_deadline():
    """Once: an address that took every letter since was asked to be put right for ever."""
    words = mail_trouble.address_refused(GONG, 550, "no such user")
    refused = replace(posting("GJ-01", "2026-05-15", "refused", words), sent_on=None, tried_on=date(2026, 5, 15))
    urged = posting("GJ-01", "2026-06-16")
    urged = replace(urged, key=replace(urged.key, milestone="O1"))
    assert struck("LG02", ROWS, journal=JournalView(postings=(refused, urged)), on="2026-06-17") == []
    fixes = [problem("LG02", ROWS, journal=JournalView(postings=(refused,)), on=on).fix for on in DAYS]
    assert ["例外说明" in fix for fix in fixes] == [False, True]


def test_of_the_letters_that_one_person_was_refused_on_one_action_the_last_is_told():
    """The earlier ones are never sent again, and each promised that it would be."""
    words = mail_trouble.address_refused(GONG, 550, "no such user")
    first = replace(posting("GJ-01", "2026-06-16", "refused", words), sent_on=None, planned_on=date(2026, 6, 16))
    first = replace(first, key=replace(first.key, milestone="O1"))
    second = replace(first, planned_on=date(2026, 6, 23), key=replace(first.key, milestone="O2"))
    other = replace(first, key=replace(first.key, recipient="样例乙"))
    found = checked(ROWS, journal=JournalView(postings=(first, second, other)), on="2026-06-24").problems
    assert sorted(str(p.on) for p in found if p.rule == "LG02") == ["2026-06-16", "2026-06-23"]


def test_what_somebody_had_not_got_is_settled_by_a_later_letter_on_the_row_and_never_asks_to_be_sent_again():
    lost = posting("GJ-01", "2026-05-15", "failed", "本人没有收到")
    lost = replace(lost, sent_on=None, tried_on=date(2026, 5, 15))
    later = posting("GJ-01", "2026-05-18")
    later = replace(later, key=replace(later.key, milestone="O1"))
    assert "例外说明" in problem("LG02", ROWS, journal=JournalView(postings=(lost,))).fix
    assert struck("LG02", ROWS, journal=JournalView(postings=(lost, later))) == []
    before = replace(later, sent_on=date(2026, 5, 15))
    assert struck("LG02", ROWS, journal=JournalView(postings=(before, lost))) == ["W C2"]
