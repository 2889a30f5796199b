#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

/// What the checks of `check_template` share: one template, indexed once.
namespace stackc::analysis {

/// What the template's transforms may do before CloudFormation looks at it.
struct Macros {
  bool rewrite = false;     // a macro of the account, or an include at the top: anything may change
  bool add = false;         // resources and conditions may appear that the template does not show
  bool extensions = false;  // AWS::LanguageExtensions
  bool serverless = false;  // AWS::Serverless-2016-10-31
};
Macros macros_of(const ir::Template& t);

class Context {
 public:
  Context(const ir::Template& template_, schema::Schema schema_, Sink& sink_);

  const ir::Template& t;
  schema::Schema schema;
  Sink& sink;
  Macros macros;

  /// Null when the template has none of that name.
  [[nodiscard]] const ir::Resource* resource(std::string_view id) const;
  [[nodiscard]] const ir::Parameter* parameter(std::string_view id) const;

 private:
  std::unordered_map<std::string_view, const ir::Resource*> resources_;
  std::unordered_map<std::string_view, const ir::Parameter*> parameters_;
};

/// The text of a value that is text, else null.
inline const std::string_view* text_of(ir::ValueRef v) {
  return v == nullptr ? nullptr : v->get_if<std::string_view>();
}
inline const ir::Object* object_of(ir::ValueRef v) { return v == nullptr ? nullptr : v->get_if<ir::Object>(); }
inline const ir::List* list_of(ir::ValueRef v) { return v == nullptr ? nullptr : v->get_if<ir::List>(); }

/// A key that stands for a function: `Ref`, `Fn::…`. (`Condition` is a key of many other things too.)
inline bool is_function_key(std::string_view key) { return key == "Ref" || key.starts_with("Fn::"); }
/// An object some of whose members a transform or a loop makes: what it lacks may still come.
bool is_open(const ir::Object& object);

/// `AWS::EC2::Subnet` is one of AWS's own; `Custom::X`, `A::B::C::MODULE` and types of others are not.
bool is_aws_type(std::string_view type);
bool is_module(std::string_view type);
bool is_custom(std::string_view type);

/// A number as CloudFormation reads it in text: `80`, `0.5`, with spaces around.
bool reads_as_integer(std::string_view text);
bool reads_as_number(std::string_view text);
/// Text that is only known at deployment: a dynamic reference.
bool is_dynamic(std::string_view text);

/// The place of `length` bytes at `offset` of a text value: exact where the text stands in its source as it is
/// (plain, or quoted without escapes), else the whole value.
Span place_in_text(const ir::Value& text, std::uint32_t offset, std::size_t length);

/// The kind of a value for messages: "a list", "`80`".
std::string shown(ir::ValueRef v);

// ---------------------------------------------------------------- the checks, one file each

void check_sections(const Context& c);
void check_nulls(const Context& c);
void check_parameters(const Context& c);
void check_conditions(const Context& c);
void check_mappings(const Context& c);
void check_outputs(const Context& c);
void check_resource_attributes(const Context& c);
void check_functions(const Context& c);
void check_types(const Context& c);
void check_properties(const Context& c);
void check_attribute_names(const Context& c);
void check_identifiers(const Context& c);
void check_unused(const Context& c);
void check_missing_sub(const Context& c);
void check_conditional_references(const Context& c);

}  // namespace stackc::analysis
