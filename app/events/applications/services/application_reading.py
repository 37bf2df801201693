"""Reads one row of a file as an applicant and wished events, with the register and the clerk's corrections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from types import MappingProxyType
from typing import Any

from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty
from app.common.text_rules import name_problem
from app.documents.services.rare_characters import rare_in_list
from app.events.applications.intake.application_answers import CANCELLED_ROW
from app.events.applications.intake.application_cells import DECIDE_SINGLY_CODES
from app.events.applications.intake.application_rows import ApplicationRow
from app.events.applications.intake.unclear_answers import AnswerKey, AnswerQuestion
from app.events.applications.rules import (
    DEPUTY_NOTE,
    DEPUTY_PREFIX,
    EXTRA_FIELDS,
    THEMES_PREFIX,
    WISHED_DAY_PREFIXES,
    ApplicationFacts,
    extra_values_of,
    match_wish,
    names_wish_alone,
)
from app.events.applications.services.application_entries import HeldEntries
from app.events.applications.services.application_preview import RowCorrection, WishChoice
from app.events.applications.services.application_writing import Applicant
from app.foreign_files.cells.plain_values import is_plain
from app.foreign_files.foreign_file import PERSONAL_NUMBER, STRUCK_CELL, STRUCK_ROW
from app.importing.list_fields import keys_by_field, text_fields
from app.registers.register.intake import OrganisationIndex, match_organisation, same_except_spelling
from app.registers.register.rules import Doubt
from app.registers.register.services.registered_people import phone_key
from db.name_key import digits_of, name_key, plain_organisation
from db.record import RowsById, group_by_key, record
from db.records.applications import Application, ApplicationChannel
from db.records.events import Event
from db.records.organisations import Organisation

MAX_PEOPLE = 20
_JAPAN = timezone(timedelta(hours=9))
_FINDINGS_JUDGED_HERE = frozenset(
    {"duplicate_person", "double_submit", "resubmission", "same_person_width", "test_answer"}
)
"""Codes of findings that are replaced by a comparison with the store and the year's events."""
QUIET_FINDINGS: Mapping[str, str] = {
    "formula_cell": "数式のセル（保存済みの値だけを使います）",
    "question_mark_is_genuine": "",
    "merged_cell_carried": "結合したセル（上の値を使います）",
    "formula_like_text": "数式に見える文字（文字のまま扱います）",
    "phone_leading_zero_restored": "先頭の0が落ちた電話番号（0を補います）",
    "whole_day": "時刻のない申込（先着順では、その日の最後に並べます）",
    "timestamp_date_only": "時刻のない申込（先着順では、その日の最後に並べます）",
}
"""Codes of findings reported once for the whole file, with their text; empty = not reported."""


IGNORED = 0
"""Stands for the event of a wish that is not imported."""


@record
class ReadRow:
    """A row ready for comparison: the applicant, the application to store, and what a clerk has to check.

    Attributes:
        doubts: what a clerk has to settle, in sentences; ``notes`` what is only worth knowing.
        doubtful_fields: the fields that ``doubts`` are about.
        device_text: the device as typed.
        asks_organisation: the file has a column of 団体.
        decide_singly: the checkbox for all does not include it.
        blocked_reason: what has to be corrected before it can be imported.
        is_numbered: it holds a possible 個人番号.
        is_struck_out: the whole row is struck out.
    """

    row: ApplicationRow
    applicant: Applicant
    application: Application
    organisation: Organisation | None
    similar_organisations: tuple[Organisation, ...]
    device_text: str
    doubts: tuple[str, ...]
    notes: tuple[str, ...]
    doubtful_fields: tuple[str, ...]
    decide_singly: bool
    blocked_reason: str
    is_numbered: bool
    asks_organisation: bool
    is_struck_out: bool

    @property
    def registered_name(self) -> str:
        """Return the 団体 as registered, or empty."""
        return self.organisation.name if self.organisation else ""


