"""Secrets by reference: the settings hold where a password lies, never the password."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from capa_xl.errors import SettingsError
from capa_xl.model.install_hint import to_install

SCHEMES = ("env", "file", "keyring")


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret lies: `env:NAME`, `file:path` or `keyring:service/user`; "" for none.

    Attributes:
        reference: The words of the settings file.
        base: Folder that a relative `file:` path counts from.
        environ: The environment that `env:` looks into.
    """

    reference: str
    base: Path = field(default=Path(), repr=False)
    environ: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False, compare=False)

    def __bool__(self) -> bool:
        return bool(self.reference)

    def __reduce__(self) -> tuple[Callable[[str, Path], Secret], tuple[str, Path]]:
        """Sent to another process it takes no environment along: `env:` looks into the one it arrives in."""
        return _of_this_process, (self.reference, self.base)

    def reveal(self) -> str:
        """The secret itself; asked for at the moment of logging in and kept nowhere.

        Raises:
            SettingsError: Nothing lies there.
        """
        scheme, _, place = self.reference.partition(":")
        found = {"env": self._from_environment, "file": self._from_file, "keyring": self._from_keyring}[scheme](place)
        if not found:
            raise SettingsError(f"secret「{self.reference}」里没有内容 → 请先存入密码或授权码")
        return found

    def exposed(self) -> str:
        """That others than its owner may read the file it lies in; "" where not, and on Windows."""
        scheme, _, place = self.reference.partition(":")
        path = self.base / place
        if scheme != "file" or os.name == "nt" or not path.is_file() or not path.stat().st_mode & 0o077:
            return ""
        return f"密码文件「{path}」别的账号也读得到 → chmod 600 {shlex.quote(str(path))}"

    def _from_environment(self, name: str) -> str:
        return self.environ.get(name, "")

    def _from_file(self, name: str) -> str:
        try:
            return (self.base / name).read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError):
            raise SettingsError(
                f"secret「{self.reference}」读不出来 → 请检查文件在不在、有没有权限、是不是 UTF-8"
            ) from None

    def _from_keyring(self, name: str) -> str:
        try:
            import keyring
        except ImportError:
            raise SettingsError(f"secret 用了 keyring，但没有安装 → {to_install('keyring')}") from None
        service, _, user = name.partition("/")
        try:
            return keyring.get_password(service, user) or ""
        except keyring.errors.KeyringError:
            raise SettingsError(f"secret「{self.reference}」：系统钥匙串打不开 → 请改用 env: 或 file:") from None


NO_SECRET = Secret("")


def _of_this_process(reference: str, base: Path) -> Secret:
    return Secret(reference, base, os.environ)


def secret_at(words: str, base: Path, environ: Mapping[str, str]) -> Secret:
    """The secret those words refer to.

    Raises:
        SettingsError: They look like a password itself. The message doesn't repeat them.
    """
    scheme, colon, place = words.partition(":")
    if colon and scheme in SCHEMES and not place.strip():
        raise SettingsError(f"{scheme}: 后面还没有写名字 → 请写 env:变量名、file:文件 或 keyring:服务/用户")
    if words and not (colon and place.strip() and scheme in SCHEMES):
        raise SettingsError("不能把密码直接写进设置 → 请写 env:变量名、file:文件 或 keyring:服务/用户")
    return Secret(words, base, environ)
