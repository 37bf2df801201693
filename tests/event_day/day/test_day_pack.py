"""The 当日セット: the papers of one day drawn together, saved whole or not at all, logged paper by paper."""

import io
from datetime import datetime, timedelta

import pypdf
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.common.number_lists import number_ranges
from app.documents.services import document_saving, documents, notification
from app.documents.services.document_kind import DOCUMENTS, FINGERPRINT_KEY, DaySet, read_subject
from app.documents.services.document_saving import list_outgoing, log_print
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions, TargetExistsError
from app.documents.services.saved_outside import read_saved_outside
from app.event.rules.participation import is_coming
from app.event.services.event_document import event_document_kind
from app.event.services.event_records import read_event_records
from app.event.services.tasks.deadlines import read_year
from app.event.services.tasks.event_tasks import tasks_of
from app.event.services.tasks.task_completion import day_set_ready_on
from app.event_day.day.services import day_pack, day_set_notification
from app.event_day.day.services.day_pack import PackChoice
from app.events.materials.services.distributed_handouts import distributed_handouts
from app.events.roster.services.roster import read_roster
from db.files.storage_errors import StorageProblem
from db.records.documents import Outgoing, OutgoingWay, PrintUse
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.records.submissions.materials import MaterialVersion
from db.rows import by_id, rows
from db.tables import roster as roster_table
from tests.support.sample import BY, NOW, acting

TODAY = NOW.date()
ALL = (
    PackChoice(kind="受付名簿", copies=2),
    PackChoice(kind="当日進行表・機材チェック表", copies=2),
    PackChoice(kind="実施確認票"),
    PackChoice(kind="名札"),
)


def drawn(world, choices=ALL, **given):
    contents = day_pack.build_pack(world.store, event_id=world.events["L6"], choices=choices, now=NOW)
    return day_pack.draw_pack(contents, **given)


def test_the_pack_proposes_its_papers_with_their_copies(world):
    view = day_pack.read_pack(world.store, event_id=world.events["L6"], now=NOW)

    proposed = {row.kind: row.copies for row in view.rows if row.is_ticked}
    assert proposed == {
        "受付名簿": 2, "当日進行表・機材チェック表": 2, "実施確認票": 1, "名札": 1, "当日のしおり": 16,
    }  # fmt: skip
    unticked = {row.kind: row.copies for row in view.rows if not row.is_ticked}
    assert unticked == {"席札": 1, "当日のしおり（拡大版）": 1, "アンケート用紙": 16}
    assert (view.handout_words, view.beside) == ("14＋予備2＝16部（人数連絡前）", "")


def test_handouts_that_left_say_so_until_a_newer_version_is_there(world):
    store, event_id = world.store, world.events["L6"]
    (handout, *others) = distributed_handouts(read_event_records(store, event_id))
    assert day_pack.read_pack(store, event_id=event_id, now=NOW).handouts is None
    with store.change(action="用意", by="用意", now=NOW) as change:
        for one in (handout, *others):
            change.insert(
                Outgoing(
                    event_id=event_id,
                    document_kind="配布資料",
                    reference=one.material.title,
                    version=one.latest.version,
                    format="pdf",
                    way=OutgoingWay.PLAIN,
                    copies=16,
                    by="用意",
                    at=NOW,
                )
            )
    left = day_pack.read_pack(store, event_id=event_id, now=NOW).handouts
    assert (left.words(NOW.date()), left.change_words) == (f"{NOW:%-H:%M} 保存", "")
    with store.change(action="用意", by="用意", now=NOW) as change:
        change.update(MaterialVersion, handout.latest.id, version=9)
    left = day_pack.read_pack(store, event_id=event_id, now=NOW).handouts
    assert left.words(NOW.date()) == f"保存のあと {handout.material.title} 第9版"


