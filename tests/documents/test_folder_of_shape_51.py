"""A folder made by the program of shape 51 opens for ever: what was kept, told and given a 版 there never moves.

``tests/fixtures/folder_of_shape_51/folder.zip`` was written by that program: a started year with one 講習会 of invented
people, its papers of the day and a letter printed, everything told that can be told, a day file taken out (beside the
folder); a 講習会 before it with the report that the contractor confirmed; and what lay in ``seat`` and ``desks`` while
it was open (``open``). ``expected.json`` is what that program said of it. The folder itself stays as it is.
"""

import json
import shutil
import zipfile
from dataclasses import field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from app.data_folder.services import data_folder
from app.documents.blocks import DocumentContent, Title
from app.documents.services import documents
from app.documents.services.document_kind import FINGERPRINT_KEY
from app.documents.services.issued_copies import open_copy
from app.documents.services.notification import read_outgoing_view
from app.event_day.day.services import day_pack
from app.event_day.day_file.services import day_file_opening
from app.event_day.day_file.services.day_file_checkout import LABEL_NAMES, seal_of
from app.event_day.day_file.services.day_file_opening import close_day_file, open_day_file
from app.submissions.reports.services import report_documents
from db import write_lock, written_names
from db.files import presence_files
from db.files.storage_errors import NewerData
from db.records.documents import ConfirmedState, Outgoing
from db.records.submissions.reports import Report
from db.rows import by_id, row, rows
from tests.support.day_files import PASSWORD as DAY_PASSWORD

FIXTURE = Path(__file__).parents[1] / "fixtures" / "folder_of_shape_51"
LOGIN, PASSWORD = "mihon01", "みほんの鍵はながいほどよい"
OPENED, READ = datetime(2026, 9, 24, 14, 0), datetime(2026, 9, 18, 10, 30)
EVENT, HELD = 1, 3

OTHER_WORDS: Final[dict[str, str]] = {
    "実施確認票": "its words follow the records: the network of the venue, the groups as they were recorded",
    "当日進行表・機材チェック表": "a supply is matched by its whole name; its timetable names who hands out what",
    "当日のしおり": "Q26: no event is offered whose 申込み has ended by the day that the しおり is handed out",
}
"""Kinds of paper whose words a later point changed on purpose, with that point: each of them may be another 版, and
say that it has changed."""


