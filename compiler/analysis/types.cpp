#include <unordered_set>

#include "compiler/analysis/context.hpp"
#include "compiler/analysis/shape.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/ir/graph.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

constexpr std::string_view kServerless = "AWS::Serverless::";

/// The attributes of resources that `Fn::GetAtt` and `${Resource.Attribute}` name.
class AttributeNames {
 public:
  explicit AttributeNames(const Context& c) : c_(c) {}

  void visit(ValueRef v) {
    if (v == nullptr) return;
    if (const ir::List* list = list_of(v)) {
      for (ValueRef item : list->items) visit(item);
    } else if (const ir::Object* object = object_of(v)) {
      for (const ir::Member& m : object->members) visit(m.value);
    } else if (const auto* made = v->get_if<ir::Call>()) {
      if (made->fn == ir::Fn::GetAtt) get_att(v, *made);
      if (made->fn == ir::Fn::SubText) sub(*made);
      for (ValueRef argument : made->args) visit(argument);
    }
  }

 private:
  void get_att(ValueRef v, const ir::Call& call) {
    const auto* id = text_of(call.args[0]);
    const auto* attribute = call.args.size() > 1 ? text_of(call.args[1]) : nullptr;
    if (id != nullptr && attribute != nullptr) name(*id, *attribute, v->origin);
  }

  void sub(const ir::Call& call) {
    const auto* text = text_of(call.args[0]);
    if (text == nullptr) return;
    const ir::Object* variables = call.args.size() > 1 ? object_of(call.args[1]) : nullptr;
    for (const ir::SubPart& part : ir::sub_parts(*text)) {
      const std::size_t dot = part.text.find('.');
      if (!part.is_name || dot == std::string_view::npos) continue;
      if (variables != nullptr && variables->find(part.text) != nullptr) continue;
      name(part.text.substr(0, dot), part.text.substr(dot + 1), place_in_text(*call.args[0], part.offset, part.text.size()));
    }
  }

  void name(std::string_view id, std::string_view attribute, Span place) {
    const ir::Resource* r = c_.resource(id);
    if (r == nullptr || !is_aws_type(r->type) || is_custom(r->type) || r->type.starts_with(kServerless)) return;
    const schema::ResourceType type = c_.schema.find(r->type);
    if (!type || known(type, attribute)) return;
    if (type.properties().find(attribute)) {
      // CloudFormation gives more properties than its documentation says, and it learns of more.
      c_.sink.report(Code::UnknownValue, place,
                     fmt::format("`{}` is a property of `{}`, and no documented attribute", attribute, r->type));
      return;
    }
    auto& d = c_.sink.report(Code::UnknownAttribute, place, fmt::format("`{}` has no attribute `{}`", r->type, attribute));
    const auto names = type.attributes().names();
    if (const auto close = did_you_mean(attribute, names); !close.empty()) {
      d.labels.front().text = fmt::format("did you mean `{}`?", close);
    } else if (!names.empty() && names.size() <= kFewNames) {
      d.help(fmt::format("it has {}", fmt::join(names, ", ")));
    } else if (names.empty()) {
      d.help("it has no attributes; `Ref` gives its identity");
    }
  }

  /// Outputs of nested stacks and attributes inside of open ones are not in the schema. A property is one too
  /// for newer types, whose whole model can be read.
  static bool known(schema::ResourceType type, std::string_view attribute) {
    const schema::Properties attributes = type.attributes();
    if (attributes.find(attribute)) return true;
    if (attribute.find("${") != std::string_view::npos || attribute.find("&{") != std::string_view::npos) return true;
    for (std::size_t dot = attribute.rfind('.'); dot != std::string_view::npos && dot > 0; dot = attribute.rfind('.', dot - 1)) {
      const std::string_view front = attribute.substr(0, dot);
      if (front == "Outputs") return true;
      const schema::Property outer = attributes.find(front);
      if (outer && outer.type().kind() != schema::TypeKind::String) return true;
      if (type.properties().find(front)) return true;
    }
    return false;
  }

  static constexpr std::size_t kFewNames = 12;
  const Context& c_;
};

}  // namespace

void check_types(const Context& c) {
  std::unordered_set<std::string_view> noted;
  for (const ir::Resource& r : c.t.resources) {
    if (!is_aws_type(r.type) || is_custom(r.type) || c.macros.rewrite) continue;
    if (r.type.starts_with(kServerless)) {
      if (!c.macros.serverless) {
        c.sink.report(Code::MissingTransform, r.origin,
                      fmt::format("`{}` needs the transform `AWS::Serverless-2016-10-31`", r.type));
      } else if (noted.insert(r.type).second) {
        c.sink.report(Code::UncheckedType, r.origin, fmt::format("resources of type `{}` are not checked", r.type))
            .note("the transform `AWS::Serverless-2016-10-31` makes other resources of them");
      }
      continue;
    }
    if (c.schema.find(r.type)) continue;
    auto& d = c.sink.report(Code::UnknownResourceType, r.origin, fmt::format("unknown resource type `{}`", r.type));
    if (const auto close = c.schema.close_names(r.type); !close.empty()) {
      d.labels.front().text = fmt::format("did you mean `{}`?", close.front());
    } else {
      d.help("`stackc schema --search WORD` finds types");
    }
  }
}

void check_attribute_names(const Context& c) {
  if (c.macros.rewrite) return;
  AttributeNames names(c);
  for (const ir::Resource& r : c.t.resources) {
    names.visit(r.properties);
    names.visit(r.metadata);
  }
  for (const ir::Output& o : c.t.outputs) names.visit(o.value);
}

}  // namespace stackc::analysis
