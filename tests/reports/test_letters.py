import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from capa_xl.effects.resources import resource_dir
from capa_xl.errors import BadTemplate
from capa_xl.model.journal import JournalView, Posting
from capa_xl.model.lead import Lead
from capa_xl.model.letter import Duty, JournalKey
from capa_xl.model.todo import TodoItem
from capa_xl.model.weekly import WeeklyDigest, WeeklyLine, WeeklyList
from capa_xl.reports.letter_templates import HTML_FILE, SUBJECT_FILE, TEXT_FILE, LetterTemplates
from capa_xl.reports.letter_view import link_of
from capa_xl.reports.letters import Letterhead, compose

FOLDER = resource_dir("report_templates") / "letters"
TEMPLATES = LetterTemplates(
    *(FOLDER.joinpath(name).read_text("utf-8") for name in (SUBJECT_FILE, TEXT_FILE, HTML_FILE))
)
T, DAY = date(2026, 11, 22), timedelta(1)
LETTERHEAD = Letterhead(T, "样例运维服务有限公司", "改进计划跟踪表.xlsx", "yangli-ops.example")
EMPTY = JournalView("W-1")


def duty(number="GJ-2026-044", milestone="O1", due="2026-11-12", recipient="样例工", **values):
    due_on = date.fromisoformat(due[:10])
    base = {
        "key": JournalKey("W-1", number, milestone, due, values.pop("occurrence", "0"), recipient),
        "address": "gong@yangli-ops.example", "informed": False, "planned_on": T, "due_on": due_on, "late": False,
        "short_notice": False, "counts": False, "what": "完成措施，填写：实际完成日期", "days": (T - due_on).days,
        "status": "实施中", "title": "抽查服务器与实物不符", "department": "系统部",
        "sheet": "改进计划跟踪表", "cell": "AX7",
        "recipient_department": "网络部",
    }  # fmt: skip
    return Duty(**(base | values))


def letters(*duties, journal=EMPTY, templates=TEMPLATES, letterhead=LETTERHEAD, **others):
    return compose(duties, journal, templates, letterhead, **others)


def letter(*duties, **others):
    (only,) = letters(*duties, **others)
    return only


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.tags, self.silent = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.silent += tag in ("style", "title")

    def handle_endtag(self, tag):
        self.silent -= tag in ("style", "title")

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def read(html):
    reader = _Words()
    reader.feed(html)
    return re.sub(r"[\s\xa0]+", "", "".join(reader.words))


def test_the_subject_says_the_worst_fact_first():
    two = letter(duty(), duty("GJ-2026-036", due="2026-10-08"), duty("GJ-2026-041", "M1", "2026-12-11"))
    assert two.subject == "【实施逾期 2 项】改进措施提醒 — 网络部 样例工（2026-11-22）"
    assert letter(duty(milestone="S2", due="2026-11-25")).subject.startswith("【等您处理 1 项】")
    assert letter(duty(milestone="M1", due="2026-12-11")).subject.startswith("【即将到期 1 项】")
    assert letter(duty(informed=True)).subject.startswith("【知会 1 项】")


def test_the_subject_says_which_lateness_as_the_headings_do():
    """An approval due on 11-18 is late as the work due on 11-12 is; one due on 11-25 isn't."""
    late, waits = duty("GJ-2026-046", "S1", "2026-11-18"), duty("GJ-2026-047", "S1", "2026-11-25")
    assert letter(duty(), late, waits).subject.startswith("【实施逾期 1 项、超时 1 项】")
    assert letter(late, waits).subject.startswith("【超时 1 项】")
    assert letter(waits).subject.startswith("【等您处理 1 项】")
    assert letter(replace(late, informed=True), waits).subject.startswith("【等您处理 1 项】")
    assert "实施逾期 1 项，等您处理 2 项（超时 1 项）" in letter(duty(), late, waits).text


def test_an_action_whose_step_is_late_as_well_is_one():
    """Two lines of one action: 完成措施 since 11-12 and 完成步骤 3 since 11-10."""
    step = duty(what="完成步骤 3，填写：实际完成", due="2026-11-10")
    both = letter(duty(), step, duty("GJ-2026-036"))
    assert both.subject.startswith("【实施逾期 2 项】")
    assert "== 实施逾期（2 项，分列 3 条）==" in both.text and both.text.count("下一步：") == 3


