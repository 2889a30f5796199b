// AWS's resource specification as one object a resource type, with the corrections applied.

import { loadAwsServiceSpec } from "@aws-cdk/aws-service-spec";

class Resource {
  constructor(db, entity, corrections) {
    this.name = entity.cloudFormationType;
    const parts = this.name.split("::");
    this.service = parts.slice(0, -1).join("::");
    this.short = parts.at(-1);
    this.entity = entity;
    this.properties = withoutIgnored(entity.properties);
    this.attributes = entity.attributes ?? {};
    this.nested = new Map();
    this.nestedNames = new Map(); // entity id -> name
    const defs = db.follow("usesType", entity).map((u) => u.entity);
    for (const def of defs.sort((a, b) => compare(a.name, b.name))) {
      let name = def.name;
      for (let i = 2; this.nested.has(name); i++) name = `${def.name}${i}`;
      this.nested.set(name, withoutIgnored(def.properties));
      this.nestedNames.set(def.$id, name);
    }
    this.same = corrections.same[this.name] ?? [];
    this.primary = (corrections.primary[this.name] ?? entity.primaryIdentifier ?? []).map((p) => p.replaceAll("/", "."));
    this.ref = this.#refMember(entity, corrections);
    this.identities = this.#identities(corrections);
  }

  /// The one name of a class of identity: the last of `@same(…)`.
  canonical(member) {
    return this.same.includes(member) ? this.same.at(-1) : member;
  }

  #refMember(entity, corrections) {
    if (this.name in corrections.ref) return corrections.ref[this.name];
    const ref = entity.cfnRefIdentifier ?? entity.primaryIdentifier ?? [];
    // Several parts joined in one text are not a class of identity that another slot accepts.
    return ref.length === 1 ? this.canonical(ref[0].replaceAll("/", ".")) : "";
  }

  #identities(corrections) {
    const all = new Set();
    if (this.ref) all.add(this.ref);
    if (this.primary.length === 1) all.add(this.canonical(this.primary[0]));
    for (const member of this.same) all.add(this.canonical(member));
    const names = [...Object.keys(this.attributes), ...Object.keys(this.properties)];
    const own = new Set(["arn", `${this.short}arn`.toLowerCase()]);
    for (const n of names) if (own.has(n.toLowerCase()) && n in this.attributes) all.add(this.canonical(n));
    for (const n of corrections.identities[this.name] ?? []) all.add(this.canonical(n));
    return all;
  }
}

function withoutIgnored(properties) {
  return Object.fromEntries(Object.entries(properties).filter(([, p]) => p.deprecated !== "IGNORE"));
}

export const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/// All resource types by name, sorted.
export async function loadModel(corrections) {
  const db = await loadAwsServiceSpec();
  const entities = [...db.all("resource")].sort((a, b) => compare(a.cloudFormationType, b.cloudFormationType));
  return new Map(entities.map((e) => [e.cloudFormationType, new Resource(db, e, corrections)]));
}
