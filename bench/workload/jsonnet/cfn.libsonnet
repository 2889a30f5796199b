// What both stacks need of CloudFormation.
{
  ref(name):: { Ref: name },
  sub(text):: { 'Fn::Sub': text },
  attribute(id, name):: { 'Fn::GetAtt': [id, name] },
  nameTag(value):: [{ Key: 'Name', Value: value }],
  name(n):: std.format('%05d', n),
}
