"""The fields of an event: what is asked for each kind, and how typed values become a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.subjects.events.services.event_drafts import EventDraft
from app.widgets.form_fields import Field
from db.records.programme import KINDS, Kind

_ABOUT: dict[Kind, frozenset[str]] = {
    "講習会": frozenset({"subject", "lecturer", "hands_on"}),
    "派遣": frozenset({"organisation_name", "tools", "lecturer", "only_lecture_materials"}),
    "意見交換会": frozenset({"subject", "lecturer", "groups", "facilitators"}),
}
_OF_SOME_KINDS = frozenset().union(*_ABOUT.values())
_LECTURER: dict[Kind, str] = {"講習会": "講師", "派遣": "アドバイザー", "意見交換会": "講師"}


def event_fields(*, editing: bool, dated: bool) -> tuple[Field, ...]:
    """All fields; ``editing`` fixes the kind, ``dated`` the date (日付を変える shows first what moves)."""
    day_hint = "「日付を変える」で変えます。" if dated else "9/1、R8.9.1、9/1(火) など。協議中なら空のまま。"
    return (
        Field(key="kind", label="種類", kind="radio", choices=tuple((k, k) for k in KINDS), read_only=editing),
        Field(key="subject", label="名称", hint="第n回は、日付が決まると付きます。", placeholder="LINE講習会"),
        Field(key="organisation_name", label="団体名", hint="決まっていないときは「応募受付中」などと書きます。"),
        Field(key="event_date", label="実施日", kind="date", width=120, optional=True, read_only=dated, hint=day_hint),
        Field(key="start_time", label="開始", kind="time", width=80),
        Field(key="end_time", label="終了", kind="time", width=80),
        Field(key="venue", label="会場", optional=True),
        Field(key="room", label="部屋", optional=True),
        Field(key="venue_capacity", label="会場の定員", kind="number", width=80, unit="人", least=1, optional=True),
        Field(key="venue_booked_on", label="使用承認日", kind="date", width=120, optional=True),
        Field(
            key="network", label="ネット環境", kind="radio", choices=(("有", "有"), ("無", "無"), ("不明", "まだ不明"))
        ),
        Field(key="lecturer", label="講師", optional=True),
        Field(key="tools", label="使うもの", optional=True, placeholder="LINE、Instagram", hint="「、」で区切ります。"),
        Field(key="groups", label="班の数", kind="number", width=80, unit="班", least=1, optional=True),
        Field(key="facilitators", label="ファシリテーター", kind="number", width=80, unit="人", least=0, optional=True),
        Field(key="hands_on", label="操作体験", kind="check", words="あり（タブレット端末を貸与）"),
        Field(
            key="only_lecture_materials",
            label="資料",
            kind="check",
            words="講習会の資料だけを使う",
            hint="講習会の資料だけのときは、区の資料確認の期限はありません。",
        ),
        Field(
            key="expected_people", label="見込み人数", kind="number", width=80, unit="人", least=0, optional=True,
            hint="仕様書の人数と会場の定員に照らすためだけに使います。",
        ),
        Field(key="content", label="内容", kind="lines", lines=3, optional=True),
        Field(key="note", label="メモ", kind="lines", lines=2, optional=True),
    )  # fmt: skip


def shown_for(kind: Kind) -> Mapping[str, bool]:
    """Which of the fields that not every kind has are asked for ``kind``."""
    return {key: key in _ABOUT[kind] for key in _OF_SOME_KINDS}


def lecturer_word(kind: Kind) -> str:
    """講師 or アドバイザー."""
    return _LECTURER[kind]


def values_of(draft: EventDraft) -> dict[str, Any]:
    """A draft as the values of the form."""
    return {
        "kind": draft.kind,
        "subject": draft.subject,
        "organisation_name": draft.organisation_name or (draft.subject if draft.kind == "派遣" else ""),
        "event_date": draft.event_date,
        "start_time": draft.start_time,
        "end_time": draft.end_time,
        "venue": draft.venue,
        "room": draft.room,
        "venue_capacity": draft.venue_capacity,
        "venue_booked_on": draft.venue_booked_on,
        "network": draft.network,
        "lecturer": draft.lecturer,
        "tools": "、".join(draft.tools),
        "groups": draft.groups,
        "facilitators": draft.facilitators,
        "hands_on": draft.hands_on,
        "only_lecture_materials": not draft.extra_materials,
        "expected_people": draft.expected_people,
        "content": draft.content,
        "note": draft.note,
    }


def draft_from(
    values: Mapping[str, Any], *, organisation_id: int | None = None, reason: str = "", how: str = ""
) -> EventDraft:
    """The draft that the typed ``values`` stand for; an unreadable field counts as empty.

    ``reason`` and ``how`` say why something beside the specification is right and how it is settled.
    """
    kind: Kind = values["kind"]
    dispatch, exchange, lecture = kind == "派遣", kind == "意見交換会", kind == "講習会"
    group = values["organisation_name"] if dispatch else ""
    return EventDraft(
        kind=kind,
        subject=group if dispatch else values["subject"],
        organisation_name=group,
        organisation_id=organisation_id if dispatch else None,
        event_date=values["event_date"],
        start_time=values["start_time"] or "14:00",
        end_time=values["end_time"] or "16:00",
        venue=values["venue"],
        room=values["room"],
        venue_capacity=values["venue_capacity"],
        venue_booked_on=values["venue_booked_on"],
        network=values["network"],
        lecturer=values["lecturer"],
        tools=tuple(part.strip() for part in values["tools"].split("、") if part.strip()) if dispatch else (),
        groups=values["groups"] if exchange else None,
        facilitators=values["facilitators"] if exchange else None,
        hands_on=bool(values["hands_on"]) and lecture,
        extra_materials=not (dispatch and values["only_lecture_materials"]),
        expected_people=values["expected_people"],
        content=values["content"],
        note=values["note"],
        exception_reason=reason,
        exception_kind=how,
    )