def test_a_paper_of_the_day_says_its_place_in_the_set_or_stands_here():
    of_day = [one for one in DOCUMENTS if one.group == "当日"]
    assert {one.kind for one in of_day if one.day_set is None} == {"配布資料の中身", "受講証", "確認の電話一覧"}, (
        "a paper of the day says its place, DocumentKind(day_set=DaySet(…)), unless it leaves apart"
    )
    placed = sorted((one.day_set.order, one.kind, one.day_set.copies) for one in of_day if one.day_set is not None)
    assert [(kind, copies) for _, kind, copies in placed] == [
        ("受付名簿", 2), ("当日進行表・機材チェック表", 2), ("実施確認票", 1), ("名札", 0), ("席札", 0), ("班札", 0),
        ("当日のしおり", 0), ("当日のしおり（拡大版）", 0), ("アンケート用紙", 0), ("アンケート用紙（拡大版）", 0),
    ]  # fmt: skip
    assert len({order for order, _, _ in placed}) == len(placed)


def test_a_paper_that_only_a_visit_has_is_asked_for_there_alone(world, monkeypatch):
    ours = event_document_kind(
        kind="持ち物リスト",
        group="当日",
        event_role="用意",
        day_set=DaySet(order=35, copies=1),
        build=lambda *_: pytest.fail("nobody builds it"),
        ready=lambda _store, _file: True,
        fits=lambda file: file.event.form.at_organisation,
        missing_words="実施日が決まると作成できます。",
        todo="実施日",
    )
    monkeypatch.setattr(DOCUMENTS, "_contributions", (*DOCUMENTS.all(), ours))
    lecture, visit = (read_subject(world.store, DocumentScope(event_id=world.events[name])) for name in ("L6", "D3"))
    for subject, asked in ((lecture, False), (visit, True)):
        assert ("持ち物リスト" in day_pack.kinds_of_set(subject)) is asked
        assert ("持ち物リスト" in day_set_notification.missing_documents(world.store, subject)) is asked
        rows = day_pack.read_pack(world.store, event_id=subject.scope.event_id, now=NOW).rows
        assert ("持ち物リスト" in [row.kind for row in rows]) is asked
    with pytest.raises(UserError, match=r"第6回.*では作成しない書類です"):
        documents.build_document(world.store, event_id=world.events["L6"], kind="持ち物リスト", now=NOW)
    day_pack.save_pack_file(
        acting(world.store),
        drawn=drawn(world, ALL[:3]),
        options=SaveOptions(path=world.folder / "セット.pdf", reason="庁内"),
    )
    records = read_event_records(world.store, world.events["L6"])
    assert day_set_ready_on(records) == TODAY, "the set of a lecture is whole without it"


def test_a_document_is_not_made_before_what_it_needs_is_there(world):
    with world.store.change(action="日程を外す", by=BY, now=NOW) as change:
        change.update(Event, world.events["L6"], event_date=None)
    with pytest.raises(UserError) as refused:
        documents.build_document(world.store, event_id=world.events["L6"], kind="実施確認票", now=NOW)
    assert (refused.value.happened, refused.value.todo) == (
        "「実施確認票」は、まだ作成できません。",
        "実施日が決まると作成できます。",
    )


def test_one_pdf_holds_every_paper_in_printing_order_with_its_copies(world):
    pack = drawn(world)

    text = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pack.data)).pages]
    assert pack.pages == len(text)
    assert "2部の1部目" in text[0]
    assert "2部の2部目" in text[1]
    assert "機材チェック表" in text[2]
    assert "帳合い" in text[3]
    assert text[2:4] == text[4:6]
    assert "実施確認票" in text[6]
    assert "見本あおば町会" in text[7]


def test_on_both_sides_every_copy_begins_on_a_sheet_of_its_own(world):
    pack = drawn(world, ALL[:2], whole_sheets=True)

    text = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pack.data)).pages]
    assert [bool(page.strip()) for page in text] == [True, False] * 2 + [True] * 4
    assert "2部の1部目" in text[0]
    assert "2部の2部目" in text[2]
    read = pypdf.PdfReader(io.BytesIO(pack.data))
    marks = [(one.title, read.get_destination_page_number(one)) for one in read.outline if not isinstance(one, list)]
    assert marks == [("受付名簿", 0), ("当日進行表・機材チェック表", 4)], "once, at the first copy"


