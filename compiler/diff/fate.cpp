#include "compiler/diff/fate.hpp"

#include "compiler/diff/attributes.hpp"

namespace stackc::diff {
namespace {

/// Without a policy, clusters and instances outside of one leave a snapshot when they are deleted.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
bool leaves_snapshot(const ir::Resource& r) {
  if (r.type == "AWS::RDS::DBCluster") return true;
  if (r.type != "AWS::RDS::DBInstance") return false;
  const auto* object = r.properties != nullptr ? r.properties->get_if<ir::Object>() : nullptr;
  return object == nullptr || object->find("DBClusterIdentifier") == nullptr;
}

Fate by_policy(const ir::Resource& r, std::string_view attribute, Resolver& side, Fate otherwise) {
  Arena arena;
  const ir::ValueRef said = side.resolve(attribute_of(r, attribute, arena));
  const auto policy = scalar_text(said);
  if (!policy) return otherwise;
  if (*policy == "Retain" || *policy == "RetainExceptOnCreate") return Fate::Retained;
  return *policy == "Snapshot" ? Fate::Snapshot : Fate::Deleted;
}

}  // namespace

Fate fate_of(const ResourceChange& change, schema::Schema, Resolver& before, Resolver& after) {
  switch (change.action) {
    case Action::Delete: {
      const Fate otherwise = leaves_snapshot(*change.before) ? Fate::Snapshot : Fate::Deleted;
      return by_policy(*change.before, "DeletionPolicy", before, otherwise);
    }
    case Action::Replace:
    case Action::MayReplace:
      return by_policy(*change.after, "UpdateReplacePolicy", after, Fate::Deleted);
    default:
      return Fate::Stays;
  }
}

}  // namespace stackc::diff
