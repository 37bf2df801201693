"""Duties of a contract of one's own, places that may be named, checks that fall due, and the ledgers' own rows."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import accounts
from app.documents.services.document_kind import DOCUMENTS
from app.documents.services.protected_folders import list_protected
from app.ledgers.services import ledger_writing
from app.ledgers.services.ledger_reading import read_ledger
from app.programme.intake import read_definition
from app.settings.protection import services
from app.settings.protection.services import SERVICES, TRANSFERS, VISITS
from db.files import filesystem
from db.files.storage_errors import TemporaryPassword
from db.records.documents import Notification, ProtectedFolder
from db.records.surveys import EventSurvey
from db.rows import by_id
from tests.support.paper_lines import assert_paper
from tests.support.stores import give_a_slot
from tests.support.strange_years import FILES
from tests.support.view_lines import view_lines
from tests.support.years import BY, NOW, TODAY, acting, add_lecture

HOW = {"basis": " 区のファイルサーバー ", "entrants": " 係の職員5人 "}


def said(one):
    link = f"→{one.link.action}" if one.link else ""
    given = "".join(f" {each}" for each in (one.link.ledger, one.link.kind) if each) if one.link else ""
    clauses = f"{one.cited_clauses}｜{one.other_clauses}"
    return f"{one.id}{'' if one.is_required else '＊'}　{clauses}　{one.duty}　{one.how}：{one.where}{link}{given}"


@pytest.mark.parametrize("name", ["nerima_r9", "one_kind"])
def test_a_contract_of_its_own_has_these_duties(name):
    (path,) = [one for one in FILES if one.stem == name]
    definition = read_definition(path)
    assert_paper([said(one) for one in services._own_duties(definition)], name)
    bare = replace(definition.programme, clause_purpose="", annex="見本の特記", proposal_period="")
    few = list(services._own_duties(replace(definition, programme=bare, kinds=())))
    assert_paper([said(one) for one in few], f"{name}　種類のない契約")


LINES = (
    "特14 | 特14 | 提供しない | l:allowances |",
    "特14 | 特14 | 提供しない | k:事故等報告書; s:事故の対応 |",
    "特20 | 特20 | 確かめる | c:cloud_risks; -: |",
    "*K-1 | 機6 | 書く | p:教育実施報告書（様式）›終了後; p:受付名簿 |",
    "K-2 | 仕4(1)ケ | 書く | p:受付名簿; t:支払 |",
    "K-3 | 特2 | 決める | g:契約の数›回数; a:10分で隠す |",
    "K-4 | 個人情報保護法66条 | しない | -: | アプリの外",
    "特1 | 特1 | | -: | 目的の条",
)


def test_each_line_of_the_list_leads_to_its_place(qapp, monkeypatch):
    monkeypatch.setattr(services, "_table_lines", lambda: iter(LINES))
    assert [one.id for one in services.read_duties(holds=lambda duty: duty == "書く")] == ["K-1", "K-2"]
    assert_paper([f"{said(one)}　{one.reason}" for one in map(services._parse_duty, LINES)], "一覧の行")


def test_a_place_is_named_once_by_who_may_with_its_basis_and_ended_once(store, share, tmp_path, monkeypatch):
    place, own = share / "係", tmp_path / "手もと"
    (place / "9月").mkdir(parents=True)
    own.mkdir()
    told = []

    def name(folder, **more):
        try:
            told.append(services.protect_folder(acting(store), folder=folder, **HOW | more).message)
        except UserError as refused:
            told.append(str(refused))

    for one, more in ((place, {"basis": " "}), (place, {"entrants": ""}), (share / "ない", {}), (Path("/"), {})):
        name(one, **more)
    with monkeypatch.context() as patch:
        patch.setattr(filesystem, "is_on_removable_medium", lambda _path: True)
        name(place)
    synced = tmp_path / "OneDrive" / "係"
    synced.mkdir(parents=True)
    (share / "別").mkdir()
    (tmp_path / "近道").symlink_to(share / "別", target_is_directory=True)
    for one in (synced, place, place / "9月", own, own, tmp_path / "近道"):
        name(one)
    monkeypatch.setattr(filesystem, "machine_id", lambda: "0" * 12)
    name(own)
    text = "\n".join(told).replace(str(tmp_path), "…")
    assert_paper(text.split("\n"), "保護された保存先")
    first = list_protected(store)[0]
    assert (first.basis, first.entrants, first.pc, first.by) == ("区のファイルサーバー", "係の職員5人", "", BY)
    done = services.unprotect_folder(acting(store), place_id=first.id).message
    assert done == f"保護された保存先から「{place}」を外しました。ファイルはそのまま残ります。"
    assert by_id(store.database, ProtectedFolder, first.id).ended_at == NOW
    with pytest.raises(UserError, match="もう保護された保存先ではありません"):
        services.unprotect_folder(acting(store), place_id=first.id)


def test_nobody_but_a_manager_names_a_place(store, share):
    give_a_slot(store)
    for login in ("m1", "m2"):
        words = {"display_name": f"見本　{login}", "password": "見本の別のながいパスワード"}
        accounts.add_user(acting(store), login_id=login, **words)
        accounts.set_rights(acting(store), login_id=login, role="担当", manages=True)
    for act in (
        lambda: services.protect_folder(acting(store), folder=share, **HOW),
        lambda: services.unprotect_folder(acting(store), place_id=1),
    ):
        with pytest.raises(UserError, match="の印のある人（見本　m1さん、見本　m2さん）です"):
            act()
    store.restriction = "given"
    with pytest.raises(TemporaryPassword):
        services.protect_folder(acting(store), folder=share, **HOW)


def test_home_asks_for_the_check_of_a_ledger_by_its_interval(store):
    asked = {"fiscal_year": 2026, "every": "毎月", "begins": TODAY, "basis": "", "keep_years": 5}
    for key in ("transfers", "visits"):
        ledger_writing.set_ledger(acting(store), key=key, **asked)
    ledger_writing.note_check(acting(store), key="visits", fiscal_year=2026)
    found = services.ledger_follow_ups(store.database, date(2026, 9, 2))
    assert_paper(view_lines(found, "link"), "管理簿の点検")
    assert [one.link.ledger for one in found] == ["transfers", "visits"]


def test_online_forms_and_what_was_told_stand_in_their_ledgers_row_by_row(store):
    first, second, third = (add_lecture(store, date(2026, 9, day), subject=f"{day}日の講習会") for day in (3, 10, 17))
    act = {"told_to": "受託者", "told_by": BY, "by": BY, "at": datetime(2026, 9, 1, 13, 5), "key": "人数"}
    with store.change(action="用意", by=BY, now=NOW) as change:
        form = "https://FORMS.office.com/r/x"
        for event, url, more in ((second, form, {"agreed_on": TODAY}), (first, f"{form}y", {}), (third, "", {})):
            change.insert(EventSurvey(event_id=event, title="", questions=(), online_url=url, **more))
        numbers = "参加人数連絡書"
        for how, day, kind in (
            ("メール", TODAY, numbers), ("FAX", date(2026, 8, 31), numbers), ("見送り", TODAY, numbers),
            ("手渡し", TODAY, "開催通知"),
        ):  # fmt: skip
            given = {"document_kind": kind, "told_how": how, "told_on": day, "title": "第1版"}
            change.insert(Notification(event_id=first, **given, **act))
    for key in ("services", "transfers"):
        lines = read_ledger(store, key=key, fiscal_year=2026, today=TODAY).book.lines
        told = [
            f"{one.day} {'　'.join(f'{name} {value}' for name, value in one.cells.items() if value)}"
            f"　{'・'.join(each.doubt.words for each in one.doubts)}"
            for one in lines
        ]
        assert_paper(told, key)


def test_the_form_of_a_transfer_follows_from_its_words():
    words = ("メール", "フォームで", "口頭", "CD-R", "手渡し", "USBメモリ", "ファックス", "")
    forms = "メール オンライン 電話・口頭 媒体 紙 媒体 FAX 紙"
    assert " ".join(map(services._form_of_channel, words)) == forms


def test_what_a_service_holds_and_what_a_row_may_say(qapp):
    use = {"use": "写真", "service": "見本ストレージ", "sort": "ファイルの共有", "ends": "2026-11-20"}
    held = SERVICES.holding(use)
    assert (held.item, held.medium, held.quantity, held.returned_on) == ("写真", "見本ストレージ", "一式", "2026-11-20")
    assert [SERVICES.holding(use | more) for more in ({"sort": "アンケートのフォーム"}, {"excepted": "金融機関"})] == [
        None,
        None,
    ]
    kind = next(one.kind for one in DOCUMENTS if one.is_internal)
    for direction, words in (("区→受託者", f"「{kind}」は庁内限りです。受託者へは渡せません。"), ("受託者→区", "")):
        assert TRANSFERS.row_problem({"name": kind, "direction": direction}) == words
    assert TRANSFERS.row_problem({"name": "案内", "direction": "区→受託者"}) == ""
    late = {"result": "改善を指示"}
    waits = VISITS.totals[1]
    assert [waits.is_counted(cells) for cells in (late, late | {"ended": "2026-11-20"}, {}, {"ended": "x"})] == [
        True, False, False, False,
    ]  # fmt: skip
    assert [one.is_counted(late) for one in VISITS.totals] == [True, True]
    assert [SERVICES.totals[0].is_counted(cells) for cells in ({"sheet": "R-01"}, {})] == [True, False]
