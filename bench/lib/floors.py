"""What the floor program reads and writes: the same bytes as a finished build."""

from turns import Command


def write_input(sources, path):
    """The bytes of all sources, one after the other."""
    with path.open("wb") as file:
        for source in sorted(p for p in sources.rglob("*") if p.is_file()):
            file.write(source.read_bytes())


def write_output(out, path):
    """The files below `out`, in the form that floor.cpp explains. Returns their bytes and number."""
    folders = sorted(p for p in out.rglob("*") if p.is_dir())
    files = sorted(p for p in out.rglob("*") if p.is_file())
    lines = [f"d {p.relative_to(out)}" for p in folders]
    lines += [f"f {p.stat().st_size} {p.relative_to(out)}" for p in files]
    with path.open("wb") as file:
        file.write(("\n".join(lines) + "\n\n").encode())
        for one in files:
            file.write(one.read_bytes())
    return sum(p.stat().st_size for p in files), len(files)


def commands(programs, given, wanted, out):
    """The floor, linked statically and dynamically."""
    return [Command(f"floor, {kind}", [programs[f"floor-{kind}"], given, wanted, out / f"floor-{kind}"],
                    out / f"floor-{kind}") for kind in ("static", "dynamic")]
