"""The field that finds a 団体 by any two letters, in the register or as written before, or takes it as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from app.common.together import together
from app.subjects.organisations.register.parts.record_picker import RecordPicker
from app.subjects.organisations.register.services.organisation_offers import OrganisationOffer, organisation_offers
from app.window.desk import Desk
from db.records.organisations import Organisation

_NOT_THERE = "団体の名簿にありません。このままでも受け付けられます（書かれたとおりに残します）。"
_ONCE_MORE = "名簿にありません。もう一度Enterを押すと、新しい団体として加えます。"


class OrganisationFinder(RecordPicker):
    """What is typed stays as written when no 団体 is taken.

    Where a 団体 can be ``adds`` (made new), the last line always offers it under the name that is typed: ``added`` is
    that name once it is taken. With ``stays`` False a name that is in no register has to be taken as a new one.
    Signals: those of ``RecordPicker``.
    """

    def __init__(self, desk: Desk, *, adds: bool = False, stays: bool = True, floats: bool = False) -> None:
        self._adds, self._stays = adds, stays
        super().__init__(
            desk,
            organisation_offers,
            self._offered,
            name=lambda one: one.name,
            title="団体",
            hint="2文字から探します（名称・ふりがな・支部）",
            nothing=_NOT_THERE,
            least=2,
            most=5 if adds else 8,
            rows=6 if adds else 4,
            floats=floats,
        )

    @property
    def organisation(self) -> Organisation | None:
        """The 団体 of the register that is chosen."""
        return self.hit.organisation if self.hit is not None else None

    @property
    def added(self) -> str:
        """The name of the new 団体, once it is taken."""
        return self.hit.name if self.hit is not None and self.hit.new else ""

    def show_organisation(self, organisation: Organisation | None, text: str = "") -> None:
        """Show a 団体 of the register, or a name as written."""
        self.show_hit(_offer(organisation) if organisation is not None else None, text)

    def offer(self, organisations: Sequence[Organisation]) -> None:
        """Show 団体 to choose from before anything is typed."""
        self.fill([_offer(one) for one in organisations], mark=False)

    def show_found(self, text: str, hits: Sequence[OrganisationOffer]) -> None:
        """A name written before is no 団体 of the register: where one can be made, it is offered as a new one alone."""
        super().show_found(text, [one for one in hits if one.organisation is not None or self._stays])

    def fill(self, hits: Sequence[OrganisationOffer], *, mark: bool) -> None:
        """Offer 団体; the line that adds a new one comes last."""
        new = (OrganisationOffer(name=self.text.strip(), new=True),) if self._adds and self.text.strip() else ()
        super().fill([*hits, *new], mark=mark and bool(hits))

    def said(self, *, nothing: bool) -> str:
        """The 支部 of the one chosen, or what becomes of a name that is in no register."""
        if self.organisation is not None:
            return self.organisation.branch or "支部なし"
        if self.added:
            return "新しい団体として名簿に加えます（支部などは、あとで「団体」で入れられます）。"
        return super().said(nothing=nothing and self._stays)

    def settle(self) -> None:
        """Enter where only a new one can be meant: the first one marks its line and says so, the next one takes it."""
        if self._adds and not self._stays and not self.added and not self.list.isHidden():
            self.list.setCurrentRow(self.last_row)
            self.told.setText(_ONCE_MORE)
            self.told.show()
        else:
            super().settle()

    def _offered(self, one: OrganisationOffer) -> str:
        if one.organisation is not None:
            return together(one.name, one.organisation.branch, one.formerly)
        return f"「{one.name}」を新しく加える" if one.new else f"{one.name}　（前の申込の書き方）"


def _offer(organisation: Organisation) -> OrganisationOffer:
    return OrganisationOffer(name=organisation.name, organisation=organisation)
