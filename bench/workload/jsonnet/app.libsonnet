local cfn = import 'cfn.libsonnet';
local ref = cfn.ref, sub = cfn.sub, attribute = cfn.attribute;

local imported(name) = { 'Fn::ImportValue': sub('${VPCStackName}:' + name) };
local subnets(tier) = [imported(tier + 'Subnets' + zone) for zone in ['A', 'B']];
local vpc = { 'Fn::If': ['IsVPCIdSpecified', ref('VPCId'), imported('VPC')] };
local tags = [{ Key: 'Service', Value: 'acme' }, { Key: 'Environment', Value: ref('Environment') }];
// Pairs, not an object: jsonnet has no order of fields.
local attributes(pairs) = [{ Key: pair[0], Value: std.toString(pair[1]) } for pair in pairs];
local awsPolicy(name) = sub('arn:${AWS::Partition}:iam::aws:policy/' + name);

local tagged(type, properties, more={}) = { Type: type, Properties: properties { Tags: tags } } + more;
local allow(actions, resources) = { Effect: 'Allow', Action: actions, Resource: resources };
local policy(statements) = { Version: '2012-10-17', Statement: statements };
local trust(service, condition={}) =
  policy([{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' } + condition]);
local role(service, properties, condition={}) =
  tagged('AWS::IAM::Role', { AssumeRolePolicyDocument: trust(service, condition) } + properties);
local group(what) = tagged('AWS::EC2::SecurityGroup', {
  GroupDescription: sub(what + ' of ${AWS::StackName}'),
  VpcId: vpc,
});
local ingress(to, from, first, last=first) = {
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: { GroupId: ref(to), IpProtocol: 'tcp', FromPort: first, ToPort: last } + from,
};

local balancer = {
  DefaultTargetGroup: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: {
      Name: sub('${AWS::StackName}-default'),
      VpcId: vpc,
      Port: 80,
      Protocol: 'HTTP',
      Matcher: { HttpCode: '200,301,302,307' },
      TargetGroupAttributes: attributes([['deregistration_delay.timeout_seconds', 30], ['stickiness.enabled', false]]),
    },
  },
  LbGroup: group('Load balancer'),
  LbBalancer: tagged('AWS::ElasticLoadBalancingV2::LoadBalancer', {
    Type: 'application',
    Scheme: 'internet-facing',
    IpAddressType: 'ipv4',
    Subnets: subnets('Public'),
    SecurityGroups: [ref('LbGroup')],
    LoadBalancerAttributes: attributes([['routing.http.drop_invalid_header_fields.enabled', true], ['routing.http.desync_mitigation_mode', 'defensive'], ['routing.http2.enabled', true], ['idle_timeout.timeout_seconds', 60], ['deletion_protection.enabled', false]]),
  }),
  LbListener: tagged('AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: ref('LbBalancer'),
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    Certificates: [{ CertificateArn: ref('CertificateArn') }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('DefaultTargetGroup') }],
  }),
  LbRedirect: tagged('AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: ref('LbBalancer'),
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [
      { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
    ],
  }),
};

