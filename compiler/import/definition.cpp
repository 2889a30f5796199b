#include <algorithm>
#include <array>

#include "compiler/base/text.hpp"
#include "compiler/import/import.hpp"
#include "compiler/schema/api.hpp"

namespace stackc::cfn {
namespace {

/// What `describe-task-definition` tells and nobody can give.
constexpr std::array<std::string_view, 8> kTold = {
    "compatibilities",    "deregisteredAt", "registeredAt", "registeredBy",
    "requiresAttributes", "revision",       "status",       "taskDefinitionArn",
};

/// The input of an operation of ECS, and for which it is.
struct Definition {
  const schema::Api* api = nullptr;  // null: it is none
  ir::ValueRef input = nullptr;
  std::string_view id;  // for the resource
};

bool has_list(const ir::Object& object, std::string_view key) {
  const ir::ValueRef value = object.find(key);
  return value != nullptr && value->get_if<ir::List>() != nullptr;
}

Definition definition_in(ir::ValueRef root) {
  const auto* object = root != nullptr ? root->get_if<ir::Object>() : nullptr;
  if (object == nullptr) return {};
  if (has_list(*object, "containerDefinitions")) {
    return {schema::find_api("AWS::ECS::TaskDefinition", "register-task-definition"), root, "Task"};
  }
  // What `describe-task-definition` answers.
  const ir::ValueRef inner = object->find("taskDefinition");
  const auto* described = inner != nullptr ? inner->get_if<ir::Object>() : nullptr;
  if (described != nullptr && has_list(*described, "containerDefinitions")) return definition_in(inner);
  if (object->find("serviceName") != nullptr && object->find("Resources") == nullptr) {
    return {schema::find_api("AWS::ECS::Service", "create-service"), root, "Service"};
  }
  return {};
}

/// From the API's words to CloudFormation's, along the types of the schema.
class Respell {
 public:
  Respell(const schema::Api& api, Arena& arena, Sink& sink) : api_(api), build_(arena), sink_(sink) {}

  ir::ValueRef object(ir::ValueRef v, schema::Properties properties, bool nested) {
    const auto* given = v->get_if<ir::Object>();
    if (given == nullptr) return v;
    std::vector<ir::Member> members;
    for (const ir::Member& m : given->members) {
      if (m.value->get_if<ir::Null>() != nullptr || (!nested && is_left_out(m.key))) continue;
      const schema::Property property = schema::from_api_key(api_, properties, m.key, nested);
      if (!property) {
        const Span at = m.key_origin.valid() ? m.key_origin : m.value->origin;
        sink_.report(Code::ApiMember, at, fmt::format("`{}` takes no `{}` here", api_.command, m.key));
        continue;
      }
      members.push_back({property.name(), value(m.value, property.type()), m.key_origin});
    }
    return build_.at(v->origin).object(members);
  }

 private:
  [[nodiscard]] bool is_left_out(std::string_view key) const {
    if (std::ranges::find(kTold, key) != kTold.end()) return true;
    return std::ranges::any_of(api_.further, [&](std::string_view f) { return schema::api_key(api_, f, false) == key; });
  }

  ir::ValueRef value(ir::ValueRef v, schema::Type type) {
    if (type.kind() == schema::TypeKind::Nested) return object(v, type.nested().properties(), true);
    const auto* list = v->get_if<ir::List>();
    if (list == nullptr || type.kind() != schema::TypeKind::List) return v;
    std::vector<ir::ValueRef> items;
    for (const ir::ValueRef item : list->items) items.push_back(value(item, type.element()));
    return build_.at(v->origin).list(items);
  }

  const schema::Api& api_;
  const ir::Builder build_;
  Sink& sink_;
};

}  // namespace

bool is_definition(const Document& document) { return definition_in(document.root).api != nullptr; }

void definition_to_template(Document& document, Sink& sink) {
  const Definition d = definition_in(document.root);
  if (d.api == nullptr) return;
  const schema::ResourceType type = schema::Schema::aws().find(d.api->resource_type);
  const ir::ValueRef properties = Respell(*d.api, document.arena, sink).object(d.input, type.properties(), false);
  const ir::Builder b = ir::Builder(document.arena).at(document.root->origin);
  const ir::ValueRef resource = b.object({{"Type", b.string(type.name())}, {"Properties", properties}});
  document.root = b.object({{"AWSTemplateFormatVersion", b.string("2010-09-09")}, {"Resources", b.object({{d.id, resource}})}});
}

}  // namespace stackc::cfn
