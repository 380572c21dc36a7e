"""Room for open files is asked for, and told as it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from capa_xl.effects.open_files import room_for_files

ASKED = """
import resource
from capa_xl.effects.open_files import room_for_files
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 128))
print(room_for_files(32), room_for_files(100), room_for_files(1000), resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of that kind")
def test_the_limit_is_raised_as_far_as_it_goes_and_never_lowered():
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "32 100 128 (128, 128)"


def test_no_more_is_given_than_was_asked_for():
    assert room_for_files(8) == 8
