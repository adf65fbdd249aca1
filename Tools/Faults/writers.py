"""Two programs that record at the same moment: both succeed, one after the other, and a killed one holds up nobody."""
import random
import time

from product import RECORD, Finding, note


def run(place, count, seed):
    chance = random.Random(seed)
    place.succeed("init", "hq.ledger", "--site", "HQ")
    acknowledged, printed, slowest, killed = {}, 0, 0.0, 0
    for _ in range(count):
        start = time.monotonic()
        pair = [place.start(*RECORD) for _ in range(2)]
        if chance.random() < 0.1:
            pair[0].kill()
            killed += 1
        for process in pair:
            output, errors = process.communicate()
            printed += note(acknowledged, output)
            if process.returncode not in (0, -9):
                raise Finding(f"a writer ended with {process.returncode}: {errors[-300:]}")
        slowest = max(slowest, time.monotonic() - start)
    place.expect_held(acknowledged)
    size = max(place.sizes().values())
    if not printed <= size - 1 <= 2 * count:
        raise Finding(f"{printed} addresses were printed, and the log has {size} entries")
    place.verify()
    return (
        f"{count} pairs, {killed} with one killed, {printed} events acknowledged, 0 lost, none twice; "
        f"the slowest pair took {slowest:.2f} s")
