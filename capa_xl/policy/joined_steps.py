"""Two steps in one sentence: what comes first, then the other; and who is to do a step."""


def then(step: str) -> str:
    """再完成措施…, 再申请延期…; a step that begins with its day stands apart from the word before it."""
    return f"然后 {step}" if step[:1].isdigit() else f"再{step.removeprefix('先')}"


def remind_of(who: str, step: str) -> str:
    """请提醒 样例工 完成措施…; several behind a colon, one that doesn't begin with its verb behind a comma."""
    if step.startswith("先"):
        return f"请提醒 {who}：{step}"
    return f"请提醒 {who}{'，' if step[:1] == '由' or step[:1].isdigit() else ' '}{step}"


def named_anew(names: str, who: str, step: str) -> str:
    """请先改派或更正姓名：…；再请提醒 样例工 完成措施…; beside a step that has its own 先 there is no other.

    Args:
        names: Who can't be asked, and why.
        who: Who can; "" for nobody.
    """
    what = remind_of(who, step) if who else step
    if step.startswith("先"):
        return f"请改派或更正姓名：{names}；{'并' * (what != step)}{what}"
    return f"请先改派或更正姓名：{names}；{then(what)}"
