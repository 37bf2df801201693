"""Read every number of an event that several places state, and the people behind a difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import clock_time
from app.common.partial_count import known_number
from app.documents.blocks import DocumentContent, KeyFigures, Table
from app.documents.event_facts import EventFacts, PeopleFacts
from app.documents.rules import shown_fact
from app.documents.services.document_scope import DocumentScope
from app.event.rules.copies import required_copies
from app.event.rules.expected_attendance import unknown_devices
from app.event.rules.participation import (
    absent_entries,
    attended_entries,
    count_participation,
    decided_entries,
    has_applied,
    is_coming,
    is_expected,
)
from app.event.rules.recruitment import DECISION
from app.event.rules.target_dates import DAY_SET
from app.event.services.event_facts import read_event_facts, return_rate
from app.event.services.event_records import read_event_or_error
from app.events.roster.services.roster import RosterRow, read_roster
from app.programme.services import kind_of_event, read_programme
from app.submissions.reports.documents.report_comparison import COMPARED_NUMBERS, LENT_TABLETS
from app.submissions.reports.rules.group_sums import group_numbers, sum_remarks
from app.submissions.reports.rules.report_figures import INTENT_ITEM, RATE_ITEM, SATISFIED_ITEM, SINGLE_ITEM, differs
from app.submissions.reports.rules.report_points import newest_report
from app.submissions.reports.services.report_documents import confirmed_report
from app.submissions.reports.services.report_facts import figures_of_report, with_discussion
from app.surveys.questions.services.surveys import read_survey
from app.surveys.tally.services.survey_check import settlement_in_effect
from app.surveys.tally.services.survey_comparison import TallyComparison, comparison_of_view
from app.surveys.tally.services.survey_tally import TallyView, tally_with_quoted_flags
from app.year_end.consistency.rules import (
    ABSENT,
    APPLIED,
    ATTENDED,
    COPIES,
    DECIDED,
    DOCUMENTS_BY_INCONSISTENCY,
    EXPECTED,
    GROUPS_CAME,
    GROUPS_EXPECTED,
    INTENT,
    LENT,
    MINUTES,
    NUMBERS_BY_DOCUMENT,
    RATE,
    RETURNED,
    SATISFIED,
    ComparedNumber,
    Inconsistency,
    NumberSource,
    arithmetic_words,
    comparable,
    compare_numbers,
    disagrees,
    earlier_group_count,
    likely_cause,
    loan_inconsistencies,
    own_numbers,
    sum_inconsistencies,
    unknown_printed_as_known,
)
from db.digits import whole_number
from db.engine import Database
from db.record import group_by_key, record
from db.records.documents import Notification, Outgoing
from db.records.events import Event
from db.records.participants import NoticeWithNotification
from db.records.roster import Entry
from db.records.submissions.reports import AcceptedDifference, Report, ReportFigure
from db.records.surveys import QuestionRole
from db.rows import rows
from db.store import Store
from db.tables import events, participants, reports, roster

REPORT_SOURCE = "届いた報告書"
TALLY_SOURCE = "受託者の集計"
CHECK_IN_SOURCE = "受付"
FIXED_TOTALS_SOURCE = "集計の確定"
CONFIRMED_REPORT_SOURCE = "受託者が確認した報告書"
_KEY_FIGURES = {
    "出席者": ATTENDED, "参加者": ATTENDED,
    "参加団体": GROUPS_CAME, "アンケート回収": RETURNED,
    "満足計": SATISFIED, "活用の意向あり": INTENT,
}  # fmt: skip
"""The key figures of a report made in the program, by their labels."""
_ROLES: Mapping[QuestionRole | None, str] = {
    QuestionRole.SATISFACTION: SATISFIED,
    QuestionRole.INTENT: INTENT,
}
"""The numbers that are sums of one question, by its role."""
_ROSTER, _COURSE = "受付名簿", "当日進行表・機材チェック表"
_FIGURES = {
    "申込": APPLIED, "決定": DECIDED, "出席": ATTENDED,
    "欠席": ABSENT,
    "団体": GROUPS_CAME, "印刷部数": COPIES,
    "時間割の分": MINUTES,
    "回収数": RETURNED,
    RATE_ITEM: RATE, SATISFIED_ITEM: SATISFIED,
    INTENT_ITEM: INTENT,
}  # fmt: skip
"""The numbers of a received report, by its own words."""


@record
class EventNumbers:
    """Every number of one event; ``inconsistencies`` are contradictions within one side.

    ``notified`` are the notices of the number of people, oldest first; ``remarks`` sums in a report made in the
    program that differ.
    """

    event: Event
    facts: EventFacts
    ours: dict[str, str]
    sources: tuple[NumberSource, ...]
    rows: tuple[ComparedNumber, ...]
    inconsistencies: tuple[Inconsistency, ...]
    notified: tuple[NumberSource, ...]
    remarks: tuple[str, ...]

    @property
    def id(self) -> int:
        """Return the id for comparing with a later reading."""
        return self.event.id

    @property
    def contradictions(self) -> int:
        """Return how many numbers differ somewhere and are open, contradicting sums included."""
        return sum(bool(row.contradictions) for row in self.rows) + len(self.inconsistencies)

    @property
    def outdated(self) -> int:
        """Return how many values on documents of the program are from before the record changed."""
        return sum(len(row.outdated) for row in self.rows)

    @property
    def agreeing(self) -> int:
        """Return how many numbers some source states as the record has it, none contradicts and none has outdated."""
        return sum(
            any(cell.status == "一致" for cell in row.cells) and not row.contradictions and not row.outdated
            for row in self.rows
        )


def read_event_numbers(store: Store, *, event_id: int) -> EventNumbers:
    """Return every number of one event; raises ``UserError`` when the event no longer exists."""
    database = store.database
    event = read_event_or_error(database, event_id)
    facts = read_event_facts(store, event)
    counted = _tally_view(store, event)
    ours = own_numbers(facts, _survey_numbers(counted))
    told = tuple(
        _notice(one, facts.people)
        for one in participants.headcount_notices(database, event_id)
        if one.notified_on is not None
    )
    written = reports.reports_of_event(database, event_id)
    received = _received_source(store, newest_report(written, "受領"), ours)
    printed = _printed_sources(store, event_id, needed=ours[COPIES])
    places = [place for place in (_decision_source(store, event_id, facts.people), *told[-1:], *printed) if place]
    places += [place for place in (_check_in_source(store, event), _tally(counted), received) if place]
    # What is based on an earlier day's records is a contradiction as soon as it no longer matches.
    report = newest_report(written, "作成")
    confirmed = (confirmed_report(store, report) if report is not None else None), report
    kept_ones = (_fixed_totals(facts), _confirmed_report(*confirmed))
    places += [place for place in kept_ones if place is not None and disagrees(place, ours)]
    kept = rows(database, AcceptedDifference, event_id=event_id)
    return EventNumbers(
        event=event,
        facts=facts,
        ours=ours,
        sources=tuple(places),
        rows=compare_numbers(ours, places, kept),
        inconsistencies=_without_accepted(
            (
                *sum_inconsistencies(facts, received),
                *_unknown_printed_as_known(facts, *confirmed),
                *_loan_inconsistencies(database, event_id),
            ),
            kept,
        ),
        notified=told,
        remarks=_group_remarks(store, event, facts, report),
    )


def read_year_numbers(store: Store, *, fiscal_year: int) -> tuple[EventNumbers, ...]:
    """Return the numbers of every event of a year that is not 中止, also of those to come, by date.

    Raises:
        UserError: the year is not started.
    """
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    return tuple(
        read_event_numbers(store, event_id=event.id)
        for event in events.events_of_year(store.database, programme.id)
        if event.status.counts
    )


def consistency_doubts(store: Store, scope: DocumentScope, kind: str, _today: date) -> tuple[str, ...]:
    """Return a sentence for each number of a document that another document, tally or report contradicts.

    Also for contradictions within the records that this kind shows; of a 実施報告書 every remark on the numbers. () for
    kinds that are not compared.
    """
    if scope.event_id is None or kind not in NUMBERS_BY_DOCUMENT:
        return ()
    view = read_event_numbers(store, event_id=scope.event_id)
    found = [
        f"{row.name}は、この紙では{row.ours}{row.unit}、{cell.source.title}では{cell.value}{row.unit}です。"
        for row in view.rows
        if row.name in NUMBERS_BY_DOCUMENT[kind]
        for cell in row.contradictions
    ]
    found += [one.words for one in view.inconsistencies if kind in DOCUMENTS_BY_INCONSISTENCY.get(one.key, ())]
    return tuple(found + (list(view.remarks) if kind == "実施報告書" else []))


def _loan_inconsistencies(database: Database, event_id: int) -> tuple[Inconsistency, ...]:
    """Return where tablet loans and who came differ, person by person, since equal sums may hide it."""
    lent = {one.entry_id for one in roster.loans(database, event_id) if one.out_at is not None}
    came = attended_entries(roster.entries(database, event_id)) if lent else []
    return loan_inconsistencies(lent - {None}, came)


def _tally_view(store: Store, event: Event) -> TallyView | None:
    """Return the tally of an event, None where it has no answers."""
    if not kind_of_event(store.database, event).has_survey:
        return None
    view = read_survey(store, event_id=event.id)
    return tally_with_quoted_flags(store, view)[0] if view.survey is not None and view.responses else None


def _survey_numbers(counted: TallyView | None) -> dict[str, str]:
    """Return 満足計, 活用の意向, each question's counts (「5・3・0」), by name, as counted here; {} without answers."""
    if counted is None or not counted.tally.base:
        return {}
    found = {}
    for role, name in _ROLES.items():
        one = next((each for each in counted.tally.questions if each.question.role == role and each.sum_label), None)
        if one is not None:
            found[name] = str(one.sum_count)
    for chart in counted.charts:
        if chart.type.has_options:
            found[chart.code] = "・".join(str(row.count) for row in chart.rows_as_asked)
    return found


