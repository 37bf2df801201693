"""An event that takes place for a cancelled one: its papers and those of the year say so, and who was taken over."""

from datetime import date
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE
from app.event.services.agreements import CONTRACT_TOPIC
from app.event.services.event_changes import duplicate_event
from app.events.calls.services import calls
from app.events.calls.services.call_view import read_calls
from app.events.letters.services.letter_checks import print_doubts
from app.events.roster.services.entry_moves import move_to_event
from app.history.services import undo
from app.year_end.completion.documents import INSPECTION_ANNEX_KIND as ANNEX
from db.records.agreements import Agreement
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.events.calls.test_change_calls import NOW, decide
from tests.support.called_people import fill_roster
from tests.support.cancelling import cancel_event
from tests.support.paper_words import missing_words, said_by
from tests.support.years import BY, add_lecture

WHO = {"by": BY, "now": NOW}
acting = partial(ActionContext, by=BY, now=NOW)


@pytest.fixture
def cancelled(store):
    made = add_lecture(store, date(2026, 9, 24))
    fill_roster(store, made, now=NOW)
    decide(store, made)
    return made


@pytest.fixture
def instead(store):
    return add_lecture(store, date(2026, 10, 22))


def _link(store, cancelled, instead):
    calls.set_substitute(acting(store), event_id=cancelled, day_words="", nature="協議で足りる", replacement_id=instead)


def test_what_takes_place_instead_is_named_by_the_letters_of_both(store, cancelled, instead):
    people = [one.id for one in rows(store.database, Entry, event_id=cancelled)][:8]
    for entry_id in people:
        move_to_event(acting(store), entry_id=entry_id, event_id=instead)
    _link(store, cancelled, instead)
    build = {"event_id": instead, "now": NOW}

    letter = said_by(build_document(store, event_id=cancelled, kind="中止通知", now=NOW))
    decision = build_document(store, kind="決定通知", **build)
    draft = said_by(build_document(store, kind="起案資料", **build))

    assert "つぎのとおり開催します。" in letter
    assert "名称　デジタル活用講習会　第2回" in letter
    assert "日時　令和8年10月22日（木）" in letter
    assert "会場　みほん区民館" in letter
    assert "令和8年9月24日（木）に予定し、中止した第1回 LINE講習会の代わりに開催する講習会" in said_by(decision)
    assert missing_words(decision) == []
    assert "中止した第1回 LINE講習会の代わりに開催する。その参加者のうち8人" in draft
    assert "募集したところ" not in draft
    assert "申込みの締切" not in draft


def test_who_comes_is_taken_over_too_when_the_day_was_settled_after_the_link(store, cancelled, instead):
    with store.change(action="日程未定", **WHO) as change:
        change.update(Event, instead, event_date=None)
    _link(store, cancelled, instead)

    def said():
        text = read_calls(store, event_id=cancelled, caller="見本", today=NOW.date()).texts[0].text
        return said_by(build_document(store, event_id=cancelled, kind="中止通知", now=NOW)), text

    for words in said():
        assert "つぎの講習会の募集のときは、あらためてお申し込みください。" in words
    with store.change(action="日程", **WHO) as change:
        change.update(Event, instead, event_date=date(2026, 10, 22))
    letter, called = said()
    assert "日時　令和8年10月22日（木）" in letter
    assert "そのまま代わりの回の参加者とします" in letter
    assert "中止および代わりの開催について（通知）" in letter.replace("\n", "")
    assert "あらためてお申し込みください" not in letter + called
    assert "振替の日は、令和8年10月22日（木）" in called
    with store.change(action="代わりの回も中止", **WHO) as change:
        change.update(Event, instead, status=EventStatus.CANCELLED)
    for words in said():
        assert "10月22日" not in words, "nobody is sent to an event that does not take place"


def test_a_replacement_that_had_its_day_is_announced_no_more_once_it_is_cancelled(store, cancelled, instead):
    _link(store, cancelled, instead)
    cancel_event(store, event_id=instead, reason="会場の停電", **WHO)
    for words in (
        said_by(build_document(store, event_id=cancelled, kind="中止通知", now=NOW)),
        read_calls(store, event_id=cancelled, caller="見本", today=NOW.date()).texts[0].text,
    ):
        assert "10月22日" not in words
        assert "つぎの講習会の募集のときは、あらためてお申し込みください。" in words


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_the_day_of_a_postponed_replacement_is_announced_once_it_has_a_new_one(store, cancelled, instead, kind):
    _link(store, cancelled, instead)
    decide(store, instead, kind)

    def said():
        text = read_calls(store, event_id=cancelled, caller="見本", today=NOW.date()).texts[0].text
        return said_by(build_document(store, event_id=cancelled, kind="中止通知", now=NOW)), text

    for words in said():
        assert "10月22日" not in words
        assert "つぎの講習会の募集のときは、あらためてお申し込みください。" in words
    event = by_id(store.database, Event, cancelled)
    hints = print_doubts(store, event=event, kind="中止通知", on=NOW.date())
    assert any("「代わりの開催」は書きません。" in one for one in hints)
    with store.change(action="日程", **WHO) as change:
        change.update(Event, instead, event_date=date(2026, 10, 29))
    for words in said():
        assert "令和8年10月29日（木）" in words


