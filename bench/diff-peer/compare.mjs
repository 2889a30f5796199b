// What another offline template diff says of the pairs of golden/diff, beside what stackc says.
//
//   npm ci && node compare.mjs STACKC           the table, on standard output
//   npm ci && node compare.mjs STACKC --docs    the same into docs/diff.md
//   npm ci && node compare.mjs STACKC --time    both on the same generated templates, in one run
//
// verdicts.json says of each pair that differs who is right, with the page of AWS that decides: a pair without a verdict
// is an error, and so is a verdict without a difference. Compared is what both can say: what happens to each resource and
// entry, and whether permissions grow. With `--time`, stackc is a whole process; the peer runs inside this one, so that
// its start does not count, and as a process of its own.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ResourceImpact, fullDiff } from "@aws-cdk/cloudformation-diff";
import { parse } from "yaml";

const HERE = dirname(fileURLToPath(import.meta.url));
const PAIRS = join(HERE, "../../golden/diff");
const PAGE = join(HERE, "../../docs/diff.md");

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

/** An interruption is an update to the other. */
const WORD_OF = { interrupt: "update" };
const BROADENED = "security widens";
const CHANGED = "security changes";

function peer(before, after) {
  const diff = fullDiff(before, after);
  const lines = [];
  diff.resources.forEachDifference((id, change) => {
    if (change.changeImpact !== ResourceImpact.NO_CHANGE) lines.push(`${WORDS[change.changeImpact]} ${id}`);
  });
  for (const section of ["parameters", "mappings", "conditions", "outputs"]) {
    diff[section].forEachDifference((id) => lines.push(`${section.slice(0, -1)} ${id}`));
  }
  if (diff.iamChanges.hasChanges || diff.securityGroupChanges.hasChanges) {
    lines.push(diff.permissionsBroadened ? BROADENED : CHANGED);
  }
  return [...new Set(lines)].sort();
}

function ours(json) {
  const lines = new Set();
  for (const stack of json.projects.flatMap((p) => p.stacks)) {
    for (const change of stack.resources) {
      const kept = change.action === "delete" && change.fate === "retained" ? " (kept)" : "";
      if (change.action !== "none") lines.add(`${WORD_OF[change.action] ?? change.action}${kept} ${change.id}`);
    }
    for (const { section, id } of stack.entries) if (id !== "") lines.add(`${section.slice(0, -1).toLowerCase()} ${id}`);
    const kinds = new Set(stack.dangers.map((danger) => danger.kind));
    if (kinds.has("security-widening")) lines.add(BROADENED);
    else if (kinds.has("security-narrowing") || kinds.has("security-unknown")) lines.add(CHANGED);
  }
  return [...lines].sort();
}

const run = (stackc, folder) => {
  const args = existsSync(join(folder, "golden.args")) ? readFileSync(join(folder, "golden.args"), "utf8").split(/\s+/).filter(Boolean) : [];
  const result = spawnSync(stackc, ["diff", "old.yaml", "new.yaml", "--format", "json", ...args], { cwd: folder, encoding: "utf8" });
  if (result.status > 1 || result.status === null) throw new Error(`${folder}: ${result.stderr}`);
  return JSON.parse(result.stdout);
};

const shortened = (lines) =>
  lines.length > 5 ? `${lines.slice(0, 3).join(", ")} and ${lines.length - 3} more` : lines.join(", ") || "nothing";

/** `{pair, mine, theirs}` of each pair of templates of which the two say different things: what only one of them says. */
function differences(stackc) {
  const found = [];
  for (const group of readdirSync(PAIRS).sort()) {
    for (const name of readdirSync(join(PAIRS, group)).sort()) {
      const folder = join(PAIRS, group, name);
      const [before, after] = ["old.yaml", "new.yaml"].map((file) => join(folder, file));
      if (!existsSync(before) || !existsSync(after)) continue;
      const mine = ours(run(stackc, folder));
      const theirs = peer(read(before), read(after));
      const only = (a, b) => shortened(a.filter((line) => !b.includes(line)));
      if (mine.join() !== theirs.join()) {
        found.push({ pair: `${group}/${name}`, mine: only(mine, theirs), theirs: only(theirs, mine) });
      }
    }
  }
  return found;
}

/** The rows of docs/diff.md; pairs with the same verdict share one. Errors go to standard error. */
function table(stackc) {
  const { verdicts } = JSON.parse(readFileSync(join(HERE, "verdicts.json"), "utf8"));
  const found = differences(stackc);
  const known = new Map(verdicts.flatMap((verdict) => verdict.pairs.map((pair) => [pair, verdict])));
  let wrong = 0;
  const complain = (text) => {
    console.error(text);
    ++wrong;
  };
  for (const { pair, mine, theirs } of found) {
    if (!known.has(pair)) complain(`${pair}: no verdict; stackc: ${mine}; the other: ${theirs}`);
  }
  for (const pair of known.keys()) {
    if (!found.some((each) => each.pair === pair)) complain(`${pair}: a verdict, and no difference`);
  }
  const lines = ["| pair | only stackc says | only the other says | right | because |", "|---|---|---|---|---|"];
  for (const verdict of verdicts) {
    const rows = verdict.pairs.flatMap((pair) => found.filter((each) => each.pair === pair));
    rows.forEach(({ pair, mine, theirs }, row) => {
      const link = `[${pair}](../golden/diff/${pair})`;
      const judged = row === 0 ? `${verdict.right} | ${verdict.because}` : "as above |";
      lines.push(`| ${link} | ${mine} | ${theirs} | ${judged} |`);
    });
  }
  return { text: `${lines.join("\n")}\n`, wrong };
}

