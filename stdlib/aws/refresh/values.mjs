// Lists of values from the type declarations of AWS's SDK packages: `export declare const X: {
// readonly A: "a"; … }` is a list, `field?: X | undefined` in an interface uses it.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

// Past this many values a list changes too often to be of help (instance types, regions).
const MAX_VALUES = 64;

class Client {
  constructor(name) {
    this.enums = new Map(); // name -> values
    this.shapes = new Map(); // lower-cased interface name -> lower-cased field -> type text
    const dir = join(here, "node_modules/@aws-sdk", name, "dist-types/models");
    if (!existsSync(dir)) throw new Error(`${name} is not installed: run npm ci`);
    for (const file of readdirSync(dir).sort()) {
      if (file.endsWith(".d.ts")) this.#read(readFileSync(join(dir, file), "utf8"));
    }
    // field -> the one list that every shape gives it, or null when shapes differ
    this.unanimous = new Map();
    for (const fields of this.shapes.values()) {
      for (const [field, type] of fields) {
        const seen = this.unanimous.get(field);
        if (seen === undefined) this.unanimous.set(field, type);
        else if (seen !== type) this.unanimous.set(field, null);
      }
    }
  }

  #read(text) {
    text = text.replace(/\/\*[\s\S]*?\*\//g, "");
    for (const [, name, body] of text.matchAll(/export declare const (\w+): \{([^}]*)\};/g)) {
      const values = [...body.matchAll(/readonly \w+: "([^"]*)"/g)].map((m) => m[1]);
      if (values.length) this.enums.set(name, values);
    }
    for (const [, name, body] of text.matchAll(/export interface (\w+)(?: extends [^{]*)? \{([^}]*)\}/g)) {
      const fields = new Map();
      for (const [, field, type] of body.matchAll(/^\s*(?:readonly )?(\w+)\??: ([^;]+);/gm)) {
        fields.set(field.toLowerCase(), type.replace(/ \| undefined/g, "").trim());
      }
      this.shapes.set(name.toLowerCase(), fields);
    }
  }

  #valuesOf(type, isList) {
    if (!type) return null;
    const m = isList ? /^(?:\((\w+)\)|(\w+))\[\]$/.exec(type) : /^(\w+)$/.exec(type);
    const values = m && this.enums.get(m[1] ?? m[2]);
    return values && values.length <= MAX_VALUES ? values : null;
  }

  /// The values of `field` in the first of `shapes` that has it; else what all shapes agree on.
  find(shapes, field, isList) {
    const key = field.toLowerCase();
    for (const shape of shapes) {
      const fields = this.shapes.get(shape.toLowerCase());
      if (fields?.has(key)) return this.#valuesOf(fields.get(key), isList);
    }
    return this.#valuesOf(this.unanimous.get(key), isList);
  }
}

/// Finds the list of values of a property, conservatively: the shape that creates the resource, the
/// shape of the nested type's name, or a field that means the same everywhere in the service.
export class ValueLists {
  constructor(clients) {
    this.clients = new Map(Object.entries(clients).map(([service, name]) => [service, new Client(name)]));
    this.matched = 0;
  }

  find(resource, nestedName, property, isList) {
    const client = this.clients.get(resource.service);
    if (!client) return null;
    const shapes = nestedName ? this.#nestedShapes(resource, nestedName) : this.#inputShapes(resource);
    const values = client.find(shapes, property, isList);
    if (values) this.matched++;
    return values;
  }

  #inputShapes(r) {
    const bases = [r.short, r.short.replace(/^DB/, "Db")];
    const verbs = ["Create", "Put", "Register", "Run", "Request", "Allocate", "Modify", "Update", "Set", "Add"];
    const out = [];
    for (const base of bases) {
      for (const verb of verbs) for (const end of ["Request", "Input", "Message", "CommandInput", "Type"]) out.push(verb + base + end);
      out.push(base, `${base}Detail`, `${base}Details`, `${base}Description`);
    }
    return out;
  }

  #nestedShapes(r, nested) {
    return [nested, `${nested}Request`, `${nested}Input`, `${nested}Specification`, `${nested}Config`,
      `${nested}Configuration`, `${r.short}${nested}`, `${r.short}${nested}Request`, `${nested}Type`];
  }
}