def _settled_groups(told: str, told_people: int, now: int | None, people: PeopleFacts) -> dict[str, str]:
    """Return the reason why the 団体 that a paper told differ though its people are those of ``now``, {} for none."""
    groups = whole_number(told) if told_people == now else None
    reason = earlier_group_count(groups, people) if groups is not None else ""
    return {GROUPS_EXPECTED: reason} if reason else {}


def _notice(notice: NoticeWithNotification, people: PeopleFacts) -> NumberSource:
    """Return a notice to the contractor as source of numbers; ``people`` are those of now."""
    lent = known_number(notice.lent_devices, unknown_devices(notice))
    return NumberSource(
        "人数連絡",
        f"人数連絡 第{notice.revision}報",
        notice.notified_on,
        "連絡",
        {
            EXPECTED: str(notice.people),
            GROUPS_EXPECTED: str(notice.organisations),
            **({LENT: str(lent)} if lent is not None else {}),
            COPIES: str(required_copies(notice.people).total),
        },
        settled=_settled_groups(str(notice.organisations), notice.people, people.expected, people),
        own=True,
    )


def _decision_source(store: Store, event_id: int, now: PeopleFacts) -> NumberSource | None:
    """Return the numbers of the 決定通知 in effect: people of all, and 団体 if there is one notice.

    ``now`` are the people of now. None where none was notified, or one does not say to how many it went.
    """
    acts = rows(store.database, Notification, event_id=event_id, document_kind=DECISION)
    told = {act.key: act for act in acts if act.is_notified}
    if not told or any("宛先" not in act.facts for act in told.values()):
        return None
    counts = [shown_fact(act.facts["宛先"]).rpartition(" ") for act in told.values()]
    people = sum(int(comparable(people) or 0) for _groups, _sign, people in counts)
    values = {DECIDED: str(people)}
    if len(counts) == 1:  # of one 団体 people may stand in several
        values[GROUPS_EXPECTED] = comparable(counts[0][0]) or "0"
    newest = max(told.values(), key=lambda act: act.id)
    return NumberSource(
        DECISION,
        DECISION,
        newest.told_on,
        "通知",
        values,
        settled=_settled_groups(values.get(GROUPS_EXPECTED, ""), people, now.decided, now),
        own=True,
    )


