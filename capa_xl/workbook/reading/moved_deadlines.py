"""Headings of a deadline that another one was moved to: 延期至, 批准延至, 二次展期日, Revised Date, 2nd Extension."""

from __future__ import annotations

import re

from capa_xl.model.two_languages import in_two_languages

_DAY = "(期限|时限|时间节点|时间|日期|日)"
_CHINESE = (
    r"(首次|二次|再次|三次|第[一二三]次|批准|同意|申请)?(的)?("
    rf"(调整|延期|变更|修订|顺延|展期)(后的?.{{0,6}}{_DAY}|.{{0,4}}(期限|时限)|的?(完成|关闭|整改)?{_DAY})"
    rf"|(延期?|延长|顺延|展期|推迟|改期|后延)(至|到|后|日期?)|(延期|延长|顺延|展期|推迟|改期)后的?.{{0,4}}(截止|完成|到期){_DAY}?"
    rf"|改约{_DAY}|.{{0,4}}(期限|时限|截止|日期|时间) ?(延期|延长|顺延|展期|调整|变更|修订)(至|到|后)"
    rf"|(二次|三次|第[二三]次|再次|重新)(整改|治理|消缺|完成|承诺|限期|要求)(完成)?(期限|时限|截止)({_DAY})?"
    rf"|新的?(完成)?(期限|时限)|(新的?|最终|二次|再次|重新)(承诺|约定)(完成)?{_DAY}?)"
)
_LATIN = (
    r"((1st|2nd|3rd|first|second|third|final) )?("
    r"(revised|extended|new|latest) .*(due|target|date|deadline|eta\b).*|new date"
    r"|(extended|postponed|slipped|moved)( to)?"
    r"|(target|due|completion|closure)( date)? (re-?)?(forecast|revised|current|new|latest|extended|updated)"
    r"|(extension|extended|postponed|deferred|moved)( (granted|approved|agreed|given))? (to|until|till)"
    r"|extension( date)?|ext\.?( date)?|(re-?forecast|re-?plan(ned)?|re-?commit(ted|ment)?|revised)( date)?"
    r"|current (due|target)( date)?)|final (due|target|commit\w*)( date)?"
)
_MOVED = f"(?i:{_CHINESE}|{_LATIN})"
"""Compiled where a heading is first asked, 2 ms: in a tracker of ours none is."""
_IS_NONE = r"(变更|修订|调整)(时间|日期|日)"
"""The day on which a paper was changed."""


def says_moved(text: str) -> bool:
    """True for the heading of a deadline that another one was moved to, be it said in two languages."""
    whole = " ".join(text.split()).rstrip(":：")
    parts = (whole, *(in_two_languages(whole) or ()))
    return any(re.fullmatch(_MOVED, part) and not re.fullmatch(_IS_NONE, part) for part in parts)
