#include <array>

#include "compiler/deploy/table.hpp"

namespace stackc::deploy {
namespace {

// docs.aws.amazon.com/service-authorization: EC2, Elastic Load Balancing, Route 53, Cloud Map, WAF.
constexpr auto kEntries = std::to_array<Entry>({
    {"AWS::EC2::VPC", "ec2", "", "", Naming::None,
     "CreateVpc DeleteVpc DescribeVpcs DescribeVpcAttribute ModifyVpcAttribute ModifyVpcTenancy "
     "DescribeSecurityGroups DescribeNetworkAcls DescribeRouteTables"},
    {"AWS::EC2::VPCCidrBlock", "ec2", "", "", Naming::None,
     "AssociateVpcCidrBlock DisassociateVpcCidrBlock DescribeVpcs"},
    {"AWS::EC2::Subnet", "ec2", "", "", Naming::None,
     "CreateSubnet DeleteSubnet DescribeSubnets ModifySubnetAttribute AssociateSubnetCidrBlock "
     "DisassociateSubnetCidrBlock DescribeNetworkAcls DescribeAvailabilityZones"},
    {"AWS::EC2::SubnetCidrBlock", "ec2", "", "", Naming::None,
     "AssociateSubnetCidrBlock DisassociateSubnetCidrBlock DescribeSubnets"},
    {"AWS::EC2::InternetGateway", "ec2", "", "", Naming::None,
     "CreateInternetGateway DeleteInternetGateway DescribeInternetGateways"},
    {"AWS::EC2::EgressOnlyInternetGateway", "ec2", "", "", Naming::None,
     "CreateEgressOnlyInternetGateway DeleteEgressOnlyInternetGateway DescribeEgressOnlyInternetGateways DescribeVpcs"},
    {"AWS::EC2::VPCGatewayAttachment", "ec2", "", "", Naming::None,
     "AttachInternetGateway DetachInternetGateway DescribeInternetGateways AttachVpnGateway DetachVpnGateway "
     "DescribeVpnGateways"},
    {"AWS::EC2::RouteTable", "ec2", "", "", Naming::None, "CreateRouteTable DeleteRouteTable DescribeRouteTables"},
    {"AWS::EC2::Route", "ec2", "", "", Naming::None,
     "CreateRoute DeleteRoute ReplaceRoute DescribeRouteTables DescribeNetworkInterfaces"},
    {"AWS::EC2::SubnetRouteTableAssociation", "ec2", "", "", Naming::None,
     "AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation DescribeRouteTables"},
    {"AWS::EC2::EIP", "ec2", "", "", Naming::None,
     "AllocateAddress ReleaseAddress DescribeAddresses AssociateAddress DisassociateAddress"},
    {"AWS::EC2::EIPAssociation", "ec2", "", "", Naming::None, "AssociateAddress DisassociateAddress DescribeAddresses"},
    {"AWS::EC2::NatGateway", "ec2", "", "", Naming::None,
     "CreateNatGateway DeleteNatGateway DescribeNatGateways DescribeSubnets DescribeAddresses"},
    {"AWS::EC2::VPCEndpoint", "ec2", "", "", Naming::None,
     "CreateVpcEndpoint DeleteVpcEndpoints DescribeVpcEndpoints ModifyVpcEndpoint DescribeVpcEndpointServices "
     "DescribeSubnets DescribeRouteTables DescribeSecurityGroups route53:AssociateVPCWithHostedZone"},
    {"AWS::EC2::VPCPeeringConnection", "ec2", "", "", Naming::None,
     "CreateVpcPeeringConnection AcceptVpcPeeringConnection DeleteVpcPeeringConnection "
     "DescribeVpcPeeringConnections ModifyVpcPeeringConnectionOptions"},
    {"AWS::EC2::PrefixList", "ec2", "", "", Naming::None,
     "CreateManagedPrefixList DeleteManagedPrefixList DescribeManagedPrefixLists GetManagedPrefixListEntries "
     "ModifyManagedPrefixList"},
    {"AWS::EC2::SecurityGroup", "ec2", "", "", Naming::None,
     "CreateSecurityGroup DeleteSecurityGroup DescribeSecurityGroups AuthorizeSecurityGroupIngress "
     "AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress DescribeSecurityGroupRules"},
    {"AWS::EC2::SecurityGroupIngress", "ec2", "", "", Naming::None,
     "AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsIngress "
     "DescribeSecurityGroupRules DescribeSecurityGroups"},
    {"AWS::EC2::SecurityGroupEgress", "ec2", "", "", Naming::None,
     "AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress UpdateSecurityGroupRuleDescriptionsEgress "
     "DescribeSecurityGroupRules DescribeSecurityGroups"},
    {"AWS::EC2::NetworkAcl", "ec2", "", "", Naming::None, "CreateNetworkAcl DeleteNetworkAcl DescribeNetworkAcls"},
    {"AWS::EC2::NetworkAclEntry", "ec2", "", "", Naming::None,
     "CreateNetworkAclEntry DeleteNetworkAclEntry ReplaceNetworkAclEntry DescribeNetworkAcls"},
    {"AWS::EC2::DHCPOptions", "ec2", "", "", Naming::None, "CreateDhcpOptions DeleteDhcpOptions DescribeDhcpOptions"},
    {"AWS::EC2::VPCDHCPOptionsAssociation", "ec2", "", "", Naming::None,
     "AssociateDhcpOptions DescribeDhcpOptions DescribeVpcs"},
    {"AWS::EC2::SubnetNetworkAclAssociation", "ec2", "", "", Naming::None,
     "ReplaceNetworkAclAssociation DescribeNetworkAcls"},
    {"AWS::EC2::FlowLog", "ec2", "", "", Naming::None,
     "CreateFlowLogs DeleteFlowLogs DescribeFlowLogs logs:CreateLogDelivery logs:DeleteLogDelivery"},
    {"AWS::ElasticLoadBalancingV2::LoadBalancer", "elasticloadbalancing", "", "", Naming::None,
     "CreateLoadBalancer DeleteLoadBalancer DescribeLoadBalancers DescribeLoadBalancerAttributes "
     "ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets SetIpAddressType ec2:DescribeSubnets ec2:DescribeVpcs "
     "ec2:DescribeSecurityGroups ec2:DescribeInternetGateways ec2:DescribeAccountAttributes"},
    {"AWS::ElasticLoadBalancingV2::TargetGroup", "elasticloadbalancing", "", "", Naming::None,
     "CreateTargetGroup DeleteTargetGroup DescribeTargetGroups DescribeTargetGroupAttributes ModifyTargetGroup "
     "ModifyTargetGroupAttributes RegisterTargets DeregisterTargets DescribeTargetHealth ec2:DescribeVpcs"},
    {"AWS::ElasticLoadBalancingV2::Listener", "elasticloadbalancing", "", "", Naming::None,
     "CreateListener DeleteListener DescribeListeners ModifyListener DescribeListenerAttributes "
     "ModifyListenerAttributes"},
    {"AWS::ElasticLoadBalancingV2::ListenerCertificate", "elasticloadbalancing", "", "", Naming::None,
     "AddListenerCertificates RemoveListenerCertificates DescribeListenerCertificates"},
    {"AWS::ElasticLoadBalancingV2::ListenerRule", "elasticloadbalancing", "", "", Naming::None,
     "CreateRule DeleteRule DescribeRules ModifyRule SetRulePriorities"},
    {"AWS::Route53::HostedZone", "route53", "", "", Naming::None,
     "CreateHostedZone DeleteHostedZone GetHostedZone UpdateHostedZoneComment AssociateVPCWithHostedZone "
     "DisassociateVPCFromHostedZone CreateQueryLoggingConfig DeleteQueryLoggingConfig ListQueryLoggingConfigs GetChange "
     "ListResourceRecordSets ChangeTagsForResource ListTagsForResource ec2:DescribeVpcs"},
    {"AWS::Route53::RecordSet", "route53", "", "", Naming::None,
     "ChangeResourceRecordSets ListResourceRecordSets GetHostedZone GetChange ListHostedZonesByName"},
    {"AWS::Route53::RecordSetGroup", "route53", "", "", Naming::None,
     "ChangeResourceRecordSets ListResourceRecordSets GetHostedZone GetChange ListHostedZonesByName"},
    {"AWS::Route53::HealthCheck", "route53", "", "", Naming::None,
     "CreateHealthCheck DeleteHealthCheck GetHealthCheck UpdateHealthCheck ChangeTagsForResource ListTagsForResource"},
    {"AWS::ServiceDiscovery::PrivateDnsNamespace", "servicediscovery", "", "", Naming::None,
     "CreatePrivateDnsNamespace DeleteNamespace GetNamespace GetOperation UpdatePrivateDnsNamespace "
     "route53:CreateHostedZone route53:DeleteHostedZone route53:GetHostedZone route53:ListHostedZonesByName "
     "route53:ChangeResourceRecordSets ec2:DescribeVpcs ec2:DescribeRegions"},
    {"AWS::ServiceDiscovery::PublicDnsNamespace", "servicediscovery", "", "", Naming::None,
     "CreatePublicDnsNamespace DeleteNamespace GetNamespace GetOperation UpdatePublicDnsNamespace "
     "route53:CreateHostedZone route53:DeleteHostedZone route53:GetHostedZone route53:ListHostedZonesByName "
     "route53:ChangeResourceRecordSets"},
    {"AWS::ServiceDiscovery::HttpNamespace", "servicediscovery", "", "", Naming::None,
     "CreateHttpNamespace DeleteNamespace GetNamespace GetOperation UpdateHttpNamespace"},
    {"AWS::ServiceDiscovery::Service", "servicediscovery", "", "", Naming::None,
     "CreateService DeleteService GetService UpdateService GetOperation ListInstances"},
    {"AWS::WAFv2::WebACL", "wafv2", "", "", Naming::None,
     "CreateWebACL DeleteWebACL GetWebACL UpdateWebACL"},
    {"AWS::WAFv2::WebACLAssociation", "wafv2", "", "", Naming::None,
     "AssociateWebACL DisassociateWebACL GetWebACLForResource GetWebACL elasticloadbalancing:SetWebAcl"},
    {"AWS::CertificateManager::Certificate", "acm", "", "", Naming::None,
     "RequestCertificate DeleteCertificate DescribeCertificate AddTagsToCertificate RemoveTagsFromCertificate "
     "ListTagsForCertificate UpdateCertificateOptions route53:ChangeResourceRecordSets route53:GetChange"},
});

}  // namespace

std::span<const Entry> network_entries() { return kEntries; }

}  // namespace stackc::deploy
