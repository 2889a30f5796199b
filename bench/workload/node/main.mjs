// node main.mjs COPIES FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import process from "node:process";
import { app, name, network } from "./pair.mjs";

const [, , copies, folder] = process.argv;
mkdirSync(folder, { recursive: true });
const write = (stack, template) =>
  writeFileSync(`${folder}/${stack}.template.json`, JSON.stringify(template, null, 2) + "\n");
for (let n = 0; n < Number(copies); ++n) {
  write(`acme-network-${name(n)}`, network(n));
  write(`acme-app-${name(n)}`, app(n));
}
