import re
from datetime import date, timedelta
from itertools import chain, repeat

import pytest
from msgspec.structs import replace

from capa_xl.app.shared.due_letters import RemindOptions
from capa_xl.app.shared.first_steps import first_steps
from capa_xl.app.shared.last_pass import SAME
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.workbook_journal import record_elsewhere
from capa_xl.app.use_cases.remind import forecast, remind
from capa_xl.cli.documents.letter_documents import remind_document
from capa_xl.effects.journal import copy_journal
from capa_xl.effects.journal_ledger import ledger_rows
from capa_xl.effects.journal_view import read_view
from capa_xl.effects.run_lock import only_run
from capa_xl.errors import BadTemplate, JournalUnusable, SettingsError, WorkbookLocked
from capa_xl.model.columns import columns_of
from capa_xl.model.records import LedgerRow
from capa_xl.reports.letter_templates import compile_templates
from capa_xl.settings.secrets import Secret
from capa_xl.settings.values import MailSettings, Settings
from tests.app.desks import desk_at
from tests.app.office import DAY, PEOPLE, TRACKER, Office, letters_to, with_mail, workbook
from tests.effects.mail_server import port_of, serve

NEXT_DAY = date(2026, 4, 1)
BOTH = ["jia@corp.example", "jing@corp.example"]


@pytest.fixture
def table(tmp_path):
    return workbook(tmp_path / "表.xlsx")


@pytest.fixture
def mailing(script, certificates):
    server = serve(script, certificates.context())
    yield Office(with_mail(port_of(server), certificates))
    server.stop()


def view_of(table, transport="outbox"):
    with copy_journal(table.parent / ".capa_xl") as conn:
        return read_view(conn, "W1", transport)


def accepted(script):
    return sorted(address for address, _ in script.accepted)


def test_without_send_nothing_is_written(table):
    done = Office().remind(table)
    assert letters_to(done) == BOTH
    assert [p.name for p in table.parent.iterdir()] == ["表.xlsx"]


def test_letters_are_filed_once_and_a_second_run_sends_nothing(table):
    first, second = Office().remind(table, send=True), Office().remind(table, send=True)
    assert (first.delivery.sent, first.already_sent, first.already_filed) == (2, 0, 0)
    assert (second.delivery.sent, second.already_sent, second.already_filed) == (0, 0, 2)
    assert len(list((table.parent / ".capa_xl/outbox/2026-03-31").glob("*.eml"))) == 2


def test_the_plan_after_sending_leaves_out_what_was_sent(table):
    Office().remind(table, send=True)
    done = Office().remind(table)
    assert (done.letters, done.already_sent, done.already_filed) == ((), 0, 2)


def test_the_json_document_has_its_keys(table):
    document = remind_document(Office().remind(table))
    assert document["sent"] == document["already_sent"] == document["already_filed"] == 0
    letter = document["letters"][0]
    assert set(letter) == {"to", "cc", "subject", "message_id", "items"}
    assert letter["items"] == [
        {
            "number": "GJ-01",
            "milestone": "M1",
            "milestone_name": "提前一个月提醒",
            "due_on": date(2026, 4, 30),
            "planned_on": date(2026, 3, 30),
            "late": True,
        }
    ]


def test_a_rehearsal_is_filed_once_a_day_and_unseen_by_the_real_run(table):
    office = Office()
    first = office.remind(table, today=date(2026, 3, 1), send=True)
    again = office.remind(table, today=date(2026, 3, 1), send=True)
    real = office.remind(table, send=True)
    assert [d.delivery.sent for d in (first, again, real)] == [2, 0, 2]
    assert (first.rehearsal, again.already_filed, real.already_filed) == (True, 2, 0)
    assert {p.result for p in view_of(table).postings} == {"filed"}


def test_a_rehearsal_goes_to_the_outbox_even_when_mail_is_configured(table, mailing, script):
    done = mailing.remind(table, today=date(2026, 3, 1), send=True)
    assert (done.delivery.sent, done.transport, script.accepted) == (2, "outbox", [])


def test_a_rehearsal_gives_the_same_bytes_every_time(tmp_path):
    files = []
    for name in ("a", "b"):
        table = workbook(tmp_path / name / "表.xlsx")
        Office().remind(table, today=date(2026, 3, 1), send=True)
        files.append({p.name: p.read_bytes() for p in (tmp_path / name / ".capa_xl/outbox").rglob("*.eml")})
    assert files[0] == files[1] != {}


