"""Builds letters, recruitment papers, drafting sets and labels of one event: the facts from the records, then the
paper.

- ``gather(store, event) -> LetterFacts``
- ``defaults_of(store, event, kind) -> tuple[Passage, ...]``; ``passages_of(…) -> tuple[PassageRow, ...]``
- ``build(store, event, now, kind, chosen, start) -> DocumentContent``
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.acts.refusal import Refusal
from app.common.together import together
from app.papers.blocks import DocumentContent
from app.papers.event_facts import KIND_TITLE, EventFacts
from app.papers.guide_blocks import PlaceMap
from app.papers.paper import PaperContext, Passage, place
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_passages import PassageRow, merged
from app.papers.services.paper_states import COPIES
from app.programme.services.programme import programme_of_event
from app.programme.services.programme_view import setting_among
from app.programme.services.retention import applicants_until
from app.subjects.events.event.rules.event_state import standing_decision
from app.subjects.events.event.rules.recruitment import (
    DECISION,
    FLYER,
    FORM,
    GAZETTE,
    WEB_PAGE,
    closing_step,
    opening_step,
    step_due,
)
from app.subjects.events.event.rules.taking_part import has_applied, is_coming
from app.subjects.events.event.services.event_facts import ReadRows, planned_facts, read_facts, read_venue
from app.subjects.events.event.services.recruitment import slips_close_on
from app.subjects.events.event.services.told_event import (
    differs_from_known,
    known_facts,
    place_told,
    told_rows,
    when_told,
)
from app.subjects.events.letters.papers import address_labels, recruitment_papers
from app.subjects.events.letters.papers.decision_notice import Addressee, letters
from app.subjects.events.letters.papers.drafting_set import LetterDraft, drafting_set
from app.subjects.events.letters.rules.change_letters import BY_PHONE
from app.subjects.events.letters.rules.drafting_texts import GUIDELINE, KEEPING, drafting_passages
from app.subjects.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    DRAFTING,
    DRAFTING_CHANGE,
    FORMAL,
    LEAD,
    LETTERS,
    REFUSAL_LETTER,
    SUBJECT,
    WAITING_LEAD,
    WAITING_PART,
    WITHDRAWAL,
    LetterFacts,
    ReplacedEvent,
    absence_day,
    headcount_day,
)
from app.subjects.events.letters.rules.notices import notice_passages
from app.subjects.events.letters.rules.recruitment_texts import ONLINE, RECRUITMENT, recruitment_passages
from app.subjects.events.letters.services.earlier_letters import (
    REACHED,
    RECRUITMENT_LETTERS,
    current_decision,
    earlier_letter,
    newest_calls,
    number_agreement,
    sent_on,
    to_be_called,
)
from app.subjects.events.letters.services.letter_addressees import (
    LetterOptions,
    addressees,
    choice_made,
    has_addressees,
    read_options,
    wanted_entries,
)
from app.subjects.events.letters.services.letter_batches import named_before, read_batches, read_revision
from app.subjects.events.letters.services.letter_steps import drafted_on
from app.subjects.events.roster.services.roster import roster_of
from app.subjects.events.roster.services.selections import last_choice
from app.subjects.organisations.venues.services.venue_maps import printed_map
from db.records.events import AgendaItem, Event, RecruitmentStep
from db.records.papers import PaperText
from db.records.roster import Entry
from db.rows import by_id, row, rows
from db.store import Store
from db.tables import calls, roster

_AROUND = re.compile("あいさつ|挨拶|休憩|アンケート|開会|閉会|受付|事務連絡|片付け|準備")


def gather(store: Store, *, event: Event, on: date | None = None) -> LetterFacts:
    """Return what is known about an event for its letters.

    Args:
        on: the 発信日, whose 所属 stands as 問合せ先; None = the one set last.

    Raises:
        Refusal: the year has not been started yet.
    """
    view = programme_of_event(store, event, on=on)
    calendar = view.calendar
    entries = roster.entries(store.database, event.id)
    decisions = calls.decisions(store.database, event.id)
    known = read_facts(store, event, ReadRows(entries=entries))
    choice = last_choice(store.database, event.id)
    steps = rows(store.database, RecruitmentStep, event_id=event.id, order=("position", "id"))
    decision = standing_decision(event, decisions)
    hoping = wanted_entries(CANCELLATION, entries)
    called = newest_calls(store.database, decision, hoping)
    setting = setting_among(view.paper_settings, DRAFTING, on)
    settled = setting.extra if setting is not None else {}
    numbers = view.numbers.get(event.kind)
    if numbers is None:
        raise Refusal("この種別の仕様の数が、まだ決まっていません。", "「設定」の仕様の数を確かめてください。")

    opens, closes = opening_step(steps), closing_step(steps)
    apply_by = step_due(closes, event.event_date, calendar) if closes else None
    if event.kind == "派遣":  # one call for all of the year
        apply_by = slips_close_on(store, programme_id=view.programme.id, calendar=calendar)
    asked = [row for row in entries if has_applied(row)]
    return LetterFacts(
        event=known,
        name=known.title_without_organisation,
        title=_title(known),
        numbers=numbers,
        programme=view.programme,
        office=view.office,
        place=_place(known),
        content=_content(event, known.agenda),
        absence_by=absence_day(event, numbers, view.programme, calendar),
        apply_from=step_due(opens, event.event_date, calendar) if opens else None,
        apply_by=apply_by,
        method=choice.method if choice is not None else "",
        # A substitute came without an application of his own; whoever told not to come gets no letter.
        applied=_count(asked),
        applied_late=_count(_late(asked, apply_by)) if event.kind != "派遣" else (0, 0),
        chosen=_count(row for row in entries if is_coming(row)),
        places=choice.capacity if choice is not None else None,
        refused=sum(row.state == "落選" for row in entries),
        gone=sum(has_applied(row) and not is_coming(row) and row.state not in ("落選", "補欠") for row in entries),
        waiting=sum(row.state == "補欠" for row in entries),
        decision=decision,
        on=on,
        headcount_by=headcount_day(event, numbers, view.programme, calendar),
        earlier=earlier_letter(store, event.id, decision),
        agreement=number_agreement(store, event.id),
        called_on=tuple(sorted({call.at.date() for call in called.values() if call.outcome == REACHED})),
        not_called=_count(row for row in hoping if to_be_called(row, called))[1],
        guideline=settled.get(GUIDELINE, ""),
        keeping=settled.get(KEEPING, ""),
        admissions=event.admissions,
        contacts_until=applicants_until(store.database, view.programme),
        replaces=_replaced(store, event, entries),
        instead=_instead(store, event),
    )


def _replaced(store: Store, event: Event, entries: Sequence[Entry]) -> ReplacedEvent | None:
    """The cancelled event for which this one takes place, with who was moved from it."""
    other = by_id(store.database, Event, event.replaces) if event.replaces is not None else None
    if other is None or other.status != "中止":
        return None
    left = {one.moved_to for one in rows(store.database, Entry, event_id=other.id)}
    taken = [one for one in entries if one.id in left and has_applied(one)]
    people, organisations = _count(taken)
    return ReplacedEvent(event=planned_facts(other), people=people, organisations=organisations)


def _instead(store: Store, event: Event) -> EventFacts | None:
    """The event that takes place for a cancelled one, None where none is known."""
    if event.status != "中止":
        return None
    found = row(store.database, Event, replaces=event.id)
    return planned_facts(found) if found is not None else None


def _late(entries: Iterable[Entry], apply_by: date | None) -> list[Entry]:
    """Who applied after the closing day; one of whose day nobody noted anything is not said to be late."""
    return [row for row in entries if apply_by and row.applied_at is not None and row.applied_at.date() > apply_by]


def _texts(store: Store, event: Event, kind: str) -> list[PaperText]:
    """The passages that staff wrote, of a paper and of the flyer."""
    return rows(store.database, PaperText, event_id=event.id, document_kind=(kind, FLYER))


def _online(texts: Iterable[PaperText]) -> str:
    """The address of the event's own form: typed once, on the flyer, and told by every paper of its recruitment."""
    return next((one.text.strip() for one in texts if (one.document_kind, one.part) == (FLYER, ONLINE)), "")