def test_who_is_told_of_a_complaint_reads_the_number_that_its_receiver_does():
    """Once 等您处理 2 项 for the one and 知会 1 项 for the other, of its two limits."""
    first, second = (duty("XQ-2026-001", "S7", "2026-11-25", what=what) for what in ("响应投诉", "书面回复"))
    own, told = letter(first, second), letter(replace(first, informed=True), replace(second, informed=True))
    assert own.subject.startswith("【等您处理 2 项】") and told.subject.startswith("【知会 2 项】")
    assert "== 等您处理（2 项）==" in own.text and "== 知会（2 项）==" in told.text
    of_steps = (duty(informed=True), duty(informed=True, what="完成步骤 3，填写：实际完成", due="2026-11-10"))
    assert "== 知会（1 项，分列 2 条）==" in letter(*of_steps).text


def test_two_people_of_one_name_get_a_letter_each():
    first, second = letters(duty(), duty("GJ-2026-036", address="two@corp.example"), duty("GJ-2026-041"))
    assert [d.key.number for d in first.duties] == ["GJ-2026-044", "GJ-2026-041"]
    assert second.address == "two@corp.example" and second.message_id != first.message_id


def test_a_subject_shortens_the_department_and_keeps_the_name_behind_it():
    long = duty(recipient_department="样例运维服务与数据中心基础设施保障部第12分部北京机房值班组")
    assert letter(long).subject == "【实施逾期 1 项】改进措施提醒 — 样例…第12分部北京机房值班组 样例工（2026-11-22）"


def test_a_long_department_may_break_and_a_short_one_stays_whole_on_a_phone():
    short, long = (
        letter(duty(department=name)).html
        for name in ("数据中心部", "样例运维服务与数据中心基础设施保障部北京机房值班组")
    )
    assert '<span style="white-space:nowrap;">数据中心部</span>' in short
    assert "样例运维服务与数据中心基础设施保障部北京机房值班组</span>" not in long
    assert "样例运维服务与数据中心基础设施保障部北京机房值班组" in long


def test_the_first_line_is_the_one_thing_to_do():
    text = letter(duty(milestone="M1", due="2026-12-11"), duty("GJ-2026-036", due="2026-10-08")).text
    assert text.splitlines()[0] == "请先处理 GJ-2026-036：实施逾期 45 天。完成措施，填写：实际完成日期。"


def test_the_first_line_is_short_however_much_the_step_names():
    """The cells, and whoever else has a part, stand in the card below it."""
    step = "《措施分解》：实际完成（步骤 1、2、3 样例员01、样例员02 等 25 人）；《进展反馈》：由样例总答复问题（结论）"
    what = f"请提醒 样例员01、样例员02、样例员03 等 25 人 完成措施，填写：实施情况、实际完成日期、完成证据；{step}"
    text = letter(duty(what=what)).text
    assert text.splitlines()[0] == (
        "请先处理 GJ-2026-044：实施逾期 10 天。请提醒 样例员01、样例员02、样例员03 等 25 人 完成措施。"
    )
    assert f"下一步：{what}" in text
    long = letter(duty(what=f"补齐：{'、'.join(['原因分析'] * 40)}")).text.splitlines()[0]
    assert len(long) <= 80 and long.endswith("、原因分析…。")


def test_days_in_the_sentences_of_a_letter_are_in_words():
    """In what people wrote, which stands in 「」, they stay as they are."""
    what = "先改完成期限（延期已批准为 2027-01-08），答复问题：「等 2026-12-01 的备件」"
    made = letter(duty(what=what, lateness="实施逾期 10 天（按旧期限，2026-11-23 重开）"))
    said = "先改完成期限（延期已批准为2027年1月8日），答复问题：「等 2026-12-01 的备件」"
    late = "实施逾期 10 天（按旧期限，2026年11月23日重开）"
    assert made.text.startswith(f"请先处理 GJ-2026-044：{late}。先改完成期限（延期已批准为2027年1月8日）")
    assert f"下一步：{said}" in made.text and "2026-11-23" not in made.html


