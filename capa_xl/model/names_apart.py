"""Where one name of a cell ends and the next begins.

Between two of them stands a pause, a stroke or a line break (decisions B5). A single letter or figure is nobody's
name, so 2/E, C/O and N/A are one. What joins names in a sentence (&, +, and, 和, 与, 或) stands inside names too, of
李和平 as of R&D: there the name is taken apart only on good grounds, and what was guessed is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from msgspec import Struct

Known = Collection[str]
"""Names that 人员部门 has, Chinese ones without blanks."""
NOBODY: Final[Known] = frozenset()
PAUSES: Final = "、，,;；|｜\ufe50\ufe51\ufe54\uff64"
SLASHES: Final = "/／\\\\＼"
"""For the inside of a pattern's brackets, as PAUSES."""
_SIGNS = re.compile(rf"([{PAUSES}{SLASHES}\n]+)")
_SLASHES = re.compile(rf"[{SLASHES}]")
_PAUSE = re.compile("(、)")
_OPENED, _CLOSED = re.compile(r"[（(]"), re.compile(r"[）)]")
_SINGLE = re.compile(r"[A-Za-z0-9]")
_MAY_JOIN = re.compile(r"[&＆+＋和与及或]|\sand\s", re.IGNORECASE)
JOINT: Final = re.compile(r"(\s*[&＆+＋]\s*|\s+and\s+|\s*(?:以及|或者|[和与及或])\s*)", re.IGNORECASE)
"""What may join two names of a piece."""
_ONLY_A_SIGN = r"\s*[&＆+＋]\s*"
_LETTER = r"[^\W\d_]"
"""These and those below are compiled where a piece may be joined, and few are: together they take 3 ms of a start."""
_UNIT = r"(?:部|部门|科|处|室|组|局|院|中心|公司|车间|班|站|队|所|厂)$"
_FIRM = (
    r"(?:\b(?:sons|co|ltd|llc|inc|gmbh|plc|partners|associates|bros|brothers|company|dept|department|team|unit|group|office|division)"
    r"\W*$)|^(?:it|hr|r&d|finance|legal|operations|engineering|procurement|purchasing|production|quality|maintenance|facilities"
    r"|logistics|warehouse|sales|marketing|security|compliance|treasury|health|safety|environment|repair|training|supply)\b"
)
"""Halves of a firm's or a department's own name: Smith & Sons, Sales & Marketing."""
SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹"
    "熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文严肖韦尤章梅盛童颜倪施"
)
"""The commonest: 后勤 and 财务 are no people."""
_A_POSTS_WORD = ("高级", "高等", "施工", "方案", "任务", "金属", "石油")
"""What posts begin with, though a surname does so too: 高级工程师, 施工员; 施工 alone may be an engineer's name."""
_LONGEST_PERSON, _POSTS_WORD = 4, 2
_THREE = r"[^\x00-\x7f][和与及或][^\x00-\x7f]"
_BRACKETS = r"[（(][^（()）]*[）)]"
_JUSTIFIED = r"\S\s+[和与及或]\s+\S"
"""李 和 平: a name spread over its cell, or two people of one character each."""
_HEAD_OF = r"[班组科处队机站厂段课部工]长"
_TITLE = rf"(?:副?(?:主任|经理|主管|总监|总经理|{_HEAD_OF}|车间主任)|(?:助理|高级)?工程师|技术员|质检员|检验员)$"
"""What people are called behind their names, and nobody is called himself."""
_ROLE = r"(?:经理|主任|主管|长|工|员|总|师|人)$"
_AROUND = (
    r"^(?:[^：:（()）【】\[\]]|[（(【\[][^（()）】【\[\]]*[）)】\]])+[：:]|[（(【\[][^（()）】【\[\]]*[）)】\]]"
    r"|(?<=[^\W\d_])\s*(?:分机|电话|手机|工号)?\s*\d[\d-]{2,}$"
)
"""What stands before a colon that is in no brackets, what stands in brackets, and a telephone's or staff number."""
_DITTO = frozenset({"同上", "同前", "同左", "同上行", "〃", "″", "ditto"})


_NOBODY_YET = frozenset({
    "待定", "未定", "待确定", "待明确", "待指定", "待安排", "待落实", "暂无", "无", "tbd", "tbc", "tba", "n/a", "na",
    "none", "nil", "to be confirmed", "to be decided", "to be assigned", "unassigned",
})  # fmt: skip


