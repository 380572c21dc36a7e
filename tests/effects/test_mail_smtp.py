"""Letters against a real SMTP server with STARTTLS and AUTH: one definite fate each."""

import socket
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from capa_xl.app.shared.deliver import PAUSES, deliver, in_journal
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal import copy_journal
from capa_xl.effects.mail_session import Server
from capa_xl.effects.mail_smtp import SmtpTransport
from capa_xl.effects.mail_trouble import RunStopped, TryAgain
from capa_xl.model.journal import FAILED, REFUSED, SENT, UNKNOWN
from tests.app.desks import desk_at, still_world
from tests.effects.mail_server import (
    PASSWORD,
    SENDER,
    TOKEN,
    USER,
    letter_to,
    make_certificates,
    port_of,
    serve,
)

AT = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=8)))
A, B, C = "jia@corp.example", "yi@corp.example", "bing@corp.example"


@pytest.fixture
def started():
    servers = []

    def start(*arguments, **options):
        servers.append(serve(*arguments, **options))
        return port_of(servers[-1])

    yield start
    for server in servers:
        server.stop()


class Mailer:
    """Deliveries by one transport, and the pauses they asked for."""

    def __init__(self, port, certificates, *, password=PASSWORD, **options):
        self.pauses = []
        fields = {"security": "starttls", "user": USER, "ca_file": certificates.ca, "timeout_s": 5.0}
        server = Server("127.0.0.1", port, password=lambda: password, **(fields | options))
        self.transport = SmtpTransport(server, SENDER)

    def deliver(self, *addresses):
        letters = [letter_to(address) for address in addresses]
        with copy_journal(Path("/nowhere")) as conn:
            desk = desk_at(Path("/nowhere/表.xlsx"), AT.date(), world=still_world(AT.date(), self.pauses.append))
            journal = WorkbookJournal(conn, "W", assigned=False, rebuilt=0)
            return deliver(in_journal(journal), letters, self.transport, desk)

    def send(self, *addresses):
        return [outcome for _, outcome in self.deliver(*addresses).fates]


@pytest.fixture
def mailer(started, script, certificates):
    return Mailer(started(script, certificates.context()), certificates)


def accepted(script):
    return [address for address, _ in script.accepted]


def test_a_letter_is_accepted_over_starttls_and_auth(mailer, script):
    assert [o.result for o in mailer.send(A)] == [SENT]
    assert accepted(script) == [A]
    assert b"\r\nTo: " in script.accepted[0][1]


def test_the_connection_is_reused_and_asked_first(mailer, script):
    mailer.send(A, B, C)
    assert (script.seen["EHLO"], script.seen["NOOP"]) == (2, 2)  # EHLO before and after STARTTLS


def test_after_fifty_letters_a_new_connection_is_made(mailer, script):
    mailer.send(*[A] * 51)
    assert len(script.accepted) == 51
    assert script.seen["EHLO"] == 4


def test_implicit_tls_works_too(started, script, certificates):
    mailer = Mailer(started(script, certificates.context(), implicit=True), certificates, security="ssl")
    assert [o.result for o in mailer.send(A)] == [SENT]


def test_a_4xx_is_tried_again_after_a_pause(mailer, script):
    script.at_rcpt[A] = ["451 greylisted", "451 greylisted"]
    assert [o.result for o in mailer.send(A)] == [SENT]
    assert mailer.pauses == [2.0, 10.0]


def test_a_lasting_4xx_fails_after_the_cap_and_the_next_letter_goes(mailer, script):
    script.at_rcpt[A] = ["450 busy"] * 9
    first, second = mailer.send(A, B)
    assert (first.result, first.stops, second.result) == (FAILED, False, SENT)
    assert mailer.pauses == list(PAUSES)
    assert "450 busy" in first.error


def test_relay_denied_by_454_fails_after_the_cap_with_its_own_words(mailer, script):
    script.at_rcpt[A] = ["454 4.7.1 <jia@corp.example>: Relay access denied"] * 9
    (outcome,) = mailer.send(A)
    assert outcome.result == FAILED
    assert "不肯转发" in outcome.error


def test_all_letters_of_a_run_share_the_pauses(mailer, script):
    addresses = [f"p{n}@corp.example" for n in range(30)]
    script.at_rcpt.update({address: ["450 greylisted"] * 2 for address in addresses})
    assert {o.result for o in mailer.send(*addresses, A)} == {SENT}
    assert mailer.pauses == [2.0, 10.0]
    assert accepted(script) == [A, *addresses]


