"""引継書 from the records of the year, and the change of staff with the transferred open 宿題."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date, table_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage, table_day, with_printed_days
from app.documents.event_phase import EventPhase
from app.documents.file_format import TEXT_FORMATS
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_passages import keep_passage, passage_texts
from app.documents.services.document_scope import DocumentScope, keys_of, year_of
from app.event.rules.target_dates import INVOICE
from app.event.services.event_records import EventRecords, read_records_of_year
from app.event.services.event_state import not_counted_words
from app.event.services.tasks.deadlines import eventless_tasks, read_open_years, read_year, sort_tasks, tasks_of_year
from app.event.services.tasks.event_tasks import DAYS_SET, YearContext
from app.event.services.tasks.task import OWN_TARGET, Task
from app.event.services.tasks.year_tasks import invoice_returns
from app.event_day.checkouts.services import is_fully_returned, read_checkouts
from app.events.dispatches.services.support import ANSWER_TASK, open_follow_ups, read_ward_promises
from app.ledgers.rules import cell_day
from app.ledgers.services.ledger_reading import read_books
from app.programme.holds import kept_words
from app.programme.rules import retention_words, to_branches
from app.programme.services import ProgrammeView, read_backup_rule, read_programme
from app.registers.workers.services import serving_workers
from app.submissions.deliverables.rules.due_rows import DONE, DueList, DueRow
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.reports.rules.report_points import POLICY, outline
from app.year.enquiries.services import ENQUIRIES, TOLD
from app.year_end.completion.services.completion import papers_of_inspection
from app.year_end.handover.documents import (
    CHAPTERS,
    CONTACTS,
    DAY,
    DECIDED,
    FIRST,
    GIVER,
    KIND,
    PLACES,
    PRACTICE,
    TAKER,
    WRONG,
    HandoverFacts,
    OpenItem,
    handover,
    remark_of,
)
from db.engine import Database
from db.name_key import name_key
from db.query_cache import cached_queries
from db.record import RowsById, group_by_key, record
from db.records.agreements import Agreement, Homework, Meeting
from db.records.dispatches import DispatchFollowUp
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import EventKind, Programme
from db.records.submissions.materials import Finding, FindingDuty, Material, MaterialVersion
from db.records.submissions.received import ReceivedPaper
from db.records.venues import Booking, Venue
from db.records.year.enquiries import EnquirySort
from db.rows import rows, rows_by_id
from db.store import Store
from db.tables import agreements as agreement_table
from db.tables.agreements import homework_of_year
from db.tables.received import received_in_year

_UNDATED = "期限なし"
_OF_YEAR, _EARLIER = "年度に共通", "前の年度の回"
_Row = tuple[str, ...]
_Matter = tuple[str, int | None, int]


@cached_queries
def read_handover(store: Store, *, fiscal_year: int, now: datetime) -> HandoverFacts:
    """Return the content of a year's 引継書 as of ``now``; raises ``UserError`` for a year not started."""
    today = now.date()
    year = read_year(store, today, fiscal_year=fiscal_year)
    programme = year.view.programme
    files = read_records_of_year(store, programme.id)
    tasks = sort_tasks([*tasks_of_year(files, year), *eventless_tasks(store, year)])
    outstanding = read_due_list(store, programme_id=programme.id, today=today)
    records = agreement_table.of_year(store.database, programme.id)
    scope = DocumentScope(fiscal_year=fiscal_year)
    typed = passage_texts(store, scope, KIND, passages(year.view))
    by_chapter: dict[str, list[_Row]] = {
        DECIDED: _decision_rows(records),
        PLACES: _location_rows(store.database, files, programme.id),
        CONTACTS: _contact_rows(store, year, files),
        WRONG: _problem_rows(store.database, year, files, outstanding),
        FIRST: [
            (one.when, "　".join((_short_title(one.event), one.what, one.role)), "区")
            for one in read_ward_promises(store.database, [file.event for file in files])
        ],
        PRACTICE: [
            *((kind.name, practice_words(kind)) for kind in year.view.kinds),
            *_year_practice_rows(store, year.view, today),
        ],
    }
    return HandoverFacts(
        policy_words=_policy_words(year.view),
        people={part: typed[part].strip() for part in (GIVER, TAKER, DAY)},
        progress_words=_progress_words(
            store.database,
            year.view.kinds,
            files,
            papers_of_inspection(store, outstanding, programme, max(today, programme.term_end)),
            today,
        ),
        open_items=_items_with_printed_dates(today, _open_items(store.database, tasks, records, files, programme)),
        first_weeks=_items_with_printed_dates(today, _first_weeks(store, tasks, year, files)),
        rows={
            chapter: [tuple(with_printed_days(cell, today) for cell in line) for line in lines]
            for chapter, lines in by_chapter.items()
        },
        remarks={chapter: typed[remark_of(chapter)] for chapter in CHAPTERS},
    )


