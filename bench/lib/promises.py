"""What docs/performance.md promises, beside what was measured."""

import report
from turns import ratio

CDK, CDK_SYNTH, VALIDATING = "cdk", "cdk synth", "cdk synth validating"
FLOOR = "floor, static"


class Promises:
    def __init__(self, results):
        self.results = results
        self.rows = []

    def add(self, subject, promise, measured, met):
        """`measured` None: it was not measured in this run."""
        self.rows.append([subject, promise, "not measured" if measured is None else measured,
                          "" if measured is None else "yes" if met else "**no**"])

    def samples(self, copies):
        return self.results.get(copies, {}).get("samples", {})

    def slower(self, subject, copies, tool, least):
        """`tool` takes at least `least` times as long as stackc."""
        samples = self.samples(copies)
        promise = f"at least {least} times faster than {tool}" if least > 1 else f"ahead of {tool}"
        if tool not in samples:
            return self.add(subject, promise, None, False)
        found = ratio(samples[tool], samples["stackc"])
        return self.add(subject, promise, f"{report.times(found)} times", found >= least)

    def floor(self, subject, copies, most):
        samples = self.samples(copies)
        promise = f"at most {most} times the floor"
        if FLOOR not in samples:
            return self.add(subject, promise, None, False)
        found = ratio(samples["stackc"], samples[FLOOR])
        return self.add(subject, promise, f"{report.times(found)} times", found <= most)

    def pair(self):
        subject = "the pair, cold"
        self.floor(subject, 1, 3)
        for tool, least in ((CDK, 100), (CDK_SYNTH, 300), (VALIDATING, 300), ("jsonnet", 10), ("pkl", 1)):
            self.slower(subject, 1, tool, least)
        if samples := self.samples(1):
            memory = samples["stackc"].median("memory")
            self.add(subject, "under 20 MB resident", report.megabytes(memory), memory < 20)

    def thousand(self):
        subject = "1,000 copies"
        self.floor(subject, 1000, 12)
        self.floor(subject + ", stretch", 1000, 5)
        for tool, least in (("node", 1), ("pkl", 15), ("jsonnet", 40), (CDK, 150)):
            self.slower(subject, 1000, tool, least)
        copies = sorted(k for k in self.results if isinstance(k, int) and k >= 10)
        promise = "memory grows by less than the output"
        if len(copies) < 2:
            return self.add("memory", promise, None, False)
        first, last = self.results[copies[0]], self.results[copies[-1]]
        memory = (last["samples"]["stackc"].median("memory") - first["samples"]["stackc"].median("memory")) * 1.048576
        output = (last["output_bytes"] - first["output_bytes"]) / 1e6
        return self.add(f"{copies[0]} to {copies[-1]:,} copies", promise,
                        f"{memory:.0f} MB, output {output:.0f} MB", memory < output)

    def growth(self):
        copies = sorted(k for k in self.results if isinstance(k, int))
        if len(copies) > 1:
            each = {k: self.results[k]["samples"]["stackc"].median() / k for k in copies}
            self.add("growth", f"{copies[0]} to {copies[-1]:,} copies: a copy takes at most 20 % more than with fewer",
                     ", ".join(f"{k:,}: {report.seconds(v)}" for k, v in each.items()),
                     each[copies[-1]] <= 1.2 * min(each.values()))
        if each := self.results.get("sizes"):
            self.add("growth", "1 to 500 resources a stack: a resource takes at most 20 % more than in smaller stacks",
                     ", ".join(f"{k}: {v * 1e6:.0f} µs" for k, v in each.items()),
                     each["500"] <= 1.2 * min(each.values()))

    def others(self):
        check = self.results.get("check")
        self.add("check of a template", "at least 10 times faster than `@aws/cloudformation-validate`, warm",
                 None if check is None else f"{report.times(check)} times", check is not None and check >= 10)
        start = self.results.get("start")
        self.add("start", "`stackc --version` within 1.5 times an empty static C program",
                 None if start is None else f"{start:.2f} times", start is not None and start <= 1.5)
        if unchanged := self.results.get("unchanged"):
            samples, touched = unchanged
            found = ratio(samples["stackc build, all unchanged"], samples["stackc check"])
            self.add("unchanged build", "nothing is touched", f"{touched} files", touched == 0)
            self.add("unchanged build", "costs a check and the reading of the output",
                     f"{found:.2f} times `stackc check`", found <= 1.2)
            found = ratio(samples["stackc build --incremental, all unchanged"], samples["floor, comparing"])
            self.add("unchanged build, `--incremental`", "at most the floor's reading of sources and output, by one thread",
                     f"{found:.2f} times", found <= 1)

    def table(self):
        self.pair()
        self.thousand()
        self.growth()
        self.others()
        return report.table(["", "promise", "measured", "met"], self.rows)