def test_the_set_left_has_a_row_for_every_paper_and_closes_its_task(world, tmp_path):
    path = tmp_path / "R8-講06-当日の紙.pdf"
    day_pack.save_pack_file(
        acting(world.store),
        drawn=drawn(world),
        options=SaveOptions(path=path, way=OutgoingWay.ENCRYPTED, password="correct horse battery"),
    )

    log = list_outgoing(world.store, event_id=world.events["L6"])
    assert [row.document_kind for row in log][::-1][-5:] == [
        "当日資料一式", "受付名簿", "当日進行表・機材チェック表", "実施確認票", "名札",
    ]  # fmt: skip
    assert [row.personal for row in log[:5]] == [True, False, False, True, True]
    assert pypdf.PdfReader(path).is_encrypted
    assert closed(world) == TODAY

    notification.notify(
        acting(world.store), event_id=world.events["L6"], key=day_pack.PACK, told_to="当日の担当", told_how="手渡し"
    )
    assert closed(world) == TODAY


def test_what_a_command_wrote_prepares_no_set(world, tmp_path):
    context, event_id = acting(world.store), world.events["L6"]
    for way, day in ((OutgoingWay.COMMAND, None), (OutgoingWay.PLAIN, TODAY)):
        for kind in ("受付名簿", "当日進行表・機材チェック表", "実施確認票"):
            path = tmp_path / f"{way}{kind}.pdf"
            document_saving.save_document(
                context,
                event_id=event_id,
                kind=kind,
                format="pdf",
                options=SaveOptions(path=path, way=way, reason="庁内"),
            )
        assert closed(world) == day


def closed(world):
    file = read_event_records(world.store, world.events["L6"])
    return next(one for one in tasks_of(file, read_year(world.store, TODAY)) if one.task == "当日資料一式").completed_on


def to_exchange(world, today):
    tasks = tasks_of(read_event_records(world.store, world.events["L6"]), read_year(world.store, today))
    return [one.detail for one in tasks if one.task == "当日の紙の差替え"]


def comes_from(world, entry):
    return by_id(world.store.database, Organisation, entry.organisation_id).name


def test_the_set_is_handed_over_whole_and_who_comes_later_is_a_task_of_its_own(world, tmp_path):
    event_id = world.events["L6"]

    def hand_over():
        told = {"told_to": "当日の担当", "told_how": "手渡し"}
        notification.notify(acting(world.store), event_id=event_id, key=day_pack.PACK, **told)

    document_saving.save_document(
        acting(world.store),
        event_id=event_id,
        kind="当日進行表・機材チェック表",
        format="pdf",
        options=SaveOptions(path=tmp_path / "a.pdf"),
    )
    with pytest.raises(UserError, match="受付名簿、実施確認票"):
        hand_over()
    assert closed(world) is None
    day_pack.note_pack_print(acting(world.store), drawn=drawn(world), use=PrintUse.COPY)
    assert closed(world) is None
    day_pack.note_pack_print(acting(world.store), drawn=drawn(world))
    # The set is there: nobody is late with it, though it was not handed over yet.
    assert closed(world) == TODAY
    hand_over()
    assert closed(world) == TODAY

    def changed():
        view = notification.read_outgoing_view(world.store, event_id=event_id)
        return [
            [each.name for each in one.matter_status.changed_facts]
            for one in view.lines
            if one.matter_status.status == "変更あり" and one.document_kind == day_pack.PACK
        ]

    comes = next(row for row in roster_table.entries(world.store.database, event_id) if is_coming(row))
    told = by_id(world.store.database, Person, comes.person_id).name
    for name, opened in (("髙" + told, [["名簿"]]), (told, [])):
        with world.store.change(action="氏名を直す", by=BY, now=NOW, subject="person") as change:
            change.update(Person, comes.person_id, name=name)
        assert changed() == opened
    # Which 団体 of the register it is no paper prints; who moves to another one is printed so.
    other = rows(world.store.database, Organisation, order="-id")[0]
    for link, opened in (({"organisation_id": None, "organisation_name": comes_from(world, comes)}, []),
                         ({"organisation_id": other.id, "organisation_name": ""}, [["名簿"]]),
                         ({"organisation_id": comes.organisation_id}, [])):  # fmt: skip
        with world.store.change(action="団体", by=BY, now=NOW, subject="roster") as change:
            change.update(Entry, comes.id, **link)
        assert changed() == opened
    with world.store.change(action="欠席", by=BY, now=NOW, event_id=event_id) as change:
        change.update(Entry, comes.id, absent_told_at=NOW)

    # What was done stays done; the paper that is no longer right is another thing to do.
    assert closed(world) == TODAY
    assert changed() == [["名簿"]]
    assert to_exchange(world, TODAY) == ["作成のあと 名簿 14人 → 13人"]
    with pytest.raises(UserError, match="まだ出していない書類があります"):
        hand_over()
    later = datetime.combine(TODAY + timedelta(days=1), NOW.time())
    assert to_exchange(world, later.date()) == ["作成のあと 名簿 14人 → 13人"]
    for kinds, left in ((ALL[1:3], 1), (ALL[:1], 0)):
        day_pack.note_pack_print(ActionContext(world.store, BY, later), drawn=drawn(world, kinds))
        assert len(to_exchange(world, later.date())) == left
    assert closed(world) == TODAY