def _count(entries: Iterable[Entry]) -> tuple[int, int]:
    rows = list(entries)
    return len(rows), len({row.group for row in rows})


def _place(event: EventFacts) -> str:
    """Venue and room, then the address and the way there where the venue is in the register."""
    address, access = event.place.address, event.place.access
    way = f"（{access}）" if access and address else access
    return together(place(event), f"{address}{way}", by="\n")


def _title(event: EventFacts) -> str:
    """What the event is called in a headline: its subject, or the programme's name where it has none of its own."""
    plain = event.kind == "意見交換会" and event.subject in ("", "意見交換会")
    return KIND_TITLE[event.kind] if plain or not event.subject else event.subject


def _content(event: Event, agenda: Iterable[AgendaItem]) -> str:
    if event.content.strip():
        return event.content.strip()
    titles = [item.title for item in agenda if item.minutes and not _AROUND.search(item.title)]
    return "、".join(dict.fromkeys(titles))


LABELS = address_labels.KIND
MANUSCRIPTS = (GAZETTE, WEB_PAGE)
"""Two texts on one sheet, each worded, counted and told by itself."""


def change_letter(store: Store, event: Event) -> str:
    """Return which letter a decision in a hurry leads to (中止通知 or 変更通知), or empty before a decision."""
    decision = current_decision(store.database, event)
    if event.status == "中止":
        return CANCELLATION
    return CHANGE if decision is not None else ""