def test_letters_go_over_smtp_and_are_on_record_as_sent(table, mailing, script):
    done = mailing.remind(table, send=True)
    assert (done.delivery.sent, done.transport) == (2, "smtp")
    assert accepted(script) == BOTH
    assert {(p.result, p.sent_on, p.counts) for p in view_of(table, "smtp").postings} == {("sent", DAY, True)}
    assert mailing.remind(table, send=True).delivery.sent == 0


def test_what_was_only_filed_is_sent_once_mail_is_configured(table, mailing, script):
    Office().remind(table, send=True)
    mailing.remind(table, NEXT_DAY, send=True)
    assert accepted(script) == BOTH


def after(days):
    return DAY + timedelta(days=days)


def test_a_refused_address_is_named_every_day_and_tried_again_after_a_week(table, mailing, script):
    script.at_rcpt["jia@corp.example"] = ["550 no such user"]
    first = mailing.remind(table, send=True)
    assert not first.delivery.is_clean
    assert [letter.address for letter, _ in first.delivery.letters("refused")] == ["jia@corp.example"]
    for days in (1, 6):
        later = mailing.remind(table, after(days), send=True)
        assert (later.delivery.is_clean, later.delivery.sent) == (True, 0)
        assert later.plan.refused == ("样例甲：服务器拒收 jia@corp.example（原文：550 no such user），2026-04-07 再试",)
    assert accepted(script) == ["jing@corp.example"]
    assert mailing.remind(table, after(7), send=True).delivery.sent == 1
    assert accepted(script) == ["jia@corp.example", "jing@corp.example"]
    assert mailing.remind(table, after(8), send=True).plan.refused == ()


def test_a_corrected_address_is_tried_at_once(table, mailing, script):
    script.at_rcpt["jia@corp.example"] = ["550 no such user"]
    mailing.remind(table, send=True)
    workbook(table, TRACKER, 人员部门=PEOPLE.replace("jia@", "jia2@"))
    assert mailing.remind(table, NEXT_DAY, send=True).delivery.sent == 1
    assert accepted(script) == ["jia2@corp.example", "jing@corp.example"]


def test_a_refused_address_fails_the_day_it_was_tried_and_no_other(table, mailing, script):
    script.at_rcpt["jia@corp.example"] = ["550 no such user"] * 2
    passes = [mailing.daily(table, on=after(days))[0] for days in (0, 1, 6, 7, 8)]
    assert [one.exit_code for one in passes] == [25, 0, 0, 25, 0]
    assert "服务器拒收 jia@corp.example" in passes[0].words
    assert "拒发：样例甲：服务器拒收 jia@corp.example（原文：550 no such user），2026-04-07 再试" in passes[1].words
    log = next(table.parent.rglob("*.log")).read_text("utf-8")
    assert log.count("2026-04-07 再试") == 2


def test_whom_the_server_refused_is_said_as_long_as_it_lasts_be_there_nothing_new(table, mailing, script):
    script.at_rcpt["jia@corp.example"] = ["550 no such user"]
    passes = [mailing.daily(table, on=after(days))[0] for days in (0, 1, 1)]
    assert [SAME in one.words for one in passes] == [False, False, True]
    assert all("拒发：样例甲：服务器拒收 jia@corp.example" in one.words for one in passes[1:])


def test_an_unknown_fate_is_listed_and_sent_again_only_when_asked_for(table, mailing, script):
    script.at_data["jia@corp.example"] = ["drop"]
    mailing.remind(table, send=True)
    again = mailing.remind(table, NEXT_DAY, send=True)
    assert (again.delivery.sent, {p.key.recipient for p in again.unknown}) == (0, {"样例甲"})
    asked = mailing.remind(table, NEXT_DAY, send=True, resend_unknown=True)
    assert asked.delivery.sent == 1
    assert accepted(script) == BOTH


def test_a_bad_password_stops_the_run_before_the_second_letter(table, certificates, script):
    server = serve(script, certificates.context())
    try:
        office = Office(with_mail(port_of(server), certificates, secret=Secret("env:PW", environ={"PW": "wrong"})))
        delivery = office.remind(table, send=True).delivery
    finally:
        server.stop()
    assert (len(delivery.fates), len(delivery.held_back)) == (1, 1)
    assert "授权码" in delivery.stopped


def test_an_absent_secret_is_a_settings_error_and_nothing_is_on_record(table, certificates):
    office = Office(with_mail(1, certificates, secret=Secret("env:PW")))
    with pytest.raises(SettingsError):
        office.remind(table, send=True)
    assert view_of(table, "smtp").postings == ()


def test_max_send_caps_a_run_and_the_rest_goes_next_time(table):
    first = Office().remind(table, send=True, max_send=1)
    assert (first.delivery.sent, len(first.delivery.held_back)) == (1, 1)
    assert Office().remind(table, send=True).delivery.sent == 1


