"""The papers of 事例発表: what each is about is read here, and what keeps them, or others, back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.calendar.dates import long_date, month_day
from app.calendar.periods import due_dates
from app.common.together import together
from app.papers.blocks import DocumentContent
from app.papers.paper import Passage
from app.papers.rules.letter_batches import is_issued, made_now, went
from app.papers.rules.names_said import names_said
from app.papers.rules.notification import Matter, changes, sealed_names
from app.papers.services.paper_context import letter_of, paper_context
from app.papers.services.paper_kind import PaperSubject, paper_kind, revision_of
from app.papers.services.paper_passages import merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of
from app.papers.services.paper_states import HaltSource
from app.papers.services.tells import CONTRACTOR, Tells, standing_rows
from app.programme.rules.retention import PHOTOS, promise
from app.programme.services.programme import programme_of_event
from app.subjects.events.event.rules.attendance import people_words
from app.subjects.events.event.rules.deadlines import REPORT
from app.subjects.events.event.rules.recruitment import GAZETTE, WEB_PAGE
from app.subjects.events.event.rules.told_facts import when_and_where
from app.subjects.events.event.services.event_facts import read_facts
from app.subjects.events.event.services.event_file import EventCourse, EventFile, read_course
from app.subjects.events.event.services.event_paper import course_of, event_paper
from app.subjects.events.event.services.told_event import WHEN_AND_WHERE, place_told, when_told
from app.subjects.events.presentations.papers import presentation_papers as papers
from app.subjects.events.presentations.papers.presentation_papers import (
    ANSWER,
    AUDIENCE,
    CHANGED_ANSWER,
    CHANGED_LEAD,
    CHANGED_SUBJECT,
    CONSENT,
    FEE,
    HANDLING,
    LEAD,
    LEAD_CONTRACTOR,
    MATERIAL,
    NUMBER,
    OTHERS,
    PHOTOS_KEPT,
    PREPARING,
    REQUEST,
    SUBJECT,
    WITHDRAWING,
)
from app.subjects.events.presentations.rules import DRAFT_DAYS, names_of, request_doubts
from app.subjects.events.presentations.services.presentations import allowed_of, as_named_now, of_event
from db.name_key import name_key
from db.records.events import Event
from db.records.organisations import Contact
from db.records.papers import Letter, Outgoing
from db.records.presentations import Presentation, Use
from db.records.submissions.reports import ReportPhoto
from db.rows import rows
from db.store import Store
from db.tables import events, reports
from db.tables import papers as paper_table
from db.tables.organisations import not_erased

_NO_FEE: Final = "謝礼はありません"
_MANUSCRIPTS: Final = (GAZETTE, WEB_PAGE)
_PHOTO: Final = "写真"
_SHORT_KEY: Final = 2
"""A name of so few signs counts only where it stands for itself."""
_KEY: Final = "発表:"
_TIME: Final = "発表"
_WHEN_AND_WHERE: Final = (*WHEN_AND_WHERE, _TIME)
_TO_GIVE_BACK: Final = "承諾の取りやめ（連絡先を返してもらう）"


def _texts(store: Store, event: Event, kind: str, on: date) -> Mapping[str, str]:
    scope = PaperScope(event_id=event.id)
    defaults = request_passages(store, event, on) if kind == REQUEST else consent_passages(store, event, on)
    found = merge_passages(
        store.database,
        keys=keys_of(store, scope),
        kind=kind,
        defaults=defaults,
        revision=revision_of(store, scope, kind),
    )
    return {one.part: one.text for one in found}


def _open(course: EventCourse) -> list[Presentation]:
    """Whoever has not answered; once everybody has, those who agreed. Who declined or took it back is not asked."""
    asked = [one for one in course.presentations if one.answer != "見合わせる" and one.withdrawn_on is None]
    return [one for one in asked if not one.answer] or asked


def _batch(course: EventCourse) -> tuple[list[Presentation], int]:
    """Return to whom the request goes now, and the how-manieth letter that is (``PaperKind.revision``).

    Whoever was told already, and hears nothing else by it, is left out as long as somebody waits. What was issued went
    to those of its day: who is asked after that gets a letter with a 発信日 of its own, as does whoever agreed to what
    is otherwise by now.
    """
    told = {act.key: act.told_on for act in course.acts if act.told and not act.withdrawn and _KEY in act.key}
    lines = [one.stand for one in course.told_lines if one.tells.paper == REQUEST]
    changed = {one.matter.key for one in lines if one.standing == "変更あり"}
    done = {one.matter.key for one in lines if one.standing in ("通知済", "見送り")} - changed
    unanswered = _open(course)
    waiting = [one for one in unanswered if not one.answer and _key(one) not in done]
    letter = max((one for one in course.letters if one.document_kind == REQUEST), key=_revision_of, default=None)
    left = [row for row in standing_rows(course.issued) if row.document_kind == REQUEST]
    revision = max([letter.revision if letter is not None else 1, *(row.version for row in left)])
    named = {key for row in left for key in row.facts}
    fresh = [one for one in waiting if _key(one) not in named or _key(one) in told]
    days = [*told.values(), *(one.answered_on for one in course.presentations if one.answered_on is not None)]
    # On the day of a later letter those of before may have answered, too.
    issued = letter.issued_on if letter is not None and is_issued(letter) else None
    gone = issued is not None and any(day > issued or (day == issued and revision == 1) for day in days)
    gone = gone or went(letter, left, told)
    moved = [one for one in unanswered if _is_moved(course, one)]
    written = {
        _key(one) for one in moved if (said := _last_said(left, _key(one))) and not changes(said, _told(course, one))
    }
    fresh += [one for one in moved if _key(one) not in written]
    gone = gone or len(written) < len(moved)
    return made_now(unanswered, waiting=[*waiting, *moved], fresh=fresh, revision=revision, gone=gone)


def _is_moved(course: EventCourse, one: Presentation) -> bool:
    """Whether somebody agreed to a day, a place or a time that is another one now."""
    return one.stands and bool(changes(_agreed_to(course, one), _told(course, one)))


def _agreed_to(course: EventCourse, one: Presentation) -> Mapping[str, str]:
    """Day, hours, place and time of a 発表 as they were told last: noted as told, else what left before the answer."""
    acts = [act.facts for act in course.acts if act.told and not act.withdrawn and act.key == _key(one)]
    until = one.answered_on or date.max
    left = [row for row in standing_rows(course.issued) if row.document_kind == REQUEST and row.at.date() <= until]
    said = acts[-1] if acts else _last_said(left, _key(one))
    return {name: fact for name, fact in said.items() if name in _WHEN_AND_WHERE}


def _last_said(left: Iterable[Outgoing], key: str) -> Mapping[str, str]:
    found = max((row for row in left if key in row.facts), key=lambda row: row.id, default=None)
    if found is None:
        return {}
    return {name: fact for name, fact in found.facts[key].items() if name in _WHEN_AND_WHERE}


def _told(course: EventCourse, one: Presentation) -> Mapping[str, str]:
    """Day, hours, place and time of a 発表 as a letter tells them now."""
    return {
        **when_and_where(course.event, course.agenda),
        _TIME: together(one.start_time, f"{one.minutes}分" if one.minutes else "", by=" "),
    }


def _before(course: EventCourse, asked: Iterable[Presentation]) -> Mapping[int, tuple[str, str]]:
    """Day and place that were told to whoever agreed to what is otherwise now, in words."""
    told = {one.id: _agreed_to(course, one) for one in asked if _is_moved(course, one)}
    return {number: (when_told(facts), place_told(facts)) for number, facts in told.items()}


def _key(one: Presentation) -> str:
    return f"{_KEY}{one.id}"


def _revision_of(letter: Letter) -> int:
    return letter.revision


def _revision(store: Store, scope: PaperScope) -> int:
    known = of_event(store.database, scope.event_id) if scope.event_id else []
    if known:
        return _batch(read_course(store, get_or_refuse(store.database, Event, scope.event_id or 0)))[1]
    return 1


def _required(store: Store, found: list[Presentation]) -> list[Presentation]:
    if not found:
        raise Refusal("発表をお願いする相手がまだありません。", "「事例発表」で加えると作成できます。")
    return as_named_now(store.database, found)


def request_passages(store: Store, event: Event, on: date) -> Sequence[Passage]:
    """Return the app's own wording of the request: its two days for material come from the event and the contract."""
    view = programme_of_event(store, event, on=on)
    numbers = view.numbers[event.kind]
    ordinal = f"第{event.ordinal}回 " if event.ordinal else ""
    material = "投影する資料またはチラシ。なくてもかまいません。"
    if days := _material_days(store, event, on):
        draft, confirmed = days
        material += f"使う場合は、{long_date(draft)}までに区へお送りください。{month_day(confirmed)}までに区が確かめ、"
        material += "結果をお知らせします。"
    lead = (
        f"日ごろから区政にご協力をいただき、ありがとうございます。つぎの{event.kind}で、貴会の取組を紹介していただきたく、"
        "お願いします。ご都合を同封の承諾書でお知らせください。お断りになっても、貴会の申込みや支援に影響はありません。"
    )
    contractor = view.contractor.name or "運営の受託者"
    passages = [
        Passage(SUBJECT, f"{ordinal}{event.kind}での事例の発表について（依頼）", lines=1),
        Passage(LEAD, lead, lines=5),
    ]
    if any(one.of_contractor for one in of_event(store.database, event.id)):
        to_contractor = (
            f"つぎの{event.kind}での講師の発表について、講師の承諾書を取りまとめ、届出としてご提出ください。"
        )
        passages.append(Passage(LEAD_CONTRACTOR, to_contractor, lines=3))
    passages += _changed_passages(store, event, ordinal)
    return (
        *passages,
        Passage(AUDIENCE, f"町会・自治会の役員など　{people_words(numbers)}", lines=1),
        Passage(MATERIAL, material, lines=4),
        Passage(FEE, f"{_NO_FEE}。交通費は実費をお支払いします。", lines=2),
        Passage(HANDLING, "別紙「承諾書」で、使ってよい範囲をお選びください。選ばないものには使いません。", lines=2),
        Passage(ANSWER, "承諾書を郵送・FAX・持参または電話", lines=1),
        Passage(
            PREPARING,
            f"{contractor}（運営の受託者）が進行の打合せをします。承諾書で同意をいただいたときだけ、連絡先を伝えます。",
            lines=3,
        ),
    )


