#include <algorithm>
#include <array>
#include <optional>

#include "compiler/base/text.hpp"
#include "compiler/import/lift_literals.hpp"
#include "compiler/import/lifter.hpp"

/// Parameters, with the types that say what their attributes say.
namespace stackc::cfn {
namespace {

struct KnownType {
  std::string_view type;    // of a parameter
  std::string_view source;  // in the language
};
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
constexpr std::array kKnownTypes = {
    KnownType{"String", "String"},
    KnownType{"AWS::EC2::VPC::Id", "AWS::EC2::VPC.VpcId"},
    KnownType{"AWS::EC2::Subnet::Id", "AWS::EC2::Subnet.SubnetId"},
    KnownType{"AWS::EC2::SecurityGroup::Id", "AWS::EC2::SecurityGroup.GroupId"},
    KnownType{"AWS::EC2::SecurityGroup::GroupName", "AWS::EC2::SecurityGroup.GroupName"},
    KnownType{"AWS::EC2::Instance::Id", "AWS::EC2::Instance.InstanceId"},
    KnownType{"AWS::EC2::Volume::Id", "AWS::EC2::Volume.VolumeId"},
    KnownType{"AWS::EC2::KeyPair::KeyName", "AWS::EC2::KeyPair.KeyName"},
    KnownType{"AWS::EC2::Image::Id", "AWS::EC2::Image.Id"},
    KnownType{"AWS::EC2::AvailabilityZone::Name", "AWS::EC2::AvailabilityZone.Name"},
    KnownType{"AWS::Route53::HostedZone::Id", "AWS::Route53::HostedZone.Id"},
    KnownType{"AWS::SSM::Parameter::Name", "AWS::SSM::Parameter.Name"},
};

std::optional<std::string> plain_type(std::string_view type) {
  if (type == "CommaDelimitedList") return "[String]";
  if (type == "List<Number>") return "[Number]";
  if (type == "List<String>") return "[String]";
  for (const KnownType& known : kKnownTypes) {
    if (known.type == type) return std::string(known.source);
    if (type == fmt::format("List<{}>", known.type)) return fmt::format("[{}]", known.source);
  }
  return std::nullopt;
}

/// The type in source, or nothing when `@raw` has to say it.
std::optional<std::string> source_type(std::string_view type) {
  constexpr std::string_view kStored = "AWS::SSM::Parameter::Value<";
  if (type.starts_with(kStored) && type.ends_with('>')) {
    const std::string_view inner = type.substr(kStored.size(), type.size() - kStored.size() - 1);
    if (inner == "CommaDelimitedList") return std::nullopt;
    const auto of = plain_type(inner);
    return of ? std::optional(fmt::format("Ssm<{}>", *of)) : std::nullopt;
  }
  return type == "List<String>" ? std::nullopt : plain_type(type);
}

bool is_list_type(std::string_view type) {
  return type == "CommaDelimitedList" || type.find("List<") != std::string_view::npos;
}

template <class T>
bool all_are(const ir::ValueRef list) {
  const auto* items = list->get_if<ir::List>();
  return items != nullptr && !items->items.empty() &&
         std::all_of(items->items.begin(), items->items.end(),
                     [](ir::ValueRef v) { return v->get_if<T>() != nullptr; });
}

bool has_doubles(const ir::List& list) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (ir::equal(list.items[i], list.items[k])) return true;
    }
  }
  return false;
}

/// May stand between slashes: on one line, and with nothing that ends there too early.
bool can_be_regex(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\n' || pattern[i] == '\r') return false;
    if (pattern[i] == '\\' && ++i == pattern.size()) return false;
    if (pattern[i] != '/' || pattern[i - (i > 0 ? 1 : 0)] == '\\') continue;
    const std::size_t next = pattern.find_first_not_of(" \t", i + 1);
    if (next == std::string_view::npos || pattern[next] == ')' || pattern[next] == ',') return false;
  }
  return true;
}

const std::int64_t* bound(ir::ValueRef v) { return v == nullptr ? nullptr : v->get_if<std::int64_t>(); }

}  // namespace

