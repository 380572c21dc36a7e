import os
import sys
import types

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
    with pytest.raises(SettingsError, match="pip install keyring"):
        Secret("keyring:capa-xl/capa@corp.example").reveal()


def test_a_keyring_without_the_password_is_a_settings_error(chain):
    with pytest.raises(SettingsError, match="keyring"):
        Secret("keyring:capa-xl/nobody").reveal()


def test_office_365_without_msal_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "msal", None)
    with pytest.raises(SettingsError, match="pip install msal"):
        access_token("smtp.office365.com", "corp.example", "id", "secret")


@pytest.mark.parametrize(
    ("host", "authority", "scope"),
    [
        (
            "smtp.office365.com",
            "https://login.microsoftonline.com/corp.example",
            "https://outlook.office365.com/.default",
        ),
        (
            "SMTP.partner.outlook.cn",
            "https://login.partner.microsoftonline.cn/corp.example",
            "https://partner.outlook.cn/.default",
        ),
    ],
)
def test_a_token_comes_from_the_cloud_that_the_server_belongs_to(monkeypatch, host, authority, scope):
    asked = {}

    class Application:
        def __init__(self, client_id, authority, client_credential):
            asked.update(authority=authority)

        def acquire_token_for_client(self, scopes):
            asked.update(scopes=scopes)
            return {"access_token": "token"}

    monkeypatch.setitem(sys.modules, "msal", types.SimpleNamespace(ConfidentialClientApplication=Application))
    assert access_token(host, "corp.example", "id", "secret") == "token"
    assert asked == {"authority": authority, "scopes": [scope]}


def test_a_refused_application_is_a_settings_error(monkeypatch):
    refused = types.SimpleNamespace(acquire_token_for_client=lambda scopes: {"error": "invalid_client"})
    monkeypatch.setitem(
        sys.modules, "msal", types.SimpleNamespace(ConfidentialClientApplication=lambda *_, **__: refused)
    )
    with pytest.raises(SettingsError, match="invalid_client"):
        access_token("smtp.office365.com", "corp.example", "id", "secret")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_password_file_that_others_can_read_is_told_with_its_cure(tmp_path):
    place = tmp_path / "mail.secret"
    place.write_text("x")
    place.chmod(0o640)
    assert f"chmod 600 {place}" in Secret(f"file:{place}").exposed()
    place.chmod(0o600)
    assert Secret(f"file:{place}").exposed() == "" == Secret("env:NAME").exposed()