def _printed_sources(store: Store, event_id: int, *, needed: str) -> list[NumberSource]:
    """Return the numbers of the newest printed 受付名簿, 当日進行表 and handouts, as they left.

    Args:
        needed: the copies of a handout that are needed now, "" = unknown.
    """
    issued = rows(store.database, Outgoing, event_id=event_id)
    withdrawn = {row.withdraws for row in issued}
    left = [row for row in issued if row.way.is_document and row.id not in withdrawn]
    found = []
    for kind, fact, name, title in (
        (_ROSTER, "名簿", EXPECTED, "受付名簿"),
        (_COURSE, "進行", MINUTES, "当日進行表"),
    ):
        mine = [row for row in left if row.document_kind == kind and fact in row.facts.get(DAY_SET, {})]
        if mine:
            value = comparable(shown_fact(mine[-1].facts[DAY_SET][fact]))
            found.append(NumberSource(kind, title, mine[-1].at.date(), "作成", {name: value}, own=True))
    handed = [row for row in left if row.document_kind == "配布資料" and row.print_use.is_handout]
    if handed:
        copies = _printed_copies(handed, needed)
        found.append(NumberSource("配布資料", "配布資料", handed[-1].at.date(), "印刷", {COPIES: copies}, own=True))
    return found


def _printed_copies(handed: Sequence[Outgoing], needed: str) -> str:
    """Return how many copies there are of the handout printed last, in its version.

    A few more later are added to those before; a second printing of all takes their place. Where one printing, or all
    together, are what is ``needed``, that is the number.
    """
    last = handed[-1]
    runs = [row.copies for row in handed if (row.reference, row.version) == (last.reference, last.version)]
    if needed in (str(number) for number in (*runs, sum(runs))):
        return needed
    return str(sum(runs) if runs[-1] < max(runs) else runs[-1])


