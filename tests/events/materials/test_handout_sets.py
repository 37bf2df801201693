"""Handouts for the printer: exactly the confirmed version, in order, in so many copies."""

import io
import re
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent, Paragraph, SheetBreak
from app.documents.pdf.render import render_pdf
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_saving import list_outgoing
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.documents.services.file_saving import SaveOptions
from app.events.materials.services import handout_sets, materials
from app.events.materials.services.material_rights import answer_rights
from db.records.documents import Outgoing
from db.records.presentations import Presentation
from db.records.submissions.materials import MaterialResult, MaterialVersion
from db.rows import rows
from tests.support.cancelling import cancel_event
from tests.support.handout_pdfs import japanese
from tests.support.paper_words import said_by
from tests.support.refused_starts import refuse_starts
from tests.support.sample import BY, NOW, acting

LIST = "配布資料の中身"
DAY = NOW.date()


def pdf(name: str, pages: int) -> bytes:
    blocks = []
    for number in range(pages):
        blocks += [SheetBreak(sheet="x", page=True)] if number else []
        blocks.append(Paragraph(text=f"{name}{number + 1}ページ"))
    content = DocumentContent(
        kind=name, reference="x", version=1, look="report", blocks=tuple(blocks), first_sheet="x", file_stem=name
    )
    return render_pdf(content).data


@pytest.fixture
def handed(world):
    """Two confirmed handouts of 3 and 2 pages and one still to be reviewed, as material ids."""
    event_id = world.events["E2"]
    made = []
    for title, pages, confirmed in (("資料甲", 3, True), ("資料乙", 2, True), ("資料丙", 1, False)):
        material = materials.add_material(acting(world.store), event_id=event_id, title=title)
        version = materials.receive_version(
            acting(world.store),
            material_id=material.id,
            name=f"{title}.pdf",
            data=pdf(title, pages),
            received_on=DAY,
            pages=pages,
        )
        if confirmed:
            materials.set_result(acting(world.store), version_id=version.id, result=MaterialResult.CHECKED)
        made.append((material.id, version.id))
    return made


def gathered(world, ids):
    return handout_sets.gather_handouts(world.store, event_id=world.events["E2"], material_ids=ids)


def texts(data: bytes) -> list[str]:
    return [page.extract_text().strip().split("\n")[0] for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def words(data: bytes) -> list[str]:
    found = []
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        text = page.extract_text()
        found.append(
            next(
                (f"{name}{number}" for name in "甲乙丙" for number in "123" if f"資料{name}{number}ページ" in text), ""
            )
        )
    return found


def test_the_list_says_which_can_be_printed(world, handed):
    view = handout_sets.read_handouts(world.store, event_id=world.events["E2"])

    assert [(row.material.title, row.ready) for row in view.rows] == [
        ("資料甲", True),
        ("資料乙", True),
        ("資料丙", False),
    ]
    assert "確認済ではありません" in view.rows[2].remark


def test_sets_follow_each_other_in_order_or_one_handout_comes_after_the_other(world, handed):
    files = gathered(world, [handed[1][0], handed[0][0]])

    collated = handout_sets.join_handouts(files, copies=2, whole_sheets=False)
    assert words(collated.data) == ["甲1", "甲2", "甲3", "乙1", "乙2"] * 2
    one_by_one = handout_sets.join_handouts(files, copies=2, collated=False, whole_sheets=False)
    assert words(one_by_one.data) == ["甲1", "甲2", "甲3"] * 2 + ["乙1", "乙2"] * 2
    both_sides = handout_sets.join_handouts(files, copies=1, whole_sheets=True)
    assert words(both_sides.data) == ["甲1", "甲2", "甲3", "", "乙1", "乙2"]
    assert both_sides.pages == 6


def test_what_is_not_confirmed_is_printed_where_it_is_chosen_and_warned_of_before(world, handed):
    assert [one.material.title for one in gathered(world, [handed[2][0]]).files] == ["資料丙"]
    row = handout_sets.read_handouts(world.store, event_id=world.events["E2"]).rows[2]
    assert (row.ready, row.remark) == (False, "確認済ではありません（区が確認中）。")


def test_another_number_of_pages_than_confirmed_stops(world, handed):
    with world.store.change(action="x", by=BY, now=NOW) as change:
        change.update(MaterialVersion, handed[0][1], pages=4)

    with pytest.raises(
        UserError, match="「資料甲」の保管ファイルは、確認した版とページ数（確認した版 4ページ、保管ファイル 3ページ）"
    ):
        handout_sets.join_handouts(gathered(world, [handed[0][0]]), copies=1)


def test_another_content_than_received_stops(world, handed):
    with world.store.change(action="x", by=BY, now=NOW) as change:
        change.update(MaterialVersion, handed[0][1], sha256="0" * 64)

    with pytest.raises(UserError, match="内容（ハッシュ値）"):
        gathered(world, [handed[0][0]])


def test_a_handout_of_which_no_version_or_no_file_is_kept_is_named(world, handed):
    expected = materials.add_material(acting(world.store), event_id=world.events["E2"], title="資料丁").id
    with world.store.change(action="x", by=BY, now=NOW) as change:
        change.update(MaterialVersion, handed[1][1], file_id=None)
    for number, title in ((expected, "資料丁"), (handed[1][0], "資料乙")):
        with pytest.raises(UserError, match=f"「{title}」には、保管しているファイルがありません。"):
            gathered(world, [handed[0][0], number])


def test_a_locked_or_other_file_and_nothing_chosen_are_refused(world, handed):
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("資料丁", 1))) as paper:
        paper.save(locked, encryption=pikepdf.Encryption(owner="owner", user="user"))
    for title, data in (("資料丁", locked.getvalue()), ("資料戊", b"PK\x03\x04 a presentation")):
        made = materials.add_material(acting(world.store), event_id=world.events["E2"], title=title)
        materials.receive_version(
            acting(world.store), material_id=made.id, name=f"{title}.pdf", data=data, received_on=DAY
        )
        with pytest.raises(UserError, match=f"「{title}」は、このアプリで印刷できるPDFではありません") as refused:
            handout_sets.join_handouts(gathered(world, [handed[0][0], made.id]), copies=1)
        assert ("パスワード" in str(refused.value)) == (title == "資料丁")
    with pytest.raises(UserError, match="選ばれていません"):
        gathered(world, [])


