"""しおりの文: the texts of a 当日のしおり to word, and what is proposed to be looked at before it is printed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.papers.screens.passage_fields import PassageList
from app.papers.services.paper_scope import PaperScope
from app.subjects.events.day.rules.guide_texts import KIND
from app.subjects.events.day.services.guide_papers import GuideView, look_at_guide, read_guide
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.labels import Paragraph, label
from app.window.desk import Desk

LOOKED = "見て確かめた"
_HOW = "1行に1つずつ書きます。手順・課題・困ったときは、はじめの言葉のあとを1文字空けて、説明を続けます。"
_ADDED = "AEDと避難場所は会場の一覧から、つぎに参加できる回は印刷する日の予定から、自動で入ります。"


class GuideDialog(SavingDialog):
    """The texts; each is kept when its field is left. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, view: GuideView, parent: QWidget) -> None:
        super().__init__(desk, "しおりの文", view.title, main=LOOKED, cancel="閉じる", width=720, parent=parent)
        self._event_id = view.event_id
        self.words = Paragraph()
        self.texts = PassageList(desk)
        self.put(self.words, label(f"{_HOW}\n{_ADDED}", "small", wrap=True), self.texts, None)
        desk.changed.connect(self._read)
        self._show(view)

    def _show(self, view: GuideView) -> None:
        self.words.say(view.words)
        self.texts.show_texts(PaperScope(event_id=view.event_id), KIND, view.texts)
        self.main.setEnabled(bool(view.unseen) and not self.desk.read_only)

    def _read(self, *_what: object) -> None:
        self.fetch(self._show, read_guide, event_id=self._event_id, on=self.desk.today())

    def _save(self) -> None:
        for field in self.texts.fields:  # the one in hand is kept before it is looked at
            field.save()
        self.do(look_at_guide, event_id=self._event_id)