def _check_in_source(store: Store, event: Event) -> NumberSource | None:
    """Return the numbers of the check-in where the result was typed by hand and somebody was checked in; else None."""
    result = events.result(store.database, event.id)
    entries = roster.entries(store.database, event.id)
    if result is None or result.source == "名簿" or not any(entry.attendance for entry in entries):
        return None
    counts = count_participation(entries)
    values = {
        APPLIED: str(counts.applied),
        ATTENDED: str(counts.attended),
        ABSENT: str(counts.absent),
        GROUPS_CAME: str(counts.attended_organisations),
    }
    return NumberSource(CHECK_IN_SOURCE, CHECK_IN_SOURCE, event.event_date, "名簿から", values)


def _fixed_totals(facts: EventFacts) -> NumberSource | None:
    """Return the 出席 on which fixed totals are based, whatever was corrected since; None before they are fixed."""
    sheets = facts.responses
    if sheets is None or sheets.fixed_on is None:
        return None
    return NumberSource(
        FIXED_TOTALS_SOURCE,
        FIXED_TOTALS_SOURCE,
        sheets.fixed_on,
        "確定",
        {} if sheets.attended is None else {ATTENDED: str(sheets.attended)},
    )


def _unknown_printed_as_known(
    facts: EventFacts, kept: DocumentContent | None, report: Report | None
) -> tuple[Inconsistency, ...]:
    """Return where the comparison in a confirmed report states the tablets as known (its column 今回)."""
    if kept is None or report is None:
        return ()
    tables = [block for block in kept.blocks if isinstance(block, Table) and block.name == COMPARED_NUMBERS]
    titles = [column.title for table in tables for column in table.columns]
    now = next((place for place, title in enumerate(titles) if title.startswith("今回")), None)
    lines = [row for table in tables for row in table.rows if row[0] == LENT_TABLETS]
    if now is None or not lines:
        return ()
    return unknown_printed_as_known(facts, lines[0][now], f"{CONFIRMED_REPORT_SOURCE} 第{report.version}版")


