// jsonnet --multi FOLDER --tla-code copies=COPIES main.jsonnet
local cfn = import 'cfn.libsonnet';
local network = import 'network.libsonnet';
local app = import 'app.libsonnet';

function(copies) {
  ['acme-network-' + cfn.name(n) + '.template.json']: network(n)
  for n in std.range(0, copies - 1)
} + {
  ['acme-app-' + cfn.name(n) + '.template.json']: app(n)
  for n in std.range(0, copies - 1)
}
