// node validate.mjs RUNS TEMPLATE…: AWS's validator over the templates, RUNS times in one process; the milliseconds of
// each run, the start of the engine and a first run excluded. With RUNS 1: one run, no times.
import process from "node:process";
import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";

const [, , runs, ...paths] = process.argv;
const engine = new RegoEngine();
const validate = () =>
  paths.forEach((path) => engine.validateStandard(new TemplateFile(path), { severityLevel: "WARN" }));
validate();
for (let i = 0; Number(runs) > 1 && i < Number(runs); ++i) {
  const start = performance.now();
  validate();
  console.log(performance.now() - start);
}