def _items_with_printed_dates(today: date, items: Sequence[OpenItem]) -> list[OpenItem]:
    return [
        replace(
            one,
            due=with_printed_days(one.due, today),
            label=with_printed_days(one.label, today),
            detail=with_printed_days(one.detail, today),
            basis=with_printed_days(one.basis, today),
        )
        for one in items
    ]


def passages(view: ProgrammeView) -> tuple[Passage, ...]:
    """Return the passages for 前任者, 後任者, 引継日 and remarks.

    By default 前任者 is the 担当 and 引継日 the last day of the year; the others are empty.
    """
    unit, last = view.office.unit, date(view.programme.fiscal_year + 1, 3, 31)
    staff = f"{unit}　{view.office.staff}".strip("　") if view.office.staff else ""
    return (
        Passage(GIVER, staff, lines=1),
        Passage(TAKER, "", lines=1),
        Passage(DAY, long_date(last), lines=1),
        *(Passage(remark_of(chapter), "", lines=3) for chapter in CHAPTERS),
    )


def _progress_words(
    database: Database,
    kinds: Sequence[EventKind],
    event_records: Sequence[EventRecords],
    papers: tuple[Sequence[DueRow], Sequence[DueRow]],
    today: date,
) -> str:
    """Return the progress of the year in a sentence, counted as 業務完了届 does.

    E.g. 「講習会5回・派遣2回・意見交換会1回を実施。検査までの提出物12件のうち9件が確認済。」.

    Args:
        papers: those that the 検査 waits for, and those that come after it.
    """
    phases = [(file.event.kind, file.phase(today)) for file in event_records if not file.is_left_out]
    counted = [(one.name, phases.count((one.kind, EventPhase.HELD))) for one in kinds]
    told = "・".join(f"{kind}{count}回" for kind, count in counted if count)
    left_out = not_counted_words(database, [file.event for file in event_records], today)
    undated = sum(phase.awaits_day for _kind, phase in phases)
    coming = sum(phase.will_be_held for _kind, phase in phases)
    done = f"{told}を実施" if told else "実施した回はまだない"
    rest = fill_nonempty("、{}回が予定", coming) + fill_nonempty("、{}回が日程未定", undated)
    awaited, later = papers
    confirmed = sum(one.group == DONE for one in awaited)
    after = fill_nonempty("検査のあとに受領する書面{}件。", len(later))
    return f"{done}{rest}。検査までの提出物{len(awaited)}件のうち{confirmed}件が確認済。{after}{left_out}"


# 1 終わっていないこと