function writeDocs(text) {
  const [begin, end] = ["<!-- compare.mjs: begin -->\n", "<!-- compare.mjs: end -->\n"];
  const page = readFileSync(PAGE, "utf8");
  const [from, to] = [page.indexOf(begin) + begin.length, page.indexOf(end)];
  if (from < begin.length || to < from) throw new Error(`${PAGE} has no place for the table`);
  writeFileSync(PAGE, page.slice(0, from) + text + page.slice(to));
}

// ---------------------------------------------------------------- time

/** A chain in which each resource holds the id of the one before, so that all are replaced with the first. */
function chain(count, first, hold) {
  const resources = { R0: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: first } } };
  for (let i = 1; i < count; ++i) {
    resources[`R${i}`] = {
      Type: "AWS::SSM::Parameter",
      Properties: { Type: "String", Name: hold({ Ref: `R${i - 1}` }), Value: "x" },
    };
  }
  return { Resources: resources };
}

function updates(count, days) {
  const queue = { Type: "AWS::SQS::Queue", Properties: { MessageRetentionPeriod: days * 86400 } };
  return { Resources: Object.fromEntries(Array.from({ length: count }, (_, i) => [`Q${i}`, queue])) };
}

/** Medians of `count` runs each, one after the other in turns, in milliseconds. */
function timed(count, ...runs) {
  const times = runs.map(() => []);
  for (let i = 0; i < count; ++i) {
    runs.forEach((each, k) => {
      const start = process.hrtime.bigint();
      each();
      times[k].push(Number(process.hrtime.bigint() - start) / 1e6);
    });
  }
  return times.map((each) => each.sort((a, b) => a - b)[count >> 1]);
}

function time(stackc) {
  const folder = mkdtempSync(join(tmpdir(), "stackc-diff-"));
  const started = (program, args) => {
    const result = spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
    if (result.status !== 0) throw new Error(`${program} failed`);
  };
  const bare = (ref) => ref;
  const joined = (ref) => ({ "Fn::Join": ["", ["/n/", ref]] });
  const cases = [
    ["500 replaced, each by a `Ref`", chain(500, "10.0.0.0/16", bare), chain(500, "10.1.0.0/16", bare), 1],
    ["500 replaced, each by an `Fn::Join`, which the peer does not follow", chain(500, "10.0.0.0/16", joined),
      chain(500, "10.1.0.0/16", joined), 5],
    ["500 updated", updates(500, 1), updates(500, 2), 11],
  ];
  console.log("| | stackc, process | peer, in process | peer, process | ratio in process | ratio of processes |");
  console.log("|---|---|---|---|---|---|");
  for (const [name, before, after, count] of cases) {
    const files = [before, after].map((template, i) => {
      const file = join(folder, `${i}.json`);
      writeFileSync(file, JSON.stringify(template, null, 1));
      return file;
    });
    const mine = () => started(stackc, ["diff", ...files, "--color", "never"]);
    // Both have read what they read once.
    timed(3, mine, () => fullDiff(updates(2, 1), updates(2, 2)));
    const [ours, inside, whole] = timed(
      count,
      () => mine(),
      () => fullDiff(structuredClone(before), structuredClone(after)),
      () => started(process.execPath, [fileURLToPath(import.meta.url), "--peer", ...files]),
    );
    const ms = (x) => `${x.toFixed(x < 100 ? 1 : 0)} ms`;
    console.log(`| ${name} | ${ms(ours)} | ${ms(inside)} | ${ms(whole)} | ${(inside / ours).toFixed(1)} | ${(whole / ours).toFixed(1)} |`);
  }
  rmSync(folder, { recursive: true });
}

const [first, flag, second] = process.argv.slice(2);
const stackc = first === undefined || first === "--peer" ? first : resolve(first);
if (!stackc) {
  console.error("usage: node compare.mjs STACKC [--docs|--time]");
  process.exit(2);
}
if (stackc === "--peer") {
  const [before, after] = [flag, second].map((file) => JSON.parse(readFileSync(file, "utf8")));
  fullDiff(before, after).resources.forEachDifference(() => {});
} else if (flag === "--time") {
  time(stackc);
} else {
  const { text, wrong } = table(stackc);
  if (flag === "--docs") writeDocs(text);
  else process.stdout.write(text);
  process.exitCode = wrong > 0 ? 1 : 0;
}
