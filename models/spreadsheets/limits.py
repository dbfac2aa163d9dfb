"""How much a spreadsheet may take, in cells, bytes, memory and time; set by the reading process on itself."""

import sys
from typing import Final

MOST_UNPACKED: Final = 100 << 20
"""Bytes of the parts of a workbook that are read; pictures are never unpacked."""
MOST_CELLS: Final = 1_000_000
"""Filled cells of a workbook. 20,000 rows of 45 columns are 900,000."""
MOST_ROWS: Final = 100_000
MOST_PLACES: Final = 4_000_000
"""Rows times columns that are held at once."""
ROW_GAP: Final = 1000
COLUMN_GAP: Final = 200
"""Empty rows or columns behind which a cell does not belong to the table any more."""
MOST_ANSWER: Final = 200 << 20
"""Bytes the reading process may answer."""

MEMORY: Final = 800 << 20
SECONDS: Final = 9
"""Memory in bytes, and processor time, of the reading process."""
PATIENCE: Final = 30.0
"""Seconds by the clock, for a drive that does not answer."""


def limit_this_process() -> None:
    """Let the operating system end this process where it takes more memory or time than it may."""
    if sys.platform == "win32":
        _limit_on_windows()
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_on_windows() -> None:
    """A job object around this process. A system that refuses it (Windows 7 within another job) goes without."""
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("Basic", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    process_time, process_memory, extended_information = 0x2, 0x100, 9
    no_fault_box = 0x1 | 0x2
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.SetErrorMode(no_fault_box)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    job = kernel.CreateJobObjectW(None, None)
    wanted = Extended()
    wanted.Basic.LimitFlags = process_time | process_memory
    wanted.Basic.PerProcessUserTimeLimit = SECONDS * 10_000_000
    wanted.ProcessMemoryLimit = MEMORY
    kernel.SetInformationJobObject(job, extended_information, ctypes.byref(wanted), ctypes.sizeof(wanted))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
