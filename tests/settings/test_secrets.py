import sys

import pytest

from capa_xl.effects.mail_oauth import access_token
from capa_xl.errors import SettingsError
from capa_xl.settings.secrets import Secret


@pytest.fixture
def chain():
    """A keyring that holds one password."""
    import keyring
    from keyring.backend import KeyringBackend

    class InMemory(KeyringBackend):
        priority = 1

        def get_password(self, service, username):
            return {("capa-xl", "capa@corp.example"): "hunter2"}.get((service, username))

        def set_password(self, service, username, password):
            raise NotImplementedError

        def delete_password(self, service, username):
            raise NotImplementedError

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield keyring
    keyring.set_keyring(before)


def test_a_password_comes_from_the_systems_keyring(chain):
    assert Secret("keyring:capa-xl/capa@corp.example").reveal() == "hunter2"


def test_without_the_extra_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(SettingsError, match="pip install"):
        Secret("keyring:capa-xl/capa@corp.example").reveal()


def test_a_keyring_without_the_password_is_a_settings_error(chain):
    with pytest.raises(SettingsError, match="keyring"):
        Secret("keyring:capa-xl/nobody").reveal()


def test_office_365_without_msal_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "msal", None)
    with pytest.raises(SettingsError, match=r"capa-xl\[office365\]"):
        access_token("corp.example", "id", "secret")