def _open_items(
    database: Database,
    tasks: Sequence[Task],
    records: Sequence[Agreement],
    event_records: Sequence[EventRecords],
    programme: Programme,
) -> list[OpenItem]:
    """Return open items by date, questions after a 派遣 included, then those without a date.

    Without a date are 宿題 without a day, 協議 without a decision and questions without a next day.
    """
    titles = {file.event.id: _short_title(file.event) for file in event_records}
    homework = agreement_table.homework_of_year(database, programme.id)
    # Home shows every 宿題 of the ward; here each has the person who took it.
    sides: dict[int | None, str] = {one.id: one.side for one in homework}
    asked = open_follow_ups(database, programme.id)
    found = [
        _open_item(task, titles, programme.fiscal_year, who=sides.get(task.link.homework_id, task.next_actor))
        for task in _next_step_per_event(tasks)
    ]
    found += [_follow_up(one, titles) for one in asked if one.next_on is not None]
    found.sort(key=lambda one: one.day or date.max)
    found += [
        _undated_item(f"宿題　{one.text}", "協議・打合せの記録を見る。", who=one.person or one.side)
        for one in homework
        if one.done_on is None and one.due is None
    ]
    waiting = group_by_key((agreement.event_id or 0, agreement.topic) for agreement in records if agreement.is_open)
    found += [
        _undated_item(titles.get(event_id, _OF_YEAR), f"{'、'.join(topics)}を協議して決める。", who="区・受託者")
        for event_id, topics in sorted(waiting.items())
    ]
    return [*found, *(_follow_up(one, titles) for one in asked if one.next_on is None)]


def _open_item(task: Task, titles: Mapping[int, str], fiscal_year: int, *, who: str) -> OpenItem:
    return OpenItem(
        subject=titles.get(task.event_id or task.link.event_id or 0, task.event_title)
        or (_EARLIER if task.link.event_id else _OF_YEAR),
        day=task.due,
        is_provisional=task.event is None and bool(task.provisional_words),
        due=task.provisional_words or table_date(task.due),
        label=task.label,
        detail=task.detail,
        who=who,
        clause=task.clause if task.deadline.contract else "",
        basis="" if task.basis_short.startswith(OWN_TARGET) else task.basis_short,
        of_year=task.event is None,
        in_first_weeks=_is_in_first_weeks(task, fiscal_year),
    )


def _undated_item(matter: str, label: str, *, who: str) -> OpenItem:
    return OpenItem(subject=matter, day=None, due=_UNDATED, label=label, who=who)


def _short_title(event: Event) -> str:
    return f"第{event.ordinal}回 {event.kind_words}" if event.ordinal else event.full_title


def _follow_up(follow_up: DispatchFollowUp, titles: Mapping[int, str]) -> OpenItem:
    return OpenItem(
        subject=f"{titles.get(follow_up.event_id, '')}　フォローアップ",
        day=follow_up.next_on,
        due=table_date(follow_up.next_on) if follow_up.next_on else _UNDATED,
        label=join_nonempty(follow_up.question, follow_up.answer),
        who=follow_up.side,
    )


def _next_step_per_event(tasks: Sequence[Task]) -> list[Task]:
    """Return open tasks by date; of an event's recruitment only the next step.

    Without the follow-up questions of 派遣, which get rows of their own. Steps whose day was set by hand all stay.
    """
    chosen, stepped = [], set()
    for task in tasks:
        if not task.is_open or task.task == ANSWER_TASK:
            continue
        if task.step_id is not None and task.rule not in DAYS_SET:
            if task.event_id in stepped:
                continue
            stepped.add(task.event_id)
        chosen.append(task)
    return chosen


# 2 決めたことと理由


def _decision_rows(records: Sequence[Agreement]) -> list[_Row]:
    """Return a row (day, decided, reason, number) for each decision in effect."""
    said = [one for one in records if one.settled_on and one.is_in_effect and (one.decision or one.reason)]
    said.sort(key=lambda one: (one.settled_on or date.min, one.ordinal or 0))
    return [
        (
            table_day(one.settled_on) if one.settled_on else "",
            join_nonempty(one.topic, one.decision),
            join_nonempty(one.reason or "—", one.clause),
            one.record_number,
        )
        for one in said
    ]


# 3 もののありか


