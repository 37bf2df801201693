"""Decisions about a received document: retention, meaning of its hash, unprotected 重要情報, open points."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.calendar.wareki import fiscal_year_of
from app.common.join_nonempty import join_nonempty, lines_of
from db.records.submissions.received import PointCheck, ReceivedPaper

CHANNELS = ("メール", "電子申請", "持参", "郵送", "ファクス")
"""The ways of receipt (受領の方法)."""
ORIGINAL_PLACES = ("文書管理システム", "紙ファイル", "受託者")
"""Places where an original may be; the app stores only a copy."""
_BY_MAIL = "メール"


def retention_end(paper: ReceivedPaper) -> date | None:
    """Return the last day of 保存年限, counted from the fiscal year end of the receipt; None = none set."""
    if paper.keep_years is None:
        return None
    return date(fiscal_year_of(paper.received_on) + 1 + paper.keep_years, 3, 31)


def hash_words(paper: ReceivedPaper) -> str:
    """Return the sentence under the hash of the stored file, "" = no file; for mail it warns that it may differ."""
    if not paper.sha256:
        return ""
    if paper.received_how == _BY_MAIL:
        return "受け取ったファイルの照合値です。メールの途中で書き換わることがあり、送信元の値とは違うことがあります。"
    return "受け取ったファイルの照合値です。"


def unprotected_words(paper: ReceivedPaper) -> str:
    """Return the remark on 重要情報 that came unencrypted, or for which this was not noted; else ""."""
    if not paper.sensitive.is_present or paper.encrypted.is_encrypted:
        return ""
    if paper.encrypted.is_plain:
        return "重要情報が、暗号化されずに届いています。受託者の業務責任者に、送りかたを確かめてください。"
    return "重要情報を含みます。暗号化されていたかを記入してください。"


def unchecked_points(points: Sequence[str], paper: ReceivedPaper) -> tuple[str, ...]:
    """Return the declared points that were not checked yet."""
    return tuple(point for point in points if point not in paper.points)


def doubtful_points(points: Sequence[str], paper: ReceivedPaper) -> tuple[str, ...]:
    """Return the declared points that were not found or need asking."""
    return tuple(point for point in points if point in paper.points and not paper.points[point].result.is_fine)


def note_with_reason(note: str, doubtful: Sequence[str], reason: str) -> str:
    """Return the remarks with a line that says why a paper is confirmed although points are ``doubtful``."""
    words = "　".join(lines_of(reason))
    return join_nonempty(note, f"{_reason_prefix(doubtful)}{words}" if doubtful else "", separator="\n")


def note_without_reason(note: str, doubtful: Sequence[str]) -> str:
    """Return the remarks without the lines of ``note_with_reason``, for a 確認済 withdrawn."""
    if not doubtful:
        return note
    return "\n".join(line for line in note.split("\n") if not line.startswith(_reason_prefix(doubtful)))


def _reason_prefix(doubtful: Sequence[str]) -> str:
    """Return what stands before the reason: the names of the points that are not ○."""
    return f"{'、'.join(doubtful)}："


def correction_line(point: str, check: PointCheck) -> str:
    """Return the line of a 修正依頼 for one point: 「目的（3ページ）　記載が見あたりません。」, or with its remark.

    Without a remark 「なし」 says that it was not found, any other result that it needs asking.
    """
    page = f"（{check.page}ページ）" if check.page.strip() else ""
    said = "記載が見あたりません" if check.result.is_missing else "内容を確かめたい点があります"
    return f"{point}{page}　{(check.note.strip() or said).removesuffix('。')}。"


def correction_request_text(
    paper: ReceivedPaper, points: Sequence[str], *, addressee: str, about: str, due_words: str
) -> str:
    """Return the 修正依頼 as a text to copy: every point not found or to be asked, with page and remark.

    Args:
        addressee: the name without 様, "" = 「業務責任者　様」.
        about: what the document is about, before 「の」 and its kind.
        due_words: the day without 「までに」, "" = not set.
    """
    lines = [
        f"{addressee or '業務責任者'}　様",
        "",
        f"{about}の{paper.kind}（第{paper.version}版）について、つぎの点をご確認ください。",
        "",
    ]
    for number, point in enumerate(doubtful_points(points, paper), 1):
        lines.append(f"{number}　{correction_line(point, paper.points[point])}")
    lines += [
        "",
        f"修正した版を、{due_words}までに提出してください。" if due_words else "修正した版を提出してください。",
    ]
    return "\n".join(lines)
