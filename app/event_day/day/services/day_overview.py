"""Reads the day of one event for its tab: the seven steps with their state, the documents, open findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.actions.action_id import ActionLink
from app.calendar.dates import clock_time, short_date
from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.services.document_kind import DocumentEvent
from app.documents.services.document_scope import DocumentScope
from app.event.rules.expected_attendance import expected_totals
from app.event.rules.participation import count_participation, is_on_check_in_list
from app.event.services.event_records import EventRecords, read_event_records
from app.event.services.event_results import FROM_ROSTER
from app.event.services.event_state import read_event_status
from app.event_day.checkouts.services import CheckoutRow, is_day_file, list_checkouts
from app.event_day.day.rules import ALL_STEPS, COLLECTING, DayFacts, Step, is_done
from app.event_day.day.services.day_document_content import DayOptions, read_options
from app.event_day.day.services.day_pack import PackRow, PackView, read_pack
from app.event_day.day.services.printed_documents import moment_words
from app.events.roster import documents as roster_documents
from app.events.tablets.rules import needs_follow_up
from db.query_cache import cached_queries
from db.record import record
from db.records.events import Event, EventResult
from db.records.roster import Entry, TabletLoan
from db.store import Store
from db.tables import roster as roster_table

_CANCELLED = "取消"
_TITLES: Mapping[Step, str] = {
    "紙": "紙をそろえる",
    "持出し": "持ち出す",
    "受付": "受付",
    "実施": "実施を確かめる",
    "回収": "アンケートを集める",
    "返却": "持ち帰って返す",
    "出席": "出席を決める",
}
_ACTS: Mapping[Step, tuple[str, str]] = {
    "紙": ("", "**印刷すると** 「紙をそろえる」が済みます。あとで人や時刻が変わると、変わった紙だけに印が付きます。"),
    "持出し": ("持ち出す", "名簿を持ち出したことを、持出し管理簿に記入します。"),
    "受付": ("受付を開く", "受付の画面を開きます。"),
    "実施": ("実施を記録する", "受付の記録から、出席と欠席の数を残します。"),
    "回収": ("アンケートを開く", "回答を入れる画面を開きます。"),
    "返却": ("返す", "まだ返していないものを開きます。"),
    "出席": ("出席を決める", "出欠を名前で決める画面を開きます。"),
}
_CHECK_BY_NAME = "名前を見て決めます。まとめて欠席にはしません"


@record
class StepLine:
    """One step as shown: its name for this kind of event, and its state in words."""

    step: Step
    title: str
    words: str
    is_done: bool


@record
class DayView:
    """Everything the tab 当日 of one event shows: its documents with their options, and its steps.

    Attributes:
        facts: input of the rule for the current step, which the window applies again as time passes.
        people_words: the people expected, for the heading.
        note: why no step is due, "" = one can be; ``note_link`` leads to the place to settle it.
        day_files_outstanding: rows of the 持出し管理簿 for a 当日持出しファイル that is not back.
        roster_copies: copies of the 受付名簿 that were issued last.
        checkouts_outstanding: number of rows of the 持出し管理簿 that are not back, those of files included;
            ``tablets_outstanding`` that of tablets.
        tablet_words, care_words: states of 貸与 and 配慮.
        has_survey: the event has a survey.
    """

    event: Event
    pack: PackView
    options: DayOptions
    facts: DayFacts
    lines: tuple[StepLine, ...]
    people_words: str
    note: str
    note_link: ActionLink | None
    day_files_outstanding: tuple[CheckoutRow, ...]
    roster_copies: int
    checkouts_outstanding: int
    tablets_outstanding: int
    tablet_words: str
    care_words: str
    has_survey: bool


@record
class _DayContext:
    """Record of the rows read for the overview of a day."""

    records: EventRecords
    pack: PackView
    event_status: DocumentEvent
    checkouts: Sequence[CheckoutRow]
    loans: Sequence[TabletLoan]
    check_in_entries: Sequence[Entry]
    today: date

    @property
    def outstanding_checkouts(self) -> list[CheckoutRow]:
        """Return what was taken out and is not back."""
        return [row for row in self.checkouts if row.is_open]

    @property
    def present_checkouts(self) -> list[CheckoutRow]:
        """Return what was taken out for the present day of the event."""
        return [row for row in self.checkouts if _is_for_present_day(row, self.records.event)]

    @property
    def lent_tablet_count(self) -> int:
        """Return how many tablets were handed over and are not settled yet: not back, or their 初期化 not confirmed."""
        return sum(map(needs_follow_up, self.loans))

    def tablets_left(self, words: str) -> tuple[str, str]:
        """Return the tablets that are not back in ``words``, and those back that wait for the 初期化; "" for none."""
        back = sum(needs_follow_up(loan) and loan.back_at is not None for loan in self.loans)
        waiting = fill_nonempty("返却済 {}台、初期化の確認がまだ", back)
        return fill_nonempty(words, self.lent_tablet_count - back), waiting


@cached_queries
def read_day(store: Store, *, event_id: int, now: datetime) -> DayView:
    """Return the day of one event; raises ``UserError`` when the event is gone."""
    file = read_event_records(store, event_id)
    today = now.date()
    pack = read_pack(store, event_id=event_id, now=now)
    ground = _DayContext(
        records=file,
        pack=pack,
        event_status=read_event_status(store, DocumentScope(event_id=event_id), today, file),
        checkouts=[row for row in list_checkouts(store, now=now, event_id=event_id).rows if row.state != _CANCELLED],
        loans=roster_table.loans(store.database, event_id),
        check_in_entries=[one for one in file.entries if is_on_check_in_list(one)],
        today=today,
    )
    facts = _facts(ground)
    note = _note(ground)
    return DayView(
        event=file.event,
        pack=pack,
        options=read_options(store, event_id=event_id),
        facts=facts,
        lines=tuple(
            _line(step, facts, ground)
            for step in ALL_STEPS
            if step != COLLECTING or ground.records.kind.has_survey or ground.records.event.form.at_organisation
        ),
        people_words=_people_words(file),
        note=note,
        note_link=ground.event_status.link if note else None,
        day_files_outstanding=tuple(row for row in ground.outstanding_checkouts if is_day_file(row.checkout)),
        roster_copies=_roster_copies(pack.rows),
        checkouts_outstanding=len(ground.outstanding_checkouts),
        tablets_outstanding=ground.lent_tablet_count,
        tablet_words=_tablet_words(ground),
        care_words=_care_words(file),
        has_survey=file.kind.has_survey,
    )


def step_act(step: Step | None) -> tuple[str, str]:
    """Return the text of a step's button (「持ち出す」; of 紙 "", as its documents have their own) and what it does."""
    return _ACTS[step] if step is not None else ("", "")


