"""Power cuts. A trace of the program's system calls is replayed up to a random moment; of what a file got after its
last sync, each piece of 512 bytes is there or not, by chance. Every image must open, verify, and hold what was acknowledged.

Two controls show that the images are cruel enough: where the syncs of the write-ahead log are ignored, acknowledged
events must be lost, as with `synchronous=NORMAL`; where all syncs are ignored, files must break, as with `OFF`.
"""
import random
import re
import shutil
import subprocess

from product import MAPPING, RECORD, ADDRESS, Finding, Skipped, need, write_export

SECTOR = 512
CALLS = "pwrite64,write,fdatasync,fsync,ftruncate,unlink"
# Process, call, descriptor with its path, the other arguments, result: of `strace -f -y -xx`.
LINE = re.compile(r"^\d+\s+(\w+)\((?:(\d+)<([^>]*)>)?(.*)\)\s+= (-?\d+)")
BYTES = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
CONTROLS = {"": lambda name: False, "NORMAL": lambda name: name.endswith(("-wal", "-highwater")),
            "OFF": lambda name: not name.endswith("-lock")}


def decoded(text):
    return bytes.fromhex(text.replace("\\x", ""))


def file_name(path):
    """Of a path as strace shows it, in hexadecimal or not."""
    return (decoded(path).decode() if path.startswith("\\x") else path).rsplit("/", 1)[-1]


class Trace:
    """What the workload did to its files, in order; and what it printed."""

    def __init__(self, place):
        self.operations, self.acknowledged = [], []
        with open(place.folder / "trace", encoding="ascii", errors="replace") as lines:
            for line in lines:
                match = LINE.match(line)
                if match and int(match[5]) >= 0:
                    self.take(match[1], match[2], match[3] or "", match[4])

    def take(self, call, descriptor, path, arguments):
        if call == "unlink":
            name = file_name(BYTES.search(arguments)[1])
            if ".ledger" in name:
                self.operations.append(("unlink", name))
            return
        if call == "write" and descriptor == "1":
            for log, seq in ADDRESS.findall(decoded(BYTES.search(arguments)[1]).decode()):
                self.acknowledged.append((len(self.operations), log, int(seq)))
            return
        name = file_name(path)
        if ".ledger" not in name or name.endswith("-shm"):
            return
        if call == "pwrite64":
            offset = int(arguments.rsplit(",", 1)[1])
            self.operations.append(("write", name, offset, decoded(BYTES.search(arguments)[1])))
        elif call in ("fdatasync", "fsync"):
            self.operations.append(("sync", name))
        elif call == "ftruncate":
            self.operations.append(("truncate", name, int(arguments.split(",")[1])))

    def image(self, end, chance, ignores):
        """The files as a cut after so many operations may leave them."""
        durable, waiting = {}, {}
        for operation in self.operations[:end]:
            kind, name = operation[:2]
            if kind == "sync":
                if not ignores(name):
                    content = durable.setdefault(name, bytearray())
                    for late in waiting.pop(name, []):
                        apply(content, late)
            elif kind == "unlink":
                durable.pop(name, None)
                waiting.pop(name, None)
            else:
                durable.setdefault(name, bytearray())
                waiting.setdefault(name, []).append(operation)
        for name, late in waiting.items():
            for operation in late:
                survive(durable[name], operation, chance)
        return durable


def apply(content, operation):
    if operation[0] == "truncate":
        del content[operation[2]:]
        content.extend(bytes(operation[2] - len(content)))
        return
    offset, data = operation[2], operation[3]
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset:offset + len(data)] = data


def survive(content, operation, chance):
    """Applies an unsynced operation as a disk might have: not at all, all of it, or some of its sectors."""
    fate = chance.random()
    if fate < 0.35:
        return
    if fate < 0.65 or operation[0] == "truncate":
        return apply(content, operation)
    offset, data = operation[2], operation[3]
    for start in range(0, len(data), SECTOR):
        if chance.random() < 0.5:
            apply(content, ("write", None, offset + start, data[start:start + SECTOR]))


