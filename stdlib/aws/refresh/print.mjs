// A resource type as text in the stack language.

import { compare } from "./model.mjs";
import { kindText } from "./relations.mjs";

// Type names of the language: a nested type of the same name is written `AWS::IAM::Role#Policy`.
const BUILTIN = new Set(["String", "Int", "Number", "Bool", "Json", "Timestamp", "Policy", "Iso8601", "Arn", "Cidr",
  "Duration", "Size", "Percent", "Secret", "Ssm"]);

const quote = (text) => JSON.stringify(text).replaceAll("${", "\\${");
const plainName = (text) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? text : quote(text));

const UNIT_BY_NAME = [
  [/(Seconds|InSecs|Secs)$/, "s"],
  [/(Milliseconds|InMillis|Millis|TimeoutMs)$/, "ms"],
  [/(InMinutes|Minutes|InMins)$/, "min"],
  [/(InHours|Hours)$/, "h"],
  [/(InDays|[a-z]Days)$/, "d"],
  [/(InGiB|GiB|InGB|InGBs|InGb|SizeGb)$/, "GiB"],
  [/(InMiB|MiB|InMB|InMBs)$/, "MiB"],
  [/[a-z](Percent|Percentage)$/, "Percent"],
];

export class Printer {
  constructor(model, corrections, relations, values, orders) {
    this.model = model;
    this.c = corrections;
    this.relations = relations;
    this.values = values;
    this.orders = orders;
    this.used = { kinds: new Set(), units: new Set(), types: new Set(), required: new Set(), replacement: new Set() };
    this.stats = { types: 0, nested: 0, properties: 0, attributes: 0, units: 0, policies: 0, lists: 0 };
  }

  resource(r) {
    this.stats.types++;
    const lines = [];
    const deco = this.#decorators(r);
    if (deco.length) lines.push(deco.join(" "));
    lines.push(`resource type ${r.name} {`);
    for (const [name, p] of sorted(r.properties)) lines.push("  " + this.#property(r, "", name, p));
    for (const [name, a] of sorted(r.attributes)) {
      this.stats.attributes++;
      lines.push(`  attribute ${name}: ${this.#type(r, "", name, a, true)}`);
    }
    for (const [nested, properties] of r.nested) {
      this.stats.nested++;
      const members = Object.keys(properties).length;
      lines.push(`  type ${nested} {${members ? "" : "}"}`);
      if (!members) continue;
      for (const [name, p] of sorted(properties)) lines.push("    " + this.#property(r, nested, name, p));
      lines.push("  }");
    }
    lines.push("}");
    return lines.join("\n");
  }

  #decorators(r) {
    const out = [];
    if (r.primary.length) out.push(`@primary(${r.primary.map(plainName).join(", ")})`);
    if (r.ref) out.push(`@ref(${plainName(r.ref)})`);
    if (r.same.length) out.push(`@same(${r.same.map(plainName).join(", ")})`);
    const tags = this.#tags(r);
    if (tags) out.push(tags);
    if (r.entity.isStateful || this.c.stateful.includes(r.name)) out.push("@stateful");
    if (this.c.snapshots.includes(r.name)) out.push("@snapshots");
    const also = new Set((r.entity.additionalReplacementProperties ?? []).map((p) => p.join(".")));
    if (also.size) out.push(`@replacesAlso(${[...also].sort().map(quote).join(", ")})`);
    const unordered = this.orders.find(r);
    if (unordered.length) out.push(`@unordered(${unordered.map((l) => (l.includes(".") ? quote(l) : l)).join(", ")})`);
    if (r.entity.cloudFormationTransform) out.push(`@transform(${quote(r.entity.cloudFormationTransform)})`);
    return out;
  }

  #tags(r) {
    if (this.c.notTagged.includes(r.name)) return "";
    const info = r.entity.tagInformation;
    if (info && info.tagPropertyName in r.properties) {
      const shape = { standard: "", map: ', "map"', asg: ', "asg"' }[info.variant];
      return `@tags(${info.tagPropertyName}${shape})`;
    }
    return "TagSpecifications" in r.properties ? '@tags(TagSpecifications, "specifications")' : "";
  }

