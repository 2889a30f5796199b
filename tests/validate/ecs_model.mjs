// The ECS API's model, as JSON on stdout: what the newest data says that Debian's AWS CLI may not know yet.
//
//   node ecs_model.mjs
//
// { "inputs": { "create-service": "CreateServiceRequest", … },
//   "shapes": { "CreateServiceRequest": { "members": { "serviceName": "string", … }, "required": ["serviceName"] } } }
//
// A member is the name of a shape, a plain type, or { "list": member } or { "map": member }.
import process from "node:process";
import * as ecs from "@aws-sdk/client-ecs";

const INPUTS = {
  "register-task-definition": "RegisterTaskDefinitionRequest",
  "create-service": "CreateServiceRequest",
  "update-service": "UpdateServiceRequest",
};
// The schemas of the package are tuples: kind, namespace, name, traits, then what the kind needs; a plain type is a
// number, with a flag for a list or a map of it. A function stands for what it returns.
const PLAIN = { 0: "string", 1: "number", 2: "boolean", 15: "document" };
const KIND = { plain: 0, list: 1, map: 2, structure: 3, union: 4 };
const LIST = 64;
const MAP = 128;

const shapes = {};

function member(schema) {
  if (typeof schema === "function") return member(schema());
  if (typeof schema === "number") {
    if (schema & MAP) return { map: member(schema & ~MAP) };
    if (schema & LIST) return { list: member(schema & ~LIST) };
    if (!(schema in PLAIN)) throw new Error(`unknown plain type ${schema}`);
    return PLAIN[schema];
  }
  // With traits of its own: [schema, traits].
  if (schema.length === 2) return member(schema[0]);
  if (schema[0] === KIND.list) return { list: member(schema[4]) };
  if (schema[0] === KIND.map) return { map: member(schema[5]) };
  if (schema[0] === KIND.plain) return member(schema[4]);
  if (schema[0] !== KIND.structure && schema[0] !== KIND.union) throw new Error(`unknown kind of schema ${schema[0]}`);
  add(schema);
  return schema[2];
}

function add([, , name, , names, types, required = 0]) {
  if (name in shapes) return;
  shapes[name] = { members: {}, required: names.slice(0, required) };
  names.forEach((each, i) => {
    shapes[name].members[each] = member(types[i]);
  });
}

for (const shape of Object.values(INPUTS)) add(ecs[`${shape}$`]);
process.stdout.write(`${JSON.stringify({ inputs: INPUTS, shapes })}\n`);