def test_the_annex_of_the_inspection_names_what_was_cancelled_and_what_took_place_instead(store, cancelled, instead):
    _link(store, cancelled, instead)
    said = said_by(build_document(store, scope=DocumentScope(fiscal_year=2026), kind=ANNEX, now=NOW))
    assert "中止した回　第1回 LINE講習会（R8.9.24、大雨警報の発表（荒天時の取扱いによる）。代わりに第2回 " in said
    assert "R8.10.22）" in said


def test_only_an_event_of_its_kind_takes_the_place_and_the_link_is_undone_and_never_copied(store, cancelled, instead):
    other = add_lecture(store, date(2026, 11, 5))
    with store.change(action="種別", **WHO) as change:
        change.update(Event, other, kind="意見交換会", form=EventForm.EXCHANGE, ordinal=1)
    for wrong in (other, cancelled):
        with pytest.raises(UserError, match="代わりの回にできません"):
            _link(store, cancelled, wrong)
    _link(store, cancelled, instead)
    shown = read_calls(store, event_id=cancelled, caller="見本", today=NOW.date())
    assert [one.id for one in shown.replacements] == [instead]
    assert "振替の日は、令和8年10月22日（木）" in shown.texts[0].text
    copied = duplicate_event(acting(store), event_id=instead).id
    assert by_id(store.database, Event, copied).replaces is None
    for _ in range(2):
        undo(store, **WHO)
    assert by_id(store.database, Event, instead).replaces is None


def test_of_an_event_that_takes_place_after_all_nothing_is_said(store, cancelled, instead):
    people = [one.id for one in rows(store.database, Entry, event_id=cancelled)][:8]
    for entry_id in people:
        move_to_event(acting(store), entry_id=entry_id, event_id=instead)
    _link(store, cancelled, instead)
    with store.change(action="中止を取り消した", **WHO) as change:
        change.update(Event, cancelled, status=EventStatus.PLANNED, cancelled_on=None, cancel_reason="")
    said = said_by(build_document(store, event_id=instead, kind="決定通知", now=NOW))
    assert "代わりに開催する" not in said
    annex = said_by(build_document(store, scope=DocumentScope(fiscal_year=2026), kind=ANNEX, now=NOW))
    assert "中止した回" not in annex


def test_the_answer_about_a_day_that_was_asked_for_settles_the_one_agreement(store, cancelled, instead):
    given = {"event_id": cancelled, "nature": CONTRACT_CHANGE, "replacement_id": instead, "day_words": ""}
    calls.set_substitute(acting(store), **given)
    calls.set_substitute(acting(store), **given, contract_reply="9/24 契約課 変更は不要")
    (asked,) = [
        one
        for one in rows(store.database, Agreement, event_id=cancelled, topic=CONTRACT_TOPIC)
        if "振替" in one.content
    ]
    assert (asked.settled_on, asked.note) == (NOW.date(), "9/24 契約課 変更は不要")
    assert asked.ordinal is not None


@pytest.mark.parametrize(
    ("nature", "topics"),
    [(AGREEMENT, ["実施回数の変更", *["振替の日程"] * 2, "実施回数の変更"]), (CONTRACT_CHANGE, [CONTRACT_TOPIC] * 4)],
)
def test_another_day_goes_on_in_the_agreement_that_is_still_open(store, cancelled, nature, topics):
    known = {one.id for one in rows(store.database, Agreement)}
    for day, topic in zip(("", "10月22日（木）午後2時から", "10月29日（木）午後2時から", ""), topics, strict=True):
        calls.set_substitute(acting(store), event_id=cancelled, day_words=day, nature=nature)
        begun = [one for one in rows(store.database, Agreement) if one.id not in known]
        about = f"振替 {day}" if day else "振替の日程と実施回数"
        assert [(one.topic, one.content, one.nature) for one in begun] == [(topic, about, nature)]
