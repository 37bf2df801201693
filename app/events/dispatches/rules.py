"""Rules of 派遣: its seven steps, links to 講習会, stages before and after, call after three months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from app.calendar.dates import short_date, short_date_or, table_date
from app.calendar.periods import months_after
from app.common.join_nonempty import join_nonempty
from app.event.rules.agenda import has_usual_content
from app.event.rules.recruitment import CHOICE_STEP, DISPATCH_STEPS
from app.registers.register.rules import TOOLS as STAGE_TOOLS
from db.digits import one_width
from db.record import group_by_key, record
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport, FollowUpKind
from db.records.event_form import EventForm
from db.records.events import Event, RecruitmentStep
from db.records.organisations import StageMark
from db.records.programme import EventKind, Recruitment, VisitStep
from db.records.roster import Entry
from db.records.submissions.reports import Report
from db.redactions import display_text, text_beside_name

TOOLS = ("LINE公式アカウント", "LINEオープンチャット", "Instagram", "ホームページ", "キャッシュレス決済")
"""Tools offered on the 希望票."""
ADD_VISIT = "派遣の実施回を追加する"
"""The next task of a selected request without an event."""
HEAR = "ヒアリングを記録する"
"""The next task of a visit ahead whose 事前ヒアリング is open."""
CURRENT_USE = ("まだ使っていない", "使ってみたが止まっている", "使っている")
PARTICIPATION_ANSWERS = ("参加した", "申し込んでいる", "参加していない")
CONSENTS = ("同意あり", "同意なし")
STAGES, PLAN, FOLLOW_UPS = "到達状況", "支援計画", "フォローアップ"
"""Keys of the tables in the report of a 派遣."""
PLAN_WORDS = "支援方針"
PLAN_COLUMNS = ("時期", "内容", "担当", "目標", "区の役割")
CELL_SEPARATOR = "／"
SOURCE_VERSION_KEY = "書き写した版"
"""Key beside those tables: (table, version of the received report it was typed from)."""
_PLAIN_VERB_ENDINGS = ("た", "だ", "る", "ない")
_MONTH = re.compile(r"(?:R|令和)\s*(\d{1,9})\s*[.年]\s*(\d{1,9})")


@record
class LectureLink:
    """A 講習会 of the year to which people of the 団体 came, or for which they are entered."""

    event: Event
    attended_count: int
    entered_count: int

    @property
    def words(self) -> str:
        """Return 「第1回 LINE講習会 3人が参加」, or 「… 3人が申込み」 if nobody attended."""
        told = f"{self.attended_count}人が参加" if self.attended_count else f"{self.entered_count}人が申込み"
        return f"{self.event.full_title}　{told}"


def lecture_links(lectures: Iterable[Event], entries: Iterable[Entry]) -> tuple[LectureLink, ...]:
    """Return the 講習会 of the 団体 of ``entries`` by day, those with attendants first.

    Entries that are 落選 or 辞退 do not count, nor do cancelled events.
    """
    of_event = group_by_key((entry.event_id, entry) for entry in entries if not entry.state.is_out)
    found = [
        LectureLink(
            event=one,
            attended_count=sum(entry.attendance.is_present for entry in of_event[one.id]),
            entered_count=len(of_event[one.id]),
        )
        for one in lectures
        if one.form is EventForm.LECTURE and one.status.counts and one.id in of_event
    ]
    return tuple(
        sorted(found, key=lambda link: (not link.attended_count, link.event.event_date or date.max, link.event.id))
    )


def unlinked_warning(request: DispatchRequest, links: Sequence[LectureLink], kind: EventKind, lectures: str) -> str:
    """Return the warning for a 団体 of which nobody attended a 講習会 (「主に」: it may be selected all the same).

    "" if somebody attended, or the request names a 講習会 (``lecture_id``).

    Args:
        kind: of the visits.
        lectures: the names of the lectures whose 団体 they are for, "" = there are none.
    """
    if not lectures or any(link.attended_count for link in links) or request.lecture_id is not None:
        return ""
    return (
        f"この団体の{lectures}への参加は、まだ名簿にありません。"
        f"{kind.name}は、主に{lectures}の参加者が所属する団体が対象です（{kind.clause_target}）。"
    )


def call_due(
    event: Event, kind: EventKind, *, made: int, put_off: date | None = None, is_followed: bool = False
) -> date | None:
    """Return when the next call after an event is due: the day it was put off to, else so many months after the event.

    It is a 目安日, as no clause asks for it. None if all were made, the event has no day or was cancelled, or its 団体
    is called after a later one.

    Args:
        made: how many calls came through.
        is_followed: the 団体 has a later visit of the kind.
    """
    if event.event_date is None or not event.status.counts or made >= len(kind.follow_up_months):
        return None
    if is_followed and kind.follow_up_by.by_organisation:
        return None
    return put_off or months_after(event.event_date, kind.follow_up_months[made])


def stages_before(
    marks: Iterable[StageMark], known: Mapping[str, str], *, event: Event
) -> dict[str, tuple[str, date | None]]:
    """Return each tool's stage as it was before a 派遣, with the day it was recorded (None = before histories).

    Stages from the report of this event do not count.

    Args:
        marks: all of the 団体.
        known: its stages without history.
    """
    last = event.event_date or date.max
    every = sorted(marks, key=lambda one: (one.marked_on, one.id))
    marked = {mark.tool for mark in every}
    found: dict[str, tuple[str, date | None]] = {
        tool: (stage, None) for tool, stage in known.items() if tool not in marked
    }
    for mark in every:
        written_back = mark.event_id == event.id and mark.marked_on >= (event.event_date or date.min)
        if mark.marked_on <= last and not written_back:
            found[mark.tool] = (mark.stage, mark.marked_on)
    return found


def newest_confirmed(reports: Iterable[Report]) -> Report | None:
    """Return the report that counts: the one 確認済 last, of one day a received file before one made here, or None."""
    done = [one for one in reports if one.status.is_checked]
    return max(done, key=lambda one: (one.checked_on or date.min, one.way.is_received, one.version), default=None)


def newest_received(reports: Iterable[Report]) -> Report | None:
    """Return the newest version that was received as a file, or None."""
    return max((one for one in reports if one.way.is_received), key=lambda one: one.version, default=None)


def report_rows(report: Report | None, support: DispatchSupport | None, key: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table in a report: its own if made here, else those the ward typed from it."""
    if report is not None and not report.way.is_received:
        return report.tables.get(key, ())
    return support.tables.get(key, ()) if support is not None else ()


