"""In the window: a paper that one name stops says which, and goes on for all others at a press."""

from PySide6.QtCore import Qt

from app.documents.screens.document_view import DRAW_WITH_GAPS, DocumentDialog
from app.events.roster.services.roster import read_roster
from db.records.organisations import Person
from tests.support.doing import do
from tests.support.sample import BY, NOW
from tests.support.sample_desk import empty_screen, shown

ODD = "見本 \ua9c1子"


def name_of_one(store, name: str) -> None:
    person = next(row.person for row in read_roster(store, event_id=2).coming_rows if row.person is not None)
    with store.change(action="届出", by=BY, now=NOW) as change:
        change.update(Person, person.id, name=name)


def test_the_one_name_is_said_and_a_press_makes_the_paper_of_all(qtbot, desk):
    do(qtbot, desk, desk.write, lambda act: name_of_one(act.store, ODD), lambda _none: None)
    dialog = shown(qtbot, DocumentDialog(empty_screen(qtbot, desk), event_id=2, kind="名札"), desk)
    view = dialog.view
    assert f"「{ODD}」の「\ua9c1」（U+A9C1）" in view.none.words()
    assert not view.pdf_button.isEnabled()
    button = next(one for one in view.none.findChildren(type(view.pdf_button)) if one.isVisible())
    assert DRAW_WITH_GAPS in button.text()
    do(qtbot, desk, qtbot.mouseClick, button, Qt.MouseButton.LeftButton)
    assert view.pdf_button.isEnabled()
    assert view.content is not None
    assert f"手で書き入れてください：「{ODD}」" in view.note.text()
    # Another paper begins anew: nobody goes on without having read.
    do(qtbot, desk, view.show_document, 2, "受付名簿")
    assert ODD in view.none.words()
    assert not view.allows_gaps
