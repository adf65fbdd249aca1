"""Clients that cost a hub as much as they can, beside one branch that only wants to sync."""
import collections
import pathlib
import random
import signal
import socket
import ssl
import statistics
import subprocess
import threading
import time

from product import MAPPING, Finding

SLOW_CLIENTS = 500
SESSIONS = 100
EVENTS_EACH = 20
SESSION_SECONDS_MAX = 1.0
RESIDENT_MIB_MAX = 256
# From the limits of the hub: the longest that a client may take that sends or reads next to nothing.
CUT_SECONDS_MAX = 90

HEAD = b"POST /v1/hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Padding: "
BODY = b"POST /v1/join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 16000\r\n\r\n"
UNREAD_BODY = b"POST /v1/nonces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 16000\r\n\r\n"
ENDLESS = b"POST /v1/join HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
METRICS = b"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
MANY = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(
    b"X-%d: 1\r\n" % number for number in range(1_001)) + b"\r\n"
CHUNK = b"10000\r\n" + bytes(65_536) + b"\r\n"


class Client:
    """A connection that does one unkind thing until it is cut off."""

    def __init__(self, kind, port, context):
        self.kind, self.opened, self.cut, self.first, self.sent = kind, time.monotonic(), None, b"", 0
        self.socket = socket.socket()
        if "reads" in kind:
            # So that little of what the hub answers vanishes in buffers.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        self.socket.settimeout(60)
        self.socket.connect(("127.0.0.1", port))
        if "no handshake" not in kind:
            self.socket = context.wrap_socket(self.socket, do_handshake_on_connect=False)
            self.socket.do_handshake()
        self.socket.settimeout(0)

    def begin(self):
        beginning = {
            "head, a byte a second": HEAD, "body, a byte a second": BODY,
            "body nobody asked for, a byte a second": UNREAD_BODY, "1,001 headers": MANY,
            "endless body": ENDLESS, "reads nothing of 2,000 answers": METRICS * 2_000,
            "reads a byte a second of 2,000 answers": METRICS * 2_000,
            "reads a byte a second of 40 answers": METRICS * 40,
            "no handshake, a byte a second": b"\x16", "no handshake, nothing sent": b"",
        }[self.kind]
        self.pending = beginning
        self.push()

    def push(self):
        """Sends what waits, as far as it goes."""
        while self.pending and not self.cut:
            if not self.attempt(self.write):
                return

    def write(self):
        count = self.socket.send(self.pending[:65_536])
        self.sent += count
        self.pending = self.pending[count:]

    def attempt(self, work):
        """- Returns: whether it went well."""
        try:
            work()
            return True
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        except OSError:
            self.cut = time.monotonic()
            return False

    def second(self):
        """What it does each second."""
        if self.cut:
            return
        if "a byte a second" in self.kind or "reads" in self.kind:
            # Of who reads nothing, too: only who sends learns that the other end is gone.
            self.pending += b"a"
        if self.kind == "endless body":
            self.pending = CHUNK * 16
        self.push()
        if not self.cut and not self.kind.startswith("reads nothing"):
            self.attempt(self.read)

    def read(self):
        got = self.socket.recv(1 if "reads a byte" in self.kind else 65_536)
        if not got:
            self.cut = time.monotonic()
        if len(self.first) < 64:
            self.first += got

    def close(self):
        self.socket.close()

    @property
    def outcome(self):
        status = self.first[9:12].decode() if self.first.startswith(b"HTTP/1.1 ") else ""
        answer = f"answered {status}, " if status and "reads" not in self.kind else ""
        return answer + ("cut off" if self.cut else "still there")


# How many of the clients do what.
KINDS = {
    "head, a byte a second": 150, "body, a byte a second": 150,
    "body nobody asked for, a byte a second": 40, "no handshake, a byte a second": 40,
    "no handshake, nothing sent": 20, "reads nothing of 2,000 answers": 20,
    "reads a byte a second of 2,000 answers": 20, "reads a byte a second of 40 answers": 20,
    "1,001 headers": 20, "endless body": 20,
}


