"""What tests of several folders write their letters to: a mail server's certificates, and what it shall answer."""

from __future__ import annotations

import pytest

from tests.effects.mail_server import Certificates, Script, make_certificates


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Made once: making them takes longer than a letter."""
    return make_certificates(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def script() -> Script:
    """A server that takes everything."""
    return Script()
