"""Timetable of the day: the default for each kind (from its content), clock times, and remarks against 仕様書4 オ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from app.documents.event_facts import AFTER_END
from app.event.rules.equipment import is_named
from app.programme.rules import full_clause, hours_words, in_brackets
from db.record import frozen
from db.records.event_form import EventForm
from db.records.events import AgendaItem
from db.records.programme import EventKind, VisitStep

_Row = tuple[int | None, str, str, str, str]

_KNOWN_LINES: tuple[_Row, ...] = (
    (20, "活用事例の紹介", "講義", "受託者", "プロジェクター"),
    (15, "比較、メリットおよびデメリットの説明", "講義", "受託者", "プロジェクター、資料"),
    (10, "運用上の注意点", "講義", "受託者", "プロジェクター、資料"),
    (45, "操作体験", "実習", "受託者", "タブレット端末、資料"),
    (20, "質問・個別相談", "相談", "受託者", ""),
    (10, "オリエンテーション（目的・ゴールの確認）", "", "受託者", ""),
    (20, "初期設定の確認、セッティングの支援", "", "受託者", ""),
    (30, "実践操作（投稿・配信）", "", "受託者", ""),
    (20, "運用ルール構築支援", "", "受託者", ""),
    (30, "質疑応答", "", "受託者", ""),
    (5, "趣旨説明", "講義", "区", "マイク"),
    (10, "参加者自己紹介", "全体発表", "受託者", ""),
    (30, "デジタル活用の先進事例紹介", "講義", "受託者", "プロジェクター、資料"),
    (5, "課題抽出", "個人ワーク", "受託者", "付箋"),
    (20, "課題の分類、選定", "グループワーク", "受託者", "模造紙、付箋"),
    (25, "解決策の検討", "グループワーク", "受託者", "模造紙、マーカー"),
    (20, "発表", "全体発表", "受託者", "模造紙、マイク"),
    (5, "講師によるまとめ", "講義", "受託者", ""),
)
"""What an event of 令和7年度 held, by which the minutes of a contract's own words are shared out."""
_FORMER_EXCHANGE: tuple[_Row, ...] = (
    *_KNOWN_LINES[10:15],
    (20, *_KNOWN_LINES[15][1:]),
    *_KNOWN_LINES[16:],
    (5, "アンケート（配布・回収）、閉会", "", "受託者", "アンケート用紙"),
)
"""Former default timetable of an 意見交換会, which existing events may still have."""
_OPEN_CONTENT: Mapping[EventForm, tuple[str, ...]] = {
    EventForm.LECTURE: ("説明", "実習", "質疑応答"),
    EventForm.VISIT: ("説明", "実習", "質疑応答"),
    EventForm.EXCHANGE: ("趣旨説明", "意見交換", "発表", "質疑応答"),
}
"""The content of an event whose contract leaves it open."""
_SURVEY = "アンケート"
_BEFORE: Mapping[EventForm, tuple[_Row, ...]] = {
    EventForm.LECTURE: ((5, "開会・本日の目標", "説明", "区", "マイク"),),
    EventForm.VISIT: (
        (None, "ヒアリング（事前アンケート等）による課題把握", "事前", "受託者", ""),
        (None, "区との実施内容協議", "事前", "区・受託者", ""),
    ),
    EventForm.EXCHANGE: (),
}
_BEFORE_STEPS = (VisitStep.HEARING, VisitStep.CONSULTATION)
"""The steps to which the lines before a visit belong, in their order."""
_AFTER: Mapping[EventForm, tuple[_Row, ...]] = {
    EventForm.LECTURE: ((5, "アンケート（配布・回収）、閉会", "", "受託者", "アンケート用紙"),),
    EventForm.VISIT: ((None, "フォローアップ（メール・電話可）", "事後", "受託者", ""),),
    EventForm.EXCHANGE: ((None, "アンケート（配布・回収）", AFTER_END, "受託者", "アンケート用紙"),),
}
_REST_OF_VISIT = 10
"""Minutes, with those of a survey, that a visit of the usual content leaves to the 団体 (仕様書4(2)カ)."""
_STEP = 5
"""Minutes of a timetable are multiples of this."""
_SUPPLIES = ("マイク", "プロジェクター", "模造紙", "付箋", "マーカー")
"""What a line uses only where the contract says that the ward brings it."""

_SETTING_UP: tuple[_Row, ...] = (
    (30, "集合、会場設営、機材の動作確認", "準備", "区・受託者", "機材チェック表"),
    (30, "受付（区）、資料の配布（受託者）", "準備", "区・受託者", "受付名簿、配布資料"),
)
_RECEPTION_ALONE: _Row = (30, "受付（区）", "準備", "区", "受付名簿")
"""The reception of a kind for which the contract asks for no handouts."""
_CLEARING: tuple[_Row, ...] = ((30, "撤収、忘れ物および数の確認", "撤収", "区・受託者", "機材チェック表"),)


def _items(rows: Iterable[_Row]) -> tuple[AgendaItem, ...]:
    """Return the rows as agenda items that belong to no event yet (``event_id`` 0)."""
    return tuple(
        AgendaItem(event_id=0, position=position, minutes=minutes, title=title, form=form, owner=owner, uses=uses)
        for position, (minutes, title, form, owner, uses) in enumerate(rows)
    )


