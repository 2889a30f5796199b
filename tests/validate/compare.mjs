// Compares `stackc check` with AWS's own validator over folders of templates, offline.
//
//   node compare.mjs STACKC FOLDER…
//
// Prints each template that the validator takes (no F or E finding) and stackc calls wrong, with stackc's errors,
// then how many of the validator's findings have a finding of stackc near them, by rule. Exit status 1: there are
// disagreements. 2: wrong usage.
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";

const NEAR = 6; // lines

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => files(join(path, name)));
}

/** The findings of stackc: severity, number, line, message. */
function ours(stackc, path) {
  const run = spawnSync(stackc, ["check", path, "--diagnostics", "concise", "--color", "never"], { encoding: "utf8" });
  const form = /^(?<path>.*?):(?<line>\d+):\d+: (?<severity>error|warning|note)\[(?<number>\w+)\]:? (?<message>.*)$/;
  return run.stderr.split("\n").map((line) => form.exec(line)?.groups).filter(Boolean);
}

function main([stackc, ...folders]) {
  if (folders.length === 0) {
    console.error("usage: node compare.mjs STACKC FOLDER…");
    return 2;
  }
  const engine = new RegoEngine();
  const rules = new Map();
  let taken = 0;
  let refused = 0;
  for (const path of folders.flatMap(files)) {
    let theirs;
    try {
      const report = engine.validateStandard(new TemplateFile(path), { severityLevel: "ERROR" });
      if (report.status !== "OK") continue;
      theirs = report.diagnostics.filter((d) => d.severity !== "WARN");
    } catch {
      continue; // no template
    }
    const found = ours(stackc, path);
    const errors = found.filter((f) => f.severity === "error" && f.number !== "E1007");
    if (theirs.length === 0) {
      taken += 1;
      refused += errors.length > 0 ? 1 : 0;
      for (const e of errors) console.log(`${path}:${e.line}: ${e.number} ${e.message}`);
    }
    for (const d of theirs) {
      const rule = rules.get(d.ruleId) ?? { all: 0, near: 0 };
      rule.all += 1;
      rule.near += found.some((f) => Math.abs(Number(f.line) - d.startLine) <= NEAR) ? 1 : 0;
      rules.set(d.ruleId, rule);
    }
  }
  engine.free();
  console.log(`${taken} templates without findings of the validator, ${refused} of them with errors of stackc`);
  for (const [id, { all, near }] of [...rules].sort((a, b) => b[1].all - a[1].all)) {
    console.log(`${id} ${all} findings, ${near} with one of stackc's near them`);
  }
  return refused > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
