"""The global search (Ctrl+K) over people, 団体, 実施回, 会場, 書類・記録, actions, and changes by day (「12/7」)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY
from datetime import date, timedelta
from itertools import chain, islice

from app.actions.action_id import ActionId, ActionLink
from app.calendar.date_parsing import parse_date
from app.calendar.dates import short_date, short_date_or
from app.calendar.office_days import DateProblem
from app.calendar.wareki import fiscal_year_of, fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.common.phrase_search import is_said, may_be_said
from app.documents.services.issued_copies import copy_words
from app.documents.services.saved_outside import FOLDER_KEY
from app.event.rules.participation import is_coming
from app.event.services.event_records import read_core_records
from app.events.agreements.services import find_records
from app.events.discussion.services import find_lines
from app.events.roster.rules import record_counts
from app.events.roster.services.roster import UNNAMED
from app.home.changes.services import read_changes, week_of
from app.home.today.services.action_search import FoundAction, matching_actions
from app.home.today.services.document_search import is_document_name, matching_documents
from app.ledgers.services.ledger import LEDGERS
from app.ledgers.services.ledger_reading import find_rows
from app.programme.services import definition_of, kinds_of_events, read_view
from app.registers.register.services.search import (
    find_organisations,
    find_people,
    other_spellings,
    readings_of,
    search_keys,
)
from app.settings.protection.services import read_duties
from app.year_end.proposal.rules import CIRCLED, issue_mark
from app.year_end.proposal.services import find_evidence, find_issues
from db.digits import is_digits
from db.fields import specs
from db.name_key import contains_all, name_key
from db.record import RowsById, frozen, record
from db.records.agreements import Agreement
from db.records.documents import Letter, Outgoing
from db.records.event_form import EventForm
from db.records.events import Event, EventResult
from db.records.organisations import Person
from db.records.schedules import WardDay
from db.records.submissions.materials import Material
from db.records.venues import Venue
from db.records.year.enquiries import ContactMemo
from db.rows import rows, rows_by_id, rows_of_each
from db.store import Store
from db.tables import programme as programme_table
from db.tables import search as table
from db.tables import venues
from db.tables.organisations import count_people
from db.tables.roster import entries_of, entries_to_search

_YESTERDAY = ("きのう", "昨日")
_TODAY = ("今日", "きょう", "本日")
_WEEK = ("今週",)
_CHANGE = ("変更", "変えた", "変わった", "だれが", "誰が", "履歴")
_BETWEEN = ("から", "した", "もの", "こと", "の", "を", "に", "は", "が")
"""Words allowed between such words; any other text is taken literally (「今日子」 is a name)."""


_NAMED = re.compile(r"([^\sぁ-ん]{1,12})(?:さん|(?<!仕)[様氏](?![々一-鿿]))")
"""Somebody who is asked for (「佐藤さんの電話番号」); 「仕様書」「役員氏名」 ask for nobody."""
_CHANGED = "clock-counter-clockwise"
_SHOWN = 4
_SHOWN_PEOPLE = 5
_HANDOUT_WORDS = "資料 配布資料 スライド テキスト"
_ORGANISATION_WORDS = ("町会", "自治会", "親和会", "睦会", "町内会")


@frozen
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
    link: ActionLink | None
    copy_text: str = ""
    _: KW_ONLY
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
    return _Search(store, text, today).result() if search_keys(text) else SearchResult(text=text, groups=())


class _Search:
    """One search: what was typed and where it is looked for, with a finder for each kind of result.

    A finder yields items as they are asked for; of those in a list the number is said although fewer are shown.
    """

    def __init__(self, store: Store, text: str, today: date | None):
        self.store, self.text, self.today = store, text, today
        self.database = store.database
        self.key, self.keys = name_key(text), search_keys(text)
        self.has_only_time_words = _has_only_time_words(text)
        self.events = table.events(self.database)
        self.event_by_id = RowsById(self.events)
        named = _NAMED.match(text)
        self.asked = named[1] if named else text.strip()
        self.hits = find_people(store, text=self.asked, limit=50)
        self.people = [hit for hit in self.hits if not hit.is_found_by_reading]
        self.places = find_organisations(store, text=text, limit=50)
        self.entries = entries_to_search(self.database, [hit.id for hit in self.people])
        years = programme_table.programmes(self.database)
        # Without a day: the year as it is called now.
        self.year = read_view(self.database, years[0], None) if years else None

    def result(self) -> SearchResult:
        """Return the groups in their order, without those that found nothing."""
        papers = matching_documents(self.store, keys=self.keys, events=self.events, today=self.today, year=self.year)
        actions = self._actions()
        is_paper = any(name_key(one.name) == self.key for one in papers.shown)
        says_act = self._says_act(actions) and not is_paper
        agreements, agreed = find_records(self.database, self.text, self.events, _SHOWN)
        groups = [
            _group("変更", self._periods()),
            _group("人", self._people(), count_people(self.database, search_keys(self.asked)), shown=_SHOWN_PEOPLE),
            _group("参加の予定", self._entries()),
            _group("本人のことば", [*self._own_words()]),
            _group("団体の役員・連絡先", [*self._organisations(), *self._officers()]),
            _group("実施回", self._found_events()),
            _group("会場", [*self._venues()]),
            _group("資料", self._materials()),
            _group("協議の記録", map(self._agreement, agreements), agreed),
            _group("討議の記録", self._discussion_lines()),
            _group("提案書の根拠", self._evidence()),
            _group("書類・記録", chain(self._documents(), self._corrections(), self._ledger_rows(), self._ward_days())),
            _group(
                "帳票",
                (FoundItem("printer", one.name, one.words, one.link, one.name) for one in papers.shown),
                papers.total,
                shown=None,
            ),
            _group(
                "すること",
                chain(
                    (FoundItem("caret-right", one.words, one.event_title, one.link) for one in actions),
                    self._possible_actions() if not says_act else (),
                ),
                shown=None,
            ),
            _group("守ること", self._duties()),
        ]
        leads = {
            # The name of a screen means the screen, the whole name of a document the document, that of a 団体 the
            # 団体, not its people; with a typed day its events come before changes since then.
            "すること": says_act or any(one.is_screen for one in actions),
            "帳票": papers.is_exact_match,
            "実施回": bool(groups[0].items) and not self.has_only_time_words,
            "変更": True,
            "団体の役員・連絡先": not any(name_key(hit.person.name) == self.key for hit in self.people[:1])
            and any(self.key in (name_key(hit.organisation.name), name_key(hit.former_name)) for hit in self.places),
        }
        groups.sort(key=lambda group: [group.title != title for title, is_first in leads.items() if is_first])
        people = [hit.person for hit in self.people]
        readings = readings_of(self.text, people)
        names = [
            *(hit.person.name for hit in self.hits),
            *(hit.former_name or hit.organisation.name for hit in self.places),
        ]
        return SearchResult(
            text=self.text,
            groups=tuple(group for group in groups if group.items),
            keys=(*self.keys, *readings),
            other_spellings=other_spellings(self.text, names, readings)[:4],
        )

    def _contained(self, *texts: str) -> bool:
        return contains_all(self.keys, *texts)

    def _day_words(self, event: Event | None) -> str:
        return short_date(event.event_date, self.today) if event and event.event_date else "日程未定"

    def _is_ahead(self, event: Event) -> bool:
        return bool(self.today and event.event_date and event.event_date >= self.today)

    def _periods(self) -> Iterator[FoundItem]:
        """Yield the days since which changes are asked for: yesterday, today, this week or a typed day.

        A word of change alone (「変更」) means yesterday and this week.
        """
        if self.today is None:
            return
        spans = [
            (words, first)
            for words, first, named in (
                ("きのうからの変更", self.today - timedelta(days=1), (*_YESTERDAY, *_CHANGE)),
                ("今日の変更", self.today, _TODAY),
                ("今週の変更", week_of(self.today), (*_WEEK, *_CHANGE)),
            )
            if self.has_only_time_words and any(name_key(word) in self.key for word in named)
        ]
        if (day := _parse_day(self.text, self.today)) is not None and day <= self.today:
            spans.append((f"{short_date(day, self.today)}からの変更", day))
        since = min((first for _words, first in spans), default=None)
        changed = read_changes(self.store, since=since, today=self.today).rows if since else ()
        for words, first in spans:
            count = f"{sum(row.day >= first for row in changed)}件　だれが、何を、どう変えたか"
            yield FoundItem(_CHANGED, words, count, ActionLink("変更", since=first), is_highlighted=False)

    def _people(self) -> Iterator[FoundItem]:
        for hit in self.people:
            name = hit.person.name
            detail = join_nonempty(hit.affiliation, hit.last_event) or hit.person.furigana
            yield FoundItem("user", name, detail, ActionLink("人", person_id=hit.id), name)

    def _entries(self) -> Iterator[FoundItem]:
        """Yield the places that the people found have in events from today on, next event first; none without today.

        Left out are events that are not 予定 and places that were declined, not selected or reported absent. Each leads
        to its row in the list of participants, where a caller's absence is recorded.
        """
        names = {hit.id: hit.person.name for hit in self.people}
        ahead = RowsById(event for event in self.events if event.status.is_planned and self._is_ahead(event))
        coming = [one for one in self.entries if one.person_id in names and one.event_id in ahead and is_coming(one)]
        for entry in sorted(coming, key=lambda one: (ahead[one.event_id].event_date or date.max, one.id)):
            event, name = ahead[entry.event_id], names[entry.person_id or 0]
            yield FoundItem(
                "users-three",
                f"{name}　{self._day_words(event)} {event.full_title}",
                f"{entry.state}　名簿の行を開きます（欠席連絡は F4）",
                ActionLink("参加者", event_id=event.id, entry_id=entry.id),
                name,
            )

    def _own_words(self) -> Iterator[FoundItem]:
        """Yield the places whose applicants wrote the text in their own words, which only their row shows."""
        said = [one for one in self.entries if self._contained(one.words)]
        wanted = {one.person_id for one in said} - {None}
        people = rows_by_id(self.database, Person, id=wanted)
        for entry in said:
            event, person = self.event_by_id[entry.event_id], people.get(entry.person_id)
            yield FoundItem(
                "note-pencil",
                f"{person.name if person else UNNAMED}　{self._day_words(event)} {event.full_title}",
                "本人のことばにあります　名簿の行を開きます",
                ActionLink("参加者", event_id=event.id, entry_id=entry.id),
                is_highlighted=False,
            )

    def _organisations(self) -> Iterator[FoundItem]:
        for hit in self.places:
            one = hit.organisation
            detail = join_nonempty(hit.former_name_words, one.branch, one.furigana, f"登録 {hit.people_count}人")
            yield FoundItem("users-three", one.name, detail, ActionLink("団体", organisation_id=one.id), one.name)

    def _officers(self) -> Iterator[FoundItem]:
        """Yield those registered in kana alone, shown by 団体, since they may be the person."""
        for hit in self.hits:
            if hit.is_found_by_reading:
                yield FoundItem(
                    "users-three",
                    hit.organisation_name or "団体の登録なし",
                    join_nonempty(hit.person.role, hit.person.name, "様", "ふりがなだけの登録"),
                    ActionLink("人", person_id=hit.id),
                    hit.person.name,
                )

    def _found_events(self) -> Iterator[FoundItem]:
        """Yield the events whose title, venue, 団体, lecturer or date contain every key, by date, with people.

        A whole typed day (「12/1」) means that day, not 12/10.
        """
        typed = _parse_day(self.text, self.today) if self.today else None
        for event in self.events:
            title, day, on = event.full_title, self._day_words(event), event.event_date
            words = (title, event.kind_words, event.venue, event.room, event.lecturer)
            if typed is not None and on is not None:
                is_found = (on.month, on.day) == (typed.month, typed.day) or self._contained(*words)
            else:
                is_found = self._contained(*words, day, short_date_or("", on))
            if is_found:
                yield FoundItem(
                    "calendar-blank",
                    title,
                    join_nonempty(day, event.place_words, event.status, self._people_words(event)),
                    ActionLink("実施回", event_id=event.id),
                    title,
                    kind=event.kind,
                )

    def _people_words(self, event: Event) -> str:
        """Return 「出席 14人」 of a held event, 「申込 12人」 or 「参加予定 12人」 of a future one; "" if unknown."""
        if not event.status.counts:
            return ""
        if event.status.is_held:
            results = {one.event_id: one for one in rows(self.database, EventResult, event_id=event.id)}
            counts = record_counts([event], {event.id: entries_of(self.database, [event.id])}, results)
            return "" if counts.unknown_events else f"出席 {counts.visits}人"
        course = read_core_records(self.store, event)
        return f"{course.people_word} {course.people}人" if course.people else ""

    def _venues(self) -> Iterator[FoundItem]:
        """Yield the venues whose texts contain every key, each with the text that contains one."""
        for venue in venues.venues(self.database):
            texts = {
                told.spec.label: str(getattr(venue, name)) for name, told in specs(Venue).items() if told.kind is str
            }
            if self._contained(*texts.values()):
                title = f"{venue.name} {venue.room}".strip()
                said = (
                    f"{label}：{text}"
                    for label, text in texts.items()
                    if text not in (venue.name, venue.room) and any(key in name_key(text) for key in self.keys)
                )
                link = ActionLink("会場・予約", venue_id=venue.id)
                yield FoundItem("buildings", title, next(said, venue.address or venue.access), link, title)

    def _materials(self) -> Iterator[FoundItem]:
        """Yield handouts whose title, file name or event contain every key, and whose own words contain one.

        Those of future events come first, then the latest; a general word for handouts finds them all.
        """

        def order(found: tuple[Material, str]) -> tuple[bool, int]:
            event = self.event_by_id.get(found[0].event_id)
            day = event.event_date if event and event.event_date else date.max
            past = self.today is not None and day < self.today
            return past, -day.toordinal() if past else day.toordinal()

        for one, names in sorted(table.materials(self.database), key=order):
            event = self.event_by_id.get(one.event_id)
            own = f"{one.title} {one.note} {names} {_HANDOUT_WORDS}"
            if self._contained(own, _title(event)) and any(key in name_key(own) for key in self.keys):
                detail = join_nonempty(_title(event), self._day_words(event), one.note)
                yield FoundItem("files", one.title, detail, ActionLink("資料", event_id=one.event_id), one.title)

    def _agreement(self, one: Agreement) -> FoundItem:
        """Return a 協議 whose record contains the words anywhere."""
        return FoundItem(
            "chats",
            one.content.strip().split("\n")[0] or one.topic,
            join_nonempty(
                one.record_number or ("協議済" if one.settled_on is not None else "協議中"),
                "" if one.is_in_effect else "取消",
                short_date_or("", one.settled_on, self.today),
                one.decision.split("\n")[0],
            ),
            ActionLink("協議の記録", agreement_id=one.id),
            one.decision,
            is_highlighted=False,
        )

    def _discussion_lines(self) -> list[FoundItem]:
        """Return what a 班 of an 意見交換会 wrote, newest meeting first."""
        found = find_lines(self.database, self.keys)
        found.sort(key=lambda one: (self.event_by_id[one.event_id].event_date or date.min, one.id), reverse=True)
        return [
            FoundItem(
                "chats",
                line.text,
                f"{_title(self.event_by_id[line.event_id])}　{line.group_number}班　"
                f"{'選定' if line.chosen else line.step}",
                ActionLink("討議の記録", event_id=line.event_id),
                line.text,
            )
            for line in found
        ]

    def _evidence(self) -> list[FoundItem]:
        """Return the 課題 of the 提案書, then its evidence, newest first."""
        return [
            *(
                FoundItem(
                    "clipboard-text",
                    f"課題{CIRCLED[one.number - 1]}　{one.text}",
                    "次年度提案書の課題",
                    ActionLink("提案書の根拠", programme_id=one.programme_id),
                    one.text,
                )
                for one in find_issues(self.database, self.keys)
            ),
            *(
                FoundItem(
                    "clipboard-text",
                    f"{one.said}　{one.count}".strip("　"),
                    join_nonempty(one.source, issue_mark(one.issue)),
                    ActionLink("提案書の根拠", programme_id=one.programme_id, evidence_id=one.id),
                    one.said,
                )
                for one in find_evidence(self.database, self.keys)
            ),
        ]

    def _documents(self) -> Iterator[FoundItem]:
        """Yield outgoing documents, newest first, by kind, event, file name, 整理番号 and 文書番号.

        Not by their folder, which is the same for every document of a PC.
        """
        numbers = {_document_identity(row): row.document_number for row in table.letters(self.database)}
        for row in table.outgoing(self.database):
            kind, event = row.document_kind, self.event_by_id.get(row.event_id)
            number = numbers.get(_document_identity(row), "")
            noted = (value for name, value in row.detail.items() if name != FOLDER_KEY)
            if not row.way.is_withdrawal and self._contained(
                kind, _title(event), row.file_name, row.reference, number, *noted
            ):
                way = f"{'印刷' if row.way.is_print else row.format.upper()}（{copy_words(row)}）"
                when = f"{short_date(row.at.date(), self.today)} {row.by}"
                yield FoundItem(
                    "file-text",
                    join_nonempty(kind, number or row.file_name),
                    join_nonempty(when, _title(event), f"第{row.version}版 {way}"),
                    _document_link(row, event),
                    kind,
                )

    def _corrections(self) -> Iterator[FoundItem]:
        """Yield corrected names of people and 団体 (「前」→「後」に直す) whose 「前」 has every key, newest first."""
        for entry, what, row_id in table.name_changes(self.database, self.keys, limit=_SHOWN):
            before, after = next(
                (str(one.before["name"]), str(one.after["name"]))
                for one in entry.changes
                if (one.table, one.row_id) == (what, row_id)
                and one.before
                and one.after
                and one.before["name"] != one.after["name"]
            )
            at = f"{short_date(entry.at.date(), self.today)} {entry.at:%H:%M}"
            link = (
                ActionLink("人", person_id=row_id) if what == "people" else ActionLink("団体", organisation_id=row_id)
            )
            yield FoundItem(_CHANGED, f"{at}　{entry.by}　「{before}」→「{after}」に直す", "団体の履歴", link, after)

    def _ledger_rows(self) -> Iterator[FoundItem]:
        """Yield rows typed into a ledger, newest first, then ledgers by their own name."""
        for found in find_rows(self.database, holds=self._contained, limit=_SHOWN):
            number = str(found.number)
            detail = join_nonempty(
                found.ledger.title,
                fiscal_year_words(found.fiscal_year),
                f"{number}番",
                "取消" if found.is_cancelled else "",
            )
            link = ActionLink("管理簿", ledger=found.ledger.key, text=number)
            yield FoundItem("shield-check", found.words, detail, link, found.words)
        for ledger in LEDGERS:
            if self.year and self._contained(ledger.title):
                link = ActionLink("管理簿", ledger=ledger.key)
                detail = f"情報保護　{ledger.basis(self.year)}"
                yield FoundItem("shield-check", ledger.title, detail, link, ledger.title)

    def _ward_days(self) -> Iterator[FoundItem]:
        """Yield 応対メモ and the ward's own days that contain every key, the latest first."""
        read = rows_of_each(self.database, {WardDay: ("-day", "id"), ContactMemo: "-id"})
        for memo in read[ContactMemo]:
            if self._contained(memo.about, memo.caller, memo.answer):
                detail = f"応対メモ　{short_date(memo.received_at.date(), self.today)}"
                yield FoundItem("phone", memo.about, detail, ActionLink("応対メモ", memo_id=memo.id), memo.about)
        for one in read[WardDay]:
            if self._contained(one.title):
                yield FoundItem(
                    "flag",
                    f"{one.title}　{short_date(one.day, self.today)}",
                    join_nonempty("区の年中行事", one.owner, "済" if one.done_on is not None else ""),
                    ActionLink("区の年中行事", ward_day_id=one.id),
                    one.title,
                )

    def _actions(self) -> tuple[FoundAction, ...]:
        """Return the actions of the window whose words contain every key, each for the next event that it fits.

        Cancelled events are left out, and actions of visits or of the 提案書 if the contract has none.
        """
        known = [event for event in self.events if event.status.counts]
        surveyed = {number for number, kind in kinds_of_events(self.database, known).items() if kind.has_survey}
        year = self.year
        asked: dict[ActionId, object] = {}
        if year:
            asked = {
                "派遣の希望票": year.kinds_of_form(EventForm.VISIT),
                "提案書の根拠": year.programme.proposal_period,
            }
        coming = [event for event in known if self._is_ahead(event)]
        past = [event for event in reversed(known) if event.event_date and event not in coming]
        return matching_actions(
            self.text if self._may_be_said() else "",
            self.keys,
            # The next one first, then the last one held.
            [*coming, *past, *(event for event in known if event.event_date is None)],
            surveyed,
            kinds=year.kinds if year else (),
            without={action for action, is_asked in asked.items() if not is_asked},
        )[:_SHOWN]

    def _may_be_said(self) -> bool:
        """Return whether the text may be something to do; what ends like a 団体 is one."""
        return (
            not self.has_only_time_words
            and not self.text.strip().endswith(_ORGANISATION_WORDS)
            and may_be_said(self.text)
        )

    def _says_act(self, actions: Sequence[FoundAction]) -> bool:
        """Return whether actions were found for words as they are said (「日付を変えたい」), which name nobody."""
        return bool(actions) and not (self.people or self.places or self.has_only_time_words) and is_said(self.text)

    def _duties(self) -> Iterator[FoundItem]:
        """Yield what the contract of the year asks for in these words, each with the place that fulfils it."""
        contract = definition_of(self.year) if self.year else None
        for one in read_duties(own_only=True, contract=contract, holds=self._contained) if contract else ():
            detail = join_nonempty(one.cited_clauses, one.where)
            yield FoundItem("shield-check", one.duty, detail, one.link or ActionLink("守ることの一覧"), one.duty)

    def _possible_actions(self) -> Iterator[FoundItem]:
        """Yield links to the list of people filtered by the text (if people were found), and to adding it as new.

        It is offered as a 団体 if it ends like one (町会, 自治会 …), else as a person; not if it is a former name of a
        found 団体, and as a person not with digits, a document's name or words of time alone.
        """
        text = self.asked
        if self.people:
            link = ActionLink("人の一覧", text=text)
            yield FoundItem("list", f"人の一覧を「{text}」で絞り込む", "団体", link, is_highlighted=False)
        if any(hit.former_name and name_key(hit.former_name) == name_key(text) for hit in self.places):
            return
        if text.endswith(_ORGANISATION_WORDS):
            icon, noun, link = "users-three", "団体", ActionLink("団体を加える", name=text)
        elif any(map(is_digits, text)) or self.has_only_time_words or is_document_name(text):
            return
        else:
            icon, noun, link = "user-plus", "人", ActionLink("人を加える", name=text)
        yield FoundItem(
            icon, f"「{text}」を新しい{noun}として加える", "団体", link, is_highlighted=False, creates_record=True
        )


