"""kill -9 at random moments. What was printed is there, what was not is there as a whole or not at all."""
import os
import random
import signal
import subprocess
import time

from product import MAPPING, RECORD, Finding, note, write_export

# A check of everything after so many kills.
CHECK_EVERY = 25
# So long one event is recorded after another before that is killed, at most.
RECORDING_SECONDS = 0.5


class Kills:
    def __init__(self, place, seed):
        self.place, self.random = place, random.Random(seed)
        self.acknowledged = {"hq.ledger": {}, "hn.ledger": {}}
        self.killed, self.printed, self.exports = {}, 0, 0
        self.seconds = {"record": RECORDING_SECONDS}
        place.company()
        (place.folder / "map.yaml").write_text(MAPPING)

    def kill(self, name, process, ledger=None):
        """Kills it at a random moment of the time that such a program has taken so far."""
        longest = self.seconds.get(name, 0.15)
        start = time.monotonic()
        try:
            output, _ = process.communicate(timeout=self.random.uniform(0, longest * 1.1))
            self.seconds[name] = 0.8 * longest + 0.2 * (time.monotonic() - start)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            self.killed[name] = self.killed.get(name, 0) + 1
        if ledger:
            self.printed += note(self.acknowledged[ledger], output)

    def step(self):
        work = self.random.choice(
            [self.record, self.record, self.load, self.sync, self.serve, self.merge, self.rebuild])
        work()

    def record(self):
        ledger = self.random.choice(["hq.ledger", "hn.ledger"])
        self.kill("record", self.place.start_again_and_again(*RECORD, "--ledger", ledger), ledger)

    def record_at_branch(self):
        self.printed += note(
            self.acknowledged["hn.ledger"],
            self.place.run(*RECORD, "--ledger", "hn.ledger").stdout)

    def load(self):
        self.exports += 1
        name = f"export-{self.exports}"
        path = self.place.folder / f"{name}.csv"
        write_export(path, name, 60)
        command = ["import", path.name, "--map", "map.yaml", "--ledger", "hn.ledger"]
        self.kill("import", self.place.start(*command))
        # Again, as a clerk would: every row is there once.
        self.place.succeed(*command)
        again = self.place.succeed(*command)
        if "60" not in again:
            raise Finding(f"the third import of one file says: {again}")
        path.unlink()

    def sync(self):
        self.record_at_branch()
        self.kill("sync", self.place.start("sync", "hn.ledger"))

    def merge(self):
        self.record_at_branch()
        bundle = self.place.folder / "hn.bundle"
        bundle.unlink(missing_ok=True)
        self.place.succeed("bundle", "hn.bundle", "--ledger", "hn.ledger")
        self.kill("merge", self.place.start("merge", "hn.bundle"))

    def rebuild(self):
        ledger = self.random.choice(["hq.ledger", "hn.ledger"])
        self.kill("rebuild", self.place.start("rebuild", "--ledger", ledger))

    def serve(self):
        """One of the two ends dies, or both."""
        self.record_at_branch()
        hub = self.place.start("serve", "hq.ledger", "--listen", "127.0.0.1:0")
        line = hub.stdout.readline()
        if "http" not in line:
            raise Finding(f"serve says: {line} {hub.stderr.read()[-400:]}")
        url = line.split()[-1]
        branch = self.place.start("sync", url, "--once", "--ledger", "hn.ledger")
        dies = self.random.choice(["branch", "hub", "both"])
        if dies != "hub":
            self.kill("sync URL", branch)
        if dies == "branch":
            hub.terminate()
            hub.communicate()
        else:
            self.kill("serve", hub)
            branch.communicate()

    def check(self):
        for ledger, addresses in self.acknowledged.items():
            self.place.expect_held(addresses, ledger)
        for _ in range(2):
            self.place.run("sync", "hn.ledger")
        heads = [self.place.heads(ledger) for ledger in self.acknowledged]
        if heads[0]["digest"] != heads[1]["digest"]:
            raise Finding("the two ledgers do not hold the same after a sync")
        scores = [
            self.place.succeed("score", "nps", "--format", "csv", "--ledger", ledger)
            for ledger in self.acknowledged
        ]
        if scores[0] != scores[1]:
            raise Finding("the two ledgers answer differently after a sync")
        for ledger in self.acknowledged:
            self.place.verify(ledger)


def run(place, count, seed):
    kills = Kills(place, seed)
    checked = 0
    while sum(kills.killed.values()) < count:
        kills.step()
        if sum(kills.killed.values()) // CHECK_EVERY > checked:
            checked += 1
            kills.check()
    kills.check()
    each = ", ".join(f"{name} {number}" for name, number in sorted(kills.killed.items()))
    return (
        f"{sum(kills.killed.values())} kills ({each}), {kills.printed} events acknowledged, 0 lost, "
        f"{checked + 1} times verified and converged")
