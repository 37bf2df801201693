"""The list under a line in which a 団体 is looked for says how many more there are than it shows, and by which former
name it found one."""

import pytest
from PySide6.QtCore import Qt

from app.actions.action_context import ActionContext
from app.registers.register.parts import OrganisationFinder, organisation_entry_field, organisation_picker
from app.registers.register.screens import register_columns
from app.registers.register.services.organisations import create_organisation, list_organisations, update_organisation
from app.registers.register.services.search import find_organisations
from db.records.organisations import Organisation
from tests.support.doing import do
from tests.support.sample import BY, NOW
from tests.support.sample_desk import session, shown

WHO = {"by": BY, "now": NOW}


def typed(qtbot, picker, text):
    picker.line.setFocus()
    picker.line.setText(text)
    picker.line.textEdited.emit(text)
    do(qtbot, picker._app_context, picker.find_now)


@pytest.mark.parametrize("adds", [None, True, False])
def test_it_says_how_many_more_there_are(tmp_path, qtbot, adds):
    with session(tmp_path) as desk:
        picker = (
            organisation_entry_field(desk)
            if adds is None
            else OrganisationFinder(desk, allow_new=adds, is_overlay=adds)
        )
        shown(qtbot, picker, desk)
        many = len(find_organisations(desk.store, text="町会", limit=200))
        typed(qtbot, picker, "町会")
        most = 8 if adds is False else 5
        words = f"ほか{many - most}件　続けて打つと絞れます"
        lines = [picker.list.item(row).text() for row in range(picker.list.count())]
        if adds is False:
            assert picker.status_label.text() == words
            assert len(lines) == most
            return
        assert lines[-1] == words
        assert len(lines) == most + 1 + (adds is True)
        bottom = picker.list.visualItemRect(picker.list.item(len(lines) - 1)).bottom()
        assert bottom <= picker.list.viewport().height(), "without scrolling"
        for _press in range(len(lines) + 1):
            qtbot.keyClick(picker.line, Qt.Key.Key_Down)
        assert picker.list.currentRow() == len(lines) - 2, "it is no line to be taken"
        typed(qtbot, picker, find_organisations(desk.store, text="町会")[0].organisation.name)
        assert not any("ほか" in picker.list.item(row).text() for row in range(picker.list.count()))


def renamed(desk):
    """A 団体 that was renamed twice, and back once: 「もとの名町会」「つぎの名町会」 → 「いまの名自治会」."""
    store, branch = desk.store, "第97支部"
    made = create_organisation(
        ActionContext(store, **WHO), organisation=Organisation(branch=branch, name="もとの名町会")
    ).id
    for name in ("いまの名自治会", "つぎの名町会", "いまの名自治会"):
        update_organisation(ActionContext(store, **WHO), organisation=Organisation(id=made, branch=branch, name=name))
    return made


@pytest.mark.parametrize("text", ["もとの名町会", "モトノ名", "第97支部 もとの名"])
def test_the_row_says_by_which_former_name_alone_it_was_found(tmp_path, qtbot, text):
    with session(tmp_path) as desk:
        made = renamed(desk)
        for picker, words, stands in (
            (organisation_entry_field(desk), "いまの名自治会（第97支部）　旧称 もとの名町会", "いまの名自治会"),
            (
                organisation_picker(desk, title="団体", hint=""),
                "いまの名自治会（第97支部）　旧称 もとの名町会",
                "いまの名自治会（第97支部）",
            ),
            (OrganisationFinder(desk), "いまの名自治会　第97支部　旧称 もとの名町会", "いまの名自治会"),
        ):
            shown(qtbot, picker, desk)
            typed(qtbot, picker, text)
            assert picker.list.item(0).text() == words
            picker.list.itemClicked.emit(picker.list.item(0))
            assert picker.text == stands, "what is taken is called as it is now"
        (row,) = list_organisations(desk.store, text=text).rows
        assert (row.organisation.id, register_columns._name(row).second) == (made, "旧称 もとの名町会")


def test_who_is_found_as_it_is_called_now_has_no_former_name_beside_it(tmp_path, qtbot):
    with session(tmp_path) as desk:
        made = renamed(desk)
        for text in ("いまの名", "第97支部", "いまの名 第97支部"):
            (hit,) = find_organisations(desk.store, text=text)
            assert (hit.id, hit.former_name_words) == (made, "")
        (hit,) = find_organisations(desk.store, text="つぎの名")
        assert hit.former_name_words == "旧称 つぎの名町会"


def test_a_new_name_beside_known_ones_is_taken_at_the_second_enter(tmp_path, qtbot):
    with session(tmp_path) as desk:
        renamed(desk)
        picker = shown(qtbot, OrganisationFinder(desk, allow_new=True), desk)
        typed(qtbot, picker, "いまの名")
        qtbot.keyClick(picker.line, Qt.Key.Key_Down)
        qtbot.keyClick(picker.line, Qt.Key.Key_Return)
        assert (picker.new_name, picker.list.currentItem().text()) == (
            "",
            "もう一度Enterで、「いまの名」を新しく加える",
        )
        qtbot.keyClick(picker.line, Qt.Key.Key_Return)
        assert picker.new_name == "いまの名"
