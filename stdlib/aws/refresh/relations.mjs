// Which property holds the id of which resource: from AWS's data, by rule, by hand.
//
// A kind is a pair of a resource type and a class of identity: { type: "AWS::EC2::VPC", member:
// "VpcId" }. A slot has an ordered list of accepted kinds.

const kind = (text) => {
  const dot = text.indexOf(".");
  return { type: text.slice(0, dot), member: text.slice(dot + 1) };
};
const serviceOf = (type) => type.slice(0, type.lastIndexOf("::"));
export const kindText = (k) => `${k.type}.${k.member}`;

// Rules by the property's name, for strings and lists of strings that the data leaves open. The
// third entry, when there is one, limits the rule to some resource types.
const LAMBDA = ["AWS::Lambda::Function.Arn", "AWS::Lambda::Version.FunctionArn", "AWS::Lambda::Alias.AliasArn"];
const KMS_ANY = ["AWS::KMS::Key.Arn", "AWS::KMS::Key.KeyId", "AWS::KMS::Alias.AliasName"];
const RULES = [
  [/(^|[a-z0-9])(Vpc|VPC)(Id|ID)s?$/, ["AWS::EC2::VPC.VpcId"]],
  [/(^|[a-z])Subnet(Id|ID)s?$/, ["AWS::EC2::Subnet.SubnetId"]],
  [/^(Vpc|VPC|Public|Private)?Subnets$/, ["AWS::EC2::Subnet.SubnetId"]],
  [/(^|[a-z0-9])SecurityGroup(Id|ID)s?$/, ["AWS::EC2::SecurityGroup.GroupId"]],
  [/^(Vpc|VPC)?SecurityGroups$/, ["AWS::EC2::SecurityGroup.GroupId"]],
  [/(^|[a-z])(Role|ROLE)(Arn|ARN)s?$/, ["AWS::IAM::Role.Arn"]],
  [/(^|[a-z])(Kms|KMS)(Master|Encryption)?Key(Id|ID)$/, KMS_ANY],
  [/(^|[a-z])(Kms|KMS)(Master|Encryption)?(Key)?(Arn|ARN)$/, ["AWS::KMS::Key.Arn"]],
  [/^(Acm|ACM|Regional|Server|Viewer)?CertificateArn$/, ["AWS::CertificateManager::Certificate.CertificateArn"],
    (t) => !/^AWS::(IoT|ACMPCA|DMS|GreengrassV?2?)::/.test(t)],
  [/(^|[a-z])TargetGroup(Arn|ARN)s?$/, ["AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupArn"],
    (t) => !/^AWS::(VpcLattice|RDS)::/.test(t)],
  [/^(Network|Application)?LoadBalancerArns?$/, ["AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerArn"]],
  [/^ListenerArns?$/, ["AWS::ElasticLoadBalancingV2::Listener.ListenerArn"],
    (t) => /^AWS::(ElasticLoadBalancingV2|ECS|CodeDeploy|ApiGatewayV2)::/.test(t)],
  [/(^|[a-z])LogGroupNames?$/, ["AWS::Logs::LogGroup.LogGroupName"]],
  [/(^|[a-z])LogGroup(Arn|ARN)s?$/, ["AWS::Logs::LogGroup.Arn"]],
  [/^(S3|Log|Logging|Source|Destination|Target|Output|Input)?Bucket(Name)?$/, ["AWS::S3::Bucket.BucketName"]],
  [/^S3(Output|Input|Log|Logs)?Bucket(Name)?$/, ["AWS::S3::Bucket.BucketName"]],
  [/^(S3|Source|Destination|Target)?Bucket(Arn|ARN)$/, ["AWS::S3::Bucket.Arn"]],
  [/(^|[a-z])AllocationIds?$/, ["AWS::EC2::EIP.AllocationId"], (t) => /^AWS::(EC2|ElasticLoadBalancingV2)::/.test(t)],
  [/^InternetGatewayId$/, ["AWS::EC2::InternetGateway.InternetGatewayId"]],
  [/^NatGatewayId$/, ["AWS::EC2::NatGateway.NatGatewayId"]],
  [/^(Public|Private)?RouteTableIds?$/, ["AWS::EC2::RouteTable.RouteTableId"], (t) => /^AWS::EC2::/.test(t)],
  [/^TransitGatewayIds?$/, ["AWS::EC2::TransitGateway.Id"]],
  [/^(Vpc|VPC)EndpointIds?$/, ["AWS::EC2::VPCEndpoint.Id"]],
  [/^(Vpc|VPC)PeeringConnectionId$/, ["AWS::EC2::VPCPeeringConnection.Id"]],
  [/^NetworkInterfaceIds?$/, ["AWS::EC2::NetworkInterface.Id"]],
  [/(^|[a-z])PrefixListIds?$/, ["AWS::EC2::PrefixList.PrefixListId"]],
  [/^(Ec2|EC2)?LaunchTemplateId$/, ["AWS::EC2::LaunchTemplate.LaunchTemplateId"]],
  [/^(Ec2|EC2)?(Image|Ami)Id$|^ImageIdOverride$/, ["AWS::EC2::Image.Id"],
    (t) => /^AWS::(EC2|AutoScaling|Batch|ElasticBeanstalk|EKS|DLM|OpsWorks|Cloud9|RDS)::/.test(t)],
  [/^(Ec2|EC2)?(Ssh|SSH)?Key(Pair)?Name$|^(Ec2|EC2)(Ssh|SSH)Key$|^Ec2KeyPair$|^(Ec2|EC2)KeyName$/, ["AWS::EC2::KeyPair.KeyName"],
    (t) => /^AWS::(EC2|AutoScaling|Batch|EKS|EMR|ImageBuilder|OpsWorks|GameLift)::/.test(t)],
  [/^SnapshotId$/, ["AWS::EC2::Snapshot.Id"], (t) => /^AWS::(EC2|ECS|AutoScaling|ImageBuilder)::/.test(t)],
  [/^VolumeId$/, ["AWS::EC2::Volume.VolumeId"], (t) => /^AWS::(EC2|AutoScaling)::/.test(t)],
  [/^AvailabilityZones?$/, ["AWS::EC2::AvailabilityZone.Name"], (t) => !/^AWS::(Lightsail)::/.test(t)],
  [/^AvailabilityZoneIds?$/, ["AWS::EC2::AvailabilityZone.Id"]],
  [/^InstanceIds?$/, ["AWS::EC2::Instance.InstanceId"], (t) => /^AWS::(EC2|AutoScaling|SSM)::/.test(t)],
  [/^(Sns|SNS)?Topic(Arn|ARN)s?$|^(Sns|SNS)Topic(Arn|ARN)?$/, ["AWS::SNS::Topic.TopicArn"]],
  [/^(Sqs|SQS)?Queue(Arn|ARN)$/, ["AWS::SQS::Queue.Arn"], (t) => !/^AWS::(MediaConvert|Connect|Deadline|Batch)::/.test(t)],
  [/^(Sqs|SQS)?Queue(Url|URL|Urls)$/, ["AWS::SQS::Queue.QueueUrl"]],
  [/^Lambda(Function)?(Arn|ARN)s?$|^FunctionArn$/, LAMBDA, (t) => !/^AWS::(CloudFront|AppSync)::/.test(t)],
  [/(^|[a-z])HostedZone(Id|ID)s?$/, ["AWS::Route53::HostedZone.Id"]],
  [/(^|[a-z])(Secrets?Manager)?Secret(Arn|ARN)s?$|^SecretsManager(Secret)?(Id|Arn|ARN)$/, ["AWS::SecretsManager::Secret.Arn"]],
  [/^Kinesis(Data)?Stream(Arn|ARN)$/, ["AWS::Kinesis::Stream.Arn"]],
  [/^(Kinesis)?FirehoseArn$|^DeliveryStream(Arn|ARN)$/, ["AWS::KinesisFirehose::DeliveryStream.Arn"]],
  [/^StateMachineArn$/, ["AWS::StepFunctions::StateMachine.Arn"]],
  [/^(Cognito)?UserPoolId$/, ["AWS::Cognito::UserPool.UserPoolId"]],
  [/^UserPool(Arn|ARN)$/, ["AWS::Cognito::UserPool.Arn"]],
  [/^WebACLArn$|^WebAclArn$/, ["AWS::WAFv2::WebACL.Arn"]],
  [/^EventBusArn$/, ["AWS::Events::EventBus.Arn"]],
];
for (const rule of RULES) rule[1] = rule[1].map(kind);

