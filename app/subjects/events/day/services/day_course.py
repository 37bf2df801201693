"""The day of one event as its tab shows it: the seven steps with their words, the papers, what stands in the way.

- ``read_day(store, event_id, now) -> DayView``
- ``verb_of(step, facts) -> str`` the words of the filled button by which a step is done
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from app.acts.action_id import Asked
from app.calendar.dates import short_date
from app.common.together import together
from app.papers.rules.states import OFF
from app.papers.services.event_standing import EventStanding
from app.papers.services.paper_scope import PaperScope
from app.subjects.events.arrangements.rules.tablet_states import is_open
from app.subjects.events.day.rules.steps import STEPS, DayFacts, Step, is_done
from app.subjects.events.day.services.day_building import DayOptions, read_options
from app.subjects.events.day.services.day_pack import PackRow, PackView, read_pack
from app.subjects.events.day.services.printed_papers import moment_words
from app.subjects.events.event.rules.attendance import headcount_totals
from app.subjects.events.event.rules.held import has_result
from app.subjects.events.event.rules.taking_part import was_expected
from app.subjects.events.event.services.event_file import EventFile, read_file
from app.subjects.events.event.services.event_state import read_standing
from app.subjects.events.roster.papers import roster_sheet
from app.subjects.events.roster.services.attendance_result import FROM_ROSTER
from app.subjects.settings.takeouts.services.takeouts import TakeoutRow, is_day_file, list_takeouts
from db.frozen_record import frozen_record
from db.one_reading import one_reading
from db.records.events import Event, EventResult
from db.records.roster import Entry, TabletLoan
from db.store import Store
from db.tables import roster as roster_table

_CANCELLED: Final = "取消"
_TITLES: Final[Mapping[Step, str]] = {
    "紙": "紙をそろえる",
    "持出し": "持ち出す",
    "受付": "受付",
    "実施": "実施を確かめる",
    "回収": "アンケートを集める",
    "返却": "持ち帰って返す",
    "出席": "出席を決める",
}
_VERBS: Final[Mapping[Step, str]] = {
    "紙": "一式を印刷する",
    "持出し": "持ち出す",
    "受付": "受付を開く",
    "実施": "実施を記録する",
    "回収": "アンケートを開く",
    "返却": "返す",
    "出席": "出席を決める",
}
_LOOK: Final = "名前を見て決めます。まとめて欠席にはしません"


@frozen_record
class StepLine:
    """One step as it is shown: what it is called for this kind of event, how it stands in words."""

    step: Step
    title: str
    words: str
    done: bool


@frozen_record
class DayView:
    """The event, the papers of its day with what was chosen for them, and its steps.

    Attributes:
        facts: what the rule of the step in force asks (the window asks it again as the clock goes on).
        people_words: who is expected, for the heading. note: why no step is due by the rule, "" = one can be;
            ``note_asked`` where that is settled. files_out: who has a 当日持出しファイル, in words.
        roster_copies: copies of the 受付名簿 that left last. takeouts_out: rows of the 持出し管理簿 that are not back,
            ``tablets_out`` tablets. tablet_words, care_words: how 貸与 and 配慮 stand.
    """

    event: Event
    pack: PackView
    options: DayOptions
    facts: DayFacts
    lines: tuple[StepLine, ...]
    people_words: str
    note: str
    note_asked: Asked | None
    files_out: tuple[TakeoutRow, ...]
    roster_copies: int
    takeouts_out: int
    tablets_out: int
    tablet_words: str
    care_words: str


@frozen_record
class _Ground:
    """What was read."""

    file: EventFile
    pack: PackView
    standing: EventStanding
    takeouts: Sequence[TakeoutRow]
    loans: Sequence[TabletLoan]
    on_list: Sequence[Entry]
    today: date

    @property
    def out(self) -> list[TakeoutRow]:
        return [row for row in self.takeouts if row.open]

    @property
    def lent(self) -> int:
        return sum(is_open(one) for one in self.loans)


@one_reading
def read_day(store: Store, *, event_id: int, now: datetime) -> DayView:
    """Return the day of one event; raises ``Refusal`` when the event is gone."""
    file = read_file(store, event_id)
    today = now.date()
    pack = read_pack(store, event_id=event_id, now=now)
    ground = _Ground(
        file=file,
        pack=pack,
        standing=read_standing(store, PaperScope(event_id=event_id), today, file),
        takeouts=[row for row in list_takeouts(store, now=now, event_id=event_id).rows if row.state != _CANCELLED],
        loans=roster_table.loans(store.database, event_id),
        on_list=[one for one in file.entries if was_expected(one)],
        today=today,
    )
    facts = _facts(ground)
    note = _note(ground)
    return DayView(
        event=file.event,
        pack=pack,
        options=read_options(store, event_id=event_id),
        facts=facts,
        lines=tuple(_line(step, facts, ground) for step in STEPS),
        people_words=_people_words(file),
        note=note,
        note_asked=ground.standing.way if note else None,
        files_out=tuple(row for row in ground.out if is_day_file(row.takeout)),
        roster_copies=_roster_copies(pack.rows),
        takeouts_out=len(ground.out),
        tablets_out=ground.lent,
        tablet_words=_tablet_words(ground),
        care_words=_care_words(file),
    )


def verb_of(step: Step, facts: DayFacts) -> str:
    """Return the words of the button by which a step is done now."""
    if step == "紙" and facts.printed and facts.changed:
        return f"変わった{facts.changed}種を印刷する"
    return _VERBS[step]


def _facts(ground: _Ground) -> DayFacts:
    event, result = ground.file.event, ground.file.result
    state = ground.standing.state
    outstanding = [row for row in ground.pack.rows if row.ready and row.belongs]
    marked = [one for one in ground.on_list if one.attendance]
    return DayFacts(
        day=event.event_date,
        start=event.start_time,
        end=event.end_time,
        word=state.word,
        open_item=state.open_item,
        recorded=has_result(event),
        printed=bool(outstanding) and all(row.printed is not None for row in outstanding),
        changed=len(ground.pack.changed),
        taken=any(_for_this_day(row, event) for row in ground.takeouts),
        outside=len(ground.out) + ground.lent,
        people=len(ground.on_list),
        unmarked=len(ground.on_list) - len(marked),
        closed=result is not None and result.source == FROM_ROSTER,
        collected=bool(ground.file.sheets),
    )


def _for_this_day(row: TakeoutRow, event: Event) -> bool:
    """Whether something was taken out for the day that stands now: the roster or the file for the venue, or anything on
    the day itself; what came back before the day was for another one."""
    one, day = row.takeout, event.event_date
    if not (roster_sheet.KIND in one.contents or is_day_file(one) or one.taken_at.date() == day):
        return False
    return row.open or (one.returned_at is not None and day is not None and one.returned_at.date() >= day)


def _roster_copies(rows: Sequence[PackRow]) -> int:
    return next((row.printed.copies for row in rows if row.kind == roster_sheet.KIND and row.printed is not None), 0)


def _people_words(file: EventFile) -> str:
    totals = headcount_totals(file.expected)
    if not totals.people:
        return ""
    devices = [
        f"{name} {count}台" for name, count in (("貸与", totals.lent_devices), ("持参", totals.own_devices)) if count
    ]
    groups = f"・{totals.organisations}団体" if totals.organisations else ""
    return "　".join((f"{file.people_word} **{totals.people}人**{groups}", " ".join(devices))).strip("　")


def _tablet_words(ground: _Ground) -> str:
    wanted = sum(one.device == "貸与" for one in ground.on_list)
    ready = len(ground.loans)
    back = f"　未返却 {ground.lent}台" if ground.lent else ""
    return f"希望 {wanted}人　割当 {ready}台{back}" if wanted or ready else "貸与はありません"


def _care_words(file: EventFile) -> str:
    count = file.care
    return f"{count.settled} / {count.people}人 手配済" if count.people else "配慮の記入はありません"


def _note(ground: _Ground) -> str:
    state = ground.standing.state
    outside = "持ち出したものが残っています。返却を記録してください。" if ground.out or ground.lent else ""
    if state.word in OFF:
        return f"この実施回は**{state.word}**です。当日の仕事はありません。{outside}"
    if state.open_item == "日時":
        return f"**日時の変更**が決まりましたが、新しい日時がまだ入っていません。{outside}"
    if ground.file.event.event_date is None:
        return f"**日程**がまだ決まっていません。{outside}"
    return ""


def _line(step: Step, facts: DayFacts, ground: _Ground) -> StepLine:
    words = {
        "紙": _papers, "持出し": _taken, "受付": _door, "実施": _record,
        "回収": _answers, "返却": _back, "出席": _marks,
    }  # fmt: skip
    title = "支援の記録を残す" if step == "回収" and _visit(ground) else _TITLES[step]
    return StepLine(step=step, title=title, words=words[step](facts, ground), done=is_done(step, facts))


def _visit(ground: _Ground) -> bool:
    return ground.file.event.kind == "派遣"


def _papers(facts: DayFacts, ground: _Ground) -> str:
    outstanding = [row for row in ground.pack.rows if row.ready and row.belongs]
    if facts.changed:
        return f"{facts.changed}種が、印刷のあとに変わりました"
    left = [row.printed for row in outstanding if row.printed is not None]
    if not left and facts.recorded:
        return "印刷した記録はありません"
    if not facts.printed or not left:
        missing = [row.kind for row in outstanding if row.printed is None]
        return f"まだの紙　{'・'.join(missing)}" if left else f"当日一式 {len(outstanding)}種　まだ印刷していません"
    last = max(left, key=lambda one: one.at)
    return f"当日一式 {len(outstanding)}種　{moment_words(last.at, ground.today)} {last.how}"


def _taken(facts: DayFacts, ground: _Ground) -> str:
    mine = [row for row in ground.takeouts if _for_this_day(row, ground.file.event)]
    if not mine:
        if facts.recorded:
            return "持ち出した記録はありません"
        lent = len(ground.loans)
        return "持ち出す前に、持出し管理簿に記録します" + (f"　貸与 {lent}台 割当済" if lent else "")
    first = min((row.takeout for row in mine), key=lambda one: one.taken_at)
    things = "・".join(_thing(row) for row in mine)
    return f"{moment_words(first.taken_at, ground.today)} {first.taken_by}　{things}"


def _thing(row: TakeoutRow) -> str:
    """「受付名簿 2部」「持出しファイル」."""
    one = row.takeout
    return "持出しファイル" if is_day_file(one) else f"{one.contents} {one.copies}部"


def _door(facts: DayFacts, ground: _Ground) -> str:
    if not facts.people:
        return "名簿に載る参加者は、まだいません"
    came = sum(one.attendance == "出席" for one in ground.on_list)
    how_many = f"受付済 {came} / {facts.people}人"
    if facts.closed:
        return f"受付を閉じました　{how_many}"
    day = f"{short_date(facts.day, ground.today)} " if facts.day is not None and facts.day != ground.today else ""
    opens = f"{day}{facts.door:%H:%M} から" if facts.door is not None else ""
    outside = "持出しファイルが外にあります" if any(is_day_file(row.takeout) for row in ground.out) else ""
    return together(opens, how_many, outside)


def _record(_facts: DayFacts, ground: _Ground) -> str:
    event, result = ground.file.event, ground.file.result
    if has_result(event):
        return _recorded_words(result)
    hours = f"{event.start_time}–{event.end_time}" if event.start_time else ""
    return together(hours, "実施確認票に区の立会者が書きます")


def _recorded_words(result: EventResult | None) -> str:
    if result is None or result.attended is None:
        return "実施済。人数はまだ記録されていません"
    counts = f"出席 {result.attended}人" + (f"・欠席 {result.absent}人" if result.absent is not None else "")
    by_hand = "区が代わりに入力した数" if result.source != FROM_ROSTER else ""
    witness = f"区の立会い {result.witness}" if result.witness else ""
    return together(counts, by_hand, witness)


def _answers(facts: DayFacts, ground: _Ground) -> str:
    if _visit(ground):
        return "聞き取りと相談の内容は、支援のあゆみに書きます"
    if facts.collected:
        survey = ground.file.survey
        own = f"　区が代わりに入力した数（{survey.purpose}）" if survey is not None and survey.purpose else ""
        return f"回収 {ground.file.sheets}件{own}"
    return "箱で回収し、枚数だけ数えて受託者へ渡します"


def _back(facts: DayFacts, ground: _Ground) -> str:
    things = [_thing(row) for row in ground.out]
    if ground.lent:
        things.append(f"タブレット {ground.lent}台")
    if things:
        return f"{'・'.join(things)}　返却を記録するまで残ります"
    return "すべて返却済" if facts.taken else "持ち出した記録はありません"


def _marks(facts: DayFacts, ground: _Ground) -> str:
    if not facts.people:
        return "名簿に載る参加者は、まだいません"
    if facts.unmarked:
        return f"未確認 {facts.unmarked}人　{_LOOK}"
    came = sum(one.attendance == "出席" for one in ground.on_list)
    return f"出席 {came}人・欠席 {facts.people - came}人"
