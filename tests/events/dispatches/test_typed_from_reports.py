"""What is typed from a received report of a 派遣: line by line as it stands there, and of which version it is."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.events.dispatches.rules import PLAN, STAGES, TOOLS, parse_plan_rows
from app.events.dispatches.screens.dispatch_dialogs import plan_dialog, stages_dialog
from app.events.dispatches.screens.support_panel import SupportPanel
from app.events.dispatches.services import support
from app.programme.intake import preset
from app.submissions.reports.services import report_check
from db.records.dispatches import DispatchFollowUp, DispatchSupport
from db.records.events import Event
from db.rows import row
from db.tables import reports
from tests.support.pressing import fill_in
from tests.support.sample import NOW, acting, event_id
from tests.support.sample_desk import session, shown

pytestmark = pytest.mark.sample_year

LINE = "R8.12／LINE/Instagramの使い分けを神田さんへ電話／受託者／月2回／結果を入れる"


def visit(store) -> Event:
    """A 派遣 that was held and has no report yet."""
    return row(store.database, Event, id=event_id(store, "派遣", 2))


def received(store, event_id) -> str:
    return report_check.receive_report(
        acting(store),
        event_id=event_id,
        data=b"%PDF-1.4",
        name="報告書.pdf",
        pages=1,
        received_on=NOW.date(),
        received_how="メール",
    ).message


def confirmed(store, event_id) -> str:
    newest = reports.reports_of_event(store.database, event_id)[-1]
    for point in preset().kinds[1].report_items:
        report_check.tick_point(acting(store), report_id=newest.id, point=point, found=True)
    figures = reports.figures_of_report(store.database, newest.id)
    settled = [report_check.SettledFigure(figure_id=one.id, theirs=one.ours) for one in figures]
    report_check.set_figures(acting(store), report_id=newest.id, settled=settled)
    return report_check.confirm_report(acting(store), report_id=newest.id, on=NOW.date()).message


def test_a_stroke_inside_the_words_of_a_plan_parts_nothing_and_no_character_is_replaced():
    assert parse_plan_rows(LINE) == (
        ("R8.12", "LINE/Instagramの使い分けを神田さんへ電話", "受託者", "月2回", "結果を入れる"),
    )
    assert parse_plan_rows("R8.12/電話/区\n\n R9.4 ／ 見直し ") == (("R8.12", "電話", "区"), ("R9.4", "見直し"))


def test_a_plan_line_with_more_parts_than_columns_is_named_and_not_cut(store):
    event = visit(store)
    received(store, event.id)
    with pytest.raises(UserError, match=r"「R8\.12」で始まる行が、6つに分かれています"):
        support.save_report_table(acting(store), event_id=event.id, key=PLAN, lines=parse_plan_rows(f"{LINE}／ほか"))


def test_the_dialog_keeps_the_plan_as_it_was_typed(qtbot, tmp_path):
    with session(tmp_path) as desk:
        store = desk.store
        event = visit(store)
        received(store, event.id)
        panel = shown(qtbot, SupportPanel(desk), desk, event_id=event.id)
        dialog = plan_dialog(panel.view, parent=panel)
        dialog.open()
        fill_in(qtbot, desk, dialog, {"plan": LINE})
        kept = row(store.database, DispatchSupport, event_id=event.id).tables[PLAN]
        assert kept == (tuple(LINE.split("／")),)


def test_what_was_typed_from_an_earlier_version_is_said_until_it_is_looked_at_again(store):
    event = visit(store)
    received(store, event.id)
    stages = (("LINE公式アカウント", "1", "3"),)
    support.save_report_table(acting(store), event_id=event.id, key=STAGES, lines=stages)
    assert support.read_support(store, event_id=event.id, today=NOW.date()).outdated_warning == ""
    assert "第1版から書き写した到達状況" in received(store, event.id)
    told = support.read_support(store, event_id=event.id, today=NOW.date()).outdated_warning
    assert told.startswith("第1版から書き写した到達状況")
    assert told in confirmed(store, event.id)
    support.save_report_table(acting(store), event_id=event.id, key=STAGES, lines=stages)
    assert support.read_support(store, event_id=event.id, today=NOW.date()).outdated_warning == ""


def test_the_page_says_it_beside_the_stages(qtbot, tmp_path):
    with session(tmp_path) as desk:
        event = visit(desk.store)
        received(desk.store, event.id)
        support.save_report_table(
            acting(desk.store), event_id=event.id, key=STAGES, lines=(("LINE公式アカウント", "1", "3"),)
        )
        received(desk.store, event.id)
        panel = shown(qtbot, SupportPanel(desk), desk, event_id=event.id)
        assert panel.outdated.isVisible()
        assert panel.outdated.words().startswith("第1版から書き写した到達状況")


def test_a_question_without_a_next_day_says_that_home_does_not_remind_of_it(store):
    def saved(**given) -> str:
        one = DispatchFollowUp(event_id=visit(store).id, asked_on=NOW.date(), question="画面に入れない", **given)
        return support.save_follow_up(acting(store), follow_up=one).message

    assert "ホームには出ません" in saved(state="対応中")
    assert "ホームに出ます" in saved(state="対応中", next_on=date(2026, 12, 8))
    assert "ホーム" not in saved(state="完了", answer="案内した")


def test_a_tool_that_nobody_wished_for_can_be_copied_from_the_report(qtbot, tmp_path):
    with session(tmp_path) as desk:
        store = desk.store
        event = visit(store)
        store.database.execute("UPDATE dispatch_wishes SET event_id = NULL")
        store.database.execute("UPDATE events SET tools = '[]' WHERE id = ?", [event.id])
        store.database.execute("DELETE FROM stage_marks")
        store.database.execute("UPDATE organisations SET stages = '{}'")
        received(store, event.id)
        panel = shown(qtbot, SupportPanel(desk), desk, event_id=event.id)
        assert panel.view.stage_lines == ()
        dialog = stages_dialog(panel.view, parent=panel)
        dialog.open()
        place = TOOLS.index("ホームページ")
        fill_in(qtbot, desk, dialog, {f"s{place}": "2"})
        kept = row(store.database, DispatchSupport, event_id=event.id).tables[STAGES]
        assert kept == (("ホームページ", "", "2"),)