/// What of a parameter its type in source says, and what is left for `@raw`.
class ParameterType {
 public:
  ParameterType(const ir::Parameter& p, const std::vector<std::string_view>& raw) : p_(p), raw_(raw) {
    const auto known = source_type(p.type);
    const bool raw_type = is_raw("Type");
    if (p.type == "Number" && !raw_type)
      number();
    else
      other(known, raw_type);
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Attributes that the type does not say.
  [[nodiscard]] const std::vector<std::string_view>& left() const { return left_; }

 private:
  void other(const std::optional<std::string>& known, bool raw_type) {
    const ir::Parameter& p = p_;
    text_ = known && !raw_type ? *known : is_list_type(p.type) ? "[String]" : "String";
    if (!known) leave("Type");
    const bool refines = text_ == "String";
    if (p.allowed_values != nullptr && !(refines && choices<std::string_view>())) leave("AllowedValues");
    if (refines && text_ == "String")
      refine(p.min_length, p.max_length, "MinLength", "MaxLength");
    else
      leave_bounds();
    for (const std::string_view key : {"MinValue", "MaxValue"}) leave_if_given(key);
  }
  [[nodiscard]] bool is_raw(std::string_view key) const {
    return std::find(raw_.begin(), raw_.end(), key) != raw_.end();
  }
  void leave(std::string_view key) { left_.push_back(key); }
  void leave_if_given(std::string_view key) {
    const bool given =
        (key == "MinValue" && p_.min_value != nullptr) || (key == "MaxValue" && p_.max_value != nullptr) ||
        (key == "MinLength" && p_.min_length != nullptr) || (key == "MaxLength" && p_.max_length != nullptr);
    if (given) leave(key);
  }
  void leave_bounds() {
    for (const std::string_view key : {"MinLength", "MaxLength"}) leave_if_given(key);
    if (!p_.allowed_pattern.empty()) leave("AllowedPattern");
  }

  void number() {
    const auto* decimal = p_.default_value != nullptr ? p_.default_value->get_if<ir::Decimal>() : nullptr;
    text_ = decimal != nullptr ? "Number" : "Int";
    if (p_.allowed_values != nullptr && !choices<std::int64_t>()) leave("AllowedValues");
    if (text_ == "Int" || text_ == "Number")
      refine(p_.min_value, p_.max_value, "MinValue", "MaxValue");
    else
      for (const std::string_view key : {"MinValue", "MaxValue"}) leave_if_given(key);
    for (const std::string_view key : {"MinLength", "MaxLength"}) leave_if_given(key);
  }

  /// `"a" | "b"`, when all values are of one kind.
  template <class T>
  bool choices() {
    if (is_raw("AllowedValues") || !all_are<T>(p_.allowed_values)) return false;
    const auto& list = *p_.allowed_values->get_if<ir::List>();
    if (has_doubles(list)) return false;
    std::string out;
    for (const ir::ValueRef v : list.items) {
      if (!out.empty()) out += " | ";
      if (const auto* text = v->get_if<std::string_view>()) out += quoted(*text);
      if (const auto* integer = v->get_if<std::int64_t>()) out += fmt::format("{}", *integer);
    }
    text_ = out;
    if (!p_.allowed_pattern.empty()) leave("AllowedPattern");
    return true;
  }

  /// `(1..64, /^[a-z]+$/)`.
  void refine(ir::ValueRef low, ir::ValueRef high, std::string_view low_key, std::string_view high_key) {
    std::string inside;
    const bool low_fits = bound(low) != nullptr && !is_raw(low_key);
    const bool high_fits = bound(high) != nullptr && !is_raw(high_key);
    if (low_fits || high_fits) {
      inside = fmt::format("{}..{}", low_fits ? std::to_string(*bound(low)) : "",
                           high_fits ? std::to_string(*bound(high)) : "");
    }
    if (low != nullptr && !low_fits) leave(low_key);
    if (high != nullptr && !high_fits) leave(high_key);
    if (!p_.allowed_pattern.empty()) {
      const bool fits = can_be_regex(p_.allowed_pattern) && !is_raw("AllowedPattern") && p_.type == "String";
      if (fits)
        inside += fmt::format("{}/{}/", inside.empty() ? "" : ", ", p_.allowed_pattern);
      else
        leave("AllowedPattern");
    }
    if (!inside.empty()) text_ += fmt::format("({})", inside);
  }

  const ir::Parameter& p_;
  const std::vector<std::string_view>& raw_;
  std::string text_;
  std::vector<std::string_view> left_;
};

namespace {

/// `a,b` as the items of a list, when CloudFormation splits it into the same.
std::string list_default(std::string_view text) {
  std::string out = "[";
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    out += fmt::format("{}{}", at > 0 ? ", " : "", quoted(text.substr(at, end - at)));
    at = end + 1;
  }
  return out + "]";
}

/// The default as source; nothing when `@raw` has to say it.
std::optional<std::string> default_of(const ir::Parameter& p, const std::string& type) {
  const ir::ValueRef v = p.default_value;
  const bool number = p.type == "Number";
  if (const auto* text = v->get_if<std::string_view>()) {
    if (text->empty() && p.type != "String") return std::nullopt;
    if (type.starts_with("[Number")) return std::nullopt;
    return is_list_type(p.type) && !p.type.starts_with("AWS::SSM") ? list_default(*text)
                                                                   : text_literal(*text);
  }
  if (!number) return std::nullopt;
  if (const auto* integer = v->get_if<std::int64_t>()) return fmt::format("{}", *integer);
  if (const auto* decimal = v->get_if<ir::Decimal>()) return std::string(decimal->text);
  return std::nullopt;
}

}  // namespace

