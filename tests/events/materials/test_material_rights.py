"""The rights of a handout hold back printing and using it again, each with a sentence, and a reason answers."""

import io
from functools import partial

import pikepdf
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.events.materials.services import handout_sets, materials
from app.events.materials.services.material_rights import answer_rights, reuse_material, reuse_targets
from app.events.materials.services.materials import set_result, withdraw_result
from db.records.submissions.materials import Material, MaterialResult, MaterialVersion
from db.rows import by_id, row
from tests.support.sample import BY, NOW, event_id

pytestmark = pytest.mark.sample_year

acting = partial(ActionContext, by=BY, now=NOW)


def handout(store, number):
    """A handout that was confirmed, with its kept file."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    kept = io.BytesIO()
    pdf.save(kept)
    material_id = materials.add_material(acting(store), event_id=number, title="見本の操作手順書").id
    version = materials.receive_version(
        acting(store), material_id=material_id, name="手順書.pdf", data=kept.getvalue()
    ).id
    materials.set_result(acting(store), version_id=version, result=MaterialResult.CHECKED)
    return material_id


def answer(store, material_id, right, state, reason=""):
    return answer_rights(acting(store), material_id=material_id, answers={right: (state, reason)})


def printable(store, number, material_id):
    view = handout_sets.read_handouts(store, event_id=number)
    return next(one for one in view.rows if one.material.id == material_id)


def test_printing_is_held_until_the_right_is_settled_or_a_reason_is_written(store):
    number = event_id(store, "講習会", 6)
    material_id = handout(store, number)
    assert printable(store, number, material_id).ready
    answer(store, material_id, "生成AI", "承諾なし")
    held = printable(store, number, material_id)
    assert not held.ready
    assert held.remark == "「見本の操作手順書」は、生成AIが「承諾なし」のため、印刷できません。"
    with pytest.raises(UserError, match="生成AIが「承諾なし」"):
        handout_sets.gather_handouts(store, event_id=number, material_ids=(material_id,))
    answer(store, material_id, "生成AI", "承諾なし", "該当の図を除いて配る")
    assert printable(store, number, material_id).ready
    assert handout_sets.gather_handouts(store, event_id=number, material_ids=(material_id,)).files
    kept = by_id(store.database, Material, material_id)
    assert (kept.rights["生成AI"].reason, kept.rights["生成AI"].by) == ("該当の図を除いて配る", BY)


def test_using_it_again_asks_for_the_right_and_takes_file_and_rights_along(store):
    number, other = event_id(store, "講習会", 6), event_id(store, "講習会", 7)
    material_id = handout(store, number)
    assert other in [one.event_id for one in reuse_targets(store, material_id=material_id, today=NOW.date())]
    with pytest.raises(UserError, match="次年度再利用が「未確認」"):
        reuse_material(acting(store), material_id=material_id, event_id=other)
    with pytest.raises(UserError, match="条件"):
        answer(store, material_id, "次年度再利用", "条件付き")
    answer(store, material_id, "次年度再利用", "使えない")
    with pytest.raises(UserError, match="使えない"):
        reuse_material(acting(store), material_id=material_id, event_id=other)
    made = reuse_material(acting(store), material_id=material_id, event_id=other, reason="受託者と協議した").id
    copy = by_id(store.database, Material, made)
    version = row(store.database, MaterialVersion, material_id=made)
    first = row(store.database, MaterialVersion, material_id=material_id)
    assert (copy.event_id, copy.rights["次年度再利用"].state) == (other, "使えない")
    assert (version.file_id, version.received_how, version.result) == (first.file_id, "再利用", None)
    assert version.result_note == "再利用の理由：受託者と協議した"
    with pytest.raises(UserError, match="もうあります"):
        reuse_material(acting(store), material_id=material_id, event_id=other, reason="もう一度")


def test_why_it_is_used_again_stays_when_it_is_judged(store):
    number, other = event_id(store, "講習会", 1), event_id(store, "講習会", 6)
    material_id = handout(store, number)
    context = acting(store)
    answer(store, material_id, "次年度再利用", "使えない")
    made = reuse_material(context, material_id=material_id, event_id=other, reason="協議した").id

    def version():
        return row(store.database, MaterialVersion, material_id=made)

    for _again in range(2):
        set_result(context, version_id=version().id, result=MaterialResult.CHECKED)
        assert version().result_note == "再利用の理由：協議した"
        withdraw_result(context, version_id=version().id, reason="押しまちがい")
        assert version().result_note == "再利用の理由：協議した\n取消：押しまちがい"


def test_an_answer_is_taken_back_and_a_reason_needs_an_answer(store):
    material_id = handout(store, event_id(store, "講習会", 6))
    answer(store, material_id, "許諾", "許諾なし")
    answer(store, material_id, "生成AI", "使っていない")
    with pytest.raises(UserError, match="「許諾」は未確認のまま"):
        answer(store, material_id, "許諾", "", "問い合わせている")
    assert answer(store, material_id, "許諾", "").message == "「見本の操作手順書」の許諾を「未確認」にしました。"
    assert list(by_id(store.database, Material, material_id).rights) == ["生成AI"]
    with pytest.raises(UserError, match="変わった権利がありません"):
        answer(store, material_id, "許諾", "")


def test_only_what_is_confirmed_is_used_again_and_words_that_no_right_has_are_refused(store):
    number = event_id(store, "講習会", 6)
    open_one = materials.add_material(acting(store), event_id=number, title="まだ").id
    with pytest.raises(UserError, match="確認済ではありません"):
        reuse_material(acting(store), material_id=open_one, event_id=event_id(store, "講習会", 7))
    with pytest.raises(UserError):
        answer(store, open_one, "許諾", "使える")
