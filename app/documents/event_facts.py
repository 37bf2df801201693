"""The facts of one event, the only source of title, people, minutes, lecturer and equipment for its documents.

A builder gets ``EventFacts`` and what its document itself is about (its people, its findings, its wording), and reads
no records. They are read in one place (``app.event.services.event_facts``), so that two documents of
one event cannot contradict each other. A number that nobody asked for or noted is None, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from app.common.join_nonempty import fill_nonempty
from app.common.partial_count import PartialCount, known_number
from db.digits import is_digits
from db.record import record
from db.records.event_form import EventForm
from db.records.events import AgendaItem, EquipmentItem, Event
from db.records.programme import EventKind, Kind
from db.records.venues import Network

AFTER_END = "終了後"
"""Format of an agenda line without minutes after the end of an event, such as the survey (仕様書4(3)ケ)."""
RESPONSE_UNIT = "件"
"""Unit of returned survey responses: one paper form and one online answer are one 件 each."""


def devices_words(count: int | None, unknown: int | None, unit: str = "台") -> str:
    """Return a number of devices as text: 「3台」, or 「未確認」 where it is not known.

    ``count`` and ``unknown`` as for ``known_number``.
    """
    known = known_number(count, unknown)
    return "未確認" if known is None else f"{known}{unit}"


def count_unknown_devices(attended: int | None, lent: int | None, own: int | None) -> int | None:
    """Return for how many attendees no device is recorded, lent or own; None while one of the three numbers is None."""
    return None if attended is None or lent is None or own is None else max(attended - lent - own, 0)


@record
class PeopleFacts:
    """The numbers of people, by ``DEFINITIONS`` of ``app.event.rules.participation``; None = not known.

    Of those expected, ``own_devices`` bring a device, ``lent_devices`` borrow one, and of ``unknown_devices`` nobody
    knows: the three add up to ``expected``. ``expected_without_organisation`` of them belong to no 団体. ``used_own``
    and ``used_lent`` are the devices of those who came, ``photo_allowed`` and ``photo_refused`` how many of them may
    and may not be photographed. Of ``unmarked`` nobody has said whether they came, although the day is recorded: they
    count neither as 出席 nor as 欠席.
    """

    applied: int | None = None
    applied_organisations: int | None = None
    decided: int | None = None
    expected: int = 0
    expected_organisations: int = 0
    expected_without_organisation: int = 0
    own_devices: int = 0
    lent_devices: int = 0
    unknown_devices: int = 0
    care_count: int = 0
    attended: int | None = None
    attended_organisations: int | None = None
    absent: int | None = None
    walk_ins: int | None = None
    used_lent: int | None = None
    used_own: int | None = None
    photo_allowed: int | None = None
    photo_refused: int | None = None
    unmarked: int = 0

    @property
    def used_unknown(self) -> int | None:
        """Return for how many attendees no device is recorded; None while a part is not known."""
        return count_unknown_devices(self.attended, self.used_lent, self.used_own)

    @property
    def lent_that_day(self) -> PartialCount:
        """Return the number of tablets lent to attendees, and for how many attendees no device is recorded."""
        return PartialCount(known=self.used_lent, unknown=self.used_unknown or 0)


@record
class ResponseFacts:
    """The responses of a survey: ``returned`` are ``paper`` and ``online`` together; ``rate`` 「94.1」 or empty.

    ``attended`` is the number of 出席 that the rate is based on: that of the records, or, once the totals were fixed
    (``fixed_on``), that of then.
    """

    distributed: int | None = None
    paper: int = 0
    online: int = 0
    rate: str = ""
    attended: int | None = None
    fixed_on: date | None = None

    @property
    def returned(self) -> int:
        """Return 回収数, the responses on paper and online together."""
        return self.paper + self.online


@record
class CopyFacts:
    """Copies of handouts for ``people`` plus ``spare`` ones; ``is_notified`` = the 受託者 was notified of
    ``people``, or need not be (``is_asked`` False).
    """

    people: int = 0
    spare: int = 0
    is_notified: bool = False
    is_asked: bool = True

    @property
    def total(self) -> int:
        """Return 必要部数, the copies for people and the spare ones together."""
        return self.people + self.spare


@record
class VenueFacts:
    """Where an event is held: ``venue`` and ``room`` from the event, the rest from the register of venues, "" if
    unknown.

    ``terms`` says whose place it is and who pays for it. ``phone`` is of its office, ``access`` the way there, ``aed``
    and ``refuge`` where the AED and the 避難場所 are. ``more`` are further lines to stand below the address. Of
    several houses each has a line with its name.
    """

    venue: str = ""
    room: str = ""
    terms: str = ""
    phone: str = ""
    address: str = ""
    access: str = ""
    aed: str = ""
    refuge: str = ""
    more: tuple[str, ...] = ()


@record
class EventFacts:
    """The facts of one event for all its documents.

    ``start_time`` to ``end_time`` is the time booked (``booked_minutes``), ``minutes`` the sum of the timetable where
    there is one, ``question_minutes`` the part of it for questions. ``lecturer`` and ``facilitators`` (by 班) name
    persons or are empty: a reference to the 配置表 names nobody. The state of the event is not among the facts; it is
    checked before anything is drawn (``EventStatus``). ``tablet_side`` is who brings lent tablets, empty = not agreed
    yet (仕様書4(1)ク, (2)ク). ``witness`` and ``day_note`` are who of the ward was there, and what was noted;
    ``end_words`` says when and why it was broken off. ``year_kind`` is the kind of the event in its year, as in force
    on its day.
    """

    id: int = 0
    kind: Kind
    year_kind: EventKind
    form: EventForm
    ordinal: int | None = None
    subject: str
    organisation_id: int | None = None
    organisation_name: str = ""
    event_date: date | None = None
    start_time: str
    end_time: str
    booked_minutes: int = 0
    minutes: int = 0
    question_minutes: int = 0
    venue_facts: VenueFacts = field(default_factory=VenueFacts)
    lecturer: str = ""
    tools: tuple[str, ...] = ()
    network: Network = Network.UNKNOWN
    cancel_reason: str = ""
    witness: str = ""
    day_note: str = ""
    end_words: str = ""
    groups: int | None = None
    facilitator_count: int | None = None
    facilitators: Mapping[int, str] = field(default_factory=dict)
    agenda: tuple[AgendaItem, ...] = ()
    equipment: tuple[EquipmentItem, ...] = ()
    tablet_side: str = ""
    people: PeopleFacts = field(default_factory=PeopleFacts)
    copies: CopyFacts = field(default_factory=CopyFacts)
    responses: ResponseFacts | None = None

    @property
    def venue(self) -> str:
        """Return the name of the venue, or ""."""
        return self.venue_facts.venue

    @property
    def room(self) -> str:
        """Return the room, or ""."""
        return self.venue_facts.room

    @property
    def title(self) -> str:
        """Return the formal name (``formal_title``), used in every letter and document for others."""
        return formal_title(self, self.year_kind)

    @property
    def title_without_organisation(self) -> str:
        """Return the formal name without the 団体 of a 派遣, for documents that hold numbers only."""
        return formal_title(self, self.year_kind, with_organisation=False)

    @property
    def participant_title(self) -> str:
        """Return the name for participants: that of a 派遣 has no number, which is the ward's own."""
        return self.year_kind.title if self.form.at_organisation else self.title

    @property
    def full_title(self) -> str:
        """Return the short name for the window and narrow columns: 「第3回 LINE講習会」; never used in letters."""
        name = (
            f"{self.year_kind.name} {self.organisation_name or self.subject}"
            if self.form.at_organisation
            else self.subject or self.year_kind.name
        )
        return f"第{self.ordinal}回 {name}" if self.ordinal else name

    @property
    def ordinal_words(self) -> str:
        """Return 「第3回」, or "" before it has a number, for tables that already name the programme."""
        return fill_nonempty("第{}回", self.ordinal)

    @property
    def length_words(self) -> str:
        """Return 「120分」, or 「進行の合計110分」 where the total of the timetable differs from the time booked.

        One that was broken off says how long it was held (「実施70分」).
        """
        if self.end_words:
            return f"実施{self.minutes}分"
        return f"{self.minutes}分" if self.minutes == self.booked_minutes else f"進行の合計{self.minutes}分"

    @property
    def after_end(self) -> tuple[AgendaItem, ...]:
        """Return the agenda items after the end of the day, without minutes: the survey of an 意見交換会."""
        return tuple(item for item in self.agenda if item.minutes is None and item.form == AFTER_END)

    @property
    def network_words(self) -> str:
        """Return whether the venue has the internet."""
        return {Network.PRESENT: "会場にあり", Network.ABSENT: "会場になし"}.get(self.network, "会場の環境は未確認")

    @property
    def router_words(self) -> str:
        """Return 「受託者がモバイルルーター1台を持参」 of the first router in the equipment, "" without one."""
        for item in self.equipment:
            if "ルーター" in item.name:
                count = f"{item.quantity}台" if is_digits(item.quantity) else ""
                return f"{item.owner}が{item.name}{count}を持参"
        return ""

    @property
    def timetable(self) -> tuple[AgendaItem, ...]:
        """Return the agenda items of the day itself, those with minutes."""
        return tuple(item for item in self.agenda if item.minutes is not None)


def formal_title(event: Event | EventFacts, kind: EventKind, *, with_organisation: bool = True) -> str:
    """Return 「デジタル活用講習会　第2回「LINE講習会」」: programme, ordinal, name, in this order for all kinds.

    The one rule for the name of an event in letters and in documents shared with the contractor, with the name that its
    kind has in the year. ``with_organisation`` False leaves the 団体 of a 派遣 out.
    """
    ordinal = fill_nonempty("第{}回", event.ordinal)
    numbered = f"{kind.title}　{ordinal}".rstrip("　")
    if event.form.at_organisation:
        return f"{numbered}（{event.organisation_name or event.subject}）" if with_organisation else numbered
    if event.form.in_groups and event.subject in ("", event.kind, kind.name, kind.title):
        return numbered
    return f"{numbered}「{event.subject}」" if event.ordinal else f"{numbered}　「{event.subject}」"
