"""What an act is called in 履歴 and what a refusal says is written down in its room's ``words.txt``."""

from tests.support import said_words
from tests.support.said_words import ANEW, DONE, PROJECT, REFUSED, differences, source_words

SAYS = """
from app.actions.user_error import UserError

class Taken(UserError):
    def __init__(self, name):
        super().__init__(f"{name}は使われています。", "ほかの名前にしてください。")

def take(store, name, again):
    if not name:
        raise UserError("名前が空です。", todo="入力してください。\\n短くします。")
    with store.change(action="名前を変えた" if again else f"{name}を入れた", subject="x") as change:
        change.insert(name)
    with act.change("取り消した", subject="x"):
        pass
"""


def test_labels_and_sentences_are_read_with_where_they_stand(tmp_path):
    place = tmp_path / "app" / "events" / "roster" / "services"
    place.mkdir(parents=True)
    (place / "names.py").write_text(SAYS, encoding="utf-8")

    found = source_words(tmp_path)

    assert dict(found[DONE]) == {
        "events/roster": [
            "services/names.py take | 名前を変えた",
            "services/names.py take | {…}を入れた",
            "services/names.py take | 取り消した",
        ]
    }
    assert found[REFUSED]["events/roster"] == [
        "services/names.py Taken | {…}は使われています。",
        "services/names.py Taken | ほかの名前にしてください。",
        "services/names.py take | 名前が空です。",
        "services/names.py take | 入力してください。／短くします。",
    ]


def test_acts_and_refusals_say_what_is_written_down():
    found = source_words(PROJECT)

    told = [line for section in (DONE, REFUSED) for line in differences(section, found[section])]
    assert told == [], ANEW + "\n".join(told)


def test_a_function_that_only_moves_moves_no_line(tmp_path, monkeypatch):
    monkeypatch.setattr(said_words, "PROJECT", tmp_path)
    monkeypatch.setattr(said_words, "WRITES", True)
    said = ["roster.py take | 名前が空です。", "roster.py take | 入力してください。"]
    other = "groups.py assign | 班がありません。"
    (tmp_path / "tests").mkdir()

    differences(REFUSED, {"events": [*said, other]})
    first = (tmp_path / "tests" / "events" / "words.txt").read_text(encoding="utf-8")
    differences(REFUSED, {"events": [other, *said]})

    assert (tmp_path / "tests" / "events" / "words.txt").read_text(encoding="utf-8") == first
    assert first.splitlines()[2:] == [other, *said]