def test_the_cap_of_the_settings_counts_for_mail_and_not_for_files(table, mailing, script):
    assert Office(Settings(mail=MailSettings(max_send=1))).remind(table, send=True).delivery.sent == 2
    capped = replace(mailing.settings, mail=replace(mailing.settings.mail, max_send=1))
    assert Office(capped).remind(table, NEXT_DAY, send=True).delivery.sent == 1


def test_other_domains_are_refused(tmp_path):
    tracker = TRACKER.replace("网络部", "系统部")
    office = Office(Settings(mail=MailSettings(allowed_domains=("corp.example",))))
    done = office.remind(workbook(tmp_path / "表.xlsx", tracker))
    assert letters_to(done) == ["jia@corp.example"]
    assert remind_document(done)["refused"] == ["样例系 <xi@elsewhere.example>"]


def test_a_person_without_usable_address_is_named(tmp_path):
    tracker = TRACKER.replace("样例甲", "样例无")
    document = remind_document(Office().remind(workbook(tmp_path / "表.xlsx", tracker)))
    assert "样例无" in str(document["unreachable"]) + str(document["refused"])


def test_a_lost_journal_is_rebuilt_from_the_ledger_sheet_and_nothing_is_sent_again(table, mailing, script):
    mailing.remind(table, send=True)
    rows = [[getattr(row, column.key) for column in columns_of(LedgerRow)] for row in ledger_rows(view_of(table))]
    header = [column.header for column in columns_of(LedgerRow)]
    elsewhere = workbook(table.parent / "new" / "表.xlsx", 提醒台账=[header, *rows])
    (said,) = record_elsewhere(open_tracker(desk_at(elsewhere, NEXT_DAY)))
    assert said.startswith("《提醒台账》有 2 条以前的提醒，") and ".capa_xl 整个文件夹复制到这里" in said
    assert said in [step.words for step in first_steps(desk_at(elsewhere, NEXT_DAY)) if step.is_trouble]  # of doctor
    assert record_elsewhere(open_tracker(desk_at(table, NEXT_DAY))) == ()
    done = mailing.remind(elsewhere, NEXT_DAY, send=True)
    assert (done.rebuilt, done.delivery.sent) == (2, 0)
    assert record_elsewhere(open_tracker(desk_at(elsewhere, NEXT_DAY))) == ()  # it has a journal now
    assert accepted(script) == BOTH
    again = workbook(table.parent / "again" / "表.xlsx", 提醒台账=[header, *rows])
    told = ["里却没有台账" in served.words for _ in "12" for served in mailing.daily(again, on=NEXT_DAY)]
    assert (told, accepted(script)) == ([True, False], BOTH)  # a second pass of the day doesn't say it either


def test_a_workbook_without_id_gets_one_by_its_file_name_and_says_so(tmp_path):
    table = workbook(tmp_path / "表.xlsx", 参数="")
    first = Office().remind(table, send=True)
    assert first.assigned_id
    assert Office().remind(table, send=True).delivery.sent == 0


def test_a_damaged_journal_sends_nothing(table):
    state = table.parent / ".capa_xl"
    state.mkdir()
    (state / "journal.db").write_bytes(b"?" * 5000)
    with pytest.raises(JournalUnusable):
        Office().remind(table, send=True)
    assert not (state / "outbox").exists()


def test_two_sending_runs_do_not_overlap(table):
    with only_run(table.parent / ".capa_xl", table), pytest.raises(WorkbookLocked):
        Office().remind(table, send=True)


def test_a_wish_to_stop_ends_the_run_after_the_letter_in_hand(table):
    office = Office()
    answers = chain([True], repeat(False))
    world = replace(office.world(), go_on=lambda: next(answers))
    done = remind(replace(office.desk(table), world=world), RemindOptions(send=True))
    assert (done.delivery.sent, len(done.delivery.held_back)) == (1, 1)


def test_a_due_date_learned_late_is_short_notice_and_not_late(table):
    Office().remind(table, date(2026, 3, 1), send=True)
    workbook(table, TRACKER.replace("2026-04-30", "2026-04-10"))
    items = remind_document(Office().remind(table, send=True))["letters"][0]["items"]
    assert [(item["milestone"], item["planned_on"], item["late"]) for item in items] == [("M1", DAY, False)]
    assert {posting.counts for posting in view_of(table).postings} == {False}


