"""The pages of the next year from start to end: F6 on a list, keys 1 to 5 and 0, a changed source, the
form, the memo."""

from PySide6.QtCore import Qt

from app.events.agreements.screens.agreements_screen import AgreementsScreen
from app.widgets.dialogs.form_dialog import FormDialog
from app.year_end.proposal.screens.evidence_collector import EvidenceCollector
from app.year_end.proposal.screens.memo_screen import MemoScreen
from app.year_end.proposal.screens.proposal_dialogs import PlansDialog, PoliciesDialog, TotalsDialog
from app.year_end.proposal.screens.proposal_screen import ProposalScreen
from app.year_end.proposal.services import FORM, MEMO
from db.records.agreements import Agreement
from db.records.programme import Programme
from db.records.year.proposal import Evidence, MemoAmount, PlanLine, PolicyLine
from db.rows import by_id, rows
from tests.support.doing import do
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, rows_in_sight, shown
from tests.support.waiting import wait_idle


def evidence(desk):
    return rows(desk.store.database, Evidence)


def test_a_row_is_collected_by_one_key_put_to_an_issue_and_printed(qtbot, desk):
    EvidenceCollector(desk, desk)
    listed = shown(qtbot, AgreementsScreen(desk), desk)
    known = {one.source_key for one in evidence(desk) if one.source_kind == "協議"}
    listed.table.choose(lambda one: str(one.id) not in known and bool(one.record.decision))
    chosen = str(listed.table.current().id)
    with qtbot.waitSignal(desk.saved):
        qtbot.keyClick(listed.table.view, Qt.Key.Key_F6)
    wait_idle(qtbot, desk)
    (new,) = [one for one in evidence(desk) if one.source_key == chosen and one.source_kind == "協議"]
    listed.close()

    screen = shown(qtbot, ProposalScreen(desk), desk, width=1366)
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    assert screen.paper.content.kind == FORM
    assert len(screen.table.model.records()) == len(evidence(desk))
    for key, issue in ((Qt.Key.Key_5, 5), (Qt.Key.Key_0, 0), (Qt.Key.Key_3, 3)):
        screen.table.choose(lambda one: one.id == new.id)
        with qtbot.waitSignal(desk.saved):
            qtbot.keyClick(screen.table.view, key)
        wait_idle(qtbot, desk)
        assert by_id(desk.store.database, Evidence, new.id).issue == issue

    with desk.store.change(action="協議の記録を変えた", by=BY, now=NOW, subject="agreements") as change:
        change.update(Agreement, int(chosen), decision="やめる。")
    do(qtbot, desk, screen.reload)
    screen.table.choose(lambda one: one.id == new.id)
    assert screen.changed.isVisible()
    assert screen.take.isVisible()
    assert new.said in screen.choice.words()
    do(qtbot, desk, screen.take.click)
    assert "やめる" in by_id(desk.store.database, Evidence, new.id).said
    assert not screen.take.isVisible()

    screen.totals.click()
    totals = dialog_over(screen, TotalsDialog)
    wait_idle(qtbot, desk)
    before = len(evidence(desk))
    do(qtbot, desk, totals.table.opened.emit, totals.table.model.record(0))
    assert len(evidence(desk)) == before + 1
    totals.reject()

    screen.policies.click()
    policies = dialog_over(screen, PoliciesDialog)
    wait_idle(qtbot, desk)
    policies.lines.add_button.click()
    form = dialog_over(policies, FormDialog)
    assert form.form.value("organisation_id") == "", "nobody chose a 団体 yet"
    view = policies.view
    one, other = [key for key in view.members if key not in {each.line.organisation_id for each in view.policies}][:2]
    for chosen in (one, other):
        form.form.set_values({"organisation_id": chosen})
        form.form.changed.emit("organisation_id")
        assert form.form.value("stage") == view.stages[chosen]
    form.form.set_values({"policy": "電話で様子を聞く。"})
    form.form.set_values({"organisation_id": one})
    form.form.changed.emit("organisation_id")
    assert form.form.value("policy") == "電話で様子を聞く。"
    before = len(rows(desk.store.database, PolicyLine))
    do(qtbot, desk, form.main.click)
    assert len(rows(desk.store.database, PolicyLine)) == before + 1
    policies.reject()

    screen.plans.click()
    plans = dialog_over(screen, PlansDialog)
    wait_idle(qtbot, desk)
    plans.lines.add_button.click()
    form = dialog_over(plans, FormDialog)
    form.form.set_values({"work": "入門講習会", "issues": "①、⑨"})
    form.main.click()
    assert form.form.problem_shown("issues") == "課題の番号は1から5までの数字で入力してください（例　1 4）。"
    form.form.set_values({"issues": "①④"})  # as the list shows them
    do(qtbot, desk, form.main.click)
    (plan,) = [one for one in rows(desk.store.database, PlanLine) if one.work == "入門講習会"]
    assert plan.issues == (1, 4)
    plans.reject()


def test_a_contract_without_a_proposal_has_no_day_to_agree_on(qtbot, desk):
    with desk.store.change(action="契約を直した", by=BY, now=NOW, subject="programme") as change:
        change.update(Programme, 1, proposal_period="")
    screen = shown(qtbot, ProposalScreen(desk), desk, width=1366)
    assert screen.due.text() == "この契約では求めていません"


def test_the_memo_is_typed_adds_up_and_says_that_it_stays(qtbot, desk):
    screen = shown(qtbot, MemoScreen(desk), desk, width=1366)
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    assert screen.paper.content.kind == MEMO
    screen.amounts.table.choose(lambda one: one.item == "委託料")
    screen.amounts.edit_button.click()
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values({"next_year": 3135, "reason": "165千円×1"})
    do(qtbot, desk, dialog.main.click)
    (changed,) = [one for one in rows(desk.store.database, MemoAmount) if one.item == "委託料"]
    assert changed.next_year == 3135
    do(qtbot, desk, screen.reload)
    # The sum that was typed at the top no longer holds, and no paper comes of it.
    assert "計が合いません" in screen.problem.words()
    assert not screen.paper.pdf_button.isVisible()


def test_in_large_letters_six_pieces_of_evidence_are_in_sight(qtbot, desk):
    screen = shown(qtbot, ProposalScreen(desk), desk, width=925, height=530)
    assert rows_in_sight(screen.table) >= 6
    assert not screen.basis.isVisible()
    assert screen.due.toolTip() == screen.basis.text() != ""
    assert screen.export.isVisible()