_CORRECTED_FINDINGS = {
    "name": "name",
    "furigana": "furigana",
    "people": "people",
    "phone": "phone",
    "companions": "names",
    "care": "care",
}
"""Fields of the file by attribute of ``RowCorrection``; a correction answers the questions about its fields."""
_PRINTED_FIELDS = ("name", "furigana", "organisation")
_ALL_PRINTABLE = ("", "", "")
_MIN_ALIKE = 5
_MAX_NAMED = 8
_MAX_OFFERED = 2
NOT_LISTED = "一覧に無い団体"
"""Answer that a name means none of the registered 団体; it stays as written."""
_MatchedName = tuple[Organisation | None, tuple[Organisation, ...], str, str]
_SURE: _MatchedName = (None, (), "", "")


_COLUMN_BY_FIELD = keys_by_field(Application) | {"organisation_id": "organisation", "branch": "branch"}
"""The column from which a field of an application comes; without it a file says nothing about the field."""
_AS_WRITTEN = text_fields(Application)


class ApplicationRowReader:
    """Reads the rows of one file; each written 団体名 is looked up once."""

    def __init__(self, registered: Iterable[Organisation], fields: Mapping[int, str], source: str):
        known = tuple(registered)
        self._by_id = RowsById(known)
        self._index = OrganisationIndex.of(known) if known else None
        self._fields = fields
        self._source = source
        self._matches: dict[tuple[str, str], _MatchedName] = {}
        self._asks_organisation = "organisation" in fields.values()
        self._asks_people = "people" in fields.values()
        self._columns = frozenset(fields.values())
        self._unasked = tuple(name for name, key in _COLUMN_BY_FIELD.items() if key not in fields.values())
        self._unlisted: frozenset[tuple[str, str]] = frozenset()
        self.questions: tuple[AnswerQuestion, ...] = ()
        """Which 団体 the names of several rows mean, asked once for equal names."""
        self._spelled: dict[str, str] = {}
        self._printable = cache(name_problem)

    def prepare(
        self,
        rows: Sequence[ApplicationRow],
        known_spellings: Iterable[str] = (),
        answers: Mapping[AnswerKey, str] = MappingProxyType({}),
    ) -> tuple[str, ...]:
        """Find the 団体 that are not registered, and return the notices about them and names; call it before ``read``.

        They are reported once: a doubt that every row shares would hide those of single rows.

        Args:
            known_spellings: names of unregistered 団体 in earlier applications.
            answers: those to ``questions``.
        """
        named = [(row.row, row.values.get("organisation", ""), row.branch) for row in rows if not row.is_broken]
        written = [(text, branch) for _row, text, branch in named if text.strip()]
        index = self._index
        if index is not None:
            for pair in dict.fromkeys(written):
                self._matches.setdefault(pair, self._match_name(*pair, index))
        unknown = [pair for pair in written if index is None or self._is_surely_unknown(pair)]
        told = [self._unlisted_notice(unknown, len(rows))] if index is not None else []
        told += self._spelling_notices([text for text, _ in unknown], known_spellings)
        told.append(_missing_font_notice(rows))
        rows_of_name = group_by_key(((text, branch), row) for row, text, branch in named)
        self.questions = tuple(
            self._settled_or_asked(pair, tuple(asked), answers)
            for pair, asked in rows_of_name.items()
            if len(asked) > 1 and pair not in self._unlisted and self._matches.get(pair, _SURE)[2]
        )
        return tuple(one for one in told if one)

    def _settled_or_asked(
        self, pair: tuple[str, str], rows: tuple[int, ...], answers: Mapping[AnswerKey, str]
    ) -> AnswerQuestion:
        """Return the question which 団体 a name of several rows means, whose answer holds for all of them."""
        near = {
            f"{one.name}{fill_nonempty('（{}）', one.branch)}": one for one in self._matches[pair][1][:_MAX_OFFERED]
        }
        column = next(index for index, key in self._fields.items() if key == "organisation")
        key = ("organisation", column, "\n".join(pair))
        if (answer := answers.get(key, "")) in (*near, NOT_LISTED):
            self._matches[pair] = (near.get(answer), (), "", "")
        return AnswerQuestion(key=key, heading="どの団体か", words=pair[0], rows=rows, options=(*near, NOT_LISTED))

    def _is_surely_unknown(self, pair: tuple[str, str]) -> bool:
        """Return whether a written name matches no registered 団体, not even as a guess."""
        organisation, near, _doubt, _note = self._matches[pair]
        return organisation is None and not near

    def _spelling_notices(self, unknown: Sequence[str], known_spellings: Iterable[str]) -> Iterator[str]:
        """Yield notices about unregistered names that differ only in spelling or by little.

        The note about the spelling is kept for each such name, for ``read``.
        """
        names = list(dict.fromkeys(text.strip() for text in unknown))
        before = [name for one in known_spellings if (name := one.strip()) not in names]
        groups = group_by_key((plain_organisation(name), name) for name in (*before, *names))
        differing = []
        for spellings in groups.values():
            new = [name for name in spellings[1:] if name in names]
            self._spelled |= dict.fromkeys(new, f"「{spellings[0]}」と書き方が違います。同じ団体として数えます")
            differing += ["「" + "」と「".join(spellings) + "」"] if new else []
        if differing:
            yield (
                f"書き方だけが違う団体名　{_names_text(differing)}。同じ団体として数えます（"
                f"名前は書かれたまま残します）"
            )
        index = OrganisationIndex.of(Organisation(name=group[0]) for group in groups.values())
        firsts = dict.fromkeys(groups[plain_organisation(one)][0] for one in names)
        pairs = dict.fromkeys(
            tuple(sorted((name, near.name)))
            for name in firsts
            for near in same_except_spelling(name, index)
            if near.name != name
        )
        if pairs:
            yield (
                f"似た団体名　{_names_text([f'「{one}」と「{other}」' for one, other in pairs])}。"
                "同じ団体なら、その行で団体名をそろえてください"
            )

    def _unlisted_notice(self, unknown: Sequence[tuple[str, str]], rows: int) -> str:
        """Return the notice that most 団体 are not in the register, and remember those; "" if few are."""
        if len(unknown) < _MIN_ALIKE or len(unknown) * 2 <= rows:
            return ""
        self._unlisted = frozenset(unknown)
        names = list(dict.fromkeys(text for text, _ in unknown))
        more = and_others(names, _MAX_NAMED, "ほか{}団体")
        return (
            f"団体一覧に無い団体名　{len(unknown)}行（{'、'.join(names[:_MAX_NAMED])}{more}）。"
            "書かれた団体名のまま取り込みます。一覧にある団体なら、その行で Enter を押して選べます"
        )

    def read(self, row: ApplicationRow, correction: RowCorrection, key: str) -> ReadRow:
        """Return ``row`` with ``correction`` applied; call it after ``prepare``.

        ``key`` is the keyed hash that identifies the row.
        """
        told = row.values.get
        text = correction.organisation_name if correction.organisation_name is not None else told("organisation", "")
        organisation, near, doubt, note = self._match_organisation(row, text, correction)
        name = correction.name if correction.name is not None else told("name", "")
        furigana = correction.furigana if correction.furigana is not None else told("furigana", "")
        companions = row.names if correction.companions is None else correction.companions
        care = row.care if correction.care is None else correction.care
        phone = _phone(row) if correction.phone is None else correction.phone
        people = correction.people or row.people or 1
        people = max(people, 1 + len(companions))
        odd = [one for one in row.problems if one.code not in _FINDINGS_JUDGED_HERE]
        if odd:
            mended = {field for key, field in _CORRECTED_FINDINGS.items() if getattr(correction, key) is not None}
            # Whether somebody comes is told by no other field.
            odd = [one for one in odd if one.code == CANCELLED_ROW or self._field(one.index) not in mended]
            odd = [one for one in odd if one.code != "several_names" or correction.companions is None]
            # A strike in an unused column says nothing about the application.
            odd = [one for one in odd if one.code != STRUCK_CELL or self._field(one.index)]
        codes = {one.code for one in odd}
        doubts = [one.reason for one in odd]
        doubts += [doubt] if doubt else []
        doubts += ["試し送信らしい申込です"] if row.is_test else []
        if people > MAX_PEOPLE and correction.people is None:
            doubts.append(f"人数が{MAX_PEOPLE}人を超えています")
        application = Application(
            source=self._source,
            way=_CHANNELS.get(row.way, ApplicationChannel.UNKNOWN),
            received_at=_japan_time(row.received_at),
            organisation_id=organisation.id if organisation else None,
            organisation_name=text,
            branch=row.branch,
            name=name,
            furigana=furigana,
            people=people,
            row_key=key,
            **_application_values(row) | {"care": care},
        )
        applicant = Applicant(
            organisation_id=application.organisation_id,
            organisation_text=text,
            facts=ApplicationFacts(
                name=name,
                furigana=furigana,
                photo=row.photo,
                publication=row.publication,
                photo_words=row.photo_words,
                companions=companions,
                role=application.role,
                device=row.device,
                care=care,
                people=people,
                phone=phone,
                fax=told("fax", ""),
                email=told("email", ""),
                address=told("address", ""),
                people_said=self._asks_people or correction.people is not None,
                further=extra_values_of(application),
                columns=self._columns,
                contact_name=row.contact_name,
                contact_phone="" if row.same_as_applicant else told("contact_phone", ""),
            ),
            way=row.way,
            received_at=application.received_at,
            words=row.note,
            words_use=row.words_use,
            note=correction.note,
        )
        notes = [
            one.reason
            for one in row.notices
            if one.code not in _FINDINGS_JUDGED_HERE and one.code not in QUIET_FINDINGS
        ]
        return ReadRow(
            row=row,
            applicant=applicant,
            application=application,
            organisation=organisation,
            similar_organisations=near,
            device_text=told("device", ""),
            asks_organisation=self._asks_organisation,
            doubts=tuple(dict.fromkeys(doubts)) if doubts else (),
            notes=tuple(dict.fromkeys([*notes, note] if note else notes)) if note or notes else (),
            decide_singly=not DECIDE_SINGLY_CODES.isdisjoint(codes),
            is_struck_out=STRUCK_ROW in codes,
            is_numbered=PERSONAL_NUMBER in codes,
            blocked_reason=self._blocked_reason(name, furigana, text, companions),
            doubtful_fields=tuple(
                dict.fromkeys([self._field(one.index) for one in odd] + (["organisation"] if doubt else []))
            )
            if odd or doubt
            else (),
        )

    def merged_application(self, read: ReadRow, held_entries: HeldEntries | None) -> Application:
        """Return the application to store where it replaces that of ``held_entries`` (None = as read).

        Fields without a column stay, and so does a time of day that the row has as a day only.
        """
        made = read.application
        if held_entries is None:
            return made
        kept: dict[str, Any] = {}
        if (known := held_entries.application) is not None:
            kept |= {name: getattr(known, name) for name in self._unasked if not getattr(made, name)}
            if read.row.is_date_only and known.received_at is not None and made.received_at is not None:
                # A day without a time does not replace the time of that day.
                same_day = known.received_at.date() == made.received_at.date()
                kept["received_at"] = known.received_at if same_day else made.received_at
            if not read.applicant.facts.people_said:
                kept["people"] = read.applicant.facts.people_after(known.people)
        return replace(made, **kept | dict(zip(EXTRA_FIELDS, held_entries.facts.further, strict=True)))

    def _field(self, index: int | None) -> str:
        return self._fields.get(index, "") if index is not None else ""

    def _match_organisation(self, row: ApplicationRow, text: str, correction: RowCorrection) -> _MatchedName:
        """Return the registered 団体 of a row, or those it may be, with a doubt to be settled and a note.

        A 団体 chosen by a clerk counts without a doubt; a name typed by a clerk is doubtful only if it is like others.
        """
        if correction.organisation_id is not None:
            return self._by_id.get(correction.organisation_id), (), "", ""
        if not text.strip():
            return None, (), Doubt.ORGANISATION_NOT_WRITTEN if self._asks_organisation else "", ""
        known, typed = (text, row.branch), correction.organisation_name is not None
        if self._index is None or (known in self._unlisted and not typed):
            plain = typed or is_plain("organisation", text)
            doubt = "" if plain else Doubt.ORGANISATION_NOT_PLAIN.format(text[:30])
            return None, (), doubt, self._spelled.get(text.strip(), "")
        if typed:
            # A clerk who typed another name has decided that this is the 団体.
            found, near, doubt, note = self._match_name(text, "", self._index)
            return found, near, doubt if near else "", note
        if known not in self._matches:
            self._matches[known] = self._match_name(text, row.branch, self._index)
        found, near, doubt, note = self._matches[known]
        return found, near, doubt, note if found is not None else self._spelled.get(text.strip(), note)

    @staticmethod
    def _match_name(text: str, branch: str, index: OrganisationIndex) -> _MatchedName:
        """Return the 団体 that a name means, those it may be, the doubt, and a note.

        Either a 団体 (then () and ""), perhaps with a note; or None with the doubt why.
        """
        match = match_organisation(text, branch, index)
        if match.organisation is not None:
            return match.organisation, (), "", match.reason
        return None, match.candidates, match.reason, ""

    def _blocked_reason(self, name: str, furigana: str, organisation: str, companions: Sequence[str]) -> str:
        """Return the first text of a row that no document could print, as the reason not to import it; "" = none."""
        # Names differ from row to row; furigana and 団体 repeat.
        odd = (name_problem(name), self._printable(furigana), self._printable(organisation))
        if not companions and odd == _ALL_PRINTABLE:
            return ""
        found = [(label, one) for label, one in zip(("氏名", "ふりがな", "団体名"), odd, strict=True) if one]
        found += [("同行者の氏名", one) for text in companions if (one := name_problem(text))]
        return f"{found[0][0]}に{found[0][1]}。直してから取り込みます" if found else ""


