"""Default wording of 決定通知, 開催通知 and 落選通知, and the facts from which every letter is made."""

from __future__ import annotations

from datetime import date, timedelta

from app.calendar import dates
from app.calendar.office_days import OfficeCalendar
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import Passage
from app.documents.event_facts import EventFacts
from app.event.rules.change_decisions import (
    CANCELLATION_LETTER,
    CHANGE_LETTER,
    INVITATION_LETTER,
    PLACE_REVOCATION_LETTER,
    REJECTION_LETTER,
    REVOCATION_LETTER,
    WITHDRAWAL_LETTER,
)
from app.event.rules.deadlines import HEADCOUNT, event_deadlines
from app.event.rules.recruitment import DECISION, FREE
from app.programme.rules import BackupTerm, in_own_words, most_people_words
from db.record import record
from db.records.agreements import Agreement
from db.records.calls import ChangeDecision
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import EventKind, Office, Programme

ABSENCE_OPEN_DAYS = 2
REPLY_OPEN_DAYS = 3
"""Open days that a letter needs to arrive and to be answered."""
PHOTO_NOTICE = "会場で写真を撮ることがあります。望まない方は受付へお申し出ください。"
_APPS = ("LINE", "Instagram", "Facebook", "Zoom", "YouTube")
_TOOLS = (*_APPS, "Googleフォーム", "キャッシュレス")


@record
class EarlierLetter:
    """The letter, or the letters of several people, by which people know of an event.

    Attributes:
        kind: empty = they are of several kinds.
        number: empty = 事務連絡.
        time_words, place_words: time and place as the newest stated them, empty where that is not known.
        later_letters: day and number of the letters that followed it.
        deed: what is decided, ``EventForm.deed``.
    """

    kind: str
    number: str
    issued_on: date | None
    time_words: str
    place_words: str
    later_letters: tuple[tuple[date, str], ...] = ()
    deed: str = EventForm.LECTURE.deed

    @property
    def citation(self) -> str:
        """Return 「令和8年11月6日付け8練地協第10987号により」 as far as known; 「さきに」 without a day."""
        if self.issued_on is None:
            return "さきに"
        every = ((self.issued_on, self.number), *self.later_letters)
        cited = "および".join(f"{dates.long_date_plain(day)}付け{number or 'の通知'}" for day, number in every)
        return f"{cited}により"

    @property
    def told_words(self) -> str:
        """Return 「令和8年11月6日付け8練地協第10987号により参加の決定をお知らせした」."""
        return f"{self.citation}{_TOLD_BY.get(self.kind, '').format(self.deed)}お知らせした"

    @property
    def full_name(self) -> str:
        """Return 「決定通知（8練地協第10987号）」, with the numbers of all."""
        numbers = join_nonempty(self.number, *(number for _day, number in self.later_letters), separator="、")
        return f"{self.kind or '通知'}（{numbers}）" if numbers else self.kind or "通知"


_TOLD_BY = {
    DECISION: "{}の決定を",
    INVITATION_LETTER: "開催を",
    CHANGE_LETTER: "変更を",
    CANCELLATION_LETTER: "中止を",
    REVOCATION_LETTER: "予定どおりの開催を",
}


@record
class ReplacedEvent:
    """The cancelled event that this one replaces, and how many people and 団体 were taken over from it."""

    event: EventFacts
    people: int
    organisations: int

    @property
    def full_name(self) -> str:
        """Return 「令和8年12月8日（火）に予定し、中止した第8回「…」」."""
        day = f"{dates.long_date(self.event.event_date)}に予定し、" if self.event.event_date else ""
        return f"{day}中止した{self.event.full_title}"