def without_fonts(world, material_id):
    """Receive a version of a handout that does not hold its Japanese fonts."""
    materials.receive_version(
        acting(world.store),
        material_id=material_id,
        name="資料.pdf",
        data=japanese(),
        received_on=DAY,
        pages=1,
        reason="作り直し",
    )


def test_a_handout_without_its_fonts_is_joined_and_named(world, handed):
    without_fonts(world, handed[1][0])
    made = handout_sets.join_handouts(gathered(world, [handed[0][0], handed[1][0]]), copies=2, whole_sheets=False)
    assert made.pages == 8
    assert made.warning.startswith("「資料乙」には日本語のフォントが入っておらず、")
    assert handout_sets.join_handouts(gathered(world, [handed[0][0]]), copies=1).warning == ""


def test_a_pc_without_room_is_not_taken_for_a_handout_that_cannot_be_printed(world, handed, monkeypatch):
    files = gathered(world, [handed[0][0]])
    refuse_starts(monkeypatch, times=2)

    with pytest.raises(UserError) as refused:
        handout_sets.join_handouts(files, copies=1)

    assert "印刷できるPDFではありません" not in str(refused.value)
    assert "使っていないアプリを閉じて" in str(refused.value)
    assert handout_sets.join_handouts(files, copies=1).copies == 1


def test_every_handout_that_left_has_its_row(world, handed, tmp_path):
    files = gathered(world, [handed[0][0], handed[1][0]])
    handouts = handout_sets.join_handouts(files, copies=12)
    handout_sets.note_handout_print(acting(world.store), handouts=handouts, how="白黒・両面")
    saved = handout_sets.save_handouts(
        acting(world.store), handouts=handouts, options=SaveOptions(path=tmp_path / "配布資料.pdf")
    )

    log = list_outgoing(world.store, event_id=world.events["E2"])[:4]
    assert [(row.reference, row.version, row.copies, row.way) for row in log] == [
        ("資料乙", 1, 12, "そのまま保存"), ("資料甲", 1, 12, "そのまま保存"), ("資料乙", 1, 12, "印刷"),
        ("資料甲", 1, 12, "印刷"),
    ]  # fmt: skip
    assert len(texts(saved.path.read_bytes())) == 12 * 6
    assert log[3].detail == {"印刷": "白黒・両面"}
    assert {row.detail["保存した場所"] for row in log[:2]} == {str(tmp_path)}


