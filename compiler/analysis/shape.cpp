#include "compiler/analysis/shape.hpp"

namespace stackc::analysis {
namespace {

using ir::Fn;
using schema::TypeKind;

Result of_parameter(std::string_view type) {
  Result r{is_list_parameter(type) ? Shape::TextList : Shape::Text, {}, {}, true};
  return r;
}

Result of_ref(const Context& c, std::string_view id) {
  if (id == "AWS::NoValue") return {Shape::Absent, {}, {}, false};
  if (id == "AWS::NotificationARNs") return {Shape::TextList, {}, {}, false};
  if (id.starts_with("AWS::")) return {Shape::Text, {}, {}, false};
  if (const ir::Parameter* p = c.parameter(id)) return of_parameter(p->type);
  const ir::Resource* r = c.resource(id);
  if (r == nullptr || !is_aws_type(r->type) || is_custom(r->type)) return {};
  const schema::ResourceType type = c.schema.find(r->type);
  if (!type || type.ref_member().empty()) return {};
  return {Shape::Text, type.name(), type.ref_member(), false};
}

Result of_attribute(const Context& c, std::string_view id, std::string_view attribute) {
  const ir::Resource* r = c.resource(id);
  if (r == nullptr || is_custom(r->type)) return {};
  const schema::ResourceType type = c.schema.find(r->type);
  if (!type) return {};
  const schema::Property found = type.attributes().find(attribute);
  if (!found) return {};
  switch (found.type().kind()) {
    case TypeKind::Id: return {Shape::Text, found.type().resource_type(), found.type().member(), false};
    case TypeKind::String:
    case TypeKind::Literal:
    case TypeKind::Timestamp: return {Shape::Text, {}, {}, false};
    case TypeKind::List: return {Shape::TextList, {}, {}, false};
    default: return {};
  }
}

}  // namespace

bool is_list_parameter(std::string_view type) {
  constexpr std::string_view kSsm = "AWS::SSM::Parameter::Value<";
  if (type.starts_with(kSsm)) type.remove_prefix(kSsm.size());
  return type.starts_with("List<") || type.starts_with("CommaDelimitedList");
}

Result result_of(const Context& c, const ir::Call& call) {
  const auto* first = call.args.empty() ? nullptr : text_of(call.args[0]);
  switch (call.fn) {
    case Fn::Ref: return first != nullptr ? of_ref(c, *first) : Result{};
    case Fn::GetAtt: {
      const auto* attribute = call.args.size() > 1 ? text_of(call.args[1]) : nullptr;
      return first != nullptr && attribute != nullptr ? of_attribute(c, *first, *attribute) : Result{};
    }
    case Fn::Sub:
    case Fn::SubText:
    case Fn::Join:
    case Fn::Base64:
    case Fn::ToJsonString: return {Shape::Text, {}, {}, false};
    case Fn::Split:
    case Fn::GetAZs:
    case Fn::Cidr: return {Shape::TextList, {}, {}, false};
    default: return {};
  }
}

}  // namespace stackc::analysis
