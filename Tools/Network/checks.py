"""What has to hold in the end, read from the files themselves and from what was asked for, apart from the program's own
checks."""
import json
import re
import sqlite3

from product import Finding

MARK = re.compile(rb"m[0-9]{6}[0-9a-f]{8}|x[0-9]{3}[0-9a-f]{6}r[0-9]{4}")
METRICS = ["nps", "nps.mean", "ticket.backlog", "loyalty.issued", "loyalty.outstanding"]


def entries(path):
    """Rows of consecutive events: (log, first seq, count, bytes), as SQLite reads them."""
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return base.execute(
            "SELECT hex(log.id), seq, count, bytes FROM entry JOIN log ON log.number = entry.log"
            " ORDER BY 1, 2").fetchall()
    finally:
        base.close()


def texts(path):
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return set(base.execute(
            "SELECT log.id, seq, ordinal, salt, encoding, bytes FROM detached"
            " JOIN log ON log.number = detached.log"))
    finally:
        base.close()


def split(blob):
    """The events of a row: each after its length in LEB128."""
    position = 0
    while position < len(blob):
        length, shift = 0, 0
        while True:
            byte = blob[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield blob[position:position + length]
        position += length


def events_of(path):
    """Every event by its address; a gap or a second event of one address is a finding."""
    held, next_seq = {}, {}
    for log, first, count, blob in entries(path):
        log = log.lower()
        if next_seq.get(log, 1) != first:
            raise Finding(f"{path.name}: {log}/{first} where {next_seq.get(log, 1)} has to be")
        parts = list(split(blob))
        if len(parts) != count:
            raise Finding(f"{path.name}: {log}/{first} claims {count} events and holds {len(parts)}")
        for offset, event in enumerate(parts):
            held[log, first + offset] = event
        next_seq[log] = first + count
    return held


def expect_once(company, held):
    """Each event that was acknowledged is there once, under its address; the others at most once."""
    where = {}
    for address, event in held.items():
        for mark in {found.decode() for found in MARK.findall(event)}:
            where.setdefault(mark, []).append(address)
    for mark, address in company.acknowledged.items():
        found = where.get(mark, [])
        if len(found) != 1:
            raise Finding(f"{mark}, acknowledged as {address}, is there {len(found)} times")
        if address and found[0] != address:
            raise Finding(f"{mark}, acknowledged as {address}, is at {found[0]}")
    for mark, found in where.items():
        if len(found) != 1 or mark not in company.said:
            raise Finding(f"{mark} is there {len(found)} times")
    return where


def expect_scores(company, there):
    """The counts that follow from what was asked for."""
    answers = [company.said[mark][1] for mark in there if company.said[mark][0] == "nps"]
    document = json.loads(
        company.place.succeed("score", "nps", "--format", "json", "--ledger", company.hub.ledger))
    counts = document["rows"][0]["counts"]
    expected = {
        "promoters": sum(score >= 9 for score in answers),
        "passives": sum(7 <= score <= 8 for score in answers),
        "detractors": sum(score <= 6 for score in answers),
    }
    if counts != expected:
        raise Finding(f"nps counts {counts}; what was asked for gives {expected}")
    points = 10 * sum(company.said[mark][0] == "points" for mark in there)
    document = json.loads(company.place.succeed(
        "score", "loyalty.issued", "--format", "json", "--ledger", company.hub.ledger))
    value = document["rows"][0]["value"] if document["rows"] else 0
    if (value or 0) != points:
        raise Finding(f"loyalty.issued is {value}; what was asked for gives {points}")


def differences(company):
    """Ledgers that do not hold what the hub holds, by their own words."""
    def heads(site):
        document = company.place.heads(site.ledger)
        return document["digest"], sorted(json.dumps(head, sort_keys=True) for head in document["heads"])

    expected = heads(company.hub)
    return [site.name for site in company.sites if heads(site) != expected]


def expect_equal(company):
    first = None
    for site in company.sites:
        seen = [
            company.place.succeed("score", metric, "--by", by, "--format", "json", "--ledger",
                                  site.ledger)
            for metric in METRICS for by in ("site", "month")]
        # Values, counts, and the digests of the cuts.
        if first is not None and seen != first:
            raise Finding(f"{site.name} answers differently from {company.hub.name}")
        first = seen


def run(company):
    """- Returns: how many events the hub holds."""
    different = differences(company)
    if different:
        raise Finding(f"do not hold what the hub holds: {', '.join(different)}")
    expect_equal(company)
    folder = company.place.folder
    held = events_of(folder / company.hub.ledger)
    there = expect_once(company, held)
    expect_scores(company, there)
    words = texts(folder / company.hub.ledger)
    for site in company.sites:
        if events_of(folder / site.ledger) != held:
            raise Finding(f"the file of {site.name} holds other events than the hub's")
        if texts(folder / site.ledger) != words:
            raise Finding(f"the file of {site.name} holds other texts than the hub's")
        company.place.verify(site.ledger)
    return len(held)
