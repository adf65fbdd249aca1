"""Power cuts. A trace of the program's system calls is replayed up to a random moment; of what a file got after its
last sync, each piece of 512 bytes is there or not, by chance. Every image must open, verify, and hold what was
acknowledged. Each workload has a trace of its own, and as many images as were asked for; an import ends with SQLite's
checkpoint, which moves the write-ahead log into the file, and the rebuilds fill it until one of them does the same.

Two controls show that the images are cruel enough: where the syncs of the write-ahead log are ignored, acknowledged
events must be lost, as with `synchronous=NORMAL`; where all syncs are ignored, files must break, as with `OFF`.
"""
import json
import random
import re
import shutil
import subprocess

from product import MAPPING, RECORD, ADDRESS, Finding, Skipped, need, write_export

SECTOR = 512
FILES = ("hq.ledger", "hq.ledger-wal", "hq.ledger-highwater")
BUNDLES = 12
# What is done, as bash runs it, in this order on one ledger; `program` is the program.
WORKLOADS = {
    "record": f"for i in $(seq 100); do program {' '.join(RECORD)}; done",
    "import": "program import a.csv --map map.yaml",
    "merge": f"for i in $(seq {BUNDLES}); do program merge hn-$i.bundle; done",
    "rebuild": "for i in $(seq 32); do program rebuild; done",
}
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
    """What a workload did to its files, in order, and when it said of which entries that they are there."""

    def __init__(self, place, before):
        # The files begin as they were when the trace did.
        self.operations, self.acknowledged = [], [(0, log, seq) for log, seq in before.items()]
        for path in sorted(place.folder.glob("start-*")):
            name = path.name.removeprefix("start-")
            self.operations.append(("start", name, path.read_bytes()))
        self.first, self.said = len(self.operations), None
        with open(place.folder / "trace", encoding="ascii", errors="replace") as lines:
            for line in lines:
                match = LINE.match(line)
                if match and int(match[5]) >= 0:
                    self.take(match[1], match[2], match[3] or "", match[4])

    def end(self, after):
        """What a program holds when it says that it is done is acknowledged then."""
        if self.said is None:
            raise Finding("the traced program said nothing")
        self.acknowledged += [(self.said, log, seq) for log, seq in after.items()]

    def cut(self, chance):
        """Anywhere; one time in five when all is acknowledged, which may be at the very end."""
        return chance.randint(self.first if chance.random() < 0.8 else self.said, len(self.operations))

    def take(self, call, descriptor, path, arguments):
        if call == "unlink":
            name = file_name(BYTES.search(arguments)[1])
            if ".ledger" in name:
                self.operations.append(("unlink", name))
            return
        if call == "write" and descriptor == "1":
            self.said = len(self.operations)
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
            if kind == "start":
                durable[name] = bytearray(operation[2])
            elif kind == "sync":
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


def prepare(place):
    place.company()
    (place.folder / "map.yaml").write_text(MAPPING)
    write_export(place.folder / "a.csv", "a", 300)
    for number in range(1, BUNDLES + 1):
        write_export(place.folder / "b.csv", f"b{number}", 50)
        place.succeed("import", "b.csv", "--map", "map.yaml", "--ledger", "hn.ledger")
        place.succeed("bundle", f"hn-{number}.bundle", "--ledger", "hn.ledger")


def traced(place, script):
    for name in FILES:
        (place.folder / f"start-{name}").unlink(missing_ok=True)
        if (place.folder / name).exists():
            shutil.copy(place.folder / name, place.folder / f"start-{name}")
    before = place.sizes()
    done = subprocess.run(
        ["strace", "-f", "-y", "-qq", "-xx", "-s", "20000000", "-e", f"trace={CALLS}", "-o", "trace", "bash",
         "-c", f"set -e; program() {{ '{place.command()[0]}' \"$@\"; }}; {script}"],
        cwd=place.folder, env=place.environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise Skipped(f"strace may not run here: {done.stderr[-200:]}")
    trace = Trace(place, before)
    trace.end(place.sizes())
    return trace


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
    held = {head["log"]: head["size"] for head in json.loads(done.stdout)["heads"]}
    lost = [f"{log}/{seq} was acknowledged, {held.get(log, 0)} held" for log, seq in known.items()
            if held.get(log, 0) < seq]
    if lost:
        return "lost", ", ".join(lost)
    done = place.run("verify", "--ledger", "image.ledger")
    return ("kept", "") if done.returncode == 0 else ("broken", done.stdout[-600:] + done.stderr[-300:])


def judge_images(place, trace, count, chance, control):
    """How many were kept, lost and broken; without a control, all must be kept."""
    verdicts = {"kept": 0, "lost": 0, "broken": 0}
    for number in range(count):
        end = trace.cut(chance)
        verdict, words = judge(place, trace, end, chance, control)
        if verdict != "kept" and not control:
            raise Finding(f"image {number}, cut after {end} calls: {verdict}: {words}")
        verdicts[verdict] += 1
    return verdicts


def expect_harm(name, trace, controls):
    """What a rebuild writes was acknowledged before, and what an import does is in the file when it says so; a file
    breaks where a checkpoint writes into it."""
    if name in ("record", "merge"):
        is_harmed = controls["NORMAL"]["lost"] > 0
    else:
        is_harmed = controls["OFF"]["broken"] > 0 and ("write", "hq.ledger") in {
            operation[:2] for operation in trace.operations}
    if not is_harmed:
        raise Finding(f"{name}: the controls harmed nothing, {controls}: the images prove nothing")


def run(place, count, seed):
    need("strace", "strace")
    prepare(place)
    chance, told = random.Random(seed), []
    for name, script in WORKLOADS.items():
        trace = traced(place, script)
        judge_images(place, trace, count, chance, "")
        controls = {control: judge_images(place, trace, max(20, count // 20), chance, control)
                    for control in ("NORMAL", "OFF")}
        expect_harm(name, trace, controls)
        shown = ", ".join(f"{control} {bad['lost']} lost and {bad['broken']} broken of {sum(bad.values())}"
                          for control, bad in controls.items())
        told.append(f"{name}: {count} images of {len(trace.operations) - trace.first} calls, 0 lost, 0 broken; "
                    f"controls: {shown}")
    return "\n  ".join(["", *told]).rstrip()