def _location_rows(database: Database, event_records: Sequence[EventRecords], programme_id: int) -> list[_Row]:
    """Return rows (thing, place, count, caution): what is outside, where the data are, originals by kind and place.

    Originals are of received documents (of an event the newest version, of the year every version), 協議 and 打合せ.
    """
    events = RowsById(file.event for file in event_records)
    found: list[_Row] = []
    for taken in read_checkouts(database):
        if (
            not taken.cancelled
            and not is_fully_returned(taken)
            and (taken.event_id is None or taken.event_id in events)
        ):
            found.append(
                (
                    f"持出し中　{taken.contents}",
                    taken.destination,
                    f"{taken.copies - (taken.returned_copies or 0)}",
                    f"返却の予定　{table_day(taken.due_back_at.date())}" if taken.due_back_at else "",
                )
            )
    found.append(
        (
            "業務データ（このアプリ）のフォルダー",
            "設定「バックアップ・表示」",
            "1",
            "開く前に、使用中の人を確かめる。",
        )
    )
    known = {_matter(one): one for one in received_in_year(database, programme_id)}
    things = group_by_key(((one.kind, one.original_place), one) for one in known.values() if one.original_place)
    found += [(kind, place, f"{len(papers)}", "") for (kind, place), papers in things.items()]
    kept: dict[tuple[str, str], int] = {}
    for word, places in (
        ("協議の記録", [one.original_place for one in agreement_table.settled_of_year(database, programme_id)]),
        ("打合せの記録", [one.original_place for one in rows(database, Meeting, programme_id=programme_id)]),
    ):
        for place in places:
            kept[(word, place)] = kept.get((word, place), 0) + 1
    found += [
        (word, place, f"{count}", "") if place else (word, "（原本の所在の記録なし）", f"{count}", "所在を書き入れる。")
        for (word, place), count in kept.items()
    ]
    missing = sum(not one.original_place for one in known.values())
    if missing:
        found.append(("原本の所在を記録していない書類", "アプリの「資料・報告」", f"{missing}", "所在を書き入れる。"))
    return found


def _matter(paper: ReceivedPaper) -> _Matter:
    """Return what the versions of one document have in common, within a year."""
    return paper.kind, paper.event_id, paper.matter


# 4 連絡先


def _contact_rows(store: Store, year: YearContext, event_records: Sequence[EventRecords]) -> list[_Row]:
    """Return rows (who, contact, caution): the contractor, the venues of the year, and one row on all 団体."""
    database, contractor = store.database, year.view.contractor
    lead = "、".join(
        one.name
        for one in serving_workers(store, fiscal_year=year.view.programme.fiscal_year, on=year.today, role="管理責任者")
    )
    ways = join_nonempty(
        fill_nonempty("業務責任者　{}", contractor.responsible),
        fill_nonempty("管理責任者　{}", lead),
        join_nonempty(contractor.phone, contractor.email),
        separator="\n",
    )
    found: list[_Row] = [
        (
            f"受託者\n{contractor.name}".strip(),
            ways or "（記録なし）",
            "連絡は業務責任者へ。講師へは直接しない。"
            + ("人数は数だけを伝え、氏名は送らない。" if any(one.headcount_period for one in year.view.kinds) else ""),
        )
    ]
    used = {file.event.venue for file in event_records if file.event.venue and file.event.status.counts}
    mine = [file.event.id for file in event_records]
    notes = group_by_key(
        (booking.venue_name, booking.note)
        for booking in rows(database, Booking, event_id=mine, order=("day", "id"))
        if booking.note
    )
    seen = set()
    for venue in rows(database, Venue, order=("name", "id")):
        if venue.name not in used or venue.name in seen:
            continue
        seen.add(venue.name)
        caution = "　".join(dict.fromkeys([venue.note, *notes.get(venue.name, ())])).strip("　")
        found.append(
            (
                venue.name,
                join_nonempty(venue.phone, venue.address) or "（記録なし）",
                caution or "—",
            )
        )
    groups = rows(database, Organisation)
    branches = {one.branch for one in groups if one.branch}
    if groups:
        found.append(
            (
                f"団体（{len(groups)}団体{f'・{len(branches)}{year.view.programme.branch}' if branches else ''}）",
                "アプリの「団体」",
                "名称と氏名は、届出のとおりに印刷する。",
            )
        )
    return found


