"""Company chat robots for the weekly digest, through apprise (extra [chat]); figures only, no personal data."""

from __future__ import annotations

import importlib.util
from typing import Final

from capa_xl.errors import SettingsError
from capa_xl.model.install_hint import to_install

ROBOTS: Final = ("wecombot", "dingtalk", "feishu")


def require_robot(url: str) -> None:
    """Let only the robots of 企业微信, 钉钉 and 飞书 pass; `wecom://` is a third party's relay.

    Raises:
        SettingsError: Another scheme, or apprise is not installed. The address, which holds the robot's key, is not
            repeated.
    """
    scheme = url.partition("://")[0].lower()
    if scheme == "wecom":
        raise SettingsError("群机器人 wecom:// 会经过第三方转发，不能用 → 企业微信请用 wecombot://")
    if scheme not in ROBOTS:
        known = "、".join(f"{name}://" for name in ROBOTS)
        raise SettingsError(f"群机器人地址不认识 → 可用：{known}")
    if importlib.util.find_spec("apprise") is None:
        raise SettingsError(f"群机器人需要 apprise → {to_install('apprise')}")


def post_to_robot(url: str, title: str, text: str) -> bool:
    """Post a text to one robot that `require_robot` let pass; False when the robot didn't take it."""
    import apprise

    robot = apprise.Apprise()
    return bool(robot.add(url) and robot.notify(title=title, body=text))
