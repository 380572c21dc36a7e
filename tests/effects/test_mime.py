from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy

import pytest

from capa_xl.effects.mime import header_fault, mime_of
from tests.effects.mail_server import SENDER, letter_to

AT = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=8)))
LETTER = letter_to("jia@corp.example", in_reply_to="<first@capa-xl.example>")


@pytest.fixture
def message():
    return message_from_bytes(mime_of(LETTER, SENDER, AT), policy=policy.default)


def test_headers_say_who_when_and_that_a_machine_wrote_it(message):
    assert message["From"] == "质量部 <capa@corp.example>"
    assert message["To"] == "样例甲 <jia@corp.example>"
    assert message["Subject"] == "实施逾期 10 天：GJ-2026-001 等 2 项"
    assert message["Date"] == "Mon, 23 Nov 2026 08:30:00 +0800"
    assert message["Message-ID"] == LETTER.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["In-Reply-To"] == message["References"] == "<first@capa-xl.example>"


def test_nobody_else_is_addressed(message):
    assert message["Cc"] is message["Bcc"] is None


def test_text_and_html_are_base64_and_whole(message):
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text["Content-Transfer-Encoding"] == html["Content-Transfer-Encoding"] == "base64"
    assert text.get_content().splitlines() == LETTER.text.splitlines()
    assert html.get_content().strip() == LETTER.html


def test_the_calendar_has_a_short_ascii_name(message):
    (part,) = message.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("due-dates.ics", "text/calendar")
    assert part["Content-Type"].params["method"] == "PUBLISH"
    assert part.get_payload(decode=True) == LETTER.calendar


def test_a_letter_without_dates_has_no_attachment():
    message = message_from_bytes(
        mime_of(letter_to("jia@corp.example", calendar=None), SENDER, AT), policy=policy.default
    )
    assert list(message.iter_attachments()) == []


def test_the_bytes_are_ascii_with_crlf_and_the_same_every_time():
    blob = mime_of(LETTER, SENDER, AT)
    assert blob == mime_of(LETTER, SENDER, AT)
    blob.decode("ascii")
    assert b"\n" not in blob.replace(b"\r\n", b"")
    assert max(map(len, blob.split(b"\r\n"))) <= 998


def test_a_long_message_id_is_not_wrapped_into_an_encoded_word():
    name = f"<{'a' * 64}@capa-xl.example>"
    assert f"Message-ID: {name}\r\n".encode() in mime_of(letter_to("jia@corp.example", name), SENDER, AT)


@pytest.mark.parametrize("field", ["subject", "recipient", "message_id", "in_reply_to", "address"])
@pytest.mark.parametrize("mark", ["\n", "\r", "\x00", "\u2028"])
def test_a_line_break_in_a_header_is_refused(field, mark):
    value = f"a{mark}Bcc: b@x.example"
    assert "换行" in header_fault(
        letter_to("jia@corp.example", **{field: value}) if field != "address" else letter_to(value)
    )


@pytest.mark.parametrize(
    "subject",
    [
        "【即将到期 1 项】改进措施提醒 — 网络部 样例甲（2026-11-22）",
        "plain ascii",
        "a" * 200,
        "长" * 100,
        '部-—醒 2 到J-- 部"2： 1A络 -(6提2甲1"c6例GJ例622-即0项0-0 "，进',
        "=?utf-8?B?5Lit?= 像编码的文字",
        "=?utf-8?B?5Lit?=",
    ],
)
def test_every_character_and_blank_of_a_subject_survives(subject):
    blob = mime_of(letter_to("jia@corp.example", subject=subject), SENDER, AT)
    assert message_from_bytes(blob, policy=policy.default)["Subject"] == subject
    assert max(map(len, blob.split(b"\r\n\r\n")[0].split(b"\r\n"))) <= 90


@pytest.mark.parametrize("name", ['O"Neil, J', "样例甲（代）", "a (b) <c>", ""])
def test_names_are_quoted_or_encoded(name):
    message = message_from_bytes(
        mime_of(letter_to("jia@corp.example", recipient=name), SENDER, AT), policy=policy.default
    )
    (address,) = message["To"].addresses
    assert (address.display_name, address.addr_spec) == (name, "jia@corp.example")


def test_a_sound_letter_has_no_header_fault():
    assert header_fault(LETTER) == ""
