"""帳票 of the year: on the same shelf, with the same preview, saving and log as the papers of an event."""

from app.documents.screens.outgoing_log import OutgoingDialog
from app.documents.screens.save_dialog import SaveDocumentDialog
from app.documents.services.document_context import letter_of
from app.documents.services.document_scope import DocumentScope
from app.ledgers.services.ledger import LEDGERS
from app.surveys.compare.documents import KIND
from app.year_end.document_library.screens import DocumentsScreen, DocumentsTab
from app.year_end.summary.documents import YEAR_REPORT_KIND as YEAR_REPORT
from db.tables import documents
from tests.support.doing import do
from tests.support.paper_words import said_by
from tests.support.sample_desk import dialog_over, shown

OF_THE_YEAR = (
    "契約台帳", "アドバイザー派遣募集要項", "アドバイザー派遣希望票", "起案資料（派遣の選定）", "協議記録一覧",
    "年間計画",
    "従事者・配置表（様式）", "物品持込許可申請書（様式）", "管理責任者選任届（様式）", "教育実施報告書（様式）",
    "管理責任者・従事者変更届（様式）", "再委託先安全管理措置確認書（様式）", "返還・廃棄証明書（様式）",
    "事故等報告書（様式）", "事故対応訓練・手順確認記録（様式）", "許可・承認申請書（様式）",
    "提出物と遅れの一覧", "返還・廃棄の指示", "供覧票", KIND, YEAR_REPORT, "照会への回答", "業務完了届",
    "検査調書別紙", "請求書の点検票", "検査調書", "検査結果通知", "提案書の様式", "予算要求・次年度仕様書 検討メモ",
    "引継書", "データ返還一式", "今週の予定",
)  # fmt: skip
"""All of them can be made of the sample year, but for the result of a 検査 that nobody recorded."""


def test_the_year_has_its_own_shelf_whose_papers_are_saved_and_logged(qtbot, desk, tmp_path):
    screen = shown(qtbot, DocumentsScreen(desk), desk, kind=KIND)
    qtbot.waitUntil(lambda: screen.paper.content is not None)

    assert screen.heading.text() == "年度の帳票"
    found = [(row.group, row.kind, row.is_ready) for row in screen.list.model.records()]
    assert [one for one in found if one[0] == "年度"] == [
        ("年度", kind, kind != "検査結果通知") for kind in OF_THE_YEAR
    ]
    assert {kind for shelf, kind, _ready in found if shelf == "管理簿"} == {
        "クラウドサービス確認票",
        "クラウドサービスのリスク確認票",
        "個人情報ファイル簿の記載事項",
        *(ledger.title for ledger in LEDGERS if ledger.in_document_library and not ledger.printed_in),
    }
    assert screen.paper.preview.page_count() > 1
    assert screen.letter.isVisible()

    screen.paper.pdf_button.click()
    qtbot.waitUntil(lambda: bool(screen.findChildren(SaveDocumentDialog)))
    dialog = dialog_over(screen, SaveDocumentDialog)
    dialog.choose_folder(tmp_path)
    do(qtbot, desk, dialog.main.click)

    assert (tmp_path / "R8-アンケート中間集計-20261201.pdf").read_bytes().startswith(b"%PDF")
    row = documents.all_outgoing(desk.store.database)[0]
    assert (row.document_kind, row.event_id, row.programme_id) == (KIND, None, 1)
    qtbot.waitUntil(lambda: len(screen.log.model.records()) == 1)

    do(qtbot, desk, screen.everything.click)
    everything = dialog_over(screen, OutgoingDialog).table.model
    column = [one.key for one in everything.columns].index("paper")
    assert everything.columns[column].show(everything.record(0)).second == "年度全体"


def test_the_year_has_its_state_and_its_texts_in_the_window(qtbot, desk):
    screen = shown(qtbot, DocumentsScreen(desk), desk, height=900, kind=KIND)
    # As the window does: every visible screen reads again after a change.
    desk.changed.connect(screen.reload)
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    (field,) = screen.texts.fields
    assert screen.words.isVisible()

    field.editor.show_value("中級の講習を増やす。")
    do(qtbot, desk, field.save)
    qtbot.waitUntil(lambda: "中級の講習を増やす。" in said_by(screen.paper.content))

    assert field.back.isHidden(), "the app has no words of its own to go back to"
    assert field.state.isHidden()

    do(qtbot, desk, screen.letter._group.button(2).click)
    scope = DocumentScope(fiscal_year=2026)
    assert letter_of(desk.store, scope, KIND, on=desk.today()).form == "公文書"
    assert all(one.isVisible() for one in screen.letter.steps)

    screen.list.choose(lambda row: row.kind == "契約台帳")
    qtbot.waitUntil(lambda: screen.paper.kind == "契約台帳")
    assert not screen.words.isVisible()


def test_a_workbook_alone_is_neither_printed_nor_a_pdf_and_a_name_of_before_opens_its_paper(qtbot, desk):
    screen = shown(qtbot, DocumentsTab(desk), desk, event_id=2, kind="実施報告書の数字（様式）")
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    buttons = (screen.paper.print_button, screen.paper.pdf_button, screen.paper.xlsx_button)
    assert [one.isVisible() for one in buttons] == [False, False, True]
    assert "Excelで保存" in dict(screen.more.entries()) or screen.paper.xlsx_button.is_filled

    screen.open_with(event_id=2, kind="配布資料チェック表")
    screen.reload()
    qtbot.waitUntil(lambda: screen.paper.kind == screen.kind == "当日進行表・機材チェック表")
    assert screen.list.current().kind == screen.kind
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    assert [one.isVisible() for one in buttons] == [True, True, False]
    assert "Excelで保存" in dict(screen.more.entries())
    assert screen.paper.preview.page_count() == 2
