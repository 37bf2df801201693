"""A form opened before the seat went away and saved after: what only one changed stays, what both changed is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import lock_transfer
from app.event.services.event_lines import write_lines
from app.history import services as history_services
from app.history.services import part_words
from db.records.events import AgendaItem, Event
from db.records.organisations import Organisation
from db.records.submissions.reports import Report
from db.records.surveys import EventSurvey, Question
from db.rows import by_id
from db.stale_check import ChangedSince, Comparison, EditConflict
from db.tables.events import agenda
from tests.faults import open_forms
from tests.support.data_folders import NAME, NOW, copied_folder
from tests.support.history_lines import list_history
from tests.support.two_sessions import LATER, TwoSessions


class Desks(TwoSessions):
    """Two sessions over the form of one event."""

    def b_works(self, **values) -> None:
        """A gives the seat, B changes the event, and A gets the seat back."""
        self.to_b()
        with self.b.change(action="Bが直した", by="見本 太郎", now=LATER, event_id=1) as change:
            change.update(Event, 1, **values)
        self.back_to_a()

    def save(self, *, chosen=None, **typed) -> None:
        """A saves the whole form, as it was opened before B worked."""
        with (
            self.a.saving_with_stale_check(self.loaded().with_resolutions(chosen or {})),
            self.a.change(action="事業を直した", by=NAME, now=LATER, event_id=1) as change,
        ):
            change.update(Event, 1, **{"subject": "はじめの題名", "venue": "", "note": "", **typed})

    def row(self) -> dict:
        cursor = self.a.database.execute("SELECT subject, venue, note FROM events WHERE id = 1")
        return dict(zip(("subject", "venue", "note"), cursor.fetchone(), strict=True))


@pytest.fixture
def desks(tmp_path):
    with Desks(copied_folder(tmp_path)) as made:
        yield made


def test_what_only_one_of_the_two_changed_stays_on_both_sides(desks):
    desks.b_works(venue="区民館")
    desks.save(note="わたしの覚え")
    assert desks.row() == {"subject": "はじめの題名", "venue": "区民館", "note": "わたしの覚え"}


def test_a_field_that_both_changed_is_asked_and_nothing_is_saved_before(desks):
    desks.b_works(note="Bの覚え")
    with pytest.raises(EditConflict) as met:
        desks.save(note="わたしの覚え", venue="わたしの会場")
    [both] = met.value.conflicts
    assert (both.field, both.original, both.theirs, both.mine, both.by) == (
        "note", "", "Bの覚え", "わたしの覚え", "見本 太郎",
    )  # fmt: skip
    assert desks.row() == {"subject": "はじめの題名", "venue": "", "note": "Bの覚え"}


@pytest.mark.parametrize(("choice", "stays"), [("mine", "わたしの覚え"), ("theirs", "Bの覚え")])
def test_the_value_that_was_not_chosen_stays_in_the_history(desks, choice, stays):
    desks.b_works(note="Bの覚え")
    desks.save(chosen={("events", 1, "note"): choice}, note="わたしの覚え", venue="わたしの会場")
    assert desks.row() == {"subject": "はじめの題名", "venue": "わたしの会場", "note": stays}
    said = [f"{line.before}→{line.after}" for entry in list_history(desks.a) for line in entry.changes]
    assert any("わたしの覚え" in line and "Bの覚え" in line for line in said), said
    history_services.undo(desks.a, by=NAME, now=LATER)
    assert desks.row() == {"subject": "はじめの題名", "venue": "", "note": "Bの覚え"}


def test_a_row_that_a_colleague_changed_is_not_deleted_unseen(desks):
    with desks.a.change(action="会場を加えた", by=NAME, now=NOW) as change:
        row_id = change.insert(Organisation(name="見本町会"))
    desks.open_forms()
    desks.to_b()
    with desks.b.change(action="Bが直した", by="見本 太郎", now=LATER) as change:
        change.update(Organisation, row_id, note="Bの覚え")
    desks.back_to_a()
    with (
        pytest.raises(ChangedSince, match="見本 太郎さん"),
        desks.a.saving_with_stale_check(desks.loaded()),
        desks.a.change(action="消した", by=NAME, now=LATER) as change,
    ):
        change.delete(Organisation, row_id)
    assert desks.a.database.execute("SELECT note FROM organisations").fetchall() == [("Bの覚え",)]


def test_parts_of_one_field_and_lines_of_one_list_are_compared_one_by_one(desks):
    """Chapters of a report, questions of a survey, lines of a timetable: what each typed of them stays."""
    one, two, three = (Question(code=f"Q{number}", title=f"{number}の文", type="FA") for number in (1, 2, 3))
    line = AgendaItem(event_id=1, position=0, minutes=10, title="はじめに")
    with desks.a.change(action="用意した", by=NAME, now=NOW, event_id=1) as change:
        report = change.insert(Report(event_id=1, way="作成", version=1, body={"要点": "元の要点"}))
        survey = change.insert(EventSurvey(event_id=1, title="見本", questions=(one, two)))
        known = change.insert(line)
    desks.open_forms()
    desks.to_b()
    with desks.b.change(action="Bが直した", by="見本 太郎", now=LATER, event_id=1) as change:
        change.update(Report, report, body={"要点": "Bの要点", "写真": "Bの説明"})
        change.update(EventSurvey, survey, questions=(replace(one, title="Bの文"), replace(two, unit="人"), three))
        added = change.insert(replace(line, position=1, title="Bの行"))
    desks.back_to_a()

    def save(chosen) -> None:
        with (
            desks.a.saving_with_stale_check(desks.loaded().with_resolutions(chosen)),
            desks.a.change(action="直した", by=NAME, now=LATER, event_id=1) as change,
        ):
            change.update(Report, report, body={"要点": "わたしの要点", "所感": "わたしの所感"})
            change.update(EventSurvey, survey, questions=(one, replace(two, title="わたしの文")))
            write_lines(change, 1, [replace(line, id=known, title="わたしの行")], present=agenda(desks.a.database, 1))

    chosen = {}
    for place, theirs, typed in (
        (("reports", report, "body/要点"), "Bの要点", "わたしの要点"),
        (("event_surveys", survey, "questions/Q2"), "単位：人", "設問文：わたしの文"),
    ):
        with pytest.raises(EditConflict) as met:
            save(chosen)
        [both] = met.value.conflicts
        assert both.field_key == place
        assert theirs in part_words(both.table, both.field, both.part, both.theirs)
        assert typed in part_words(both.table, both.field, both.part, both.mine)
        chosen[place] = "mine"
    save(chosen)
    found = by_id(desks.a.database, Report, report)
    assert found.body == {"要点": "わたしの要点", "写真": "Bの説明", "所感": "わたしの所感"}
    questions = by_id(desks.a.database, EventSurvey, survey).questions
    assert [(each.code, each.title, each.unit) for each in questions] == [
        ("Q1", "Bの文", ""), ("Q2", "わたしの文", ""), ("Q3", "3の文", ""),
    ]  # fmt: skip
    assert {(each.id, each.title) for each in agenda(desks.a.database, 1)} == {(known, "わたしの行"), (added, "Bの行")}


def test_what_one_changed_oneself_before_is_never_asked(desks):
    with desks.a.change(action="自分で直した", by=NAME, now=NOW, event_id=1) as change:
        change.update(Event, 1, note="自分の前の覚え")
    desks.b_works(venue="区民館")
    desks.save(note="わたしの覚え")
    assert desks.row() == {"subject": "はじめの題名", "venue": "区民館", "note": "わたしの覚え"}


def test_undo_and_redo_never_reach_over_a_colleagues_change_of_the_same_row(desks):
    with desks.a.change(action="自分で直した", by=NAME, now=NOW, event_id=1) as change:
        change.update(Event, 1, subject="わたしの題名")
    desks.b_works(venue="区民館")
    with pytest.raises(UserError, match="見本 太郎さん"):
        history_services.undo(desks.a, by=NAME, now=LATER)
    assert desks.row() == {"subject": "わたしの題名", "venue": "区民館", "note": ""}
    with desks.a.change(action="もう一度直した", by=NAME, now=LATER, event_id=1) as change:
        change.update(Event, 1, note="わたしの覚え")
    history_services.undo(desks.a, by=NAME, now=LATER)  # one's own, after the colleague's
    assert desks.row()["note"] == ""
    desks.b_works(note="Bの覚え")
    with pytest.raises(UserError):
        history_services.redo(desks.a, by=NAME, now=LATER)
    assert desks.row() == {"subject": "わたしの題名", "venue": "区民館", "note": "Bの覚え"}


def test_without_the_comparison_the_colleagues_value_would_be_gone(desks, monkeypatch):
    """The guard bites: switched off, the same saving overwrites what B saved."""
    monkeypatch.setattr(Comparison, "compare", lambda _self, _table, _row, _now, typed: (dict(typed), {}))
    desks.b_works(venue="区民館")
    desks.save(note="わたしの覚え")
    assert desks.row()["venue"] == ""


def test_twenty_open_forms_keep_every_letter_and_overwrite_nothing_unasked(tmp_path):
    met = open_forms.play(tmp_path, rounds=2, forms=10)
    assert (met.wrong, met.counts["forms"]) == ([], 20)
    assert met.counts["asked"] > 5


def test_minutes_waited_are_counted_by_day(desks):
    before = desks.turns_b.monotonic
    lock_transfer.request_lock(desks.turns_b)
    desks.turns_b.monotonic = lambda: before() + 600
    lock_transfer.waiting_people(desks.a, desks.turns_a)
    desks.a = lock_transfer.transfer_lock(desks.a, desks.turns_a, now=NOW).store
    old, desks.b = desks.b, lock_transfer.acquire_and_open(desks.b, desks.turns_b, now=NOW).store
    old.database.conn.close()
    assert lock_transfer.minutes_waited(desks.b, today=NOW.date()).today == 10
    assert lock_transfer.minutes_waited(desks.b, today=NOW.date() + timedelta(days=40)).last_30_days == 0


def test_who_reads_or_waited_for_less_than_a_second_writes_no_minutes(desks):
    def facts(store):
        return list(store.database.query("SELECT * FROM facts"))

    before = facts(desks.a), facts(desks.b)
    for store, turns, seconds in ((desks.a, desks.turns_a, 0.4), (desks.b, desks.turns_b, 600.0)):
        turns.waited_seconds = seconds
        lock_transfer.save_waited_seconds(store, turns, today=NOW.date())
        assert turns.waited_seconds == 0.0
    assert (facts(desks.a), facts(desks.b)) == before
