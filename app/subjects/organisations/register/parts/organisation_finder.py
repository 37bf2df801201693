"""A field that finds a 団体 by any two letters, registered or written earlier, or keeps the typed name."""

from __future__ import annotations

from collections.abc import Sequence

from app.common.join_nonempty import join_nonempty
from app.subjects.organisations.register.parts.record_picker import RecordPicker
from app.subjects.organisations.register.services.organisation_suggestions import (
    OrganisationSuggestion,
    suggest_organisations,
)
from app.window.app_context import AppContext
from db.records.organisations import Organisation

_NOT_REGISTERED = "団体の名簿にありません。このままでも受け付けられます（書かれたとおりに残します）。"
_PRESS_AGAIN = "名簿にありません。もう一度Enterを押すと、新しい団体として加えます。"


class OrganisationFinder(RecordPicker):
    """Search field for a 団体; typed text stays as written when no 団体 is chosen.

    With ``allow_new`` the last row of the list offers the typed name as a new 団体; ``new_name`` is that name once it
    was
    chosen. With ``allow_unregistered`` False a name outside the register must be taken as a new 団体.
    Signals: those of ``RecordPicker``.
    """

    def __init__(
        self,
        app_context: AppContext,
        *,
        allow_new: bool = False,
        allow_unregistered: bool = True,
        is_overlay: bool = False,
    ) -> None:
        self._allow_new, self._allow_unregistered = allow_new, allow_unregistered
        super().__init__(
            app_context,
            suggest_organisations,
            self._suggestion_text,
            to_name=lambda one: one.name,
            title="団体",
            hint="2文字から探します（名称・ふりがな・支部）",
            no_match_text=_NOT_REGISTERED,
            min_letters=2,
            max_suggestions=5 if allow_new else 8,
            visible_rows=6 if allow_new else 4,
            is_overlay=is_overlay,
        )

    @property
    def organisation(self) -> Organisation | None:
        """Return the registered 団体 that is chosen, or None."""
        return self.hit.organisation if self.hit is not None else None

    @property
    def new_name(self) -> str:
        """Return the name of the new 団体, once it was chosen."""
        return self.hit.name if self.hit is not None and self.hit.is_new else ""

    def show_organisation(self, organisation: Organisation | None, text: str = "") -> None:
        """Show a registered 団体, or a name as written."""
        self.show_hit(_to_suggestion(organisation) if organisation is not None else None, text)

    def suggest_organisations(self, organisations: Sequence[Organisation]) -> None:
        """List 団体 to choose from before anything is typed."""
        self.show_suggestions([_to_suggestion(one) for one in organisations], mark=False)

    def show_found(self, text: str, hits: Sequence[OrganisationSuggestion]) -> None:
        """Show the hits; names only known from earlier entries are left out where plain text is not allowed."""
        super().show_found(text, [one for one in hits if one.organisation is not None or self._allow_unregistered])

    def show_suggestions(self, hits: Sequence[OrganisationSuggestion], *, mark: bool) -> None:
        """List the 団体 found; the row that adds a new one comes last."""
        new = (
            (OrganisationSuggestion(name=self.text.strip(), is_new=True),)
            if self._allow_new and self.text.strip()
            else ()
        )
        super().show_suggestions([*hits, *new], mark=mark and bool(hits))

    def status_text(self, *, no_match: bool) -> str:
        """Return the 支部 of the chosen 団体, or what happens with a name that is not in the register."""
        if self.organisation is not None:
            return self.organisation.branch or "支部なし"
        if self.new_name:
            return "新しい団体として名簿に加えます（支部などは、あとで「団体」で入れられます）。"
        return super().status_text(no_match=no_match and self._allow_unregistered)

    def confirm_without_match(self) -> None:
        """Handle Enter when only a new 団体 can be meant: the first Enter marks its row, the second takes it."""
        if self._allow_new and not self._allow_unregistered and not self.new_name and not self.list.isHidden():
            self.list.setCurrentRow(self.last_selectable_row)
            self.status_label.setText(_PRESS_AGAIN)
            self.status_label.show()
        else:
            super().confirm_without_match()

    def _suggestion_text(self, suggestion: OrganisationSuggestion) -> str:
        if suggestion.organisation is not None:
            return join_nonempty(suggestion.name, suggestion.organisation.branch, suggestion.former_name_words)
        return (
            f"「{suggestion.name}」を新しく加える" if suggestion.is_new else f"{suggestion.name}　（前の申込の書き方）"
        )


def _to_suggestion(organisation: Organisation) -> OrganisationSuggestion:
    return OrganisationSuggestion(name=organisation.name, organisation=organisation)
