"""What a server said, as it may be shown: one line, 200 characters, whatever its coding."""

import pytest

from capa_xl.effects.mail_trouble import clean


@pytest.mark.parametrize(
    ("words", "shown"),
    [(b"5.7.1 no such user", "5.7.1 no such user"), ("用户不存在".encode(), "用户不存在"),
     ("拒收".encode("gb18030") + b" 550", "\ufffd\ufffd\ufffd\ufffd 550"), (b" a\r\n\tb\x00c ", "a b c"),
     ("x" * 201, "x" * 199 + "…")],
)  # fmt: skip
def test_whatever_a_server_says_is_one_short_line(words, shown):
    assert clean(words) == shown
