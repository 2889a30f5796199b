// What another offline template diff says of the pairs of golden/diff, beside what stackc says.
//
//   npm ci && node compare.mjs STACKC [--time]
//
// Without `--time`: a line for each pair of templates, `case: stackc | peer`, those that say the same left out.
// With it: both on the same generated templates, in one run; stackc as a process, the peer inside this one, so that
// its start does not count.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ResourceImpact, fullDiff } from "@aws-cdk/cloudformation-diff";
import { parse } from "yaml";

const PAIRS = join(dirname(fileURLToPath(import.meta.url)), "../../golden/diff");

/** `!Ref X` and its like, as the objects that they stand for. */
const TAGS = ["Ref", "Condition", "GetAtt", "Sub", "Join", "If", "Select", "Split", "FindInMap", "GetAZs", "Cidr",
  "Base64", "ImportValue", "Equals", "And", "Or", "Not"].flatMap((name) => {
  const key = name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
  const value = (v) => ({ [key]: name === "GetAtt" && typeof v === "string" ? v.split(/\.(.*)/s).slice(0, 2) : v });
  const tag = `!${name}`;
  return [
    { tag, resolve: (text) => value(text) },
    { tag, collection: "seq", resolve: (seq) => value(seq.toJSON()) },
    { tag, collection: "map", resolve: (map) => value(map.toJSON()) },
  ];
});
const read = (file) => parse(readFileSync(file, "utf8"), { customTags: TAGS });

const WORDS = {
  [ResourceImpact.WILL_UPDATE]: "update",
  [ResourceImpact.WILL_CREATE]: "create",
  [ResourceImpact.WILL_REPLACE]: "replace",
  [ResourceImpact.MAY_REPLACE]: "may-replace",
  [ResourceImpact.WILL_DESTROY]: "delete",
  [ResourceImpact.WILL_ORPHAN]: "delete (kept)",
  [ResourceImpact.WILL_IMPORT]: "import",
};

function peer(before, after) {
  const diff = fullDiff(before, after);
  const lines = [];
  diff.resources.forEachDifference((id, change) => {
    if (change.changeImpact !== ResourceImpact.NO_CHANGE) lines.push(`${WORDS[change.changeImpact]} ${id}`);
  });
  for (const section of ["parameters", "mappings", "conditions", "outputs"]) {
    diff[section].forEachDifference((id) => lines.push(`${section.slice(0, -1)} ${id}`));
  }
  if (diff.iamChanges.hasChanges) lines.push(diff.permissionsBroadened ? "permissions broadened" : "permissions change");
  else if (diff.securityGroupChanges.hasChanges) lines.push(diff.permissionsBroadened ? "permissions broadened" : "rules change");
  return lines.sort();
}

function ours(json) {
  const lines = [];
  for (const stack of json.projects.flatMap((p) => p.stacks)) {
    for (const change of stack.resources) {
      const kept = change.action === "delete" && change.fate === "retained" ? " (kept)" : "";
      if (change.action !== "none") lines.push(`${change.action}${kept} ${change.id}`);
    }
    for (const entry of stack.entries) {
      const line = `${entry.section.slice(0, -1).toLowerCase()} ${entry.id}`;
      if (!lines.includes(line)) lines.push(line);
    }
    for (const danger of stack.dangers) lines.push(danger.kind);
  }
  return lines.sort();
}

function table() {
  for (const group of readdirSync(PAIRS).sort()) {
    for (const name of readdirSync(join(PAIRS, group)).sort()) {
      const folder = join(PAIRS, group, name);
      const [before, after] = ["old.yaml", "new.yaml"].map((file) => join(folder, file));
      if (!existsSync(before) || !existsSync(after)) continue;
      const said = ours(JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")));
      const peerSaid = peer(read(before), read(after));
      if (said.join() === peerSaid.join()) continue;
      console.log(`${group}/${name}: ${said.join(", ") || "nothing"} | ${peerSaid.join(", ") || "nothing"}`);
    }
  }
}

// ---------------------------------------------------------------- time

/** A chain in which each resource holds the id of the one before, so that all are replaced with the first. */
function chain(count, first) {
  const resources = { R0: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: first } } };
  for (let i = 1; i < count; ++i) {
    resources[`R${i}`] = {
      Type: "AWS::SSM::Parameter",
      Properties: { Type: "String", Name: { "Fn::Join": ["", ["/n/", { Ref: `R${i - 1}` }]] }, Value: "x" },
    };
  }
  return { Resources: resources };
}

function updates(count, days) {
  const queue = { Type: "AWS::SQS::Queue", Properties: { MessageRetentionPeriod: days * 86400 } };
  return { Resources: Object.fromEntries(Array.from({ length: count }, (_, i) => [`Q${i}`, queue])) };
}

function timed(run) {
  const times = Array.from({ length: 5 }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return times.sort((a, b) => a - b)[2];
}

function time(stackc) {
  const folder = mkdtempSync(join(tmpdir(), "stackc-diff-"));
  const cases = {
    "100 replaced in a chain": [chain(100, "10.0.0.0/16"), chain(100, "10.1.0.0/16")],
    "500 replaced in a chain": [chain(500, "10.0.0.0/16"), chain(500, "10.1.0.0/16")],
    "500 updated": [updates(500, 1), updates(500, 2)],
  };
  for (const [name, [before, after]] of Object.entries(cases)) {
    const files = [before, after].map((template, i) => {
      const file = join(folder, `${i}.json`);
      writeFileSync(file, JSON.stringify(template, null, 1));
      return file;
    });
    const mine = timed(() => {
      const result = spawnSync(stackc, ["diff", ...files, "--color", "never"]);
      if (result.status !== 0) throw new Error(String(result.stderr));
    });
    let start = process.hrtime.bigint();
    fullDiff(structuredClone(before), structuredClone(after));
    const other = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(`${name}: stackc ${mine.toFixed(1)} ms, peer ${other.toFixed(1)} ms, ratio ${(other / mine).toFixed(1)}`);
  }
  rmSync(folder, { recursive: true });
}

const [stackc, flag] = process.argv.slice(2);
if (!stackc) {
  console.error("usage: node compare.mjs STACKC [--time]");
  process.exit(2);
}
if (flag === "--time") time(stackc);
else table();
