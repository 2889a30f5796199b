#include "compiler/base/text.hpp"
#include "compiler/sema/types.hpp"

namespace stackc::sema {

namespace {

std::string_view plain_name(Kind kind) {
  switch (kind) {
    case Kind::Error: return "?";
    case Kind::Never: return "nothing";
    case Kind::None: return "none";
    case Kind::String: return "String";
    case Kind::Int: return "Int";
    case Kind::Number: return "Number";
    case Kind::Bool: return "Bool";
    case Kind::Json: return "Json";
    case Kind::Cidr: return "Cidr";
    case Kind::Duration: return "Duration";
    case Kind::Size: return "Size";
    case Kind::Percent: return "Percent";
    case Kind::Arn: return "Arn";
    case Kind::Policy: return "Policy";
    case Kind::Port: return "Port";
    case Kind::Pseudo: return "aws";
    case Kind::Range: return "Range";
    default: return "";
  }
}

std::string_view unit_name(schema::Unit unit) {
  using schema::Unit;
  switch (unit) {
    case Unit::None: return "";
    case Unit::Milliseconds: return "ms";
    case Unit::Seconds: return "s";
    case Unit::Minutes: return "min";
    case Unit::Hours: return "h";
    case Unit::Days: return "d";
    case Unit::Iso8601: return "Iso8601";
    case Unit::Bytes: return "B";
    case Unit::KiB: return "KiB";
    case Unit::MiB: return "MiB";
    case Unit::GiB: return "GiB";
    case Unit::TiB: return "TiB";
    case Unit::Percent: return "%";
  }
  return "";
}

std::string scalar_text(const Type& t) {
  std::string text{plain_name(t.kind)};
  if (t.unit != schema::Unit::None) text += fmt::format("<{}>", unit_name(t.unit));
  const Constraint& c = t.constraint;
  if (!c.pattern.empty()) return text + fmt::format("(/{}/)", c.pattern);
  if (c.low || c.high) {
    text += '(';
    if (c.low) text += fmt::format("{}", *c.low);
    text += "..";
    if (c.high) text += fmt::format("{}", *c.high);
    text += ')';
  }
  return text;
}

constexpr std::size_t kShownArms = 8;
constexpr std::size_t kShownFields = 8;

}  // namespace

std::string TypeTable::str(TypeId id) const {
  const Type& t = (*this)[id];
  switch (t.kind) {
    case Kind::String:
    case Kind::Int:
    case Kind::Number: return scalar_text(t);
    case Kind::Literal: return kind(t.element) == Kind::String ? fmt::format("\"{}\"", t.text) : std::string(t.text);
    case Kind::Id: return fmt::format("{}.{}", t.resource_name, t.member);
    case Kind::Resource: return std::string(t.resource_name);
    case Kind::Properties: return std::string(t.resource_name);
    case Kind::Nested:
      return t.resource_name.empty() ? std::string(t.member) : fmt::format("{}#{}", t.resource_name, t.member);
    case Kind::Instance: return "component";
    case Kind::List: return fmt::format("[{}]", str(t.element));
    case Kind::Map: return fmt::format("{{[String]: {}}}", str(t.element));
    case Kind::Optional:
      return kind(t.element) == Kind::Union ? fmt::format("({})?", str(t.element)) : str(t.element) + "?";
    case Kind::Secret: return fmt::format("Secret<{}>", str(t.element));
    case Kind::Ssm: return fmt::format("Ssm<{}>", str(t.element));
    case Kind::Union: {
      std::string text;
      for (std::size_t i = 0; i < t.arms.size(); ++i) {
        if (i == kShownArms) return text + fmt::format(" | … {} more", t.arms.size() - i);
        if (i != 0) text += " | ";
        text += str(t.arms[i]);
      }
      return text;
    }
    case Kind::Record:
    case Kind::Upstream: {
      std::string text = "{";
      for (std::size_t i = 0; i < t.fields.size(); ++i) {
        if (i == kShownFields) {
          text += ", …";
          break;
        }
        text += fmt::format("{} {}{}: {}", i == 0 ? "" : ",", t.fields[i].name, t.fields[i].optional ? "?" : "",
                            str(t.fields[i].type));
      }
      return text + " }";
    }
    default: return std::string(plain_name(t.kind));
  }
}

}  // namespace stackc::sema
