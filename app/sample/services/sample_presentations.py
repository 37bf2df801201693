"""The presenter of the second 意見交換会 of the sample year: a request letter, and a partial 承諾書."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.documents.services.notification import notify
from app.events.presentations.services import note_answer, read_presentations, save_presentation
from app.sample.services.sample_events import SampleEvents
from db.records.organisations import Organisation
from db.records.presentations import PresentationAnswer, PresentationMaterial
from db.rows import by_id
from db.store import Store

RunService = Callable[..., Any]
_PRESENTER_INDEX = 3
"""Index of the 団体 in the data that is asked."""


def fill_presentations(store: Store, sample: SampleEvents, run_service: RunService) -> None:
    """Let one 団体 be asked and agree: its material may be handed out and reported, but not published."""
    event_id = sample.event_ids["E2"]
    organisation = by_id(store.database, Organisation, sample.organisation_ids[_PRESENTER_INDEX])
    assert organisation is not None
    view = read_presentations(store, event_id=event_id, today=date(2026, 11, 16))
    asked = replace(
        view.proposed,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        addressed="会長　仮名　三郎",
        asked="LINE公式アカウントで行事と防災を知らせた取組\n（きっかけ、始め方、困ったこと、いまの使い方）",
        questions=5,
        answer_by=date(2026, 11, 27),
    )
    made_id = run_service(save_presentation, "2026-11-16 10:20", presentation=asked).id
    run_service(
        notify,
        "2026-11-16 14:00",
        event_id=event_id,
        key=f"発表:{made_id}",
        told_on=date(2026, 11, 16),
        told_to=f"{organisation.name}　会長",
        told_how="電話",
        words="会長に電話でお願いした。依頼状と承諾書を郵送する。",
    )
    run_service(
        note_answer,
        "2026-11-26 09:40",
        presentation=replace(
            asked,
            id=made_id,
            answer=PresentationAnswer.ACCEPTED,
            answered_on=date(2026, 11, 26),
            received_by="見本　太郎",
            presenter="仮名　三郎",
            material=PresentationMaterial.PROJECTED,
            use_handout=True,
            use_report=True,
            original_place="紙ファイル　意見交換会",
            dispose_on=date(2027, 4, 30),
        ),
    )
