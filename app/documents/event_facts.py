"""The facts of one event: the only source of title, people, minutes, lecturer and what is brought, for every paper of
it.

A builder of a paper gets ``EventFacts`` and what the paper itself is about (its people, its findings, its wording), and
reads no records. They are read in one place (``app.subjects.events.event.services.event_facts``), so that two papers
of one event can't say two things. A number that nobody asked for or noted is None, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import Final, Literal, get_args

from app.common.partial_count import PartialCount
from db.frozen_record import frozen_record
from db.records.event_form import EventForm
from db.records.events import AgendaItem, EquipmentItem, Event, Network
from db.records.programme import Kind

KIND_TITLE: Final[dict[Kind, str]] = {
    "講習会": "デジタル活用講習会",
    "派遣": "アドバイザー派遣による個別支援",
    "意見交換会": "デジタル意見交換会",
}
StateWord = Literal["予定", "日程変更", "延期", "中止", "取下げ", "不採択", "結果未記録", "実施済"]
STATES: Final[tuple[StateWord, ...]] = get_args(StateWord)
"""How an event can stand: as planned, on another day than was decided on first, put off without a day, cancelled,
(派遣) its wish taken back or declined, its day over without a recorded result, held with one."""
AFTER_END: Final = "終了後"
"""The form of a line without minutes that follows the end of an event, as the survey does (仕様書4(3)ケ)."""
RESPONSE_UNIT: Final = "件"
"""The unit of what came back of a survey: one sheet on paper and one answer online are one 件 each."""


def devices_known(count: int | None, unknown: int | None) -> int | None:
    """Return a number of devices, None where nobody can say it: 0 is one only where everybody was asked.

    Args:
        count: how many are known, None = nobody noted any. unknown: of how many people nobody knows, None = nobody
            counted those.
    """
    return None if not PartialCount(known=count, unknown=unknown or 0).has_number else count


def devices_words(count: int | None, unknown: int | None, unit: str = "台") -> str:
    """Return a number of devices as every paper, screen and telling says it; arguments as for ``devices_known``."""
    known = devices_known(count, unknown)
    return "未確認" if known is None else f"{known}{unit}"


def count_unknown_devices(attended: int | None, lent: int | None, own: int | None) -> int | None:
    """Return how many came of whose device nothing is noted; None while a part is not known."""
    return None if attended is None or lent is None or own is None else max(attended - lent - own, 0)


@frozen_record
class EventState:
    """How an event stands: the ``word``, and the day ``since`` which it does (None = not known).

    ``decided`` is what was decided in a hurry and still stands (中止, 延期, 日時の変更, 会場の変更), "" without.
    ``open_item`` 「日時」 or 「会場」: another one was decided on and is not known yet.
    """

    word: StateWord = "予定"
    since: date | None = None
    decided: str = ""
    open_item: str = ""

    def as_of(self, today: date, event_date: date | None) -> EventState:
        """The same on a day: a planned event whose day is over has no result yet."""
        over = event_date is not None and event_date < today
        return replace(self, word="結果未記録") if over and self.word in ("予定", "日程変更") else self


@frozen_record
class PeopleFacts:
    """The numbers of people, by ``events/rules/taking_part.DEFINITIONS``; None = not known.

    Of those expected, ``own_devices`` bring a device, ``lent_devices`` borrow one, and of ``unknown_devices`` nobody
    knows: the three add up to ``expected``. ``used_own`` and ``used_lent`` are the devices of those who came,
    ``photo_allowed`` and ``photo_refused`` how many of them may and may not be photographed. Of ``unmarked`` nobody has
    said whether they came, although the day is recorded: they count neither as 出席 nor as 欠席.
    """

    applied: int | None = None
    applied_organisations: int | None = None
    decided: int | None = None
    decided_organisations: int | None = None
    expected: int = 0
    expected_organisations: int = 0
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
        """How many came of whose device nothing is noted; None while a part is not known."""
        return count_unknown_devices(self.attended, self.used_lent, self.used_own)

    @property
    def lent_that_day(self) -> PartialCount:
        """The tablets that were lent to those who came, as far as it is noted."""
        return PartialCount(known=self.used_lent, unknown=self.used_unknown or 0)


@frozen_record
class ResponseFacts:
    """The answers of a survey: ``returned`` are ``paper`` and ``online`` together; ``rate`` 「94.1」 or empty.

    ``attended`` is the 出席 of which the rate is: that of the records, or, once the totals were fixed (``fixed_on``),
        that of then.
    """

    distributed: int | None = None
    paper: int = 0
    online: int = 0
    rate: str = ""
    attended: int | None = None
    fixed_on: date | None = None

    @property
    def returned(self) -> int:
        """回収数 in 件."""
        return self.paper + self.online


@frozen_record
class CopyFacts:
    """Copies of what is handed out: for ``people`` with ``spare`` ones; ``is_notified`` = the people told to the
    受託者.
    """

    people: int = 0
    spare: int = 0
    is_notified: bool = False

    @property
    def total(self) -> int:
        """必要部数."""
        return self.people + self.spare


@frozen_record
class VenueFacts:
    """Where an event is held: ``venue`` and ``room`` as the event names them, the rest as the register of venues knows
    the place; what nobody knows is empty.

    ``terms`` says whose place it is and who pays for it. ``phone`` is of its office, ``access`` the way there, ``aed``
    and ``refuge`` where the AED and the 避難場所 are.
    """

    venue: str = ""
    room: str = ""
    terms: str = ""
    phone: str = ""
    address: str = ""
    access: str = ""
    aed: str = ""
    refuge: str = ""


@frozen_record
class EventFacts:
    """One event as every paper of it sees it.

    ``start_time`` to ``end_time`` is the time booked (``booked_minutes``), ``minutes`` the sum of the timetable where
    there is one, ``question_minutes`` the part of it for questions. ``lecturer`` and ``facilitators`` (by 班) name
    persons or are
    empty: a hint at the 配置表 names nobody. How it stands is asked before a page is drawn and is no fact of a page
    (``EventStatus``). ``tablet_side`` is who brings lent tablets, empty = not agreed yet
    (仕様書4(1)ク, (2)ク). ``witness`` and ``day_note`` are who of the ward was there, and what was noted.
    """

    id: int = 0
    kind: Kind
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
    network: Network = "不明"
    cancel_reason: str = ""
    witness: str = ""
    day_note: str = ""
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
        """The name of the house, or empty."""
        return self.venue_facts.venue

    @property
    def room(self) -> str:
        """The room, or empty."""
        return self.venue_facts.room

    @property
    def title(self) -> str:
        """The formal name (``formal_title``), by which every letter and paper that leaves the house names the event."""
        return formal_title(self)

    @property
    def title_without_organisation(self) -> str:
        """The same without the 団体 of a 派遣, for papers that hold numbers only."""
        return formal_title(self, with_organisation=False)

    @property
    def participant_title(self) -> str:
        """The name to whoever comes: of a 派遣 the 団体 has one, the number is the ward's own."""
        return KIND_TITLE[self.kind] if self.kind == "派遣" else self.title

    @property
    def full_title(self) -> str:
        """The event as the window and narrow columns call it: 「第3回 LINE講習会」; no letter does."""
        name = f"派遣 {self.organisation_name or self.subject}" if self.kind == "派遣" else self.subject or self.kind
        return f"第{self.ordinal}回 {name}" if self.ordinal else name

    @property
    def ordinal_words(self) -> str:
        """「第3回」, or empty before it has a number: an event in the column of a table that names the programme."""
        return f"第{self.ordinal}回" if self.ordinal else ""

    @property
    def length_words(self) -> str:
        """「120分」; what the timetable adds up to is named as that where it is not the time booked."""
        return f"{self.minutes}分" if self.minutes == self.booked_minutes else f"進行の合計{self.minutes}分"

    @property
    def after_end(self) -> tuple[AgendaItem, ...]:
        """The lines that follow the end of the day, without minutes: the survey of an 意見交換会."""
        return tuple(item for item in self.agenda if item.minutes is None and item.form == AFTER_END)

    @property
    def timetable(self) -> tuple[AgendaItem, ...]:
        """The lines of the day itself: those with minutes."""
        return tuple(item for item in self.agenda if item.minutes is not None)


def formal_title(event: Event | EventFacts, *, with_organisation: bool = True) -> str:
    """Return 「デジタル活用講習会　第2回「LINE講習会」」: programme, ordinal, name, in this order for all kinds.

    The one rule for the name of an event in letters and in papers shared with the contractor. ``with_organisation``
    False leaves the 団体 of a 派遣 out.
    """
    ordinal = f"第{event.ordinal}回" if event.ordinal else ""
    numbered = f"{KIND_TITLE[event.kind]}　{ordinal}".rstrip("　")
    if event.kind == "派遣":
        return f"{numbered}（{event.organisation_name or event.subject}）" if with_organisation else numbered
    if event.kind == "意見交換会" and event.subject in ("", event.kind, KIND_TITLE[event.kind]):
        return numbered
    return f"{numbered}「{event.subject}」" if event.ordinal else f"{numbered}　「{event.subject}」"