def test_the_forecast_names_the_days_to_come_and_writes_nothing(table):
    days = list(forecast(Office().desk(table, date(2026, 3, 1)), date(2026, 4, 30)))
    assert date(2026, 3, 30) in [day for day, _ in days]
    assert [p.name for p in table.parent.iterdir()] == ["表.xlsx"]


@pytest.mark.parametrize(("text", "fault"), [
    ("{% for %}", r"信件模板 letter\.txt\.j2 第 1 行写法有误"),
    ("{ { letter.recipient }}，您好", r"信件模板 letter\.txt\.j2 第 1 行「.*」标签没有写完整：\{ \{"),
])  # fmt: skip
def test_an_own_template_that_is_broken_is_told_on_a_day_without_letters_too(table, tmp_path, text, fault):
    own = tmp_path / "own" / "letters"
    own.mkdir(parents=True)
    (own / "letter.txt.j2").write_text(text, encoding="utf-8")
    Office().remind(table, send=True)
    with pytest.raises(BadTemplate, match=fault):
        remind(Office().desk(table).with_settings(templates=tmp_path / "own"), RemindOptions())


def test_a_day_without_letters_compiles_no_wording_of_ours(table):
    Office().remind(table, send=True)
    compile_templates.cache_clear()
    assert Office().remind(table).letters == ()
    assert compile_templates.cache_info().currsize == 0


def barring(mailing, *domains):
    return Office(replace(mailing.settings, mail=replace(mailing.settings.mail, allowed_domains=domains)))


def test_settings_that_let_nobody_through_fail_every_run_and_go_on_record(table, mailing, script):
    office = barring(mailing, "other.example")
    runs = [office.remind(table, after(days), send=True) for days in (0, 1)]
    assert [(run.is_clean, run.delivery.sent, len(run.withheld)) for run in runs] == [(False, 0, 2)] * 2
    assert "allowed_domains（other.example）不放行《人员部门》里的任何一个邮箱" in runs[0].judged.notes[0]
    assert {(p.key.recipient, p.result) for p in view_of(table, "smtp").postings} == {
        ("样例甲", "withheld"),
        ("样例经", "withheld"),
    }
    passes = [office.daily(table, on=after(days))[0] for days in (2, 3)]
    assert [(one.exit_code, one.outcome) for one in passes] == [(25, "failed")] * 2
    assert "拒发：样例经、样例甲；[mail] allowed_domains" in passes[0].words


def test_where_a_server_is_set_up_and_nobody_has_an_address_every_run_fails(table, mailing, script):
    workbook(table, TRACKER, 人员部门=re.sub(r"\S+@\S+", lambda found: " " * len(found[0]), PEOPLE))
    passes = [mailing.daily(table, on=after(days))[0] for days in (0, 1)]
    assert [(one.exit_code, one.outcome) for one in passes] == [(25, "failed")] * 2
    assert "收不到提醒" in passes[0].words and accepted(script) == []
    assert mailing.remind(table, after(2)).is_clean and not mailing.remind(table, after(2), send=True).is_clean
    assert Office().daily(table, on=after(3))[0].exit_code == 0


def test_an_address_that_the_settings_bar_fails_the_day_it_was_tried_and_no_other_for_a_week(table, mailing, script):
    workbook(table, TRACKER, 人员部门=PEOPLE.replace("jia@corp.example     ", "jia@elsewhere.example"))
    office = barring(mailing, "corp.example")
    passes = [office.daily(table, on=after(days))[0] for days in (0, 1, 6, 7, 8)]
    assert [one.exit_code for one in passes] == [25, 0, 0, 25, 0]
    assert accepted(script) == ["jing@corp.example"]
    for one in passes:
        assert (
            "；拒发：样例甲；3 人收不到提醒：样例甲（「jia@elsewhere.example」不在 allowed_domains 之内）" in one.words
        )
        assert "请在《人员部门》填写；域没有放行的，请 IT 在 capa_xl.toml" in one.words
    (people,) = (step for step in first_steps(office.desk(table, after(8))) if step.what == "人员部门")
    assert people.words.count("jia@elsewhere.example") == 1


def test_a_letter_goes_as_soon_as_the_settings_let_it(table, mailing, script):
    barring(mailing, "other.example").remind(table, send=True)
    done = barring(mailing, "corp.example").remind(table, NEXT_DAY, send=True)
    assert (done.is_clean, accepted(script)) == (True, BOTH)
    assert barring(mailing, "corp.example").remind(table, after(2), send=True).delivery.sent == 0


def test_a_rehearsal_puts_no_barred_letter_on_record(table, mailing):
    done = barring(mailing, "other.example").remind(table, today=date(2026, 3, 1), send=True)
    assert (done.is_clean, view_of(table, "smtp").postings) == (False, ())