def drafted_letters(store: Store, event: Event, kind: str) -> tuple[str, ...]:
    """Return the kinds of letter that a drafting set decides on."""
    if kind == DRAFTING_CHANGE:
        found = change_letter(store, event)
        return (found,) if found else ()
    if choice_made(roster.entries(store.database, event.id)):
        refused = (REFUSAL_LETTER,) if has_addressees(store, event, REFUSAL_LETTER) else ()
        return (DECISION, *refused)
    return (DECISION,)


def _as_told(store: Store, event: Event, facts: LetterFacts) -> LetterFacts:
    """The same with the day and place of which people were told: who withdraws gave those up, whatever came after."""
    told = known_facts(store.database, told_rows(store.database, event))
    elsewhere = differs_from_known(told, event, ("会場",))
    return replace(facts, known_when=when_told(told), known_place=place_told(told) if elsewhere else "")


def defaults_of(
    store: Store,
    *,
    event: Event,
    kind: str,
    facts: LetterFacts | None = None,
    on: date | None,
    texts: Sequence[PaperText] | None = None,
) -> tuple[Passage, ...]:
    """Return the app's own wording of a kind of paper on the 発信日 ``on``; nothing for labels.

    ``texts`` are the passages kept of the paper and of the flyer, where they were read already.
    """
    known = facts or gather(store, event=event, on=on)
    if kind == WITHDRAWAL:
        known = _as_told(store, event, known)
    if kind in LETTERS:
        return notice_passages(kind, known)
    if kind in RECRUITMENT:
        typed = _texts(store, event, kind) if texts is None else texts
        return recruitment_passages(kind, replace(known, online=_online(typed)))
    if kind in (DRAFTING, DRAFTING_CHANGE):
        return drafting_passages(known, drafted_letters(store, event, kind))
    return ()


def passages_of(
    store: Store, *, event: Event, kind: str, facts: LetterFacts | None = None, on: date | None = None
) -> tuple[PassageRow, ...]:
    """Return the passages as they stand on the 発信日 ``on``: the app's wording, or what staff wrote."""
    texts = _texts(store, event, kind)
    defaults = defaults_of(store, event=event, kind=kind, facts=facts, on=on, texts=texts)
    # Who moves up later reads the 決定通知 that the others read.
    revision = 1 if kind == DECISION else read_revision(store, event, kind).revision
    return merged([one for one in texts if one.document_kind == kind], defaults, revision=revision)


def letter_addressees(
    store: Store, *, event: Event, kind: str, options: LetterOptions, now: datetime, listed: bool = False
) -> tuple[Addressee, ...]:
    """Return everybody a letter, or a sheet of labels, is for; ``listed``: for the list of whom was decided on."""
    wanted = options.labels_for if kind == LABELS else kind
    if wanted not in (*LETTERS, *RECRUITMENT_LETTERS) and kind != LABELS:
        return ()
    batches = read_batches(store, event, wanted)
    # A label for the letters that are made now; where none waits, for everybody who had one.
    batch = batches.fresh if kind == LABELS and wanted == DECISION else batches.of_now
    return addressees(
        store,
        event=event,
        kind=wanted,
        unit=options.unit,
        today=now.date(),
        honorific=options.honorific,
        only={entry.id for entry in batch} if batch else None,
        listed=listed,
        told=named_before(store, event) if wanted == CHANGE else None,
    )


def build(
    store: Store,
    event: Event,
    now: datetime,
    *,
    kind: str,
    chosen: Collection[str] | None = None,
    start: int = 1,
    typed: Mapping[str, str] | None = None,
) -> DocumentContent:
    """Return a paper of one of these kinds.

    Args:
        chosen: the keys of the addressees it is made for; None = everybody.
        start: the first free label of the sheet.
        typed: texts by part that are shown before they are saved.

    Raises:
        Refusal: there is nobody to write to, or nobody was chosen.
    """
    view = programme_of_event(store, event, on=now.date())
    formal = kind in FORMAL
    context = paper_context(store, view, event, kind, now, formal=formal, given_on=sent_on(store, event.id, kind))
    if kind in (DRAFTING, DRAFTING_CHANGE):
        return _drafting(store, event, now, kind, context, typed or {})
    options = read_options(store.database, kind, event_id=event.id, on=context.issue_day)
    texts = _worded(passages_of(store, event=event, kind=kind, on=context.issue_day), typed or {})
    if kind == FLYER:
        return recruitment_papers.flyer(context, read_facts(store, event), texts)
    if kind == FORM:
        return recruitment_papers.application_form(context, read_facts(store, event), texts)
    if kind in MANUSCRIPTS:
        articles = [
            _article(store, event, one, context.issue_day, (typed or {}) if one == kind else {}) for one in MANUSCRIPTS
        ]
        return recruitment_papers.manuscripts(context, read_facts(store, event), articles)
    everybody = letter_addressees(store, event=event, kind=kind, options=options, now=now)
    to = [one for one in everybody if chosen is None or one.key in chosen]
    if not to:
        raise _nobody(store, event, kind, chosen_none=bool(everybody))
    if kind == LABELS:
        return address_labels.address_labels(
            context,
            read_facts(store, event),
            to,
            size=options.label_size,
            start=start,
            confidential=options.confidential,
        )
    personal = not (len(to) == 1 and to[0].key == "all")
    return letters(
        context,
        read_facts(store, event),
        kind=kind,
        texts=texts,
        addressees=to,
        window=options.window and personal,
        personal=personal,
        place_map=_map(store, event, kind),
        version=read_revision(store, event, kind).ordinal if personal else None,
    )


