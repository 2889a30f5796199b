// The two stacks as plain objects: what a program with no library for CloudFormation looks like.

const ref = (name) => ({ Ref: name });
const sub = (text) => ({ "Fn::Sub": text });
const attribute = (id, name) => ({ "Fn::GetAtt": [id, name] });
const nameTag = (value) => [{ Key: "Name", Value: value }];

const ZONES = ["A", "B"];
const TIERS = ["Public", "Private", "Data"];

export const name = (n) => String(n).padStart(5, "0");

function subnet(tier, zone, n) {
  const third = TIERS.indexOf(tier) * 64 + ZONES.indexOf(zone) * 8;
  return {
    Type: "AWS::EC2::Subnet",
    Properties: {
      VpcId: ref("NetVPC"),
      AvailabilityZone: sub(`\${AWS::Region}${zone.toLowerCase()}`),
      CidrBlock: `10.${n % 256}.${third}.0/21`,
      MapPublicIpOnLaunch: false,
      Tags: nameTag(sub(`\${AWS::StackName} ${tier.toLowerCase()} ${zone}`)),
    },
  };
}

const routes = (label) => ({
  Type: "AWS::EC2::RouteTable",
  Properties: { VpcId: ref("NetVPC"), Tags: nameTag(sub(`\${AWS::StackName} ${label}`)) },
});

const association = (subnetId, table) => ({
  Type: "AWS::EC2::SubnetRouteTableAssociation",
  Properties: { SubnetId: ref(subnetId), RouteTableId: ref(table) },
});

export function network(n) {
  const resources = {
    NetVPC: {
      Type: "AWS::EC2::VPC",
      Properties: {
        CidrBlock: `10.${n % 256}.0.0/16`,
        EnableDnsHostnames: true,
        EnableDnsSupport: true,
        Tags: nameTag(ref("AWS::StackName")),
      },
    },
    NetInternetGateway: { Type: "AWS::EC2::InternetGateway", Properties: { Tags: nameTag(ref("AWS::StackName")) } },
    NetInternetGatewayAttachment: {
      Type: "AWS::EC2::VPCGatewayAttachment",
      Properties: { VpcId: ref("NetVPC"), InternetGatewayId: ref("NetInternetGateway") },
    },
    NetPublicRoutes: routes("public"),
    NetPublicInternet: {
      Type: "AWS::EC2::Route",
      DependsOn: "NetInternetGatewayAttachment",
      Properties: {
        RouteTableId: ref("NetPublicRoutes"),
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId: ref("NetInternetGateway"),
      },
    },
  };
  const outputs = { VPC: { Value: ref("NetVPC"), Export: { Name: sub("${AWS::StackName}:VPC") } } };
  for (const tier of TIERS) {
    for (const zone of ZONES) {
      const id = `Net${tier}Subnet${zone}`;
      const table = tier === "Public" ? "NetPublicRoutes" : `Net${tier}Routes${zone}`;
      resources[id] = subnet(tier, zone, n);
      if (tier !== "Public") resources[table] = routes(`${tier.toLowerCase()} ${zone}`);
      resources[`Net${tier}SubnetRoutes${zone}`] = association(id, table);
      const output = `${tier}Subnets${zone}`;
      outputs[output] = { Value: ref(id), Export: { Name: sub(`\${AWS::StackName}:${output}`) } };
    }
  }
  for (const zone of ZONES) {
    resources[`NetPrivateInternet${zone}`] = {
      Type: "AWS::EC2::Route",
      Properties: {
        RouteTableId: ref(`NetPrivateRoutes${zone}`),
        DestinationCidrBlock: "0.0.0.0/0",
        NatGatewayId: ref(`NetNatGateway${zone}`),
      },
    };
    resources[`NetNatAddress${zone}`] = {
      Type: "AWS::EC2::EIP",
      DependsOn: "NetInternetGatewayAttachment",
      Properties: { Domain: "vpc", Tags: nameTag(sub(`\${AWS::StackName} NAT ${zone}`)) },
    };
    resources[`NetNatGateway${zone}`] = {
      Type: "AWS::EC2::NatGateway",
      Properties: {
        AllocationId: attribute(`NetNatAddress${zone}`, "AllocationId"),
        SubnetId: ref(`NetPublicSubnet${zone}`),
        Tags: nameTag(sub(`\${AWS::StackName} ${zone}`)),
      },
    };
  }
  const tables = ["NetPublicRoutes", ...["Private", "Data"].flatMap((t) => ZONES.map((z) => `Net${t}Routes${z}`))];
  resources.NetS3Endpoint = {
    Type: "AWS::EC2::VPCEndpoint",
    Properties: {
      VpcEndpointType: "Gateway",
      VpcId: ref("NetVPC"),
      ServiceName: sub("com.amazonaws.${AWS::Region}.s3"),
      RouteTableIds: tables.map(ref),
    },
  };
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "One VPC, three subnets in every zone.",
    Resources: resources,
    Outputs: outputs,
  };
}

