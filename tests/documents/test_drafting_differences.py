"""A 起案資料 is compared by what it decides, row by row; drafts and addressees are asked about at their letters."""

from datetime import timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.screens.letter_differences_panel import DifferencesDialog
from app.documents.services.document_saving import set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters.letter_corrections import agree_to_changes, answer_difference
from app.documents.services.kept_letters.letter_differences import read_comparison
from app.event.rules.recruitment import DECISION
from app.events.dispatches.documents import SELECTION
from app.events.letters.rules.letter_texts import DRAFTING
from app.events.roster.services.entry_changes import set_state
from app.widgets.buttons import Button
from app.year_end.document_library.screens import DocumentsScreen
from db.records.dispatches import DispatchRequest
from db.records.documents import DifferenceAnswer, KeptPaper, Letter, LetterForm, LetterState
from db.records.organisations import Organisation
from db.records.roster import Entry, EntryState
from db.rows import rows
from tests.support.doing import do
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import wait_idle

YEAR = DocumentScope(fiscal_year=2026)
EVENT = DocumentScope(event_id=7)


def reselect(store) -> None:
    """Correct what two requests of the decided selection were given, and the name of a third 団体."""
    first, second, third = rows(store.database, DispatchRequest)[:3]
    with store.change(action="選定を直した", by=BY, now=NOW) as change:
        change.update(DispatchRequest, first.id, reason="書き直した理由")
        change.update(DispatchRequest, second.id, outcome="不採択")
        change.update(Organisation, third.organisation_id, name="改名町会")


def test_a_selection_says_row_by_row_what_is_otherwise_than_decided(tmp_path):
    store = sample_store(tmp_path)
    assert read_comparison(store, scope=YEAR, kind=SELECTION, now=NOW).differences == ()
    first = rows(store.database, DispatchRequest)[0].reason
    reselect(store)
    found = {one.part: one for one in read_comparison(store, scope=YEAR, kind=SELECTION, now=NOW).differences}
    assert [one.change_words for one in found.values()][1:] == [
        "3団体 → 2団体",
        "2団体 → 3団体",
        f"選定の理由　{first} → 選定の理由　書き直した理由",
        "結果　採択 → 結果　不採択",
        "団体　見本みどりば町会 → 団体　改名町会",
    ]
    assert list(found)[1:] == ["採択", "不採択", "見本あおば町会", "見本そよかぜ自治会", "見本みどりば町会"]
    given = {"scope": YEAR, "kind": SELECTION, "differences": [found["見本そよかぜ自治会"].key]}
    with pytest.raises(UserError, match="出す書類ではありません"):
        answer_difference(acting(store), answer=DifferenceAnswer.WRONG, **given)
    answer_difference(acting(store), answer=DifferenceAnswer.NOT_TO_TELL, reason="入力を直した", **given)
    left = read_comparison(store, scope=YEAR, kind=SELECTION, now=NOW).differences
    assert "見本そよかぜ自治会" not in [one.part for one in left]


def test_who_agrees_to_a_changed_draft_agrees_to_its_letters_too(tmp_path):
    """The letters were forgotten, and the 起案資料 was kept as if it were one of them."""
    store = sample_store(tmp_path)
    before = ActionContext(store, BY, NOW - timedelta(days=1))
    set_letter_state(before, scope=EVENT, kind=DECISION, form=LetterForm.FORMAL, state=LetterState.IN_APPROVAL)
    (letter,) = rows(store.database, Letter, event_id=7, document_kind=DECISION)

    def kept():
        found = rows(store.database, KeptPaper, letter_id=letter.id)
        return sorted({one.document_kind for one in found}), {one.addressee for one in found} - {""}

    kinds, addressees = kept()
    gone = rows(store.database, Entry, event_id=7, state=EntryState.APPLIED)[0]
    for one in rows(store.database, Entry, event_id=7, organisation_id=gone.organisation_id):
        set_state(acting(store), entry_id=one.id, state=EntryState.WITHDRAWN)
    agree_to_changes(acting(store), scope=EVENT, kind=DRAFTING, agreed_on=NOW.date(), agreed_by="課長")
    assert kept()[0] == kinds
    assert len(addressees - kept()[1]) == 1
    for kind in (DRAFTING, DECISION):
        assert read_comparison(store, scope=EVENT, kind=kind, now=NOW).differences == ()


def test_the_shelf_leads_to_what_a_selection_says_otherwise(tmp_path, qtbot):
    with session(tmp_path) as desk:
        reselect(desk.store)
        screen = shown(qtbot, DocumentsScreen(desk), desk, width=1366)
        screen.open_with(kind=SELECTION)
        do(qtbot, desk, screen.reload)
        assert screen.notices.isVisible()
        next(one for one in screen.notices.findChildren(Button) if one.text() == "違いを見る").click()
        wait_idle(qtbot, desk)
        panel = dialog_over(screen, DifferencesDialog).panel
        panel.list.choose(lambda one: one.part == "見本そよかぜ自治会")
        box = panel.form.editor("answer")
        offered = [box.itemText(number) for number in range(box.count())]
        assert offered == ["選んでください", "あとで変わった", "伝えることではない"]
        screen.open_with(kind="年間計画")
        do(qtbot, desk, screen.reload)
        assert not screen.notices.isVisible()