@record
class LetterFacts:
    """One event and its circumstances, in the words and numbers that letters use.

    Attributes:
        name: the event's name in a document, without the 団体 of a 派遣.
        title: its name for a headline: the subject, or the name of its kind.
        venue_lines: venue, address and way there, one a line.
        apply_from, apply_by: first and last day of applications.
        method: how the newest selection was made, or empty.
        capacity_chosen: for how many places it was made.
        applied, chosen: numbers of people and 団体.
        added: those of ``chosen`` whom the 決定通知 that is made now tells after others; None = it is the first.
        applied_late: those of ``applied`` who came after ``apply_by``.
        rejected, waiting, withdrawn, revoked: people; ``waiting`` are 補欠, ``withdrawn`` applied and said that they do
            not come any more, ``revoked`` lost the place to the ward.
        issue_date: 発信日, None = not known.
        absence_by, headcount_by: days until which absences are asked for, and of our 人数連絡.
        reply_from: the first day on which the letter can have been answered.
        earlier_letter: the letter by which people know of the event, before the one that is made.
        agreement: the settled 協議 about the number of people.
        called_on: days of the calls about the current ``decision`` that came through.
        not_called: how many 団体, and people without one, are still to be called.
        application_url: address of the event's own form, as typed on its flyer; for recruitment documents only.
        guideline, retention_period: the ward's 実施要領 and 保存年限 from the settings of 起案資料.
        has_admission_numbers: the 決定通知 bear 入場番号.
        contacts_until: last day on which what applicants wrote is kept. backups: how long backups last.
        fee: what taking part costs. writes_to_presidents: its steps have the letter to the presidents.
        notified_time, notified_place: what people were notified of, for ``LEAVING`` letters; "" = as it is now.
        revoked_because: why places were taken back, "" where the reasons differ.
        replaced_event: the cancelled event that this one replaces.
        replacement_event: the event that replaces this one. taken_over: how many people were moved to another.
    """

    event: EventFacts
    name: str
    title: str
    numbers: EventKind
    programme: Programme
    office: Office
    venue_lines: str
    content: str
    absence_by: date | None
    reply_from: date | None = None
    apply_from: date | None = None
    apply_by: date | None
    method: str = ""
    capacity_chosen: int | None = None
    applied: tuple[int, int]
    applied_late: tuple[int, int] = (0, 0)
    chosen: tuple[int, int]
    added: tuple[int, int] | None = None
    rejected: int
    withdrawn: int = 0
    revoked: int = 0
    waiting: int = 0
    decision: ChangeDecision | None = None
    issue_date: date | None = None
    headcount_by: date | None = None
    earlier_letter: EarlierLetter | None = None
    agreement: Agreement | None = None
    called_on: tuple[date, ...] = ()
    not_called: tuple[int, int] = (0, 0)
    application_url: str = ""
    guideline: str = ""
    retention_period: str = ""
    has_admission_numbers: bool = False
    contacts_until: date | None = None
    backups: BackupTerm = BackupTerm()
    fee: str = FREE
    writes_to_presidents: bool = False
    notified_time: str = ""
    notified_place: str = ""
    revoked_because: str = ""
    replaced_event: ReplacedEvent | None = None
    replacement_event: EventFacts | None = None
    taken_over: int = 0

    @property
    def is_outside_period(self) -> bool:
        """Return whether the event lies outside the period that 仕様書4 ア has for its kind."""
        day = self.event.event_date
        return day is not None and not self.numbers.window_start <= day <= self.numbers.window_end

    @property
    def people_over_limit(self) -> int:
        """Return how many more people were chosen than 仕様書4 allows, or 0."""
        return max(self.chosen[0] - self.numbers.people_max, 0)

    @property
    def audience(self) -> str:
        """Return for whom the event is, as the contract says it, else those of all 町会・自治会."""
        return self.numbers.audience or self.in_own_words("区内の町会・自治会の役員・会員の方")

    def in_own_words(self, words: str) -> str:
        """Return words of the program, which hold no name, as the municipality says them."""
        return in_own_words(words, self.office)

    @property
    def kind_word(self) -> str:
        """Return 「講習会」「アドバイザー派遣」「意見交換会」."""
        return self.event.year_kind.name_in_text

    @property
    def public_name(self) -> str:
        """Return the event's name in letters to participants; of a 派遣 without its number, which is internal."""
        return self.event.participant_title

    @property
    def time_words(self) -> str:
        """Return day and times in full, 「日程を協議中」 without a day."""
        if self.event.event_date is None:
            return "日程を協議中"
        times = dates.time_range_words(self.event.start_time, self.event.end_time)
        return f"{dates.long_date(self.event.event_date)}　{times}"

    @property
    def time_words_with_reception(self) -> str:
        """Return day and times, with the time the reception opens in a second line; a 派遣 has no reception."""
        if self.event.event_date is None or self.event.form.at_organisation:
            return self.time_words
        opens = reception_time(self.event.start_time, self.programme)
        return f"{self.time_words}\n（受付　{dates.clock_words(opens)}から）"

    @property
    def capacity(self) -> int:
        """Return how many can come, the upper number of 仕様書4."""
        return self.numbers.people_max

    @property
    def over_capacity_words(self) -> str:
        """Return 「定員（12人）を上回るお申込みがあり、」 with the 定員 of the selection; empty if all had room."""
        places = self.capacity if self.capacity_chosen is None else self.capacity_chosen
        words = most_people_words(self.numbers) if self.capacity_chosen is None else f"{places}人"
        return f"定員（{words}）を上回るお申込みがあり、" if self.applied[0] > places else ""

    @property
    def tool(self) -> str:
        """Return the app that is practised, as named in the event, or empty."""
        named = (*self.event.tools, *(tool for tool in _TOOLS if tool in self.event.subject))
        return named[0] if named else ""

    @property
    def app(self) -> str:
        """Return the tool if it is an app that one has ready on a device, or empty."""
        return self.tool if self.tool.startswith(_APPS) else ""

    @property
    def section(self) -> str:
        """Return the full name of the section that answers questions."""
        return self.office.full_name

    @property
    def contact(self) -> str:
        """Return section, person in charge, telephone and FAX as far as known, one a line."""
        office = self.office
        staff = fill_nonempty("担当　{}", office.staff)
        lines = (
            self.section,
            staff,
            fill_nonempty("電話　{}", office.phone),
            fill_nonempty("FAX　{}", office.fax),
        )
        return join_nonempty(*lines, separator="\n")


