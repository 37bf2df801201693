"""Builds letters, recruitment documents, 起案資料 and labels of one event from its records."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from app.actions.user_error import UserError
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import DocumentContext, Passage, venue_words
from app.documents.event_facts import EventFacts
from app.documents.handout_blocks import NamedLines
from app.documents.services.document_context import event_document_context
from app.documents.services.document_passages import PassageRow, merge_texts
from app.documents.services.document_states import COPIES
from app.documents.services.documents import sender_words
from app.documents.services.kept_letters.kept_papers import is_drawn_here, issued_contents, nobody_chosen
from app.event.rules.change_decisions import letter_of
from app.event.rules.event_state import decision_in_effect, decisions_without_new_date
from app.event.rules.notification_facts import notified_place_words
from app.event.rules.participation import has_applied, is_coming
from app.event.rules.recruitment import (
    DECISION,
    FLYER,
    FORM,
    GAZETTE,
    TO_PRESIDENTS,
    WEB_PAGE,
    closing_step,
    document_of_step,
    fee_words,
    opening_step,
    step_due,
)
from app.event.services.event_facts import PreloadedRows, planned_facts, read_event_facts, read_venue_entry
from app.event.services.event_notifications import (
    PARTICIPANT_LETTERS,
    differs_from_known,
    facts_known_to_participants,
    notified_time_words,
    read_notification_rows,
)
from app.event.services.event_records import read_core_records
from app.event.services.expected_counts import latest_selection
from app.event.services.recruitment import request_forms_close_on
from app.events.letters.documents import address_labels, recruitment_documents
from app.events.letters.documents.drafting_set import LetterDraft, drafting_set
from app.events.letters.documents.letter_layout import (
    MAX_NAMED_PEOPLE,
    Addressee,
    Rows,
    Texts,
    letters,
    people_lines,
)
from app.events.letters.rules.change_letters import BY_PHONE, facts_as_known_by
from app.events.letters.rules.drafting_texts import GUIDELINE, KEEPING, drafting_passages
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    DRAFTING,
    DRAFTING_CHANGE,
    FORMAL,
    INVITATION,
    LEAD,
    LEAVING,
    LETTERS,
    REFUSAL_LETTER,
    REPLY_OPEN_DAYS,
    SUBJECT,
    WAITING_LEAD,
    WAITING_PART,
    LetterFacts,
    ReplacedEvent,
    absence_deadline,
    headcount_deadline,
)
from app.events.letters.rules.notices import notice_passages
from app.events.letters.rules.recruitment_texts import ONLINE, RECRUITMENT, recruitment_passages
from app.events.letters.services.cited_letters import CITING_LETTERS, earlier_letter, read_earlier_letters
from app.events.letters.services.earlier_letters import (
    RECRUITMENT_LETTERS,
    current_decision,
    needs_call,
    newest_calls,
    number_agreement,
    sent_on,
)
from app.events.letters.services.letter_addressees import (
    LetterOptions,
    addressees,
    answered_ids,
    entries_of_letter,
    read_options,
)
from app.events.letters.services.letter_batches import (
    SELECTION_LETTERS,
    letter_batches_of,
    read_batches,
    read_previously_named,
    read_revision,
    selections_of_letter,
)
from app.events.roster.rules import state_and_order
from app.events.roster.services.roster import roster_of
from app.programme.holds import backup_term
from app.programme.rules import in_own_words
from app.programme.services import (
    applicant_retention_end,
    kind_of_event,
    programme_of_event,
    setting_in_force,
)
from app.registers.venues.services import printed_map
from db.record import group_by_key
from db.records.calls import ChangeDecision
from db.records.documents import DocumentPassage, Letter, LetterForm, LetterState
from db.records.events import EVERYBODY, AgendaItem, Event, RecruitmentStep
from db.records.roster import Entry
from db.rows import by_id, rows
from db.store import Store
from db.tables import calls

_FRAMING_PATTERN = re.compile("あいさつ|挨拶|休憩|アンケート|開会|閉会|受付|事務連絡|片付け|準備")


def read_letter_facts(store: Store, *, event: Event, on: date | None = None, kind: str = "") -> LetterFacts:
    """Return what is known about an event for its letters.

    Args:
        on: the 発信日, whose 所属 stands as 問合せ先; None = the one set last.
        kind: the letter that is made; "" = that of the decision in effect.

    Raises:
        UserError: the year has not been started yet, or it has no numbers for the kind of the event.
    """
    view = programme_of_event(store, event, on=on)
    calendar = view.calendar
    records = read_core_records(store, event)
    entries, decisions = records.entries, records.decisions
    known = read_event_facts(store, event, PreloadedRows(entries=entries))
    choice = latest_selection(store.database, event.id)
    steps = rows(store.database, RecruitmentStep, event_id=event.id, order=("position", "id"))
    decision = decision_to_announce(store, event, decision_in_effect(event, decisions))
    hoping = entries_of_letter(CANCELLATION, records)
    called = newest_calls(store.database, decision, hoping)
    left = [row for row in hoping if needs_call(row, called)]
    setting = setting_in_force(view.document_settings, DRAFTING, on)
    settled = setting.extra if setting is not None else {}
    numbers = view.find_kind(event.kind)
    if numbers is None:
        raise UserError("この種別の仕様の数が、まだ決まっていません。", "「設定」の仕様の数を確かめてください。")

    reply_from = calendar.add_open_days(on, REPLY_OPEN_DAYS) if on else None
    opens, closes = opening_step(steps), closing_step(steps)
    apply_by = step_due(closes, event.event_date, calendar) if closes else None
    if event.form.at_organisation and numbers.recruitment.is_yearly:
        apply_by = request_forms_close_on(store.database, numbers, date.min)
    asked = [row for row in entries if has_applied(row)]
    revoked = sum(row.state.is_revoked for row in asked)
    decided = letter_batches_of(records, DECISION)
    refused = {row.id: row.state for row in entries_of_letter(REFUSAL_LETTER, records)}
    return LetterFacts(
        event=known,
        name=known.title_without_organisation,
        title=_title(known),
        numbers=numbers,
        programme=view.programme,
        office=view.office,
        venue_lines=_place(known),
        content=_content(event, known.agenda),
        absence_by=absence_deadline(event, numbers, view.programme, calendar, reply_from),
        reply_from=reply_from,
        apply_from=step_due(opens, event.event_date, calendar) if opens else None,
        apply_by=apply_by,
        method=choice.method if choice is not None else "",
        # A substitute did not apply; whoever was told not to come gets no letter.
        applied=_count(asked),
        applied_late=_count(_late_applications(asked, apply_by)) if event.form.recruits else (0, 0),
        chosen=_count(row for row in entries if is_coming(row)),
        added=_count(decided.current_entries) if decided.current_revision > 1 else None,
        capacity_chosen=choice.capacity if choice is not None else None,
        rejected=sum(state.is_not_chosen for state in refused.values()),
        withdrawn=sum(not is_coming(row) and row.id not in refused for row in asked) - revoked,
        revoked=revoked,
        waiting=sum(state.is_waiting for state in refused.values()),
        decision=decision,
        issue_date=on,
        headcount_by=headcount_deadline(event, numbers, view.programme, calendar),
        earlier_letter=earlier_letter(
            store, event, kind if kind in CITING_LETTERS else change_letter(store, event) or CHANGE
        ),
        agreement=number_agreement(store, event.id),
        called_on=tuple(sorted({call.at.date() for call in called.values() if call.outcome.is_reached})),
        not_called=(_count(left)[1], sum(not row.organisation_key for row in left)),
        guideline=settled.get(GUIDELINE, ""),
        retention_period=settled.get(KEEPING, ""),
        has_admission_numbers=event.admissions,
        contacts_until=applicant_retention_end(store.database, view.programme, event.event_date),
        backups=backup_term(store.database, on or date.min),
        fee=fee_words(view.setting_of(FLYER)),
        writes_to_presidents=TO_PRESIDENTS in {document_of_step(one.name) for one in steps},
        replaced_event=_replaced_event(store, event, entries),
        replacement_event=read_replacement_event(store, event),
        taken_over=sum(row.moved_to is not None for row in entries),
    )


def _replaced_event(store: Store, event: Event, entries: Sequence[Entry]) -> ReplacedEvent | None:
    """Return the cancelled event that this one replaces, with the people moved from it, or None."""
    other = by_id(store.database, Event, event.replaces)
    if other is None or other.status.counts:
        return None
    left = {one.moved_to for one in rows(store.database, Entry, event_id=other.id)}
    people, organisations = _count([one for one in entries if one.id in left and has_applied(one)])
    return ReplacedEvent(
        event=planned_facts(other, kind_of_event(store.database, other)), people=people, organisations=organisations
    )


def read_replacement_event(store: Store, event: Event) -> EventFacts | None:
    """Return the event that replaces a cancelled one, None where none is known or that does not take place either."""
    if event.status.counts:
        return None
    found = next((one for one in rows(store.database, Event, replaces=event.id) if not _is_off(store, one)), None)
    return planned_facts(found, kind_of_event(store.database, found)) if found is not None else None


def decision_to_announce(store: Store, event: Event, decision: ChangeDecision | None) -> ChangeDecision | None:
    """Return a decision, without the day of the 振替 where no event that was to replace it takes place on its day."""
    if decision is not None and decision.substitute:
        instead = rows(store.database, Event, replaces=event.id)
        if instead and all(_is_off(store, one) for one in instead):
            return replace(decision, substitute="")
    return decision


def _is_off(store: Store, event: Event) -> bool:
    """Return whether an event is cancelled, or its day was given up and no new one entered."""
    taken = decisions_without_new_date(event, calls.decisions(store.database, event.id))
    return event.status.is_cancelled or any(one.kind.moves_day for one in taken)


def _late_applications(entries: Iterable[Entry], apply_by: date | None) -> list[Entry]:
    return [row for row in entries if apply_by and row.applied_at is not None and row.applied_at.date() > apply_by]


def _texts(store: Store, event: Event, kind: str) -> list[DocumentPassage]:
    return rows(store.database, DocumentPassage, event_id=event.id, document_kind=(kind, FLYER))


def _application_url(texts: Iterable[DocumentPassage]) -> str:
    """Return the address of the event's form, typed on the flyer and printed on all recruitment documents."""
    return next((one.text.strip() for one in texts if (one.document_kind, one.part) == (FLYER, ONLINE)), "")