def is_no_name(text: str) -> bool:
    """True for 同上 and 待定, TBD and their like, which name nobody.

    Who is meant by 同上 hangs on the row above, which sorting moves away.
    """
    return text.strip("（）() 。.").lower() in _DITTO | _NOBODY_YET


class NamesOfPiece(Struct, frozen=True):
    """The names of a piece, and whether that was a guess."""

    names: tuple[str, ...]
    guessed: bool = False


def is_post_before(post: str, name: str) -> bool:
    """工长 朱武, 后勤保障部 丁强: a post or a department, a blank, and who it is; 王工 李工 are two people."""
    is_person = name[:1] in SURNAMES and 1 < len(name) < _LONGEST_PERSON and not re.search(_UNIT, name)
    is_post = post[:1] not in SURNAMES or (post.startswith(_A_POSTS_WORD) and len(post) > _POSTS_WORD)
    return is_person and is_post and re.search(f"{_UNIT}|{_ROLE}", post) is not None


def is_post_behind(name: str, post: str) -> bool:
    """周明 主任, 陈刚 班长: who it is, a blank, and what they are; 王工 李工 are two people."""
    is_person = 1 < len(name) <= _LONGEST_PERSON and re.search(f"{_UNIT}|{_TITLE}", name) is None
    return is_person and re.fullmatch(_TITLE, post) is not None


def without_title(writing: str) -> str:
    """孙丽主任 is 孙丽 where that is somebody; the writing itself where no title ends it."""
    return re.sub(_TITLE, "", writing).strip() or writing


def without_surroundings(writing: str, instead: str = "") -> str:
    """The writing less what stands around a name: the post before a colon, brackets, a number."""
    return writing if writing.isalpha() else re.sub(_AROUND, instead, writing)


def bare_writing(writing: str) -> str:
    """The name alone; the writing itself where nothing would be left."""
    post, _, name = writing.partition(" ")
    if name and is_post_before(post, name):
        return name
    if name and is_post_behind(post, name):
        return post
    return "".join(without_surroundings(writing).split()) or writing


def pieces_and_signs(text: str) -> list[str]:
    """The pieces between the signs that always part names, and those signs, by turns, beginning with a piece."""
    found = _SIGNS.split(text)
    kept, is_whole = [found[0]], False
    for at in range(1, len(found), 2):
        sign, after = found[at], found[at + 1]
        is_whole = (
            not is_whole and _SLASHES.fullmatch(sign) is not None and _is_inside(kept[-1], after, found[at + 2 :])
        )
        if is_whole:
            kept[-1] += sign + after
        else:
            kept += (sign, after)
    return kept


def pieces_of(text: str) -> list[str]:
    """The pieces between the signs that always part names, blanks at their ends and all."""
    return pieces_and_signs(text)[::2]


def outside_brackets(pieces: Sequence[str]) -> list[str]:
    """Pieces and signs by turns, those between two brackets as one piece: 班组（南延线、机场线） is one department."""
    if not any(_OPENED.search(piece) for piece in pieces):
        return list(pieces)
    kept, at = [pieces[0]], 1
    while at < len(pieces):
        end = _closed_at(kept[-1], pieces, at)
        if end:
            kept[-1] += "".join(pieces[at:end])
        else:
            kept += pieces[at : at + 2]
        at = end or at + 2
    return kept


def _closed_at(begun: str, pieces: Sequence[str], at: int) -> int:
    """Where the piece behind the bracket ends that is open so far; 0 where none is, or nothing closes it."""
    depth = _depth(begun)
    for end in range(at, len(pieces), 2):
        if depth <= 0:
            return 0
        depth += _depth(pieces[end + 1])
        if depth <= 0:
            return end + 2
    return 0


def _depth(piece: str) -> int:
    return len(_OPENED.findall(piece)) - len(_CLOSED.findall(piece))


def listed_names(text: str) -> tuple[str, ...]:
    """The names that a text lists with 、 between them, none of it in brackets."""
    if not _OPENED.search(text):
        return tuple(text.split("、"))
    return tuple(outside_brackets(_PAUSE.split(text))[::2])


