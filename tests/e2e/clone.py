#!/usr/bin/env python3
"""From a bare clone in a clean home to a mended report, by what the README says and nothing else.

    tests/e2e/clone.py [--no-tests]

Takes the commands to run and to test out of the README, runs them as they stand there, follows the
sample with the keys that the README names, and fails where README and program disagree. It builds the
whole program twice (release and tests): minutes, so it is no part of `cargo test`.
"""

import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = 3600  # seconds that a build may take
QUIET = 0.7   # seconds without output after which the screen has settled


def fail(words):
    sys.exit(f"clone: {words}")


def blocks(readme, heading):
    """The shell blocks under a heading of the README, in their order."""
    part = readme.split(f"\n{heading}\n", 1)
    if len(part) < 2:
        fail(f"the README has no heading {heading}")
    part = re.split(r"\n## ", part[1])[0]
    return [block.strip() for block in re.findall(r"```sh\n(.*?)```", part, re.S)]


class Screen:
    """A program in a terminal, and all that it has sent."""

    def __init__(self, command, folder, env):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe("sh", ["sh", "-c", f"stty rows 30 cols 100; exec {command}"], env)
        self.sent = b""

    def take(self, patience):
        if not select.select([self.fd], [], [], patience)[0]:
            return False
        try:
            piece = os.read(self.fd, 65536)
        except OSError:
            return False
        self.sent += piece
        return bool(piece)

    def until(self, text, patience=30):
        end = time.time() + patience
        while text.encode() not in self.sent:
            if time.time() > end or not self.take(end - time.time()):
                fail(f"never saw {text}; the end of what was sent:\n{self.sent[-2000:].decode(errors='replace')}")
        while self.take(QUIET):
            pass

    def press(self, keys):
        os.write(self.fd, keys.encode())
        while self.take(QUIET):
            pass

    def end(self):
        while self.take(30):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def main():
    work = tempfile.mkdtemp(prefix="nianbao-clone-")
    home, clone = f"{work}/home", f"{work}/nianbao"
    os.mkdir(home)
    subprocess.run(["git", "clone", "-q", "--bare", ROOT, f"{work}/bare.git"], check=True)
    subprocess.run(["git", "clone", "-q", f"{work}/bare.git", clone], check=True)
    # Rust is at hand, as the README asks; nothing else of this user is.
    old = os.path.expanduser("~")
    env = {name: os.environ[name] for name in ("PATH", "RUSTC_WRAPPER", "RUSTUP_TOOLCHAIN") if name in os.environ}
    env |= {"HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8", "CARGO_INSTALL_ROOT": f"{home}/.cargo"}
    for name, folder in (("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")):
        env[name] = os.environ.get(name, f"{old}/{folder}")
    with open(f"{clone}/README.md", encoding="utf-8") as file:
        readme = file.read()
    clerk, engineer = blocks(readme, "## 安装和运行"), blocks(readme, "## For the engineer")
    run, install, test = clerk[0], clerk[1], engineer[1]
    if engineer[0] != run:
        fail(f"the clerk is told to run {run}, the engineer {engineer[0]}")

    begun = time.time()
    screen = Screen(run, clone, env)
    screen.until("打开示例报告", BUILD)
    print(f"{run}: the first screen after {time.time() - begun:.0f} s", flush=True)
    for said in ("`s`", "F8", "Ctrl+S", "Ctrl+Q"):
        if said not in readme:
            fail(f"the README does not name {said}")
    screen.press("s")
    screen.until("示例 1/4")
    f8 = "\x1b[19~"
    for mended in ("5", "2"):
        screen.press(f8)
        screen.press(mended + "\r")
    screen.press("\x13")
    screen.press("\r")
    screen.press("\x11")
    if screen.end() != 0:
        fail("the editor did not end well")
    report = [name for name in os.listdir(clone) if name.endswith(".ron")]
    if len(report) != 1:
        fail(f"the sample was to be saved as one file: {report}")
    subprocess.run(install, shell=True, cwd=clone, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    program = f"{home}/.cargo/bin/nianbao"
    checked = subprocess.run([program, "check", report[0]], cwd=clone, env=env, capture_output=True, text=True)
    if checked.returncode != 0:
        fail(f"the mended sample has errors:\n{checked.stdout}{checked.stderr}")
    # The file of the lock stays beside a draft: removing it would let two hold it.
    for name in (report[0], f".{report[0]}.lock"):
        os.remove(f"{clone}/{name}")
    shown = subprocess.run([program, "--help"], env=env, capture_output=True, text=True).stdout
    with open(f"{clone}/assets/manual.md", encoding="utf-8") as file:
        manual = file.read()
    if shown.split("\n", 1)[1].strip() not in manual:
        fail("the manual's list of commands is not what the program says")
    print(f"{install}: the mended sample has no errors, the commands are those of the manual", flush=True)

    if "--no-tests" not in sys.argv:
        begun = time.time()
        told = subprocess.run(test, shell=True, cwd=clone, env=env, capture_output=True, text=True)
        passed = sum(int(count) for count in re.findall(r"^test result: \w+\. (\d+) passed", told.stdout, re.M))
        if told.returncode != 0:
            fail(f"{test} failed:\n{told.stdout[-6000:]}{told.stderr[-3000:]}")
        print(f"{test}: {passed} passed in {time.time() - begun:.0f} s", flush=True)
    left = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True).stdout
    if left:
        fail(f"something was left behind in the clone:\n{left}")
    subprocess.run(["rm", "-rf", work], check=True)


main()