def _changed_passages(store: Store, event: Event, ordinal: str) -> Sequence[Passage]:
    """What is said in the place of the request to whoever agreed to a day or a place that is another one now."""
    if not any(one.stands for one in of_event(store.database, event.id)):
        return ()
    course = read_course(store, event)
    if not _before(course, course.presentations):
        return ()
    lead = (
        f"日ごろから区政にご協力をいただき、ありがとうございます。お引き受けいただいた{event.kind}での事例の発表について、"
        "つぎのとおり変更します。ご迷惑をおかけし、申し訳ありません。"
    )
    asked = (
        "変更後もお引き受けいただける場合は、お手続きは要りません。承諾書をあらためてお出しいただく必要はありません。\n"
        "ご都合がつかないときは、お早めに問合せ先へご連絡ください。"
    )
    return (
        Passage(CHANGED_SUBJECT, f"{ordinal}{event.kind}での事例の発表の変更について（お知らせ）", lines=1),
        Passage(CHANGED_LEAD, lead, lines=4),
        Passage(CHANGED_ANSWER, asked, lines=3),
    )


def _material_days(store: Store, event: Event, on: date) -> tuple[date, date] | None:
    """By when the material is wanted, and by when the ward has confirmed it (仕様書4 キ); None without a day."""
    if event.event_date is None:
        return None
    view = programme_of_event(store, event, on=on)
    confirmed = due_dates(view.numbers[event.kind].material_period, event.event_date, view.calendar).working
    return view.calendar.open_on_or_before(confirmed - timedelta(days=DRAFT_DAYS)), confirmed


