"""What befalls the company in one round: each trouble begins, lasts and ends by itself, and says whether it had an effect."""
import signal
import subprocess
import time

from wires import Line

GOOD = Line()


class Trouble:
    """`effect` counts what it did; a run in which it stays 0 proves nothing about it."""

    name = ""

    def __init__(self, company, wires, counts, busy):
        """`busy`: the sites that record and sync meanwhile."""
        self.company, self.wires, self.counts, self.busy = company, wires, counts, busy
        self.random = company.random

    def did(self, number=1):
        self.counts[self.name] = self.counts.get(self.name, 0) + number

    def wait(self, least, most):
        # The length of the trouble is what is tried.
        time.sleep(self.random.uniform(least, most))

    def any_hub(self):
        return self.random.choice([self.company.hub, self.company.region])

    def any_end(self):
        """One end of a line on which something goes on."""
        site = self.random.choice(self.busy)
        return self.random.choice([site, site.hub])


class LinkDown(Trouble):
    """A device goes down in the middle of sessions, and comes up again."""

    name = "link down"

    def run(self):
        site = self.any_end()
        self.wait(0, 0.8)
        site.host.down()
        self.wait(0.3, 3)
        site.host.up()
        self.did()


class HalfOpen(Trouble):
    """Packets of one direction vanish."""

    name = "half-open"

    def run(self):
        site = self.any_end()
        before = self.wires.counted()["vanished one way"]
        self.wait(0, 0.5)
        self.wires.shut(site.name, self.random.choice(["in", "out"]))
        self.wait(1, 5)
        self.wires.open(site.name)
        self.did(self.wires.counted()["vanished one way"] - before)


class Blackhole(Trouble):
    """A host has no way to one other host; the way back is there."""

    name = "blackhole"

    def run(self):
        site = self.random.choice(self.busy)
        here, there = self.random.choice([(site, site.hub), (site.hub, site)])
        self.wait(0, 0.8)
        here.host.blackhole(there.host)
        self.wait(0.5, 4)
        here.host.reach(there.host)
        self.did()


class HeavyLoss(Trouble):
    name = "heavy loss"

    def run(self):
        site = self.random.choice(self.busy)
        line = self.wires.lines[site.name]
        before = self.wires.counted()["lost"]
        self.wires.set(site.name, Line(0.06, 0.02, 0.3, 0.05, 0.02))
        self.wait(3, 6)
        self.wires.set(site.name, line)
        self.did(self.wires.counted()["lost"] - before)


class Narrow(Trouble):
    """A line of 32 kbit/s, which a branch with a backlog fills."""

    name = "narrow line"

    def run(self):
        site = self.random.choice(self.company.branches)
        self.company.load(site, 150)
        self.wires.narrow(site.host, "32kbit")
        self.sync(site)
        self.did(self.wires.widen(site.host))

    def sync(self, site):
        process = self.company.sync(site)
        try:
            process.communicate(timeout=self.random.uniform(3, 12))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


class KillBranch(Trouble):
    """kill -9 of a session, at a random moment of it."""

    name = "branch killed"

    def run(self):
        site = self.random.choice(self.busy)
        while True:
            mark, recording = self.company.record(site)
            self.company.recorded(mark, recording)
            process = self.company.sync(site)
            self.wait(0, 0.9)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                return self.did()
            process.communicate()


class KillRecord(Trouble):
    """kill -9 of a program that records; what it has printed is there."""

    name = "record killed"

    def run(self):
        for _ in range(4):
            mark, process = self.company.record(self.random.choice(self.company.sites))
            self.wait(0, 0.12)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                self.did()
            self.company.recorded(mark, process)


class KillHub(Trouble):
    """kill -9 of a hub, at a random moment of the sessions with it."""

    name = "hub killed"

    def run(self):
        hub = self.any_hub()
        self.wait(0, 1.2)
        self.company.stop(hub)
        self.did()
        self.wait(0, 2)
        self.company.serve(hub)


class Frozen(Trouble):
    """A hub stands still, as a virtual machine does that is moved."""

    name = "hub frozen"

    def run(self):
        hub = self.any_hub()
        self.wait(0, 0.8)
        hub.server.send_signal(signal.SIGSTOP)
        self.wait(0.5, 3)
        hub.server.send_signal(signal.SIGCONT)
        self.did()


ALL = [
    LinkDown, HalfOpen, Blackhole, HeavyLoss, Narrow, KillBranch, KillRecord, KillHub, Frozen,
]
