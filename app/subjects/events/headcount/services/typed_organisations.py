"""Links 団体 typed in the grid to registered ones, and asks about similar names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.text_rules import check_writable_texts
from app.documents.services.rare_characters import rare_in_input
from app.subjects.events.event.services.event_records import read_event_or_error
from app.subjects.organisations.register.intake.organisation_matching import OrganisationIndex, match_organisation
from app.subjects.organisations.register.services.organisations import get_organisation
from app.subjects.organisations.register.services.unlinked_names import unlinked_notice
from db.frozen_record import frozen_record
from db.records.organisations import Organisation
from db.records.participants import ExpectedCount
from db.tables import participants as table

Answer = int | Literal["new"]
NEW_ORGANISATION: Final = "new"


@frozen_record
class UnknownOrganisation:
    """A typed name without a certain registered 団体; ``similar`` are those it may mean, most likely first."""

    name: str
    similar: tuple[Organisation, ...]


def link_organisations(rows: Sequence[ExpectedCount], registered: Iterable[Organisation]) -> tuple[ExpectedCount, ...]:
    """Return ``rows`` linked to the 団体 that their name clearly means (width and blanks folded); names stay as
    typed.
    """
    open_ = any(row.organisation_id is None for row in rows)
    index = OrganisationIndex.of(registered) if open_ else None
    found = []
    for row in rows:
        one = match_organisation(row.organisation_name, "", index).organisation if index is not None else None
        found.append(replace(row, organisation_id=one.id) if row.organisation_id is None and one is not None else row)
    return tuple(found)


def unknown_organisations(
    rows: Sequence[ExpectedCount], registered: Sequence[Organisation]
) -> tuple[UnknownOrganisation, ...]:
    """Return the names without a registered 団体, each once, in the order of the rows."""
    names = dict.fromkeys(row.organisation_name for row in rows if row.organisation_id is None)
    if not names:
        return ()
    index = OrganisationIndex.of(registered)
    return tuple(
        UnknownOrganisation(name=name, similar=match_organisation(name, "", index).candidates) for name in names
    )


@deed
def settle_organisations(context: ActionContext, *, event_id: int, answers: Mapping[str, Answer]) -> ActionResult:
    """Link typed names to registered 団体, or register them; the grid keeps them as typed.

    Args:
        answers: by typed name the id of a registered 団体, or ``NEW`` to register it under that name.

    Raises:
        UserError: no name was answered, a 団体 is gone, or a name is not printable.
    """
    event = read_event_or_error(context.database, event_id)
    rows = [row for row in table.expected_counts(context.database, event_id) if row.organisation_name in answers]
    if not rows:
        raise UserError("どの団体かが、まだ選ばれていません。", "1つ以上選んでください。")
    added = [name for name, answer in answers.items() if answer == NEW_ORGANISATION]
    check_writable_texts({f"団体名「{name}」": name for name in added})
    for answer in answers.values():
        if isinstance(answer, int):
            get_organisation(context.database, answer)
    with context.change("人数の団体を名簿と結び付けた", "participants", event_id=event.id) as change:
        made = {name: change.insert(Organisation(name=name.strip())) for name in added}
        for row in rows:
            answer = answers[row.organisation_name]
            known = made[row.organisation_name] if answer == NEW_ORGANISATION else answer
            change.update(ExpectedCount, row.id, organisation_id=known)
    joined = len({row.organisation_name for row in rows}) - len(made)
    parts = [
        f"{len(made)}団体を名簿に加えました。" if made else "",
        f"{joined}団体を名簿と結び付けました。" if joined else "",
        *(unlinked_notice(context.database, name) for name in added[:1]),
        rare_in_input(*added),
    ]
    return ActionResult("".join(parts), event.id)