def _missing_font_notice(rows: Sequence[ApplicationRow]) -> str:
    """Return the notice naming the characters in names and 団体 of all rows that our fonts lack, "" = none."""
    names: dict[str, None] = {}
    for row in rows:
        for field in _PRINTED_FIELDS:
            names[row.values.get(field, "")] = None
        names |= dict.fromkeys(row.names)
    return rare_in_list(names)


def _names_text(words: Sequence[str]) -> str:
    """Return at most ``_MAX_NAMED`` of the quoted names joined with 「、」, the rest as 「ほか3組」."""
    more = and_others(words, _MAX_NAMED, "ほか{}組")
    return "、".join(words[:_MAX_NAMED]) + more


def _application_values(row: ApplicationRow) -> dict[str, Any]:
    """Return values of an application from its row; data without a field of its own become lines of ``note`` (備考).

    These are wished days, themes, 「（代理）」, what was split off the name, and the remark.
    """
    told = row.values.get
    words = []
    if any(row.dates):
        days = zip(WISHED_DAY_PREFIXES.values(), row.dates, strict=True)
        words = [f"{which}{day.month}/{day.day}" for which, day in days if day is not None]
    words += [f"{THEMES_PREFIX}{'、'.join(row.themes)}"] if row.themes else []
    remark = told("note", "").strip()
    words += _contact_words(row)
    words += [DEPUTY_NOTE] if row.deputy else []
    words += row.remark_words
    words += [remark] if remark else []
    plain = {name: told(column, "") for name, column in _AS_WRITTEN.items()}
    return plain | {
        "role": told("role", ""),
        "wishes": row.wishes,
        "device": told("device", ""),
        "care": row.care,
        "note": "\n".join(words),
    }


