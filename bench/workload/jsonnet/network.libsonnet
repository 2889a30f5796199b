local cfn = import 'cfn.libsonnet';
local ref = cfn.ref, sub = cfn.sub;

// Texts are put together with `+`: `%` is many times slower.
local tiers = [
  { name: 'Public', label: 'public', third: 0 },
  { name: 'Private', label: 'private', third: 64 },
  { name: 'Data', label: 'data', third: 128 },
];
local zones = [{ name: 'A', letter: 'a', third: 0 }, { name: 'B', letter: 'b', third: 8 }];

local subnet(tier, zone, n) = {
  Type: 'AWS::EC2::Subnet',
  Properties: {
    VpcId: ref('NetVPC'),
    AvailabilityZone: sub('${AWS::Region}' + zone.letter),
    CidrBlock: '10.' + n % 256 + '.' + (tier.third + zone.third) + '.0/21',
    MapPublicIpOnLaunch: false,
    Tags: cfn.nameTag(sub('${AWS::StackName} ' + tier.label + ' ' + zone.name)),
  },
};

local routes(label) = {
  Type: 'AWS::EC2::RouteTable',
  Properties: { VpcId: ref('NetVPC'), Tags: cfn.nameTag(sub('${AWS::StackName} ' + label)) },
};

local association(subnet, table) = {
  Type: 'AWS::EC2::SubnetRouteTableAssociation',
  Properties: { SubnetId: ref(subnet), RouteTableId: ref(table) },
};

local places = [
  {
    tier: tier,
    zone: zone,
    id: 'Net' + tier.name + 'Subnet' + zone.name,
    association: 'Net' + tier.name + 'SubnetRoutes' + zone.name,
    table: if tier.name == 'Public' then 'NetPublicRoutes' else 'Net' + tier.name + 'Routes' + zone.name,
    output: tier.name + 'Subnets' + zone.name,
  }
  for tier in tiers
  for zone in zones
];
local inner = [p for p in places if p.tier.name != 'Public'];

function(n) {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'One VPC, three subnets in every zone.',
  Resources: {
    NetVPC: {
      Type: 'AWS::EC2::VPC',
      Properties: {
        CidrBlock: '10.' + n % 256 + '.0.0/16',
        EnableDnsHostnames: true,
        EnableDnsSupport: true,
        Tags: cfn.nameTag(ref('AWS::StackName')),
      },
    },
    NetInternetGateway: {
      Type: 'AWS::EC2::InternetGateway',
      Properties: { Tags: cfn.nameTag(ref('AWS::StackName')) },
    },
    NetInternetGatewayAttachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: ref('NetVPC'), InternetGatewayId: ref('NetInternetGateway') },
    },
    NetPublicRoutes: routes('public'),
    NetPublicInternet: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'NetInternetGatewayAttachment',
      Properties: {
        RouteTableId: ref('NetPublicRoutes'),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref('NetInternetGateway'),
      },
    },
    NetS3Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcEndpointType: 'Gateway',
        VpcId: ref('NetVPC'),
        ServiceName: sub('com.amazonaws.${AWS::Region}.s3'),
        RouteTableIds: [ref('NetPublicRoutes')] + [ref(p.table) for p in inner],
      },
    },
  } + {
    [p.id]: subnet(p.tier, p.zone, n)
    for p in places
  } + {
    [p.association]: association(p.id, p.table)
    for p in places
  } + {
    [p.table]: routes(p.tier.label + ' ' + p.zone.name)
    for p in inner
  } + {
    ['NetPrivateInternet' + zone]: {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: ref('NetPrivateRoutes' + zone),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: ref('NetNatGateway' + zone),
      },
    }
    for zone in ['A', 'B']
  } + {
    ['NetNatAddress' + zone]: {
      Type: 'AWS::EC2::EIP',
      DependsOn: 'NetInternetGatewayAttachment',
      Properties: { Domain: 'vpc', Tags: cfn.nameTag(sub('${AWS::StackName} NAT ' + zone)) },
    }
    for zone in ['A', 'B']
  } + {
    ['NetNatGateway' + zone]: {
      Type: 'AWS::EC2::NatGateway',
      Properties: {
        AllocationId: cfn.attribute('NetNatAddress' + zone, 'AllocationId'),
        SubnetId: ref('NetPublicSubnet' + zone),
        Tags: cfn.nameTag(sub('${AWS::StackName} ' + zone)),
      },
    }
    for zone in ['A', 'B']
  },
  Outputs: {
    VPC: { Value: ref('NetVPC'), Export: { Name: sub('${AWS::StackName}:VPC') } },
  } + {
    [p.output]: {
      Value: ref(p.id),
      Export: { Name: sub('${AWS::StackName}:' + p.output) },
    }
    for p in places
  },
}
