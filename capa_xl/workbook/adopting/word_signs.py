"""What a strange word of a status or a conclusion has in it that says what it likely means; most words have nothing.

Nothing is proposed without a ground (decisions C1): 已拆除 and D5 are asked without a default. A word that denies
(未改, 不予采纳, 完成90%) is never proposed as done.
"""

from __future__ import annotations

import re

from capa_xl.model import words
from capa_xl.model.stated_status import (
    STATED_CANCELLED,
    STATED_CLOSED,
    STATED_DONE,
    STATED_OPEN,
    STATED_TO_VERIFY,
    says_again,
)

_NOT_OURS = (
    r"误报|不成立|不属实|重复|取消|作废|撤(销|回|项|单)|剔除|调出|(不予?|未予?|没有?)采纳|不(再)?需要|无需|毋需|无须|不用(整?改|处理)"
    r"|不适用|不涉及|未涉及|duplicate|not applicable|won'?t|\bwont\b|cancel|supersed|declin|abandon|withdraw"
    r"|not required|no longer"
)
_NOT_AGAIN = r"^未(再|见|检出|出现|复[现发]|重现|发[现生])|not (re)?(produc|occur|seen|found)"
"""What says that the problem is no more, though it denies: 未复现, 未再发."""
_CANCELS = r"取消|作废|撤(销|回|项)|\b(cancel|withdraw|void)"
"""What says under a conclusion that the whole row is no more; 重复 and 不适用 may say something else there."""
_CHECKING = r"(验证|验收|复测|复查|复核|核查|核验|检验|确认|销号|关闭|评[价估]|待核|待验|待复)"
_NOT_LOOKED = rf"(未|没有?|尚未|还未|还没|暂未|not (yet )?)\s*(进行)?({_CHECKING}|检查|查|check|verif|inspect|review)"
"""未复查 under a conclusion says that nobody looked yet, not that it failed."""
_WAITS_FOR_A_CHECK = (
    rf"(待|等待|等候|申请|报请).{{0,4}}{_CHECKING}|待[核验]|{_CHECKING}中"
    r"|(await|pending|to be|under|\bin\b|\bfor\b|ready).{0,5}(verif|valid|closure|confirm|re-?test|test|qa|inspect)"
    r"|evidence.{0,20}review|证据.{0,4}审[核查]"
    r"|(done|complete|completed|fixed|implemented|resolved)\W+(not|un)(\s*yet)?\s*verified"
)
_WAITS_FOR_A_YES = r"(await|pending|under|\bfor\b|to be).{0,12}approv(?!.*(clos|verif))"
"""The plan may wait, or what was done."""
_SAYS_NO_MORE = (
    r"拒|驳|退回|打回|^不(再|予|拟|作|必|宜|整|做|改|修|处|办|搞|弄|干|要|推进|继续|开展|落实|实施|解决|纠正|执行)|\breject|refus"
    r"|\b(will|shall|would) not\b|\bno (further )?action\b"
    r"|^(待|等).{0,4}([核验审复]|回访)|回访|核实|观察|试运行|试用"
)
"""Whether such a row is over, begins anew or waits, only people know."""
_WORK = r"(完成|整改|落实|解决|修复|处理|处置|消缺|改正|治理|处治|实施|改善|办理|改)"
_ALL_DONE = (
    rf"(已|均已|都已|全部|已全部)?(按期|如期|按时|提前|超期|逾期|延期)?{_WORK}(完成|完毕|到位|结束|好了?|了)"
    rf"|(已|均已|都已|全部|已全部|按期|如期|按时|提前|超期|逾期){_WORK}|延期完成|完成|落实|已于?.{{2,10}}{_WORK}(完成|完毕|到位)?"
    r"|(all )?(complete|completed|done|fixed|resolved|implemented|finished)"
)
_ENDED = r"(已|全部)?(闭环|销号|销项|结案|办结|归档|关闭|结束|了结)|(?<!not )(?<!un)\bclosed\b.{0,6}|\w{1,3} closed"
_PERCENT = r"(\d{1,3})(?:\.\d+)?\s*[%％]"
_DENIES = (
    r"^(未|没|否|不|尚|暂未|仍|还)|尚未|没有|[，,、 （(已].*未"
    r"|\b(not|no|never|un(?!der|til|it|iform|ique|ion)\w+|fail\w*|incomplete)\b"
)
_OF_WORK = (
    r"clos|complet|done|start|begin|begun|fix|resolv|implement|verif|accept|approv"
    r"|progress|action|finish|ready|due|open|work|yet|tested"
)
"""What a phrase that denies must speak of to say how far the work is: No form on shift tells a cause."""
_PARTLY = r"部分|一半|大部|初步|partial|partly|mostly|nearly"
_GOES_ON = (
    r"正在|.中$|持续|长期|推进|跟进|继续|进行|滞后|延期|延后|推迟|暂缓|搁置|挂起|暂停|停滞|反复|返工|收尾|按计划|^待|^等"
    r"|hold|block|suspend|defer|postpon|delay|backlog|progress|ongoing|on track|behind|overdue|\bwip\b|waiting|reopen"
)


