"""The run that the common options of every command describe."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from capa_xl.model.as_of import AsOf


class Run(Struct, frozen=True):
    """What the common options say.

    Attributes:
        as_of: The as-of day and today, both in Asia/Shanghai; without --as-of the minute too.
        json: Print one JSON document on stdout, everything else on stderr.
        quiet: Print nothing but errors.
        config: capa_xl.toml named by --config; None: the one beside the workbook.
    """

    as_of: AsOf
    json: bool
    quiet: bool
    config: Path | None
