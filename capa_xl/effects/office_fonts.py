"""Typefaces for LibreOffice: what this machine has of those our papers name, and what stands in for the rest.

Without a word from us LibreOffice takes one sans for every missing Chinese typeface, so that text and headings look
alike, and for the missing Times New Roman one a fifth wider, so that codes and dates no longer fit their columns. A
profile of its own, with a replacement table, keeps 宋体 a serif, 黑体 a sans, and figures as wide as they were meant.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

SERIFS: Final = ("宋体", "仿宋", "楷体")
SANS: Final = ("黑体", "微软雅黑", "等线")
LATIN_SERIFS: Final = ("Times New Roman",)
LATIN_SANS: Final = ("Arial",)
_ALL: Final = (*SERIFS, *SANS, *LATIN_SERIFS, *LATIN_SANS)
_ENGLISH: Final = {
    "宋体": "SimSun", "仿宋": "FangSong", "楷体": "KaiTi",
    "黑体": "SimHei", "微软雅黑": "Microsoft YaHei", "等线": "DengXian",
}  # fmt: skip
_CHINESE_SERIFS: Final = (
    "Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "Songti SC", "AR PL UMing CN", "FandolSong",
)  # fmt: skip
_CHINESE_SANS: Final = (
    "Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "PingFang SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip
STAND_INS: Final[Mapping[tuple[str, ...], tuple[str, ...]]] = {
    SERIFS: _CHINESE_SERIFS,
    SANS: _CHINESE_SANS,
    LATIN_SERIFS: ("Liberation Serif", "Tinos", "Nimbus Roman", "FreeSerif", *_CHINESE_SERIFS, "SimSun"),
    LATIN_SANS: ("Liberation Sans", "Arimo", "Nimbus Sans", "FreeSans", *_CHINESE_SANS, "SimHei"),
}
"""Typefaces of one kind → families that may stand in for them, best first."""

_SECONDS = 20
_SETTING = "/org.openoffice.Office.Common/Font/Substitution"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    f'<item oor:path="{_SETTING}"><prop oor:name="Replacement" oor:op="fuse"><value>true</value></prop></item>'
)
_PAIR = (
    f'<item oor:path="{_SETTING}/FontPairs"><node oor:name="_{{at}}" oor:op="replace">'
    '<prop oor:name="ReplaceFont"><value>{wanted}</value></prop>'
    '<prop oor:name="SubstituteFont"><value>{given}</value></prop>'
    '<prop oor:name="Always"><value>true</value></prop><prop oor:name="OnScreenOnly"><value>false</value></prop>'
    "</node></item>"
)


def installed_families() -> frozenset[str] | None:
    """Family names that fontconfig knows, in every language; None where there is no fontconfig to ask (Windows)."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run([program, ":", "family"], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = done.stdout.decode("utf-8", "replace")
    return frozenset(name.strip() for line in text.splitlines() for name in line.split(","))


def missing_typefaces(installed: frozenset[str]) -> tuple[str, ...]:
    """Those of the papers' typefaces that aren't installed, a Chinese one under its Chinese or its English name."""
    return tuple(name for name in _ALL if not installed & {name, _ENGLISH.get(name, name)})


def stand_ins(installed: frozenset[str]) -> dict[str, str]:
    """Missing typeface → the installed family that stands in for it; left out where nothing can."""
    missing = missing_typefaces(installed)
    found: dict[str, str] = {}
    for wanted, families in STAND_INS.items():
        given = next((family for family in families if family in installed), None)
        found |= {name: given for name in wanted if given and name in missing}
    return found


def write_profile(profile: Path, replaced: Mapping[str, str]) -> None:
    """A LibreOffice profile that replaces these typefaces, under both their names."""
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text("".join((_HEAD, *_pairs(replaced), "</oor:items>")), "utf-8")


def _pairs(replaced: Mapping[str, str]) -> Iterator[str]:
    names = (
        (name, given)
        for wanted, given in replaced.items()
        for name in dict.fromkeys((wanted, _ENGLISH.get(wanted, wanted)))
    )
    for at, (name, given) in enumerate(names):
        yield _PAIR.format(at=at, wanted=escape(name), given=escape(given))
