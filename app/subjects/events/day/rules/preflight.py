"""Checks before the documents of a day are printed, with the severity of each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from db.frozen_record import frozen_record

Subject = Literal[
    "字形",
    "長い名前",
    "ふりがな",
    "氏名未定",
    "重複",
    "配慮",
    "タブレット",
    "資料",
    "人数",
]
Severity = Literal["止まる", "確認", "参考"]
"""止まる: cannot be printed. 確認: somebody should check. 参考: information."""


@frozen_record
class PreflightFinding:
    """One finding: a sentence, and a line for each person or thing it concerns."""

    subject: Subject
    severity: Severity
    sentence: str
    details: tuple[str, ...] = ()
    entry_id: int | None = None


@frozen_record
class Attendee:
    """One line of the roster for the checks; ``key`` folds the spellings of 団体 and name."""

    entry_id: int
    number: str
    name: str
    reading: str
    organisation: str
    person_id: int | None
    key: str

    @property
    def words(self) -> str:
        """Return 「3 見本 花子（見本町会）」, as it stands in a finding."""
        who = self.name or "氏名未定"
        return f"{self.number}　{who}（{self.organisation}）".strip("　")


@frozen_record
class OtherEvent:
    """Another event of the same day with the people expected there; times "HH:MM"."""

    title: str
    start: str
    end: str
    people: frozenset[int]


def missing_readings(people: Iterable[Attendee]) -> tuple[PreflightFinding, ...]:
    """Report people without ふりがな; an unnamed place does not need one."""
    found = [one for one in people if one.name and not one.reading.strip()]
    return _finding_with_people("ふりがな", "確認", "ふりがなのない参加者が{}人います。", found)


def unnamed_places(people: Iterable[Attendee]) -> tuple[PreflightFinding, ...]:
    """Report places still without a name, which are printed as a line to write on."""
    found = [one for one in people if not one.name]
    return _finding_with_people("氏名未定", "確認", "氏名未定が{}人います。名簿では氏名の欄が空きます。", found)


def duplicate_people(people: Sequence[Attendee]) -> tuple[PreflightFinding, ...]:
    """Report people who are on the roster twice: the same person, or one name twice within a 団体."""
    named = [one for one in people if one.name]
    ids = Counter(one.person_id for one in named if one.person_id is not None)
    keys = Counter(one.key for one in named if one.key)
    found = [one for one in named if (one.person_id is not None and ids[one.person_id] > 1) or keys[one.key] > 1]
    return _finding_with_people("重複", "確認", "同じ人と思われる行が{}行あります。", found)


def booked_elsewhere(
    people: Iterable[Attendee], start: str, end: str, others: Iterable[OtherEvent]
) -> tuple[PreflightFinding, ...]:
    """Report people who are expected at another event of the same day, and whether the times overlap."""
    found = []
    for other in others:
        overlap = start < other.end and other.start < end
        words = "時間が重なります" if overlap else "同じ日です"
        for one in people:
            if one.person_id is not None and one.person_id in other.people:
                found.append((one, f"{one.words}　{other.title}　{other.start}–{other.end}（{words}）"))
    if not found:
        return ()
    sentence = f"同じ日のほかの実施回にも申し込んでいる人が{len(found)}人います。"
    return (
        PreflightFinding(
            subject="重複",
            severity="確認",
            sentence=sentence,
            details=tuple(words for _, words in found),
            entry_id=found[0][0].entry_id,
        ),
    )


def care_without_arrangement(people: Sequence[Attendee]) -> tuple[PreflightFinding, ...]:
    """Report how many 配慮 have no settled arrangement, without their content."""
    return _finding_with_people("配慮", "確認", "手配の済んでいない配慮が{}件あります。", people)


def too_few_tablets(needed: int, missing: int, free: int) -> tuple[PreflightFinding, ...]:
    """Report if there are fewer tablets than people who asked for one.

    Args:
        missing: people for whom none is reserved yet.
        free: tablets that could still be reserved.
    """
    if not missing:
        return ()
    short = max(missing - free, 0)
    detail = f"貸与を希望 {needed}人、割当済 {needed - missing}台、割り当てられる端末 {free}台"
    sentence = f"貸与タブレットが{short}台足りません。" if short else f"貸与タブレットの割当てが{missing}台分まだです。"
    return (PreflightFinding(subject="タブレット", severity="確認", sentence=sentence, details=(detail,)),)


def tablets_without_provider(remark: str) -> tuple[PreflightFinding, ...]:
    """Report that people borrow tablets which nobody has agreed to bring (仕様書4(2)ク); "" = none do."""
    return (PreflightFinding(subject="タブレット", severity="確認", sentence=remark),) if remark else ()


def unconfirmed_materials(states: Mapping[str, str]) -> tuple[PreflightFinding, ...]:
    """Report the handouts that are not 確認済; ``states`` are their states by title."""
    found = tuple(f"{title}　{state}" for title, state in states.items() if state != "確認済")
    if not found:
        return ()
    sentence = f"確認済でない資料が{len(found)}点あります。"
    return (PreflightFinding(subject="資料", severity="確認", sentence=sentence, details=found),)


def headcount_not_notified(
    notified_people: int | None, expected: int, *, is_same: bool
) -> tuple[PreflightFinding, ...]:
    """Report if the number notified to the 受託者 differs from the roster (仕様書4 エ)."""
    if notified_people is None:
        if not expected:
            return ()
        return (
            PreflightFinding(
                subject="人数", severity="確認", sentence=f"参加人数（{expected}人）を、まだ連絡していません。"
            ),
        )
    if is_same:
        return ()
    words = (
        f"連絡した{notified_people}人が、いまは{expected}人です。"
        if notified_people != expected
        else "連絡した内訳が変わっています。"
    )
    return (PreflightFinding(subject="人数", severity="確認", sentence=f"{words}変更連絡が必要です。"),)


def _finding_with_people(
    subject: Subject, severity: Severity, sentence: str, people: Sequence[Attendee]
) -> tuple[PreflightFinding, ...]:
    if not people:
        return ()
    return (
        PreflightFinding(
            subject=subject,
            severity=severity,
            sentence=sentence.format(len(people)),
            details=tuple(one.words for one in people),
            entry_id=people[0].entry_id,
        ),
    )