def finished_words(view: DayView) -> str:
    """Return that the day is over, and of what nothing is recorded; "" while no result is."""
    if not view.facts.has_result:
        return ""
    rest = "" if all(line.is_done for line in view.lines) else "　印のない段は、記録がありません。"
    return f"**当日の仕事は、すべて終わりました。**{rest}"


def _facts(context: _DayContext) -> DayFacts:
    """Return the facts on which the steps of the day depend."""
    event, result = context.records.event, context.records.result
    state = context.event_status.state
    outstanding = [row for row in context.pack.rows if row.is_ready and row.is_in_set]
    return DayFacts(
        day=event.event_date,
        start=event.start_time,
        end=event.end_time,
        phase=state.phase,
        is_printed=bool(outstanding) and all(row.newest_copy is not None for row in outstanding),
        changed_count=len(context.pack.outdated_rows),
        has_checkout=bool(context.present_checkouts),
        lent_count=sum(loan.out_at is not None for loan in context.loans),
        outstanding_count=len(context.outstanding_checkouts) + context.lent_tablet_count,
        people=len(context.check_in_entries),
        unmarked=count_participation(context.records.entries).unmarked,
        check_in_closed=result is not None and result.source == FROM_ROSTER,
        has_responses=bool(context.records.response_count),
    )


def _is_for_present_day(row: CheckoutRow, event: Event) -> bool:
    """Return whether a row of the 持出し管理簿 is for the present day of the event.

    That is the roster or the file for the venue, or anything on the day itself; what came back before the day was for
    another day.
    """
    one, day = row.checkout, event.event_date
    if not (roster_documents.ROSTER_KIND in one.contents or is_day_file(one) or one.taken_at.date() == day):
        return False
    return row.is_open or (one.returned_at is not None and day is not None and one.returned_at.date() >= day)


def _roster_copies(rows: Sequence[PackRow]) -> int:
    return next(
        (
            row.newest_copy.copies
            for row in rows
            if row.kind == roster_documents.ROSTER_KIND and row.newest_copy is not None
        ),
        0,
    )


