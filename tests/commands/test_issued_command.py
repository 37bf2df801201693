"""``issued``: what has left the house, newest first, and the kept copies as files; names only where they
are asked for."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.documents.services import document_saving
from app.documents.services.file_saving import SaveOptions
from app.events.headcount import services as headcount_services
from app.history import services as history_services
from db.records.documents import OutgoingWay
from tests.support.data_folders import NAME, closed, opened
from tests.support.years import NOW

KEYS = {
    "id", "kind", "scope", "form", "when", "way", "to", "version", "sha256", "copy_sha256", "path", "withdrawn",
}  # fmt: skip


@pytest.fixture
def year(sample_folder, login, tmp_path):
    """The options that open a copy of the fictitious year from which a paper, a list of names and a text left."""
    folder = tmp_path / "sample"
    shutil.copytree(sample_folder, folder)
    store = opened(folder)
    given = {"by": NAME, "now": NOW}
    document_saving.save_document(
        ActionContext(store, **given),
        event_id=2,
        kind="参加人数連絡書",
        format="pdf",
        options=SaveOptions(path=tmp_path / "人数.pdf", way=OutgoingWay.ENCRYPTED, password="asagao himawari"),
    )
    document_saving.save_document(
        ActionContext(store, **given),
        event_id=6,
        kind="受付名簿",
        format="xlsx",
        options=SaveOptions(path=tmp_path / "名簿.xlsx", reason="見本"),
    )
    notice = headcount_services.make_headcount_notice(ActionContext(store, **given), event_id=6).id
    headcount_services.mark_headcount_notified(
        ActionContext(store, **given), notice_id=notice, notified_to="見本 花子", notified_how="電話"
    )
    closed(store)
    return ["--data", folder, *login[2:]]


def _issued(call, *words):
    code, out, err = call("issued", *words, "--json")
    assert code == 0, err
    rows = json.loads(out)
    assert all(set(row) == KEYS for row in rows)
    return rows


def test_everything_that_left_is_listed_newest_first_with_both_hashes(call, year, tmp_path):
    told, roster, notice = _issued(call, *year)[:3]
    assert (told["kind"], told["form"], told["way"], told["to"]) == ("人数連絡", "txt", "連絡", "受託者")
    assert (roster["kind"], roster["form"], roster["to"], roster["path"]) == ("受付名簿", "xlsx", "", None)
    assert (notice["scope"], notice["to"], notice["withdrawn"]) == ("第2回 LINE講習会", "受託者", False)
    assert notice["sha256"] == hashlib.sha256((tmp_path / "人数.pdf").read_bytes()).hexdigest()
    assert notice["copy_sha256"] != notice["sha256"]
    assert roster["sha256"] == roster["copy_sha256"]


def test_names_are_given_only_where_they_are_asked_for(call, year):
    assert "見本 花子" not in json.dumps(_issued(call, *year), ensure_ascii=False)
    assert _issued(call, *year, "--personal")[0]["to"] == "受託者　見本 花子"


def test_copies_are_written_as_they_left_and_that_is_logged(call, year, tmp_path):
    out = tmp_path / "out"
    rows = _issued(call, *year, "--out", out)
    told, roster, notice = rows[:3]
    assert roster["path"] is None
    assert sorted(path.name for path in out.iterdir()) == sorted(Path(row["path"]).name for row in rows if row["path"])
    for row in (told, notice):
        assert hashlib.sha256(Path(row["path"]).read_bytes()).hexdigest() == row["copy_sha256"]
    again = _issued(call, *year)
    assert [row["way"] for row in again[:2]] == ["コマンド", "コマンド"]
    assert len(again) == len(rows) + sum(row["path"] is not None for row in rows)

    code, _, err = call("issued", *year, "--out", out)
    assert code == 1
    assert "同じ名前のファイル" in err
    named = _issued(call, *year, "--personal", "--out", tmp_path / "all")
    assert all(row["path"] for row in named if row["copy_sha256"])


def test_a_row_that_was_taken_back_says_so(call, year):
    store = opened(year[1])
    history_services.undo(store, by=NAME, now=NOW)
    closed(store)
    rows = _issued(call, *year)
    assert [(row["way"], row["withdrawn"]) for row in rows[:2]] == [("連絡", True), ("そのまま保存", False)]


def test_a_year_alone_and_one_that_is_not_there(call, year):
    assert _issued(call, *year, "--year", 2026) == _issued(call, *year)
    code, _, err = call("issued", *year, "--year", 2031)
    assert code == 1
    assert "令和13年度は、このデータにありません。" in err
