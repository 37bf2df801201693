"""One name that no font can print: it is named, and whoever goes on gets everybody's papers with a gap to
write into."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.commands.documents import kinds_for, write_documents
from app.documents.services import document_saving, documents
from app.documents.services.document_kind import document_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState, override_stop
from app.documents.services.file_saving import SaveOptions
from app.event_day.day.services import day_pack
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from tests.support.years import BY, NOW, acting, started_year

ODD = "見本 \ua9c1子"
LONG = "見" * 400
WHO = {"by": BY, "now": NOW}


@pytest.fixture
def store(tmp_path):
    made = started_year(tmp_path / "year")
    with made.change(action="用意", **WHO) as change:
        event_id = change.insert(
            Event(kind="講習会", form=EventForm.LECTURE, ordinal=2, subject="LINE講習会", event_date=date(2026, 9, 24))
        )
        for number, name in enumerate((ODD, "見本 花子", LONG), start=1):
            person = change.insert(Person(name=name, furigana="みほん"))
            change.insert(Entry(event_id=event_id, person_id=person, state="決定", number=number))
    yield made
    made.database.conn.close()


def words_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("kind", ["名札", "受付名簿", "席札"])
def test_a_paper_names_who_stops_it_and_with_a_gap_it_has_all_the_others(store, kind):
    content = documents.build_document(store, event_id=1, kind=kind, now=NOW)
    with pytest.raises(documents.UnprintableText, match="U\\+A9C1"):
        documents.render(content, format="pdf")
    drawn = documents.render(content, format="pdf", with_gaps=True)
    said = words_of(drawn.data)
    assert "花子" in said.replace(" ", "").replace("\n", "")
    assert "〔" in said
    assert ODD in drawn.gap_texts
    assert drawn.content == content
    assert "手で書き入れてください" in drawn.gap_words
    assert len(drawn.gap_words) < 150


def test_what_was_left_open_is_said_after_saving_and_stands_in_the_log(store, tmp_path):
    content = documents.build_document(store, event_id=1, kind="名札", now=NOW)
    drawn = documents.render(content, format="pdf", with_gaps=True)
    saved = document_saving.save_document(
        acting(store),
        event_id=1,
        kind="名札",
        format="pdf",
        options=SaveOptions(path=tmp_path / "名札.pdf", reason="当日の用意"),
        rendered=drawn,
    )
    assert f"「{ODD}」" in saved.message
    (row,) = document_saving.list_outgoing(store, event_id=1)
    assert row.detail["空けた所"] == "2か所"


def test_a_name_too_long_for_its_tag_says_how_the_others_come_out(store):
    with store.change(action="名前を直した", **WHO) as change:
        change.update(Person, 1, name="見本 一子")
    with pytest.raises(documents.UnprintableText, match="400字") as problem:
        documents.render(documents.build_document(store, event_id=1, kind="名札", now=NOW), format="pdf")
    assert "その所だけを空けて" in str(problem.value.todo)


def test_one_name_keeps_the_set_of_the_day_from_nobody(store):
    contents = day_pack.build_pack(
        store, event_id=1, choices=(day_pack.PackChoice(kind="名札"), day_pack.PackChoice(kind="受付名簿")), now=NOW
    )
    with pytest.raises(documents.UnprintableText):
        day_pack.draw_pack(contents)
    drawn = day_pack.draw_pack(contents, leave_open=True)
    assert drawn.pages >= 2
    assert ODD in drawn.open_words


def test_the_command_writes_with_gaps_only_when_it_is_told_to(store, tmp_path):
    wanted = [(DocumentScope(event_id=1), ("名札",))]
    given = {"wanted": wanted, "formats": ("pdf",), "personal": True}
    made = write_documents(acting(store), folder=tmp_path / "なし", **given)
    assert "書体にない文字" in made.failed[0]
    assert not (tmp_path / "なし").exists()
    (row,) = write_documents(acting(store), folder=tmp_path / "あり", leave_open=True, **given).rows
    assert Path(row["path"]).is_file()
    assert any(ODD in words for words in row["warnings"]), json.dumps(row, ensure_ascii=False)


JOINED = {
    "selectors": "見本葛\U000e0100城" + "辻\U000e0100" * 4 + "町会および" + "飴\U000e0100葛\U000e0100" * 12,
    "dakuten typed apart": "見本" + "か\u3099くふ\u309a" * 5 + "町会について" + "ハ\u309aーク" * 4,
    "a joiner nobody sees": "見本\u200dつつじ\u200d台\u200d" * 6 + "自治会",
}


@pytest.mark.parametrize("name", JOINED.values(), ids=JOINED)
def test_a_long_name_of_signs_in_two_parts_stands_whole_on_every_paper_of_its_event(tmp_path, name):
    store = started_year(tmp_path / "year")
    with store.change(action="用意", **WHO) as change:
        event_id = change.insert(
            Event(
                kind="意見交換会",
                form=EventForm.EXCHANGE,
                ordinal=2,
                subject="意見交換会",
                event_date=date(2026, 9, 24),
            )
        )
        group = change.insert(Organisation(name=name, furigana="みほん"))
        person = change.insert(Person(name="見本　花\U000e0100子", furigana="みほん", organisation_id=group))
        change.insert(
            Entry(event_id=event_id, person_id=person, organisation_id=group, state="決定", number=1, group_number=1)
        )
    kinds = kinds_for(store, event_id=event_id)
    assert {"受付名簿", "名札", "席札", "起案資料"} <= set(kinds)
    for kind in kinds:
        if "pdf" not in document_of(DocumentScope(event_id=event_id), kind).formats:
            continue
        scope = DocumentScope(event_id=event_id)
        try:
            content = documents.build_document(store, scope=scope, kind=kind, now=NOW)
        except StoppedByState:
            override_stop(acting(store), scope=scope, kind=kind, reason="見本")
            content = documents.build_document(store, scope=scope, kind=kind, now=NOW)
        drawn = documents.render(content, format="pdf")
        if kind in ("受付名簿", "名札", "起案資料"):
            assert name.replace("\u200d", "") in words_of(drawn.data).replace("\n", "").replace(" ", "")
    store.database.conn.close()


def test_the_way_on_for_a_sign_no_font_holds_is_its_gap_and_never_another_sign(store):
    content = documents.build_document(store, event_id=1, kind="名札", now=NOW)
    with pytest.raises(documents.UnprintableText) as stopped:
        documents.render(content, format="pdf")
    assert "空けて書き出し、手で書き入れて" in str(stopped.value)
    assert "入力し直して" not in str(stopped.value)
