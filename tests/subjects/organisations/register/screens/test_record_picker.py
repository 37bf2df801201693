"""The list under a line in which a 団体 is looked for says how many more there are than it shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.subjects.organisations.register.parts.organisation_finder import OrganisationFinder
from app.subjects.organisations.register.parts.record_picker import organisation_line
from app.subjects.organisations.register.services.search import find_organisations
from tests.support.sample_desk import session, shown
from tests.support.waiting import wait_idle


def typed(qtbot, picker, text):
    picker.line.setFocus()
    picker.line.setText(text)
    picker.line.textEdited.emit(text)
    picker.find_now()
    wait_idle(qtbot, picker._desk)


@pytest.mark.parametrize("adds", [None, True, False])
def test_it_says_how_many_more_there_are(tmp_path, qtbot, adds):
    with session(tmp_path) as desk:
        picker = organisation_line(desk) if adds is None else OrganisationFinder(desk, adds=adds, floats=adds)
        shown(qtbot, picker, desk)
        many = len(find_organisations(desk.store, text="町会", limit=200))
        typed(qtbot, picker, "町会")
        most = 8 if adds is False else 5
        words = f"ほか{many - most}件　続けて打つと絞れます"
        lines = [picker.list.item(row).text() for row in range(picker.list.count())]
        if adds is False:
            assert picker.told.text() == words
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