def workload(place):
    """Records, imports, merges, rebuilds and checkpoints, all in one trace."""
    place.company()
    (place.folder / "map.yaml").write_text(MAPPING)
    write_export(place.folder / "a.csv", "a", 300)
    for _ in range(3):
        place.succeed(*RECORD, "--ledger", "hn.ledger")
    place.succeed("bundle", "hn.bundle", "--ledger", "hn.ledger")
    for name in ("hq.ledger", "hq.ledger-wal", "hq.ledger-highwater"):
        source = place.folder / name
        if source.exists():
            shutil.copy(source, place.folder / f"start-{name}")
    program = place.command()[0]
    record = f"for i in $(seq 25); do '{program}' {' '.join(RECORD)}; done"
    script = (f"{record}; '{program}' import a.csv --map map.yaml >/dev/null; {record}; "
              f"'{program}' merge hn.bundle >/dev/null; '{program}' rebuild >/dev/null; {record}")
    done = subprocess.run(
        ["strace", "-f", "-y", "-qq", "-xx", "-s", "20000000", "-e", f"trace={CALLS}", "-o", "trace", "bash",
         "-c", script], cwd=place.folder, env=place.environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise Skipped(f"strace may not run here: {done.stderr[-200:]}")
    trace = Trace(place)
    # The files begin as they were when the trace did.
    start = [("write", path.name[6:], 0, path.read_bytes())
             for path in sorted(place.folder.glob("start-*"))]
    synced = start + [("sync", operation[1]) for operation in start]
    trace.operations[:0] = synced
    trace.acknowledged = [(at + len(synced), log, seq) for at, log, seq in trace.acknowledged]
    if not trace.acknowledged:
        raise Finding("the traced program acknowledged nothing")
    return trace, len(synced)


def judge(place, trace, end, chance, control):
    """"kept", "lost" or "broken", and words. A program that crashes is a finding, also where syncs did not hold: a torn
    page is told by its checksum."""
    try:
        return judge_image(place, trace, end, chance, CONTROLS[control])
    except Finding as finding:
        raise Finding(f"cut after {end} calls, control {control or 'none'}: {finding}") from finding


def judge_image(place, trace, end, chance, ignores):
    for old in place.folder.glob("image.ledger*"):
        old.unlink()
    for name, content in trace.image(end, chance, ignores).items():
        (place.folder / name.replace("hq.ledger", "image.ledger")).write_bytes(content)
    known = {}
    for at, log, seq in trace.acknowledged:
        if at <= end:
            known[log] = max(known.get(log, 0), seq)
    done = place.run("heads", "--json", "--ledger", "image.ledger")
    if done.returncode != 0:
        return "broken", done.stderr
    try:
        place.expect_held(known, "image.ledger")
    except Finding as finding:
        return "lost", str(finding)
    done = place.run("verify", "--ledger", "image.ledger")
    return ("kept", "") if done.returncode == 0 else ("broken", done.stdout[-600:] + done.stderr[-300:])


def run(place, count, seed):
    need("strace", "strace")
    trace, first = workload(place)
    chance = random.Random(seed)
    for number in range(count):
        end = chance.randint(first, len(trace.operations))
        verdict, words = judge(place, trace, end, chance, "")
        if verdict != "kept":
            raise Finding(f"image {number}, cut after {end} calls: {verdict}: {words}")
    shown = []
    for control in ("NORMAL", "OFF"):
        bad = {"lost": 0, "broken": 0, "kept": 0}
        total = max(20, count // 20)
        for _ in range(total):
            end = chance.randint(first, len(trace.operations))
            bad[judge(place, trace, end, chance, control)[0]] += 1
        if bad["kept"] == total or (control == "OFF" and bad["broken"] == 0):
            raise Finding(f"the control {control} harmed nothing: the images prove nothing")
        shown.append(f"{control} {bad['lost']} lost and {bad['broken']} broken of {total}")
    return (
        f"{count} images of {len(trace.operations) - first} calls, {len(trace.acknowledged)} events "
        f"acknowledged, 0 lost, 0 broken; controls: {', '.join(shown)}")
