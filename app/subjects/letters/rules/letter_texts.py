"""The app's own wording of the letters to 団体 and people, from the event; every passage can be edited by staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.calendar import dates
from app.papers.rules.passages import Passage
from app.subjects.events.rules.recruitment import DECISION
from app.subjects.letters.rules.change_texts import BEFORE_PLACE, BEFORE_TIME, SUBSTITUTE, note_value
from app.subjects.letters.rules.letter_facts import LetterFacts, passage

REFUSAL_LETTER, INVITATION = "落選通知", "開催通知"
CANCELLATION, CHANGE = "中止通知", "変更通知"
SUBJECT, LEAD, WAITING_PART = "件名", "前文", "補欠の方へ"
PEOPLE_AFTER: Final = ("会場", "変更後")
"""The items after which the people of a letter are named; the first that stands in it."""

_THANKS = "日ごろから区政にご理解とご協力をいただき、ありがとうございます。"
_HOW = {
    "抽選": "抽選を行った結果",
    "先着順": "お申込みの順に受け付けた結果",
    "区の調整": "より多くの団体に参加いただけるよう調整した結果",
}
_WHY = {
    "抽選": "抽選により参加される方を決定したためです。",
    "先着順": "お申込みの順に参加される方を決定したためです。",
    "区の調整": "参加団体の数などを考えて、区で参加される方を決定したためです。",
}


def notice_passages(kind: str, facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of one letter in their order; raises ``KeyError`` for a kind that is no letter."""
    return _LETTERS[kind](facts)


def _decision(facts: LetterFacts) -> tuple[Passage, ...]:
    decided = "実施を決定しました" if facts.event.kind == "派遣" else "参加を決定しました"
    what = "実施決定" if facts.event.kind == "派遣" else "参加決定"
    return (
        passage(SUBJECT, f"{facts.name}の{what}について（通知）"),
        passage(
            LEAD, f"{_THANKS}お申込みのありました{facts.word}について、つぎのとおり{decided}ので、お知らせします。", 3
        ),
        *_on_the_day(facts),
    )


def _invitation(facts: LetterFacts) -> tuple[Passage, ...]:
    return (
        passage(SUBJECT, f"{facts.name}の開催について（通知）"),
        passage(LEAD, f"{_THANKS}{facts.word}をつぎのとおり開催しますので、ご参加くださいますようお願いします。", 3),
        *_on_the_day(facts),
    )


def _on_the_day(facts: LetterFacts) -> tuple[Passage, ...]:
    """What somebody who comes has to know: the same for 決定 and 開催."""
    return (
        passage("日時", facts.when_with_reception),
        passage("会場", facts.place, 3),
        passage("内容", facts.content),
        passage("持ち物", belongings(facts)),
        passage("参加費", "無料", 1),
        passage("欠席・代理出席", absence_words(facts), 3),
        passage("荒天時", "中止するときは、お申込みの電話番号へ前日までにご連絡します。", 2),
        passage("当日の連絡先", f"電話　{facts.office.phone}（{facts.office.unit or facts.office.section}）" if facts.office.phone else "", 1),
        passage("その他", other_words(facts), 5),
    )  # fmt: skip


def belongings(facts: LetterFacts) -> str:
    """Return what to bring; never a password (nobody is asked to bring one)."""
    if facts.event.kind == "意見交換会":
        return "この通知、筆記用具"
    state = (
        f"充電し、{facts.tool}を使える状態にした端末"
        if facts.tool and facts.tool != "キャッシュレス"
        else "充電した端末"
    )
    return f"この通知、筆記用具\n端末を持参される方は、{state}"


def absence_words(facts: LetterFacts) -> str:
    """Return until when an absence or a substitute is told."""
    day = facts.absence_by
    by = f"{day.month}月{day.day}日（{dates.weekday_mark(day)}）までに" if day else "お早めに"
    return f"欠席される方、代理の方が出席される団体は、\n{by}問合せ先へご連絡ください。"


def other_words(facts: LetterFacts) -> str:
    """Return the remaining notes, one a line."""
    network = "会場のインターネットを使えます。" if facts.event.network == "有" else ""
    return "\n".join(
        (
            f"・公共交通機関をご利用ください。{network}",
            "・車いすの席など、配慮が必要な方はご相談ください。",
            "・会場の写真を撮ります。望まない方は受付へお申し出ください。",
        )
    )


