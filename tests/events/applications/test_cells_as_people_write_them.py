"""Cells as people write them, in 18 kinds: what a careful clerk makes of each stands in a table beside the files."""

from __future__ import annotations

import csv

import pytest

from app.events.applications.intake.application_rows import read_applications
from app.events.applications.services import application_import
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.foreign_files.foreign_shape import source_key
from app.importing.column_choices import columns_from_words
from db.records.applications import ColumnMap, ImportTarget
from tests.fixtures.survey.samples import REPORTS
from tests.support.sample import NOW, sample_store

CHOSEN = {
    "n01": ("12月18日（金）のご都合はいかがですか=状態",),
    "n02": ("チラシや区報に当日の写真を使うことがあります=撮影",),
    "n03": ("ご本人の出欠=状態", "区報・SNSへの掲載=掲載"),
    "n08": ("あてはまるものすべてにチェックしてください=該当するもの",),
    "n11": ("12月18日のホームページ・電子回覧板講習会に参加されますか=状態",),
}
"""The columns that a form of that kind has to be told, as the command takes them."""
with (REPORTS / "n_expected.tsv").open(encoding="utf-8") as table:
    WANTED = list(csv.DictReader(table, delimiter="\t"))
FILES = sorted({one["file"] for one in WANTED if one["want"].startswith("applications") and "n04" not in one["file"]})


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    found = sample_store(tmp_path_factory.mktemp("cells"))
    yield found
    found.database.conn.close()


@pytest.mark.parametrize("name", FILES)
def test_what_an_applicant_wrote_comes_out_or_is_asked(store, name):
    lines = [one for one in WANTED if one["file"] == name]
    path = REPORTS / name
    file = application_import.read_application_file(path)
    words = CHOSEN.get(name[:3], ())
    choices = APPLICATIONS_TARGET.choices(APPLICATIONS_TARGET.fields)
    number = int(lines[0]["want"].split()[1])
    found = application_import.preview_applications(
        store, path=path, event_id=number, columns=columns_from_words(file, words, choices), today=NOW.date()
    )
    assert [one.name for one in found.open_columns if one.must_choose] == []
    rows = {one.row: one for one in found.rows}
    read = {one.row: one for one in read_applications(file, {one.index: one.field for one in found.columns}).rows}
    wrong = [
        (one["row"], one["field"], one["want"], _seen(rows[int(one["row"])], one["field"]))
        for one in lines[1:]
        if not _fits(rows[int(one["row"])], read[int(one["row"])], one["field"], one["want"])
    ]
    assert wrong == []


def _seen(row, field):
    return row.outcome, row.reason, getattr(row, field, "") if field != "received" else row.received_at


OUTCOMES = {"新規": "in", "更新": "updated", "確認が必要": "ask", "取り込まない": "out", "重複": "known"}


def _fits(row, read, field, want):
    allowed, outcome = want.split("|"), OUTCOMES[row.outcome]
    if outcome in allowed or (outcome == "out" and field != "outcome"):
        return True
    if field == "kept":
        return any(want in text for text in read.values.values())
    if field == "wishes":
        return want in map(str, read.dates)
    seen = {
        "outcome": "two" if row.people > 1 else outcome,
        "mates": str(len(row.companions)),
        "received": str(row.received_at.date()) if row.received_at else "",
    }
    value = seen.get(field, str(getattr(row, field, "")))
    return value in allowed or (want == "nothing" and not value) or (field == "care" and allowed[0] in value)


def test_what_an_earlier_version_remembered_by_number_is_no_choice_of_anybody(store):
    path = next(REPORTS.glob("n01_*"))
    file = application_import.read_application_file(path)
    with store.change(action="列の対応を覚えた", by="準備", now=NOW, subject="applications") as change:
        change.insert(
            ColumnMap(
                target=ImportTarget.APPLICATIONS,
                source_key=source_key(file),
                columns={"1": "name", "5": ""},
                remembered_at=NOW,
            )
        )
    found = application_import.preview_applications(store, path=path, event_id=7, today=NOW.date())
    assert [(one.index, one.choice) for one in found.open_columns if one.must_choose] == [(5, "status")]
    assert found.is_remembered