def test_every_set_begins_with_the_sheet_that_says_what_it_holds_and_it_is_kept(world, handed):
    ids = [one[0] for one in handed]
    files = handout_sets.gather_handouts(world.store, event_id=world.events["E2"], material_ids=ids, now=NOW)
    plain = handout_sets.join_handouts(replace(files, contents=None), copies=3, whole_sheets=False)
    sets = handout_sets.join_handouts(files, copies=3, whole_sheets=False)
    assert sets.pages == plain.pages + 3
    reader = pypdf.PdfReader(io.BytesIO(sets.data))
    each = sets.pages // 3
    for number in range(3):
        first = re.sub(r"\s", "", reader.pages[number * each].extract_text())
        assert "配布資料の中身" in first
        assert f"計{len(files.files)}点" in first
        assert all(re.sub(r"\s", "", one.material.title) in first for one in files.files)
    by_handout = handout_sets.join_handouts(files, copies=3, collated=False, whole_sheets=False)
    assert by_handout.pages == plain.pages
    handout_sets.note_handout_print(acting(world.store), handouts=sets)
    left = [row.document_kind for row in rows(world.store.database, Outgoing, event_id=world.events["E2"])]
    assert left.count("配布資料の中身") == 1


def test_of_a_cancelled_event_the_set_says_so_and_whoever_prints_is_told(world, handed):
    event_id = world.events["E2"]
    scope = DocumentScope(event_id=event_id)
    ids = [one[0] for one in handed]
    assert read_doubts(world.store, scope=scope, kind=handout_sets.KIND, today=DAY) == ()
    cancel_event(world.store, event_id=event_id, reason="講師の急病のため。", by=BY, now=NOW)
    said = read_doubts(world.store, scope=scope, kind=handout_sets.KIND, today=DAY)
    assert said == ("この回は中止です。配布資料に、その印は入りません。",)
    files = handout_sets.gather_handouts(world.store, event_id=event_id, material_ids=ids, now=NOW)
    assert files.contents.state_mark == "中止", "the sheet in front of each set bears it like every other paper"


def test_what_may_not_be_handed_out_stands_in_no_set_and_no_list_until_a_reason_is_written(world, handed):
    event_id = world.events["E2"]
    first, second, _third = (material_id for material_id, _version in handed)
    with world.store.change(action="発表", by=BY, now=NOW) as change:
        change.insert(
            Presentation(
                event_id=event_id, organisation_name="見本ひばり自治会", material_id=first, answer="引き受ける"
            )
        )
    row = handout_sets.read_handouts(world.store, event_id=event_id).rows[0]
    assert (row.ready, row.remark) == (
        False,
        "「資料甲」は、「見本ひばり自治会」から配る承諾を受けていないため、印刷できません。",
    )
    with pytest.raises(UserError, match="配る承諾を受けていないため") as held:
        gathered(world, [first, second])
    assert "理由を書いてください" in held.value.todo
    said = said_by(build_document(world.store, event_id=event_id, kind=LIST, now=NOW))
    assert ("資料甲" in said, "資料乙" in said) == (False, True)
    scope = DocumentScope(event_id=event_id)
    (doubt,) = read_doubts(world.store, scope=scope, kind=LIST, today=DAY)
    assert doubt == "「見本ひばり自治会」の資料「資料甲」は、配る承諾がないため、配布資料に入れていません。"

    reason = {"許諾": ("確認中", "会長が電話で承諾")}
    answer_rights(acting(world.store), material_id=first, answers=reason)
    assert [one.material.title for one in gathered(world, [first]).files] == ["資料甲"]
    assert read_doubts(world.store, scope=scope, kind=handout_sets.KIND, today=DAY) == (
        "「資料甲」は、「見本ひばり自治会」から配る承諾を受けていません（理由：会長が電話で承諾）。",
    )
    assert "資料甲" in said_by(build_document(world.store, event_id=event_id, kind=LIST, now=NOW))
    assert handout_sets.read_handouts(world.store, event_id=event_id).rows[0].ready
    (doubt,) = read_doubts(world.store, scope=scope, kind=LIST, today=DAY)
    assert doubt.endswith("（理由：会長が電話で承諾）。")