def consent_passages(store: Store, event: Event, on: date) -> Sequence[Passage]:
    """Return the app's own wording of the notes of the 承諾書."""
    kept = promise(PHOTOS, programme_of_event(store, event, on=on).programme, "写真の元のデータ")
    return (
        Passage(
            WITHDRAWING,
            "あとで取りやめることもできます。掲載の前なら外し、載せたあとはホームページから外します。",
            lines=2,
        ),
        Passage(PHOTOS_KEPT, f"{kept}消した記録をお見せできます。", lines=2),
        Passage(OTHERS, "ほかの会の写真、店の名前、会員の名前が資料にあるときは、区へお知らせください。", lines=2),
    )  # fmt: skip


def build_requests(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the letters to all who are asked; raises ``Refusal`` where nobody is."""
    course = read_course(store, event)
    batch, revision = _batch(course)
    asked = _required(store, batch)
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, REQUEST, now)
    texts = _texts(store, event, REQUEST, context.issue_day)
    return papers.requests(
        context, read_facts(store, event), texts, asked, version=revision, before=_before(course, batch)
    )


def build_consents(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the forms for all who are asked; raises ``Refusal`` where nobody is."""
    asked = _required(store, _open(read_course(store, event)))
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, CONSENT, now)
    return papers.consents(context, read_facts(store, event), _texts(store, event, CONSENT, now.date()), asked)


