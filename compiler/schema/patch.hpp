#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/diagnostic.hpp"
#include "compiler/schema/blob.hpp"
#include "compiler/schema/schema.hpp"

/// Corrections of AWS types by a project, for what the snapshot in the binary does not know yet.
namespace stackc::schema {

/// What a project says of one property or attribute. What is not said stays; a member that the type does
/// not have is new, and needs a type.
struct MemberPatch {
  std::string name;
  std::string type;  // as in a stack file: `[String]`, `AWS::EC2::VPC.VpcId`; empty: not said
  std::optional<bool> required;
  std::optional<Replacement> replacement;
  bool remove = false;
  Span span;  // in the file of the corrections
};
struct NestedPatch {
  std::string name;
  std::vector<MemberPatch> properties;
  Span span;
};
struct TypePatch {
  std::string name;
  std::vector<MemberPatch> properties, attributes;
  std::vector<NestedPatch> types;
  std::vector<std::string> primary;  // of a new type; empty: not said
  std::string ref;                   // likewise
  Span span;
};

/// The types of `patches` as they are with them, `schema`'s facts under what they say. What cannot be read is
/// reported at its place; the result is null when there was nothing to build.
std::unique_ptr<OwnedBlob> patched(const std::vector<TypePatch>& patches, Schema schema, Sink& sink);

}  // namespace stackc::schema
