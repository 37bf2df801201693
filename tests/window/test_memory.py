"""What was freed between blocks still in use goes back to the system."""

from __future__ import annotations

import subprocess
import sys

FREED = """
import ctypes, pathlib
from app.window.memory import give_back_memory

def resident():
    said = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    return int(said.split("VmRSS:")[1].split()[0]) // 1024

c = ctypes.CDLL(None)
c.malloc.restype = ctypes.c_void_p
blocks = [c.malloc(8000) for _ in range(8000)]
for block in blocks:
    ctypes.memset(block, 1, 8000)
for number, block in enumerate(blocks):
    if number % 40:
        c.free(ctypes.c_void_p(block))
before = resident()
give_back_memory()
print(before - resident())
"""


def test_freed_pages_between_blocks_in_use_go_back(project_folder):
    done = subprocess.run(
        [sys.executable, "-c", FREED], cwd=project_folder, capture_output=True, encoding="utf-8", check=True
    )

    assert int(done.stdout) > 30
