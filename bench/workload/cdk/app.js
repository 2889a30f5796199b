// The application by the L1 constructs of AWS CDK.
const { CfnCondition, CfnDeletionPolicy, CfnOutput, CfnParameter, Fn } = require("aws-cdk-lib");
const autoscaling = require("aws-cdk-lib/aws-autoscaling");
const cloudwatch = require("aws-cdk-lib/aws-cloudwatch");
const ec2 = require("aws-cdk-lib/aws-ec2");
const ecs = require("aws-cdk-lib/aws-ecs");
const elb = require("aws-cdk-lib/aws-elasticloadbalancingv2");
const iam = require("aws-cdk-lib/aws-iam");
const logs = require("aws-cdk-lib/aws-logs");
const rds = require("aws-cdk-lib/aws-rds");

const ref = (id) => Fn.ref(id);
const sub = (text) => Fn.sub(text);
const attribute = (id, name) => Fn.getAtt(id, name).toString();
const nameTag = (value) => [{ key: "Name", value }];
const ZONES = ["A", "B"];

const imported = (name) => Fn.importValue(sub(`\${VPCStackName}:${name}`));
const subnets = (tier) => ZONES.map((zone) => imported(`${tier}Subnets${zone}`));
const vpc = () => Fn.conditionIf("IsVPCIdSpecified", ref("VPCId"), imported("VPC")).toString();
const tags = [{ key: "Service", value: "acme" }, { key: "Environment", value: ref("Environment") }];
const attributes = (map) => Object.entries(map).map(([key, value]) => ({ key, value: String(value) }));
const environment = (map) => Object.entries(map).map(([name, value]) => ({ name, value }));
const awsPolicy = (name) => sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`);

const tagged = (properties) => ({ ...properties, tags });
const allow = (actions, resources) => ({ Effect: "Allow", Action: actions, Resource: resources });
const policy = (statements) => ({ Version: "2012-10-17", Statement: statements });
const trust = (service, condition) =>
  policy([{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole", ...condition }]);
const role = (stack, id, service, properties, condition) =>
  new iam.CfnRole(stack, id, tagged({ assumeRolePolicyDocument: trust(service, condition), ...properties }));
const group = (stack, id, what) =>
  new ec2.CfnSecurityGroup(stack, id, tagged({
    groupDescription: sub(`${what} of \${AWS::StackName}`),
    vpcId: vpc(),
  }));
const ingress = (stack, id, to, from, first, last = first) =>
  new ec2.CfnSecurityGroupIngress(stack, id, {
    groupId: ref(to),
    ...from,
    ipProtocol: "tcp",
    fromPort: first,
    toPort: last,
  });

const here = "${AWS::Region}:${AWS::AccountId}";
const fromThisAccount = {
  Condition: {
    StringEquals: { "aws:SourceAccount": ref("AWS::AccountId") },
    ArnLike: { "aws:SourceArn": sub(`arn:\${AWS::Partition}:ecs:${here}:*`) },
  },
};

function balancer(stack) {
  new elb.CfnTargetGroup(stack, "DefaultTargetGroup", {
    name: sub("${AWS::StackName}-default"),
    vpcId: vpc(),
    port: 80,
    protocol: "HTTP",
    matcher: { httpCode: "200,301,302,307" },
    targetGroupAttributes: attributes({ "deregistration_delay.timeout_seconds": 30, "stickiness.enabled": false }),
  });
  group(stack, "LbGroup", "Load balancer");
  new elb.CfnLoadBalancer(stack, "LbBalancer", tagged({
    type: "application",
    scheme: "internet-facing",
    ipAddressType: "ipv4",
    subnets: subnets("Public"),
    securityGroups: [ref("LbGroup")],
    loadBalancerAttributes: attributes({
      "routing.http.drop_invalid_header_fields.enabled": true,
      "routing.http.desync_mitigation_mode": "defensive",
      "routing.http2.enabled": true,
      "idle_timeout.timeout_seconds": 60,
      "deletion_protection.enabled": false,
    }),
  }));
  new elb.CfnListener(stack, "LbListener", tagged({
    loadBalancerArn: ref("LbBalancer"),
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    certificates: [{ certificateArn: ref("CertificateArn") }],
    defaultActions: [{ type: "forward", targetGroupArn: ref("DefaultTargetGroup") }],
  }));
  new elb.CfnListener(stack, "LbRedirect", tagged({
    loadBalancerArn: ref("LbBalancer"),
    port: 80,
    protocol: "HTTP",
    defaultActions: [
      { type: "redirect", redirectConfig: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
    ],
  }));
}

function hosts(stack) {
  new ecs.CfnCluster(stack, "EcsCluster", tagged({ clusterSettings: [{ name: "containerInsights", value: "enabled" }] }));
  group(stack, "EcsGroup", "ECS hosts");
  role(stack, "EcsHostRole", "ec2.amazonaws.com", {
    managedPolicyArns: [
      awsPolicy("service-role/AmazonEC2ContainerServiceforEC2Role"),
      awsPolicy("AmazonSSMManagedInstanceCore"),
    ],
  });
  new iam.CfnInstanceProfile(stack, "EcsHostProfile", { roles: [ref("EcsHostRole")] });
  new ec2.CfnLaunchTemplate(stack, "EcsHostTemplate", {
    launchTemplateData: {
      imageId: "{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}",
      instanceType: "t3.small",
      iamInstanceProfile: { arn: attribute("EcsHostProfile", "Arn") },
      securityGroupIds: [ref("EcsGroup")],
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeType: "gp3", volumeSize: 30, encrypted: true } },
      ],
      userData: Fn.base64(sub(
        "#!/bin/bash\necho ECS_CLUSTER=${EcsCluster} >> /etc/ecs/ecs.config\n" +
          "echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config",
      )),
    },
    tagSpecifications: [{ resourceType: "launch-template", tags }],
  });
  const ecsHosts = new autoscaling.CfnAutoScalingGroup(stack, "EcsHosts", {
    vpcZoneIdentifier: subnets("Private"),
    minSize: "2",
    maxSize: "4",
    launchTemplate: {
      launchTemplateId: ref("EcsHostTemplate"),
      version: attribute("EcsHostTemplate", "LatestVersionNumber"),
    },
    healthCheckType: "EC2",
    healthCheckGracePeriod: 120,
    newInstancesProtectedFromScaleIn: true,
    tags: [...tags, ...nameTag(sub("${AWS::StackName} ECS")), { key: "AmazonECSManaged", value: "true" }].map(
      (tag) => ({ ...tag, propagateAtLaunch: true }),
    ),
  });
  ecsHosts.cfnOptions.updatePolicy = {
    autoScalingRollingUpdate: {
      minInstancesInService: 1,
      maxBatchSize: 1,
      pauseTime: "PT3M",
      suspendProcesses: ["HealthCheck", "ReplaceUnhealthy", "AZRebalance", "AlarmNotification", "ScheduledActions"],
    },
  };
  new ecs.CfnCapacityProvider(stack, "EcsCapacity", tagged({
    autoScalingGroupProvider: {
      autoScalingGroupArn: ref("EcsHosts"),
      managedScaling: { status: "ENABLED", targetCapacity: 100 },
      managedDraining: "ENABLED",
      managedTerminationProtection: "ENABLED",
    },
  }));
  new ecs.CfnClusterCapacityProviderAssociations(stack, "EcsCapacityOfCluster", {
    cluster: ref("EcsCluster"),
    capacityProviders: [ref("EcsCapacity")],
    defaultCapacityProviderStrategy: [{ capacityProvider: ref("EcsCapacity"), weight: 1 }],
  });
}

function service(stack) {
  new logs.CfnLogGroup(stack, "WebLogs", tagged({ retentionInDays: 30 }));
  role(stack, "WebTaskRole", "ecs-tasks.amazonaws.com", {}, fromThisAccount);
  role(stack, "WebExecutionRole", "ecs-tasks.amazonaws.com", {
    policies: [
      {
        policyName: "start",
        policyDocument: policy([
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
  });
  new ecs.CfnTaskDefinition(stack, "WebTask", tagged({
    family: sub("${AWS::StackName}-WebTask"),
    networkMode: "bridge",
    requiresCompatibilities: ["EC2"],
    taskRoleArn: attribute("WebTaskRole", "Arn"),
    executionRoleArn: attribute("WebExecutionRole", "Arn"),
    containerDefinitions: [
      {
        name: "web",
        image: ref("Image"),
        essential: true,
        memoryReservation: 896,
        memory: 1792,
        privileged: false,
        portMappings: [{ containerPort: 5000 }],
        environment: environment({
          HOST: attribute("LbBalancer", "DNSName"),
          PORT: "5000",
          DATABASE_HOST: attribute("DbInstance", "Endpoint.Address"),
        }),
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": ref("WebLogs"),
            "awslogs-region": ref("AWS::Region"),
            "awslogs-stream-prefix": "task",
          },
        },
      },
    ],
  }));
  const webService = new ecs.CfnService(stack, "WebService", tagged({
    cluster: ref("EcsCluster"),
    taskDefinition: ref("WebTask"),
    desiredCount: 2,
    capacityProviderStrategy: [{ capacityProvider: ref("EcsCapacity"), weight: 1 }],
    loadBalancers: [{ targetGroupArn: ref("DefaultTargetGroup"), containerName: "web", containerPort: 5000 }],
    healthCheckGracePeriodSeconds: 60,
    placementStrategies: [
      { type: "spread", field: "attribute:ecs.availability-zone" },
      { type: "spread", field: "instanceId" },
    ],
    availabilityZoneRebalancing: "ENABLED",
    deploymentConfiguration: {
      minimumHealthyPercent: 50,
      maximumPercent: 150,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
  }));
  webService.addResourceDependency(stack.node.findChild("LbListener"));
  webService.addResourceDependency(stack.node.findChild("EcsCapacityOfCluster"));
}

function database(stack, storage) {
  group(stack, "DbGroup", "Database");
  new rds.CfnDBSubnetGroup(stack, "DbSubnets", tagged({
    dbSubnetGroupDescription: sub("Data subnets of ${AWS::StackName}"),
    subnetIds: subnets("Data"),
  }));
  new rds.CfnDBParameterGroup(stack, "DbParameters", tagged({
    family: "postgres17",
    description: sub("Parameters of ${AWS::StackName}"),
    parameters: { "rds.force_ssl": "1" },
  }));
  role(stack, "DbMonitoringRole", "monitoring.rds.amazonaws.com", {
    managedPolicyArns: [awsPolicy("service-role/AmazonRDSEnhancedMonitoringRole")],
  });
  const dbInstance = new rds.CfnDBInstance(stack, "DbInstance", tagged({
    engine: "postgres",
    engineVersion: "17",
    allowMajorVersionUpgrade: false,
    dbInstanceClass: Fn.conditionIf("IsProduction", "db.m7g.large", "db.t4g.medium").toString(),
    allocatedStorage: String(storage),
    storageType: "gp3",
    storageEncrypted: true,
    multiAz: Fn.conditionIf("IsProduction", true, false),
    dbSubnetGroupName: ref("DbSubnets"),
    dbParameterGroupName: ref("DbParameters"),
    vpcSecurityGroups: [ref("DbGroup")],
    publiclyAccessible: false,
    masterUsername: "postgres",
    manageMasterUserPassword: true,
    enableIamDatabaseAuthentication: true,
    backupRetentionPeriod: 7,
    copyTagsToSnapshot: true,
    deletionProtection: true,
    autoMinorVersionUpgrade: true,
    enablePerformanceInsights: true,
    monitoringInterval: 60,
    monitoringRoleArn: attribute("DbMonitoringRole", "Arn"),
    enableCloudwatchLogsExports: ["postgresql", "upgrade"],
  }));
  dbInstance.cfnOptions.deletionPolicy = CfnDeletionPolicy.SNAPSHOT;
  dbInstance.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
}

function alarm(stack, threshold, condition) {
  const alarm = new cloudwatch.CfnAlarm(stack, "Alarm", tagged({
    alarmDescription: "The application answers with errors",
    namespace: "AWS/ApplicationELB",
    metricName: "HTTPCode_Target_5XX_Count",
    dimensions: [{ name: "LoadBalancer", value: attribute("LbBalancer", "LoadBalancerFullName") }],
    statistic: "Sum",
    period: 60,
    evaluationPeriods: 5,
    threshold: threshold,
    comparisonOperator: "GreaterThanThreshold",
    treatMissingData: "notBreaching",
  }));
  alarm.cfnOptions.condition = condition;
}

function rules(stack) {
  ingress(stack, "LbFromInternetOn80", "LbGroup", { cidrIp: "0.0.0.0/0" }, 80);
  ingress(stack, "LbFromInternetOn443", "LbGroup", { cidrIp: "0.0.0.0/0" }, 443);
  ingress(stack, "LbFromInternetOn80V6", "LbGroup", { cidrIpv6: "::/0" }, 80);
  ingress(stack, "LbFromInternetOn443V6", "LbGroup", { cidrIpv6: "::/0" }, 443);
  ingress(stack, "WebFromLbOn32768To65535", "EcsGroup", { sourceSecurityGroupId: ref("LbGroup") }, 32768, 65535);
  ingress(stack, "DbFromWebOn5432", "DbGroup", { sourceSecurityGroupId: ref("EcsGroup") }, 5432);
}

exports.app = (stack, name, n) => {
  new CfnParameter(stack, "VPCStackName", {
    type: "String",
    description: "Name of the stack whose exports are VPC here",
    default: `acme-network-${name}`,
  });
  new CfnParameter(stack, "VPCId", {
    type: "String",
    description: "Bring your own VPC; empty takes the network stack's.",
    default: "",
  });
  const environment = new CfnParameter(stack, "Environment", {
    type: "String",
    default: "staging",
    allowedValues: ["production", "staging"],
  });
  new CfnParameter(stack, "CertificateArn", { type: "String" });
  new CfnParameter(stack, "Image", { type: "String", description: "The image to run, with its tag." });
  const isProduction = new CfnCondition(stack, "IsProduction", {
    expression: Fn.conditionEquals(environment.valueAsString, "production"),
  });
  new CfnCondition(stack, "IsVPCIdSpecified", {
    expression: Fn.conditionNot(Fn.conditionEquals(ref("VPCId"), "")),
  });
  balancer(stack);
  hosts(stack);
  service(stack);
  database(stack, 100 + (n % 50));
  alarm(stack, 10 + (n % 7), isProduction);
  rules(stack);
  new CfnOutput(stack, "Url", { value: sub("https://${LbBalancer.DNSName}") });
};