def test_names_leave_in_the_clear_only_with_a_reason(world, tmp_path):
    pack = drawn(world)
    with pytest.raises(UserError, match="個人情報を含む書類があります（受付名簿、名札）"):
        day_pack.save_pack_file(acting(world.store), drawn=pack, options=SaveOptions(path=tmp_path / "a.pdf"))

    day_pack.save_pack_file(
        acting(world.store), drawn=pack, options=SaveOptions(path=tmp_path / "a.pdf", reason="当日に印刷室へ渡す")
    )
    assert list_outgoing(world.store, event_id=world.events["L6"])[0].reason == "当日に印刷室へ渡す"
    assert [(one.row.file_name, one.folder) for one in read_saved_outside(world.store)] == [("a.pdf", str(tmp_path))]


def test_as_files_each_paper_is_a_pdf_and_a_workbook_where_it_has_one(world, tmp_path):
    day_pack.save_pack_folder(
        acting(world.store), drawn=drawn(world, excel=True), options=SaveOptions(path=tmp_path / "set", reason="印刷")
    )

    names = sorted(path.name for path in (tmp_path / "set").iterdir())
    assert len(names) == 7
    assert "R8-講06-受付名簿-第1版.xlsx" in names
    assert "R8-講06-名札-第1版.pdf" in names
    assert "R8-講06-名札-第1版.xlsx" not in names
    place = str(tmp_path / "set")
    assert [(one.row.file_name, one.folder) for one in read_saved_outside(world.store)] == [("set", place)]
    with pytest.raises(TargetExistsError):
        day_pack.save_pack_folder(
            acting(world.store), drawn=drawn(world), options=SaveOptions(path=tmp_path / "set", reason="印刷")
        )


def test_a_folder_that_holds_one_of_the_names_gets_none_of_the_files(world, tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "R8-講06-実施確認票-第1版.pdf").write_bytes(b"older")
    before = list_outgoing(world.store, event_id=world.events["L6"])

    with pytest.raises(UserError, match="同じ名前のファイル"):
        day_pack.save_pack_folder(
            acting(world.store), drawn=drawn(world), options=SaveOptions(path=folder, reason="印刷", overwrite=True)
        )

    assert [path.name for path in folder.iterdir()] == ["R8-講06-実施確認票-第1版.pdf"]
    assert list_outgoing(world.store, event_id=world.events["L6"]) == before