def likely_family(word: str) -> str | None:
    """The family of a status word that nobody knows, by what it has in it; None where nothing says so."""
    text = " ".join(word.lower().split())
    if _has(_NOT_AGAIN, text):
        return None
    if _has(_NOT_OURS, text):
        return STATED_CANCELLED
    if says_again(text):
        return STATED_OPEN
    percent = re.search(_PERCENT, text)
    if percent is not None:
        return STATED_OPEN if int(percent[1]) < _ALL else STATED_DONE if int(percent[1]) == _ALL else None
    if _has(_WAITS_FOR_A_YES, text) or (_has(r"^(已?(关闭|闭环|销号|结案)|closed)", text) and _has(_DENIES, text)):
        return None
    if _has(_WAITS_FOR_A_CHECK, text) and not _has(r"^(未|没|尚未|\bnot\b)", text):
        return STATED_TO_VERIFY
    if _has(_SAYS_NO_MORE, text):
        return None
    if _has(_PARTLY, text) or _has(_DENIES, text):
        return STATED_OPEN
    if re.fullmatch(_ENDED, text):
        return STATED_CLOSED
    if re.fullmatch(_ALL_DONE, text):
        return STATED_DONE
    return STATED_OPEN if _has(_GOES_ON, text) else None


def tells_no_work(word: str) -> bool:
    """True for a Latin phrase with a no or not in it that denies no work: `No form on shift`, `Stock not owned`."""
    text = word.lower()
    is_phrase = text.isascii() and " " in text.strip()
    return is_phrase and _has(r"\b(no|not|never)\b", text) and not _has(_OF_WORK, text)


_SENT_BACK = r"退回|打回|驳回|\breject|\breturned\b"
_VERDICTS = {
    "inspection": (words.FAILED, words.FAILED),
    "effect": (words.INEFFECTIVE, words.PARTLY_EFFECTIVE),
    "execution": (words.NOT_DONE, words.PARTLY_DONE),
    "approval": (words.REFUSED, None),
}
"""Column → what a word that denies means in it, and one that says partly."""


def likely_conclusion(key: str, word: str) -> str | None:
    """The conclusion a word stands for that denies, says partly, or waits ("": none yet); None for any other word.

    已取消 for one that says that nothing is to be concluded any more.
    """
    if key not in _VERDICTS:
        return None
    text = " ".join(word.lower().split())
    denied, partly = _VERDICTS[key]
    if _has(_NOT_AGAIN, text):
        return None
    if _has(_CANCELS, text) and not _has(_DENIES, text):
        return STATED_CANCELLED
    if _has(_NOT_OURS, text):
        return None
    if _has(_WAITS_FOR_A_CHECK, text) or re.match(rf"待|等|{_NOT_LOOKED}|not yet$|pending", text):
        return ""
    if _has(_PARTLY, text):
        return partly
    sent_back = key == "inspection" and _has(_SENT_BACK, text)
    return denied if sent_back or _has(_DENIES, text) or _has(r"反复|返工|^无效|\bng\b", text) else None


def likely_severity(word: str) -> str | None:
    """重大 or 一般 for a word of height: 高危, 低危, 中危, 严重级, Highest; None for any other."""
    text = re.sub(r"(缺陷|隐患|问题|不符合项?|不合格)$", "", word.lower().strip())
    if re.fullmatch(
        r"重大|危急|特急|超危|(超|极|特|很|较)?(高|严重|紧急|重)(危|度|风险|级|等级)?"
        r"|(very )?(high|highest|severe)( risk)?",
        text,
    ):
        return words.MAJOR
    if re.fullmatch(
        r"一般|轻微|(较|很)?(低|中|轻)(危|度|等|风险|级|等级)?|提示|(very )?(low|lowest|medium|moderate)( risk)?|info",
        text,
    ):
        return words.GENERAL
    return None


def likely_priority(word: str) -> str | None:
    """高 for Highest, 低 for Lowest; None for any other word."""
    return {"highest": words.HIGH, "lowest": words.LOW, "最高": words.HIGH, "最低": words.LOW}.get(word.lower().strip())


_ALL = 100


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None
