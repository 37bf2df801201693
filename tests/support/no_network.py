"""Closes every way out of a process: on Linux the kernel ends it, and each child of it, at the first socket but a local
one.

No library can get round it, whatever language it is written in. Read by file where a child starts, so it imports
nothing of ours.
"""

import ctypes
import errno
import os
import platform

_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EACCES
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _KIND_OF_MACHINE, _FAMILY, _TYPE = 0, 4, 16, 24
"""Where the number of the call, the machine and the first two arguments stand in what the kernel shows the filter."""

_LOCAL = 1
_BARE_DATAGRAM = 2
"""The type without a flag. libuuid, which Python's own ``uuid`` calls where it is imported, asks the network card for
its address that way, sends nothing, and does without where it is refused; whoever talks (Python, Qt, the resolver of
names) opens a socket with a flag."""
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""How the kernel names the machine, and the number of the call ``socket`` on it."""

_NO_NEW_RIGHTS, _SET_FILTER, _BY_FILTER = 38, 22, 2


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def close_network() -> None:
    """From now on a socket to another machine, or to this one over the network, ends the process with SIGSYS; a bare
    datagram socket is refused.

    Raises:
        OSError: the kernel takes no filter. KeyError: a machine whose calls are not known here.
    """
    machine, socket_call = _MACHINES[platform.machine()]
    steps = (_Step * 11)(
        _Step(_LOAD, 0, 0, _KIND_OF_MACHINE),
        _Step(_EQUAL, 0, 8, machine),
        _Step(_LOAD, 0, 0, _NUMBER),
        _Step(_EQUAL, 0, 6, socket_call),
        _Step(_LOAD, 0, 0, _FAMILY),
        _Step(_EQUAL, 4, 0, _LOCAL),
        _Step(_LOAD, 0, 0, _TYPE),
        _Step(_EQUAL, 1, 0, _BARE_DATAGRAM),
        _Step(_RETURN, 0, 0, _KILL),
        _Step(_RETURN, 0, 0, _REFUSE),
        _Step(_RETURN, 0, 0, _ALLOW),
    )
    library = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(steps), steps)
    for call in ((_NO_NEW_RIGHTS, 1, 0, 0, 0), (_SET_FILTER, _BY_FILTER, ctypes.byref(program), 0, 0)):
        if library.prctl(*call):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
