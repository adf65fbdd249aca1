"""False clocks. Order is that of the log, and every answer is that of a ledger whose clock was right."""
import random
import subprocess

from product import RECORD, Finding, need, note

TIMES = [
    "1970-01-02 00:00:00", "2001-09-09 01:46:40", "2024-02-29 12:00:00", "2038-01-19 03:14:08",
    "2099-12-31 23:59:59",
]
OCCURRED = ["--time", "2026-03-01T09:00:00Z"]


def record(place, ledger, time):
    command = ["faketime", time, *place.command(*RECORD, *OCCURRED, "--ledger", ledger)]
    done = subprocess.run(
        command, cwd=place.folder, env=place.environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise Finding(f"record at {time}: {done.returncode}: {done.stderr[-300:]}")
    return done.stdout


def run(place, count, seed):
    need("faketime", "faketime")
    chance = random.Random(seed)
    place.succeed("init", "right.ledger", "--site", "HQ")
    place.succeed("init", "hq.ledger", "--site", "HQ")
    acknowledged, last = {}, 1
    # Each recording jumps back, to any of the earlier times; from the first one ahead to the last one again.
    at, jumps = 0, 0
    while jumps < count:
        jumps += at > 0
        at = chance.randrange(at) if at > 0 else len(TIMES) - 1
        time = TIMES[at]
        output = record(place, "hq.ledger", time)
        if note(acknowledged, output) != 1 or max(acknowledged.values()) != last + 1:
            raise Finding(f"after {last} came {output}")
        last += 1
        place.succeed(*RECORD, *OCCURRED, "--ledger", "right.ledger")
    place.expect_held(acknowledged)
    scores = [
        place.succeed("score", "nps", "--by", "month", "--format", "csv", "--ledger", ledger)
        for ledger in ("hq.ledger", "right.ledger")
    ]
    values = [[line.split(",")[:4] for line in score.splitlines()] for score in scores]
    if values[0] != values[1]:
        raise Finding(f"other scores: {scores}")
    before = place.heads()["digest"]
    place.succeed("rebuild")
    place.verify()
    if place.heads()["digest"] != before:
        raise Finding("another digest after a rebuild")
    return f"{last - 1} events under {len(TIMES)} clocks and {count} jumps back, order and scores as with a right one"
