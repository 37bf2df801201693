"""Dialog しおりの文面: edit the texts of a 当日のしおり, and check the proposals before printing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.documents.screens.passage_fields import PassageList
from app.documents.services.document_scope import DocumentScope
from app.subjects.events.day.rules.guide_texts import KIND
from app.subjects.events.day.services.guide_documents import GuideView, mark_guide_checked, read_guide
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.labels import Paragraph, label
from app.window.app_context import AppContext

CHECKED_WORDS = "見て確かめた"
_HOW = "1行に1つずつ書きます。手順・課題・困ったときは、はじめの言葉のあとを1文字空けて、説明を続けます。"
_PROPOSED_HINT = "AEDと避難場所は会場の一覧から、つぎに参加できる回は印刷する日の予定から、自動で入ります。"


class GuideDialog(SavingDialog):
    """Editor of the texts; each is saved when its field is left. Signals: those of ``SavingDialog``."""

    def __init__(self, app_context: AppContext, view: GuideView, parent: QWidget) -> None:
        super().__init__(
            app_context, "しおりの文面", view.title, main=CHECKED_WORDS, cancel="閉じる", width=720, parent=parent
        )
        self._event_id = view.event_id
        self.words = Paragraph()
        self.texts = PassageList(app_context)
        self.put(self.words, label(f"{_HOW}\n{_PROPOSED_HINT}", "small", wrap=True), self.texts, None)
        app_context.changed.connect(self._read)
        self._show(view)

    def _show(self, view: GuideView) -> None:
        self.words.show_text(view.words)
        self.texts.show_texts(DocumentScope(event_id=view.event_id), KIND, view.texts)
        self.main.setEnabled(bool(view.unchecked) and not self.app_context.read_only)

    def _read(self, *_what: object) -> None:
        self.run_read(self._show, read_guide, event_id=self._event_id, on=self.app_context.today())

    def _save(self) -> None:
        for field in self.texts.fields:  # the text being edited is saved before it counts as checked
            field.save()
        self.run_action(mark_guide_checked, event_id=self._event_id)
