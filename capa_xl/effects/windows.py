"""The few calls of Windows that Python doesn't offer, from ReplaceFileW to the code page of the console.

Imported on Windows only.
"""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

UNABLE_TO_MOVE_REPLACEMENT_2 = 1177
"""ReplaceFileW gave up half-way: the old file has its backup's name, and nothing stands in its place."""

_IGNORE_MERGE_ERRORS = 0x2
_HIDDEN = 0x2
_INVALID = 0xFFFFFFFF
_MAY_QUERY = 0x1000
_READ_WRITE = 0xC0000000
_SHARE_ALL = 0x7
_OPEN_EXISTING = 3
_NO_HANDLE = ctypes.c_void_p(-1).value
_STILL_ACTIVE = 259


def replace_keeping(replaced: Path, replacement: Path, kept: Path) -> None:
    """Put `replacement` in the place of `replaced`, which is then called `kept`.

    Permissions, alternate streams, attributes and the time of creation stay those of `replaced`.

    Raises:
        OSError: With the `winerror` of Windows; all three names are as before.
    """
    if _kernel().ReplaceFileW(_long(replaced), _long(replacement), _long(kept), _IGNORE_MERGE_ERRORS, None, None):
        return
    number = _last_error()
    if number == UNABLE_TO_MOVE_REPLACEMENT_2 and not replaced.exists():
        kept.rename(replaced)
    raise _trouble(number, replaced)


def hide(path: Path) -> None:
    """Set the hidden attribute; Explorer shows a leading dot like any other name."""
    before = _kernel().GetFileAttributesW(_long(path))
    if before != _INVALID:
        _kernel().SetFileAttributesW(_long(path), before | _HIDDEN)


def why_refused(path: Path) -> int:
    """The error number for which a file can't be opened to read and write; 0 when it can.

    The C library, by which Python opens files, tells a violation of sharing and a lack of rights apart for nobody.
    """
    kernel = _kernel()
    held = kernel.CreateFileW(_long(path), _READ_WRITE, _SHARE_ALL, None, _OPEN_EXISTING, 0, None)
    if held == _NO_HANDLE:
        return _last_error()
    kernel.CloseHandle(held)
    return 0


def process_runs(process: int) -> bool:
    """Whether a process of that number runs; True where Windows won't say."""
    kernel = _kernel()
    held = kernel.OpenProcess(_MAY_QUERY, False, process)
    if not held:
        return _last_error() == 5  # access denied: it runs, as somebody else
    try:
        code = ctypes.c_ulong()
        return not kernel.GetExitCodeProcess(held, ctypes.byref(code)) or code.value == _STILL_ACTIVE
    finally:
        kernel.CloseHandle(held)


def console_code_page() -> int:
    """The number of the code page in which the console reads what programs write; 0 where there is no console."""
    return int(_kernel().GetConsoleOutputCP())


def registered_office() -> Path | None:
    """The program folder of LibreOffice as its installer registered it."""
    import winreg

    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):  # type: ignore[attr-defined,unused-ignore]
        try:
            return Path(winreg.QueryValue(root, r"SOFTWARE\LibreOffice\UNO\InstallPath"))  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            continue
    return None


def _kernel() -> Any:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.OpenProcess.restype = kernel.CreateFileW.restype = ctypes.c_void_p
    number, pointer = ctypes.c_uint32, ctypes.c_void_p
    kernel.CreateFileW.argtypes = (ctypes.c_wchar_p, number, number, pointer, number, number, pointer)
    kernel.GetExitCodeProcess.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    kernel.GetFileAttributesW.restype = ctypes.c_ulong
    return kernel


def _last_error() -> int:
    return int(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]


def _trouble(number: int, path: Path) -> OSError:
    trouble: OSError = ctypes.WinError(number)  # type: ignore[attr-defined,unused-ignore]
    trouble.filename = str(path)
    return trouble


def _long(path: Path) -> str:
    r"""The path for Windows' own calls, with \\?\ before it where it is too long for them."""
    text = str(path.absolute())
    if len(text) < 248 or text.startswith("\\\\?\\"):
        return text
    return f"\\\\?\\UNC\\{text[2:]}" if text.startswith("\\\\") else f"\\\\?\\{text}"
