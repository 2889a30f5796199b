"""Are the outputs of two tools the same templates?"""

import collections
import json


def template_files(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*.template.json"))


def sort_tags(value):
    """Tags are a set: their order means nothing."""
    if isinstance(value, dict):
        if isinstance(value.get("Tags"), list):
            value["Tags"].sort(key=lambda tag: tag["Key"])
        for inner in value.values():
            sort_tags(inner)
    elif isinstance(value, list):
        for inner in value:
            sort_tags(inner)


def read(path):
    """A template; a list of the one resource that another depends on means what the name alone means."""
    template = json.loads(path.read_bytes())
    sort_tags(template)
    for resource in template.get("Resources", {}).values():
        depends_on = resource.get("DependsOn")
        if isinstance(depends_on, list):
            resource["DependsOn"] = depends_on[0] if len(depends_on) == 1 else sorted(depends_on)
    return template


def canonical(template):
    """The text of a template with its keys sorted and its white space gone."""
    return json.dumps(template, sort_keys=True, separators=(",", ":"))


def first_difference(ours, theirs, at=""):
    """Where two parsed templates part, in words; None when they do not."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            if key not in ours or key not in theirs:
                return f"{at}/{key} stands in one of them only"
            found = first_difference(ours[key], theirs[key], f"{at}/{key}")
            if found:
                return found
        return None
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for i, pair in enumerate(zip(ours, theirs)):
            found = first_difference(*pair, f"{at}/{i}")
            if found:
                return found
        return None
    return None if ours == theirs and type(ours) is type(theirs) else f"{at}: {ours!r} and {theirs!r}"


def types_of(template):
    return collections.Counter(resource["Type"] for resource in template["Resources"].values())


def compare(ours, theirs, every=1):
    """Whether every template of `ours` stands in `theirs`, and whether the content of each, or of `every` so many, is
    equal. Returns a reason, or None when equal."""
    expected, found = template_files(ours), template_files(theirs)
    if expected != found:
        missing = [str(p) for p in expected if p not in found] or [str(p) for p in found if p not in expected]
        return f"{len(expected)} and {len(found)} templates; {missing[0]} is in one of them only"
    for path in expected[::every]:
        a, b = read(ours / path), read(theirs / path)
        if canonical(a) == canonical(b):
            continue
        if types_of(a) != types_of(b):
            return f"{path}: other resources: {types_of(a) - types_of(b)} and {types_of(b) - types_of(a)}"
        return f"{path}: {first_difference(a, b)}"
    return None
