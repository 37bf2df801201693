"""Records that stand inside a column lie there as JSON under the names of their fields: these are names of columns."""

import dataclasses
import typing

from db.mapping import TABLE_OF, field_types

KEPT = {
    "AccessFigure": "point count numbers",
    "Answer": "chosen other out_of_list text",
    "AnswerFigure": "title value source",
    "DisposalItem": "table row_id born column since sort",
    "DrillCount": "what living restored",
    "DrillFolder": "where newest generations state",
    "DrillStep": "what at good note",
    "EarlierQuestion": "code title type base counts",
    "ErasedImage": "seq hash",
    "ErasedRow": "table row_id born link cells",
    "OwedPaper": "paper when clause",
    "PointCheck": "result page note",
    "Question": "code title type options max_select has_other exclusive_option positive role personal note asked_of "
    "asked_of_options scale unit lines",
    "Requirement": "item text clause compare",
    "RetentionRow": "records months start basis",
    "RightAnswer": "state reason on by",
    "SelectionLine": "entry_id order draw result why applied_at application_id organisation organisation_draw named "
    "missed",
    "Settlement": "way reason by on ours theirs",
}
"""What offices' data hold. One may come; none goes or is called otherwise without a migration that renames it there."""


def test_no_name_inside_a_column_goes_or_is_called_otherwise():
    found: dict[str, set[str]] = {}
    waiting: list[object] = [hint for kind in TABLE_OF for hint in field_types(kind).values()]
    while waiting:
        hint = waiting.pop()
        if isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint.__name__ not in found:
            found[hint.__name__] = {one.name for one in dataclasses.fields(hint)}
            waiting += field_types(hint).values()
        waiting += typing.get_args(hint)
    lacking = {name: set(names.split()) - found.get(name, set()) for name, names in KEPT.items()}
    assert {name: names for name, names in lacking.items() if names} == {}, "reading would pass them by in silence"
    assert found.keys() == KEPT.keys(), "say what of the new one lies in offices' data"
