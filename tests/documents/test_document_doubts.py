"""Warnings about documents that leave together: each once, and a reason for a day that is over once a content."""

from dataclasses import replace

import pytest

from app.documents.blocks import DocumentContent, KeptPages, Paragraph
from app.documents.services import document_doubts
from app.documents.services.document_doubts import DayOver, day_over_detail, read_doubts_of
from app.documents.services.document_scope import DocumentScope
from tests.support.left_papers import outgoing
from tests.support.years import BY, NOW, TODAY

SAID = {
    "受付名簿": ("人数が違います。", DayOver("過ぎた日があります。")),
    "名札": ("人数が違います。", "名前がありません。"),
}
SHEET = {"first_sheet": "名簿", "file_stem": "名簿", "personal": True, "outgoing": True}
CONTENT = DocumentContent(kind="受付名簿", reference="", version=1, look="form", blocks=(), **SHEET)


@pytest.fixture
def asked(store, event, monkeypatch):
    sources = (lambda _store, _scope, kind, _today: SAID[kind], lambda *_given: ("人数が違います。",))
    monkeypatch.setattr(document_doubts, "DOCUMENT_DOUBTS", sources)

    def ask(*kinds, contents=()):
        given = {"scope": DocumentScope(event_id=event), "kinds": kinds, "contents": contents, "today": TODAY}
        found = read_doubts_of(store, **given)
        return found.words, found.asks_reason

    return ask


def test_each_is_said_once_and_of_several_documents_with_the_first_it_is_about(asked):
    assert asked("名札") == (("人数が違います。", "名前がありません。"), False)
    assert asked("受付名簿", "名札") == (
        ("受付名簿：人数が違います。", "受付名簿：過ぎた日があります。", "名札：名前がありません。"),
        False,
    )


def test_of_a_copy_of_what_left_nothing_is_doubted(asked):
    kept, left = (
        replace(CONTENT, kept=KeptPages(ids=(1,), files=(), words="", pages=1, has_left=has_left))
        for has_left in (False, True)
    )
    said = ("人数が違います。", "過ぎた日があります。")
    assert asked("受付名簿", contents=(left,)) == ((), False)
    assert [asked("受付名簿", contents=those)[0] for those in ((kept,), (left, CONTENT), ())] == [said] * 3


def test_a_reason_is_asked_for_a_content_with_a_day_that_is_over_until_it_left_with_one(store, event, asked):
    kept = replace(CONTENT, kept=KeptPages(ids=(1,), files=(), words="", pages=1, has_left=True))
    other = replace(CONTENT, blocks=(Paragraph("別の名簿"),))

    def reasons():
        return [asked("受付名簿", contents=(one,))[1] for one in (CONTENT, kept, other)]

    assert reasons() == [True, False, True]
    assert asked("名札", contents=(CONTENT,))[1] is False, "no day is over"
    assert day_over_detail(CONTENT, "　") == {}
    detail = day_over_detail(CONTENT, " 記録として ")
    assert detail["過ぎた日を載せた理由"] == "記録として"
    for kind, left_with, expected in (("名札", detail, True), ("受付名簿", {}, True), ("受付名簿", detail, False)):
        with store.change(action="保存", by=BY, now=NOW, event_id=event) as change:
            change.insert(outgoing(kind, by=BY, at=NOW, event_id=event, detail=left_with))
        assert reasons() == [expected, False, True]