def build_number(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the sheet with the numbers that the contractor may have.

    Raises:
        Refusal: nobody ticked that the number may be told; no reason passes this.
    """
    told = as_named_now(store.database, allowed_of(store.database, event.id, "tell_number")[0])
    phones = {one.id: one.value for one in not_erased(rows(store.database, Contact, event_id=event.id))}
    lines = [(one, phone) for one in told if (phone := phones.get(one.contact_id or 0))]
    if not lines:
        raise Refusal(
            "電話番号を受託者へ伝えてよいとした承諾書がありません。", "打合せの日程は、区を通して相談してください。"
        )
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, NUMBER, now)
    return papers.number_sheet(context, read_facts(store, event), lines=lines)


# what keeps them back


def request_halts(store: Store, scope: PaperScope, today: date) -> tuple[str, ...]:
    """Return what must be settled before the requests leave: answer day, place on the 進行表, days of the material, a
    fee without 起案."""
    event = get_or_refuse(store.database, Event, scope.event_id or 0)
    if not of_event(store.database, event.id):
        return ()
    course = read_course(store, event)
    asked = [one for one in _batch(course)[0] if not one.answer or _is_moved(course, one)]
    if not asked or event.event_date is None or event.status != "予定":
        return ()
    return tuple(_request_halts(store, event, asked, today))


def _request_halts(store: Store, event: Event, asked: Sequence[Presentation], today: date) -> Iterator[str]:
    calendar = programme_of_event(store, event, on=today).calendar
    letter = letter_of(store, PaperScope(event_id=event.id), REQUEST, on=today)
    on = letter.issued_on if letter is not None and letter.issued_on is not None else today
    agenda = events.agenda(store.database, event.id)
    for one in asked:
        yield from request_doubts(one, event, agenda, calendar, on)
    texts = _texts(store, event, REQUEST, today)
    days = _material_days(store, event, today)
    if days is not None and days[0] < on and long_date(days[0]) in texts.get(MATERIAL, ""):
        yield f"資料を送ってもらう日（{long_date(days[0])}）を過ぎています。「{MATERIAL}」の文を直してください。"
    formal = letter is not None and letter.form == "公文書"
    if _NO_FEE not in texts.get(FEE, "") and not formal:
        yield "謝礼のある依頼は、起案（公文書）で出します。「発信・決裁」で公文書を選んでください。"


def _uses_of(kind: str) -> Mapping[Use, str]:
    """Which uses a kind of paper makes of a 発表, and what is said where one of them is not allowed."""
    if kind == REPORT:
        return {
            "use_report": "発表の要旨を実施報告書に書くこと",
            "use_report_photo": "発表の写真を実施報告書に載せること",
        }
    return {"use_web": "発表の要旨を区のホームページなどに載せること", "use_web_photo": "発表の写真を載せること"}


def use_halts(kind: str) -> HaltSource:
    """Return what a kind of paper halts at: it names a 団体 whose 承諾書 does not allow that."""

    def halts(store: Store, scope: PaperScope, today: date) -> tuple[str, ...]:
        known = [one for one in of_event(store.database, scope.event_id or 0) if not one.of_contractor]
        if not known or all(one.allows(use) for one in known for use in _uses_of(kind)):
            return ()
        said = _said(store, scope, kind, today)
        places = paper_table.names_of_places(store.database)
        pictures = _pictures(store, scope) if kind == REPORT else said if _PHOTO in said else ""
        return tuple(
            f"「{now.organisation_name}」から、{words}の承諾を受けていません。"
            for one, now in zip(known, as_named_now(store.database, known), strict=True)
            for use, words in _uses_of(kind).items()
            if not one.allows(use) and _names(names_of(one) | names_of(now), use, said, pictures, places)
        )

    return halts


def _names(names: Collection[str], use: Use, said: str, pictures: str, places: Collection[str]) -> bool:
    """Whether a paper makes this use of a 団体 or of who presents, in whichever spelling; a venue that bears the name
    of one is none.

    A picture of who tells an example shows them without their name; what a 班 presents is no example.
    """
    if "photo" not in use:
        return _stands(names, said, places)
    return any(
        "事例" in line or ("発表" in line and "班" not in line) or _stands(names, line, places)
        for line in pictures.splitlines()
    )


def _stands(names: Collection[str], text: str, places: Collection[str]) -> bool:
    whole = name_key(text)
    keys = {key for name in names if len(key := name_key(name)) > _SHORT_KEY}
    for place in map(name_key, places):
        if place not in keys and any(key in place for key in keys):
            whole = whole.replace(place, "。")
    return bool(names_said(names, text, places=places)) or any(key in whole for key in keys)


def _pictures(store: Store, scope: PaperScope) -> str:
    """What the pictures of the report show, in the words beside them."""
    ids = [one.id for one in reports.reports_of_event(store.database, scope.event_id or 0)]
    found = rows(store.database, ReportPhoto, report_id=ids) if ids else []
    return "\n".join(f"{one.scene} {one.seen}" for one in found)


def _said(store: Store, scope: PaperScope, kind: str, today: date) -> str:
    """Every text of a paper as it would be made now, "" where it can't be."""
    from app.papers.pdf.printable import drawn_texts

    try:
        content = paper_kind(kind).build(store, scope, datetime.combine(today, time(12)))
    except Refusal:
        return ""
    return "\n".join(drawn_texts(content.blocks))


# what they tell


def _matters(subject: PaperSubject) -> tuple[Matter, ...]:
    course = course_of(subject)
    return tuple(
        Matter(
            key=_key(one),
            title=course.presenters.get(one.id, one.named) or one.named,
            facts={
                "宛先": sealed_names("発表をお願いした団体", {one.id: (course.presenters.get(one.id, ""),)}),
                **_told(course, one),
            },
            paper=REQUEST,
        )
        for one in course.presentations
        if one.answer != "見合わせる" and one.withdrawn_on is None
    )


def _said_now(subject: PaperSubject, _paper: str) -> Mapping[str, Mapping[str, str]]:
    """What the letters that leave now say, of those alone whom they go to."""
    to = {_key(one) for one in _batch(course_of(subject))[0]}
    return {one.key: one.facts for one in _matters(subject) if one.key in to}


def _number_matters(subject: PaperSubject) -> tuple[Matter, ...]:
    """It goes only where a 承諾書 allows it, so it is to be told once one was made; who takes a consent back wants the
    number back, too."""
    course = course_of(subject)
    if not any(row.document_kind == NUMBER for row in course.issued):
        return ()
    told = {
        one.id: ("／".join((course.presenters.get(one.id, one.named), one.presenter, phone)),)
        for one in course.presentations
        if one.allows("tell_number") and (phone := course.phones.get(one.contact_id or 0))
    }
    back = sum(one.tell_number and one.withdrawn_on is not None for one in course.presentations)
    facts = {
        "連絡先": sealed_names(f"{len(told)}人", told),
        _TO_GIVE_BACK: f"{back}件",
        **when_and_where(course.event, course.agenda),
    }
    return (Matter(key=NUMBER, facts=facts, paper=NUMBER),)


TELLS: Final = (
    Tells(papers=(REQUEST,), party="団体", way="郵送", matters=_matters, said=_said_now),
    Tells(papers=(NUMBER,), party=CONTRACTOR, way="手渡し", matters=_number_matters),
)


def _state(_store: Store, file: EventFile, _today: date) -> str:
    said = sum(bool(one.answer) for one in file.presentations)
    return f"{len(file.presentations)}件　返事 {said}件" if file.presentations else ""


def _any(_store: Store, file: EventFile) -> bool:
    return bool(_open(file))


def _number_ready(_store: Store, file: EventFile) -> bool:
    return any(one.allows("tell_number") for one in file.presentations)


_CALLED: Final = "発表をお願いした方には、「中止・変更の連絡」の電話一覧で知らせます。"
_MISSING: Final = "発表をお願いする相手を加えると作成できます。"
PAPERS: Final = (
    event_paper(
        kind=REQUEST, shelf="募集・通知", meets="配付", instead=_CALLED, build=build_requests, ready=_any, state=_state,
        fits=lambda file: file.event.kind != "派遣", passages=request_passages,
        missing=_MISSING, todo="事例発表", goes_out=True, personal=True, own_words=True, revision=_revision,
    ),
    event_paper(
        kind=CONSENT, shelf="募集・通知", meets="配付", instead=_CALLED, build=build_consents, ready=_any, state=_state,
        fits=lambda file: file.event.kind != "派遣", passages=consent_passages,
        missing=_MISSING, todo="事例発表", own_words=True,
    ),
    event_paper(
        kind=NUMBER, shelf="募集・通知", meets="配付", instead=_CALLED, build=build_number, ready=_number_ready,
        fits=lambda file: file.event.kind != "派遣",
        missing="承諾書で、電話番号を受託者へ伝えてよいとされたときに作成できます。", todo="事例発表",
        goes_out=True, personal=True, recipient="受託者",
    ),
)  # fmt: skip
HALTS: Final = (
    (REQUEST, request_halts),
    *((kind, use_halts(kind)) for kind in (REPORT, *_MANUSCRIPTS)),
)
