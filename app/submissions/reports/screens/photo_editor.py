"""The pictures of a report in its form, to add, describe, order and remove."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QRadioButton, QWidget

from app.foreign_files.picture_reading import PICTURE_KINDS, Picture, read_pictures
from app.submissions.reports.rules.report_points import PHOTO_ANSWER, WITH_PHOTOS, WITHOUT_PHOTOS
from app.submissions.reports.services.report_form import FormScreenView
from app.submissions.reports.services.report_photos import (
    PhotoView,
    add_photos,
    describe_photo,
    move_photo,
    remove_photo,
)
from app.submissions.reports.services.reports import write_chapter
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button, inline_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.growing_text import GrowingText
from app.widgets.labels import label, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_grid, in_row
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, without_message
from app.window.background_task import bind_arguments
from app.window.debounce import debounce
from db.record import frozen

_FIELDS = (
    ("taken_at", "時刻", "14:12"),
    ("scene", "場面", "講義の様子（後方から、顔は写らない）"),
    ("seen", "写っている人", "11人（後ろ姿）"),
    ("consent", "了解の取り方", "受付で1人ずつ（書面）"),
    ("permitted", "使ってよい範囲", "この報告書だけ"),
    ("treated", "加工・確認", "名札の文字を消した"),
)
_PAUSE_MS = 3_000
_THUMB = QSize(170, 112)
_HOW = (
    "JPEGまたはPNG。ここへファイルをドロップすることもできます。"
    "向きを直し、位置や機種の情報を取り除いて、印刷の大きさで暗号化して保管します。"
)


class PhotoCard(QFrame):
    """Card with one picture and its fields.

    Signals: ``typed(int, dict, bool)`` id and fields of a picture, which are to be saved, True = without a message;
    ``move_asked(int, int)`` id and step; ``remove_asked(int)`` id.
    """

    typed = Signal(int, dict, bool)
    move_asked = Signal(int, int)
    remove_asked = Signal(int)

    def __init__(self, view: PhotoView):
        super().__init__()
        self.setProperty("kind", "panel")
        self.photo_id = view.photo.id
        name = f"写真{view.number}"
        self.setAccessibleName(name)
        self.title = label(name, "strong")
        self.earlier = inline_button("前へ", lambda: self.move_asked.emit(self.photo_id, -1))
        self.later = inline_button("後へ", lambda: self.move_asked.emit(self.photo_id, 1))
        self.out = inline_button("外す", lambda: self.remove_asked.emit(self.photo_id))
        for button in (self.earlier, self.later, self.out):
            button.setAccessibleName(f"{name}　{button.text()}")
        self.picture = _thumb(view.data, name)
        self.boxes = {}
        self._kept = _words_of(view)
        self._pause = debounce(self, lambda: self.save(silent=True), _PAUSE_MS)
        head = in_row(spacing=6)
        for part in (self.title, None, self.earlier, self.later, self.out):
            head.addStretch(1) if part is None else head.addWidget(part)
        grid = in_grid(across=10, down=4, wide=1)
        for number, (key, title, example) in enumerate(_FIELDS):
            box = with_accessible_name(GrowingText(), f"{name}　{title}")
            box.setPlaceholderText(f"例　{example}")
            box.show_text(self._kept[key])
            box.textChanged.connect(self._pause.start)
            box.focus_left.connect(self.save)
            words = small_label(title)
            words.setFixedWidth(t.scaled(92))
            grid.addWidget(words, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(box, number, 1)
            self.boxes[key] = box
        in_column(head, self.picture, grid, owner=self, spacing=8, margins=(12, 8, 12, 12))

    def show_state(self, view: PhotoView, *, last: bool, read_only: bool) -> None:
        """Show the stored words of the photo unless others are being typed, and enable its buttons."""
        stored = _words_of(view)
        if stored != self._kept and self.field_values() == self._kept:
            for key, box in self.boxes.items():
                box.show_text(stored[key])
            self._kept = stored
        self.earlier.setEnabled(view.number > 1 and not read_only)
        self.later.setEnabled(not last and not read_only)
        self.out.setEnabled(not read_only)
        for box in self.boxes.values():
            box.setReadOnly(read_only)

    def field_values(self) -> dict[str, str]:
        """Return the values of the fields."""
        return {key: box.toPlainText() for key, box in self.boxes.items()}

    def save(self, *, silent: bool = False) -> None:
        """Emit ``typed`` with the words, if they have changed; ``silent`` shows no message."""
        self._pause.stop()
        words = self.field_values()
        if words != self._kept:
            self._kept = words
            self.typed.emit(self.photo_id, words, silent)

    def mark_unsaved(self) -> None:
        """Mark the emitted changes as unsaved again, since saving failed."""
        self._kept = {}


def _words_of(view: PhotoView) -> dict[str, str]:
    return {key: str(getattr(view.photo, key)) for key, _, _ in _FIELDS}


def _thumb(data: bytes, name: str) -> QLabel:
    """Build the label with a small picture of a photo, or with why there is none."""
    shown = label(
        "" if data else "保管した写真が見つからないか、壊れています。外して、追加し直してください。", wrap=not data
    )
    pixmap = QPixmap()
    if data and pixmap.loadFromData(data):
        size = QSize(t.scaled(_THUMB.width()), t.scaled(_THUMB.height()))
        ratio = shown.devicePixelRatioF()
        pixmap = pixmap.scaled(
            size * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap.setDevicePixelRatio(ratio)
        shown.setPixmap(pixmap)
    shown.setAccessibleName(f"{name}の画像")
    return shown


@frozen
class _Shown:
    """The pictures shown in the form, in order, each as (id of the picture, id of its file)."""

    report_id: int
    photos: tuple[tuple[int, int], ...]


class PhotoEditor(ActionMixin, QWidget):
    """The pictures of a report, to add, describe, order and remove with undo.

    Signals: none. ``ask_files`` returns the paths of the chosen files; tests
    replace it.
    """

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._shown = _Shown(0, ())
        self._read_only = False
        self.cards: list[PhotoCard] = []
        self.setAcceptDrops(True)
        self.problem = NoteBox(tone="red")
        self.refused = NoteBox(tone="quiet")
        self.add_button = Button("写真を追加", self.choose_files, icon_name="plus", low=True)
        self.busy = label("", "small")
        self._cards = in_column(spacing=10)
        self.answers = {
            answer: QRadioButton(words)
            for answer, words in (
                (WITH_PHOTOS, "載せる"),
                (WITHOUT_PHOTOS, "載せない"),
                ("", "受託者が決める"),
            )
        }
        for answer, button in self.answers.items():
            button.clicked.connect(partial(self._answer, answer))
        in_column(
            wrapped_label("写真を報告書に載せますか。", "strong"),
            *self.answers.values(),
            small_label("「載せない」は「写真の掲載はない。」と印字し、「受託者が決める」は欄を空けます。"),
            self.refused,
            self.problem,
            FlowRow(self.add_button, self.busy),
            small_label(_HOW),
            self._cards,
            owner=self,
            spacing=8,
        )

    def show_view(self, view: FormScreenView, *, read_only: bool) -> None:
        """Show the photos of the form's report, if there is one."""
        report = view.form.report
        if report is None:
            return
        self._read_only = read_only
        shown = _Shown(report.id, tuple((one.photo.id, one.photo.file_id) for one in view.photos))
        if shown != self._shown:
            self._shown = shown
            self._lay_out(view.photos)
        for card, one in zip(self.cards, view.photos, strict=True):
            card.show_state(one, last=one.number == len(view.photos), read_only=read_only)
        self.add_button.setEnabled(not read_only)
        answer = WITH_PHOTOS if view.photos else report.body.get(PHOTO_ANSWER, "")
        self.answers.get(answer, self.answers[""]).setChecked(True)
        for button in self.answers.values():
            button.setEnabled(not read_only and not view.photos)
        self.refused.show_text(
            f"この回には、**撮影不可の方が{view.photo_refused}人**出席しました。写っていないことを写真ごとに確かめ、"
            "下の「撮影不可の方が写っていないことの確認」に書いてください。"
            if view.photo_refused
            else ""
        )

    def _answer(self, answer: str) -> None:
        self.run_action(write_chapter, report_id=self._shown.report_id, key=PHOTO_ANSWER, text=answer)

    def choose_files(self) -> None:
        """Ask for files of photos, and add them."""
        self.add_files([Path(name) for name in self.ask_files()])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Open the files beside the window and add the usable ones to the report; nothing while read-only."""
        if not paths or not self._shown.report_id or self._read_only:
            return
        self.problem.show_text("")
        self.busy.setText(f"写真{len(paths)}枚を読んでいます。")
        self.add_button.setEnabled(False)
        self.app_context.run_in_background(
            bind_arguments(read_pictures, tuple(paths)),
            partial(self._add, self._shown.report_id),
            on_failed=self._fail,
            owner=self,
            writes=True,
        )

    def save(self) -> None:
        """Save what was typed so far."""
        for card in self.cards:
            card.save()

    def ask_files(self) -> Sequence[str]:
        """Return the files that the user chooses."""
        return QFileDialog.getOpenFileNames(self, "報告書に載せる写真を選ぶ", "", PICTURE_KINDS)[0]

    def _add(self, report_id: int, read: tuple[tuple[Picture, ...], tuple[str, ...]]) -> None:
        """Save the pictures that were read as photos, and show which could not be read."""
        pictures, said = read
        self.busy.setText("")
        self.add_button.setEnabled(not self._read_only)
        self.problem.show_text(
            "\n".join((*said, "ほかの写真は追加しました。" if pictures else "")).strip() if said else ""
        )
        if pictures:
            # What could not be read stays said beside the others.
            self.run_change(bind_action(add_photos, report_id=report_id, pictures=pictures))

    def _fail(self, problem: Exception) -> None:
        """Show a failure and let the user add pictures again."""
        self.busy.setText("")
        self.add_button.setEnabled(not self._read_only)
        self.app_context.show_failure(problem)

    def _lay_out(self, photos: Sequence[PhotoView]) -> None:
        """Save what was typed, then build a card for each photo, in place of the former cards."""
        self.save()
        for card in self.cards:
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [PhotoCard(one) for one in photos]
        for card in self.cards:
            card.typed.connect(self._describe)
            card.move_asked.connect(self._move)
            card.remove_asked.connect(self._remove)
            self._cards.addWidget(card)

    def _describe(self, photo_id: int, words: dict[str, str], silent: bool) -> None:
        """Save the words of a photo; ``silent`` shows no message."""
        change = bind_action(describe_photo, photo_id=photo_id, words=words)
        card = next((card for card in self.cards if card.photo_id == photo_id), None)
        if self.app_context.read_only:  # a colleague holds the write lock: it waits, and the screen stays as it is
            if card is not None:
                card.mark_unsaved()
            return

        def failed(problem: Exception) -> None:
            """Mark the words as unsaved again and show why they could not be saved."""
            if card is not None:
                card.mark_unsaved()
            self.app_context.show_failure(problem)

        self.run_change(without_message(change) if silent else change, failed=failed)

    def _move(self, photo_id: int, step: int) -> None:
        """Save a photo one place earlier (-1) or later (1), after what was typed."""
        self.save()
        self.run_action(move_photo, photo_id=photo_id, step=step)

    def _remove(self, photo_id: int) -> None:
        """Save that a photo is removed from the report, after what was typed."""
        self.save()
        self.run_action(remove_photo, photo_id=photo_id)

    def show_error(self, problem: Exception) -> None:
        """Show the error over the window, since the message box may be scrolled out of sight."""
        self.app_context.show_failure(problem)

    # files dropped here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged local files, unless the photos are read-only."""
        urls = event.mimeData().urls()
        if urls and all(url.isLocalFile() for url in urls) and not self._read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped files."""
        event.acceptProposedAction()
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls()])

    def hideEvent(self, event: QHideEvent) -> None:
        """Save when the page is left."""
        self.save()
        super().hideEvent(event)
