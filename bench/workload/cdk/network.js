// The network by the L1 constructs of AWS CDK.
const { CfnOutput, Fn } = require("aws-cdk-lib");
const ec2 = require("aws-cdk-lib/aws-ec2");

const ZONES = ["A", "B"];
const TIERS = ["Public", "Private", "Data"];
const nameTag = (value) => [{ key: "Name", value }];
const label = (text) => nameTag(Fn.sub(`\${AWS::StackName} ${text}`));

exports.network = (stack, n) => {
  const vpc = new ec2.CfnVPC(stack, "NetVPC", {
    cidrBlock: `10.${n % 256}.0.0/16`,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: nameTag(Fn.ref("AWS::StackName")),
  });
  const gateway = new ec2.CfnInternetGateway(stack, "NetInternetGateway", { tags: nameTag(Fn.ref("AWS::StackName")) });
  const attachment = new ec2.CfnVPCGatewayAttachment(stack, "NetInternetGatewayAttachment", {
    vpcId: vpc.ref,
    internetGatewayId: gateway.ref,
  });
  const output = (id, value) =>
    new CfnOutput(stack, id, { value, exportName: Fn.sub(`\${AWS::StackName}:${id}`) });
  const routes = (id, text) => new ec2.CfnRouteTable(stack, id, { vpcId: vpc.ref, tags: label(text) });

  const tables = { Public: routes("NetPublicRoutes", "public") };
  const internet = new ec2.CfnRoute(stack, "NetPublicInternet", {
    routeTableId: tables.Public.ref,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.ref,
  });
  internet.addResourceDependency(attachment);
  output("VPC", vpc.ref);

  const subnets = {};
  TIERS.forEach((tier, t) => {
    ZONES.forEach((zone, z) => {
      const lower = tier.toLowerCase();
      const subnet = new ec2.CfnSubnet(stack, `Net${tier}Subnet${zone}`, {
        vpcId: vpc.ref,
        availabilityZone: Fn.sub(`\${AWS::Region}${zone.toLowerCase()}`),
        cidrBlock: `10.${n % 256}.${t * 64 + z * 8}.0/21`,
        mapPublicIpOnLaunch: false,
        tags: label(`${lower} ${zone}`),
      });
      if (tier !== "Public") tables[tier + zone] = routes(`Net${tier}Routes${zone}`, `${lower} ${zone}`);
      const table = tier === "Public" ? tables.Public : tables[tier + zone];
      new ec2.CfnSubnetRouteTableAssociation(stack, `Net${tier}SubnetRoutes${zone}`, {
        subnetId: subnet.ref,
        routeTableId: table.ref,
      });
      output(`${tier}Subnets${zone}`, subnet.ref);
      subnets[tier + zone] = subnet;
    });
  });
  for (const zone of ZONES) {
    const address = new ec2.CfnEIP(stack, `NetNatAddress${zone}`, { domain: "vpc", tags: label(`NAT ${zone}`) });
    address.addResourceDependency(attachment);
    const nat = new ec2.CfnNatGateway(stack, `NetNatGateway${zone}`, {
      allocationId: address.attrAllocationId,
      subnetId: subnets[`Public${zone}`].ref,
      tags: label(zone),
    });
    new ec2.CfnRoute(stack, `NetPrivateInternet${zone}`, {
      routeTableId: tables[`Private${zone}`].ref,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: nat.ref,
    });
  }
  new ec2.CfnVPCEndpoint(stack, "NetS3Endpoint", {
    vpcEndpointType: "Gateway",
    vpcId: vpc.ref,
    serviceName: Fn.sub("com.amazonaws.${AWS::Region}.s3"),
    routeTableIds: Object.values(tables).map((table) => table.ref),
  });
};
