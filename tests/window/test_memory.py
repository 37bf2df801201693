"""What was freed between blocks still in use goes back to the system; threads share one heap."""

from tests.support.child_python import run_python

FREED = """
import ctypes, pathlib
from app.window.memory import release_memory

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
release_memory()
print(before - resident())
"""


LOADED = """
import linecache, sys
from app.window.memory import spare_sources
spare_sources()
import app.main_window.main_window

print(hasattr(sys.modules["shibokensupport.feature"], "_mod_uses_pyside"), len(linecache.cache) < 20)
"""


SHARED = """
import ctypes, threading
from app.window.memory import share_one_heap

share_one_heap()
c = ctypes.CDLL(None)
c.malloc.restype = ctypes.c_void_p
threads = [threading.Thread(target=lambda: [c.malloc(5000) for _ in range(200)]) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
c.malloc_stats()
"""


def test_threads_take_from_one_heap():
    done = run_python("-c", SHARED)

    assert done.stderr.count("Arena") == 1


def test_freed_pages_between_blocks_in_use_go_back():
    done = run_python("-c", FREED)

    assert int(done.stdout) > 30


def test_no_source_is_read_and_kept_for_the_modules_that_are_loaded():
    done = run_python("-c", LOADED)

    assert done.stdout.split() == ["True", "True"]
