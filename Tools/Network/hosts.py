"""Hosts of their own on one machine: network namespaces, removed in the end whatever happens."""
import os
import shutil
import subprocess

from product import Finding, Skipped


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise Finding(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def need_namespaces():
    if os.geteuid() != 0:
        raise Skipped("network namespaces need root")
    for command in ("ip", "tc"):
        if not shutil.which(command):
            raise Skipped(f"{command} is missing; install iproute2")
    name = f"sb{os.getpid()}try"
    done = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
    if done.returncode != 0:
        raise Skipped(f"no network namespaces here: {done.stderr.strip()}")
    run("ip", "netns", "delete", name)


class Host:
    """A namespace and its address; `device` is what connects it to the others."""

    def __init__(self, name, number):
        self.name = name
        self.space = f"sb{os.getpid()}{name}"
        self.address = f"10.77.0.{number}"
        self.device = "wire"

    def create(self):
        run("ip", "netns", "add", self.space)
        self.ip("link", "set", "lo", "up")

    def remove(self):
        subprocess.run(["ip", "netns", "delete", self.space], capture_output=True)

    def ip(self, *arguments):
        return run("ip", "-n", self.space, *arguments)

    def ip_outside(self, *arguments):
        return run("ip", *arguments)

    def tc(self, *arguments):
        return run("tc", "-n", self.space, *arguments)

    def within(self, *command):
        """The command as it runs there; its process is the program itself."""
        return ["ip", "netns", "exec", self.space, *command]

    def down(self):
        self.ip("link", "set", self.device, "down")

    def up(self):
        self.ip("link", "set", self.device, "up")

    def blackhole(self, other):
        self.ip("route", "replace", "blackhole", f"{other.address}/32")

    def reach(self, other):
        self.ip("route", "delete", "blackhole", f"{other.address}/32")