  #property(r, nested, name, p) {
    this.stats.properties++;
    const key = nested ? `${r.name}.${nested}.${name}` : `${r.name}.${name}`;
    let text = "";
    let replaces = p.causesReplacement;
    if (key in this.c.replacement) {
      this.used.replacement.add(key);
      replaces = this.c.replacement[key];
    }
    if (replaces === "yes") text += "@replaces ";
    if (replaces === "maybe") text += '@replaces("maybe") ';
    if (p.deprecated === "WARN") text += "@deprecated ";
    let required = p.required === true;
    if (key in this.c.required) {
      this.used.required.add(key);
      required = this.c.required[key];
    }
    const type = this.#type(r, nested, name, p, false);
    text += `${plainName(name)}${required ? "" : "?"}: ${type}`;
    const value = defaultText(p.defaultValue);
    if (value !== null) text += ` = ${value}`;
    return text;
  }

  #type(r, nested, name, p, isAttribute) {
    const key = isAttribute ? `${r.name}@${name}` : nested ? `${r.name}.${nested}.${name}` : `${r.name}.${name}`;
    if (key in this.c.types) {
      this.used.types.add(key);
      return this.c.types[key];
    }
    const type = simplify(p.type);
    if (!isAttribute && this.#isPolicy(r, key, name, p, type)) {
      this.stats.policies++;
      return "Policy";
    }
    const leaf = type.type === "array" ? type.element : type;
    if (leaf.type === "string" || (leaf.type === "union" && leaf.types.some((t) => t.type === "string"))) {
      const ids = this.#ids(r, nested, name, p, isAttribute, key);
      if (ids) return type.type === "array" ? `[${ids}]` : ids;
    }
    const unit = isAttribute ? null : this.#unit(key, name, leaf);
    const list = leaf.type === "string" && !unit ? this.#valueList(r, nested, name, leaf, type.type === "array", isAttribute) : null;
    return this.#text(r, type, { unit, list });
  }

  #ids(r, nested, name, p, isAttribute, key) {
    if (key in this.c.kinds) this.used.kinds.add(key);
    const found = this.relations.kinds(r, nested ? `${nested}.${name}` : name, p, isAttribute);
    if (found.length) return found.map(kindText).join(" | ");
    const member = r.canonical(name);
    if (!nested && this.c.kinds[key] === undefined && r.identities.has(member)) return `${r.name}.${member}`;
    return null;
  }

  #isPolicy(r, key, name, p, type) {
    if (this.c.notPolicies.has(key) || type.type !== "json") return false;
    return this.c.policyNames.has(name) || this.c.policies.has(key) || p.scrutinizable === "InlineResourcePolicy";
  }

  #unit(key, name, leaf) {
    let unit = null;
    if (key in this.c.units) {
      this.used.units.add(key);
      unit = this.c.units[key];
    } else if (leaf.type === "integer" || leaf.type === "number") {
      unit = UNIT_BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null;
    }
    if (unit) this.stats.units++;
    return unit;
  }

  #valueList(r, nested, name, leaf, isList, isAttribute) {
    if (isAttribute) return null;
    const values = leaf.allowedValues ?? this.values.find(r, nested, name, isList);
    if (!values?.length) return null;
    this.stats.lists++;
    return [...new Set(values)].sort(compare).map(quote).join(" | ");
  }

  #text(r, type, { unit, list } = {}) {
    const args = unit ? `<${unit}>` : "";
    switch (type.type) {
      case "string": return list ?? `String${args}`;
      case "integer": return `Int${args}`;
      case "number": return `Number${args}`;
      case "boolean": return "Bool";
      case "json": return "Json";
      case "date-time": return "Timestamp";
      case "null": return "Json";
      case "tag": return "Tag";
      case "array": return `[${this.#text(r, type.element, { unit, list })}]`;
      case "map": return `{[String]: ${this.#text(r, simplify(type.element))}}`;
      case "ref": {
        const name = r.nestedNames.get(type.reference.$ref);
        if (!name) throw new Error(`${r.name}: a type that it does not use: ${type.reference.$ref}`);
        return BUILTIN.has(name) ? `${r.name}#${name}` : name;
      }
      case "union": return type.types.map((t) => this.#text(r, t, { unit, list })).join(" | ");
      default: throw new Error(`${r.name}: unknown type ${JSON.stringify(type)}`);
    }
  }
}

/// JSON beside a text is JSON; beside a structure the structure stands.
function simplify(type) {
  if (type.type === "array") return { ...type, element: simplify(type.element) };
  if (type.type !== "union") return type;
  const rest = type.types.map(simplify).filter((t) => t.type !== "json");
  if (rest.length === type.types.length) return { type: "union", types: rest };
  const structured = rest.filter((t) => t.type !== "string");
  if (structured.length === 0) return { type: "json" };
  return structured.length === 1 ? structured[0] : { type: "union", types: structured };
}

function defaultText(text) {
  if (text === undefined) return null;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value === "-" || value === "UnsetValue") return null; // placeholders of the data, not values
  if (typeof value === "string") return quote(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

const sorted = (object) => Object.entries(object).sort(([a], [b]) => compare(a, b));