def _confirmed_report(kept: DocumentContent | None, report: Report | None) -> NumberSource | None:
    """Return the key figures of a confirmed report as source of numbers, None without one."""
    if kept is None or report is None:
        return None
    figures = [one for block in kept.blocks if isinstance(block, KeyFigures) for one in block.figures]
    values = {_KEY_FIGURES[one.label]: one.value for one in figures if one.value and one.label in _KEY_FIGURES}
    return NumberSource(
        CONFIRMED_REPORT_SOURCE,
        f"{CONFIRMED_REPORT_SOURCE} 第{report.version}版",
        report.contractor_confirmed_on,
        "確認",
        values,
    )


def _tally(counted: TallyView | None) -> NumberSource | None:
    """Return the contractor's tally as typed, None if nothing is; a partly typed question does not count as stated."""
    if counted is None or counted.survey_view.survey is None or not counted.survey_view.survey.contractor_counts:
        return None
    survey = counted.survey_view.survey
    compared = comparison_of_view(counted)
    theirs = {(row.code, row.text): row.contractor_count for row in compared.rows}
    values = {}
    sheets = [row.contractor_count for row in compared.rows if not row.code and row.contractor_count is not None]
    if sheets:
        values[RETURNED] = str(sum(sheets))
        values[RATE] = return_rate(sum(sheets), counted.survey_view.attendance)
    for one in counted.tally.questions:
        name = _ROLES.get(one.question.role)
        positive = [theirs.get((one.question.code, text)) for text in one.question.positive]
        known = [count for count in positive if count is not None]
        if name and positive and len(known) == len(positive):
            values[name] = str(sum(known))
    labels = {row.code: row.label for row in compared.rows if row.label}
    for chart in counted.charts:
        code = next((code for code, label in labels.items() if label == chart.code), "")
        counts = [theirs.get((code, row.text)) for row in chart.rows_as_asked]
        if code and all(count is not None for count in counts):
            values[chart.code] = "・".join(map(str, counts))
    return NumberSource(
        TALLY_SOURCE,
        TALLY_SOURCE,
        survey.counted_on,
        "受領",
        values,
        settled=_settled_reasons(compared),
    )


def _settled_reasons(compared: TallyComparison) -> dict[str, str]:
    """Return differences accepted with a reason in the tally's comparison, by the numbers that they are about.

    As there, a reason holds only while the numbers are those of then. It is about what follows from them, too: the
    回収率, and 満足計 or 活用の意向 of that question.
    """
    roles = {one.code: _ROLES.get(one.role, "") for one in compared.survey.questions}
    found = group_by_key((row.code, row) for row in compared.rows)
    kept = {code: settlement_in_effect(compared.survey, code, own) for code, own in found.items()}
    return {
        name: one.reason
        for code, one in kept.items()
        if one is not None and not one.way.is_correction and one.reason
        for name in ((found[code][0].label, roles.get(code, "")) if code else (RETURNED, RATE))
        if name
    }


def _received_source(store: Store, report: Report | None, ours: Mapping[str, str]) -> NumberSource | None:
    """Return the numbers of the newest received report; an untyped number counts as unknown.

    Args:
        ours: today's numbers; an accepted difference is settled only while the own number is unchanged.
    """
    if report is None:
        return None
    figures = [one for one in figures_of_report(store.database, report) if number_of(one)]
    read = [one for one in figures if one.theirs.strip()]
    return NumberSource(
        REPORT_SOURCE,
        f"{REPORT_SOURCE} 第{report.version}版",
        report.received_on,
        "受領",
        {number_of(one): comparable(one.theirs) or one.theirs.strip() for one in read},
        pages={number_of(one): one.page for one in read},
        settled={
            number_of(one): one.reason
            for one in read
            if differs(one)
            and one.handling == "差のまま"
            and one.reason.strip()
            and comparable(one.ours) == comparable(ours.get(number_of(one), ""))
        },
    )


def number_of(figure: ReportFigure) -> str:
    """Return the name of the number that a figure of a received report is, "" if none (e.g. a handout's version)."""
    head, _, rest = figure.item.partition("　")
    return rest if head == SINGLE_ITEM else _FIGURES.get(figure.item, "")


