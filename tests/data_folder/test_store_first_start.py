"""A first start is whole or not at all; the sample lives in its own folder; a place is looked at before use."""

from dataclasses import replace
from datetime import datetime

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import first_start, folder_choice
from app.data_folder.services.data_folder import close_data_folder, holds_data
from app.programme.intake import preset
from app.programme.services import read_programme
from app.sample.services import sample_folder
from db.records.programme import Contractor

NOW = datetime.fromisoformat("2026-09-01T09:00")
PASSWORD = "correct horse battery"


def begin(folder, *, report_period="1か月以内"):
    known = preset()
    numbers = (replace(known.kinds[0], report_period=report_period), *known.kinds[1:])
    return first_start.begin_new_data(
        folder,
        programme=known.programme,
        numbers=numbers,
        office=known.office,
        contractor=Contractor(),
        login_id="mihon01",
        display_name="見本 花子",
        password=PASSWORD,
        now=NOW,
    )


def test_what_cannot_begin_leaves_nothing_behind(tmp_path):
    with pytest.raises(UserError):
        begin(tmp_path / "data", report_period="そのうち")

    assert not (tmp_path / "data").exists()
    store, key = begin(tmp_path / "data")
    assert len(key.replace("-", "")) == 40
    assert read_programme(store).office.ward == "練馬区"
    close_data_folder(store, now=NOW)


@pytest.mark.nightly
def test_the_sample_is_made_opened_again_and_made_anew(tmp_path):
    folder = tmp_path / "見本データ"
    password = sample_folder.new_sample_password()
    store = sample_folder.make_sample(folder, password=password, now=NOW)
    assert read_programme(store).programme.sample
    with pytest.raises(UserError, match="いま別の画面で開かれています"):
        sample_folder.make_sample(folder, password=password, now=NOW)
    close_data_folder(store, now=NOW)

    again = sample_folder.open_sample(folder, password=password, now=NOW).store
    close_data_folder(again, now=NOW)
    another = sample_folder.make_sample(folder, password=sample_folder.new_sample_password(), now=NOW)
    close_data_folder(another, now=NOW)
    assert holds_data(folder)


def test_data_one_folder_further_down_is_found(tmp_path):
    store, _key = begin(tmp_path / "共有" / folder_choice.DATA_FOLDER_NAME)
    close_data_folder(store, now=NOW)

    assert folder_choice.find_data_folder(tmp_path / "共有") == tmp_path / "共有" / folder_choice.DATA_FOLDER_NAME
    assert folder_choice.check_new_folder(tmp_path / "共有").kind == "data"
    assert folder_choice.find_data_folder(tmp_path) is None


def test_a_restored_folder_gets_a_name_that_is_still_free(tmp_path):
    data = tmp_path / "data"
    (tmp_path / "data-復元-20260901").mkdir()

    assert folder_choice.new_folder_beside(data, today=NOW.date()) == tmp_path / "data-復元-20260901-2"
