"""capa-xl: the Python toolkit around one canonical Excel workbook, the 改进计划跟踪表.

The street, walked in one direction: workbook bytes → typed register → policy → reports → effects.

As a library (docs/library.md): `check`, `refresh`, `reminders`, `pack` and `facts`. They are loaded when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from capa_xl.version import __version__

if TYPE_CHECKING:
    from capa_xl.library import check, facts, pack, refresh, reminders

__all__ = ["__version__", "check", "facts", "pack", "refresh", "reminders"]


def __dir__() -> list[str]:
    """What is meant to be used, before it is loaded too: Tab completes it in a notebook."""
    return sorted({name for name in globals() if name.startswith("__")}.union(__all__))


def __getattr__(name: str) -> Any:
    if name in __all__:
        from capa_xl import library

        return getattr(library, name)
    raise AttributeError(f"module 'capa_xl' has no attribute {name!r}")