# 5 うまくいかなかったこと


def _problem_rows(
    database: Database, year: YearContext, event_records: Sequence[EventRecords], outstanding: DueList
) -> list[_Row]:
    """Return rows (day, what, outcome) of what was cancelled, found in handouts, sent back or complained of, by day.

    The last row has what was late, without a day.
    """
    events = RowsById(file.event for file in event_records)
    found = []
    for event in events.values():
        if event.status.is_cancelled:
            day = event.cancelled_on or event.event_date or date.max
            found.append((day, f"{event.full_title}の中止", event.cancel_reason or "—"))
    found += _findings(database, events)
    papers = received_in_year(database, year.view.programme.id)
    newest = {_matter(one): one for one in papers}
    for one in papers:
        # A 請求書 is never asked to be corrected but returned, which has its own row.
        if one.asked_on is not None and one.kind != INVOICE:
            event_of = events.get(one.event_id)
            about = f"{event_of.full_title}の" if event_of is not None else ""
            after = _correction_outcome(one, newest[_matter(one)])
            found.append((one.asked_on, f"{about}{one.kind}（第{one.version}版）の修正依頼", after))
    for returned in invoice_returns(year.records):
        found.append(
            (
                returned.return_closing.closed_on,
                f"請求書の返戻　{returned.return_closing.reason}",
                "再受領した。" if returned.received_again else "再受領はまだ。",
            )
        )
    book, _setting = read_books(database, year.view.programme, year.today, (ENQUIRIES,))[ENQUIRIES.key]
    for line in book.lines:
        if EnquirySort(line.cells.get("sort", TOLD)).is_trouble and not line.cancel_reason:
            day = cell_day(line.cell("at")[:10]) or line.day or date.max
            found.append(
                (
                    day,
                    f"{line.cells['sort']}　{line.cells.get('about', '')}",
                    line.cell("answer") or "対応を記録していない。",
                )
            )
    found.sort(key=lambda row: row[0])
    late = "、".join(
        f"{side}の遅れ　{'、'.join(each.item_words)}"
        for side, each in (("受託者", outstanding.contractor), ("区", outstanding.ward))
        if each.item_words
    )
    dated = [(table_day(day) if day != date.max else "—", what, after) for day, what, after in found]
    return [*dated, *([("—", late, "契約の期限から数えた日数")] if late else [])]


def _findings(database: Database, events: RowsById[Event]) -> list[tuple[date, str, str]]:
    """Return for each handout version with 必須 findings its day, a line with how many, and how the newest stands."""
    materials = rows_by_id(database, Material, event_id=list(events))
    versions = rows_by_id(database, MaterialVersion, material_id=list(materials), order=("version", "id"))
    duties = group_by_key(
        (finding.version_id, finding)
        for finding in rows(database, Finding, version_id=list(versions), duty=FindingDuty.REQUIRED)
    )
    newest = {one.material_id: one for one in versions.values()}
    found = []
    for version_id, mine in duties.items():
        version = versions[version_id]
        material = materials[version.material_id]
        last = newest[material.id]
        ended = f"第{last.version}版で{last.result}。" if last.result else f"第{last.version}版を確認中。"
        found.append(
            (
                version.result_on or version.received_on,
                (
                    f"{events[material.event_id].full_title}の{material.title}（第{version.version}版）"
                    f"に必須の指摘{len(mine)}件"
                ),
                ended,
            )
        )
    return found


def _correction_outcome(paper: ReceivedPaper, newest: ReceivedPaper) -> str:
    """Return the sentence on what became of a version that was to be corrected."""
    if newest.version > paper.version:
        return f"第{newest.version}版を受領（{newest.status}）。"
    if not paper.status.is_returned:
        return f"第{paper.version}版のまま{paper.status}。"
    due = f"期限 {table_day(paper.correction_due)}。" if paper.correction_due is not None else ""
    return f"修正版を待っている。{due}"


# 6 最初の2か月


