"""The optional ping: a monitoring page hears that a pass began, ended or failed."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Final

START, FINISH, FAIL = "/start", "", "/fail"
SECONDS: Final = 10.0


def ping(url: str, event: str) -> str:
    """Fetch `url + event`; "" when it was heard, else a Chinese warning. Nothing else depends on it."""
    if not url.startswith(("https://", "http://")):
        return f"ping_url「{url}」不是网址 → 请以 https:// 开头"
    try:
        with urllib.request.urlopen(url.rstrip("/") + event, timeout=SECONDS):
            return ""
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as trouble:
        return f"监控网址没有应答（原文：{trouble}） → 不影响本次运行"