def _people_words(records: EventRecords) -> str:
    """Return 「参加予定 **14人**・8団体　貸与 3台 持参 9台」 of those expected, with ** for bold; "" for nobody."""
    totals = expected_totals(records.expected)
    if not totals.people:
        return ""
    devices = [
        f"{name} {count}台" for name, count in (("貸与", totals.lent_devices), ("持参", totals.own_devices)) if count
    ]
    groups = fill_nonempty("・{}団体", totals.organisations)
    return join_nonempty(f"{records.people_word} **{totals.people}人**{groups}", "・".join(devices))


def _tablet_words(context: _DayContext) -> str:
    """Return 「希望 3人　割当 3台　未返却 1台　返却済 2台、初期化の確認がまだ」, or 「貸与はありません」."""
    wanted = sum(one.device.is_lent for one in context.check_in_entries)
    ready = len(context.loans)
    words = join_nonempty(f"希望 {wanted}人　割当 {ready}台", *context.tablets_left("未返却 {}台"))
    return words if wanted or ready else "貸与はありません"


def _care_words(records: EventRecords) -> str:
    """Return 「手配 あと1人」, or 「配慮の記入はありません」."""
    count = records.care
    left = left_words(count.settled, count.people, "人", finished=f"{count.people}人 済")
    return f"手配 {left}" if left else "配慮の記入はありません"


def _note(context: _DayContext) -> str:
    """Return the note on an event that is off or has no day, with what is still out; "" for others."""
    state = context.event_status.state
    outside = (
        "持ち出したものの返却か、タブレットの初期化の記録がまだです。"
        if context.outstanding_checkouts or context.lent_tablet_count
        else ""
    )
    if state.phase.is_off:
        return f"この実施回は**{state.word}**です。当日の仕事はありません。{outside}"
    if state.phase.awaits_day:
        return f"**日程**がまだ決まっていません。{outside}"
    return ""


def _line(step: Step, facts: DayFacts, context: _DayContext) -> StepLine:
    """Return the line of one step: title, state in words, and whether done."""
    words = {
        "紙": _documents_words, "持出し": _checkout_words, "受付": _check_in_words, "実施": _record,
        "回収": _answers, "返却": _return_words, "出席": _attendance_words,
    }  # fmt: skip
    title = "支援の記録を残す" if step == COLLECTING and not context.records.kind.has_survey else _TITLES[step]
    return StepLine(step=step, title=title, words=words[step](facts, context), is_done=is_done(step, facts))


def _documents_words(facts: DayFacts, context: _DayContext) -> str:
    """Return how many documents changed since, which are missing, or 「当日の紙 6種　9:40 印刷」 (the last print)."""
    outstanding = [row for row in context.pack.rows if row.is_ready and row.is_in_set]
    if facts.changed_count:
        return f"{facts.changed_count}種が、印刷のあとに変わりました"
    left = [row.newest_copy for row in context.pack.rows if row.newest_copy is not None]
    if not left and facts.has_result:
        return "印刷した記録はありません"
    if not facts.is_printed or not left:
        missing = [row.kind for row in outstanding if row.newest_copy is None]
        return (
            f"まだの紙　{'・'.join(missing)}"
            if left
            else f"当日の紙 {sum(row.is_ticked for row in context.pack.rows)}種に印　まだ印刷していません"
        )
    last = max(left, key=lambda one: one.printed_at)
    return f"当日の紙 {len(left)}種　{moment_words(last.printed_at, context.today)} {last.output_word}"


def _checkout_words(facts: DayFacts, context: _DayContext) -> str:
    """Return 「9:10 見本 太郎　受付名簿 2部・持出しファイル」, or while nothing was taken out, to record it first.

    Of an event that was held it says then that nothing was recorded.
    """
    mine = context.present_checkouts
    if not mine:
        if facts.has_result:
            return "持ち出した記録はありません"
        lent = len(context.loans)
        return "持ち出す前に、持出し管理簿に記録します" + fill_nonempty("　貸与 {}台 割当済", lent)
    first = min((row.checkout for row in mine), key=lambda one: one.taken_at)
    things = "・".join(map(_checkout_item, mine))
    return f"{moment_words(first.taken_at, context.today)} {first.taken_by}　{things}"


