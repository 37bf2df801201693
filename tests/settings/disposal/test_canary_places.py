"""A canary in every place where something that names a person may lie, and what becomes of each (``places.txt``)."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.data_folder.services import backups, second_folder
from app.documents.services import copy_retention, documents, issued_copies, stored_files
from app.documents.services.document_scope import DocumentScope
from app.documents.services.saved_outside import file_folder_detail, read_saved_outside
from app.settings.disposal.services import disposal
from app.startup import folder_opening
from app.submissions.reports.services import report_photos
from db import connection, folder_layout
from db.backups import backup, change_log
from db.backups.retention import last_day_in_backups
from db.files import file_store
from db.mapping import as_json
from db.name_key import name_key
from db.records.dispatches import DispatchRequest
from db.records.disposals import Disposal
from db.records.documents import Outgoing, OutgoingPerson, StoredFile
from db.records.organisations import Contact, Organisation, Person
from db.records.submissions.reports import Report, ReportPhoto
from db.records.venues import Venue
from db.rows import rows
from db.store import DATABASE_NAME
from tests.data_folder.test_hand_over import fall_silent
from tests.support.data_folders import NAME, NOW, closed, copied_folder, keys, opened, opening
from tests.support.erased import mark_due, text_in
from tests.support.stores import killed

HERE = Path(__file__).parent
DAY = datetime(2027, 3, 24, 10, 0)
NEXT = DAY + timedelta(days=1)
COPIES_END = datetime(2033, 4, 1, 9, 0)
NAMED = {"name": "金糸雀 一羽", "before": "金糸雀 旧姓", "phone": "03-0000-4001", "taken out": "金糸雀 外羽"}
FILES = {
    "slip": "金糸雀 希望.pdf",
    "replaced": "金糸雀 差替前.pdf",
    "picture": "金糸雀 写真.jpg",
    "let go": "金糸雀 外した.jpg",
}
TEXTS = {"past": "金糸雀 一羽さんから電話", "gone": "鍵は金糸雀一羽さん"}
STAYS = {"received": "金糸雀 受領.pdf", "free": "団体の紹介で 残り文", "staff": "立会 残り職員"}
GOES = (*NAMED.values(), *FILES.values(), *TEXTS.values())


def write(store, now=NOW):
    return store.change(action="書いた", by=NAME, now=now, subject="events")


def keep(store, change, name):
    return stored_files.keep_file(store, change, data=f"内容 {name}".encode(), name=name, now=NOW)


def marked_folder(place):
    """Lay a canary into every place, mark what is due on ``DAY``, and close."""
    folder, disk = copied_folder(place), place / "disk"
    store = opened(folder)
    second_folder.set_second_folder(ActionContext(store, NAME, NOW), folder=disk)
    with write(store) as change:
        person = change.insert(Person(name=NAMED["before"], furigana="かなりあ"))
        contact = change.insert(Contact(person_id=person, value=NAMED["phone"]))
        group = change.insert(Organisation(name="残る町会", note=TEXTS["past"]))
        venue = change.insert(Venue(name="みほん区民館", note=TEXTS["gone"]))
        change.insert(Venue(name="残る会館", map_file_id=keep(store, change, STAYS["received"]).id))
        report = change.insert(Report(event_id=1, way="作成", version=1, author="受託者", status="作成中"))
        for position, name in enumerate((FILES["let go"], FILES["picture"]), 1):
            kept = keep(store, change, name)
            change.insert(ReportPhoto(report_id=report, position=position, file_id=kept.id, scene="操作の様子"))
        slip = keep(store, change, FILES["replaced"])
        wish = change.insert(
            DispatchRequest(
                programme_id=1,
                organisation_id=group,
                received_on=NOW.date(),
                file_id=slip.id,
                file_name=FILES["replaced"],
                wish=STAYS["free"],
            )
        )
    with write(store) as change:
        change.update(Person, person, name=NAMED["name"])
        change.update(Organisation, group, note="電話あり")
        change.delete(Venue, venue)
        change.delete(Contact, contact)
        again = keep(store, change, FILES["slip"])
        change.update(DispatchRequest, wish, file_id=again.id, file_name=FILES["slip"])
        change.insert(Contact(person_id=person, value=NAMED["phone"]))
        told = Outgoing(document_kind="電話の文", reference="", version=0, format="txt", way="コピー", by=NAME, at=NOW)
        issued_copies.log_outgoing(store, change, told, copy=f"{NAMED['name']} さんへ")
        paper = replace(told, document_kind="受付名簿", way="そのまま保存", format="xlsx", personal=True)
        (place / "名簿.xlsx").write_text(NAMED["name"], encoding="utf-8")
        change.insert(replace(paper, detail=file_folder_detail(place / "名簿.xlsx"), file_name="名簿.xlsx"))
    report_photos.remove_photo(ActionContext(store, NAME, NOW), photo_id=1)
    with write(store) as change:
        gone = change.insert(Person(name=NAMED["taken out"]))
    with write(store) as change:
        change.delete(Person, gone)
    backups.make_backup(store, now=NOW, to=place / "by hand")
    assert folder_opening.close_folder(store, now=NOW) == ()
    killed(opened(folder, now=DAY))
    fall_silent(folder)
    store = opening(folder, now=DAY, pc="MADO-02", take_over=True).store
    disposal.mark_person_for_erasing(
        ActionContext(store, NAME, DAY), person_id=person, reason="申出", witness=STAYS["staff"]
    )
    mark_due(store, DAY)
    assert folder_opening.close_folder(store, now=DAY) == ()
    return folder


class Places:
    """Every place, read with the key: all that stands there as one text."""

    def __init__(self, place, folder):
        self.place, self.folder = place, folder

    def database(self, path):
        database = connection.connect(path, keys().pages, read_only=True)
        try:
            texts = {
                table: as_json(database.execute(f"SELECT * FROM [{table}]").fetchall())
                for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            }
            texts["freed pages"] = str(database.execute("PRAGMA freelist_count").fetchone()[0])
            return texts
        finally:
            database.conn.close()

    def files(self, at):
        return " ".join(
            file_store.get(at, keys(), path.name).decode(errors="replace") for path in file_store.stored_files(at)
        )

    def generations(self, at, *, newest=False):
        every = backup.generations(at)
        chosen = every[:1] if newest else every[1:]
        return " ".join(as_json(self.database(one.path / DATABASE_NAME)) for one in chosen)

    def read(self):
        living = self.database(folder_layout.database_of(self.folder))
        databases = [path for _, path in folder_layout.database_files(self.folder)]
        hidden = ("journal", "person_keys", "former_names", "organisation_keys", "freed pages")
        return {
            "rows": as_json({name: text for name, text in living.items() if name not in hidden}),
            "images": living["journal"],
            "keys": living["person_keys"] + living["former_names"] + living["organisation_keys"],
            "freed pages": living["freed pages"],
            "change log": as_json(
                [one.row["payload"] for one in change_log.read_all(self.folder, keys().log)[0].values()]
            ),
            "published copy": " ".join(
                as_json(self.database(one)) for one in (self.folder / "published").glob("desk-*.db")
            ),
            "earlier seat": " ".join(as_json(self.database(one)) for one in databases[:-1]),
            "newest backup": self.generations(self.folder / "backups", newest=True),
            "older backup": self.generations(self.folder / "backups"),
            "files": self.files(self.folder),
            "file of a backup": self.files(self.folder / "backups"),
            "second place": self.generations(self.place / "disk"),
            "newest in the second place": self.generations(self.place / "disk", newest=True),
            "place by hand": self.generations(self.place / "by hand", newest=True),
            "saved outside": (self.place / "名簿.xlsx").read_text(encoding="utf-8"),
        }


def standing(text):
    return {word for word in GOES if word in text}


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    place = tmp_path_factory.mktemp("places")
    folder = marked_folder(place)
    them = Places(place, folder)
    before = them.read()
    store = opened(folder, now=NEXT)
    said = [one.row.file_name for one in read_saved_outside(store)]
    scope = DocumentScope(fiscal_year=2026, item=rows(store.database, Disposal)[0].id)
    record = documents.build_document(store, scope=scope, kind="廃棄の記録", now=NEXT)
    assert folder_opening.close_folder(store, now=NEXT) == ()
    return them, before, them.read(), said, as_json(str(record))


def listed():
    lines = (HERE / "places.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in line.split("|")) for line in lines if not line.startswith("#")]


def test_every_place_says_whether_it_goes_and_which_test_holds_that(project_folder):
    assert {answer for answer, *_ in listed()} == {"goes", "rule", "stays"}
    assert len({name for _, name, *_ in listed()}) == len(listed()) >= 30
    for _, name, why, test in listed():
        path = HERE / test if "/" not in test else project_folder / test
        assert path.is_file(), name
        assert why, name


def test_what_goes_stands_in_no_place_afterwards(places):
    _, before, after, *_ = places
    everywhere = ("images", "change log", "published copy", "earlier seat", "older backup")
    for place in everywhere:
        assert standing(before[place]) - {NAMED["name"], FILES["slip"]}, place
    assert standing(before["images"]) == set(GOES)
    assert {"内容 " + one in before["files"] for one in FILES.values()} == {True}
    for place in ("rows", "images", "change log", "published copy", "earlier seat", "newest backup"):
        assert standing(after[place]) == set(), place
    assert standing(after["newest in the second place"]) == set()
    assert name_key(NAMED["name"]) in before["keys"] or name_key(NAMED["before"]) in before["keys"]
    assert not any(name_key(one) in after["keys"] for one in NAMED.values())
    assert after["freed pages"] == "0"
    assert [one for one in FILES.values() if "内容 " + one in after["files"]] == []


def test_what_has_a_rule_of_its_own_is_still_there_and_what_stays_is_listed(places):
    _, _, after, saved, record = places
    assert standing(after["older backup"]) >= set(NAMED.values())
    assert standing(after["second place"]) >= set(NAMED.values())
    assert {one for one in FILES.values() if "内容 " + one in after["file of a backup"]} == set(FILES.values())
    assert f"{NAMED['name']} さんへ" in after["files"], "the kept copy"
    assert all(one in after["rows"] for one in STAYS.values())
    assert "内容 " + STAYS["received"] in after["files"]
    assert standing(after["place by hand"]) >= set(NAMED.values())
    assert NAMED["name"] in after["saved outside"]
    assert saved == ["名簿.xlsx"]
    for words in ("ほかの場所に置いたバックアップ", "外に保存したもの", "控えの保存年数で消える", "2つ目の場所"):
        assert words in record, words


def test_the_rest_goes_by_its_rule(places):
    them, *_ = places
    folder = them.folder
    until = last_day_in_backups(NEXT.date())
    store, day = opened(folder, now=NEXT), NEXT
    while day.date() <= until:  # month by month: a clock that leaps lets nothing grow old
        day += timedelta(days=30)
        with write(store, day) as change:
            change.insert(Organisation(name=f"あとの町会{day.date()}"))
        backups.make_backup(store, now=day)
    assert folder_opening.close_folder(store, now=day) == ()
    after = them.read()
    for place in ("older backup", "newest backup"):
        assert standing(after[place]) == set(), place
    assert [one for one in FILES.values() if "内容 " + one in after["file of a backup"]] == []
    store = opened(folder, now=COPIES_END)
    ids = [one.id for one in copy_retention.read_expired(store, today=COPIES_END.date()).rows]
    assert len(ids) == 1
    copy_retention.erase_expired(ActionContext(store, NAME, COPIES_END), outgoing_ids=ids)
    assert rows(store.database, OutgoingPerson) == []
    assert {one.name for one in rows(store.database, StoredFile)} == {STAYS["received"], "（消去）"}
    assert NAMED["name"] not in text_in(store)
    closed(store, now=COPIES_END)
    assert f"{NAMED['name']} さんへ" not in them.files(folder)
