"""読みちがえの疑い, imported values that were probably misread, and imports not yet compared with their file.

Files of applications are not kept, so the rows alone do not tell what a person answered about 撮影, 端末 and 状態.
Every import by the old method is listed until its file was chosen again and compared, or somebody confirmed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.event.rules.participation import withdrawal
from app.events.applications.services.application_writing import close_waitlist_gaps, reopen_care
from app.foreign_files.cells.answer_reading import (
    No,
    Nothing,
    Yes,
    fold_cell,
    is_unanswered,
    parse_answer,
    parse_heading,
)
from app.foreign_files.cells.names_in_cells import can_be_person
from app.programme.services import read_programme
from db.journal import Change
from db.record import RowsById, group_by_key, record
from db.records.applications import READ_WHOLE, Application, ForeignImport, ImportTarget
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.participants import NO_ORGANISATION
from db.records.roster import Entry
from db.records.surveys import Answer, EventSurvey, Question, SurveyResponse
from db.redactions import is_redacted_text
from db.rows import by_id, rows, rows_by_id
from db.store import Store
from db.tables import applications as table
from db.tables import events as event_table

Kind = Literal["配慮", "同行者", "氏名", "会長", "その他"]
NEED, COMPANION, NAME, CHAIR, OTHER = Kind.__args__  # type: ignore[attr-defined]
NOTHING = "（なし）"
TO_ASK = "（何が要るかを確かめる）"
UNNAMED = "氏名未定"
_CHAIR = "会長"
_PIECES = re.compile(r"[、，,／/\n]+")


@record
class SuspectedMisreading:
    """One row that was probably misread, with the stored words and today's reading.

    ``event_id`` None = it belongs to the register of 団体.
    """

    key: str
    kind: Kind
    event_id: int | None
    where: str
    who: str
    stored_words: str
    reread_words: str

    @property
    def id(self) -> str:
        """Return the id for comparing with a later reading."""
        return self.key


@record
class UnverifiedImport:
    """One file imported by the old method, whose 撮影, 端末 and 状態 were not compared with the file since.

    ``is_upcoming`` = an event with entries of it is still to come; ``photo_allowed_count`` of its ``entry_count``
    entries say 撮影 可.
    """

    imported: ForeignImport
    event_id: int | None
    where: str
    is_upcoming: bool
    entry_count: int
    photo_allowed_count: int

    @property
    def id(self) -> str:
        """Return the id for comparing with a later reading."""
        return f"import {self.imported.id}"


@record
class SuspectedMisreadings:
    """The suspected rows of a year, and its imports that were not compared with their file since."""

    rows: tuple[SuspectedMisreading, ...]
    imports: tuple[UnverifiedImport, ...]

    @property
    def words(self) -> str:
        """Return sentences on what was checked and what was not, for the page and the command."""
        looked = (
            "行だけから調べたのは、配慮の「はい・いいえ」だけの言葉、氏名でない言葉の人、会長の欄、"
            "アンケートの「その他」にある選択肢です。"
        )
        if self.imports:
            return (
                f"{looked}撮影・端末・状態の返事は、取り込んだ行からは分かりません（申込のファイルは保存していません）。"
                "下の取り込みは、元のファイルをもう一度選ぶと、取り込まずに比べられます。"
            )
        return (
            f"{looked}撮影・端末・状態の返事は、行からは分からないため調べていません。"
            "比べる前の取り込み（前の版で取り込んだ申込のファイル）はありません。"
        )


def read_suspected_misreadings(store: Store, *, fiscal_year: int, today: date) -> SuspectedMisreadings:
    """Return the suspected misreadings of a year, and the imports by an earlier version that only the file can verify;
    events not yet held come first.

    Raises:
        UserError: the year is not started.
    """
    programme_id = read_programme(store, fiscal_year=fiscal_year).programme.id
    events = RowsById(event_table.events_of_year(store.database, programme_id))
    found = [*_of_entries(store, events), *_chairs(store), *_others(store, events)]
    order = {event_id: _is_upcoming(event, today) for event_id, event in events.items()}
    found.sort(key=lambda one: not order.get(one.event_id or 0, False))
    return SuspectedMisreadings(rows=tuple(found), imports=tuple(_imports(store, events, today)))


def _is_upcoming(event: Event, today: date) -> bool:
    return event.status.is_planned and (event.event_date is None or event.event_date >= today)


def _imports(store: Store, events: RowsById[Event], today: date) -> list[UnverifiedImport]:
    """Return the files imported by the old method that were not compared since, with their events of this year.

    Those of events to come first, each part newest first; files of other events are left out.
    """
    by_import = group_by_key(
        (import_id, (event_id, places, photos))
        for import_id, event_id, places, photos in table.entry_counts_of_unread_imports(store.database)
    )
    found = []
    for imported in rows(store.database, ForeignImport, target=ImportTarget.APPLICATIONS, reading=0, order="-at"):
        given = [one for one in by_import.get(imported.id, []) if one[0] in events]
        if not given:
            continue
        ahead = [event_id for event_id, _places, _photos in given if _is_upcoming(events[event_id], today)]
        titles = "、".join(events[event_id].full_title for event_id, _places, _photos in given)
        found.append(
            UnverifiedImport(
                imported=imported,
                event_id=given[0][0] if len(given) == 1 else None,
                where=titles,
                is_upcoming=bool(ahead),
                entry_count=sum(places for _event, places, _photos in given),
                photo_allowed_count=sum(photos for _event, _places, photos in given),
            )
        )
    return sorted(found, key=lambda one: not one.is_upcoming)


# what the rows show by themselves


def _of_entries(store: Store, events: RowsById[Event]) -> Iterator[SuspectedMisreading]:
    """Yield names and 配慮 in entries of imported applications that would be read otherwise today."""
    entries = [one for one in rows(store.database, Entry, event_id=tuple(events)) if one.application_id]
    known = table.applications_by_id(store.database, [one.application_id for one in entries if one.application_id])
    people = rows_by_id(store.database, Person, id=tuple({e.person_id for e in entries} - {None}))
    first = set()
    for entry in entries:
        application = known.get(entry.application_id)
        if application is None or application.import_id is None:
            continue
        place = (entry.event_id, application.id)
        applies = place not in first
        first.add(place)
        person = people.get(entry.person_id)
        if person is not None and is_redacted_text(person.name):
            continue
        where = events[entry.event_id].full_title
        if person is not None and not entry.state.is_withdrawn and not can_be_person(person.name):
            yield SuspectedMisreading(
                key=f"person {entry.id}",
                kind=NAME if applies else COMPANION,
                event_id=entry.event_id,
                where=where,
                who=application.organisation_name or NO_ORGANISATION,
                stored_words=person.name,
                reread_words=UNNAMED if applies else NOTHING,
            )
        answer = _bare_answer(entry.care)
        if answer:
            yield SuspectedMisreading(
                key=f"care {entry.id}",
                kind=NEED,
                event_id=entry.event_id,
                where=where,
                who=person.name if person is not None else UNNAMED,
                stored_words=" ".join(entry.care.split()),
                reread_words=NOTHING if answer == "いいえ" else TO_ASK,
            )


def _bare_answer(care: str) -> str:
    """Return 「はい」 or 「いいえ」 for a need that is only yes and no, 「はい」 if there is a yes; else ""."""
    pieces = [piece for piece in _PIECES.split(care) if piece.strip()]
    read = [parse_answer(piece, parse_heading("need", "")) for piece in pieces]
    if not read or not all(isinstance(one, Yes | No | Nothing) for one in read):
        return ""
    return "はい" if any(isinstance(one, Yes) for one in read) else "いいえ"


def _chairs(store: Store) -> Iterator[SuspectedMisreading]:
    for person in rows(store.database, Person, role=_CHAIR):
        if person.organisation_id is None or is_redacted_text(person.name) or can_be_person(person.name):
            continue
        organisation = by_id(store.database, Organisation, person.organisation_id)
        yield SuspectedMisreading(
            key=f"chair {person.id}",
            kind=CHAIR,
            event_id=None,
            where=organisation.name if organisation is not None else "",
            who=_CHAIR,
            stored_words=person.name,
            reread_words=NOTHING,
        )


def _others(store: Store, events: RowsById[Event]) -> Iterator[SuspectedMisreading]:
    """Yield texts of imported responses under その他 that were one of the options."""
    for survey in rows(store.database, EventSurvey, event_id=tuple(events), order="event_id"):
        for sheet in rows(store.database, SurveyResponse, survey_id=survey.id):
            if sheet.import_id is None:
                continue
            for question, choice in _misplaced_other_texts(survey, sheet):
                yield SuspectedMisreading(
                    key=f"other {sheet.id} {question.code}",
                    kind=OTHER,
                    event_id=survey.event_id,
                    where=events[survey.event_id].full_title,
                    who=f"アンケート　{question.title}",
                    stored_words=" ".join(sheet.answers[question.code].other.split()),
                    reread_words=choice or "無回答",
                )


def _misplaced_other_texts(survey: EventSurvey, response: SurveyResponse) -> Iterator[tuple[Question, str]]:
    """Yield the questions whose その他 holds a regular choice, or no answer at all ("")."""
    for question in survey.questions:
        other = response.answers.get(question.code, Answer()).other
        if not other.strip():
            continue
        choice = _choice(question, other)
        if choice or is_unanswered(other):
            yield question, choice


def _choice(question: Question, text: str) -> str:
    return next((one for one in _own(question) if fold_cell(one) == fold_cell(text)), "")


def _own(question: Question) -> list[str]:
    return [one for one in question.options if not one.strip().startswith(OTHER)]


# putting right


def correct_misreading(context: ActionContext, *, fiscal_year: int, key: str, words: str = "") -> ActionResult:
    """Correct one suspected row to today's reading.

    Args:
        key: that of the ``SuspectedMisreading``.
        words: the 配慮 to store instead, "" = none is needed; ignored for other kinds.

    Raises:
        UserError: it is no longer suspected, or other data prevent it (the sentence says which).
    """
    suspected = read_suspected_misreadings(context.store, fiscal_year=fiscal_year, today=context.today).rows
    found = next((one for one in suspected if one.key == key), None)
    if found is None:
        raise UserError("この疑いは、もうありません。", "画面を開き直してください。")
    name, number, *rest = found.key.split(" ", 2)
    row_id = int(number)
    label = f"読みちがえの疑いのある{found.kind}を直した"
    if found.kind == OTHER:
        return _correct_answer(context, label, row_id, rest[0], found)
    with context.change(
        label, "applications" if found.event_id else "organisations", event_id=found.event_id
    ) as change:
        if name == "care":
            _correct_need(context, change, row_id, words.strip())
        elif found.kind == NAME:
            change.update(Entry, row_id, person_id=None)
        elif found.kind == COMPANION:
            _remove_companion(context, change, row_id)
            close_waitlist_gaps(change, context.database, [found.event_id] if found.event_id is not None else [])
        elif table.rows_referring(context.database, {"people": [row_id]}):
            change.update(Person, row_id, role="")
        else:
            change.delete(Person, row_id)
    return ActionResult(f"{found.kind}の「{found.stored_words}」を直しました（{found.where}）。", row_id)


def _correct_need(context: ActionContext, change: Change, entry_id: int, words: str) -> None:
    """Change the 配慮 of an entry inside ``change``, in its application too where that has the same words."""
    entry = get_or_raise(context.database, Entry, entry_id)
    reopen_care(change, context.database, entry, words)
    change.update(Entry, entry_id, care=words)
    application = by_id(context.database, Application, entry.application_id)
    if application is not None and application.care == entry.care:
        change.update(Application, application.id, care=words)


def _remove_companion(context: ActionContext, change: Change, entry_id: int) -> None:
    """Delete an entry and its person unless used elsewhere (an entry in use becomes 辞退); refuse if it is 出席."""
    entry = get_or_raise(context.database, Entry, entry_id)
    if entry.attendance.is_present:
        raise UserError("受付済の席のため、なくせません。", "受付の記録を先に確かめてください。")
    if table.rows_referring(context.database, {"entries": [entry_id]}):
        change.update(Entry, entry_id, **withdrawal(entry))
        return
    change.delete(Entry, entry_id)
    others = table.rows_referring(context.database, {"people": [entry.person_id]}) if entry.person_id else set()
    if entry.person_id and others <= {("entries", entry_id)}:
        change.flush()
        change.delete(Person, entry.person_id)


def _correct_answer(
    context: ActionContext, label: str, response_id: int, code: str, found: SuspectedMisreading
) -> ActionResult:
    """Save a text written under その他 as the option it meant, or as no answer; refused once the tally is final."""
    sheet = get_or_raise(context.database, SurveyResponse, response_id)
    survey = get_or_raise(context.database, EventSurvey, sheet.survey_id)
    if survey.frozen_at is not None:
        raise UserError(
            "集計が確定しているため、回答を直せません。", "アンケートの画面で確定を取り消してから直してください。"
        )
    question = next(one for one in survey.questions if one.code == code)
    answers = {**sheet.answers, code: _answer_with_choice(question, sheet.answers[code])}
    with context.change(label, "surveys", event_id=survey.event_id) as change:
        change.update(SurveyResponse, response_id, answers=answers)
    return ActionResult(
        f"その他の「{found.stored_words}」を「{found.reread_words}」にしました（{found.where}）。", response_id
    )


def _answer_with_choice(question: Question, answer: Answer) -> Answer:
    """Return the answer with the text of その他 as the regular choice that it is."""
    choice = _choice(question, answer.other)
    own = _own(question)
    wanted = {*answer.chosen, choice} - set(question.options) | ({*answer.chosen, choice} & set(own))
    chosen = [one for one in (*own, *answer.chosen) if one in wanted]
    return replace(answer, chosen=tuple(dict.fromkeys(chosen)), other="")


def confirm_import(context: ActionContext, *, import_id: int) -> ActionResult:
    """Confirm that somebody compared an old import's file with the roster, so that it counts as read.

    Raises:
        UserError: it no longer exists, or was compared meanwhile.
    """
    imported = by_id(context.database, ForeignImport, import_id)
    if imported is None or imported.reading == READ_WHOLE:
        raise UserError("この取り込みは、もう確かめてあります。", "画面を開き直してください。")
    with context.change(
        f"取り込み（{imported.file_name}）を、元のファイルで確かめた", "applications", event_id=imported.event_id
    ) as change:
        change.update(ForeignImport, import_id, reading=READ_WHOLE)
    return ActionResult(f"{imported.file_name}の取り込みを、確かめたものとしました。", import_id)