def test_sections_follow_the_order_people_need_and_the_worst_comes_first():
    text = letter(
        duty("GJ-4", informed=True), duty("GJ-3", "M1", "2026-12-11"), duty("GJ-2", "S1", "2026-11-25"),
        duty("GJ-1", due="2026-11-20"), duty("GJ-0", due="2026-10-20"),
    ).text  # fmt: skip
    marks = [
        "== 实施逾期（2 项）==",
        "GJ-0 ",
        "GJ-1 ",
        "== 等您处理（1 项）==",
        "GJ-2 ",
        "== 即将到期（1 项）==",
        "GJ-3 ",
        "== 知会",
    ]
    body = text[text.index("==") :]
    assert [body.index(mark) for mark in marks] == sorted(body.index(mark) for mark in marks)


def test_each_item_has_number_next_step_due_date_days_and_cell():
    text = letter(duty()).text
    for words in (
        "GJ-2026-044",
        "下一步：完成措施，填写：实际完成日期",
        "期限：2026-11-12",
        "逾期 10 天",
        "改进计划跟踪表!AX7",
    ):
        assert words in text


def test_cells_of_a_step_that_others_share_are_told_apart():
    task = TodoItem(
        "GJ-2026-008", "措施", "改进计划跟踪表", "Q10", "", "", "补齐：是否重复", "质量部、服务台", T, "", 0, 0,
        cells=("M10", "Q10"), others=(("质量部", ("M10",)),),
    )  # fmt: skip
    assert "单元格：改进计划跟踪表!Q10；M10 由质量部填写\n" in letter(duty(tasks=(task,))).text


@pytest.mark.parametrize(
    ("cells", "step_cells", "place"),
    [
        (("AX7", "AY7"), "措施分解!G3、G4", "延期记录!G3、改进计划跟踪表!AX7、AY7、措施分解!G3、G4"),
        (("AX7",), "", "延期记录!G3、改进计划跟踪表!AX7"),
        ((), "措施分解!G3", "延期记录!G3、改进计划跟踪表第 7 行、措施分解!G3"),
    ],
)
def test_an_item_of_the_readers_own_names_the_cells_that_its_todo_names(cells, step_cells, place):
    """Those of the steps too; without a cell of the row's own its 编号 is none to fill."""
    task = TodoItem(
        "GJ-2026-044", "措施", "改进计划跟踪表", "A7", "", "", "完成措施", "样例工", T, "", 0, 0,
        cells=cells, first_cells=("延期记录!G3",), step_cells=step_cells,
    )  # fmt: skip
    assert f"单元格：{place}\n" in letter(duty(tasks=(task,))).text


def test_the_plain_text_says_what_the_html_says():
    weekly = WeeklyDigest(
        (WeeklyList("数据错误", 30, (WeeklyLine("GJ-9", "改进计划跟踪表!M7", "期限不是日期 → 改"),)),)
    )
    both = letter(duty(), duty("GJ-2", "M1", "2026-12-11", short_notice=True), duty("", "Q1"), weekly=weekly)
    html = read(both.html)
    for line in both.text.splitlines():
        for part in re.split(r"==+|  +|^- |^--$| · |\[|\]", line):
            assert re.sub(r"\s", "", part) in html, part


def test_an_item_shows_its_stages_in_both_parts():
    strip = "登记● 策划● 审批● 实施◐ 检查○ 确认○ 归档○"
    one = letter(duty(strip=strip))
    assert f"  进展：{strip}\n" in one.text
    assert re.sub(r"\s", "", strip) in read(one.html)
    assert "进展" not in letter(duty(strip="")).text


def test_marks_tell_what_the_first_reminder_is_and_the_deputy():
    ahead = {"milestone": "M1", "due": "2026-12-11", "deputy_for": "样例乙"}
    assert "剩余 19 天 · 提前一个月提醒、代样例乙\n" in letter(duty(**ahead)).text
    assert "剩余 19 天 · 补发（应提前一个月提醒）、代样例乙\n" in letter(duty(**ahead, late=True)).text
    short = letter(duty(**ahead, late=True, short_notice=True)).text
    assert "剩余 19 天 · 补发（期限定下时已不足一个月）、代样例乙\n" in short


