"""Whose names the files saved outside hold, as far as their copies show."""

from datetime import timedelta

from app.documents.services.saved_outside import PART_OF_KEY, files_naming
from db.records.documents import Outgoing, OutgoingPerson, StoredFile
from db.records.organisations import Person
from tests.support.door_people import write
from tests.support.years import BY, NOW, started_year


def saved(kind: str, **given: object) -> Outgoing:
    """Give the record of a file with names, saved outside."""
    named = {"reference": "", "version": 1, "format": "pdf", "way": "暗号化して保存", "by": BY, "at": NOW}
    return Outgoing(document_kind=kind, personal=True, **named | given)


def test_a_file_names_somebody_by_its_copy_or_by_those_of_its_parts_and_without_a_copy_nobody_knows(tmp_path):
    store = started_year(tmp_path)
    on_it, on_none = write(store, Person(name="見本 太郎"), Person(name="見本 花子"))
    stored = StoredFile(keyed_hash="a", sha256="a", name="控え", size=1, added_at=NOW)
    (copy,) = write(store, stored)
    one_day, another = NOW + timedelta(days=1), NOW + timedelta(days=2)
    roster, _listed, _whole, part, _open, _lost = write(
        store,
        saved("受付名簿", copy_file_id=copy),
        saved("参加者の一覧"),
        saved("当日の一式", at=one_day),
        saved("受付名簿", at=one_day, copy_file_id=copy, detail={PART_OF_KEY: "当日の一式"}),
        saved("宛名", at=another),
        saved("決定通知", at=another, detail={PART_OF_KEY: "宛名"}),
    )
    write(store, *(OutgoingPerson(outgoing_id=one, person_id=on_it) for one in (roster, part)))

    def kinds(person: int) -> tuple[list[str], list[str]]:
        found = files_naming(store, {person})
        assert found.checked_count == 4
        return [one.row.document_kind for one in found.certain], [one.row.document_kind for one in found.unknown]

    assert kinds(on_it) == (["当日の一式", "受付名簿"], ["宛名", "参加者の一覧"])
    assert kinds(on_none) == ([], ["宛名", "参加者の一覧"])