def _first_weeks(
    store: Store, tasks: Sequence[Task], year: YearContext, event_records: Sequence[EventRecords]
) -> list[OpenItem]:
    """Return everything due in April and May after the year, of this and any other open year."""
    others = [
        task
        for other in read_open_years(store, year.today, excluded_id=year.view.programme.fiscal_year)
        for task in tasks_of_year(read_records_of_year(store, other.view.programme.id), other)
    ]
    titles = {file.event.id: _short_title(file.event) for file in event_records}
    of_year = year.view.programme.fiscal_year
    found = [
        (task, _open_item(task, titles, of_year, who=task.next_actor))
        for task in sort_tasks([*tasks, *others])
        if task.is_open and _is_in_first_weeks(task, of_year)
    ]
    return [replace(one, label=join_nonempty(one.subject, one.label)) if task.event else one for task, one in found]


def _year_practice_rows(store: Store, view: ProgrammeView, today: date) -> list[_Row]:
    """Return how letters are addressed, what is owed, compared and held, and how long records are kept."""
    year, rule = view.programme, read_backup_rule(store)
    owed = (f"{row.paper}（{join_nonempty(row.when, row.clause)}）" for row in year.owed)
    names = {kind.kind: kind.name for kind in view.kinds}
    said = (
        join_nonempty(names.get(row.compare.partition(".")[0], ""), row.item, row.text, row.clause)
        for row in year.requirements
    )
    kept = (join_nonempty(row.records, retention_words(row), row.basis) for row in view.kept_rows)
    without = {
        "団体への訪問": view.kinds_of_form(EventForm.VISIT),
        "契約に含む特記事項": year.annex,
        "提案書": year.proposal_period,
    }
    found = (
        ("この契約にないもの", "、".join(name for name, has in without.items() if not has)),
        (
            "宛名・呼び名",
            f"会長あて「{year.presidents}」"
            + (f"、{year.branch}長あて「{to_branches(year)}」、まとめる単位「{year.branch}」" if year.branch else ""),
        ),
        ("手配できる配慮", year.care_offered),
        ("区の目安日", "、".join(year.own_dates) or "決めているものはない"),
        ("受託者の提出物", "、".join(owed) or "契約で求めるものはない"),
        ("仕様との対照に並べる文", "、".join(said) or "種類の数だけ"),
        ("保存の期間", "、".join(kept)),
        (
            "月末のバックアップ",
            join_nonempty(f"{rule['months']}か月", rule["basis"]) if rule["basis"] else "初めの値のまま",
        ),
        ("記録の保留", kept_words(store.database, today)),
    )
    return [row for row in found if row[1]]


def _policy_words(view: ProgrammeView) -> str:
    """Return 「約束は報告書5章「今後の支援方針」」: where the report of a visit says what was promised."""
    visits = view.kinds_of_form(EventForm.VISIT)
    numbers = [one.number for kind in visits[:1] for one in outline(kind) if one.title == POLICY]
    return f"約束は報告書{numbers[0]}章「{POLICY}」" if numbers else ""


def _is_in_first_weeks(task: Task, fiscal_year: int) -> bool:
    return date(fiscal_year + 1, 4, 1) <= task.due <= date(fiscal_year + 1, 5, 31)