void Lifter::parameter(const ir::Parameter& p) {
  const Piece piece(*this);
  std::vector<std::string_view> raw;
  for (const ir::Member& m : p.raw) raw.push_back(m.key);
  constexpr std::array<std::string_view, 11> kAttributes = {
      "Type",      "Description", "Default",  "AllowedValues", "AllowedPattern",       "MinLength",
      "MaxLength", "MinValue",    "MaxValue", "NoEcho",        "ConstraintDescription"};
  for (const std::string_view key : kAttributes) {
    if ((attribute_is_raw(key) || faith() == Faith::Raw) && given(key) != nullptr) raw.push_back(key);
  }
  const ParameterType type(p, raw);
  raw.insert(raw.end(), type.left().begin(), type.left().end());
  const auto is_raw = [&](std::string_view key) {
    return std::find(raw.begin(), raw.end(), key) != raw.end();
  };
  std::optional<std::string> initial;
  if (p.default_value != nullptr && !is_raw("Default")) {
    initial = default_of(p, type.text());
    if (!initial) raw.push_back("Default");
  }
  const bool documented = !p.description.empty() && can_be_doc(p.description) && !is_raw("Description");
  if (!documented && given("Description") != nullptr) raw.push_back("Description");
  std::sort(raw.begin(), raw.end());
  raw.erase(std::unique(raw.begin(), raw.end()), raw.end());

  if (documented) doc(p.description);
  const std::string_view group = faith_at("/Metadata") == Faith::Idiom ? groups_.label(p.id) : "";
  if (!group.empty()) put(fmt::format("@group({})\n", quoted(group)));
  if (!p.constraint_description.empty() && !is_raw("ConstraintDescription")) {
    put(fmt::format("@constraintDescription({})\n", quoted(p.constraint_description)));
  }
  id_decorator(names_.value(p.id), p.id);
  raw_decorator(raw, {});
  put(fmt::format("param {}: ", names_.value(p.id)));
  const bool secret = p.no_echo && !is_raw("NoEcho");
  put(secret ? fmt::format("Secret<{}>", type.text()) : type.text());
  if (initial) {
    put(" = ");
    const Step step(*this, "Default");
    const Piece inner(*this);
    put(*initial);
  }
  put("\n");
}

}  // namespace stackc::cfn
