// Checks CloudFormation templates with AWS's own validator, offline.
//
//   node validate.mjs [--errors-only | --justified FILE] TEMPLATE…
//
// One finding a line, `path:line:column: E3012 message (Resource, property)`; F (fatal) and E
// (error) findings make the exit status 1, W (warnings) do not. 2: wrong usage.
//
// With `--justified`, warnings fail too, unless FILE says why they stand: a JSON list of
// `{ rule, says?, type?, in?, reason }`, where `says` is part of the message, `type` the resource's type,
// and `in` part of the template's path. What justifies nothing any more fails as well.
import { readFileSync } from "node:fs";
import process from "node:process";
import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";

const SEVERITIES = { FATAL: "F", ERROR: "E", WARN: "W" };

function line(path, finding) {
  const place = [finding.entity?.logicalId, finding.propertyPath].filter(Boolean).join(", ");
  const where = `${path}:${finding.startLine ?? 1}:${finding.startColumn ?? 1}`;
  const message = finding.message.replaceAll(/\s+/g, " ");
  return `${where}: ${SEVERITIES[finding.severity]} ${finding.ruleId} ${message}${place ? ` (${place})` : ""}`;
}

/**
 * An optional parameter is a String whose default `""` stands for "absent", and every use stands under
 * `Fn::If` on a condition that it is not empty. The validator tries the default in that arm all the same,
 * which no deployment ever does.
 */
function isAbsenceInItsOwnArm(template, finding) {
  if (!/^''|^length 0 /.test(finding.message)) return false;
  const absent = (condition) => {
    const test = template.Conditions?.[condition]?.["Fn::Not"]?.[0]?.["Fn::Equals"];
    return test?.[1] === "" && template.Parameters?.[test[0]?.Ref]?.Default === "" ? test[0].Ref : undefined;
  };
  const guarded = (value) => {
    if (Array.isArray(value)) return value.some(guarded);
    if (value === null || typeof value !== "object") return false;
    const [condition, then] = value["Fn::If"] ?? [];
    if (condition && then?.Ref && then.Ref === absent(condition)) return true;
    return Object.values(value).some(guarded);
  };
  let place = template.Resources?.[finding.entity?.logicalId];
  for (const step of (finding.propertyPath ?? "").split(".")) {
    if (place?.[step] === undefined) break;
    place = place[step];
  }
  return guarded(place);
}

/**
 * Goldens that say on purpose what the validator refuses, and the rules that it names. A rule that is not
 * found any more is told as well.
 */
const ON_PURPOSE = {
  // A condition operator that IAM does not know, which our own check tells as well.
  "golden/ok/warnings/actions.template.json": ["E3510"],
  // A type that nobody knows and a property that the type has not, both under `@unchecked`.
  "golden/ok/exact/attributes.template.json": ["F3006", "F3002"],
  // `extern`: what a macro makes; `Hooks`, a section that AWS documents for blue/green deployments.
  "golden/ok/exact/raw.template.json": ["F1020", "F6101", "F0005"],
  // A subnet in a further address range of its VPC, of which the validator's rule does not know.
  "golden/ok/std/network_full.template.json": ["E3059"],
  // Corrections of AWS's types that the project makes up.
  "golden/ok/schema-patches/patched/expected/patched.template.json": ["F3002", "F3006", "F3012", "F6101"],
};

/** Findings without those on purpose, and those on purpose that are missing. */
function unexpected(path, found) {
  const rules = Object.entries(ON_PURPOSE).find(([suffix]) => path.endsWith(suffix))?.[1] ?? [];
  const missing = rules.filter((rule) => !found.some((d) => d.ruleId === rule));
  return {
    shown: found.filter((d) => !rules.includes(d.ruleId)),
    missing: missing.map((rule) => `${path}:1:1: F ${rule} was expected, and is not found`),
  };
}

/** Does this entry of the list of justified warnings speak of this finding? */
function justifies(entry, path, template, finding) {
  const type = template.Resources?.[finding.entity?.logicalId]?.Type;
  return entry.rule === finding.ruleId && (!entry.says || finding.message.includes(entry.says)) &&
    (!entry.type || entry.type === type) && (!entry.in || path.includes(entry.in));
}

/** Takes justified warnings out of `found`, and counts them in the entries. */
function withoutJustified(justified, path, template, found) {
  return found.filter((d) => {
    const entry = d.severity === "WARN" && justified.find((e) => justifies(e, path, template, d));
    if (entry) entry.uses = (entry.uses ?? 0) + 1;
    return !entry;
  });
}

/** The findings of one template, worst first, then by place. */
function findings(engine, path, severities, justified) {
  const report = engine.validateStandard(new TemplateFile(path), { severityLevel: "WARN" });
  if (report.status !== "OK") {
    return { failed: true, lines: [`${path}:1:1: F the validator did not finish: ${report.status}`] };
  }
  const template = JSON.parse(readFileSync(path, "utf8"));
  const found = report.diagnostics.filter(
    (d) => severities.includes(SEVERITIES[d.severity]) && !isAbsenceInItsOwnArm(template, d),
  );
  const { shown, missing } = unexpected(path, withoutJustified(justified ?? [], path, template, found));
  const rank = (d) => Object.keys(SEVERITIES).indexOf(d.severity);
  shown.sort((a, b) => rank(a) - rank(b) || (a.startLine ?? 0) - (b.startLine ?? 0));
  return {
    failed: missing.length > 0 || shown.some((d) => justified || d.severity !== "WARN"),
    lines: [...shown.map((d) => line(path, d)), ...missing],
  };
}

/** What the command line asks for; null when it is wrong. */
function options(args) {
  const out = { severities: ["F", "E", "W"], justified: null, paths: [] };
  for (let i = 0; i < args.length; ++i) {
    if (args[i] === "--errors-only") out.severities = ["F", "E"];
    else if (args[i] === "--justified" && i + 1 < args.length) out.justified = readFileSync(args[++i], "utf8");
    else if (args[i].startsWith("-")) return null;
    else out.paths.push(args[i]);
  }
  return out.paths.length > 0 ? out : null;
}

function main(args) {
  const asked = options(args);
  if (asked === null) {
    console.error("usage: node validate.mjs [--errors-only | --justified FILE] TEMPLATE…");
    return 2;
  }
  const justified = asked.justified && JSON.parse(asked.justified);
  const engine = new RegoEngine();
  let status = 0;
  try {
    for (const path of asked.paths) {
      try {
        const { failed, lines } = findings(engine, path, asked.severities, justified);
        for (const each of lines) console.log(each);
        if (failed) status = 1;
      } catch (error) {
        console.log(`${path}:1:1: F cannot be checked: ${error.message ?? error}`);
        status = 1;
      }
    }
  } finally {
    engine.free();
  }
  for (const entry of justified ?? []) {
    if (entry.uses) continue;
    console.log(`${entry.rule} is justified (${entry.reason}), and is not found any more`);
    status = 1;
  }
  return status;
}

process.exitCode = main(process.argv.slice(2));
