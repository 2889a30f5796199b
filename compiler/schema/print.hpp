#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.hpp"
#include "compiler/schema/schema.hpp"

/// Resource types as text for people, at most 100 columns wide: what `stackc schema` prints.
namespace stackc::schema {

/// The whole type: identity, tags, properties, attributes, nested types, documentation.
std::string describe(ResourceType type, bool colour);
/// One nested property type: `AWS::ECS::Service#NetworkConfiguration`.
std::string describe(NestedType type, bool colour);
/// One property or attribute, with the nested type it leads to, if any.
std::string describe(ResourceType type, std::string_view member, bool colour);

/// Appends to `out` what `query` names: `AWS::EC2::Subnet`, `AWS::EC2::Subnet.VpcId` or
/// `AWS::ECS::Service#NetworkConfiguration`. Otherwise reports, with did-you-mean, and answers false.
bool describe(Schema schema, std::string_view query, bool colour, Sink& sink, std::string& out);

/// One line a type with what `Ref` returns; at most `limit`, then how many are left out.
std::string search_results(const std::vector<ResourceType>& types, bool colour, std::size_t limit = 40);

}  // namespace stackc::schema
