"""capa-xl rules: the rule catalogue, or those rules whose codes somebody has in hand."""

from __future__ import annotations

import click

from capa_xl.cli.chinese import ChineseCommand
from capa_xl.cli.options import JSON_HELP
from capa_xl.cli.output import print_lines


@click.command(cls=ChineseCommand)
@click.argument("codes", nargs=-1, metavar="[规则编号]...")
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def command(codes: tuple[str, ...], as_json: bool) -> None:
    """规则目录：编号、条款、程度、条件、处理办法；写了规则编号（AP03）或一类（AP）的，只列这几条。"""
    from capa_xl.cli.documents.tracker_documents import rules_document
    from capa_xl.policy.rules.catalogue import CATALOGUE, rules_by_code
    from capa_xl.reports.rules_text import rules_lines

    rules = rules_by_code(codes) if codes else CATALOGUE
    if as_json:
        import json

        click.echo(json.dumps(rules_document(rules), ensure_ascii=True))
        return
    print_lines(rules_lines(rules))
