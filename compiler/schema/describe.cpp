#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/schema/print.hpp"

// `describe(query)`: from what somebody typed to a type, a member, a nested type.
namespace stackc::schema {

namespace {

bool unknown(Sink& sink, Code code, std::string message, std::string_view close) {
  auto& report = sink.report(code, {}, std::move(message));
  if (!close.empty()) report.help(fmt::format("did you mean `{}`?", close));
  return false;
}

bool unknown_type(Schema schema, std::string_view name, Sink& sink) {
  const auto close = schema.close_names(name);
  auto& report =
      sink.report(Code::UnknownResourceType, {}, fmt::format("there is no resource type `{}`", name));
  if (!close.empty())
    report.help(fmt::format("did you mean `{}`?", close[0]));
  else
    report.help("`stackc schema --search WORDS` finds types by parts of their names");
  return false;
}

bool describe_nested(ResourceType type, std::string_view name, bool colour, Sink& sink, std::string& out) {
  if (const auto nested = type.nested(name)) {
    out += describe(nested, colour);
    return true;
  }
  std::vector<std::string_view> names;
  for (const auto& n : type.nested_types()) names.push_back(n.name());
  return unknown(sink, Code::UnknownType, fmt::format("`{}` has no property type `{}`", type.name(), name),
                 did_you_mean(name, names));
}

bool describe_member(ResourceType type, std::string_view name, bool colour, Sink& sink, std::string& out) {
  if (type.properties().find(name) || type.attributes().find(name)) {
    out += describe(type, name, colour);
    return true;
  }
  auto names = type.properties().names();
  for (const auto attribute : type.attributes().names()) names.push_back(attribute);
  return unknown(sink, Code::UnknownProperty,
                 fmt::format("`{}` has no property or attribute `{}`", type.name(), name),
                 did_you_mean(name, names));
}

}  // namespace

bool describe(Schema schema, std::string_view query, bool colour, Sink& sink, std::string& out) {
  const auto mark = query.find_first_of(".#");
  const auto name = query.substr(0, mark);
  const auto type = schema.find(name);
  if (!type) return unknown_type(schema, name, sink);
  if (mark == std::string_view::npos) {
    out += describe(type, colour);
    return true;
  }
  const auto rest = query.substr(mark + 1);
  return query[mark] == '#' ? describe_nested(type, rest, colour, sink, out)
                            : describe_member(type, rest, colour, sink, out);
}

}  // namespace stackc::schema