def _checkout_item(row: CheckoutRow) -> str:
    """Return 「受付名簿 2部」「持出しファイル」."""
    one = row.checkout
    return "持出しファイル" if is_day_file(one) else f"{one.contents} {one.copies}部"


def _check_in_words(facts: DayFacts, context: _DayContext) -> str:
    """Return 「13:00 から　受付済 3人・あと 11人」, and whether a file is outside; 「受付を閉じました　…」 once closed.

    While nobody came, only from when on.
    """
    if not facts.people:
        return "名簿に載る参加者は、まだいません"
    came = sum(one.attendance.is_present for one in context.check_in_entries)
    absent = sum(one.attendance.is_absent for one in context.check_in_entries)
    left = left_words(came + absent, facts.people, "人", finished="" if absent else "全員")
    how_many = join_nonempty(f"受付済 {came}人", f"欠席 {absent}人" if absent else "", left, separator="・")
    if facts.check_in_closed:
        return f"受付を閉じました　{how_many}"
    day = f"{short_date(facts.day, context.today)} " if facts.day is not None and facts.day != context.today else ""
    opens = f"{day}{clock_time(facts.check_in_opens_at)} から" if facts.check_in_opens_at is not None else ""
    outside = (
        "持出しファイルが外にあります"
        if any(is_day_file(row.checkout) for row in context.outstanding_checkouts)
        else ""
    )
    return join_nonempty(opens, how_many if came or not opens else "", outside)


def _record(_facts: DayFacts, context: _DayContext) -> str:
    """Return the recorded numbers once the event was held, before 「13:30–15:30　実施確認票に区の立会者が書きます」."""
    event, result = context.records.event, context.records.result
    if event.status.is_held:
        return _recorded_words(result)
    hours = event.hours if event.start_time else ""
    return join_nonempty(hours, "実施確認票に区の立会者が書きます")


def _recorded_words(result: EventResult | None) -> str:
    """Return 「出席 12人・欠席 2人　区が代わりに入力した数　区の立会い 見本」 as far as so, or that none is known."""
    if result is None or result.attended is None:
        return "実施済。人数はまだ記録されていません"
    counts = f"出席 {result.attended}人" + (f"・欠席 {result.absent}人" if result.absent is not None else "")
    by_hand = "区が代わりに入力した数" if result.source != FROM_ROSTER else ""
    witness = fill_nonempty("区の立会い {}", result.witness)
    return join_nonempty(counts, by_hand, witness)


def _answers(facts: DayFacts, context: _DayContext) -> str:
    """Return 「回収 12件」, before that what to do with the sheets; without a survey where to write down the talks."""
    if not context.records.kind.has_survey:
        return "聞き取りと相談の内容は、支援のあゆみに書きます"
    if facts.has_responses:
        survey = context.records.survey
        own = f"　区が代わりに入力した数（{survey.purpose}）" if survey is not None and survey.purpose else ""
        return f"回収 {context.records.response_count}件{own}"
    return "箱で回収し、枚数だけ数えて受託者へ渡します"


def _return_words(facts: DayFacts, context: _DayContext) -> str:
    """Return what is not back (「受付名簿 2部・タブレット 1台　…」), else what came back, or that nothing left.

    Tablets that are back wait for their 初期化 (「タブレット 返却済 4台、初期化の確認がまだ」).
    """
    tablets, waiting = context.tablets_left("タブレット {}台")
    things = join_nonempty(*map(_checkout_item, context.outstanding_checkouts), tablets, separator="・")
    left = join_nonempty(
        fill_nonempty("{}　返却を記録するまで残ります", things), fill_nonempty("タブレット {}", waiting)
    )
    lent = fill_nonempty("タブレット {}台", facts.lent_count)
    back = join_nonempty(*map(_checkout_item, context.present_checkouts), lent, separator="・")
    return left or fill_nonempty("すべて返却済　{}", back) or "持ち出した記録はありません"


def _attendance_words(facts: DayFacts, context: _DayContext) -> str:
    """Return 「未確認 3人　…」 while somebody is unmarked, else 「出席 12人・欠席 2人」; or that nobody is listed."""
    if not facts.people:
        return "名簿に載る参加者は、まだいません"
    if facts.unmarked:
        return f"未確認 {facts.unmarked}人　{_CHECK_BY_NAME}"
    counts = count_participation(context.records.entries)
    return f"出席 {counts.attended}人・欠席 {counts.absent}人"
