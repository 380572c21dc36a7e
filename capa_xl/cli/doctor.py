"""capa-xl doctor: what is missing on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import Run, common_options, desk_of
from capa_xl.cli.output import answer, say


@click.command(cls=ChineseCommand)
@click.argument("workbook", type=click.Path(readable=False, path_type=Path), default=Path(), metavar="[工作簿]")
@click.option("--mail", is_flag=True, help="连接邮件服务器、登录、试发件人，不发送任何邮件。")
@common_options
def command(workbook: Path, mail: bool, run: Run) -> int:
    """检查本机缺什么，给出工作簿时还说明质量部、责任部门、管理员各自的下一步；--mail 试连邮件服务器。

    有“有问题”的行时退出码为 1：各处都查完了，不分是哪一种（工作簿打不开、文件夹只读也是）。

    设置文件写错的没有查，为 24；加了 --mail 而邮件不通的为 25。
    """
    from capa_xl.app.use_cases.doctor import State, doctor, is_mail_wrong
    from capa_xl.cli.documents.pass_documents import doctor_document
    from capa_xl.errors import MailFailed

    findings = doctor(desk_of(workbook, run), tries_mail=mail)
    say(run, (f"{finding.state.value}  {finding.what}：{finding.words}" for finding in findings))
    answer(run, lambda: doctor_document(findings))
    if mail and is_mail_wrong(findings):
        return MailFailed.exit_code
    return 1 if any(finding.state is State.BAD for finding in findings) else 0
