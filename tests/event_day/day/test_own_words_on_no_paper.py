"""Own words and needs stand on no paper; the condition of a picture stands on the photographer's list alone."""

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_kind import documents_about
from app.documents.services.document_scope import DocumentScope
from app.event_day.day.documents import AGENDA_KIND
from app.event_day.day.services.day_document_content import name_tag_content, roster_lines
from app.event_day.reception.services import read_reception
from app.events.roster.services.roster import read_roster
from db.records.events import Event
from db.records.roster import Entry
from db.rows import by_id
from tests.support.sample import NOW, event_id

pytestmark = pytest.mark.sample_year

WORDS, NEED, CONDITION = "うちの猫の話です", "耳が遠いのです", "後ろ姿ならよいです"


def test_words_and_needs_stand_on_no_paper_and_a_condition_only_on_the_photographers_list(store):
    number = event_id(store, "講習会", 6)
    people = read_roster(store, event_id=number).check_in_rows[:3]
    said = ({"photo": "条件つき", "photo_words": CONDITION}, {"photo": "不可"}, {"photo": ""})
    with store.change(action="記載", by="見本", now=NOW, subject="roster") as change:
        for row, photo in zip(people, said, strict=True):
            change.update(Entry, row.entry.id, words=WORDS, care=NEED, **photo)
    ids = {row.entry.id: place for place, row in enumerate(people)}
    marks = {
        ids[line.entry_id]: (line.no_photo, line.photo)
        for line in roster_lines(store, event_id=number)
        if line.entry_id in ids
    }
    assert marks == {0: (False, "撮影条件つき"), 1: (True, ""), 2: (False, "撮影未確認")}
    content = name_tag_content(store, by_id(store.database, Event, number), NOW)
    tags = {tag.name: tag.no_photo for block in content.blocks for tag in getattr(block, "tags", ())}
    assert [tags[row.name] for row in people] == [True] * 3
    door = {row.entry_id: row.photo_mark for row in read_reception(store, event_id=number).waiting}
    assert [door[row.entry.id] for row in people] == ["撮影条件つき", "撮影不可", "撮影未確認"]
    scope = DocumentScope(event_id=number)
    seen = {}
    for paper in documents_about(scope):
        try:
            text = repr(paper.build(store, scope, NOW))
        except UserError:
            continue
        seen[paper.kind] = [words for words in (WORDS, NEED, CONDITION) if words in text]
    assert len(seen) > 15
    assert {kind: found for kind, found in seen.items() if found} == {AGENDA_KIND: [CONDITION]}
