"""Builds the content of each document of the day for one event, and stores the event's options for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Final, Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent, RosterLine
from app.documents.document_frame import DocumentContext, Passage
from app.documents.rules import in_hiragana
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import document_of
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope
from app.event.rules.participation import AWAITED, photo_marks
from app.event.rules.target_dates import DAY_SET
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import EventRecords, read_event_or_error, read_event_records
from app.event_day.day import documents as day_documents
from app.events.materials.documents import SURVEY, CollatedHandout
from app.events.materials.documents import collation as collate
from app.events.materials.services.distributed_handouts import distributed_handouts
from app.events.roster import documents as roster_documents
from app.events.roster.rules import missing_roster_numbers
from app.events.roster.services.roster import Roster, RosterRow, read_roster, write_missing_numbers
from app.programme.services import programme_of_event
from app.surveys.questions.services.survey_documents import questionnaire_pages
from db.journal import Change
from db.record import record
from db.records.documents import DocumentPassage
from db.records.events import Event
from db.store import Store
from db.tables import calls, organisations
from db.tables import roster as roster_table

_SWITCHED_ON = "する"
Option = Literal["資料を区で印刷する", "班札に名簿を載せる"]
WARD_PRINTS: Final = "資料を区で印刷する"
NAMES_ON_TABLES: Final = "班札に名簿を載せる"
SUBSTITUTE = "代理"
WALK_IN = "当日受付"
LATE = "遅刻"
_OUTDATED_ERROR = UserError(
    "名簿が、表示したときから変わっています。",
    "画面を開き直して、もう一度保存または印刷してください。",
    "ファイルは作成していません。番号も付けていません。",
)


@record
class DayOptions:
    """The options of one event for its documents of the day; both are False by default.

    Attributes:
        ward_prints: the ward prints the handouts, so their check list has the steps of the work.
        names_on_tables: the 班札 bear the names of their people.
    """

    ward_prints: bool
    names_on_tables: bool


def read_options(store: Store, *, event_id: int) -> DayOptions:
    """Return the options of an event for its documents of the day."""
    chosen = {row.part for row in calls.passages(store.database, event_id, DAY_SET) if row.text == _SWITCHED_ON}
    return DayOptions(ward_prints=WARD_PRINTS in chosen, names_on_tables=NAMES_ON_TABLES in chosen)


def set_day_option(context: ActionContext, *, event_id: int, option: Option, on: bool) -> ActionResult:
    """Switch an option of an event on or off; raises ``UserError`` when the event is gone."""
    read_event_or_error(context.database, event_id)
    present = next((row for row in calls.passages(context.database, event_id, DAY_SET) if row.part == option), None)
    with context.change(
        f"当日資料の「{option}」を{'選んだ' if on else '外した'}", "paper_texts", event_id=event_id
    ) as change:
        if on:
            change.update_or_insert(
                DocumentPassage, present, event_id=event_id, document_kind=DAY_SET, part=option, text=_SWITCHED_ON
            )
        elif present is not None:
            change.delete(DocumentPassage, present.id)
    return ActionResult(f"「{option}」を{'選びました' if on else '外しました'}。", event_id)


def roster_lines(
    store: Store, *, event_id: int, roster: Roster | None = None, include_erased: bool = True
) -> tuple[RosterLine, ...]:
    """Return everybody on the 受付名簿 by number; who has none yet has the number that printing will assign.

    Notes typed by staff are left out, as they were not written for the check-in desk.

    Args:
        include_erased: False leaves out who gets no card: erased people, and who is still asked whether he comes.
    """
    roster = roster or read_roster(store, event_id=event_id)
    marks = photo_marks(row.entry for row in roster.rows)
    return tuple(
        _line(row, marks[row.entry.id])
        for row in _numbered_rows(store, roster)
        if include_erased or not (row.is_erased or row.entry.awaits_answer)
    )


def _numbered_rows(store: Store, roster: Roster) -> list[RosterRow]:
    """Return the rows of the 受付名簿 by number; who has none yet has the number that printing will assign."""
    missing = any(row.entry.number is None for row in roster.check_in_rows)
    given = (
        missing_roster_numbers([row.entry for row in roster.rows], organisations.all_organisations(store.database))
        if missing
        else {}
    )
    numbered = [
        replace(row, entry=replace(row.entry, number=given.get(row.entry.id, row.entry.number)))
        for row in roster.check_in_rows
    ]
    return sorted(numbered, key=lambda row: row.entry.number or 0)


def _line(row: RosterRow, photo: str) -> RosterLine:
    """Return a row of the roster with its notes; ``photo`` says what is noted of photographing."""
    entry = row.entry
    notes = [SUBSTITUTE] if entry.substitute_for else [WALK_IN] if entry.walk_in else []
    notes += [AWAITED] if entry.awaits_answer else []
    notes += [LATE] if entry.late else []
    notes += [f"席 {entry.seat}"] if entry.seat else []
    return RosterLine(
        entry_id=entry.id,
        number=str(entry.number or ""),
        admission=str(entry.admission or ""),
        organisation=row.organisation_name,
        branch=row.branch,
        name=row.name if row.person else "",
        reading=in_hiragana(row.furigana),
        role=row.role,
        device=entry.device,
        group=str(entry.group_number or ""),
        care=bool(entry.care.strip()),
        no_photo=entry.photo.is_refused,
        photo="" if entry.photo.is_refused else photo,
        note="　".join(notes),
        walk_in=entry.walk_in,
    )


def roster_content(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 受付名簿 in two numbered copies; raises ``UserError`` while nobody is on it."""
    lines, facts = _people(store, event), read_event_facts(store, event)
    context = _context(store, event, roster_documents.ROSTER_KIND, now)
    return roster_documents.roster_sheet(context, facts, lines)


