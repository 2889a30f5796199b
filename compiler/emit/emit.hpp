#pragma once

#include <string>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::emit {

/// The template as CloudFormation JSON, after the output contract: sections in documented order,
/// two spaces, LF, final newline.
std::string template_json(const ir::Template& t);

/// The template as YAML that CloudFormation and every reader of YAML 1.1 read as the same template: block style,
/// short forms of functions, quotes where they are needed.
std::string template_yaml(const ir::Template& t);

/// One value as compact or indented JSON, for messages, dumps and tests.
std::string value_json(ir::ValueRef value, bool indented = false);

/// The source map: `{"Resources/Db/Properties/Port": "app.stack:14:5", …}`, by JSON path.
std::string source_map_json(const ir::Template& t, const SourceMap& sources);

/// A further JSON file beside the template.
std::string document_json(const ir::Document& document);
/// What a release needs to know of the stack's documents: which there are, for which API, and what fills their
/// holes. docs/output.md has its schema.
std::string release_json(const ir::Template& t);

struct ParameterValue {
  std::string key;
  std::string value;
};
/// The form that `aws cloudformation create-stack --parameters file://…` takes.
std::string parameters_json(const std::vector<ParameterValue>& values);

}  // namespace stackc::emit