def test_while_the_server_is_not_there_no_other_letter_is_tried(certificates):
    delivery = Mailer(1, certificates).deliver(A, B, C)
    assert (len(delivery.fates), len(delivery.held_back)) == (1, 2)
    assert "连不上" in delivery.stopped


def test_a_server_that_comes_back_gets_all_letters(mailer, script):
    script.at_rcpt[A] = ["421 too busy, closing"]
    assert [o.result for o in mailer.send(A, B)] == [SENT, SENT]


def test_a_5xx_is_permanent_and_not_tried_again(mailer, script):
    script.at_rcpt[A] = ["550 5.1.1 no such user"]
    (outcome,) = mailer.send(A)
    assert (outcome.result, outcome.stops, mailer.pauses) == (REFUSED, False, [])
    assert outcome.error == (
        f"服务器拒收 {A}（原文：550 5.1.1 no such user） → 请在《人员部门》核对邮箱；改了立即再发，没改的每周试一次"
    )


def test_a_relay_that_is_denied_is_no_fault_of_the_address(mailer, script):
    script.at_rcpt[A] = ["550 5.7.1 relaying denied"]
    (outcome,) = mailer.send(A)
    assert (outcome.result, outcome.again) == (FAILED, False)
    assert outcome.error.startswith("服务器不肯转发到这个域")


def test_a_full_mailbox_is_no_refused_address(mailer, script):
    script.at_rcpt[A] = ["552 5.2.2 Mailbox full"]
    (outcome,) = mailer.send(A)
    assert (outcome.result, outcome.again, "邮箱满了" in outcome.error) == ("failed", False, True)


def test_a_5xx_after_the_message_is_permanent(mailer, script):
    script.at_data[A] = ["554 spam"]
    (outcome,) = mailer.send(A)
    assert (outcome.result, mailer.pauses) == (FAILED, [])


def test_a_4xx_after_the_message_is_tried_again(mailer, script):
    script.at_data[A] = ["452 disk full"]
    assert [o.result for o in mailer.send(A)] == [SENT]
    assert accepted(script) == [A]


def test_one_refused_recipient_does_not_harm_the_others(mailer, script):
    script.at_rcpt[B] = ["550 no such user"]
    assert [o.result for o in mailer.send(A, B, C)] == [SENT, REFUSED, SENT]
    assert accepted(script) == [A, C]


def test_a_drop_before_data_is_tried_again(mailer, script):
    script.at_rcpt[A] = ["drop"]
    assert [o.result for o in mailer.send(A)] == [SENT]
    assert accepted(script) == [A]


def test_a_drop_after_data_is_unknown_and_not_tried_again(mailer, script):
    script.at_data[A] = ["accept and drop"]
    first, second = mailer.send(A, B)
    assert (first.result, second.result) == (UNKNOWN, SENT)
    assert accepted(script) == [A, B]
    assert "--resend-unknown" in first.error


def test_a_certificate_of_a_stranger_stops_the_run(started, script, certificates, tmp_path):
    port = started(script, certificates.context())
    mailer = Mailer(port, make_certificates(tmp_path))
    (outcome,) = mailer.send(A)
    assert (outcome.result, outcome.stops, script.accepted) == (FAILED, True, [])
    assert "证书不可信" in outcome.error


def test_a_certificate_for_another_host_stops_the_run(started, script, tmp_path):
    elsewhere = make_certificates(tmp_path, address="127.0.0.9")
    mailer = Mailer(started(script, elsewhere.context()), elsewhere)
    (outcome,) = mailer.send(A)
    assert outcome.stops
    assert "证书不可信" in outcome.error


def test_the_systems_certificates_are_checked_without_ca_file(started, script, certificates):
    mailer = Mailer(started(script, certificates.context()), certificates, ca_file=None)
    assert "证书不可信" in mailer.send(A)[0].error


def test_no_tls_offered_stops_the_run_before_the_password(started, script, certificates):
    mailer = Mailer(started(script, None, auth=False), certificates)
    (outcome,) = mailer.send(A)
    assert (outcome.stops, script.accepted) == (True, [])
    assert "STARTTLS" in outcome.error


def test_plain_talk_to_a_tls_port_stops_the_run(started, script, certificates):
    mailer = Mailer(started(script, None, auth=False), certificates, security="ssl")
    (outcome,) = mailer.send(A)
    assert outcome.stops
    assert "加密" in outcome.error


