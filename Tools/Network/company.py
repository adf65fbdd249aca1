"""A company on several hosts: a hub, a regional hub that syncs upwards, and branches of both."""
import os
import random
import select
import signal
import subprocess
import threading

from hosts import Host
from product import EXPECTED_CODES, MAPPING, Finding, note

PORT = 8443
# How long a hub may take to be there; a debug build replays slowly on a busy machine.
HUB_SECONDS_MAX = 60


class Site:
    """A host with a ledger, and what was asked of it and acknowledged."""

    def __init__(self, name, number, hub=None):
        self.host = Host(name, number)
        self.name, self.hub = name, hub
        self.ledger = f"{name}.ledger"
        self.server = None


class Company:
    def __init__(self, place, seed):
        self.place, self.random = place, random.Random(seed)
        self.hub = Site("HQ", 1)
        self.region = Site("REG", 2, self.hub)
        near = [Site(name, number, self.region) for name, number in (("HUE", 11), ("DAD", 12))]
        far = [Site(name, number, self.hub) for name, number in (("HAN", 13), ("SGN", 14))]
        self.branches = near + far
        self.sites = [self.hub, self.region, *self.branches]
        # What each event says, by its mark; its address where one was printed.
        self.said, self.acknowledged = {}, {}
        self.exports, self.marks, self.lock = 0, 0, threading.Lock()
        self.started = []

    def start(self, site, *arguments, **options):
        process = subprocess.Popen(
            site.host.within(*self.place.command(*arguments)), cwd=self.place.folder,
            env={**self.place.environment(), "SCOREBOOK_LEDGER": site.ledger},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        with self.lock:
            self.started = [other for other in self.started if other.poll() is None] + [process]
        return process

    def succeed(self, site, *arguments, seconds=120):
        process = self.start(site, *arguments)
        output, errors = finish(process, seconds, f"{site.name}: {' '.join(arguments)}")
        if process.returncode != 0:
            raise Finding(f"{site.name}: {' '.join(arguments)}: {process.returncode}: {errors[-400:]}")
        return output

    # How they come to be

    def found(self):
        (self.place.folder / "map.yaml").write_text(MAPPING + "labels: {probe: id}\n")
        self.succeed(self.hub, "init", self.hub.ledger, "--site", self.hub.name)
        self.serve(self.hub)
        self.join(self.region, self.hub)
        self.serve(self.region)
        for branch in self.branches:
            self.join(branch, branch.hub)
        # The regional hub hands the answers of the authority on.
        for site in (self.region, *self.branches):
            self.succeed(site, "sync", "--once")

    def join(self, site, hub):
        invitation = f"{site.name}.invite"
        self.succeed(
            self.hub, "invite", site.name, "--url", self.url(hub), "-o", invitation,
            "--certificate", f"{hub.ledger}-tls-cert.pem")
        if hub is not self.hub:
            self.succeed(hub, "sync", "--once")
        self.succeed(site, "join", invitation, site.ledger)

    @staticmethod
    def url(hub):
        return f"https://{hub.host.address}:{PORT}"

    def serve(self, site):
        log = open(self.place.folder / f"{site.name}.log", "a")
        site.server = subprocess.Popen(
            site.host.within(*self.place.command(
                "serve", site.ledger, "--listen", f"{site.host.address}:{PORT}",
                "--name", site.host.address)),
            cwd=self.place.folder, env=self.place.environment(),
            stdout=subprocess.PIPE, stderr=log, text=True)
        log.close()
        ready, _, _ = select.select([site.server.stdout], [], [], HUB_SECONDS_MAX)
        line = site.server.stdout.readline() if ready else ""
        if "serving https://" not in line:
            tail = (self.place.folder / f"{site.name}.log").read_text()[-400:]
            raise Finding(f"serve of {site.name} does not begin: {line} {tail}")

    def stop(self, site, how=signal.SIGKILL):
        if not site.server:
            return
        site.server.send_signal(how)
        site.server.wait(timeout=60)
        site.server.stdout.close()
        site.server = None

    def end(self):
        """Nothing of it runs any more."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait()
        for site in (self.hub, self.region):
            if site.server and site.server.poll() is None:
                site.server.send_signal(signal.SIGCONT)
                self.stop(site)

    # What they do

    def record(self, site):
        """Starts recording an event that says who it is."""
        with self.lock:
            self.marks += 1
            mark = f"m{self.marks:06d}{self.random.randrange(16 ** 8):08x}"
        score = self.random.randrange(11)
        kind = self.random.choice(["answer", "answer", "answer", "points", "ticket"])
        if kind == "answer":
            what = ["survey-response-submitted", "--answer", f"nps={score}"]
            if self.random.random() < 0.3:
                what += ["--comment", f"text of {mark}"]
        elif kind == "points":
            what = ["points-earned", "--subject", f"account/{score}", "--points", "10"]
        else:
            what = ["ticket-opened", "--subject", f"ticket/{mark}"]
        self.said[mark] = ("nps", score) if kind == "answer" else (kind, 0)
        return mark, self.start(site, "record", *what, "--label", f"probe={mark}")

    def recorded(self, mark, process):
        output, errors = finish(process, 120, "record")
        if process.returncode not in EXPECTED_CODES | {-signal.SIGKILL}:
            raise Finding(f"record ended with {process.returncode}: {errors[-400:]}")
        address = {}
        if note(address, output):
            self.acknowledged[mark] = next(iter(address.items()))

    def load(self, site, rows):
        """An import of many rows; they are there when it has said so."""
        self.exports += 1
        name = f"x{self.exports:03d}{self.random.randrange(16 ** 6):06x}"
        path = self.place.folder / f"{name}.csv"
        lines = ["id,date,customer,nps"]
        for row in range(rows):
            mark, score = f"{name}r{row:04d}", self.random.randrange(11)
            lines.append(f"{mark},2026-03-{row % 28 + 1:02d},c{row},{score}")
            self.said[mark] = ("nps", score)
            # Its address is not printed.
            self.acknowledged[mark] = None
        path.write_text("\n".join(lines) + "\n")
        self.succeed(site, "import", path.name, "--map", "map.yaml")
        path.unlink()

    def sync(self, site):
        return self.start(site, "sync", "--once")


def finish(process, seconds, what):
    try:
        return process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Finding(f"{what}: not at its end after {seconds} s") from None