def _contact_words(row: ApplicationRow) -> list[str]:
    """Return the contact person (連絡担当) who left no number, since only a number makes a contact; else []."""
    name = row.contact_name.strip()
    is_kept = row.same_as_applicant or row.values.get("contact_phone", "").strip()
    return [] if not name or is_kept or name_key(name) == name_key(row.name) else [f"{DEPUTY_PREFIX}{name}"]


def _phone(row: ApplicationRow) -> str:
    """Return the number as typed, with the leading zero that a spreadsheet removed, so that it can be dialled.

    Nothing is added where the number could not be read as one.
    """
    typed = row.values.get("phone", "")
    if not row.phone or not typed:
        return typed
    return row.phone if phone_key(typed) and not digits_of(typed).startswith("0") else typed


_CHANNELS: Mapping[str, ApplicationChannel] = {one: one for one in ApplicationChannel if one}


def _japan_time(moment: datetime | None) -> datetime | None:
    """Return a moment as the time of day in Japan without a zone, which the whole program uses; None stays."""
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(_JAPAN).replace(tzinfo=None)


MAX_ROWS_OF_TYPO = 1
"""An unmatched wish in at most so many rows is a typing error; in more it is an option of the form."""


@record
class WishedEvents:
    """Where one row belongs: the events to enter it for, why it stays out, and doubts."""

    event_ids: tuple[int, ...] = ()
    left_out_reason: str = ""
    doubts: tuple[str, ...] = ()