@pytest.mark.parametrize(("task", "duties", "says"), [
    (("策划限期", 9, "即将到期，距完成期限 19 天"), {"short_notice": True},
     "策划限期剩余 9 天 · 完成期限2026年12月11日，剩余 19 天，期限定下时已不足一个月"),
    (("审批限期", -1, "审批超时 1 天"), {}, "审批超时 1 天 · 完成期限2026年12月11日，剩余 19 天，提前一个月提醒"),
    (("完成期限", 19, "即将到期"), {}, "剩余 19 天 · 提前一个月提醒"),
])  # fmt: skip
def test_a_month_ahead_of_a_row_that_waits_for_a_nearer_step_tells_both_days(task, duties, says):
    """4.4.6 is about 完成期限, in text, page and calendar, whatever is to be done before it."""
    name, left, overdue = task
    item = TodoItem(
        "GJ-2026-044", "措施", "", "", "", "", "补齐", "样例工", T + left * DAY, overdue, max(0, -left), left,
        due_name=name, late="超时" if left < 0 else "",
    )  # fmt: skip
    found = letter(duty(milestone="M1", due="2026-12-11", tasks=(item,), **duties))
    assert f"  {says}\n" in found.text and f"  {name}：{T + left * DAY}" in found.text
    assert re.sub(r"\s", "", says.partition(" · ")[2]) in read(found.html)
    days = {"20261211", (T + left * DAY).strftime("%Y%m%d")}
    assert set(re.findall(r"DTSTART;VALUE=DATE:(\d+)", found.calendar.decode())) == days


def test_marks_break_between_but_not_inside():
    html = letter(duty(milestone="M1", due="2026-12-11", deputy_for="样例乙")).html
    assert '<span style="white-space:nowrap;">代样例乙</span>' in html


def test_a_complaint_due_today_goes_before_what_is_late_inside():
    complaint = duty("XQ-1", "S7", "2026-11-22 09:30", what="响应")
    mine = letter(duty("GJ-1"), duty("GJ-2", "S4", "2026-11-13"), complaint).text
    assert mine.startswith("请先处理 XQ-1：今天 09:30 到期。响应。\n")
    assert mine.index("XQ-1  ") < mine.index("GJ-2  ")
    assert "  投诉时限：2026-11-22 09:30 · " in mine
    tomorrow = letter(duty("GJ-2", "S4", "2026-11-13"), duty("XQ-1", "S7", "2026-11-23 18:00")).text
    assert tomorrow.startswith("请先处理 GJ-2") and "投诉时限：2026-11-23 18:00" in tomorrow
    assert letter(duty("GJ-1"), duty("XQ-1", "S7", "2026-11-22", informed=True)).text.startswith("请先处理 GJ-1")


def test_the_owner_is_told_for_whom_he_answers():
    told = letter(duty(external_party="样例集成公司")).text
    assert "由外部单位样例集成公司实施，责任人负责到底" in told
    assert "外部单位" not in letter(duty()).text


def test_one_line_stands_for_milestones_that_say_the_same():
    both = letter(duty(milestone="M1", due="2026-11-27"), duty(milestone="M2-7", due="2026-11-27"))
    assert "即将到期（1 项）" in both.text and len(both.duties) == 2


def test_what_somebody_must_do_is_not_told_besides():
    assert "知会" not in letter(duty(), duty(milestone="M1", informed=True)).text


def test_values_of_cells_are_escaped_and_run_nothing():
    evil = letter(duty(title="<script>alert(1)</script>", what="{{ 7*7 }}<b>x</b>", department='"><img src=x>'))
    reader = _Words()
    reader.feed(evil.html)
    assert not {"script", "img"} & set(reader.tags)
    assert "&lt;script&gt;" in evil.html and "{{ 7*7 }}" in evil.text


def test_line_breaks_in_names_start_neither_a_header_nor_a_line():
    evil = letter(
        duty(recipient="样例工\r\nBcc: x@evil.example", recipient_department="网络部\u2028x\x00", title="a\nb\ud800c")
    )
    for value in (evil.subject, evil.recipient, evil.message_id):
        assert "\n" not in value and "\r" not in value and "\u2028" not in value
    assert evil.recipient == "样例工 Bcc: x@evil.example"
    assert "a b c" in evil.text
    evil.html.encode("utf-8")


def test_one_letter_per_person_in_the_order_of_the_plan():
    found = letters(duty(recipient="样例乙"), duty(), duty("GJ-2", recipient="样例乙"))
    assert [(one.recipient, len(one.duties)) for one in found] == [("样例乙", 2), ("样例工", 1)]


def test_who_is_told_of_the_same_item_elsewhere_is_named():
    first, second = letters(duty(milestone="M1"), duty(milestone="M1", recipient="样例甲", informed=True))
    assert (first.informed_also, second.informed_also) == (("样例甲",), ())