def absence_deadline(
    event: Event, numbers: EventKind, programme: Programme, calendar: OfficeCalendar, reply_from: date | None = None
) -> date | None:
    """Return the day until which absences are asked for, two open days before our 人数連絡 (仕様書4 エ).

    It is not before ``reply_from``, as far as the last open day before the 人数連絡 allows. None while the event has no
    day or where no 人数連絡 is owed.
    """
    told = headcount_deadline(event, numbers, programme, calendar)
    if told is None:
        return None
    usual, last = (calendar.add_open_days(told, -count) for count in (ABSENCE_OPEN_DAYS, 1))
    return max(usual, min(reply_from or usual, last))


def headcount_deadline(event: Event, numbers: EventKind, programme: Programme, calendar: OfficeCalendar) -> date | None:
    """Return the working day of our 人数連絡 to the 受託者 (仕様書4 エ); None without a day or where none is owed."""
    if event.event_date is None:
        return None
    rows = event_deadlines(numbers, programme, event.event_date, calendar)
    return next((row.working for row in rows if row.task == HEADCOUNT), None)


def reception_time(start: str, programme: Programme) -> str:
    """Return when the reception opens before ``start`` ("HH:MM"), as the office has it, not before midnight."""
    hour, minute = (int(part) for part in start.split(":"))
    opens = max(timedelta(hours=hour, minutes=minute) - timedelta(minutes=programme.reception_minutes), timedelta())
    total = int(opens.total_seconds()) // 60
    return f"{total // 60:02d}:{total % 60:02d}"


def make_passage(part: str, text: str, lines: int = 2) -> Passage:
    """Return a passage; ``lines`` is the height of its field in the window."""
    return Passage(part, text, lines=lines)


NOTHING_ELSE = make_passage("その他", "")
REFUSAL_LETTER, INVITATION = REJECTION_LETTER, INVITATION_LETTER
CANCELLATION, CHANGE = CANCELLATION_LETTER, CHANGE_LETTER
WITHDRAWAL, PLACE_REVOCATION = WITHDRAWAL_LETTER, PLACE_REVOCATION_LETTER
LEAVING = (WITHDRAWAL, PLACE_REVOCATION)
"""Letters to those who come no more, with the day and place of which they were notified."""
REASON = "理由"
REVOCATION = REVOCATION_LETTER
SUBJECT, LEAD, WAITING_LEAD, WAITING_PART = "件名", "前文", "前文（補欠の方）", "補欠の方へ"
ADMISSION = "入場番号"
THANKS = "日ごろから区政にご理解とご協力をいただき、ありがとうございます。"
_APPROVED_WORDS = {
    "抽選": "抽選を行った結果",
    "先着順": "お申込みの順に受け付けた結果",
    "区の調整": "区で調整した結果",
}
_REMINDER_WORDS = {
    "抽選": "抽選により参加される方を決定したためです。",
    "先着順": "お申込みの順に参加される方を決定したためです。",
    "区の調整": "区で調整して参加される方を決定したためです。",
}