def _count(entries: Iterable[Entry]) -> tuple[int, int]:
    """Return the number of people and of 団体; people without one add no 団体."""
    rows = list(entries)
    return len(rows), len({row.organisation_key for row in rows} - {""})


def _place(event: EventFacts) -> str:
    """Return venue and room, then address, way there and what else is told, where the venue is registered."""
    address, access = event.venue_facts.address, event.venue_facts.access
    one = address and access and "\n" not in f"{address}{access}"
    where = (f"{address}（{access}）",) if one else (address, access)
    return join_nonempty(venue_words(event), *where, *event.venue_facts.more, separator="\n")


def _title(event: EventFacts) -> str:
    """Return the event's name for a headline: its subject, or the programme's name where it has none."""
    plain = event.form.in_groups and event.subject in ("", event.kind, event.year_kind.name)
    return event.year_kind.title if plain or not event.subject else event.subject


def _content(event: Event, agenda: Iterable[AgendaItem]) -> str:
    """Return what the event is about, from its record or its timetable.

    Of the timetable the titles with minutes, without greetings, breaks and the like.
    """
    if event.content.strip():
        return event.content.strip()
    titles = [item.title for item in agenda if item.minutes and not _FRAMING_PATTERN.search(item.title)]
    return "、".join(dict.fromkeys(titles))