def name_tag_content(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 名札 of everybody on the 受付名簿 but erased people; raises ``UserError`` while nobody is on it."""
    lines, context = _people(store, event, include_erased=False), _context(store, event, day_documents.TAGS, now)
    return day_documents.name_tags(context, read_event_facts(store, event), lines)


def attendees_with_name(store: Store, event: Event) -> tuple[RosterLine, ...]:
    """Return who came to an event, by number, as far as they have a name that is not erased."""
    roster = read_roster(store, event_id=event.id)
    came = {row.entry.id for row in roster.check_in_rows if row.entry.attendance.is_present}
    lines = roster_lines(store, event_id=event.id, roster=roster, include_erased=False)
    return tuple(line for line in lines if line.entry_id in came and line.name)


def certificate_content(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 受講証 of everybody who came; raises ``UserError`` while nobody with a name did."""
    lines, context = attendees_with_name(store, event), _context(store, event, day_documents.CERTIFICATES, now)
    if not lines:
        raise UserError("出席を記録した方がまだいません。", "受付か「紙の名簿から出欠」で、出席を記録してください。")
    scope, defaults = DocumentScope(event_id=event.id), certificate_passages(store, event, now.date())
    texts = passage_texts(store, scope, day_documents.CERTIFICATES, defaults)
    return day_documents.certificates(context, read_event_facts(store, event), lines, texts)


def certificate_passages(store: Store, event: Event, _on: date) -> tuple[Passage, ...]:
    """Return the words of the 受講証 that staff may change."""
    return day_documents.certificate_passages(read_event_facts(store, event))


def seat_card_content(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 席札 of everybody on the 受付名簿 with a name that is not erased; raises ``UserError`` for nobody."""
    lines, context = _people(store, event, include_erased=False), _context(store, event, day_documents.SEATS, now)
    facts = read_event_facts(store, event)
    if not any(line.name for line in lines):
        raise UserError("氏名の決まった参加者がいません。", "「参加者」で氏名を入力してください。")
    return day_documents.seat_cards(context, facts, lines)


def table_card_content(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 班札; raises ``UserError`` before there are 班."""
    groups = [group.number for group in roster_table.groups(store.database, event.id)]
    if not groups:
        raise UserError("班がまだありません。", "「班分け」で班を作成してください。")
    context, facts = _context(store, event, day_documents.TABLES, now), read_event_facts(store, event)
    with_names = read_options(store, event_id=event.id).names_on_tables
    lines = roster_lines(store, event_id=event.id, include_erased=False) if with_names else ()
    return day_documents.table_cards(context, facts, groups, lines, with_names=with_names)


def agenda_content(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 当日進行表・機材チェック表 with the 帳合い of its handouts.

    Raises:
        UserError: there is neither a timetable nor anything to hand out.
    """
    facts = read_event_facts(store, event)
    handouts = collated_handouts(read_event_records(store, event.id))
    if not handouts and not any(item.minutes for item in facts.agenda):
        raise UserError("当日の進行がまだありません。", "「概要」で当日の進行を入力してください。")
    ward_prints = read_options(store, event_id=event.id).ward_prints
    collation = collate(facts, handouts, ward_prints=ward_prints) if handouts else ()
    context = _context(store, event, day_documents.AGENDA_KIND, now)
    roster = read_roster(store, event_id=event.id)
    marks = photo_marks(row.entry for row in roster.rows)
    people = [row.entry for row in _numbered_rows(store, roster)]
    numbers = programme_of_event(store, event, on=now.date()).kind(event.kind)
    return day_documents.day_agenda(
        context,
        facts,
        numbers,
        roster_copies=roster_documents.COPIES if roster.rows else 0,
        collation=collation,
        photographs=[
            (
                str(one.number),
                one.seat,
                marks[one.id] if one.pictures or one.photo_words else "",
                " ".join(one.photo_words.split()),
            )
            for one in people
            if marks[one.id]
        ],
        everybody=len(people),
    )


def witness_sheet_content(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 実施確認票 with the plan, and the results recorded so far."""
    facts = read_event_facts(store, event)
    context = _context(store, event, day_documents.WITNESS_KIND, now)
    numbers = programme_of_event(store, event, on=now.date()).kind(event.kind)
    return day_documents.witness_sheet(context, facts, numbers)


def collated_handouts(records: EventRecords) -> tuple[CollatedHandout, ...]:
    """Return the handouts in their order, then the アンケート用紙 if the kind has a survey and no handout is named so.

    () without handouts.
    """
    found = [CollatedHandout(title=one.material.title, version=one.latest) for one in distributed_handouts(records)]
    if found and records.kind.has_survey and not any("アンケート" in each.title for each in found):
        found.append(CollatedHandout(title=SURVEY, survey=True, survey_pages=questionnaire_pages(records.survey)))
    return tuple(found)


def has_timetable(records: EventRecords) -> bool:
    """Return whether the timetable has a line with minutes."""
    return any(item.minutes for item in records.agenda)


def store_printed_numbers(
    store: Store, change: Change, scope: DocumentScope, content: DocumentContent
) -> dict[str, str]:
    """Save the numbers that a document of the day bears, in the same transaction by which it leaves.

    Raises:
        UserError: it would bear other numbers now, as the roster has changed since it was drawn; nothing is written.
    """
    write_missing_numbers(store, change, scope.event_id or 0)
    made = datetime.fromisoformat(content.properties["created"])
    now = document_of(scope, content.kind).build(store, scope, made)
    if day_documents.printed_numbers(now) != day_documents.printed_numbers(content):
        raise _OUTDATED_ERROR
    return {}


def with_copies(content: DocumentContent, copies: int) -> DocumentContent:
    """Return a numbered document in this number of copies; other documents unchanged."""
    return replace(content, numbered_copies=copies) if content.numbered_copies else content


def _people(store: Store, event: Event, *, include_erased: bool = True) -> tuple[RosterLine, ...]:
    """Return the lines of the roster; raises ``UserError`` when it is empty."""
    lines = roster_lines(store, event_id=event.id, include_erased=include_erased)
    if not lines:
        raise UserError("名簿に載る参加者がまだいません。", "「参加者」で申込を登録してください。")
    return lines


def _context(store: Store, event: Event, kind: str, now: datetime) -> DocumentContext:
    return event_document_context(store, event, kind, now)