class WishMatching:
    """Matches the wishes of one application file with the events of the year."""

    def __init__(
        self,
        rows: Iterable[ApplicationRow],
        events: Sequence[Event],
        chosen: Mapping[str, int],
        remembered: Mapping[str, int],
        *,
        has_wish_column: bool,
        event_id: int | None,
    ):
        """Match the wishes.

        Args:
            chosen: wish text to event id as chosen now, ``IGNORED`` = not imported.
            remembered: the same from an earlier import; counts where ``chosen`` lacks the text.
            has_wish_column: the file has a column of wishes.
            event_id: the one event whose applications are imported; None = each row by its wishes.
        """
        self._titles = {event.id: event.full_title for event in events}
        self._asked = has_wish_column
        self._event_id = event_id
        counts = Counter(text for row in rows for text in dict.fromkeys(row.wishes))
        self.choices = tuple(
            _wish_choice(text, count, match_wish(text, events), chosen, remembered, self._titles)
            for text, count in counts.items()
        )
        self._denied = frozenset(
            one.text
            for one in self.choices
            if not one.is_manual
            and one.candidates
            and one.count <= MAX_ROWS_OF_TYPO
            and not names_wish_alone(one.text, events)
        )
        self._found: dict[tuple[str, ...], WishedEvents] = {}
        self._by_text = {choice.text: choice for choice in self.choices}

    @property
    def needs_event(self) -> bool:
        """Return whether no column and no chosen event says where the rows belong."""
        return not self._asked and self._event_id is None

    @property
    def unmatched_wishes(self) -> tuple[str, ...]:
        """Return the wishes of several rows that match no event of the year."""
        open_ones = [one for one in self.choices if one.event_id is None and not one.candidates]
        return tuple(one.text for one in open_ones if one.count > MAX_ROWS_OF_TYPO)

    def events_of(self, row: ApplicationRow) -> WishedEvents:
        """Return where one row belongs; equal wishes belong to equal events."""
        found = self._found.get(row.wishes)
        if found is None:
            found = self._found[row.wishes] = self._match_row(row)
        return found

    def _match_row(self, row: ApplicationRow) -> WishedEvents:
        """Return where a row belongs: by the chosen event, else by its wishes; with the reason if nowhere."""
        if self._event_id is not None:
            return self._match_for_event(row, self._event_id)
        if not self._asked:
            return WishedEvents(left_out_reason="どの実施回の申込か、選ばれていません")
        if not row.wishes:
            return WishedEvents(doubts=("希望する実施回が空です",))
        return self._match_for_year(row)

    def _match_for_event(self, row: ApplicationRow, event_id: int) -> WishedEvents:
        """Return the one event of the import for a row, or why it is left out: it wishes for other events only.

        Without a column of wishes it belongs there; an empty, denied or mistyped wish gives a doubt.
        """
        if not self._asked:
            return WishedEvents(event_ids=(event_id,))
        if not row.wishes:
            return WishedEvents(event_ids=(event_id,), doubts=("希望する実施回が空です",))
        choices = [self._by_text[text] for text in row.wishes]
        unknown = [choice for choice in choices if choice.event_id is None and not choice.candidates]
        strange = [one for one in unknown if not names_event(one.text)]
        denied = [text for text in row.wishes if text in self._denied]
        if not (strange or denied or any(_may_mean(choice, event_id) for choice in choices)):
            return WishedEvents(left_out_reason=f"別の実施回を希望（{'、'.join(row.wishes)}）")
        odd = [one for one in unknown if one.count <= MAX_ROWS_OF_TYPO or one in strange]
        return WishedEvents(
            event_ids=(event_id,),
            doubts=(
                *map(_declined_wish_text, denied),
                *(f"希望の「{choice.text}」に当たる実施回がありません" for choice in odd),
            ),
        )

    def _match_for_year(self, row: ApplicationRow) -> WishedEvents:
        """Return the events that the wishes of a row are mapped to, in the import for the year.

        A wish that means none or several gives a doubt; a row is left out if all its wishes are not to be imported.
        """
        wanted = []
        doubts = [_declined_wish_text(text) for text in row.wishes if text in self._denied]
        for text in row.wishes:
            choice = self._by_text[text]
            if choice.event_id is not None:
                if choice.event_id != IGNORED:
                    wanted.append(choice.event_id)
            elif choice.candidates:
                named = "、".join(self._titles[one] for one in choice.candidates)
                doubts.append(f"希望の「{text}」に当たる実施回が{len(choice.candidates)}つあります（{named}）")
            else:
                doubts.append(f"希望の「{text}」に当たる実施回がありません")
        left_out = "" if wanted or doubts else f"取り込まない希望です（{'、'.join(row.wishes)}）"
        return WishedEvents(event_ids=tuple(dict.fromkeys(wanted)), left_out_reason=left_out, doubts=tuple(doubts))


