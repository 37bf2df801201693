"""Handouts: received, found fault with, confirmed; what each step does to the deadline."""

import hashlib
import io
from datetime import date

import pikepdf
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.documents.services import notification, stored_files
from app.event.services.event_records import handout_key
from app.event.services.tasks import deadlines
from app.events.materials.rules import is_page_number
from app.events.materials.services import material_documents, materials
from app.events.materials.services.material_board import read_handouts_to_check, state_of
from db.records.events import Event
from db.records.submissions.materials import MaterialResult, MaterialVersion
from db.rows import by_id
from db.tables import materials as table
from tests.support.years import BY, NOW, TODAY, acting, add_dispatch, add_lecture, at, started_year, tell_result


@pytest.fixture
def material(store):
    return _material(store, add_lecture(store))


def _material(store, event_id, title="スライド"):
    return materials.add_material(acting(store), event_id=event_id, title=title).id


def _receive(store, material_id, data=b"first", **values):
    return materials.receive_version(acting(store), material_id=material_id, name="資料.pptx", data=data, **values).id


def _closed(store, event_id):
    tasks = deadlines.event_tasks(store, event_id=event_id, today=TODAY)
    return next(task.completed_on for task in tasks if task.task == "資料確認")


def _two_pages() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_a_received_version_keeps_its_file_its_hash_and_its_pages(store, material):
    data = _two_pages()

    version = by_id(store.database, MaterialVersion, _receive(store, material, data, pages=2, received_how="持参"))

    assert (version.version, version.pages, version.received_how) == (1, 2, "持参")
    assert version.sha256 == hashlib.sha256(data).hexdigest()
    assert stored_files.read_file(store, version.file_id) == data


def test_the_same_file_again_is_said(store, material):
    _receive(store, material)

    saved = materials.receive_version(acting(store), material_id=material, name="資料.pptx", data=b"first")

    assert "第1版と同じファイルです" in saved.message


def test_only_when_every_handout_is_confirmed_is_the_deadline_closed(store, event):
    slides, guide = _material(store, event), _material(store, event, "操作の手引き")
    assert _closed(store, event) is None
    materials.set_result(acting(store), version_id=_receive(store, slides), result=MaterialResult.CHECKED)
    assert _closed(store, event) is None

    version = _receive(store, guide, b"guide")
    materials.set_result(
        ActionContext(store, BY, at(date(2026, 9, 9))), version_id=version, result=MaterialResult.CHECKED
    )

    assert _closed(store, event) == date(2026, 9, 9)


def test_usable_after_mending_stays_open_until_the_mended_version_is_confirmed(store, event):
    material = _material(store, event)
    first = _receive(store, material)
    finding = materials.add_finding(
        acting(store), version_id=first, page="6", text="手数料の表が令和7年度", duty="必須", basis="内容の誤り"
    ).id
    materials.set_result(acting(store), version_id=first, result=MaterialResult.USABLE_ONCE_MENDED)
    assert _closed(store, event) is None

    second = _receive(store, material, b"second")
    with pytest.raises(UserError, match="必須の指摘が1件、未修正"):
        materials.set_result(acting(store), version_id=second, result=MaterialResult.CHECKED)
    materials.resolve_finding(acting(store), finding_id=finding, response="直しました")
    materials.set_result(acting(store), version_id=second, result=MaterialResult.CHECKED)

    assert _closed(store, event) == TODAY


def test_a_confirmed_version_is_locked_until_the_result_is_withdrawn_with_a_reason(store, event):
    material = _material(store, event)
    version = _receive(store, material)
    materials.set_result(acting(store), version_id=version, result=MaterialResult.CHECKED)

    with pytest.raises(UserError, match="確認済のため、変えられません"):
        materials.add_finding(acting(store), version_id=version, page="1", text="字句")
    with pytest.raises(UserError, match="差し替える理由"):
        _receive(store, material, b"second")
    with pytest.raises(UserError, match="理由が書かれていません"):
        materials.withdraw_result(acting(store), version_id=version, reason="")

    materials.withdraw_result(acting(store), version_id=version, reason="誤記が見つかった")
    materials.add_finding(acting(store), version_id=version, page="1", text="字句")
    assert _closed(store, event) is None