LABELS = address_labels.KIND
LARGE_PRINT_KINDS = (*LETTERS, TO_PRESIDENTS, FORM)
"""What is offered as a 拡大版 too: every letter to those who take part, and what asks its reader to answer."""
MANUSCRIPTS = (GAZETTE, WEB_PAGE)
"""The two manuscripts on one sheet; each is worded, counted and notified separately."""


def change_letter(store: Store, event: Event) -> str:
    """Return 中止通知 for a cancelled event, the letter of the decision in effect for another, "" without one."""
    decision = current_decision(store.database, event)
    if event.status.is_cancelled:
        return CANCELLATION
    return letter_of(decision.kind) if decision is not None else ""


def drafted_letters(store: Store, event: Event, kind: str) -> tuple[str, ...]:
    """Return the kinds of letter that a 起案資料 decides on.

    決定通知, with 落選通知 if somebody gets one (with a later 決定通知: if somebody gets one that was not sent yet),
    unless another letter is put up while neither of them is. For the
    起案資料 about a change: 中止通知 or 変更通知, () for neither.
    """
    if kind == DRAFTING_CHANGE:
        found = change_letter(store, event)
        return (found,) if found else ()
    put_up = {
        one.document_kind
        for one in rows(store.database, Letter, event_id=event.id, form=LetterForm.FORMAL)
        if one.state.is_under_way
    }
    if put_up.isdisjoint(SELECTION_LETTERS) and (alone := put_up & {INVITATION, *LEAVING}):
        return (max(alone),)
    first = read_batches(store, event, DECISION).current_revision == 1
    refused = read_batches(store, event, REFUSAL_LETTER)
    refuses = refused.current_entries if first else refused.not_yet_addressed
    return (DECISION, REFUSAL_LETTER) if refuses else (DECISION,)


