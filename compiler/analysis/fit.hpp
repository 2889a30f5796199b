#pragma once

#include <string>

#include "compiler/analysis/context.hpp"

namespace stackc::analysis {

/// The property that a value is given to.
struct Slot {
  schema::ResourceType resource;
  schema::NestedType nested;  // false: a property of the resource itself
  std::string_view property;
  /// `AWS::ECS::Service#LoadBalancer`
  [[nodiscard]] std::string owner() const;
  /// property `X` of `AWS::ECS::Service#LoadBalancer`
  [[nodiscard]] std::string what() const;
};

/// Checks values against the types of the schema. What CloudFormation converts is fine: `"80"` for a number,
/// `"true"` for a truth value, a number for text.
class Fitter {
 public:
  explicit Fitter(const Context& c) : c_(c) {}

  /// The properties of one resource; null: it has none.
  void properties(const ir::Resource& r, schema::ResourceType type);

 private:
  void record(schema::Properties properties, const ir::Object& object, const Slot& slot, Span place);
  void unknown_key(schema::Properties properties, const ir::Member& m, const Slot& slot);
  void missing(schema::Properties properties, const ir::Object* object, const Slot& slot, Span place);
  void value(schema::Type type, ir::ValueRef v, const Slot& slot);
  void call(schema::Type type, ir::ValueRef v, const ir::Call& call, const Slot& slot);
  void list(schema::Type element, const ir::List& items, const Slot& slot);
  void map(schema::Type element, const ir::Object& object, const Slot& slot);
  void one_of(schema::Type type, ir::ValueRef v, const Slot& slot);
  void mismatch(schema::Type type, ir::ValueRef v, const Slot& slot);
  void constraints(schema::Type type, ir::ValueRef v, const Slot& slot);

  const Context& c_;
};

// ---------------------------------------------------------------- what the schema does not say

/// Properties that exclude or need each other, of a resource or a nested type.
void check_combinations(const Context& c, const Slot& slot, const ir::Object& object, Span place);
/// The keys of a DynamoDB table and the definitions of its attributes.
void check_table_keys(const Context& c, const Slot& slot, const ir::Object& object);
/// Limits of services on numbers, lengths and sizes; true after a report.
bool check_service_limit(const Context& c, const Slot& slot, ir::ValueRef v);
/// A load balancer of applications in one subnet.
void check_balancer_subnets(const Context& c, const Slot& slot, const ir::Object& object);
/// The form of IAM policy documents, where the slot takes one.
void check_policy(const Context& c, const Slot& slot, ir::ValueRef v);
/// Text in the place of an id that AWS makes, or of a role's ARN.
void check_id_form(const Context& c, schema::Type type, const Slot& slot, ir::ValueRef v);
/// Elements given twice, in lists of ids.
void check_repeated(const Context& c, const Slot& slot, const ir::List& list);

// ---------------------------------------------------------------- by kind, without looking inside

/// Whether a value that is no function can be of the type, by its form alone.
bool has_form(schema::Type type, ir::ValueRef v);
/// Takes one value rather than a list or object; unknown for `Json`.
bool takes_scalars_only(schema::Type type);
bool takes_lists_only(schema::Type type);
bool takes_objects_only(schema::Type type);
/// An id that AWS makes and that tells its kind (`vpc-…`, `subnet-…`): what takes one takes no other. Names and ARNs
/// are not among them, for AWS's data does not say everything that a place for an ARN takes.
bool is_plain_id(std::string_view resource_type, std::string_view member);
bool takes_plain_ids_only(schema::Type type);
/// A place for code or a document that `aws cloudformation package` replaces when it finds the path of a file there.
bool is_uploaded(const Slot& slot);
bool takes_id_of(schema::Type type, std::string_view resource_type);

}  // namespace stackc::analysis
