// Lists whose order AWS ignores: `insertionOrder: false` in the schemas that the resource types are
// registered with, as cfn-lint carries them (us-east-1).

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { compare } from "./model.mjs";

const data = join(dirname(fileURLToPath(import.meta.url)), "schemas/cfnlint/data/schemas");

export class Orders {
  /// `ordered`: lists that the schemas say this of though their order counts.
  constructor(ordered) {
    this.ordered = ordered;
    this.used = new Set();
    const index = join(data, "providers/us_east_1.py");
    if (!existsSync(index)) throw new Error("the registry's schemas are not installed: see README.md");
    this.files = new Map(); // resource type -> file
    for (const [, type, hash] of readFileSync(index, "utf8").matchAll(/^ {4}"([\w:]+)": "([0-9a-f]+)"/gm)) {
      this.files.set(type, join(data, "resources", `${hash}.json`));
    }
    this.lists = 0;
  }

  /// The lists of `r`, by name; those of nested types as `Nested.Name`.
  find(r) {
    const file = this.files.get(r.name);
    if (!file) return [];
    const walk = new Walk(r, JSON.parse(readFileSync(file, "utf8")));
    walk.properties("", r.properties, walk.schema);
    const found = [...walk.found].sort(compare).filter((list) => !this.#isOrdered(`${r.name}.${list}`));
    this.lists += found.length;
    return found;
  }

  #isOrdered(key) {
    if (this.ordered.has(key)) this.used.add(key);
    return this.ordered.has(key);
  }
}

/// Goes through a schema and our types side by side: names of nested types are our own, paths are not.
class Walk {
  constructor(r, schema) {
    this.r = r;
    this.schema = schema;
    this.found = new Set();
    this.seen = new Set();
    this.ids = new Map(); // schema node -> number
  }

  properties(nested, properties, node) {
    for (const shape of this.#shapes(node)) {
      for (const [name, p] of Object.entries(properties)) {
        if (!shape.properties || !(name in shape.properties)) continue;
        this.#value(nested ? `${nested}.${name}` : name, p.type, shape.properties[name]);
      }
    }
  }

  /// `key` names the property whose value is of our `type` and of the schema's `node`; inside lists it is empty.
  #value(key, type, node) {
    for (const shape of this.#shapes(node)) {
      if (type.type === "union") for (const arm of type.types) this.#value(key, arm, shape);
      if (type.type === "array") {
        // A list of tags is known by its type.
        if (key && shape.insertionOrder === false && type.element.type !== "tag") this.found.add(key);
        if (shape.items && !Array.isArray(shape.items)) this.#value("", type.element, shape.items);
      }
      if (type.type === "map") {
        for (const of of [...Object.values(shape.patternProperties ?? {}), shape.additionalProperties]) {
          if (of && typeof of === "object") this.#value("", type.element, of);
        }
      }
      if (type.type === "ref") this.#nested(this.r.nestedNames.get(type.reference.$ref), shape);
    }
  }

  #nested(name, node) {
    if (!name || !this.r.nested.has(name)) return;
    if (!this.ids.has(node)) this.ids.set(node, this.ids.size);
    const visit = `${name} ${this.ids.get(node)}`;
    if (this.seen.has(visit)) return;
    this.seen.add(visit);
    this.properties(name, this.r.nested.get(name), node);
  }

  /// What a node may be: itself without the reference, and each of its alternatives.
  *#shapes(node, depth = 0) {
    if (!node || typeof node !== "object" || depth > 8) return;
    if (typeof node.$ref === "string") {
      const parts = node.$ref.replace(/^#\//, "").split("/");
      yield* this.#shapes(parts.reduce((at, part) => at?.[part], this.schema), depth + 1);
      if (node.insertionOrder === undefined) return;
    }
    yield node;
    for (const kind of ["oneOf", "anyOf", "allOf"]) {
      for (const arm of node[kind] ?? []) yield* this.#shapes(arm, depth + 1);
    }
  }
}
