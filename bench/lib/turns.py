"""Measuring: every command takes its turn in every round, so that a slow minute of the machine is everybody's."""

import dataclasses
import os
import pathlib
import random
import shutil
import statistics
import subprocess


@dataclasses.dataclass
class Command:
    """Something to measure. `out` is removed before each run unless `keep` is set."""

    name: str
    arguments: list
    out: pathlib.Path | None = None
    keep: bool = False
    environment: dict = dataclasses.field(default_factory=dict)
    folder: pathlib.Path | None = None
    statuses: tuple = (0,)
    makes_folder: bool = True  # the tool makes `out`; otherwise it is made before the clock starts


@dataclasses.dataclass
class Samples:
    """What the runs of one command took: seconds, seconds, MB, each a run."""

    wall: list = dataclasses.field(default_factory=list)
    processor: list = dataclasses.field(default_factory=list)
    memory: list = dataclasses.field(default_factory=list)

    def add(self, wall, processor, memory):
        self.wall.append(wall)
        self.processor.append(processor)
        self.memory.append(memory)

    def median(self, what="wall"):
        return statistics.median(getattr(self, what))

    def least(self):
        return min(self.wall)


class Failure(Exception):
    """A command did not do its work; the text says which, and what it said."""


class Clock:
    """Runs commands through the program `measure`."""

    def __init__(self, measure):
        self.measure = str(measure)

    def once(self, command):
        """Wall seconds, processor seconds and peak megabytes of one run."""
        if command.out is not None and not command.keep:
            shutil.rmtree(command.out, ignore_errors=True)
            if not command.makes_folder:
                command.out.mkdir(parents=True)
        options = ["-C", str(command.folder)] if command.folder else []
        done = subprocess.run([self.measure, *options, *map(str, command.arguments)], capture_output=True, text=True,
                              env={**os.environ, **command.environment}, check=False)
        fields = done.stdout.split()
        if len(fields) != 5 or int(fields[4]) not in command.statuses:
            raise Failure(f"{command.name}: exit status {fields[4] if len(fields) == 5 else done.returncode}\n"
                          + done.stderr[-2000:])
        wall, user, system, memory = map(int, fields[:4])
        return wall / 1e9, (user + system) / 1e6, memory / 1024

    def take_turns(self, commands, rounds):
        """Runs `commands` in turns; `rounds(command)` says how often each. Returns the samples by name.

        Each round has an order of its own, the same in every run of the bench: what a command finds in the processor's
        caches is left by the one before it, and a fixed order would always give one of them the caches of a program
        that used them all, and another those of a program that hardly did.
        """
        samples = {command.name: Samples() for command in commands}
        for turn in range(max((rounds(command) for command in commands), default=0)):
            due = [command for command in commands if turn < rounds(command)]
            random.Random(turn).shuffle(due)
            for command in due:
                samples[command.name].add(*self.once(command))
        return samples


def ratio(theirs, ours):
    """How many times longer `theirs` takes: the median over the rounds that both ran in, each round by itself."""
    return statistics.median(a / b for a, b in zip(theirs.wall, ours.wall))
