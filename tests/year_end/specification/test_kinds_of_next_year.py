"""Kinds of event that the next 仕様書 brings, renames or leaves out: proposed, confirmed, used by the next year."""

import pytest

from app.actions.user_error import UserError
from app.widgets.buttons import Button
from app.year.dates.services import next_year_draft
from app.year_end.specification import services as spec
from app.year_end.specification.screens import NextKindDialog, SpecificationScreen
from db.records.event_form import EventForm
from db.records.programme import EventKind
from db.records.year.specification import NextValue, SpecificationText, SpecificationYear
from db.rows import rows
from db.tables.journal import entries
from tests.support.doing import do
from tests.support.sample import BY, NOW, acting
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.specification import THIS_YEAR, file_of

NEXT = (
    THIS_YEAR.replace("令和9年3月31日", "令和10年3月31日").replace("令和8年", "令和9年").replace("講習会", "講座")
).replace(
    "5 支払",
    """(2) 意見交換会の実施
意見交換会を開催すること。
ア 実施回数
全2回
(3) 提案書の提出
次年度の提案を行うこと。
(4) スマートフォン出前相談の実施
団体のところで個別の相談に応じること。
ア 実施期間
令和9年10月1日から令和10年2月28日まで
イ 実施団体数
12団体程度
ウ 参加人数
各回1人から6人まで。前日までではなく、実施日の3日前までに連絡する。
エ 実施時間
各回30分
オ 実施報告
14日以内に実施報告書を提出すること。
5 支払""",
)


@pytest.fixture
def desk(qapp, tmp_path):
    with session(tmp_path) as made:
        with made.store.change(action="空にする", by=BY, now=NOW, subject="specification") as change:
            for kind in (NextValue, SpecificationText):
                for one in rows(made.store.database, kind):
                    change.delete(kind, one.id)
        spec.save_text(
            acting(made.store), fiscal_year=2026, side=SpecificationYear.NEXT, file=file_of(NEXT, "案.txt"), text=NEXT
        )
        yield made


def test_a_new_kind_a_renamed_one_and_one_that_is_gone_are_asked_about_and_the_next_year_starts_so(desk, qtbot):
    screen = shown(qtbot, SpecificationScreen(desk), desk, width=1366)
    proposed = {one.proposal.name: one for one in screen.view.kinds}
    assert {name: one.proposal.is_new for name, one in proposed.items()} == {
        "デジタル活用講座": True,
        "スマートフォン出前相談": True,
        "講習会": False,
        "派遣": False,
    }
    assert proposed["スマートフォン出前相談"].proposal.form is EventForm.VISIT
    assert proposed["スマートフォン出前相談"].stated == (
        "令和9年10月1日",
        "令和10年2月28日",
        "12団体程度",
        "1人から6人",
        "3日前",
        "30分",
        "14日以内",
    )

    screen.kinds.add_asked.emit(proposed["スマートフォン出前相談"])
    dialog = dialog_over(screen, NextKindDialog)
    dialog.form.set_values(dialog.form.values() | {"name": "出前相談", "sign": "派"})
    do(qtbot, desk, dialog.main.click)
    assert "派" in dialog.refusal.words()
    dialog.form.set_values(dialog.form.values() | {"sign": "出"})
    do(qtbot, desk, dialog.main.click)

    do(qtbot, desk, screen.reload)
    screen.kinds.add_asked.emit(next(one for one in screen.view.kinds if one.proposal.name == "デジタル活用講座"))
    dialog = dialog_over(screen, NextKindDialog)
    dialog.form.set_values(dialog.form.values() | {"kind": "講習会", "name": "講座", "sign": "講"})
    do(qtbot, desk, dialog.main.click)
    do(qtbot, desk, screen.kinds.answered.emit, proposed["派遣"], False)

    draft = next_year_draft(desk.store, today=NOW.date())
    assert [(one.kind, one.name, one.title, one.position) for one in draft.numbers] == [
        ("講習会", "講座", "デジタル活用講座", 1),
        ("意見交換会", "意見交換会", "デジタル意見交換会", 2),
        ("出前相談", "出前相談", "スマートフォン出前相談", 3),
    ]
    added: EventKind = draft.numbers[-1]
    assert (added.planned, added.strict, added.people_min, added.people_max, added.minutes) == (12, False, 1, 6, 30)
    assert (added.headcount_period, added.report_period) == ("3日前", "14日以内")
    assert (added.clause_item, added.clause_people, added.clause_material) == ("仕4(4)", "仕4(4)ウ", "")
    assert added.window_end.isoformat() == "2028-02-28"

    do(qtbot, desk, screen.reload)
    assert all(one.confirmed is not None for one in screen.view.kinds)
    line = next(one for one in screen.view.kinds if one.proposal.clause == "4(4)")
    do(qtbot, desk, screen.kinds.withdraw_asked.emit, line)
    assert len(next_year_draft(desk.store, today=NOW.date()).numbers) == 2
    assert not [one for one in rows(desk.store.database, NextValue) if one.key.startswith("出前相談.")]