def parse_plan_rows(typed: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a plan typed one row a line, with cells separated by 「／」; text as typed.

    A line without 「／」 is split at 「/」; otherwise that is part of the text (「LINE/Instagram」).
    """
    lines = [one for one in typed.splitlines() if one.strip()]
    return tuple(
        tuple(cell.strip() for cell in one.split(CELL_SEPARATOR if CELL_SEPARATOR in one else "/")) for one in lines
    )


def source_version(support: DispatchSupport | None, key: str) -> int:
    """Return the version of the received report from which a table was typed; 0 = not typed or not recorded."""
    found = (
        support.tables.get(SOURCE_VERSION_KEY, ())
        if support is not None and any(map(any, support.tables.get(key, ())))
        else ()
    )
    return next((int(version) for name, version in found if name == key), 0)


def with_table(
    tables: Mapping[str, tuple[tuple[str, ...], ...]], key: str, new_rows: tuple[tuple[str, ...], ...], *, version: int
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the tables with that of ``key`` replaced by ``new_rows``, noting the ``version`` they were typed from."""
    noted = [one for one in tables.get(SOURCE_VERSION_KEY, ()) if one[0] != key]
    return {**tables, key: new_rows, SOURCE_VERSION_KEY: (*noted, (key, f"{version}"))}


def outdated_tables_text(support: DispatchSupport | None, newest: Report | None) -> str:
    """Return the warning that names the tables typed from an earlier version of the report than ``newest``, or "".

    "" also where the newest report (``newest``) is None or was made here.
    """
    if newest is None or not newest.way.is_received:
        return ""
    old = {key: version for key in (STAGES, PLAN) if 0 < (version := source_version(support, key)) < newest.version}
    if not old:
        return ""
    named = "、".join(
        f"第{version}版から書き写した{PLAN_WORDS if key == PLAN else key}" for key, version in old.items()
    )
    return (
        f"{named}が、そのまま残っています。第{newest.version}版と同じか確かめ、「支援のあゆみ」で保存し直してください。"
    )


def stage_source(event: Event, report: Report) -> str:
    """Return the source of a stage: 「第1回 派遣 若葉野町会 実施報告書 第1版」."""
    return f"{event.full_title}{version_words(report)}"


def version_words(report: Report) -> str:
    """Return 「 実施報告書 第1版」, the end of the source of a stage from a report."""
    return f"　実施報告書 第{report.version}版"


def follow_up_report_rows(follow_ups: Iterable[DispatchFollowUp]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of chapter 6 of the report: 受付日, 方法, 内容, 対応, 対応日 or the next day, 状態.

    In the order of 受付日; a call after three months is left out until it is done.
    """
    rows = []
    for one in sorted(follow_ups, key=lambda each: (each.asked_on, each.id)):
        done = one.state.is_done
        if one.kind.is_later_call and not done:
            continue
        day = one.answered_on or one.asked_on if done else one.next_on
        words = (table_date(day) if done else f"次回 {table_date(day)}") if day is not None else ""
        said = join_nonempty(one.answer, one.counted)
        rows.append((table_date(one.asked_on), one.way, one.question, said, words, "完了" if done else "対応中"))
    return tuple(rows)


def may_share_contact(request: DispatchRequest | None) -> bool:
    """Return whether the contractor may learn name and telephone: the request is selected, signed and agrees to it."""
    return request is not None and not contact_withheld_reason(request)


def contact_withheld_reason(request: DispatchRequest) -> str:
    """Return why the contractor may not learn name and telephone, ending before 「ため」; "" if it may."""
    if not request.outcome.is_chosen:
        return "派遣が決まっていない"
    if not request.signed:
        return "希望票に署名がない"
    if request.consent.is_given:
        return ""
    return "受託者へ知らせる同意がない" if request.consent.is_refused else "受託者へ知らせる同意の記録がない"


def is_after_march(when: str, fiscal_year: int) -> bool:
    """Return whether a typed time (「R9.4」「令和9年5月から」) lies after the fiscal year; no month = False."""
    found = _MONTH.search(one_width(when))
    return found is not None and (2018 + int(found[1]), int(found[2])) >= (fiscal_year + 1, 4)


def polite_reason(reason: str) -> str:
    """Return a reason as typed (「…を優先した。」) in the words of a letter (「…を優先したためです。」).

    A reason with another ending than た, だ, る or ない stays as typed.
    """
    said = reason.strip().removesuffix("。")
    return f"{said}ためです。" if said.endswith(_PLAIN_VERB_ENDINGS) else reason


# requests typed on the telephone, and objections to selecting them

_TOOL_SYNONYMS = {
    "インスタ": "Instagram",
    "インスタグラム": "Instagram",
    "instagram": "Instagram",
    "公式アカウント": "LINE公式アカウント",
    "line公式アカウント": "LINE公式アカウント",
    "オープンチャット": "LINEオープンチャット",
    "lineオープンチャット": "LINEオープンチャット",
    "キャッシュレス": "キャッシュレス決済",
    "hp": "ホームページ",
}


_UNAMBIGUOUS_NAMES = frozenset({"公式アカウント", "オープンチャット", "hp"})
"""Names that may belong to another tool within a sentence (「Instagramの公式アカウント」)."""


def _named_words(typed: str) -> list[str]:
    """Return all words of a line, split at blanks and signs; one that names a tool by its usual name."""
    # A blank within the name of a tool parts no words: 「LINE オープンチャット」.
    joined = re.sub(r"(?<=line)\s+(?=公式|オープン)", "", one_width(typed), flags=re.IGNORECASE)
    words = [one.strip() for one in re.split("[、,，・/／\\s]+", joined) if one.strip()]
    return [_TOOL_SYNONYMS.get(one.casefold(), one) for one in words]


def offered_tools(kind: EventKind) -> tuple[str, ...]:
    """Return what a 団体 can ask for on the 希望票: the usual tools, or the content that the contract names."""
    return TOOLS if has_usual_content(kind) else kind.content


def tools_in_text(typed: str) -> tuple[str, ...]:
    """Return the tools of the 希望票 named in a line (「ホームページ、インスタ」), in the order of the form.

    Other words of the line are ignored here and stay in the text.
    """
    named = _named_words(typed)
    return tuple(tool for tool in TOOLS if tool in named)


def tools_requested(request: DispatchRequest) -> tuple[str, ...]:
    """Return the tools a request asks for: those ticked, then those its text names (「LINEの使い方」).

    A name that is part of a longer one, also of a ticked one, counts once: 「LINE公式アカウント」 names no second tool
    「LINE」.
    """
    words = one_width(request.wish).casefold()
    found = {}
    known = {one.casefold(): one for one in (*TOOLS, *STAGE_TOOLS)} | {
        key: tool for key, tool in _TOOL_SYNONYMS.items() if key not in _UNAMBIGUOUS_NAMES
    }
    for written in sorted(known, key=len, reverse=True):
        if (at := words.find(written)) >= 0:
            words = words.replace(written, "　" * len(written))
            found[at] = known[written]
    named = [found[at] for at in sorted(found) if not any(found[at] in ticked for ticked in request.tools)]
    return (*request.tools, *dict.fromkeys(named))


def text_beyond_tools(typed: str) -> str:
    """Return a line as typed, or empty if it only names tools, which are ticked anyway."""
    return typed.strip() if set(_named_words(typed)) - set(TOOLS) else ""


LATE, UNSIGNED = "締切のあとに届いた", "署名がまだない"
EXCEPTION_LABELS = {LATE: "締切後でも選ぶ理由", UNSIGNED: "署名前でも選ぶ理由", "": "それでも選ぶ理由"}
"""Labels of the reasons to select a request all the same, by what stands against it; "" = nothing does any more."""


def objections_to_selection(request: DispatchRequest, closes: date | None, today: date) -> dict[str, str]:
    """Return in words what stands against selecting a request and needs a reason: it came late, or nobody signed it.

    Args:
        closes: last day for requests of its year, None while the year has none.
        today: day relative to which dates are worded.
    """
    found = {}
    if closes is not None and request.received_on > closes:
        found[LATE] = f"締切 {short_date(closes, today)} のあとに届いた希望票です"
    if not request.signed:
        found[UNSIGNED] = "代表者の署名がまだない希望票です"
    return found


def split_exception_reason(text: str, objections: Iterable[str]) -> dict[str, str]:
    """Return the recorded reasons to select a request all the same, by what each one answers.

    A text of before, in which no line says what it answers, answers all ``objections``.
    """
    lines = (line.partition("：") for line in text.splitlines())
    named = {ground: words.strip() for ground, _, words in lines if ground in (LATE, UNSIGNED)}
    return named or dict.fromkeys(tuple(objections) or ("",), text.strip())


def join_exception_reasons(reasons: Mapping[str, str]) -> str:
    """Return reasons as they are recorded, one line each that begins with what it answers."""
    return "\n".join(f"{ground}：{words}" if ground else words for ground, words in reasons.items() if words.strip())


def unanswered_objections(request: DispatchRequest, closes: date | None, today: date) -> dict[str, str]:
    """Return what stands against selecting a request and has no reason."""
    found = objections_to_selection(request, closes, today)
    reasons = split_exception_reason(request.exception_reason, found)
    return {ground: words for ground, words in found.items() if not reasons.get(ground)}


def count_organisations(requests: Iterable[DispatchRequest]) -> int:
    """Return of how many 団体 the requests are; one that sent a second request counts once."""
    return len({one.organisation_id for one in requests})


def counts_at_selection(requests: Iterable[DispatchRequest], day: date | None) -> tuple[int, int | None]:
    """Return how many 団体 had applied and how many were selected by the ``day`` of a selection, None = now.

    The second is None where a request was withdrawn later: whether it was selected before is not recorded.
    """
    last = day or date.max
    there = [one for one in requests if one.received_on <= last]
    later = [one for one in there if (one.decided_on or last) > last]
    chosen = [one for one in there if one.outcome.is_chosen and one not in later]
    is_recorded = not any(one.outcome.is_withdrawn for one in later)
    return count_organisations(there), count_organisations(chosen) if is_recorded else None


def selected_despite_text(request: DispatchRequest, closes: date | None, today: date) -> str:
    """Return the warning about a selected request with an objection and no reason; "" = none.

    ``closes`` is the closing day of the requests, None = there is none.

    A request can come into this state when it is corrected after the decision.
    """
    against = unanswered_objections(request, closes, today) if request.outcome.is_chosen else {}
    if not against:
        return ""
    said = "。また、".join(against.values())
    return f"決定していますが、{said}。「選定を直す」で、{labels_of(against)}を書いてください。"


def labels_of(objections: Iterable[str]) -> str:
    """Return the labels of the reasons that objections ask for, as a sentence names them."""
    return "と".join(f"「{EXCEPTION_LABELS[one]}」" for one in objections)


# the seven steps of a 派遣

Step = Literal["希望票", "選定", "決裁", "日程", "訪問", "報告書", "3か月後"]
STEPS: tuple[Step, ...] = get_args(Step)
CallStep = Literal["仕様の確認", "募集要項", "周知", "募集", "締切"]
CALL_STEPS: tuple[CallStep, ...] = get_args(CallStep)
EndReason = Literal["", "不採択", "取下げ", "中止"]
_STEP_OFFSETS = dict(DISPATCH_STEPS)
_SELECTION_PERIOD = timedelta(days=_STEP_OFFSETS["希望票の締切"] - _STEP_OFFSETS[CHOICE_STEP])


@record
class StepContext:
    """What is recorded of the 派遣 of one 団体; None or False where nothing is.

    Attributes:
        is_postponed: postponed without a new day.
        selected_on: day on which the step 選定 of the event was ticked, by a decision or by hand.
        notified_on: day on which the 決定通知 was sent; ``is_approved`` its 決裁 is recorded.
        awaits_hearing: its 事前ヒアリング is still open.
        has_report, is_correction_requested, is_report_checked: state of its report.
        steps: the steps that the kind has, in their order.
        is_called: all later calls came through; ``called_after`` is when they are made (「6か月後」).
    """

    request: DispatchRequest | None = None
    event: Event | None = None
    is_postponed: bool = False
    selected_on: date | None = None
    notified_on: date | None = None
    is_approved: bool = False
    awaits_hearing: bool = False
    has_report: bool = False
    is_correction_requested: bool = False
    is_report_checked: bool = False
    is_called: bool = False
    called_after: str = STEPS[-1]
    steps: tuple[Step, ...] = STEPS


def called_after(kind: EventKind) -> str:
    """Return after how long a 団体 is called: 「6か月後」, 「1・6か月後」."""
    return f"{'・'.join(map(str, kind.follow_up_months))}か月後"


def steps_of_visits(kind: EventKind) -> tuple[Step, ...]:
    """Return the steps that a kind of visits has."""
    left_out: set[Step] = set() if kind.recruitment.is_called else {"希望票"}
    if VisitStep.SELECTION not in kind.steps:
        left_out |= {"選定", "決裁"}
    if not kind.follow_up_months:
        left_out.add("3か月後")
    return tuple(one for one in STEPS if one not in left_out)


@record
class DispatchSteps:
    """State of the steps of one 派遣.

    Attributes:
        steps: those that its kind has.
        current_step: "" = none; ``next_task`` is what to do there, ``responsible_side`` whose turn it is.
        end_reason: why it goes no further.
    """

    done_steps: frozenset[Step]
    current_step: Step | Literal[""] = ""
    next_task: str = ""
    responsible_side: Literal["区", "受託者"] = "区"
    end_reason: EndReason = ""
    steps: tuple[Step, ...] = STEPS
    called_after: str = STEPS[-1]

    @property
    def next_words(self) -> str:
        """Return ``next_task`` as it is shown."""
        return self.next_task.replace(STEPS[-1], self.called_after)

    def step_marks(self) -> tuple[tuple[str, str], ...]:
        """Return each of the steps as it is shown, with its mark: done, next or open."""
        return tuple(
            (
                one.replace(STEPS[-1], self.called_after),
                "done" if one in self.done_steps else "next" if one == self.current_step else "open",
            )
            for one in self.steps
        )


def dispatch_steps(step_context: StepContext, today: date) -> DispatchSteps:
    """Return the state of the steps of one 派遣, for the list, 支援のあゆみ and the tasks.

    A step is done by its record, in whatever order; the first open one is current, and none waits for another, but 決裁
    for its day. A declined, withdrawn or cancelled one has no current step, and keeps what was done.
    """
    wish, event = step_context.request, step_context.event
    known = {
        "希望票": wish is not None and wish.signed,
        "選定": step_context.selected_on is not None or (wish is not None and wish.outcome.is_chosen),
        "決裁": step_context.notified_on is not None,
        "日程": event is not None and event.event_date is not None and not step_context.is_postponed,
        "訪問": event is not None and event.status.is_held,
        "報告書": step_context.is_report_checked,
        "3か月後": step_context.is_called,
    }
    every = step_context.steps
    done = frozenset(step for step in every if known[step])
    ended: EndReason = ""
    if wish is not None and not wish.outcome.is_live:
        ended = "不採択" if wish.outcome.is_refused else "取下げ"
    elif event is not None and event.status.is_cancelled:
        ended = "中止"
    turn = next((step for step in every if step not in done), None)
    if ended or turn is None:
        return DispatchSteps(done_steps=done, end_reason=ended, steps=every, called_after=step_context.called_after)
    if turn == "決裁" and not known["日程"]:  # no letter without a day
        turn = "日程"
    waits = turn == "報告書" and (not step_context.has_report or step_context.is_correction_requested)
    return DispatchSteps(
        done_steps=done,
        current_step=turn,
        next_task=_next_task(turn, step_context, today),
        responsible_side="受託者" if waits else "区",
        steps=every,
        called_after=step_context.called_after,
    )


def _next_task(step: Step, step_context: StepContext, today: date) -> str:
    """Return in words what has to be done next for a step of a 派遣; after 選定 an event and its day come first."""
    event = step_context.event
    if step == "希望票":
        return "希望票を記録する" if step_context.request is None else "希望票に署名をもらう"
    if step == "選定":
        return "選定を記録する"
    if event is None:
        return ADD_VISIT
    if event.event_date is None or step_context.is_postponed:
        # A 決定通知 states the day.
        return "延期した日程を決める" if step_context.is_postponed else "日程を決める"
    found: dict[Step, str] = {
        "決裁": "決定通知を出す" if step_context.is_approved else "決定通知の決裁",
        "訪問": (HEAR if step_context.awaits_hearing else "訪問を待つ")
        if event.event_date > today
        else "本日の訪問"
        if event.event_date == today
        else "実施結果を記録する",
        "報告書": "修正版を待つ"
        if step_context.is_correction_requested
        else "報告書を確かめる"
        if step_context.has_report
        else "報告書を待つ",
    }
    return found.get(step, FollowUpKind.THREE_MONTHS)


def event_of_request(
    request: DispatchRequest, events: Sequence[Event], wishes: Sequence[DispatchRequest]
) -> Event | None:
    """Return the 派遣 of a request: the linked one, else a free one of its 団体.

    One that is not cancelled goes first.

    Args:
        events: the 派遣 of its year.
        wishes: the requests of its year, oldest first.
    """
    linked = {one.event_id for one in wishes if one.id != request.id and one.event_id is not None}
    own = [one for one in events if one.id == request.event_id]
    newest = [one.id for one in wishes if one.organisation_id == request.organisation_id][-1:]
    # Of two requests of a 団体 the newest gets an event without a request.
    free = [
        one
        for one in events
        if one.organisation_id == request.organisation_id and one.id not in linked and request.kind in ("", one.kind)
    ]
    found = [*own, *(one for one in free if one not in own and newest == [request.id])]
    return next((one for one in found if one.status.counts), found[0] if found else None)


def selection_target_date(request: DispatchRequest, closes: date | None) -> date:
    """Return the 目安日 for deciding on a request, counted from its receipt or the closing day as the steps of a
    派遣.
    """
    return max(request.received_on, closes or request.received_on) + _SELECTION_PERIOD


@record
class CallStepMark:
    """One step of the call for requests; ``words`` are its name with a day if there is one."""

    words: str
    state: Literal["done", "next", "open"]


def call_step_marks(
    *,
    is_checked: bool,
    is_published: bool,
    is_announced: bool,
    request_count: int,
    closes: date | None,
    today: date,
    recruitment: Recruitment = Recruitment.EACH,
) -> tuple[CallStepMark, ...]:
    """Return the steps of the call of a year by their records, in whatever order; the first open one is next.

    Args:
        is_checked: the numbers of the contract were compared.
        is_published: the 募集要項 was issued.
        is_announced: its 周知 is ticked on one of the 派遣.
        request_count: requests received: the call is not next any more, though nobody recorded it as done.
        closes: its last day.
        recruitment: of the kind; without a closing day it has no step of one, without a call none at all.
    """
    steps = CALL_STEPS if recruitment.closes else CALL_STEPS[:-1] if recruitment.is_called else CALL_STEPS[:1]
    over = closes is not None and closes < today
    known: dict[CallStep, bool] = {
        "仕様の確認": is_checked,
        "募集要項": is_published or is_announced,
        "周知": is_announced,
        "募集": over,
        "締切": over,
    }
    passed = ("募集要項", "周知") if request_count else ()
    turn = next((name for name in steps if not known[name] and name not in passed), "")
    day = short_date_or("未定", closes, today)
    return tuple(
        CallStepMark(
            words=f"{name} {day}" if name == "締切" else name,
            state="done" if known[name] else "next" if name == turn else "open",
        )
        for name in steps
    )


def is_announced(steps: Iterable[RecruitmentStep]) -> bool:
    """Return whether one of the recruitment steps records the 周知 of the 募集要項."""
    return any("募集要項" in one.name and one.done_on is not None for one in steps)


def signer_text(request: DispatchRequest, *, by: str = "　") -> str:
    """Return who signed a request, behind the office and ``by``: 「会長 田口 修」, or 「消去済」."""
    return join_nonempty(text_beside_name(request.signer_role), display_text(request.signer), separator=by)


LEAST_NAMED = 5
"""Fewer 団体 than this are counted and what they use is not named: it would say who they are."""


@record
class UseAfter:
    """How many 団体 were asked so many months after their visit, and how many use something.

    ``tools`` says how many use which, the most used first; () where too few were asked.
    """

    months: int
    asked: int
    using: int
    tools: tuple[tuple[str, int], ...]


def lectures_before_visits(kinds: Iterable[EventKind], visit: EventKind) -> tuple[EventKind, ...]:
    """Return the lectures whose 団体 a kind of visits is for; () where its contract names others or says nothing."""
    follows = visit.clause_target and not visit.audience
    return tuple(one for one in kinds if follows and one.form is EventForm.LECTURE)
