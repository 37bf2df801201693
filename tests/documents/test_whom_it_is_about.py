"""What a row of the log of documents is about, for whom it left, and the file that is made of it again."""

from dataclasses import replace
from types import SimpleNamespace as Facts

from app.documents.services import issued_copies
from app.documents.services.kept_letters import recorded_later
from app.documents.services.notification import Matter, _as_put_up
from db.records.documents import Outgoing, OutgoingWay
from db.records.organisations import Organisation
from tests.support.years import BY, NOW, add_lecture, started_year


def outgoing(**values):
    given = {"document_kind": "名簿", "reference": "", "version": 0, "format": "pdf", "way": OutgoingWay.PLAIN}
    return Outgoing(**(given | values), by=BY, at=NOW)


def test_the_scope_is_the_event_the_organisation_or_the_year(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)
    with store.change(action="団体", by=BY, now=NOW) as change:
        known = change.insert(Organisation(branch="第1支部", name="みほん町会"))
    given = [{}, {"programme_id": 1}, {"programme_id": 99}, {"organisation_id": known}]
    said = [issued_copies.scope_words(store, outgoing(**values)) for values in given]
    assert said == ["", "令和8年度", "", "みほん町会"]
    assert "LINE講習会" in issued_copies.scope_words(store, outgoing(event_id=event_id, programme_id=1))


def test_a_copy_is_a_file_again(monkeypatch):
    monkeypatch.setattr(recorded_later, "open_copy", lambda _store, *, outgoing_id: Facts(data=b"x"))
    monkeypatch.setattr(recorded_later, "pdf_lines", lambda _data: ("P",))
    monkeypatch.setattr(recorded_later, "read_word_text", lambda _data: Facts(lines=("W",)))
    given = ({}, {"pages": 3, "file_name": "甲.pdf"}, {"format": "docx", "pages": 1})
    found = [recorded_later._as_file(None, outgoing(**values)) for values in given]
    assert [(one.name, one.form, one.pages, one.lines) for one in found] == [
        ("名簿.pdf", "pdf", 0, ("P",)), ("甲.pdf", "pdf", 3, ("P",)), ("名簿.docx", "docx", 1, ("W",)),
    ]  # fmt: skip


def test_a_matter_has_the_title_of_the_facts_it_was_put_up_with():
    facts = {"宛先": "2団体 5人", "日": "x"}
    matter = Matter(key="k", version=1, title="2団体 5人", facts=facts, document_kind="決定通知")
    said = [{}, {"k": {"宛先": "1団体 3人"}}, {"k": {"日": "1団体 3人"}}, {"他": {"宛先": "1団体 3人"}}]
    assert [_as_put_up(matter, one).title for one in said] == ["2団体 5人", "1団体 3人", "2団体 5人", "2団体 5人"]
    assert _as_put_up(replace(matter, title="別"), said[1]).title == "別"
