"""Rounds of work on bad lines, and then a good network on which a bounded number of sessions has to bring all together."""
import contextlib
import subprocess
import threading
import time

import checks
import hosts
import netem
import troubles
from company import Company
from product import Finding
from wires import EFFECTS, Line, Wires

# Of every site, when all lines are good again: its own news go up, and the others' come down.
PASSES_MAX = 3
SESSION_SECONDS_MAX = 60
# A session that a trouble holds up is not waited for longer than this.
PATIENCE_SECONDS = 15


class Run:
    def __init__(self, place, seed):
        self.company, self.seed = Company(place, seed), seed
        self.random = self.company.random
        self.counts = {trouble.name: 0 for trouble in troubles.ALL}
        self.sessions = {"went well": 0, "broke off": 0, "given up": 0}
        self.deck = []

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.build(stack)
            self.stack = stack.pop_all()
        return self

    def build(self, stack):
        switch = hosts.Host("SWITCH", 254)
        for host in [switch, *(site.host for site in self.company.sites)]:
            stack.callback(host.remove)
            host.create()
        self.wires = netem.Netem(switch) if netem.is_there(switch) else Wires(self.seed)
        stack.callback(self.wires.close)
        for site in self.company.sites:
            self.wires.connect(site.host)
        self.wires.start()
        stack.callback(self.company.end)

    def __exit__(self, *_):
        self.stack.close()

    def bad_lines(self):
        for site in self.company.sites:
            self.wires.set(site.name, Line(
                delay=self.random.uniform(0.005, 0.06), jitter=self.random.uniform(0, 0.02),
                loss=self.random.uniform(0, 0.05), reorder=self.random.uniform(0, 0.05),
                repeat=self.random.uniform(0, 0.02), corrupt=self.random.uniform(0, 0.005)))

    def trouble(self, busy):
        """Every kind before one comes again."""
        if not self.deck:
            self.deck = self.random.sample(troubles.ALL, len(troubles.ALL))
        return self.deck.pop()(self.company, self.wires, self.counts, busy)

    def round(self):
        self.bad_lines()
        if self.random.random() < 0.15:
            self.company.load(self.random.choice(self.company.branches), 1_000)
        self.company.recorded(*self.company.record(self.company.hub))
        busy = self.random.sample(
            [self.company.region, *self.company.branches], self.random.randint(2, 4))
        over, failures = threading.Event(), []
        threads = [
            threading.Thread(target=self.guarded, args=(work, failures), daemon=True) for work in [
                lambda: self.suffer(busy, over), *(lambda site=site: self.work(site, over) for site in busy)]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]

    @staticmethod
    def guarded(work, failures):
        try:
            work()
        except Exception as error:  # told by the thread that waits for this one
            failures.append(error)

    def suffer(self, busy, over):
        try:
            self.trouble(busy).run()
        finally:
            over.set()

    def work(self, site, over):
        """Records and syncs as long as the trouble lasts, and at least once."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.company.recorded(*self.company.record(site))
            self.session(site, end)
            if over.is_set() or time.monotonic() > end:
                return

    def session(self, site, end):
        process = self.company.sync(site)
        try:
            _, errors = process.communicate(timeout=max(1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            self.sessions["given up"] += 1
            return
        if process.returncode == 0:
            self.sessions["went well"] += 1
        elif process.returncode == 75:
            # What `help exit-codes` promises for a hub that cannot be reached.
            self.sessions["broke off"] += 1
        else:
            raise Finding(f"a session of {site.name} ended with {process.returncode}: {errors[-400:]}")

    def settle(self):
        """- Returns: how many passes it took."""
        for site in self.company.sites:
            self.wires.set(site.name, Line())
        order = [*self.company.branches, self.company.region]
        for count in range(1, PASSES_MAX + 1):
            for site in order:
                self.company.succeed(site, "sync", "--once", seconds=SESSION_SECONDS_MAX)
            # Down again: the regional hub first, then who syncs with it.
            order = [self.company.region, *self.company.branches]
            if not checks.differences(self.company):
                return count
        names = ", ".join(checks.differences(self.company))
        raise Finding(f"after {PASSES_MAX} sessions of every site others hold more than {names}")

    def expect_troubles(self):
        effects = {**self.counts, **self.wires.counted()}
        silent = [name for name, count in effects.items() if count == 0]
        if silent:
            raise Finding(f"never had an effect: {', '.join(silent)}; use more rounds")


def run(place, rounds, seed):
    start = time.monotonic()
    with Run(place, seed) as running:
        running.company.found()
        for _ in range(rounds):
            running.round()
        passes = running.settle()
        events = checks.run(running.company)
        running.expect_troubles()
        lines = running.wires.counted()
        return "\n".join([
            f"{rounds} rounds in {time.monotonic() - start:.0f} s; {running.wires.kind}",
            "  troubles: " + ", ".join(f"{name} {count}" for name, count in running.counts.items()),
            "  packets: " + ", ".join(f"{name} {lines[name]}" for name in EFFECTS)
            + f" of {running.wires.packets}; {running.wires.bytes:,} bytes",
            "  sessions: " + ", ".join(f"{n} {what}" for what, n in running.sessions.items()),
            f"  {events} events at the hub, {len(running.company.acknowledged)} acknowledged, "
            f"0 lost, 0 twice; {len(running.company.sites)} ledgers equal after {passes} passes",
        ])
