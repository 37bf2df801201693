"""What the ward writes about a paper that is owed or came: お願い, 督促, 受領, 修正依頼, each as a mail and as the body
of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.calendar.dates import long_date

ActionId = Literal["お願い", "督促", "受領", "修正依頼"]
WISH: Final = "報告書の提出のお願い"
CAME: Final = "報告書の受領の通知"
MEND: Final = "報告書の修正の依頼"
"""The three letters about a report."""
WHATS: Final[tuple[ActionId, ...]] = ("お願い", "督促", "受領", "修正依頼")


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One paper that is owed or came: its name, whose it is (an event or the year), and what was found.

    Attributes:
        title: 「実施報告書」. about: 「第6回 Instagram講習会（令和8年12月8日（火））」, or the 件名 of the contract.
            basis: clause and rule.
        due: the day of the contract, None = undecided; last: the day to which a closed day moves it, from which
            lateness is counted; contract False = a 区の目標. today: the day of the text.
        received_on, version: of the newest version, None = nothing came. check_by: until when the ward looks through
            it. checked_on: when that was done; asked_on: when a correction that is still awaited was asked for.
        points: what the contractor has to put right, a line each. correction_due: until when.
    """

    title: str
    about: str
    basis: str
    today: date
    due: date | None = None
    last: date | None = None
    contract: bool = True
    received_on: date | None = None
    version: int = 0
    check_by: date | None = None
    checked_on: date | None = None
    asked_on: date | None = None
    points: tuple[str, ...] = ()
    correction_due: date | None = None


def fitting(owed: Owed) -> tuple[ActionId, ...]:
    """Return the texts that say something true as things stand."""
    if owed.points:
        return ("受領", "修正依頼")
    if owed.received_on is not None:
        return ("受領",)
    late = owed.last is not None and owed.last < owed.today
    return ("督促", "お願い") if late else ("お願い",)


def missing(what: ActionId, owed: Owed) -> str:
    """Return why a text can't be written yet, or ""."""
    if what == "受領" and owed.received_on is None:
        return "まだ届いていません。受領を記録すると作成できます。"
    if what == "修正依頼" and not owed.points:
        return "修正してもらう点がありません。○でない項目か、直してもらうセルがあるとき作成できます。"
    if what in ("お願い", "督促") and owed.received_on is not None and not owed.points:
        return "もう届いています。"
    if what == "督促" and (owed.last is None or owed.last >= owed.today):
        return "期限を過ぎていません。過ぎる前は「お願い」を使います。"
    return ""


def subject(what: ActionId, owed: Owed) -> str:
    """Return the subject of the mail, the title of the letter."""
    named = {
        "お願い": "提出について（お願い）",
        "督促": "提出について（督促）",
        "受領": "受領について",
        "修正依頼": "修正について（依頼）",
    }
    return f"{owed.title}の{named[what]}"


def body(what: ActionId, owed: Owed) -> str:
    """Return the paragraphs of a text, without addressee and sender."""
    named = f"{owed.about}の{owed.title}"
    basis = f"（{owed.basis}）" if owed.basis else ""
    if what == "お願い":
        until = f"{long_date(owed.due)}までに" if owed.due is not None else "日程が決まりましたら、期限までに"
        wish = (
            ""
            if owed.contract or owed.due is None
            else "\nこの日は契約の期限ではなく、手続に間に合わせるためのお願いです。"
        )
        return f"{named}について、{until}提出をお願いします{basis}。{wish}"
    if what == "督促":
        since = (
            f"期限の{long_date(owed.last)}を{(owed.today - owed.last).days}日過ぎています"
            if owed.last is not None
            else "届いていません"
        )
        return (
            f"{named}が、{long_date(owed.today)}現在、届いていません。{since}{basis}。\n"
            "すみやかに提出してください。提出できる日と、遅れている理由をお知らせください。"
        )
    version = f"（第{owed.version}版）" if owed.version else ""
    if what == "受領":
        came = f"{long_date(owed.received_on)}に" if owed.received_on is not None else ""
        return f"{named}{version}を、{came}受領しました。\n{_look(owed)}"
    lines = "\n".join(f"{number}　{point}" for number, point in enumerate(owed.points, start=1))
    until = f"{long_date(owed.correction_due)}までに" if owed.correction_due is not None else ""
    return (
        f"{named}{version}について、つぎの{len(owed.points)}点をご確認ください。\n\n{lines}\n\n"
        f"修正した版を、{until}提出してください。"
    )


def _look(owed: Owed) -> str:
    """How the look through what came stands; a day that has passed is promised no more."""
    if owed.checked_on is not None:
        return f"内容は、{long_date(owed.checked_on)}に確認しました。"
    if owed.asked_on is not None:
        return f"内容について、{long_date(owed.asked_on)}に修正をお願いしています。"
    until = f"{long_date(owed.check_by)}までに" if owed.check_by is not None and owed.check_by >= owed.today else ""
    return f"内容を確認し、{until}結果をお知らせします。"


def mail(what: ActionId, owed: Owed, *, addressee: str, sender: str) -> str:
    """Return a text as a mail to copy."""
    return f"{addressee}\n\n{body(what, owed)}\n\n{sender}"