def test_the_kinds_of_the_next_year_are_told_apart_when_they_are_confirmed(desk):
    act = acting(desk.store)
    item = {"fiscal_year": 2026, "form": EventForm.VISIT, "title": "スマートフォン出前相談"}
    spec.rename_next_kind(
        act, fiscal_year=2026, kind="講習会", clause="4(1)", title="デジタル講座", name="講座", sign="座"
    )
    with pytest.raises(UserError, match="講座"):
        spec.add_next_kind(act, **item, clause="4(4)", name="講座", sign="出")
    with pytest.raises(UserError, match="座"):
        spec.add_next_kind(act, **item, clause="4(4)", name="出前相談", sign="座")
    spec.answer_next_kind(act, fiscal_year=2026, kind="派遣", is_used=False)
    spec.add_next_kind(act, **item, clause="4(4)", name="出前相談", sign="派")
    with pytest.raises(UserError, match="もうつぎの年度の種類の名前です"):
        spec.add_next_kind(act, **item, clause="4(3)", name="出前相談", sign="提")
    with pytest.raises(UserError, match="派"):
        spec.answer_next_kind(act, fiscal_year=2026, kind="派遣", is_used=True)
    left_out = next(one for one in rows(desk.store.database, NextValue) if one.key == "種類.派遣")
    with pytest.raises(UserError, match="派"):
        spec.withdraw_kind(act, fiscal_year=2026, value_id=left_out.id)
    assert [one.sign for one in next_year_draft(desk.store, today=NOW.date()).numbers] == ["座", "意", "派"]


def test_the_numbers_of_a_kind_that_is_left_out_are_not_asked_for(desk):
    def asked():
        view = spec.read_specification(desk.store, fiscal_year=2026, today=NOW.date())
        return {one.value.key.partition(".")[0] for one in view.unconfirmed_numbers}

    act = acting(desk.store)
    assert asked() == {"年度", "講習会", "派遣", "意見交換会"}
    spec.answer_next_kind(act, fiscal_year=2026, kind="派遣", is_used=False)
    assert asked() == {"年度", "講習会", "意見交換会"}


def test_an_item_that_is_no_kind_is_said_to_be_none_and_words_that_are_missing_are_refused(desk, qtbot):
    act = acting(desk.store)
    screen = shown(qtbot, SpecificationScreen(desk), desk, width=1366)
    names = {one.accessibleName(): one for one in screen.kinds.findChildren(Button)}
    do(qtbot, desk, names["スマートフォン出前相談　種類ではない"].click)
    assert entries(desk.store.database, limit=1)[0].action == "つぎの年度の種類：仕4(4)は種類ではない"
    line = next(
        one
        for one in spec.read_specification(desk.store, fiscal_year=2026, today=NOW.date()).kinds
        if one.proposal.clause == "4(4)"
    )
    assert line.answer == "種類ではない"
    assert len(next_year_draft(desk.store, today=NOW.date()).numbers) == 3
    given = {"fiscal_year": 2026, "clause": "4(4)", "form": EventForm.VISIT, "title": "出前", "sign": "出"}
    with pytest.raises(UserError, match="名前が読めません"):
        spec.add_next_kind(act, name="", **given)
    with pytest.raises(UserError, match="「講習会」は、この年度の種類の名前です"):
        spec.add_next_kind(act, name="講習会", **given)
    with pytest.raises(UserError, match="仕様書にありません"):
        spec.add_next_kind(act, name="出前", **given | {"clause": "4(9)"})


def test_a_name_in_two_words_is_refused_before_it_is_kept_as_two(desk):
    store = desk.store
    with pytest.raises(UserError, match="種類の名前が読めません"):
        spec.rename_next_kind(
            acting(store), fiscal_year=2026, kind="講習会", clause="4(1)", title="ICT講座", name="ICT　講", sign="座"
        )