def test_the_same_letter_has_the_same_bytes_and_another_day_another_id():
    assert letter(duty()) == letter(duty())
    assert (
        letter(duty()).message_id != letter(duty(), letterhead=replace(LETTERHEAD, as_of=date(2026, 11, 23))).message_id
    )
    assert letter(duty()).message_id != letter(duty(), letterhead=replace(LETTERHEAD, rehearsal=True)).message_id
    assert re.fullmatch(r"<[0-9a-f]{32}@yangli-ops\.example>", letter(duty()).message_id)


def test_a_follow_up_names_the_first_letter_of_its_worst_item():
    key = JournalKey("W-1", "GJ-2026-044", "M1", "2026-11-12", "0", "样例工")
    postings = tuple(Posting(key, "sent", T, T, "", "smtp", f"<{n}@x>") for n in (1, 2))
    journal = replace(EMPTY, postings=postings)
    assert letter(duty(), journal=journal).in_reply_to == "<1@x>"
    assert letter(duty("GJ-9"), journal=journal).in_reply_to == ""


def test_the_calendar_has_the_due_dates_and_is_reproducible():
    blob = letter(duty(), duty("GJ-2", "M1", "2026-12-11")).calendar
    assert blob.count(b"BEGIN:VEVENT") == 2
    assert b"DTSTART;VALUE=DATE:20261211" in blob and b"DTEND;VALUE=DATE:20261212" in blob
    assert b"DTSTAMP:20261122T000000Z" in blob
    assert blob == letter(duty(), duty("GJ-2", "M1", "2026-12-11")).calendar


def test_a_changed_due_date_moves_the_same_event():
    def uid(one):
        return re.search(rb"UID:\S+", one.calendar).group()

    assert uid(letter(duty(milestone="M1", due="2026-12-11"))) == uid(letter(duty(milestone="O1")))


def test_a_letter_without_any_date_has_no_calendar():
    assert letter(duty("", "Q1", due_on=None)).calendar is None
    assert letter(duty(informed=True)).calendar is None


def test_the_weekly_digest_alone_is_a_letter_of_its_own():
    weekly = WeeklyDigest(
        (WeeklyList("逾期", 21, (WeeklyLine("GJ-1", "改进计划跟踪表!A5", "实施逾期 3 天", "网络部"),), unlisted=20),)
    )
    digest = letter(duty("", "Q1", due_on=None), weekly=weekly)
    assert digest.subject.startswith("【每周汇总】")
    assert "- GJ-1  实施逾期 3 天（网络部）  [改进计划跟踪表!A5]" in digest.text
    assert "- 另有 20 条，见工作簿" in digest.text
    assert "实施逾期 3 天" not in letter(duty(), weekly=weekly).text


def test_the_first_letter_after_the_start_says_so():
    assert letter(duty(occurrence="welcome")).subject.startswith("【实施逾期 1 项】改进措施首次启用汇总 — ")


def test_a_rehearsal_is_marked_everywhere():
    rehearsed = letter(duty(), letterhead=replace(LETTERHEAD, rehearsal=True))
    assert rehearsed.subject.startswith("【预演】【实施逾期 1 项】")
    assert "【预演】" in rehearsed.text and "【预演】" in rehearsed.html


def test_ten_thousand_items_list_the_worst_twenty_and_name_the_others():
    many = [duty(f"GJ-{n:05d}", days=n) for n in range(1, 10_001)]
    big = letter(*many)
    assert big.subject.startswith("【实施逾期 10000 项】")
    assert big.text.count("下一步：") == big.html.count("下一步：") == 20
    assert "另有 9980 项，见工作簿：GJ-09980、" in big.text and "GJ-00001" in big.text
    assert big.calendar.count(b"BEGIN:VEVENT") == 20
    assert len(big.duties) == 10_000


@pytest.mark.parametrize(("template", "fault"), [
    ("{{ letter.subjct }}", "subjct"),
    ("{{ letter.headline }", "第 1 行"),
    ("{{ letter.__class__.__mro__ }}", "__class__"),
    ("{% set _ = letter.sections.append(1) %}", "append"),
    ("{{ 'x' * letter }}", "第 1 行"),
])  # fmt: skip
def test_a_template_that_cannot_be_used_is_refused_with_file_and_line(template, fault):
    with pytest.raises(BadTemplate) as refused:
        letter(duty(), templates=replace(TEMPLATES, text=template))
    assert TEXT_FILE in str(refused.value) and fault in str(refused.value)


