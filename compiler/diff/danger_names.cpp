#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"

namespace stackc::diff {
namespace {

using schema::Replacement;

/// The properties that make the resource's name: `BucketName`, or `Name` and what it is unique in.
std::vector<std::string_view> naming_properties(const schema::ResourceType& type) {
  std::vector<std::string_view> names;
  const auto is_property = [&](std::string_view p) { return static_cast<bool>(type.properties().find(p)); };
  // What AWS makes a part of is unique by that part.
  const std::vector<std::string_view> identifier = type.primary_identifier();
  if (std::all_of(identifier.begin(), identifier.end(), is_property)) names = identifier;
  const std::string_view last = type.name().substr(type.name().rfind(':') + 1);
  for (const std::string_view p : type.properties().names()) {
    const bool named = p == "Name" || (p.ends_with("Name") && p.substr(0, p.size() - 4) == last) ||
                       (type.name() == "AWS::EC2::SecurityGroup" && p == "GroupName");
    if (named && std::find(names.begin(), names.end(), p) == names.end()) names.push_back(p);
  }
  return names;
}

const ir::Object* properties_of(const ir::Resource* r) {
  return r == nullptr || r->properties == nullptr ? nullptr : r->properties->get_if<ir::Object>();
}

/// The name of a security group counts within its VPC, the name of what belongs to a parent within that.
bool within_another(const ResourceChange& r, const std::vector<std::string_view>& names) {
  static constexpr std::string_view kParents[] = {"VpcId",     "Cluster",    "ApiId",
                                                  "RestApiId", "UserPoolId", "FunctionName"};
  return std::any_of(r.properties.begin(), r.properties.end(), [&](const PropertyChange& p) {
    if (p.replacement == Replacement::No) return false;
    const bool parent = std::find(std::begin(kParents), std::end(kParents), p.path) != std::end(kParents);
    return parent || std::find(names.begin(), names.end(), p.path) != names.end();
  });
}

/// The type knows the name but an entry of a database or a zone is another thing when its name is.
void collision(Search& s, const ResourceChange& r) {
  const schema::ResourceType type = s.schema.find(r.type);
  const auto* properties = properties_of(r.after);
  if (!type || properties == nullptr) return;
  const std::vector<std::string_view> names = naming_properties(type);
  if (within_another(r, names)) return;
  for (const std::string_view name : names) {
    const ir::ValueRef given = properties->find(name);
    const auto own = name.ends_with("Name") || name == "Id" || name.ends_with("Identifier");
    if (given == nullptr || !own || type.properties().find(name).replacement() != Replacement::Yes) continue;
    if (!s.after.named_resource(given).empty()) continue;  // another's name, not its own
    const std::string text = s.after.shown(s.after.text(given));
    const std::string_view may = r.action == Action::MayReplace ? "may be" : "is";
    Danger& d =
        s.add(DangerKind::NameCollision, r.id,
              fmt::format(
                  "`{}` {} replaced and keeps its name `{}` (`{}`): the new one cannot be made while the old "
                  "one is there",
                  r.id, may, text, name));
    d.help = fmt::format("give it another `{}` in the same deployment, or none, so that AWS makes one", name);
    return;
  }
}

}  // namespace

void find_collisions(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (r.before != nullptr && (r.action == Action::Replace || r.action == Action::MayReplace))
      collision(s, r);
  }
}

}  // namespace stackc::diff
