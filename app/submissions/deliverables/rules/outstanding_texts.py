"""The texts お願い, 督促, 受領 and 修正依頼 about a document, as mail and as body of a letter."""

from __future__ import annotations

from datetime import date
from typing import Literal

from app.calendar.dates import long_date
from app.calendar.due_words import WHEN_ASKED
from app.calendar.periods import moved_by
from app.common.join_nonempty import fill_nonempty
from db.record import record

ActionId = Literal["お願い", "督促", "受領", "修正依頼"]
SUBMISSION_REQUEST = "報告書の提出のお願い"
RECEIPT_NOTE = "報告書の受領の通知"
CORRECTION_REQUEST = "報告書の修正の依頼"
"""The document kinds of the three letters about a report."""
ACTIONS: tuple[ActionId, ...] = ("お願い", "督促", "受領", "修正依頼")


@record
class OwedPaper:
    """One document that is due or was received, with what the texts say about it.

    Attributes:
        title: 「実施報告書」.
        about: 「第6回 Instagram講習会（令和8年12月8日（火））」, or the 件名 of the contract.
        basis: clause and rule.
        rule: the rule of a day that is not known yet, "" = it stands in ``basis``.
        today: the day of the text.
        due: the day of the contract, None = undecided.
        last_day: the day to which a closed day moves it, from which lateness is counted.
        contract: False = a 目安日.
        received_on, version: of the newest version, None = not received.
        check_by: until when the ward checks it.
        checked_on: when that was done.
        requested_on: when a correction that is still awaited was requested.
        points: what the contractor has to correct, a line each.
        correction_due: until when.
        municipality: what the sender calls itself (「区」, 「市」).
    """

    title: str
    about: str
    basis: str
    today: date
    rule: str = ""
    due: date | None = None
    last_day: date | None = None
    contract: bool = True
    received_on: date | None = None
    version: int = 0
    check_by: date | None = None
    checked_on: date | None = None
    requested_on: date | None = None
    points: tuple[str, ...] = ()
    correction_due: date | None = None
    municipality: str = "区"


def applicable_texts(outstanding: OwedPaper) -> tuple[ActionId, ...]:
    """Return the kinds of text that fit the state of the paper today, the one to show first at the front.

    Before the receipt お願い, after the last day of the contract 督促 too; then 受領, and with points to correct
    修正依頼.
    """
    every: tuple[ActionId, ...] = ("督促", "お願い", "受領", "修正依頼")
    return tuple(one for one in every if not missing_reason(one, outstanding))


def missing_reason(action: ActionId, outstanding: OwedPaper) -> str:
    """Return why this kind of text cannot be written yet, or ""."""
    if action == "受領" and outstanding.received_on is None:
        return "まだ届いていません。受領を記録すると作成できます。"
    if action == "修正依頼" and not outstanding.points:
        return "修正してもらう点がありません。○でない項目か、直してもらうセルがあるとき作成できます。"
    if action in ("お願い", "督促") and outstanding.received_on is not None:
        return "もう届いています。"
    if action == "督促" and (outstanding.last_day is None or outstanding.last_day >= outstanding.today):
        return "期限を過ぎていません。過ぎる前は「お願い」を使います。"
    if action == "督促" and not outstanding.contract:
        return "契約の期限ではないため、督促はしません。「お願い」を使います。"
    return ""


def subject(action: ActionId, outstanding: OwedPaper) -> str:
    """Return the subject of the mail, which is the title of the letter (「実施報告書の提出について（お願い）」)."""
    named = {
        "お願い": "提出について（お願い）",
        "督促": "提出について（督促）",
        "受領": "受領について",
        "修正依頼": "修正について（依頼）",
    }
    return f"{outstanding.title}の{named[action]}"


def body(action: ActionId, outstanding: OwedPaper) -> str:
    """Return the text itself in paragraphs, without addressee and sender."""
    named = f"{outstanding.about}の{outstanding.title}"
    basis = fill_nonempty("（{}）", outstanding.basis)
    has_passed = outstanding.due is not None and outstanding.due < outstanding.today
    if action == "お願い" and not outstanding.contract and has_passed:
        # A day of the ward's own binds nobody: once it has passed, nothing is said to be late.
        return f"{named}が、まだ届いていません。すみやかに提出をお願いします{basis}。"
    if action == "お願い":
        until = f"日程が決まりましたら、期限{fill_nonempty('（{}）', outstanding.rule)}までに"
        if outstanding.due is not None:
            until = f"{_due_words(outstanding)}までに"
        elif outstanding.rule == WHEN_ASKED:
            until = ""
        wish = (
            ""
            if outstanding.contract or outstanding.due is None
            else f"\nこの日は、手続に間に合うように{outstanding.municipality}がお願いする日です。"
        )
        return f"{named}について、{until}提出をお願いします{basis}。{wish}"
    if action == "督促":
        since = (
            f"期限の{long_date(outstanding.last_day)}を{(outstanding.today - outstanding.last_day).days}日過ぎています"
            if outstanding.last_day is not None
            else "届いていません"
        )
        return (
            f"{named}が、{long_date(outstanding.today)}現在、届いていません。{since}{basis}。\n"
            "すみやかに提出してください。提出できる日と、遅れている理由をお知らせください。"
        )
    version = fill_nonempty("（第{}版）", outstanding.version)
    if action == "受領":
        came = f"{long_date(outstanding.received_on)}に" if outstanding.received_on is not None else ""
        return f"{named}{version}を、{came}受領しました。\n{_check_words(outstanding)}"
    lines = "\n".join(f"{number}　{point}" for number, point in enumerate(outstanding.points, 1))
    until = f"{long_date(outstanding.correction_due)}までに" if outstanding.correction_due is not None else ""
    return (
        f"{named}{version}について、つぎの{len(outstanding.points)}点をご確認ください。\n\n{lines}\n\n"
        f"修正した版を、{until}提出してください。"
    )


def _due_words(outstanding: OwedPaper) -> str:
    """Return the due day in words, "" for none, with the day to which a closed day moves it."""
    due, last = outstanding.due, outstanding.last_day
    if due is None:
        return ""
    law = moved_by(outstanding.basis).replace("開庁日", "開庁日の")
    moved = f"（閉庁日のため、{law}{long_date(last)}）" if last is not None and last > due else ""
    return f"{long_date(due)}{moved}"


def _check_words(outstanding: OwedPaper) -> str:
    """Return the sentence on the state of the check; a day that has passed is not promised again."""
    if outstanding.checked_on is not None:
        return f"内容は、{long_date(outstanding.checked_on)}に確認しました。"
    if outstanding.requested_on is not None:
        return f"内容について、{long_date(outstanding.requested_on)}に修正をお願いしています。"
    until = (
        f"{long_date(outstanding.check_by)}までに"
        if outstanding.check_by is not None and outstanding.check_by >= outstanding.today
        else ""
    )
    return f"内容を確認し、{until}結果をお知らせします。"


def mail_text(action: ActionId, outstanding: OwedPaper, *, addressee: str, sender: str) -> str:
    """Return a text as a mail to copy."""
    return f"{addressee}\n\n{body(action, outstanding)}\n\n{sender}"
