"""What a server said, as it may be shown: one line, 200 characters, whatever its coding."""

import pytest

from capa_xl.effects.mail_trouble import clean, is_of_the_address, not_there, refusal


@pytest.mark.parametrize(
    ("words", "shown"),
    [(b"5.7.1 no such user", "5.7.1 no such user"), ("用户不存在".encode(), "用户不存在"),
     ("拒收".encode("gb18030") + b" 550", "\ufffd\ufffd\ufffd\ufffd 550"), (b" a\r\n\tb\x00c ", "a b c"),
     ("x" * 201, "x" * 199 + "…")],
)  # fmt: skip
def test_whatever_a_server_says_is_one_short_line(words, shown):
    assert clean(words) == shown


@pytest.mark.parametrize(
    ("code", "words", "said", "is_wrong"),
    [
        (552, "5.2.2 Mailbox full", "收件人的邮箱满了（原文：552 5.2.2 Mailbox full） → 请本人清理", False),
        (452, "4.2.2 over quota", "收件人的邮箱满了", False),
        (550, "5.4.5 Daily user sending quota exceeded", "发信账号超过了限额", False),
        (550, "5.1.1 no such user", "服务器拒收（原文：550 5.1.1 no such user） → 请核对邮箱", True),
        (550, "5.7.1 relaying denied", "服务器不肯转发到这个域", False),
        (552, "5.3.4 Message size exceeds fixed limit", "信太大，服务器不收", False),
        (552, "Mail is too large", "信太大，服务器不收", False),
        (554, "5.7.1 Spam detected", "服务器当作垃圾邮件", False),
        (554, "DT:SPM 163 smtp5", "服务器当作垃圾邮件", False),
        (550, "Mail content denied", "服务器当作垃圾邮件", False),
        (554, "5.7.1 Client host blocked using zen.list.example", "服务器当作垃圾邮件", False),
        (554, "5.6.0 Transaction failed", "服务器不收这封信（原文：554 5.6.0 Transaction failed） → 请邮", True),
    ],
)  # fmt: skip
def test_a_refusal_blames_the_address_only_where_it_is_at_fault(code, words, said, is_wrong):
    assert refusal(code, words).startswith(said)
    assert is_of_the_address(words) is is_wrong


@pytest.mark.parametrize(
    ("words", "is_plain", "hint"),
    [("timed out", True, True), ("Connection unexpectedly closed", True, True), ("Connection refused", True, False),
     ("timed out", False, False)],
)  # fmt: skip
def test_a_server_that_says_nothing_to_a_plain_greeting_may_want_tls_first(words, is_plain, hint):
    assert ('465 端口要写 security = "ssl"' in not_there("smtp.corp.example", 465, words, is_plain=is_plain)) is hint
