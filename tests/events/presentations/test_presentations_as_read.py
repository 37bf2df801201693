"""事例発表 as they are read, asked for and told after each step, and their papers in several cases."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace as Given

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.office_days import OfficeCalendar
from app.documents.services import document_saving, notification
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import read_core_records, read_event_records
from app.events.presentations import documents, services
from app.events.presentations.rules import names_of, request_doubts
from db.records.documents import LetterForm, LetterState, Outgoing
from db.records.event_status import EventStatus
from db.records.events import AgendaItem, Event
from db.records.presentations import Presentation
from db.rows import by_id, rows
from tests.support.entries import put_organisation
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.view_lines import view_lines
from tests.support.years import BY, add_lecture, at, plain_context

DAY = date(2026, 9, 1)
REQUEST = documents.REQUEST
_OUTSIDE = ("当日の進行にありません", "回の時間の外です")
acting = partial(ActionContext, by=BY)


@pytest.fixture
def event_id(store):
    return add_lecture(store, date(2026, 11, 5), subject="活用事例の紹介")


def ask(store, event_id, name, day=DAY, **values):
    given = {"asked": f"{name}の取組", "answer_by": day + timedelta(days=17), "organisation_name": name} | values
    one = Presentation(event_id=event_id, **given)
    return services.save_presentation(acting(store, now=at(day)), presentation=one).id


def answer(store, made, day, phone="", **values):
    given = {"answer": "引き受ける", "answered_on": day, "dispose_on": date(2027, 4, 30)} | values
    one = replace(by_id(store.database, Presentation, made), **given)
    return services.note_answer(acting(store, now=at(day)), presentation=one, phone=phone).message


def test_who_is_asked_by_which_letter_follows_what_left_and_what_was_answered(store, event_id, tmp_path):
    said, today = [], DAY

    def look(title):
        core = read_core_records(store, by_id(store.database, Event, event_id))
        batch, revision = services._next_batch(core)
        names = "・".join(one.organisation_name for one in batch)
        before = services._agreed_before(core, core.presentations)
        halts = services.request_halts(store, DocumentScope(event_id=event_id), today)
        said.append(f"【{title}】第{revision}　{names}　{'　'.join(halts)}")
        said.extend(f"前は {'／'.join(one)}" for one in before.values())
        waiting = services.presentation_follow_ups(store.database, today, event_id=event_id)
        said.append("待つ　" + "、".join(f"{one.detail} {one.due}" for one in waiting))
        kind = services.DOCUMENTS[0]
        said.append(f"{services._state_words(store, read_event_records(store, event_id), today)}　{kind.kind}")

    def leave(day):
        path = tmp_path / f"{day}.pdf"
        document_saving.save_document(
            acting(store, now=at(day)),
            event_id=event_id,
            kind=REQUEST,
            format="pdf",
            options=SaveOptions(path=path, reason="郵送", overwrite=True),
        )

    def tell(made, day):
        told = {"told_to": "団体", "told_how": "郵送", "told_on": day}
        notification.notify(acting(store, now=at(day)), event_id=event_id, key=f"発表:{made}", **told)

    def move(day):
        with store.change(action="日付", by=BY, now=at(today), event_id=event_id) as change:
            change.update(Event, event_id, event_date=day)

    scopes = (DocumentScope(event_id=event_id), DocumentScope())
    assert [services._next_revision(store, one) for one in scopes] == [1, 1]
    first, second = (ask(store, event_id, name) for name in ("甲町会", "乙町会"))
    look("2件を頼んだ")
    leave(DAY)
    look("出した")
    tell(first, DAY)
    look("甲へ伝えた")
    third = ask(store, event_id, "丙町会")
    look("丙を加えた")
    said.append(answer(store, first, DAY + timedelta(days=1), presenter="仮森"))
    look("甲が引き受けた")
    said.append(answer(store, second, DAY + timedelta(days=1), answer="見合わせる"))
    look("乙は見合わせ")
    today = DAY + timedelta(days=2)
    leave(today)
    tell(third, today)
    look("丙へ出して伝えた")
    move(date(2026, 11, 19))
    look("日が変わった")
    said.append(answer(store, third, today))
    look("丙が引き受けた")
    leave(today)
    look("変更を出した")
    tell(first, today)
    look("甲へ変更を伝えた")
    services.withdraw_consent(acting(store, now=at(today)), presentation_id=first, on=today, words="電話")
    look("甲が取りやめた")
    said.append(answer(store, first, today, note="直した"))
    said.append(answer(store, first, today + timedelta(days=1), note="新しい"))
    look("甲の新しい承諾書")
    with store.change(action="中止", by=BY, now=at(today), event_id=event_id) as change:
        change.update(Event, event_id, status=EventStatus.CANCELLED)
    look("中止")
    assert_paper(said, "依頼の順")


def test_letters_that_were_issued_stand_and_later_ones_have_their_own_day(store, event_id):
    said = []
    first = ask(store, event_id, "甲町会")
    issue = {"scope": DocumentScope(event_id=event_id), "kind": REQUEST, "form": LetterForm.FORMAL}
    number = {"state": LetterState.ISSUED, "decided_on": DAY, "document_number": "第1号", "issued_on": DAY}
    document_saving.set_letter_state(acting(store, now=at(DAY)), **issue, **number)

    def look(title):
        batch, revision = services._next_batch(read_core_records(store, by_id(store.database, Event, event_id)))
        said.append(f"{title}　第{revision}　{'・'.join(one.organisation_name for one in batch)}")

    look("施行")
    second = ask(store, event_id, "乙町会")
    look("同じ日に加えた")
    answer(store, first, DAY)
    look("その日に返事")
    answer(store, first, DAY + timedelta(days=1))
    look("つぎの日に返事")
    answer(store, second, DAY + timedelta(days=1), answer="見合わせる")
    look("乙は見合わせ")
    assert_paper(said, "施行した依頼")


@pytest.mark.parametrize(
    ("issued", "revision", "answered", "now"),
    [(DAY, 1, -1, 1), (DAY, 1, 0, 2), (DAY, 1, 1, 2), (DAY, 2, 0, 2), (DAY, 2, 1, 3), (None, 1, 1, 1)],
)
def test_an_answer_from_the_day_of_the_letter_on_shows_that_it_left(issued, revision, answered, now):
    plain = Given(is_formal=False)
    letter = Given(document_kind=REQUEST, revision=revision, issued_on=issued, form=plain, state=None)
    asked = [Presentation(id=1, event_id=1), Presentation(id=2, event_id=1, answer="見合わせる")]
    asked[1] = replace(asked[1], answered_on=DAY + timedelta(days=answered))
    records = Given(notifications=[], notification_lines=[], presentations=asked, letters=[letter], outgoing=[])
    assert services._next_batch(records) == ([asked[0]], now)


def test_who_agreed_knows_what_left_before_the_answer(store, event_id):
    given = {"document_kind": REQUEST, "reference": "", "version": 1, "format": "pdf", "way": "印刷", "by": BY}
    left = [
        Outgoing(id=at_, at=at(DAY + timedelta(days=at_)), facts={"発表:1": {"時間": f"{at_}", "宛先": "甲"}}, **given)
        for at_ in (0, 1)
    ]
    agreed = Presentation(id=1, event_id=1, answered_on=DAY)
    facts = [
        services._agreed_facts(Given(notifications=[], outgoing=left), one)
        for one in (agreed, replace(agreed, answered_on=None), replace(agreed, id=2))
    ]
    assert facts == [{"時間": "0"}, {"時間": "1"}, {}]
    group = put_organisation(store, "甲町会")
    made = [ask(store, event_id, "甲町会", of_contractor=one) for one in (False, True)]
    assert [by_id(store.database, Presentation, one).organisation_id for one in made] == [group, None]
    texts = services.request_passages(store, by_id(store.database, Event, event_id), DAY)
    assert texts[-1].text.startswith("みほん受託株式会社（運営の受託者）が")


def test_papers_say_what_is_settled_of_each(store, event_id):
    event = by_id(store.database, Event, event_id)
    facts = read_event_facts(store, event)
    texts = dict.fromkeys(
        (documents.SUBJECT, documents.LEAD, documents.MATERIAL, documents.FEE, documents.ANSWER), "文"
    )
    texts |= {documents.CHANGED_SUBJECT: "変更", documents.CHANGED_LEAD: "変わります"}
    texts |= {documents.LEAD_TO_CONTRACTOR: "受託者へ"}
    texts |= {documents.WITHDRAWING: "取りやめられます", documents.OTHERS: " ", documents.CHANGED_ANSWER: "連絡を"}
    plain = Presentation(event_id=event_id, organisation_name="甲町会", asked=" 取組 ")
    full = replace(
        plain, id=2, addressed="会長　仮森", start_time="14:10", minutes=10, questions=5, answer_by=DAY, asked="紹介"
    )
    asked = (
        plain, full, replace(full, id=3, answer="引き受ける", answered_on=DAY, start_time="", minutes=None),
        replace(full, id=4, answer="引き受ける", answered_on=None, questions=None),
        replace(full, id=5, of_contractor=True),
        replace(full, id=6, start_time="", minutes=None, questions=None, answered_on=DAY),
    )  # fmt: skip
    changed = {2: ("令和8年11月5日", ""), 5: ("", "")}
    context = plain_context()
    letters = documents.request_letters(context, facts, texts, asked, version=3, agreed_before=changed)
    forms = documents.consent_forms(context, replace(facts, event_date=None), texts, asked[:2])
    agreed = asked[2]
    sheet = documents.contact_sheet(
        context, facts, lines=((agreed, "03-0000-0000"), (replace(agreed, presenter="仮森"), "090"))
    )
    for title, one in (("依頼", letters), ("承諾書", forms), ("連絡先", sheet)):
        seen = (one.first_sheet, one.personal, one.version, one.header_left, one.header_right)
        lines = lines_of(one)
        assert_paper([*map(str, seen), *(line for at, line in enumerate(lines) if line not in lines[:at])], title)
    asking = partial(documents.request_letters, context, facts, texts, version=1, agreed_before={})
    assert not asking((plain,)).personal


@pytest.mark.parametrize(
    ("values", "doubts"),
    [
        ({}, []), ({"answer": "見合わせる", "answer_by": None}, []),
        ({"answer_by": None}, ["返事の期限が入っていません。"]),
        ({"answer_by": date(2026, 9, 5)}, ["返事の期限 9/5(土) は閉庁日です。"]),
        ({"answer_by": date(2026, 9, 8)}, []),
        ({"answer_by": date(2026, 9, 7)}, ["返事の期限 9/7(月) まで、5開庁日ありません。"]),
        ({"asked": " "}, ["お願いする内容が書かれていません。"]),
        ({"start_time": "14:00"}, []), ({"start_time": "14:10"}, []),
        ({"start_time": "14:05"}, ["発表の時刻 14:05 は、当日の進行にありません。"]),
        *(
            ({"start_time": one}, [f"発表の時刻 {one} は、{where}。" for where in _OUTSIDE])
            for one in ("13:59", "16:00")
        ),
    ],
)  # fmt: skip
def test_what_is_not_settled_of_a_request_is_doubted(values, doubts):
    given = {"organisation_name": "甲町会", "asked": "取組", "answer_by": date(2026, 9, 30)} | values
    one = Presentation(event_id=1, **given)
    event = Event(id=1, kind="講習会", form="講習", subject="", start_time="14:00", end_time="16:00")
    agenda = [
        AgendaItem(event_id=1, position=at, title="", minutes=minutes)
        for at, minutes in enumerate((10, None, 20, 90), 1)
    ]
    said = [*request_doubts(one, event, agenda, OfficeCalendar(), DAY)]
    assert [words.removeprefix("「甲町会」の").removeprefix("「甲町会」に") for words in said] == doubts
    without = [words for words in said if "進行にありません" not in words]
    assert [*request_doubts(one, event, (), OfficeCalendar(), DAY)] == without


@pytest.mark.parametrize(
    ("addressed", "names"),
    [
        ("会長　仮森　一郎", {"甲", "仮森 一郎"}), ("副会長兼防災部長　仮森", {"甲", "仮森"}), ("会長", {"甲"}),
        ("役員 会計 仮森", {"甲", "仮森"}),
        ("長岡　一郎", {"甲", "長岡 一郎"}),
    ],
)  # fmt: skip
def test_a_role_before_a_name_is_no_name(addressed, names):
    assert names_of(Presentation(event_id=1, organisation_name="甲", addressed=addressed)) == names


def test_presentations_are_read_with_state_use_and_what_is_proposed(store, event_id):
    said, today = [], DAY + timedelta(days=2)
    first, second, third = (ask(store, event_id, name) for name in ("甲町会", "乙町会", "丙町会"))
    ask(store, event_id, "丁町会", answer_by=None)
    with store.change(action="進行", by=BY, now=at(DAY)) as change:
        for one in rows(store.database, AgendaItem, event_id=event_id):
            change.delete(AgendaItem, one.id)
        for position, (title, minutes) in enumerate((("開会", 10), ("質問", None), ("事例紹介", 15), ("事例", 20)), 1):
            change.insert(AgendaItem(event_id=event_id, position=position, title=title, minutes=minutes))
    ticks = dict.fromkeys(("use_web", "use_web_photo", "tell_number"), True)
    said.append(answer(store, first, DAY, phone=" 03-0000-0000 ", presenter=" 仮森 ", **ticks))
    said.append(answer(store, second, DAY, answer="見合わせる"))
    said.append(answer(store, third, DAY, presenter=" ", use_handout=True, use_report=True, dispose_on=None))
    done = services.withdraw_consent(acting(store, now=at(today)), presentation_id=third, on=today, words=" 電話 ")
    said.append(done.message)
    left = ("organisation_name", "asked", "event_id", "id", "presentation", "event")
    view = services.read_presentations(store, event_id=event_id, today=today)
    kept = ((one.id, one.presentation.presenter, one.presentation.withdrawn_words) for one in view.lines)
    said += [*view_lines(view, *left), *map(str, kept)]
    for given in ({"on": today + timedelta(days=1)}, {"on": DAY - timedelta(days=1)}, {"words": " "}):
        words = {"on": today, "words": "電話"} | given
        with pytest.raises(UserError) as refused:
            services.withdraw_consent(acting(store, now=at(today)), presentation_id=first, **words)
        said.append(str(refused.value).replace("\n", ""))
    kept = services.split_by_allowed_use(store.database, event_id, "use_web")
    said += ["・".join(one.organisation_name for one in some) for some in kept]
    with store.change(action="日なし", by=BY, now=at(DAY)) as change:
        change.update(Event, event_id, event_date=None)
    assert services._material_days(store, by_id(store.database, Event, event_id), DAY) is None
    assert_paper(said, "発表の一覧")


@pytest.mark.parametrize(
    ("use", "said", "pictures", "found"),
    [
        ("use_web", "甲乙会の話", "", True), ("use_web", "乙会の話", "甲乙会", False),
        ("use_web_photo", "甲乙会", "会場", False),
        ("use_web_photo", "", "事例の様子", True), ("use_web_photo", "", "発表の様子", True),
        ("use_web_photo", "", "班の発表", False),
        ("use_web_photo", "", "会場\n甲乙会のみなさん", True),
        ("use_web", "甲乙会館にて", "", False), ("use_web", "甲州の話", "", False),
    ],
)  # fmt: skip
def test_a_paper_makes_use_of_a_presentation_where_it_names_or_shows_it(use, said, pictures, found):
    assert services._makes_use_of({"甲乙会", "甲"}, use, said, pictures, ["甲乙会館"]) is found
