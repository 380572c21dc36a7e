"""The environment variables that stand over `capa_xl.toml`, and those that were meant to: a misspelt one is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from capa_xl.errors import SettingsError
from capa_xl.settings.values import SECTIONS, FileKey, Settings, keys_of

_OURS = re.compile(r"CAPA[-_ ]?XL[-_ ]*(?=.)", re.IGNORECASE)
"""How the name of a variable begins that is meant for us."""
_SECRETS = ("secret", "chat")
"""Keys that say where a secret lies: a variable named after one may be that very place, of another workbook."""
_ALIKE = 0.8
"""How like a known name (0–1) another one is that was meant for it."""


def environment_name(section: str, key: FileKey) -> str:
    """The environment variable that overrides a key."""
    return f"CAPA_XL_{section}_{key.key}".upper()


def origin_of(section: str, *keys: str, source: str, environ: Mapping[str, str]) -> str:
    """How a message about keys begins: with the variables that set some of them, for there lies the fault, or the file.

    Args:
        source: The file's name.
    """
    names = [environment_name(section, key) for key in keys_of(SECTIONS[section]) if key.key in keys]
    variables = "、".join(f"环境变量 {name}" for name in names if name in environ)
    return f"{variables or source}：[{section}] "


def overriding_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The variables whose values stand over the file's, in the order of the keys."""
    return tuple(name for section, key in _keys() if (name := environment_name(section, key)) in environ)


def unused_variables(environ: Mapping[str, str], settings: Settings) -> tuple[str, ...]:
    """The variables named as ours that no key is overridden by and no secret is looked for in, in order.

    Raises:
        SettingsError: One of them was meant for a key: the nearest is named. What is far from all may be anybody's, as
            the password of another workbook.
    """
    unknown = _unknown(environ, settings)
    for name in unknown:
        if near := _meant(name):
            raise SettingsError(f"环境变量 {name} 不认识 → 是不是 {near}？")
    return unknown


def _unknown(environ: Mapping[str, str], settings: Settings) -> tuple[str, ...]:
    ours = sorted(name for name in environ if _OURS.match(name))
    if not ours:  # as on most machines
        return ()
    secrets = {one.reference.removeprefix("env:") for one in (settings.mail.secret, *settings.mail.chat)}
    known = {environment_name(section, key) for section, key in _keys()}
    return tuple(name for name in ours if name not in known | secrets)


def _keys() -> Iterator[tuple[str, FileKey]]:
    for section, record in SECTIONS.items():
        yield from ((section, key) for key in keys_of(record))


def _meant(name: str) -> str:
    """The variable for which another was meant: its key in the wrong section, or spelt nearly so; "" for none."""
    from difflib import get_close_matches  # only a variable that nobody knows needs it

    said = _OURS.sub("", name).upper()
    names = {f"{section}_{key.key}".upper(): key.key for section, key in _keys()}
    of_key = (name for name, key in names.items() if f"_{said}".endswith(f"_{key.upper()}") and key not in _SECRETS)
    near = next(of_key, "") or next(iter(get_close_matches(said, names, n=1, cutoff=_ALIKE)), "")
    may_be_anybodys = near and names[near] in _SECRETS and said.startswith(f"{near}_")
    return f"CAPA_XL_{near}" if near and not may_be_anybodys else ""