def _with_notified_facts(store: Store, event: Event, kind: str, facts: LetterFacts) -> LetterFacts:
    """Return the facts with the day people were notified of, and the place if it differs now; why places were taken."""
    told = facts_known_to_participants(store.database, read_notification_rows(store.database, event))
    elsewhere = differs_from_known(told, event, ("会場",))
    reasons = {
        one.reason for one in selections_of_letter(store, event, kind) if state_and_order(one.lines[0])[0].is_revoked
    }
    return replace(
        facts,
        notified_time=notified_time_words(told),
        notified_place=notified_place_words(told) if elsewhere else "",
        revoked_because=reasons.pop() if len(reasons) == 1 else "",
    )


def default_passages(
    store: Store,
    *,
    event: Event,
    kind: str,
    facts: LetterFacts | None = None,
    on: date | None,
    texts: Sequence[DocumentPassage] | None = None,
) -> tuple[Passage, ...]:
    """Return the default wording of a kind of document on the 発信日 ``on``; empty for labels.

    Args:
        facts: of the event; None = they are read.
        texts: saved passages of the document and of the flyer, which bears the URL of the form; None = they are read.
    """
    known = facts or read_letter_facts(store, event=event, on=on, kind=kind)
    is_draft = kind in (DRAFTING, DRAFTING_CHANGE)
    drafted = drafted_letters(store, event, kind) if is_draft else (kind,)
    if not drafted:  # a 起案 that nothing calls for yet
        return ()
    if drafted[0] in LEAVING:
        known = _with_notified_facts(store, event, drafted[0], known)
    if DECISION in drafted and known.added:  # what of the others was told before is decided
        rest = read_batches(store, event, REFUSAL_LETTER).not_yet_addressed
        waiting = sum(one.state.is_waiting for one in rest)
        known = replace(known, waiting=waiting, rejected=len(rest) - waiting)
    if kind in LETTERS:
        return notice_passages(kind, known)
    if kind in RECRUITMENT:
        typed = _texts(store, event, kind) if texts is None else texts
        return recruitment_passages(kind, replace(known, application_url=_application_url(typed)))
    return drafting_passages(known, drafted) if is_draft else ()


