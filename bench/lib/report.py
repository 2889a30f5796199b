"""The tables, in Markdown."""


def seconds(value):
    if value >= 10:
        return f"{value:.0f} s"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.0f} ms" if value >= 0.1 else f"{value * 1e3:.1f} ms" if value >= 0.01 else \
        f"{value * 1e3:.2f} ms"


def megabytes(value):
    return f"{value:.1f} MB" if value < 10 else f"{value:.0f} MB"


def times(value):
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def cost_row(name, samples, ratio, remark=""):
    """A row of a table of commands; `ratio` is text."""
    return [name, f"{seconds(samples.median())} ({seconds(samples.least())})", seconds(samples.median("processor")),
            megabytes(samples.median("memory")), ratio, len(samples.wall), remark]


COST_HEAD = ["command", "wall: median (least)", "processor", "peak memory", "times stackc", "runs", ""]