const GENERIC = new Set(["Id", "Arn", "ARN", "Name", "Type", "Key", "Value", "Version", "Domain", "Path"]);

/// Answers, for every property, which kinds it accepts. `model` is what model.mjs makes.
export class Relations {
  constructor(model, corrections) {
    this.model = model;
    this.c = corrections;
    this.counts = { data: 0, rule: 0, hand: 0 };
    this.byIdentity = new Map(); // service -> name of a class of identity -> resource types
    for (const r of model.values()) {
      let names = this.byIdentity.get(r.service);
      if (!names) this.byIdentity.set(r.service, (names = new Map()));
      for (const member of r.identities) {
        if (GENERIC.has(member)) {
          this.#addName(names, r.short + member, { type: r.name, member });
        } else {
          this.#addName(names, member, { type: r.name, member });
        }
      }
    }
  }

  #addName(names, name, k) {
    if (!names.has(name)) names.set(name, []);
    names.get(name).push(k);
  }

  /// The kinds of property or attribute `path` (`Subnets`, `AwsVpcConfiguration.Subnets`) of
  /// resource `r`, in order; empty when it is not an id.
  kinds(r, path, prop, isAttribute = false) {
    const full = isAttribute ? `${r.name}@${path}` : `${r.name}.${path}`;
    const hand = this.c.kinds[full];
    if (hand !== undefined) {
      if (hand.length) this.counts.hand++;
      return hand.map(kind);
    }
    const name = path.slice(path.lastIndexOf(".") + 1);
    const found = [];
    const add = (k) => {
      k = this.#canonical(k);
      if (k && !found.some((f) => f.type === k.type && f.member === k.member)) found.push(k);
    };
    if (!this.c.notIds.has(name)) for (const ref of prop.relationshipRefs ?? []) add(this.#fix(ref));
    const fromData = found.length;
    for (const k of this.#rulesBeside(r, name, path === name, isAttribute, found)) add(k);
    if (fromData) this.counts.data++;
    else if (found.length) this.counts.rule++;
    const arns = /(Arn|ARN)s?$/.test(name) ? found.filter((k) => /(Arn|ARN)$/.test(k.member)) : [];
    return arns.length ? arns : found; // a slot that is called an ARN wants one
  }

  /// The kinds by rule that may stand beside those of the data.
  #rulesBeside(r, name, isTop, isAttribute, found) {
    const isOwn = isTop && r.identities.has(name);
    if (isOwn && isAttribute) return [];
    const kinds = this.#rule(r, name).filter((k) => !isOwn || k.type !== r.name);
    if (found.length === 0) return kinds;
    // The data knows better, but often tells one form of several: the key's ARN, and not its id.
    const services = new Set(found.map((k) => serviceOf(k.type)));
    return kinds.filter((k) => serviceOf(k.type) !== "AWS::S3" && services.has(serviceOf(k.type)));
  }

  #rule(r, name) {
    for (const [pattern, kinds, only] of RULES) {
      if (pattern.test(name) && (!only || only(r.name))) return kinds;
    }
    if (GENERIC.has(name)) return [];
    // `<Type>Id` of a type of the same service, when there is exactly one.
    const own = this.byIdentity.get(r.service)?.get(name.replace(/s$/, "")) ?? this.byIdentity.get(r.service)?.get(name);
    return own && own.length === 1 ? own : [];
  }

  #fix(ref) {
    const text = `${ref.cloudFormationType}.${ref.propertyName}`;
    const other = this.c.renamedKinds[text];
    return other === undefined ? kind(text) : other === null ? null : kind(other);
  }

  #canonical(k) {
    if (!k) return null;
    if (this.c.idTypes.includes(kindText(k))) return k;
    const r = this.model.get(k.type);
    if (!r) return null;
    const member = r.canonical(k.member);
    if (r.identities.has(member)) return { type: k.type, member };
    const known = member in r.properties || member in r.attributes;
    // Only what names a resource is a kind: an address or a CIDR block is a plain value.
    return known && /(Id|Arn|ARN|Name|Url)$/.test(member) ? { type: k.type, member } : null;
  }
}