def test_when_a_file_can_t_be_written_nothing_stays_and_nothing_is_logged(world, tmp_path, monkeypatch):
    from app.documents.services import file_saving

    written = []
    real = file_saving.write_atomically

    def third_fails(path, data, **given):
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        written.append(path)
        real(path, data, **given)

    monkeypatch.setattr(file_saving, "write_atomically", third_fails)
    with pytest.raises((StorageProblem, OSError)):
        day_pack.save_pack_folder(
            acting(world.store), drawn=drawn(world), options=SaveOptions(path=tmp_path / "set", reason="印刷")
        )

    assert not (tmp_path / "set").exists()
    assert all(row.document_kind != "当日資料一式" for row in list_outgoing(world.store, event_id=world.events["L6"]))
    assert all(row.entry.number is None for row in read_roster(world.store, event_id=world.events["L6"]).rows)


def test_the_printed_numbers_are_those_of_the_reception_and_stay(world):
    event_id = world.events["L6"]
    pack = drawn(world, ALL[:1])
    lines = pack.documents[0].content.blocks[1].lines
    day_pack.note_pack_print(acting(world.store), drawn=pack)

    kept = {row.entry.id: row.entry.number for row in read_roster(world.store, event_id=event_id).check_in_rows}
    assert {line.entry_id: int(line.number) for line in lines} == kept


def test_a_roster_that_changed_since_it_was_drawn_does_not_leave(world):
    event_id = world.events["L6"]
    log_print(
        acting(world.store),
        event_id=event_id,
        kind="受付名簿",
        copies=1,
        pages=2,
        rendered=documents.render_document(world.store, event_id=event_id, kind="受付名簿", format="pdf", now=NOW),
    )
    pack = drawn(world, ALL[:1])
    first = read_roster(world.store, event_id=event_id).check_in_rows[0].entry
    with world.store.change(action="番号", by=BY, now=NOW) as change:
        change.update(Entry, first.id, number=99)

    with pytest.raises(UserError, match="表示したときから変わっています"):
        day_pack.note_pack_print(acting(world.store), drawn=pack)


def photographers(content):
    """The rows of the photographer's list of a 当日進行表, and what is said below it."""
    at = next(place for place, one in enumerate(content.blocks) if getattr(one, "text", "").startswith("撮影に気を"))
    listed = [row for one in content.blocks[at + 1 : at + 3] for row in getattr(one, "rows", ())]
    return listed, [one.text for one in content.blocks[at + 1 : at + 3] if hasattr(one, "text")]


@pytest.fixture
def asked(world):
    """Three of whom one refuses to be photographed, one has a condition and the others were not asked; no numbers."""
    rows = read_roster(world.store, event_id=world.events["L6"]).check_in_rows
    with world.store.change(action="記載", by=BY, now=NOW) as change:
        for row in rows:
            change.update(Entry, row.entry.id, number=None, photo="", publication="")
        change.update(Entry, rows[-1].entry.id, photo="不可", seat="窓側")
        change.update(Entry, rows[-2].entry.id, photo="条件つき", photo_words="後ろ姿なら")
    return rows


def numbers_of(world):
    return {row.entry.id: row.entry.number for row in read_roster(world.store, event_id=world.events["L6"]).rows}


def test_every_paper_of_the_set_has_the_numbers_of_the_door_and_nothing_has_changed_when_it_has_left(world, asked):
    pack = drawn(world)
    day_pack.note_pack_print(ActionContext(world.store, BY, NOW), drawn=pack)
    kept = numbers_of(world)
    refused, conditional = kept[asked[-1].entry.id], kept[asked[-2].entry.id]
    listed, below = photographers(pack.documents[1].content)
    assert listed == sorted(
        [(str(refused), "窓側", "撮影不可", ""), (str(conditional), "", "撮影条件つき", "後ろ姿なら")],
        key=lambda row: int(row[0]),
    )
    others = [number for number in kept.values() if number and number not in (refused, conditional)]
    assert below == [f"番号 {number_ranges(others)}　撮影未確認（{len(others)}人）"]
    view = day_pack.read_pack(world.store, event_id=world.events["L6"], now=NOW)
    assert [row.newest_copy.change_words for row in view.rows if row.newest_copy] == [""] * len(ALL)


