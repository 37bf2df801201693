"""見本データ: a complete fictitious year with its own today; people, 団体 and places are plainly invented."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from app.file_locations import resources_folder
from app.programme.rules import presets
from app.programme.services import programme
from app.saved import Saved
from app.subjects.events.rules import guides
from app.subjects.sample.services import (
    sample_events,
    sample_questionnaires,
    sample_reports,
    sample_roster,
    sample_surveys,
)
from app.subjects.sample.services.sample_events import SampleEvents
from app.subjects.surveys.questions.services.confirmed_tallies import keep_tally
from db.journal import Change
from db.records.organisations import Organisation
from db.records.programme import Contractor, TaskClosing
from db.store import Store
from db.tables import surveys

MAKER = "見本データ"


def sample_folder_name() -> str:
    """Return the name of the folder in which the sample year is made."""
    return "見本データ"


def fill_sample_year(store: Store, *, by: str = MAKER, now: datetime) -> Saved:
    """Fill an empty data folder with the sample year; its own today is 令和8年12月1日.

    Args:
        store: a new, empty data folder. by: who is written into the journal.
        now: the moment of making; what the year holds carries dates of its own.
    """
    data = _read()
    today = date.fromisoformat(data["today"])
    year = replace(presets.programme_r8(), sample=True, sample_today=today, contract_date=date(2026, 7, 31),
                   clauses_checked="一致")  # fmt: skip
    programme_id = programme.start_programme(
        store,
        programme=year,
        numbers=presets.kind_numbers_r8(),
        office=presets.office_r8(),
        contractor=Contractor(**data["contractor"]),
        by=by,
        now=datetime.combine(date(2026, 8, 3), now.time()),
    ).id
    with store.change(action="見本の団体を用意", by=by, now=now, subject="organisations") as change:
        organisation_ids = _fill_organisations(change, data)
    made = SampleEvents(
        data=data, today=today, organisation_ids=organisation_ids, calendar=programme.office_calendar(store)
    )
    with store.change(action="見本の人と段階を用意", by=by, now=now, subject="organisations") as change:
        sample_roster.fill_people(change, made)
    with store.change(action="見本の実施回を用意", by=by, now=now, subject="events") as change:
        sample_events.fill_events(change, made)
    with store.change(action="見本の名簿と会場を用意", by=by, now=now, subject="participants") as change:
        sample_roster.fill_rosters(change, made)
        sample_roster.fill_venues(change, made)
    with store.change(action="見本の回答を用意", by=by, now=now, subject="surveys") as change:
        masters = sample_questionnaires.fill_questionnaires(change, fiscal_year=year.fiscal_year)
        sample_surveys.fill_surveys(change, made, masters)
        for survey in surveys.all_surveys(store.database):
            if survey.frozen_at is not None:
                keep_tally(store, change, survey)
    sample_reports.fill_reports(store, made=made, by=by, now=now)
    with store.change(action="見本の年度の期日を用意", by=by, now=now, subject="deadlines") as change:
        _close_past_dates(change, programme_id, by=by)
    # The barrier keeps undo from taking the sample apart.
    with store.change(action="見本データを用意", by=by, now=now, subject="programme", barrier=True):
        pass
    return Saved(said="見本データを用意しました。", id=len(made.event_ids))


def application_form_sample() -> bytes:
    """Return invented applications as a form of the ward hands them out; two of three wish for the seventh 講習会."""
    return (resources_folder() / "sample_year" / "logo_form.csv").read_bytes()


def google_form_sample() -> bytes:
    """Return the invented Google フォーム download that belongs to the fifth 講習会 of the sample year."""
    return (resources_folder() / "sample_year" / "google_form.csv").read_bytes()


def _read() -> dict[str, Any]:
    text = (resources_folder() / "sample_year" / "year.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _fill_organisations(change: Change, data: dict[str, Any]) -> list[int]:
    return [change.insert(Organisation(**item)) for item in data["organisations"]]


def _close_past_dates(change: Change, programme_id: int, *, by: str) -> None:
    """Both 中間集計 of the autumn were made before the today of the sample."""
    made = (
        (guides.INTERIM_BUDGET, date(2026, 9, 29), "見積に添付"),
        (guides.INTERIM_REVIEW, date(2026, 10, 28), "査定資料に添付"),
    )
    for task, day, reason in made:
        moment = datetime.combine(day, time(16, 30))
        change.insert(TaskClosing(programme_id=programme_id, task=task, closed_on=day, reason=reason, by=by, at=moment))