def people_in(piece: str, known: Known = NOBODY) -> NamesOfPiece:
    """The people of one piece: 韩冬 & Luo are two, R&D and 李和平 one, 张三和李四 two as far as one can see.

    Args:
        piece: Without signs that always part names.
        known: Names of 人员部门; what it has is never guessed.
    """
    if _MAY_JOIN.search(piece) is None or "".join(piece.split()) in known or " ".join(piece.split()) in known:
        return NamesOfPiece((piece,))
    halves = _halves(piece)
    if len(set(halves)) < 2:
        return NamesOfPiece(halves if len(halves) == 1 else (piece,), _may_be_two(halves[0], known))
    if all("".join(half.split()) in known or half in known for half in halves) or _are_units(halves):
        return NamesOfPiece(halves)
    return _guess(piece, halves)


def departments_apart(piece: str) -> tuple[str, ...]:
    """The departments of one piece: 生产部和质量部 are two, 安全与环保部 and Sales & Marketing one."""
    halves = _halves(piece) if _MAY_JOIN.search(piece) else ()
    return halves if len(halves) > 1 and _are_units(halves) else (piece,)


def _is_inside(before: str, after: str, behind: list[str]) -> bool:
    """A slash beside a single letter or figure, as that of 2/E; of 张三/2/E only the second one."""
    if _SINGLE.fullmatch(before.strip()):
        return bool(after.strip())
    begins_another = behind[1:] and _SLASHES.fullmatch(behind[0]) and behind[1].strip()
    return bool(before.strip()) and _SINGLE.fullmatch(after.strip()) is not None and not begins_another


def _halves(piece: str) -> tuple[str, ...]:
    """The piece at each word or sign that may join names, a word only where it leaves no single character alone."""
    found, start = [], 0
    for joint in JOINT.finditer(piece):
        left, right = piece[start : joint.start()].strip(), piece[joint.end() :].strip()
        if _may_part(left, joint[0], right):
            found.append(left)
            start = joint.end()
        elif not left and joint[0][:1].isspace():
            start = joint.end()
    return (*found, piece[start:].strip())


def _may_part(left: str, joint: str, right: str) -> bool:
    if not (re.search(_LETTER, left) and re.search(_LETTER, right)):
        return False
    if joint[:1].isspace() and joint[-1:].isspace():
        return True
    is_sign = re.fullmatch(_ONLY_A_SIGN, joint) is not None
    return not (left + right).isascii() if is_sign else min(len(left), len(right)) > 1


def unit_of_actors(names: Sequence[str]) -> str:
    """What a list of who is waited for is counted in: people, departments, or 方 where both stand in it."""
    units = {re.search(_UNIT, re.sub(_BRACKETS, "", name).strip()) is not None for name in names}
    return "个部门" if units == {True} else "方" if True in units else "人"


def _are_units(halves: tuple[str, ...]) -> bool:
    return all(re.search(_UNIT, half) for half in halves)


def _may_be_two(name: str, known: Known) -> bool:
    """甲和乙, but not 李和平: three characters that begin with no common surname."""
    around = re.fullmatch(_THREE, "".join(name.split()))
    return around is not None and name[0] not in SURNAMES


def _guess(piece: str, halves: tuple[str, ...]) -> NamesOfPiece:
    """People where each half may be one; a firm's or a department's own name stays whole."""
    if _is_a_units_own_name(halves):
        return NamesOfPiece((piece,))
    whole = any(map(_is_a_firms, halves)) or any(map(_is_no_person, halves)) or re.fullmatch(_JUSTIFIED, piece.strip())
    return NamesOfPiece((piece,) if whole else halves, guessed=True)


def _is_a_units_own_name(halves: tuple[str, ...]) -> bool:
    """安全与环保部, 研发与创新中心, R&D部: what stands before is neither a unit nor somebody in an office."""
    before = "".join(halves[:-1])
    named = not before.isascii() or len(before) == 1
    return named and re.search(_UNIT, halves[-1]) is not None and not any(re.search(_ROLE, one) for one in halves[:-1])


def _is_a_firms(half: str) -> bool:
    return re.search(_FIRM, half, re.IGNORECASE) is not None


def _is_no_person(half: str) -> bool:
    """A single Latin letter, or Chinese too long for a name and without an office at its end."""
    bare = "".join(re.sub(_BRACKETS, "", half).split())
    return len(bare) < 2 if bare.isascii() else len(bare) > _LONGEST_PERSON and re.search(_ROLE, bare) is None
