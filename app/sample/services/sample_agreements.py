"""The sample year's 協議, numbered by day, three 打合せ and their 宿題."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.event.rules.event_warning import AGREEMENT
from app.sample.services.sample_events import SampleEvents
from db.journal import Change
from db.records.agreements import Agreement, Homework, Meeting
from db.records.programme import Side

WARD, CONTRACTOR = "見本　係員、見本　係長", "業務責任者　受託見本　恵子"
_RECORD_SYSTEM = "文書管理システム"

_MEETINGS = (
    Meeting(
        programme_id=0,
        subject="契約後の進め方",
        held_on=date(2026, 8, 5),
        start_time="14:00",
        end_time="15:10",
        place="協働推進課 打合せ室",
        ward_people=WARD,
        contractor_people=CONTRACTOR,
        handed="会場の一覧（区）、年間の予定（区）",
        answer_by=date(2026, 8, 12),
        confirmed_on=date(2026, 8, 10),
        confirmed_how="メールの返信",
        original_place=_RECORD_SYSTEM,
    ),
    Meeting(
        programme_id=0,
        subject="講習会第3回の準備ほか",
        held_on=date(2026, 9, 28),
        start_time="15:00",
        end_time="16:10",
        place="協働推進課 打合せ室",
        ward_people=WARD,
        contractor_people=CONTRACTOR,
        handed="第1回アンケートの集計（受託者）",
        next_meeting="令和8年10月14日（水）午後3時　意見交換会の進め方",
        answer_by=date(2026, 10, 2),
        confirmed_on=date(2026, 10, 1),
        confirmed_how="メールの返信",
        original_place=_RECORD_SYSTEM,
    ),
    Meeting(
        programme_id=0,
        subject="意見交換会の進め方",
        held_on=date(2026, 10, 14),
        start_time="15:00",
        end_time="16:00",
        place="協働推進課 打合せ室",
        ward_people=WARD,
        contractor_people=CONTRACTOR,
        answer_by=date(2026, 10, 21),
        original_place=_RECORD_SYSTEM,
    ),
)


def fill_agreements(change: Change, sample: SampleEvents, *, programme_id: int) -> None:
    """Insert the meetings up to the sample's today, complete the 協議 of the events, and insert those of the year.

    Then the 協議 are numbered by day and their 宿題 inserted.
    """
    # By event ("" = of the year) and topic; ``at`` is the place of its meeting.
    agreements = sample.data["agreements"]
    meetings = {}
    for place, meeting in enumerate(_MEETINGS, 1):
        if meeting.held_on <= sample.today:
            meetings[place] = change.insert(meeting, programme_id=programme_id, ordinal=place)
    said = {(one["event"], one["topic"]): one for one in agreements}
    settled = []
    ids = {}
    for (key, topic), (agreement_id, on) in sample.topics.items():
        words = said.get((key, topic))
        if on is None:
            continue
        day = on
        if words is not None:
            # What was settled in a meeting carries the day of that meeting.
            day = _MEETINGS[words["at"] - 1].held_on if "at" in words else on
            ids[key, topic] = agreement_id
            change.update(Agreement, agreement_id, settled_on=day, **_record_values(words, meetings))
        settled.append((day, agreement_id))
    for words in (one for one in agreements if not one["event"]):
        day = _MEETINGS[words["at"] - 1].held_on
        agreement_id = change.insert(
            Agreement(
                programme_id=programme_id,
                topic=words["topic"],
                asked_on=day,
                settled_on=day,
                **_record_values(words, meetings),
            )
        )
        ids["", words["topic"]] = agreement_id
        settled.append((day, agreement_id))
    change.update_each(
        Agreement, {row_id: {"ordinal": place} for place, (_on, row_id) in enumerate(sorted(settled), 1)}
    )
    # What was taken home: place of its 協議, what, who, by when, done on.
    for place, text, side, person, due, done in sample.data["homework"]:
        agreement = ids.get((agreements[place]["event"], agreements[place]["topic"]))
        if agreement is not None:
            finished = date.fromisoformat(done) if done and done <= sample.today.isoformat() else None
            change.insert(
                Homework(
                    programme_id=programme_id,
                    agreement_id=agreement,
                    text=text,
                    side=Side(side),
                    person=person,
                    due=date.fromisoformat(due),
                    done_on=finished,
                    done_note="",
                )
            )


def _record_values(values: dict[str, Any], meetings: dict[int, int]) -> dict[str, Any]:
    """Return the values of a record with its meeting; one confirmed with its meeting has the same day."""
    names = ("content", "ward_view", "contractor_view", "decision", "reason", "clause", "related")
    meeting_id = meetings.get(values.get("at", 0))
    held = _MEETINGS[values["at"] - 1] if meeting_id is not None else None
    return {
        **{name: values.get(name, "") for name in names},
        "way": "打合せ" if held is not None else values.get("way", "メール"),
        "meeting_id": meeting_id,
        "ward_people": WARD,
        "partner": CONTRACTOR,
        "nature": AGREEMENT,
        "original_place": _RECORD_SYSTEM,
        "confirmed_on": held.confirmed_on if held is not None else None,
        "confirmed_how": held.confirmed_how if held is not None else "",
    }
