"""The questions of an application form, worded so that the importer maps every column of its answers at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date_plain, time_range_words
from app.documents.event_phase import EventPhase
from app.documents.form_text import (
    CHOICE_OF_MANY,
    CHOICE_OF_ONE,
    LONG_TEXT,
    REQUIRED,
    SHORT_TEXT,
    FormQuestion,
    form_text,
)
from app.event.rules.care_needs import NO_DIAGNOSIS
from app.event.services.event_records import read_event_or_error
from app.event.services.event_state import refuse_if_not_held, states_of
from app.events.applications.services.application_writing import read_contact_rule
from app.programme.services import ProgrammeView, programme_of_event, read_programme
from db.record import record
from db.records.event_status import EventStatus
from db.records.events import Event
from db.rows import rows
from db.store import Store

NOT_REQUIRED = "しない"
_PHOTO = ("可", "不可")
_DEVICES = ("持参する", "貸与を希望する")


@record
class ApplicationForm:
    """The form of one event, or of all that people can still apply for; ``text`` is pasted as a whole."""

    title: str
    lead: tuple[str, ...]
    questions: tuple[FormQuestion, ...]

    @property
    def text(self) -> str:
        """Return the text to paste."""
        return form_text(self.title, self.lead, self.questions)


def read_application_form(
    store: Store, *, event_id: int | None, fiscal_year: int | None = None, today: date
) -> ApplicationForm:
    """Return the form of one event; without one, of all coming events of the year that people apply for.

    ``fiscal_year`` counts only without an event; None = the newest year.

    Raises:
        UserError: the event is gone, not held on its day, over or takes no applications; without an event, none of the
            year can be applied for.
    """
    if event_id is not None:
        event = read_event_or_error(store.database, event_id)
        refuse_if_not_held(store.database, event, "申込フォームを作成できます")
        phase = states_of(store.database, [event], today)[event.id].phase
        if not event.form.recruits or not phase.will_be_held:
            why = (
                "実施日を過ぎています"
                if phase is EventPhase.RESULT_MISSING
                else "日程が決まっていません"
                if phase is EventPhase.WITHOUT_DAY
                else "申込を受け付ける回ではありません"
            )
            raise UserError(f"{event.full_title}は、{why}。", "これから申込を受け付ける回を選んでください。")
        return _form(store, programme_of_event(store, event, on=today), (event,), (phase,))
    view = read_programme(store, fiscal_year=fiscal_year, on=today)
    planned = rows(
        store.database, Event, programme_id=view.programme.id, status=EventStatus.PLANNED, order="event_date"
    )
    states = states_of(store.database, planned, today)
    coming = tuple(one for one in planned if one.form.recruits and states[one.id].phase.will_be_held)
    if not coming:
        raise UserError(
            "これから申込を受け付ける回がありません。", "「事業」で実施回の日程を決めてから、もう一度開いてください。"
        )
    return _form(store, view, coming, tuple(states[one.id].phase for one in coming))


def _form(
    store: Store, view: ProgrammeView, events: tuple[Event, ...], phases: tuple[EventPhase, ...]
) -> ApplicationForm:
    """Return the form for ``events``, with the purpose and disposal of the answers in its introduction.

    It asks for the event only if there are several, and for the device only if one of their kinds lends devices.
    """
    kinds = [view.kind(one.kind) for one in events]
    first, several = events[0], len(events) > 1
    if phases[0] is EventPhase.WITHOUT_PLACE:
        first = replace(first, venue="", room="")
    last = max((one.event_date for one in events if one.event_date is not None), default=None)
    rule = read_contact_rule(store, programme_id=first.programme_id, held_on=last)
    until = f"連絡先などの記録は{long_date(rule.dispose_on)}までに消去します。" if rule.dispose_on is not None else ""
    title = f"{kinds[0].title}の申込" if several else f"{first.full_title}の申込"
    lead = (
        *(() if several else (_when_and_where(first),)),
        f"記入された個人情報は、「{rule.purpose}」に使い、ほかの目的には使いません。{until}",
    )
    asked: list[tuple[str, str, str, tuple[str, ...], str]] = [
        ("団体名（町会・自治会名）", SHORT_TEXT, REQUIRED, (), ""),
        ("氏名", SHORT_TEXT, REQUIRED, (), "参加する方の氏名を書いてください。"),
        ("ふりがな", SHORT_TEXT, REQUIRED, (), ""),
        ("役職", SHORT_TEXT, NOT_REQUIRED, (), "ないときは空けておいてください。"),
        ("電話番号", SHORT_TEXT, REQUIRED, (), "日中に連絡のつく番号を書いてください。"),
        ("メールアドレス", SHORT_TEXT, NOT_REQUIRED, (), ""),
    ]
    if several:
        asked.append(("参加を希望する回", CHOICE_OF_MANY, REQUIRED, tuple(map(_option, events)), ""))
    asked.extend(
        (
            ("参加する人数", SHORT_TEXT, REQUIRED, (), "ご本人を含めた人数を、数字で書いてください。"),
            ("同行者の氏名", LONG_TEXT, NOT_REQUIRED, (), "ご一緒に参加する方を、1人ずつ改行して書いてください。"),
        )
    )
    if any(kind.lends_devices for kind in kinds):
        asked.append(("当日に使う端末", CHOICE_OF_ONE, REQUIRED, _DEVICES, ""))
    asked += [
        (
            "必要な配慮",
            LONG_TEXT,
            NOT_REQUIRED,
            (),
            f"{view.programme.care_offered}。申込みのあとでもご相談ください。{NO_DIAGNOSIS}委託事業者に、氏名を除いて伝えてよいときは、そう書いてください。なければ空けておいてください。",
        ),
        ("記録のための撮影", CHOICE_OF_ONE, REQUIRED, _PHOTO, ""),
        ("質問・連絡事項", LONG_TEXT, NOT_REQUIRED, (), ""),
    ]
    questions = tuple(
        FormQuestion(
            number=f"質問{number}",
            title=words,
            form_type=form_type,
            required=required,
            options=options,
            note=note,
            limit="数値だけ（回答の検証）" if words == "参加する人数" else "",
        )
        for number, (words, form_type, required, options, note) in enumerate(asked, 1)
    )
    return ApplicationForm(title=title, lead=lead, questions=questions)


def _when_and_where(event: Event) -> str:
    """Return the line 「日時　…　会場　…」 of an event; what is not known yet is 「決まりしだいお知らせします」."""
    place = event.place_words or "会場は決まりしだいお知らせします"
    if event.event_date is None:
        return f"日時　決まりしだいお知らせします　会場　{place}"
    return f"日時　{long_date(event.event_date)}{time_range_words(event.start_time, event.end_time)}　会場　{place}"


def _option(event: Event) -> str:
    """Return a dated event as an option: title and day, which the importer recognises as a whole."""
    assert event.event_date is not None  # chosen by its day
    return f"{event.full_title} {short_date_plain(event.event_date)}"
