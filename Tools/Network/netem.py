"""Wires between network namespaces that the kernel itself makes bad: pairs of devices, a bridge, and netem at both ends."""
import json
import os
import subprocess

from wires import EFFECTS, NAME, Line


def is_there(host):
    """Whether this kernel has netem."""
    done = subprocess.run(
        ["tc", "-n", host.space, "qdisc", "replace", "dev", "lo", "root", "netem", "delay", "1ms"],
        capture_output=True)
    if done.returncode == 0:
        host.tc("qdisc", "delete", "dev", "lo", "root")
    return done.returncode == 0


class Netem:
    kind = "netem of this kernel"

    def __init__(self, switch):
        self.switch, self.hosts, self.lines = switch, {}, {}
        self.rates, self.closed, self.vanished = {}, {}, 0
        switch.ip("link", "add", "bridge", "type", "bridge")
        switch.ip("link", "set", "bridge", "up")

    def connect(self, host):
        port = self.port(host)
        temporary = f"sbv{os.getpid() % 100_000}x{len(self.hosts)}"
        self.switch.ip("link", "add", port, "type", "veth", "peer", "name", temporary)
        self.switch.ip("link", "set", temporary, "netns", host.space, "name", NAME)
        self.switch.ip("link", "set", port, "master", "bridge", "up")
        host.ip("addr", "add", f"{host.address}/24", "dev", NAME)
        host.ip("link", "set", NAME, "up")
        self.hosts[host.name], self.lines[host.name] = host, Line()
        self.closed[host.name] = set()

    def port(self, host):
        return f"to{host.name}"[:15]

    def start(self):
        pass

    def close(self):
        pass

    def set(self, name, line):
        self.lines[name] = line
        self.apply(name)

    def shut(self, name, direction):
        self.closed[name].add(direction)
        self.apply(name)

    def open(self, name):
        before = self.drops(name)
        self.vanished += before
        self.closed[name].clear()
        self.apply(name)

    def narrow(self, host, rate):
        self.rates[host.name] = rate
        self.apply(host.name)

    def widen(self, host):
        """- Returns: how many packets went through meanwhile."""
        shown = json.loads(host.tc("-s", "-j", "qdisc", "show", "dev", NAME))
        self.rates.pop(host.name, None)
        self.apply(host.name)
        return sum(line.get("packets", 0) for line in shown)

    def apply(self, name):
        host = self.hosts[name]
        for direction, space, device in (
                ("out", host, NAME), ("in", self.switch, self.port(host))):
            space.tc("qdisc", "replace", "dev", device, "root", "netem",
                     *self.options(name, direction))

    def options(self, name, direction):
        line = self.lines[name]
        loss = 1 if direction in self.closed[name] else line.loss
        options = ["loss", f"{loss * 100:.2f}%"]
        if line.delay:
            options += ["delay", f"{line.delay * 1000:.0f}ms", f"{line.jitter * 1000:.0f}ms"]
            options += ["reorder", f"{line.reorder * 100:.2f}%"]
        options += ["duplicate", f"{line.repeat * 100:.2f}%"]
        options += ["corrupt", f"{line.corrupt * 100:.2f}%"]
        if name in self.rates:
            options += ["rate", self.rates[name]]
        return options

    def drops(self, name):
        host = self.hosts[name]
        shown = json.loads(host.tc("-s", "-j", "qdisc", "show", "dev", NAME))
        shown += json.loads(
            self.switch.tc("-s", "-j", "qdisc", "show", "dev", self.port(host)))
        return sum(line.get("drops", 0) for line in shown)

    def counted(self):
        """What the receiving ends saw of it, as their kernels count."""
        seen = [self.kernel(host) for host in self.hosts.values()]
        counts = dict.fromkeys(EFFECTS, 0)
        counts["delayed"] = self.packets
        counts["lost"] = sum(self.drops(name) for name in self.hosts)
        counts["vanished one way"] = self.vanished
        for effect, name in (("reordered", "TCPOFOQueue"), ("repeated", "TCPDSACKOfoSent"),
                             ("repeated", "TCPDSACKOldSent"), ("corrupted", "InCsumErrors")):
            counts[effect] += sum(table.get(name, 0) for table in seen)
        return counts

    @staticmethod
    def kernel(host):
        text = subprocess.run(
            host.within("cat", "/proc/net/netstat", "/proc/net/snmp"),
            capture_output=True, text=True, check=True).stdout
        lines = [line.split() for line in text.splitlines()]
        table = {}
        for names, values in zip(lines[::2], lines[1::2]):
            table.update(zip(names[1:], map(int, values[1:])))
        return table

    def total(self, field):
        return sum(
            link["stats64"]["rx"][field] for host in self.hosts.values()
            for link in json.loads(host.ip("-s", "-j", "link", "show", "dev", NAME)))

    @property
    def packets(self):
        return self.total("packets")

    @property
    def bytes(self):
        return self.total("bytes")
