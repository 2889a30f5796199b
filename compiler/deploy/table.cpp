#include "compiler/deploy/table.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "compiler/base/text.hpp"

namespace stackc::deploy {
namespace {

/// Services of which IAM's prefix is not CloudFormation's name in lower case.
constexpr auto kPrefixes = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"ACMPCA", "acm-pca"},
    {"APS", "aps"},
    {"AccessAnalyzer", "access-analyzer"},
    {"AmazonMQ", "mq"},
    {"ApiGateway", "apigateway"},
    {"ApiGatewayV2", "apigateway"},
    {"AppIntegrations", "app-integrations"},
    {"ApplicationAutoScaling", "application-autoscaling"},
    {"AutoScalingPlans", "autoscaling-plans"},
    {"BackupGateway", "backup-gateway"},
    {"Cassandra", "cassandra"},
    {"CertificateManager", "acm"},
    {"CodeArtifact", "codeartifact"},
    {"CodeStarConnections", "codestar-connections"},
    {"CodeStarNotifications", "codestar-notifications"},
    {"Cognito", "cognito-idp"},
    {"DirectoryService", "ds"},
    {"DocDB", "rds"},
    {"DocDBElastic", "docdb-elastic"},
    {"EFS", "elasticfilesystem"},
    {"EMR", "elasticmapreduce"},
    {"EMRContainers", "emr-containers"},
    {"EMRServerless", "emr-serverless"},
    {"ElasticLoadBalancing", "elasticloadbalancing"},
    {"ElasticLoadBalancingV2", "elasticloadbalancing"},
    {"Elasticsearch", "es"},
    {"EventSchemas", "schemas"},
    {"InspectorV2", "inspector2"},
    {"KafkaConnect", "kafkaconnect"},
    {"KinesisAnalytics", "kinesisanalytics"},
    {"KinesisAnalyticsV2", "kinesisanalytics"},
    {"KinesisFirehose", "firehose"},
    {"LicenseManager", "license-manager"},
    {"MSK", "kafka"},
    {"Macie", "macie2"},
    {"MWAA", "airflow"},
    {"Neptune", "rds"},
    {"NetworkFirewall", "network-firewall"},
    {"OpenSearchServerless", "aoss"},
    {"OpenSearchService", "es"},
    {"ResourceExplorer2", "resource-explorer-2"},
    {"ResourceGroups", "resource-groups"},
    {"SSMContacts", "ssm-contacts"},
    {"SSMIncidents", "ssm-incidents"},
    {"StepFunctions", "states"},
    {"SystemsManagerSAP", "ssm-sap"},
    {"VpcLattice", "vpc-lattice"},
    {"WAFRegional", "waf-regional"},
});

/// The verbs of actions that make, show, change and remove a thing.
constexpr auto kVerbs = std::to_array<std::string_view>({
    "Accept", "Add", "Allocate", "Associate", "Attach", "Authorize", "Create", "Delete", "Deregister", "Describe", "Detach",
    "Disable", "Disassociate", "Enable", "Get", "List", "Modify", "Put", "Register", "Reject", "Release", "Remove",
    "Replace", "Reset", "Revoke", "Set", "Tag", "Untag", "Update",
});
/// What may stand behind the thing, in lower case: `DescribeVpcAttribute`, `GetQueuePolicy`.
constexpr auto kEndings = std::to_array<std::string_view>({
    "", "s", "es", "attribute", "attributes", "config", "configuration", "configurations", "policy", "settings", "status",
    "tags", "version", "versions",
});
/// The actions for tags that most services have.
constexpr auto kTagging = std::to_array<std::string_view>({
    "AddTags", "AddTagsToResource", "DescribeTags", "ListTagsForResource", "RemoveTags", "RemoveTagsFromResource",
    "TagResource", "UntagResource",
});

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// Is `action` one that `noun` (in lower case) is made, shown, changed or removed by?
bool is_about(std::string_view action, std::string_view noun) {
  const auto verb = std::find_if(kVerbs.begin(), kVerbs.end(), [&](std::string_view v) { return action.starts_with(v); });
  if (verb == kVerbs.end()) return false;
  const std::string rest = lower(action.substr(verb->size()));
  const std::string_view ending = rest.starts_with(noun) ? std::string_view(rest).substr(noun.size()) : "-";
  if (std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end()) return true;
  // a policy, policies
  return noun.ends_with('y') && rest.size() == noun.size() + 2 && rest.starts_with(noun.substr(0, noun.size() - 1)) &&
         rest.ends_with("ies");
}

void add_words(std::set<std::string>& into, std::string_view words, std::string_view service) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (word.empty()) continue;
    into.insert(word.find(':') != std::string_view::npos ? std::string(word) : fmt::format("{}:{}", service, word));
  }
}

void add_tagging(std::set<std::string>& into, iam::Service service, schema::ResourceType known) {
  if (!service || !known || known.tag_shape() == schema::TagShape::None) return;
  if (service.prefix() == "ec2") {
    into.insert({"ec2:CreateTags", "ec2:DeleteTags", "ec2:DescribeTags"});
    return;
  }
  if (service.prefix() == "iam" || service.prefix() == "s3") return;  // an action for each type; the list has them
  for (const std::string_view action : kTagging) {
    if (service.find(action)) into.insert(fmt::format("{}:{}", service.prefix(), action));
  }
}

}  // namespace

const Entry* find_entry(std::string_view type) {
  for (const auto entries : {network_entries(), compute_entries(), data_entries(), other_entries()}) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.type == type; });
    if (found != entries.end()) return &*found;
  }
  return nullptr;
}

std::string_view prefix_of(std::string_view service, iam::Iam iam) {
  for (const auto& [name, prefix] : kPrefixes) {
    if (name == service) return prefix;
  }
  const iam::Service found = iam.find(service);
  return found ? found.prefix() : std::string_view{};
}

Needs needs_of(std::string_view type, schema::ResourceType known, iam::Iam iam) {
  Needs needs;
  std::set<std::string> actions;
  if (const Entry* entry = find_entry(type)) {
    needs = {{}, entry->own, entry->name, entry->service, entry->naming, Needs::Source::Kept};
    add_words(actions, entry->actions, entry->service);
    if (!entry->actions.empty()) add_tagging(actions, iam.find(entry->service), known);
  } else {
    const std::size_t first = type.find("::"), second = type.find("::", first + 2);
    if (first == std::string_view::npos || second == std::string_view::npos) return needs;
    needs.service = prefix_of(type.substr(first + 2, second - first - 2), iam);
    const iam::Service service = needs.service.empty() ? iam::Service{} : iam.find(needs.service);
    if (!service) return needs;
    if (service.prefix() == "apigateway") {  // its actions are the methods of its API, whatever the type
      needs.source = Needs::Source::Kept;
      needs.actions = {"apigateway:DELETE", "apigateway:GET", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"};
      return needs;
    }
    const std::string noun = lower(type.substr(second + 2));
    bool makes = false;
    for (std::size_t i = 0; i < service.size(); ++i) {
      const std::string_view action = service[i].name();
      if (!is_about(action, noun)) continue;
      makes = makes || service[i].level() == iam::Level::Write || service[i].level() == iam::Level::Permissions;
      actions.insert(fmt::format("{}:{}", service.prefix(), action));
    }
    if (!makes) {
      actions = {fmt::format("{}:*", service.prefix())};
      needs.source = Needs::Source::Unknown;
    } else {
      add_tagging(actions, service, known);
      needs.source = Needs::Source::Names;
    }
  }
  needs.actions.assign(actions.begin(), actions.end());
  return needs;
}

}  // namespace stackc::deploy
