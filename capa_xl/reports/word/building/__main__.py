"""Writes the templates into a folder: `python -m capa_xl.reports.word.building report_templates`."""

from __future__ import annotations

import sys
from pathlib import Path

from capa_xl.reports.word.building.template_package import templates

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, blob in templates().items():
        (folder / name).write_bytes(blob)