def passages_of(
    store: Store, *, event: Event, kind: str, facts: LetterFacts | None = None, on: date | None = None
) -> tuple[PassageRow, ...]:
    """Return the passages as of the 発信日 ``on``, each as staff wrote it or else by default; ``facts`` None = read."""
    texts = _texts(store, event, kind)
    defaults = default_passages(store, event=event, kind=kind, facts=facts, on=on, texts=texts)
    revision = 1 if kind in SELECTION_LETTERS else read_revision(store, event, kind).revision
    return merge_texts([one for one in texts if one.document_kind == kind], defaults, revision=revision)


def letter_addressees(
    store: Store,
    *,
    event: Event,
    kind: str,
    options: LetterOptions,
    now: datetime,
    for_drafting_list: bool = False,
    entries: Collection[int] = (),
) -> tuple[Addressee, ...]:
    """Return the addressees of a letter or of a sheet of labels; () for a document that is no letter.

    Labels of a 決定通知 are for the letters that are made now; if none is pending, for everybody who had one.

    Args:
        for_drafting_list: for the addressee list of a 起案資料. entries: whose letter it is; () = of the one made now.
    """
    wanted = options.labels_for if kind == LABELS else kind
    if wanted not in (*LETTERS, *RECRUITMENT_LETTERS) and kind != LABELS:
        return ()
    batches = read_batches(store, event, wanted)
    # Labels for the letters that are made now; if none is pending, for everybody who had one.
    batch = batches.not_yet_addressed if kind == LABELS and wanted == DECISION else batches.current_entries
    before = read_previously_named(store, event) if wanted == CHANGE else None
    made = addressees(
        store,
        event=event,
        kind=wanted,
        unit=options.unit,
        today=now.date(),
        honorific=options.honorific,
        only=entries or ({entry.id for entry in batch} if batch else None),
        for_drafting_list=for_drafting_list,
        previously_named_ids=before,
    )
    if before is None or before.includes_change_letter:
        return made
    told = _told_lines(store, event)
    return tuple(_with_told_lines(one, told) for one in made)


def _told_lines(store: Store, event: Event) -> dict[frozenset[int], Rows]:
    """Return the people as the newest 決定通知 or 開催通知 that was kept names them, by the places of each letter."""
    found = {}
    issued = rows(
        store.database, Letter, event_id=event.id, document_kind=PARTICIPANT_LETTERS, state=LetterState.ISSUED
    )
    for letter in sorted(issued, key=lambda one: (one.issued_on or date.min, one.id)):
        for content in issued_contents(store, letter, kind=letter.document_kind, wanted=is_drawn_here):
            entries = frozenset(entry for head in content.letterheads for entry in head.entries)
            if event.form.at_organisation and len(entries) > MAX_NAMED_PEOPLE:
                continue  # it counted them
            found[entries] = tuple(row for one in content.blocks if isinstance(one, NamedLines) for row in one.rows)
    return found


def _with_told_lines(to: Addressee, told: Mapping[frozenset[int], Rows]) -> Addressee:
    """Return the addressee with its people as they were named, where a name was put right since."""
    lines = told.get(frozenset(one.entry_id for one in to.people), ())
    named = [name for name, _ in lines]
    now = dict(people_lines(to.people, devices=False))
    same = not named or to.previously_named or named == [*now]
    return to if same else replace(to, told_lines=tuple((name, now.get(name, "")) for name in named))


