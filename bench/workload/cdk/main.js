// node main.js COPIES [FOLDER]; `cdk synth` gives the folder in the environment.
//
// L1 constructs: they take the properties of CloudFormation, so the templates come out equal to everybody else's. The
// L2 constructs do more for each resource and name and arrange resources in their own way. What CDK adds to every stack
// for deployments by its own tool, it is asked to leave out.
const process = require("node:process");
const { App, DefaultStackSynthesizer, Stack } = require("aws-cdk-lib");
const { app } = require("./app.js");
const { network } = require("./network.js");

const copies = Number(process.argv[2]);
const outdir = process.argv[3];
const root = new App({ ...(outdir && { outdir }), analyticsReporting: false });
const stack = (name, description) => {
  const made = new Stack(root, name, {
    description,
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  });
  made.templateOptions.templateFormatVersion = "2010-09-09";
  return made;
};
for (let n = 0; n < copies; ++n) {
  const name = String(n).padStart(5, "0");
  network(stack(`acme-network-${name}`, "One VPC, three subnets in every zone."), n);
  app(stack(`acme-app-${name}`, "The Phoenix application."), name, n);
}
root.synth();
