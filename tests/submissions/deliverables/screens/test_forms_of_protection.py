"""A form of the 特記事項 that came back, in 資料・報告: its items, and what it is the next version of."""

from io import BytesIO

import openpyxl

from app.received.services import ReceiptScope, received_of_kind
from app.submissions.deliverables.parts import ReceiveDialog
from app.submissions.deliverables.rules import year_form_definitions as pages
from app.submissions.deliverables.screens.form_preview_dialog import FormPreviewDialog
from tests.support import submission_forms as made
from tests.support.doing import do
from tests.support.sample import NOW
from tests.support.sample_desk import dialog_over, session
from tests.support.turns_pages import turns_shown
from tests.support.waiting import wait_idle

HEAD = {
    "事故の報": "続報", "事故の種別": "事故", "事故の把握日": "2026/11/27", "事故の把握時刻": "17:05",
    "事故の第一報日": "2026/11/27", "事故の第一報時刻": "17:10", "事故の内容": "名簿の置き忘れ", "事故の数量": "調査中",
    "事故の場所": "会場", "事故の状況": "調査中",
}  # fmt: skip


def test_a_report_of_an_incident_shows_its_items_and_follows_the_one_before(qtbot, tmp_path):
    with session(tmp_path) as desk:
        screen = turns_shown(qtbot, desk, kind="提案書")
        wait_idle(qtbot, desk)
        path = tmp_path / "事故等報告書.xlsx"
        path.write_bytes(made.filled(made.year_form(desk.store, pages.INCIDENT, NOW), HEAD))
        screen.take_file(path)
        qtbot.waitUntil(lambda: bool(screen.findChildren(FormPreviewDialog)))
        dialog = dialog_over(screen, FormPreviewDialog)
        wait_idle(qtbot, desk)
        assert "名簿の置き忘れ" in [one.theirs for one in dialog.view.lines]
        ((before, words, likely),) = dialog.view.earlier
        assert (dialog.form.value("follows"), likely) == (0, False)
        assert words.endswith("（第2版）のつぎの版")
        dialog.form.set_values({"follows": before})
        do(qtbot, desk, dialog.main.click)
        papers = received_of_kind(desk.store, "事故等報告書", ReceiptScope(programme_id=1))
        assert [(one.matter, one.version) for one in papers] == [(1, 1), (1, 2), (1, 3)]


def test_every_row_of_a_form_says_what_becomes_of_it(qtbot, tmp_path):
    with session(tmp_path) as desk:
        screen = turns_shown(qtbot, desk, kind="提案書")
        wait_idle(qtbot, desk)
        form = made.year_form(desk.store, pages.CHANGES, NOW)
        sheet = openpyxl.load_workbook(BytesIO(form))["変更"]
        first = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "届け出た氏名") + 1
        rows = (
            ("受託見本　一郎", "所属", "見本企画株式会社", "別企画株式会社", "2026/11/20", "出向"),
            ("見本　知らぬ", "所属", "a", "b", "2026/11/20"),
        )

        def write(book):
            for row, line in enumerate(rows, first):
                for column, value in enumerate(line, 1):
                    book["変更"].cell(row=row, column=column, value=value)

        path = tmp_path / "変更届.xlsx"
        path.write_bytes(made.filled(form, {}, write))
        screen.take_file(path)
        qtbot.waitUntil(lambda: bool(screen.findChildren(FormPreviewDialog)))
        dialog = dialog_over(screen, FormPreviewDialog)
        wait_idle(qtbot, desk)
        shown = [[dialog.table.model.cell(row, column).text for column in (2, 3)] for row in range(2)]
        assert [state for state, _why in shown] == ["訂正する", dialog.view.rows[1].state]
        assert [why for _state, why in shown] == [one.explanation for one in dialog.view.rows]
        assert shown[1][1]


def test_a_paper_that_follows_another_is_asked_for_at_its_receipt_and_only_of_its_kind(qtbot, tmp_path):
    with session(tmp_path) as desk:
        screen = turns_shown(qtbot, desk, kind="提案書")
        wait_idle(qtbot, desk)
        (there,) = received_of_kind(desk.store, "変更届", ReceiptScope(programme_id=1))
        earlier = ((there.id, "9/7に受領した変更届（第1版）のつぎの版", True),)
        dialog = ReceiveDialog(screen, 1, kind="変更届", earlier=earlier)
        dialog.open()
        assert dialog.form.value("follows") == there.id, "one that was sent back waits for its next version"
        dialog.form.set_values({"kind": "再委託の確認書", "original_place": "紙ファイル"})
        do(qtbot, desk, dialog.main.click)
        (other,) = received_of_kind(desk.store, "再委託の確認書", ReceiptScope(programme_id=1))
        assert (other.matter, other.version) == (1, 1)
        assert len(received_of_kind(desk.store, "変更届", ReceiptScope(programme_id=1))) == 1
