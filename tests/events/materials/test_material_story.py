"""One handout from its name to 確認済 and to another event: what each step says, and what the page then shows."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.file_saving import SaveOptions
from app.event.services.event_records import handout_key
from app.events.materials.services import handout_sets, material_documents, materials
from app.events.materials.services.handout_sets import MAX_COPIES, HandoutFile, HandoutFiles, HandoutSet
from app.events.materials.services.material_documents import reviewed_materials
from app.events.materials.services.material_rights import answer_rights, reuse_material, reuse_targets
from app.foreign_files.pdf_reading import JoinedPdf
from app.programme.services import programme_of_event
from db.records.documents import SET_ASIDE, Notification, Outgoing, OutgoingWay, PrintUse
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.submissions.materials import Finding, Material, MaterialResult, MaterialVersion, UsageRight
from db.rows import by_id, rows
from tests.support.left_papers import notification
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import BY, TODAY, acting, add_lecture, at, expect_people, tell_people, tell_result

TITLE = "操作手順書"


def page(store, material_id, today=TODAY):
    """Return what the page of a handout says, a line each."""
    view = materials.read_material(store, material_id=material_id, today=today)
    said = [
        f"{view.event_title}　{view.material.title}（{view.material.note}）　{view.state}",
        f"必須{view.required_count}・お願い{view.optional_count}　{view.copies_words}　{view.copies.total}部",
        "｜".join(
            (
                view.next_words,
                view.notified_words,
                view.request.label if view.request else "",
                "未通知" * view.not_notified + "伝えた" * (view.notification is not None),
                f"{view.task.label} {view.task.due}" if view.task else "",
            )
        ),
    ]
    for one in view.versions:
        pages = materials.viewed_pages_words(one.version)
        said.append(
            f"第{one.version.version}版{'・最新' * one.newest}　{one.received_words}　{one.result_words}"
            f"　{one.version.result_note!r}　{pages}{'・見終わった' * materials.is_viewed(one.version)}"
            f"　印刷{one.version.printed}・配布{one.version.handed_out}"
        )
        said += [
            f"　{found.position} {found.page}ページ　{found.duty}　{found.text}　{found.basis}　{found.response}"
            f"{'　修正済' * found.resolved}"
            for found in one.findings
        ]
    return said


def test_a_handout_from_its_name_to_checked_and_withdrawn(store):
    event, now, said = add_lecture(store), acting(store), []

    def act(done):
        said.append(done.message)
        return done.id

    made = act(materials.add_material(acting(store), event_id=event, title="次第"))
    other = act(materials.add_material(acting(store), event_id=event, title="手引き"))
    assert_paper(page(store, other), "受領前")
    expect_people(store, event, 12, 3)
    material = act(
        materials.receive_new_material(
            acting(store), event_id=event, title=TITLE, name="甲.pdf", data=b"first", pages=3
        )
    )
    assert [one.position for one in rows(store.database, Material, order="id")] == [0, 1, 2]
    first = rows(store.database, MaterialVersion)[0].id
    assert_paper(page(store, material), "1版を受領した")
    finding = act(
        materials.add_finding(
            now, version_id=first, page="2", text="図が古い", duty="必須", basis="内容の誤り", viewed_pages=[1]
        )
    )
    wish = act(materials.add_finding(acting(store), version_id=first, page="3", text="字を大きく", viewed_pages=[1, 2]))
    act(
        materials.change_finding(
            acting(store), finding_id=wish, page="1", text="字を大きく", duty="お願い", response="はい"
        )
    )
    for duty, basis, text, says in (("必須", " ", "誤り", "根拠"), ("お願い", "", "　", "書かれていません")):
        with pytest.raises(UserError, match=says):
            materials.add_finding(acting(store), version_id=first, page="1", text=text, duty=duty, basis=basis)
    with pytest.raises(UserError, match="必須の指摘が1件、未修正"):
        materials.set_result(acting(store), version_id=first, result=MaterialResult.CHECKED)
    act(
        materials.set_result(
            acting(store), version_id=first, result=MaterialResult.RESUBMISSION, note="図", viewed_pages=[3]
        )
    )
    assert_paper(page(store, material), "1版を再提出とした")
    tell_people(store, event)
    tell_result(store, material, date(2026, 9, 2))
    assert_paper(page(store, material, date(2026, 9, 2)), "結果を伝えた")

    later = acting(store, date(2026, 9, 4))
    with pytest.raises(UserError, match="本日より後"):
        materials.receive_version(later, material_id=material, received_on=date(2026, 9, 5))
    second = act(
        materials.receive_version(later, material_id=material, name="甲.pdf", data=b"first", received_how="持参")
    )
    with pytest.raises(UserError, match="第1版より新しい版"):
        materials.set_result(later, version_id=first, result=MaterialResult.CHECKED)
    act(materials.resolve_finding(later, finding_id=finding))
    act(materials.resolve_finding(later, finding_id=finding, resolved=False, response="直した"))
    act(materials.resolve_finding(later, finding_id=finding))
    act(materials.remove_finding(later, finding_id=wish))
    with pytest.raises(UserError, match="再提出とする指摘が書かれていません"):
        materials.set_result(later, version_id=second, result=MaterialResult.RESUBMISSION)
    act(materials.set_result(later, version_id=second, result=MaterialResult.CHECKED))
    with pytest.raises(UserError, match="確認済のため、変えられません"):
        materials.add_finding(later, version_id=first, page="1", text="遅い")
    for printed, handed in ((0, 0), (17, None)):
        act(materials.set_printed(later, version_id=second, printed=printed, handed_out=handed))
    for numbers in ({"printed": -1}, {"printed": 1, "handed_out": -1}):
        with pytest.raises(UserError, match="0より小さく"):
            materials.set_printed(later, version_id=second, **numbers)
    assert_paper(page(store, material, date(2026, 9, 4)), "2版を確認済とした")
    (reviewed,) = reviewed_materials(store, event)
    assert (reviewed.version.version, reviewed.findings) == (2, ()), "what was mended is answered"
    materials_before = rows(store.database, Finding)
    with store.change(action="用意", by=BY, now=at(TODAY)) as change:
        change.update(Finding, finding, resolved=False)
        about = {"event_id": event, "key": handout_key(material), "version": 2, "told_how": SET_ASIDE}
        change.insert(notification("資料確認結果通知", by=BY, at=at(TODAY), **about))
    (reviewed,) = reviewed_materials(store, event)
    assert [row.id for row in reviewed.findings] == [finding], "what is open of an older version is asked again"
    assert materials.read_material(store, material_id=material, today=date(2026, 9, 4)).notification is None
    with store.change(action="戻す", by=BY, now=at(TODAY)) as change:
        change.update(Finding, finding, resolved=materials_before[0].resolved)
        change.delete(Notification, rows(store.database, Notification, order="-id")[0].id)
    with pytest.raises(UserError, match="第2版は確認済です"):
        materials.receive_version(later, material_id=material, reason=" ")
    third = act(materials.receive_version(later, material_id=material, reason="差し替え", pages=4))
    act(materials.withdraw_result(later, version_id=second, reason="見落とし"))
    for version in (third, second):
        with pytest.raises(UserError, match="まだありません"):
            materials.withdraw_result(later, version_id=version, reason="見落とし")
    act(materials.set_result(later, version_id=third, result=MaterialResult.CHECKED, note="よい"))
    with pytest.raises(UserError, match="理由が書かれていません"):
        materials.withdraw_result(later, version_id=third, reason=" ")
    act(materials.withdraw_result(later, version_id=third, reason="見落とし"))
    assert_paper(page(store, material, date(2026, 9, 4)), "3版の結果を取り消した")
    act(materials.change_material(later, material_id=made, title="進行表", note="表紙"))
    act(materials.change_material(later, material_id=made, title="進行"))
    assert rows(store.database, Material, id=made)[0].note == "表紙"
    with pytest.raises(UserError, match="受領した版がある"):
        materials.remove_material(later, material_id=material)
    act(materials.remove_material(later, material_id=made))
    done = [action for (action,) in store.database.execute("SELECT action FROM journal WHERE subject = 'materials'")]
    assert_paper([*said, *done], "したことの言葉")


def test_a_checked_handout_goes_on_to_coming_events_with_its_rights(store):
    event, day = add_lecture(store), date(2026, 9, 15)
    coming, past, undated, today = (
        add_lecture(store, on, subject=name)
        for on, name in ((date(2026, 10, 1), "先"), (date(2026, 9, 14), "前"), (None, "未定"), (day, "本日"))
    )
    material = materials.receive_new_material(acting(store), event_id=event, title=TITLE, name="甲.pdf", data=b"1").id
    first = rows(store.database, MaterialVersion)[0].id
    targets = [(one.event_id, one.words) for one in reuse_targets(store, material_id=material, today=day)]
    assert [number for number, _words in targets] == [today, coming, undated]
    with pytest.raises(UserError, match="まだ確認済ではありません"):
        reuse_material(acting(store), material_id=material, event_id=coming)
    materials.set_result(acting(store), version_id=first, result=MaterialResult.CHECKED)
    materials.receive_version(acting(store), material_id=material, reason="差し替え")
    said = [words for _number, words in targets]
    materials.add_material(acting(store), event_id=coming, title="次第")
    said.append(
        answer_rights(acting(store), material_id=material, answers={UsageRight.REUSE: ("使えない", "")}).message
    )
    with pytest.raises(UserError, match="ほかの実施回で使えません"):
        reuse_material(acting(store), material_id=material, event_id=coming, reason=" ")
    said.append(reuse_material(acting(store), material_id=material, event_id=coming, reason=" 同じ年度のため ").message)
    with pytest.raises(UserError, match="がもうあります"):
        reuse_material(acting(store), material_id=material, event_id=coming)
    new = rows(store.database, Material, event_id=coming, title=TITLE)[0]
    assert new.position == 1
    assert_paper([*said, *page(store, new.id)], "ほかの実施回で使う")
    with store.change(action="中止", by=BY, now=at(TODAY)) as change:
        change.update(Event, coming, status=EventStatus.CANCELLED)
    assert [one.event_id for one in reuse_targets(store, material_id=material, today=day)] == [today, undated]
    assert past not in [number for number, _words in targets]
    with pytest.raises(UserError, match="変わった権利がありません"):
        answer_rights(acting(store), material_id=material, answers={})


@pytest.mark.parametrize(
    ("looked", "pages", "words", "is_viewed"),
    [
        ((), None, "", True), ((), 3, "", True), ((1,), None, "1ページ", True), ((1, 2), 3, "2 / 3ページ", False),
        ((1, 2, 3), 3, "3 / 3ページ", True), ((1, 2, 3, 4), 3, "4 / 3ページ", True),
    ],
)  # fmt: skip
def test_a_version_is_viewed_when_all_its_pages_were_or_nobody_knows(looked, pages, words, is_viewed):
    version = MaterialVersion(
        material_id=1, version=1, received_on=TODAY, received_how="持参", looked=looked, pages=pages
    )
    assert (materials.viewed_pages_words(version), materials.is_viewed(version)) == (words, is_viewed)


def handout(title="甲", pages=2, data=b"%PDF"):
    version = MaterialVersion(material_id=1, version=3, received_on=TODAY, received_how="メール", pages=pages)
    return HandoutFile(
        material=Material(event_id=1, position=0, title=title, added_on=TODAY), version=version, data=data
    )


@pytest.mark.parametrize("collated", [True, False])
@pytest.mark.parametrize("copies", [0, 1, MAX_COPIES, MAX_COPIES + 1])
def test_so_many_copies_are_joined_set_by_set_or_one_after_the_other(monkeypatch, copies, collated):
    asked = []

    def joined(parts, *, sets, whole_sheets, **_more):
        asked.append(([one.times for one in parts], sets, whole_sheets))
        return JoinedPdf(data=b"%PDF", pages=9, pages_by_part=(2, 2), lack_fonts=(False, True))

    monkeypatch.setattr(handout_sets, "join_received_pdfs", joined)
    files = HandoutFiles(event_id=1, stem="題", files=(handout(), handout("乙")))
    if not 1 <= copies <= MAX_COPIES:
        with pytest.raises(UserError, match="1部から300部まで"):
            handout_sets.join_handouts(files, copies=copies)
        return
    made = handout_sets.join_handouts(files, copies=copies, collated=collated)
    assert asked == [([1, 1], copies, True) if collated else ([copies, copies], 1, True)]
    assert (made.stem, made.cover, "「乙」" in made.warning, "「甲」" in made.warning) == (
        f"題-{copies}部",
        None,
        True,
        False,
    )
    files = replace(files, files=(handout(), handout("丙", pages=3)))
    with pytest.raises(UserError, match=r"「丙」.*確認した版 3ページ、保管ファイル 2ページ"):
        handout_sets.join_handouts(files, copies=copies, collated=collated)
    files = replace(files, files=(handout(), handout("丙", pages=None)))
    assert handout_sets.join_handouts(files, copies=copies, collated=collated).pages == 9


def test_each_handout_that_was_printed_or_saved_stands_in_the_log_with_its_reason(store, tmp_path):
    event = add_lecture(store)
    context = ActionContext(store, BY, datetime(2026, 9, 1, 9))
    files = (handout(), handout("乙", pages=5))
    handouts = HandoutSet(event_id=event, stem="題", files=files, copies=2, collated=True, data=b"%PDF", pages=9)
    said = [
        handout_sets.note_handout_print(context, handouts=handouts, how="白黒・両面").message,
        handout_sets.note_handout_print(context, handouts=handouts, use=PrintUse.COPY).message,
    ]
    options = SaveOptions(path=tmp_path / "題.pdf", way=OutgoingWay.PLAIN, reason=" 印刷所へ ")
    handout_sets.save_handouts(context, handouts=handouts, options=options)
    done = [action for (action,) in store.database.execute("SELECT action FROM journal ORDER BY seq DESC LIMIT 3")]
    logged = [
        f"{one.document_kind}｜{one.reference}｜{one.version}｜{one.way}｜{one.file_name}｜{one.pages}｜{one.copies}"
        f"｜{one.reason}｜{one.detail.get('印刷')}｜{one.print_use}"
        for one in rows(store.database, Outgoing)
    ]
    assert_paper([*said, *reversed(done), *logged], "印刷と保存の記録")


@pytest.mark.parametrize(("people", "told", "copies", "words"), [
    ((), False, 1, ""), ((12, 3), False, 17, "15＋予備2＝17部（人数連絡前）"), ((12, 3), True, 17, "15＋予備2＝17部"),
])  # fmt: skip
def test_the_printer_begins_with_the_copies_that_are_needed(store, people, told, copies, words):
    event = add_lecture(store)
    if people:
        expect_people(store, event, *people)
    if told:
        tell_people(store, event)
    view = handout_sets.read_handouts(store, event_id=event)
    assert (view.copies, view.copies_words, view.rows) == (copies, words, ())
    assert view.title == "第1回 LINE講習会"


def test_the_notice_asks_for_a_version_by_a_day_that_counts_from_what_was_told(store):
    event, undated = add_lecture(store), add_lecture(store, None, subject="未定")
    said = []
    with pytest.raises(UserError, match="結果がまだありません"):
        material_documents.result_notice(store, by_id(store.database, Event, event), at(TODAY))

    def judged(event_id, title, result):
        material = materials.receive_new_material(acting(store), event_id=event_id, title=title, name="", data=b"").id
        version = rows(store.database, MaterialVersion, material_id=material)[0].id
        materials.add_finding(acting(store), version_id=version, page="1", text="図が古い")
        materials.set_result(acting(store), version_id=version, result=result)
        return material

    def note(case, day=TODAY, of=event):
        row = by_id(store.database, Event, of)
        paper = lines_of(material_documents.result_notice(store, row, at(day)))
        view = programme_of_event(store, row, on=day)
        asked = material_documents.resubmit_by(store, view, row, reviewed_materials(store, of), day)
        said.append(f"{case}　{asked}")
        said.extend(line for line in paper if "まで" in line or "確認期限" in line or "日（" in line)

    material = judged(event, TITLE, MaterialResult.CHECKED)
    note("確認済だけ")
    second = judged(event, "手引き", MaterialResult.RESUBMISSION)
    note("再提出が1件")
    tell_result(store, material, date(2026, 9, 8))
    note("確認済だけを伝えた", date(2026, 9, 8))
    tell_result(store, second, date(2026, 9, 2))
    note("再提出を伝えた", date(2026, 9, 8))
    note("実施の前の日", date(2026, 9, 23))
    judged(undated, TITLE, MaterialResult.RESUBMISSION)
    note("実施日が未定", of=undated)
    assert_paper(said, "通知書の日")
