"""What `signed` says: what was filed where, what was refused, and how the frozen papers stand."""

from __future__ import annotations

from collections.abc import Container, Iterator

from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.edition import Edition, SignedScan, edition_name
from capa_xl.model.filed_scan import FiledScan, PaperStanding, SignedRun


def signed_lines(run: SignedRun) -> Iterator[str]:
    """One line a scan, or one a frozen paper; then what to do next."""
    for one in run.filed:
        yield from _filed(one)
    for refused in run.refused:
        yield f"未归档　{refused.reason}"
    if run.filed or run.refused:
        return
    latest = {_paper_of(one): one.edition for one in run.standing}
    for standing in run.standing:
        yield from _standing(standing, latest[_paper_of(standing)])
        yield from _gaps(run, standing.scans)
    for scan in run.forms:
        yield f"{scan.name}：{_marked(scan, run.pictureless_forms)}"
        if scan in run.damaged_forms:
            yield _damage(scan)
        yield from _gaps(run, (scan,))
    if any(one.damaged for one in run.standing) or run.damaged_forms:
        yield f"把原来那份扫描件再归档一次就换上：{to_paste('signed', THIS_WORKBOOK, '扫描件.pdf')}"
    elif any(one.is_awaited and one.edition == latest[_paper_of(one)] for one in run.standing):
        yield f"签字、扫描以后归档：{to_paste('signed', THIS_WORKBOOK, '扫描件.pdf')}"
    for path in run.unrecorded:
        yield f"台账里没有登记（台账丢失或换过），没有核对：{path}"
    if not run.standing and not run.forms and not run.unrecorded:
        report = to_paste("report", THIS_WORKBOOK, "编号", "-o", "报告")
        yield f"还没有定稿的文件：先运行 {report}；定稿存为第 1 版，签字后用本命令归档扫描件。"


def _paper_of(one: PaperStanding) -> tuple[str, str]:
    return one.edition.kind, one.edition.number


def _filed(one: FiledScan) -> Iterator[str]:
    scan = one.scan
    if one.was_damaged:
        what = "预演，没有换上" if one.is_rehearsal else "已换上"
        yield f"{what}　{scan.name}：存档里的签字件不在了，或归档以后被改动过；这一份与登记的校验码 {scan.mark} 相符"
        if one.kept:
            yield f"　　被改动的那份存于 {one.kept}"
        return
    if one.was_filed:
        yield f"已在档　{scan.name}：{_dated(scan)}，没有再存一份"
        return
    what = "预演，没有归档" if one.is_rehearsal else "已归档"
    yield f"{what}　{scan.name}，{scan.pages} 页，校验码 {scan.mark}"
    yield f"　　存于 {one.place}"
    if one.shows_no_picture:
        yield "　　各页没有图像，像是没有签字的电子稿；请打开核对，没有签字的，签字、扫描后加 --another 再归档"
    if one.gap:
        yield f"　　{scan.told_gap(one.gap)}"
    if one.unread:
        unread = "、".join(map(str, one.unread))
        yield f"　　第 {unread} 页没有文字层，工具没有核对上面的编号、页码和数据截至日，请人工核对"
    if one.unmarked:
        yield f"　　第 {'、'.join(map(str, one.unmarked))} 页上没有读到“第 n 页 共 m 页”，缺页没有核对，请人工核对"


def _standing(one: PaperStanding, latest: Edition) -> Iterator[str]:
    """The edition with its scans; one that nobody signed before the next came is signed no more."""
    edition = one.edition
    unsigned = "还没有签字件" if edition.at == latest.at else f"没有签字件；已有{latest.name}，不用再签"
    if one.taken_back:
        unsigned = "没有签字件，不用签"
    signed = "、".join(_marked(scan, one.pictureless) for scan in one.scans) or unsigned
    yield f"{edition.paper} {edition.name}（{edition.frozen_on} 定稿）：{signed}"
    if one.taken_back:
        yield f"　　{one.taken_back}，它的结论不再算数；重新确认以后出{edition_name(edition.at + 1)}，签那一版"
    if not one.is_whole:
        yield "　　定稿的副本不在了，或被改动过"
    if one.number_now:
        yield f"　　跟踪表的报告编号现在是 {one.number_now}：定稿印的是 {edition.paper_number}"
    for scan in one.damaged:
        yield _damage(scan)


def _gaps(run: SignedRun, scans: Container[SignedScan]) -> Iterator[str]:
    yield from (f"　　{scan.told_gap(gap)}" for scan, gap in run.gaps if scan in scans)


def _marked(scan: SignedScan, pictureless: Container[SignedScan]) -> str:
    return _dated(scan) + ("（没有图像，像是没有签字）" if scan in pictureless else "")


def _damage(scan: SignedScan) -> str:
    return f"　　签字件（校验码 {scan.mark}）不在了，或归档以后被改动过"


def _dated(scan: SignedScan) -> str:
    signed = f"{scan.signed_on} 签字，" if scan.signed_on else ""
    return f"签字件 {signed}{scan.filed_on} 归档，{scan.pages} 页"