def _without_accepted(
    inconsistencies: Sequence[Inconsistency], acceptances: Sequence[AcceptedDifference]
) -> tuple[Inconsistency, ...]:
    """Return the contradicting sums without those accepted with a reason and unchanged."""
    left = {(one.number, one.theirs) for one in acceptances}
    return tuple(one for one in inconsistencies if (one.key, _values(one)) not in left)


def _values(inconsistency: Inconsistency) -> str:
    """Return the values of an inconsistency joined by blanks, as an acceptance keeps them."""
    return " ".join(value for _, value in inconsistency.sources)


def _group_remarks(store: Store, event: Event, facts: EventFacts, report: Report | None) -> tuple[str, ...]:
    """Return sentences on what does not add up in a report's numbers of the groups; () if the event has none."""
    if report is None or not facts.form.in_groups:
        return ()
    found = group_numbers(with_discussion(store, event, report).tables.get("班", ()))
    return sum_remarks(found, attended=facts.people.attended, expected=facts.groups)


@record
class CountedPerson:
    """One person behind a number; ``reason`` is 当日欠席, 当日受付, 欠席連絡, 代理 … or "".

    ``noted_at`` is the time of check-in (「9:58」), "" without one.
    """

    name: str
    organisation: str
    reason: str = ""
    noted_at: str = ""


@record
class NumberBreakdown:
    """The breakdown of one number (calculation, likely cause of a difference, and people).

    ``differing`` are the people between this number and the one before it (決定 → 参加予定 → 出席), ``everybody``
    all who are counted; ``document_words`` the responses on paper and online where the number counts those.
    """

    arithmetic: str
    cause: str
    differing: tuple[CountedPerson, ...]
    everybody: tuple[CountedPerson, ...]
    document_words: tuple[str, ...] = ()


def read_breakdown(store: Store, *, event_id: int, number: str, value: str = "") -> NumberBreakdown:
    """Return the breakdown of ``number``; ``value`` is what another place states ("" = no cause is sought).

    Raises:
        UserError: the event no longer exists.
    """
    view = read_event_numbers(store, event_id=event_id)
    found = read_roster(store, event_id=event_id)
    entries = [row.entry for row in found.rows]
    counts = count_participation(entries)
    substitutes = sum(entry.substitute_for is not None for entry in decided_entries(entries))
    counted = {id(entry) for entry in _counted_entries(number, entries)}
    return NumberBreakdown(
        arithmetic=arithmetic_words(
            number,
            view.facts,
            announced_absent=counts.absence_notified,
            substitutes=substitutes,
            unmarked=counts.unmarked,
        ),
        cause=likely_cause(number, value, view.facts, view.ours, view.notified) if value else "",
        differing=tuple(_person(row, why) for row in found.rows if (why := _difference(number, row.entry))),
        everybody=tuple(_person(row, "") for row in found.rows if id(row.entry) in counted),
        document_words=_document_words(store, view) if number in (RETURNED, RATE) else (),
    )


_COUNTED: dict[str, Callable[[Entry], bool]] = {
    APPLIED: has_applied,
    EXPECTED: is_expected,
    GROUPS_EXPECTED: is_expected,
    COPIES: is_expected,
    LENT: lambda entry: is_expected(entry) and entry.device.is_lent,
}
"""Which entries a number of people counts, tested one by one."""
_OF_ALL: dict[str, Callable[[list[Entry]], list[Entry]]] = {
    DECIDED: decided_entries,
    ABSENT: absent_entries,
    ATTENDED: attended_entries,
    GROUPS_CAME: attended_entries,
    RATE: attended_entries,
}
"""Which entries a number counts where the rule needs the whole roster."""
_PLANNED = (
    EXPECTED,
    GROUPS_EXPECTED,
    COPIES,
    LENT,
)
_SEEN = (
    ATTENDED,
    ABSENT,
    GROUPS_CAME,
    RATE,
)


def _counted_entries(number: str, entries: list[Entry]) -> list[Entry]:
    whole = _OF_ALL.get(number)
    if whole is not None:
        return whole(entries)
    counts = _COUNTED.get(number)
    return [entry for entry in entries if counts(entry)] if counts else []