def test_why_a_result_was_withdrawn_is_not_why_the_version_was_received(store, material):
    context = acting(store)

    def note(version):
        return by_id(store.database, MaterialVersion, version).result_note

    first = _receive(store, material)
    with store.change(action="前の版が書いた", by=BY, now=NOW, subject="materials") as change:
        change.update(MaterialVersion, first, result_note="押しまちがい")
    materials.set_result(context, version_id=first, result=MaterialResult.CHECKED)
    assert note(first) == ""
    second = _receive(store, material, b"second", reason="写真の差替え")
    materials.set_result(context, version_id=second, result=MaterialResult.CHECKED)
    materials.withdraw_result(context, version_id=second, reason="誤記がある\n5ページ")
    assert note(second) == "写真の差替え\n取消：誤記がある\n5ページ"
    materials.set_result(context, version_id=second, result=MaterialResult.CHECKED)
    assert note(second) == "写真の差替え"


def test_a_replacement_of_a_confirmed_version_opens_the_deadline_again(store, event):
    material = _material(store, event)
    materials.set_result(acting(store), version_id=_receive(store, material), result=MaterialResult.CHECKED)

    _receive(store, material, b"second", reason="画面の写しの差替え")

    assert _closed(store, event) is None
    assert [state_of(one) for one in read_handouts_to_check(store, event_id=event)] == ["区が確認中"]


def test_a_duty_needs_its_basis_and_a_refusal_needs_a_finding(store, material):
    version = _receive(store, material)

    with pytest.raises(UserError, match="根拠が要ります"):
        materials.add_finding(acting(store), version_id=version, page="6", text="表の年度", duty="必須")
    with pytest.raises(UserError, match="指摘が書かれていません"):
        materials.set_result(acting(store), version_id=version, result=MaterialResult.RESUBMISSION)


def test_only_the_newest_version_can_be_judged(store, material):
    first = _receive(store, material)
    _receive(store, material, b"second")

    with pytest.raises(UserError, match="より新しい版"):
        materials.set_result(acting(store), version_id=first, result=MaterialResult.CHECKED)


def test_findings_are_changed_and_removed_and_a_handout_only_before_it_came(store, material):
    materials.change_material(acting(store), material_id=material, title="スライド（配布）")
    version = _receive(store, material)
    finding = materials.add_finding(acting(store), version_id=version, page="9", text="敬称").id
    materials.change_finding(
        acting(store), finding_id=finding, page="9", text="「団体様」→「団体」", duty="必須", basis="表記"
    )

    view = materials.read_material(store, material_id=material, today=TODAY)
    assert (view.material.title, view.required_count, view.optional_count) == ("スライド（配布）", 1, 0)
    assert view.versions[0].findings[0].text == "「団体様」→「団体」"
    materials.remove_finding(acting(store), finding_id=finding)
    assert table.findings(store.database, version) == []
    with pytest.raises(UserError, match="消せません"):
        materials.remove_material(acting(store), material_id=material)


def test_the_handouts_of_an_event_stand_with_their_states_and_the_confirmed_ones_last(store):
    event_id = add_lecture(store, date(2026, 10, 7))
    done, again, _late = (_receive(store, _material(store, event_id, title)) for title in ("手順", "注意点", "地図"))
    _material(store, event_id, "名札")
    materials.set_result(acting(store), version_id=done, result=MaterialResult.CHECKED)
    materials.add_finding(acting(store), version_id=again, page="6", text="年度", duty="必須", basis="誤り")
    materials.set_result(acting(store), version_id=again, result=MaterialResult.RESUBMISSION)

    assert [(one.material.title, state_of(one)) for one in read_handouts_to_check(store, event_id=event_id)] == [
        ("注意点", "結果未通知"), ("地図", "区が確認中"), ("名札", "受領前"), ("手順", "確認済"),
    ]  # fmt: skip
    assert read_handouts_to_check(store, event_id=add_dispatch(store, extra_materials=False)) == ()


