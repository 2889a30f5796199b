#!/usr/bin/python3
"""Checks the ECS definitions among the goldens and examples with the AWS CLI and with the API's model.

    ecs.py MODEL.json FOLDER...

MODEL.json is what ecs_model.mjs writes. Below the folders, every `*.release.json` names documents for an API of ECS.
Their holes are filled as docs/output.md says, with made-up values; then

1. each document has to fit the newest model: known keys, required members, JSON types;
2. `aws ecs OPERATION --cli-input-json file://…` has to get as far as the connection, against an address where nobody
   listens. Members that Debian's AWS CLI is too old for are taken out before, and said; the model has checked them;
3. golden/ok/documents/everything has to say every member that the model has, so that a spelling that is wrong shows;
4. a misspelt key has to be refused by both: a check that cannot fail is none;
5. the program for jq in docs/output.md has to fill the holes in the same way.
"""

import copy
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Debian's, whatever else is on the PATH.
AWS = pathlib.Path("/usr/bin/aws")
OLD_MODEL = pathlib.Path("/usr/lib/python3/dist-packages/awscli/botocore/data/ecs/2014-11-13/service-2.json")

# Members of the API that CloudFormation's types do not have.
API_ONLY = {
    "containerDefinitions[].resourceRequirements[].sharingStrategy",
    "gatewayConnectors",
    "serviceConnectConfiguration.containerConfigurations",
    "vpcLatticeConfigurations[].advancedConfiguration",
}


class NewModel:
    """Shapes as ecs_model.mjs writes them: the name of a shape, a plain type, {"list": …}, {"map": …}."""

    def __init__(self, path):
        data = json.loads(pathlib.Path(path).read_text())
        self.inputs, self.shapes = data["inputs"], data["shapes"]

    def input(self, operation):
        return self.inputs[operation]

    def members(self, shape):
        known = self.shapes.get(shape) if isinstance(shape, str) else None
        return None if known is None else (known["members"], known["required"])

    @staticmethod
    def element(shape):
        return shape.get("list") if isinstance(shape, dict) else None

    @staticmethod
    def values(shape):
        return shape.get("map") if isinstance(shape, dict) else None

    @staticmethod
    def plain(shape):
        return shape if isinstance(shape, str) else None


class OldModel:
    """The same of the model in Debian's AWS CLI (botocore's service-2.json)."""

    KINDS = {"string": "string", "integer": "number", "long": "number", "double": "number", "float": "number",
             "boolean": "boolean"}

    def __init__(self, path):
        data = json.loads(pathlib.Path(path).read_text())
        self.shapes = data["shapes"]
        self.inputs = {}
        for name, operation in data["operations"].items():
            spelled = re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()
            self.inputs[spelled] = operation["input"]["shape"]

    def input(self, operation):
        return self.inputs[operation]

    def members(self, shape):
        known = self.shapes[shape]
        if known["type"] != "structure":
            return None
        return {k: m["shape"] for k, m in known["members"].items()}, known.get("required", [])

    def element(self, shape):
        return self.shapes[shape]["member"]["shape"] if self.shapes[shape]["type"] == "list" else None

    def values(self, shape):
        return self.shapes[shape]["value"]["shape"] if self.shapes[shape]["type"] == "map" else None

    def plain(self, shape):
        return self.KINDS.get(self.shapes[shape]["type"])


JSON_TYPES = {"string": str, "number": (int, float), "boolean": bool}


def check(model, shape, value, path=""):
    """What is wrong with `value`: (path, message); the path of an unknown member ends in its key."""
    structure = model.members(shape)
    if structure is not None:
        if not isinstance(value, dict):
            yield path, "expected an object"
            return
        members, required = structure
        for key in required:
            if key not in value:
                yield path, f"`{key}` is missing"
        for key, inner in value.items():
            here = f"{path}.{key}" if path else key
            if key not in members:
                yield here, "unknown"
            else:
                yield from check(model, members[key], inner, here)
        return
    if (element := model.element(shape)) is not None:
        if not isinstance(value, list):
            yield path, "expected a list"
            return
        for i, inner in enumerate(value):
            yield from check(model, element, inner, f"{path}[{i}]")
        return
    if (values := model.values(shape)) is not None:
        if not isinstance(value, dict):
            yield path, "expected an object"
            return
        for key, inner in value.items():
            yield from check(model, values, inner, f"{path}.{key}")
        return
    expected = model.plain(shape)
    if expected in JSON_TYPES:
        wrong = not isinstance(value, JSON_TYPES[expected])
        if wrong or (expected == "number" and isinstance(value, bool)):
            yield path, f"expected a {expected}, found {json.dumps(value)}"


def take_out(value, path):
    """Removes what stands at `containerDefinitions[0].restartPolicy`."""
    *way, last = re.findall(r"[^.\[\]]+", path)
    for step in way:
        value = value[int(step)] if isinstance(value, list) else value[step]
    del value[last]


def all_members(model, shape, path="", seen=()):
    structure = model.members(shape)
    if structure is not None:
        if shape in seen:
            return
        for key, inner in structure[0].items():
            here = f"{path}.{key}" if path else key
            yield here
            yield from all_members(model, inner, here, (*seen, shape))
    elif (element := model.element(shape)) is not None:
        yield from all_members(model, element, path + "[]", seen)


def said(model, shape, value, path=""):
    """The paths of members that `value` has, with `[]` for any index."""
    structure = model.members(shape)
    if structure is not None:
        for key, inner in value.items():
            here = f"{path}.{key}" if path else key
            yield here
            yield from said(model, structure[0][key], inner, here)
    elif (element := model.element(shape)) is not None:
        for inner in value:
            yield from said(model, element, inner, path + "[]")


