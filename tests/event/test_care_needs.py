"""Who needs a 配慮 and for whom it is settled: every arrangement of that person's own, none of somebody else's."""

from datetime import date

from app.event.rules.care_needs import CareCount, care_count, needs_care
from app.events.arrangements.services import proposed_kinds
from db.records.roster import Arrangement, Entry

DAY = date(2026, 9, 1)


def entry(number, care="手話", **more):
    return Entry(id=number, event_id=1, state="決定", care=care, **more)


def arranged(entry_id, settled_on):
    return Arrangement(event_id=1, entry_id=entry_id, kind="手話通訳", settled_on=settled_on)


def test_a_need_is_settled_when_every_arrangement_of_the_person_is():
    people = [entry(1), entry(2), entry(3)]
    made = [arranged(1, DAY), arranged(1, DAY), arranged(2, DAY), arranged(2, None)]
    assert care_count(people, made) == CareCount(people=3, settled=1)


def test_what_is_arranged_for_nobody_in_particular_settles_nobodys_need():
    assert care_count([entry(1)], [arranged(None, DAY)]) == CareCount(people=1, settled=0)
    assert care_count([entry(1)], []) == CareCount(people=1, settled=0)


def test_who_does_not_come_or_wrote_only_blanks_needs_none():
    assert needs_care(entry(1))
    assert not needs_care(entry(1, care=" 　"))
    assert not needs_care(entry(1, attendance="欠席", absent_told_at=None, care=""))
    assert care_count([entry(1, care="")], [arranged(1, DAY)]) == CareCount()


def test_what_is_written_proposes_every_arrangement_it_names_and_the_others_when_none():
    assert proposed_kinds("手話通訳と、車いすの席") == ("手話通訳", "席")
    assert proposed_kinds("盲導犬と来ます") == ("その他",)