def default_agenda(kind: EventKind) -> tuple[AgendaItem, ...]:
    """Return the timetable with which an event of a kind begins: the content of its contract, shared over its time."""
    return _items(_default_rows(kind, has_survey=kind.has_survey))


def _default_rows(kind: EventKind, *, has_survey: bool) -> tuple[_Row, ...]:
    """Return the default timetable of a kind as rows (minutes, title, form, owner, things used joined by 、).

    ``has_survey`` alone decides whether it has a line of the survey.
    """
    before, after = _BEFORE[kind.form], _AFTER[kind.form]
    if kind.form.at_organisation:
        before = tuple(row for step, row in zip(_BEFORE_STEPS, before, strict=True) if step in kind.steps)
        after = after if kind.follow_up_months else ()
    of_survey = [row for row in after if row[1].startswith(_SURVEY)]
    if has_survey and not of_survey:
        after = ((5, f"{_SURVEY}（配布・回収）", "", "受託者", "アンケート用紙"), *after)
    if not has_survey:
        after = tuple(left for row in after if (left := _without_survey(row) if row in of_survey else row) is not None)
    titles = kind.content or _OPEN_CONTENT[kind.form]
    framed = sum(row[0] or 0 for row in (*before, *after))
    if leaves_rest(kind) and has_usual_content(kind):
        framed = _REST_OF_VISIT
    minutes = _shared_minutes(titles, kind.minutes - framed)
    lines = [(length, *_known_line(title)[1:]) for title, length in zip(titles, minutes, strict=True)]
    return tuple((*row[:4], _used_words(kind, row[4])) for row in (*before, *lines, *after))


def leaves_rest(kind: EventKind) -> bool:
    """Return whether the rest of the time is left to the 団体: at a visit that is not to last exactly so long."""
    return kind.form.at_organisation and not kind.minutes_strict


def has_usual_content(kind: EventKind) -> bool:
    """Return whether every title in the content of a kind is one of 令和7年度, word for word; False without content."""
    return bool(kind.content) and all(_known_line(title)[0] is not None for title in kind.content)


def _known_line(title: str) -> _Row:
    return next((row for row in _KNOWN_LINES if row[1] == title), (None, title, "", "受託者", ""))


def _shared_minutes(titles: Sequence[str], length: int) -> tuple[int | None, ...]:
    """Return the minutes of each title, together ``length``: each at least 5, the rest in proportion to 令和7年度.

    Each has at least 1 where 5 are too many, and all have None where even that is.
    """
    step = _STEP if length >= _STEP * len(titles) else 1
    rest = length - step * len(titles)
    if rest < 0:
        return (None,) * len(titles)
    known = [minutes for title in titles if (minutes := _known_line(title)[0]) is not None]
    usual = sum(known) // len(known) if known else 2 * _STEP
    weights = [max((_known_line(title)[0] or usual) - step, 0) for title in titles]
    whole, shares, given, counted = sum(weights) or 1, [], 0, 0
    for place, weight in enumerate(weights, 1):
        counted += weight
        until = rest if place == len(weights) else rest * counted // whole // step * step
        shares.append(step + until - given)
        given = until
    return tuple(shares)


def _used_words(kind: EventKind, uses: str) -> str:
    """Return the things a line uses (joined by 、), without those that are not there under the contract of the kind."""

    def is_there(word: str) -> bool:
        """Return whether tablets are lent, 資料 asked for, one of ``_SUPPLIES`` brought by the ward; else True."""
        if word == "タブレット端末":
            return kind.lends_devices
        if word == "資料":
            return bool(kind.material_period)
        return word not in _SUPPLIES or is_named(word, kind.ward_supplies)

    return "、".join(word for word in uses.split("、") if is_there(word))


def _without_survey(row: _Row) -> _Row | None:
    """Return what a line that begins with the survey has after it (閉会, by the ward), None where that is nothing."""
    _survey, _comma, rest = row[1].partition("、")
    return (row[0], rest, "", "区", "") if rest else None


def setting_up_items(kind: EventKind | None = None) -> tuple[AgendaItem, ...]:
    """Return the default items of the timetable before the start; the last one ends at the start.

    Args:
        kind: of the event, which decides whether the 受託者 hands out materials; None = it does.
    """
    hands_out = kind is None or bool(kind.material_period)
    return _items(_SETTING_UP if hands_out else (_SETTING_UP[0], _RECEPTION_ALONE))


def clearing_items() -> tuple[AgendaItem, ...]:
    """Return the default items of the timetable after the end of the event."""
    return _items(_CLEARING)


LENGTH_TOPIC = "実施時間"
"""Topic of the 協議 about a timetable whose length differs from the time booked."""

_LENGTH_HINT = f"進行か時刻を直すか、「{LENGTH_TOPIC}」の協議に理由を残して済にしてください。"
_QUESTION_WORDS = frozenset({"質問", "質疑", "質疑応答", "質問時間", "相談", "個別相談", "個別相談時間"})


