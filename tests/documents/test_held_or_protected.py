"""A file that another program holds is not called write-protected, and the words are about that file."""

import errno

import pytest

from app.documents.services.file_saving import write_atomically, write_folder
from app.window.failure_messages import failure_of
from db.files import day_file, filesystem, storage_errors
from tests.support.windows_errors import ACCESS_DENIED, HELD, NO_SUCH_SHARE, windows_error


def refuse_with(monkeypatch, error: OSError) -> None:
    def refused(*_paths, **_how):
        raise error

    for name in ("create_exclusive", "replace", "rename"):
        monkeypatch.setattr(filesystem, name, refused)


def test_each_cause_has_its_own_words(tmp_path):
    (tmp_path / "desk.db").touch()
    (tmp_path / "protected").touch(mode=0o444)
    kinds = {
        type(storage_errors.to_storage_problem(error))
        for error in (windows_error(HELD), windows_error(ACCESS_DENIED, tmp_path / "desk.db"))
    }
    assert kinds == {storage_errors.FileInUse}
    protected = storage_errors.to_storage_problem(windows_error(ACCESS_DENIED, tmp_path / "protected"))
    assert type(protected) is storage_errors.ReadOnlyFolder
    assert type(storage_errors.to_storage_problem(PermissionError(errno.EACCES, "no"))) is storage_errors.ReadOnlyFolder
    assert type(storage_errors.to_storage_problem(windows_error(NO_SUCH_SHARE))) is storage_errors.DiskFailed
    assert type(storage_errors.to_storage_problem(FileNotFoundError(errno.ENOENT, "no"))) is storage_errors.MissingData


def test_a_path_that_is_too_long_is_not_called_missing(tmp_path):
    with pytest.raises(OSError) as real:  # noqa: PT011 - it is what the system says that is looked at
        (tmp_path / ("町" * 250)).mkdir()
    called_missing = FileNotFoundError(errno.ENOENT, "no", str(tmp_path / ("町" * 250) / "desk.db"))

    for error in (real.value, called_missing, windows_error(206)):
        assert type(storage_errors.to_storage_problem(error)) is storage_errors.PathTooLong


@pytest.mark.parametrize("overwrite", [True, False])
@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (HELD, storage_errors.FileInUse, "「名簿.pdf」をほかのプログラムが使っているため"),
        (NO_SUCH_SHARE, storage_errors.DiskFailed, "共有フォルダーの切断"),
    ],
)
def test_a_paper_that_cannot_be_saved_names_the_file(tmp_path, monkeypatch, overwrite, number, kind, words):
    (tmp_path / "名簿.pdf").write_bytes(b"earlier") if overwrite else None
    refuse_with(monkeypatch, windows_error(number, tmp_path / "名簿.pdf"))

    with pytest.raises(kind, match=words):
        write_atomically(tmp_path / "名簿.pdf", b"new", overwrite=overwrite)

    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([b"earlier"] if overwrite else [])


def test_a_protected_or_missing_folder_for_a_paper_is_not_called_the_data_folder(tmp_path, monkeypatch):
    with pytest.raises(storage_errors.MissingData, match="保存先のフォルダー「USB」が見つかりません"):
        write_atomically(tmp_path / "USB" / "名簿.pdf", b"new")
    refuse_with(monkeypatch, PermissionError(errno.EACCES, "no", str(tmp_path / "名簿.pdf")))
    with pytest.raises(storage_errors.ReadOnlyFolder) as refused:
        write_atomically(tmp_path / "名簿.pdf", b"new")
    assert "「名簿.pdf」を書き込めません" in refused.value.happened
    assert "データフォルダー" not in str(refused.value)


def test_a_file_in_the_place_of_the_folder_and_a_folder_in_that_of_the_paper_are_said_to_be_so(tmp_path):
    (tmp_path / "USB").touch()
    with pytest.raises(storage_errors.MissingData, match="保存先のフォルダー「USB」が見つかりません"):
        write_atomically(tmp_path / "USB" / "名簿.pdf", b"new")
    (tmp_path / "名簿.pdf").mkdir()
    with pytest.raises(storage_errors.ReadOnlyFolder, match=r"「名簿.pdf」を書き込めません.*別の場所を選んで"):
        write_atomically(tmp_path / "名簿.pdf", b"new", overwrite=True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["USB", "名簿.pdf"]


def test_of_several_files_those_already_written_go_again_although_one_is_held(tmp_path, monkeypatch):
    folder = tmp_path / "セット"
    rename = filesystem.rename
    remove = filesystem.remove
    written = []

    def third_refused(source, target):
        if len(written) == 3:
            raise windows_error(HELD, target)
        written.append(target)
        rename(source, target)

    def first_held(path, **given):
        if path == written[0]:
            raise windows_error(HELD, path)
        remove(path, **given)

    monkeypatch.setattr(filesystem, "rename", third_refused)
    monkeypatch.setattr(filesystem, "remove", first_held)
    with pytest.raises(storage_errors.FileInUse):
        write_folder(folder, [(f"{number}.pdf", b"x") for number in range(4)])

    assert [path.name for path in folder.iterdir()] == ["0.pdf"]


def test_a_day_file_that_is_being_scanned_is_not_called_write_protected(tmp_path, monkeypatch):
    path = tmp_path / f"講習会{day_file.FILE_SUFFIX}"
    path.write_bytes(b"x")

    def scanned(name, _mode):
        raise windows_error(HELD, name)

    monkeypatch.setattr(day_file, "FileIO", scanned)
    with pytest.raises(storage_errors.FileInUse, match="ほかのプログラムが使っています") as held:
        day_file.open_file(path, password="x" * 12)
    assert "ファイルには何も書き込んでいません。" in str(held.value)
    assert "書込み禁止" not in str(held.value)


def test_the_window_tells_a_held_file_from_a_protected_one(tmp_path):
    (tmp_path / "申込.xlsx").touch(0o444)
    held = failure_of(windows_error(HELD, tmp_path / "申込.xlsx"))
    protected = failure_of(PermissionError(errno.EACCES, "no", str(tmp_path / "申込.xlsx")))

    assert "「申込.xlsx」を、ほかのプログラムが使っています" in held.happened
    assert "読み取り専用" in protected.happened
    assert "ほかのプログラム" not in protected.as_one_text()
