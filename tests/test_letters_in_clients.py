"""Outlook for Windows, Gmail and Apple Mail draw what letters stand on, by the lists of caniemail.com."""

from __future__ import annotations

import shutil

import pytest

from tests.letters_in_clients import PACKAGE, answers, letters, needed

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and PACKAGE.exists()), reason="caniemail is not installed (make letters installs it)"
)


def test_letters_need_nothing_that_a_client_lacks():
    every = tuple(letters())
    assert len(every) > 2
    assert [fault for html in every for fault in needed(html)] == []
    assert "border-radius" in answers(every[0])["outlook.windows"]["unsupported"]


def test_a_letter_that_stands_on_columns_of_css_is_found():
    letter = next(letters())
    broken = letter.replace('style="padding:18px 24px;', 'style="display:grid;position:absolute;padding:18px 24px;')
    assert broken != letter
    assert "outlook.windows: position" in [*needed(broken)]
