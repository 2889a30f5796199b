#include <algorithm>
#include <array>
#include <charconv>

#include "compiler/analysis/context.hpp"
#include "compiler/analysis/shape.hpp"
#include "compiler/base/pattern.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

constexpr auto kKeys = std::to_array<std::string_view>(
    {"AllowedPattern", "AllowedValues", "ConstraintDescription", "Default", "Description", "MaxLength", "MaxValue", "MinLength",
     "MinValue", "NoEcho", "Type"});
constexpr auto kAwsTypes = std::to_array<std::string_view>(
    {"AWS::EC2::AvailabilityZone::Name", "AWS::EC2::Image::Id", "AWS::EC2::Instance::Id", "AWS::EC2::KeyPair::KeyName",
     "AWS::EC2::SecurityGroup::GroupName", "AWS::EC2::SecurityGroup::Id", "AWS::EC2::Subnet::Id", "AWS::EC2::VPC::Id",
     "AWS::EC2::Volume::Id", "AWS::Route53::HostedZone::Id"});
constexpr auto kPlainTypes =
    std::to_array<std::string_view>({"String", "Number", "CommaDelimitedList", "AWS::SSM::Parameter::Name"});
constexpr std::string_view kSsmValue = "AWS::SSM::Parameter::Value<";

template <class Items>
bool has(const Items& items, std::string_view name) {
  return std::find(items.begin(), items.end(), name) != items.end();
}

/// The type between `prefix` and `>`; empty when there is none.
std::string_view content(std::string_view type, std::string_view prefix) {
  if (!type.starts_with(prefix) || !type.ends_with('>')) return {};
  return type.substr(prefix.size(), type.size() - prefix.size() - 1);
}

bool is_known_type(std::string_view type) {
  if (const auto inner = content(type, kSsmValue); !inner.empty()) return is_known_type(inner);
  if (const auto inner = content(type, "List<"); !inner.empty()) {
    return inner == "String" || inner == "Number" || has(kAwsTypes, inner);
  }
  return has(kPlainTypes, type) || has(kAwsTypes, type);
}

/// The text that CloudFormation makes of a scalar; nothing for a list or an object.
std::optional<std::string> scalar_text(ValueRef v) {
  if (const auto* text = text_of(v)) return std::string(*text);
  if (const auto* number = v->get_if<std::int64_t>()) return fmt::format("{}", *number);
  if (const auto* decimal = v->get_if<ir::Decimal>()) return std::string(decimal->text);
  if (const auto* truth = v->get_if<bool>()) return *truth ? "true" : "false";
  return std::nullopt;
}

