"""Words in a pipe on Windows: the console's code page, not the machine's."""

import io

import pytest

from capa_xl.cli.console import code_page, make_readable


@pytest.mark.parametrize(
    ("page", "written"),
    [
        (65001, "汉字✓".encode()),
        (936, "汉字?".encode("gbk")),
        (437, b"???"),
        (0, "汉字?".encode("gbk")),
        (20127000, "汉字?".encode("gbk")),
    ],
    ids=["UTF-8", "Chinese", "American", "no console", "unknown to Python"],
)
def test_a_pipe_is_written_in_the_code_page_of_the_console(page, written):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    make_readable(stream, page)
    stream.write("汉字✓")
    stream.flush()
    assert stream.buffer.getvalue() == written


def test_the_console_itself_keeps_pythons_own_way(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(stream.buffer, "isatty", lambda: True, raising=False)
    make_readable(stream, 936)
    assert stream.encoding == "utf-8"


def test_other_systems_have_no_code_page():
    assert code_page() == 0
