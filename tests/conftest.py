"""What tests of several folders write their letters to, a mail server; and the order in which workers take tests."""

from __future__ import annotations

import os

import pytest

from tests.effects.mail_server import Certificates, Script, make_certificates
from tests.long_first import long_first


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Made once: making them takes longer than a letter."""
    return make_certificates(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def script() -> Script:
    """A server that takes everything."""
    return Script()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the tests, the longest begin first."""
    if workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0")):
        items[:] = long_first(items, lambda item: item.nodeid, workers)
