"""Undo of the letters: an edited passage, one taken back, and how a kind of paper is made by itself."""

from collections.abc import Callable
from typing import Any

from app.documents.services import document_passages, document_states
from app.documents.services.document_scope import DocumentScope
from app.events.letters.services import large_print, letter_addressees, letter_documents
from tests.support.cancelling import cancel_event
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, done
from tests.support.world import OTHER

KIND = "決定通知"


SCENARIOS: Scenarios = {
    document_passages.set_passage: lambda w: {
        "event_id": w.events["L6"], "kind": KIND, "part": "持ち物", "text": "筆記用具だけ"},
    document_passages.reset_passage: lambda w: after(
        done(document_passages.set_passage, w), event_id=w.events["L6"], kind=KIND, part="持ち物"),
    document_states.override_stop: lambda w: after(
        cancel_event(w.store, event_id=w.events["L6"], reason="大雪", by=OTHER, now=NOW),
        scope=DocumentScope(event_id=w.events["L6"]), kind=KIND, reason="区の控えとして残す"),
    letter_addressees.set_letter_option: lambda w: {
        "event_id": w.events["L6"], "kind": KIND, "name": letter_addressees.UNIT, "value": "1人ごと"},
    large_print.set_large_print: lambda w: {
        "event_id": w.events["L6"], "kind": KIND, "addressees": ["o1"], "large": True},
}  # fmt: skip

NO_UNDO: dict[Callable[..., Any], str] = {letter_documents.save_each: "an export: undo stops there"}