def _map(store: Store, event: Event, kind: str) -> PlaceMap | None:
    """The map of the venue on the 決定通知 of an event that has it switched on."""
    return printed_map(store, read_venue(store.database, event)) if event.admissions and kind == DECISION else None


def _article(store: Store, event: Event, kind: str, on: date, typed: Mapping[str, str]) -> recruitment_papers.Article:
    return recruitment_papers.Article(
        kind=kind,
        texts=_worded(passages_of(store, event=event, kind=kind, on=on), typed),
        limit=read_options(store.database, kind, event_id=event.id, on=on).limit,
    )


def _worded(passages: Iterable[PassageRow], typed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Part and text of every passage, what is being typed before what is kept."""
    return tuple((row.part, typed.get(row.part, row.text)) for row in passages)


def _drafting(
    store: Store, event: Event, now: datetime, kind: str, context: PaperContext, typed: Mapping[str, str]
) -> DocumentContent:
    view = programme_of_event(store, event, on=now.date())
    facts = gather(store, event=event, on=context.issue_day)
    drafts = []
    for letter in drafted_letters(store, event, kind):
        own = paper_context(store, view, event, letter, now, formal=True)
        options = read_options(store.database, letter, event_id=event.id, on=own.issue_day)
        rows = passages_of(store, event=event, kind=letter, on=own.issue_day)
        to = letter_addressees(store, event=event, kind=letter, options=options, now=now, listed=True)
        for waiting in sorted({one.waiting for one in to}):
            told = tuple(one for one in to if one.waiting == waiting)
            drafts.append(LetterDraft(kind=letter, context=own, texts=_worded(rows, {}), addressees=told))
    if not drafts:
        raise _nobody(store, event, kind, chosen_none=False)
    texts = _worded(passages_of(store, event=event, kind=kind, facts=facts), typed)
    letters_drafted = [draft.context.letter for draft in drafts if draft.context.letter is not None]
    return drafting_set(
        context,
        facts,
        kind=kind,
        texts=texts,
        drafts=drafts,
        drafted_on=drafted_on(store, event, letters_drafted),
    )


def _nobody(store: Store, event: Event, kind: str, *, chosen_none: bool) -> Refusal:
    if chosen_none:
        return Refusal("宛先が1件も選ばれていません。", "宛先の一覧で、出す相手に印を付けてください。")
    wanted = {one.id for one in wanted_entries(kind, roster.entries(store.database, event.id))}
    if any(row.is_erased for row in roster_of(store.database, event).rows if row.id in wanted):
        return Refusal(f"「{kind}」を出す相手の氏名は、消去されています。", COPIES)
    return Refusal(f"「{kind}」を出す相手が、まだいません。", "「参加者」で申込みを入れるか、参加者を決めてください。")


def mail_text(store: Store, *, event: Event, kind: str, today: date) -> str:
    """Return a letter as a mail to copy: subject, lead and items, without the names of those it concerns."""
    rows = passages_of(store, event=event, kind=kind, on=today)
    known = {row.part: row.text for row in rows}
    # One mail goes to all: that a call came first is said where it came to everybody.
    to = addressees(store, event=event, kind=kind, unit="1人ごと", today=today) if BY_PHONE in known else ()
    left_out = () if all(one.called or one.waiting for one in to) else (BY_PHONE,)
    items = [
        f"{row.part}：{row.text}" if "\n" not in row.text else f"{row.part}：\n{row.text}"
        for row in rows
        if row.part not in (SUBJECT, LEAD, WAITING_LEAD, WAITING_PART, *left_out) and row.text.strip()
    ]
    office = programme_of_event(store, event, on=today).office
    sender = f"{office.ward}{office.department}{office.section}{office.unit}　電話 {office.phone}"
    return "\n".join([f"件名：{known.get(SUBJECT, kind)}", "", known.get(LEAD, ""), "", *items, "", sender])
