"""Packs the program for Windows: zip.py PROGRAM ZIP SECONDS, with the date of all files in seconds."""

import sys
import time
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
program, target, seconds = sys.argv[1:]
date = time.gmtime(int(seconds))[:6]


def text(path):
    """A text as every editor of Windows reads it: with its mark, and its line ends."""
    return "\ufeff".encode() + path.read_text("utf-8").replace("\n", "\r\n").encode()


# The console reads a command file in its own code page: it must be ASCII.
start = (HERE / "start.cmd").read_text("ascii").replace("\n", "\r\n").encode("ascii")
files = {
    "nianbao.exe": Path(program).read_bytes(),
    "开始.cmd": start,
    "先看这里.txt": text(HERE / "readme.txt"),
    "使用手册.txt": text(HERE.parent / "manual.md"),
    "LICENSE.txt": text(HERE.parent.parent / "LICENSE"),
}
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in files.items():
        archive.writestr(zipfile.ZipInfo(f"nianbao/{name}", date), content, zipfile.ZIP_DEFLATED)
