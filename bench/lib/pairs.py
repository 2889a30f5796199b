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


def rounds_of(first, asked, budget):
    """How often a command that took `first` seconds runs: as asked, fewer when that would take longer than `budget`."""
    return max(1, min(asked, int(budget / first))) if first > 0 else asked


class Pairs:
    """Measures one number of copies after the other."""

    def __init__(self, bench):
        self.bench = bench
        self.expected = {}  # seconds a copy, of the last number of copies, by tool

    def run(self, copies):
        bench = self.bench
        folder = bench.work / f"pairs-{copies}"
        sources = folder / "sources"
        out = folder / "out"
        out.mkdir(parents=True)
        source_bytes = workload.write_pairs(sources, copies)
        ours = Command("stackc", [bench.stackc, "build", sources, "--out", out / "stackc"], out / "stackc")
        firsts = {"stackc": bench.clock.once(ours)[0]}
        floors.write_input(sources, folder / "input")
        output_bytes, files = floors.write_output(out / "stackc", folder / "output")

        commands, remarks = [ours], {"stackc": "standard library parsed, names, types and templates checked"}
        for floor in floors.commands(bench.programs, folder / "input", folder / "output", out):
            firsts[floor.name] = bench.clock.once(floor)[0]
            remarks[floor.name] = "maps the input, writes the output"
            commands.append(floor)
        skipped = []
        for peer in bench.peers:
            reason = self.first_run(peer, copies, out, firsts, commands, remarks)
            if reason:
                skipped.append((peer, reason))
        tools.say(f"{copies} copies: {', '.join(c.name for c in commands)}")
        rounds = {c.name: rounds_of(firsts[c.name], bench.rounds, bench.budget) for c in commands}
        rounds["stackc"] = max(rounds.values())
        samples = bench.clock.take_turns(commands, lambda command: rounds[command.name])
        for name, sample in samples.items():
            self.expected[name] = sample.median() / copies
        shutil.rmtree(folder)
        bench.results[copies] = {"samples": samples, "source_bytes": source_bytes, "output_bytes": output_bytes,
                                 "files": files}
        return self.text(copies, samples, remarks, skipped)

    def first_run(self, peer, copies, out, firsts, commands, remarks):
        """Runs `peer` once and compares what it made; returns why it is left out, if it is."""
        bench = self.bench
        if peer.missing:
            return f"not run: {peer.missing}"
        about = self.expected.get(peer.name, 0) * copies
        if about > bench.limit:
            return f"not run: it would take about {report.seconds(about)} a run, by its time for fewer copies"
        place = out / peer.name.replace(", ", "-").replace(" ", "-")
        command = peer.make(copies, place)
        try:
            firsts[peer.name] = bench.clock.once(command)[0]
        except Failure as failure:
            tools.say(str(failure))
            return f"not run: it failed ({str(failure).splitlines()[0]})"
        different = equal.compare(out / "stackc", place, every=1 if copies <= COMPARED else 100)
        if different:
            bench.unequal.append(f"{peer.name}, {copies} copies: {different}")
        remarks[peer.name] = f"output differs: {different}" if different else peer.does
        commands.append(command)
        return ""

    def text(self, copies, samples, remarks, skipped):
        done = self.bench.results[copies]
        rows = [report.cost_row(name, sample, "" if name == "stackc" else report.times(ratio(sample, samples["stackc"])),
                                remarks[name]) for name, sample in samples.items()]
        rows += [[peer.name, "–", "–", "–", "–", 0, reason] for peer, reason in skipped]
        what = "the pair" if copies == 1 else f"{copies:,} copies of the pair"
        return (f"**{what}**: {done['source_bytes'] / 1e6:.3g} MB of stack source, {done['files']:,} templates, "
                f"{done['output_bytes'] / 1e6:.3g} MB\n\n" + report.table(report.COST_HEAD, rows))