class Crowd(threading.Thread):
    """All slow clients; each that is cut off comes again, so that there are always as many."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.running = port, True
        self.context = ssl.create_default_context()
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE
        self.clients, self.gone = [], []

    def open(self):
        for kind, count in KINDS.items():
            for _ in range(count):
                self.add(kind)

    def add(self, kind):
        client = Client(kind, self.port, self.context)
        client.begin()
        self.clients.append(client)

    def run(self):
        while self.running:
            end = time.monotonic() + 1
            for client in list(self.clients):
                client.second()
                if client.cut:
                    self.clients.remove(client)
                    self.gone.append(client)
                    client.close()
                    if self.refill:
                        self.attempt(client.kind)
            # A byte a second is what they are here for.
            time.sleep(max(0, end - time.monotonic()))

    refill = True

    def attempt(self, kind):
        try:
            self.add(kind)
        except OSError:
            pass

    def stop(self):
        self.running = False
        self.join()
        for client in self.clients:
            client.close()


class Hub:
    def __init__(self, place):
        self.place = place
        self.log = open(place.folder / "serve.log", "w")
        self.process = subprocess.Popen(
            place.command("serve", "hq.ledger", "--listen", "127.0.0.1:0", "--name", "127.0.0.1"),
            cwd=place.folder, env=place.environment(), stdout=subprocess.PIPE, stderr=self.log,
            text=True)
        line = self.process.stdout.readline()
        if "https://" not in line:
            raise Finding(f"serve says: {line} {(place.folder / 'serve.log').read_text()[-400:]}")
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def resident(self):
        """- Returns: the most memory so far, MiB."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1_024
        raise Finding("the hub is gone")

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def sessions(place, count):
    """- Returns: the seconds of each session, as a whole program."""
    chance, seconds = random.Random(1), []
    for number in range(count):
        rows = [f"s{number}-{row},2026-03-{row % 28 + 1:02d},c{row},{chance.randrange(11)}"
                for row in range(EVENTS_EACH)]
        (place.folder / "new.csv").write_text("\n".join(["id,date,customer,nps", *rows]) + "\n")
        place.succeed("import", "new.csv", "--map", "map.yaml", "--ledger", "hn.ledger")
        start = time.monotonic()
        place.succeed("sync", "--once", "--ledger", "hn.ledger")
        seconds.append(time.monotonic() - start)
    return sorted(seconds)


def run(place, seed):
    (place.folder / "map.yaml").write_text(MAPPING)
    place.succeed("init", "hq.ledger", "--site", "HQ")
    hub = Hub(place)
    crowd = Crowd(hub.port)
    try:
        place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invite")
        place.succeed("join", "hn.invite", "hn.ledger")
        alone = sessions(place, 20)
        crowd.open()
        crowd.start()
        beside = sessions(place, SESSIONS)
        crowd.refill = False
        end = time.monotonic() + CUT_SECONDS_MAX
        while crowd.clients and time.monotonic() < end:
            # Until the hub has cut off the last of them.
            time.sleep(1)
        crowd.stop()
        resident = hub.resident()
    finally:
        crowd.running = False
        hub.close()
    return judge(place, crowd, alone, beside, resident)


def judge(place, crowd, alone, beside, resident):
    held = place.heads()["digest"] == place.heads("hn.ledger")["digest"]
    place.verify()
    p99 = beside[int(len(beside) * 0.99) - 1]
    text = "\n".join([
        f"{sum(KINDS.values())} slow clients at a time, {len(crowd.gone) + len(crowd.clients)} in all; "
        f"{SESSIONS} sessions of {EVENTS_EACH} new events",
        f"  a session beside them: p50 {statistics.median(beside):.3f} s, p99 {p99:.3f} s, "
        f"longest {beside[-1]:.3f} s; alone: p50 {statistics.median(alone):.3f} s",
        f"  most memory of the hub {resident:.0f} MiB", *outcomes(crowd)])
    if not held:
        raise Finding(f"hub and branch do not hold the same\n{text}")
    if p99 > SESSION_SECONDS_MAX:
        raise Finding(f"p99 is {p99:.2f} s, more than {SESSION_SECONDS_MAX} s\n{text}")
    if resident > RESIDENT_MIB_MAX:
        raise Finding(f"the hub took {resident:.0f} MiB, more than {RESIDENT_MIB_MAX}\n{text}")
    if crowd.clients:
        raise Finding(f"{len(crowd.clients)} slow clients are never cut off\n{text}")
    return text


def outcomes(crowd):
    table = collections.defaultdict(list)
    for client in [*crowd.gone, *crowd.clients]:
        end = client.cut or time.monotonic()
        table[client.kind, client.outcome].append((end - client.opened, client.sent))
    for (kind, outcome), rows in sorted(table.items()):
        seconds = [row[0] for row in rows]
        sent = max(row[1] for row in rows)
        yield (f"  {kind}: {len(rows)} {outcome} after {min(seconds):.0f} to {max(seconds):.0f} s, "
               f"at most {sent:,} bytes sent")
