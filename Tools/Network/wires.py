"""Wires between network namespaces that a program holds: it takes every packet and does with it what bad lines do.

Each namespace has one device, whose packets come to this program and are handed on to the namespace of their address.
So the kernel's own TCP stands at both ends, and what happens between them is counted packet by packet.
"""
import fcntl
import heapq
import json
import os
import random
import select
import struct
import threading
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
NAME = "wire"
# What a line may do to packets; each is counted, apart from the plain ones.
EFFECTS = ["delayed", "lost", "reordered", "repeated", "corrupted", "vanished one way"]


class Line:
    """What one site's line does; every number is a chance or seconds."""

    def __init__(self, delay=0.0, jitter=0.0, loss=0.0, reorder=0.0, repeat=0.0, corrupt=0.0):
        self.delay, self.jitter, self.loss = delay, jitter, loss
        self.reorder, self.repeat, self.corrupt = reorder, repeat, corrupt
        self.closed = set()  # "out" and "in": packets of this direction vanish

    def __str__(self):
        return (
            f"delay {self.delay * 1000:.0f} ms ± {self.jitter * 1000:.0f} ms, lost {self.loss:.0%}, "
            f"reordered {self.reorder:.0%}, repeated {self.repeat:.0%}, corrupted {self.corrupt:.1%}")


class Wires:
    kind = "packets pass through this program (no netem in this kernel)"

    def __init__(self, seed):
        self.random, self.lock = random.Random(seed), threading.Lock()
        self.lines, self.devices, self.address_of = {}, {}, {}
        self.counts = dict.fromkeys(EFFECTS, 0)
        self.packets, self.bytes = 0, 0
        self.queue, self.number, self.latest = [], 0, {}
        self.wake, self.waker = os.pipe()
        self.running = False

    def connect(self, host):
        """Gives the namespace its device, and takes hold of the other end."""
        descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        # A name of its own: it is made here, and moved.
        temporary = f"sbw{os.getpid() % 100_000}x{len(self.devices)}"
        fcntl.ioctl(
            descriptor, TUNSETIFF,
            struct.pack("16sH22x", temporary.encode(), IFF_TUN | IFF_NO_PI))
        host.ip_outside("link", "set", temporary, "netns", host.space, "name", NAME)
        host.ip("addr", "add", f"{host.address}/24", "dev", NAME)
        host.ip("link", "set", NAME, "up")
        self.devices[descriptor] = host.name
        self.address_of[bytes(map(int, host.address.split(".")))] = (descriptor, host.name)
        self.lines[host.name] = Line()

    def start(self):
        self.running = True
        self.thread = threading.Thread(target=self.carry, daemon=True)
        self.thread.start()

    def close(self):
        if self.running:
            self.running = False
            os.write(self.waker, b"x")
            self.thread.join()
        for descriptor in [*self.devices, self.wake, self.waker]:
            os.close(descriptor)

    def set(self, name, line):
        with self.lock:
            line.closed = self.lines[name].closed
            self.lines[name] = line

    def shut(self, name, direction):
        with self.lock:
            self.lines[name].closed.add(direction)

    def open(self, name):
        with self.lock:
            self.lines[name].closed.clear()

    def narrow(self, host, rate):
        """The kernel itself lets no more through than that."""
        host.tc("qdisc", "replace", "dev", NAME, "root",
                "tbf", "rate", rate, "burst", "8kb", "latency", "400ms")

    def widen(self, host):
        """- Returns: how many packets had to wait or were dropped."""
        shown = json.loads(host.tc("-s", "-j", "qdisc", "show", "dev", NAME))
        host.tc("qdisc", "delete", "dev", NAME, "root")
        return sum(line.get("overlimits", 0) + line.get("drops", 0) for line in shown)

    def counted(self):
        with self.lock:
            return dict(self.counts)

    def carry(self):
        poll = select.epoll()
        for descriptor in [*self.devices, self.wake]:
            poll.register(descriptor, select.EPOLLIN)
        while self.running:
            wait = max(0, self.queue[0][0] - time.monotonic()) if self.queue else 1
            for descriptor, _ in poll.poll(wait):
                if descriptor != self.wake:
                    self.read(descriptor)
            now = time.monotonic()
            while self.queue and self.queue[0][0] <= now:
                _, _, target, packet = heapq.heappop(self.queue)
                self.hand_on(target, packet)

    def read(self, descriptor):
        for _ in range(64):
            try:
                packet = os.read(descriptor, 65_536)
            except OSError:
                return
            with self.lock:
                self.take(self.devices[descriptor], packet)

    def take(self, source, packet):
        """Decides what becomes of a packet."""
        found = self.address_of.get(packet[16:20]) if packet[0] >> 4 == 4 else None
        if not found:
            return
        target, name = found
        here, there = self.lines[source], self.lines[name]
        self.packets += 1
        self.bytes += len(packet)
        if "out" in here.closed or "in" in there.closed:
            self.counts["vanished one way"] += 1
        elif self.happens(here.loss, there.loss):
            self.counts["lost"] += 1
        else:
            self.plan(source, target, packet, here, there)

    def plan(self, source, target, packet, here, there):
        if self.happens(here.corrupt, there.corrupt):
            # Behind the addresses, so that the checksum of TCP has to find it.
            packet = bytearray(packet)
            packet[self.random.randrange(20, len(packet))] ^= 1 << self.random.randrange(8)
            self.counts["corrupted"] += 1
        delay = here.delay + there.delay
        delay += self.random.uniform(-1, 1) * (here.jitter + there.jitter)
        due = time.monotonic() + max(0, delay)
        if delay > 0:
            self.counts["delayed"] += 1
        last = self.latest.get((source, target), 0)
        if self.happens(here.reorder, there.reorder) and last > time.monotonic():
            due = time.monotonic()
            self.counts["reordered"] += 1
        else:
            # Jitter alone reorders nothing.
            due = self.latest[source, target] = max(due, last)
        self.put(due, target, packet)
        if self.happens(here.repeat, there.repeat):
            self.put(due, target, packet)
            self.counts["repeated"] += 1

    def happens(self, *chances):
        return any(chance and self.random.random() < chance for chance in chances)

    def put(self, due, target, packet):
        self.number += 1
        heapq.heappush(self.queue, (due, self.number, target, packet))

    def hand_on(self, target, packet):
        try:
            os.write(target, packet)
        except OSError:
            # Its device is down, or its queue is full: lost, as on any line.
            pass
