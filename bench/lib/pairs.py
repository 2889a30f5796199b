"""The main table: the pair of stacks in 1 to 10,000 copies, in every tool."""

import shutil

import equal
import floors
import report
import tools
import workload
from turns import Command, Failure, ratio

# Every template is compared up to this many copies; beyond, every hundredth copy.
COMPARED = 1000

# Commands of less than this many seconds run so many times as often as asked: to them a disturbance is much.
SHORT, MORE = 0.1, 3


def rounds_of(first, asked, budget):
    """How often a command runs again of which the first run took `first` seconds: as asked, more when it is short, fewer
    when that would take longer than `budget`, not at all when one run does."""
    return min(asked * MORE if first < SHORT else asked, int(budget / first))


class Pairs:
    """Measures one number of copies after the other."""

    def __init__(self, bench):
        self.bench = bench
        self.before = {}  # (copies, seconds) of the last two numbers of copies, by tool

    def run(self, copies):
        bench = self.bench
        folder = bench.work / f"pairs-{copies}"
        sources = folder / "sources"
        out = folder / "out"
        out.mkdir(parents=True)
        source_bytes = workload.write_pairs(sources, copies)
        ours = Command("stackc", [bench.stackc, "build", sources, "--out", out / "stackc"], out / "stackc")
        firsts = {"stackc": bench.clock.once(ours)}
        floors.write_input(sources, folder / "input")
        output_bytes, files = floors.write_output(out / "stackc", folder / "output")

        commands, remarks = [ours], {"stackc": "standard library parsed, names, types and templates checked"}
        for floor in floors.commands(bench.programs, folder / "input", folder / "output", out):
            firsts[floor.name] = bench.clock.once(floor)
            remarks[floor.name] = "maps the input, writes the output"
            commands.append(floor)
        skipped = []
        for peer in bench.peers:
            reason = self.first_run(peer, copies, out, firsts, commands, remarks)
            if reason:
                skipped.append((peer, reason))
        tools.say(f"{copies} copies: {', '.join(c.name for c in commands)}")
        rounds = {c.name: rounds_of(firsts[c.name][0], bench.rounds, bench.budget) for c in commands}
        rounds["stackc"] = max(1, *rounds.values())
        samples = bench.clock.take_turns(commands, lambda command: rounds[command.name])
        for name, sample in samples.items():
            if not sample.wall:
                sample.add(*firsts[name])
            self.before[name] = [*self.before.get(name, []), (copies, sample.median())][-2:]
        shutil.rmtree(folder)
        bench.results[copies] = {"samples": samples, "source_bytes": source_bytes, "output_bytes": output_bytes,
                                 "files": files}
        text = self.text(copies, samples, remarks, skipped)
        tools.say(text)
        return text

    def first_run(self, peer, copies, out, firsts, commands, remarks):
        """Runs `peer` once and compares what it made; returns why it is left out, if it is."""
        bench = self.bench
        if peer.missing:
            return f"not run: {peer.missing}"
        about, words = self.expected(peer.name, copies)
        if about > bench.limit:
            return f"not run: it would take {words} {report.seconds(about)} a run, by its time for fewer copies"
        place = out / peer.name.replace(", ", "-").replace(" ", "-")
        command = peer.make(copies, place)
        try:
            firsts[peer.name] = bench.clock.once(command)
        except Failure as failure:
            tools.say(str(failure))
            return f"not run: it failed ({str(failure).splitlines()[0]})"
        different = equal.compare(out / "stackc", place, every=1 if copies <= COMPARED else 100)
        if different:
            bench.unequal.append(f"{peer.name}, {copies} copies: {different}")
        remarks[peer.name] = f"output differs: {different}" if different else peer.does
        commands.append(command)
        return ""

    def expected(self, tool, copies):
        """Seconds, and how sure that is: by the straight line through the last two numbers of copies, in proportion to
        one number, 0 where there is none."""
        before = self.before.get(tool, [])
        if not before:
            return 0, ""
        if len(before) == 1:
            return before[0][1] * copies / before[0][0], "up to"
        (few, short), (many, long) = before
        return long + (copies - many) * max(0.0, long - short) / (many - few), "about"

    def text(self, copies, samples, remarks, skipped):
        done = self.bench.results[copies]
        rows = [report.cost_row(name, sample, "" if name == "stackc" else report.times(ratio(sample, samples["stackc"])),
                                remarks[name]) for name, sample in samples.items()]
        rows += [[peer.name, "–", "–", "–", "–", 0, reason] for peer, reason in skipped]
        what = "the pair" if copies == 1 else f"{copies:,} copies of the pair"
        return (f"**{what}**: {done['source_bytes'] / 1e6:.3g} MB of stack source, {done['files']:,} templates, "
                f"{done['output_bytes'] / 1e6:.3g} MB\n\n" + report.table(report.COST_HEAD, rows))
