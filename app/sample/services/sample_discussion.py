"""The sample year's discussions: the invented texts of each 班 of a held 意見交換会, and the まとめ."""

from __future__ import annotations

from app.events.discussion.rules import STEPS, parse_step
from app.sample.services.sample_events import SampleEvents
from db.journal import Change
from db.records.discussion import DiscussionLine, DiscussionPoint


def fill_discussions(change: Change, sample: SampleEvents) -> None:
    """Insert the lines of every 班, and the rows of the まとめ with the lines they are based on."""
    for key, told in sample.data["discussions"].items():
        event_id = sample.event_ids[key]
        ids = {}
        for number, group in enumerate(told["groups"], 1):
            for step in STEPS:
                for position, line in enumerate(parse_step(step, "\n".join(group.get(step, ()))), 1):
                    ids[number, step, position] = change.insert(
                        DiscussionLine(
                            event_id=event_id,
                            group_number=number,
                            step=step,
                            position=position,
                            text=line.text,
                            notes=line.notes,
                            chosen=line.chosen,
                        )
                    )
        positions: dict[str, int] = {}
        for point in told["points"]:
            positions[point["part"]] = positions.get(point["part"], 0) + 1
            change.insert(
                DiscussionPoint(
                    event_id=event_id,
                    part=point["part"],
                    position=positions[point["part"]],
                    cells=tuple(point["cells"]),
                    lines=tuple(ids[number, step, place] for number, step, place in point["from"]),
                )
            )