def _difference(number: str, entry: Entry) -> str:
    """Return why an entry counts in this number and not in the one before it, or vice versa (「当日欠席」); else ""."""
    told = entry.absent_told_at is not None and entry.state.is_coming
    found = ""
    if number == DECIDED and has_applied(entry) and not entry.state.is_coming:
        found = entry.state
    elif number in _PLANNED:
        found = "欠席連絡" if told else "代理" if entry.substitute_for is not None else ""
    elif number in _SEEN:
        missed = is_coming(entry) and entry.attendance.is_absent
        added = number != ABSENT and entry.walk_in and entry.attendance.is_present
        found = "当日受付" if added else "当日欠席" if missed else ""
        if told and number == ABSENT:
            found = "欠席連絡"
    return found


def _person(row: RosterRow, why: str) -> CountedPerson:
    """Return the person of an entry, with the reason ``why`` ("" = none) and the time of check-in."""
    at = row.attended_at
    return CountedPerson(
        name=row.name,
        organisation=row.organisation_name,
        reason=why,
        noted_at=clock_time(at) if at is not None else "",
    )


def _document_words(store: Store, view: EventNumbers) -> tuple[str, ...]:
    """Return phrases on how many responses are counted and left out (「紙 12件」, 「集計に入れない 1件」)."""
    sheets = read_survey(store, event_id=view.event.id).responses if view.facts.responses else ()
    left_out = sum(not sheet.counted for sheet in sheets)
    doubtful = sum(bool(sheet.problems) and not sheet.decision for sheet in sheets)
    found = view.facts.responses
    words = [f"紙 {found.paper}件", f"オンライン {found.online}件"] if found else []
    words += [f"集計に入れない {left_out}件"] if left_out else []
    return (*words, *([f"まだ決めていない {doubtful}件"] if doubtful else []))


def accept_difference(
    context: ActionContext, *, event_id: int, number: str, source_key: str, reason: str
) -> ActionResult:
    """Accept a difference with a reason, valid while both numbers are unchanged; replaces an earlier acceptance of it.

    Args:
        number: its name, or the key of a contradicting sum.
        source_key: the key of the place, "" for a sum.

    Raises:
        UserError: no reason, or the difference no longer exists.
    """
    why = reason.strip()
    if not why:
        raise UserError("食い違いを残す理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    view = read_event_numbers(context.store, event_id=event_id)
    ours, theirs = _find_open_difference(view, number, source_key)
    with context.change(f"数字の食い違い「{number}」を理由を付けて残した", "reports", event_id=event_id) as change:
        for row in rows(context.database, AcceptedDifference, event_id=event_id, number=number, place=source_key):
            change.delete(AcceptedDifference, row.id)
        row_id = change.insert(
            AcceptedDifference(
                event_id=event_id,
                number=number,
                place=source_key,
                ours=ours,
                theirs=theirs,
                reason=why,
                by=context.by,
                kept_on=context.today,
            )
        )
    return ActionResult(f"「{number}」の食い違いを、理由を付けて残しました。", row_id)


def _find_open_difference(view: EventNumbers, number: str, source_key: str) -> tuple[str, str]:
    """Return own and other value of an open difference; raises ``UserError`` where there is none."""
    cells = [(row.ours, cell) for row in view.rows if row.name == number for cell in row.contradictions]
    for ours, cell in cells:
        if cell.source.key == source_key:
            return ours, cell.value
    for one in view.inconsistencies:
        if one.key == number:
            return "", _values(one)
    raise UserError("この食い違いは、もうありません。", "画面を開き直してください。")


def reopen_difference(context: ActionContext, *, acceptance_id: int) -> ActionResult:
    """Withdraw the acceptance of a difference, which is then open again.

    Raises:
        UserError: it no longer exists.
    """
    row = get_or_raise(context.database, AcceptedDifference, acceptance_id)
    with context.change(f"数字の食い違い「{row.number}」を開いた", "reports", event_id=row.event_id) as change:
        change.delete(AcceptedDifference, acceptance_id)
    return ActionResult(f"「{row.number}」の食い違いを、もう一度決められるようにしました。", row.event_id)


def day_words(day: date | None) -> str:
    """Return 「11/13」, or ""."""
    return f"{day.month}/{day.day}" if day is not None else ""
