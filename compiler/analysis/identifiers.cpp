#include <array>
#include <map>

#include "compiler/analysis/context.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

/// Both exist at once, as far as their conditions show.
bool coexist(const ir::Resource& a, const ir::Resource& b) {
  if (a.condition == nullptr && b.condition == nullptr) return true;
  return a.condition != nullptr && b.condition != nullptr && ir::equal(a.condition, b.condition);
}

/// The properties that name a resource physically; empty when CloudFormation or AWS make the name.
std::vector<ValueRef> identity(const ir::Resource& r, schema::ResourceType type) {
  const ir::Object* object = object_of(r.properties);
  if (object == nullptr) return {};
  std::vector<ValueRef> values;
  for (const std::string_view key : type.primary_identifier()) {
    const ValueRef v = object->find(key);
    if (v == nullptr || v->is_no_value()) return {};
    const auto* made = v->get_if<ir::Call>();
    if (made != nullptr && made->fn == ir::Fn::If) return {};
    values.push_back(v);
  }
  return values;
}

}  // namespace

void check_identifiers(const Context& c) {
  if (c.macros.rewrite) return;
  std::map<std::pair<std::string_view, std::size_t>, std::vector<std::pair<const ir::Resource*, std::vector<ValueRef>>>> seen;
  for (const ir::Resource& r : c.t.resources) {
    const schema::ResourceType type = is_aws_type(r.type) ? c.schema.find(r.type) : schema::ResourceType{};
    if (!type) continue;
    std::vector<ValueRef> values = identity(r, type);
    if (values.empty()) continue;
    std::size_t hash = 0;
    for (ValueRef v : values) hash = hash * 31 + ir::hash(v);
    auto& group = seen[{r.type, hash}];
    for (const auto& [other, others] : group) {
      const bool same = std::equal(values.begin(), values.end(), others.begin(), others.end(), ir::equal);
      if (!same || !coexist(*other, r)) continue;
      c.sink.report(Code::SharedIdentifier, r.origin,
                    fmt::format("`{}` and `{}` are the same `{}`: {} {} equal", other->id, r.id, r.type,
                                fmt::join(type.primary_identifier(), " and "), values.size() == 1 ? "is" : "are"))
          .label(other->origin, "the other one");
      break;
    }
    group.emplace_back(&r, std::move(values));
  }
}

}  // namespace stackc::analysis
