// Writes stdlib/aws/*.stack: every resource type of AWS CloudFormation in the stack language.
//
//   npm ci && npm run refresh
//
// The facts come from AWS's resource specification and the SDK's type declarations, both pinned in
// package-lock.json, the registry's schemas (README.md), and from ../corrections.mjs. The same input
// writes the same bytes.

import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as corrections from "../corrections.mjs";
import { CLIENTS } from "./clients.mjs";
import { loadModel } from "./model.mjs";
import { Orders } from "./orders.mjs";
import { Printer } from "./print.mjs";
import { Relations } from "./relations.mjs";
import { ValueLists } from "./values.mjs";

const out = join(dirname(fileURLToPath(import.meta.url)), "..");
const HEAD = "// Written by stdlib/aws/refresh from AWS's resource specification. Do not edit: corrections.mjs.\n\n";

const model = await loadModel(corrections);
const relations = new Relations(model, corrections);
const values = new ValueLists(CLIENTS);
const orders = new Orders(corrections.ordered);
const printer = new Printer(model, corrections, relations, values, orders);

const files = new Map(); // file name -> texts
for (const r of model.values()) {
  const name = fileName(r.service);
  if (!files.has(name)) files.set(name, []);
  files.get(name).push(printer.resource(r));
}
const ids = corrections.idTypes.map((k) => `id type ${k}`).join("\n");
files.set("id-types.stack", [ids]);

checkCorrections();

for (const old of readdirSync(out)) if (old.endsWith(".stack") && !files.has(old)) rmSync(join(out, old));
let bytes = 0;
for (const [name, texts] of files) {
  const text = HEAD + texts.join("\n\n") + "\n";
  bytes += Buffer.byteLength(text);
  writeFileSync(join(out, name), text);
}

const s = printer.stats;
const n = relations.counts;
console.log(`${s.types} resource types, ${s.nested} nested types, ${s.properties} properties, ${s.attributes} attributes`);
console.log(`relations: ${n.data} from the data, ${n.rule} by rule, ${n.hand} by hand`);
console.log(`${s.lists} lists of values, ${s.units} units, ${s.policies} policy documents, ${orders.lists} lists without order`);
console.log(`${files.size} files, ${(bytes / 1e6).toFixed(2)} MB`);

/// `AWS::EC2` -> `ec2.stack`; a name space other than AWS keeps its own.
function fileName(service) {
  const parts = service.toLowerCase().split("::");
  return (parts[0] === "aws" ? parts.slice(1) : parts).join("-") + ".stack";
}

/// A correction that nothing needs any more is a mistake, or out of date.
function checkCorrections() {
  const stale = [];
  for (const what of ["kinds", "units", "types", "required", "replacement"]) {
    for (const key of Object.keys(corrections[what])) if (!printer.used[what].has(key)) stale.push(`${what}: ${key}`);
  }
  for (const what of ["ref", "primary", "same", "identities"]) {
    for (const key of Object.keys(corrections[what])) if (!model.has(key)) stale.push(`${what}: ${key}`);
  }
  for (const what of ["snapshots", "stateful", "notTagged"]) {
    for (const key of corrections[what]) if (!model.has(key)) stale.push(`${what}: ${key}`);
  }
  for (const key of corrections.ordered) if (!orders.used.has(key)) stale.push(`ordered: ${key}`);
  if (stale.length) {
    console.error("corrections that fit nothing:\n  " + stale.join("\n  "));
    process.exit(1);
  }
}
