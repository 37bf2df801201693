"""The global search (Ctrl+K) over people, 団体, 実施回, 会場, 書類・記録, actions, and changes by day (「12/7」)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from typing import Final

from app.actions.action_id import ActionLink
from app.calendar.date_parsing import parse_date
from app.calendar.dates import short_date
from app.calendar.office_days import DateProblem
from app.calendar.wareki import fiscal_year_of, fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.documents.services.issued_copies import copy_words
from app.documents.services.saved_outside import FOLDER_KEY
from app.event.rules.participation import is_coming
from app.event.services.event_records import read_core_records
from app.events.agreements.services import find_records
from app.events.discussion.services import find_lines
from app.events.roster.rules import record_counts
from app.home.changes.services import read_changes, week_of
from app.home.today.services.action_search import FoundAction, matching_actions
from app.home.today.services.document_search import FoundDocument, is_document_name, matching_documents
from app.ledgers.services.ledger import LEDGERS
from app.ledgers.services.ledger_reading import find_rows
from app.programme.services import ProgrammeView, kinds_of_events, read_view
from app.registers.register.services.search import (
    OrganisationHit,
    PersonHit,
    find_organisations,
    find_people,
    other_spellings,
    readings_of,
    search_keys,
)
from app.year_end.proposal.rules import CIRCLED, issue_mark
from app.year_end.proposal.services import find_evidence, find_issues
from db.digits import is_digits
from db.engine import Database
from db.fields import specs
from db.name_key import contains_all, name_key
from db.record import record
from db.records.accounts import RowChange
from db.records.documents import Letter, Outgoing
from db.records.event_form import EventForm
from db.records.events import Event, EventResult
from db.records.schedules import WardDay
from db.records.submissions.materials import Material
from db.records.venues import Venue
from db.rows import rows
from db.store import Store
from db.tables import organisations, venues
from db.tables import programme as programme_table
from db.tables import search as table
from db.tables.applications import entries_of_people
from db.tables.roster import entries_of

_YESTERDAY: Final = ("きのう", "昨日")
_TODAY: Final = ("今日", "きょう", "本日")
_WEEK: Final = ("今週",)
_CHANGE: Final = ("変更", "変えた", "変わった", "だれが", "誰が", "履歴")
_BETWEEN: Final = ("から", "した", "もの", "こと", "の", "を", "に", "は", "が")
"""Words allowed between such words; any other text is taken literally (「今日子」 is a name)."""


@record
class FoundPeriod:
    """Days whose changes can be shown (「きのうからの変更」), with their number (「12件　…」) and link."""

    words: str
    count: str
    link: ActionLink


def has_only_time_words(text: str) -> bool:
    """Return whether ``text`` has words of time or change and else only particles (「きのうの変更」), so is no name."""
    typed = rest = name_key(text)
    for word in (*_YESTERDAY, *_TODAY, *_WEEK, *_CHANGE):
        rest = rest.replace(name_key(word), "")
    if rest == typed:
        return False
    for word in _BETWEEN:
        rest = rest.replace(name_key(word), "")
    return not rest


def matching_periods(store: Store, *, text: str, today: date) -> tuple[FoundPeriod, ...]:
    """Return links to the changes since the day that ``text`` means (yesterday, today, this week, a typed day), each
    with their number; () for other texts. A word of change alone (「変更」) means yesterday and this week.
    """
    typed = name_key(text) if has_only_time_words(text) else ""
    spans = [
        (words, first)
        for words, first, named in (
            ("きのうからの変更", today - timedelta(days=1), (*_YESTERDAY, *_CHANGE)),
            ("今日の変更", today, _TODAY),
            ("今週の変更", week_of(today), (*_WEEK, *_CHANGE)),
        )
        if any(name_key(word) in typed for word in named)
    ]
    if (day := _parse_day(text, today)) is not None:
        spans.append((f"{short_date(day, today)}からの変更", day))
    if not spans:
        return ()
    changed = read_changes(store, since=min(first for _words, first in spans), today=today).rows
    return tuple(
        FoundPeriod(
            words=words,
            count=f"{sum(row.day >= first for row in changed)}件　だれが、何を、どう変えたか",
            link=ActionLink("変更", since=first),
        )
        for words, first in spans
    )


def _parse_day(text: str, today: date) -> date | None:
    """Return the day that ``text`` as a whole means, None where it is none or lies after ``today``."""
    try:
        day = parse_date(text, fiscal_year_of(today))
    except DateProblem:
        return None
    return day if day is not None and day <= today else None


MAX_PLACES = 4
PEOPLE, ORGANISATIONS, EVENTS, VENUES, MATERIALS, AGREEMENTS, LINES, EVIDENCE, RECORDS, ACTIONS = 5, *[4] * 9
_HANDOUT_WORDS = "資料 配布資料 スライド テキスト"
_ORGANISATION_WORDS = ("町会", "自治会", "親和会", "睦会", "町内会")
_LINK_BY_TABLE: Final[Mapping[str, Callable[[int], ActionLink]]] = {
    "people": lambda row_id: ActionLink("人", person_id=row_id),
    "organisations": lambda row_id: ActionLink("団体", organisation_id=row_id),
}


@dataclass(frozen=True)
class FoundItem:
    """One result or action.

    Attributes:
        link: what Enter opens (None = nothing).
        copy_text: what Ctrl+C copies.
        kind: the kind of an event, for its icon.
        is_highlighted: False = the typed words occur in it anyway.
        creates_record: it would create something, so Enter takes it only when selected on purpose.
    """

    icon: str
    title: str
    detail: str
    _: KW_ONLY
    link: ActionLink | None
    copy_text: str = ""
    kind: str = ""
    is_highlighted: bool = True
    creates_record: bool = False


@record
class FoundGroup:
    """Results of one kind; ``total`` may be more than are shown."""

    title: str
    items: tuple[FoundItem, ...]
    total: int


@record
class SearchResult:
    """All groups for one text; ``keys`` highlight matches, ``other_spellings`` were searched as well."""

    text: str
    groups: tuple[FoundGroup, ...]
    keys: tuple[str, ...] = ()
    other_spellings: tuple[str, ...] = ()


def search_everything(store: Store, *, text: str, today: date | None = None) -> SearchResult:
    """Return what ``text`` finds in any spelling (people, 団体, events, venues, materials, documents, actions).

    Actions concern the next event from ``today`` on, else the last one. Creating a person or 団体 comes last.
    """
    keys = search_keys(text)
    if not keys:
        return SearchResult(text=text, groups=())
    events = table.events(store.database)
    hits = find_people(store, text=text, limit=50)
    people = [hit for hit in hits if not hit.is_found_by_reading]
    readings = readings_of(text, (hit.person for hit in people))
    places = find_organisations(store, text=text, limit=50)
    officers = [hit for hit in hits if hit.is_found_by_reading]
    total = organisations.count_people(store.database, keys)
    records = [
        *_found_documents(store.database, events, keys, RECORDS, today),
        *_found_corrections(store.database, keys, RECORDS, today),
        *_found_in_ledgers(store.database, keys, RECORDS),
        *_found_ward_days(store.database, keys, today),
    ][:RECORDS]
    spans = matching_periods(store, text=text, today=today) if today is not None else ()
    year = _newest_year(store.database)
    actions = _found_actions(store.database, events, keys, today, year)
    papers = matching_documents(store, keys=keys, events=events, today=today, year=year)
    groups: tuple[FoundGroup, ...] = (
        _group("変更", [_period_item(span) for span in spans]),
        _group("人", [_person_item(hit) for hit in people[:PEOPLE]], total),
        _group("参加の予定", list(_found_entries(store.database, people, events, today))[:MAX_PLACES]),
        _group(
            "団体の役員・連絡先",
            [*(_organisation_item(hit) for hit in places), *(_officer_item(hit) for hit in officers)][:ORGANISATIONS],
            len(places) + len(officers),
        ),
        _group("実施回", list(_found_events(store, events, keys, EVENTS, today))),
        _group("会場", *_found_venues(store.database, keys, VENUES)),
        _group("資料", list(_found_materials(store.database, events, keys, MATERIALS, today))),
        _group("協議の記録", *_found_agreements(store.database, text, events, AGREEMENTS, today)),
        _group("討議の記録", *_found_discussion_lines(store.database, keys, events, LINES)),
        _group("提案書の根拠", *_found_evidence(store.database, keys, EVIDENCE)),
        _group("書類・記録", records),
        _group("帳票", [*map(_document_item, papers.shown)], papers.total),
        _group("すること", [*map(_action_item, actions), *_possible_actions(text.strip(), people, places)]),
    )
    if not people or name_key(people[0].person.name) != name_key(text):
        whole = [
            hit for hit in places if name_key(text) in (name_key(hit.organisation.name), name_key(hit.former_name))
        ]
        # The whole name of a 団体 means the 団体, not its people.
        groups = (groups[0], groups[3], *groups[1:3], *groups[4:]) if whole else groups
    if spans and not has_only_time_words(text):
        # With a typed day its events come before changes since then.
        groups = tuple(sorted(groups, key=lambda group: group.title != "実施回"))
    if papers.is_exact_match:
        # The whole name of a document means the document.
        groups = tuple(sorted(groups, key=lambda group: group.title != "帳票"))
    if any(one.is_screen for one in actions):
        # The name of a screen means the screen.
        groups = (groups[-1], *groups[:-1])
    names = [*(hit.person.name for hit in hits), *(hit.former_name or hit.organisation.name for hit in places)]
    return SearchResult(
        text=text,
        groups=tuple(group for group in groups if group.items),
        keys=(*keys, *readings),
        other_spellings=other_spellings(text, names, readings)[:4],
    )


def _group(title: str, items: Sequence[FoundItem], total: int | None = None) -> FoundGroup:
    return FoundGroup(title=title, items=tuple(items), total=len(items) if total is None else total)


def _period_item(span: FoundPeriod) -> FoundItem:
    return FoundItem("clock-counter-clockwise", span.words, span.count, link=span.link, is_highlighted=False)


def _person_item(hit: PersonHit) -> FoundItem:
    return FoundItem(
        "user",
        hit.person.name,
        join_nonempty(hit.affiliation, hit.last_event) or hit.person.furigana,
        link=ActionLink("人", person_id=hit.id),
        copy_text=hit.person.name,
    )


def _found_entries(
    database: Database, people: Sequence[PersonHit], events: Sequence[Event], today: date | None
) -> Iterator[FoundItem]:
    """Yield the places that ``people`` have in events from today on, next event first; nothing without ``today``.

    Left out are events that are not 予定 and places that were declined, not selected or reported absent. Each leads to
    its row in the list of participants, where a caller's absence is recorded.
    """
    ahead = {
        one.id: one for one in events if one.status.is_planned and one.event_date and today and one.event_date >= today
    }
    names = {hit.id: hit.person.name for hit in people}
    coming = [
        (ahead[entry.event_id], entry)
        for entry in entries_of_people(database, names)
        if entry.event_id in ahead and is_coming(entry)
    ]
    for event, entry in sorted(coming, key=lambda one: (one[0].event_date or date.max, one[1].id)):
        day = short_date(event.event_date, today) if event.event_date else ""
        yield FoundItem(
            "users-three",
            f"{names[entry.person_id or 0]}　{day} {event.full_title}",
            f"{entry.state}　名簿の行を開きます（欠席連絡は F4）",
            link=ActionLink("参加者", event_id=event.id, entry_id=entry.id),
            copy_text=names[entry.person_id or 0],
        )


def _organisation_item(hit: OrganisationHit) -> FoundItem:
    """Return an organisation as a result."""
    one = hit.organisation
    return FoundItem(
        "users-three",
        one.name,
        join_nonempty(hit.former_name_words, one.branch, one.furigana, f"登録 {hit.people_count}人"),
        link=ActionLink("団体", organisation_id=one.id),
        copy_text=one.name,
    )


def _found_agreements(
    database: Database, text: str, events: Sequence[Event], limit: int, today: date | None
) -> tuple[list[FoundItem], int]:
    """Return the 協議 whose record contains the words anywhere, at most ``limit``, and how many there are."""
    found, total = find_records(database, text, events, limit)
    items = [
        FoundItem(
            "chats",
            one.content.strip().split("\n")[0] or one.topic,
            join_nonempty(
                one.record_number or ("協議済" if one.settled_on is not None else "協議中"),
                "" if one.is_in_effect else "取消",
                short_date(one.settled_on, today) if one.settled_on else "",
                one.decision.split("\n")[0],
            ),
            link=ActionLink("協議の記録", agreement_id=one.id),
            copy_text=one.decision,
            is_highlighted=False,
        )
        for one in found
    ]
    return items, total


def _found_discussion_lines(
    database: Database, keys: Sequence[str], events: Sequence[Event], limit: int
) -> tuple[list[FoundItem], int]:
    """Return what a 班 of an 意見交換会 wrote, newest meeting first, and how many such lines there are."""
    held = {one.id: one for one in events}
    found = find_lines(database, keys)
    found.sort(key=lambda line: (held[line.event_id].event_date or date.min, line.id), reverse=True)
    items = [
        FoundItem(
            "chats",
            line.text,
            f"{held[line.event_id].full_title}　{line.group_number}班　{'選定' if line.chosen else line.step}",
            link=ActionLink("討議の記録", event_id=line.event_id),
            copy_text=line.text,
        )
        for line in found[:limit]
    ]
    return items, len(found)


def _found_evidence(database: Database, keys: Sequence[str], limit: int) -> tuple[list[FoundItem], int]:
    """Return the 課題 of the 提案書, then its evidence, newest first, and how many there are."""
    items = [
        FoundItem(
            "clipboard-text",
            f"課題{CIRCLED[one.number - 1]}　{one.text}",
            "次年度提案書の課題",
            link=ActionLink("提案書の根拠", programme_id=one.programme_id),
            copy_text=one.text,
        )
        for one in find_issues(database, keys)
    ]
    items += [
        FoundItem(
            "clipboard-text",
            f"{one.said}　{one.count}".strip("　"),
            join_nonempty(one.source, issue_mark(one.issue)),
            link=ActionLink("提案書の根拠", programme_id=one.programme_id, evidence_id=one.id),
            copy_text=one.said,
        )
        for one in find_evidence(database, keys)
    ]
    return items[:limit], len(items)


def _officer_item(hit: PersonHit) -> FoundItem:
    """Return somebody registered in kana alone, shown by 団体, since it may be the person."""
    role = f"{hit.person.role}　" if hit.person.role else ""
    return FoundItem(
        "users-three",
        hit.organisation_name or "団体の登録なし",
        f"{role}{hit.person.name}　様　ふりがなだけの登録",
        link=ActionLink("人", person_id=hit.id),
        copy_text=hit.person.name,
    )


def _possible_actions(
    text: str, people: Sequence[PersonHit], organisations: Sequence[OrganisationHit]
) -> list[FoundItem]:
    """Return links to the list of people filtered by the text (if ``people`` were found), and to adding it as new.

    It is offered as a 団体 if it ends like one (町会, 自治会 …), else as a person; not if it is a former name of a
    found 団体, and as a person not with digits, a document's name or words of time alone.
    """
    found = []
    if people:
        found.append(
            FoundItem(
                "list",
                f"人の一覧を「{text}」で絞り込む",
                "団体",
                link=ActionLink("人の一覧", text=text),
                is_highlighted=False,
            )
        )
    if any(hit.former_name and name_key(hit.former_name) == name_key(text) for hit in organisations):
        return found
    if text.endswith(_ORGANISATION_WORDS):
        found.append(
            FoundItem(
                "users-three",
                f"「{text}」を新しい団体として加える",
                "団体",
                link=ActionLink("団体を加える", name=text),
                is_highlighted=False,
                creates_record=True,
            )
        )
    elif not any(map(is_digits, text)) and not has_only_time_words(text) and not is_document_name(text):
        found.append(
            FoundItem(
                "user-plus",
                f"「{text}」を新しい人として加える",
                "団体",
                link=ActionLink("人を加える", name=text),
                is_highlighted=False,
                creates_record=True,
            )
        )
    return found


def _found_actions(
    database: Database, events: Sequence[Event], keys: Sequence[str], today: date | None, year: ProgrammeView | None
) -> tuple[FoundAction, ...]:
    """Return at most ``ACTIONS`` actions of the window whose words contain every key, each for the next event that it
    fits (cancelled ones left out). Those of visits or of the 提案書 are left out if the contract has none.
    """
    known = [event for event in events if event.status.counts]
    surveyed = {number for number, kind in kinds_of_events(database, known).items() if kind.has_survey}
    without = (
        set()
        if year is None
        else {
            *(() if year.kinds_of_form(EventForm.VISIT) else ("visits",)),
            *(() if year.programme.proposal_period else ("proposal",)),
        }
    )
    kinds = () if year is None else year.kinds
    return matching_actions(keys, _by_nearness(known, today), surveyed, kinds=kinds, without=without)[:ACTIONS]


def _newest_year(database: Database) -> ProgrammeView | None:
    """Return the view of the newest year (``read_view`` without a day), None before the first."""
    years = programme_table.programmes(database)
    return read_view(database, years[0], None) if years else None


def _action_item(found: FoundAction) -> FoundItem:
    return FoundItem("caret-right", found.words, found.event_title, link=found.link)


def _document_item(found: FoundDocument) -> FoundItem:
    return FoundItem("printer", found.name, found.words, link=found.link, copy_text=found.name)


def _by_nearness(events: Sequence[Event], today: date | None) -> list[Event]:
    """Return the coming events, the next one first, then those held, the last one first, then those without a day."""
    dated = [event for event in events if event.event_date is not None]
    coming = [event for event in dated if event.event_date is not None and today and event.event_date >= today]
    past = [event for event in reversed(dated) if event not in coming]
    return [*coming, *past, *(event for event in events if event.event_date is None)]


def _found_materials(
    database: Database, events: Sequence[Event], keys: Sequence[str], limit: int, today: date | None
) -> Iterator[FoundItem]:
    """Yield handouts whose title, file name or event contain every key, and whose own words contain one.

    Those of future events come first, then the latest; a general word for handouts finds them all.
    """
    known = {event.id: event for event in events}

    def order(found: tuple[Material, str]) -> tuple[bool, int]:
        """Return the sort key of a handout: future events first, by day, then past ones, the latest first."""
        event = known.get(found[0].event_id)
        day = event.event_date if event and event.event_date else date.max
        past = today is not None and day < today
        return past, -day.toordinal() if past else day.toordinal()

    count = 0
    for one, names in sorted(table.materials(database), key=order):
        event = known.get(one.event_id)
        names = f"{names} {_HANDOUT_WORDS}"  # noqa: PLW2901
        own = name_key(f"{one.title} {one.note} {names}")
        if not contains_all(keys, one.title, one.note, names, _title(event)) or not any(key in own for key in keys):
            continue
        day = short_date(event.event_date, today) if event and event.event_date else "日程未定"
        yield FoundItem(
            "files",
            one.title,
            join_nonempty(_title(event), day, one.note),
            link=ActionLink("資料", event_id=one.event_id),
            copy_text=one.title,
        )
        count += 1
        if count == limit:
            return


def _found_events(
    store: Store, events: Sequence[Event], keys: Sequence[str], limit: int, today: date | None
) -> Iterator[FoundItem]:
    """Yield the events whose title, venue, 団体, lecturer or date contain every key, by date, with people."""
    count = 0
    for event in events:
        day = short_date(event.event_date, today) if event.event_date else "日程未定"
        with_year = short_date(event.event_date) if event.event_date else ""
        if not contains_all(
            keys, event.full_title, event.kind_words, event.venue, event.room, event.lecturer, day, with_year
        ):
            continue
        yield FoundItem(
            "calendar-blank",
            event.full_title,
            join_nonempty(day, f"{event.venue} {event.room}".strip(), event.status, _people_of(store, event)),
            kind=event.kind,
            link=ActionLink("実施回", event_id=event.id),
            copy_text=event.full_title,
        )
        count += 1
        if count == limit:
            return


def _found_venues(database: Database, keys: Sequence[str], limit: int) -> tuple[list[FoundItem], int]:
    """Return the venues whose texts contain every key, and how many; each shows the text that contains one."""
    found = []
    for venue in venues.venues(database):
        texts = {told.spec.label: str(getattr(venue, name)) for name, told in specs(Venue).items() if told.kind is str}
        if not contains_all(keys, *texts.values()):
            continue
        title = f"{venue.name} {venue.room}".strip()
        said = (
            f"{label}：{text}"
            for label, text in texts.items()
            if text not in (venue.name, venue.room) and any(key in name_key(text) for key in keys)
        )
        found.append(
            FoundItem(
                "buildings",
                title,
                next(said, venue.address or venue.access),
                link=ActionLink("会場・予約", venue_id=venue.id),
                copy_text=title,
            )
        )
    return found[:limit], len(found)


def _people_of(store: Store, event: Event) -> str:
    """Return 「出席 14人」 of a held event, 「申込 12人」 or 「参加予定 12人」 of a future one; "" if unknown."""
    if not event.status.counts:
        return ""
    if event.status.is_held:
        results = {one.event_id: one for one in rows(store.database, EventResult, event_id=event.id)}
        counts = record_counts([event], {event.id: entries_of(store.database, [event.id])}, results)
        return "" if counts.unknown_events else f"出席 {counts.visits}人"
    course = read_core_records(store, event)
    return f"{course.people_word} {course.people}人" if course.people else ""


def _found_documents(
    database: Database, events: Sequence[Event], keys: Sequence[str], limit: int, today: date | None
) -> Iterator[FoundItem]:
    """Yield outgoing documents, newest first, by kind, event, file name, 整理番号 and 文書番号.

    Not by their folder, which is the same for every document of a PC.
    """
    known = {event.id: event for event in events}
    numbers = {_document_identity(row): row for row in table.letters(database)}
    count = 0
    for row in table.outgoing(database):
        event = known.get(row.event_id or 0)
        letter = numbers.get(_document_identity(row))
        number = letter.document_number if letter else ""
        noted = (value for name, value in row.detail.items() if name != FOLDER_KEY)
        told = (row.document_kind, _title(event), row.file_name, row.reference, number, *noted)
        if row.way.is_withdrawal or not contains_all(keys, *told):
            continue
        way = f"{'印刷' if row.way.is_print else row.format.upper()}（{copy_words(row)}）"
        yield FoundItem(
            "file-text",
            join_nonempty(row.document_kind, number or row.file_name),
            join_nonempty(f"{short_date(row.at.date(), today)} {row.by}", _title(event), f"第{row.version}版 {way}"),
            link=_document_library_link(row, event),
            copy_text=row.document_kind,
        )
        count += 1
        if count == limit:
            return


def _document_identity(row: Letter | Outgoing) -> tuple[int | None, int | None, int | None, str]:
    return row.event_id, row.programme_id, row.organisation_id, row.document_kind


def _document_library_link(row: Outgoing, event: Event | None) -> ActionLink | None:
    """Return the link to the documents of the event or 団体, or to the kept copy; None for neither."""
    copy = row.id if row.copy_file_id is not None else None
    if event is not None:
        return ActionLink("帳票", event_id=event.id, kind=row.document_kind, copy=copy)
    if row.organisation_id is not None:
        return ActionLink("帳票", organisation_id=row.organisation_id, kind=row.document_kind, copy=copy)
    return ActionLink("帳票", copy=copy) if copy is not None else None


def _found_corrections(database: Database, keys: Sequence[str], limit: int, today: date | None) -> Iterator[FoundItem]:
    """Yield corrected names of people and 団体 (「前」→「後」に直す) whose 「前」 contains every key, newest first."""
    for entry, what, row_id in table.name_changes(database, keys, limit=limit):
        row = next(one for one in entry.changes if (one.table, one.row_id) == (what, row_id) and _is_renaming(one))
        before, after = (row.before or {})["name"], (row.after or {})["name"]
        yield FoundItem(
            "clock-counter-clockwise",
            f"{short_date(entry.at.date(), today)} {entry.at:%H:%M}　{entry.by}　「{before}」→「{after}」に直す",
            "団体の履歴",
            link=_LINK_BY_TABLE[what](row_id),
            copy_text=str(after),
        )


def _is_renaming(row: RowChange) -> bool:
    return row.before is not None and row.after is not None and row.before["name"] != row.after["name"]


def _found_in_ledgers(database: Database, keys: Sequence[str], limit: int) -> Iterator[FoundItem]:
    """Yield rows typed into a ledger, newest first, then ledgers by their own name."""
    for found in find_rows(database, holds=lambda *texts: contains_all(keys, *texts), limit=limit):
        yield FoundItem(
            "shield-check",
            found.words,
            join_nonempty(
                found.ledger.title,
                fiscal_year_words(found.fiscal_year),
                f"{found.number}番",
                "取消" if found.is_cancelled else "",
            ),
            link=ActionLink("管理簿", ledger=found.ledger.key, text=str(found.number)),
            copy_text=found.words,
        )
    named = [ledger for ledger in LEDGERS if contains_all(keys, ledger.title)]
    years = programme_table.programmes(database) if named else []
    if years:
        view = read_view(database, years[0], None, with_names=False)
        for ledger in named:
            yield FoundItem(
                "shield-check",
                ledger.title,
                f"情報保護　{ledger.basis(view)}",
                link=ActionLink("管理簿", ledger=ledger.key),
                copy_text=ledger.title,
            )


def _found_ward_days(database: Database, keys: Sequence[str], today: date | None) -> Iterator[FoundItem]:
    """Yield the ward's own days whose title contains every key, the latest day first."""
    for one in rows(database, WardDay, order=("-day", "id")):
        if contains_all(keys, one.title):
            done = "　済" if one.done_on is not None else ""
            yield FoundItem(
                "flag",
                f"{one.title}　{short_date(one.day, today)}",
                f"区の年中行事　{one.owner}{done}",
                link=ActionLink("区の年中行事", ward_day_id=one.id),
                copy_text=one.title,
            )


def _title(event: Event | None) -> str:
    return event.full_title if event else ""
