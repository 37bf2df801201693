"""``self-check``: a real window, a real login, a paper that is shown and saved; whatever fails is named.

On Linux all of it runs where the kernel ends a process at its first socket to the network.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from PySide6.QtGui import QImage

from app.commands.self_check import Trial
from app.data_folder.services.data_folder import close_data_folder
from app.sample.services.sample_folder import create_sample_folder
from app.startup.self_check_steps import run_trial
from tests.support import no_network
from tests.support.child_python import run_python
from tests.support.sessions import LOGIN, NAME, NOW, PASSWORD

CLOSED = """
import runpy, sys
if sys.platform == "linux":
    runpy.run_path({file!r})["close_network"]()
"""
STEPS = ["画面を開く", "ログイン", "書類の見本", "PDFの保存", "終了"]


@pytest.fixture
def check(tmp_path: Path):
    """Call it as IT support does, without any way to the network; ``hidden`` are modules that a broken folder lacks."""

    def run(out: Path, *, hidden: str = "") -> subprocess.CompletedProcess[str]:
        blocked = tmp_path / "blocked"
        blocked.mkdir(exist_ok=True)
        lacking = f"sys.modules[{hidden!r}] = None\n" if hidden else ""
        (blocked / "sitecustomize.py").write_text(CLOSED.format(file=no_network.__file__) + lacking, encoding="utf-8")
        return run_python(
            "-m",
            "app",
            "self-check",
            "--out",
            str(out),
            env={"PYTHONPATH": str(blocked), "PYTHONIOENCODING": "utf-8"},
            check=False,
            timeout=600,
        )

    return run


def report(out: Path):
    return json.loads((out / "self-check.json").read_text(encoding="utf-8"))


@pytest.mark.nightly
def test_every_step_is_taken_in_a_real_window_and_leaves_pictures_and_a_paper(check, tmp_path):
    out = tmp_path / "点検"

    done = check(out)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [*(f"○ {name}" for name in STEPS), f"結果と画面の写し：{out}"]
    assert done.stderr == ""
    found = report(out)
    assert (found["screen"], found["said"]) == ("offscreen", [])
    pictures = [QImage(str(path)) for path in sorted(out.glob("*.png"))]
    assert len(pictures) == 3
    assert all(picture.width() >= 640 for picture in pictures)
    (paper,) = out.glob("*.pdf")
    assert "講習会" in pypdf.PdfReader(paper).pages[0].extract_text()
    assert {path.name for path in out.iterdir()} == {Path(file).name for file in found["files"]} | {"self-check.json"}


@pytest.mark.in_full
def test_a_folder_that_cannot_show_papers_fails_and_says_where(check, tmp_path):
    done = check(tmp_path / "点検", hidden="PySide6.QtPdf")

    assert done.returncode == 1, done.stdout
    failed = report(tmp_path / "点検")["steps"][-1]
    assert not failed["held"]
    assert "ModuleNotFoundError" in failed["seen"]


def test_a_login_that_is_refused_fails_with_the_words_on_the_page(qapp, tmp_path):
    store, _key = create_sample_folder(tmp_path / "data", login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW)
    close_data_folder(store, now=NOW)
    out = tmp_path / "out"
    out.mkdir()

    found = run_trial(Trial(tmp_path, LOGIN, "not the password", out))

    assert [(step.name, step.held) for step in found.steps] == [("画面を開く", True), ("ログイン", False)]
    assert "IDまたはパスワードが違います。" in found.steps[-1].seen


def test_a_folder_that_holds_anything_is_left_alone(check, tmp_path):
    kept = tmp_path / "大事.txt"
    kept.write_text("kept", encoding="utf-8")

    done = check(tmp_path)

    assert done.returncode == 1
    assert "空のフォルダーではありません" in done.stderr
    assert kept.read_text(encoding="utf-8") == "kept"
    assert not (tmp_path / "self-check.json").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")
def test_the_closed_network_ends_whoever_asks_for_it_and_every_child_of_it(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(CLOSED.format(file=no_network.__file__), encoding="utf-8")

    done = run_python("-c", _ASKED, env={"PYTHONPATH": str(tmp_path)}, encoding=None)

    assert json.loads(done.stdout) == {
        **dict.fromkeys(("AF_INET", "AF_INET6", "AF_NETLINK", "a datagram", "another program"), -signal.SIGSYS),
        **dict.fromkeys(("AF_UNIX", "the address of the card, refused"), 0),
    }


_ASKED = """
import ctypes, json, os, socket, sys

def end_of(asked):
    child = os.fork()
    if not child:
        asked()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

names = ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_UNIX")
ends = {name: end_of(lambda: socket.socket(getattr(socket, name))) for name in names}
ends["a datagram"] = end_of(lambda: socket.socket(type=socket.SOCK_DGRAM))
ends["the address of the card, refused"] = end_of(lambda: os._exit(ctypes.CDLL(None).socket(2, 2, 0) != -1))
alone = [sys.executable, "-I", "-S", "-c", "import socket; socket.socket(socket.AF_INET)"]
print(json.dumps({**ends, "another program": end_of(lambda: os.execv(alone[0], alone))}))
"""