local hosts = {
  EcsCluster: tagged('AWS::ECS::Cluster', { ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }] }),
  EcsGroup: group('ECS hosts'),
  EcsHostRole: role('ec2.amazonaws.com', {
    ManagedPolicyArns: [
      awsPolicy('service-role/AmazonEC2ContainerServiceforEC2Role'),
      awsPolicy('AmazonSSMManagedInstanceCore'),
    ],
  }),
  EcsHostProfile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('EcsHostRole')] } },
  EcsHostTemplate: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        ImageId: '{{resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id}}',
        InstanceType: 't3.small',
        IamInstanceProfile: { Arn: attribute('EcsHostProfile', 'Arn') },
        SecurityGroupIds: [ref('EcsGroup')],
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: 30, Encrypted: true } },
        ],
        UserData: {
          'Fn::Base64': sub(
            '#!/bin/bash\necho ECS_CLUSTER=${EcsCluster} >> /etc/ecs/ecs.config\n' +
              'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config',
          ),
        },
      },
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: tags }],
    },
  },
  EcsHosts: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    UpdatePolicy: {
      AutoScalingRollingUpdate: {
        MinInstancesInService: 1,
        MaxBatchSize: 1,
        PauseTime: 'PT3M',
        SuspendProcesses: ['HealthCheck', 'ReplaceUnhealthy', 'AZRebalance', 'AlarmNotification', 'ScheduledActions'],
      },
    },
    Properties: {
      VPCZoneIdentifier: subnets('Private'),
      MinSize: '2',
      MaxSize: '4',
      LaunchTemplate: {
        LaunchTemplateId: ref('EcsHostTemplate'),
        Version: attribute('EcsHostTemplate', 'LatestVersionNumber'),
      },
      HealthCheckType: 'EC2',
      HealthCheckGracePeriod: 120,
      NewInstancesProtectedFromScaleIn: true,
      Tags: [
        tag { PropagateAtLaunch: true }
        for tag in tags + cfn.nameTag(sub('${AWS::StackName} ECS')) + [{ Key: 'AmazonECSManaged', Value: 'true' }]
      ],
    },
  },
  EcsCapacity: tagged('AWS::ECS::CapacityProvider', {
    AutoScalingGroupProvider: {
      AutoScalingGroupArn: ref('EcsHosts'),
      ManagedScaling: { Status: 'ENABLED', TargetCapacity: 100 },
      ManagedDraining: 'ENABLED',
      ManagedTerminationProtection: 'ENABLED',
    },
  }),
  EcsCapacityOfCluster: {
    Type: 'AWS::ECS::ClusterCapacityProviderAssociations',
    Properties: {
      Cluster: ref('EcsCluster'),
      CapacityProviders: [ref('EcsCapacity')],
      DefaultCapacityProviderStrategy: [{ CapacityProvider: ref('EcsCapacity'), Weight: 1 }],
    },
  },
};

local here = '${AWS::Region}:${AWS::AccountId}';
local fromThisAccount = {
  Condition: {
    StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') },
    ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:ecs:' + here + ':*') },
  },
};

local service = {
  WebLogs: tagged('AWS::Logs::LogGroup', { RetentionInDays: 30 }),
  WebTaskRole: role('ecs-tasks.amazonaws.com', {}, fromThisAccount),
  WebExecutionRole: role('ecs-tasks.amazonaws.com', {
    Policies: [
      {
        PolicyName: 'start',
        PolicyDocument: policy([
          allow(
            ['logs:CreateLogStream', 'logs:PutLogEvents'],
            [sub('arn:${AWS::Partition}:logs:' + here + ':log-group:${WebLogs}:log-stream:*')],
          ),
          allow(['ecr:GetAuthorizationToken'], ['*']),
          allow(
            ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
            [sub('arn:${AWS::Partition}:ecr:*:${AWS::AccountId}:repository/*')],
          ),
        ]),
      },
    ],
  }),
  WebTask: tagged('AWS::ECS::TaskDefinition', {
    Family: sub('${AWS::StackName}-WebTask'),
    NetworkMode: 'bridge',
    RequiresCompatibilities: ['EC2'],
    TaskRoleArn: attribute('WebTaskRole', 'Arn'),
    ExecutionRoleArn: attribute('WebExecutionRole', 'Arn'),
    ContainerDefinitions: [
      {
        Name: 'web',
        Image: ref('Image'),
        Essential: true,
        MemoryReservation: 896,
        Memory: 1792,
        Privileged: false,
        PortMappings: [{ ContainerPort: 5000 }],
        Environment: [
          { Name: 'HOST', Value: attribute('LbBalancer', 'DNSName') },
          { Name: 'PORT', Value: '5000' },
          { Name: 'DATABASE_HOST', Value: attribute('DbInstance', 'Endpoint.Address') },
        ],
        LogConfiguration: {
          LogDriver: 'awslogs',
          Options: {
            'awslogs-group': ref('WebLogs'),
            'awslogs-region': ref('AWS::Region'),
            'awslogs-stream-prefix': 'task',
          },
        },
      },
    ],
  }),
  WebService: tagged(
    'AWS::ECS::Service',
    {
      Cluster: ref('EcsCluster'),
      TaskDefinition: ref('WebTask'),
      DesiredCount: 2,
      CapacityProviderStrategy: [{ CapacityProvider: ref('EcsCapacity'), Weight: 1 }],
      LoadBalancers: [{ TargetGroupArn: ref('DefaultTargetGroup'), ContainerName: 'web', ContainerPort: 5000 }],
      HealthCheckGracePeriodSeconds: 60,
      PlacementStrategies: [
        { Type: 'spread', Field: 'attribute:ecs.availability-zone' },
        { Type: 'spread', Field: 'instanceId' },
      ],
      AvailabilityZoneRebalancing: 'ENABLED',
      DeploymentConfiguration: {
        MinimumHealthyPercent: 50,
        MaximumPercent: 150,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      },
      EnableECSManagedTags: true,
      PropagateTags: 'SERVICE',
    },
    { DependsOn: ['LbListener', 'EcsCapacityOfCluster'] },
  ),
};

