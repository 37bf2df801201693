"""Pictures that the program makes of itself: a wrong one is refused, and those in the papers are not out of date."""

import json
import re
from collections import Counter
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from app.data_folder.services.data_folder import close_data_folder
from app.sample.services.sample_folder import create_sample_folder
from app.startup.pictures.album import Album, PictureRefused
from app.startup.pictures.picture_run import take_pictures
from app.startup.pictures.sample_additions import event_ids
from app.startup.pictures.shot import press_button, type_text
from app.startup.pictures.shots import shots
from app.widgets.forms.field_icons import offer_clearing
from app.widgets.labels import Paragraph
from app.widgets.panel import EmptyState
from build_spec.doc_pictures import hash_of
from tests.support.sample import NOW, sample_store

ELSEWHERE = r"C:\デジ活デスク"


@pytest.fixture
def album(tmp_path):
    return Album(folder=tmp_path, places={tmp_path / "data": ELSEWHERE}, for_documents=False)


@pytest.fixture
def page(qtbot):
    def show(*parts: QWidget) -> QWidget:
        made = QWidget()
        qtbot.addWidget(made)
        column = QVBoxLayout(made)
        for part in parts:
            column.addWidget(part)
        made.show()
        return made

    return show


def test_a_picture_of_another_page_than_was_asked_for_is_refused(album, page):
    with pytest.raises(PictureRefused, match="「人」の絵に「人を加える」が見えません"):
        album.take_picture(page(QLabel("団体を加える")), name="人", expected_text="人を加える")


def test_a_picture_of_an_empty_list_is_refused_unless_it_belongs_there(album, page):
    shown = page(QLabel("バックアップ"), EmptyState("バックアップは、まだありません。"))

    with pytest.raises(PictureRefused, match="中身のない一覧"):
        album.take_picture(shown, name="設定", expected_text="バックアップ")
    album.take_picture(
        shown, name="設定", expected_text="バックアップ", expected_empty=("バックアップは、まだありません。",)
    )

    assert [path.name for path in album.picture_paths.values()] == ["00-設定.png"]


def test_a_picture_with_something_cut_off_is_refused(album, page):
    title = QLabel("いつまでに何をするか")
    title.setFixedWidth(40)

    with pytest.raises(PictureRefused, match="切れているところがあります（いつまでに何をするか"):
        album.take_picture(page(title), name="期限", expected_text="いつまでに")


def test_the_cross_within_a_field_is_not_taken_for_a_button_that_is_cut_off(album, page):
    field = QLineEdit("見本町会")
    offer_clearing(field)

    album.take_picture(page(QLabel("絞り込み"), field), name="事業", expected_text="絞り込み")

    assert [path.name for path in album.picture_paths.values()] == ["00-事業.png"]


def test_the_same_picture_twice_is_refused(album, page):
    shown = page(QLabel("設問のひな形"))
    album.take_picture(shown, name="ひな形", expected_text="設問のひな形")
    album.count += 1

    with pytest.raises(PictureRefused, match="「01-設問のひな形」と「00-ひな形」は、同じ絵です"):
        album.take_picture(shown, name="設問のひな形", expected_text="設問のひな形")


def test_another_place_is_read_where_a_folder_of_this_machine_would_be(album, page, tmp_path):
    place = Paragraph(f"ここに**作成**します：\n{tmp_path / 'data' / 'backups'}")
    shown = page(place)
    album.take_picture(shown, name="場所", expected_text="ここに作成します")

    assert "C:\\デジ活デスク\\backups" in place.text().replace("\u200b", "")
    with pytest.raises(PictureRefused, match="このパソコンの場所"):
        album.take_picture(page(QLabel(f"{tmp_path}/よそ")), name="よそ", expected_text="よそ")


def test_a_step_that_finds_nothing_to_press_or_to_type_into_is_refused(page):
    shown = page(QLabel("保存する"))

    with pytest.raises(PictureRefused, match="「保存する」というボタンがありません"):
        press_button("保存する")(shown)
    with pytest.raises(PictureRefused, match="「実施日」という欄がありません"):
        type_text("実施日", "12/22")(shown)


def test_no_two_pictures_have_one_name(tmp_path):
    store = sample_store(tmp_path)
    taken = list(shots(event_ids(store, NOW.date()), tmp_path))
    store.database.conn.close()

    names = Counter(shot.name for shot in taken) + Counter(
        shot.document_picture for shot in taken if shot.document_picture
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.fixture(scope="module")
def recorded() -> dict[str, dict[str, str]]:
    folder = Path(__file__).resolve().parents[2] / "docs" / "pictures"
    return json.loads((folder / "sums.json").read_text(encoding="utf-8"))


def test_every_picture_of_the_papers_was_made_by_the_build_and_is_shown(recorded, project_folder):
    folder = project_folder / "docs" / "pictures"
    sums = {path.stem: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.png")}
    papers = [project_folder / "README.md", *(project_folder / "docs").glob("*.md")]
    shown = {name for paper in papers for name in re.findall(r"pictures/([\w-]+)\.png", paper.read_text("utf-8"))}

    assert sums == {name: entry["picture"] for name, entry in recorded.items()}
    assert shown == set(sums)


@pytest.mark.nightly
def test_all_pictures_can_be_taken_and_those_of_the_papers_show_the_program_as_it_is(recorded, tmp_path):
    assert len(_take_all(tmp_path, 1366, 768)) > 80
    now = {hash_of(words) for words in json.loads((tmp_path / "new" / "words.json").read_text("utf-8")).values()}

    changed = [name for name, entry in recorded.items() if entry["words"] not in now]
    assert changed == [], "make pictures で作り直してください"


@pytest.mark.nightly
def test_all_pictures_can_be_taken_at_150_percent_too(tmp_path):
    assert len(_take_all(tmp_path, 911, 512)) > 80


def _take_all(folder: Path, width: int, height: int) -> list[str]:
    store, _ = create_sample_folder(
        folder / "data",
        login_id="mihon",
        display_name="見本　係員",
        password="みほんの鍵はながいほどよい",
        now=datetime(2026, 8, 3, 9, 0),
    )
    try:
        return take_pictures(store, folder / "new", width, height)
    finally:
        close_data_folder(store, now=datetime(2026, 8, 3, 9, 0))
