"""The smaller tables: start, the example in full, growth with the size of a stack, unchanged builds, check and diff."""

import os
import shutil
import statistics
import subprocess

import floors
import report
import tools
import workload
from turns import Command, ratio

PHOENIX = tools.BENCH.parent / "examples" / "phoenix"
RESOURCES = 10_000  # in each run of the table of stack sizes


def plain_rows(samples, first, remarks=None):
    return [report.cost_row(name, sample, "" if name == first else report.times(ratio(sample, samples[first])),
                            (remarks or {}).get(name, "")) for name, sample in samples.items()]


def start(bench):
    commands = [Command("stackc --version", [bench.stackc, "--version"]),
                Command("an empty static C program", [bench.programs["empty"]])]
    samples = bench.clock.take_turns(commands, lambda command: bench.rounds * 5)
    bench.results["start"] = ratio(samples["stackc --version"], samples["an empty static C program"])
    return report.table(report.COST_HEAD, plain_rows(samples, "stackc --version"))


def phoenix(bench):
    """Four stacks in two environments and six definitions of ECS; only the floor does the same work."""
    folder = bench.work / "phoenix"
    sources, out = folder / "sources", folder / "out"
    shutil.copytree(PHOENIX, sources)
    out.mkdir()
    ours = Command("stackc", [bench.stackc, "build", sources, "--out", out / "stackc"], out / "stackc")
    bench.clock.once(ours)
    floors.write_input(sources, folder / "input")
    size, files = floors.write_output(out / "stackc", folder / "output")
    commands = [ours, *floors.commands(bench.programs, folder / "input", folder / "output", out)]
    samples = bench.clock.take_turns(commands, lambda command: bench.rounds)
    bench.results["phoenix"] = samples
    shutil.rmtree(folder)
    return f"{files} files, {size / 1e3:.0f} kB\n\n" + report.table(report.COST_HEAD, plain_rows(samples, "stackc"))


def queue(i):
    return (f'resource Queue{i}: AWS::SQS::Queue {{\n  QueueName: "${{aws.stackName}}-{i}"\n'
            f'  VisibilityTimeout: {30 + i % 60}\n  Tags: [{{ Key: "Name", Value: "{i}" }}]\n}}\n')


def stack_sizes(bench):
    """The same number of resources in fewer and larger stacks."""
    sizes = [1, 5, 50, 500]
    commands, resources = [], {}
    for size in sizes:
        stacks = max(1, (RESOURCES if bench.rounds > 5 else 500) // size)
        folder = bench.work / f"size-{size}"
        folder.mkdir()
        for k in range(stacks):
            text = f'stack "size-{size}-{k}"\n\n' + "\n".join(queue(i) for i in range(size))
            (folder / f"{k:05d}.stack").write_text(text)
        out = bench.work / f"size-{size}-out"
        commands.append(Command(f"{size}", [bench.stackc, "build", folder, "--out", out, "--jobs", "1"], out))
        resources[f"{size}"] = size * stacks
    samples = bench.clock.take_turns(commands, lambda command: bench.rounds)
    each = {name: sample.median() / resources[name] for name, sample in samples.items()}
    bench.results["sizes"] = each
    rows = [[name, f"{resources[name] // int(name):,}", report.seconds(sample.median()), f"{each[name] * 1e6:.1f} µs",
             report.megabytes(sample.median("memory"))] for name, sample in samples.items()]
    for command in commands:
        shutil.rmtree(command.out)
    return report.table(["resources a stack", "stacks", "wall", "a resource", "peak memory"], rows)


def unchanged(bench, copies):
    """A second build of the same: what is there is compared and stays untouched."""
    folder = bench.work / "unchanged"
    sources, out = folder / "sources", folder / "out"
    out.mkdir(parents=True)
    workload.write_pairs(sources, copies)
    build = [bench.stackc, "build", sources, "--out"]
    cold = Command("stackc build, nothing there", [*build, out / "cold"], out / "cold")
    warm = Command("stackc build, all unchanged", [*build, out / "warm"], out / "warm", keep=True)
    record = Command("stackc build --incremental, all unchanged",
                     [*build, out / "record", "--incremental", folder / "record"], out / "record", keep=True)
    check = Command("stackc check", [bench.stackc, "check", sources])
    bench.clock.once(cold)
    bench.clock.once(warm)
    bench.clock.once(record)
    floors.write_input(sources, folder / "input")
    floors.write_output(out / "warm", folder / "output")
    read = Command("floor, comparing", [bench.programs["floor-static"], folder / "input", folder / "output", out / "warm",
                                        "--compare"], out / "warm", keep=True)
    written = [p for kept in (warm, record) for p in kept.out.iterdir()]
    before = [p.stat().st_mtime_ns for p in written]
    samples = bench.clock.take_turns([cold, warm, record, check, read], lambda command: bench.rounds)
    touched = sum(p.stat().st_mtime_ns != time for p, time in zip(written, before))
    bench.results["unchanged"] = (samples, touched)
    shutil.rmtree(folder)
    return (f"{copies:,} copies, {2 * copies:,} templates; {touched} of them touched by the unchanged builds\n\n"
            + report.table(report.COST_HEAD, plain_rows(samples, cold.name)))


def warm_times(arguments):
    """Runs a script that measures itself; seconds of each of its runs."""
    done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"bench: {' '.join(map(str, arguments))} failed:\n{done.stderr[-2000:]}")
    return [float(line) / 1e3 for line in done.stdout.split()]


def beside_script(bench, ours, script, files, package):
    """One of our commands, as a process, beside a library of npm: called again and again in one process, and whole."""
    if not tools.npm_version(package):
        return f"`{package}` was not run: npm could not install it", None
    node = shutil.which("node")
    script = tools.WORKLOAD / "node" / script
    whole = Command(f"{package}, whole process", [node, script, 1, *files], statuses=(0, 1))
    samples = bench.clock.take_turns([ours, whole], lambda command: bench.rounds if command is ours
                                     else min(bench.rounds, 5))
    warm = statistics.median(warm_times([node, script, bench.rounds, *files]))
    rows = plain_rows(samples, ours.name)
    times = warm / samples[ours.name].median()
    rows.append([f"{package}, warm, start excluded", report.seconds(warm), "", "", report.times(times), bench.rounds, ""])
    return report.table(report.COST_HEAD, rows), times


def built_pairs(bench, copies):
    """A folder with the templates of `copies` pairs."""
    out = bench.work / "templates"
    if not out.exists():
        workload.write_pairs(bench.work / "template-sources", copies)
        bench.clock.once(Command("stackc", [bench.stackc, "build", bench.work / "template-sources", "--out", out], out))
    return out


def check(bench):
    template = built_pairs(bench, 2) / "acme-app-00000.template.json"
    ours = Command("stackc check, whole process", [bench.stackc, "check", template])
    text, times = beside_script(bench, ours, "validate.mjs", [template], "@aws/cloudformation-validate")
    bench.results["check"] = times
    return text


def diff(bench):
    templates = built_pairs(bench, 2)
    pair = [templates / "acme-app-00000.template.json", templates / "acme-app-00001.template.json"]
    ours = Command("stackc diff, whole process", [bench.stackc, "diff", *pair])
    text, times = beside_script(bench, ours, "diff.mjs", pair, "@aws-cdk/cloudformation-diff")
    bench.results["diff"] = times
    return text


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return f"{os.cpu_count()} processors ({model}), load {os.getloadavg()[0]:.1f} when the run began"
