"""Protected places: named with a basis, known by whole names and real ways, a reason for each file; all is logged."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving
from app.documents.services.file_saving import SaveOptions, TargetExistsError
from app.documents.services.list_export import export_list
from app.documents.services.protected_folders import (
    BASIS,
    PROTECTED_KEY,
    lies_below,
    list_protected,
    protected_place_of,
)
from app.history import services as history_services
from app.settings.protection import services as protection_services
from app.startup import folder_opening
from db.files import filesystem
from db.records.documents import OutgoingWay
from db.tables import journal
from tests.support.data_folders import copied_folder, opened
from tests.support.sample import BY, NOW, acting
from tests.support.stores import killed, made_by

WHO = {"by": BY, "now": NOW}
store = made_by(lambda place: opened(copied_folder(place)))


@pytest.fixture
def place(share) -> Path:
    folder = share / "係"
    folder.mkdir()
    return folder


def name(store, place, **over):
    given = {"basis": "区のファイルサーバー", "entrants": "係の職員5人"} | over
    return protection_services.protect_folder(acting(store), folder=place, **given)


def save(store, path, *, by=BY, now=NOW, **how):
    return export_list(
        ActionContext(store, by, now),
        title="参加者の一覧",
        columns=["氏名"],
        rows=[["見本　花子"]],
        options=SaveOptions(path=path, **how),
        personal=True,
    )


def newest(store):
    return document_saving.list_outgoing(store)[0]


def test_a_named_place_takes_names_without_a_password_and_the_log_says_which_and_why(store, place):
    name(store, place)
    entry = journal.entries(store.database, limit=1)[0]
    assert "保護された保存先" in entry.action
    assert [one.row_id for one in entry.changes] == [list_protected(store)[0].id]
    below = place / "9月" / "名簿"
    below.mkdir(parents=True)
    with pytest.raises(UserError, match="個人情報") as refused:
        save(store, below / "一.xlsx")
    assert "理由を書いてください" in str(refused.value)
    assert list(below.iterdir()) == []

    save(store, below / "一.xlsx", reason="受付の準備")
    assert (newest(store).way, newest(store).reason) == ("そのまま保存", "受付の準備")
    assert newest(store).detail[PROTECTED_KEY] == str(place)
    assert newest(store).detail[BASIS] == "区のファイルサーバー"

    with pytest.raises(UserError, match="理由を書いてください"):
        save(store, place / "二.xlsx")
    save(store, place / "二.xlsx", reason="会場の係に渡す")
    save(store, place / "三.xlsx", way=OutgoingWay.ENCRYPTED, password="うみかぜと見本の鍵は長い12")
    assert PROTECTED_KEY not in newest(store).detail
    with pytest.raises(TargetExistsError):
        save(store, place / "二.xlsx", reason="会場の係に渡す")


def test_elsewhere_too_each_file_has_its_own_reason(store, place, tmp_path):
    name(store, place)
    save(store, tmp_path / "一.xlsx", reason="会場の係に渡す")
    assert PROTECTED_KEY not in newest(store).detail
    with pytest.raises(UserError, match="暗号化して保存"):
        save(store, tmp_path / "二.xlsx")


def test_what_only_looks_alike_or_leads_out_is_not_protected(store, place, share, tmp_path):
    name(store, place)
    places = list_protected(store)
    alike, out, into = share / "係外", place / "外へ", tmp_path / "中へ"
    alike.mkdir()
    out.symlink_to(tmp_path, target_is_directory=True)
    into.symlink_to(place, target_is_directory=True)
    assert protected_place_of(places, place) is not None
    assert protected_place_of(places, place / "まだない" / "フォルダー") is not None
    assert protected_place_of(places, into) is not None, "a link that leads there"
    for elsewhere in (alike, out, place / "..", share):
        assert protected_place_of(places, elsewhere) is None, elsewhere


def test_a_place_that_is_away_protects_nothing_and_saving_there_says_so(store, place, share):
    name(store, place)
    share.rename(share.with_name("外した"))
    assert protected_place_of(list_protected(store), place) is None
    with pytest.raises(UserError):
        save(store, place / "一.xlsx")
    before = len(document_saving.list_outgoing(store))
    with pytest.raises(Exception, match="見つかりません"):
        save(store, place / "一.xlsx", reason="受付の準備")
    assert len(document_saving.list_outgoing(store)) == before
    with pytest.raises(UserError, match="フォルダーがありません"):
        name(store, place)


def test_a_disk_of_another_pc_is_another_place(store, tmp_path, monkeypatch):
    place = tmp_path / "係"
    place.mkdir()
    assert "このPCから" in name(store, place).message
    assert protected_place_of(list_protected(store), place) is not None
    monkeypatch.setattr(filesystem, "machine_id", lambda: "0" * 12)
    assert protected_place_of(list_protected(store), place) is None


@pytest.mark.parametrize(
    ("folder", "place", "below"),
    [
        (r"Z:\係\9月", r"Z:\係", True), (r"z:\係", r"Z:\係", True), (r"Z:\係外", r"Z:\係", False),
        (r"Y:\係", r"Z:\係", False), (r"\\Server\共有\係\名簿", r"\\server\共有\係", True),
        (r"\\server\共有2\係", r"\\server\共有", False), (r"\\server2\共有\係", r"\\server\共有", False),
        (r"\\?\UNC\server\共有\係", r"\\server\共有", True), (r"\\?\Z:\係\名簿", r"Z:\係", True),
        (r"Z:係", r"Z:\係", False),
    ],
)  # fmt: skip
def test_paths_of_windows_are_told_apart_by_whole_names(folder, place, below):
    assert lies_below(PureWindowsPath(folder), PureWindowsPath(place)) is below


def test_elsewhere_large_and_small_letters_are_two():
    assert not lies_below(PurePosixPath("/srv/A"), PurePosixPath("/srv/a"))


def test_it_outlasts_a_restart_undo_takes_it_back_and_giving_up_ends_it(store, place):
    name(store, place)
    folder_opening.close_folder(store, now=NOW)
    again = opened(store.folder)
    (one,) = list_protected(again)
    history_services.undo(again, **WHO)
    assert list_protected(again) == ()
    history_services.redo(again, **WHO)
    protection_services.unprotect_folder(acting(again), place_id=one.id)
    assert list_protected(again) == ()
    with pytest.raises(UserError):
        save(again, place / "一.xlsx")
    with pytest.raises(UserError, match="もう保護された保存先ではありません"):
        protection_services.unprotect_folder(acting(again), place_id=one.id)
    name(again, place)
    killed(again)


def test_what_protects_nothing_is_refused_with_its_reason(store, place, share, tmp_path, monkeypatch):
    cloud = share / "OneDrive - みほん区"
    cloud.mkdir()
    for chosen, over, said in (
        (place, {"basis": " "}, "保護の根拠"),
        (place, {"entrants": ""}, "入れる人"),
        (cloud, {}, "OneDrive"),
        (Path(store.folder) / "backups", {}, "データのフォルダー"),
        (Path(tmp_path.anchor), {}, "ドライブの全体"),
    ):
        with pytest.raises(UserError) as refused:
            name(store, chosen, **over)
        assert said in str(refused.value), said
    monkeypatch.setattr(filesystem, "is_on_removable_medium", lambda _path: True)
    with pytest.raises(UserError, match="持ち運べる"):
        name(store, place)
    monkeypatch.undo()
    assert list_protected(store) == ()


def test_a_folder_in_a_protected_one_is_not_named_again_and_who_does_not_manage_is_told_who_does(
    store, place, monkeypatch
):
    name(store, place)
    (place / "下").mkdir()
    with pytest.raises(UserError, match="もう保護された保存先"):
        name(store, place / "下")
    managing = protection_services.account_managers(store)
    monkeypatch.setattr(
        protection_services,
        "account_managers",
        lambda _store: type(managing)(may_manage=False, names=("見本　一郎",), is_mark_in_force=True),
    )
    for act in (
        lambda: name(store, place),
        lambda: protection_services.unprotect_folder(acting(store), place_id=list_protected(store)[0].id),
    ):
        with pytest.raises(UserError, match="見本　一郎さん"):
            act()
    assert len(list_protected(store)) == 1