def _wish_choice(
    text: str,
    count: int,
    candidates: tuple[int, ...],
    chosen: Mapping[str, int],
    remembered: Mapping[str, int],
    titles: Mapping[int, str],
) -> WishChoice:
    """Return a wish with the event it means: chosen now, remembered, or the only one of ``candidates``.

    A choice counts only for an event in ``titles`` or for ``IGNORED``.
    """
    by_hand = chosen.get(text, remembered.get(text))
    if by_hand is not None and (by_hand == IGNORED or by_hand in titles):
        return WishChoice(text=text, count=count, candidates=candidates, event_id=by_hand, is_manual=True)
    return WishChoice(
        text=text, count=count, candidates=candidates, event_id=candidates[0] if len(candidates) == 1 else None
    )


def names_event(text: str) -> bool:
    """Return whether a wish sounds like the name or the day of one event, of whatever year.

    どちらでも and 第1回と第2回 do not.
    """
    return bool(_OF_AN_EVENT.search(text)) and not _SEVERAL.search(text)


_SEVERAL = re.compile(r"第.+回.+第.+回|日.+日|以外")
_OF_AN_EVENT = re.compile(r"講[習座]|[会回日]$|セミナー|コース")


def _declined_wish_text(text: str) -> str:
    return f"希望の「{text}」が、希望するのかしないのか決められません"


def _may_mean(choice: WishChoice, event_id: int) -> bool:
    """Return whether a wish is mapped to this event or, if not mapped, has it among its candidates."""
    if choice.event_id is not None:
        return choice.event_id == event_id
    return event_id in choice.candidates
