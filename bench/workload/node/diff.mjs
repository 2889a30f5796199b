// node diff.mjs RUNS OLD NEW: the diff of CDK over two templates, RUNS times in one process; the milliseconds of each
// run, the start and a first run excluded. With RUNS 1: one run, no times.
import { readFileSync } from "node:fs";
import process from "node:process";
import { fullDiff } from "@aws-cdk/cloudformation-diff";

const [, , runs, ...paths] = process.argv;
const run = () => {
  const [before, after] = paths.map((path) => JSON.parse(readFileSync(path, "utf8")));
  return fullDiff(before, after).differenceCount;
};
run();
for (let i = 0; Number(runs) > 1 && i < Number(runs); ++i) {
  const start = performance.now();
  run();
  console.log(performance.now() - start);
}
