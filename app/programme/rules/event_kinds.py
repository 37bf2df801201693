"""What the contract makes of each kind of event beside its numbers: the one place that knows kinds by name.

Whoever has the numbers of a kind asks them; a rule that has an event alone asks ``kind_facts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from db.frozen_record import frozen_record
from db.records.event_form import EventForm
from db.records.programme import Kind


@frozen_record
class KindFacts:
    """What holds for every event of a kind.

    ``has_survey``: the contractor surveys those who came. ``lends_devices``: the ward lends tablets to those who bring
    none. ``ward_supplies``: the words by which equipment is known that the ward prepares, tablets aside.
    """

    form: EventForm
    has_survey: bool
    lends_devices: bool
    ward_supplies: tuple[str, ...] = ()


_AT_VENUE: Final = ("マイク", "ホワイトボード", "プロジェクター", "スクリーン")
_FACTS: Final[Mapping[Kind, KindFacts]] = {
    "講習会": KindFacts(form=EventForm.LECTURE, has_survey=True, lends_devices=True, ward_supplies=_AT_VENUE),
    "派遣": KindFacts(form=EventForm.VISIT, has_survey=False, lends_devices=False),
    "意見交換会": KindFacts(
        form=EventForm.EXCHANGE,
        has_survey=True,
        lends_devices=False,
        ward_supplies=(*_AT_VENUE, "模造紙", "付箋", "マーカー"),
    ),
}


def kind_facts(kind: Kind) -> KindFacts:
    """Return what holds for every event of a kind."""
    return _FACTS[kind]


def form_of(kind: Kind) -> EventForm:
    """Return how events of a kind work."""
    return _FACTS[kind].form


def surveyed_kinds() -> tuple[Kind, ...]:
    """Return the kinds whose events are surveyed, in the order of the contract."""
    return tuple(kind for kind, facts in _FACTS.items() if facts.has_survey)


def kind_of_form(form: EventForm) -> Kind:
    """Return the first kind that works in a form, for what is asked of all that work so."""
    return next(kind for kind, facts in _FACTS.items() if facts.form is form)
