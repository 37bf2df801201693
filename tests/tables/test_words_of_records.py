"""A field of a closed set holds the word itself, which answers questions, and its column the plain text."""

from dataclasses import replace

import pytest

from app.documents.fingerprints import legacy_form, written_form
from db.mapping import row_maker, to_columns, to_record
from db.record import words_of
from db.records.roster import Attendance, Entry, EntryState


def test_a_record_given_a_plain_text_holds_the_word_of_its_set():
    entry = replace(Entry(event_id=1, state="補欠"), attendance="")

    assert type(entry.state) is EntryState
    assert entry.state.is_waiting
    assert not entry.state.is_coming
    assert entry.attendance is Attendance.UNKNOWN
    assert not entry.attendance


def test_a_word_that_its_set_does_not_have_is_refused():
    with pytest.raises(ValueError, match="確定"):
        Entry(event_id=1, state="確定")


def test_a_column_holds_the_plain_text_and_a_row_becomes_the_word_again():
    entry = Entry(event_id=1, state=EntryState.WAITING)
    columns, make = row_maker(Entry, ())
    made = dict(zip(columns, make(vars(entry), 1, {}), strict=True))

    assert type(made["state"]) is type(to_columns(entry)["state"]) is str
    assert to_record(Entry, made).state is EntryState.WAITING


def test_a_question_is_no_word_of_the_set():
    assert (words_of(EntryState), words_of(str)) == (("申込", "決定", "補欠", "落選", "辞退", "決定取消"), ())


def test_in_a_fingerprint_a_word_is_its_text_so_that_kept_ones_still_fit():
    assert legacy_form((EntryState.WAITING,)) == legacy_form(("補欠",))
    assert written_form((EntryState.WAITING,)) == written_form(("補欠",))