def _refusal(facts: LetterFacts) -> tuple[Passage, ...]:
    how = _HOW.get(facts.method, "参加される方を決定した結果")
    return (
        passage(SUBJECT, f"{facts.name}の参加の結果について（通知）"),
        passage(
            LEAD,
            f"{facts.word}へのお申込みをいただき、ありがとうございました。定員を上回るお申込みがあり、{how}、"
            "今回は参加いただけないこととなりました。ご希望に沿うことができず、申し訳ありません。",
            4,
        ),
        passage("対象の事業", facts.name),
        passage("日時", facts.when),
        passage("会場", facts.place.split("\n")[0]),
        passage("理由", f"定員（{facts.capacity}人程度）を上回るお申込みがあり、{_WHY.get(facts.method, '参加される方を決定したためです。')}"),
        passage(WAITING_PART, "参加される方に欠席が出たときは、補欠の順に電話でご連絡します。"),
        passage("今後のご案内", f"つぎの{facts.word}を開くときは、あらためてご案内します。"),
        passage("その他", "", 2),
    )  # fmt: skip


def _cancellation(facts: LetterFacts) -> tuple[Passage, ...]:
    note = facts.decision.note if facts.decision else ""
    substitute = note_value(note, SUBSTITUTE)
    later = f"{substitute}に振り替えて開催する予定です。" if substitute else "振替の日程は、決まりしだいご案内します。"
    return (
        passage(SUBJECT, f"{facts.name}の中止について（通知）"),
        passage(LEAD, f"{_THANKS}お申込みをいただきました{facts.word}は、つぎのとおり中止することとしましたので、"
                "お知らせします。参加を予定されていた皆さまには、申し訳ありません。", 4),
        passage("中止する事業", facts.name),
        passage("予定の日時", note_value(note, BEFORE_TIME) or facts.when),
        passage("会場", note_value(note, BEFORE_PLACE) or facts.place.split("\n")[0]),
        passage("理由", _reason(facts)),
        passage("振替の予定", later),
        passage("その他", "", 2),
    )  # fmt: skip


def _change(facts: LetterFacts) -> tuple[Passage, ...]:
    decision = facts.decision
    kind = decision.kind if decision else "日時の変更"
    note = decision.note if decision else ""
    what = {"延期": "延期", "会場の変更": "会場の変更"}.get(kind, "日時の変更")
    if kind == "会場の変更":
        before, after = note_value(note, BEFORE_PLACE), facts.place
    else:
        before, after = note_value(note, BEFORE_TIME), facts.when_with_reception
    if after.split("\n")[0].replace("　", "") == before.replace("　", ""):
        substitute = note_value(note, SUBSTITUTE)
        after = substitute or "決まりしだいご案内します。"
    kept = passage("日時", facts.when) if kind == "会場の変更" else passage("会場", facts.place.split("\n")[0])
    return (
        passage(SUBJECT, f"{facts.name}の{what}について（通知）"),
        passage(LEAD, f"{_THANKS}お申込みをいただきました{facts.word}について、つぎのとおり変更しますので、お知らせします。"
                "ご迷惑をおかけし、申し訳ありません。", 3),
        passage("対象の事業", facts.name),
        passage("変更前", before),
        passage("変更後", after, 3),
        kept,
        passage("理由", _reason(facts)),
        passage("参加できないとき", absence_words(facts), 3),
        passage("その他", "", 2),
    )  # fmt: skip


def _reason(facts: LetterFacts) -> str:
    reason = facts.decision.reason if facts.decision else facts.event.cancel_reason
    reason = reason.strip().rstrip("。")
    return f"{reason}のため" if reason and not reason.endswith("ため") else reason


_LETTERS: dict[str, Callable[[LetterFacts], tuple[Passage, ...]]] = {
    DECISION: _decision,
    REFUSAL_LETTER: _refusal,
    INVITATION: _invitation,
    CANCELLATION: _cancellation,
    CHANGE: _change,
}
LETTERS: Final = tuple(_LETTERS)
