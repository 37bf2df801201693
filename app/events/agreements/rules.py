"""Rules of records of 協議: search, state, and missing parts.

A record answers years later why something was done; one without decision, reason and clause does not (仕様書7)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.event.rules.event_warning import CONTRACT_CHANGE
from db.name_key import name_key
from db.records.agreements import Agreement, Homework

CHANNELS = ("打合せ", "電話", "メール", "書面")

_SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("無料Wi-Fi", "公衆無線", "公衆Wi-Fi", "ワイファイ", "無線LAN"),
    ("タブレット", "端末", "iPad"),
    ("ルーター", "モバイルルーター", "通信機器"),
    ("謝礼", "謝金", "報償"),
    ("定員", "人数", "上限"),
    ("アンケート", "設問"),
    ("写真", "撮影"),
    ("日程", "日取り", "日時"),
    ("会場", "場所"),
    ("資料", "テキスト", "スライド"),
)
"""Words that are searched together; the list tells which other words were searched."""


def search_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of ``text`` as typed, and the other words that ``matches_search`` accepts for them.

    Args:
        text: as typed; all words, separated by spaces, must be found.
    """
    typed = tuple(text.split())
    keys = set(map(name_key, typed))
    others = [one for word in typed for one in _with_synonyms(word) if name_key(one) not in keys]
    return typed, tuple(dict.fromkeys(others))


def matches_search(text: str, record_texts: Iterable[str]) -> bool:
    """Return whether every word of ``text``, or a synonym of it, is in one of the texts; True without any word."""
    whole = name_key(" ".join(record_texts))
    return all(_contains_word(whole, word) for word in text.split())


def count_matches(text: str, sentence: str) -> int:
    """Return how many words of ``text`` are in a sentence, each as itself or as a synonym."""
    whole = name_key(sentence)
    return sum(_contains_word(whole, word) for word in text.split())


def _contains_word(whole: str, word: str) -> bool:
    return any(name_key(one) in whole for one in _with_synonyms(word))


def is_based_on(record: Agreement, *, number: str, reason: str) -> bool:
    """Return whether a change of the contract is based on a 協議.

    Its reason names the 協議 (「協議第3号による」), or the 協議 names the change as related (「変更契約 第1号」).

    Args:
        number, reason: of the change, as typed; "" = none.
    """
    own = name_key(record.record_number)
    own = own if own.startswith("協") or not own else f"協議{own}"
    if own and _contains_number(own, name_key(reason).replace("協議の", "協議")):
        return True
    related = name_key(record.related)
    return bool(number.strip()) and "変更" in related and _contains_number(name_key(number), related)


def _contains_number(number: str, text: str) -> bool:
    """Return whether a number is in a text, not as a part of a longer one."""
    return re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) is not None


def _with_synonyms(word: str) -> tuple[str, ...]:
    """Return the group of synonyms a word belongs to, or the word alone."""
    for group in _SYNONYMS:
        if name_key(word) in {name_key(one) for one in group}:
            return group
    return (word,)


def has_content(agreement: Agreement) -> bool:
    """Return whether a 協議 has text besides its topic: question, a view, decision, reason."""
    said = (agreement.content, agreement.ward_view, agreement.contractor_view, agreement.decision, agreement.reason)
    return any(text.strip() for text in said)


def missing_parts(agreement: Agreement) -> tuple[str, ...]:
    """Return the names of what a 協議 still lacks before the contractor's confirmation can be recorded; () = nothing.

    Needed are decision, reason and clause; for ``CONTRACT_CHANGE`` also day, person and answer of 契約課.
    """
    needed = [
        ("決まったこと", agreement.decision),
        ("理由", agreement.reason),
        ("根拠", agreement.clause),
    ]
    found = [name for name, text in needed if not text.strip()]
    answered = agreement.section_asked_on and agreement.section_person.strip() and agreement.section_answer.strip()
    if agreement.nature == CONTRACT_CHANGE and not answered:
        found.append("契約課へ確認した日・相手・回答")
    return tuple(found)


def is_open(homework: Homework) -> bool:
    """Return whether a 宿題 is still to be done."""
    return homework.done_on is None


def side_words(side: str, people: str) -> str:
    """Return 「受託者　業務責任者」: the side, once, and who spoke for it; "" = nobody is named.

    ``people`` that is only the side gives the side alone.
    """
    named = re.sub(f"^{side}(?:[　 ：:]+|$)", "", people.strip())
    return side if people.strip() == side else f"{side}　{named}" if named else ""
