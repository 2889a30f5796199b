"""The workload: pairs of stacks, a network and an application on it, in copies that differ.

Copy `n` has names, an address range, a size of the database and a threshold of its own; `numbers_of` says which, and
the programs of the peers compute the same from `n`.
"""

import pathlib

HERE = pathlib.Path(__file__).resolve().parent.parent
STACKS = HERE / "workload" / "stack"


def numbers_of(n):
    """What copy `n` has of its own."""
    return {"name": f"{n:05d}", "octet": n % 256, "storage": 100 + n % 50, "threshold": 10 + n % 7}


def stack_source(file, n):
    """The text of `network.stack` or `app.stack` of copy `n`. Each replacement has to hit exactly once."""
    own = numbers_of(n)
    text = (STACKS / file).read_text()
    if file == "network.stack":
        changes = [('stack "acme-network"', f'stack "acme-network-{own["name"]}"'),
                   ("cidr: 10.0.0.0/16", f'cidr: 10.{own["octet"]}.0.0/16')]
    else:
        changes = [('stack "acme-app"', f'stack "acme-app-{own["name"]}"'),
                   ("storage: 100GiB", f'storage: {own["storage"]}GiB'),
                   ("Threshold: 10\n", f'Threshold: {own["threshold"]}\n')]
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"{file}: `{old}` stands there {text.count(old)} times, expected once")
        text = text.replace(old, new)
    return text


def write_pairs(folder, copies):
    """A folder for each copy, with its two sources; returns the bytes of all."""
    total = 0
    for n in range(copies):
        here = folder / f"{n:05d}"
        here.mkdir(parents=True)
        for file in ("network.stack", "app.stack"):
            text = stack_source(file, n)
            total += (here / file).write_text(text)
    return total
