"""The program under test, and a folder to run it in."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
ADDRESS = re.compile(r"^([0-9a-f]{32})/([0-9]+)$", re.MULTILINE)
# What `help exit-codes` lists; anything else is a crash.
EXPECTED_CODES = {0, 64, 65, 66, 69, 70, 73, 74, 75, 76}


class Finding(Exception):
    """Something that must not be."""


class Skipped(Exception):
    """This machine does not allow it."""


def program():
    named = os.environ.get("SCOREBOOK")
    built = [TOP / ".build" / kind / "scorebook" for kind in ("release", "debug")]
    found = [path for path in ([pathlib.Path(named)] if named else built) if path.exists()]
    if not found:
        raise Skipped("nothing is built; run: swift build --product scorebook")
    return max(found, key=lambda path: path.stat().st_mtime)


def need(command, package):
    """Installs what a bare Debian lacks, where that is allowed."""
    if shutil.which(command):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-qq", "-y", package], capture_output=True)
    if not shutil.which(command):
        raise Skipped(f"{command} is missing; install {package}")


class Place:
    """A folder for ledgers, removed in the end."""

    def __init__(self, name, keep=False):
        self.keep = keep
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"scorebook-{name}-"))

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.keep and kind is not None:
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *arguments):
        return [str(program()), *map(str, arguments)]

    def environment(self):
        return {**os.environ, "SWIFT_BACKTRACE": "enable=no", "SCOREBOOK_LEDGER": "hq.ledger"}

    def start(self, *arguments):
        return self.popen(self.command(*arguments))

    def start_again_and_again(self, *arguments):
        """As long as it succeeds; who kills its process group kills the one that runs."""
        return self.popen(["bash", "-c", 'while "$@"; do :; done', "again", *self.command(*arguments)])

    def popen(self, command):
        return subprocess.Popen(
            command, cwd=self.folder, env=self.environment(), start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *arguments, **options):
        done = subprocess.run(
            self.command(*arguments), cwd=self.folder, env=self.environment(),
            capture_output=True, text=True, timeout=300, **options)
        if done.returncode not in EXPECTED_CODES:
            raise Finding(f"{arguments[0]} ended with {done.returncode}: {done.stderr[-400:]}")
        return done

    def succeed(self, *arguments):
        done = self.run(*arguments)
        if done.returncode != 0:
            raise Finding(f"{' '.join(map(str, arguments))}: {done.returncode}: {done.stderr[-400:]}")
        return done.stdout

    def heads(self, ledger="hq.ledger"):
        """What is held, as `heads --json` tells."""
        return json.loads(self.succeed("heads", "--json", "--ledger", ledger))

    def sizes(self, ledger="hq.ledger"):
        return {head["log"]: head["size"] for head in self.heads(ledger)["heads"]}

    def expect_held(self, acknowledged, ledger="hq.ledger"):
        """Every address that was printed is there."""
        sizes = self.sizes(ledger)
        for log, seq in acknowledged.items():
            if sizes.get(log, 0) < seq:
                raise Finding(f"{log}/{seq} was acknowledged; {ledger} holds {sizes.get(log, 0)}")

    def verify(self, ledger="hq.ledger"):
        done = self.run("verify", "--ledger", ledger)
        if done.returncode != 0:
            raise Finding(f"verify of {ledger}: {done.stdout[-800:]} {done.stderr[-400:]}")

    def company(self):
        """A hub and an enrolled branch."""
        self.succeed("init", "hq.ledger", "--site", "HQ")
        self.succeed("invite", "HN", "-o", "hn.invite")
        self.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invite")
        self.succeed("sync", "hn.ledger")


def note(acknowledged, text):
    """Adds the addresses that a program printed."""
    found = ADDRESS.findall(text)
    for log, seq in found:
        acknowledged[log] = max(acknowledged.get(log, 0), int(seq))
    return len(found)


RECORD = ["record", "survey-response-submitted", "--answer", "nps=9"]
MAPPING = """source: export
rows: survey
header: {rows: 1}
id: id
occurred: {column: date, format: yyyy-MM-dd, zone: UTC}
customer: {column: customer, namespace: member}
survey:
  id: relationship
  version: 1
  questions:
    - {id: nps, column: nps, metric: nps, scale: [0, 10]}
"""


def write_export(path, name, rows):
    lines = [f"{name}-{row},2026-03-{row % 28 + 1:02d},c{row},{row % 11}" for row in range(rows)]
    path.write_text("\n".join(["id,date,customer,nps", *lines]) + "\n")
