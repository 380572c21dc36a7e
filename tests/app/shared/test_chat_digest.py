from datetime import date

from capa_xl.app.shared.chat_digest import Robots, post_digest
from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.model.as_of import AsOf
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from capa_xl.settings.secrets import Secret
from capa_xl.settings.values import MailSettings, Settings
from tests.app.office import QUALITY, TRACKER, Office, workbook

TUESDAY, NEXT_MONDAY = date(2026, 3, 31), date(2026, 4, 6)


class Robot:
    """Takes what it is told to take, and keeps what it heard."""

    def __init__(self, *answers: bool) -> None:
        self.answers, self.heard = list(answers), []

    def __call__(self, url: str, title: str, text: str) -> bool:
        self.heard.append((url, title, text))
        return self.answers.pop(0) if self.answers else True


def posted(path, robot, on, urls=("wecombot://key",)):
    opened = open_tracker(Office().desk(path, on))
    with journal_of(opened, writing=True) as journal:
        judged = judge(opened, AsOf(on, on), journal.view())
        plan = plan_reminders(judged.view, journal.view(), judged.checked.problems)
        return post_digest(journal, judged, plan.weekly, Robots(urls), robot)


def table(folder):
    return workbook(folder / "表.xlsx", TRACKER.replace("2026-04-30", "2026-03-10"), 人员部门=QUALITY)


def test_figures_are_posted_once_a_week_and_name_nobody(tmp_path):
    robot, path = Robot(), table(tmp_path)
    assert posted(path, robot, TUESDAY) == posted(path, robot, TUESDAY) == ()
    ((url, title, text),) = robot.heard
    assert (url, "每周汇总" in title) == ("wecombot://key", True)
    assert "实施逾期 1 项" in text
    assert "样例" not in text + title
    posted(path, robot, NEXT_MONDAY.replace(day=7))
    assert len(robot.heard) == 2


def test_a_robot_that_was_down_hears_it_the_next_day_and_the_key_is_not_said(tmp_path):
    robot, path = Robot(False), table(tmp_path)
    (warning,) = posted(path, robot, TUESDAY)
    assert "群机器人" in warning
    assert "key" not in warning
    posted(path, robot, TUESDAY.replace(month=4, day=1))
    assert len(robot.heard) == 2


def test_every_robot_hears_it(tmp_path):
    robot = Robot()
    posted(table(tmp_path), robot, TUESDAY, urls=("wecombot://a", "feishu://b"))
    assert [url for url, _, _ in robot.heard] == ["wecombot://a", "feishu://b"]


UNSET = MailSettings(chat=(Secret("env:CAPA_XL_CHAT_URL"),))


def test_a_robot_whose_address_is_not_there_keeps_no_letter_back_and_every_pass_says_so(tmp_path):
    path, office = table(tmp_path), Office(Settings(mail=UNSET))
    first, second = (office.daily(path, on=TUESDAY)[0] for _ in range(2))
    assert first.sent > 0 and second.sent == 0
    for served in (first, second):
        assert served.exit_code == 24
        assert "第 1 个群机器人用不了：secret「env:CAPA_XL_CHAT_URL」里没有内容" in served.words
    by_hand = Office(Settings(mail=UNSET)).remind(table(tmp_path / "b"), TUESDAY, send=True)
    assert by_hand.delivery.sent > 0 and by_hand.is_chat_barred


def test_a_robot_that_can_be_used_hears_it_though_the_one_before_it_cannot(tmp_path):
    robot = Robot()
    posted(table(tmp_path), robot, TUESDAY, urls=("", "feishu://b"))
    assert [url for url, _, _ in robot.heard] == ["feishu://b"]
