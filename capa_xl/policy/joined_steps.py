"""Two steps in one sentence: what comes first, then the other; and who is to do a step."""


def then(step: str) -> str:
    """再完成措施…, 再申请延期…; a step that begins with its day stands apart from the word before it."""
    return f"然后 {step}" if step[:1].isdigit() else f"再{step.removeprefix('先')}"


def remind_of(who: str, step: str) -> str:
    """请提醒 样例工 完成措施…; a step that doesn't begin with its verb stands behind a comma."""
    return f"请提醒 {who}{'，' if step[:1] == '由' or step[:1].isdigit() else ' '}{step}"