@pytest.mark.parametrize("kind", ["当日進行表・機材チェック表", "受講証"])
def test_a_paper_that_bears_numbers_keeps_them_as_it_leaves_alone(world, asked, kind):
    context, event_id = ActionContext(world.store, BY, NOW), world.events["L6"]
    with world.store.change(action="出席", by=BY, now=NOW) as change:
        change.update(Event, event_id, certificates=True)
        change.update(Entry, asked[-1].entry.id, attendance="出席")
    rendered = documents.render_document(world.store, event_id=event_id, kind=kind, format="pdf", now=NOW)
    log_print(context, event_id=event_id, kind=kind, copies=1, pages=2, rendered=rendered)
    kept = numbers_of(world)
    printed = [one.number.split("-")[-1] for one in rendered.content.blocks if hasattr(one, "sentence")]
    printed += [row[0] for row in photographers(rendered.content)[0] if row[1]] if not printed else []
    assert printed == [str(kept[asked[-1].entry.id])]
    with world.store.change(action="番号", by=BY, now=NOW) as change:
        change.update(Entry, asked[-1].entry.id, number=99)
    with pytest.raises(UserError, match="表示したときから変わっています"):
        log_print(context, event_id=event_id, kind=kind, copies=1, pages=2, rendered=rendered)


@pytest.mark.parametrize(("words", "foot"), [("後ろ姿なら", "あり"), ("", "なし")])
def test_the_foot_says_whether_the_paper_bears_what_somebody_wrote(world, asked, words, foot):
    with world.store.change(action="記載", by=BY, now=NOW) as change:
        change.update(Entry, asked[-2].entry.id, photo_words=words)
    agenda = drawn(world, ALL[1:2]).documents[0].content
    assert (agenda.footer_left, agenda.personal) == (f"参加者の個人情報　{foot}", foot == "あり")


def test_where_nobody_on_the_list_was_asked_about_photographs_one_line_says_so(world, asked):
    with world.store.change(action="記載", by=BY, now=NOW) as change:
        change.update(Entry, asked[-1].entry.id, photo="", publication="不可")
        change.update(Entry, asked[-2].entry.id, photo="不可", photo_words="", state="辞退")
    assert photographers(drawn(world, ALL[1:2]).documents[0].content)[0] != []
    with world.store.change(action="記載", by=BY, now=NOW) as change:
        change.update(Entry, asked[-1].entry.id, publication="")
    listed, below = photographers(drawn(world, ALL[1:2]).documents[0].content)
    assert (listed, below) == ([], [f"全員　撮影未確認（{len(asked) - 1}人）"])


def test_the_same_roster_printed_again_is_the_same_edition_and_a_changed_one_the_next(world):
    event_id = world.events["L6"]
    log_print(
        acting(world.store),
        event_id=event_id,
        kind="受付名簿",
        copies=1,
        pages=2,
        rendered=documents.render_document(world.store, event_id=event_id, kind="受付名簿", format="pdf", now=NOW),
    )
    again = documents.build_document(world.store, event_id=event_id, kind="受付名簿", now=NOW)
    assert again.version == 1
    assert list_outgoing(world.store, event_id=event_id)[0].detail[FINGERPRINT_KEY]

    first = read_roster(world.store, event_id=event_id).check_in_rows[0].entry
    with world.store.change(action="辞退", by=BY, now=NOW) as change:
        change.update(Entry, first.id, state="辞退")
    changed = documents.build_document(world.store, event_id=event_id, kind="受付名簿", now=NOW)
    assert changed.version == 2
    assert "第2版" in changed.header_left


def test_nothing_chosen_or_a_wrong_number_of_copies_is_refused(world):
    event_id = world.events["L6"]
    for choices, words in (
        ((), "選ばれていません"),
        ((PackChoice(kind="受付名簿", copies=0),), "部数"),
        ((PackChoice(kind="実施報告書"),), "当日の紙ではありません"),
    ):
        with pytest.raises(UserError, match=words):
            day_pack.build_pack(world.store, event_id=event_id, choices=choices, now=NOW)