def test_a_bad_password_stops_the_run_and_speaks_of_the_authorisation_code(started, script, certificates):
    mailer = Mailer(started(script, certificates.context()), certificates, password="wrong-horse")
    (outcome,) = mailer.send(A)
    assert (outcome.stops, mailer.pauses) == (True, [])
    assert "535" in outcome.error
    assert "授权码" in outcome.error
    assert "465" in outcome.error
    assert "wrong-horse" not in outcome.error


@pytest.mark.parametrize("echo", ["right-horse", "cmlnaHQtaG9yc2U=", "72696768742d686f727365"])
def test_a_password_echoed_after_the_login_is_not_kept(mailer, script, echo):
    script.at_rcpt[A] = [f"550 5.7.1 client said {echo}"]
    (outcome,) = mailer.send(A)
    assert outcome.error.startswith(f"服务器拒收 {A}（原文：550 5.7.1 client said ***） → ")


def test_a_chinese_password_is_explained(started, script, certificates):
    mailer = Mailer(started(script, certificates.context()), certificates, password="密码")
    assert "全角" in mailer.send(A)[0].error


def test_office_365_takes_a_token(started, script, certificates):
    mailer = Mailer(started(script, certificates.context()), certificates, password=TOKEN, oauth=True)
    assert [o.result for o in mailer.send(A)] == [SENT]


def test_office_365_refuses_a_stale_token(started, script, certificates):
    mailer = Mailer(started(script, certificates.context()), certificates, password="stale", oauth=True)
    (outcome,) = mailer.send(A)
    assert outcome.stops
    assert "535" in outcome.error and "SMTP.SendAsApp" in outcome.error and "授权码" not in outcome.error


def test_a_server_that_is_not_there_stops_the_run_after_the_cap(certificates):
    mailer = Mailer(1, certificates)
    (outcome,) = mailer.send(A)
    assert (outcome.result, outcome.stops, mailer.pauses) == (FAILED, True, list(PAUSES))
    assert "连不上" in outcome.error


def test_checking_connects_and_logs_in_and_sends_nothing(mailer, script):
    mailer.transport.check()
    assert (script.seen["RCPT"], script.accepted) == (0, [])


def test_checking_tells_a_bad_password_from_an_absent_server(started, script, certificates):
    port = started(script, certificates.context())
    with pytest.raises(RunStopped, match="授权码"):
        Mailer(port, certificates, password="wrong").transport.check()
    with pytest.raises(TryAgain, match="连不上"):
        Mailer(1, certificates).transport.check()


@pytest.mark.parametrize(("answer", "what"), [("silence", " 0.3 秒没有答复"), ("drop", "断开了连接")])
def test_checking_a_server_that_falls_silent_after_the_login_says_how_far_it_came(
    started, script, certificates, answer, what
):
    port = started(script, certificates.context())
    script.at_mail = [answer]
    with pytest.raises(TryAgain) as told:
        Mailer(port, certificates, timeout_s=0.3).transport.check()
    said = str(told.value)
    assert said.startswith(f"邮件服务器「127.0.0.1:{port}」已登录，询问发件人时{what}")
    assert "没有发送任何邮件 → " in said


@pytest.mark.parametrize(("answer", "what"), [("silence", " 0.3 秒没有答复"), ("drop", "断开了连接")])
def test_a_letter_to_a_server_that_falls_silent_says_so(started, script, certificates, answer, what):
    port = started(script, certificates.context())
    script.at_mail = [answer] * 5
    (outcome,) = Mailer(port, certificates, timeout_s=0.3).send(A)
    assert outcome.result == FAILED and outcome.error.startswith(f"发信途中服务器{what}")


def test_a_server_that_takes_the_connection_and_not_the_login_is_not_said_to_be_absent(certificates):
    """It greets, and answers nothing more: neither host nor network are at fault."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        held = []

        def greet():
            held.append(listening.accept()[0])
            held[0].sendall(b"220 mail.corp.example\r\n")

        threading.Thread(target=greet, daemon=True).start()
        with pytest.raises(TryAgain) as told:
            Mailer(port, certificates, timeout_s=0.3).transport.check()
    assert str(told.value).startswith(f"邮件服务器「127.0.0.1:{port}」连上了，协商加密时 0.3 秒没有答复")


def test_a_relay_on_this_machine_goes_without_tls_and_login(started, script, certificates):
    mailer = Mailer(started(script, None, auth=False), certificates, security="none", user="")
    assert [o.result for o in mailer.send(A)] == [SENT]


def test_the_message_arrives_as_it_was_made(mailer, script):
    from capa_xl.effects.mime import mime_of

    mailer.send(A)
    assert script.accepted[0][1] == mime_of(letter_to(A), SENDER, AT)
