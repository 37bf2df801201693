"""In which cells of a small store the name of somebody who goes is found, how surely, and which were reworded."""

from datetime import datetime, timedelta

from app.settings.disposal.services.naming_texts import (
    find_naming_texts,
    find_reworded,
    locations_words,
    rows_text,
    texts_to_judge,
)
from app.settings.disposal.services.related_rows import redactions_by_row
from db.records.accounts import User
from db.records.organisations import Contact, Organisation, Person
from db.records.venues import Venue
from db.redactions import REDACTED
from db.row_history import row_histories
from tests.support.paper_lines import assert_paper
from tests.support.stores import killed, new_store

NOW = datetime(2026, 5, 7, 9)
GOES, ALIKE, NUMBER = "鵺鷺　沢子", "戊山　春子", "03-0000-7777"


def test_a_name_is_found_in_every_text_that_stays_and_a_reworded_one_is_told_by_the_day(tmp_path):
    store = new_store(tmp_path)

    def write(*what, action="書いた", by="係員", now=NOW):
        with store.change(action=action, by=by, now=now) as change:
            return [one(change) for one in what]

    def insert(*given):
        return write(*(lambda change, one=one: change.insert(one) for one in given))

    insert(User(login_id="u", display_name="己川　係員"))
    person, alike, phone = insert(
        Person(name=GOES, furigana="ぬえさぎ　さわこ"),
        Person(name=ALIKE, role="会長"),
        Contact(person_id=1, value=NUMBER),
    )
    insert(Person(name=ALIKE, note="同じ氏名で残る人"), Person(name="鵺鷺　沢子丸"), Person(name="K鵺鷺　沢子"))
    notes = {
        "氏名": f"{GOES}さん", "名字": "鵺鷺さんへ", "同名": f"{ALIKE}も", "電話": "+81 3 0000 7777", "別": "鵺鷺台",
        "直す": f"{GOES}の紹介", "名字に": f"{GOES}の紹介", "消す": f"{GOES}の紹介", "戻す": "空", "取り除く": GOES,
        "あとで": f"{GOES}の後任",
    }  # fmt: skip
    numbers = dict(zip(notes, insert(*(Organisation(name=one, note=text) for one, text in notes.items())), strict=True))
    insert(Organisation(name="鵺鷺会"), Organisation(name="鵺鷺沢子会"), Venue(name="みほん館", address="鵺鷺さん方"))
    for name, text in (("直す", ""), ("名字に", "鵺鷺さん"), ("消す", "別の人"), ("戻す", GOES), ("氏名", f"{GOES}様")):
        write(lambda change, name=name, text=text: change.update(Organisation, numbers[name], note=text))
    write(lambda change: change.delete(Organisation, numbers["取り除く"]))
    write(lambda change: change.update(Organisation, numbers["別"], note="x"), action=f"{GOES}の件", by=GOES)
    write(lambda change: change.update(Organisation, numbers["別"], note="y"), by="己川　係員")

    def found():
        lives = row_histories(store.database)
        wanted = {
            lives.current["people", person]: dict.fromkeys(("name", "furigana"), REDACTED),
            lives.current["people", alike]: {"name": REDACTED},
            lives.current["contacts", phone]: {"value": REDACTED},
        }
        return lives, find_naming_texts(store.database, lives, wanted)

    def row(life):
        return f"{life.table} {life.row_id}"

    lives, first = found()
    said = [
        f"{one.table} {one.row_id} {one.column}　{one.sort or '確か'}　{sorted(map(row, whose))}　{one.since}"
        for one, whose in first.in_current_rows.items()
    ]
    said += [f"履歴だけ　{row(life)}　{sorted(cells)}" for life, cells in first.in_history.items()]
    assert_paper([*said, f"探した氏名など　{first.searched_names}"], "どこに")
    places = tuple(first.in_current_rows)
    assert_paper([locations_words(places), rows_text(store.database, places)], "どこに、の言葉")
    assert_paper([f"{one.location}　{one.text}" for one in texts_to_judge(store.database, places)], "判断する文")

    write(lambda change: change.update(Organisation, numbers["あとで"], note="消去と一緒の文"), action="消去")
    later = NOW + timedelta(days=2)
    write(lambda change: change.update(Organisation, numbers["あとで"], note="後任"), now=later)
    write(lambda change: change.update(Organisation, numbers["戻す"], branch="第1支部"), now=later)
    write(lambda change: change.delete(Organisation, numbers["氏名"]), now=later)
    write(lambda change: change.update(Organisation, numbers["同名"], note="も"), now=later)
    for day, wanted in ((NOW, []), (later, ["note", "note"])):
        done = find_reworded(store.database, places, is_settled=lambda step, day=day: step.on <= day.date())
        assert [name for cells in done.values() for one in cells.values() for name in one] == wanted
        assert {one.row_id for one in done} == ({numbers["あとで"], numbers["氏名"]} if wanted else set())
    assert find_reworded(store.database, [], is_settled=lambda step: True) == {}
    of_person = [life for life in lives.last_images if life.table == "people" and life.row_id == person]
    assert all(life in redactions_by_row(lives, of_person, "request") for life in of_person)
    killed(store)