def stand_in(hole):
    """A value for a hole: what the release or the stack would give."""
    if hole["source"] == "constant":
        return hole["value"]
    return {"string": "text", "number": 1, "boolean": True, "array": ["a", "b"], "object": {}}[hole["type"]]


def filled(value, holes):
    if isinstance(value, list):
        return [filled(each, holes) for each in value]
    if isinstance(value, dict):
        return {key: filled(each, holes) for key, each in value.items()}
    if not isinstance(value, str):
        return value
    if whole := re.fullmatch(r"\$\{(\w+)\}", value):
        return stand_in(holes[whole[1]])
    def part(match):
        return "${" if match[0] == "$${" else str(stand_in(holes[match[1]]))
    return re.sub(r"\$\$\{|\$\{(\w+)\}", part, value)


def filled_by_jq(program, text, holes):
    """The same by the program of the documentation."""
    values = {}
    for name, hole in holes.items():
        value = stand_in(hole)
        in_output = ",".join(value) if isinstance(value, list) else json.dumps(value)
        values[name] = value if isinstance(value, str) else in_output
    types = {name: hole["type"] for name, hole in holes.items()}
    command = ["jq", "--argjson", "values", json.dumps(values), "--argjson", "types", json.dumps(types), program]
    return json.loads(subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout)


def documented_program():
    page = pathlib.Path(__file__).parents[2] / "docs" / "output.md"
    return re.search(r"```jq\n(.*?)```", page.read_text(), re.DOTALL)[1]


def run_aws(operation, document, folder):
    """What the AWS CLI says of the document; it never gets further than to a closed port."""
    file = folder / "input.json"
    file.write_text(json.dumps(document))
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_PAGER": "",
        "LC_ALL": "C.UTF-8",
    }
    command = ["/usr/bin/python3", str(AWS), "ecs", operation, "--cli-input-json", f"file://{file}", "--endpoint-url",
               "http://127.0.0.1:9"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    return (done.stdout + done.stderr).strip()


NO_CONNECTION = "Could not connect to the endpoint URL"


class Checker:
    def __init__(self, new, old, folder):
        self.new, self.old, self.folder = new, old, folder
        self.program = documented_program()
        self.problems, self.newer, self.documents = [], set(), []

    def problem(self, file, text):
        self.problems.append(f"{file}: {text}")

    def release(self, manifest_path):
        manifest = json.loads(manifest_path.read_text())
        holes = {hole["name"]: hole for hole in manifest["holes"]}
        for entry in manifest["documents"]:
            text = (manifest_path.parent / entry["file"]).read_text()
            if filled_by_jq(self.program, text, holes) != filled(json.loads(text), holes):
                self.problem(manifest_path.parent / entry["file"], "the program in docs/output.md fills it in another way")
            if not entry.get("api", "").startswith("ecs "):
                continue
            file = manifest_path.parent / entry["file"]
            self.document(file, entry["api"].split(" ")[1], filled(json.loads(text), holes))

    def document(self, file, operation, document):
        self.documents.append((file, operation, document))
        for path, message in check(self.new, self.new.input(operation), document):
            self.problem(file, f"{path or 'the document'}: {message}")
        answer = run_aws(operation, self.for_old(operation, document), self.folder)
        if NO_CONNECTION not in answer:
            self.problem(file, f"aws ecs {operation}: {answer}")

    def for_old(self, operation, document):
        """The document without what the AWS CLI at hand is too old for."""
        out = copy.deepcopy(document)
        found = list(check(self.old, self.old.input(operation), out))
        for path, message in reversed(found):
            if message == "unknown":
                take_out(out, path)
                self.newer.add(f"{operation} {re.sub(r'[0-9]+', '', path)}")
        return out

    def everything(self):
        """Every member of the model stands in one of the documents of golden/ok/documents/everything."""
        mine = [d for d in self.documents if d[0].parent.parent.name == "everything"]
        if not mine:
            self.problem("golden/ok/documents/everything", "no documents there")
        for file, operation, document in mine:
            shape = self.new.input(operation)
            have = set(said(self.new, shape, document))
            for path in all_members(self.new, shape):
                api_only = any(path == each or path.startswith((each + ".", each + "[")) for each in API_ONLY)
                if not api_only and path not in have:
                    self.problem(file, f"nothing says `{path}`, which `{operation}` takes")

    def misspelt(self):
        """A typing mistake is found, by the model and by the AWS CLI."""
        for operation, document in {op: doc for _, op, doc in self.documents}.items():
            wrong = {**self.for_old(operation, document), "clusterr": "text"}
            if not any(message == "unknown" for _, message in check(self.new, self.new.input(operation), wrong)):
                self.problem(operation, "the model takes a misspelt key")
            if 'Unknown parameter in input: "clusterr"' not in run_aws(operation, wrong, self.folder):
                self.problem(operation, "the AWS CLI takes a misspelt key")


def main(args):
    if len(args) < 2:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    if not (OLD_MODEL.exists() and AWS.exists() and shutil.which("jq")):
        print("ecs.py: needs Debian's `awscli` and `jq` (scripts/setup --tests installs them)", file=sys.stderr)
        return 1
    manifests = sorted(p for folder in args[1:] for p in pathlib.Path(folder).rglob("*.release.json"))
    with tempfile.TemporaryDirectory() as folder:
        checker = Checker(NewModel(args[0]), OldModel(OLD_MODEL), pathlib.Path(folder))
        for manifest in manifests:
            checker.release(manifest)
        checker.everything()
        checker.misspelt()
    for each in checker.problems:
        print(each)
    print(f"ECS definitions: {len(checker.documents)} documents, {len(checker.newer)} members are newer than the AWS CLI "
          "at hand and were checked with the model alone", file=sys.stderr)
    return 1 if checker.problems or not checker.documents else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
