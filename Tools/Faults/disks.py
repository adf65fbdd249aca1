"""Full disks. A refusal is one clear sentence, what was acknowledged stays, and with space again all goes on."""
import os
import resource
import shutil
import subprocess

from product import MAPPING, RECORD, Finding, Skipped, note, write_export


def fill(place, name, enlarge, limit=None):
    """Records until the disk is full, checks, makes room, goes on."""
    acknowledged = {}
    place.succeed("init", "hq.ledger", "--site", "HQ")
    (place.folder / "map.yaml").write_text(MAPPING)
    write_export(place.folder / "a.csv", "a", 4_000)
    options = {"preexec_fn": limit} if limit else {}
    place.run("import", "a.csv", "--map", "map.yaml", **options)
    count = 0
    while True:
        done = place.run(*RECORD, **options)
        count += note(acknowledged, done.stdout)
        if done.returncode != 0:
            break
        if count > 20_000:
            raise Finding(f"{name} was never full")
    if done.stderr.count("\n") != 1 or "Fatal" in done.stderr:
        raise Finding(f"{name}: not one sentence: {done.stderr}")
    enlarge()
    place.expect_held(acknowledged)
    place.verify()
    if note(acknowledged, place.succeed(*RECORD)) != 1:
        raise Finding(f"{name}: nothing is recorded where there is space again")
    place.expect_held(acknowledged)
    place.verify()
    return f"{name} {count} events acknowledged and {done.returncode} in the end"


def mounted(place, name, arguments, larger):
    folder = place.folder / name
    folder.mkdir()
    done = subprocess.run(["mount", *arguments, str(folder)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Skipped(f"{name} cannot be mounted here: {done.stderr.strip()}")
    inner = type(place)(name)
    shutil.rmtree(inner.folder)
    inner.folder = folder
    try:
        # A filler leaves little room, and goes away when room is wanted.
        return fill(inner, name, lambda: larger(folder))
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True)


def tmpfs(place):
    def larger(folder):
        subprocess.run(["mount", "-o", "remount,size=16m", str(folder)], check=True)

    return mounted(place, "tmpfs", ["-t", "tmpfs", "-o", "size=3m", "tmpfs"], larger)


def ext4(place):
    image = place.folder / "disk"
    with open(image, "wb") as file:
        file.truncate(8 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, capture_output=True)
    filler = place.folder / "ext4" / "filler"

    def larger(folder):
        filler.unlink()

    folder = place.folder / "ext4"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-o", "loop", str(image), str(folder)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Skipped(f"ext4 cannot be mounted here: {done.stderr.strip()}")
    filler.write_bytes(bytes(3 << 20))
    inner = type(place)("ext4")
    shutil.rmtree(inner.folder)
    inner.folder = folder
    try:
        return fill(inner, "ext4", lambda: larger(folder))
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True)


def limited(place):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500 << 10, resource.RLIM_INFINITY))

    return fill(place, "RLIMIT_FSIZE", lambda: None, limit)


def run(place, count, seed):
    if os.geteuid() != 0:
        return limited(place) + "; tmpfs and ext4 SKIPPED: only root may mount"
    return "; ".join([tmpfs(place), ext4(place), limited(place)]) + "; 0 lost"