local database(storage) = {
  DbGroup: group('Database'),
  DbSubnets: tagged('AWS::RDS::DBSubnetGroup', {
    DBSubnetGroupDescription: sub('Data subnets of ${AWS::StackName}'),
    SubnetIds: subnets('Data'),
  }),
  DbParameters: tagged('AWS::RDS::DBParameterGroup', {
    Family: 'postgres17',
    Description: sub('Parameters of ${AWS::StackName}'),
    Parameters: { 'rds.force_ssl': '1' },
  }),
  DbMonitoringRole: role('monitoring.rds.amazonaws.com', {
    ManagedPolicyArns: [awsPolicy('service-role/AmazonRDSEnhancedMonitoringRole')],
  }),
  DbInstance: tagged(
    'AWS::RDS::DBInstance',
    {
      Engine: 'postgres',
      EngineVersion: '17',
      AllowMajorVersionUpgrade: false,
      DBInstanceClass: { 'Fn::If': ['IsProduction', 'db.m7g.large', 'db.t4g.medium'] },
      AllocatedStorage: std.toString(storage),
      StorageType: 'gp3',
      StorageEncrypted: true,
      MultiAZ: { 'Fn::If': ['IsProduction', true, false] },
      DBSubnetGroupName: ref('DbSubnets'),
      DBParameterGroupName: ref('DbParameters'),
      VPCSecurityGroups: [ref('DbGroup')],
      PubliclyAccessible: false,
      MasterUsername: 'postgres',
      ManageMasterUserPassword: true,
      EnableIAMDatabaseAuthentication: true,
      BackupRetentionPeriod: 7,
      CopyTagsToSnapshot: true,
      DeletionProtection: true,
      AutoMinorVersionUpgrade: true,
      EnablePerformanceInsights: true,
      MonitoringInterval: 60,
      MonitoringRoleArn: attribute('DbMonitoringRole', 'Arn'),
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
    },
    { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' },
  ),
};

local alarm(threshold) =
  tagged(
    'AWS::CloudWatch::Alarm',
    {
      AlarmDescription: 'The application answers with errors',
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [{ Name: 'LoadBalancer', Value: attribute('LbBalancer', 'LoadBalancerFullName') }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 5,
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    },
    { Condition: 'IsProduction' },
  );

local rules = {
  LbFromInternetOn80: ingress('LbGroup', { CidrIp: '0.0.0.0/0' }, 80),
  LbFromInternetOn443: ingress('LbGroup', { CidrIp: '0.0.0.0/0' }, 443),
  LbFromInternetOn80V6: ingress('LbGroup', { CidrIpv6: '::/0' }, 80),
  LbFromInternetOn443V6: ingress('LbGroup', { CidrIpv6: '::/0' }, 443),
  WebFromLbOn32768To65535: ingress('EcsGroup', { SourceSecurityGroupId: ref('LbGroup') }, 32768, 65535),
  DbFromWebOn5432: ingress('DbGroup', { SourceSecurityGroupId: ref('EcsGroup') }, 5432),
};

function(n) {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'The Phoenix application.',
  Parameters: {
    VPCStackName: {
      Type: 'String',
      Description: 'Name of the stack whose exports are VPC here',
      Default: 'acme-network-' + cfn.name(n),
    },
    VPCId: {
      Type: 'String',
      Description: "Bring your own VPC; empty takes the network stack's.",
      Default: '',
    },
    Environment: { Type: 'String', Default: 'staging', AllowedValues: ['production', 'staging'] },
    CertificateArn: { Type: 'String' },
    Image: { Type: 'String', Description: 'The image to run, with its tag.' },
  },
  Conditions: {
    IsProduction: { 'Fn::Equals': [ref('Environment'), 'production'] },
    IsVPCIdSpecified: { 'Fn::Not': [{ 'Fn::Equals': [ref('VPCId'), ''] }] },
  },
  Resources: balancer + hosts + service + database(100 + n % 50) + { Alarm: alarm(10 + n % 7) } + rules,
  Outputs: { Url: { Value: sub('https://${LbBalancer.DNSName}') } },
}