def test_the_detail_says_which_version_is_asked_for_and_until_when(store):
    material = _material(store, add_lecture(store, date(2026, 10, 7)))
    version = _receive(store, material)
    materials.add_finding(acting(store), version_id=version, page="6", text="年度")
    materials.set_result(acting(store), version_id=version, result=MaterialResult.RESUBMISSION, note="至急")
    untold = materials.read_material(store, material_id=material, today=date(2026, 9, 16))
    assert (untold.state, untold.next_words, untold.request) == ("結果未通知", "", None)
    tell_result(store, material, TODAY)

    view = materials.read_material(store, material_id=material, today=date(2026, 9, 16))

    assert view.state == "再提出待ち"
    assert view.next_words == "第2版 9/17(木) までにお願い"
    assert view.versions[0].received_words == "9/1(火) 受領（メール）"
    assert view.versions[0].result_words == f"再提出 9/1(火) {BY}"
    assert view.task.due == date(2026, 9, 18)


def test_printed_copies_are_kept_also_on_a_locked_version(store, material):
    version = _receive(store, material)
    materials.set_result(acting(store), version_id=version, result=MaterialResult.CHECKED)

    materials.set_printed(acting(store), version_id=version, printed=19, handed_out=17)

    assert by_id(store.database, MaterialVersion, version).printed == 19


def test_only_a_finding_that_must_be_settled_and_is_not_keeps_a_version_from_being_confirmed(store, material):
    version = _receive(store, material)
    act = acting(store)
    materials.add_finding(act, version_id=version, page="1", text="字句", duty="お願い")
    materials.set_result(act, version_id=version, result=MaterialResult.CHECKED)
    materials.withdraw_result(act, version_id=version, reason="見直す")
    must = materials.add_finding(act, version_id=version, page="2", text="金額", duty="必須", basis="仕4(1)キ").id
    with pytest.raises(UserError, match="必須の指摘が1件、未修正"):
        materials.set_result(act, version_id=version, result=MaterialResult.CHECKED)
    materials.resolve_finding(act, finding_id=must, resolved=True)
    materials.set_result(act, version_id=version, result=MaterialResult.CHECKED)


def test_the_step_of_notifying_counts_the_findings_that_the_notice_lists(tmp_path):
    register_contributions()
    store = started_year(tmp_path)
    event = add_lecture(store, date(2026, 10, 7))
    material, context = _material(store, event), acting(store)
    for page in ("6", "7"):
        version = _receive(store, material, page.encode())
        materials.add_finding(context, version_id=version, page=page, text="年度", duty="必須", basis="誤り")
        materials.set_result(context, version_id=version, result=MaterialResult.RESUBMISSION)
    (reviewed,) = material_documents.reviewed_materials(store, event)
    waiting = notification.read_pending_notification(store, event_id=event, key=handout_key(material), now=NOW)
    assert [one.page for one in reviewed.findings] == ["6", "7"]
    assert waiting.viewed_words == "指摘 2件（必須 2・お願い 0）"


@pytest.mark.parametrize(("looked", "told"), [((1,), False), ((1, 2, 4), False), ((1, 2, 3, 4), True), ((), True)])
def test_a_check_is_ticked_once_every_page_was_opened(store, looked, told):
    event = add_lecture(store, date(2026, 10, 7))
    material, context = _material(store, event), acting(store)
    version = _receive(store, material)
    with context.change("見た", "materials", event_id=event) as change:
        change.update(MaterialVersion, version, pages=4, looked=looked)
    materials.set_result(context, version_id=version, result=MaterialResult.CHECKED)
    waiting = notification.read_pending_notification(store, event_id=event, key=handout_key(material), now=NOW)
    assert waiting.is_viewed == told


def test_the_mail_calls_numbers_alone_pages(store):
    event = add_lecture(store, date(2026, 10, 7))
    context = acting(store)
    version = _receive(store, _material(store, event))
    for page in ("6", "4-5", "表紙", "p.3", "7ページ", ""):
        materials.add_finding(context, version_id=version, page=page, text="直す")
    materials.set_result(context, version_id=version, result=MaterialResult.RESUBMISSION)
    said = material_documents.mail_text(store, by_id(store.database, Event, event), NOW)
    pages = [line.strip("　").split("お願い")[0].strip("　") for line in said.split("\n") if "お願い　直す" in line]
    assert pages == ["6ページ", "4-5ページ", "表紙", "p.3", "7ページ", ""]


def test_a_page_number_is_one_that_stands_alone_and_is_its_own():
    said = ("4", "- 4 -", "4 / 10", "5", "第4回", "")
    assert [line for line in said if is_page_number(line, 4)] == ["4", "- 4 -", "4 / 10"]
