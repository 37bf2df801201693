"""Proposes ふりがな while a name is typed, from the kana typed before conversion."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit

_SHIFT = ord("ァ") - ord("ぁ")


class FuriganaProposal(QObject):
    """Listens to the input method of a name field and proposes the reading in another field. Signals: none.

    Nothing is looked up: a name that was pasted or converted without its kana gets no reading, and a reading that
    somebody typed or corrected stays as it is. The name itself is never changed.
    """

    def __init__(self, name: QLineEdit, furigana: QLineEdit):
        super().__init__(name)
        self._name, self._furigana = name, furigana
        self._pieces: list[tuple[str, str]] = []
        self._kana = self._proposed = self._given = ""
        self._known = True
        name.installEventFilter(self)
        name.textChanged.connect(self._follow_name)

    @property
    def is_proposal_kept(self) -> bool:
        """Return whether the furigana field still holds the proposed reading."""
        return self._known and bool(self._proposed) and self._furigana.text() == self._proposed

    def propose(self, reading: str) -> None:
        """Show the known reading of the name that stands there; it goes with that name."""
        self._given = reading
        self._furigana.setText(reading)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Record what is composed and committed in the input method."""
        if isinstance(event, QInputMethodEvent) and watched is self._name:
            if event.commitString():
                self._take_composed(event.commitString())
            if kana_of(event.preeditString()):
                self._kana = kana_of(event.preeditString())
        return super().eventFilter(watched, event)

    def _take_composed(self, text: str) -> None:
        """Keep what was composed with the kana typed for it; without kana no reading is proposed any more."""
        self._pieces.append((text, kana_of(text) or self._kana))
        self._known = self._known and bool(self._pieces[-1][1])
        self._kana = ""

    def _follow_name(self, text: str) -> None:
        """Keep the recorded kana in step with the name, and propose the reading unless another was typed."""
        if self._given and self._furigana.text() == self._given:
            self._furigana.clear()
        self._given = ""
        written = "".join(piece for piece, _reading in self._pieces)
        if not text:
            self._pieces, self._known, self._kana = [], True, ""
        elif text.startswith(written) and text[len(written) :].isascii():
            # Spaces and the like come from the keys themselves.
            self._pieces += [(sign, sign) for sign in text[len(written) :]]
        elif text != written:
            self._shorten(text)
        if self._known and self._furigana.text() == self._proposed:
            self._proposed = "".join(reading for _piece, reading in self._pieces)
            self._furigana.setText(self._proposed)

    def _shorten(self, text: str) -> None:
        """Drop the reading of text deleted at the end, or all of it when the name was changed otherwise."""
        while self._pieces and not text.startswith("".join(piece for piece, _reading in self._pieces)):
            self._pieces.pop()
        self._known = self._known and text == "".join(piece for piece, _reading in self._pieces)


def kana_of(text: str) -> str:
    """Return ``text`` in hiragana when it is kana alone, else "".

    「ﾀﾅｶ」 does not count, and 「たなかn」 is incomplete.
    """
    waiting = text[:-1] + "ん" if text[-1:] in ("n", "ｎ") else text
    plain = "".join(chr(ord(sign) - _SHIFT) if "ァ" <= sign <= "ヶ" else sign for sign in waiting)
    return plain if plain and all("ぁ" <= sign <= "ゖ" or sign in "ー・　 " for sign in plain) else ""
