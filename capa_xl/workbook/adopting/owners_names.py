"""What the heading of those who do the work has in it: 责任, 承办, owner, assigned."""

from __future__ import annotations

import re

NAMES_THE_OWNER = re.compile(
    r"责任|负责|承办|经办|主办|担当|整改|落实|执行|处理|保管|维[保修]|[检抢]修|owner|assign|respons|\bresp\b|\bpic\b|\blead\b|action"
    r"|\bwho\b|champion|handler",
    re.IGNORECASE,
)
"""Who does the work; a name of a post alone (Lab Manager, 主管) may be anybody."""
