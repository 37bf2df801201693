"""The command ``duties``: the contract that maintenance tools rely on."""

import json


def test_it_gives_each_duty_with_how_and_where_as_the_contract_says(call):
    status, out, _err = call("duties", "--must", "--json")
    found = json.loads(out)
    assert status == 0
    assert {tuple(one) for one in found} == {("basis", "duty", "how", "where", "reason")}
    assert {one["how"] for one in found} <= {"ledger", "form", "check", "setting", "screen", "not software"}
    assert [one["basis"] for one in found[:29]] == [f"特{number}" for number in range(1, 30)]
    assert all(one["reason"] for one in found if one["how"] == "not software")
    status, out, _err = call("duties")
    assert status == 0
    assert "特記事項第20条　重要情報を扱わない外部サービスのリスク　確認・期限　クラウドサービスのリスク確認票" in out
    whole = "機密保持及び個人情報保護に関する特記事項第9条第1項　業務責任者等のあらかじめの報告"
    assert whole in out, "nobody knows what 機 is"
    assert len(out.splitlines()) > len(found)


def test_another_contract_has_its_own_duties(call, project_folder):
    path = project_folder / "tests" / "programme" / "years" / "one_kind.toml"
    status, out, _err = call("duties", "--must", "--preset", path)
    assert status == 0
    assert "仕様書3(2)　出前講座は5人から15人程度　設定" in out
    assert "講習会は全7回程度" not in out
    assert "講習会は全7回程度" in call("duties", "--must")[1]
