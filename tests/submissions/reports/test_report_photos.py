"""Pictures of a report: added, described, moved, taken out and undone; what stops 受託者の確認; how they
are printed."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from app.actions.user_error import UserError
from app.documents.blocks import Heading, Paragraph, Photos, Table
from app.documents.services import documents
from app.foreign_files.picture_reading import read_picture
from app.history import services as history_services
from app.submissions.reports.rules.photo_points import MAX_PHOTOS
from app.submissions.reports.services import report_documents, report_form, report_photos, reports
from db.records.documents import ConfirmedState
from db.records.events import Event
from db.records.roster import Entry
from db.records.submissions.reports import Report
from db.rows import by_id, rows
from tests.support.pictures import picture, saved
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by

ON = date(2026, 11, 30)
WORDS = {
    "scene": "講義の様子",
    "seen": "11人（後ろ姿）",
    "consent": "受付で1人ずつ（書面）",
    "permitted": "この報告書だけ",
}

store = made_by(sample_store)


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    return [
        read_picture(
            saved(folder, f"{number}.jpg", picture((800 + number, 600), taken="2026:11:17 14:12:05", placed=True))
        )
        for number in range(3)
    ]


def form_of(store, check="席を分けた"):
    """The form of an event at which one person may not be photographed."""
    event = event_id(store, "講習会", 5)
    report = next(one for one in rows(store.database, Report, event_id=event) if one.way == "作成")
    if check:
        reports.write_chapter(acting(store), report_id=report.id, key="撮影不可の確認", text=check)
    return event, report


def paper_of(store, event):
    return report_documents.report_document(store, by_id(store.database, Event, event), NOW)


def add(store, report, pictures):
    report_photos.add_photos(acting(store), report_id=report.id, pictures=pictures)
    return [one.photo for one in report_photos.read_photos(store, report_id=report.id)]


def test_pictures_are_added_described_moved_and_taken_out_and_each_can_be_undone(store, taken):
    _, report = form_of(store)
    first, second, third = add(store, report, taken)
    assert (first.taken_at, first.treated) == ("14:12", "位置・機種の情報を取り除いた")
    report_photos.describe_photo(acting(store), photo_id=first.id, words=WORDS)
    report_photos.move_photo(acting(store), photo_id=third.id, step=-1)
    report_photos.remove_photo(acting(store), photo_id=first.id)

    def shown():
        return [
            (one.number, one.photo.id, one.photo.scene) for one in report_photos.read_photos(store, report_id=report.id)
        ]

    assert shown() == [(1, third.id, ""), (2, second.id, "")]
    history_services.undo(store, by=BY, now=NOW)
    assert shown() == [(1, first.id, "講義の様子"), (2, third.id, ""), (3, second.id, "")]
    history_services.undo(store, by=BY, now=NOW)
    history_services.undo(store, by=BY, now=NOW)
    history_services.undo(store, by=BY, now=NOW)
    assert shown() == []


def test_the_time_of_a_picture_of_another_day_is_not_taken_over(store, taken, tmp_path):
    _, report = form_of(store)
    other = read_picture(saved(tmp_path, "別の日.jpg", picture((800, 600), taken="2026:11:16 14:12:05")))
    unknown = read_picture(saved(tmp_path, "不明.jpg", picture((640, 480))))

    said = report_photos.add_photos(acting(store), report_id=report.id, pictures=(taken[0], other, unknown)).message

    times = [one.photo.taken_at for one in report_photos.read_photos(store, report_id=report.id)]
    assert times == ["14:12", "", ""]
    assert said == "写真を3枚追加しました。撮影日が実施日と違う1枚は、時刻を空けてあります。"


def test_no_more_than_three_pages(store, taken):
    _, report = form_of(store)
    with pytest.raises(UserError, match=f"{MAX_PHOTOS}枚まで"):
        add(store, report, taken * 5)
    assert report_photos.read_photos(store, report_id=report.id) == ()


def test_a_picture_without_consent_stops_confirming_and_not_saving(store, taken):
    _, report = form_of(store)
    (photo,) = add(store, report, taken[:1])
    with pytest.raises(UserError, match="写真1：場面、写っている人、了解の取り方、使ってよい範囲"):
        reports.confirm_by_contractor(acting(store), report_id=report.id, on=ON)
    report_photos.describe_photo(acting(store), photo_id=photo.id, words=WORDS)
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=ON)
    with pytest.raises(UserError, match="受託者が確認した報告書"):
        report_photos.remove_photo(acting(store), photo_id=photo.id)


def test_where_somebody_refused_it_has_to_be_said_how_nobody_is_seen(store, taken):
    event, report = form_of(store, check="")
    came = [one for one in rows(store.database, Entry, event_id=event) if one.attendance == "出席"]
    assert sum(one.photo == "不可" for one in came) == 1
    (photo,) = add(store, report, taken[:1])
    report_photos.describe_photo(acting(store), photo_id=photo.id, words=WORDS)
    refused = report_form.read_form_screen(store, event_id=event, today=ON).photo_refused
    assert refused == 1
    with pytest.raises(UserError, match=f"撮影不可の方が{refused}人"):
        reports.confirm_by_contractor(acting(store), report_id=report.id, on=ON)
    reports.write_chapter(acting(store), report_id=report.id, key="撮影不可の確認", text="席を分けた")
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=ON)


def test_without_pictures_one_line_stands_in_the_place_of_the_page(store):
    event, report = form_of(store)

    def chapter():
        blocks = paper_of(store, event).blocks
        assert not any(isinstance(one, Photos) for one in blocks)
        return blocks[next(n for n, one in enumerate(blocks) if isinstance(one, Heading) and one.text == "写真") + 1]

    # What nobody answered is not printed as if it were known: the place is left to be filled in.
    assert chapter().text.startswith("（写真　　枚")
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=ON)
    assert chapter() == Paragraph(text="写真の掲載はない。")


def test_pictures_stand_in_the_pdf_with_words_for_who_cannot_see_them_and_in_the_workbook(store, taken):
    event, report = form_of(store)
    for photo in add(store, report, taken):
        report_photos.describe_photo(acting(store), photo_id=photo.id, words=WORDS)
    content = paper_of(store, event)
    table = next(one for one in content.blocks if isinstance(one, Table) and one.name == "写真の了解")
    assert [row[0] for row in table.rows] == ["1", "2", "3"]
    drawn = documents.render(content, format="pdf")
    assert drawn.data == documents.render(content, format="pdf").data
    with pikepdf.open(io.BytesIO(drawn.data)) as pdf:
        pictures = [(page.index, name) for page in pdf.pages for name in page.get_images()]
        assert len(pictures) == 3
        assert len({page for page, _ in pictures}) == 1
        said = [
            str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert said == [f"写真{n}　14:12　講義の様子" for n in (1, 2, 3)]
    with zipfile.ZipFile(io.BytesIO(documents.render(content, format="xlsx").data)) as book:
        media = [name for name in book.namelist() if name.startswith("xl/media/")]
        assert [book.read(name) for name in media] == [one.data for one in taken]


def test_what_was_confirmed_keeps_its_pictures_by_name_and_the_next_version_takes_them_along(store, taken):
    event, report = form_of(store)
    (photo,) = add(store, report, taken[:1])
    report_photos.describe_photo(acting(store), photo_id=photo.id, words=WORDS)
    before = paper_of(store, event)
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=ON)
    (state,) = rows(store.database, ConfirmedState, report_id=report.id)
    assert '"file_id"' in state.content
    assert '"data"' not in state.content  # the picture itself is not written a second time
    kept = paper_of(store, event)
    shown = [one for one in kept.blocks if isinstance(one, Photos)]
    assert shown == [one for one in before.blocks if isinstance(one, Photos)]
    assert shown[0].photos[0].data == taken[0].data
    newer = reports.make_next_version(acting(store), report_id=report.id).id
    (copied,) = report_photos.read_photos(store, report_id=newer)
    assert replace(copied.photo, id=0, report_id=0) == replace(
        report_photos.read_photos(store, report_id=report.id)[0].photo, id=0, report_id=0
    )
    report_photos.remove_photo(acting(store), photo_id=copied.photo.id)
    assert len(report_photos.read_photos(store, report_id=report.id)) == 1