def test_letters_load_nothing_from_elsewhere():
    html = letter(duty()).html
    assert not re.search(r"https?://|<img|<script|<link|url\(", html)


FULL = replace(
    LETTERHEAD, place="https://pan.yangli-ops.example/改进 计划.xlsx", contact="样例质 8000", policy="ABC-1《改进制度》"
)


def test_a_letter_leads_to_the_workbook_names_a_contact_and_the_way_to_an_extension():
    one = letter(duty(), letterhead=FULL)
    for said in ("https://pan.yangli-ops.example/改进", "样例质 8000", "延期记录", "ABC-1《改进制度》 第 4.4.6 条"):
        assert said in one.text and re.sub(r"\s", "", said) in read(one.html)
    assert 'href="https://pan.yangli-ops.example/改进%20计划.xlsx"' in one.html


def test_without_these_settings_a_letter_has_no_empty_lines_for_them():
    one = letter(duty(milestone="S2"))
    assert "位置：" not in one.text and "请联系质量部" not in one.text and "延期记录" not in one.text
    assert "YNTD-ITSS-0300《运维服务能力改进管理制度》 第 4.4.6 条" in one.text


@pytest.mark.parametrize(
    ("place", "link"),
    [
        ("https://x.example/a.xlsx", "https://x.example/a.xlsx"), ("HTTP://x.example/a", "HTTP://x.example/a"),
        (r"\\fs\质量\跟踪表.xlsx", "file://fs/%E8%B4%A8%E9%87%8F/%E8%B7%9F%E8%B8%AA%E8%A1%A8.xlsx"),
        ("//fs/a b.xlsx", "file://fs/a%20b.xlsx"), ("file:///Z:/a.xlsx", "file:///Z:/a.xlsx"),
        ("三楼文件柜", ""), ("javascript:alert(1)", ""), ("Z:\\a.xlsx", ""), ("", ""), ("https://", ""),
    ],
)  # fmt: skip
def test_only_an_address_becomes_a_link(place, link):
    assert link_of(place) == link
    html = letter(duty(), letterhead=replace(LETTERHEAD, place=place)).html
    assert ("<a href" in html) is bool(link)


def test_every_line_of_the_digest_says_what_the_problem_is():
    weekly = WeeklyDigest(
        (WeeklyList("逾期", 1, (WeeklyLine("GJ-1", "跟踪表!A5", "逾期 3 天", "服务台", "夜间告警"),)),)
    )
    one = letter(duty("", "Q1", what="每周汇总"), weekly=weekly)
    assert "- GJ-1  夜间告警：逾期 3 天（服务台）  [跟踪表!A5]" in one.text
    assert "GJ-1夜间告警：逾期3天（服务台）" in read(one.html)


def test_the_lead_of_the_first_reminder_is_named_as_it_is():
    ahead = {"milestone": "M1", "due": "2026-12-07"}
    head = replace(LETTERHEAD, lead=Lead(days=15))
    assert "· 提前 15 天提醒\n" in letter(duty(**ahead), letterhead=head).text
    assert "· 补发（应提前 15 天提醒）\n" in letter(duty(**ahead, late=True), letterhead=head).text
    assert "· 期限定下时已不足 15 天\n" in letter(duty(**ahead, short_notice=True), letterhead=head).text


def test_without_the_sheet_of_extensions_the_letter_says_whom_to_ask_and_which_column_changes():
    head = replace(LETTERHEAD, has_extensions=False, due_heading="调整后完成日期")
    late = letter(duty(), letterhead=head).text
    assert "延期记录" not in late and "请向质量部提出延期" in late and "批准后再改“调整后完成日期”" in late
    assert "请到《延期记录》填写" in letter(duty()).text


def test_the_letter_names_every_cell_of_an_application():
    """Without 编号 the row has no effect (FD30), and nobody is asked to approve it."""
    assert "请到《延期记录》填写编号、申请日期、申请人、原期限、新期限、理由（写明" in letter(duty()).text
    ahead = letter(duty(milestone="M1", due="2026-12-07")).text
    assert "请在到期前到《延期记录》填写编号、申请日期、申请人、原期限、新期限、理由，批准后再改完成期限。" in ahead