// ---------------------------------------------------------------- the application

const imported = (name) => ({ "Fn::ImportValue": sub(`\${VPCStackName}:${name}`) });
const subnets = (tier) => ZONES.map((zone) => imported(`${tier}Subnets${zone}`));
const vpc = { "Fn::If": ["IsVPCIdSpecified", ref("VPCId"), imported("VPC")] };
const tags = [{ Key: "Service", Value: "acme" }, { Key: "Environment", Value: ref("Environment") }];
const attributes = (map) => Object.entries(map).map(([Key, Value]) => ({ Key, Value: String(Value) }));
const awsPolicy = (name) => sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`);

const tagged = (type, properties, more = {}) => ({ Type: type, ...more, Properties: { ...properties, Tags: tags } });
const allow = (actions, resources) => ({ Effect: "Allow", Action: actions, Resource: resources });
const policy = (statements) => ({ Version: "2012-10-17", Statement: statements });
const trust = (service, condition) =>
  policy([{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole", ...condition }]);
const role = (service, properties, condition) =>
  tagged("AWS::IAM::Role", { AssumeRolePolicyDocument: trust(service, condition), ...properties });
const group = (what) =>
  tagged("AWS::EC2::SecurityGroup", { GroupDescription: sub(`${what} of \${AWS::StackName}`), VpcId: vpc });
const ingress = (to, from, first, last = first) => ({
  Type: "AWS::EC2::SecurityGroupIngress",
  Properties: { GroupId: ref(to), ...from, IpProtocol: "tcp", FromPort: first, ToPort: last },
});

const balancer = {
  DefaultTargetGroup: {
    Type: "AWS::ElasticLoadBalancingV2::TargetGroup",
    Properties: {
      Name: sub("${AWS::StackName}-default"),
      VpcId: vpc,
      Port: 80,
      Protocol: "HTTP",
      Matcher: { HttpCode: "200,301,302,307" },
      TargetGroupAttributes: attributes({ "deregistration_delay.timeout_seconds": 30, "stickiness.enabled": false }),
    },
  },
  LbGroup: group("Load balancer"),
  LbBalancer: tagged("AWS::ElasticLoadBalancingV2::LoadBalancer", {
    Type: "application",
    Scheme: "internet-facing",
    IpAddressType: "ipv4",
    Subnets: subnets("Public"),
    SecurityGroups: [ref("LbGroup")],
    LoadBalancerAttributes: attributes({
      "routing.http.drop_invalid_header_fields.enabled": true,
      "routing.http.desync_mitigation_mode": "defensive",
      "routing.http2.enabled": true,
      "idle_timeout.timeout_seconds": 60,
      "deletion_protection.enabled": false,
    }),
  }),
  LbListener: tagged("AWS::ElasticLoadBalancingV2::Listener", {
    LoadBalancerArn: ref("LbBalancer"),
    Port: 443,
    Protocol: "HTTPS",
    SslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    Certificates: [{ CertificateArn: ref("CertificateArn") }],
    DefaultActions: [{ Type: "forward", TargetGroupArn: ref("DefaultTargetGroup") }],
  }),
  LbRedirect: tagged("AWS::ElasticLoadBalancingV2::Listener", {
    LoadBalancerArn: ref("LbBalancer"),
    Port: 80,
    Protocol: "HTTP",
    DefaultActions: [
      { Type: "redirect", RedirectConfig: { Protocol: "HTTPS", Port: "443", StatusCode: "HTTP_301" } },
    ],
  }),
};

const hosts = {
  EcsCluster: tagged("AWS::ECS::Cluster", { ClusterSettings: [{ Name: "containerInsights", Value: "enabled" }] }),
  EcsGroup: group("ECS hosts"),
  EcsHostRole: role("ec2.amazonaws.com", {
    ManagedPolicyArns: [
      awsPolicy("service-role/AmazonEC2ContainerServiceforEC2Role"),
      awsPolicy("AmazonSSMManagedInstanceCore"),
    ],
  }),
  EcsHostProfile: { Type: "AWS::IAM::InstanceProfile", Properties: { Roles: [ref("EcsHostRole")] } },
  EcsHostTemplate: {
    Type: "AWS::EC2::LaunchTemplate",
    Properties: {
      LaunchTemplateData: {
        ImageId: "{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}",
        InstanceType: "t3.small",
        IamInstanceProfile: { Arn: attribute("EcsHostProfile", "Arn") },
        SecurityGroupIds: [ref("EcsGroup")],
        MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [
          { DeviceName: "/dev/xvda", Ebs: { VolumeType: "gp3", VolumeSize: 30, Encrypted: true } },
        ],
        UserData: {
          "Fn::Base64": sub(
            "#!/bin/bash\necho ECS_CLUSTER=${EcsCluster} >> /etc/ecs/ecs.config\n" +
              "echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config",
          ),
        },
      },
      TagSpecifications: [{ ResourceType: "launch-template", Tags: tags }],
    },
  },
  EcsHosts: {
    Type: "AWS::AutoScaling::AutoScalingGroup",
    UpdatePolicy: {
      AutoScalingRollingUpdate: {
        MinInstancesInService: 1,
        MaxBatchSize: 1,
        PauseTime: "PT3M",
        SuspendProcesses: ["HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions"],
      },
    },
    Properties: {
      VPCZoneIdentifier: subnets("Private"),
      MinSize: "2",
      MaxSize: "4",
      LaunchTemplate: {
        LaunchTemplateId: ref("EcsHostTemplate"),
        Version: attribute("EcsHostTemplate", "LatestVersionNumber"),
      },
      HealthCheckType: "EC2",
      HealthCheckGracePeriod: 120,
      NewInstancesProtectedFromScaleIn: true,
      Tags: [...tags, ...nameTag(sub("${AWS::StackName} ECS")), { Key: "AmazonECSManaged", Value: "true" }].map(
        (tag) => ({ ...tag, PropagateAtLaunch: true }),
      ),
    },
  },
  EcsCapacity: tagged("AWS::ECS::CapacityProvider", {
    AutoScalingGroupProvider: {
      AutoScalingGroupArn: ref("EcsHosts"),
      ManagedScaling: { Status: "ENABLED", TargetCapacity: 100 },
      ManagedDraining: "ENABLED",
      ManagedTerminationProtection: "ENABLED",
    },
  }),
  EcsCapacityOfCluster: {
    Type: "AWS::ECS::ClusterCapacityProviderAssociations",
    Properties: {
      Cluster: ref("EcsCluster"),
      CapacityProviders: [ref("EcsCapacity")],
      DefaultCapacityProviderStrategy: [{ CapacityProvider: ref("EcsCapacity"), Weight: 1 }],
    },
  },
};

const here = "${AWS::Region}:${AWS::AccountId}";
const fromThisAccount = {
  Condition: {
    StringEquals: { "aws:SourceAccount": ref("AWS::AccountId") },
    ArnLike: { "aws:SourceArn": sub(`arn:\${AWS::Partition}:ecs:${here}:*`) },
  },
};

const service = {
  WebLogs: tagged("AWS::Logs::LogGroup", { RetentionInDays: 30 }),
  WebTaskRole: role("ecs-tasks.amazonaws.com", {}, fromThisAccount),
  WebExecutionRole: role("ecs-tasks.amazonaws.com", {
    Policies: [
      {
        PolicyName: "start",
        PolicyDocument: policy([
          allow(
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            [sub(`arn:\${AWS::Partition}:logs:${here}:log-group:\${WebLogs}:log-stream:*`)],
          ),
          allow(["ecr:GetAuthorizationToken"], ["*"]),
          allow(
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            [sub("arn:${AWS::Partition}:ecr:*:${AWS::AccountId}:repository/*")],
          ),
        ]),
      },
    ],
  }),
  WebTask: tagged("AWS::ECS::TaskDefinition", {
    Family: sub("${AWS::StackName}-WebTask"),
    NetworkMode: "bridge",
    RequiresCompatibilities: ["EC2"],
    TaskRoleArn: attribute("WebTaskRole", "Arn"),
    ExecutionRoleArn: attribute("WebExecutionRole", "Arn"),
    ContainerDefinitions: [
      {
        Name: "web",
        Image: ref("Image"),
        Essential: true,
        MemoryReservation: 896,
        Memory: 1792,
        Privileged: false,
        PortMappings: [{ ContainerPort: 5000 }],
        Environment: Object.entries({
          HOST: attribute("LbBalancer", "DNSName"),
          PORT: "5000",
          DATABASE_HOST: attribute("DbInstance", "Endpoint.Address"),
        }).map(([Name, Value]) => ({ Name, Value })),
        LogConfiguration: {
          LogDriver: "awslogs",
          Options: {
            "awslogs-group": ref("WebLogs"),
            "awslogs-region": ref("AWS::Region"),
            "awslogs-stream-prefix": "task",
          },
        },
      },
    ],
  }),
  WebService: tagged(
    "AWS::ECS::Service",
    {
      Cluster: ref("EcsCluster"),
      TaskDefinition: ref("WebTask"),
      DesiredCount: 2,
      CapacityProviderStrategy: [{ CapacityProvider: ref("EcsCapacity"), Weight: 1 }],
      LoadBalancers: [{ TargetGroupArn: ref("DefaultTargetGroup"), ContainerName: "web", ContainerPort: 5000 }],
      HealthCheckGracePeriodSeconds: 60,
      PlacementStrategies: [
        { Type: "spread", Field: "attribute:ecs.availability-zone" },
        { Type: "spread", Field: "instanceId" },
      ],
      AvailabilityZoneRebalancing: "ENABLED",
      DeploymentConfiguration: {
        MinimumHealthyPercent: 50,
        MaximumPercent: 150,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      },
      EnableECSManagedTags: true,
      PropagateTags: "SERVICE",
    },
    { DependsOn: ["LbListener", "EcsCapacityOfCluster"] },
  ),
};

const database = (storage) => ({
  DbGroup: group("Database"),
  DbSubnets: tagged("AWS::RDS::DBSubnetGroup", {
    DBSubnetGroupDescription: sub("Data subnets of ${AWS::StackName}"),
    SubnetIds: subnets("Data"),
  }),
  DbParameters: tagged("AWS::RDS::DBParameterGroup", {
    Family: "postgres17",
    Description: sub("Parameters of ${AWS::StackName}"),
    Parameters: { "rds.force_ssl": "1" },
  }),
  DbMonitoringRole: role("monitoring.rds.amazonaws.com", {
    ManagedPolicyArns: [awsPolicy("service-role/AmazonRDSEnhancedMonitoringRole")],
  }),
  DbInstance: tagged(
    "AWS::RDS::DBInstance",
    {
      Engine: "postgres",
      EngineVersion: "17",
      AllowMajorVersionUpgrade: false,
      DBInstanceClass: { "Fn::If": ["IsProduction", "db.m7g.large", "db.t4g.medium"] },
      AllocatedStorage: String(storage),
      StorageType: "gp3",
      StorageEncrypted: true,
      MultiAZ: { "Fn::If": ["IsProduction", true, false] },
      DBSubnetGroupName: ref("DbSubnets"),
      DBParameterGroupName: ref("DbParameters"),
      VPCSecurityGroups: [ref("DbGroup")],
      PubliclyAccessible: false,
      MasterUsername: "postgres",
      ManageMasterUserPassword: true,
      EnableIAMDatabaseAuthentication: true,
      BackupRetentionPeriod: 7,
      CopyTagsToSnapshot: true,
      DeletionProtection: true,
      AutoMinorVersionUpgrade: true,
      EnablePerformanceInsights: true,
      MonitoringInterval: 60,
      MonitoringRoleArn: attribute("DbMonitoringRole", "Arn"),
      EnableCloudwatchLogsExports: ["postgresql", "upgrade"],
    },
    { DeletionPolicy: "Snapshot", UpdateReplacePolicy: "Snapshot" },
  ),
});

const alarm = (threshold) =>
  tagged(
    "AWS::CloudWatch::Alarm",
    {
      AlarmDescription: "The application answers with errors",
      Namespace: "AWS/ApplicationELB",
      MetricName: "HTTPCode_Target_5XX_Count",
      Dimensions: [{ Name: "LoadBalancer", Value: attribute("LbBalancer", "LoadBalancerFullName") }],
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 5,
      Threshold: threshold,
      ComparisonOperator: "GreaterThanThreshold",
      TreatMissingData: "notBreaching",
    },
    { Condition: "IsProduction" },
  );

const rules = {
  LbFromInternetOn80: ingress("LbGroup", { CidrIp: "0.0.0.0/0" }, 80),
  LbFromInternetOn443: ingress("LbGroup", { CidrIp: "0.0.0.0/0" }, 443),
  LbFromInternetOn80V6: ingress("LbGroup", { CidrIpv6: "::/0" }, 80),
  LbFromInternetOn443V6: ingress("LbGroup", { CidrIpv6: "::/0" }, 443),
  WebFromLbOn32768To65535: ingress("EcsGroup", { SourceSecurityGroupId: ref("LbGroup") }, 32768, 65535),
  DbFromWebOn5432: ingress("DbGroup", { SourceSecurityGroupId: ref("EcsGroup") }, 5432),
};

export function app(n) {
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "The Phoenix application.",
    Parameters: {
      VPCStackName: {
        Type: "String",
        Description: "Name of the stack whose exports are VPC here",
        Default: `acme-network-${name(n)}`,
      },
      VPCId: {
        Type: "String",
        Description: "Bring your own VPC; empty takes the network stack's.",
        Default: "",
      },
      Environment: { Type: "String", Default: "staging", AllowedValues: ["production", "staging"] },
      CertificateArn: { Type: "String" },
      Image: { Type: "String", Description: "The image to run, with its tag." },
    },
    Conditions: {
      IsProduction: { "Fn::Equals": [ref("Environment"), "production"] },
      IsVPCIdSpecified: { "Fn::Not": [{ "Fn::Equals": [ref("VPCId"), ""] }] },
    },
    Resources: {
      ...balancer,
      ...hosts,
      ...service,
      ...database(100 + (n % 50)),
      Alarm: alarm(10 + (n % 7)),
      ...rules,
    },
    Outputs: { Url: { Value: sub("https://${LbBalancer.DNSName}") } },
  };
}
