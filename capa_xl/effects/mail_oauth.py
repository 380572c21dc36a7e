"""Access tokens for Office 365, whose basic SMTP login ends with 2026; msal comes with the extra [office365]."""

from __future__ import annotations

from capa_xl.errors import SettingsError

_SCOPE = "https://outlook.office365.com/.default"


def access_token(tenant: str, client_id: str, secret: str) -> str:
    """A token for SMTP AUTH XOAUTH2 by client credentials.

    Raises:
        SettingsError: msal is not installed, or Microsoft refuses the application.
    """
    try:
        import msal
    except ImportError:
        raise SettingsError('auth = "xoauth2" 需要 msal → pip install capa-xl[office365]') from None
    application = msal.ConfidentialClientApplication(
        client_id, authority=f"https://login.microsoftonline.com/{tenant}", client_credential=secret
    )
    answer = application.acquire_token_for_client(scopes=[_SCOPE])
    if "access_token" not in answer:
        refused = answer.get("error", "")
        raise SettingsError(f"Office 365 不发令牌（原文：{refused}）→ 请 IT 核对 tenant、client_id 和密钥")
    return str(answer["access_token"])