std::optional<double> number_of(ValueRef v) {
  if (v == nullptr) return std::nullopt;
  const auto text = scalar_text(v);
  double value = 0;
  if (!text || !reads_as_number(*text)) return std::nullopt;
  std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

std::vector<std::string> split_items(std::string_view text) {
  std::vector<std::string> items;
  for (std::size_t begin = 0;;) {
    const std::size_t comma = text.find(',', begin);
    std::string_view item = text.substr(begin, comma == std::string_view::npos ? comma : comma - begin);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    items.emplace_back(item);
    if (comma == std::string_view::npos) return items;
    begin = comma + 1;
  }
}

class ParameterChecker {
 public:
  ParameterChecker(const Context& c, const ir::Parameter& p) : c_(c), p_(p) {}

  void run() {
    if (!is_known_type(p_.type)) return unknown_type();
    for (const ir::Member& m : p_.raw) {
      if (m.value != nullptr) key(m);
    }
    bounds("MinLength", p_.min_length, "MaxLength", p_.max_length);
    bounds("MinValue", p_.min_value, "MaxValue", p_.max_value);
    if (p_.type != "Number") only_for_numbers();
    if (p_.default_value != nullptr) default_value();
  }

 private:
  Diagnostic& refuse(Code code, ValueRef at, std::string message) {
    return c_.sink.report(code, at != nullptr && at->origin.valid() ? at->origin : p_.origin, std::move(message));
  }

  void unknown_type() {
    std::vector<std::string_view> names(kPlainTypes.begin(), kPlainTypes.end());
    names.insert(names.end(), kAwsTypes.begin(), kAwsTypes.end());
    auto& d = refuse(Code::ParamTypeNotAllowed, nullptr, fmt::format("the parameter `{}` has the unknown type `{}`", p_.id, p_.type));
    if (const auto close = did_you_mean(p_.type, names); !close.empty()) d.help(fmt::format("did you mean `{}`?", close));
    else d.help("its type is `String`, `Number`, `CommaDelimitedList`, `List<…>`, `AWS::SSM::Parameter::Value<…>` or one such as `AWS::EC2::VPC::Id`");
  }

  void key(const ir::Member& m) {
    if (m.value->get_if<ir::Null>() != nullptr) return;
    const Span at = m.key_origin.valid() ? m.key_origin : p_.origin;
    if (!has(kKeys, m.key)) {
      if (is_function_key(m.key)) return;
      auto& d = c_.sink.report(Code::UnknownEntryKey, at, fmt::format("a parameter has no `{}`", m.key));
      if (const auto close = did_you_mean(m.key, kKeys); !close.empty()) d.help(fmt::format("did you mean `{}`?", close));
      else d.help(fmt::format("it has {}", fmt::join(kKeys, ", ")));
      return;
    }
    if (m.key == "AllowedValues" && list_of(m.value) == nullptr) form(m, "a list of values");
    if (m.key == "NoEcho") truth(m);
    const bool texts = m.key == "Description" || m.key == "AllowedPattern" || m.key == "ConstraintDescription";
    if (texts && !scalar_text(m.value)) form(m, "text");
  }

  void truth(const ir::Member& m) {
    if (m.value->get_if<bool>() != nullptr) return;
    const auto* text = text_of(m.value);
    if (text == nullptr || !(has(std::to_array<std::string_view>({"true", "false", "True", "False", "TRUE", "FALSE"}), *text))) {
      form(m, "`true` or `false`");
    }
  }

  void form(const ir::Member& m, std::string_view expected) {
    c_.sink.report(Code::InvalidEntry, m.key_origin.valid() ? m.key_origin : p_.origin,
                   fmt::format("`{}` of the parameter `{}` is {}, expected {}", m.key, p_.id, shown(m.value), expected));
  }

  void bounds(std::string_view least_key, ValueRef least, std::string_view most_key, ValueRef most) {
    for (const auto& [name, v] : {std::pair{least_key, least}, std::pair{most_key, most}}) {
      if (v == nullptr || v->get_if<ir::Null>() != nullptr || number_of(v)) continue;
      refuse(Code::MisfitConstraint, v, fmt::format("`{}` of the parameter `{}` is {}, expected a number", name, p_.id, shown(v)));
    }
    const auto low = number_of(least), high = number_of(most);
    if (low && high && *low > *high) {
      refuse(Code::MisfitConstraint, least, fmt::format("`{}` of the parameter `{}` is greater than its `{}`", least_key, p_.id, most_key));
    }
  }

  /// AWS's documentation of parameters: `MinValue` and `MaxValue` are for numbers.
  void only_for_numbers() {
    for (const auto& [name, v] : {std::pair{"MinValue", p_.min_value}, std::pair{"MaxValue", p_.max_value}}) {
      if (v == nullptr || v->get_if<ir::Null>() != nullptr) continue;
      refuse(Code::MisfitConstraint, v, fmt::format("`{}` is for parameters of type `Number`, and `{}` is a `{}`", name, p_.id, p_.type));
    }
  }

  void default_value() {
    const ValueRef v = p_.default_value;
    if (v->get_if<ir::Null>() != nullptr) return;
    const auto text = scalar_text(v);
    if (!text) {
      refuse(Code::RefusedDefault, v, fmt::format("the default of `{}` is text, found {}", p_.id, shown(v)));
      return;
    }
    // The default of an SSM parameter names a value, it is none.
    if (p_.type.starts_with(kSsmValue) || is_dynamic(*text)) return;
    const bool list = is_list_parameter(p_.type);
    if (list && text->empty()) return;
    for (const std::string& item : list ? split_items(*text) : std::vector<std::string>{*text}) {
      if (!item_fits(v, item)) return;
    }
  }

  bool item_fits(ValueRef v, const std::string& item) {
    if (p_.type.find("Number") != std::string_view::npos) {
      if (!reads_as_number(item)) {
        refuse(Code::RefusedDefault, v, fmt::format("the default of `{}` is a number, found `{}`", p_.id, item));
        return false;
      }
      return in_range(v, item);
    }
    return allowed(v, item) && in_length(v, item) && matches(v, item);
  }

  bool in_range(ValueRef v, const std::string& item) {
    double value = 0;
    std::from_chars(item.data(), item.data() + item.size(), value);
    const auto least = number_of(p_.min_value), most = number_of(p_.max_value);
    if ((!least || value >= *least) && (!most || value <= *most)) return allowed(v, item);
    refuse(Code::RefusedDefault, v, fmt::format("the default of `{}` is {}, outside its own range", p_.id, item));
    return false;
  }

  bool allowed(ValueRef v, const std::string& item) {
    const ir::List* values = list_of(p_.allowed_values);
    if (values == nullptr) return true;
    std::vector<std::string> names;
    for (ValueRef each : values->items) {
      const auto text = scalar_text(each);
      if (!text || *text == item) return true;
      const auto number = number_of(each);
      if (p_.type.find("Number") != std::string_view::npos && number && number == to_number(item)) return true;
      names.push_back(fmt::format("`{}`", *text));
    }
    auto& d = refuse(Code::RefusedDefault, v, fmt::format("the default of `{}` is `{}`, which its own allowed values do not have", p_.id, item));
    if (names.size() <= kFewNames) d.help(fmt::format("they are {}", fmt::join(names, ", ")));
    return false;
  }

  static std::optional<double> to_number(const std::string& item) {
    double value = 0;
    if (std::from_chars(item.data(), item.data() + item.size(), value).ec != std::errc{}) return std::nullopt;
    return value;
  }

  bool in_length(ValueRef v, const std::string& item) {
    if (is_list_parameter(p_.type)) return true;
    const auto least = number_of(p_.min_length), most = number_of(p_.max_length);
    const auto length = static_cast<double>(std::count_if(item.begin(), item.end(), [](char ch) { return (static_cast<unsigned char>(ch) & 0xC0U) != 0x80U; }));
    if ((!least || length >= *least) && (!most || length <= *most)) return true;
    refuse(Code::RefusedDefault, v, fmt::format("the default of `{}` has {} characters, outside its own limits", p_.id, length));
    return false;
  }

  /// CloudFormation demands that the whole value matches.
  bool matches(ValueRef v, const std::string& item) {
    if (p_.allowed_pattern.empty()) return true;
    if (pattern_found(fmt::format("^(?:{})$", p_.allowed_pattern), item) != false) return true;
    refuse(Code::RefusedDefault, v, fmt::format("the default of `{}` is `{}`, which does not match its own pattern `{}`", p_.id, item, p_.allowed_pattern));
    return false;
  }

  static constexpr std::size_t kFewNames = 12;
  const Context& c_;
  const ir::Parameter& p_;
};

}  // namespace

void check_parameters(const Context& c) {
  if (c.macros.rewrite) return;
  for (const ir::Parameter& p : c.t.parameters) ParameterChecker(c, p).run();
}

}  // namespace stackc::analysis