@frozen
class TimedItem:
    """An agenda item with its clock times "HH:MM", which are empty for an item without minutes."""

    start: str
    end: str
    item: AgendaItem

    @property
    def id(self) -> int:
        """Return the id of its item."""
        return self.item.id


def minutes_of(clock: str) -> int:
    """Return the minutes since midnight of a time "HH:MM"."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def clock_of(minutes: int) -> str:
    """Return the time "HH:MM" of minutes since midnight."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def clock_times(start: str, items: Iterable[AgendaItem]) -> tuple[TimedItem, ...]:
    """Return each item with its clock time, the first one beginning at ``start`` ("HH:MM")."""
    now = minutes_of(start)
    timed = []
    for item in items:
        if item.minutes is None:
            timed.append(TimedItem("", "", item))
            continue
        timed.append(TimedItem(clock_of(now), clock_of(now + item.minutes), item))
        now += item.minutes
    return tuple(timed)


def clock_times_before(start: str, items: Sequence[AgendaItem]) -> tuple[TimedItem, ...]:
    """Return each item with its clock time, the last one ending at ``start`` (会場設営, 受付)."""
    return clock_times(clock_of(minutes_of(start) - total_minutes(items)), items)


def total_minutes(items: Iterable[AgendaItem]) -> int:
    """Return the 合計 of the minutes of the timetable."""
    return sum(item.minutes or 0 for item in items)


def timetable_length(start: str, end: str, items: Iterable[AgendaItem]) -> int:
    """Return how many minutes an event lasts by its timetable.

    It is the time booked if there is no timetable, or one that leaves more than a quarter of ``start``–``end`` open and
    so is unfinished: 2時間程度 (仕様書4 オ) holds from three quarters on.
    """
    planned, total = minutes_of(end) - minutes_of(start), total_minutes(items)
    return total if total * 4 >= planned * 3 else planned


def timetable_end(start: str, end: str, items: Iterable[AgendaItem]) -> str:
    """Return when an event booked for ``start``–``end`` ("HH:MM") ends by its timetable, as older documents stated
    it.
    """
    return clock_of(minutes_of(start) + timetable_length(start, end, items))


def question_minutes(items: Iterable[AgendaItem], called: str) -> int:
    """Return the minutes for questions (仕様書4 オ), by whole words or as the contract calls that time."""
    words = _QUESTION_WORDS | {called or "質問"}
    asked = (one for one in items if not words.isdisjoint({one.title, *re.split("[・、（）]", one.title)}))
    return sum(item.minutes or 0 for item in asked)


def is_unchanged_example(kind: EventKind, items: Iterable[AgendaItem]) -> bool:
    """Return whether a timetable has minutes and titles of a default of its kind: with or without survey, or former."""
    lines = [(one.minutes, one.title) for one in items]
    examples = (
        _default_rows(kind, has_survey=True),
        _default_rows(kind, has_survey=False),
        *((_FORMER_EXCHANGE,) if kind.form.in_groups else ()),
    )
    return any(lines == [(minutes, title) for minutes, title, *_ in example] for example in examples)


def is_length_settled(total: int, planned: int, *, agreed: bool, rest_left: bool) -> bool:
    """Return whether a timetable has minutes and nothing is left to do about its length.

    Args:
        total: minutes of the timetable.
        planned: minutes of the time booked.
        agreed: the 協議 「実施時間」 about another length is settled (2時間程度, 仕様書4 オ).
        rest_left: the rest of the time may be left to the 団体 (``leaves_rest``).
    """
    return total > 0 and (agreed or total == planned or (rest_left and total < planned))


def agenda_remarks(
    kind: EventKind, items: Iterable[AgendaItem], start: str, end: str, *, agreed: bool = False
) -> tuple[str, ...]:
    """Return remarks on a timetable: its sum against ``start``–``end`` ("HH:MM"), no time for questions if asked for.

    Without any minutes the one remark that the timetable is missing.

    Remarks about the length are left out if ``is_length_settled``; ``agreed`` as there.
    """
    rows, clause = tuple(items), full_clause(kind.clause_minutes)
    planned, total = minutes_of(end) - minutes_of(start), total_minutes(rows)
    if not total:
        return ("当日の進行がまだありません。",)
    remarks = []
    if not is_length_settled(total, planned, agreed=agreed, rest_left=leaves_rest(kind)):
        if total > planned:
            remarks.append(
                f"進行の合計が{total}分で、実施時間{planned}分を{total - planned}分超えます"
                f"{in_brackets(kind.clause_minutes)}。{_LENGTH_HINT}"
            )
        else:
            remarks.append(
                f"進行の合計は{total}分です。実施時間{planned}分まで{planned - total}分の余りがあります。{_LENGTH_HINT}"
            )
    questions = kind.question_time
    if questions and not question_minutes(rows, questions):
        full = f"進行の合計が{total}分で余りがなく、" if total >= planned else "進行に"
        asked = f"（{clause}は{questions}の時間を含む{hours_words(kind)}）" if clause else ""
        remarks.append(f"{full}{questions}の時間がありません{asked}。")
    return tuple(remarks)