def build_letter_document(
    store: Store,
    event: Event,
    now: datetime,
    *,
    kind: str,
    chosen: Collection[str | int] | None = None,
    start: int = 1,
    typed_texts: Mapping[str, str] | None = None,
    large: Collection[str] | None = None,
    entries: Collection[int] = (),
) -> DocumentContent:
    """Return the content of a letter, recruitment document, 起案資料 or sheet of labels.

    Args:
        chosen: keys of the addressees it is made for; None = all. It has no effect on a 起案資料, the flyer, the
            application form and the manuscripts.
        start: position of the first free label of the sheet, from 1.
        typed_texts: texts by part that are shown before they are saved.
        large: keys of the addressees who get a 拡大版, or ``EVERYBODY`` of a form; None = as stored of the event.
        entries: the places whose letter it is; () = those of the letter that is made now.

    Raises:
        UserError: there is no addressee, or none was chosen.
    """
    is_large = partial(event.is_large, kind) if large is None else large.__contains__
    view = programme_of_event(store, event, on=now.date())
    formal = kind in FORMAL
    context = event_document_context(
        store, event, kind, now, view=view, formal=formal, given_on=sent_on(store, event.id, kind)
    )
    if kind in (DRAFTING, DRAFTING_CHANGE):
        return _drafting(store, event, now, kind, context, typed_texts or {})
    options = read_options(store.database, kind, event_id=event.id, on=context.issue_day)
    facts = read_letter_facts(store, event=event, on=context.issue_day, kind=kind)
    texts = _passage_texts(
        passages_of(store, event=event, kind=kind, facts=facts, on=context.issue_day), typed_texts or {}
    )
    if kind == FLYER:
        return recruitment_documents.flyer(context, facts.event, texts)
    if kind == FORM:
        return recruitment_documents.application_form(context, facts.event, texts, large=is_large(EVERYBODY))
    if kind in MANUSCRIPTS:
        articles = [
            _article(store, event, one, context.issue_day, (typed_texts or {}) if one == kind else {})
            for one in MANUSCRIPTS
        ]
        return recruitment_documents.manuscripts(context, facts.event, articles)
    everybody = letter_addressees(store, event=event, kind=kind, options=options, now=now, entries=entries)
    to = [one for one in everybody if chosen is None or one.key in chosen]
    if not to:
        raise _no_addressee_error(store, event, kind, is_choice_empty=bool(everybody))
    if kind == LABELS:
        return address_labels.address_labels(
            context,
            facts.event,
            to,
            size=options.label_size,
            start=start,
            confidential=options.confidential,
        )
    to = list(_with_own_citations(store, event, kind, facts, to, texts))
    personal = not (len(to) == 1 and to[0].key == EVERYBODY)
    return letters(
        context,
        facts.event,
        kind=kind,
        texts=texts,
        addressees=to,
        window_envelope=options.window_envelope and personal,
        personal=personal,
        # The 決定通知 of an event with 入場番号 shows the way.
        place_map=printed_map(store, read_venue_entry(store.database, event))
        if event.admissions and kind == DECISION
        else None,
        edition=read_revision(store, event, kind).ordinal if personal else None,
        large={one.key for one in to if is_large(one.key)},
    )


def _with_own_citations(
    store: Store, event: Event, kind: str, facts: LetterFacts, to: Sequence[Addressee], texts: Texts
) -> Sequence[Addressee]:
    """Return the addressees; whoever knows of the event by another letter than all together with texts that cite his.

    What staff wrote stays, but for the words that name the letter. A 補欠 who was never told so is an applicant, as is
    a 落選: of that no letter told him.
    """
    every = facts.earlier_letter
    if kind not in CITING_LETTERS:
        return to
    records = read_core_records(store, event)
    told = answered_ids(records) - {one.id for one in records.entries if one.state.is_not_chosen}
    to = [
        replace(one, is_waiting_list=False, people=tuple(replace(person, state="") for person in one.people))
        if one.is_waiting_list and not told.issuperset(person.entry_id for person in one.people)
        else one
        for one in to
    ]
    if every is None:
        return to
    earlier, common = read_earlier_letters(store, event, kind), _default_texts(kind, facts)
    found = []
    for one in to:
        mine = earlier([person.entry_id for person in one.people if person.entry_id]) or (None if one.people else every)
        if mine == every or one.is_waiting_list:
            found.append(one)
            continue
        own = _default_texts(kind, facts_as_known_by(facts, mine))
        named = (mine.told_words, mine.full_name) if mine is not None else ("お申込みいただいた", "通知")
        found.append(
            replace(
                one,
                texts=tuple(
                    (
                        part,
                        own[part]
                        if text == common[part]
                        else text.replace(every.told_words, named[0]).replace(every.full_name, named[1]),
                    )
                    for part, text in texts
                ),
            )
        )
    return found