def participant_passages(kind: str, facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of 決定通知 or 開催通知.

    決定通知 says once, after the 決裁, that they may come; 開催通知 decides nothing and reminds of day and place.
    """
    earlier = facts.earlier_letter
    if kind == DECISION:
        done = facts.event.form.deed
        about = f"{done}決定"
        what = f"{facts.replaced_event.full_name}の代わりに開催する" if facts.replaced_event else "お申込みいただいた"
        lead = f"{what}{facts.kind_word}について、つぎのとおり{done}を決定しましたので、お知らせします。"
        lead += (
            "当日は、この通知をお持ちください。受付では入場番号をお聞きします。" if facts.has_admission_numbers else ""
        )
    else:
        about, wish = "開催", "ご参加くださいますようお願いします。"
        lead = f"お申込みいただいた{facts.kind_word}を、つぎのとおり開催します。{wish}"
        if earlier is not None:
            lead = (
                f"{earlier.told_words}{facts.kind_word}を、つぎのとおり開催します。日時および会場をご確認のうえ、{wish}"
            )
    return (
        make_passage(SUBJECT, f"{facts.public_name}の{about}について（通知）"),
        make_passage(LEAD, f"{facts.in_own_words(THANKS)}{lead}", 3),
        *_day_passages(facts),
    )


def _day_passages(facts: LetterFacts) -> tuple[Passage, ...]:
    return (
        make_passage("日時", facts.time_words_with_reception),
        make_passage("会場", facts.venue_lines, 3),
        make_passage("内容", facts.content),
        make_passage("持ち物", belongings_words(facts)),
        make_passage("参加費", facts.fee, 1),
        make_passage("欠席・代理出席", absence_words(facts), 3),
        make_passage("荒天時", "中止するときは、お申込みの電話番号へご連絡します。"),
        make_passage(
            "当日の連絡先",
            f"電話　{facts.office.phone}（{facts.office.unit or facts.office.section}）" if facts.office.phone else "",
            1,
        ),
        make_passage("その他", other_words(facts), 5),
    )


def belongings_words(facts: LetterFacts) -> str:
    """Return what to bring; never a password, which nobody is asked to bring."""
    if facts.event.form.in_groups:
        return "この通知、筆記用具"
    state = f"充電し、{facts.app}を使える状態にした端末" if facts.app else "充電した端末"
    return f"この通知、筆記用具\n端末を持参される方は、{state}"


def absence_words(facts: LetterFacts) -> str:
    """Return the sentence (two lines) by when an absence or a substitute is to be reported.

    「お早めに」 without a day, or where it lies before the letter's own. For a 派遣 it asks for changes of the people
    or their number.
    """
    day = facts.absence_by
    is_over = day is not None and facts.issue_date is not None and day < facts.issue_date
    by = f"{dates.month_day(day)}までに" if day and not is_over else "お早めに"
    who = (
        "参加される方または人数が変わるとき"
        if facts.event.form.at_organisation
        else "欠席される方、代理の方が出席される団体"
    )
    return f"{who}は、\n{by}問合せ先へご連絡ください。"


def other_words(facts: LetterFacts) -> str:
    """Return the usual remarks of その他, one a line: transport, care and photos."""
    network = "会場のインターネットを使えます。" if facts.event.network.is_present else ""
    way = () if facts.event.form.at_organisation else (f"・公共交通機関をご利用ください。{network}",)
    return "\n".join(
        (
            *way,
            "・車いすの席など、配慮が必要な方はご相談ください。",
            f"・{PHOTO_NOTICE}",
        )
    )


def waiting_list_lead(facts: LetterFacts, text: str) -> tuple[Passage, ...]:
    """Return ``text`` as the opening passage for 補欠; () if nobody is one."""
    return (make_passage(WAITING_LEAD, text, 4),) if facts.waiting else ()


def next_time_words(kind: EventKind) -> str:
    """Return 「つぎの講習会の募集のときは、あらためてお申し込みください。」, which promises none.

    Where requests are taken all year, or nobody is asked for them, it names no call.
    """
    if not kind.recruitment.closes:
        return f"{kind.name_in_text}をあらためて希望されるときは、ご連絡ください。"
    return f"つぎの{kind.name_in_text}の募集のときは、あらためてお申し込みください。"


def _given_up(facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the event to which somebody does not come, with the day and place that were notified."""
    return (
        make_passage("対象の事業", facts.public_name),
        make_passage("日時", facts.notified_time or facts.time_words),
        make_passage("会場", facts.notified_place or facts.venue_lines.split("\n")[0]),
    )


def refusal_passages(facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of a 落選通知."""
    how = _APPROVED_WORDS.get(facts.method, "参加される方を決定した結果")
    came = f"{facts.kind_word}へのお申込みをいただき、ありがとうございました。{facts.over_capacity_words}{how}、"
    sorry = "ご希望に沿うことができず、申し訳ありません。"
    return (
        make_passage(SUBJECT, f"{facts.public_name}の参加の結果について（通知）"),
        make_passage(LEAD, f"{came}今回は参加いただけないこととなりました。{sorry}", 4),
        *waiting_list_lead(facts, f"{came}補欠としてお待ちいただくこととなりました。{sorry}"),
        *_given_up(facts),
        make_passage(REASON, f"{facts.over_capacity_words}"
        f"{_REMINDER_WORDS.get(facts.method, '参加される方を決定したためです。')}"),
        make_passage(WAITING_PART, "参加される方に欠席が出たときは、補欠の順にご連絡し、参加されるかをうかがいます。"),
        make_passage("今後のご案内", next_time_words(facts.event.year_kind)),
        NOTHING_ELSE,
    )  # fmt: skip


def withdrawal_passages(facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of a 辞退受理通知.

    It confirms the withdrawal, says that later applications do not suffer from it, and names the day and place that
    were given up as they were notified.
    """
    done = facts.event.form.deed
    received = f"{facts.kind_word}の{done}の辞退のお申し出を、つぎのとおり受理しました。"
    nothing = "今回の辞退が、つぎのお申込みに影響することはありません。"
    return (
        make_passage(SUBJECT, f"{facts.public_name}の{done}の辞退について（受理）"),
        make_passage(LEAD, f"ご連絡をいただき、ありがとうございました。{received}", 3),
        *_given_up(facts),
        make_passage("受理した内容", f"お申し出のとおり、{done}を取り消しました。お手続きは、これで終わりです。"),
        make_passage("今後のご案内", f"{nothing}{next_time_words(facts.event.year_kind)}"),
        NOTHING_ELSE,
    )


def place_revocation_passages(facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of a 決定取消通知, which names the letter whose decision is taken back, and the reason."""
    cited = facts.earlier_letter.citation if facts.earlier_letter else "さきに"
    lead = f"{cited}お知らせした{facts.kind_word}への参加の決定を、つぎの理由により取り消します。"
    return (
        make_passage(SUBJECT, f"{facts.public_name}の参加決定の取消しについて（通知）"),
        make_passage(LEAD, f"{lead}ご準備をいただいていたところ、申し訳ありません。", 3),
        *_given_up(facts),
        make_passage(REASON, facts.revoked_because, 3),
        make_passage("今後のご案内", next_time_words(facts.event.year_kind)),
        NOTHING_ELSE,
    )


FORMAL = (DECISION, REFUSAL_LETTER, INVITATION, CANCELLATION, CHANGE, REVOCATION, PLACE_REVOCATION)
"""Letters that need 起案 and 決裁."""
LETTERS = (*FORMAL, WITHDRAWAL)
DRAFTING, DRAFTING_CHANGE = "起案資料", "起案資料（中止・変更）"
KINDS = (DRAFTING, DRAFTING_CHANGE)