@pytest.fixture(scope="module")
def expected():
    """What the program that made the folder said of it."""
    return json.loads((FIXTURE / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The folder as it was made, and what lies beside it."""
    place = tmp_path_factory.mktemp("shape_51") / "all"
    with zipfile.ZipFile(FIXTURE / "folder.zip") as packed:
        packed.extractall(place)
    return place


@pytest.fixture(scope="module")
def store(unpacked, tmp_path_factory):
    """The folder opened by this program, which brings it to today's shape."""
    folder = tmp_path_factory.mktemp("opened") / "data"
    shutil.copytree(unpacked / "data", folder)
    found = data_folder.open_data_folder(
        folder, login_id=LOGIN, password=PASSWORD, now=OPENED, pc="MADO-01", wait=0.2, settle=0.0
    ).store
    yield found
    assert data_folder.close_data_folder(found, now=OPENED) == ()


def test_what_left_and_what_was_confirmed_is_kept_letter_for_letter(store, expected):
    log = [
        [one.id, one.document_kind, one.version, one.sha256, one.copy_sha256, one.detail.get(FINGERPRINT_KEY, "")]
        for one in rows(store.database, Outgoing, order="id")
    ]
    assert log == expected["log"]
    assert len([one for one in log if one[5]]) == 6
    for number, _kind, _version, _sum, copy_sum, _fingerprint in log:
        if copy_sum is not None:
            assert sha256(open_copy(store, outgoing_id=number).data).hexdigest() == copy_sum
    states = rows(store.database, ConfirmedState)
    kept = [[one.event_id, one.report_id, sha256(one.content.encode()).hexdigest()] for one in states]
    assert kept == expected["confirmed"]


def test_no_paper_is_another_edition(store, expected):
    now = {
        kind: documents.build_document(store, event_id=EVENT, kind=kind, now=READ).version
        for kind in expected["editions"]
    }
    assert {kind for kind in now if now[kind] != expected["editions"][kind]} <= set(OTHER_WORDS)


def test_nothing_that_was_printed_says_that_it_has_changed(store, expected):
    view = day_pack.read_pack(store, event_id=EVENT, now=READ)
    now = {one.kind: one.newest_copy.change_words for one in view.rows if one.newest_copy is not None}
    assert now.keys() == expected["printed"].keys()
    assert {kind for kind in now if now[kind]} <= set(OTHER_WORDS)


def test_what_was_told_stays_told(store, expected):
    lines = [
        [
            one.matter_status.matter.key,
            one.matter_status.status,
            one.matter_status.matter.version,
            [each.words for each in one.matter_status.changed_facts],
        ]
        for one in read_outgoing_view(store, event_id=EVENT).lines
    ]
    assert sorted(lines) == sorted(expected["lines"])
    assert {standing for _, standing, _, _ in lines} == {"通知済"}


def test_the_confirmed_report_is_what_it_was(store):
    report = row(store.database, Report, event_id=HELD)
    assert report is not None
    content = report_documents.confirmed_report(store, report)
    assert content is not None
    assert any(isinstance(block, Title) for block in content.blocks)
    state = row(store.database, ConfirmedState, report_id=report.id)
    from app.documents.content_json import content_to_json

    assert content_to_json(content) == state.content
    assert by_id(store.database, Report, report.id).contractor_confirmed_on is not None


def test_a_block_that_gets_a_field_with_a_default_makes_no_other_edition(store, expected, monkeypatch):
    """As if every class of blocks that the papers of the day use had got a field since."""
    changed = dict(written_names._REGISTERED)
    for kind, names in changed.items():
        if kind is DocumentContent or not kind.__module__.startswith("app.documents"):
            continue
        added = (*names.added_later, "since")
        later = {**vars(names), "names": {**names.names, "since": "since"}, "added_later": added}
        changed[kind] = written_names.WrittenNames(**later)
        monkeypatch.setattr(kind, "since", "", raising=False)
        monkeypatch.setitem(kind.__dataclass_fields__, "since", _field(kind))
    monkeypatch.setattr(written_names, "_REGISTERED", changed)
    for kind, version in expected["editions"].items():
        if kind not in OTHER_WORDS:
            assert documents.build_document(store, event_id=EVENT, kind=kind, now=READ).version == version, kind


def _field(kind: type) -> object:
    found = field(default="", init=False)
    found.name, found.type = "since", str
    found._field_type = next(iter(kind.__dataclass_fields__.values()))._field_type
    return found


def test_the_day_file_opens_and_is_known_as_one_of_this_folder(unpacked, store, tmp_path):
    path = tmp_path / "day-file.dkday"
    shutil.copy2(unpacked / "day-file.dkday", path)
    day = open_day_file(path, password=DAY_PASSWORD)
    try:
        assert day.label.event_id == EVENT
        assert day.label.seal == seal_of(store, day.label)
    finally:
        close_day_file(day)


def test_the_claim_and_the_sign_are_read(unpacked):
    (path,) = (unpacked / "open" / "seat").iterdir()
    claim = write_lock._read_claim(path)
    assert claim is not None
    assert (claim.seat, claim.name, claim.pc, claim.shape) == (1, LOGIN, "MADO-01", 1)
    assert write_lock._claim_bytes(claim) == path.read_bytes()
    (sign,) = presence_files.read_all(unpacked / "open")
    assert (sign.token, sign.mode, sign.seat) == (claim.token, "WORKING", 1)
    assert (
        presence_files.sealed_line(presence_files._changed_fields(sign))
        == presence_files.path_of(unpacked / "open", sign.token).read_bytes()
    )
    taken = write_lock._read_claim(unpacked / "data" / "seat" / "000001.done")
    assert taken is not None


def test_a_claim_with_a_name_of_a_later_program_is_read_and_one_that_lacks_a_name_is_none(unpacked, tmp_path):
    (path,) = (unpacked / "open" / "seat").iterdir()
    plain = presence_files.read_sealed_file(path)
    later, short = tmp_path / "000001.claim", tmp_path / "000002.claim"
    later.write_bytes(presence_files.sealed_line({**plain, "since_when": "後の版"}))
    short.write_bytes(presence_files.sealed_line({name: value for name, value in plain.items() if name != "pid"}))
    assert write_lock._read_claim(later) == write_lock._read_claim(path)
    assert write_lock._read_claim(short) is None


def test_a_label_with_a_name_of_a_later_program_is_said_to_be_of_a_newer_version(unpacked, monkeypatch, tmp_path):
    path = tmp_path / "day-file.dkday"
    shutil.copy2(unpacked / "day-file.dkday", path)
    names = {own: name for own, name in LABEL_NAMES.names.items() if own != "sample_day"}
    fewer = written_names.WrittenNames(kind=LABEL_NAMES.kind, name=LABEL_NAMES.name, names=names, first=tuple(names))
    monkeypatch.setattr(day_file_opening, "LABEL_NAMES", fewer)
    with pytest.raises(NewerData, match="新しい版"):
        open_day_file(path, password=DAY_PASSWORD)