def build_handover(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 引継書 of a year; raises ``UserError`` for a year not started."""
    context = document_context_of(store, scope, KIND, now)
    return handover(context, read_handover(store, fiscal_year=context.programme.fiscal_year, now=now))


DOCUMENT = DocumentKind(
    kind=KIND,
    formats=TEXT_FORMATS,
    build=build_handover,
    missing_words="年度を始めると作成できます。",
    todo="引継書",
    passages=lambda store, scope, on: passages(year_of(store, scope, on=on)),
)


@record
class StaffChange:
    """The people named so far, and the open 宿題 of the ward; ``last_day`` of the year is proposed."""

    predecessor: str
    successor: str
    day: str
    last_day: date
    homework: tuple[Homework, ...]

    @property
    def has_successor(self) -> bool:
        """Return whether a successor is named."""
        return bool(self.successor)

    @property
    def remaining_homework(self) -> tuple[Homework, ...]:
        """Return the 宿題 that are not yet the successor's."""
        key = name_key(self.successor)
        return tuple(one for one in self.homework if not key or name_key(one.person) != key)


def read_staff_change(store: Store, *, fiscal_year: int, today: date) -> StaffChange:
    """Return the state of the staff change; raises ``UserError`` for a year not started."""
    view = read_programme(store, fiscal_year=fiscal_year, on=today)
    typed = _typed_texts(store, view)
    known = homework_of_year(store.database, view.programme.id)
    homework = [one for one in known if one.side.is_ward and one.done_on is None]
    return StaffChange(
        predecessor=typed[GIVER],
        successor=typed[TAKER],
        day=typed[DAY],
        last_day=date(fiscal_year + 1, 3, 31),
        homework=tuple(homework),
    )


def _typed_texts(store: Store, view: ProgrammeView) -> dict[str, str]:
    """Return the texts of the 引継書 by part, as typed by staff, else the default."""
    scope = DocumentScope(fiscal_year=view.programme.fiscal_year)
    return {part: text.strip() for part, text in passage_texts(store, scope, KIND, passages(view)).items()}


def hand_over(
    context: ActionContext,
    *,
    fiscal_year: int,
    predecessor: str,
    successor: str,
    day: date,
    homework_ids: Sequence[int] = (),
) -> ActionResult:
    """Record who hands over to whom on which day as passages of the 引継書, and transfer the chosen open 宿題.

    Raises:
        UserError: nobody or the same person is named, or a 宿題 is done or the contractor's.
    """
    view = read_programme(context.store, fiscal_year=fiscal_year, on=context.today)
    words = {GIVER: predecessor.strip(), TAKER: successor.strip(), DAY: long_date(day)}
    if not words[GIVER] or not words[TAKER]:
        raise UserError("前任者か後任者が書かれていません。", "二人の氏名を書いてください。")
    if name_key(words[GIVER]) == name_key(words[TAKER]):
        raise UserError("前任者と後任者が同じです。", "後任者の氏名を確かめてください。")
    homework = [get_or_raise(context.database, Homework, one) for one in homework_ids]
    if any(one.done_on is not None or not one.side.is_ward for one in homework):
        raise UserError("済んだ宿題か、受託者の宿題が選ばれています。", "画面を開き直してください。")
    keys = keys_of(context.store, DocumentScope(fiscal_year=fiscal_year))
    with context.change(f"{words[TAKER]}へ引き継いだ", "handover") as change:
        for passage in passages(view):
            if passage.part in words:
                keep_passage(change, context.database, keys=keys, kind=KIND, default=passage, text=words[passage.part])
        for one in homework:
            change.update(Homework, one.id, person=words[TAKER])
    told = fill_nonempty("宿題{}件の担当を替えました。", len(homework))
    return ActionResult(f"引継書に{words[TAKER]}を書きました。{told}", view.programme.id)


def practice_words(kind: EventKind) -> str:
    """Return in sentences what a kind counts, and how its visits are called for and followed up."""
    said = [f"数は{kind.counted}で数える"]
    if kind.form.at_organisation:
        months = "・".join(map(str, kind.follow_up_months))
        said += [
            f"団体の募集は{kind.recruitment}",
            f"希望票1枚で{kind.visits_per_request}回まで",
            f"訪問の前に{'・'.join(kind.steps)}をする" if kind.steps else "訪問の前の段はない",
            f"{months}か月後に{kind.follow_up_by}ごとに電話で聞く" if months else "その後の電話はしない",
        ]
    elif kind.steps:
        said.append("日程・内容・機材を受託者と協議して記録する")
    said += ["アンケートは紙とオンラインで行う"] if kind.surveys_online else []
    said += [f"報告書に「{'」「'.join(kind.report_extras)}」の章を加える"] if kind.report_extras else []
    return "".join(f"{one}。" for one in said)
