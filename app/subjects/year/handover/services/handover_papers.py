"""引継書: what it is about is read here from the records of the year, what it says stands in ``papers``.

- ``read_handover(store, fiscal_year, now) -> HandoverFacts``
- ``build_handover(store, scope, now) -> DocumentContent``; ``passages(view)`` what staff may word
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from app.calendar.dates import long_date, table_date
from app.common.together import together
from app.ledgers.rules.columns import day_of
from app.ledgers.services.reading import read_books
from app.papers.blocks import DocumentContent
from app.papers.paper import Passage, table_day, with_printed_days
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperKind, PaperSubject
from app.papers.services.paper_passages import merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of, year_of
from app.programme.services.programme_view import ProgrammeView
from app.subjects.events.dispatches.services.support import ANSWER_TASK, open_follow_ups, promises_of_ward
from app.subjects.events.event.rules.guides import INVOICE
from app.subjects.events.event.rules.held import awaits_result, has_result
from app.subjects.events.event.services.event_file import EventFile, read_files
from app.subjects.events.event.services.event_state import left_out_words
from app.subjects.events.event.services.tasks.deadlines import in_order, read_open_years, read_year, tasks_of_year
from app.subjects.events.event.services.tasks.event_tasks import BY_HAND, Year, follow_up_tasks
from app.subjects.events.event.services.tasks.task import OWN_GOAL, STEP, Task
from app.subjects.events.event.services.tasks.year_tasks import returns_of
from app.subjects.settings.enquiries.services import COMPLAINT, ENQUIRIES, TROUBLE
from app.subjects.settings.takeouts.services.takeouts import is_back, read_takeouts
from app.subjects.settings.workers.services.workers import who_serves
from app.subjects.submissions.deliverables.rules.due import DONE, DueList, DueRow
from app.subjects.submissions.deliverables.services.due_list import read_due_list
from app.subjects.submissions.deliverables.services.held import read_held
from app.subjects.year.completion.services.completion import papers_of_inspection
from app.subjects.year.handover.papers.handover import (
    CHAPTERS,
    CONTACTS,
    DAY,
    DECIDED,
    FIRST,
    GIVER,
    KIND,
    PLACES,
    TAKER,
    WRONG,
    HandoverFacts,
    OpenThing,
    handover,
    remark_of,
)
from db.engine import Database
from db.records.agreements import Agreement, Meeting
from db.records.dispatches import DispatchFollowUp
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import KINDS, Programme
from db.records.submissions.materials import Finding, Material, MaterialVersion
from db.records.submissions.received import ReceivedPaper
from db.records.venues import Booking, Venue
from db.rows import rows
from db.store import Store
from db.tables import agreements as agreement_table

_UNDATED: Final = "期限なし"
_OF_YEAR: Final = "年度に共通"
_Row = tuple[str, ...]


def read_handover(store: Store, *, fiscal_year: int, now: datetime) -> HandoverFacts:
    """Return what the 引継書 of a year says on the day of ``now``; raises ``Refusal`` when that year was
    not started."""
    today = now.date()
    year = read_year(store, today, fiscal_year=fiscal_year)
    programme = year.view.programme
    files = read_files(store, programme.id)
    tasks = in_order([*tasks_of_year(files, year), *follow_up_tasks(year, None)])
    outstanding = read_due_list(store, programme_id=programme.id, today=today)
    records = agreement_table.of_year(store.database, programme.id)
    scope = PaperScope(fiscal_year=fiscal_year)
    texts = merge_passages(store.database, keys=keys_of(store, scope), kind=KIND, defaults=passages(year.view))
    typed = {one.part: one.text for one in texts}
    return HandoverFacts(
        people={part: typed[part].strip() for part in (GIVER, TAKER, DAY)},
        standing=_standing(
            store.database,
            files,
            papers_of_inspection(outstanding, read_held(store.database, programme), today),
            today,
        ),
        open=_days_printed(today, _open(store.database, tasks, records, files, programme)),
        first=_days_printed(today, _first(store, tasks, year, files)),
        rows=_printed(
            today,
            {
                DECIDED: _decided(records),
                PLACES: _places(store.database, files, programme.id),
                CONTACTS: _contacts(store, year, files),
                WRONG: _wrong(store.database, year, files, outstanding),
                FIRST: _promised(store.database, files),
            },
        ),
        remarks={chapter: typed[remark_of(chapter)] for chapter in CHAPTERS},
    )


def _printed(today: date, rows: dict[str, list[_Row]]) -> dict[str, list[_Row]]:
    """Words that the window shows write their days as papers do."""
    return {
        chapter: [tuple(with_printed_days(cell, today) for cell in line) for line in lines]
        for chapter, lines in rows.items()
    }


def _days_printed(today: date, things: Sequence[OpenThing]) -> list[OpenThing]:
    """The same for what is still to be done."""
    return [
        replace(
            one,
            label=with_printed_days(one.label, today),
            detail=with_printed_days(one.detail, today),
            basis=with_printed_days(one.basis, today),
        )
        for one in things
    ]


def passages(view: ProgrammeView) -> tuple[Passage, ...]:
    """Return who hands over to whom and when, and a remark to each chapter: the program has no words of its own for
    these."""
    unit, last = view.office.unit, date(view.programme.fiscal_year + 1, 3, 31)
    staff = f"{unit}　{view.office.staff}".strip("　") if view.office.staff else ""
    return (
        Passage(GIVER, staff, lines=1),
        Passage(TAKER, "", lines=1),
        Passage(DAY, long_date(last), lines=1),
        *(Passage(remark_of(chapter), "", lines=3) for chapter in CHAPTERS),
    )


def _standing(
    database: Database,
    files: Sequence[EventFile],
    papers: tuple[Sequence[DueRow], Sequence[DueRow]],
    today: date,
) -> str:
    """「講習会5回・派遣2回・意見交換会1回を実施。検査までの提出物12件のうち9件が確認済。」, counted as 業務完了届 does.

    Args:
        papers: those that the 検査 waits for, and those that come after it.
    """
    held = [file.event for file in files if has_result(file.event)]
    counted = [(kind, sum(event.kind == kind for event in held)) for kind in KINDS]
    told = "・".join(f"{kind}{count}回" for kind, count in counted if count)
    left_out = left_out_words(database, [file.event for file in files], today)
    coming = sum(file.event.status == "予定" and not awaits_result(file.event, today) for file in files)
    done = f"{told}を実施" if told else "実施した回はまだない"
    rest = f"、{coming}回が予定" if coming else ""
    awaited, later = papers
    confirmed = sum(one.group == DONE for one in awaited)
    after = f"検査のあとに受領する書面{len(later)}件。" if later else ""
    return f"{done}{rest}。検査までの提出物{len(awaited)}件のうち{confirmed}件が確認済。{after}{left_out}"


# 1 終わっていないこと


def _open(
    database: Database,
    tasks: Sequence[Task],
    records: Sequence[Agreement],
    files: Sequence[EventFile],
    programme: Programme,
) -> list[OpenThing]:
    """What is still to be done by date, what a 団体 asked for among it; then what has no date: 協議 without a decision,
    宿題 without a day."""
    titles = {file.event.id: _short_title(file.event) for file in files}
    homework = agreement_table.homework_of_year(database, programme.id)
    # At home the ward looks after every 宿題; whose it is, is whoever took it along.
    sides: dict[int | None, str] = {one.id: one.side for one in homework}
    asked = open_follow_ups(database, programme.id)
    found = [
        _open_thing(task, titles, programme.fiscal_year, who=sides.get(task.asked.homework_id, task.ball))
        for task in _one_step_an_event(tasks)
    ]
    found += [_follow_up(one, titles) for one in asked if one.next_on is not None]
    found.sort(key=lambda one: one.day or date.max)
    found += [
        _undated(f"宿題　{one.text}", "協議・打合せの記録を見る。", who=one.person or one.side)
        for one in homework
        if one.done_on is None and one.due is None
    ]
    waiting: dict[int, list[str]] = {}
    for record in records:
        if record.open:
            waiting.setdefault(record.event_id or 0, []).append(record.topic)
    found += [
        _undated(titles.get(event_id, _OF_YEAR), f"{'、'.join(topics)}を協議して決める。", who="区・受託者")
        for event_id, topics in sorted(waiting.items())
    ]
    return [*found, *(_follow_up(one, titles) for one in asked if one.next_on is None)]


def _open_thing(task: Task, titles: Mapping[int, str], fiscal_year: int, *, who: str) -> OpenThing:
    return OpenThing(
        matter=titles.get(task.event_id or 0, task.event_title) or _OF_YEAR,
        day=task.due,
        due=task.provisional or table_date(task.due),
        label=task.label,
        detail=task.detail,
        who=who,
        clause=task.clause if task.deadline.contract else "",
        basis="" if task.basis_short.startswith(OWN_GOAL) else task.basis_short,
        of_year=task.event is None,
        at_first=_at_first(task, fiscal_year),
    )


def _undated(matter: str, label: str, *, who: str) -> OpenThing:
    return OpenThing(matter=matter, day=None, due=_UNDATED, label=label, who=who)


def _short_title(event: Event) -> str:
    """「第7回 講習会」: one line in a list of everything that is open; what an event is called stands in its own
    papers."""
    return f"第{event.ordinal}回 {event.kind}" if event.ordinal else event.full_title


def _follow_up(one: DispatchFollowUp, titles: Mapping[int, str]) -> OpenThing:
    return OpenThing(
        matter=f"{titles.get(one.event_id, '')}　フォローアップ",
        day=one.next_on,
        due=table_date(one.next_on) if one.next_on else _UNDATED,
        label=together(one.question, one.answer),
        who=one.side,
    )


def _one_step_an_event(tasks: Sequence[Task]) -> list[Task]:
    """Open tasks by date; of the recruitment of an event only the step that comes next. What a 団体 asked has its own
    row."""
    chosen, stepped = [], set()
    for task in tasks:
        if not task.open or task.task == ANSWER_TASK:
            continue
        if task.task == STEP and task.rule != BY_HAND:
            if task.event_id in stepped:
                continue
            stepped.add(task.event_id)
        chosen.append(task)
    return chosen


# 2 決めたことと理由


def _decided(records: Sequence[Agreement]) -> list[_Row]:
    said = [one for one in records if one.settled_on and one.stands and (one.decision or one.reason)]
    said.sort(key=lambda one: (one.settled_on or date.min, one.ordinal or 0))
    return [
        (
            table_day(one.settled_on) if one.settled_on else "",
            together(one.topic, one.decision),
            together(one.reason or "—", one.clause),
            one.record_number,
        )
        for one in said
    ]


# 3 もののありか


def _places(database: Database, files: Sequence[EventFile], programme_id: int) -> list[_Row]:
    """What is outside and where the data lie; then originals by their place: received papers (the newest version of
    each), 協議 and 打合せ."""
    events = {file.event.id: file.event for file in files}
    found: list[_Row] = []
    for taken in read_takeouts(database):
        if not taken.cancelled and not is_back(taken) and (taken.event_id is None or taken.event_id in events):
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
    known: dict[tuple[str, int], ReceivedPaper] = {}
    for one in rows(database, ReceivedPaper, order=("version", "id")):
        if one.programme_id == programme_id or one.event_id in events:
            known[(one.kind, one.event_id or -one.id)] = one
    things: dict[tuple[str, str], list[ReceivedPaper]] = {}
    for one in known.values():
        if one.original_place:
            things.setdefault((one.kind, one.original_place), []).append(one)
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


# 4 連絡先


def _contacts(store: Store, year: Year, files: Sequence[EventFile]) -> list[_Row]:
    """The contractor, the venues of the year with whoever answers there, and the 団体."""
    database, contractor = store.database, year.view.contractor
    lead = "、".join(
        one.name
        for one in who_serves(store, fiscal_year=year.view.programme.fiscal_year, on=year.today, role="管理責任者")
    )
    ways = together(
        f"業務責任者　{contractor.responsible}" if contractor.responsible else "",
        f"管理責任者　{lead}" if lead else "",
        together(contractor.phone, contractor.email),
        by="\n",
    )
    found: list[_Row] = [
        (
            f"受託者\n{contractor.name}".strip(),
            ways or "（記録なし）",
            "連絡は業務責任者へ。講師へは直接しない。人数は数だけを伝え、氏名は送らない。",
        )
    ]
    used = {file.event.venue for file in files if file.event.venue and file.event.status != "中止"}
    mine = {file.event.id for file in files}
    notes: dict[str, list[str]] = {}
    for booking in rows(database, Booking, order=("day", "id")):
        if booking.event_id in mine and booking.note:
            notes.setdefault(booking.venue_name, []).append(booking.note)
    seen: set[str] = set()
    for venue in rows(database, Venue, order=("name", "id")):
        if venue.name not in used or venue.name in seen:
            continue
        seen.add(venue.name)
        caution = "　".join(dict.fromkeys([venue.note, *notes.get(venue.name, ())])).strip("　")
        found.append(
            (
                venue.name,
                together(venue.phone, venue.address) or "（記録なし）",
                caution or "—",
            )
        )
    groups = rows(database, Organisation)
    branches = {one.branch for one in groups if one.branch}
    if groups:
        found.append(
            (
                f"団体（{len(groups)}団体・{len(branches)}支部）",
                "アプリの「団体」",
                "名称と氏名は、届出のとおりに印刷する。",
            )
        )
    return found


# 5 うまくいかなかったこと


def _wrong(database: Database, year: Year, files: Sequence[EventFile], outstanding: DueList) -> list[_Row]:
    """What was cancelled, late, found in materials, asked to be corrected, returned, and complained of."""
    events = {file.event.id: file.event for file in files}
    found: list[tuple[date, str, str]] = []
    for event in events.values():
        if event.status == "中止":
            day = event.cancelled_on or event.event_date or date.max
            found.append((day, f"{event.full_title}の中止", event.cancel_reason or "—"))
    found += _findings(database, events)
    papers = [
        one
        for one in rows(database, ReceivedPaper, order=("version", "id"))
        if one.programme_id == year.view.programme.id or one.event_id in events
    ]
    newest = {(one.kind, one.event_id): one for one in papers}
    for one in papers:
        # A 請求書 is never asked to be corrected but returned, which has its own row.
        if one.asked_on is not None and one.kind != INVOICE:
            about = events[one.event_id].full_title + "の" if one.event_id else ""
            after = _ended(one, newest[one.kind, one.event_id])
            found.append((one.asked_on, f"{about}{one.kind}（第{one.version}版）の修正依頼", after))
    for returned in returns_of(year.records):
        found.append(
            (
                returned.returned.closed_on,
                f"請求書の返戻　{returned.returned.reason}",
                "再受領した。" if returned.again else "再受領はまだ。",
            )
        )
    book, _setting = read_books(database, year.view.programme, year.today, (ENQUIRIES,))[ENQUIRIES.key]
    for line in book.lines:
        if line.cells.get("sort") in (COMPLAINT, TROUBLE) and not line.cancelled:
            day = day_of(line.cells.get("at", "")[:10]) or line.day or date.max
            found.append(
                (
                    day,
                    f"{line.cells['sort']}　{line.cells.get('about', '')}",
                    line.cells.get("answer") or "対応を記録していない。",
                )
            )
    found.sort(key=lambda row: row[0])
    late = "、".join(
        f"{side}の遅れ　{'、'.join(each.named)}"
        for side, each in (("受託者", outstanding.contractor), ("区", outstanding.ward))
        if each.named
    )
    dated: list[_Row] = [(table_day(day) if day != date.max else "—", what, after) for day, what, after in found]
    return [*dated, *([("—", late, "契約の期限から数えた日数")] if late else [])]


def _findings(database: Database, events: dict[int, Event]) -> list[tuple[date, str, str]]:
    """Versions of handouts that had to be put right: their findings, and how it ended."""
    materials = {one.id: one for one in rows(database, Material, event_id=list(events))}
    versions = {
        one.id: one for one in rows(database, MaterialVersion, material_id=list(materials), order=("version", "id"))
    }
    duties: dict[int, list[Finding]] = {}
    for finding in rows(database, Finding, version_id=list(versions), duty="必須"):
        duties.setdefault(finding.version_id, []).append(finding)
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


def _ended(one: ReceivedPaper, newest: ReceivedPaper) -> str:
    """What became of the version that was to be corrected."""
    if newest.version > one.version:
        return f"第{newest.version}版を受領（{newest.status}）。"
    due = f"期限 {table_day(one.correction_due)}。" if one.correction_due is not None else ""
    return f"修正版を待っている。{due}"


# 6 最初の2か月


def _first(store: Store, tasks: Sequence[Task], year: Year, files: Sequence[EventFile]) -> list[OpenThing]:
    """Everything due in April and May after the year, of this year and of any other that is not closed."""
    others = [
        task
        for other in read_open_years(store, year.today, without=year.view.programme.fiscal_year)
        for task in tasks_of_year(read_files(store, other.view.programme.id), other)
    ]
    titles = {file.event.id: _short_title(file.event) for file in files}
    of_year = year.view.programme.fiscal_year
    found = [
        (task, _open_thing(task, titles, of_year, who=task.ball))
        for task in in_order([*tasks, *others])
        if task.open and _at_first(task, of_year)
    ]
    return [replace(one, label=together(one.matter, one.label)) if task.event else one for task, one in found]


def _promised(database: Database, files: Sequence[EventFile]) -> list[_Row]:
    """What was promised to a 団体 for after the year."""
    return [
        (one.when, "　".join((_short_title(one.event), one.what, one.role)), "区")
        for one in promises_of_ward(database, [file.event for file in files])
    ]


def _at_first(task: Task, fiscal_year: int) -> bool:
    """Whether a task is due in April or May after the year."""
    return date(fiscal_year + 1, 4, 1) <= task.due <= date(fiscal_year + 1, 5, 31)


def build_handover(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return what the 引継書 of the scope's year says now; raises ``Refusal`` when that year was not started here."""
    view = year_of(store, scope, on=now.date())
    context = context_of(store, view, scope, KIND, now)
    return handover(context, read_handover(store, fiscal_year=view.programme.fiscal_year, now=now))


def _ready(_store: Store, _subject: PaperSubject) -> bool:
    return True


PAPER: Final = PaperKind(
    kind=KIND,
    about="年度",
    shelf="年度",
    build=build_handover,
    ready=_ready,
    missing="年度を始めると作成できます。",
    todo="引継書",
    passages=lambda store, scope, on: passages(year_of(store, scope, on=on)),
)