def _group(
    title: str, items: Iterable[FoundItem], total: int | None = None, *, shown: int | None = _SHOWN
) -> FoundGroup:
    """Return the first ``items`` as a group; without ``total`` a list is counted whole, others as far as shown."""
    first = tuple(islice(items, shown))
    counted = len(items) if isinstance(items, list) else len(first)
    return FoundGroup(title=title, items=first, total=counted if total is None else total)


def _document_identity(row: Letter | Outgoing) -> tuple[int | None, int | None, int | None, str]:
    return row.event_id, row.programme_id, row.organisation_id, row.document_kind


def _document_link(row: Outgoing, event: Event | None) -> ActionLink | None:
    """Return the link to the documents of the event or 団体, or to the kept copy; None for neither."""
    copy = row.id if row.has_copy else None
    if event is not None:
        return ActionLink("帳票", event_id=event.id, kind=row.document_kind, copy=copy)
    if row.organisation_id is not None:
        return ActionLink("帳票", organisation_id=row.organisation_id, kind=row.document_kind, copy=copy)
    return ActionLink("帳票", copy=copy) if copy is not None else None


def _title(event: Event | None) -> str:
    return event.full_title if event else ""


def _has_only_time_words(text: str) -> bool:
    """Return whether ``text`` has words of time or change and else only particles (「きのうの変更」), so is no name."""
    typed = rest = name_key(text)
    for word in (*_YESTERDAY, *_TODAY, *_WEEK, *_CHANGE):
        rest = rest.replace(name_key(word), "")
    if rest == typed:
        return False
    for word in _BETWEEN:
        rest = rest.replace(name_key(word), "")
    return not rest


def _parse_day(text: str, today: date) -> date | None:
    """Return the day that ``text`` as a whole means, in the year of ``today`` where it names none; None = no day."""
    try:
        return parse_date(text, fiscal_year_of(today))
    except DateProblem:
        return None