def _default_texts(kind: str, facts: LetterFacts) -> dict[str, str]:
    return {one.part: one.text for one in notice_passages(kind, facts)}


def _article(
    store: Store, event: Event, kind: str, on: date, typed_texts: Mapping[str, str]
) -> recruitment_documents.Article:
    return recruitment_documents.Article(
        kind=kind,
        texts=_passage_texts(passages_of(store, event=event, kind=kind, on=on), typed_texts),
        max_characters=read_options(store.database, kind, event_id=event.id, on=on).max_characters,
    )


def _passage_texts(passages: Iterable[PassageRow], typed_texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((row.part, typed_texts.get(row.part, row.text)) for row in passages)


def _drafting(
    store: Store, event: Event, now: datetime, kind: str, context: DocumentContext, typed_texts: Mapping[str, str]
) -> DocumentContent:
    """Return the 起案資料 with its letters; raises ``UserError`` if none of them has an addressee."""
    view = programme_of_event(store, event, on=now.date())
    facts = read_letter_facts(store, event=event, on=context.issue_day)
    drafts = []
    for letter in drafted_letters(store, event, kind):
        own = event_document_context(store, event, letter, now, view=view, formal=True)
        options = read_options(store.database, letter, event_id=event.id, on=own.issue_day)
        said = read_letter_facts(store, event=event, on=own.issue_day, kind=letter)
        words = _passage_texts(passages_of(store, event=event, kind=letter, facts=said, on=own.issue_day), {})
        to = letter_addressees(store, event=event, kind=letter, options=options, now=now, for_drafting_list=True)
        groups = group_by_key(
            ((one.is_waiting_list, one.texts or words), one)
            for one in _with_own_citations(store, event, letter, said, to, words)
        )
        drafts += [
            LetterDraft(kind=letter, context=own, texts=texts, addressees=tuple(told))
            for (_waiting, texts), told in sorted(groups.items(), key=lambda group: group[0][0])
        ]
    if not drafts:
        raise _no_addressee_error(store, event, kind, is_choice_empty=False)
    texts = _passage_texts(passages_of(store, event=event, kind=kind, facts=facts), typed_texts)
    return drafting_set(context, facts, kind=kind, texts=texts, drafts=drafts)


def _no_addressee_error(store: Store, event: Event, kind: str, *, is_choice_empty: bool) -> UserError:
    """Return the failure that the letter has nobody to go to."""
    if is_choice_empty:
        return nobody_chosen()
    wanted = {one.id for one in entries_of_letter(kind, read_core_records(store, event))}
    if any(row.is_erased for row in roster_of(store.database, event).rows if row.id in wanted):
        return UserError(f"「{kind}」を出す相手の氏名は、消去されています。", COPIES)
    return UserError(
        f"「{kind}」を出す相手が、まだいません。", "「参加者」で申込みを入れるか、参加者を決めてください。"
    )


def mail_text(store: Store, *, event: Event, kind: str, today: date) -> str:
    """Return a letter as a mail to copy: subject, lead and items, without names of people it concerns."""
    rows = passages_of(store, event=event, kind=kind, on=today)
    known = {row.part: row.text for row in rows}
    # One mail goes to all, so it mentions the call only if all were reached.
    to = addressees(store, event=event, kind=kind, unit="1人ごと", today=today) if BY_PHONE in known else ()
    left_out = () if all(one.was_called or one.is_waiting_list for one in to) else (BY_PHONE,)
    items = [
        f"{row.part}：{row.text}" if "\n" not in row.text else f"{row.part}：\n{row.text}"
        for row in rows
        if row.part not in (SUBJECT, LEAD, WAITING_LEAD, WAITING_PART, *left_out) and row.text.strip()
    ]
    view = programme_of_event(store, event, on=today)
    title, sender = in_own_words(kind, view.office), sender_words(view)
    return "\n".join([f"件名：{known.get(SUBJECT, title)}", "", known.get(LEAD, ""), "", *items, "", sender])
