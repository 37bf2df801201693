"""The field that finds a 団体 by any two letters, in the register or as written before, or takes it as it is typed."""

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
    """What is typed stays as written when no 団体 is taken.

    Where a 団体 can be ``adds`` (made new), the last line always offers it under the name that is typed: ``added`` is
    that name once it is taken. With ``stays`` False a name that is in no register has to be taken as a new one.
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
        """The 団体 of the register that is chosen."""
        return self.hit.organisation if self.hit is not None else None

    @property
    def new_name(self) -> str:
        """The name of the new 団体, once it is taken."""
        return self.hit.name if self.hit is not None and self.hit.is_new else ""

    def show_organisation(self, organisation: Organisation | None, text: str = "") -> None:
        """Show a 団体 of the register, or a name as written."""
        self.show_hit(_to_suggestion(organisation) if organisation is not None else None, text)

    def suggest_organisations(self, organisations: Sequence[Organisation]) -> None:
        """Show 団体 to choose from before anything is typed."""
        self.show_suggestions([_to_suggestion(one) for one in organisations], mark=False)

    def show_found(self, text: str, hits: Sequence[OrganisationSuggestion]) -> None:
        """A name written before is no 団体 of the register: where one can be made, it is offered as a new one alone."""
        super().show_found(text, [one for one in hits if one.organisation is not None or self._allow_unregistered])

    def show_suggestions(self, hits: Sequence[OrganisationSuggestion], *, mark: bool) -> None:
        """Offer 団体; the line that adds a new one comes last."""
        new = (
            (OrganisationSuggestion(name=self.text.strip(), is_new=True),)
            if self._allow_new and self.text.strip()
            else ()
        )
        super().show_suggestions([*hits, *new], mark=mark and bool(hits))

    def status_text(self, *, no_match: bool) -> str:
        """The 支部 of the one chosen, or what becomes of a name that is in no register."""
        if self.organisation is not None:
            return self.organisation.branch or "支部なし"
        if self.new_name:
            return "新しい団体として名簿に加えます（支部などは、あとで「団体」で入れられます）。"
        return super().status_text(no_match=no_match and self._allow_unregistered)

    def confirm_without_match(self) -> None:
        """Enter where only a new one can be meant: the first one marks its line and says so, the next one takes it."""
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
