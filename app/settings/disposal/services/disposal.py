"""Marks due data, keeps data longer with a reason, and erases marked data at the first opening of a later day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.common.join_nonempty import fill_nonempty
from app.documents.services.kept_letters.kept_erasing import erase_kept, plan_kept_erasing
from app.events.roster.services.upcoming_entries import UpcomingEntry, release_entry
from app.programme.holds import holds_of_person, read_holds
from app.programme.rules import PARTICIPANTS, REQUEST, RETENTIONS, TAKEN_OUT, in_visit_words
from app.programme.services import visits_of_all_years
from app.settings.disposal.services.clock_check import ClockCheck
from app.settings.disposal.services.due_files import files_to_erase, mark_files, merge_cells
from app.settings.disposal.services.due_rows import LEAD_TIME, awaiting_clock_check, contact_kind, read_due, year_of
from app.settings.disposal.services.erasure_requests import future_entries_of
from app.settings.disposal.services.name_finder import search_key
from app.settings.disposal.services.naming_texts import (
    NameSearchResult,
    find_naming_texts,
    find_reworded,
    locations_words,
)
from app.settings.disposal.services.personal_rows import (
    ERASED_COLUMNS,
    NAME_COLUMNS,
    RECORDS,
    count_people,
    has_held_items,
    is_redacted,
    person_by_row,
    redacted_values,
    rows_of_person,
)
from app.settings.disposal.services.related_rows import EVENT_CELLS, count_elsewhere, redactions_by_row, related_cells
from db.engine import Database
from db.erasing import Cells, erase
from db.journal import Change
from db.mapping import to_record
from db.record import group_by_key
from db.records.applications import Application
from db.records.disposals import Disposal, DisposalHold, DisposalItem, NameCertainty
from db.records.organisations import Contact, Person
from db.records.roster import Attendance, Entry
from db.redactions import is_redacted_text, personal_redactions
from db.row_history import RowHistories, RowHistory, row_histories, walk_journal
from db.rows import by_id, rows
from db.store import Store

SUBJECT = "disposal"
_SAID_IN_LETTERS = NAME_COLUMNS | {"value", "care"}
"""Columns whose words a letter says of one person: name, address, needs; a role is said of others too."""
FutureEntryAnswer = Literal["辞退", "氏名未定"]
WITHDRAWS: FutureEntryAnswer = "辞退"
KEEPS_ENTRY: FutureEntryAnswer = "氏名未定"
"""The place stays with its 団体, which will name somebody else."""


def mark_for_erasing(context: ActionContext, *, lines: Sequence[str], witness: str = "") -> ActionResult:
    """Mark the chosen lines: their rows and files are hidden at once, and erased at the first opening of a later day.

    Args:
        lines: ids of ``DueLine``. witness: who was present, "" = nobody.
    Raises:
        UserError: nothing was chosen, or something is not due any more.
    """
    chosen = [one for one in read_due(context.store, today=context.today, by_walk=True).due_lines if one.id in lines]
    if not chosen or len(chosen) < len(set(lines)):
        raise UserError("選んだものの中に、いまは消す時期でないものがあります。", "一覧を開き直してください。")
    total = sum(one.count for one in chosen)
    year = year_of(context.now)
    number = _next_number(context.database, year)
    with context.change(f"消す時期が来たもの{len(chosen)}種・{total}件に、消す印を付けた", SUBJECT) as change:
        for one in chosen:
            change.insert(
                Disposal(
                    fiscal_year=year,
                    number=number,
                    kind=one.kind,
                    what=one.title,
                    places=one.events_text,
                    count=one.count,
                    unit=one.unit,
                    why=one.why,
                    due_on=one.until,
                    items=one.items,
                    marked_at=context.now,
                    by=context.by,
                    witness=witness,
                )
            )
        _write_redactions(context, change, [item for one in chosen for item in one.items])
        kinds = {one.kind for one in chosen}
        mark_files(context.database, change, kinds=kinds, on=context.today, until=context.today + LEAD_TIME)
    return ActionResult(
        f"{len(chosen)}種・{total}件に消す印を付けました。あす以降の最初の起動で消えます。それまでは元に戻せます。"
    )


def mark_person_for_erasing(
    context: ActionContext,
    *,
    person_id: int,
    reason: str,
    places: Mapping[int, FutureEntryAnswer] | None = None,
    witness: str = "",
) -> ActionResult:
    """Mark all data about one person who asked for erasure, regardless of participation and due days.

    Earlier backups are kept by their own rule; no request shortens that.

    Args:
        reason: the request, without the person's name. places: what becomes of each entry in a coming event, by entry
            id. witness: 立会い, "" = nobody.
    Raises:
        UserError: no reason, the person's name in reason or witness, nothing (more) to erase, or no answer for an entry
            in a coming event.
    """
    if not reason.strip():
        raise UserError("消す理由が書かれていません。", "申出のあった日や方法などを入力してください。")
    person = by_id(context.database, Person, person_id)
    key = search_key(person.name) if person is not None else ""
    if key and key in search_key(reason + witness):
        raise UserError(
            "消す理由か立会いに、この人の氏名が書かれています。",
            "この文は廃棄の記録に残ります。氏名を書かずに、申出の日や方法を入力してください。",
        )
    if held := holds_of_person(context.database, person_id, context.today).words:
        raise UserError(
            f"この人の記録には、まだ消せないものがあります。{held}", "保留を解いてから、消す印を付けてください。"
        )
    items = tuple(one.item for one in rows_of_person(context.database, person_id)) if person is not None else ()
    if not items:
        raise UserError("この人の記録で消せるものが、もうありません。", "画面を開き直してください。")
    answers = places or {}
    coming = future_entries_of(context.store, person_id=person_id, today=context.today)
    if any(one.entry_id not in answers for one in coming):
        raise UserError(
            "この人には、これからの実施回の枠があります。", "枠をどうするかを選んでから、消す印を付けてください。"
        )
    with context.change("申出のあった1人の記録に、消す印を付けた", SUBJECT) as change:
        for one in coming:
            release_entry(context.store, change, one.entry_id, keep_unnamed=answers[one.entry_id] == KEEPS_ENTRY)
        change.insert(
            Disposal(
                fiscal_year=year_of(context.now),
                number=_next_number(context.database, year_of(context.now)),
                kind=REQUEST.key,
                what=REQUEST.data_name,
                count=1,
                unit="人",
                why=reason.strip(),
                due_on=context.today,
                items=items,
                marked_at=context.now,
                by=context.by,
                witness=witness,
            )
        )
        _write_redactions(context, change, items, kind=REQUEST.key)
    said = "1人の記録に消す印を付けました。あす以降の最初の起動で消えます。それまでは元に戻せます。"
    return ActionResult(f"{said}{_people_to_inform_words(coming, answers)}", person_id)


def _people_to_inform_words(future_entries: Sequence[UpcomingEntry], answers: Mapping[int, FutureEntryAnswer]) -> str:
    """Return how many places were given up and who must be told, each once; "" where none was."""
    given_up = [one for one in future_entries if answers[one.entry_id] == WITHDRAWS]
    whom = "、".join(dict.fromkeys(each for one in given_up for each in one.people_to_notify))
    said = fill_nonempty("{}回の枠を辞退にしました。", len(given_up))
    return f"{said}知らせる先は、{whom}です。" if whom else said


def _next_number(database: Database, year: int) -> int:
    return 1 + max((one.number for one in rows(database, Disposal, fiscal_year=year)), default=0)


def _write_redactions(context: ActionContext, change: Change, items: Iterable[DisposalItem], *, kind: str = "") -> None:
    """Replace personal values in existing rows by redactions, a different one for each person."""
    by_table = group_by_key((item.table, item.row_id) for item in items if not item.born)
    named = person_by_row(context.database) if {"people", "applications"} & set(by_table) else {}
    people = {named.get((table, number), 0) for table, numbers in by_table.items() for number in numbers}
    own = dict(zip(sorted(people), personal_redactions(len(people), _redactions_in_use(context.database)), strict=True))
    for table, numbers in by_table.items():
        record = RECORDS[table]
        texts = {
            one.id: redacted_values(one, own[named.get((table, one.id), 0)], kind)
            for one in rows(context.database, record, id=numbers)
        }
        change.update_each(record, {number: found for number, found in texts.items() if found})


def _redactions_in_use(database: Database) -> list[str]:
    named = [one.name for one in rows(database, Person)] + [one.name for one in rows(database, Application)]
    return [name for name in named if is_redacted_text(name)]


def judge_text(context: ActionContext, *, place: DisposalItem, is_theirs: bool) -> ActionResult:
    """Record whom a text means that contains a surname alone or a name shared by another person.

    Args:
        is_theirs: it means the erased person: the text is listed until it is reworded, and its old wording is then
            removed from the history. False: it means another person, and stays.

    Raises:
        UserError: somebody judged it meanwhile.
    """
    meant = [one for one in rows(context.database, Disposal) if place in one.items and place.sort.is_unsure]
    if not meant:
        raise UserError("この所は、すでに確かめてあります。", "一覧を開き直してください。")
    judged = replace(place, sort=NameCertainty.SURE if is_theirs else NameCertainty.ANOTHER)
    whom = "消した人のこと" if is_theirs else "別の人のこと"
    with context.change(f"文の中の氏名1か所を、{whom}と確かめた", SUBJECT) as change:
        for one in meant:
            items = tuple(judged if item == place else item for item in one.items)
            change.update(Disposal, one.id, items=items)
    more = "その文から氏名を消すと、つぎの日からの起動で、変更の履歴からも消えます。" if is_theirs else ""
    return ActionResult(f"{whom}として記録しました。{more}")


def confirm_clock(context: ActionContext) -> ActionResult:
    """Confirm the PC's date after a leap of the clock, so that the next opening erases what was marked.

    Raises:
        UserError: the date needs no confirmation.
    """
    asked = awaiting_clock_check(context.store, today=context.today)
    if not asked:
        raise UserError("確かめる日付は、もうありません。", "一覧を開き直してください。")
    with context.change(f"パソコンの日付（{long_date(context.today)}）が正しいことを確かめた", SUBJECT) as change:
        for one in asked:
            change.update(Disposal, one.id, confirmed_at=context.now)
    return ActionResult(
        "日付が正しいことを記録しました。消す印を付けたものは、つぎの起動で消えます。それまでは元に戻せます。"
    )


def keep_longer(context: ActionContext, *, kind: str, reason: str, until: date) -> ActionResult:
    """Keep a kind of data beyond its due day until ``until``, with a reason.

    Args:
        kind: the key of its ``Retention``.
    Raises:
        UserError: no reason, or a day that is not in the future.
    """
    if not reason.strip():
        raise UserError("残す理由が書かれていません。", "理由を入力してください。")
    if until <= context.today:
        raise UserError("いつまで残すかの日が、これからの日ではありません。", "あす以降の日を入力してください。")
    name = next(one.data_name for one in RETENTIONS if one.key == kind)
    what = in_visit_words(name, visits_of_all_years(context.database))
    with context.change(f"{what}を理由を書いて残した", SUBJECT) as change:
        change.insert(DisposalHold(kind=kind, reason=reason.strip(), until=until, **context.signature))
    return ActionResult(f"{what}を{long_date(until)}まで残します。")


def erase_marked(store: Store, now: datetime) -> tuple[str, ...]:
    """Erase what was marked on an earlier day, in rows and history images; return the sentences to show.

    The rules are checked again: rows edited since the mark stay and are counted. Contacts deleted by hand earlier,
    which exist in the history only, are erased too when their day has come. For texts that name erased people see
    ``naming_texts``.
    """
    every = rows(store.database, Disposal)
    if not any(one.erased_at is None or any(item.column for item in one.items) for one in every):
        return ()
    days = ClockCheck(store)
    again = _erase_reworded(store, every, days, now)
    past = [one for one in every if one.erased_at is None and one.marked_at.date() < now.date()]
    waiting = [one for one in past if days.is_plausible_since_mark(one.marked_at, now.date())]
    again = (*again, _clock_question_words(now)) if len(waiting) < len(past) else again
    holds = read_holds(store.database, now.date())
    held = [one for one in waiting if has_held_items(store.database, one, holds)] if holds.found else []
    if held:
        waiting = [one for one in waiting if one not in held]
        again = (*again, f"消す印を付けたもの{len(held)}種は、消していません。{holds.words}")
    if not waiting:
        return again
    lives, whose = row_histories(store.database), person_by_row(store.database)
    wanted: dict[RowHistory, Mapping[str, str]] = {}
    outcome = {}
    whole = set()
    people: dict[bool, set[int]] = {True: set(), False: set()}
    pressed: dict[tuple[int, int], set[RowHistory]] = {}
    for one in waiting:
        meant = {item: life for item in one.items if (life := _row_still_unused(lives, item, one.kind)) is not None}
        removed = [life for life in _removed_contacts(lives, one.kind, one.due_on, now.date()) if life not in wanted]
        wanted |= redactions_by_row(lives, [*meant.values(), *removed], one.kind)
        pressed.setdefault((one.fiscal_year, one.number), set()).update(meant.values(), removed)
        if one.kind in (REQUEST.key, PARTICIPANTS.key):
            people[one.kind == REQUEST.key] |= {item.row_id for item in meant if item.table == "people"}
        if one.kind == PARTICIPANTS.key:
            whole |= {lives.last_images[life]["event_id"] for item, life in meant.items() if item.table in EVENT_CELLS}
        of_people = one.unit == "人" and one.kind != TAKEN_OUT.key
        erased = _count_people(one, meant, whose) if of_people else len(meant)
        outcome[one.id] = {
            "erased": erased,
            "stayed": one.count - erased,
            "removed_before": len(removed),
        }
    files = files_to_erase(store.database, lives, waiting)
    outcome |= files.outcome
    wanted |= related_cells(lives, wanted, whole_events=whole)
    named = find_naming_texts(store.database, lives, merge_cells(wanted, files.cells))
    before, values = _count_attended(store.database), _values_of(store.database, wanted)
    names = _values_of(store.database, wanted, _SAID_IN_LETTERS)
    kept = {
        by_request: plan_kept_erasing(
            store,
            rows(store.database, Entry, person_id=list(theirs)),
            names=names,
            by_request=by_request,
            held=rows(store.database, Entry, person_id=sorted(holds.people)),
        )
        for by_request, theirs in people.items()
        if theirs
    }

    def note(change: Change) -> None:
        """Write into the record what was counted after erasing."""
        for by_request, plan in kept.items():
            erase_kept(store, change, plan, people=people[by_request], names=names, now=now)
        counts = {
            "left_over": len(_values_of(store.database, wanted)),
            "elsewhere": count_elsewhere(store.database, values),
            "searched": named.searched_names,
            "people_before": before,
            "people_after": _count_attended(store.database),
        }
        for number, counted in outcome.items():
            change.update(Disposal, number, **counted, **counts, erased_at=now)
        for press, theirs in _naming_texts_by_erasure(named, pressed).items():
            first = next(one for one in waiting if (one.fiscal_year, one.number) == press)
            change.update(Disposal, first.id, items=(*first.items, *theirs))

    total = sum(one["erased"] for one in outcome.values())
    erase(
        store,
        merge_cells(merge_cells(wanted, named.in_history), files.cells),
        action=f"消す時期が来たもの{len(waiting)}種・{total}を消去した",
        by=waiting[-1].by,
        now=now,
        files=tuple(dict.fromkeys((*files.names, *(name for plan in kept.values() for name in plan.files)))),
        write_note=note,
    )
    stayed = sum(one["stayed"] for one in outcome.values())
    more = fill_nonempty("印を付けたあとで使われた{}件は残しました。", stayed)
    return (
        *again,
        f"印を付けたもの{len(waiting)}種・{total}を消去しました。{more}{_remaining_words_message(tuple(named.in_current_rows))}",
    )


def _naming_texts_by_erasure(
    named: NameSearchResult, pressed: Mapping[tuple[int, int], set[RowHistory]]
) -> dict[tuple[int, int], list[DisposalItem]]:
    """Return the places that name people of each erasure, by its year and number.

    A place that belongs to none is listed with the first erasure.
    """
    of_none = frozenset().union(*named.in_current_rows.values()) - frozenset().union(*pressed.values())
    found = {}
    for position, (press, theirs) in enumerate(pressed.items()):
        ours = theirs | (of_none if position == 0 else frozenset())
        found[press] = [item for item, lives in named.in_current_rows.items() if lives & ours]
    return found


def _remaining_words_message(left: Sequence[DisposalItem]) -> str:
    """Return sentences on how many places in texts still name erased people; "" where none does."""
    sure, unsure = [one for one in left if not one.sort], [one for one in left if one.sort]
    said = ""
    if sure:
        said = (
            f"氏名などが文の中に残っている所が{len(sure)}か所あります（{locations_words(sure)}）。"
            "文を直すと、つぎの日からの起動で、変更の履歴からも消えます。"
        )
    if unsure:
        said += (
            f"名字だけの所や、同じ氏名の人がほかにいる所が{len(unsure)}か所あります。"
            "「消す時期が来たもの」で、だれのことかを確かめてください。"
        )
    return said


def _clock_question_words(now: datetime) -> str:
    return (
        f"パソコンの日付（{long_date(now.date())}）が、前に使った日から1か月より先に進んでいます。"
        "消す印を付けたものは、まだ消していません。日付が正しければ、「消す時期が来たもの」の"
        "「日付は正しい」を押してください。つぎの起動で消えます。違うときは、パソコンの時計を直してください。"
    )


def _erase_reworded(store: Store, every: Sequence[Disposal], days: ClockCheck, now: datetime) -> tuple[str, ...]:
    """Remove old wording from the history of listed texts reworded on an earlier day; return messages."""
    noted = [item for one in every for item in one.items if item.column]
    today = now.date()
    settled = lambda step: step.on < today and days.is_plausible_since_step(step.seq, step.on, today)  # noqa: E731
    done = find_reworded(store.database, noted, is_settled=settled)
    if not done:
        return ()
    wanted: dict[RowHistory, dict[str, str]] = {}
    for cells in done.values():
        wanted = merge_cells(wanted, cells)

    def note(change: Change) -> None:
        """Remove the reworded texts from the records of their erasures."""
        for one in every:
            if done.keys() & set(one.items):
                change.update(Disposal, one.id, items=tuple(item for item in one.items if item not in done))

    action = f"直した文{len(done)}か所の前の文を、変更の履歴からも消去した"
    by = next(one.by for one in every if done.keys() & set(one.items))
    erase(store, wanted, action=action, by=by, now=now, write_note=note)
    return (f"直した文{len(done)}か所の前の文を、変更の履歴からも消去しました。",)


def _count_people(one: Disposal, meant: Mapping[DisposalItem, RowHistory], whose: Mapping[tuple[str, int], int]) -> int:
    """Return of how many people data were erased; for a request the count depends on the name alone."""
    if one.kind == REQUEST.key:
        return int(any(item.table == "people" for item in meant))
    return count_people(meant, whose)


def _row_still_unused(histories: RowHistories, item: DisposalItem, kind: str) -> RowHistory | None:
    """Return the history of a marked row if nobody has edited or restored the row since, else None."""
    if item.born:
        gone = (
            life
            for life in histories.last_images
            if (life.table, life.row_id, life.born) == (item.table, item.row_id, item.born)
        )
        return next((life for life in gone if not histories.is_current(life)), None)
    life = histories.current.get((item.table, item.row_id))
    return life if life is not None and is_redacted(item.table, histories.last_images[life], kind) else None


def _removed_contacts(histories: RowHistories, kind: str, due_on: date, today: date) -> list[RowHistory]:
    """Return contacts of a kind that were deleted by hand and whose day has come; they exist in history images only."""
    found = []
    for life, image in histories.of_table("contacts").items():
        day = str(image.get("dispose_on") or "")
        over = bool(day) and day <= max(due_on, today).isoformat() and not is_redacted("contacts", image)
        if over and not histories.is_current(life) and contact_kind(to_record(Contact, image)) == kind:
            found.append(life)
    return found


def _count_attended(database: Database) -> int:
    """Return the number of attendances over all events, each person in each event."""
    return len(rows(database, Entry, attendance=Attendance.PRESENT))


def _values_of(database: Database, wanted: Cells, columns: Collection[str] = ()) -> frozenset[str]:
    """Return all values that the given cells, or those of some ``columns``, ever had in history images."""
    found = set()
    for step in walk_journal(database):
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            for side, life in (("before", before), ("after", after)):
                if life is not None and life in wanted and life.table in ERASED_COLUMNS:
                    found |= {
                        str(change[side].get(name) or "") for name in wanted[life] if not columns or name in columns
                    }
    return frozenset(one for one in found if one and not is_redacted_text(one))
