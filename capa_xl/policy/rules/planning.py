"""PL01–PL09, PL17, PL18, PL22, PL24, PL25: what planning must write down before anybody begins (4.1–4.4)."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.names_apart import pieces_of
from capa_xl.model.problem import Hit
from capa_xl.policy.planning_set import deadline_key, heading_of, is_detailed, is_planned, vague_phrase
from capa_xl.policy.rules.message_words import header, headers
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs, is_weighty
from capa_xl.policy.rules.weights import once_completed, once_ended, while_planned


def _no_due_date(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.due_on is None and is_planned(given.view.inputs, action):
            key = deadline_key(given.view.inputs.on_its_page(action))
            yield given.hit(action, key, measured=_measured(action))


def _no_owner(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if not action.owners and is_planned(given.view.inputs, action):
            yield given.hit(action, "owners", measured=_measured(action))


def _measured(action: Action) -> str:
    return "已制订措施" if action.measure else ""


def _no_type(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.measure and action.action_type is None:
            yield given.hit(action, "action_type", once_completed(action))


def _no_department(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.measure and action.responsible_department is None:
            yield given.hit(action, "responsible_department", once_completed(action))


def _not_detailed(given: RuleInputs) -> Iterator[Hit]:
    at, steps = given.first_column("scheme", "measure"), given.view.steps
    steps_in_use = given.has("+steps")
    for action, derived in given.live:
        if not action.measure or steps.get(action.number):
            continue
        if not action.scheme and not is_detailed(action.measure):
            yield given.hit(action, at, once_completed(action), why=_why(action.measure))
        elif steps_in_use and action.severity == words.MAJOR and not (derived.is_ended and action.scheme):
            yield given.hit(action, at, W, why="重大措施没有分解步骤")


def _why(measure: str) -> str:
    vague = vague_phrase(measure)
    return f"措施内容只说“{vague}”，没有步骤也没有实施方案" if vague else "措施内容简短，没有步骤也没有实施方案"


def _vague(given: RuleInputs) -> Iterator[Hit]:
    steps = given.view.steps
    for action, _ in given.live:
        for key, text in (("scheme", action.scheme), ("measure", action.measure)):
            if text and (phrase := vague_phrase(text)):
                if not steps.get(action.number):
                    yield given.hit(action, key, w=phrase, what=heading_of(given.view.inputs, key))
                break


def _no_goal(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if not action.goal:
            demanded = action.severity == words.MAJOR or action.action_type in (words.PREVENTIVE, words.IMPROVEMENT)
            hit = given.hit(action, "goal", once_completed(action) if demanded else W)
            yield while_planned(given, hit, action, derived)


def _no_current_state(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if action.action_type in (words.IMPROVEMENT, words.PREVENTIVE) and not action.current_state:
            hit = given.hit(action, "current_state", kind=action.action_type or "")
            yield while_planned(given, hit, action, derived)


def _no_cause(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if action.action_type == words.CORRECTIVE and not action.cause:
            yield while_planned(given, given.hit(action, "cause"), action, derived)


def _nature_open(given: RuleInputs) -> Iterator[Hit]:
    severity, impact = "severity" in given.tracker.columns, "impact" in given.tracker.columns
    for action, derived in given.live:
        if severity and action.severity is None:
            yield while_planned(given, given.hit(action, "severity"), action, derived)
        if impact and not action.impact and action.action_type != words.IMPROVEMENT:
            hit = given.hit(action, "impact", None if action.severity == words.MAJOR else W)
            yield while_planned(given, hit, action, derived)


def _no_method(given: RuleInputs) -> Iterator[Hit]:
    keys = ("analysis_methods", "indicator", "baseline", "target")
    for action, derived in given.live:
        if not is_weighty(action):
            continue
        asked = keys[1:] if action.action_type == words.IMPROVEMENT else keys
        if missing := given.blanks(action, *asked):
            hit = given.hit(action, missing[0], missing=headers(missing), kind=_weight(action))
            yield while_planned(given, hit, action, derived)


def _no_owning_department(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if is_weighty(action) and not action.owning_department:
            yield while_planned(given, given.hit(action, "owning_department", kind=_weight(action)), action, derived)


def _weight(action: Action) -> str:
    return words.MAJOR if action.severity == words.MAJOR else "重复"


def _no_involved_departments(given: RuleInputs) -> Iterator[Hit]:
    for action, derived in given.live:
        if is_weighty(action) and not action.involved_departments:
            hit = given.hit(action, "involved_departments", kind=_weight(action))
            yield while_planned(given, hit, action, derived)


_OF_A_STEP = (("owners", "没有责任人"), ("due_on", "没有计划完成日期"))


def _steps_dont_fit(given: RuleInputs) -> Iterator[Hit]:
    steps = given.view.steps
    asked = [(key, word) for key, word in _OF_A_STEP if given.has(f"steps:{key}")]
    for action, derived in given.live:
        for step in steps.get(action.number, ()):
            name = step.step or str(step.row)
            if step.due_on is not None and action.due_on is not None and step.due_on > action.due_on:
                severity = W if step.done_on is not None else once_ended(derived)
                what = f"期限 {step.due_on} 晚于完成期限 {action.due_on}"
                yield given.hit_on("steps", step, "due_on", step.number, severity, n=name, what=what)
            for key, word in asked:
                if not getattr(step, key) and step.done_on is None:
                    yield given.hit_on("steps", step, key, step.number, W, n=name, what=word)


def _nobody_inside(given: RuleInputs) -> Iterator[Hit]:
    """Nobody still employed answers for it: the party itself, or its people, may stand in the roster for their mail."""
    for action, derived in given.pairs:
        if action.external_party and not any(_answers(given, action.external_party, name) for name in action.owners):
            who = f"「{'、'.join(action.owners)}」{_why_not(given, action)}" if action.owners else "空白"
            yield given.hit(action, "owners", I if derived.is_ended else None, v=action.external_party, who=who)


def _answers(given: RuleInputs, party: str, name: str) -> bool:
    roster, parties = given.view.roster, {part.strip() for part in pieces_of(party)}
    return roster.active(name) and not parties & {name, roster.department_of(name, given.on)}


def _why_not(given: RuleInputs, action: Action) -> str:
    roster = given.view.roster
    if not any(map(roster.exists, action.owners)):
        return "不在人员名单"
    return "是外部单位的人" if any(map(roster.active, action.owners)) else "已不在职"


PL01 = Rule(
    "PL01", "4.4.4", E, "已有措施（表中没有措施内容一列的：已有问题），完成期限空白",
    "⟦{measured}但⟧未规定完成期限",
    "填写完成期限，例如“2026-03-31”",
    _no_due_date, ("measure|description", "due_on"), excusable=False,
)  # fmt: skip
PL02 = Rule(
    "PL02", "4.4.4", E, "已有措施（表中没有措施内容一列的：已有问题），责任人空白",
    "⟦{measured}但⟧未规定责任人",
    "填写责任人姓名（几个人用“、”隔开，第一个为主）",
    _no_owner, ("measure|description", "owners"), excusable=False,
)  # fmt: skip
PL03 = Rule(
    "PL03", "4.4.4", E, "没有步骤、没有实施方案，措施内容又不足 30 字或笼统"
    "（重大没有步骤、或已完成：警告；结束了的重大有实施方案即可）",
    "措施实施方案未细化⟦：{why}⟧",
    "在《措施分解》中写步骤（一般的也可以填写实施方案）：谁、做什么、做到什么程度、何时完成",
    _not_detailed, ("measure", "scheme|+steps"), also=(W,),
)  # fmt: skip
PL04 = Rule(
    "PL04", "4.4.4", W, "实施方案或措施内容笼统（加强管理、尽快……而没有数量）",
    "{what}表述笼统：「{w}」",
    "写出对象、数量和频次，例如“每月抽查 10 单”",
    _vague, ("measure|scheme",),
)  # fmt: skip
PL05 = Rule(
    "PL05", "4.1.2", E, "改进目标空白（重大、预防、改进为错误，其余、已完成或策划期限内为警告）",
    "未填写改进目标",
    "写可衡量的目标，例如“超时率由 12.6% 降到 3% 以下”",
    _no_goal, ("goal",), also=(W,),
)  # fmt: skip
PL06 = Rule(
    "PL06", "4.1.2", W, "改进或预防没有现状分析",
    "未分析现有过程状况（{kind}措施）",
    "写现状与数据：现在怎样、有多少",
    _no_current_state, ("action_type", "current_state"),
)  # fmt: skip
PL07 = Rule(
    "PL07", "4.2.2", E, "纠正没有原因分析（策划期限内为警告）",
    "纠正措施缺少原因分析",
    "补原因分析：为什么会发生、为什么没有及早发现",
    _no_cause, ("action_type", "cause"), also=(W,),
)  # fmt: skip
PL08 = Rule(
    "PL08", "4.2.2", E, "严重度空白；影响面空白（重大为错误，其余为警告；策划期限内都为警告）",
    "未确定问题性质/影响面：{c}空白",
    "填写{c}⟦（{list}）⟧",
    _nature_open, ("severity|impact",), also=(W,),
    in_general={"c": headers(("severity", "impact"))},
)  # fmt: skip
PL09 = Rule(
    "PL09", "4.2.2", W, "重大或重复没有分析方法，或没有效果指标、现值、目标值",
    "未注明分析方法/效果指标（{kind}问题）：{missing}空白",
    "选分析方法，填效果指标、现值、目标值",
    _no_method, ("severity|is_repeat", "analysis_methods|indicator"),
)  # fmt: skip
PL17 = Rule(
    "PL17", "4.4.4", E, "步骤期限晚于完成期限（错误）；步骤没有责任人或日期（警告）",
    "步骤 {n} {what}",
    "调整步骤期限，或补步骤责任人和计划完成日期",
    _steps_dont_fit, ("steps:",), also=(W,),
)  # fmt: skip
PL18 = Rule(
    "PL18", "4.2.3", E, f"重大或重复没有{header('owning_department')}（策划期限内为警告）",
    "未指定归口管理部门（{kind}问题）",
    "填写归口部门，由它组织相关部门制定措施",
    _no_owning_department, ("severity|is_repeat", "owning_department"), also=(W,),
)  # fmt: skip
PL22 = Rule(
    "PL22", "4.2.3", W, "重大或重复没有涉及部门",
    "重大/重复问题未列相关部门（{kind}问题）",
    "填写涉及部门（几个部门用“、”隔开）",
    _no_involved_departments, ("severity|is_repeat", "involved_departments"),
)  # fmt: skip
PL24 = Rule(
    "PL24", "4.1.3", E, "已有措施，措施类型空白（已完成为警告）",
    "没有归入纠正、预防或改进",
    "选措施类型（纠正、预防、改进）",
    _no_type, ("measure", "action_type"), also=(W,),
)  # fmt: skip
PL25 = Rule(
    "PL25", "4.2.2", E, "已有措施，责任部门空白（已完成为警告）",
    "没有责任部门",
    "填写责任部门",
    _no_department, ("measure", "responsible_department"), also=(W,),
)  # fmt: skip
PL27 = Rule(
    "PL27", "4.4.1", E, "由外部单位实施，而没有在职的内部责任人（已结束的行为提示）",
    "由外部单位「{v}」实施，责任人{who}",
    "责任人填公司里负责到底的人，外部单位只写在外部单位一栏",
    _nobody_inside, ("external_party", "owners", "people:name"), also=(I,),
)  # fmt: skip
